"""Arithmetic of images, YCbCr, noise and local contrast."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave

import matxai
from matxai import adapthisteq, imabsdiff, imadd, imdivide, imnoise, rgb2ycbcr, rng, ycbcr2rgb

NAMES = ("imadd", "imsubtract", "imabsdiff", "immultiply", "imdivide")


@needs_octave
@pytest.mark.tier("numeric", "`imadd`, `imsubtract`, … saturate as Octave's do")
@given(
    images(("uint8", "int16", "float64", "float32", "bool")), st.sampled_from(NAMES), st.booleans()
)
def test_agrees_with_octave(image, name, alone):
    other = 2.5 if alone and name != "imabsdiff" else np.flip(image)
    codes = ["logical(x)" if image.dtype == bool else "x", "y"]
    if image.dtype == bool and not np.isscalar(other):
        codes[1] = "logical(y)"
    theirs = asked(f"{name}({', '.join(codes)})", x=image, y=other)
    agree(getattr(matxai, name)(image, other), theirs)


@pytest.mark.tier("documented")
def test_a_sum_can_be_of_another_class():
    total = imadd(np.array([[200]], np.uint8), np.array([[100]], np.uint8), "uint16")
    assert (total.dtype, total.item()) == (np.uint16, 300)


@needs_octave
@pytest.mark.tier("numeric", "`rgb2ycbcr` agrees with Octave")
@given(images(("uint8", "uint16"), ((3,),)))
def test_ycbcr_agrees_with_octave(image):
    agree(rgb2ycbcr(image), asked("rgb2ycbcr(x)", x=image))


@given(images(("uint8",), ((3,),)))
def test_colours_come_back(image):
    exact = rgb2ycbcr(image / 255)
    np.testing.assert_allclose(ycbcr2rgb(exact), image / 255, atol=1e-12)
    assert np.abs(ycbcr2rgb(rgb2ycbcr(image)).astype(int) - image).max() <= 2


@pytest.mark.tier("statistical", "`imnoise` has the documented mean and variance")
@pytest.mark.parametrize(
    ("noise", "mean", "deviation"),
    [
        (("gaussian",), 100, 25.5),
        (("gaussian", 0.1, 0.001), 125.5, 255 * 0.001**0.5),
        (("speckle", 0.01), 100, 10),
        (("poisson",), 100, 10),
        (("salt & pepper", 0.1), 0.9 * 100 + 0.05 * 255, 42.1),
    ],
)
@pytest.mark.parametrize("of_bytes", [True, False])
def test_noise_has_its_distribution(noise, mean, deviation, of_bytes):
    rng(1)
    image = np.full((200, 200), 100, np.uint8)
    noisy = imnoise(image if of_bytes else image / 255, *noise)
    assert noisy.dtype == (np.uint8 if of_bytes else np.float64)
    values = noisy * (1.0 if of_bytes else 255)
    if noise == ("poisson",) and not of_bytes:
        deviation = 255 * (100 / 255 / 1e12) ** 0.5
    assert values.mean() == pytest.approx(mean, abs=5 * deviation / 200 + 0.05)
    assert values.std() == pytest.approx(deviation, rel=0.03)


def test_noise_follows_rng():
    image = np.full((5, 5), 0.5)
    rng(3)
    first = imnoise(image, "gaussian")
    rng(3)
    np.testing.assert_array_equal(imnoise(image, "gaussian"), first)


@pytest.mark.tier(
    "chosen", "`adapthisteq` is scikit-image's `equalize_adapthist` with MATLAB's options"
)
def test_local_contrast_grows():
    dull = np.repeat([[0.1, 0.9]], 32, axis=1) + 0.02 * np.sin(np.arange(64.0))[:, np.newaxis]
    low, high = (adapthisteq(dull, "ClipLimit", c) for c in (0.001, 0.2))
    assert high[:, :32].std() > low[:, :32].std() > dull[:, :32].std()
    assert high.dtype == dull.dtype
    assert adapthisteq((dull * 255).astype(np.uint8)).dtype == np.uint8
    assert adapthisteq(dull[:7, :9], NumTiles=[2, 2]).shape == (7, 9)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imadd(np.ones((2, 2)), np.ones((3, 3))), ValueError, "same size"),
        (lambda: imabsdiff(np.ones((2, 2)), np.ones((2, 2), np.uint8)), TypeError, "one class"),
        (lambda: imdivide(np.ones((2, 2)), "2"), TypeError, "Y must be"),
        (lambda: rgb2ycbcr(np.ones((2, 2))), ValueError, "colour image"),
        (lambda: ycbcr2rgb(np.ones((2, 2, 3), np.int16)), TypeError, "int16"),
        (lambda: imnoise(np.ones((2, 2)), "snow"), ValueError, "noise must be"),
        (lambda: imnoise(np.ones((2, 2)), "gaussian", 0, -1), ValueError, "negative"),
        (lambda: imnoise(np.ones((2, 2)), "poisson", 1), ValueError, "at most 0"),
        (lambda: adapthisteq(np.ones((9, 9)), "ClipLimit", 2), ValueError, "ClipLimit must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
