import base64
import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from matxai.crosscheck.pictures import data_uri, map_pictures, photograph


def pixels(uri):
    kind, _, data = uri.partition(",")
    assert kind == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))


def test_a_uri_holds_the_pixels():
    drawn = np.random.RandomState(0).randint(0, 256, (5, 7, 3)).astype(np.uint8)
    assert np.array_equal(pixels(data_uri(drawn)), drawn)


def test_both_maps_are_drawn_on_one_scale():
    found = map_pictures(np.array([[0.0, 1], [2, 3]]), np.array([[3.0, 3], [3, 6]]))
    assert (found.low, found.high, found.reach, found.plane) == (0, 6, 3, None)
    theirs, ours = pixels(found.theirs), pixels(found.ours)
    assert np.array_equal(theirs[1, 1], ours[0, 0])
    assert not np.array_equal(theirs[0, 0], ours[1, 1])


def test_the_difference_is_white_where_there_is_none_blue_below_red_above():
    zero = np.zeros((2, 2))
    difference = pixels(map_pictures(zero, np.array([[0.0, 1], [-1, 0.5]])).difference)
    assert difference[0, 0].min() > 250
    assert difference[0, 1, 0] > difference[0, 1, 2] + 100
    assert difference[1, 0, 2] > difference[1, 0, 0] + 100
    assert difference[1, 1, 2] > difference[0, 1, 2]


def test_of_several_channels_the_one_that_differs_most_is_drawn():
    theirs = np.zeros((3, 3, 4))
    ours = theirs.copy()
    ours[1, 1, 2] = 5
    found = map_pictures(theirs, ours)
    assert found.plane == 3
    assert found.reach == 5


def test_what_has_no_value_is_grey():
    found = map_pictures(np.array([[np.nan, 1], [2, 3]]), np.array([[0.0, 1], [np.inf, 3]]))
    assert pixels(found.theirs)[0, 0].tolist() == [128, 128, 128]
    assert pixels(found.ours)[1, 0].tolist() == [128, 128, 128]
    assert found.reach == 0


def test_what_is_no_map_is_not_drawn():
    assert map_pictures(np.zeros((3, 3)), np.zeros((3, 4))) is None
    assert map_pictures(np.zeros(9), np.zeros(9)) is None
    assert map_pictures(np.zeros((1, 9)), np.zeros((1, 9))) is None


maps = hnp.arrays(
    st.sampled_from([np.float32, np.float64, np.uint8, np.int64]),
    hnp.array_shapes(min_dims=2, max_dims=3, min_side=2, max_side=6),
)


@given(maps, st.booleans())
def test_any_map_is_drawn(theirs, fortran):
    ours = np.asfortranarray(theirs[::-1]) if fortran else theirs
    found = map_pictures(theirs, ours)
    assert pixels(found.theirs).shape == (*theirs.shape[:2], 3)
    assert found.low <= found.high


@given(
    hnp.arrays(
        st.sampled_from([np.uint8, np.uint16, np.float32, np.float64]),
        st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5)),
    )
)
def test_any_image_is_drawn(image):
    assert pixels(photograph(image)).shape == (*image.shape[:2], 3)


def test_fractions_and_levels_of_an_image_look_the_same():
    levels = np.random.RandomState(1).randint(0, 256, (4, 4, 3)).astype(np.uint8)
    assert np.array_equal(pixels(photograph(levels)), levels)
    assert np.array_equal(pixels(photograph(levels.astype(np.float32))), levels)
    assert np.array_equal(pixels(photograph(levels / 255)), levels)
    assert np.array_equal(pixels(photograph(levels[:, :, 0]))[:, :, 1], levels[:, :, 0])
