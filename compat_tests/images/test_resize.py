from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from matxai import imread, imresize
from matxai.images.resize import resize

METHODS = ["nearest", "bilinear", "bicubic", "box", "triangle", "cubic", "lanczos2", "lanczos3"]
INTEGERS = [f"{kind}int{bits}" for kind in ("u", "") for bits in (8, 16, 32, 64)]
DTYPES = ["bool", *INTEGERS, "float32", "float64"]


def picture(shape, dtype="float64", order="C", seed=0):
    rng = np.random.default_rng(seed)
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        values = rng.random(shape) < 0.5
    elif dtype.kind == "f":
        values = rng.normal(size=shape).astype(dtype)
    else:
        info = np.iinfo(dtype)
        values = rng.integers(max(info.min, -(2**40)), min(info.max, 2**40), shape, dtype)
    return np.asarray(values, order=order)


shapes = st.builds(
    lambda h, w, tail: (h, w, *tail),
    st.integers(1, 64),
    st.integers(1, 64),
    st.sampled_from([(), (1,), (2,), (3,), (4,), (5,), (2, 3)]),
)
sizes = st.tuples(st.integers(1, 64), st.integers(1, 64))
methods = st.sampled_from(METHODS)
orders = st.sampled_from("CF")
seeds = st.integers(0, 2**32 - 1)


# MATLAB's numbers


@pytest.mark.tier("exact", "uint8, shrunk (R2015b): every value")
def test_uint8_image_of_r2015b(reference):
    lena = imread(reference("matlab", "imresize", "lena_512x512.png"))
    expected = imread(reference("matlab", "imresize", "lena_123x234_uint8.png"))
    np.testing.assert_array_equal(imresize(lena, [123, 234]), expected)


@pytest.mark.tier("exact", "double, shrunk (R2015b), compared after rounding to uint8: every value")
def test_double_image_of_r2015b(reference):
    # Through double there is no rounding between the passes, which shows in many values.
    lena = imread(reference("matlab", "imresize", "lena_512x512.png"))
    expected = imread(reference("matlab", "imresize", "lena_123x234_double.png"))
    resized = imresize(lena / 255, [123, 234])
    rounded = np.floor(np.clip(resized, 0, 1) * 255 + 0.5).astype(np.uint8)
    np.testing.assert_array_equal(rounded, expected)
    assert np.any(imresize(lena, [123, 234]) != expected)


@pytest.mark.tier("exact", "A JPEG read and shrunk (R2022b): every value")
def test_cat_dog_of_r2022b(reference):
    image = imread(reference("matlab", "images", "cat_dog.jpg"))
    expected = imread(reference("matlab", "imresize", "cat_dog_imresize224_from_figure.png"))
    np.testing.assert_array_equal(imresize(image, [224, 224]), expected)


@pytest.mark.tier("numeric", "Another one: at most 3 of 150,528 values, off by 1")
def test_sherlock_of_r2022b(reference):
    # What is left are sums within a rounding error of a half.
    image = imread(reference("matlab", "images", "sherlock.jpg"))
    expected = imread(reference("matlab", "imresize", "sherlock_imresize224_from_figure.png"))
    off = np.abs(imresize(image, [224, 224]).astype(int) - expected)
    assert np.count_nonzero(off) <= 3
    assert off.max() <= 1


@pytest.mark.tier(
    "numeric",
    "MATLAB's default map of `cat_dog.jpg` is the bicubic enlargement of its 11×11 grid, "
    "overshoot kept",
)
def test_enlarged_map_of_r2022b(reference):
    # The map was read off a figure of 256 colours: half a colour is as near as it can be, and the
    # printed digits of the coarse map cost a little more.
    shown = np.load(reference("matlab", "occlusion", "occ_tigercat_default.npy"))
    coarse = reference("matlab", "occlusion", "occ_tigercat_default_grid11x11.csv")
    enlarged = imresize(np.loadtxt(coarse, delimiter=","), [224, 224], "bicubic")
    colour = (shown.max() - shown.min()) / 255
    off = (enlarged - shown) / colour
    assert np.abs(off).max() < 0.6
    assert np.sqrt((off**2).mean()) == pytest.approx(1 / np.sqrt(12), abs=0.005)


