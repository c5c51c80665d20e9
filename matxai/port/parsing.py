"""The text of a MATLAB program as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

import tree_sitter

from .errors import PortError, UnreadableError
from .grammar import Source, children, comment_nodes, read_tree
from .parse_comments import Remarks, remarks_of
from .parse_functions import read_function
from .parse_statements import StatementReader
from .syntax import Function, Program, Statement, Unparsed

__all__ = ["parse"]

_LONGEST = 5_000_000
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def parse(text: str) -> Program:
    r"""Read a MATLAB program.

    Operators are grouped as MATLAB groups them; what cannot be read is an
    :class:`~matxai.port.syntax.Unparsed` statement with the reason, and the rest is read.

    Parameters
    ----------
    text : str
        The program: a script or a file of functions.

    Returns
    -------
    Program
        Its statements and functions, with comments and empty lines. A comment inside of a
        statement stands before it, one between two functions directly above the second is the
        first statement of that.

    Raises
    ------
    PortError
        The text is no program, or longer than 5 million characters.

    Examples
    --------
    >>> from matxai.port.parsing import parse
    >>> shown = parse("y = -x.^2 % a parabola\n").body
    >>> shown[0].value.operator, shown[0].printed, shown[1].text
    ('-', True, 'a parabola')
    """
    _check(text)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = Source((lines + "\n").encode("utf-8", "surrogatepass"))
    root, holes = read_tree(source.data)
    remarks = remarks_of(source, comment_nodes(root), holes)
    return _program(source, remarks, root)


def _check(text: str) -> None:
    if len(text) > _LONGEST:
        raise PortError(
            f"The program has {len(text):,} characters; more than {_LONGEST:,} are not read."
        )
    if found := _NO_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise PortError(
            f"No MATLAB program: a byte {ord(found[0])} in line {line}, as in binary files."
        )


@dataclass(frozen=True)
class _Span:
    """A function with the comments around it: `start` is where those above it begin."""

    node: tree_sitter.Node
    start: int
    stop: int


def _program(source: Source, remarks: Remarks, root: tree_sitter.Node) -> Program:
    body: list[Statement] = []
    functions: list[Function] = []
    for span in _spans(source, remarks, root):
        try:
            functions.append(read_function(source, remarks, span.node, span.start, span.stop))
        except UnreadableError as error:
            place = source.place(span.node.start_byte, span.node.end_byte)
            body.append(Unparsed(str(error), **place))
    body += StatementReader(source, remarks).sequence(root.children, 0, len(source.data))
    body.sort(key=lambda statement: statement.line)
    whole = source.place(0, len(source.data.rstrip()))
    return Program(tuple(body), tuple(functions), **whole)


def _spans(source: Source, remarks: Remarks, root: tree_sitter.Node) -> list[_Span]:
    code = [node for node in children(root) if node.is_named]
    starts = [
        remarks.above(node.start_byte, source.line(node.start_byte))
        if node.type == "function_definition"
        else node.start_byte
        for node in code
    ]
    spans = []
    for position, node in enumerate(code):
        if node.type != "function_definition":
            continue
        stop = len(source.data)
        if position + 1 < len(code):
            follows_function = code[position + 1].type == "function_definition"
            stop = starts[position + 1] if follows_function else node.end_byte
        spans.append(_Span(node, starts[position], stop))
    return spans
