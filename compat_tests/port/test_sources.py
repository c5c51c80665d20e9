import contextlib
import io
import zipfile

import hypothesis.strategies as st
import pytest
from hypothesis import given

from matxai.port.errors import PortError
from matxai.port.parsing import parse
from matxai.port.sources import decoded, read_source

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "% Größe\nx = 'é';\n"


def live(*paragraphs, name="matlab/document.xml", before=""):
    """Write a live script: paragraphs are (style, text)."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"<w:r><w:t><![CDATA[{text}]]></w:t></w:r></w:p>"
        for style, text in paragraphs
    )
    document = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, document)
    return file.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_ends_of_lines(encoding, ends, tmp_path):
    file = tmp_path / "script.m"
    file.write_bytes(TEXT.replace("\n", ends).encode(encoding))
    assert read_source(file) == TEXT


@given(st.text("abc%='é\n", min_size=1))
def test_utf_8_and_utf_16_are_told_apart(text):
    assert decoded(text.encode("utf-8")) == text
    assert decoded(("x = 1;" + text).encode("utf-16-le")) == "x = 1;" + text


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data):
    with contextlib.suppress(PortError):
        assert isinstance(decoded(data), str)


def test_a_live_script_is_code_and_comments(tmp_path):
    file = tmp_path / "script.mlx"
    file.write_bytes(
        live(("title", "A dog"), ("text", "What does\nthe network see?"), ("code", "x = 1;\nif x"),
             ("code", "  y\nend"), ("text", ""), ("heading", "Map"), ("code", "z = [1 < 2];"))
    )  # fmt: skip
    assert read_source(file) == (
        "%% A dog\n% What does\n% the network see?\n\nx = 1;\nif x\n  y\nend\n\n%% Map\n\n"
        "z = [1 < 2];\n"
    )
    assert len(parse(read_source(file)).body) == 9


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no zip", "no live script"),
        (live(("code", "x"), name="other.xml"), "no live script"),
        (live(("code", "x"))[:-30], "no live script"),
        (live(("code", "x"), before='<!DOCTYPE x [<!ENTITY a "b">]>'), "entities"),
        (live(("code", "x]]>")), "no live script"),
    ],
)
def test_what_is_no_live_script_is_refused(data, message, tmp_path):
    file = tmp_path / "script.mlx"
    file.write_bytes(data)
    with pytest.raises(PortError, match=message):
        read_source(file)


def test_sizes_are_limited_before_anything_is_read(tmp_path):
    file = tmp_path / "large.m"
    with file.open("wb") as stream:
        stream.truncate(20_000_001)
    with pytest.raises(PortError, match="larger than 20 MB"):
        read_source(file)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("matlab/document.xml", b" " * 50_000_001)
    bomb = tmp_path / "bomb.mlx"
    bomb.write_bytes(packed.getvalue())
    with pytest.raises(PortError, match="larger than 50 MB"):
        read_source(bomb)


def test_a_binary_file_is_refused_by_its_name(tmp_path):
    file = tmp_path / "net.m"
    file.write_bytes(b"MATLAB 5.0 MAT-file\x00\x01\x00IM" * 20)
    with pytest.raises(PortError, match=r"net\.m.*binary"):
        read_source(file)
    with pytest.raises(FileNotFoundError, match=r"none\.m"):
        read_source(tmp_path / "none.m")
