import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from octave import agree
from octave_images import asked, images, needs_octave
from scipy import signal

from matxai import imfilter

weights = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda s: hnp.arrays(np.int64, s, elements=st.integers(-4, 4)).map(lambda w: w / 4)
)
BOUNDARIES = st.sampled_from(["symmetric", "replicate", "circular", 0, 2])


@needs_octave
@pytest.mark.tier(
    "numeric",
    "imfilter agrees with Octave for all boundaries, correlation and convolution",
)
@given(
    images(("uint8", "float64", "int16"), ((), (3,)), st.integers(4, 8), st.integers(4, 8)),
    weights,
    BOUNDARIES,
    st.sampled_from(["corr", "conv"]),
    st.sampled_from(["same", "full"]),
)
def test_agrees_with_octave(image, h, how, kind, size):
    # Octave shifts what a filter of an even size makes "full", and fills up with zeros there.
    size = "same" if how != 0 or any(n % 2 == 0 for n in h.shape) else size
    given_as = f"'{how}'" if isinstance(how, str) else how
    theirs = asked(f"imfilter(x, h, {given_as}, '{kind}', '{size}')", x=image, h=h)
    agree(imfilter(image, h, how, kind, size), theirs, 1e-12)


@pytest.mark.tier("numeric")
@given(images(("float64",)), weights)
def test_convolution_agrees_with_scipy(image, h):
    made = imfilter(image, h, "conv", "full")
    np.testing.assert_allclose(made, signal.convolve2d(image, h), atol=1e-12)


@pytest.mark.tier("chosen", "A filtered truth value is true from ½ on")
def test_truth_values_are_true_from_one_half():
    image = np.array([[True, False, False, False]])
    assert imfilter(image, [0.5, 0.49, 0.5]).tolist() == [[False, True, False, False]]


def test_a_filter_of_three_dimensions_sums_over_channels():
    image = np.ones((2, 2, 3))
    assert imfilter(image, np.ones((1, 1, 3)))[0, 0].tolist() == [2, 3, 2]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imfilter([[1.0]], []), ValueError, "h must hold"),
        (lambda: imfilter([[1.0]], [[1]], "mirror"), ValueError, "mirror"),
        (lambda: imfilter([[1.0]], [[1]], "same", "full"), ValueError, "again"),
        (lambda: imfilter([[1.0]], np.ones((1, 1, 3))), ValueError, "dimensions"),
        (lambda: imfilter([[1.0]], "sobel"), TypeError, "h must"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
