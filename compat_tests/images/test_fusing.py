import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from octave_images import images

from matxai import imfuse, imshowpair, mat2gray, rgb2gray


@pytest.mark.tier(
    "documented",
    "False colours of imfuse are both images, stretched, green and magenta",
)
@given(images(("uint8", "float64")), images(("uint8", "float64")))
def test_false_colours_are_both_images_in_their_channels(first, second):
    made = imfuse(first, second)
    height, width = np.maximum(first.shape, second.shape)
    assert made.shape == (height, width, 3)
    assert made.dtype == np.uint8
    for image, channels in ((second, (0, 2)), (first, (1,))):
        scaled = mat2gray(image / 255 if image.dtype == np.uint8 else image)
        for channel in channels:
            part = made[: image.shape[0], : image.shape[1], channel]
            np.testing.assert_allclose(part, scaled * 255, atol=0.5 + 1e-9)
            assert not made[image.shape[0] :, :, channel].any()


@pytest.mark.tier("documented")
def test_methods_and_options():
    first, second = np.array([[0, 0.5]]), np.array([[0, 1.0]])
    assert imfuse(first, second, "blend", Scaling="none").tolist() == [[0, 191]]
    assert imfuse(first, second, "diff", Scaling="none").tolist() == [[0, 128]]
    assert imfuse(first, second, "montage", Scaling="none").shape == (1, 4)
    joint = imfuse(first, second, Scaling="joint", ColorChannels="red-cyan")
    assert joint[0, 1].tolist() == [128, 255, 255]
    alone = imfuse(first, second, ColorChannels=[1, 0, 2])
    assert alone[0, 1].tolist() == [255, 0, 255]


@pytest.mark.tier(
    "chosen",
    "imfuse stretches differences, and its checkerboard has 8 squares along the longer side",
)
def test_a_checkerboard_has_eight_squares_and_differences_are_stretched():
    board = imfuse(np.zeros((16, 16)), np.ones((16, 16)), "checkerboard", Scaling="none")
    assert board[:2, :4].tolist() == [[0, 0, 255, 255]] * 2
    assert imfuse([[0, 0.5, 1]], [[0, 1, 0.5]], "diff").tolist() == [[0, 255, 255]]


def test_colours_become_grey_for_false_colours_and_stay_for_a_blend():
    rgb = np.random.default_rng(0).random((4, 5, 3))
    grey = rgb2gray(rgb)
    np.testing.assert_array_equal(imfuse(rgb, grey), imfuse(grey, grey))
    assert imfuse(rgb, grey, "blend").shape == (4, 5, 3)


def test_a_pair_is_shown():
    handle = imshowpair(np.eye(3), np.ones((3, 3)), "montage")
    np.testing.assert_array_equal(handle.CData, imfuse(np.eye(3), np.ones((3, 3)), "montage"))
    plt.close("all")


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imfuse([[1]], np.zeros((2, 2, 4))), ValueError, "B must be"),
        (lambda: imfuse([[1]], [[1]], "sum"), ValueError, "method must be"),
        (lambda: imfuse([[1]], [[1]], ColorChannels=[3, 1, 2]), ValueError, "ColorChannels"),
        (lambda: imfuse([[1]], [[1]], Scaling="all"), ValueError, "Scaling"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
