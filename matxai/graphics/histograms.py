"""``histogram``: bars for how many numbers fall into bins, or how many labels are which."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer, real_scalar
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first
from matxai.graphics.limits import chosen_axes
from matxai.graphics.rulers import two_limits
from matxai.graphics.shape_handles import PatchHandle
from matxai.graphics.shapes import draw_polygons
from matxai.graphics.state import axes_state, axes_to_draw_in
from matxai.graphics.writing import set_options
from matxai.lang.finding import histcounts

__all__ = ["HistogramHandle", "histogram"]

_NORMALIZATIONS = ("count", "probability", "percentage", "countdensity", "pdf", "cumcount", "cdf")
# MATLAB's widths of the bars of labels, and its opacity.
_LABEL_WIDTH, _ALPHA = 0.9, 0.6
_MOST_BINS = 65536


class HistogramHandle(PatchHandle):
    """Handle of a histogram, as ``histogram`` returns it."""

    _kind = "Histogram"
    _edges: np.ndarray = np.zeros(0)
    _values: np.ndarray = np.zeros(0)
    _data: Any = None
    _categories: tuple[str, ...] = ()
    _normalization = "count"

    @property
    def Values(self) -> np.ndarray:
        return self._values.copy()

    @property
    def BinEdges(self) -> np.ndarray:
        return self._edges.copy()

    @property
    def NumBins(self) -> int:
        return len(self._values)

    @property
    def BinWidth(self) -> float:
        return float(self._edges[1] - self._edges[0])

    @property
    def Data(self) -> Any:
        return self._data

    @property
    def Categories(self) -> list[str]:
        return list(self._categories)

    @property
    def Normalization(self) -> str:
        return self._normalization


@axes_first
@matlab_function("h", accepts={"Normalization": one_of(*_NORMALIZATIONS)})
def histogram(
    X=None,
    nbins=None,
    *,
    BinEdges=None,
    BinCounts=None,
    BinLimits=None,
    BinWidth=None,
    NumBins=None,
    Normalization="count",
    FaceColor=None,
    EdgeColor="k",
    FaceAlpha=_ALPHA,
    LineWidth=None,
    DisplayName=None,
    Parent=None,
):
    """Draw how many numbers fall into bins, or how many labels are of each category.

    Parameters
    ----------
    X : array or categorical
        The numbers, or the labels. NaN and undefined labels count nowhere.
    nbins : int or array, optional
        Number of bins, or their edges.
    BinEdges : array, optional
        The edges.
    BinCounts : array, optional
        The counts, with `BinEdges` in place of `X`.
    BinLimits : [low, high], optional
        The first and the last edge.
    BinWidth : float, optional
        Width of the bins.
    NumBins : int, optional
        Their number.
    Normalization : str
        "count", "probability", "percentage", "countdensity", "pdf", "cumcount" or "cdf".
    FaceColor, EdgeColor : colour, optional
        Of the bars; by default the next of MATLAB's order, and black.
    FaceAlpha : float
        Opacity; 0.6 by default.
    LineWidth : float, optional
        Of the edges.
    DisplayName : str, optional
        What ``legend`` calls it.
    Parent : handle, optional
        Axes to draw in, by default the current ones; they can also come first.

    Returns
    -------
    HistogramHandle
        Its properties are Values, BinEdges, NumBins, BinWidth, Data, Categories, FaceColor, ….

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    histcounts : the counts alone.

    Notes
    -----
    Documented where the bins are given. Chosen otherwise: how MATLAB finds edges by itself is not
    documented; here a width of 1, 2 or 5 times a power of 10 comes nearest to Scott's rule, or to
    the number of bins.

    Examples
    --------
    >>> from matxai import close, histogram
    >>> h = histogram([1, 2, 2, 4], [0, 2, 4])
    >>> h.Values
    array([1., 3.])
    >>> close("all")
    """
    if hasattr(X, "isundefined"):
        return _of_labels(X, Normalization, Parent, FaceColor, EdgeColor, FaceAlpha, DisplayName)
    edges = BinEdges if BinEdges is not None or np.ndim(nbins) == 0 else nbins
    if BinCounts is not None:
        data, values, edges = None, *_counted(BinCounts, BinEdges)
    elif X is None:
        raise TypeError("histogram: X is missing. Call histogram(X).")
    else:
        data = numeric_array(X, "histogram: X")
        number = NumBins if NumBins is not None or np.ndim(nbins) else nbins
        edges = _edges(data, edges, BinLimits, BinWidth, number)
        values = histcounts(data.reshape(-1), edges, Normalization=Normalization)
    axes = axes_to_draw_in(chosen_axes(Parent, "histogram"))
    look = {"FaceColor": FaceColor, "EdgeColor": EdgeColor, "FaceAlpha": FaceAlpha}
    handle = _bars(axes, edges[:-1], edges[1:], values)
    handle._edges, handle._values, handle._data = edges, values, data
    handle._normalization = Normalization
    set_options(handle, **look, LineWidth=LineWidth, DisplayName=DisplayName)
    return handle


def _of_labels(
    labels: Any, normalization: str, parent: Any, face: Any, edge: Any, alpha: Any, name: Any
) -> HistogramHandle:
    from matxai.lang.categorical import categories

    names = categories(labels)
    texts = labels.tolist()
    texts = [texts] if isinstance(texts, str) else list(np.ravel(np.array(texts, dtype=object)))
    counts = np.array([texts.count(each) for each in names], dtype=np.float64)
    total = counts.sum() or 1.0
    if normalization not in ("count", "probability", "percentage"):
        raise ValueError(
            f'histogram: Normalization of labels must be "count", "probability" or "percentage", '
            f"but is {describe(normalization)}."
        )
    values = (
        counts * {"count": 1, "probability": 1 / total, "percentage": 100 / total}[normalization]
    )
    axes = axes_to_draw_in(chosen_axes(parent, "histogram"))
    places = np.arange(1.0, len(names) + 1)
    handle = _bars(axes, places - _LABEL_WIDTH / 2, places + _LABEL_WIDTH / 2, values)
    if not axes_state(axes).hold:
        axes.xaxis.set_ticks(places, names)
    handle._values, handle._data, handle._categories = values, labels, tuple(names)
    handle._edges, handle._normalization = np.arange(0.5, len(names) + 1), normalization
    set_options(handle, FaceColor=face, EdgeColor=edge, FaceAlpha=alpha, DisplayName=name)
    return handle


def _bars(axes: Any, left: np.ndarray, right: np.ndarray, values: np.ndarray) -> HistogramHandle:
    shade = axes._get_lines.get_next_color()
    polygons = [
        np.array([(a, 0), (b, 0), (b, v), (a, v)])
        for a, b, v in zip(left, right, values, strict=True)
    ]
    handle = draw_polygons(axes, polygons, HistogramHandle)
    # Bars stand on the ruler: nothing lies below 0.
    handle._artist.sticky_edges.y.append(0)
    axes.autoscale_view()
    handle.FaceColor = shade
    return handle


def _counted(BinCounts: Any, BinEdges: Any) -> tuple[np.ndarray, np.ndarray]:
    values = numeric_array(BinCounts, "histogram: BinCounts").astype(np.float64).reshape(-1)
    edges = _ascending([] if BinEdges is None else BinEdges)
    if len(edges) != len(values) + 1:
        raise ValueError(
            f"histogram: BinEdges must have one element more than BinCounts, {len(values) + 1}, "
            f"but has {len(edges)}."
        )
    return values, edges


def _ascending(value: Any) -> np.ndarray:
    edges = numeric_array(value, "histogram: BinEdges").astype(np.float64).reshape(-1)
    if len(edges) < 2 or not (np.diff(edges) >= 0).all():
        raise ValueError(
            f"histogram: BinEdges must be ascending numbers, but is {describe(value)}."
        )
    return edges


def _edges(data: np.ndarray, edges: Any, limits: Any, width: Any, number: Any) -> np.ndarray:
    if edges is not None:
        return _ascending(edges)
    finite = data[np.isfinite(data.astype(np.float64))].astype(np.float64)
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 1.0)
    if limits is not None:
        low, high = two_limits(limits, "histogram: BinLimits")
    count = None if number is None else positive_integer(number, "histogram: NumBins")
    if width is not None:
        step = real_scalar(width, "histogram: BinWidth")
        if step <= 0:
            raise ValueError(f"histogram: BinWidth must be positive, but is {describe(width)}.")
        first = low if limits is not None else np.floor(low / step) * step
        return first + step * np.arange(_bins_over(high - first, step) + 1)
    if limits is not None and count is not None:
        return np.linspace(low, high, count + 1)
    return _chosen_edges(finite, float(low), float(high), count, limits is not None)


def _bins_over(span: float, step: float) -> int:
    bins = int(np.ceil(np.round(span / step, 9))) or 1
    if bins > _MOST_BINS:
        raise ValueError(
            f"histogram: BinWidth must make at most {_MOST_BINS} bins, but {step:g} makes {bins}."
        )
    return bins


def _chosen_edges(
    finite: np.ndarray, low: float, high: float, count: int | None, fixed: bool
) -> np.ndarray:
    """Choose bins of a round width."""
    span = high - low
    if span == 0:
        return (
            low + np.array([-0.5, 0.5])
            if count is None
            else np.linspace(low - 0.5, low + 0.5, count + 1)
        )
    if count is not None:
        return np.linspace(low, high, count + 1)
    whole = (finite == np.floor(finite)).all() and span <= 50
    if whole and not fixed:
        return np.arange(low - 0.5, high + 1)
    scott = 3.5 * np.std(finite, ddof=1) / np.cbrt(finite.size) if finite.size > 1 else span
    rough = max(scott, span / 100) or span
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * min((1, 2, 5, 10), key=lambda n: abs(n - rough / power))
    if fixed:
        return np.linspace(low, high, max(1, round(span / step)) + 1)
    first = np.floor(low / step)
    return step * np.arange(first, np.ceil(high / step) + 1)
