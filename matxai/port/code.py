"""Python text with what is known of its value, and parentheses where it needs them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import Any

from matxai.port.knowledge import ANY, Kind

__all__ = [
    "ADD",
    "AND",
    "ATOM",
    "BITAND",
    "BITOR",
    "COMPARE",
    "LAMBDA",
    "MULTIPLY",
    "NOT",
    "OR",
    "POWER",
    "UNARY",
    "Code",
    "Refused",
    "binary",
    "call",
    "unary",
]

# How tightly Python's operators bind.
LAMBDA, TERNARY, OR, AND, NOT, COMPARE, BITOR, BITAND, ADD, MULTIPLY, UNARY, POWER, ATOM = range(13)


class Refused(Exception):
    """Something that can not be ported, and why: it is left to the user."""


@dataclass(frozen=True)
class Code:
    """A Python expression.

    Attributes
    ----------
    text : str
        The expression.
    level : int
        How tightly it binds.
    kind : Kind
        What is known of its value.
    shares : frozenset of str
        The MATLAB variables whose memory the value may share; "*" for memory of others.
    """

    text: str
    level: int = ATOM
    kind: Kind = ANY
    shares: frozenset[str] = frozenset()

    def at(self, level: int) -> str:
        """Return the text, in parentheses if it binds less tightly."""
        return self.text if self.level >= level else f"({self.text})"

    @property
    def base(self) -> str:
        """The text as something to take an attribute or an element of."""
        plain = self.level >= ATOM and not self.text[0].isdigit()
        return self.text if plain else f"({self.text})"

    def known(self, kind: Kind) -> Code:
        """Return the same expression with other knowledge."""
        return replace(self, kind=kind)

    def fresh(self) -> Code:
        """Return the same expression, sharing nothing."""
        return replace(self, shares=frozenset())


_LEVELS = {
    "+": ADD,
    "-": ADD,
    "*": MULTIPLY,
    "/": MULTIPLY,
    "@": MULTIPLY,
    "&": BITAND,
    "|": BITOR,
    "and": AND,
    "or": OR,
    "**": POWER,
}


def binary(operator: str, left: Code, right: Code, kind: Kind = ANY) -> Code:
    """Join two expressions by an operator."""
    if operator == "**":
        return Code(f"{left.at(ATOM)}**{right.at(UNARY)}", POWER, kind)
    level = _LEVELS.get(operator, COMPARE)
    inner = level + 1 if level == COMPARE else level
    text = f"{left.at(inner)} {operator} {right.at(level + 1)}"
    return Code(text, level, kind)


def unary(operator: str, operand: Code, kind: Kind = ANY) -> Code:
    """Put an operator before an expression."""
    if operator == "not":
        opposite = _opposite(operand)
        if opposite:
            return Code(opposite, COMPARE, kind)
        return Code(f"not {operand.at(NOT)}", NOT, kind)
    return Code(f"{operator}{operand.at(UNARY)}", UNARY, kind)


_OPPOSITES = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}


def _opposite(operand: Code) -> str:
    """Write the opposite of one comparison; nothing where there is none, as of < with NaN."""
    if operand.level != COMPARE or not operand.text.isascii():
        return ""
    tree = ast.parse(operand.text, mode="eval").body
    if not isinstance(tree, ast.Compare) or len(tree.ops) > 1 or "\n" in operand.text:
        return ""
    sign, other = _OPPOSITES.get(type(tree.ops[0]), ("", ""))
    start, stop = tree.left.end_col_offset, tree.comparators[0].col_offset
    between = operand.text[start:stop].replace(f" {sign} ", f" {other} ", 1)
    return operand.text[:start] + between + operand.text[stop:] if sign else ""


def call(function: str, *arguments: Any, kind: Kind = ANY, **keywords: Any) -> Code:
    """Call a function with expressions, or texts, as arguments."""
    listed = [a.text if isinstance(a, Code) else str(a) for a in arguments]
    listed += [f"{n}={v.text if isinstance(v, Code) else v}" for n, v in keywords.items()]
    return Code(f"{function}({', '.join(listed)})", ATOM, kind)
