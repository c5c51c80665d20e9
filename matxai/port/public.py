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
        alias.asname or alias.name: node.module or ""
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@functools.cache
def options(name: str) -> dict[str, str]:
    """Return the name-value options of a function: their names by the same in lower case."""
    module = modules().get(name)
    path = _HERE.joinpath(*(module or "").split(".")).with_suffix(".py")
    if not module or not path.is_file():
        return {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            names = [a.arg for a in node.args.kwonlyargs if a.arg != "nargout"]
            return {n.lower(): n for n in names}
        if isinstance(node, ast.ClassDef) and node.name == name:
            return _constructor(node)
    return {}


def _constructor(node: ast.ClassDef) -> dict[str, str]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "__init__":
            return {a.arg.lower(): a.arg for a in item.args.kwonlyargs}
    return {}
