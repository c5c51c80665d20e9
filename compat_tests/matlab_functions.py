"""Random MATLAB functions for the ends of random scripts."""

from __future__ import annotations

from matlab_kinds import DOUBLE, TEXT, Kind

__all__ = ["write_function"]

ROW = Kind("double", 1, 3)
COLUMN = Kind("double", 3, 1)


def write_function(writer, number):
    """Write a function; return its name, the kinds of its parameters and outputs, and its text."""
    make = writer.one(_composed, _composed, _composed, _recursive, _defaults, _variable, _counter)
    return make(writer, f"{writer.one('helper', 'calc', 'makeMap', 'f')}{number + 1}")


def _composed(writer, name):
    """Write a function of random statements, perhaps with an early return."""
    parameters = tuple(writer.one(DOUBLE, ROW, COLUMN, TEXT) for _ in range(writer.one(1, 2, 2)))
    outputs = tuple(writer.one(DOUBLE, ROW, TEXT) for _ in range(writer.one(1, 1, 2)))
    inner = type(writer)(writer.random)
    inner.functions = dict(writer.functions)
    letters = ("x", "p")[: len(parameters)]
    inner.known = dict(zip(letters, parameters, strict=True))
    lines = []
    results = ("r", "extra")[: len(outputs)]
    for letter, kind in zip(results, outputs, strict=True):
        lines.append(f"{letter} = {inner.of(kind, 2)};")
        inner.set(letter, kind)
    if writer.chance(0.3):
        lines.append(f"if {inner.truth(1)}\n    return\nend")
    inner.fixed = set(inner.known)
    for _ in range(writer.one(0, 1, 1, 2)):
        lines.append(inner.statement())
    for letter, kind in zip(results, outputs, strict=True):
        if writer.chance(0.5):
            lines.append(f"{letter} = {inner.of(kind, 2)};")
    head = results[0] if len(results) == 1 else f"[{', '.join(results)}]"
    text = f"function {head} = {name}({', '.join(letters)})\n"
    if writer.chance(0.3):
        text += "% Computes something.\n"
    body = "\n".join("    " + line for statement in lines for line in statement.split("\n"))
    return name, parameters, outputs, f"{text}{body}\nend\n"


def _recursive(writer, name):
    text = (
        f"function r = {name}(n)\n    if n <= 1\n        r = 1;\n        return\n    end\n"
        f"    r = n {writer.one('*', '+')} {name}(n - 1);\nend\n"
    )
    return name, (Kind("small"),), (DOUBLE,), text


def _defaults(writer, name):
    text = (
        f"function r = {name}(x, p)\n    if nargin < 2\n        p = {writer.literal()};\n    end\n"
        f"    r = x {writer.one('+', '-', '*')} p;\nend\n"
    )
    return name, writer.one((DOUBLE,), (DOUBLE, DOUBLE)), (DOUBLE,), text


def _variable(writer, name):
    text = (
        f"function r = {name}(varargin)\n    r = numel(varargin);\n"
        f"    for i = 1:nargin\n        r = r + sum(varargin{{i}});\n    end\nend\n"
    )
    return name, writer.one((DOUBLE, ROW), (ROW,), (DOUBLE, DOUBLE, DOUBLE)), (DOUBLE,), text


def _counter(writer, name):
    text = (
        f"function r = {name}(x)\n    persistent calls\n    if isempty(calls)\n"
        f"        calls = 0;\n    end\n    calls = calls + 1;\n    r = x + calls;\nend\n"
    )
    return name, (DOUBLE,), (DOUBLE,), text
