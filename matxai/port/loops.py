"""Loops: for and while."""

from __future__ import annotations

from collections.abc import Callable

from matxai.port import syntax
from matxai.port.blocks import block
from matxai.port.code import ATOM, Code, Refused, binary
from matxai.port.comparing import condition
from matxai.port.emitter import Emitter
from matxai.port.environments import Environment, Settled
from matxai.port.knowledge import ANY, Kind
from matxai.port.literals import end_of_range
from matxai.port.places import know, prepare
from matxai.port.scopes import scope_of, walk
from matxai.port.storing import stored

__all__ = ["break_", "for_", "while_"]


# How often a loop is gone through to find out what holds in every round, and for how many states
# of knowledge at its beginning: loops around it meet it with ever others.
_ROUNDS = 6
_STATES = 12


def _loop(emitter: Emitter, node: syntax.For | syntax.While, body: Callable[[], None]) -> None:
    """Write a loop: first find what holds in every round, then write."""
    prepare(emitter, node.body)
    outer = emitter.known
    # Only what it names concerns it: a file may have thousands of loops and variables.
    names = _names(emitter, node)
    before = outer.only(names)
    states = emitter.settled.setdefault(id(node), [])
    found = next((state for state in states if state.before.same(before)), None)
    if found is None:
        rounds = _ROUNDS if len(states) < _STATES else 0
        found = Settled(before, _settled(emitter, node, body, before, rounds))
        states.append(found)
    if found.after is None or not emitter.trying:
        found.after = _round(emitter, body, found.start)
    emitter.known = outer.replaced(names, found.after)
    if not emitter.loops:
        emitter.settled.clear()


def _names(emitter: Emitter, node: syntax.For | syntax.While) -> frozenset[str]:
    """Return the names of all variables that matter in a loop."""
    names = set(emitter.scope.loaded)
    if emitter.routine is not None:
        names |= {*emitter.routine.node.outputs, *emitter.routine.node.parameters}
    for each in walk(node):
        if isinstance(each, (syntax.Name, syntax.Try)):
            names.add(each.name or "")
        elif isinstance(each, (syntax.Global, syntax.Persistent)):
            names.update(each.names)
        elif isinstance(each, syntax.Text):
            names.add(each.value)
        elif isinstance(each, syntax.Command):
            names.update(each.words)
    return frozenset(names)


def _round(emitter: Emitter, body: Callable[[], None], start: Environment) -> Environment:
    """Write the body once; return what is known where the loop ends."""
    breaks: list[Environment] = []
    emitter.known = start.twin()
    emitter.loops.append(breaks)
    try:
        body()
    finally:
        emitter.loops.pop()
    return Environment.after([start, emitter.known, *breaks])


def _settled(
    emitter: Emitter,
    node: syntax.For | syntax.While,
    body: Callable[[], None],
    before: Environment,
    rounds: int,
) -> Environment:
    """Return what holds at the start of every round."""
    start = before
    for _ in range(rounds):
        with emitter.trial():
            met = _round(emitter, body, start)
        if met.same(start):
            return start
        start = met
    # Whatever it assigns may be anything.
    loads = any(getattr(n, "name", "") == "load" for n in walk(node))
    assigned = scope_of(node.body).variables | (emitter.scope.loaded if loads else frozenset())
    assigned |= {n.value for n in walk(node) if loads and isinstance(n, syntax.Text)}
    general = Environment({**before, **dict.fromkeys(assigned, ANY)}, unsure=before.unsure)
    general.unsure |= assigned - set(before)
    return general


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
            with emitter.holding():
                block(emitter, node.body)

    _loop(emitter, node, body)


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
    # What runs through columns, or through other values than numbers, shares them.
    later = emitter.scope.changed_from(emitter.statement.line)
    shared = code.shares & later and not (kind.shape == "row" and (kind.numeric or kind.text))
    if shared or (code.shares and code.shares & scope_of(body).changed):
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
    if not all(c.kind.scalar and c.kind.index for c in parts):
        return None
    most = stop.kind.const if isinstance(stop.kind.const, int) else None
    kind = Kind(
        "double", "scalar", index=True, safe=True, whole=True, low=start.kind.low, length=most
    )
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
        with emitter.indented(), emitter.holding():
            block(emitter, node.body)

    _loop(emitter, node, body)


def break_(emitter: Emitter, node: syntax.Statement) -> None:
    """Write a break or a continue."""
    if not emitter.loops:
        raise Refused("it stands outside of a loop")
    emitter.write("break" if isinstance(node, syntax.Break) else "continue")
    emitter.loops[-1].append(emitter.known.twin())
    emitter.known.dead = True
