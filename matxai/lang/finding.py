"""Where elements are: find, sub2ind, ind2sub, histcounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.lang.values import array_of, data_of, matlab_size, number

__all__ = ["find", "histcounts", "ind2sub", "sub2ind"]


@matlab_function(
    "k",
    "col",
    "v",
    accepts={"X": array_of, "n": positive_integer, "direction": one_of("first", "last")},
)
def find(X: Any, n: Any = None, direction: str = "first", *, nargout: int = 1) -> tuple[Any, ...]:
    """Find the elements that are not 0.

    Parameters
    ----------
    X : array, number or dlarray
        The values; NaN is not 0.
    n : int, optional
        How many at most; by default all.
    direction : {"first", "last"}
        Whether these are the first or the last ones.
    nargout : int
        Number of outputs: with two or three, the first is the row.

    Returns
    -------
    k : numpy.ndarray of int, shape (K,)
        Their linear indices, down the columns of `X`, counted from 1; or their rows.
    col : numpy.ndarray of int, shape (K,)
        Their columns, counted from 1, dimensions beyond the second counting on.
    v : numpy.ndarray, shape (K,)
        The elements.

    Raises
    ------
    TypeError
        If `X` is not numeric.
    ValueError
        If `n` is no positive integer, or `direction` another word.

    Notes
    -----
    Documented. In brackets, which count from 0, write ``x[find(x > 3) - 1]`` for a 1-D `x`.

    Examples
    --------
    >>> from matxai import find
    >>> find([0, 4, 0, 5])
    array([2, 4])
    >>> find([[0, 4], [3, 0]], nargout=2)
    (array([2, 1]), array([1, 2]))
    """
    data = data_of(X)
    elements = data.reshape(-1, order="F")
    places = np.flatnonzero(elements)
    if n is not None:
        places = places[:n] if direction == "first" else places[-n:]
    if nargout == 1:
        return places + 1, None, None
    # One column for a 1-D array.
    rows = max(1, matlab_size(data.shape)[0])
    return places % rows + 1, places // rows + 1, elements[places]


def _lengths(function: str, sz: Any) -> tuple[int, ...]:
    items = np.ravel(data_of(array_of(sz, f"{function}: sz")))
    if len(items) < 2 or (items < 0).any() or (items != np.floor(items)).any():
        raise ValueError(
            f"{function}: sz must be a size, two or more integers, but is {describe(sz)}."
        )
    return tuple(int(n) for n in items)


def _indices(function: str, value: Any, name: str, limit: int) -> np.ndarray:
    array = data_of(array_of(value, f"{function}: {name}"))
    wrong = array[~((array >= 1) & (array <= limit) & (array == np.floor(array)))]
    if wrong.size:
        raise ValueError(
            f"{function}: {name} must hold integers from 1 to {limit}, but holds "
            f"{describe(wrong.reshape(-1)[0])}."
        )
    return array.astype(np.int64)


@matlab_function("ind")
def sub2ind(sz: Any, *I: Any) -> Any:  # noqa: E741
    """Turn subscripts into linear indices.

    Parameters
    ----------
    sz : sequence of int
        Size of the array.
    *I : array of int
        The subscripts along each dimension, counted from 1, all of one size. The last one counts
        on through the dimensions that are left.

    Returns
    -------
    int or numpy.ndarray of int
        The linear indices, down the columns, counted from 1; of the subscripts' size.

    Raises
    ------
    TypeError
        If an argument is not numeric.
    ValueError
        If `sz` is no size, a subscript lies outside, or sizes differ.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import sub2ind
    >>> sub2ind([3, 4], [1, 3], [2, 4])
    array([ 4, 12])
    """
    if not I:
        raise TypeError("sub2ind: the subscripts are missing. Call sub2ind(sz, row, col).")
    lengths = _merged(_lengths("sub2ind", sz), len(I))
    found = [_indices("sub2ind", s, f"I{i + 1}", lengths[i]) for i, s in enumerate(I)]
    if len({s.shape for s in found}) > 1:
        raise ValueError("sub2ind: the subscripts must all be of one size.")
    made = np.ravel_multi_index([s - 1 for s in found], lengths, order="F") + 1
    return number(made[()]) if np.ndim(made) == 0 else made


def _merged(lengths: Sequence[int], count: int) -> tuple[int, ...]:
    """Return a size of as many dimensions: the last one takes what is left."""
    if count >= len(lengths):
        return (*lengths, *(1,) * (count - len(lengths)))
    return (*lengths[: count - 1], int(np.prod(lengths[count - 1 :])))


@matlab_function("I1", "...")
def ind2sub(sz: Any, ind: Any, *, nargout: int = 1) -> tuple[Any, ...]:
    """Turn linear indices into subscripts.

    Parameters
    ----------
    sz : sequence of int
        Size of the array.
    ind : int or array of int
        The linear indices, down the columns, counted from 1.
    nargout : int
        Number of outputs.

    Returns
    -------
    int or numpy.ndarray of int
        For each dimension the subscripts, counted from 1; the last output counts on through the
        dimensions that are left.

    Raises
    ------
    TypeError
        If an argument is not numeric.
    ValueError
        If `sz` is no size, or an index lies outside.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import ind2sub
    >>> ind2sub([3, 4], [4, 12], nargout=2)
    (array([1, 3]), array([2, 4]))
    """
    lengths = _merged(_lengths("ind2sub", sz), max(1, nargout))
    places = _indices("ind2sub", ind, "ind", int(np.prod(lengths))) - 1
    found = np.unravel_index(places, lengths, order="F")
    return tuple(number(s[()] + 1) if np.ndim(s) == 0 else s + 1 for s in found)


_NORMALIZATIONS = ("count", "probability", "percentage", "countdensity", "pdf", "cumcount", "cdf")


@matlab_function(
    "N", "edges", "bin", accepts={"X": array_of, "Normalization": one_of(*_NORMALIZATIONS)}
)
def histcounts(
    X: Any,
    edges: Any = None,
    *,
    BinLimits: Any = None,
    Normalization: str = "count",
    nargout: int = 1,
) -> tuple[Any, Any, Any]:
    """Count the elements in bins.

    Parameters
    ----------
    X : array or number
        The numbers; NaN is in no bin.
    edges : sequence of float, or int
        Edges of the bins, in ascending order; or, beside `BinLimits`, the number of bins.
    BinLimits : sequence of 2 float, optional
        The first and the last edge of bins of equal width.
    Normalization : str
        "count", "probability", "percentage", "countdensity", "pdf", "cumcount" or "cdf".
    nargout : int
        Number of outputs.

    Returns
    -------
    N : numpy.ndarray, shape (B,)
        The count of each bin. A bin includes its left edge, the last one its right edge, too.
    edges : numpy.ndarray, shape (B + 1,)
        The edges.
    bin : numpy.ndarray of int
        The bin of each element, counted from 1; 0 for none.

    Raises
    ------
    TypeError
        If `X` is not numeric.
    ValueError
        If there are no edges, or they do not ascend, or the limits or the number are wrong.

    Notes
    -----
    Documented. How MATLAB chooses edges by itself is not, so they have to be said.

    Examples
    --------
    >>> from matxai import histcounts
    >>> histcounts([1, 2, 2, 4], [0, 2, 4])
    array([1., 3.])
    >>> histcounts([1, 2, 2, 4], 2, BinLimits=[0, 4], nargout=2)
    (array([1., 3.]), array([0., 2., 4.]))
    """
    data = data_of(X).astype(np.float64)
    limits = _edges(edges, BinLimits)
    place = np.searchsorted(limits, data, side="right")
    place = np.where(data == limits[-1], len(limits) - 1, place)
    place = np.where((data >= limits[0]) & (data <= limits[-1]), place, 0).astype(np.int64)
    counts = np.bincount(place.reshape(-1), minlength=len(limits))[1:].astype(np.float64)
    return _normalized(counts, data, limits, Normalization), limits, place


def _edges(edges: Any, BinLimits: Any) -> np.ndarray:
    if edges is None:
        raise ValueError("histcounts: give edges, or the number of bins and BinLimits.")
    given = np.ravel(data_of(array_of(edges, "histcounts: edges"))).astype(np.float64)
    if BinLimits is not None:
        ends = np.ravel(data_of(array_of(BinLimits, "histcounts: BinLimits"))).astype(np.float64)
        if len(ends) != 2 or not ends[0] < ends[1] or not np.isfinite(ends).all():
            raise ValueError(
                f"histcounts: BinLimits must be two ascending numbers, not {describe(BinLimits)}."
            )
        bins = positive_integer(edges, "histcounts: nbins")
        return np.linspace(*ends, bins + 1)
    if len(given) < 2:
        raise ValueError(
            "histcounts: which edges MATLAB chooses for a number of bins is not documented: give "
            "edges, or BinLimits as well."
        )
    if np.isnan(given).any() or (np.diff(given) < 0).any():
        raise ValueError(f"histcounts: edges must ascend, but are {describe(edges)}.")
    return given


def _normalized(counts: np.ndarray, data: np.ndarray, edges: np.ndarray, how: str) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        # All elements count here, those in no bin as well; NaN does not.
        share = counts / np.count_nonzero(~np.isnan(data))
        return {
            "count": counts,
            "probability": share,
            "percentage": 100 * share,
            "countdensity": counts / np.diff(edges),
            "pdf": share / np.diff(edges),
            "cumcount": np.cumsum(counts),
            "cdf": np.cumsum(share),
        }[how]
