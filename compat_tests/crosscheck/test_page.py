"""The page of a cross-check, as text and in a browser without a screen."""

import re
import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

from matxai.crosscheck.page import page, write_page
from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, NUMERIC, STATISTICAL, Result
from matxai.crosscheck.results import Row as Line

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
in_browser = pytest.mark.skipif(BROWSER is None, reason="needs Chromium, which is not here")


def result(*rows, **more):
    known = {"program": "MATLAB", "version": "9.14", "release": "R2023a"}
    return Result(rows, more.pop("notes", ()), known, {"matxai": "0.1.0"}, **more)


def map_line(verdict=NUMERIC, shift=1e-6, **more):
    theirs = np.random.RandomState(0).rand(9, 9)
    return Line(
        "gradCAM", "scoreMap", verdict, shift, shift, shift, 6, kind="map", theirs=theirs,
        ours=theirs + shift, **more,
    )  # fmt: skip


def shown(html):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", " ",
                                      html, flags=re.S))  # fmt: skip


def test_the_first_sentence_says_that_all_agrees():
    said = shown(page(result(map_line(), Line("scores", "scores", EXACT, 0.0))))
    assert "Python's numbers are MATLAB's: all 2 comparisons agree (1 exact, 1 numeric)" in (
        said.replace("&#39;", "'")
    )


def test_the_first_sentence_says_what_differs_and_whose_fault_it_is():
    one = map_line(DIFFERS, 0.5, blame="the sum in place of the mean", place=(3, 2))
    other = Line("scores", "scores", NUMERIC, 1e-7)
    html = page(result(one, other))
    assert "1 of 2 comparisons differs: the sum in place of the mean." in html
    assert "The first difference is at (3, 2)." in html


def test_nothing_compared_is_no_success():
    said = page(result(Line("drise", "scoreMap", NOT_COMPARABLE, why="no detector")))
    assert "Nothing could be compared." in said
    assert "No detector." in said


def test_random_methods_and_notes_are_told():
    line = Line("imageLIME", "importances", STATISTICAL, why="rank correlation 0.93")
    said = page(result(line, notes=("The folder has no network.mat.",)))
    assert "1 statistical" in said
    assert "The folder has no network.mat." in said


def test_foreign_text_stays_text():
    nasty = "<script>alert(1)</script>"
    line = Line("gradCAM", nasty, DIFFERS, why=nasty, blame=nasty)
    told = {"program": nasty, "version": nasty, "toolboxes": [{"name": nasty, "version": nasty}, 3]}
    html = page(Result((line,), (nasty,), told, {nasty: nasty}, folder=nasty, written=nasty))
    assert nasty not in html
    assert html.count("<script>") == 1


def test_the_page_asks_the_network_for_nothing():
    html = page(result(map_line(), image=np.zeros((4, 4, 3), np.uint8)))
    sources = re.findall(r'(?:src|href)="([^"]{5})', html)
    assert sources
    assert set(sources) == {"data:"}
    assert "url(" not in html


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    file = tmp_path / "page.html"
    file.write_text("old")
    monkeypatch.setattr("matxai.crosscheck.page.page", lambda result: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_page(result(map_line()), file)
    assert file.read_text() == "old"


def browse(file, *options):
    """Run the browser on a page; what it would leave in a home stays beside the page."""
    profile = f"--user-data-dir={file.parent / 'profile'}"
    return subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", profile,
         "--virtual-time-budget=2000", *options, file.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip


@in_browser
@pytest.mark.slow
def test_the_slider_moves_the_edge(tmp_path):
    file = tmp_path / "page.html"
    write_page(result(map_line()), file)
    moved = """<script>
        const s = document.querySelector("input[type=range]");
        s.value = 20; s.dispatchEvent(new Event("input"));
        document.title = document.querySelector(".two > img").style.clipPath + " " +
            document.querySelector(".two .edge").style.left;
        </script></body>"""
    file.write_text(file.read_text(encoding="utf-8").replace("</body>", moved), encoding="utf-8")
    title = re.search(r"<title>(.*?)</title>", browse(file, "--dump-dom"))[1]
    assert re.fullmatch(r"inset\(0(px)? 0(px)? 0(px)? 20%\) 20%", title)


@in_browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1100])
def test_nothing_is_wider_than_the_screen(tmp_path, width):
    """On a phone and on a desk: measured in the browser, and the picture is not blank."""
    file = tmp_path / "page.html"
    numbers = (0.123, 0.1, 0.4, 0, (11, 7))
    why = {"blame": "the mask is shifted by one pixel", "why": "a reason " * 30, "run": "x" * 60}
    long = Line("occlusionSensitivity", "scoreMap", DIFFERS, *numbers, **why)
    write_page(result(map_line(), long, image=np.full((8, 8, 3), 77, np.uint8)), file)
    # The browser's window is at least 500 wide, but a frame in it is as narrow as it is wanted.
    tell = "<script>parent.postMessage(document.documentElement.scrollWidth, '*');</script></body>"
    file.write_text(file.read_text(encoding="utf-8").replace("</body>", tell), encoding="utf-8")
    frame = tmp_path / "frame.html"
    frame.write_text(
        "<script>onmessage = e => document.title = e.data;</script>"
        f'<iframe src="page.html" width="{width}" height="3000" style="border:0"></iframe>'
    )
    wide = re.search(r"<title>(\d+)</title>", browse(frame, "--dump-dom"))[1]
    assert int(wide) <= width
    picture = tmp_path / "page.png"
    browse(frame, f"--screenshot={picture}", "--window-size=1200,3100")
    seen = np.asarray(Image.open(picture).convert("L"))
    assert seen[:, : width // 2].std() > 5
