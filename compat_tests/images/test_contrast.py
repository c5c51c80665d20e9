import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave

from matxai import imadjust, imcomplement, stretchlim

LIMITS = st.sampled_from([(0, 1), (0.25, 0.75), (0.1, 0.5)])


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("uint8", "float64")), LIMITS, LIMITS, st.sampled_from([1, 0.5, 2]))
def test_imadjust_agrees_with_octave(image, source, target, gamma):
    image = np.clip(image, 0, 1) if image.dtype.kind == "f" else image
    # Below the range, Octave takes the power of a negative number; of integers already near it.
    inside = image.dtype.kind == "f" and (image >= source[0]).all()
    assume(gamma == 1 or inside)
    made = imadjust(image, source, target, gamma)
    _, theirs = asked(f"imadjust(x, {list(source)}', {list(target)}', {gamma})", x=image)
    # Octave rounds in another order.
    atol = 1 if image.dtype.kind == "u" else 1e-12
    np.testing.assert_allclose(made.astype(float), theirs.astype(float), atol=atol)


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("uint8", "uint16", "int16", "bool", "float64", "float32"), ((), (3,))))
def test_imcomplement_agrees_with_octave(image):
    agree(imcomplement(image), asked("imcomplement(x)", x=image))


@pytest.mark.tier("documented")
@given(images(("uint8", "float64"), ((), (3,))))
def test_stretchlim_leaves_out_at_most_one_percent_at_each_end(image):
    image = np.clip(image, 0, 1) if image.dtype.kind == "f" else image
    limits = stretchlim(image)
    channels = image.reshape(*image.shape[:2], -1)
    assert limits.shape == (2, channels.shape[2])
    top = 255 if image.dtype == np.uint8 else 1
    for i, (low, high) in enumerate(limits.T):
        plane = channels[..., i] / top
        assert (plane < low - 1e-4).mean() <= 0.01
        assert (plane > high + 1e-4).mean() <= 0.01


@pytest.mark.tier("documented")
@given(images(("uint8",)))
def test_the_default_is_stretchlim(image):
    np.testing.assert_array_equal(imadjust(image), imadjust(image, stretchlim(image)))


def test_three_channels_have_their_own_limits():
    image = np.full((1, 1, 3), 0.5)
    made = imadjust(image, [[0, 0, 0.25], [1, 0.5, 0.75]], [])
    np.testing.assert_allclose(made.ravel(), [0.5, 1, 0.5])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imadjust(np.zeros((2, 2, 3))), ValueError, "lowhigh_in"),
        (lambda: imadjust([[0.5]], [0.5, 0.5]), ValueError, "low below high"),
        (lambda: imadjust([[0.5]], [0, 2]), ValueError, "lowhigh_in must be"),
        (lambda: imadjust([[0.5]], [0, 1], [0, 1], -1), ValueError, "gamma"),
        (lambda: imadjust([[True]]), TypeError, "truth values"),
        (lambda: stretchlim([[0.5]], 0.6), ValueError, "Tol"),
        (lambda: imcomplement("no"), TypeError, "I must"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
