import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from matxai import boundarymask, imread, superpixels
from matxai.images.slic import Lattice, _cluster, _connect, _off_edges, segment


def picture(height, width, channels, dtype="uint8", seed=0, order="C"):
    """Draw smooth blobs with some noise, so that clusters have something to follow."""
    rng = np.random.default_rng(seed)
    shape = (height, width, channels)
    smooth = ndimage.gaussian_filter(rng.random(shape), (4, 4, 0), mode="nearest")
    spread = np.ptp(smooth) or 1
    unit = 0.9 * (smooth - smooth.min()) / spread + 0.1 * rng.random(shape)
    unit = unit[:, :, 0] if channels == 1 else unit
    dtype = np.dtype(dtype)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        unit = np.floor(info.min + unit * (float(info.max) - info.min) * 0.999)
    return np.asarray(unit.astype(dtype), order=order)


side = st.integers(1, 64)
counts = st.integers(1, 300)
seeds = st.integers(0, 2**32 - 1)
channels = st.sampled_from([1, 3])
method = st.sampled_from(["slic0", "slic"])


@pytest.mark.tier(
    "exact",
    "`boundarymask(superpixels(img, 75))` of a 419×479 RGB image (R2020b): all 200,701 pixels",
)
def test_boundaries_of_r2020b(reference):
    image = imread(reference("matlab", "superpixels", "img.png"))
    expected = imread(reference("matlab", "superpixels", "boundarymask_exact.png")) > 0
    assert expected.size == 200_701
    mask = boundarymask(superpixels(image, 75))
    assert np.count_nonzero(mask != expected) == 0


def check_partition(labels, count, shape):
    assert labels.shape == shape
    assert labels.dtype == np.int64
    np.testing.assert_array_equal(np.unique(labels), np.arange(1, count + 1))


def regions(labels):
    """Count the regions of equal labels whose pixels share sides."""
    from skimage.measure import label

    return label(labels, connectivity=1).max()


@given(side, side, channels, counts, method, seeds)
def test_each_pixel_has_one_label_and_each_label_one_region(h, w, c, n, method, seed):
    labels, count = superpixels(picture(h, w, c, seed=seed), n, Method=method, nargout=2)
    check_partition(labels, count, (h, w))
    assert regions(labels) == count


