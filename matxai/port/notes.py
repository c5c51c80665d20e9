"""What port() returns: the Python text and what there is to say about it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Note", "Ported"]


@dataclass(frozen=True)
class Note:
    """Something that the user should know about a line.

    Attributes
    ----------
    line : int
        The line in the MATLAB file, counted from 1.
    kind : str
        "left": the line is not ported; "differs": it is, on an assumption that is told;
        "missing": it needs a function that is not there.
    what : str
        What it is about: the code, or the name of the function.
    why : str
        The reason.
    """

    line: int
    kind: str
    what: str
    why: str


@dataclass(frozen=True)
class Ported:
    """A ported script.

    Attributes
    ----------
    code : str
        The Python text.
    notes : tuple of Note
        What is left, what differs and what is missing.
    ported, left : int
        How many lines of MATLAB code were ported, and how many were not.
    functions : tuple of str
        The functions of matxai that are used.
    missing : tuple of str
        The functions that are not there.
    """

    code: str
    notes: tuple[Note, ...]
    ported: int
    left: int
    functions: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left."""
        return self.left == 0
