"""Small tools for rewriting trees."""

from __future__ import annotations

from collections.abc import Sequence

from matxai.port import syntax

__all__ = ["Unsure", "apply", "called", "name_like", "pairs"]


class Unsure(Exception):
    """It is not sure that a rewriting keeps the numbers: the line, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


def called(node: syntax.Node) -> str | None:
    """Return the name that is called, if a node is a call of a plain name."""
    if isinstance(node, syntax.Apply):
        node = node.base
    return node.name if isinstance(node, syntax.Name) else None


def apply(name: str, *arguments: syntax.Expression, at: syntax.Node) -> syntax.Apply:
    """Make a call in the place of a node."""
    place = {"line": at.line, "last": at.last, "source": at.source}
    return syntax.Apply(syntax.Name(name, **place), arguments, **place)


def name_like(nodes: Sequence[syntax.Expression]) -> bool:
    """Tell whether nodes are one text."""
    return len(nodes) == 1 and isinstance(nodes[0], syntax.Text)


def pairs(nodes: Sequence[syntax.Expression]) -> dict[str, syntax.Expression] | None:
    """Return options by their names, ``Name=value`` or ``'Name', value``; None if they are none."""
    found: dict[str, syntax.Expression] = {}
    rest = list(nodes)
    while rest:
        first = rest.pop(0)
        if isinstance(first, syntax.Named):
            found[first.name] = first.value
        elif isinstance(first, syntax.Text) and rest:
            found[first.value] = rest.pop(0)
        else:
            return None
    return found