@settings(max_examples=max(5, settings.default.max_examples // 2))
@given(st.integers(1, 24), st.integers(1, 24), counts, seeds)
def test_noise_is_partitioned_too(h, w, n, seed):
    # Noise falls apart into the smallest parts, which have to find each other again.
    image = np.random.default_rng(seed).integers(0, 256, (h, w, 3), dtype=np.uint8)
    labels, count = superpixels(image, n, Compactness=0, Method="slic", nargout=2)
    check_partition(labels, count, (h, w))
    assert regions(labels) == count


@given(side, side, channels, st.integers(1, 60), seeds)
def test_labels_are_determined_by_the_values(h, w, c, n, seed):
    image = picture(h, w, c, seed=seed)
    before = image.copy()
    labels = superpixels(image, n)
    np.testing.assert_array_equal(superpixels(np.asfortranarray(image), n), labels)
    np.testing.assert_array_equal(superpixels(image / 255, n), labels)
    np.testing.assert_array_equal(image, before)


@pytest.mark.tier("chosen", "Integer classes are scaled as `im2double` does")
@settings(max_examples=max(5, settings.default.max_examples // 2))
@given(side, side, st.integers(1, 60), seeds)
def test_integer_classes_are_scaled_like_im2double(h, w, n, seed):
    image = picture(h, w, 1, "uint8", seed)
    expected = superpixels(image, n)
    for dtype in ("int8", "uint16", "int16", "uint32", "int32"):
        info = np.iinfo(dtype)
        # These values are the same fractions of the range, so the image is the same.
        wide = (image.astype(np.int64) * ((info.max - info.min) // 255) + info.min).astype(dtype)
        np.testing.assert_array_equal(superpixels(wide, n), expected)


@given(side, side, st.sampled_from(["float32", "float64"]), channels, seeds)
def test_floats_are_taken(h, w, dtype, c, seed):
    labels, count = superpixels(picture(h, w, c, dtype, seed), 20, nargout=2)
    check_partition(labels, count, (h, w))


@settings(max_examples=max(5, settings.default.max_examples // 2))
@given(side, side, counts, st.sampled_from([0.0, 0.5, 1.0]))
def test_constant_image_is_cut_into_about_n(h, w, n, value):
    grey = np.full((h, w), value)
    labels, count = superpixels(grey, n, nargout=2)
    check_partition(labels, count, (h, w))
    assert count <= min(h * w, 3 * n)


@pytest.mark.tier("chosen", "Images thinner than half a superpixel are a strip of them")
@given(st.integers(1, 20), st.booleans())
def test_thin_image_is_a_strip_of_superpixels(n, upright):
    strip = np.full((2, 400), 0.5)
    _, count = superpixels(strip.T if upright else strip, n, nargout=2)
    assert count == n


def test_constant_image_becomes_squares():
    labels, count = superpixels(np.full((64, 64), 0.5), 16, nargout=2)
    assert count == 16
    squares = np.arange(16).reshape(4, 4, order="F").repeat(16, axis=0).repeat(16, axis=1)
    for k in range(16):
        shared = np.bincount(labels[squares == k], minlength=17)
        assert shared.max() >= 200


@pytest.mark.tier("numeric", "The seeds are those that MATLAB's output shows")
def test_seeds_of_the_image_of_r2020b():
    lattice = Lattice.over(419, 479, 75)
    assert (lattice.ny, lattice.nx, lattice.spacing) == (8, 9, 54)
    rows = [25, 77, 130, 182, 235, 287, 339, 392]
    assert lattice.seeds()[:8].tolist() == [[row, 26] for row in rows]


@given(side, side, counts, seeds)
def test_no_superpixel_is_small(h, w, n, seed):
    image = np.random.default_rng(seed).random((h, w, 3))
    labels, count = superpixels(image, n, nargout=2)
    lattice = Lattice.over(h, w, n)
    smallest = h * w / (lattice.ny * lattice.nx) / 4
    assert count == 1 or np.bincount(labels.flat)[1:].min() > smallest


def test_small_parts_join_the_left_then_the_upper_neighbour():
    clusters = np.array(
        [
            [9, 0, 0, 1, 1],
            [0, 0, 0, 1, 1],
            [8, 0, 0, 7, 1],
            [2, 2, 2, 1, 1],
        ]
    )
    labels, count = _connect(clusters, 1)
    assert count == 3
    expected = [[1, 1, 1, 3, 3], [1, 1, 1, 3, 3], [1, 1, 1, 1, 3], [2, 2, 2, 3, 3]]
    np.testing.assert_array_equal(labels, expected)


@pytest.mark.tier(
    "numeric",
    "Labels are numbered in the order of their first pixels, down the columns",
)
def test_labels_are_numbered_down_the_columns():
    labels, count = superpixels(picture(64, 48, 3), 12, nargout=2)
    flat = labels.ravel(order="F")
    first = [np.argmax(flat == k) for k in range(1, count + 1)]
    assert first == sorted(first)


def test_regions_follow_the_image():
    image = np.zeros((60, 60, 3), dtype=np.uint8)
    image[:, 33:] = [200, 60, 10]
    labels = superpixels(image, 9)
    assert not set(labels[:, :33].flat) & set(labels[:, 33:].flat)


@pytest.mark.tier("chosen", "At most one superpixel a pixel")
@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (2, 2), (3, 5)])
@pytest.mark.parametrize("n", [1, 4, 100000])
def test_fewer_pixels_than_superpixels(shape, n):
    labels, count = superpixels(picture(*shape, 1), n, nargout=2)
    check_partition(labels, count, shape)
    assert count <= labels.size


def test_one_superpixel_is_the_whole_image():
    labels, count = superpixels(picture(30, 30, 3), 1, nargout=2)
    assert count == 1
    assert (labels == 1).all()


@pytest.mark.tier("documented", "L\\*a\\*b\\* images")
def test_lab_images():
    image = picture(40, 40, 3, "float64")
    lab = image * [100, 40, 40] - [0, 20, 20]
    labels = superpixels(lab, 16, IsInputLab=True)
    np.testing.assert_array_equal(labels, segment(lab, 16, is_lab=True)[0])
    assert np.any(labels != superpixels(image, 16))
    grey = np.repeat(lab[:, :, :1], 3, axis=2) * [1, 0, 0]
    np.testing.assert_array_equal(
        superpixels(grey, 16, IsInputLab=True), segment(grey[:, :, :1], 16, is_lab=True)[0]
    )


def test_grey_and_its_rgb_copy_agree_in_lightness():
    from matxai.images.color import rgb_to_lab

    image = picture(20, 20, 1, "float64")
    colours = rgb_to_lab(np.repeat(image[:, :, None], 3, axis=2))
    np.testing.assert_allclose(colours[:, :, :1], rgb_to_lab(image), atol=1e-12)
    np.testing.assert_allclose(colours[:, :, 1:], 0, atol=1e-12)


def test_colours_are_those_of_skimage_but_for_their_rounding():
    from skimage.color import rgb2lab

    from matxai.images.color import rgb_to_lab

    image = np.random.default_rng(0).random((20, 20, 3))
    np.testing.assert_allclose(rgb_to_lab(image), rgb2lab(image), atol=0.01)


def test_options_have_effect():
    image = picture(64, 64, 3)
    default = superpixels(image, 30)
    assert np.any(superpixels(image, 30, "Method", "slic") != default)
    assert np.any(superpixels(image, 30, NumIterations=1) != default)
    assert np.any(superpixels(image, 30, compactness=20) != default)


@pytest.mark.tier("chosen", 'Method `"slic"`: the weight is Compactness throughout')
def test_slic_grows_more_compact():
    image = picture(64, 64, 3)
    edge = [
        boundarymask(superpixels(image, 30, Method="slic", Compactness=m)).sum()
        for m in (1, 10, 100)
    ]
    assert edge == sorted(edge, reverse=True)
    assert edge[0] > edge[-1]


def naive_segment(pixels, n, iterations=10):
    """Run the default algorithm pixel by pixel, down to the labels before connecting."""
    height, width, _ = pixels.shape

    def half_up(x):
        return int(np.floor(x + 0.5))

    step = np.sqrt(height * width / n)
    ny, nx = half_up(height / step), half_up(width / step)
    dy, dx = height / ny, width / nx
    reach = int(np.ceil(max(dy, dx)))

    def clip(y, x):
        return pixels[min(max(y, 0), height - 1), min(max(x, 0), width - 1)]

    def gradient(y, x):
        across = clip(y, x + 1) - clip(y, x - 1)
        down = clip(y + 1, x) - clip(y - 1, x)
        return (across**2).sum() + (down**2).sum()

    clusters = []
    for j in range(nx):
        for i in range(ny):
            y0 = half_up(half_up(dy / 2) + i * dy) - 1
            x0 = half_up(half_up(dx / 2) + j * dx) - 1
            best = gradient(y0, x0), y0, x0
            for x in range(max(x0 - 1, 0), min(x0 + 2, width)):
                for y in range(max(y0 - 1, 0), min(y0 + 2, height)):
                    if gradient(y, x) < best[0]:
                        best = gradient(y, x), y, x
            clusters.append([best[1], best[2], pixels[best[1], best[2]], 1.0])
    labels = np.zeros((height, width), dtype=int)
    for _ in range(iterations):
        colours = np.zeros((height, width))
        for y in range(height):
            for x in range(width):
                nearest = np.inf
                for k, (cy, cx, colour, m) in enumerate(clusters):
                    fy, fx = int(np.floor(cy)), int(np.floor(cx))
                    if abs(y - fy) > reach or abs(x - fx) > reach:
                        continue
                    d = ((pixels[y, x] - colour) ** 2).sum()
                    total = d + m**2 * ((y - cy) ** 2 + (x - cx) ** 2) / reach**2
                    if total < nearest:
                        nearest, labels[y, x], colours[y, x] = total, k, d
        for k, cluster in enumerate(clusters):
            ys, xs = np.nonzero(labels == k)
            if len(ys):
                m = max(cluster[3], np.sqrt(colours[ys, xs].max()))
                clusters[k] = [ys.mean(), xs.mean(), pixels[ys, xs].mean(axis=0), m]
    return labels


@pytest.mark.parametrize("seed", range(3))
def test_clusters_agree_with_a_slow_reference(seed):
    pixels = picture(17, 23, 3, "float64", seed) * 60
    lattice = Lattice.over(17, 23, 6)
    seeds = _off_edges(lattice.seeds(), pixels)
    fast = _cluster(pixels, seeds, lattice.spacing, 10, 1.0, True)
    np.testing.assert_array_equal(fast, naive_segment(pixels, 6))


# Bad input


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda a: superpixels(a), TypeError, "N is missing"),
        (lambda a: superpixels(a, 0), ValueError, "N must be a positive integer, but is 0"),
        (lambda a: superpixels(a, 2.5), ValueError, "2.5"),
        (lambda a: superpixels(a[:, :, :2], 4), ValueError, r"A must be a grey.*\(8, 8, 2\)"),
        (lambda a: superpixels(a[None], 4), ValueError, "A must be a grey"),
        (lambda a: superpixels(np.zeros((0, 4)), 4), ValueError, "at least one pixel"),
        (lambda a: superpixels(a * np.nan, 4), ValueError, "A must be finite"),
        (lambda a: superpixels(a > 0, 4), TypeError, "A must be .* truth values"),
        (lambda a: superpixels(a.astype(np.int16), 4), ValueError, "int16"),
        (lambda a: superpixels("cat.png", 4), TypeError, "'cat.png'"),
        (lambda a: superpixels(a, 4, Compactness=-1), ValueError, "Compactness .* -1"),
        (lambda a: superpixels(a, 4, NumIterations=0), ValueError, "NumIterations"),
        (lambda a: superpixels(a, 4, Method="watershed"), ValueError, "'watershed'"),
        (lambda a: superpixels(a.astype(np.uint8), 4, IsInputLab=True), TypeError, "IsInputLab"),
        (lambda a: superpixels(a[:, :, 0], 4, IsInputLab=True), TypeError, "IsInputLab"),
        (lambda a: superpixels(a, 4, IsLab=True), TypeError, "'IsInputLab'"),
        (lambda a: superpixels(a, 4, nargout=3), TypeError, "nargout"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message) as raised:
        call(np.zeros((8, 8, 3)))
    assert str(raised.value).startswith("superpixels: ")


def test_core_refuses_other_channels():
    with pytest.raises(ValueError, match="A must be a grey"):
        segment(np.zeros((4, 4, 2)), 2)


@pytest.mark.tier(
    "chosen",
    "S = ⌈max(H/ny, W/nx)⌉, odd ones included: `Lattice.spacing` in `matxai/images/slic.py`",
)
def test_an_odd_spacing_stays_odd():
    assert Lattice.over(227, 227, 49).spacing == 33
    assert Lattice.over(224, 224, 49).spacing == 32
