"""The variables that a load brings, found among the names that nothing else explains."""

from __future__ import annotations

import dataclasses

from matxai.port import syntax
from matxai.port.absent import ADVICE
from matxai.port.calls import is_function
from matxai.port.emitter import Emitter, File
from matxai.port.scopes import Scope, walk
from matxai.port.special_calls import packages
from matxai.port.workspace import DESKTOP

__all__ = ["with_loaded"]


def with_loaded(file: File, scope: Scope, body: tuple[syntax.Statement, ...]) -> Scope:
    """Count as variables what a load brings: the names that nothing else explains."""
    probe = Emitter(file, scope)
    loads = [n for n in walk(body) if _is_load(n)]
    listed = {w for n in loads for w in _words(n)}
    names = {w for w in listed if w.isidentifier()}
    if any(not _words(n) for n in loads):
        used = {n.name for n in walk(body) if isinstance(n, syntax.Name)}
        names |= {
            n for n in used if n not in scope.variables and not _is_known(probe, n)
        } - _parameters(body)
    return dataclasses.replace(
        scope, variables=scope.variables | names, loaded=frozenset(names - listed)
    )


def _is_known(emitter: Emitter, name: str) -> bool:
    """Tell whether a name is a function, also one that matxai lacks, or a package of them."""
    return is_function(emitter, name) or name in ADVICE or name in DESKTOP | packages()


def _parameters(body: tuple[syntax.Statement, ...]) -> set[str]:
    return {p for n in walk(body) if isinstance(n, syntax.Lambda) for p in n.parameters}


def _is_load(node: syntax.Node) -> bool:
    if isinstance(node, syntax.Command):
        return node.name == "load"
    value = node.value if isinstance(node, syntax.Show) else None
    return (
        isinstance(value, syntax.Apply)
        and isinstance(value.base, syntax.Name)
        and value.base.name == "load"
    )


def _words(node: syntax.Node) -> list[str]:
    """Return the names of variables that a load asks for."""
    if isinstance(node, syntax.Command):
        words = node.words[1:]
    else:
        words = [a.value for a in node.value.arguments[1:] if isinstance(a, syntax.Text)]
    return [w for w in words if not w.startswith("-")]
