"""Files that are written whole or not at all."""

import pytest

from matxai.files import write_whole


def test_a_file_and_its_folder_are_made(tmp_path):
    path = tmp_path / "new" / "file.bin"
    write_whole(path, lambda file: file.write(b"content"))
    assert path.read_bytes() == b"content"


def test_a_failure_leaves_the_earlier_file_and_nothing_else(tmp_path):
    path = tmp_path / "file.bin"
    write_whole(path, lambda file: file.write(b"earlier"))

    def fail(file):
        file.write(b"half of")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write_whole(path, fail)
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]
