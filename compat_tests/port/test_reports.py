import re
from pathlib import Path

import matxai
from matxai.port.fidelity_links import FIDELITY
from matxai.port.notes import Note, Ported
from matxai.port.reports import report_data, report_text
from matxai.port.units import PortedFile

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
NOTES = (
    Note(7, "differs", "T.score", "taken to lie the same way"),
    Note(3, "left", "f = uigetfile('*.jpg');\n  x", "uigetfile is not in matxai"),
    Note(3, "missing", "uigetfile", "uigetfile is not in matxai"),
)


def files():
    some = Ported("x", NOTES, 8, 2, ("imread", "imageLIME"), ("uigetfile", "findpeaks"))
    whole = Ported("x", (), 5, 0, ("imageLIME", "max"), ("uigetfile",))
    return [
        PortedFile(Path("some.m"), Path("some.py"), some, needs=(Path("helper.m"),)),
        PortedFile(Path("whole.m"), Path("whole.py"), whole),
        PortedFile(Path("bad.m"), Path("bad.py"), None, "binary"),
    ]


def test_the_text():
    assert report_text(files()).split("\n") == [
        "some.m → some.py: 8 of 10 lines ported, 2 left",
        "  line 3 left: f = uigetfile('*.jpg'); x",
        "      uigetfile is not in matxai",
        "  line 7 differs: T.score",
        "      taken to lie the same way",
        "  imports helper: port helper.m as well",
        "whole.m → whole.py: 5 of 5 lines ported",
        "bad.m: not ported: binary",
        "",
        "1 of 3 files ported whole; 13 of 15 lines ported, 2 left.",
        "Not in matxai: uigetfile (2 files), findpeaks.",
        "How far these are MATLAB's, option by option:",
        "  docs/fidelity.md#imagelime: imageLIME",
        "  docs/fidelity.md#imread-imresize: imread",
    ]


def test_without_writing_no_python_file_is_named():
    assert ".py" not in report_text(files(), written=False)


def test_the_data():
    data = report_data(files())
    assert data["summary"] == {
        "files": 3, "complete": 1, "unreadable": 1, "ported": 13, "left": 2,
    }  # fmt: skip
    assert data["missing"] == {"uigetfile": ["some.m", "whole.m"], "findpeaks": ["some.m"]}
    assert data["fidelity"]["imageLIME"] == "docs/fidelity.md#imagelime"
    some, whole, bad = data["files"]
    assert (some["complete"], whole["complete"], bad["complete"]) == (False, True, False)
    assert some["notes"][0]["line"] == 7
    assert (bad["problem"], bad["written"], whole["written"]) == ("binary", False, True)


def test_every_link_leads_to_a_section_of_the_page():
    headings = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(FIDELITY.values()) <= anchors


def test_every_function_with_a_link_is_public():
    assert set(FIDELITY) <= set(matxai.__all__)
