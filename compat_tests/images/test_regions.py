import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree
from octave_images import asked, images, needs_octave

from matxai import bwlabel


@needs_octave
@pytest.mark.tier("numeric")
@given(images(("bool",)), st.sampled_from([4, 8]))
def test_agrees_with_octave(image, conn):
    (kind, theirs), (_, count) = asked(f"bwlabel(x, {conn})", 2, x=image)
    labels, n = bwlabel(image, conn, nargout=2)
    assert n == count.item()
    agree(labels, (kind, theirs))


@pytest.mark.tier("documented")
@given(images(("bool",)))
def test_regions_are_numbered_down_the_columns(image):
    labels = bwlabel(image).ravel("F")
    first = [int(np.flatnonzero(labels == i)[0]) for i in range(1, labels.max() + 1)]
    assert first == sorted(first)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: bwlabel([[1]], 6), ValueError, "conn must be 4 or 8"),
        (lambda: bwlabel(np.zeros((2, 2, 2))), ValueError, "BW must be"),
        (lambda: bwlabel("x"), TypeError, "BW"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
