"""tempdir and tempname."""

import os
import tempfile

import pytest
from octave import needs_octave
from octave_texts import octave_text

from matxai import fileparts, filesep, fullfile, tempdir, tempname


@needs_octave
@pytest.mark.skipif(os.name != "posix", reason="Octave's own folder is asked for")
def test_the_folder_is_octaves():
    theirs = octave_text("tempdir")
    if os.path.samefile(theirs, tempfile.gettempdir()):
        assert fullfile(tempdir(), "x") == fullfile(theirs, "x")


@pytest.mark.tier("documented")
def test_paths_can_be_put_together(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert tempdir() == str(tmp_path) + filesep()
    folder, name = fileparts(tempname(), nargout=2)
    assert folder == str(tmp_path)
    assert name.startswith("tp")
    assert name.isidentifier()
    assert fileparts(tempname("maps")) == "maps"
    assert len({tempname() for _ in range(20)}) == 20
    assert os.listdir(tmp_path) == []


def test_bad_input():
    with pytest.raises(TypeError, match="tempname: folder must be a text, but is 5"):
        tempname(5)
