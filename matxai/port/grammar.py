"""The text of a program as tree-sitter's grammar of MATLAB reads it, what it cannot read cut out.

Everything is addressed by bytes of the UTF-8 text, as tree-sitter does it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import tree_sitter
import tree_sitter_matlab

__all__ = ["Hole", "Source", "children", "comment_nodes", "of_type", "read_tree", "tree_of"]

_CONTAINERS = frozenset({"source_file", "block", "ERROR"})
_COMMENTS = frozenset({"comment", "line_continuation"})
_BLOCK_WORD = re.compile(
    rb"\b(if|elseif|else|for|parfor|while|switch|case|otherwise|try|catch|function|end|classdef"
    rb"|spmd)\b"
)
_CONTINUES = re.compile(rb"\.\.\.[^\n]*\n")
_FUNCTION_LINE = re.compile(rb"^[ \t]*function\b", re.MULTILINE)
# Each costs a reading of the whole file.
_MOST_TURNS = 6
_MOST_MISSING_ENDS = 4


@dataclass(frozen=True)
class Hole:
    """Bytes that were cut out because they could not be read."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Source:
    """The bytes of a program; `first` is the number of its first line."""

    data: bytes
    first: int = 1
    _breaks: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        breaks = [found.start() for found in re.finditer(b"\n", self.data)]
        object.__setattr__(self, "_breaks", breaks)

    def line(self, byte: int) -> int:
        """Line in which a byte stands."""
        return self.first + bisect_left(self._breaks, byte)

    def text(self, start: int, end: int) -> str:
        """Text between two bytes."""
        return self.data[start:end].decode("utf-8", "surrogatepass")

    def place(self, start: int, end: int) -> dict[str, Any]:
        """Lines and text of what stands between two bytes, as the syntax's nodes keep them."""
        last = self.line(max(start, end - 1))
        return {"line": self.line(start), "last": last, "source": self.text(start, end)}

    def line_before(self, byte: int) -> str:
        """Text before a byte in its line."""
        return self.text(self.data.rfind(b"\n", 0, byte) + 1, byte)

    def is_empty(self, first: int, last: int) -> bool:
        """Whether one of the lines from `first` to `last` has nothing but blanks."""
        breaks = [-1, *self._breaks] if first == self.first else self._breaks
        offset = 0 if first == self.first else first - self.first - 1
        return any(
            not self.data[start + 1 : stop].strip()
            for start, stop in zip(
                breaks[offset : offset + last - first + 1],
                breaks[offset + 1 : offset + last - first + 2],
                strict=False,
            )
        )


def read_tree(data: bytes) -> tuple[tree_sitter.Node, tuple[Hole, ...]]:
    """Read a program; what the grammar cannot read is cut out.

    Parameters
    ----------
    data : bytes
        UTF-8, a line break at its end.

    Returns
    -------
    root : tree_sitter.Node
        A tree without errors.
    holes : tuple of Hole
        What is missing in it, in order.
    """
    holes: list[Hole] = []
    root = tree_of(data)
    closed = _closed(data) if root.has_error else None
    if closed is not None:
        return closed
    for turn in range(_MOST_TURNS):
        if not root.has_error:
            break
        errors = list(_errors(root))
        cut = [_hole(error, data) for error in errors]
        if turn == _MOST_TURNS - 1:
            start = min(hole.start for hole in cut)
            cut = [Hole(start, len(data) - 1, cut[0].reason)]
        for hole in _outermost(cut):
            holes.append(hole)
            data = _without(data, hole)
        root = tree_of(data)
    return root, tuple(_outermost(holes))


def _outermost(holes: list[Hole]) -> list[Hole]:
    """Holes in order, without those that lie in others."""
    kept: list[Hole] = []
    for hole in sorted(holes, key=lambda hole: (hole.start, -hole.end)):
        if kept and hole.start < kept[-1].end:
            longer = max(hole.end, kept[-1].end)
            kept[-1] = Hole(kept[-1].start, longer, kept[-1].reason)
        else:
            kept.append(hole)
    return kept


