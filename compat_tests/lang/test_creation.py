"""Arrays of one value, and grids: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree, evaluate

import matxai
from matxai import colon, dlarray, eye, linspace, logspace, meshgrid, ndgrid, ones, zeros

CLASSES = ["double", "single", "uint8", "int16"]
lengths = st.lists(st.integers(-1, 3), max_size=4)
numbers = st.integers(-20, 20).map(lambda n: n / 4)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(sizes=lengths, kind=st.sampled_from(CLASSES), name=st.sampled_from(["zeros", "ones"]))
def test_zeros_and_ones(sizes, kind, name):
    listed = "".join(f"{n}, " for n in sizes)
    theirs = evaluate(f"{name}({listed}'{kind}')")
    agree(getattr(matxai, name)(*sizes, kind), theirs)
    if len(sizes) > 1:
        agree(getattr(matxai, name)(sizes, kind), theirs)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(sizes=lengths, single=st.booleans(), name=st.sampled_from(["NaN", "Inf"]))
def test_nan_and_inf(sizes, single, name):
    args = [*sizes, "single"] if single else sizes
    agree(getattr(matxai, name)(*args), evaluate(f"{name}({', '.join(map(repr, args))})"))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(sizes=st.lists(st.integers(0, 4), max_size=2))
def test_eye(sizes):
    agree(eye(*sizes), evaluate(f"eye({', '.join(map(str, sizes))})"))


def test_like():
    assert zeros(2, 3, "like", np.uint8([1])).dtype == np.uint8
    assert isinstance(ones(2, "like", dlarray(np.float32([1]))), dlarray)
    assert zeros("like", np.float32(1)).dtype == np.float32


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(low=numbers, high=numbers, n=st.integers(-1, 9))
def test_linspace_and_logspace(low, high, n):
    agree(linspace(low, high, n), evaluate(f"linspace({low}, {high}, {n})"), 1e-14)
    agree(logspace(low, high, n), evaluate(f"logspace({low}, {high}, {n})"), 1e-13)
    assert linspace(low, high).size == 100


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(j=numbers, i=st.sampled_from([-1, -0.25, 0.1, 0.3, 1, 2.5]), k=numbers)
def test_colon(j, i, k):
    agree(colon(j, i, k), evaluate(f"{j}:{i}:{k}"), 1e-14)
    agree(colon(j, k), evaluate(f"{j}:{k}"))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(data=st.data(), n=st.integers(1, 3))
def test_grids(data, n):
    x, y, z = (data.draw(st.lists(numbers, min_size=2, max_size=4)) for _ in range(3))
    given = {"x": x, "y": y, "z": z}
    theirs = evaluate("ndgrid(x, y, z)", n, **given)
    for ours, other in zip(ndgrid(x, y, z, nargout=max(n, 2)), theirs, strict=False):
        agree(ours, other)
    theirs = evaluate("meshgrid(x, y, z)", 3, **given)
    for ours, other in zip(meshgrid(x, y, z, nargout=3), theirs, strict=True):
        agree(ours, other)
    for ours, other in zip(
        meshgrid(x, y, nargout=2), evaluate("meshgrid(x, y)", 2, **given), strict=True
    ):
        agree(ours, other)
    for ours, other in zip(ndgrid(x, nargout=2), evaluate("ndgrid(x)", 2, **given), strict=True):
        agree(ours, other)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: zeros(1.5), "sizes must be integers"),
        (lambda: zeros(2, "char"), "the class must be one of double"),
        (lambda: matxai.NaN(2, "uint8"), "the class must be one of double, single"),
        (lambda: eye(2, 2, 2), "two dimensions"),
        (lambda: linspace(0, np.inf), "x2 must be finite"),
        (lambda: ndgrid([[1, 2], [3, 4]]), "x1 must be a vector"),
        (lambda: ndgrid([1], [2], nargout=3), "no 3 outputs"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_bad_types():
    with pytest.raises(TypeError, match="zeros: sizes must be integers"):
        zeros([[1, None]])
    with pytest.raises(TypeError, match="x1 must be a number"):
        linspace("a", 2)
    with pytest.raises(TypeError, match="x1 is missing"):
        ndgrid()
