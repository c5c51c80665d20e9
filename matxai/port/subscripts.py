"""Subscripts, each classified by what it takes, and shifted to count from 0."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace

from matxai.port import syntax
from matxai.port.code import ADD, ATOM, UNARY, Code, binary
from matxai.port.emitter import Emitter
from matxai.port.observations import is_one_row
from matxai.port.scopes import walk

__all__ = ["Subscript", "has_end", "minus_one", "one_based", "subscripts"]


@dataclass(frozen=True)
class Subscript:
    """One subscript.

    Attributes
    ----------
    form : str
        "all" (a colon), "scalar", "slice", "array" (of integers in Python), "mask", "text", or
        "unknown".
    zero : str
        What stands in Python's brackets, counted from 0; empty where nothing can.
    one : str
        The value as MATLAB counts, where it is written already.
    shape, rank : str, int
        The shape of the subscript itself.
    constant : object
        Its value, where it is known.
    last : str or None
        The slice that takes just the one element of a scalar.
    level : int
        How tightly `zero` binds.
    inside : bool
        Whether the end is written relative to the length, so that it can not reach beyond.
    most : int or None
        A number that it is not above.
    """

    form: str
    zero: str
    one: str
    shape: str = "scalar"
    rank: int = 0
    constant: object = None
    last: str | None = None
    level: int = ATOM
    inside: bool = False
    most: int | None = None
    written: Callable[[], str] | None = None


def has_end(node: syntax.Expression) -> bool:
    """Tell whether the end of an index stands in an expression."""
    return any(isinstance(n, syntax.End) for n in walk((node,)))


def subscripts(
    emitter: Emitter, base: Code, nodes: tuple[syntax.Expression, ...]
) -> list[Subscript]:
    """Write and classify the subscripts of a value."""
    made = []
    for i, node in enumerate(nodes):
        place = (base, i, len(nodes))
        emitter.ends.append(place)
        try:
            with emitter.counting():
                sub = _subscript(emitter, base, node, len(nodes))
        finally:
            emitter.ends.pop()
        made.append(replace(sub, written=functools.partial(_written, emitter, node, place)))
    return made


def _written(emitter: Emitter, node: syntax.Expression, place: tuple[Code, int, int]) -> str:
    emitter.ends.append(place)
    try:
        with emitter.counting(False):
            return emitter.value(node).text
    finally:
        emitter.ends.pop()


def one_based(emitter: Emitter, sub: Subscript) -> str:
    """Write a subscript for a function that counts from 1."""
    return '":"' if sub.form == "all" else sub.written()


def _subscript(emitter: Emitter, base: Code, node: syntax.Expression, count: int) -> Subscript:
    if isinstance(node, syntax.Colon):
        return Subscript("all", ":", '":"', shape="column")
    if isinstance(node, syntax.Text) and node.value == ":":
        return Subscript("all", ":", '":"', shape="column")
    from_end = _from_end(node)
    if from_end is not None and _ends_alone(base, count):
        return _at_end(from_end)
    if isinstance(node, syntax.Range):
        made = _slice(emitter, base, node, count)
        if made is not None:
            return made
    if isinstance(node, syntax.Matrix):
        made = _listed(emitter, node)
        if made is not None:
            return made
    return _computed(emitter, node)


def _ends_alone(base: Code, count: int) -> bool:
    """Tell whether Python's negative subscripts mean the same as end in MATLAB's."""
    if base.kind.flat or base.kind.one_text:
        return count == 1 or base.kind.shape != "vector"
    return base.kind.shape == "matrix" and (count == 1 or base.kind.rank == count)


def _from_end(node: syntax.Expression) -> int | None:
    """Return k of ``end-k``; None if it is something else."""
    if isinstance(node, syntax.End):
        return 0
    if (
        isinstance(node, syntax.Binary)
        and node.operator == "-"
        and isinstance(node.left, syntax.End)
        and isinstance(node.right, syntax.Number)
        and node.right.text.isdigit()
    ):
        return int(node.right.text)
    return None


def _at_end(back: int) -> Subscript:
    last = f"-{back + 1}:" if back == 0 else f"-{back + 1}:-{back}"
    return Subscript("scalar", f"-{back + 1}", "", last=last, inside=True)


def minus_one(code: Code, node: syntax.Expression | None = None) -> Code:
    """Subtract 1, in the shortest way."""
    if isinstance(code.kind.const, int) and not isinstance(code.kind.const, bool):
        value = code.kind.const - 1
        if code.text.lstrip("-").isdigit():
            return Code(str(value), ATOM if value >= 0 else UNARY, code.kind)
    head, _, tail = code.text.rpartition(" + ")
    if code.level == ADD and tail.isdigit() and _closed(head):
        rest = int(tail) - 1
        return Code(f"{head} + {rest}", ADD, code.kind) if rest else Code(head, ADD, code.kind)
    head, _, tail = code.text.rpartition(" - ")
    if code.level == ADD and tail.isdigit() and _closed(head):
        return Code(f"{head} - {int(tail) + 1}", ADD, code.kind)
    return binary("-", code, Code("1"), code.kind)


def _closed(text: str) -> bool:
    return bool(text) and text.count("(") == text.count(")") and text.count("[") == text.count("]")


def _computed(emitter: Emitter, node: syntax.Expression) -> Subscript:
    code = emitter.value(node)
    kind = code.kind
    if kind.text:
        return Subscript("text", "", code.text, shape=kind.shape)
    if is_one_row(kind) and kind.name in ("logical", "double"):
        row = Code(f"{code.base}[0]", ATOM, kind.but(shape="row", rank=0, low=kind.low))
        if kind.name == "logical":
            return Subscript("mask", row.text, code.text, "row")
        return replace(_array(row), one=code.text) if kind.index else Subscript("unknown", "", "")
    if kind.name == "logical" and not kind.scalar:
        form = "mask" if kind.flat or kind.shape == "matrix" else "truths"
        return Subscript(form, code.text, code.text, kind.shape, kind.rank, level=code.level)
    if kind.name not in ("double", "single") or kind.shape == "any":
        if kind.index and kind.name == "double":
            return _array(code)
        return Subscript("unknown", "", code.text, kind.shape)
    if kind.scalar:
        return _scalar(emitter, code)
    if kind.index:
        return _array(code)
    return Subscript("unknown", "", code.text, kind.shape)


def _array(code: Code) -> Subscript:
    form = "array" if code.kind.flat else "unknown"
    return Subscript(form, minus_one(code).text, code.text, code.kind.shape)


def _scalar(emitter: Emitter, code: Code) -> Subscript:
    kind = code.kind
    constant = kind.const
    if isinstance(constant, (int, float)) and constant < 1:
        # MATLAB refuses it; Python would count from the end.
        return Subscript("number", "", code.text)
    if (kind.index or kind.whole) and (kind.low is None or kind.low < 1):
        # 0 is an error in MATLAB, and the last element in Python.
        zero = Code(f"{emitter.helper('zero_based')}({code.text})")
        last = f"{zero.text}:{code.text}" if kind.index else None
    elif not kind.index and kind.whole:
        zero = binary("-", Code(f"int({code.text})"), Code("1"))
        last = None
    elif kind.index:
        zero = minus_one(code)
        last = f"{zero.text}:{code.text}"
    else:
        # Which number it is, only the run tells; MATLAB refuses fractions.
        return Subscript("number", "", code.text)
    most = constant if isinstance(constant, int) else kind.length
    return Subscript("scalar", zero.text, code.text, constant=constant, last=last, most=most)


def _listed(emitter: Emitter, node: syntax.Matrix) -> Subscript | None:
    """Write a list of constants, ``x([1 3 5])``."""
    if len(node.rows) != 1 or len(node.rows[0]) < 2:
        return None
    if not all(isinstance(i, syntax.Number) and i.text.isdigit() for i in node.rows[0]):
        return None
    numbers = [int(i.text) for i in node.rows[0]]
    return Subscript("array", str([n - 1 for n in numbers]), str(numbers), "row")


def _slice(emitter: Emitter, base: Code, node: syntax.Range, count: int) -> Subscript | None:
    """Write a range as a slice; None where the slice could take something else."""
    step = _step(node)
    if step is None:
        return None
    relative = _ends_alone(base, count)
    if step < 0:
        return _backward(emitter, node, step) if relative else None
    start = _start(emitter, node.start, relative)
    stop = _stop(emitter, node.stop, relative)
    if start is None or stop is None:
        return None
    inner = f"{start}:{stop}" + (f":{step}" if step != 1 else "")
    inside = has_end(node.stop)
    number = node.stop.text if isinstance(node.stop, syntax.Number) else ""
    most = int(number) if number.isdigit() else None
    return Subscript("slice", inner, "", "row", inside=inside, most=most)


def _step(node: syntax.Range) -> int | None:
    step = node.step
    if step is None:
        return 1
    sign = 1
    if isinstance(step, syntax.Unary) and step.operator == "-":
        sign, step = -1, step.operand
    if isinstance(step, syntax.Number) and step.text.isdigit() and int(step.text):
        return sign * int(step.text)
    return None


def _backward(emitter: Emitter, node: syntax.Range, step: int) -> Subscript | None:
    whole = isinstance(node.start, syntax.End) and isinstance(node.stop, syntax.Number)
    if whole and node.stop.text == "1":
        return Subscript("slice", f"::{step}", "", "row", inside=True)
    return None


def _start(emitter: Emitter, node: syntax.Expression, relative: bool) -> str | None:
    back = _from_end(node)
    if back is not None:
        return f"-{back + 1}" if relative else None
    if has_end(node):
        return None
    code = emitter.value(node)
    kind = code.kind
    if not (kind.scalar and kind.index and kind.low is not None and kind.low >= 1):
        return None
    return "" if kind.const == 1 else minus_one(code).text


def _stop(emitter: Emitter, node: syntax.Expression, relative: bool) -> str | None:
    back = _from_end(node)
    if back is not None:
        if not relative:
            return None
        return f"-{back}" if back else ""
    if has_end(node):
        return None
    code = emitter.value(node)
    kind = code.kind
    if kind.scalar and kind.index and kind.low is not None and kind.low >= 0:
        return code.text
    return None
