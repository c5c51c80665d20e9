import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave
from scipy import ndimage

from matxai import fspecial, imfilter, imgaussfilt, medfilt2


@pytest.mark.tier("documented")
@given(images(("uint8", "float64"), ((), (3,))), st.sampled_from([0.5, 1, 2.3]))
def test_it_is_a_gaussian_filter_with_repeated_borders(image, sigma):
    h = fspecial("gaussian", 2 * int(np.ceil(2 * sigma)) + 1, sigma)
    theirs = imfilter(image.astype(float), h, "replicate")
    made = imgaussfilt(image, sigma)
    atol = 0.5 + 1e-6 if image.dtype == np.uint8 else 1e-9
    np.testing.assert_allclose(made.astype(float), theirs, atol=atol)


@pytest.mark.tier("numeric")
@given(images(("float64",)), st.sampled_from([0.5, 1, 2]))
def test_gaussian_agrees_with_scipy(image, sigma):
    radius = int(np.ceil(2 * sigma))
    theirs = ndimage.gaussian_filter(image, sigma, mode="nearest", radius=radius)
    np.testing.assert_allclose(imgaussfilt(image, sigma), theirs, atol=1e-12)


def test_sigma_for_each_direction():
    image = np.eye(5)
    made = imgaussfilt(image, [0.01, 3])
    np.testing.assert_allclose(made.sum(axis=1), imgaussfilt(image, [0.01, 3]).sum(axis=1))
    assert not np.allclose(made, imgaussfilt(image, [3, 0.01]))


@needs_octave
@pytest.mark.tier("numeric")
@given(
    images(("uint8", "float64"), height=st.integers(5, 9), width=st.integers(5, 9)),
    st.sampled_from([(3, 3), (1, 5), (5, 3)]),
    st.sampled_from(["zeros", "symmetric"]),
)
def test_medfilt2_agrees_with_octave(image, window, how):
    theirs = asked(f"medfilt2(x, {list(window)}, '{how}')", x=image)
    agree(medfilt2(image, window, how), theirs)


@pytest.mark.tier("documented")
@given(images(("uint8", "float64", "bool")), st.integers(1, 4), st.integers(1, 4))
def test_medians_of_any_window(image, rows, columns):
    above, left = (rows - 1) // 2, (columns - 1) // 2
    large = np.pad(image, [(above, rows - 1 - above), (left, columns - 1 - left)])
    windows = np.lib.stride_tricks.sliding_window_view(large, (rows, columns))
    theirs = np.median(windows.astype(float), axis=(2, 3))
    whole = np.trunc(theirs) if image.dtype.kind in "ub" else theirs
    made = medfilt2(image, [rows, columns])
    assert made.dtype == image.dtype
    np.testing.assert_array_equal(made.astype(float), whole)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imgaussfilt([[1]], 0), ValueError, "sigma must be positive"),
        (lambda: imgaussfilt([[1]], 1, FilterSize=4), ValueError, "FilterSize must be odd"),
        (lambda: medfilt2([[1]], [0, 3]), ValueError, "window"),
        (lambda: medfilt2([[1]], [3, 3], "mirror"), ValueError, "padopt"),
        (lambda: medfilt2(np.zeros((2, 2, 3))), ValueError, "I must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
