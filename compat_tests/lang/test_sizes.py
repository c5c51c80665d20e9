"""size and its kin: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import arrays
from octave import agree, evaluate

import matxai
from matxai import categorical, dlarray, size

QUESTIONS = ["isempty", "isscalar", "isvector", "isrow", "iscolumn", "ismatrix"]


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(max_dims=4), n=st.integers(2, 5))
def test_sizes_are_octaves(A, n):
    # No array of one dimension and no elements: that is [] here, 0×0.
    A = A if A.shape != (0,) else np.zeros((0, 0))
    agree(size(A), evaluate("size(A)", A=A))
    for ours, theirs in zip(size(A, nargout=n), evaluate("size(A)", n, A=A), strict=True):
        agree(ours, theirs)
    agree(size(A, n), evaluate(f"size(A, {n})", A=A))
    for name in ("numel", "length", "ndims", *QUESTIONS):
        agree(getattr(matxai, name)(A), evaluate(f"{name}(A)", A=A))


def test_several_lengths_at_once():
    X = np.zeros((2, 3, 4))
    assert size(X, [1, 3]).tolist() == [2, 4]
    assert size(X, 1, 3).tolist() == [2, 4]
    assert size(X, [1, 3], nargout=2) == (2, 4)


@pytest.mark.tier(
    "chosen",
    "The size of a 1-D array is that of a column; a text is a row of characters; None and "
    "an empty list are `[]`",
)
def test_what_is_no_matrix_has_a_size():
    assert size([1, 2, 3]).tolist() == [3, 1]
    assert size("cup").tolist() == [1, 3]
    assert size(None).tolist() == size([]).tolist() == size("").tolist() == [0, 0]
    assert size(categorical(["a", "b"])).tolist() == [2, 1]
    assert size(["a", [1, 2]]).tolist() == [2, 1]
    assert size({"a": 1}).tolist() == [1, 1]
    assert matxai.isempty("")
    assert not matxai.isempty("cup")
    assert matxai.numel(["cat", "dog"]) == 2


def test_dlarrays_have_sizes():
    X = dlarray(np.zeros((2, 3, 4), np.float32), "SSC")
    assert size(X).tolist() == [2, 3, 4]
    assert matxai.numel(X) == 24
    assert matxai.length(X) == 4


@pytest.mark.parametrize("dim", [0, -1, 1.5, np.nan])
def test_dimensions_are_positive_integers(dim):
    with pytest.raises(ValueError, match="dim must be a positive integer"):
        size(np.zeros((2, 3)), dim)


def test_a_dimension_is_a_number():
    with pytest.raises(TypeError, match="dim must be a positive integer"):
        size(np.zeros((2, 3)), "rows")
