"""How much the values in a file may take, and how it is said that they take more."""

from __future__ import annotations

import os
from pathlib import Path

from matxai.lang.mat_kinds import MatFileError

__all__ = ["Budget", "memory_limit"]

_GIB = 2**30


def memory_limit() -> int:
    """Return how many bytes the values of one file may take: half of the memory, at least 1 GiB.

    Half, since readers hold the bytes of a file beside the values made of them.
    """
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        # Windows does not tell in this way.
        memory = 8 * _GIB
    return max(memory // 2, _GIB)


class Budget:
    """What is left of the memory that the values in a file may take, and how errors are worded.

    Parameters
    ----------
    function : str
        The function that errors speak of.
    path : pathlib.Path
        The file.
    limit : int
        Bytes that the values may take in all.

    Attributes
    ----------
    variable : str or None
        The variable that is being looked at, named in errors.
    """

    def __init__(self, function: str, path: Path, limit: int):
        self.variable: str | None = None
        self._start = f"{function}: {str(path)!r}"
        self._limit = limit
        self._left = limit

    def take(self, count: int) -> None:
        """Count memory that a value will take, before it is taken."""
        self._left -= count
        if self._left < 0:
            raise MatFileError(
                f"{self._start} holds too much: with {self._where()}, its values take more than "
                f"the {self._limit / _GIB:.3g} GiB that are allowed. If it can be trusted, save "
                f"what is needed of it in a file of its own."
            )

    def damaged(self, what: str) -> MatFileError:
        """Make the error of a file whose numbers contradict each other."""
        return MatFileError(f"{self._start} is damaged: {self._where()} {what}.")

    def cut_short(self) -> MatFileError:
        """Make the error of a file that is not there to its end."""
        return MatFileError(
            f"{self._start} is cut short: it ends in the middle of {self._where()}. A download or "
            f"copy of it may have failed."
        )

    def refused(self, what: str) -> MatFileError:
        """Make another error about the file."""
        return MatFileError(f"{self._start} {what}.")

    def _where(self) -> str:
        if self.variable is None:
            return "a variable"
        return (
            f"the variable {self.variable[:80]!r}" if self.variable else "what belongs to objects"
        )