# Against a slow reference written from the definition


def kernel_value(method, x):
    x = abs(x)
    if method in ("bilinear", "triangle"):
        return max(1 - x, 0)
    if method in ("bicubic", "cubic"):
        if x <= 1:
            return 1 - 2.5 * x**2 + 1.5 * x**3
        return 2 - 4 * x + 2.5 * x**2 - 0.5 * x**3 if x <= 2 else 0
    lobes = int(method[-1])
    if x == 0:
        return 1
    a, b = np.pi * x, np.pi * x / lobes
    return np.sin(a) / a * np.sin(b) / b if x < lobes else 0


REACH = {"bilinear": 1, "triangle": 1, "bicubic": 2, "cubic": 2, "lanczos2": 2, "lanczos3": 3}


def slow_line(line, length, method, antialiasing):
    """Resize a line by the definition: mirror it, and average around each output's centre."""
    n = len(line)
    shrink = min(length / n, 1) if antialiasing else 1
    margin = ceil(REACH[method] / shrink) + 2
    mirrored = np.pad(line, margin, mode="symmetric")
    out = []
    for k in range(length):
        centre = (k + 0.5) * n / length - 0.5
        weights = [kernel_value(method, shrink * (centre - i)) for i in range(-margin, n + margin)]
        out.append(np.dot(weights, mirrored) / sum(weights))
    return np.array(out)


@pytest.mark.tier("documented", "All methods, against their definition")
@given(
    st.tuples(st.integers(1, 14), st.integers(1, 14)),
    st.tuples(st.integers(1, 14), st.integers(1, 14)),
    st.sampled_from(sorted(REACH)),
    st.booleans(),
    seeds,
)
def test_doubles_agree_with_the_definition(shape, size, method, antialiasing, seed):
    image = picture(shape, seed=seed)
    expected = np.apply_along_axis(slow_line, 0, image, size[0], method, antialiasing)
    expected = np.apply_along_axis(slow_line, 1, expected, size[1], method, antialiasing)
    result = imresize(image, size, method, Antialiasing=antialiasing)
    np.testing.assert_allclose(result, expected, rtol=0, atol=1e-11)


@pytest.mark.tier("chosen", '`"nearest"` takes the pixel that the centre lies in')
@given(shapes, sizes, seeds)
def test_nearest_takes_the_pixel_that_the_centre_lies_in(shape, size, seed):
    image = picture(shape, seed=seed)
    rows = ((2 * np.arange(size[0]) + 1) * shape[0]) // (2 * size[0])
    cols = ((2 * np.arange(size[1]) + 1) * shape[1]) // (2 * size[1])
    # On a border between two pixels the rounding of the centre decides: leave those out.
    sure_rows = ((2 * np.arange(size[0]) + 1) * shape[0]) % (2 * size[0]) != 0
    sure_cols = ((2 * np.arange(size[1]) + 1) * shape[1]) % (2 * size[1]) != 0
    result = imresize(image, size, "nearest")
    expected = image[rows][:, cols]
    np.testing.assert_array_equal(
        result[sure_rows][:, sure_cols], expected[sure_rows][:, sure_cols]
    )


