"""The page on spectrograms: LIME finds the tone whose place is known, and not the hum."""

import runpy
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "gallery" / "plot_lime_spectrogram.py"


@pytest.fixture(scope="module")
def page():
    from matplotlib import pyplot

    pyplot.switch_backend("agg")
    yield runpy.run_path(str(PAGE))
    pyplot.close("all")


def test_the_network_tells_the_sounds_apart(page):
    assert np.mean(page["fresh"]) > 0.9
    assert page["classNames"][page["channel"] - 1] == "rising"


def test_the_features_are_8_by_8_cells(page):
    assert page["L"].shape == page["X"].shape == (61, 61)
    assert page["w"].shape == (64,)


def test_the_best_cells_lie_on_the_tone(page):
    # The tone rises from 700 to 1400 Hz in the 0.3 s after 0.4 s.
    times, frequencies = page["t"], page["f"]
    tone = (times[None] > 0.4) & (times[None] < 0.7)
    tone = tone & (np.abs(frequencies[:, None] - 700 - (times[None] - 0.4) * 700 / 0.3) < 40)
    cells = np.unique(page["L"][tone])
    assert np.isin(page["idx"][:2], cells).all()
    hum = page["L"][np.abs(frequencies - 200).argmin()]
    assert not np.isin(page["idx"], hum).any()
