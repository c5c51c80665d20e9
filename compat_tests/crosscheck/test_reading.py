"""Folders that are incomplete, damaged, foreign or hostile: said plainly, and the rest compared."""

import json
import os

import numpy as np
import pytest
import reference_folders as ref
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from reference_folders import ReferenceFolder

from matxai import save
from matxai.crosscheck.comparing import CrosscheckError, crosscheck
from matxai.crosscheck.reading import read_folder
from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, NUMERIC, VERDICTS


@pytest.fixture
def folder(tmp_path):
    made = ReferenceFolder(tmp_path / "out")
    made.add_occlusion()
    return made


def checked(folder):
    return crosscheck(folder.write(), reruns=2)


def verdicts(result, stage):
    return {row.what: row.verdict for row in result.rows if row.stage == stage}


def said(result, words):
    return any(words in note for note in result.notes)


def test_a_whole_folder_gives_no_notes(folder):
    result = checked(folder)
    assert result.notes == ()
    assert result.status == 0
    assert result.classes == tuple(ref.CLASSES)
    np.testing.assert_array_equal(result.image, folder.image)
    assert result.environment["release"] == "R2023a"
    assert result.runs["occlusionSensitivity-1"]["labels"] == ["pear"]


def test_the_manifest_itself_can_be_named(folder):
    path = folder.write()
    assert read_folder(path / "manifest.json").path == path


# What cannot be compared at all


def test_no_folder(tmp_path):
    with pytest.raises(CrosscheckError, match=r"there is no folder '.*nowhere'"):
        crosscheck(tmp_path / "nowhere")


def test_no_manifest(tmp_path):
    with pytest.raises(CrosscheckError, match=r"has no manifest.json.*matxaiReference"):
        crosscheck(tmp_path)


@pytest.mark.parametrize("text", ["", "{", '{"format": NaN', "[" * 100_000, "\x00\xff"])
def test_a_damaged_manifest(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(CrosscheckError, match=r"manifest.json' cannot be read"):
        crosscheck(tmp_path)


@pytest.mark.parametrize("value", [[], 3, {}, {"format": "other"}, {"format": None}])
def test_a_manifest_of_something_else(tmp_path, value):
    (tmp_path / "manifest.json").write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(CrosscheckError, match="must say that its format is 'matxai-reference'"):
        crosscheck(tmp_path)


def test_a_manifest_that_lists_nothing(tmp_path):
    manifest = {"format": "matxai-reference", "version": 1}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CrosscheckError, match="nothing to compare"):
        crosscheck(tmp_path)


@pytest.mark.parametrize("reruns", [1, 0, True, 2.0, "5"])
def test_reruns_must_be_two_or_more(folder, reruns):
    with pytest.raises(ValueError, match="reruns must be an integer of 2 or more"):
        crosscheck(folder.write(), reruns=reruns)


# What is said, while the rest is compared


@pytest.mark.parametrize("version", [2, 99, "1", None, True, 1.5])
def test_another_version_is_said_and_what_is_understood_is_compared(folder, version):
    folder.manifest["version"] = version
    folder.manifest["something new"] = {"that": ["nobody", "knows"]}
    result = checked(folder)
    assert said(result, "this matxai knows version 1")
    assert set(verdicts(result, "occlusionSensitivity").values()) <= {EXACT, NUMERIC}


@pytest.mark.parametrize("name", ["scores.mat", "classes.txt", "occlusionSensitivity-1.mat"])
def test_a_missing_file_is_said(folder, name):
    folder.write()
    (folder.path / name).unlink()
    result = crosscheck(folder.path, reruns=2)
    assert said(result, f"{name}, ")
    assert said(result, "is missing")
    assert result.status == 0
    if name.startswith("occlusion"):
        assert list(verdicts(result, "occlusionSensitivity").values()) == [NOT_COMPARABLE]
    else:
        assert verdicts(result, "occlusionSensitivity")["scoreMap, end to end"] == NUMERIC


def test_without_the_network_what_needs_none_is_compared(folder):
    folder.add_lime()
    folder.add_probes()
    folder.write()
    (folder.path / "network.onnx").unlink()
    result = crosscheck(folder.path, reruns=2)
    assert said(result, "network.onnx, the network as ONNX, is missing")
    assert said(result, "There is no network")
    assert list(verdicts(result, "occlusionSensitivity").values()) == [EXACT]
    assert verdicts(result, "imageLIME")["featureMap"] == EXACT
    assert EXACT in verdicts(result, "rand").values()
    assert result.status == 0


@pytest.mark.parametrize("image", [None, "empty"])
def test_without_the_image_what_needs_none_is_compared(folder, image):
    folder.add_lime()
    if image is None:
        folder.manifest["image"] = None
    else:
        folder.files["image.mat"]["image"] = np.zeros((0, 0))
    result = checked(folder)
    assert said(result, "There is no image")
    found = verdicts(result, "imageLIME")
    assert found["featureMap"] == NOT_COMPARABLE
    assert found["scoreMap, painted from MATLAB's featureMap and featureImportance"] == EXACT
    assert EXACT in verdicts(result, "occlusionSensitivity").values()


