"""Scripts that deal with dates, times and datastores: what they give, and what is refused."""

import numpy as np
import pytest
from ported_programs import run_ported

from matxai import categorical
from matxai.port import porting
from matxai.port.porting import port
from matxai.port.runtime import at


@pytest.fixture(autouse=True)
def plain_text(monkeypatch):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


def run(text):
    ported = port(text)
    assert ported.complete, ported.notes
    return run_ported(ported.code)


def why(text):
    [note] = [n for n in port(text).notes if n.kind == "left"]
    return note.why


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        # A time is a value: a copy has a format of its own.
        (
            "a = datetime(2024,1,2);\nb = a;\nb.Format = 'yyyy';\ndisp(a)\ndisp(b)",
            "   02-Jan-2024\n   2024\n",
        ),
        ("s.t = datetime(2024,1,2);\nu = s;\nu.t.Format = 'yyyy';\ndisp(s.t)", "   02-Jan-2024\n"),
        (
            "t = datetime(2024,1,1:3);\nfor i = 1:numel(t)\n"
            "fprintf('%g ', days(t(i) - t(1)));\nend\ndisp(t(end))",
            "0 1 2    03-Jan-2024\n",
        ),
        (
            "t = datetime(2024,1,1:2)\nd = hours(36)",
            "t =\n\n  1×2 datetime array\n\n   01-Jan-2024   02-Jan-2024\n\n"
            "d =\n\n  duration\n\n   36 hr\n\n",
        ),
        ("t0 = datetime;\nif datetime - t0 < minutes(1), disp('quick'), end", "quick\n"),
        ("e = f(datetime(2024,1,1));\ndisp(e)\nfunction d = f(t)\nd = -(t - 2 - t);\nend",
         "   48:00:00\n"),
        ("m = minutes([1 2 3]);\nfprintf('%g %g', seconds(m(2)), sum(seconds(m)));", "120 360"),
        ("disp(['log_' datestr(datetime(2024,1,2,3,4,5),30) '.txt'])", "log_20240102T030405.txt\n"),
        ("x = \"at \" + datetime(2024,1,2);\ndisp(x)", "at 02-Jan-2024\n"),
        ("t = datetime(2024,1,2);\ndisp(class(t - t))\ndisp(year(t) + t.Month)",
         "duration\n        2025\n"),
    ],
)  # fmt: skip
def test_what_scripts_print(text, printed):
    assert run(text)[1] == printed


def test_labels_in_rows_and_columns_have_parts():
    code = (
        "C = categorical({'a' 'b'; 'b' 'c'});\n"
        "fprintf('%s ', string(C(:)));\nfprintf('%s', char(C(2,2)));\n"
        "r = C(2,:);\nfprintf(' %d', numel(r));"
    )
    assert run(code)[1] == "a b b c c 2"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("t = datetime(2024,1,1);\nx = t * 2;", ".* of datetime and double"),
        ("t = datetime(2024,1,1);\nx = t + t;", "+ of datetime and datetime"),
        ("x = addtodate(now, 1, 'day');", "addtodate is not in matxai"),
    ],
)
def test_what_is_refused_before_the_run(text, reason):
    assert why(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "t = datetime('now','TimeZone','local');",
        "t = [datetime(2024,1,1) datetime(2024,1,2)];",
        "t = datetime(2024,1,1:3); t(2) = datetime(2025,1,1);",
        "try, t = datetime('03/04/2024'); catch, end",
        "t = sort(datetime(2024,1,[3 2]));",
        "t = datetime(2024,1,1); t.Day = 5;",
    ],
)
def test_what_is_refused_in_the_run(text):
    """Also where a handler of errors stands around it: MATLAB would not raise one."""
    ported = port(text)
    if ported.complete:
        with pytest.raises(NotImplementedError):
            run_ported(ported.code)


def test_parts_of_labels_are_those_of_arrays():
    names = np.array([*"abcdefghijklmnopqrstuvwx"], dtype=object).reshape(2, 3, 4)
    for subs in (
        (":", ":", 2), (1, ":", 2), (":", 2, 1), (1, 2, 3), ([1, 2], ":", [1, 2]), (1, ":", ":"),
    ):  # fmt: skip
        expected = np.asarray(at(names, *subs), dtype=object).tolist()
        assert at(categorical(names), *subs).tolist() == expected
    for subs in ((1, ":"), (":", 2), (2, 2), ([1, 2], [1, 3]), (":",), (3,), ([6, 2],)):
        expected = np.asarray(at(names[:, :, 0], *subs)).tolist()
        assert at(categorical(names[:, :, 0]), *subs).tolist() == expected
