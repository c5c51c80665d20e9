"""plot, line, scatter, bars, and the rulers around them."""

import numpy as np
import pytest

from matxai.graphics.bars import bar, barh
from matxai.graphics.colormaps import jet
from matxai.graphics.colouring import colorbar, colormap
from matxai.graphics.figures import gca
from matxai.graphics.holding import hold
from matxai.graphics.images import imagesc
from matxai.graphics.limits import axis, clim, xlim, ylim
from matxai.graphics.lines import line, plot
from matxai.graphics.points import scatter
from matxai.graphics.subplots import subplot
from matxai.graphics.ticks import grid, xticklabels, xticks, yticklabels
from matxai.images.colours import line_spec
from matxai.images.palettes import LINE_COLOURS


@pytest.mark.tier("documented")
def test_lines_have_matlabs_places_and_colours():
    lines = plot(np.arange(6).reshape(3, 2))
    assert [p.XData.tolist() for p in lines] == [[1, 2, 3]] * 2
    assert [p.YData.tolist() for p in lines] == [[0, 2, 4], [1, 3, 5]]
    assert [tuple(p.Color) for p in lines] == list(LINE_COLOURS[:2])


def test_several_series_and_line_specs():
    a, b = plot([1, 2], [3, 4], "--g", [1, 2, 3], "ko", "LineWidth", 3)
    assert (a.LineStyle, a.Color.tolist(), a.LineWidth) == ("--", [0, 1, 0], 3)
    assert (b.LineStyle, b.Marker, b.YData.tolist()) == ("none", "o", [1, 2, 3])
    b.YData = [5, 6, 7]
    assert b.YData.tolist() == [5, 6, 7]


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("", {}),
        ("r", {"color": (1, 0, 0)}),
        ("-.", {"linestyle": "-."}),
        (":*c", {"color": (0, 1, 1), "linestyle": ":", "marker": (6, 2, 0)}),
        ("square", {"marker": "s", "linestyle": "None"}),
    ],
)
def test_line_specs(text, look):
    assert line_spec(text) == look


def test_line_adds_and_scatter_replaces():
    plot([1, 2])
    line([1, 2], [2, 1], "Color", "r")
    assert len(gca().Children) == 2
    s = scatter([1, 2, 3], [4, 5, 6], 10, [0, 1, 2], "filled")
    assert (s.XData.tolist(), s.YData.tolist()) == ([1, 2, 3], [4, 5, 6])
    np.testing.assert_allclose(s._artist.get_facecolors()[-1, :3], colormap()[-1])
    assert scatter([1], [2], "filled").SizeData.tolist() == [36]


def test_bars_by_number_and_by_name():
    b = bar([3, 1], FaceColor="r")
    assert (b.YData.tolist(), b.FaceColor.tolist()) == ([3, 1], [1, 0, 0])
    assert xticks().tolist() == [1, 2]
    barh(["cat", "dog"], [0.7, 0.3])
    assert yticklabels() == ["cat", "dog"]
    series = bar([10, 20], [[1, 2], [3, 4]], "stacked")
    tops = [p.get_y() + p.get_height() for p in series[1]._artist.patches]
    assert tops == [3, 7]
    grouped = bar([[1, 2], [3, 4]], 0.5)
    widths = {p.get_width() for s in grouped for p in s._artist.patches}
    assert list(widths) == pytest.approx([0.5 * 0.8 / 2] * len(widths))
    assert bar(4, 2).YData.tolist() == [2]


@pytest.mark.tier("documented")
def test_several_axes_are_set_at_once():
    left, right = subplot(1, 2, 1), subplot(1, 2, 2)
    axis([left, right], "off")
    assert [left.Visible, right.Visible] == ["off", "off"]
    axis([left], [0, 3, 0, 1])
    assert axis(left).tolist() == [0, 3, 0, 1]
    assert axis(right).tolist() == [0, 1, 0, 1]


@pytest.mark.tier("documented")
def test_words_of_axis():
    imagesc(np.zeros((10, 20)))
    axis("xy")
    assert gca().YDir == "normal"
    axis("ij", "off")
    assert (gca().YDir, gca().Visible) == ("reverse", "off")
    axis("on")
    axis([0, 5, 1, 2])
    assert axis().tolist() == [0, 5, 1, 2]
    axis("image")
    assert axis().tolist() == [0.5, 20.5, 0.5, 10.5]
    gca()._artist.figure.draw_without_rendering()
    box = gca()._artist.get_window_extent()
    assert box.width / box.height == pytest.approx(2)
    axis("normal")
    axis("square")
    gca()._artist.figure.draw_without_rendering()
    box = gca()._artist.get_window_extent()
    assert box.width == pytest.approx(box.height)