def test_a_damaged_network_is_said(folder):
    folder.write()
    (folder.path / "network.onnx").write_bytes(b"no network at all")
    result = crosscheck(folder.path, reruns=2)
    assert said(result, "network.onnx cannot be loaded")


@pytest.mark.parametrize("content", [b"", b"MATLAB 5.0 MAT-file, but no more", os.urandom(999)])
def test_a_damaged_mat_file_is_said(folder, content):
    folder.write()
    (folder.path / "occlusionSensitivity-1.mat").write_bytes(content)
    result = crosscheck(folder.path, reruns=2)
    assert said(result, "occlusionSensitivity-1.mat")
    assert verdicts(result, "occlusionSensitivity") == {"occlusionSensitivity-1": NOT_COMPARABLE}
    assert "scores" in {row.stage for row in result.rows}


def test_foreign_variables_are_left_out_and_the_others_compared(folder):
    maps = dict(folder.files["occlusionSensitivity-1.mat"])
    folder.write()
    foreign = {"text": "words", "cells": [1, "two"], "complex": np.array([1j, 2])}
    save(str(folder.path / "occlusionSensitivity-1.mat"), maps | foreign)
    result = crosscheck(folder.path, reruns=2)
    assert said(result, "text, cells, complex is no plain numeric array")
    assert verdicts(result, "occlusionSensitivity")["scoreMap, end to end"] == NUMERIC


HOSTILE = [
    "../secret.mat", "..\\secret.mat", "/etc/passwd", "sub/file.mat", ".hidden", "", "a\nb.mat",
    "C:secret.mat", "x" * 500, 7, ["image.mat"], {"a": 1}, "..", "name with blanks.mat", "ä.mat",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("part", ["scores", "run", "network"])
def test_file_names_that_lead_elsewhere_are_refused(folder, name, part):
    folder.write()
    (folder.path.parent / "secret.mat").write_bytes(
        (folder.path / "occlusionSensitivity-1.mat").read_bytes()
    )
    if part == "scores":
        folder.manifest["scores"]["file"] = name
    elif part == "run":
        folder.manifest["runs"][0]["file"] = name
    else:
        folder.manifest["network"]["mat"] = name
    (folder.path / "manifest.json").write_text(json.dumps(folder.manifest), encoding="utf-8")
    read = read_folder(folder.path)
    assert any("is refused" in note for note in read.notes) or name == ""
    assert not (read.scores if part == "scores" else read.runs[0].arrays if part == "run" else None)
    assert read.mat is None


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path):
    folder.write()
    file = folder.path / "scores.mat"
    file.rename(tmp_path / "elsewhere.mat")
    file.symlink_to(tmp_path / "elsewhere.mat")
    read = read_folder(folder.path)
    assert read.scores == {}
    assert any("link out of the folder" in note for note in read.notes)


@pytest.mark.parametrize("bad", ["../x", "a b", "", None, 3, "<script>", "x" * 99])
def test_ids_that_are_none_are_replaced(folder, bad):
    folder.manifest["runs"][0]["id"] = bad
    result = checked(folder)
    assert said(result, "here it is run-1")
    assert list(result.runs) == ["run-1"]


def test_what_matlab_left_out_and_what_failed_there_is_said(folder):
    folder.manifest["skipped"] = {"what": "superpixels probes", "why": "no toolbox"}
    folder.add("gradCAM", {}, error="Unable to differentiate.", file=None)
    folder.add("imageSHAP", {"scoreMap": np.ones((2, 2))})
    folder.add("gradCAM", {"scoreMap": np.ones((2, 2))}, channel=[])
    result = checked(folder)
    assert said(result, "MATLAB left out superpixels probes: no toolbox")
    whys = {row.run: row.why for row in result.rows if row.verdict == NOT_COMPARABLE}
    assert whys["gradCAM-2"] == "MATLAB said: Unable to differentiate."
    assert "'imageSHAP' is not known" in whys["imageSHAP-3"]
    assert whys["gradCAM-4"] == "it has no channel"


def test_one_element_without_its_brackets_is_a_list(folder):
    """As jsonencode writes a struct array or cell array of one."""
    folder.manifest["runs"] = folder.manifest["runs"][0]
    folder.manifest["runs"]["outputs"] = "scoreMap"
    assert verdicts(checked(folder), "occlusionSensitivity")["scoreMap, end to end"] == NUMERIC


def test_large_options_are_read_from_the_file(folder):
    arrays = folder.add_lime()
    arrays["option_Segmentation"] = np.kron(np.arange(4.0).reshape(2, 2), np.ones((8, 8)))
    options = folder.manifest["runs"][-1]["options"]
    options["Segmentation"] = {"variable": "option_Segmentation"}
    run = read_folder(folder.write()).runs[-1]
    np.testing.assert_array_equal(run.options["Segmentation"], arrays["option_Segmentation"])


