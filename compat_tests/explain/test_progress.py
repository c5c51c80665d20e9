"""Telling how far a run is."""

import sys

import numpy as np
import pytest
import tiny_networks as tiny

from matxai import imageLIME, occlusionSensitivity

X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)


def test_a_callback_hears_of_every_batch():
    calls = []
    occlusionSensitivity(tiny.conv(), X, 1, Stride=4, Progress=lambda *a: calls.append(a))
    assert calls == [(8, 16), (16, 16)]
    calls.clear()
    imageLIME(
        tiny.conv(), X, 1, Segmentation="grid", NumFeatures=16, NumSamples=30,
        Progress=lambda *a: calls.append(a),
    )  # fmt: skip
    assert calls[-1][0] == calls[-1][1] <= 30


@pytest.mark.parametrize("option", ["auto", "off", False])
def test_nothing_is_printed_without_a_terminal(option, capsys):
    occlusionSensitivity(tiny.conv(), X, 1, Progress=option)
    assert capsys.readouterr() == ("", "")


def test_on_shows_a_bar(capsys):
    occlusionSensitivity(tiny.conv(), X, 1, Progress="on")
    assert "occlusionSensitivity" in capsys.readouterr().err


def test_auto_on_a_terminal_waits_for_two_seconds(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    occlusionSensitivity(tiny.conv(), X, 1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("matxai.explain.progress.SHOW_AFTER_SECONDS", 0)
    occlusionSensitivity(tiny.conv(), X, 1)
    assert "occlusionSensitivity" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["often", 3, None])
def test_no_progress_option(option):
    with pytest.raises(TypeError, match='Progress must be "auto", "on", "off" or a function'):
        occlusionSensitivity(tiny.conv(), X, 1, Progress=option)
