"""Tests of figures draw on no screen, and leave none behind."""

import matplotlib
import pytest

from matxai.graphics.figures import close

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def no_figures():
    close("all")
    yield
    close("all")