def test_maps_of_nan_are_said_and_the_other_stages_compared(folder):
    maps = folder.files["occlusionSensitivity-1.mat"]
    maps["scoreMap"] = np.full((16, 16), np.nan)
    result = checked(folder)
    found = verdicts(result, "occlusionSensitivity")
    assert found["coarse map"] == NUMERIC
    assert found["scoreMap, end to end"] == NOT_COMPARABLE
    assert result.status == 0


def test_some_nan_in_a_map_is_a_difference_with_its_place(folder):
    maps = folder.files["occlusionSensitivity-1.mat"]
    maps["coarse"][2, 1] = np.nan
    result = checked(folder)
    (row,) = [r for r in result.rows if r.what == "coarse map"]
    assert (row.verdict, row.place) == (DIFFERS, (3, 2))
    assert "NaN or Inf at 1 of 64 places in MATLAB and at 0 here" in row.why
    assert "where both are finite, they differ by at most" in row.why
    assert result.status == 1


@pytest.mark.parametrize("kind", ["imageLIME", "gradCAM", "gradientAttribution", "activations"])
def test_nan_in_other_outputs_spoils_only_these(folder, kind):
    folder.add_lime()
    folder.add_gradcam()
    folder.add_gradient()
    folder.add_activations()
    run = next(r for r in folder.manifest["runs"] if r["method"] == kind)
    arrays = folder.files[run["file"]]
    for name in arrays:
        arrays[name] = np.full(arrays[name].shape, np.nan)
    result = checked(folder)
    for row in result.rows:
        if row.stage == kind:
            expected = {NOT_COMPARABLE, EXACT} | ({DIFFERS} if row.kind == "regions" else set())
            assert row.verdict in expected, row
        else:
            assert row.verdict != DIFFERS


def test_another_size_of_a_map_is_said(folder):
    maps = folder.files["occlusionSensitivity-1.mat"]
    maps["coarse"] = maps["coarse"][:6]
    (row,) = [r for r in checked(folder).rows if r.what == "coarse map"]
    assert row.verdict == DIFFERS
    assert row.why == "the size is 6×8 in MATLAB and 8×8 here"


def test_an_image_of_another_size_than_the_network_takes_is_said(folder):
    folder.files["image.mat"] = {"image": ref.smooth_image((9, 7, 3))}
    folder.add_probes().pop("mean_image")
    result = checked(folder)
    assert said(result, "The image is 9×7×3, but the network takes 16×16×3.")
    rows = [row for row in result.rows if row.stage == "scores"]
    assert {row.verdict for row in rows} == {NOT_COMPARABLE}
    assert all("16×16" in row.why for row in rows)


def test_class_names_that_do_not_fit_are_said(folder):
    folder.texts["classes.txt"] = "\n".join(["none", *ref.CLASSES])
    result = checked(folder)
    assert said(result, "There are 6 class names for 5 scores.")
    assert said(result, "channel 2 is 'pear' in MATLAB, but class 2 of the folder is 'apple'")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
def test_no_manifest_brings_the_reader_down(tmp_path_factory, data):
    """Any part of a manifest may be anything."""
    folder = ReferenceFolder(tmp_path_factory.mktemp("out"))
    folder.add_occlusion()
    run = folder.manifest["runs"][0]
    places = [(folder.manifest, k) for k in folder.manifest if k not in ("format", "runs")]
    places += [(run, key) for key in run] + [(folder.manifest["network"], "onnx")]
    for _ in range(data.draw(st.integers(1, 4))):
        part, key = data.draw(st.sampled_from(places))
        part[key] = data.draw(json_values)
    read = read_folder(folder.write())
    assert all(isinstance(note, str) and note for note in read.notes)
    try:
        crosscheck(folder.path, reruns=2)
    except CrosscheckError:
        assert not read.scores or read.onnx is None or read.image is None


shapes = hnp.array_shapes(min_dims=1, max_dims=4, max_side=6) | st.sampled_from(
    [(0, 0), (1, 1), (16, 16), (16, 16, 3), (8, 8), (1, 16), (8, 8, 2)]
)
strange = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.uint8, np.int16, bool]), shapes,
    elements=None,
)  # fmt: skip


@pytest.mark.slow
@given(st.data())
def test_no_array_and_no_option_brings_the_comparison_down(tmp_path_factory, data):
    """Any array of a folder may be any other, and any option anything."""
    folder = ReferenceFolder(tmp_path_factory.mktemp("out")).add_all()
    folder.files["imageLIME-5.mat"]["inputs_1"] = np.zeros((16, 16, 3, 2))
    for _ in range(data.draw(st.integers(1, 3))):
        arrays = folder.files[data.draw(st.sampled_from(sorted(folder.files)))]
        arrays[data.draw(st.sampled_from(sorted(arrays)))] = data.draw(strange)
    run = data.draw(st.sampled_from(folder.manifest["runs"]))
    if data.draw(st.booleans()):
        names = ["MaskSize", "Stride", "OutputUpsampling", "Segmentation", "NumFeatures", "layer"]
        run["options"][data.draw(st.sampled_from(names))] = data.draw(json_values)
    if run["method"] == "imageLIME":
        run["options"]["NumSamples"] = 20
    result = checked(folder)
    assert {row.verdict for row in result.rows} <= set(VERDICTS)
