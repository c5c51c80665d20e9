import numpy as np
import pytest
import skimage.filters
from hypothesis import assume, given
from hypothesis import strategies as st
from octave_images import asked, images, needs_octave

from matxai import graythresh, imbinarize


@needs_octave
@pytest.mark.tier("numeric", "Otsu's threshold agrees with Octave")
@given(images(("uint8", "float64"), height=st.integers(3, 9), width=st.integers(3, 9)))
def test_graythresh_agrees_with_octave(image):
    image = np.clip(image, 0, 1) if image.dtype.kind == "f" else image
    assume(len(np.unique(image)) > 2)
    (_, level), (_, good) = asked("graythresh(x)", 2, x=image)
    ours = graythresh(image, nargout=2)
    np.testing.assert_allclose(ours, [level.item(), good.item()], atol=1e-12)


@pytest.mark.tier("numeric")
@given(st.integers(0, 1000))
def test_otsu_agrees_with_scikit_image(seed):
    rng = np.random.default_rng(seed)
    image = np.clip(rng.normal(rng.choice([60, 180], (20, 20)), 15), 0, 255).astype(np.uint8)
    theirs = image > skimage.filters.threshold_otsu(image, nbins=256)
    np.testing.assert_array_equal(imbinarize(image), theirs)


@pytest.mark.tier("documented")
@given(images(("uint8", "float64", "bool")), st.sampled_from([0, 0.25, 0.5, 1]))
def test_above_the_threshold_is_true(image, level):
    top = 255 if image.dtype == np.uint8 else 1
    np.testing.assert_array_equal(imbinarize(image, level), image.astype(float) > level * top)


@pytest.mark.tier("documented")
def test_a_threshold_for_each_pixel():
    assert imbinarize([[0.2, 0.2]], [[0.1, 0.3]]).tolist() == [[True, False]]


@pytest.mark.tier("chosen", "The threshold of an image of one grey value is 0")
def test_one_grey_value():
    assert graythresh(np.full((3, 3), 7, np.uint8), nargout=2) == (0, 0)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imbinarize([[0.5]], 2), ValueError, "between 0 and 1"),
        (lambda: imbinarize([[0.5]], "adaptive"), ValueError, "adaptive"),
        (lambda: imbinarize(np.zeros((2, 2)), [[0.5, 0.5]]), ValueError, "T must be"),
        (lambda: imbinarize(np.zeros((2, 2, 3))), ValueError, "I must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