def tree_of(data: bytes) -> tree_sitter.Node:
    """Tree of a text, errors included."""
    return _parser().parse(data).root_node


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_matlab.language()))


def _closed(data: bytes) -> tuple[tree_sitter.Node, tuple[Hole, ...]] | None:
    """Tree of a program whose blocks lack nothing but ``end``, refused as a whole."""
    for count in range(1, _MOST_MISSING_ENDS + 1):
        root = tree_of(data + b"end\n" * count)
        if not root.has_error:
            reason = f"{count} 'end' missing: a block is not closed before the end of the file"
            return root, (Hole(0, 0, reason),)
    return None


def _hole(error: tree_sitter.Node, data: bytes) -> Hole:
    """Bytes to cut out for an error: its statement, or more where that has no clear end."""
    statement = error
    while statement.parent is not None and statement.parent.type not in _CONTAINERS:
        statement = statement.parent
    start, end = statement.start_byte, statement.end_byte
    near = data[error.start_byte :].split(b"\n", 1)[0].strip()[:40].decode("utf-8", "replace")
    reason = f"the grammar of MATLAB has no place for what is written here, near {near!r}"
    if statement.parent is not None and statement.type != "ERROR" and start < end:
        return Hole(*_whole_lines(start, end, data), reason)
    start, end = _whole_lines(error.start_byte, error.start_byte, data)
    if _BLOCK_WORD.search(data[start:end]) or not data[start:end].strip():
        end = _end_of_function(data, end)
    return Hole(start, end, reason)


def _whole_lines(start: int, end: int, data: bytes) -> tuple[int, int]:
    """Widen to whole lines, continuations included, unless a block begins or ends in them."""
    first = data.rfind(b"\n", 0, start) + 1
    while first and _CONTINUES.search(data, data.rfind(b"\n", 0, first - 1) + 1, first):
        first = data.rfind(b"\n", 0, first - 1) + 1
    last = data.index(b"\n", min(end, len(data) - 1))
    while _CONTINUES.search(data, data.rfind(b"\n", 0, last) + 1, last + 1):
        last = data.find(b"\n", last + 1)
        if last < 0:
            return first, len(data) - 1
    if start < end and _BLOCK_WORD.search(data[first:start] + b" " + data[end:last]):
        return start, end
    return first, last


def _end_of_function(data: bytes, start: int) -> int:
    found = _FUNCTION_LINE.search(data, start)
    return found.start() if found else len(data) - 1


def _errors(root: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """Innermost nodes that hold an error, in order; the root where no other is to blame."""
    found = False
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inner = [child for child in node.children if child.is_missing or child.has_error]
        if node.is_missing or (not inner and node.parent is not None) or _is_error(node):
            found = True
            yield node
        else:
            waiting.extend(reversed(inner))
    if not found:
        yield root


def _is_error(node: tree_sitter.Node) -> bool:
    return node.type == "ERROR" and node.parent is not None


def _without(data: bytes, hole: Hole) -> bytes:
    blank = re.sub(rb"[^\n]", b" ", data[hole.start : hole.end])
    return data[: hole.start] + blank + data[hole.end :]


def children(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    """Children of a node that are no comments."""
    return [child for child in node.children if child.type not in _COMMENTS]


def of_type(node: tree_sitter.Node, *types: str) -> Iterator[tree_sitter.Node]:
    """Children of these types."""
    return (child for child in node.children if child.type in types)


def comment_nodes(root: tree_sitter.Node) -> list[tree_sitter.Node]:
    """All comments of a tree, and all continuations, which may have one."""
    query = _comment_query()
    found = tree_sitter.QueryCursor(query).captures(root)
    nodes = [node for group in found.values() for node in group]
    return sorted(nodes, key=lambda node: node.start_byte)


@cache
def _comment_query() -> tree_sitter.Query:
    language = tree_sitter.Language(tree_sitter_matlab.language())
    return tree_sitter.Query(language, "(comment) @comment (line_continuation) @continuation")
