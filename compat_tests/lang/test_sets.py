"""Arrays as sets: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree, evaluate

import matxai
from matxai import categorical, dlarray, intersect, ismember, setdiff, union, unique

numbers = st.lists(st.integers(0, 4).map(float), min_size=1, max_size=8)
PAIRS = [("setdiff", 2), ("intersect", 3), ("union", 3)]


@pytest.mark.octave
@pytest.mark.tier("documented", "`setdiff`, `intersect`, `union` with their indices")
@given(A=numbers, B=numbers)
def test_two_sets(A, B):
    for name, outputs in PAIRS:
        ours = getattr(matxai, name)(A, B, nargout=outputs)
        theirs = evaluate(f"{name}(A, B)", outputs, A=A, B=B)
        agree(ours[0], theirs[0])
        # Octave tells the last of equal elements, MATLAB the first.
        joined = np.array(A + B)
        if name == "union":
            assert np.array_equal(
                np.sort(np.concatenate([np.array(A)[ours[1] - 1], np.array(B)[ours[2] - 1]])),
                ours[0],
            )
            assert not np.isin(np.array(B)[ours[2] - 1], A).any()
        else:
            assert ours[1].tolist() == [A.index(c) + 1 for c in ours[0]]
        if name == "intersect":
            assert ours[2].tolist() == [B.index(c) + 1 for c in ours[0]]
        stable = getattr(matxai, name)(A, B, "stable")
        order = list(dict.fromkeys(joined.tolist() if name == "union" else A))
        assert stable.tolist() == [c for c in order if c in ours[0]]


@pytest.mark.octave
@pytest.mark.tier("documented", "`unique` with both indices")
@given(A=numbers, rows=st.integers(1, 3))
def test_unique(A, rows):
    A = np.array(A * rows).reshape(rows, -1)
    C, ia, ic = unique(A, nargout=3)
    theirs = evaluate("unique(A(:), 'first')", 3, A=A)
    for mine, other in zip((C, ia, ic), theirs, strict=True):
        agree(mine, other)
    flat = A.reshape(-1, order="F")
    stable, first, place = unique(A, "stable", nargout=3)
    assert stable.tolist() == list(dict.fromkeys(flat.tolist()))
    np.testing.assert_array_equal(flat[first - 1], stable)
    np.testing.assert_array_equal(stable[place - 1], flat)
    assert unique(A, "last", nargout=2)[1].tolist() == [
        max(np.flatnonzero(flat == c)) + 1 for c in C
    ]
    R, ir, jr = unique(A, "rows", nargout=3)
    agree(R, evaluate("unique(A, 'rows')", A=A))
    np.testing.assert_array_equal(A[ir - 1], R)
    np.testing.assert_array_equal(R[jr - 1], A)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=numbers, S=numbers)
def test_ismember(A, S):
    A = np.array([*A, np.nan])
    tf, place = ismember(A, [*S, np.nan], nargout=2)
    theirs = evaluate("ismember(A, S)", 2, A=A, S=S)
    agree(tf, theirs[0])
    assert place.tolist() == [S.index(a) + 1 if a in S else 0 for a in A]


@pytest.mark.tier("documented")
def test_masks_of_superpixels():
    L = np.arange(1, 7).reshape(2, 3)
    assert ismember(L, [2, 6]).tolist() == [[False, True, False], [False, False, True]]


@pytest.mark.tier("documented")
def test_nan_is_no_ones_equal():
    assert unique([np.nan, 1, np.nan]).size == 3
    assert setdiff([np.nan, 1], [np.nan]).size == 2
    assert intersect([np.nan], [np.nan]).size == 0
    assert unique([]).size == 0
    assert ismember([], [1]).size == 0
    assert ismember(1, []) is False


@pytest.mark.tier("documented")
def test_texts_and_labels():
    assert unique(["b", "a", "b"]).tolist() == ["a", "b"]
    assert ismember("dog", ["cat", "dog"]) is True
    labels = categorical(["dog", "cat", "dog", ""], ["dog", "cat"])
    assert unique(labels).tolist() == ["dog", "cat", "<undefined>"]
    assert ismember(labels, ["cat", "<undefined>"]).tolist() == [False, True, False, False]
    assert setdiff(["a", "b"], "a").tolist() == ["b"]
    assert union("a", ["b"], "stable").tolist() == ["a", "b"]


def test_integers_beside_numbers():
    made = union(np.uint8([1]), [2.0])
    assert (made.dtype, made.tolist()) == (np.uint8, [1, 2])


def test_dlarrays():
    assert unique(dlarray([2.0, 1.0, 2.0])).tolist() == [1, 2]
    assert ismember(dlarray([1.0, 3.0]), 3).tolist() == [False, True]


@pytest.mark.parametrize("name", ["setdiff", "intersect", "union", "ismember"])
def test_numbers_beside_texts(name):
    with pytest.raises(TypeError, match=f"{name}: numbers and texts"):
        getattr(matxai, name)([1, 2], ["a"])


def test_bad_options():
    with pytest.raises(ValueError, match="'fast' is not one of its options"):
        unique([1], "fast")
    with pytest.raises(ValueError, match="A must be a matrix"):
        unique([1], "rows")
    with pytest.raises(ValueError, match="3 is not one of its options"):
        union([1], [2], 3)
    with pytest.raises(TypeError, match="unique: A must hold numbers or texts"):
        unique([None])
