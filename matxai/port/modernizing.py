"""Older calls become what MathWorks advises in their place, where that surely keeps the numbers.

A network is modernized in all its uses or in none: a DAGNetwork knows its classes, the dlnetwork
that newer functions return does not.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from matxai.port import syntax
from matxai.port.modernizing_bindings import Bindings
from matxai.port.modernizing_uses import OLDER_NETWORKS, Rewriter, Unsure, called
from matxai.port.notes import Note
from matxai.port.scopes import walk

__all__ = ["modernized"]

_OLDER_CALLS = frozenset(["classify", "activations"])
_BY_NAME = frozenset(["eval", "evalc", "evalin", "assignin"])


def modernized(
    program: syntax.Program, others: Collection[str] = ()
) -> tuple[syntax.Program, tuple[Note, ...]]:
    """Rewrite the older calls of a program.

    Parameters
    ----------
    program : Program
        The program.
    others : collection of str
        Names of functions in other files, which hide those of MATLAB.

    Returns
    -------
    program : Program
        The same program with newer calls.
    notes : tuple of Note
        What is left as it was, and why.
    """
    own = frozenset(others) | {f.name for f in program.functions}
    body, notes = _modernized_body(program.body, own, frozenset())
    functions = []
    for function in program.functions:
        given = frozenset([*function.parameters, *function.outputs])
        if function.nested:
            functions.append(function)
            notes += _remaining(function, own, "variables are shared by nested functions", set())
            continue
        inside, said = _modernized_body(function.body, own, given)
        functions.append(dataclasses.replace(function, body=inside))
        notes += said
    new = dataclasses.replace(program, body=body, functions=tuple(functions))
    return new, tuple(notes)


def _modernized_body(
    body: tuple[syntax.Statement, ...], own: frozenset[str], given: frozenset[str]
) -> tuple[tuple[syntax.Statement, ...], list[Note]]:
    """Modernize the networks of a script or a function one by one."""
    if any(_runs_text(node) for node in walk(body)):
        return body, _remaining(body, own, "eval may use any variable", set())
    notes: list[Note] = []
    told: set[int] = set()
    taken = {n.name for n in walk(body) if isinstance(n, syntax.Name)} | own | given
    for net in _networks(body, own):
        try:
            if net in given:
                raise Unsure(_first_line(body, net), f"{net} is an argument or an output")
            rewriter = Rewriter(net, Bindings(body, given), own, taken)
            body = rewriter.statements(body)
            notes += rewriter.notes
            told |= {note.line for note in rewriter.notes}
            taken |= rewriter.made
        except Unsure as unsure:
            notes.append(Note(unsure.line, "differs", net, f"not modernized: {unsure.why}"))
            told |= _lines_of_calls(body, net)
    return body, notes + _remaining(body, own, "where its network comes from is not known", told)


def _networks(body: tuple[syntax.Statement, ...], own: frozenset[str]) -> list[str]:
    """Find the variables that get a network from one of the older functions, in their order."""
    found: dict[str, None] = {}
    for node in walk(body):
        if isinstance(node, syntax.Assign) and isinstance(node.targets[0], syntax.Name):
            name = called(node.value)
            if name in OLDER_NETWORKS and name not in own:
                found[node.targets[0].name] = None
    return list(found)


def _runs_text(node: syntax.Node) -> bool:
    return (isinstance(node, syntax.Name) and node.name in _BY_NAME) or (
        isinstance(node, syntax.Command) and node.name in _BY_NAME
    )


def _first_line(body: tuple[syntax.Statement, ...], name: str) -> int:
    return next(n.line for n in walk(body) if isinstance(n, syntax.Name) and n.name == name)


def _lines_of_calls(body: object, net: str) -> set[int]:
    """Return the lines of older calls that take a network."""
    return {
        node.line
        for node in walk(body)
        if called(node) in _OLDER_CALLS
        and isinstance(node, syntax.Apply)
        and node.arguments[:1] == (syntax.Name(net),)
    }


def _remaining(body: object, own: frozenset[str], why: str, told: set[int]) -> list[Note]:
    """Tell of older calls that stay and of which nothing is said yet."""
    return [
        Note(node.line, "differs", called(node) or "", f"not modernized: {why}")
        for node in walk(body)
        if isinstance(node, syntax.Apply)
        and called(node) in _OLDER_CALLS - own
        and node.line not in told
    ]
