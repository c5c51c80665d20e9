"""Handles of graphics objects: their properties by attribute, by ``get`` and by ``set``.

Each class of handles has a Python property for each property of MATLAB's object that is there; so
a misspelt name is refused, and ``set`` finds names in any case.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from matxai.arguments import describe, logical
from matxai.calling import matlab_function

__all__ = ["Handle", "get", "handle_of", "on_off", "set"]


class Handle:
    """Handle of a graphics object.

    Attributes
    ----------
    Tag : str
        A name of the user's own.
    UserData : any
        Data of the user's own.
    Visible : {"on", "off"}
        Whether the object is drawn.
    """

    _kind: ClassVar[str] = "object"

    def __init__(self, artist: Any):
        self._artist = artist
        self._tag = ""
        self._user_data = None

    @property
    def Tag(self) -> str:
        return self._tag

    @Tag.setter
    def Tag(self, value: str) -> None:
        self._tag = value

    @property
    def UserData(self) -> Any:
        return self._user_data

    @UserData.setter
    def UserData(self, value: Any) -> None:
        self._user_data = value

    @property
    def Visible(self) -> str:
        return on_off(self._artist.get_visible())

    @Visible.setter
    def Visible(self, value: Any) -> None:
        self._artist.set_visible(logical(value, "Visible"))

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or name in property_names(self):
            object.__setattr__(self, name, value)
        else:
            raise AttributeError(_unknown(self, name))

    def __getattr__(self, name: str) -> Any:
        # Called for what is not there; names with underscores are asked for by Python itself.
        raise AttributeError(name if name.startswith("_") else _unknown(self, name))

    def __repr__(self) -> str:
        return f"<{self._kind}>"


def handle_of(artist: Any, make: Any) -> Any:
    """Give the one handle of an object of matplotlib, made on first use: handles compare by it."""
    if getattr(artist, "_matxai_handle", None) is None:
        artist._matxai_handle = make(artist)
    return artist._matxai_handle


def on_off(flag: bool) -> str:
    """Say a truth value as MATLAB's properties do."""
    return "on" if flag else "off"


def property_names(handle: Handle) -> list[str]:
    """Give the names of the properties that a handle has, in alphabetical order."""
    found = {
        name
        for each in type(handle).__mro__
        for name, value in vars(each).items()
        if isinstance(value, property)
    }
    return sorted(found)


def _unknown(handle: Handle, name: str) -> str:
    names = property_names(handle)
    near = difflib.get_close_matches(name.lower(), [n.lower() for n in names], 1, 0.6)
    meant = next((f" Did you mean {n!r}?" for n in names if n.lower() in near), "")
    return f"{handle._kind} has no property {name!r}.{meant} There are: {', '.join(names)}."


def _property(handle: Handle, name: Any, function: str) -> str:
    """Find the property that a name in any case, or its unique beginning, stands for."""
    if not isinstance(name, str):
        raise TypeError(f"{function}: a property's name must be a text, not {describe(name)}.")
    names, given = property_names(handle), name.lower()
    exact = [n for n in names if n.lower() == given]
    matches = exact or [n for n in names if given and n.lower().startswith(given)]
    if len(matches) != 1:
        raise ValueError(f"{function}: {_unknown(handle, name)}")
    return matches[0]


def _handles(value: Any, function: str) -> list[Handle]:
    from matxai.graphics.containers import handle_from

    items = value if isinstance(value, (list, tuple, np.ndarray)) else [value]
    found = [handle_from(item) for item in items]
    if not found or not all(isinstance(item, Handle) for item in found):
        raise TypeError(
            f"{function}: H must be a handle, such as gca() or imshow return, or a list of them, "
            f"but is {describe(value)}."
        )
    return found


def set(H: Any, *args: Any, **properties: Any) -> None:
    """Set properties of a graphics object, or of several.

    Parameters
    ----------
    H : handle, or list of handles
        The objects: what ``imshow``, ``plot``, ``gca``, … return.
    *args
        Pairs of a property's name, in any case, and its value; or a dict of such pairs, where
        MATLAB has a structure.
    **properties
        Properties by keyword.

    Raises
    ------
    TypeError
        If `H` is no handle, or a name has no value.
    ValueError
        If an object has no such property, or not of this value; the message lists its properties.

    See Also
    --------
    get : ask for them.

    Notes
    -----
    Documented behaviour. Names may be shortened as long as they are unique.

    Examples
    --------
    >>> from matxai import close, get, imagesc, set
    >>> h = imagesc([[1, 2], [3, 4]])
    >>> set(h, 'alphadata', 0.5)
    >>> get(h, 'AlphaData')
    0.5
    >>> close("all")
    """
    handles = _handles(H, "set")
    pairs = []
    rest = list(args)
    while rest:
        name = rest.pop(0)
        if isinstance(name, Mapping):
            pairs += name.items()
        elif rest:
            pairs.append((name, rest.pop(0)))
        else:
            raise TypeError(f"set: the property {name!r} has no value.")
    for handle in handles:
        for name, value in [*pairs, *properties.items()]:
            known = _property(handle, name, "set")
            try:
                setattr(handle, known, value)
            except AttributeError:
                raise ValueError(
                    f"set: the property {known} of {handle._kind} can only be read."
                ) from None


# Any property is a keyword of set, so that it cannot be described to the door.
set.__matlab_function__ = True


@matlab_function("v")
def get(H, propertyname=None):
    """Ask for properties of a graphics object.

    Parameters
    ----------
    H : handle, or list of handles
        The object; for several, a list of values is returned.
    propertyname : str, optional
        Name of the property, in any case.

    Returns
    -------
    any
        The value; without `propertyname` a dict of all properties, where MATLAB has a structure.

    Raises
    ------
    TypeError
        If `H` is no handle, or `propertyname` no text.
    ValueError
        If the object has no such property; the message lists those that it has.

    See Also
    --------
    set : set them.

    Examples
    --------
    >>> from matxai import close, figure, get
    >>> get(figure(3), 'Number')
    3
    >>> close(3)
    """
    values = [_get(handle, propertyname) for handle in _handles(H, "get")]
    return values if isinstance(H, (list, tuple, np.ndarray)) else values[0]


def _get(handle: Handle, name: Any) -> Any:
    if name is None:
        return {each: getattr(handle, each) for each in property_names(handle)}
    return getattr(handle, _property(handle, name, "get"))
