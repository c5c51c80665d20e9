"""What is known of the variables at some place of a script, and where several ways meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matxai.port.knowledge import Kind, joined

__all__ = ["Environment", "Settled"]


class Environment(dict[str, Kind]):
    """What is known of the variables that have a value, by their MATLAB names.

    Attributes
    ----------
    unsure : set of str
        Those that may have no value.
    dead : bool
        Whether this place is never reached.
    """

    def __init__(self, *args: Any, unsure: set[str] | None = None, dead: bool = False):
        super().__init__(*args)
        self.unsure = set(unsure or ())
        self.dead = dead

    def twin(self) -> Environment:
        """Return a copy."""
        return Environment(self, unsure=self.unsure, dead=self.dead)

    def same(self, other: Environment) -> bool:
        """Tell whether another one knows the same."""
        return dict(self) == dict(other) and self.unsure == other.unsure and self.dead == other.dead

    def only(self, names: frozenset[str]) -> Environment:
        """Return what is known of some variables."""
        there = {name: self[name] for name in names if name in self}
        return Environment(there, unsure=self.unsure & names, dead=self.dead)

    def replaced(self, names: frozenset[str], part: Environment) -> Environment:
        """Return it with other knowledge of some variables."""
        unsure = (self.unsure - names) | part.unsure
        return Environment({**self, **part}, unsure=unsure, dead=self.dead)

    @staticmethod
    def after(ways: list[Environment]) -> Environment:
        """Return what is known where several ways meet."""
        live = [way for way in ways if not way.dead]
        if not live:
            return Environment(ways[0] if ways else {}, dead=True)
        met = live[0].twin()
        for way in live[1:]:
            met._join(way)
        return met

    def _join(self, other: Environment) -> None:
        self.unsure |= other.unsure
        self.unsure.update(name for name in self if name not in other)
        for name, kind in other.items():
            mine = self.get(name)
            # Mostly it is the very same, and there may be thousands.
            if mine is not kind:
                if mine is None:
                    self.unsure.add(name)
                self[name] = kind if mine is None else joined((mine, kind))


@dataclass
class Settled:
    """What was found out of a loop.

    Attributes
    ----------
    before : Environment
        What was known where it begins.
    start : Environment
        What holds at the start of every round.
    after : Environment, or None
        What is known behind it, once it was written.
    """

    before: Environment
    start: Environment
    after: Environment | None = None
