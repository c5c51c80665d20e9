import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from octave import agree
from octave_images import asked, images, needs_octave, sides

from matxai import categorical, im2uint8, imoverlay, jet, label2rgb, labeloverlay

labels = st.tuples(sides, sides).flatmap(
    lambda s: hnp.arrays(np.float64, s, elements=st.integers(0, 5))
)


@needs_octave
@pytest.mark.tier("numeric", "label2rgb agrees with Octave")
@given(labels.filter(lambda a: a.max() > 0))
def test_label2rgb_agrees_with_octave(L):
    map = np.random.default_rng(0).random((5, 3))
    agree(label2rgb(L, map), asked("label2rgb(L, m)", L=L, m=map))


@pytest.mark.tier("documented")
def test_defaults_are_jet_on_white():
    made = label2rgb([[0, 1, 2, 3, 4]])
    assert made[0, 0].tolist() == [255, 255, 255]
    np.testing.assert_array_equal(made[0, 1:], im2uint8(jet(4)))
    assert label2rgb([[0]], "jet", "c").tolist() == [[[0, 255, 255]]]


@pytest.mark.tier("chosen", "Shuffled colours of labels are always the same, and not MATLAB's")
def test_shuffled_colours_are_always_the_same():
    L = np.arange(1, 9).reshape(2, 4)
    made = label2rgb(L, "jet", "w", "shuffle")
    np.testing.assert_array_equal(made, label2rgb(L, "jet", "w", "shuffle"))
    plain = label2rgb(L)
    assert sorted(map(tuple, made.reshape(-1, 3))) == sorted(map(tuple, plain.reshape(-1, 3)))
    assert (made != plain).any()


@pytest.mark.tier(
    "chosen",
    "labeloverlay blends in double and rounds once; its default colours are jet of the "
    "highest label",
)
@given(images(("uint8", "float64"), ((), (3,))), st.sampled_from([0, 0.25, 0.5, 1]))
def test_labels_are_blended_in_double_and_rounded_once(image, transparency):
    image = np.clip(image, 0, 1) if image.dtype.kind == "f" else image
    L = np.arange(image[..., 0].size if image.ndim == 3 else image.size) % 3
    L = L.reshape(image.shape[:2])
    made = labeloverlay(image, L, Transparency=transparency)
    unit = image / 255 if image.dtype == np.uint8 else image
    unit = np.repeat(unit[:, :, None], 3, axis=2) if image.ndim == 2 else unit
    colours = jet(int(L.max())) if L.max() else np.zeros((0, 3))
    for i in np.ndindex(L.shape):
        wanted = unit[i]
        if L[i]:
            wanted = transparency * unit[i] + (1 - transparency) * colours[L[i] - 1]
        np.testing.assert_allclose(made[i], 255 * wanted, atol=0.5 + 1e-9)


@pytest.mark.tier("documented")
def test_only_included_labels_are_painted():
    made = labeloverlay([[0.0, 0.0]], [[1, 2]], IncludedLabels=2, Colormap="gray")
    assert made[0, 0].tolist() == [0, 0, 0]
    assert made[0, 1].tolist() == [128, 128, 128]


@pytest.mark.tier("documented")
def test_categories_and_masks_are_labels():
    names = categorical([["cat", "dog"], ["dog", ""]])
    made = labeloverlay(np.zeros((2, 2)), names)
    np.testing.assert_array_equal(made, labeloverlay(np.zeros((2, 2)), [[1, 2], [2, 0]]))
    masked = labeloverlay(np.zeros((1, 2)), [[True, False]])
    assert masked[0, 0].any()
    assert not masked[0, 1].any()


@pytest.mark.tier("documented", "imoverlay returns uint8, filled with yellow")
@given(images(("uint8", "uint16", "float64", "bool"), ((), (3,))))
def test_a_mask_is_filled_and_the_rest_is_the_image_in_uint8(image):
    mask = np.indices(image.shape[:2]).sum(axis=0) % 2 == 0
    made = imoverlay(image, mask)
    assert made.dtype == np.uint8
    assert (made[mask] == [255, 255, 0]).all()
    plain = im2uint8(image)
    plain = np.repeat(plain[:, :, None], 3, axis=2) if plain.ndim == 2 else plain
    np.testing.assert_array_equal(made[~mask], plain[~mask])


@pytest.mark.parametrize("colour", ["red", "r", "#ff0000", "#f00", [1, 0, 0]])
def test_names_of_colours(colour):
    assert imoverlay([[0.0]], [[1]], colour).tolist() == [[[255, 0, 0]]]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: label2rgb([[0.5]]), ValueError, "labels, whole numbers"),
        (lambda: label2rgb([[3]], [[1, 0, 0]]), ValueError, "3 labels"),
        (lambda: label2rgb([[1]], "rainbow"), ValueError, "cmap must be"),
        (lambda: labeloverlay([[0.0]], [[1, 2]]), ValueError, "size of A"),
        (lambda: labeloverlay([[0.0]], [[1]], Transparency=2), ValueError, "Transparency"),
        (lambda: imoverlay([[0.0]], [[1, 1]]), ValueError, "size of A"),
        (lambda: imoverlay([[0.0]], [[1]], "reddish"), ValueError, "color must be"),
        (lambda: imoverlay(np.zeros((1, 1, 4)), [[1]]), ValueError, "A must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
