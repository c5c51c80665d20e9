import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from matxai import boundarymask

labels = st.builds(
    lambda h, w, n, seed, order: np.asarray(
        np.random.default_rng(seed).integers(0, n, (h, w)), order=order
    ),
    st.integers(1, 64),
    st.integers(1, 64),
    st.integers(1, 4),
    st.integers(0, 2**32 - 1),
    st.sampled_from("CF"),
)


def by_filters(values, conn):
    """Two regions meet where the highest and lowest label of the neighbourhood differ."""
    around = ndimage.generate_binary_structure(2, 2 if conn == 8 else 1)
    high = ndimage.maximum_filter(values, footprint=around, mode="nearest")
    low = ndimage.minimum_filter(values, footprint=around, mode="nearest")
    return high != low


@pytest.mark.tier("documented", "`boundarymask` compares with 8 neighbours")
@given(labels, st.sampled_from([4, 8]))
def test_agrees_with_filters(values, conn):
    mask = boundarymask(values, conn)
    assert mask.dtype == bool
    np.testing.assert_array_equal(mask, by_filters(values, conn))


@given(labels)
def test_default_is_eight_neighbours(values):
    np.testing.assert_array_equal(boundarymask(values), boundarymask(values, 8))


@given(labels)
def test_classes_do_not_matter(values):
    expected = boundarymask(values)
    for dtype in ("uint8", "int16", "float32", "float64"):
        np.testing.assert_array_equal(boundarymask(values.astype(dtype)), expected)


def test_only_the_corner_is_shared():
    values = [[1, 2], [2, 2]]
    np.testing.assert_array_equal(boundarymask(values, 8), [[True, True], [True, True]])
    np.testing.assert_array_equal(boundarymask(values, 4), [[True, True], [True, False]])


@pytest.mark.tier("chosen", "`boundarymask` of truth values")
def test_mask_of_truth_values():
    mask = np.zeros((5, 5), dtype=bool)
    mask[2, 2] = True
    expected = np.zeros((5, 5), dtype=bool)
    expected[1:4, 1:4] = True
    np.testing.assert_array_equal(boundarymask(mask), expected)


def test_no_pixels():
    assert boundarymask(np.zeros((0, 3))).shape == (0, 3)


@pytest.mark.parametrize(
    ("args", "error", "message"),
    [
        ((np.zeros((2, 2, 3)),), ValueError, r"L must be a matrix.*\(2, 2, 3\)"),
        (([1, 2, 3],), ValueError, "L must be a matrix"),
        (("labels",), TypeError, "'labels'"),
        (([[1, 2]], 6), ValueError, "conn must be 4 or 8, but is 6"),
        (([[1, 2]], "eight"), TypeError, "'eight'"),
    ],
)
def test_bad_input(args, error, message):
    with pytest.raises(error, match=message):
        boundarymask(*args)
