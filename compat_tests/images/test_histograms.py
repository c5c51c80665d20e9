import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave

from matxai import histeq, imhist


@needs_octave
@pytest.mark.tier("numeric", "imhist agrees with Octave")
@given(images(("uint8", "uint16", "float64", "bool")), st.sampled_from([2, 10, 256]))
def test_imhist_agrees_with_octave(image, count):
    image = np.clip(image, 0, 1) if image.dtype.kind == "f" else image
    count = 2 if image.dtype == bool else count
    theirs = asked(f"imhist(x, {count})", 2, x=image)
    for mine, other in zip(imhist(image, count, nargout=2), theirs, strict=True):
        agree(mine, other, 1e-12)


@given(images(("uint8", "float64", "bool")))
def test_every_pixel_is_counted(image):
    counts = imhist(image)
    assert counts.sum() == image.size
    assert len(counts) == (2 if image.dtype == bool else 256)


def test_without_outputs_it_is_drawn():
    imhist(np.uint8([[1, 2]]), nargout=0)
    assert plt.gca().patches or plt.gca().collections
    plt.close("all")


@pytest.mark.tier(
    "chosen",
    "histeq gives each grey value the level of its middle pixel, pixels being sorted and "
    "dealt out to the levels",
)
@given(images(("uint8", "float64")))
def test_histeq_gives_each_grey_value_the_level_of_its_middle_pixel(image):
    image = np.clip(image, 0, 1) if image.dtype.kind == "f" else image
    made, curve = histeq(image, 16, nargout=2)
    assert made.shape == image.shape
    assert made.dtype == image.dtype
    assert (np.diff(curve) >= 0).all()
    top = 255 if image.dtype == np.uint8 else 1
    for value in np.unique(image):
        middle = (image < value).sum() + (image == value).sum() / 2
        level = max(int(np.ceil(middle * 16 / image.size - 1e-9)) - 1, 0)
        assert made[image == value][0] == pytest.approx(
            level / 15 * top, abs=0.5 * (top > 1) + 1e-9
        )


@pytest.mark.tier("documented")
def test_a_ramp_becomes_flat():
    image = np.arange(64, 128, dtype=np.uint8).reshape(8, 8)
    counts = np.unique(histeq(image, 8), return_counts=True)[1]
    assert counts.tolist() == [8] * 8


def test_a_wanted_histogram():
    image = np.arange(4, dtype=np.uint8).reshape(2, 2)
    assert histeq(image, [3, 1]).ravel().tolist() == [0, 0, 0, 255]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imhist([[True]], 10), ValueError, "n must be 2"),
        (lambda: imhist(np.zeros((2, 2, 3))), ValueError, "I must be"),
        (lambda: histeq([[True]]), TypeError, "truth values"),
        (lambda: histeq([[0.5]], [0, 0]), ValueError, "n must hold counts"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
