"""Calls that makeGoldens wrote are held against matxai by scripts/golden_calls.py, one by one."""

import json

import fidelity
import golden_calls
import golden_code
import golden_counterparts
import numpy as np
import pytest
import scipy.io
from octave_matlab_side import MATLAB_SIDE, octave

from matxai.crosscheck.comparing import CrosscheckError, crosscheck
from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, NUMERIC, VERDICTS

# Where Octave, or a stand-in for a toolbox there, is known to do otherwise than matxai.
OF_OCTAVE = {
    "dagnetwork-output-names": "the stand-in is a struct, which takes any field",
    "minibatchpredict-not-uniform": "the stand-in takes one image",
    "dlnetwork-takes-layers": "the stand-in takes no layer",
    "dlnetwork-edited": "matxai gives a LayerGraph until it is made a network again",
    "assemble-open-classes": "the stand-in does not name classes",
    "imresize-factor": "the stand-in takes no factor",
    "imresize-factor-enlarging": "the stand-in takes no factor",
    "imresize-logical": "the stand-in takes everything above 0 for true",
    "imread-transparent": "Octave writes no transparent colour",
    "superpixels-odd-spacing": "the stand-in makes a grid",
    "superpixels-slic": "the stand-in takes no method",
    "superpixels-uint16": "the stand-in makes a grid",
    "superpixels-int16": "the stand-in makes a grid",
    "superpixels-grey": "the stand-in makes a grid",
    "superpixels-thin": "the stand-in makes a grid",
    "superpixels-more-than-pixels": "the stand-in makes a grid",
    "imwrite-missing-folder": "matxai makes the folder",
    "tiledlayout-flow": "Octave draws nothing without a screen",
    "rand-single": "the stand-in takes no class",
    "num2str-integers": "Octave writes int64 as a double",
    "num2str-negative-zero": "Octave writes the sign of zero",
    "isequal-text": "Octave takes a character for its number, matxai does not",
    "round-digits": "Octave's round takes no digits",
    "round-negative-digits": "Octave's round takes no digits",
    "sqrt-negative": "matxai has no complex numbers",
    "log-negative": "matxai has no complex numbers",
    "arithmetic-int64": "int64 stands for double in matxai",
    "deepdream-table": "the stand-in prints nothing",
    "drise-nothing-found": "the stand-in needs a detection",
}
# What Octave computes itself, as MATLAB does.
AGREEING = {
    "dlarray-behind-the-last-dimension",
    "imread-cmyk",
    "imresize-nearest",
    "imresize-nearest-halves",
    "ls-listing",
    "max-logical",
    "max-logical-dimension",
    "num2str-matrix",
    "num2str-whole-numbers",
    "size-of-text",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def of_octave(tmp_path_factory):
    folder = tmp_path_factory.mktemp("goldens")
    octave(f"makeGoldens('{folder}', {{'calls'}});")
    return folder / "calls"


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """Have Octave evaluate the calls that need nothing but Octave."""
    folder = tmp_path_factory.mktemp("some") / "calls"
    names = ", ".join(f"'{name}'" for name in sorted(AGREEING))
    octave(f"""
        cd('{MATLAB_SIDE / "private"}');
        calls = goldenCalls();
        writeCalls('{folder}', calls(ismember(calls(:, 1), {{{names}}}), :));
    """)
    return folder


@pytest.fixture(scope="module")
def rows(of_octave):
    return {row.name: row for row in golden_calls.compared_calls(of_octave)[1]}


def called(code, name, value=None, **what):
    """Make one call of a manifest."""
    array = value is not None and not isinstance(value, str)
    made = {
        "id": name,
        "code": code,
        "class": "char" if isinstance(value, str) else "double",
        "size": list(np.shape(np.atleast_2d(value))) if array else [1, len(value or "")],
        "variable": name.replace("-", "_") if value is not None else None,
        "text": value if isinstance(value, str) else None,
        "error": None,
    }
    return made | what


def written(folder, *calls, **values):
    manifest = {
        "format": "matxai-reference", "version": 1, "network": None, "image": None, "runs": [],
        "environment": {"program": "MATLAB", "release": "R2099b"}, "calls": list(calls),
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    scipy.io.savemat(folder / "calls.mat", values)
    return folder


def one(folder, name, value=None, **what):
    """Compare a folder with one call."""
    call = called(golden_code.calls()[name], name, value, **what)
    values = {} if value is None else {call["variable"]: value}
    [row] = golden_calls.compared_calls(written(folder / "calls", call, **values))[1]
    return row


# The list


@pytest.mark.octave
def test_the_list_is_that_of_octave():
    code = f"""
        cd('{MATLAB_SIDE / "private"}');
        calls = goldenCalls();
        disp(jsonencode(calls'));
    """
    flat = np.ravel(json.loads(octave(code)))
    listed = golden_code.calls()
    assert sorted(flat.tolist()) == sorted([*listed, *listed.values()])


def test_each_call_has_python_code_or_the_reason_why_none():
    without = {}
    for name in golden_code.calls():
        try:
            compile(golden_code.ported(name), name, "exec")
        except NotImplementedError as error:
            without[name] = str(error)
    # What is not ported needs a counterpart, or a line that says why there is none.
    assert without == golden_counterparts.NONE
    assert all(golden_counterparts.NONE.values())


def test_counterparts_are_of_calls_that_there_are():
    listed = set(golden_code.calls())
    assert golden_counterparts.CODE.keys() | golden_counterparts.NONE.keys() <= listed
    assert not golden_counterparts.CODE.keys() & golden_counterparts.NONE.keys()


@pytest.mark.octave
def test_magic_squares_are_octaves():
    sizes = [*range(3, 9), 10, 12]
    printed = octave(f"for n = [{' '.join(map(str, sizes))}], printf('%d ', magic(n)), end").split()
    ours = [golden_counterparts.magic(n).reshape(-1, order="F") for n in sizes]
    np.testing.assert_array_equal(np.concatenate(ours), [float(n) for n in printed])


# What Octave writes


@pytest.mark.octave
def test_what_octave_computes_itself_agrees(some):
    assert {row.name: row.verdict for row in golden_calls.compared_calls(some)[1]} == dict.fromkeys(
        AGREEING, EXACT
    )


@pytest.mark.octave
def test_crosscheck_says_who_compares_calls(some):
    with pytest.raises(CrosscheckError, match=r"10 calls .* scripts/golden_calls\.py"):
        crosscheck(some)


@pytest.mark.octave
def test_every_call_of_a_folder_has_a_verdict(rows):
    assert list(rows) == list(golden_code.calls())
    assert {row.verdict for row in rows.values()} <= set(VERDICTS)
    assert all(row.why for row in rows.values() if row.verdict == NOT_COMPARABLE)


@pytest.mark.octave
def test_what_differs_is_known_of_octave(rows):
    differing = {name: row.why for name, row in rows.items() if row.verdict == DIFFERS}
    assert {n: why for n, why in differing.items() if n not in OF_OCTAVE} == {}
    # An entry that agrees by now is to be struck.
    agreeing = {name for name, row in rows.items() if row.verdict in (EXACT, NUMERIC)}
    assert sorted(agreeing & OF_OCTAVE.keys()) == []


@pytest.mark.octave
def test_what_a_program_lacks_is_not_taken_for_an_answer(rows):
    assert rows["fitrtree-missing"].verdict == NOT_COMPARABLE
    assert "fitrtree" in rows["fitrtree-missing"].why
    # It fails there for want of the function, and here on purpose.
    assert rows["pooling-padding-2d"].verdict == NOT_COMPARABLE


# Planted values


def test_a_right_value_agrees_and_a_wrong_one_is_found(tmp_path):
    right = np.array([[1.0, 3, 5, 7]])
    assert one(tmp_path, "imresize-nearest", right).verdict == EXACT
    wrong = one(tmp_path, "imresize-nearest", right + np.array([0, 0, 1e-6, 0]))
    assert (wrong.verdict, wrong.why[:15]) == (DIFFERS, "first at (1,3):")
    turned = one(tmp_path, "imresize-nearest", right.T)
    assert turned.verdict == DIFFERS


def test_rounding_is_numeric(tmp_path):
    value = np.array([[1, 3, 5, 7 * (1 + 1e-15)]])
    assert one(tmp_path, "imresize-nearest", value).verdict == NUMERIC


def test_another_class_or_size_differs(tmp_path):
    right = np.array([[1.0, 3, 5, 7]])
    single = one(tmp_path, "imresize-nearest", right, **{"class": "single"})
    assert (single.verdict, single.why) == (DIFFERS, "of class single in MATLAB and double here")
    longer = one(tmp_path, "imresize-nearest", np.ones((1, 5)))
    assert (longer.verdict, longer.why) == (DIFFERS, "1×5 in MATLAB, 1×4 here")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("logical\n", EXACT), ("double\n", DIFFERS), (" logical", NUMERIC)],
)
def test_texts_are_compared(tmp_path, text, verdict):
    name = "max-logical"
    call = called(golden_code.calls()[name], name, text=text, **{"class": "char"})
    [row] = golden_calls.compared_calls(written(tmp_path / "calls", call))[1]
    assert row.verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("    {'3'      }\n    {'1234567'}\n", EXACT),
        ("    {'3'     }\n    {'123457'}\n", DIFFERS),
        ("", NOT_COMPARABLE),
    ],
)
def test_names_in_a_cell_are_read_off_their_display(tmp_path, text, verdict):
    what = {"class": "cell", "size": [2, 1], "text": text, "variable": None}
    assert one(tmp_path, "categorical-names-of-integers", **what).verdict == verdict


