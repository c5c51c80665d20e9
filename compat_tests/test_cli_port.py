"""``matxai port``, as a person uses it."""

import json
import subprocess
import sys

import pytest

from matxai.cli import main

SCRIPT = "% Half of it\nx = [3 1 2];\ny = halved(x);\nfprintf('%g\\n', y(1))\n"
FUNCTION = "function y = halved(x)\n% Halves a vector.\ny = x/2;\nend\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "show.m").write_text(SCRIPT)
    (tmp_path / "halved.m").write_text(FUNCTION)
    return tmp_path


def run(file):
    return subprocess.run(
        [sys.executable, str(file)], capture_output=True, text=True, check=True, cwd=file.parent
    ).stdout


def test_a_folder_is_ported_and_runs(folder, capsys):
    assert main(["port", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "2 of 2 files ported whole" in said
    assert "as well" not in said
    code = (folder / "show.py").read_text()
    assert "from halved import halved" in code
    assert "# Half of it" in code
    assert run(folder / "show.py") == "1.5\n"


def test_a_file_is_ported_and_says_what_else_it_needs(folder, capsys):
    assert main(["port", str(folder / "show.m")]) == 0
    assert "port halved.m as well" in capsys.readouterr().out
    assert not (folder / "halved.py").exists()


def test_what_is_left_is_told_by_the_exit_status(tmp_path, capsys):
    file = tmp_path / "some.m"
    file.write_text("x = 1;\ny = noSuchFunction(x);\n")
    assert main(["port", str(file)]) == 1
    said = capsys.readouterr().out
    assert "line 2 left" in said
    assert "Not in matxai: noSuchFunction." in said
    assert "NotImplementedError" in (tmp_path / "some.py").read_text()


def test_check_writes_nothing(folder, capsys):
    assert main(["port", "--check", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["halved.m", "show.m"]
    assert ".py" not in capsys.readouterr().out


def test_json(folder, capsys):
    assert main(["port", str(folder), "--json", str(folder / "said.json")]) == 0
    data = json.loads((folder / "said.json").read_text())
    assert data["summary"]["complete"] == 2
    capsys.readouterr()
    assert main(["port", str(folder), "--check", "--json", "-"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [file["written"] for file in printed["files"]] == [False, False]


def test_out_is_a_file_or_a_folder(folder, tmp_path):
    assert main(["port", str(folder / "halved.m"), "-o", str(tmp_path / "new" / "other.py")]) == 0
    assert "def halved" in (tmp_path / "new" / "other.py").read_text()
    (folder / "inner").mkdir()
    (folder / "inner" / "deep.m").write_text("x = 1;\n")
    out = tmp_path / "out"
    assert main(["port", str(folder), "--out", str(out)]) == 0
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.py"))
    assert found == ["halved.py", "inner/deep.py", "show.py"]
    assert main(["port", str(folder / "halved.m"), "-o", str(out)]) == 0


def test_an_edited_file_is_not_overwritten(folder, capsys):
    target = folder / "halved.py"
    given = ["port", str(folder / "halved.m")]
    assert main(given) == 0
    first = target.read_text()
    assert main(given) == 0
    target.write_text(first.replace("Halves", "Really halves"))
    assert main(given) == 2
    assert "--force" in capsys.readouterr().err
    assert "Really" in target.read_text()
    assert main([*given, "--force"]) == 0
    assert target.read_text() == first


def test_a_file_of_others_is_not_overwritten(folder):
    (folder / "show.py").write_text("print(1)\n")
    assert main(["port", str(folder)]) == 2
    assert not (folder / "halved.py").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.m", None, "no file"),
        ("net.m", b"\x00\x01\x02\x00", "no MATLAB program"),
        ("copy.m", b"x = 1;", "hide"),
        ("script.mlx", b"x = 1;", "no live script"),
    ],
)
def test_wrong_input_is_one_message(tmp_path, capsys, name, content, message):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert main(["port", str(file)]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_an_empty_folder_is_wrong_input(tmp_path, capsys):
    assert main(["port", str(tmp_path)]) == 2
    assert "no .m or .mlx file" in capsys.readouterr().err


def test_a_bad_file_in_a_folder_does_not_stop_the_others(folder, capsys):
    (folder / "net.m").write_bytes(b"\x00\x01")
    (folder / "halved.mlx").write_bytes(b"no live script")
    assert main(["port", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "not ported" in said
    assert "2 of 4 files ported whole" in said
    assert (folder / "show.py").exists()


def test_a_mistake_in_the_porter_is_one_message(folder, capsys, monkeypatch):
    def port(text, **_):
        raise KeyError("x")

    monkeypatch.setattr("matxai.port.porting.port", port)
    assert main(["port", str(folder / "show.m")]) == 2
    assert "itself fails" in capsys.readouterr().err
    assert main(["port", str(folder)]) == 1


def test_help_reads_nothing_heavy():
    code = "import sys, matxai.cli; print('tree_sitter' in sys.modules, 'numpy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]
