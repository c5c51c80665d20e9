"""imagesc and image: which colour each value gets, on the screen."""

import numpy as np
import pytest
from drawn_pixels import drawn, levels
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai.graphics.colormaps import gray, jet
from matxai.graphics.colouring import colormap
from matxai.graphics.figures import close, gca
from matxai.graphics.handles import get, set
from matxai.graphics.holding import hold
from matxai.graphics.images import image, imagesc
from matxai.graphics.limits import clim
from matxai.graphics.showing import imshow

FINITE = st.floats(-1e6, 1e6, width=32)


def by_the_rule(values, low, high, colours):
    """Colour values by MATLAB's formula, in double."""
    values = np.asarray(values, dtype=np.float64)
    place = np.floor((values - low) / (high - low) * len(colours))
    return levels(colours[np.clip(place, 0, len(colours) - 1).astype(int)])


@pytest.mark.tier(
    "numeric",
    "A scaled value v has colour floor((v − low)/(high − low)·m) + 1 of m, the bytes of "
    "its colour rounded, on the screen",
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(hnp.arrays(np.float32, (4, 5), elements=FINITE), st.sampled_from([2, 7, 64, 256]))
def test_a_value_has_the_colour_of_its_part_of_the_range(values, length):
    close("all")
    imagesc(values)
    colormap(jet(length))
    low, high = clim()
    if values.min() < values.max():
        assert (low, high) == (values.min(), values.max())
    np.testing.assert_array_equal(drawn(4, 5), by_the_rule(values, low, high, jet(length)))


def test_all_256_colours_in_order():
    imagesc(np.arange(256).reshape(16, 16))
    colormap("jet")
    np.testing.assert_array_equal(drawn(16, 16).reshape(256, 3), levels(jet(256)))


@pytest.mark.tier(
    "numeric",
    "A map drawn with `AlphaData` 0.5 over an image is read back as MATLAB's figures were:"
    " within 2 of 256 colours",
)
def test_the_map_can_be_read_back_from_a_half_transparent_overlay():
    random = np.random.RandomState(3)
    picture, map = random.randint(0, 256, (12, 14, 3)).astype(np.uint8), random.rand(12, 14)
    imshow(picture)
    hold("on")
    imagesc(map, "AlphaData", 0.5)
    colormap("jet")
    # As MATLAB's figures were turned back into maps: take the image away, find the colour.
    colours = 2 * drawn(12, 14).astype(float) - picture
    distance = np.abs(colours[:, :, None, :] - 255 * jet(256)).sum(3)
    found = distance.argmin(2)
    place = np.clip(256 * (map - map.min()) / np.ptp(map), 0, 255.999)
    # matplotlib blends in bytes: three of four colours are found, the others nearly.
    assert np.abs(found - np.floor(place)).max() <= 2
    assert (found == np.floor(place)).mean() > 0.7
    assert (found + 0.5 - place).std() < 0.6


@pytest.mark.tier(
    "numeric",
    "`AlphaData` blends linearly, within 2 of 255, since matplotlib blends in bytes",
)
@pytest.mark.parametrize("alpha", [0, 0.25, 0.5, 0.8, 1])
def test_alpha_blends_linearly(alpha):
    picture = np.full((3, 3, 3), (250, 10, 100), dtype=np.uint8)
    imshow(picture)
    hold("on")
    map = np.arange(9.0).reshape(3, 3)
    imagesc(map, AlphaData=alpha)
    wanted = (1 - alpha) * picture + alpha * by_the_rule(map, 0, 8, colormap())
    np.testing.assert_allclose(drawn(3, 3), wanted, atol=2)


def test_alpha_of_each_pixel():
    imshow(np.ones((2, 2, 3)))
    hold("on")
    h = imagesc([[0, 0], [0, 1]], AlphaData=[[0, 1], [1, 0]])
    colormap(gray(2))
    assert drawn(2, 2)[:, :, 0].tolist() == [[255, 0], [0, 255]]
    h.AlphaData = np.array([[True, False], [False, True]])
    assert drawn(2, 2)[:, :, 0].tolist() == [[0, 255], [255, 255]]


def test_alpha_of_true_colours():
    imshow(np.zeros((1, 2, 3)))
    hold("on")
    image(np.ones((1, 2, 3)), AlphaData=[[0, 1]])
    assert drawn(1, 2)[0, :, 0].tolist() == [0, 255]


@pytest.mark.tier("numeric", "Scaled images in the same axes share their colour limits")
def test_scaled_images_in_the_same_axes_share_the_limits():
    imshow(np.zeros((2, 2, 3), dtype=np.uint8))
    hold("on")
    first = imagesc([[0, 1], [2, 3]])
    assert clim().tolist() == [0, 3]
    imagesc([[1, 1], [1, 7]])
    assert clim().tolist() == [0, 7]
    colormap("jet")
    # The first one shows, on top of which the second became invisible, in the shared range.
    get(gca(), "Children")[0].Visible = "off"
    np.testing.assert_array_equal(drawn(2, 2), by_the_rule([[0, 1], [2, 3]], 0, 7, jet(256)))
    first.CData = [[0, 1], [2, 15]]
    assert clim().tolist() == [0, 15]


@pytest.mark.tier("documented")
def test_limits_that_are_given_stay_until_they_follow_the_data_again():
    imagesc([[0, 10]], [2, 4])
    colormap(gray(256))
    assert drawn(1, 2)[0, :, 0].tolist() == [0, 255]
    hold("on")
    imagesc([[0, 100]])
    assert clim().tolist() == [2, 4]
    clim("auto")
    assert clim().tolist() == [0, 100]
    clim([0, 200])
    assert gca().CLim.tolist() == [0, 200]


@pytest.mark.tier(
    "documented",
    "Drawing without `hold` empties axes and resets their limits; with it, limits stay",
)
def test_drawing_without_hold_starts_anew_and_with_hold_keeps_limits():
    imshow(np.zeros((20, 30, 3)))
    assert gca().XLim.tolist() == [0.5, 30.5]
    hold("on")
    imagesc(np.eye(4), AlphaData=0.5)
    assert (gca().XLim.tolist(), gca().YLim.tolist()) == ([0.5, 30.5], [0.5, 20.5])
    assert len(gca().Children) == 2
    hold("off")
    imagesc(np.eye(4))
    assert gca().XLim.tolist() == [0.5, 4.5]
    assert gca().YDir == "reverse"
    assert len(gca().Children) == 1
    assert gca().Visible == "on"


def test_held_axes_without_image_keep_their_direction():
    hold("on")
    imagesc(np.eye(4))
    assert gca().YDir == "normal"


@pytest.mark.tier("documented")
def test_x_and_y_are_the_centres_of_the_outer_pixels():
    h = imagesc([0, 10], [5, 6], np.eye(2))
    assert gca().XLim.tolist() == [-5, 15]
    assert gca().YLim.tolist() == [4.5, 6.5]
    assert h.XData.tolist() == [0, 10]
    whole = imagesc(np.arange(3), np.arange(2), np.zeros((2, 3)))
    assert whole.XData.tolist() == [0, 2]


def test_nan_has_the_lowest_colour_and_infinity_the_highest():
    imagesc([[np.nan, 0, 1, np.inf]])
    colormap(jet(3))
    shown = drawn(1, 4)[0]
    np.testing.assert_array_equal(shown, levels(jet(3)[[0, 0, 2, 2]]))


@pytest.mark.tier("documented")
def test_image_takes_floats_as_numbers_from_1_and_integers_from_0():
    table = jet(4)
    for values, places in (
        ([1.0, 2.9, 9.0, -3.0], [0, 1, 3, 0]),
        (
            np.array([0, 2, 3, 200], dtype=np.uint8),
            [0, 2, 3, 3],
        ),
    ):
        image([values])
        colormap(table)
        np.testing.assert_array_equal(drawn(1, 4)[0], levels(table[places]))


def test_properties_are_set_as_in_matlab():
    data = np.arange(6, dtype=np.int16).reshape(2, 3)
    h = imagesc(data)
    set(h, "alphadata", 0.25, "Tag", "map")
    assert get(h, "AlphaData") == 0.25
    assert get(h)["Tag"] == "map"
    np.testing.assert_array_equal(get(h, "CData"), data)
    assert get(h, "CData").dtype == np.int16
    data[:] = 0
    assert h.CData.max() == 5, "the handle has its own copy"
    set([h], {"Visible": "off"})
    assert h.Visible == "off"
    set(h, AlphaData=1)
    assert h.AlphaData == 1
    h.CData = np.zeros((5, 5))
    assert h.XData.tolist() == [1, 5]


def test_what_is_drawn_later_covers_what_is_there():
    from matxai.graphics.lines import plot

    imagesc([[0, 1]])
    hold("on")
    plot([0, 3], [1, 1], "r", LineWidth=100)
    assert (drawn(1, 2) == [255, 0, 0]).all()
    image(np.ones((1, 2, 3)))
    assert (drawn(1, 2) == 255).all()


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: imagesc(), TypeError, "imagesc: C is missing"),
        (lambda: imagesc("text"), TypeError, "imagesc: C must be a numeric array"),
        (lambda: imagesc(np.zeros((2, 2, 2))), ValueError, "imagesc: C must be an H×W or H×W×3"),
        (lambda: imagesc([[1]], [3, 3]), ValueError, "imagesc: clims must be"),
        (lambda: imagesc(np.eye(3), AlphaData=np.eye(2)), ValueError, "AlphaData .* 3×3 array"),
        (lambda: imagesc(np.eye(3), AlphaDat=1), TypeError, "Did you mean 'AlphaData'"),
        (lambda: imagesc(np.eye(3), Parent=7), TypeError, "imagesc: Parent must be axes"),
        (lambda: image(1, 2, 3, 4), TypeError, "image takes 3 arguments"),
        (lambda: clim([2, 1]), ValueError, "clim: limits must be"),
        (lambda: set(imagesc([[1]]), "Alpha"), TypeError, "has no value"),
        (lambda: set(imagesc([[1]]), "Colour", 1), ValueError, "There are: AlphaData, CData"),
        (lambda: get(imagesc([[1]]), "CDta"), ValueError, "Did you mean 'CData'"),
        (lambda: set(3.5, "CData", 1), TypeError, "set: H must be a handle"),
        (lambda: set(imagesc([[1]]), "Parent", 1), ValueError, "can only be read"),
    ],
)
def test_wrong_arguments_are_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_a_misspelt_attribute_is_refused():
    with pytest.raises(AttributeError, match="Did you mean 'AlphaData'"):
        imagesc([[1]]).alphaData = 0.5
