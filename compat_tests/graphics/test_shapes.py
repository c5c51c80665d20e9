"""rectangle, patch, fill, area, pie, annotations: what has a face and an edge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import (
    annotation,
    area,
    axis,
    delete,
    fill,
    gca,
    gcf,
    hold,
    imshow,
    line,
    patch,
    pie,
    plot,
    rectangle,
    set,
    subtitle,
    title,
    xlim,
    ylim,
)

places = st.floats(-100, 100).map(lambda v: round(v, 3))
sides = st.floats(0.01, 100).map(lambda v: round(v, 3))


@pytest.mark.tier("documented")
def test_a_rectangle_looks_as_in_matlab():
    r = rectangle()
    assert r.Position.tolist() == [0, 0, 1, 1]
    assert (r.FaceColor, r.EdgeColor.tolist(), r.LineWidth) == ("none", [0, 0, 0], 0.5)
    assert (r.LineStyle, r.Curvature.tolist()) == ("-", [0, 0])


@given(places, places, sides, sides, st.sampled_from([0, 0.3, [1, 1], [0.2, 0.7]]))
def test_a_rectangle_spans_its_position(x, y, width, height, curvature):
    r = rectangle("Position", [x, y, width, height], "Curvature", curvature)
    box = r._artist.get_path().get_extents()
    np.testing.assert_allclose(box.bounds, [x, y, width, height], rtol=1e-9, atol=1e-9)
    delete(r)


@pytest.mark.tier("documented")
def test_one_curvature_counts_for_the_shorter_side():
    r = rectangle(Position=[0, 0, 2, 4], Curvature=0.5)
    np.testing.assert_allclose(r.Curvature, [0.5, 0.25])


def test_a_rectangle_leaves_an_image_and_its_limits():
    imshow(np.zeros((10, 20)))
    rectangle("Position", [2.5, 3.5, 100, 3], "EdgeColor", "r", "LineWidth", 2)
    assert (xlim().tolist(), ylim().tolist()) == ([0.5, 20.5], [0.5, 10.5])
    assert [type(c).__name__ for c in gca().Children] == ["RectangleHandle", "ImageHandle"]


def test_a_rectangle_is_drawn_where_it_lies():
    image = imshow(np.ones((20, 20)))
    rectangle("Position", [4.5, 4.5, 6, 8], "EdgeColor", "none", "FaceColor", "r")
    canvas = gcf()._artist.canvas
    canvas.draw()
    shown = np.asarray(canvas.buffer_rgba())[..., :3]
    red = (shown == [255, 0, 0]).all(axis=2)
    box = image._artist.get_window_extent()
    share = red.sum() / (box.width * box.height)
    assert share == pytest.approx(6 * 8 / 400, rel=0.05)


def test_properties_of_shapes_are_set():
    r = rectangle(Position=[1, 2, 3, 4])
    set(r, "EdgeColor", [0, 0.5, 1], "FaceColor", "y", "LineStyle", "--", "Position", [0, 0, 1, 1])
    assert (r.EdgeColor.tolist(), r.FaceColor.tolist(), r.LineStyle) == (
        [0, 0.5, 1],
        [1, 1, 0],
        "--",
    )
    r.FaceAlpha = 0.25
    assert r._artist.get_facecolor() == (1, 1, 0, 0.25)


@pytest.mark.tier("documented")
def test_patches_add_and_fill_replaces():
    plot([1, 2])
    p = patch([0, 1, 1], [0, 0, 1], "red", "FaceAlpha", 0.3, "EdgeColor", "none")
    assert len(gca().Children) == 2
    assert (p.FaceColor.tolist(), p.EdgeColor, p.FaceAlpha) == ([1, 0, 0], "none", 0.3)
    f = fill([0, 1, 1], [0, 0, 1], [0, 1, 0])
    assert gca().Children == [f]
    hold("on")
    fill([0, 2, 2], [0, 0, 1], "b")
    assert len(gca().Children) == 2


def test_columns_and_faces_are_polygons():
    p = patch([[0, 5], [1, 6], [1, 6]], [[0, 0], [0, 0], [1, 2]], "k")
    assert (p.XData.shape, p.YData[:, 1].tolist()) == ((3, 2), [0, 0, 2])
    q = patch("Faces", [[1, 2, 3], [1, 3, 4]], "Vertices", [[0, 0], [1, 0], [1, 1], [0, 1]],
              "FaceColor", "g")  # fmt: skip
    assert q.Faces == 2
    assert q.XData[:, 1].tolist() == [0, 1, 0]


@pytest.mark.tier("documented")
def test_areas_lie_on_each_other():
    low, high = area([[1, 5], [3, 2], [2, 7]])
    assert low.YData.tolist() == [1, 3, 2, 0, 0, 0]
    assert high.YData.tolist() == [6, 5, 9, 2, 3, 1]
    assert xlim().tolist() == [1, 3]
    assert area([10, 20], [1, 2], -5).YData.tolist() == [1, 2, -5, -5]


@pytest.mark.tier("documented")
@given(st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_slices_of_a_pie_have_the_parts_of_the_sum(numbers):
    handles = pie(numbers)
    shares = [_area(p) / np.pi for p in handles[::2]]
    np.testing.assert_allclose(shares, np.array(numbers) / sum(numbers), rtol=0.02, atol=1e-3)
    first = handles[0]
    # From the top, against the clock.
    np.testing.assert_allclose([first.XData[1], first.YData[1]], [0, 1], atol=1e-12)
    assert len(numbers) < 2 or first.XData[2] < 0


def _area(shape):
    x, y = shape.XData, shape.YData
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


def test_texts_and_explosion_of_a_pie():
    handles = pie([1, 3], [1, 0], ["cat", "dog"])
    assert [h.String for h in handles[1::2]] == ["cat", "dog"]
    assert np.hypot(handles[0].XData[0], handles[0].YData[0]) == pytest.approx(0.1)
    assert sum(_area(p) for p in pie([0.25, 0.25])[::2]) == pytest.approx(np.pi / 2, rel=0.02)


@pytest.mark.tier("documented")
def test_annotations_lie_on_the_figure():
    plot([1, 2])
    box = annotation("textbox", [0.1, 0.2, 0.3, 0.1], "String", ["a_1", "b"], "Color", "r")
    assert (box.String, box.Color.tolist()) == (["a_1", "b"], [1, 0, 0])
    shape = annotation("rectangle", [0.1, 0.2, 0.3, 0.1], "Color", "g", "LineWidth", 2)
    assert (shape.EdgeColor.tolist(), shape.LineWidth) == ([0, 1, 0], 2)
    assert annotation("ellipse", [0, 0, 1, 1], FaceColor="b", FaceAlpha=0.2).FaceAlpha == 0.2
    gcf()._artist.canvas.draw()
    assert len(gca().Children) == 1


def test_a_subtitle_is_below_the_title():
    plot([1, 2])
    title("network", Color="r")
    low = subtitle("score")
    assert subtitle("score 1")._artist is low._artist
    gcf()._artist.canvas.draw()
    top = gca().Title._artist
    assert top.get_window_extent().y0 >= low._artist.get_window_extent().y1
    assert (gca().Title.String, gca().Title.Color.tolist()) == ("network", [1, 0, 0])


@pytest.mark.tier("documented")
def test_deleted_objects_are_gone():
    h = [line([1, 2], [1, 2]), rectangle(), patch([0, 1, 1], [0, 0, 1], "r")]
    delete(h[0], h[1:])
    assert gca().Children == []
    delete(gcf())


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: rectangle("Position", [0, 0, -1, 1]), ValueError, "Position must be"),
        (lambda: rectangle("Curvature", 2), ValueError, "Curvature must be"),
        (lambda: rectangle("EdgeColor", "flat"), ValueError, "EdgeColor must be"),
        (lambda: rectangle([0, 0, 1, 1]), TypeError, "rectangle"),
        (lambda: patch([1, 2], [1, 2, 3], "r"), ValueError, "same shape"),
        (lambda: patch([1, 2, 3], [1, 2, 3], [1, 2, 3, 4]), ValueError, "C must be one colour"),
        (lambda: patch(), TypeError, "X and Y are missing"),
        (
            lambda: patch("Faces", [1, 2, 9], "Vertices", [[0, 0], [1, 1]]),
            ValueError,
            "from 1 to 2",
        ),
        (lambda: area(), TypeError, "Y is missing"),
        (lambda: pie([0, 0]), ValueError, "positive"),
        (lambda: pie([1, 2], ["a"]), ValueError, "as many"),
        (lambda: annotation("arrow", [0, 1]), ValueError, "lineType must be"),
        (lambda: delete(3.5), TypeError, "expected a graphics object"),
        (lambda: axis("rectangle"), ValueError, "axis"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