def test_axis_tight_and_equal_of_lines():
    plot([2, 4], [10, 20])
    axis("tight")
    assert axis().tolist() == [2, 4, 10, 20]
    axis("tight equal")
    gca()._artist.figure.draw_without_rendering()
    box = gca()._artist.get_window_extent()
    x0, x1, y0, y1 = axis()
    assert box.width / (x1 - x0) == pytest.approx(box.height / (y1 - y0))


def test_limits_stay_and_follow():
    plot([1, 2, 3])
    xlim([0, 10])
    hold("on")
    plot([1, 50], [1, 1])
    assert xlim().tolist() == [0, 10]
    xlim("auto")
    assert xlim()[1] >= 50
    ylim(gca(), [1, 2])
    assert gca().YLim.tolist() == [1, 2]
    ylim("tight")
    assert ylim().tolist() == [1, 3]


def test_ticks_and_their_labels():
    plot([1, 2, 3])
    xlim([1, 3])
    xticks([1, 2, 3])
    xticklabels(["a_1", "b"])
    assert xticklabels() == ["a_1", "b", "a_1"]
    assert xlim().tolist() == [1, 3]
    gca().XTick = []
    assert xticks().tolist() == []
    xticks("auto")
    assert len(xticks()) > 1
    gca().YTickLabel = ["only"]
    gca()._artist.figure.draw_without_rendering()


def test_grid_is_switched():
    plot([1, 2])
    grid("on")
    assert gca()._artist.get_xgridlines()[0].get_visible()
    grid()
    assert not gca()._artist.get_xgridlines()[0].get_visible()


def test_colour_bars_follow_limits_and_colours():
    imagesc([[0, 4]])
    c = colorbar("southoutside", Ticks=[0, 2, 4], TickLabels=["low", "", "high"])
    assert c.TickLabels == ["low", "", "high"]
    assert c.Limits.tolist() == [0, 4]
    clim([1, 3])
    assert c.Limits.tolist() == [1, 3]
    colormap("jet")
    np.testing.assert_allclose(c._artist.cmap(np.arange(256))[:, :3], jet(256), atol=3e-3)
    c.Label.String = "score"
    assert c.Label.String == "score"
    # Drawing anew takes it away.
    imagesc([[0, 1]])
    assert len(gca()._artist.figure.axes) == 1


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: plot(), TypeError, "plot: Y is missing"),
        (lambda: plot([1, 2], [1, 2, 3]), ValueError, "plot: X and Y must have the same length"),
        (lambda: plot([1, 2], "rr"), ValueError, "LineSpec must be"),
        (lambda: plot([1], LineStyle="wavy"), ValueError, "LineStyle must be one of"),
        (lambda: plot([1], Marker="!"), ValueError, "Marker must be one of"),
        (lambda: scatter([1], [1, 2]), ValueError, "scatter: x and y"),
        (lambda: scatter([1, 2], [1, 2], 5, [1, 2, 3, 4]), ValueError, "scatter: c must be"),
        (lambda: bar(), TypeError, "bar: Y is missing"),
        (lambda: barh(["a"], [1, 2]), ValueError, "barh: X and Y must have the same length"),
        (lambda: bar([1, 2], "piled"), ValueError, 'bar: style must be "grouped"'),
        (lambda: axis("round"), ValueError, 'axis: style must be "on"'),
        (lambda: axis([1, 2, 3]), ValueError, "axis: limits must be"),
        (lambda: xlim([3, 3]), ValueError, "xlim: limits must be"),
        (lambda: xticks([2, 1]), ValueError, "xticks: ticks must be increasing"),
        (lambda: xticklabels([1, 2]), TypeError, "xticklabels: labels must be texts"),
        (lambda: grid("maybe"), ValueError, "grid: state"),
        (lambda: colorbar("above"), ValueError, "colorbar: location must be"),
        (lambda: colorbar(Tick=[1]), TypeError, "Did you mean 'Ticks'"),
    ],
)
def test_wrong_arguments_are_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()
