"""Arrays put together: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import DTYPES, arrays
from octave import agree, evaluate

from matxai import cat, dims, dlarray, extractdata, horzcat, plus, vertcat
from matxai.lang.not_known import NotKnownError


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(data=st.data(), dim=st.integers(1, 3))
def test_cat(data, dim):
    common = data.draw(st.tuples(*[st.integers(1, 3)] * 2))

    def draw():
        shape = list(common)
        if dim < 3:
            shape[dim - 1] = data.draw(st.integers(0, 3))
        return data.draw(arrays(DTYPES, shape=tuple(shape)))

    A, B, C = draw(), draw(), draw()
    agree(cat(dim, A, B, C), evaluate(f"cat({dim}, A, B, C)", A=A, B=B, C=C))
    if dim < 3:
        name = ("vertcat", "horzcat")[dim - 1]
        ours = (vertcat, horzcat)[dim - 1](A, B)
        agree(ours, evaluate(f"{name}(A, B)", A=A, B=B))


@pytest.mark.tier("documented")
def test_nothing_is_left_out():
    assert cat(1, [], [[1, 2]], np.zeros((0, 0))).tolist() == [[1, 2]]
    assert horzcat().shape == (0, 0)
    assert horzcat([], []).size == 0


@pytest.mark.tier(
    "chosen",
    "`cat`, `horzcat` and `vertcat` put 1-D arrays end to end; beside a matrix they are "
    "the row or column that fits",
)
def test_1d_arrays_are_put_end_to_end_or_fit_what_they_stand_beside():
    assert horzcat([1, 2], 3).tolist() == [1, 2, 3]
    assert vertcat([1, 2], [3]).tolist() == [1, 2, 3]
    assert horzcat([[1], [2]], [3, 4]).tolist() == [[1, 3], [2, 4]]
    assert vertcat([[1, 2]], [3, 4]).tolist() == [[1, 2], [3, 4]]
    with pytest.raises(ValueError, match="neither a row nor a column"):
        cat(3, [1, 2], [3, 4])


@pytest.mark.tier(
    "chosen",
    "`cat`, `horzcat` and `vertcat` take int64, which Python's indices are, for whole numbers of "
    "class double: beside floating-point values they become those, beside other integers theirs",
)
def test_integers_of_python_are_double():
    whole = np.array([1, 2])
    assert horzcat(whole, 0.5).tolist() == [1, 2, 0.5]
    assert horzcat(whole, np.float32(0.5)).dtype == np.float32
    assert horzcat(whole, np.uint8(3)).dtype == np.uint8
    assert horzcat(np.uint8(3), 2.5, whole).tolist() == [3, 3, 1, 2]
    assert vertcat(True, whole).dtype == np.int64


def test_sizes_that_may_fit_are_not_known():
    with pytest.raises(NotKnownError):
        horzcat(np.ones(3), np.ones((1, 2)))
    with pytest.raises(NotKnownError):
        plus(np.ones(3), np.ones(2))
    with pytest.raises(NotKnownError):
        plus(np.ones(3), np.ones((3, 1)))
    with pytest.raises(ValueError, match="do not fit") as caught:
        plus(np.ones((3, 2)), np.ones((2, 3)))
    assert not isinstance(caught.value, NotKnownError)


def test_dlarrays():
    X = dlarray(np.ones((2, 3, 1), np.float32), "SSC")
    made = cat(3, X, X)
    assert (made.shape, dims(made)) == ((2, 3, 2), "SSC")
    assert extractdata(vertcat(dlarray([1.0]), dlarray([2.0]))).tolist() == [1, 2]


def test_bad_input():
    with pytest.raises(ValueError, match="arrays of 1×2 and 1×3 do not fit"):
        vertcat([[1, 2]], [[1, 2, 3]])
    with pytest.raises(TypeError, match="horzcat: A2 must be a numeric array"):
        horzcat([1], "text")
    with pytest.raises(ValueError, match="dim must be a positive integer"):
        cat(0, 1, 2)
