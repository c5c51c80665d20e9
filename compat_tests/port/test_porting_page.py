"""What docs/porting.md shows is what the porter writes."""

import re
from pathlib import Path

import pytest

from matxai.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "porting.md").read_text(encoding="utf-8")


def block(kind, place):
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[place]


@pytest.mark.parametrize(
    ("name", "place", "python", "status"),
    [("explainCup", 0, block("{testcode}", 0), 0), ("chooseImage", 1, block("python", 0), 1)],
)
def test_the_page_shows_what_is_written(name, place, python, status, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path(f"{name}.m").write_text(block("matlab", place))
    assert main(["port", f"{name}.m"]) == status
    assert python in Path(f"{name}.py").read_text()
    shown = block("console", place).partition("\n")[2].partition("$ echo")[0]
    assert capsys.readouterr().out == shown


def test_the_page_shows_newer_calls_as_they_are_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("explainCup.m").write_text(block("matlab", 0))
    assert main(["port", "--modernize", "explainCup.m"]) == 0
    assert block("python", 1) in Path("explainCup.py").read_text()
    assert "not modernized" not in capsys.readouterr().out
