"""``matxai crosscheck``, as a person uses it."""

import json

import numpy as np
import pytest
from reference_folders import ReferenceFolder

from matxai.cli import main
from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, Result, Row
from matxai.crosscheck.writing import as_json, as_table, summary


@pytest.fixture
def folder(tmp_path):
    made = ReferenceFolder(tmp_path / "out")
    made.add_occlusion()
    return made


def test_nothing_differs_is_status_0_and_one_sentence(folder, capsys):
    assert main(["crosscheck", str(folder.write())]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Nothing differs: all ")
    assert "MATLAB R2023a agree" in out
    assert "occlusionSensitivity-1  numeric" in out
    assert "coarse map ..." in err
    lines = out.splitlines()
    head = next(line for line in lines if "verdict" in line)
    column = head.index("verdict")
    verdicts = [line[column:].split()[0] for line in lines if line.startswith("scores ")]
    assert set(verdicts) <= {"exact", "numeric"}


def test_a_difference_is_status_1_and_its_cause_is_told(folder, capsys):
    maps = folder.files["occlusionSensitivity-1.mat"]
    maps["scoreMap"] = maps["scoreMap"].T
    assert main(["crosscheck", str(folder.write()), "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("2 of ")
    assert "differ, because of: upsampling." in out
    assert "transposed" in out
    assert err == ""


def test_nothing_to_compare_is_status_2_and_one_line(tmp_path, capsys):
    assert main(["crosscheck", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("matxai crosscheck: ")
    assert "no manifest.json" in err
    assert err.count("\n") == 1


def test_json_has_all_numbers_and_no_nan(folder, tmp_path, capsys):
    folder.files["occlusionSensitivity-1.mat"]["coarse"][0, 0] = np.nan
    folder.manifest["network"]["seconds"] = float("nan")
    file = tmp_path / "deep" / "out.json"
    assert main(["crosscheck", str(folder.write()), "--quiet", "--json", str(file)]) == 1
    assert f"Wrote {file}." in capsys.readouterr().out
    found = json.loads(file.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert (found["format"], found["version"], found["status"]) == ("matxai-crosscheck", 1, 1)
    (row,) = [row for row in found["rows"] if row["what"] == "coarse map"]
    assert (row["verdict"], row["place"]) == ("differs", [1, 1])
    assert found["environment"]["release"] == "R2023a"
    assert found["runs"]["occlusionSensitivity-1"]["method"] == "occlusionSensitivity"


def test_the_page_is_written(folder, tmp_path, capsys):
    file = tmp_path / "out.html"
    assert main(["crosscheck", str(folder.write()), "--quiet", "--html", str(file)]) == 0
    assert file.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert f"Wrote {file}." in capsys.readouterr().out


def result(*rows, **more):
    return Result(rows, (), more.pop("environment", {}), {"matxai": "0"}, **more)


def test_summaries():
    exact, wrong = Row("s", "a", EXACT, 0.0, 0.0, 0.0), Row("s", "b", DIFFERS, 1.0, 1.0, 1.0, 0)
    missing = Row("s", "c", NOT_COMPARABLE, why="gone")
    agree = "Nothing differs: all 1 comparisons with MATLAB agree (1 exact)."
    assert summary(result(exact)) == agree
    assert summary(result(exact, missing)) == f"{agree} 1 could not be compared."
    assert "1 of 2 comparisons with MATLAB differ; no cause was found." in summary(
        result(exact, wrong)
    )
    other = {"program": "Octave stand-ins"}
    assert "with Octave stand-ins" in summary(result(exact, environment=other))
    assert result(exact, missing).status == 0
    assert result(exact, wrong).status == 1
    assert as_json(result(missing))["rows"][0]["largest"] is None
    assert "gone" in as_table(result(missing))
