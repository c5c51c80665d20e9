"""The page on gradients by hand: a ReLU layer of one's own gives gradientAttribution's maps."""

import runpy
from pathlib import Path

import numpy as np
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.tier("numeric")]

PAGE = Path(__file__).parents[2] / "docs" / "gallery" / "plot_gradient_compare.py"


@pytest.fixture(scope="module")
def page():
    from matplotlib import pyplot

    pyplot.switch_backend("agg")
    yield runpy.run_path(str(PAGE))
    pyplot.close("all")


def test_the_three_gradients_are_those_of_gradient_attribution(page):
    assert page["methods"] == ["autodiff", "guided-backprop", "zeiler-fergus"]
    assert np.max(page["difference"]) < 1e-4
    assert np.min(page["largest"]) > 0


def test_the_three_gradients_differ(page):
    plain, guided, deconvolved = page["gradients"]
    scale = np.abs(plain).max()
    assert np.abs(plain - guided).max() > 0.1 * scale
    assert np.abs(guided - deconvolved).max() > 0.1 * scale