@pytest.mark.tier("documented")
def test_box_averages_when_it_shrinks():
    image = picture((12, 8))
    expected = image.reshape(4, 3, 4, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(imresize(image, [4, 4], "box"), expected, atol=1e-13)
    np.testing.assert_allclose(
        imresize(image, [4, 4], "nearest", "Antialiasing", True), expected, atol=1e-13
    )


@pytest.mark.tier("numeric", "Integers are rounded and saturated between the passes")
@given(
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.sampled_from(["uint8", "int8", "uint16", "int16", "int32"]),
    seeds,
)
def test_integers_are_rounded_and_saturated_after_each_pass(shape, size, dtype, seed):
    image = picture(shape, dtype, seed=seed)
    info = np.iinfo(dtype)

    def one_pass(values, axis):
        to = list(values.shape)
        to[axis] = size[axis]
        exact = resize(values.astype(float), tuple(to))
        away = np.where(exact < 0, np.ceil(exact - 0.5), np.floor(exact + 0.5))
        return np.clip(away, info.min, info.max).astype(dtype)

    first, second = (1, 0) if size[1] / shape[1] < size[0] / shape[0] else (0, 1)
    expected = one_pass(one_pass(image, first), second)
    np.testing.assert_array_equal(imresize(image, size), expected)


# Properties


@given(shapes, sizes, methods, st.sampled_from(DTYPES), orders, seeds)
def test_shape_class_and_layout(shape, size, method, dtype, order, seed):
    image = picture(shape, dtype, order, seed)
    before = image.copy()
    result = imresize(image, size, method)
    assert result.shape == (*size, *shape[2:])
    assert result.dtype == image.dtype
    assert result.flags.c_contiguous
    assert result.flags.writeable
    assert not np.shares_memory(result, image)
    np.testing.assert_array_equal(image, before)
    np.testing.assert_array_equal(result, imresize(np.ascontiguousarray(image), size, method))


@given(shapes, sizes, methods, st.sampled_from(DTYPES), st.booleans(), seeds)
def test_constant_stays_constant(shape, size, method, dtype, antialiasing, seed):
    value = picture((1, 1), dtype, seed=seed)[0, 0]
    image = np.full(shape, value)
    result = imresize(image, size, method, Antialiasing=antialiasing)
    if result.dtype.kind == "f":
        np.testing.assert_allclose(result, value, rtol=1e-5 if dtype == "float32" else 1e-12)
    else:
        np.testing.assert_array_equal(result, value)


@given(shapes, sizes, methods, seeds)
def test_doubles_are_resized_linearly(shape, size, method, seed):
    one, other = picture(shape, seed=seed), picture(shape, seed=seed + 1)
    mixed = imresize(2 * one - 3 * other, size, method)
    parts = 2 * imresize(one, size, method) - 3 * imresize(other, size, method)
    np.testing.assert_allclose(mixed, parts, atol=1e-11)


@given(st.integers(1, 64), st.integers(1, 64), sizes, methods)
def test_rows_and_columns_are_separable(height, width, size, method):
    down, across = picture((height, 1), seed=1), picture((1, width), seed=2)
    product = imresize(down, [size[0], 1], method) * imresize(across, [1, size[1]], method)
    np.testing.assert_allclose(imresize(down * across, size, method), product, atol=1e-11)


@given(shapes, sizes, methods, seeds)
def test_pages_are_resized_each_for_itself(shape, size, method, seed):
    image = picture((*shape[:2], 3, 2), "uint8", seed=seed)
    result = imresize(image, size, method)
    for page in np.ndindex(3, 2):
        expected = imresize(image[(..., *page)], size, method)
        np.testing.assert_array_equal(result[(..., *page)], expected)


@given(shapes, methods, st.sampled_from(DTYPES), seeds)
def test_same_size_is_the_same_image(shape, method, dtype, seed):
    image = picture(shape, dtype, seed=seed)
    np.testing.assert_array_equal(imresize(image, shape[:2], method), image)


@given(shapes, sizes, methods, seeds)
def test_mirrored_image_gives_the_mirrored_result(shape, size, method, seed):
    image = picture(shape, seed=seed)
    if method in ("nearest", "box"):
        # A box gives a pixel on its border to one side, which mirroring changes.
        size = (2 * shape[0], 2 * shape[1])
    result = imresize(image[::-1, ::-1], size, method)
    np.testing.assert_allclose(result[::-1, ::-1], imresize(image, size, method), atol=1e-10)


def test_doubles_may_overshoot_and_integers_saturate():
    edge = np.repeat([[0.0] * 4 + [255.0] * 4], 2, axis=0)
    assert imresize(edge, 3).min() < 0
    assert imresize(edge, 3).max() > 255
    saturated = imresize(edge.astype(np.uint8), 3)
    assert saturated.min() == 0
    assert saturated.max() == 255


def test_nan_reaches_as_far_as_the_kernel():
    image = np.zeros((9, 9))
    image[4, 4] = np.nan
    rows, cols = np.nonzero(np.isnan(imresize(image, [18, 18], "bilinear")))
    assert (rows.min(), rows.max(), cols.min(), cols.max()) == (7, 10, 7, 10)
    assert np.isnan(imresize(image, 2, "nearest")).sum() == 4


def test_inf_propagates():
    image = np.zeros((5, 5))
    image[2, 2] = np.inf
    result = imresize(image, 2, "bilinear")
    assert np.isinf(result).any()
    assert not np.isnan(result).any()


def test_large_integers_stay_exact_in_nearest():
    image = np.array([[2**63 - 1, -(2**63)], [2**53 + 1, 0]])
    np.testing.assert_array_equal(
        imresize(image, 2, "nearest"), image.repeat(2, axis=0).repeat(2, axis=1)
    )


@pytest.mark.tier("chosen", "Truth values are interpolated in double and true from ½ on")
def test_truth_values_are_true_where_half_is():
    mask = np.array([[True, False], [False, False]])
    np.testing.assert_array_equal(imresize(mask, [1, 2], "bilinear"), [[True, False]])
    np.testing.assert_array_equal(imresize(mask, [1, 1], "bilinear"), [[False]])


# Ways to give the size and the method


@pytest.mark.tier("documented")
@pytest.mark.parametrize(
    ("scale", "expected"), [(0.5, (3, 4)), (2, (10, 14)), (0.01, (1, 1)), (1, (5, 7))]
)
def test_scale_factor_rounds_sizes_up(scale, expected):
    assert imresize(np.zeros((5, 7)), scale).shape == expected


@pytest.mark.tier(
    "documented",
    "A scale factor rounds sizes up; with NaN the other size follows from the aspect "
    "ratio, rounded up",
)
def test_nan_follows_from_the_aspect_ratio():
    image = np.zeros((20, 30, 3))
    assert imresize(image, [10, np.nan]).shape == (10, 15, 3)
    assert imresize(image, [np.nan, 10]).shape == (7, 10, 3)
    assert imresize(image, OutputSize=[np.nan, 60]).shape == (40, 60, 3)


@given(st.integers(1, 500), st.integers(1, 500))
def test_square_image_stays_square_with_nan(side, rows):
    from matxai.images.resize import _target

    target, _ = _target((side, side), (float(rows), np.nan), None, None)
    assert target == (rows, rows)


@pytest.mark.tier(
    "chosen",
    "A scale factor itself places the pixels, not the quotient of the sizes",
)
def test_scale_factor_is_used_as_it_is_given():
    # 5 columns × 0.5 are 3, but pixels stay two apart.
    line = np.arange(5.0)[None, :]
    result = imresize(line, Scale=[1, 0.5], Method="nearest")
    np.testing.assert_array_equal(result, [[1, 3, 4]])


@pytest.mark.tier("documented")
def test_ways_of_writing_one_call_agree():
    image = picture((8, 10, 3), "uint8")
    expected = imresize(image, [4, 5], "bilinear")
    np.testing.assert_array_equal(imresize(image, 0.5, "bilinear"), expected)
    np.testing.assert_array_equal(imresize(image, 0.5, "triangle"), expected)
    np.testing.assert_array_equal(imresize(image, [4, 5], "Method", "bilinear"), expected)
    np.testing.assert_array_equal(imresize(image, [4, 5], Method="Bilinear"), expected)
    np.testing.assert_array_equal(imresize(image, "Scale", 0.5, "method", "bilinear"), expected)
    np.testing.assert_array_equal(
        imresize(image, OutputSize=(4, 5), Method="bilinear", Antialiasing=True), expected
    )
    np.testing.assert_array_equal(resize(image, (4, 5), "bilinear"), expected)


def test_own_kernel():
    image = picture((9, 9))
    triangle = (lambda x: np.maximum(1 - np.abs(x), 0), 2)
    np.testing.assert_allclose(
        imresize(image, 0.4, triangle), imresize(image, 0.4, "bilinear"), atol=1e-12
    )


def test_lists_are_taken():
    assert imresize([[1, 2], [3, 4]], 2).shape == (4, 4)


def test_no_pages():
    assert imresize(np.zeros((4, 4, 0)), 2).shape == (8, 8, 0)


# Bad input


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda a: imresize(a), ValueError, "give the new size once"),
        (lambda a: imresize(a, 2, Scale=2), ValueError, "give the new size once"),
        (lambda a: imresize(a, 0), ValueError, "size must be one or two positive"),
        (lambda a: imresize(a, -1), ValueError, "-1"),
        (lambda a: imresize(a, np.nan), ValueError, "nan"),
        (lambda a: imresize(a, [np.inf, 2]), ValueError, "inf"),
        (lambda a: imresize(a, [np.nan, np.nan]), ValueError, "one may be NaN"),
        (lambda a: imresize(a, [2, 3, 4]), ValueError, r"\[2, 3, 4\]"),
        (lambda a: imresize(a, Scale=[2, np.nan]), ValueError, "Scale must be"),
        (lambda a: imresize(a, OutputSize=2), ValueError, "OutputSize must be two"),
        (lambda a: imresize(a, np.zeros((16, 3)), 2), ValueError, "colormap"),
        (lambda a: imresize(a, "two"), TypeError, "size must be"),
        (lambda a: imresize(a, 2, "bycubic"), ValueError, "'bycubic'"),
        (lambda a: imresize(a, 2, "bi"), ValueError, '"bicubic" or "bilinear"'),
        (lambda a: imresize(a, 2, 3), TypeError, "method must be"),
        (lambda a: imresize(a, 2, (np.cos, -1)), ValueError, "width in method"),
        (lambda a: imresize(a, 2, Antialiasing="maybe"), ValueError, "Antialiasing"),
        (lambda a: imresize(a, 2, Antialising=True), TypeError, "'Antialiasing'"),
        (lambda a: imresize(np.zeros(5), 2), ValueError, "A must be an image"),
        (lambda a: imresize(np.zeros((0, 5)), 2), ValueError, "at least one pixel"),
        (lambda a: imresize(a + 1j, 2), TypeError, "A must be a numeric array"),
        (lambda a: imresize("peppers.png", 2), TypeError, "'peppers.png'"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message) as raised:
        call(np.zeros((4, 4)))
    assert str(raised.value).startswith("imresize: ")


@pytest.mark.slow
def test_photograph_is_resized_fast():
    import time

    image = picture((1560, 2340, 3), "uint8")
    imresize(image, [224, 224])
    start = time.perf_counter()
    imresize(image, [224, 224])
    assert time.perf_counter() - start < 0.5


@pytest.mark.peer
def test_close_to_pillow():
    # Pillow computes in fixed point and leaves pixels beyond the edge out instead of mirroring.
    image = picture((60, 80), "uint8")
    ours = imresize(image, [30, 20]).astype(int)
    theirs = np.asarray(Image.fromarray(image).resize((20, 30), Image.Resampling.BICUBIC))
    assert np.abs(ours - theirs)[3:-3, 3:-3].max() <= 1
