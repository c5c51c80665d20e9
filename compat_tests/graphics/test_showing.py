"""imshow: images look like themselves."""

import numpy as np
import pytest
from drawn_pixels import drawn, levels

from matxai.graphics.colormaps import jet
from matxai.graphics.colouring import colormap
from matxai.graphics.figures import gca
from matxai.graphics.handles import get
from matxai.graphics.holding import hold
from matxai.graphics.images import imagesc
from matxai.graphics.limits import clim
from matxai.graphics.showing import imshow


def test_true_colours_come_out_as_they_are():
    picture = np.random.RandomState(0).randint(0, 256, (7, 9, 3)).astype(np.uint8)
    imshow(picture)
    np.testing.assert_array_equal(drawn(7, 9), picture)
    assert (gca().Visible, gca().YDir) == ("off", "reverse")


@pytest.mark.tier("documented", "Grey images are shown in the range of their class")
@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (np.array([[0, 128, 255]], np.uint8), [0, 128, 255]),
        (np.array([[0, 65535]], np.uint16), [0, 255]),
        (np.array([[-32768, 32767]], np.int16), [0, 255]),
        (np.array([[True, False]]), [255, 0]),
        (np.array([[-1, 0, 1, 2.0]]), [0, 0, 255, 255]),
        (np.array([[0, 1]], np.float32), [0, 255]),
    ],
)
def test_grey_images_are_shown_in_the_range_of_their_class(values, shown):
    imshow(values)
    assert drawn(*values.shape)[0, :, 0].tolist() == shown


def test_every_grey_of_uint8_is_its_own():
    imshow(np.arange(256, dtype=np.uint8).reshape(16, 16))
    np.testing.assert_array_equal(drawn(16, 16)[:, :, 1].ravel(), np.arange(256))


@pytest.mark.tier("documented")
def test_a_display_range_is_black_and_white():
    for given in ([10, 20],), ():
        imshow(np.array([[10.0, 20, 5, 30]]), *given, DisplayRange=None if given else [10, 20])
        assert drawn(1, 4)[0, :, 0].tolist() == [0, 255, 0, 255]
    imshow(np.array([[7.0, 9]]), [])
    assert clim().tolist() == [7, 9]
    imshow(np.array([[0.5, 0.5]]), [])
    assert clim().tolist() == [0, 1]


def test_indexed_images_have_their_own_colours():
    imshow(np.array([[0, 2]], np.uint8), jet(3))
    np.testing.assert_array_equal(drawn(1, 2)[0], levels(jet(3)[[0, 2]]))
    imshow(np.array([[1.0, 3]]), jet(3))
    np.testing.assert_array_equal(drawn(1, 2)[0], levels(jet(3)[[0, 2]]))


def test_true_colours_of_floats_and_int16():
    imshow(np.array([[[0, 0.5, 2]]]))
    assert drawn(1, 1).ravel().tolist() in ([0, 127, 255], [0, 128, 255])
    imshow(np.array([[[-32768, 32767, 32767]]], np.int16))
    assert drawn(1, 1).ravel().tolist() == [0, 255, 255]


def test_a_grey_image_shares_limits_and_colours_with_what_is_laid_over_it():
    imshow(np.zeros((2, 2), np.uint8))
    hold("on")
    imagesc(np.eye(2))
    assert clim().tolist() == [0, 255]
    colormap("jet")
    np.testing.assert_array_equal(drawn(2, 2)[0, 1], levels(jet(256)[0]))


def test_a_file_is_read(tmp_path):
    from PIL import Image

    pixels = np.random.RandomState(1).randint(0, 256, (4, 5, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    h = imshow(str(tmp_path / "a.png"))
    np.testing.assert_array_equal(get(h, "CData"), pixels)


def test_options_of_matlabs_scripts_are_taken():
    h = imshow(np.zeros((3, 4)), "InitialMagnification", 150, "Border", "tight")
    assert gca().Position.tolist() == [0, 0, 1, 1]
    assert h.CData.shape == (3, 4)
    imshow(np.zeros((3, 4)), [], "InitialMagnification", "fit", "Parent", gca())


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: imshow(), TypeError, "imshow: I is missing"),
        (lambda: imshow(np.zeros((2, 2, 3, 5))), ValueError, "show one"),
        (lambda: imshow(np.zeros((0, 3))), ValueError, "imshow: I must be"),
        (lambda: imshow(np.zeros((2, 2)), [1, 0]), ValueError, "DisplayRange must be"),
        (lambda: imshow(np.zeros((2, 2)), [0, 1], DisplayRange=[]), TypeError, "given twice"),
        (lambda: imshow(np.zeros((2, 2)), [0, 1, 2, 3]), ValueError, "map must be an m×3"),
        (lambda: imshow("no such file.png"), FileNotFoundError, "no such file"),
        (lambda: imshow([[1]], InitialMagnification=-3), ValueError, "InitialMagnification"),
        (lambda: imshow([["a"]]), TypeError, "imshow: I must be a numeric array"),
    ],
)
def test_wrong_arguments_are_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()
