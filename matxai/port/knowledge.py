"""What is known of a value before the script runs: its class, its shape, what its Python form is.

Everything here errs to the side of not knowing. The forms: a scalar is a number, a row and a column
are 1-D arrays (texts and lists of cells likewise have no orientation of their own), a matrix has
two dimensions or more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

__all__ = [
    "ANY",
    "INTEGERS",
    "LOGICAL",
    "NUMBER",
    "TEXT_CLASSES",
    "Kind",
    "array",
    "cell",
    "chars",
    "joined",
    "number",
    "thing",
]

INTEGERS = frozenset(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64))
TEXT_CLASSES = frozenset(["char", "string"])
_NUMERIC = frozenset(["double", "single", "logical", "numeric", *INTEGERS])


@dataclass(frozen=True)
class Kind:
    """What is known of a value.

    Attributes
    ----------
    name : str
        Its MATLAB class; "numeric" for some class of numbers or truth values, "any" for no idea;
        for objects a word for what they are, such as "network".
    shape : str
        "scalar", "row", "column", "vector" (1-D, of unknown orientation), "matrix" (an array of at
        least two dimensions), "grid" (a number, or a matrix), "rowish" (a number, a row, or a
        matrix), "any".
    rank : int
        For a matrix, the most dimensions that it has; 0 where that is unknown.
    const : object
        The value, where it is known: a number, a truth value or a text.
    index : bool
        Whether its Python form is an int, or an array of integers, though its class is double.
    safe : bool
        Whether Python's operators compute with it as MATLAB does: floats of any kind, Python's
        ints, not NumPy's, which wrap around.
    whole : bool
        Whether its elements are whole numbers, in whatever form.
    low : int or None
        A number that it is not below.
    items : Kind or None
        What the elements of a cell array, or of a list of objects, are; what a function returns,
        "tuple" where it is several values, "perhaps tuple" where it may be.
    fields : tuple of (str, Kind), or None
        The fields of a struct, where all of them are known.
    length : int, tuple of int, or None
        How many elements a vector has, or the sizes of a matrix, where they were written out; -1
        where it was made in the size that it needs. Of a number that counts a loop, the last one.
    """

    name: str = "any"
    shape: str = "any"
    rank: int = 0
    const: Any = None
    index: bool = False
    safe: bool = False
    whole: bool = False
    low: int | None = None
    items: Kind | None = None
    fields: tuple[tuple[str, Kind], ...] | None = None
    length: Any = None

    @property
    def numeric(self) -> bool:
        """Whether it consists of numbers or truth values."""
        return self.name in _NUMERIC

    @property
    def floating(self) -> bool:
        """Whether it is double or single."""
        return self.name in ("double", "single")

    @property
    def text(self) -> bool:
        """Whether it is char or string."""
        return self.name in TEXT_CLASSES

    @property
    def scalar(self) -> bool:
        """Whether it is one element, and a number in Python."""
        return self.shape == "scalar"

    @property
    def flat(self) -> bool:
        """Whether its Python form has one dimension: a 1-D array or a list."""
        return self.shape in ("row", "column", "vector")

    @property
    def one_text(self) -> bool:
        """Whether its Python form is one str."""
        return (self.name == "char" and self.shape == "row") or (
            self.name == "string" and self.scalar
        )

    @property
    def plain(self) -> bool:
        """Whether nothing can change it in place: a number or a text."""
        return (self.scalar and (self.numeric or self.name == "string")) or self.one_text

    @property
    def truth(self) -> bool:
        """Whether it is one truth value."""
        return self.name == "logical" and self.scalar

    def field(self, name: str) -> Kind | None:
        """Return what a field of a struct is; None if it has no such field, ANY if unknown."""
        return ANY if self.fields is None else dict(self.fields).get(name)

    def but(self, **changes: Any) -> Kind:
        """Return it with changes; what was known of the value itself is forgotten."""
        return replace(self, **{"const": None, "low": None, "length": None, **changes})


ANY = Kind()
NUMBER = Kind("double", "scalar", safe=True)
LOGICAL = Kind("logical", "scalar")


def number(value: float) -> Kind:
    """Return what is known of a constant of class double."""
    whole = value == value and abs(value) != float("inf") and value == int(value)
    return Kind(
        "double",
        "scalar",
        const=value,
        index=isinstance(value, int),
        safe=True,
        whole=whole,
        low=int(value) if whole else None,
    )


def array(shape: str, name: str = "double", rank: int = 0, **more: Any) -> Kind:
    """Return what is known of an array of floats, or of another class, freshly computed."""
    return Kind(name, shape, rank=rank, safe=name in ("double", "single"), **more)


def chars(value: str | None = None) -> Kind:
    """Return what is known of a char vector."""
    return Kind("char", "row", const=value)


def cell(shape: str, items: Kind | None = None, length: int | None = None) -> Kind:
    """Return what is known of a cell array."""
    return Kind("cell", shape, items=items, length=length)


def thing(name: str, shape: str = "scalar") -> Kind:
    """Return what is known of an object."""
    return Kind(name, shape)


def _common_name(a: Kind, b: Kind) -> str:
    if a.name == b.name:
        return a.name
    return "numeric" if a.numeric and b.numeric else "any"


def _common_shape(a: Kind, b: Kind) -> str:
    if a.shape == b.shape:
        return a.shape
    if a.flat and b.flat:
        return "vector"
    both = {a.shape, b.shape}
    if both <= {"scalar", "matrix", "grid"} and max(a.rank, b.rank) <= 2:
        return "grid" if not any(k.shape == "matrix" and k.rank != 2 for k in (a, b)) else "any"
    if any(k.shape == "matrix" and k.rank != 2 for k in (a, b)) or not both & {"row", "rowish"}:
        return "rowish" if both <= {"scalar", "row", "rowish", "grid"} else "any"
    return "rowish" if both <= {"scalar", "row", "rowish", "grid", "matrix"} else "any"


def _pair(a: Kind, b: Kind) -> Kind:
    if a == b:
        return a
    shape = _common_shape(a, b)
    known = a.const is not None and type(a.const) is type(b.const) and a.const == b.const
    return Kind(
        _common_name(a, b),
        shape,
        rank=max(a.rank, b.rank) if shape == "matrix" and a.rank and b.rank else 0,
        const=a.const if known else None,
        index=a.index and b.index,
        safe=a.safe and b.safe,
        whole=a.whole and b.whole,
        low=min(a.low, b.low) if a.low is not None and b.low is not None else None,
        items=_items(a, b),
        fields=_fields(a, b),
        length=a.length if a.length == b.length else None,
    )


def _items(a: Kind, b: Kind) -> Kind | None:
    if "tuple" in {k.items.name for k in (a, b) if k.items} and a.items != b.items:
        return Kind("perhaps tuple")
    return _pair(a.items, b.items) if a.items and b.items else None


def _fields(a: Kind, b: Kind) -> tuple[tuple[str, Kind], ...] | None:
    if a.fields is None or b.fields is None:
        return None
    ours, theirs = dict(a.fields), dict(b.fields)
    if set(ours) != set(theirs):
        return None
    return tuple((name, _pair(ours[name], theirs[name])) for name in ours)


def joined(kinds: Iterable[Kind]) -> Kind:
    """Return what is known of a value that is one of several."""
    kinds = list(kinds)
    if not kinds:
        return ANY
    result = kinds[0]
    for kind in kinds[1:]:
        result = _pair(result, kind)
    return result