def test_nan_is_a_value(tmp_path):
    nan = one(tmp_path, "normalize-constant", np.full((1, 3), np.nan))
    assert nan.verdict == DIFFERS
    assert one(tmp_path, "normalize-constant", np.zeros((1, 3))).verdict == EXACT


def test_labels_are_compared(tmp_path):
    what = {"class": "categorical", "size": [3, 1], "text": "     b \n     a \n     b \n"}
    assert one(tmp_path, "scores2label-matrix", **what).verdict == EXACT
    what["text"] = "     b \n     b \n     b \n"
    assert one(tmp_path, "scores2label-matrix", **what).verdict == DIFFERS


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    one(tmp_path, "imresize-nearest", np.array([[1.0, 3, 5, 7]]))
    file = tmp_path / "calls" / "calls.mat"
    file.rename(tmp_path / "elsewhere.mat")
    file.symlink_to(tmp_path / "elsewhere.mat")
    [row] = golden_calls.compared_calls(tmp_path / "calls")[1]
    assert (row.verdict, row.why) == (
        NOT_COMPARABLE,
        "the class double agrees; there are no values",
    )


def test_errors_agree_whatever_they_say(tmp_path):
    what = {"class": None, "size": None, "error": "The padding is too large."}
    both = one(tmp_path, "pooling-padding-2d", **what)
    assert (both.verdict, both.why) == (
        EXACT,
        "an error in both; in MATLAB: The padding is too large.",
    )
    alone = one(tmp_path, "imresize-nearest", **what)
    assert alone.verdict == DIFFERS
    here = one(tmp_path, "pooling-padding-2d", np.array([[2.0, 2, 2, 2]]))
    assert here.verdict == DIFFERS


