"""Arrays that tests of the language draw: all classes, sizes, orders, with NaN and without."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

__all__ = ["DTYPES", "arrays", "dims_of", "shapes"]

DTYPES = ("float64", "float32", "uint8", "int8", "bool")


def elements(dtype, nan):
    kind = np.dtype(dtype).kind
    if kind == "b":
        return st.booleans()
    if kind in "iu":
        limits = np.iinfo(dtype)
        return st.one_of(
            st.integers(max(-4, limits.min), 4), st.sampled_from([limits.min, limits.max])
        )
    # Quarters: sums of them are exact in any order.
    quarters = st.integers(-20, 20).map(lambda n: n / 4)
    return st.one_of(quarters, st.just(np.nan)) if nan else quarters


def shapes(min_side=0, max_dims=3, min_dims=0):
    sides = st.integers(min_side, 4)
    lists = st.lists(sides, min_size=min_dims, max_size=max_dims)
    # A dimension of length 1 behind the second is none in MATLAB.
    return lists.map(tuple).filter(lambda s: len(s) < 3 or s[-1] != 1)


@st.composite
def arrays(draw, dtypes=DTYPES, nan=False, min_side=0, min_dims=0, max_dims=3, shape=None):
    """Draw an array of one of the classes, in C or Fortran order."""
    dtype = draw(st.sampled_from(list(dtypes)))
    size = draw(shapes(min_side, max_dims, min_dims)) if shape is None else shape
    made = draw(hnp.arrays(dtype, size, elements=elements(dtype, nan)))
    return np.asfortranarray(made) if draw(st.booleans()) else made


def dims_of(array, beyond=1):
    """Draw a dimension that the array has, or one behind; a 1-D array has the first only."""
    return st.just(1) if array.ndim == 1 else st.integers(1, max(array.ndim, 2) + beyond)
