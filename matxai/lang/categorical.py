"""categorical: arrays whose elements are one of a few names, as the labels of classify are."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.category_values import (
    UNDEFINED,
    codes_of,
    default_names,
    names_of,
    values_of,
    valueset_of,
)

__all__ = ["categorical", "categories", "nominal"]


class categorical:  # MATLAB's name
    """Array of labels, each of which is one of a set of categories.

    Parameters
    ----------
    data : str, number, bool, categorical, or array or list of these
        The values. White space around texts is cut off. The empty text, "<undefined>", NaN and
        None give undefined elements.
    valueset : array or list, optional
        Values that become the categories, in this order; other values become undefined. By
        default, the distinct values of `data` in ascending order, or all categories that `data`
        has.
    catnames : list of str, optional
        Names of the categories, one for each value of `valueset`; values of the same name are in
        one category. By default the texts themselves, numbers with up to five significant digits,
        or "false" and "true".

    Attributes
    ----------
    shape : tuple of int
        Length along each axis.
    ndim : int
        Number of axes.
    size : int
        Number of elements.

    Raises
    ------
    TypeError
        If `data`, `valueset` or `catnames` hold other things, or texts beside numbers.
    ValueError
        If `valueset` repeats a value, the number of `catnames` is not that of the values, a name
        is empty or "<undefined>", or two numbers would get the same name.

    See Also
    --------
    categories : the names, in their order.

    Notes
    -----
    ``==`` and ``!=`` compare element by element with a text, an array of texts or another
    categorical, by name; an undefined element equals nothing. Brackets count from 0 and take what
    NumPy's brackets take. ``numpy.asarray(c)`` and ``c.tolist()`` are the texts, with "<undefined>"
    for undefined elements; ``str(c)`` of one element is its text. There are no ordinal or protected
    categoricals, and elements cannot be set.

    The behaviour is MATLAB's as documented; chosen here are names of numbers, and that
    ``categorical(c)`` keeps categories that no element has.

    Examples
    --------
    >>> from matxai import categorical, categories
    >>> labels = categorical(["dog", "cat", "dog"])
    >>> labels
    3×1 categorical
         dog
         cat
         dog
    >>> labels == "dog"
    array([ True, False,  True])
    >>> categories(labels)
    array(['cat', 'dog'], dtype='<U3')
    >>> "LIME (" + str(labels[0]) + ")"
    'LIME (dog)'
    """

    # Makes NumPy's arrays leave comparisons with a categorical to it.
    __array_ufunc__ = None
    # == is element by element, so there is no equality to hash by.
    __hash__ = None

    def __init__(self, data: Any, valueset: Any = None, catnames: Any = None):
        values, missing = values_of(_plain(data), "data")
        if valueset is None and isinstance(data, categorical):
            valueset = list(data._names)
        wanted = (
            np.unique(values[~missing]).tolist()
            if valueset is None
            else valueset_of(_plain(valueset), values)
        )
        names = (
            default_names(wanted) if catnames is None else names_of(_plain(catnames), len(wanted))
        )
        # dict.fromkeys keeps the order of the first ones among equal names.
        self._names = tuple(dict.fromkeys(names))
        place = {name: i for i, name in enumerate(self._names)}
        category = {value: place[name] for value, name in zip(wanted, names, strict=True)}
        self._codes = codes_of(values, missing, category)

    @property
    def shape(self) -> tuple[int, ...]:
        """Length along each axis."""
        return self._codes.shape

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return self._codes.ndim

    @property
    def size(self) -> int:
        """Number of elements."""
        return self._codes.size

    def isundefined(self) -> np.ndarray:
        """Tell which elements are in no category."""
        return self._codes < 0

    def tolist(self) -> Any:
        """Return the texts, in a list of lists where there are several axes."""
        return self._texts().tolist()

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[categorical]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, index: Any) -> categorical:
        if isinstance(index, (str, categorical)):
            raise TypeError(
                f"The brackets of a categorical take integers counted from 0, slices or arrays of "
                f"truth values, not {describe(index)}."
            )
        part = categorical.__new__(categorical)
        part._names, part._codes = self._names, np.asarray(self._codes[index])
        return part

    def __eq__(self, other: Any) -> Any:
        return self._equals(other)

    def __ne__(self, other: Any) -> Any:
        equal = self._equals(other)
        return equal if equal is NotImplemented else ~equal

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        if copy is False:
            raise ValueError("The texts of a categorical are always a new array.")
        return np.asarray(self._texts(), np.str_ if dtype is None else dtype)

    def __str__(self) -> str:
        return str(self._texts().item()) if self.size == 1 else _rows(self._texts())

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        if self.size == 1:
            return f"categorical\n     {self}"
        sizes = "×".join(map(str, self.shape if self.ndim > 1 else (self.size, 1)))
        if not self.size:
            return f"{sizes} empty categorical array"
        return f"{sizes} categorical\n{_rows(self._texts())}"

    def _texts(self) -> np.ndarray:
        """Return the texts, objects so that none is cut; undefined elements take the last name."""
        return np.asarray(np.array([*self._names, UNDEFINED], dtype=object)[self._codes], object)

    def _equals(self, other: Any) -> Any:
        if not isinstance(other, categorical):
            if not isinstance(other, (str, numbers.Number, np.ndarray, np.generic, list, tuple)):
                return NotImplemented
            other = categorical(_comparable(other))
        # Where the other's categories are among ours; −2 is nobody's code: undefined ones differ.
        place = {name: i for i, name in enumerate(self._names)}
        theirs = np.array([*(place.get(name, -2) for name in other._names), -2])[other._codes]
        try:
            return np.equal(self._codes, theirs)
        except ValueError:
            sizes = " and ".join("×".join(map(str, c.shape)) for c in (self, other))
            raise ValueError(f"Categoricals of sizes {sizes} cannot be compared.") from None


@matlab_function("names")
def categories(c: categorical) -> np.ndarray:
    """List the categories of a categorical array.

    Parameters
    ----------
    c : categorical
        The array.

    Returns
    -------
    numpy.ndarray of str, shape (C,)
        Names of the categories, in their order, those that no element has included.

    Raises
    ------
    TypeError
        If `c` is no categorical.

    Examples
    --------
    >>> from matxai import categorical, categories
    >>> categories(categorical([10, 9, 10]))
    array(['9', '10'], dtype='<U2')
    """
    if not isinstance(c, categorical):
        raise TypeError(f"categories: c must be a categorical, but is {describe(c)}.")
    return np.array(c._names, dtype=np.str_)


@matlab_function("B")
def nominal(X: Any, labels: Any = None, levels: Any = None) -> categorical:
    """Make a categorical: MATLAB's older name for arrays of names without an order.

    Parameters
    ----------
    X : str, number, bool, categorical, or array or list of these
        The values.
    labels : list of str, optional
        Names of the categories, one for each different value.
    levels : list, optional
        The values that the categories stand for; by default all different ones, sorted.

    Returns
    -------
    categorical
        The array, as ``categorical(X, levels, labels)`` makes it.

    Raises
    ------
    TypeError, ValueError
        See :class:`matxai.categorical`.

    Notes
    -----
    As documented: MathWorks advises ``categorical`` instead. The class is that one here.

    Examples
    --------
    >>> from matxai import nominal
    >>> nominal([1, 2, 1], ["cat", "dog"]).tolist()
    ['cat', 'dog', 'cat']
    """
    return categorical(X, levels, labels)


def _plain(data: Any) -> Any:
    """Turn categoricals, on their own or in a list, into texts."""
    if isinstance(data, categorical):
        return data._texts()
    if isinstance(data, (list, tuple)):
        return [item.tolist() if isinstance(item, categorical) else item for item in data]
    return data


def _comparable(other: Any) -> Any:
    if values_of(_plain(other), "The other side")[0].dtype != object:
        raise TypeError(
            f"A categorical can be compared with texts and categoricals, but not with "
            f'{describe(other)}. Names of numbers are texts: labels == "3".'
        )
    return other


def _rows(texts: np.ndarray) -> str:
    """Lay texts out in rows, a 1-D array as a column, further axes as pages."""
    if texts.ndim < 3:
        rows = texts.reshape(len(texts), -1)
        widths = [max(map(len, column), default=0) for column in rows.T]
        padded = ("      ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
        return "\n".join("     " + line for line in padded)
    pages = []
    for place in np.ndindex(texts.shape[2:]):
        where = ",".join(str(i + 1) for i in place)
        pages.append(f"(:,:,{where})\n{_rows(texts[(..., *place)])}")
    return "\n".join(pages)
