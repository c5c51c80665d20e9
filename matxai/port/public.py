"""The names that matxai exports, and the options of its functions, read without importing them."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

__all__ = ["modules", "options"]

_HERE = Path(__file__).resolve().parents[1]


@functools.cache
def modules() -> dict[str, str]:
    """Return the module, such as "lang.sizes", of each name that matxai exports."""
    tree = ast.parse((_HERE / "__init__.pyi").read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: node.module
        for node in tree.body
        # Packages, such as nnet, are no functions.
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


@functools.cache
def options(name: str) -> dict[str, str]:
    """Return the name-value options of a function: their names by the same in lower case.

    The name can be that of a function in a package, such as matlab.lang.makeValidName.
    """
    package, _, name = name.rpartition(".")
    module = package or modules().get(name)
    path = _HERE.joinpath(*(module or "").split(".")).with_suffix(".py")
    if not module or not path.is_file():
        return {}
    body = ast.parse(path.read_text(encoding="utf-8")).body
    made_by = _named_so(body, name)
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name in (name, made_by):
            names = [a.arg for a in node.args.kwonlyargs if a.arg != "nargout"]
            return {n.lower(): n for n in names}
        if isinstance(node, ast.ClassDef) and node.name == name:
            return _constructor(node)
    return {}


def _named_so(body: list[ast.stmt], name: str) -> str:
    """Return the function that is given a class's name, because it takes its arguments."""
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            target = node.targets[0]
            named = isinstance(node.value, ast.Constant) and node.value.value == name
            if target.attr == "__name__" and named and isinstance(target.value, ast.Name):
                return target.value.id
    return ""


def _constructor(node: ast.ClassDef) -> dict[str, str]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "__init__":
            return {a.arg.lower(): a.arg for a in item.args.kwonlyargs}
    return {}
