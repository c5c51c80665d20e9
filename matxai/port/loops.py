"""Loops: for and while."""

from __future__ import annotations

from collections.abc import Callable

from matxai.port import syntax
from matxai.port.blocks import block
from matxai.port.code import ATOM, Code, Refused, binary
from matxai.port.comparing import condition
from matxai.port.emitter import Emitter, Environment
from matxai.port.knowledge import ANY, Kind
from matxai.port.literals import end_of_range
from matxai.port.places import know, prepare
from matxai.port.scopes import scope_of
from matxai.port.storing import stored

__all__ = ["break_", "for_", "while_"]


def _loop(
    emitter: Emitter, statements: tuple[syntax.Statement, ...], body: Callable[[], None]
) -> None:
    """Write a loop: first find what holds in every round, then write."""
    prepare(emitter, statements)
    before = emitter.known.twin()
    start = before
    for _ in range(2 + 4 * (emitter.depth < 4)):
        emitter.known = start.twin()
        breaks: list[Environment] = []
        emitter.loops.append(breaks)
        with emitter.trial():
            body()
        emitter.loops.pop()
        met = Environment.after([start, emitter.known, *breaks])
        if met.same(start):
            break
        start = met
    else:
        for name in start:
            if name not in before or start[name] != before[name]:
                start[name] = ANY
        start.unsure |= set(start) - set(before)
    emitter.known = start.twin()
    breaks = []
    emitter.loops.append(breaks)
    body()
    emitter.loops.pop()
    emitter.known = Environment.after([start, emitter.known, *breaks])
    emitter.known.dead = before.dead


def for_(emitter: Emitter, node: syntax.For) -> None:
    """Write a for."""
    if not isinstance(node.target, syntax.Name):
        raise Refused("the variable of this loop is no simple one")
    name = node.target.name
    values, kind = _loop_values(emitter, node.values, node.body)
    if emitter.before:
        raise Refused("the values of this loop take a statement in Python")

    def body() -> None:
        know(emitter, name, kind)
        emitter.write(f"for {emitter.python(name)} in {values}:")
        with emitter.indented():
            if name in emitter.scope.changed and not kind.plain:
                emitter.write(
                    f"{emitter.python(name)} = {emitter.helper('copied')}({emitter.python(name)})"
                )
            block(emitter, node.body)

    _loop(emitter, node.body, body)


def _loop_values(
    emitter: Emitter, node: syntax.Expression, body: tuple[syntax.Statement, ...]
) -> tuple[str, Kind]:
    """Write what a loop runs over, and what its variable is."""
    if isinstance(node, syntax.Range):
        made = _counted(emitter, node)
        if made:
            return made
    if isinstance(node, syntax.Matrix) and len(node.rows) == 1 and len(node.rows[0]) > 1:
        codes = [emitter.value(item) for item in node.rows[0]]
        if all(c.kind.name == "double" and c.kind.scalar for c in codes):
            from matxai.port.knowledge import joined

            return f"[{', '.join(c.text for c in codes)}]", joined(c.kind for c in codes)
    code = emitter.value(node)
    kind = code.kind
    if code.shares & scope_of(body).changed:
        # The loop goes on through the values that it began with.
        code = Code(stored(emitter, code), ATOM, kind)
    one = Kind(
        kind.name,
        "scalar",
        index=kind.index,
        safe=kind.safe and not kind.index,
        whole=kind.whole,
        low=kind.low,
    )
    if kind.name == "cell" and kind.shape == "row":
        return f"([each] for each in {code.text})", Kind("cell", "row", items=kind.items)
    if kind.name == "string" and kind.shape == "row":
        return code.text, Kind("string", "scalar")
    if kind.numeric and kind.shape == "row":
        return code.text, one
    if kind.numeric and kind.scalar:
        return f"[{code.text}]", one
    if kind.numeric and kind.shape == "column":
        return f"[{code.text}]", kind.but(index=kind.index)
    if kind.numeric and kind.shape == "matrix" and kind.rank == 2:
        return f"{code.base}.T", Kind(kind.name, "column", safe=kind.safe, whole=kind.whole)
    if kind.one_text and kind.name == "char":
        return code.text, Kind("char", "row")
    if kind.name in ("struct", "file") and kind.shape == "row":
        return code.text, Kind(kind.name, "scalar", fields=kind.fields)
    if kind.name in ("numeric", "any", "double", "single", "logical"):
        return f"{emitter.helper('columns')}({code.text})", ANY
    raise Refused(f"a loop over a {kind.name}")


def _counted(emitter: Emitter, node: syntax.Range) -> tuple[str, Kind] | None:
    start, stop = emitter.value(node.start), emitter.value(node.stop)
    step = emitter.value(node.step) if node.step else None
    parts = [start, stop, *([step] if step else [])]
    if not all(c.kind.scalar and c.kind.index and c.kind.safe for c in parts):
        return None
    kind = Kind("double", "scalar", index=True, safe=True, whole=True, low=start.kind.low)
    if step is None:
        listed = "" if start.text == "0" else f"{start.text}, "
        return f"range({listed}{end_of_range(stop).text})", kind
    if not isinstance(step.kind.const, int) or step.kind.const == 0:
        return None
    if step.kind.const < 0:
        last = binary("-", stop, Code("1"))
        if isinstance(stop.kind.const, int):
            last = Code(str(stop.kind.const - 1))
        return f"range({start.text}, {last.text}, {step.text})", kind.but(
            low=stop.kind.low, index=True
        )
    return f"range({start.text}, {end_of_range(stop).text}, {step.text})", kind


def while_(emitter: Emitter, node: syntax.While) -> None:
    """Write a while."""

    def body() -> None:
        test = condition(emitter, node.condition)
        if emitter.before:
            raise Refused("a condition takes a statement in Python")
        emitter.write(f"while {test.text}:")
        with emitter.indented():
            block(emitter, node.body)

    _loop(emitter, node.body, body)


def break_(emitter: Emitter, node: syntax.Statement) -> None:
    """Write a break or a continue."""
    if not emitter.loops:
        raise Refused("it stands outside of a loop")
    emitter.write("break" if isinstance(node, syntax.Break) else "continue")
    emitter.loops[-1].append(emitter.known.twin())
    emitter.known.dead = True
