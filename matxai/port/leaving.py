"""What can not be ported stays as a comment with its reason; what depends on it must not run."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.emitter import Emitter, quoted
from matxai.port.knowledge import ANY
from matxai.port.notes import Note
from matxai.port.scopes import base_name, walk

__all__ = ["leave"]


def leave(emitter: Emitter, statement: syntax.Statement, reason: str) -> None:
    """Write a statement that is not ported."""
    source = statement.source.strip() or type(statement).__name__
    what = source.split("\n")[0]
    note = Note(statement.line, "left", what, reason)
    if note not in emitter.file.notes:
        emitter.file.notes.append(note)
    last = max(statement.last, statement.line)
    emitter.file.left_lines.update(range(statement.line, last + 1))
    names = _assigned(statement)
    stops = names or _steers(statement)
    if not stops:
        emitter.write(f"# Not ported: {reason}.")
    for line in source.split("\n"):
        emitter.write(f"# {line}".rstrip())
    if stops:
        said = f"line {statement.line} of {emitter.file.name} is not ported: {reason}"
        emitter.write(f"raise NotImplementedError({quoted(said)})")
    for name in names:
        emitter.known[name] = ANY
        emitter.known.unsure.discard(name)


def _assigned(statement: syntax.Statement) -> set[str]:
    names = set()
    for node in walk(statement):
        if isinstance(node, syntax.Assign):
            names |= {base_name(t) for t in node.targets}
        elif isinstance(node, syntax.For):
            names.add(base_name(node.target))
        elif isinstance(node, (syntax.Global, syntax.Persistent)):
            names |= set(node.names)
    return {n for n in names if n}


def _steers(statement: syntax.Statement) -> bool:
    steering = (
        syntax.If,
        syntax.For,
        syntax.While,
        syntax.Switch,
        syntax.Try,
        syntax.Break,
        syntax.Continue,
        syntax.Return,
        syntax.Unparsed,
    )
    if isinstance(statement, syntax.Unparsed):
        return "=" in statement.source or statement.source.lstrip().startswith(_WORDS)
    return isinstance(statement, steering) or _evaluates(statement)


_WORDS = ("if", "for", "while", "switch", "try", "classdef", "function", "return", "break", "eval")


def _evaluates(statement: syntax.Statement) -> bool:
    """Tell whether a statement may set variables that it does not name."""
    unsafe = ("eval", "evalin", "evalc", "assignin", "load", "run", "clear", "clearvars")
    return any(
        isinstance(n, (syntax.Name, syntax.Command)) and n.name in unsafe for n in walk(statement)
    )
