import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import imtile, imwrite, montage

stacks = st.builds(
    lambda h, w, k, c, seed: (
        np.random.default_rng(seed).integers(1, 256, (h, w, c, k)).astype("uint8")
    ),
    st.integers(1, 6), st.integers(1, 6), st.integers(1, 12), st.sampled_from([1, 3]),
    st.integers(0, 99),
)  # fmt: skip


@pytest.mark.tier("documented", "Tiles go along the rows")
@given(stacks, st.integers(1, 5))
def test_tiles_go_along_the_rows(stack, columns):
    h, w, channels, count = stack.shape
    out = imtile(stack, "GridSize", [np.nan, columns])
    rows = -(-count // columns)
    assert out.shape[:2] == (rows * h, columns * w)
    out = out.reshape(rows, h, columns, w, channels)
    for i in range(rows * columns):
        tile = out[i // columns, :, i % columns]
        np.testing.assert_array_equal(tile, stack[..., i] if i < count else 0)


@pytest.mark.tier(
    "chosen",
    "There are ⌈√(K·H/W)⌉ columns of K tiles; H×W×3 is one image, H×W×K other K images",
)
@pytest.mark.parametrize(
    ("shape", "size"),
    [((8, 8, 1, 27), (40, 48)), ((8, 8, 1, 4), (16, 16)), ((6, 9, 1, 2), (6, 18)),
     ((9, 6, 3, 5), (18, 18, 3)), ((5, 5, 96), (50, 50)), ((5, 7, 3), (5, 7, 3))],
)  # fmt: skip
def test_the_grid_is_nearly_square(shape, size):
    assert imtile(np.zeros(shape)).shape == size


@pytest.mark.tier("documented")
def test_images_of_different_sizes_and_classes(tmp_path):
    imwrite(np.full((4, 4), 0.2), tmp_path / "a.png")
    out = imtile([tmp_path / "a.png", np.ones((8, 4, 3)), None, np.zeros((2, 2), bool)])
    assert out.shape == (8, 8, 3)
    assert out.dtype == np.float64
    np.testing.assert_allclose(out[:4, :4], 0.2)
    # The second image is twice as high as wide: it fills the middle of its tile.
    np.testing.assert_allclose(out[:4, 5:7], 1, atol=1e-12)
    assert not out[:4, 4].any()
    assert not out[4:].any()


@pytest.mark.tier("documented")
def test_options():
    stack = np.full((2, 2, 1, 3), 9, np.uint8)
    framed = imtile(stack, BorderSize=[1, 0], BackgroundColor="white", Frames=[3, 1])
    assert framed.tolist() == [[255] * 4, [9] * 4, [9] * 4, [255] * 4]
    assert imtile(stack, BackgroundColor="red").shape == (4, 4, 3)
    assert imtile(stack, ThumbnailSize=[4, np.nan], GridSize=[1, 3]).shape == (4, 12)
    coloured = imtile(np.array([[0, 1]], np.uint8)[:, :, None, None], [[1, 0, 0], [0, 0, 1]])
    assert coloured.tolist() == [[[1, 0, 0], [0, 0, 1]]]


def test_a_montage_is_shown():
    handle = montage([np.eye(4), np.ones((4, 4))], "Size", [2, 1], DisplayRange=[])
    assert handle.CData.shape == (8, 4)
    plt.close("all")


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: imtile(np.zeros((2, 2, 2, 2))), ValueError, "I must be images"),
        (lambda: imtile(np.zeros((2, 2, 1, 5)), GridSize=[2, 2]), ValueError, "room for 5"),
        (lambda: imtile(np.zeros((2, 2, 1, 5)), Frames=6), ValueError, "Frames must be 1 to 5"),
        (lambda: imtile(np.zeros((2, 2, 1, 5)), Frames=0), ValueError, "from 1"),
        (lambda: imtile([np.zeros((2, 2, 4))]), ValueError, r"I\[0\] must be"),
        (lambda: imtile([None, None]), ValueError, "at least one image"),
        (lambda: imtile(np.zeros((2, 2)), BackgroundColor="reddish"), ValueError, "Background"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
