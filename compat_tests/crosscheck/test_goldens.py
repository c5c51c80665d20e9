"""makeGoldens.m runs, and goldens.csv says for each chosen behaviour what settles it."""

import csv
import json
import re
from collections import Counter

import numpy as np
import pytest
import scipy.io
import tree_sitter
import tree_sitter_matlab
from octave_matlab_side import MATLAB_SIDE, STAND_INS, octave

TABLE = MATLAB_SIDE / "goldens.csv"
SOURCES = sorted(MATLAB_SIDE.rglob("*.m"))
DOUBLES = sorted(STAND_INS.rglob("*.m"))


@pytest.fixture(scope="module")
def table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def named():
    """List the ids of all goldens, as makeGoldens would write them."""
    code = f"""
        cd('{MATLAB_SIDE / "private"}');
        sets = goldenSets();
        for k = 1:numel(sets)
            for n = 1:numel(sets{{k}}.runs)
                disp(sets{{k}}.runs{{n}}.id);
            end
        end
        calls = goldenCalls();
        for k = 1:size(calls, 1)
            disp(calls{{k, 1}});
        end
    """
    return octave(code).split()


@pytest.fixture(scope="module")
def goldens(tmp_path_factory):
    folder = tmp_path_factory.mktemp("goldens")
    octave(f"makeGoldens('{folder}', {{'tiny', 'drise', 'gradcam-prelu', 'calls'}});")
    return folder


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_each_line_names_a_row_of_the_page_and_why(table):
    """test_fidelity holds the other direction: each chosen row has a line."""
    page = (MATLAB_SIDE.parents[1] / "docs" / "fidelity.md").read_text(encoding="utf-8")
    assert sorted({row["test"] for row in table if f"`{row['test']}`" not in page}) == []
    assert all(row["settles"].strip() for row in table)


@pytest.mark.octave
def test_each_golden_settles_something_and_each_line_names_a_golden(table, named):
    assert {row["golden"] for row in table} - {"-"} == set(named)


@pytest.mark.octave
def test_names_of_goldens_are_stable_ids(named):
    assert len(named) > 150
    assert [name for name, count in Counter(named).items() if count > 1] == []
    # MATLAB's names of variables have up to 63 characters.
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{2,62}", name) for name in named)


@pytest.mark.octave
def test_a_golden_holds_the_images_that_the_network_was_given(goldens):
    run = manifest_of(goldens / "tiny")["runs"][0]
    assert run["id"] == "occlusion-tiny"
    assert run["stages"].keys() == {"inputs_1", "coarse"}
    arrays = scipy.io.loadmat(goldens / "tiny" / run["file"])
    image = scipy.io.loadmat(goldens / "tiny" / "image.mat")["image"].astype(float)
    # Whole passes first, then one pixel hidden after the other, down the columns of the map.
    seen = arrays["inputs_1"]
    assert seen.shape == (4, 3, 3, 13)
    np.testing.assert_array_equal(seen[..., 0], image)
    hidden = (seen != image[..., None]).any(axis=2).sum(axis=(0, 1))
    np.testing.assert_array_equal(hidden, [0] + [1] * 12)
    assert arrays["coarse"].shape == (4, 3)


@pytest.mark.octave
def test_detectors_are_recorded_and_have_no_network_file(goldens):
    manifest = manifest_of(goldens / "drise")
    assert manifest["network"]["class"] == "function_handle"
    assert manifest["network"]["onnx"] is None
    runs = {run["id"]: run for run in manifest["runs"]}
    arrays = scipy.io.loadmat(goldens / "drise" / runs["drise-masks"]["file"])
    assert arrays["inputs_1"].shape == (32, 24, 3, 41)
    assert runs["drise-given-boxes"]["options"]["bboxIn"] == [[6, 8, 12, 12], [1, 1, 3, 3]]


@pytest.mark.octave
def test_a_set_that_cannot_be_built_says_why(goldens):
    manifest = manifest_of(goldens / "gradcam-prelu")
    assert manifest["runs"] == []
    assert manifest["skipped"][0]["what"] == "gradcam-prelu"
    assert "preluLayer" in manifest["skipped"][0]["why"]


@pytest.mark.octave
def test_calls_are_evaluated_one_by_one(goldens):
    manifest = manifest_of(goldens / "calls")
    calls = {call["id"]: call for call in manifest["calls"]}
    values = scipy.io.loadmat(goldens / "calls" / "calls.mat")
    assert (manifest["network"], manifest["runs"]) == (None, [])
    squeezed = calls["squeeze-size"]
    assert (squeezed["class"], squeezed["size"], squeezed["error"]) == ("double", [1, 2], None)
    np.testing.assert_array_equal(values[squeezed["variable"]], [[4, 1]])
    assert squeezed["text"].split() == ["4", "1"]
    ordered = calls["layers-order"]
    assert (ordered["class"], ordered["variable"]) == ("cell", None)
    missing = calls["fitrtree-missing"]
    assert (missing["variable"], missing["class"]) == (None, None)
    assert "fitrtree" in missing["error"]


@pytest.mark.octave
@pytest.mark.slow
def test_all_goldens_are_written(tmp_path, named):
    octave(f"makeGoldens('{tmp_path}');")
    written = set()
    for folder in tmp_path.iterdir():
        manifest = manifest_of(folder)
        written |= {each["id"] for each in [*manifest["runs"], *manifest["calls"]]}
    # What has no stand-in is a set that cannot be built.
    assert set(named) - written == {"gradcam-prelu-default"}


@pytest.mark.octave
def test_rectifiers_hand_back_what_is_positive():
    code = """
        dLdZ = [-1 2 3];
        X = [1 1 -1];
        guided = matxaiRectifier('r', 'guided-backprop');
        zeiler = matxaiRectifier('r', 'zeiler-fergus');
        disp([guided.predict(X); guided.backward(X, max(X, 0), dLdZ, []);
            zeiler.backward(X, max(X, 0), dLdZ, [])]);
    """
    assert [float(n) for n in octave(code).split()] == [1, 1, 0, 0, 2, 0, 0, 2, 3]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_sources_are_matlab_not_octave(path):
    source = path.read_bytes()
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_matlab.language()))
    assert not parser.parse(source).root_node.has_error
    text = source.decode("ascii")
    if path.stem != "goldenCalls":
        # What only Octave has, and what MATLAB has only since R2021a or Octave has not.
        code = re.sub(r"'[^'\n]*'|%.*", "", text)
        assert not re.search(r"\+=|-=|\+\+|\bendif\b|\bprintf\b|!|#|\barguments\b|\"", code)
        assert not re.search(r"\(.*\b[A-Z]\w+=\w", code)
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("path", DOUBLES, ids=lambda path: path.stem)
def test_stand_ins_say_that_they_are_none_of_matlabs(path):
    if path.parent.name != "private":
        assert "Test double: st" in path.read_text(encoding="utf-8")
