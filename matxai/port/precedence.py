"""Operators and operands in a row, grouped as MATLAB groups them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import UnreadableError
from .syntax import Binary, Expression, Lambda, Postfix, Range, Unary

__all__ = ["Operand", "Operator", "Parameters", "Token", "group"]

_TRANSPOSES = frozenset({"'", ".'"})
_POWERS = frozenset({"^", ".^"})
_SIGNS = frozenset({"+", "-", "~"})
# From the weakest to the strongest. Signs are stronger than all of these, powers and transposes
# stronger still.
_LEVELS = (
    frozenset({"||"}),
    frozenset({"&&"}),
    frozenset({"|"}),
    frozenset({"&"}),
    frozenset({"<", "<=", ">", ">=", "==", "~="}),
    frozenset({":"}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "\\", ".*", "./", ".\\"}),
)
_RANGE = _LEVELS.index(frozenset({":"}))


@dataclass(frozen=True)
class Operand:
    """An operand and where it stands, with its parentheses if it has any."""

    value: Expression
    start: int
    end: int


@dataclass(frozen=True)
class Operator:
    """An operator and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Parameters:
    """The ``@(…)`` of an anonymous function; its body is all that follows."""

    names: tuple[str, ...]
    start: int
    end: int


Token = Operand | Operator | Parameters


def group(tokens: Sequence[Token], place: Callable[[int, int], dict[str, Any]]) -> Expression:
    """Group a row of operators and operands by MATLAB's precedence.

    Parameters
    ----------
    tokens : sequence of Operand, Operator or Parameters
        In the order in which they are written.
    place : callable
        Gives the ``line``, ``last`` and ``source`` of what stands from one byte to another.

    Returns
    -------
    Expression
        The tree.

    Raises
    ------
    UnreadableError
        An operand is missing, or MATLAB does not document how the operators group.
    """
    row = _Row(tokens, place)
    grouped = row.level(0)
    row.finish()
    return grouped.value


class _Row:
    def __init__(self, tokens: Sequence[Token], place: Callable[[int, int], dict[str, Any]]):
        self._tokens = tokens
        self._place = place
        self._next = 0

    def finish(self) -> None:
        if self._next < len(self._tokens):
            raise UnreadableError(f"{_shown(self._tokens[self._next])} is not expected here")

    def level(self, level: int) -> Operand:
        if level == len(_LEVELS):
            return self._signed()
        if level == _RANGE:
            return self._range()
        left = self.level(level + 1)
        while operator := self._operator(_LEVELS[level]):
            right = self.level(level + 1)
            left = self._made(Binary, left.start, right.end, operator.text, left.value, right.value)
        return left

    def _range(self) -> Operand:
        bounds = [self.level(_RANGE + 1)]
        while self._operator(_LEVELS[_RANGE]):
            bounds.append(self.level(_RANGE + 1))
        if len(bounds) == 1:
            return bounds[0]
        if len(bounds) > 3:
            raise UnreadableError("a range has at most two colons; put parentheses")
        step = bounds[1].value if len(bounds) == 3 else None
        start, stop = bounds[0], bounds[-1]
        return self._made(Range, start.start, stop.end, start.value, step, stop.value)

    def _signed(self) -> Operand:
        sign = self._operator(_SIGNS)
        if sign is None:
            return self._power()
        operand = self._signed()
        return self._made(Unary, sign.start, operand.end, sign.text, operand.value)

    def _power(self) -> Operand:
        left = self._operand()
        while True:
            if quote := self._operator(_TRANSPOSES):
                left = self._made(Postfix, left.start, quote.end, quote.text, left.value)
            elif power := self._operator(_POWERS):
                right = self._exponent()
                left = self._made(
                    Binary, left.start, right.end, power.text, left.value, right.value
                )
            else:
                return left

    def _exponent(self) -> Operand:
        sign = self._operator(_SIGNS)
        if sign is None:
            return self._operand()
        operand = self._exponent()
        if self._sees(_POWERS | _TRANSPOSES):
            # MathWorks recommends parentheses here and says no more.
            raise UnreadableError(
                f"which comes first in {sign.text!r} behind a power, with another power or a "
                "transpose behind it, is not documented; put parentheses"
            )
        return self._made(Unary, sign.start, operand.end, sign.text, operand.value)

    def _operand(self) -> Operand:
        if self._next == len(self._tokens):
            raise UnreadableError("an operand is missing")
        token = self._tokens[self._next]
        self._next += 1
        if isinstance(token, Operand):
            return token
        if isinstance(token, Parameters):
            body = self.level(0)
            return self._made(Lambda, token.start, body.end, token.names, body.value)
        raise UnreadableError(f"{_shown(token)} has no operand before it")

    def _sees(self, texts: frozenset[str]) -> bool:
        if self._next == len(self._tokens):
            return False
        token = self._tokens[self._next]
        return isinstance(token, Operator) and token.text in texts

    def _operator(self, texts: frozenset[str]) -> Operator | None:
        if not self._sees(texts):
            return None
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _made(self, kind: type[Expression], start: int, end: int, *parts: Any) -> Operand:
        return Operand(kind(*parts, **self._place(start, end)), start, end)


def _shown(token: Token) -> str:
    return repr(token.text) if isinstance(token, Operator) else "an operand"
