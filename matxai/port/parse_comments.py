"""Comments, and what could not be read, as statements with their places."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import tree_sitter

from .grammar import Hole, Source
from .syntax import Comment, Statement, Unparsed

__all__ = ["Remark", "Remarks", "remarks_of"]

_SECTION = re.compile(r"%%(?:\s+(.*))?$")
# What may stand before a comment that has its line to itself. In Python there is no `end`.
_NO_CODE = re.compile(r"\s*(end\s*[;,]?\s*)?$")


@dataclass(frozen=True)
class Remark:
    """A comment or a hole, and the byte at which it starts."""

    start: int
    statement: Statement


class Remarks:
    """The comments and holes of a source, in order, to be taken once each."""

    def __init__(self, remarks: Iterable[Remark]) -> None:
        self._remarks = sorted(remarks, key=lambda remark: remark.start)
        self._starts = [remark.start for remark in self._remarks]
        self._taken: set[int] = set()

    def take(self, start: int, end: int, *, comments_only: bool = False) -> list[Statement]:
        """Take those that start from one byte on and before another and are not taken yet."""
        taken = [
            remark
            for remark in self._between(start, end)
            if remark.start not in self._taken
            and not (comments_only and isinstance(remark.statement, Unparsed))
        ]
        self._taken.update(remark.start for remark in taken)
        return [remark.statement for remark in taken]

    def above(self, start: int, line: int) -> int:
        """Byte at which the comments begin that end directly above a line."""
        for remark in reversed(self._between(0, start)):
            comment = remark.statement
            if not isinstance(comment, Comment) or comment.trailing or comment.section:
                break
            if comment.last != line - 1:
                break
            start, line = remark.start, comment.line
        return start

    def _between(self, start: int, end: int) -> list[Remark]:
        return self._remarks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def remarks_of(
    source: Source, comments: Sequence[tree_sitter.Node], holes: Sequence[Hole] = ()
) -> Remarks:
    """Comments and holes of a source as statements.

    Parameters
    ----------
    source : Source
        The program.
    comments : sequence of tree_sitter.Node
        Its comments and continuations.
    holes : sequence of Hole
        What was cut out.

    Returns
    -------
    Remarks
        Comments that continue each other are one.
    """
    found = [piece for node in comments for piece in _pieces(source, node)]
    cut = [
        Remark(hole.start, Unparsed(hole.reason, **source.place(hole.start, hole.end)))
        for hole in holes
    ]
    return Remarks([*_joined(source, found), *cut])


def _pieces(source: Source, node: tree_sitter.Node) -> Iterator[Remark]:
    if node.type == "line_continuation":
        text = source.text(node.start_byte, node.end_byte).strip().lstrip(".").strip()
        if text:
            place = source.place(node.start_byte, node.end_byte)
            yield Remark(node.start_byte, Comment(_plain(text), **place))
        return
    lines = _lines_with_starts(source, node)
    for start, line in lines:
        if line.strip() == "%{" and not source.line_before(start).strip():
            yield _block(source, start, lines)
        else:
            yield _line(source, start, line)


def _lines_with_starts(source: Source, node: tree_sitter.Node) -> Iterator[tuple[int, str]]:
    start = node.start_byte
    for line in source.data[start : node.end_byte].split(b"\n"):
        text = line.decode("utf-8", "surrogatepass")
        if text.strip():
            yield start + len(line) - len(line.lstrip()), text.strip()
        start += len(line) + 1


def _block(source: Source, start: int, lines: Iterator[tuple[int, str]]) -> Remark:
    end, depth = start, 1
    for at, line in lines:
        end = at + len(line.encode("utf-8", "surrogatepass"))
        depth += {"%{": 1, "%}": -1}.get(line, 0)
        if depth == 0:
            break
    place = source.place(start, end)
    inside = place["source"].split("\n")[1 : -1 if depth == 0 else None]
    text = textwrap.dedent("\n".join(inside)).strip("\n")
    return Remark(start, Comment(text, **place))


def _line(source: Source, start: int, line: str) -> Remark:
    place = source.place(start, start + len(line.encode("utf-8", "surrogatepass")))
    if not _NO_CODE.match(source.line_before(start)):
        return Remark(start, Comment(_plain(line), trailing=True, **place))
    if section := _SECTION.match(line):
        return Remark(start, Comment((section[1] or "").strip(), section=True, **place))
    return Remark(start, Comment(_plain(line), **place))


def _plain(line: str) -> str:
    return line.removeprefix("%").removeprefix(" ").rstrip()


def _joined(source: Source, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Make one comment of those that fill lines one below the other."""
    before: Remark | None = None
    for remark in remarks:
        if before is not None and _continues(source, before.statement, remark):
            joined = replace(
                before.statement,
                text=f"{before.statement.text}\n{remark.statement.text}",
                last=remark.statement.last,
                source=f"{before.statement.source}\n{remark.statement.source}",
            )
            before = Remark(before.start, joined)
            continue
        if before is not None:
            yield before
        before = remark
    if before is not None:
        yield before


def _continues(source: Source, before: Comment, after: Remark) -> bool:
    comments = (before, after.statement)
    return (
        after.statement.line == before.last + 1
        and not source.line_before(after.start).strip()
        and not any(comment.trailing or comment.section for comment in comments)
        and not any(comment.source.startswith(("%{\n", ".")) for comment in comments)
    )
