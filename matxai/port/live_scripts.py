"""Live scripts, ``.mlx``, as plain scripts: text in them becomes comments."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

from .errors import PortError

__all__ = ["live_text"]

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADINGS = frozenset({"title", "heading", "heading1", "heading2", "heading3"})


def live_text(document: bytes, path: str) -> str:
    """Write the document of a live script as a script.

    Parameters
    ----------
    document : bytes
        Its ``matlab/document.xml``.
    path : str
        The file, for messages.

    Returns
    -------
    str
        The code; a heading is a ``%%`` line, other text is comments, equations in LaTeX. Pictures
        and results are left out.

    Raises
    ------
    PortError
        The document is not what live scripts have.
    """
    if b"<!DOCTYPE" in document or b"<!ENTITY" in document:
        raise PortError(f"{path!r} is no live script: its document declares entities.")
    try:
        root = ElementTree.fromstring(document)
    except ElementTree.ParseError as error:
        raise PortError(f"{path!r} is no live script: {error}.") from error
    if root.tag != f"{_WORD}document":
        raise PortError(f"{path!r} is no live script: its document is {root.tag!r}.")
    written: list[str] = []
    before = ""
    for style, text in _paragraphs(root):
        kind = "code" if style == "code" else "text"
        if written and kind != before:
            written.append("")
        written.extend(_lines(style, text))
        before = kind
    return "\n".join(written) + "\n"


def _lines(style: str, text: str) -> Iterator[str]:
    if style == "code":
        yield from text.split("\n")
    elif text.strip():
        first, *rest = text.strip().split("\n")
        yield f"%% {first}" if style in _HEADINGS else f"% {first}"
        yield from (f"% {line}".rstrip() for line in rest)


def _paragraphs(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Styles and texts of all paragraphs."""
    for element in root.iter():
        for twice in element.findall(f"{_COMPATIBILITY}Fallback"):
            element.remove(twice)
    for paragraph in root.iter(f"{_WORD}p"):
        found = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        style = "" if found is None else found.get(f"{_WORD}val", "")
        yield style.lower(), "".join(_texts(paragraph))


def _texts(paragraph: ElementTree.Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_WORD}t":
            yield (element.text or "").replace("\r\n", "\n").replace("\r", "\n")
        elif element.tag == f"{_WORD}br":
            yield "\n"
