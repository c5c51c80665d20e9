"""Nested functions: which variables they share with the function around them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from matxai.port import syntax
from matxai.port.code import Refused
from matxai.port.public import modules
from matxai.port.scopes import Scope, base_name, called_names, scope_of, walk

__all__ = ["all_functions", "around", "check_nested", "inside", "nested_names", "set_inside"]


def all_functions(program: syntax.Program) -> list[syntax.Function]:
    """Return the functions of a file, and those nested in them."""
    return [each for f in program.functions for each in (f, *f.nested)]


def nested_names(program: syntax.Program) -> set[str]:
    """Return the names of nested functions that only the function around them calls."""
    nested = [(inner, f) for f in program.functions for inner in f.nested]
    counts = Counter([f.name for f in all_functions(program)])
    found = set()
    for inner, outer in nested:
        others = [f for f in program.functions if f is not outer]
        called = called_names(program.body, frozenset())
        called |= {name for f in others for name in called_names(f.body, frozenset())}
        if counts[inner.name] == 1 and inner.name not in called | set(modules()):
            found.add(inner.name)
    return found


def check_nested(node: syntax.Function, known: set[str]) -> None:
    """Refuse nested functions that Python's would not be like."""
    for inner in node.nested:
        if inner.nested:
            raise Refused("functions nested in nested functions")
        if inner.name not in known:
            raise Refused(f"another function has the name of the nested function {inner.name}")
        if any(isinstance(n, (syntax.Global, syntax.Persistent)) for n in walk(inner.body)):
            raise Refused("global and persistent variables of nested functions")
        lost = set_inside(inner) & _names(node) - _bound(node)
        if lost:
            raise Refused(f"only the nested function {inner.name} gives {min(lost)} its value")


def _bound(node: syntax.Function) -> frozenset[str]:
    return scope_of(node.body, (*node.parameters, *node.outputs)).variables


def _names(node: syntax.Function) -> set[str]:
    """Return all names that stand in a function, without those nested in it."""
    names = {n.name for n in walk(node.body) if isinstance(n, syntax.Name)}
    return names | {*node.parameters, *node.outputs}


def set_inside(inner: syntax.Function) -> set[str]:
    """Return the names that a nested function assigns, without those of its own."""
    own = {*inner.parameters, *inner.outputs}
    return {n for n in scope_of(inner.body).variables if n not in own}


def _shared(node: syntax.Function, inner: syntax.Function) -> set[str]:
    return (_names(inner) & _bound(node)) - {*inner.parameters, *inner.outputs}


def around(node: syntax.Function, scope: Scope) -> Scope:
    """Return the scope of a function, what nested ones do with its variables included."""
    shared = {name for inner in node.nested for name in _shared(node, inner)}
    if not shared:
        return scope
    scopes = [scope_of(inner.body) for inner in node.nested]
    assigned = {n for inner in node.nested for n in set_inside(inner)} & shared
    changed = {n for each in scopes for n in each.changed} & shared
    return replace(
        scope,
        changed=scope.changed | changed,
        changes=scope.changes | {(name, 0) for name in changed},
        shared=scope.shared | (changed | assigned | (scope.changed & shared)),
        rebound=scope.rebound | shared,
        fickle=frozenset(assigned | _later(node, shared)),
        indexing=scope.indexing - shared,
        deep=scope.deep or any(each.deep for each in scopes),
    )


def _later(node: syntax.Function, shared: set[str]) -> set[str]:
    """Return shared variables that the function itself changes: nested ones see any value."""
    return {base_name(t) or "" for n in walk(node.body) for t in getattr(n, "targets", ())} & shared


def inside(node: syntax.Function, inner: syntax.Function) -> tuple[Scope, tuple[str, ...]]:
    """Return the scope of a nested function, and the names it assigns in the one around it."""
    shared = _shared(node, inner)
    outer = around(node, scope_of(node.body, (*node.parameters, *node.outputs)))
    scope = scope_of(inner.body, (*inner.parameters, *inner.outputs))
    scope = replace(
        scope,
        variables=scope.variables | shared,
        changed=scope.changed | (outer.changed & shared),
        changes=scope.changes | {(name, 0) for name in outer.changed & shared},
        shared=scope.shared | (outer.shared & shared),
        rebound=scope.rebound | shared,
        rows=scope.rows - shared,
        indexing=scope.indexing - shared,
        fickle=frozenset(shared),
        deep=scope.deep or outer.deep,
    )
    return scope, tuple(sorted(set_inside(inner) & shared))
