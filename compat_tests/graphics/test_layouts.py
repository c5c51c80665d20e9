"""Where axes stand: subplot and tiledlayout."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matxai.graphics.colouring import colorbar
from matxai.graphics.figures import close, figure, gca, gcf
from matxai.graphics.images import imagesc
from matxai.graphics.labels import sgtitle, title, xlabel
from matxai.graphics.showing import imshow
from matxai.graphics.subplots import subplot
from matxai.graphics.tiles import nexttile, tiledlayout
from matxai.graphics.tiling import flow_columns


@pytest.mark.tier("documented", "Positions of subplots")
@pytest.mark.parametrize(
    ("arguments", "position"),
    [
        # Positions as MATLAB prints them.
        ((1, 1, 1), (0.13, 0.11, 0.775, 0.815)),
        ((1, 2, 1), (0.13, 0.11, 0.3347, 0.815)),
        ((2, 2, 1), (0.13, 0.5838, 0.3347, 0.3412)),
        ((1, 3, 1), (0.13, 0.11, 0.2134, 0.815)),
        ((3, 3, 9), (0.6916, 0.11, 0.2134, 0.2157)),
    ],
)
def test_positions_of_subplots(arguments, position):
    np.testing.assert_allclose(subplot(*arguments).Position, position, atol=5e-5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_three_digits_are_three_arguments(m, n, data):
    close("all")
    p = data.draw(st.integers(1, min(9, m * n)))
    ax = subplot(m, n, p)
    assert subplot(100 * m + 10 * n + p) is ax
    assert len(gcf().Children) == 1


@pytest.mark.tier("documented")
def test_spanning_subplots_reach_from_the_first_to_the_last():
    corners = [subplot(2, 3, p).Position for p in (1, 2, 4, 5)]
    wide = subplot(2, 3, [1, 5])
    left, bottom, width, height = wide.Position
    np.testing.assert_allclose([left, bottom], corners[2][:2])
    np.testing.assert_allclose(left + width, corners[1][0] + corners[1][2])
    np.testing.assert_allclose(bottom + height, corners[0][1] + corners[0][3])
    np.testing.assert_allclose(subplot(2, 3, [1, 2, 4, 5]).Position, wide.Position)


@pytest.mark.tier("documented")
def test_subplots_that_overlap_take_the_place():
    first, second = subplot(2, 2, 1), subplot(2, 2, 4)
    subplot(2, 1, 1)
    assert first not in gcf().Children
    assert second in gcf().Children
    subplot(1, 1, 1)
    assert gcf().Children == [gca()]


def test_a_subplot_that_is_there_becomes_the_current_one_with_what_is_in_it():
    left = subplot(1, 2, 1)
    imagesc([[0, 1]])
    colorbar()
    subplot(1, 2, 2)
    assert subplot(121) is left
    assert gca() is left
    assert len(left.Children) == 1
    subplot(1, 2, 1, "replace")
    assert left.Children == []
    np.testing.assert_allclose(left.Position, [0.13, 0.11, 0.3347, 0.815], atol=5e-5)


def test_subplot_by_position_and_by_handle():
    ax = subplot("Position", [0.1, 0.2, 0.3, 0.4])
    other = subplot("Position", [0.5, 0.2, 0.3, 0.4])
    np.testing.assert_allclose(ax.Position, [0.1, 0.2, 0.3, 0.4])
    assert gca() is other
    assert subplot(ax) is ax is gca()


def test_axes_lose_place_to_a_colour_bar_and_get_it_back():
    ax = subplot(1, 2, 1)
    imagesc([[0, 1]])
    before = ax.Position
    colorbar()
    assert gca() is ax
    assert ax.Position[2] < before[2]
    assert gcf().Children == [ax]
    colorbar("off")
    np.testing.assert_allclose(ax.Position, before)


def test_a_colour_bar_is_as_high_as_the_image_beside_it():
    subplot(1, 2, 1)
    imshow(np.zeros((10, 40)))
    bar = colorbar()
    figure_ = gcf()._artist
    figure_.draw_without_rendering()
    beside, image = bar._artist.ax.get_position(), gca()._artist.get_position()
    np.testing.assert_allclose([beside.y0, beside.y1], [image.y0, image.y1], atol=1e-3)
    assert beside.x0 > image.x1


@pytest.mark.tier(
    "chosen",
    'The grid of a "flow" is the one with tiles closest to 4:3, of two the wider',
)
@pytest.mark.parametrize(
    ("count", "grid"),
    [(1, (1, 1)), (2, (1, 2)), (3, (2, 2)), (4, (2, 2)), (5, (2, 3)), (7, (3, 3)), (9, (3, 3))],
)
def test_a_flow_grows_with_its_tiles(count, grid):
    t = tiledlayout("flow")
    axes = [nexttile() for _ in range(count)]
    assert tuple(t.GridSize) == grid
    assert len(gcf().Children) == count
    columns = {ax._artist.get_subplotspec().colspan.start for ax in axes}
    assert len(columns) == grid[1]


@given(st.integers(1, 60), st.floats(0.3, 3))
def test_a_flow_leaves_no_column_empty(count, aspect):
    columns = flow_columns(count, aspect)
    rows = -(-count // columns)
    assert rows * columns >= count > (rows - 1) * columns


@pytest.mark.tier("documented")
def test_tiles_are_taken_in_order_with_spans_and_numbers():
    t = tiledlayout(2, 3)
    wide = nexttile([1, 2])
    right = nexttile()
    below = nexttile()
    assert nexttile(1) is wide
    assert nexttile(3) is right
    assert nexttile(4) is below is gca()
    last = nexttile(t, 6)
    assert nexttile() is nexttile(5)
    assert nexttile(6) is last
    gcf()._artist.draw_without_rendering()
    assert wide.Position[2] > 1.8 * below.Position[2]
    assert t.GridSize.tolist() == [2, 3]
    with pytest.raises(ValueError, match="no room"):
        nexttile()


def test_stacks():
    for word, grid in ("vertical", [3, 1]), ("horizontal", [1, 3]):
        t = tiledlayout(word)
        for _ in range(3):
            nexttile()
        assert t.GridSize.tolist() == grid
        assert t.TileArrangement == word


def test_nexttile_makes_a_flow_and_tiledlayout_replaces_what_is_there():
    imagesc([[0, 1]])
    tiledlayout(2, 2)
    assert gcf().Children == []
    nexttile()
    figure()
    nexttile()
    assert gcf().Number == 2
    t = tiledlayout(1, 1, "TileSpacing", "compact", "Padding", "none")
    assert (t.TileSpacing, t.Padding) == ("compact", "none")
    t.TileSpacing = "tight"
    assert t.Parent is gcf()
    subplot(1, 2, 1)
    assert len(gcf().Children) == 1


def test_layouts_have_titles_and_make_room_for_them():
    t = tiledlayout(1, 2)
    ax = nexttile()
    imshow(np.zeros((4, 4)))
    colorbar()
    title("a")
    gcf()._artist.draw_without_rendering()
    before = ax.Position
    assert title(t, "all", "FontSize", 20).String == "all"
    xlabel(t, "below")
    gcf()._artist.draw_without_rendering()
    assert ax.Position[3] < before[3]
    assert ax.Title.String == "a"


def test_a_colour_bar_in_a_layout_gives_its_place_back():
    tiledlayout(1, 2)
    axes = [nexttile(), nexttile()]
    widths = []
    for draw in (imagesc, imagesc):
        draw(axes[0], [[0, 1]])
        gcf()._artist.draw_without_rendering()
        widths.append(axes[0].Position[2])
        colorbar(axes[0])
        gcf()._artist.draw_without_rendering()
        widths.append(axes[0].Position[2])
    assert widths[0] == pytest.approx(widths[2])
    assert widths[1] == pytest.approx(widths[3])
    assert widths[1] < widths[0]


def test_axes_that_pyplot_made_give_place_to_a_colour_bar():
    import matplotlib.pyplot as plt

    _, (left, _) = plt.subplots(1, 2)
    imagesc(left, [[0, 1]])
    before = left.get_position(original=True).bounds
    colorbar(left)
    imagesc(left, [[0, 1]])
    np.testing.assert_allclose(left.get_position(original=True).bounds, before)


def test_titles_of_figures():
    subplot(1, 2, 1)
    assert sgtitle(["one", "two"]).String == ["one", "two"]
    assert gcf()._artist.get_suptitle() == "one\ntwo"
    assert sgtitle("one").String == "one"


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: subplot(), TypeError, "subplot: m is missing"),
        (lambda: subplot(2, 2), TypeError, "subplot: p is missing"),
        (lambda: subplot(2, 2, 5), ValueError, "from 1 to 4, the places of a 2×2"),
        (lambda: subplot(2, 2, 0), ValueError, "subplot: p"),
        (lambda: subplot(2, 2, []), ValueError, "subplot: p"),
        (lambda: subplot(12), ValueError, "three digits"),
        (lambda: subplot(105), ValueError, "three digits"),
        (lambda: subplot(2, 2, 1, "replac"), ValueError, "subplot: option"),
        (lambda: subplot("Position", [0, 0, 0, 1]), ValueError, "positive width"),
        (lambda: tiledlayout(2), TypeError, "give m and n"),
        (lambda: tiledlayout("flow", 2), TypeError, "give m and n"),
        (lambda: tiledlayout("flaw"), ValueError, '"flow"'),
        (lambda: tiledlayout(1, 2, TileSpacing="wide"), ValueError, "TileSpacing must be"),
        (lambda: tiledlayout(1, 2, Gap=1), TypeError, "TileSpacing, Padding"),
        (lambda: (tiledlayout(1, 2), nexttile(3)), ValueError, "from 1 to 2"),
        (lambda: (tiledlayout(1, 2), nexttile([2, 1])), ValueError, "no room"),
        (lambda: nexttile(1, 2, 3), ValueError, "nexttile: span"),
        (lambda: nexttile("x"), TypeError, "nexttile: tilenum"),
    ],
)
def test_wrong_arguments_are_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()
