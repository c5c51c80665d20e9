"""GNU Octave's image package as an oracle, and images that tests draw."""

import functools

import numpy as np
import octave
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

__all__ = ["asked", "images", "needs_octave", "sides"]

needs_octave = octave.needs_octave


@functools.cache
def _has_package():
    _, found = octave.evaluate("double(! isempty(pkg('list', 'image')))")
    if not found.item():
        return False
    octave._octave().run("pkg load image")
    return True


def asked(code, nargout=None, **inputs):
    """Ask Octave, or skip where it or its image package is missing."""
    octave.evaluate("1")
    if not _has_package():
        pytest.skip("Octave's image package is not installed")
    return octave.evaluate(code, nargout, **inputs)


sides = st.integers(1, 9)


@st.composite
def images(draw, dtypes=("uint8", "float64", "bool"), tails=((),), height=sides, width=sides):
    """Draw an image of one of the classes; floats are multiples of 1/8 and go a bit beyond 0…1."""
    dtype = np.dtype(draw(st.sampled_from(list(dtypes))))
    shape = (draw(height), draw(width), *draw(st.sampled_from(list(tails))))
    if dtype.kind == "f":
        # Powers of two: no result hangs on the order of a sum.
        whole = draw(hnp.arrays(np.int64, shape, elements=st.integers(-1, 9)))
        made = (whole / 8).astype(dtype)
    else:
        made = draw(hnp.arrays(dtype, shape))
    return np.asfortranarray(made) if draw(st.booleans()) else made
