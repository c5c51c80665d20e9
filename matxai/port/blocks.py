"""Statements one after the other; what can not be ported is left as a comment."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import Refused
from matxai.port.emitter import Emitter
from matxai.port.leaving import leave

__all__ = ["block"]


def block(emitter: Emitter, statements: tuple[syntax.Statement, ...]) -> None:
    """Write statements one after the other."""
    for statement in statements:
        write = emitter.file.handlers.get(type(statement))
        lines, known = len(emitter.lines), emitter.known.twin()
        depth = emitter.depth
        outer, emitter.statement = emitter.statement, statement
        emitter.before = []
        emitter.written.clear()
        try:
            if write is None:
                raise Refused(f"{type(statement).__name__.lower()} statements are not ported")
            write(emitter, statement)
        except Refused as refused:
            del emitter.lines[lines:]
            emitter.depth, emitter.known = depth, known
            leave(emitter, statement, str(refused))
        emitter.statement = outer
