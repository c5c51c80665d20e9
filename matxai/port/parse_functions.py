"""Functions of tree-sitter's tree as functions of ours."""

from __future__ import annotations

import tree_sitter

from .errors import UnreadableError
from .grammar import Source, children, of_type
from .parse_comments import Remarks
from .parse_expressions import ExpressionReader
from .parse_statements import StatementReader
from .syntax import Argument, ArgumentsBlock, Function

__all__ = ["read_function"]

_DEEPEST = 10
_HEADER = ("function_output", "identifier", "function_arguments")


def read_function(
    source: Source,
    remarks: Remarks,
    node: tree_sitter.Node,
    start: int,
    stop: int,
    around: frozenset[str] = frozenset(),
    depth: int = 0,
) -> Function:
    """Read a function.

    Parameters
    ----------
    source : Source
        The program.
    remarks : Remarks
        Its comments.
    node : tree_sitter.Node
        The function.
    start, stop : int
        From which byte on and before which comments belong to it.
    around : frozenset of str
        Variables of the function in which it is nested.
    depth : int
        In how many functions it is nested.

    Returns
    -------
    Function

    Raises
    ------
    UnreadableError
        It is a method, or nested too deep.
    """
    if depth > _DEEPEST:
        raise UnreadableError(f"functions are nested more than {_DEEPEST} deep")
    name = next(of_type(node, "identifier"), None)
    if name is None or any(child.type in {"get.", "set."} for child in node.children):
        raise UnreadableError("not a function that stands by itself")
    outputs = _names(source, next(of_type(node, "function_output"), None))
    parameters = _names(source, next(of_type(node, "function_arguments"), None))
    statements = StatementReader(source, remarks, {*around, *outputs, *parameters})
    before = remarks.take(start, node.start_byte)
    header_end = max(part.end_byte for part in of_type(node, *_HEADER))
    blocks = tuple(
        _arguments_block(source, statements.expressions, block)
        for block in of_type(node, "arguments_statement")
    )
    inside: list[tree_sitter.Node] = []
    for block in of_type(node, "block"):
        inside.extend(block.children)
    body = statements.sequence(inside, header_end, min(node.end_byte, stop))
    after = remarks.take(node.end_byte, stop, comments_only=True)
    nested = tuple(
        read_function(
            source, remarks, child, child.start_byte, child.end_byte,
            frozenset(statements.variables), depth + 1,
        )
        for child in inside
        if child.type == "function_definition"
    )  # fmt: skip
    place = source.place(node.start_byte, node.end_byte)
    return Function(
        name=source.text(name.start_byte, name.end_byte),
        outputs=outputs,
        parameters=parameters,
        blocks=blocks,
        body=(*before, *body, *after),
        nested=nested,
        **place,
    )


def _names(source: Source, node: tree_sitter.Node | None) -> tuple[str, ...]:
    """Names of outputs or parameters."""
    if node is None:
        return ()
    names: list[str] = []
    for child in children(node):
        if child.type == "multioutput_variable":
            names.extend(_names(source, child))
        elif child.type in {"identifier", "ignored_argument"}:
            names.append(source.text(child.start_byte, child.end_byte))
        elif child.is_named:
            raise UnreadableError("parameters of a function are names")
    return tuple(names)


def _arguments_block(
    source: Source, expressions: ExpressionReader, node: tree_sitter.Node
) -> ArgumentsBlock:
    attributes = next(of_type(node, "attributes"), None)
    kind = "" if attributes is None else source.text(attributes.start_byte, attributes.end_byte)
    arguments = tuple(_argument(source, expressions, line) for line in of_type(node, "property"))
    place = source.place(node.start_byte, node.end_byte)
    return ArgumentsBlock(kind.strip("() "), arguments, **place)


def _argument(source: Source, expressions: ExpressionReader, node: tree_sitter.Node) -> Argument:
    name, *rest = children(node)
    parts = {part.type: part for part in rest}
    written = source.text(name.start_byte, name.end_byte)
    group, _, member = written.partition(".")
    if unknown := parts.keys() - {
        "dimensions", "identifier", "property_name", "validation_functions", "default_value"
    }:  # fmt: skip
        raise UnreadableError(f"an arguments block with {min(unknown)}")
    of_class = parts.get("identifier") or parts.get("property_name")
    validators = parts.get("validation_functions")
    default = parts.get("default_value")
    return Argument(
        name=group,
        field=member or None,
        sizes=_sizes(source, parts.get("dimensions")),
        class_name=of_class and source.text(of_class.start_byte, of_class.end_byte),
        validators=tuple(
            expressions.read(check)
            for check in (children(validators) if validators else ())
            if check.is_named
        ),
        default=None if default is None else expressions.read(children(default)[1]),
        **source.place(node.start_byte, node.end_byte),
    )


def _sizes(source: Source, node: tree_sitter.Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(
        source.text(size.start_byte, size.end_byte) for size in children(node) if size.is_named
    )
