"""What datetime and duration have in common: shape, brackets, texts, how they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.values import matlab_size

__all__ = ["TimeArray", "called", "compared"]


class TimeArray:
    """An array of times or lengths of time, which cannot be changed but for its Format."""

    # Makes NumPy's arrays leave operators to it.
    __array_ufunc__ = None
    # == is element by element, so there is no equality to hash by.
    __hash__ = None

    _times: np.ndarray
    _format: str

    @classmethod
    def _made(cls, times: Any, form: str) -> Any:
        made = cls.__new__(cls)
        made._times, made._format = np.asarray(times), form
        return made

    @property
    def shape(self) -> tuple[int, ...]:
        """Length along each axis."""
        return self._times.shape

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return self._times.ndim

    @property
    def size(self) -> int:
        """Number of elements."""
        return self._times.size

    @property
    def Format(self) -> str:
        """How the elements are shown; it can be set."""
        return self._format

    @Format.setter
    def Format(self, value: Any) -> None:
        self._format = self._checked_format(value)

    def __len__(self) -> int:
        return len(np.atleast_1d(self._times))

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, str):
            raise TypeError(f"The brackets take integers counted from 0, not {describe(index)}.")
        return self._made(np.atleast_1d(self._times)[index], self._format)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        # No TypeError: MATLAB's own function may well take them.
        raise NotImplementedError(
            f"A {type(self).__name__} is not taken here: string(t) has its texts, and of a "
            f"duration seconds(t) the numbers."
        )

    def __copy__(self) -> Any:
        return self._made(self._times, self._format)

    def __deepcopy__(self, memo: Any) -> Any:
        return self.__copy__()

    def _texts(self) -> np.ndarray:
        """Return the texts, as objects."""
        texts = np.empty(self._times.shape, dtype=object)
        for place in np.ndindex(self._times.shape):
            texts[place] = self._text(self._times[place])
        return texts

    def tolist(self) -> Any:
        """Return the texts, in a list of lists where there are several axes."""
        return self._texts().tolist()

    def __str__(self) -> str:
        return str(self._texts().item()) if self.size == 1 else self._lines()

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"{self._head()}\n{self._lines()}"

    def _head(self) -> str:
        """Name the class, and the size of an array."""
        kind = type(self).__name__
        if self.size == 1:
            return kind
        size = matlab_size((1, *self.shape) if self.ndim == 1 else self.shape)
        return f"{'×'.join(map(str, size))} {kind} array"

    def _lines(self) -> str:
        """Lay the texts out in rows, a 1-D array as one row."""
        rows = np.atleast_2d(self._texts())
        rows = rows.reshape(rows.shape[0], -1)
        widest = max((len(item) for item in rows.flat), default=0)
        return "\n".join("".join(f"   {item.rjust(widest)}" for item in row) for row in rows)

    def _text(self, time: Any) -> str:
        raise NotImplementedError

    def _checked_format(self, value: Any) -> str:
        raise NotImplementedError


def called(name: str) -> Any:
    """Give a function the name that its errors are told under: that of the class it is for."""

    def decorate(function: Any) -> Any:
        function.__name__ = name
        return function

    return decorate


def compared(sign: str) -> Any:
    """Make a method that compares with another array, element by element."""
    compare = {
        "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater,
        ">=": np.greater_equal,
    }[sign]  # fmt: skip

    def method(self: Any, other: Any) -> Any:
        other = self._comparable(other)
        if other is NotImplemented:
            raise TypeError(f"A {type(self).__name__} is compared with its like only.")
        made = compare(self._times, other)
        return bool(made) if np.ndim(made) == 0 else made

    return method
