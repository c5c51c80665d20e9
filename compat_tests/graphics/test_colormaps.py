"""Colormaps: MATLAB's jet, and the rules that all obey."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai.graphics import colormaps
from matxai.graphics.colormaps import gray, hot, hsv, jet, lines, parula
from matxai.graphics.colouring import colormap
from matxai.graphics.figures import figure, gca, gcf
from matxai.graphics.images import imagesc
from matxai.graphics.showing import imshow
from matxai.graphics.subplots import subplot
from matxai.images.palettes import PALETTES

# As recovered from MATLAB's figures: row, counted from 1, and colour.
JET_ROWS = [
    (1, (0, 0, 0.515625)),
    (32, (0, 0, 1)),
    (33, (0, 0.015625, 1)),
    (96, (0, 1, 1)),
    (97, (0.015625, 1, 0.984375)),
    (128, (0.5, 1, 0.5)),
    (129, (0.515625, 1, 0.484375)),
    (160, (1, 1, 0)),
    (224, (1, 0, 0)),
    (256, (0.5, 0, 0)),
]


@pytest.mark.tier("exact", "Ten rows of `jet(256)` are those recovered from MATLAB's figures")
@pytest.mark.parametrize(("row", "colour"), JET_ROWS)
def test_jet_is_matlabs(row, colour):
    assert tuple(jet(256)[row - 1]) == colour


def test_jet_rises_and_falls_by_a_64th():
    steps = np.abs(np.diff(jet(256), axis=0))
    assert set(np.unique(steps)) == {0, 1 / 64}


@given(st.sampled_from(sorted(PALETTES)), st.integers(0, 300))
def test_a_colormap_has_the_length_that_was_asked_for(name, length):
    colours = getattr(colormaps, name)(length)
    assert colours.shape == (length, 3)
    assert colours.dtype == np.float64
    assert ((colours >= 0) & (colours <= 1)).all()


def test_the_ends_of_colormaps():
    np.testing.assert_array_equal(gray(3), [[0, 0, 0], [0.5, 0.5, 0.5], [1, 1, 1]])
    np.testing.assert_array_equal(hot(8)[[2, 5, 7]], [[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    np.testing.assert_array_equal(hsv(6)[::2], np.eye(3))
    np.testing.assert_array_equal(lines(8)[7], lines(1)[0])


@pytest.mark.tier("chosen", "viridis stands in for parula, which is not published")
def test_viridis_stands_in_for_parula():
    import matplotlib

    np.testing.assert_allclose(parula(256), matplotlib.colormaps["viridis"].colors, atol=1e-12)


@pytest.mark.tier("documented")
def test_the_default_length_is_that_of_the_figures_colormap():
    assert len(jet()) == 256
    colormap(gray(10))
    assert len(jet()) == 10
    colormap("jet")
    assert len(colormap()) == 10
    figure()
    assert len(jet()) == 256


def test_making_colours_makes_no_figure():
    code = "import sys, matxai; matxai.jet(); print('matplotlib' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert said.stdout == "False\n"


@pytest.mark.tier(
    "documented",
    "`colormap` sets the figure's, and with it that of all its axes, until axes get their "
    "own again",
)
def test_axes_use_the_figures_colormap_until_they_get_their_own():
    left, right = subplot(1, 2, 1), subplot(1, 2, 2)
    colormap("jet")
    colormap(left, hot(5))
    np.testing.assert_array_equal(left.Colormap, hot(5))
    np.testing.assert_array_equal(right.Colormap, jet(256))
    # The figure's counts for all axes again once it is set.
    colormap(gcf(), "gray")
    np.testing.assert_array_equal(left.Colormap, gray(256))


def test_a_grey_image_brings_its_own_colormap_and_a_later_one_counts():
    imshow(np.zeros((2, 2)))
    np.testing.assert_array_equal(colormap(gca()), gray(256))
    colormap("jet")
    np.testing.assert_array_equal(colormap(gca()), jet(256))


def test_a_colormap_can_be_given_by_its_function():
    imagesc([[0, 1]])
    colormap(jet)
    np.testing.assert_array_equal(colormap(), jet(256))


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        ("jett", ValueError, "colormap: map must be one of autumn"),
        ([[0, 0, 255]], ValueError, "Divide colours of 0 to 255 by 255"),
        ([[0, 0]], ValueError, "m×3"),
        ([[np.nan, 0, 0]], ValueError, "from 0 to 1"),
        (object(), TypeError, "colormap: map"),
    ],
)
def test_wrong_colormaps_are_refused(wrong, error, says):
    with pytest.raises(error, match=says):
        colormap(wrong)


WRONG_LENGTHS = [(-1, ValueError), (2.5, ValueError), ("x", TypeError)]


@pytest.mark.parametrize(("wrong", "error"), WRONG_LENGTHS)
def test_wrong_lengths_are_refused(wrong, error):
    with pytest.raises(error, match="jet: m must be"):
        jet(wrong)
