"""stairs, logarithmic axes, error bars, histograms, contours, and the axes around them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree, evaluate, needs_octave

from matxai import (
    axes,
    box,
    categorical,
    colorbar,
    colormap,
    contour,
    contourf,
    errorbar,
    gca,
    gcf,
    histcounts,
    histogram,
    hold,
    imagesc,
    legend,
    linkaxes,
    loglog,
    plot,
    semilogx,
    semilogy,
    stairs,
    subplot,
    xlim,
    xtickangle,
    xticklabels,
    ylim,
)

numbers = st.lists(st.integers(-9, 9), min_size=2, max_size=8)


@needs_octave
@pytest.mark.tier("numeric", "Corners of stairs are Octave's")
@given(numbers)
def test_corners_of_stairs_agree_with_octave(values):
    theirs = evaluate("stairs(y)", 2, y=np.array(values, dtype=float))
    for mine, other in zip(stairs(values, nargout=2), theirs, strict=True):
        agree(mine, other)


def test_stairs_are_drawn_in_steps():
    s = stairs([10, 20], [1, 3], "r", "LineWidth", 2)
    assert (s.XData.tolist(), s.LineWidth, s._artist.get_drawstyle()) == ([10, 20], 2, "steps-post")


@pytest.mark.tier("documented")
@pytest.mark.parametrize(
    ("function", "scales"),
    [(semilogx, ("log", "linear")), (semilogy, ("linear", "log")), (loglog, ("log", "log"))],
)
def test_logarithmic_rulers(function, scales):
    p = function([1, 10, 100], [1, 100, 1000], "--", "Color", "g")
    drawn = gca()._artist
    assert (drawn.get_xscale(), drawn.get_yscale()) == scales
    assert (p.LineStyle, p.Color.tolist()) == ("--", [0, 1, 0])
    plot([1, 2])
    assert (drawn.get_xscale(), drawn.get_yscale()) == ("linear", "linear")
    hold("on")
    function([1, 2])
    assert drawn.get_xscale() == "linear"


@pytest.mark.tier("documented")
def test_error_bars():
    e = errorbar([1, 2], [10, 20], [1, 2], [3, 4], "--s", "Color", "r", "LineWidth", 2)
    _, caps, (bars,) = e._container.lines
    assert [s[:, 1].tolist() for s in bars.get_segments()] == [[9, 13], [18, 24]]
    assert (e.LineStyle, e.Marker, e.CapSize, e.Color.tolist()) == ("--", "s", 6, [1, 0, 0])
    assert caps[0].get_markeredgecolor() == (1, 0, 0)
    across = errorbar([1, 2], [0.5, 0.5], "horizontal")._container.lines[2][0]
    assert across.get_segments()[0][:, 0].tolist() == [0.5, 1.5]
    assert len(errorbar([[1, 2], [3, 4], [5, 6]], np.ones((3, 2)))) == 2


@pytest.mark.tier("documented")
@given(st.lists(st.integers(-20, 20).map(lambda v: v / 4), min_size=1, max_size=30))
def test_a_histogram_shows_what_histcounts_counts(values):
    edges = [-5, -2.5, 0, 1, 5]
    h = histogram(values, edges, "Normalization", "probability")
    np.testing.assert_array_equal(h.Values, histcounts(values, edges, Normalization="probability"))
    tops = [path.vertices[:, 1].max() for path in h._artist.get_paths()]
    np.testing.assert_allclose(tops, h.Values)
    assert (h.FaceAlpha, h.EdgeColor.tolist(), h.NumBins) == (0.6, [0, 0, 0], 4)


@pytest.mark.tier(
    "chosen",
    "`histogram` without edges takes bins of a round width, 1, 2 or 5 times a power of 10, "
    "nearest to Scott's rule; a number of bins divides the range of the data",
)
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40), st.sampled_from([None, 1, 7]))
def test_bins_of_a_histogram_hold_all_numbers(values, count):
    h = histogram(values) if count is None else histogram(values, count)
    assert h.Values.sum() == len(values)
    assert count in (None, h.NumBins)
    assert (np.diff(h.BinEdges) > 0).all()


def test_other_ways_to_say_the_bins():
    assert histogram([1, 2, 3, 9], "BinWidth", 4).BinEdges.tolist() == [0, 4, 8, 12]
    assert histogram([1, 2, 3], BinLimits=[0, 4], NumBins=2).BinEdges.tolist() == [0, 2, 4]
    assert histogram("BinEdges", [0, 1, 3], "BinCounts", [4, 5]).Values.tolist() == [4, 5]


@pytest.mark.tier("documented")
def test_a_histogram_of_labels():
    h = histogram(categorical(["dog", "cat", "dog"]))
    assert (h.Categories, h.Values.tolist()) == (["cat", "dog"], [1, 2])
    assert [t.get_text() for t in gca()._artist.get_xticklabels()] == ["cat", "dog"]


@given(st.integers(0, 8), st.integers(2, 6), st.integers(2, 6))
def test_contours_have_the_height_that_is_asked_for(level, height, width):
    plane = np.add.outer(np.arange(height), 3.0 * np.arange(width)) - 1
    M, c = contour(plane, [level, level], nargout=2)
    assert c.LevelList.tolist() == [level]
    place = 0
    while place < M.shape[1]:
        found, count = M[0, place], int(M[1, place])
        x, y = M[:, place + 1 : place + 1 + count]
        assert found == level
        np.testing.assert_allclose((y - 1) + 3 * (x - 1) - 1, level, atol=1e-9)
        place += count + 1


@pytest.mark.tier("documented")
def test_contours_have_the_colours_of_the_axes():
    x, y = np.meshgrid(np.linspace(-2, 2, 21), np.linspace(-1, 1, 11))
    _, c = contourf(x, y, x * y, 5, nargout=2)
    assert (c.LineColor, c.LineWidth) == ((0, 0, 0), 0.5)
    colormap(gca(), "gray")
    colorbar()
    gcf()._artist.canvas.draw()
    faces = c._artist.get_facecolor()
    np.testing.assert_array_equal(faces[:, 0], faces[:, 1])
    assert (xlim().tolist(), ylim().tolist()) == ([-2, 2], [-1, 1])
    _, lines = contour(x * y, "--r", nargout=2)
    assert lines.LineColor == (1, 0, 0)


def test_contours_lie_on_an_image():
    imagesc(np.arange(12.0).reshape(3, 4))
    hold("on")
    contour(np.arange(12.0).reshape(3, 4), 3, "LineColor", "w", "ShowText", "on")
    assert len(gca().Children) >= 2
    gcf()._artist.canvas.draw()


@pytest.mark.tier("documented")
def test_axes_are_made_and_chosen():
    first = axes()
    np.testing.assert_allclose(first.Position, [0.13, 0.11, 0.775, 0.815])
    small = axes("Position", [0.6, 0.6, 0.2, 0.2], "Visible", "off", "XLim", [0, 3])
    assert (gca(), small.Visible, small.XLim.tolist()) == (small, "off", [0, 3])
    assert axes(first) == gca() == first
    box("off")
    assert (first.Box, small.Box) == ("off", "on")


@pytest.mark.tier("documented")
def test_linked_axes_have_the_same_limits():
    left, right = subplot(1, 2, 1), subplot(1, 2, 2)
    plot(left, [0, 4], [0, 1])
    plot(right, [2, 9], [5, 6])
    linkaxes([left, right], "x")
    assert left.XLim.tolist() == right.XLim.tolist()
    assert left.XLim[0] <= 0
    assert left.XLim[1] >= 9
    assert left.YLim.tolist() != right.YLim.tolist()
    right.XLim = [1, 2]
    assert left.XLim.tolist() == [1, 2]
    linkaxes([left, right], "off")
    left.XLim = [0, 1]
    assert right.XLim.tolist() == [1, 2]


def test_ticks_are_turned():
    plot([1, 2])
    xticklabels(["a long one", "another"])
    xtickangle(45)
    assert {t.get_rotation() for t in gca()._artist.get_xticklabels()} == {45}
    assert xtickangle() == 45


def test_a_legend_lists_them_all():
    hold("on")
    errorbar([1, 2], [1, 1])
    histogram([1, 2, 3], [0, 2, 4])
    contour([[0, 1], [0, 1]], [0.5, 0.5])
    assert legend("a", "b", "c").String == ["a", "b", "c"]
    gcf()._artist.canvas.draw()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: errorbar([1, 2], [1, 2, 3]), ValueError, "as many elements"),
        (lambda: errorbar([1, 2]), TypeError, "errorbar takes"),
        (lambda: histogram(), TypeError, "X is missing"),
        (lambda: histogram([1, 2], [2, 1]), ValueError, "BinEdges must be"),
        (lambda: histogram([1, 2], BinWidth=0), ValueError, "BinWidth must be"),
        (lambda: contour([1, 2, 3]), ValueError, "Z must be a matrix"),
        (lambda: contour(np.ones((3, 3))), ValueError, "different heights"),
        (lambda: contour([1, 2], [1, 2], np.eye(3)), ValueError, "as many elements"),
        (lambda: axes(Position=[0, 0, 0, 1]), ValueError, "positive"),
        (lambda: axes(Units="pixels"), ValueError, "Units must be"),
        (lambda: linkaxes([3]), TypeError, "linkaxes"),
        (lambda: box("maybe"), ValueError, "box"),
        (lambda: stairs("r"), TypeError, "plot"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
