"""Branches: if, switch and try."""

from __future__ import annotations

from collections import Counter

from matxai.port import syntax
from matxai.port.blocks import block
from matxai.port.code import ATOM, Code, Refused, binary
from matxai.port.comparing import condition
from matxai.port.emitter import Emitter
from matxai.port.environments import Environment
from matxai.port.knowledge import ANY, Kind
from matxai.port.places import know
from matxai.port.scopes import base_name, bindings

__all__ = ["if_", "switch", "try_"]


def if_(emitter: Emitter, node: syntax.If) -> None:
    """Write an if."""
    ends: list[Environment] = []
    known = emitter.known
    for i, (test, body) in enumerate(node.branches):
        emitter.known = known.twin()
        written = condition(emitter, test)
        if emitter.before:
            raise Refused("a condition takes a statement in Python")
        emitter.write(f"{'elif' if i else 'if'} {written.text}:")
        ends.append(_branch(emitter, known, body))
    if any(not isinstance(s, syntax.Blank) for s in node.otherwise):
        emitter.write("else:")
        ends.append(_branch(emitter, known, node.otherwise))
    else:
        ends.append(known.twin())
    emitter.known = Environment.after(ends)


def _branch(
    emitter: Emitter, known: Environment, body: tuple[syntax.Statement, ...]
) -> Environment:
    emitter.known = known.twin()
    with emitter.indented():
        block(emitter, body)
    return emitter.known


def switch(emitter: Emitter, node: syntax.Switch) -> None:
    """Write a switch as a chain of ifs."""
    subject = emitter.value(node.subject)
    if not isinstance(node.subject, (syntax.Name, syntax.Number, syntax.Text)):
        word = emitter.temporary("case")
        emitter.write(f"{word} = {subject.text}")
        subject = Code(word, ATOM, subject.kind)
    if not (subject.kind.one_text or (subject.kind.scalar and subject.kind.numeric)):
        emitter.differs(subject.text, "it is taken to be one text or one number")
    known, ends = emitter.known, []
    for i, (case, body) in enumerate(node.cases):
        emitter.known = known.twin()
        test = _case(emitter, subject, case)
        emitter.write(f"{'elif' if i else 'if'} {test}:")
        ends.append(_branch(emitter, known, body))
    if node.otherwise is not None and node.cases:
        emitter.write("else:")
        ends.append(_branch(emitter, known, node.otherwise))
    else:
        ends.append(known.twin())
    if not node.cases:
        block(emitter, node.otherwise or ())
        return
    emitter.known = Environment.after(ends)


def _case(emitter: Emitter, subject: Code, case: syntax.Expression) -> str:
    if isinstance(case, syntax.Cell):
        items = [emitter.value(item) for row in case.rows for item in row]
        _comparable(subject, items)
        return f"{subject.at(6)} in [{', '.join(i.text for i in items)}]"
    value = emitter.value(case)
    _comparable(subject, [value])
    return binary("==", subject, value).text


def _comparable(subject: Code, items: list[Code]) -> None:
    for item in items:
        if not (item.kind.one_text or (item.kind.scalar and item.kind.numeric)):
            raise Refused("a case that is neither one text nor one number")


def try_(emitter: Emitter, node: syntax.Try) -> None:
    """Write a try."""
    known = emitter.known.twin()
    emitter.write("try:")
    with emitter.indented(), emitter.holding():
        block(emitter, node.body)
    after = emitter.known
    # Whatever is assigned on the way may have been or not.
    emitter.known = _halfway(known, after, node.body)
    inside = node.name in emitter.scope.caught
    caught = emitter.python(node.name) if inside else emitter.temporary("caught")
    emitter.write(f"except Exception as {caught}:")
    with emitter.indented():
        emitter.write(f"{emitter.helper('only_errors_of_matlab')}({caught})")
        if inside:
            know(emitter, node.name, Kind("exception", "scalar"))
        elif node.name:
            # Python forgets the name that `as` gives at the end of the handler.
            emitter.write(f"{emitter.python(node.name)} = {caught}")
            know(emitter, node.name, Kind("exception", "scalar"))
        with emitter.holding(2):
            block(emitter, node.handler)
    emitter.known = Environment.after([after, emitter.known])


def _halfway(
    before: Environment, after: Environment, body: tuple[syntax.Statement, ...]
) -> Environment:
    """Return what is known where an error may have ended a body anywhere."""
    met = Environment.after([before, Environment(after, unsure=after.unsure)])
    straight = {
        base_name(target)
        for statement in body
        if isinstance(statement, syntax.Assign)
        for target in statement.targets
    }
    for name, count in Counter(bindings(body)).items():
        if count > 1 or name not in straight:
            # There may have been other values in between.
            met[name] = ANY
            if name not in before:
                met.unsure.add(name)
    return met
