import numpy as np
import pytest
from hypothesis import given
from octave_images import images

from matxai import insertShape, insertText


@pytest.mark.tier("documented")
@given(images(("uint8", "uint16", "float64"), ((), (3,))))
def test_the_result_is_rgb_of_the_same_class(image):
    for made in (
        insertShape(image, "rectangle", [1, 1, 2, 2]),
        insertText(image, [1, 1], "x"),
    ):
        assert made.shape == (*image.shape[:2], 3)
        assert made.dtype == image.dtype


@pytest.mark.tier("documented")
def test_filled_shapes_let_the_image_shine_through():
    made = insertShape(np.zeros((5, 5), np.uint8), "filled-rectangle", [2, 2, 3, 3], Color="w")
    assert np.unique(made).tolist() == [0, 153]
    assert (made[1:4, 1:4] == 153).all()
    assert insertShape(np.zeros((5, 5)), "FilledCircle", [3, 3, 1])[2, 2].tolist() == [0.6, 0.6, 0]


@pytest.mark.tier("documented")
def test_colours_have_the_range_of_the_class():
    made = insertShape(np.zeros((4, 4), np.uint8), "line", [1, 1, 4, 1], Color=[0, 200, 0])
    assert made[0].tolist() == [[0, 200, 0]] * 4
    two = insertShape(np.zeros((4, 4)), "rectangle", [[1, 1, 1, 1], [3, 3, 1, 1]], Color=["r", "b"])
    assert two[0, 0].tolist() == [1, 0, 0]
    assert two[2, 2].tolist() == [0, 0, 1]


@pytest.mark.tier("chosen", "The line of a rectangle runs within it")
def test_a_rectangles_line_runs_within_it():
    made = insertShape(np.zeros((9, 9)), "rectangle", [2, 2, 6, 6], LineWidth=2, Color="w")[..., 0]
    assert made[1:7, 1:7].sum() == 36 - 4
    assert made.sum() == 32


def test_text_lies_on_its_box_at_the_anchor():
    plain = np.zeros((40, 90))
    made = insertText(plain, [10, 5], "cat", BoxColor="blue", TextColor="white", BoxOpacity=1)
    rows, columns = np.nonzero(made.any(axis=2))
    assert (rows.min(), columns.min()) == (4, 9)
    assert made[..., 0].max() == 1
    right = insertText(plain, [90, 40], "cat", AnchorPoint="RightBottom")
    rows, columns = np.nonzero(right.any(axis=2))
    assert (rows.max(), columns.max()) == (38, 88)
    both = insertText(plain, [[1, 1], [40, 20]], ["cat", 0.25])
    assert both[:15].any()
    assert both[25:30, 45:].any()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: insertShape(np.zeros((3, 3)), "star", [1, 1]), ValueError, "shape must be"),
        (lambda: insertShape(np.zeros((3, 3)), "circle", [1, 1]), ValueError, "3 columns"),
        (lambda: insertShape(np.zeros((3, 3)), "line", [1, 1, 2]), ValueError, "points"),
        (lambda: insertShape(np.zeros((3, 3)), "circle", [1, 1, 1], Color=["r", "g"]), ValueError,
         "one colour or 1"),
        (lambda: insertText(np.zeros((3, 3)), [1], "x"), ValueError, "2 columns"),
        (lambda: insertText(np.zeros((3, 3)), [1, 1], ["x", "y"]), ValueError, "one or 1"),
        (lambda: insertText(np.zeros((3, 3)), [1, 1], "x", BoxOpacity=2), ValueError, "BoxOpacity"),
    ],
)  # fmt: skip
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
