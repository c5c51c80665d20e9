"""Dividing an image into features."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai.explain.segmentation import from_matrix, grid, segment

sides = st.integers(1, 64)


@pytest.mark.tier(
    "chosen",
    "A grid has ⌊√(N·H/W)⌋ rows and ⌊√(N·W/H)⌋ columns, numbered down the columns",
)
@given(sides, sides, st.data())
def test_a_grid_has_at_most_the_features_asked_for(height, width, data):
    wanted = data.draw(st.integers(1, height * width))
    features = grid(height, width, wanted)
    rows, cols = features.grid
    assert rows * cols == features.count <= wanted
    assert sorted(np.unique(features.labels)) == list(range(features.count))
    # Each cell is a rectangle, and the cells are numbered down the columns.
    down = features.labels[:, 0]
    along = features.labels[0]
    assert np.array_equal(features.labels, down[:, None] + along[None, :])
    assert (np.diff(down) >= 0).all()
    assert set(np.diff(along)) <= {0, rows}


@pytest.mark.tier(
    "chosen",
    "Cells of a grid differ by at most one pixel in either direction: they are `imresize` "
    'of their labels by `"nearest"`',
)
@given(sides, sides, st.data())
def test_cells_of_a_grid_differ_by_at_most_one_pixel(height, width, data):
    features = grid(height, width, data.draw(st.integers(1, height * width)))
    rows, cols = features.grid
    down = np.bincount(features.labels[:, 0], minlength=rows)
    along = np.bincount(features.labels[0] // rows, minlength=cols)
    assert down.max() - down.min() <= 1
    assert along.max() - along.min() <= 1


@pytest.mark.tier("numeric")
def test_a_square_image_with_a_square_number_has_all_features():
    assert grid(224, 224, 100).grid == (10, 10)
    assert grid(227, 227, 64).grid == (8, 8)
    assert grid(224, 224, 49).grid == (7, 7)


def test_cells_are_about_square():
    assert grid(100, 400, 64).grid == (4, 16)
    assert grid(400, 100, 64).grid == (16, 4)
    assert grid(1, 64, 64).grid == (1, 64)
    assert grid(64, 1, 10).grid == (10, 1)


@pytest.mark.tier(
    "chosen",
    "The values of a segmentation matrix are numbered 1, 2, … in ascending order in `featureMap`",
)
@given(
    st.integers(1, 20),
    st.integers(1, 20),
    st.sampled_from([np.uint8, np.int32, np.float64, bool]),
    st.sampled_from("CF"),
)
def test_any_labels_are_numbered_in_ascending_order(height, width, dtype, order):
    matrix = np.random.RandomState(0).randint(0, 2, (height, width)) * 7
    matrix = np.asarray(matrix, dtype, order=order)
    features = from_matrix(matrix, (height, width))
    values = np.unique(matrix)
    assert features.count == len(values)
    assert np.array_equal(values[features.labels], matrix)


@pytest.mark.tier(
    "chosen",
    "Superpixels of images with 2 or more than 3 channels are those of the mean of the channels",
)
@given(sides, sides, st.integers(1, 5), st.sampled_from("CF"), st.data())
def test_every_pixel_lies_in_one_superpixel(height, width, channels, order, data):
    wanted = data.draw(st.integers(1, min(60, height * width)))
    dtype = data.draw(st.sampled_from([np.uint8, np.uint16, np.int16, np.float32, np.float64]))
    X = np.random.RandomState(0).randint(0, 256, (height, width, channels))
    features = segment(np.asarray(X, dtype, order=order), "superpixels", wanted)
    assert features.labels.shape == (height, width)
    assert np.array_equal(np.unique(features.labels), np.arange(features.count))


@pytest.mark.tier(
    "chosen",
    "Images of values 0…255 give the same superpixels in any class; single and double of "
    "another range are stretched to it",
)
def test_the_class_of_the_values_0_to_255_does_not_matter():
    X = np.random.RandomState(0).randint(0, 256, (40, 50, 3), np.uint8)
    expected = segment(X, "superpixels", 20).labels
    for dtype in (np.float32, np.float64, np.int64):
        assert np.array_equal(segment(X.astype(dtype), "superpixels", 20).labels, expected)


@pytest.mark.parametrize(
    ("matrix", "says"),
    [
        (np.ones((4, 5)), "must be 5×4, the height and width of X, but is 4×5"),
        (np.ones((5, 4, 1)), "but is 5×4×1"),
        (np.where(np.eye(5, 4), np.nan, 1.0), "integers, one for each feature, but holds nan"),
        (np.where(np.eye(5, 4), np.inf, 1.0), "but holds inf"),
        (np.where(np.eye(5, 4), 1.5, 1.0), "but holds 1.5"),
    ],
)
def test_a_matrix_that_does_not_fit(matrix, says):
    with pytest.raises(ValueError, match=says):
        segment(np.zeros((5, 4, 3)), matrix, 49)


@pytest.mark.parametrize("method", ["grid", "superpixels"])
def test_more_features_than_pixels(method):
    with pytest.raises(ValueError, match="at most 20, the number of pixels of X, but is 21"):
        segment(np.zeros((5, 4, 3)), method, 21)
