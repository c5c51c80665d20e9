import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave
from scipy import ndimage

from matxai import imcrop, imrotate

ANY = ("uint8", "float64", "bool")


@needs_octave
@pytest.mark.tier("numeric", "imcrop agrees with Octave")
@given(
    images(ANY, ((), (3,)), st.integers(6, 9), st.integers(6, 9)),
    st.tuples(*[st.integers(2, 16).map(lambda n: n / 4)] * 4),
)
def test_imcrop_agrees_with_octave(image, rect):
    x, y, w, h = rect
    w, h = min(w, image.shape[1] - x), min(h, image.shape[0] - y)
    rect = [x, y, w, h]
    # Octave fails where the rectangle begins before the first pixel.
    if min(x, y) < 1:
        rect[:2] = max(x, 1), max(y, 1)
    agree(imcrop(image, rect), asked(f"imcrop(x, {rect})", x=image))


@pytest.mark.tier("documented")
def test_whole_numbers_give_one_row_and_column_more():
    assert imcrop(np.zeros((50, 90)), [20, 20, 40, 30]).shape == (31, 41)


@pytest.mark.tier("chosen", "Cropping beside the image is an error")
def test_a_rectangle_beside_the_image_is_an_error():
    with pytest.raises(ValueError, match="lies outside I"):
        imcrop(np.zeros((5, 5)), [10, 1, 2, 2])


@pytest.mark.tier("documented")
@given(images(ANY, ((), (3,))), st.integers(-5, 5), st.sampled_from(["nearest", "bicubic"]))
def test_quarter_turns_are_exact(image, quarters, method):
    made = imrotate(image, 90 * quarters, method)
    np.testing.assert_array_equal(made, np.rot90(image, quarters))
    assert made.dtype == image.dtype


@pytest.mark.tier("numeric")
@given(images(("float64",)), st.integers(1, 89), st.sampled_from([("bilinear", 1)]))
def test_bilinear_agrees_with_scipy(image, angle, how):
    image = np.pad(image, 1)
    made = imrotate(image, angle, how[0], "crop")
    theirs = ndimage.rotate(image, angle, order=1, reshape=False, mode="grid-constant")
    np.testing.assert_allclose(made, theirs, atol=1e-6)


@pytest.mark.tier(
    "chosen",
    "A loosely rotated image has ⌈H·abs(cos) + W·abs(sin)⌉ × ⌈W·abs(cos) + H·abs(sin)⌉ pixels",
)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(-180, 180))
def test_the_loose_size_holds_the_whole_image(height, width, angle):
    rows, columns = imrotate(np.zeros((height, width)), angle).shape
    turn = np.deg2rad(angle)
    down = height * abs(np.cos(turn)) + width * abs(np.sin(turn))
    across = width * abs(np.cos(turn)) + height * abs(np.sin(turn))
    assert -1e-6 <= rows - down < 1
    assert -1e-6 <= columns - across < 1


@given(images(ANY), st.integers(-180, 180), st.sampled_from(["nearest", "bilinear", "bicubic"]))
def test_cropped_images_keep_size_and_class(image, angle, method):
    made = imrotate(image, angle, method, "crop")
    assert made.shape == image.shape
    assert made.dtype == image.dtype


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imcrop(np.zeros((5, 5)), [1, 1, 2]), ValueError, "rect"),
        (lambda: imcrop(np.zeros((5, 5)), [1, 1, -2, 1]), ValueError, "not negative"),
        (lambda: imrotate(np.zeros((5, 5)), "left"), TypeError, "angle"),
        (lambda: imrotate(np.zeros((5, 5)), 3, "cubic"), ValueError, "method"),
        (lambda: imrotate(np.zeros(5), 3), ValueError, "I must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