def test_regions_may_have_other_numbers(tmp_path):
    ours = np.asarray(golden_code.outcome("superpixels-more-than-pixels").value, float)
    renamed = one(tmp_path, "superpixels-more-than-pixels", 100 - ours)
    assert renamed.verdict == NUMERIC
    moved = one(tmp_path, "superpixels-more-than-pixels", np.roll(ours, 1, axis=0))
    assert moved.verdict == DIFFERS


# Foreign folders


def test_code_of_a_folder_is_never_run(tmp_path):
    marker = tmp_path / "marker"
    foreign = f"open({str(marker)!r}, 'w'); r = fopen('{marker}', 'w');"
    calls = [
        called(foreign, "imresize-nearest", np.ones((1, 4))),
        called(foreign, "a-call-of-its-own", np.ones((1, 4))),
    ]
    folder = written(tmp_path / "calls", *calls, imresize_nearest=np.ones((1, 4)))
    rows = golden_calls.compared_calls(folder)[1]
    assert [(row.verdict, row.why) for row in rows] == [
        (NOT_COMPARABLE, "another version of the call"),
        (NOT_COMPARABLE, "goldenCalls.m has no such call"),
    ]
    assert not marker.exists()


@pytest.mark.parametrize(
    "call",
    [
        7,
        None,
        [],
        {},
        {"id": 3},
        {"id": "imresize-nearest", "code": 3},
        {"size": "many"},
        {"size": [None, "x", 1e300, -1]},
        {"size": {}},
        {"size": [float("inf")], "class": "cell"},
        {"variable": 3},
        {"variable": "no_such", "class": "cell"},
        {"variable": "__globals__"},
        {"class": []},
        {"text": 5, "error": 5},
    ],
)
def test_damaged_calls_do_not_stop_the_others(tmp_path, call):
    code = golden_code.calls()["imresize-nearest"]
    if isinstance(call, dict) and "id" not in call and call:
        call = called(code, "imresize-nearest", np.ones((1, 4))) | call
    text = called(golden_code.calls()["max-logical"], "max-logical", "logical")
    rows = golden_calls.compared_calls(written(tmp_path / "calls", call, text))[1]
    found = {row.name: row.verdict for row in rows}
    assert found.pop("max-logical") == EXACT
    assert set(found.values()) <= {DIFFERS, NOT_COMPARABLE}


# The script


def test_the_script_prints_a_table_and_its_status(tmp_path, capsys):
    right, wrong = np.array([[1.0, 3, 5, 7]]), np.array([[1.0, 3, 5, 8]])
    one(tmp_path, "imresize-nearest", right)
    assert golden_calls.main([str(tmp_path / "calls")]) == 0
    assert "1 calls: 1 exact." in capsys.readouterr().out
    one(tmp_path, "imresize-nearest", wrong)
    assert golden_calls.main([str(tmp_path / "calls")]) == 1
    assert "imresize-nearest  differs" in capsys.readouterr().out


def test_the_script_says_where_there_is_nothing(tmp_path, capsys):
    assert golden_calls.main([str(tmp_path / "nowhere")]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert golden_calls.main([str(written(tmp_path / "calls"))]) == 2
    assert capsys.readouterr().err == "There are no calls to compare.\n"


def test_the_ledger_takes_the_verdicts(tmp_path):
    one(tmp_path, "imresize-nearest", np.array([[1.0, 3, 5, 7]]))
    assert fidelity.settled(tmp_path) == {"imresize-nearest": "exact (MATLAB R2099b)"}
