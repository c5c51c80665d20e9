"""What is known of the variables of a body by looking at all that is assigned to them."""

from __future__ import annotations

from collections import defaultdict

from matxai.port import syntax
from matxai.port.scopes import base_name, walk

__all__ = ["Bindings"]

_ONE_IMAGE = frozenset(["imread", "readimage"])
_IMAGE_OF_IMAGE = frozenset(
    [
        "double", "gpuArray", "im2double", "im2single", "im2uint8", "imcrop", "imgaussfilt",
        "imresize", "single", "uint8",
    ]
)  # fmt: skip
_PLACES = frozenset(["max", "min", "maxk", "mink", "sort"])
# In place of an output: the variable counts a loop.
_COUNTS = -1


class Bindings:
    """All values of all variables of a body.

    Parameters
    ----------
    body : tuple of Statement
        The body.
    given : frozenset of str
        Variables that have values from elsewhere.
    """

    def __init__(self, body: tuple[syntax.Statement, ...], given: frozenset[str]) -> None:
        # (value, which output of it); None where it is not known.
        self._values: dict[str, list[tuple[syntax.Expression, int] | None]] = defaultdict(list)
        self.looped: set[str] = set()
        for name in given:
            self._values[name].append(None)
        for node in walk(body):
            self._note(node)
        for node in walk(body):
            if isinstance(node, (syntax.For, syntax.While)):
                inside = (n for n in walk(node.body) if isinstance(n, syntax.Assign))
                self.looped |= {base_name(t) or "" for n in inside for t in n.targets}

    def _note(self, node: syntax.Node) -> None:
        if isinstance(node, syntax.Assign):
            for place, target in enumerate(node.targets):
                name = base_name(target)
                plain = isinstance(target, syntax.Name)
                if name is not None:
                    self._values[name].append((node.value, place) if plain else None)
        elif isinstance(node, syntax.For) and isinstance(node.target, syntax.Name):
            counts = isinstance(node.values, syntax.Range)
            self._values[node.target.name].append((node.values, _COUNTS) if counts else None)
        elif isinstance(node, (syntax.Global, syntax.Persistent)):
            for name in node.names:
                self._values[name].append(None)
        elif isinstance(node, syntax.Command) and node.name == "load":
            for name in node.words[1:]:
                self._values[name].append(None)

    def values(self, name: str) -> list[tuple[syntax.Expression, int]] | None:
        """Return all values of a variable and which outputs they are; None if not all are known."""
        found = self._values.get(name)
        return None if not found or None in found else [v for v in found if v is not None]

    def all_are(self, name: str, what: object) -> bool:
        """Tell whether a function holds for all values of a variable, given (value, output)."""
        values = self.values(name)
        return values is not None and all(what(value, place) for value, place in values)

    def is_variable(self, name: str) -> bool:
        """Tell whether something is assigned to a name."""
        return name in self._values

    def image(self, node: syntax.Expression, seen: frozenset[str] = frozenset()) -> bool:
        """Tell whether a value is surely one image."""
        if isinstance(node, syntax.Name):
            if node.name in seen:
                return True
            inside = seen | {node.name}
            return self.all_are(node.name, lambda v, place: place == 0 and self.image(v, inside))
        if not isinstance(node, syntax.Apply) or not isinstance(node.base, syntax.Name):
            return False
        if self.is_variable(node.base.name):
            return False
        if node.base.name == "cat" and node.arguments[:1] == (syntax.Number("3"),):
            # The grey image of all three channels.
            return all(self.image(plane, seen) for plane in node.arguments[1:])
        if node.base.name in _IMAGE_OF_IMAGE and node.arguments:
            return self.image(node.arguments[0], seen)
        return node.base.name in _ONE_IMAGE

    def index(self, node: syntax.Expression) -> bool:
        """Tell whether a value is surely a number of a channel, or several."""
        if isinstance(node, syntax.Number):
            return True
        if isinstance(node, syntax.Apply) and isinstance(node.base, syntax.Name):
            name = node.base.name
            if self.is_variable(name):
                return len(node.arguments) == 1 and self.index(node.base)
            return name == "find"
        if not isinstance(node, syntax.Name):
            return False
        return self.all_are(node.name, self._indexes)

    def _indexes(self, value: syntax.Expression, place: int) -> bool:
        if isinstance(value, (syntax.Number, syntax.Range)):
            return True
        if not isinstance(value, syntax.Apply) or not isinstance(value.base, syntax.Name):
            return False
        if self.is_variable(value.base.name):
            return False
        return (value.base.name == "find" and place == 0) or (
            value.base.name in _PLACES and place == 1
        )

    def one_subscript(self, node: syntax.Expression) -> bool:
        """Tell whether a subscript surely takes one element."""
        if isinstance(node, syntax.Number):
            return True
        return isinstance(node, syntax.Name) and self.all_are(
            node.name, lambda v, place: place == _COUNTS or isinstance(v, syntax.Number)
        )
