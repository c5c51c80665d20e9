"""Expressions of tree-sitter's tree as expressions of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import tree_sitter

from .errors import UnreadableError
from .grammar import Source, children, of_type
from .precedence import Operand, Operator, Parameters, Token, group
from .syntax import (
    Apply,
    Brace,
    Cell,
    Colon,
    DynamicField,
    End,
    Expression,
    Field,
    Handle,
    Matrix,
    Name,
    Named,
    Number,
    Text,
)

__all__ = ["ExpressionReader"]

# What a row of operators and operands consists of in tree-sitter's tree, however it grouped them.
_ROWS = frozenset(
    {
        "binary_operator", "boolean_operator", "comparison_operator", "lambda", "not_operator",
        "postfix_operator", "range", "unary_operator", "_expression",
    }
)  # fmt: skip
# Deeper than anyone writes, and shallow enough for functions that call themselves.
_DEEPEST = 60
_LONGEST = 200
_LONGEST_CHAIN = 80
_DOTTED = frozenset({"^", "*", "/", "\\", "'"})


class ExpressionReader:
    """Turns nodes of one source into expressions."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._depth = 0
        self._kinds: dict[str, Callable[[tree_sitter.Node], Expression]] = {
            "number": lambda node: Number(self._text(node), **self._place(node)),
            "string": self._string,
            "identifier": lambda node: Name(self._text(node), **self._place(node)),
            "end_keyword": lambda node: End(**self._place(node)),
            "spread_operator": lambda node: Colon(**self._place(node)),
            "parenthesis": self._parenthesis,
            "matrix": lambda node: Matrix(self._rows(node), **self._place(node)),
            "cell": lambda node: Cell(self._rows(node), **self._place(node)),
            "handle_operator": self._handle,
            "function_call": self._call,
            "field_expression": self._fields,
        }

    def read(self, node: tree_sitter.Node) -> Expression:
        """Read one expression.

        Raises
        ------
        UnreadableError
            It is none, or too deep.
        """
        if self._depth == _DEEPEST:
            raise UnreadableError(f"it is nested more than {_DEEPEST} deep")
        self._depth += 1
        try:
            if node.type in _ROWS:
                return group(self._tokens(node), self._source.place)
            if node.type not in self._kinds:
                raise UnreadableError(f"{self._text(node)!r} has no counterpart")
            return self._kinds[node.type](node)
        finally:
            self._depth -= 1

    def _text(self, node: tree_sitter.Node) -> str:
        return self._source.text(node.start_byte, node.end_byte)

    def _place(self, node: tree_sitter.Node) -> dict:
        return self._source.place(node.start_byte, node.end_byte)

    def _tokens(self, node: tree_sitter.Node) -> list[Token]:
        tokens: list[Token] = []
        waiting = [node]
        while waiting:
            item = waiting.pop()
            if item.type == "lambda":
                tokens.append(self._parameters(item))
                waiting.append(children(item)[-1])
            elif item.type in _ROWS:
                waiting.extend(reversed(children(item)))
            elif item.is_named:
                tokens.append(Operand(self.read(item), item.start_byte, item.end_byte))
            else:
                _add_operator(tokens, Operator(item.type, item.start_byte, item.end_byte))
            if len(tokens) > _LONGEST:
                raise UnreadableError(
                    f"it has more than {_LONGEST} operators and operands in a row"
                )
        return tokens

    def _parameters(self, node: tree_sitter.Node) -> Parameters:
        names = []
        for arguments in of_type(node, "arguments"):
            for parameter in children(arguments):
                if not parameter.is_named:
                    continue
                if parameter.type not in {"identifier", "ignored_argument"}:
                    raise UnreadableError(f"{self._text(parameter)!r} is no name of a parameter")
                names.append(self._text(parameter))
        return Parameters(tuple(names), node.start_byte, children(node)[-1].start_byte)

    def _string(self, node: tree_sitter.Node) -> Text:
        text = self._text(node)
        quote = text[0]
        return Text(text[1:-1].replace(quote * 2, quote), quote, **self._place(node))

    def _parenthesis(self, node: tree_sitter.Node) -> Expression:
        return self.read(_inside(node))

    def _rows(self, node: tree_sitter.Node) -> tuple[tuple[Expression, ...], ...]:
        return tuple(
            tuple(self._elements([child for child in children(row) if child.is_named]))
            for row in of_type(node, "row")
        )

    def _elements(self, nodes: list[tree_sitter.Node]) -> Iterator[Expression]:
        negations: list[Token] = []
        for node in nodes:
            # tree-sitter takes the ~ of [~[1 2]] for an output that is ignored.
            if node.type == "ignored_argument":
                negations.append(Operator("~", node.start_byte, node.end_byte))
            elif negations:
                tokens = [*negations, *self._tokens(node)]
                yield group(tokens, self._source.place)
                negations = []
            else:
                yield self.read(node)
        if negations:
            raise UnreadableError("'~' has nothing behind it")

    def _handle(self, node: tree_sitter.Node) -> Handle:
        name = "".join(self._text(child) for child in children(node)[1:])
        return Handle(name, **self._place(node))

    def _call(self, node: tree_sitter.Node) -> Expression:
        return self._applied(node, self.read(children(node)[0]), node.start_byte)

    def _fields(self, node: tree_sitter.Node) -> Expression:
        base, *members = children(node)
        if len(members) > _LONGEST_CHAIN:
            raise UnreadableError(f"it has more than {_LONGEST_CHAIN // 2} fields of fields")
        return self._members(members, self.read(base), node.start_byte)

    def _members(self, members: list[tree_sitter.Node], base: Expression, start: int) -> Expression:
        for member in members:
            if member.type == ".":
                if self._source.line_before(member.start_byte)[-1:].isspace():
                    raise UnreadableError("a blank before '.' means several things")
                continue
            base = self._member(member, base, start)
        return base

    def _member(self, node: tree_sitter.Node, base: Expression, start: int) -> Expression:
        """Read what stands behind a dot; tree-sitter hangs calls and further fields below it."""
        if node.type == "identifier":
            return Field(base, self._text(node), **self._source.place(start, node.end_byte))
        if node.type == "indirect_access":
            place = self._source.place(start, node.end_byte)
            return DynamicField(base, self.read(_inside(node)), **place)
        if node.type == "function_call":
            return self._applied(node, self._member(children(node)[0], base, start), start)
        if node.type == "field_expression":
            return self._members(children(node), base, start)
        raise UnreadableError(f"{self._text(node)!r} is no field")

    def _applied(self, node: tree_sitter.Node, base: Expression, start: int) -> Expression:
        bracket = children(node)[1].type
        if bracket not in {"(", "{"}:
            raise UnreadableError(f"{self._text(node)!r} has no counterpart")
        arguments = tuple(
            argument
            for inside in of_type(node, "arguments")
            for argument in self._arguments(children(inside))
        )
        kind = Apply if bracket == "(" else Brace
        return kind(base, arguments, **self._source.place(start, node.end_byte))

    def _arguments(self, items: list[tree_sitter.Node]) -> Iterator[Expression]:
        position = 0
        while position < len(items):
            item = items[position]
            if position + 2 < len(items) and items[position + 1].type == "=":
                value = items[position + 2]
                place = self._source.place(item.start_byte, value.end_byte)
                yield Named(self._text(item), self.read(value), **place)
                position += 3
                continue
            if item.is_named:
                yield self.read(item)
            position += 1


def _inside(node: tree_sitter.Node) -> tree_sitter.Node:
    inside = [child for child in children(node) if child.is_named]
    if len(inside) != 1:
        raise UnreadableError("parentheses hold more than one thing or none")
    return inside[0]


def _add_operator(tokens: list[Token], operator: Operator) -> None:
    """Add an operator; the dot of ``3.^x``, which tree-sitter gives to the number, is its."""
    before = tokens[-1] if tokens else None
    if (
        operator.text in _DOTTED
        and isinstance(before, Operand)
        and before.end == operator.start
        and isinstance(before.value, Number)
        and before.value.text.endswith(".")
    ):
        number = replace(before.value, text=before.value.text[:-1], source=before.value.source[:-1])
        tokens[-1] = Operand(number, before.start, before.end - 1)
        operator = Operator("." + operator.text, operator.start - 1, operator.end)
    tokens.append(operator)
