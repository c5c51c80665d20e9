import numpy as np
import pytest
import skimage.color
from hypothesis import given
from octave import agree
from octave_images import asked, images, needs_octave

from matxai import hsv2rgb, lab2rgb, rgb2hsv, rgb2lab

COLOURS = ("uint8", "uint16", "float64", "float32")


def unit(image):
    return np.clip(image, 0, 1) if image.dtype.kind == "f" else image


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("uint8", "uint16", "float64"), ((3,),)))
def test_rgb2hsv_agrees_with_octave(image):
    agree(rgb2hsv(unit(image)), asked("rgb2hsv(x)", x=unit(image)), 1e-12)


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("float64",), ((3,),)))
def test_hsv2rgb_agrees_with_octave(image):
    agree(hsv2rgb(unit(image)), asked("hsv2rgb(x)", x=unit(image)), 1e-12)


@pytest.mark.tier("documented")
@given(images(COLOURS, ((3,),)))
def test_hsv_there_and_back(image):
    image = unit(image)
    scale = np.iinfo(image.dtype).max if image.dtype.kind == "u" else 1
    np.testing.assert_allclose(hsv2rgb(rgb2hsv(image)), image / scale, atol=1e-6)


@pytest.mark.tier("documented")
@given(images(COLOURS, ((3,),)))
def test_lab_there_and_back(image):
    image = unit(image)
    lab = rgb2lab(image)
    assert lab.dtype == (np.float32 if image.dtype == np.float32 else np.float64)
    scale = np.iinfo(image.dtype).max if image.dtype.kind == "u" else 1
    np.testing.assert_allclose(lab2rgb(lab), image / scale, atol=1e-5)


@pytest.mark.tier("numeric")
@given(images(("uint8", "float64"), ((3,),)))
def test_lab_agrees_with_scikit_image(image):
    np.testing.assert_allclose(rgb2lab(unit(image)), skimage.color.rgb2lab(unit(image)), atol=0.02)


@pytest.mark.tier("numeric", "lab2rgb of [70 5 10] has the digits of MATLAB's page")
def test_documented_example():
    np.testing.assert_allclose(lab2rgb([[70, 5, 10]]), [[0.7359, 0.6566, 0.6010]], atol=5e-5)
    assert lab2rgb([[70, 5, 10]], OutputType="uint8").tolist() == [[188, 167, 153]]


@pytest.mark.tier("chosen", "lab2rgb does not clip colours that sRGB lacks")
def test_colours_that_srgb_lacks_lie_beyond_0_and_1():
    assert lab2rgb([[80.0, -130, 85]]).min() < 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: rgb2hsv(np.zeros((2, 2))), ValueError, "RGB must be"),
        (lambda: rgb2lab(np.zeros((2, 3), bool)), TypeError, "truth values"),
        (lambda: hsv2rgb(np.zeros((1, 3), np.uint8)), TypeError, "single or double"),
        (lambda: lab2rgb([[1, 2, 3]], OutputType="int8"), ValueError, "OutputType"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
