import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave

from matxai import im2gray, mat2gray, rgb2gray


@pytest.mark.tier(
    "documented",
    "rgb2gray weighs by 0.298936021293775, 0.587043074451121, 0.114020904255103 and rounds"
    " integers",
)
@given(images(("uint8", "uint16", "float64", "float32"), ((3,),)))
def test_weights(image):
    exact = image.astype(float) @ [0.298936021293775, 0.587043074451121, 0.114020904255103]
    made = rgb2gray(image)
    assert made.dtype == image.dtype
    assert made.shape == image.shape[:2]
    allowed = 0.5 + 1e-9 if image.dtype.kind == "u" else 1e-6
    assert np.abs(made.astype(float) - exact).max() <= allowed


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("uint8", "float64"), ((3,),)))
def test_agrees_with_octave(image):
    agree(rgb2gray(image), asked("rgb2gray(x)", x=image), 1e-5)


@given(images(("uint8", "float64", "bool"), ((), (1,))))
def test_grey_images_stay(image):
    np.testing.assert_array_equal(im2gray(image), image.reshape(image.shape[:2]))


def test_colormaps():
    np.testing.assert_allclose(rgb2gray([[1.0, 0, 0]]), [[0.298936] * 3], atol=1e-6)


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("uint8", "float64", "float32", "bool", "int16"), ((), (3,), (2, 2))))
def test_mat2gray_agrees_with_octave(image):
    agree(mat2gray(image), ("double", asked("mat2gray(double(x))", x=image)[1]), 1e-14)


@needs_octave
@pytest.mark.tier(
    "numeric",
    "mat2gray agrees with Octave, where both limits are equal as well: values are clipped to 0…1",
)
@given(images(), st.sampled_from([(0, 1), (0.25, 0.5), (0.5, 0.5), (3, 100)]))
def test_limits_agree_with_octave(image, limits):
    agree(mat2gray(image, limits), asked(f"mat2gray(double(x), {list(limits)})", x=image), 1e-14)


@pytest.mark.tier("chosen", "mat2gray returns double, keeps NaN and leaves it out of the limits")
def test_nan_stays_and_does_not_count():
    np.testing.assert_array_equal(mat2gray([[np.nan, 1, 3]]), [[np.nan, 0, 1]])
    assert mat2gray(np.float32([[1, 2]])).dtype == np.float64


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: rgb2gray(np.zeros((2, 2))), ValueError, "RGB must be"),
        (lambda: rgb2gray(np.zeros((2, 2, 3), bool)), TypeError, "truth values"),
        (lambda: im2gray(np.zeros((2, 2, 4))), ValueError, "RGB must be.*4"),
        (lambda: mat2gray([[1]], [1, 2, 3]), ValueError, "limits"),
        (lambda: mat2gray("a"), TypeError, "A must"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
