"""transform and combine: datastores that are made of others."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, one_of
from matxai.calling import matlab_function
from matxai.images.augmented import augmentedImageDatastore
from matxai.images.datastore_joins import beside, images_of, stacked_rows
from matxai.images.datastore_parts import stacked
from matxai.images.datastores import imageDatastore
from matxai.lang.structs import struct

__all__ = [
    "CombinedDatastore",
    "SequentialDatastore",
    "TransformedDatastore",
    "combine",
    "preview",
    "transform",
]


class _Derived:
    """A datastore whose data are those of others; it reads copies of them, from their start."""

    def __init__(self, stores: list[Any]):
        self._stores = [fresh(store) for store in stores]

    @property
    def UnderlyingDatastores(self) -> list[Any]:
        """The datastores that it is made of."""
        return list(self._stores)

    @matlab_function("data", "info")
    def read(self, *, nargout=1):
        """Read the next data; with ``nargout=2`` also what is known of them."""
        if not self.hasdata():
            raise ValueError("read: there are no more data. reset(ds) starts again.")
        return self._read()

    @matlab_function("tf")
    def hasdata(self):
        """Tell whether there are more data to read."""
        return all(store.hasdata() for store in self._stores)

    @matlab_function()
    def reset(self):
        """Go back to the first data."""
        for store in self._stores:
            store.reset()

    @matlab_function("data")
    def readall(self):
        """Read all data, those of one read below those of the one before."""
        return stacked_rows(list(_reads(self)))

    def batches(self, size: int) -> Iterator[np.ndarray]:
        """Read all images, H×W×C×N for up to `size` of them at once."""
        waiting: list[Any] = []
        for data in _reads(self):
            waiting += images_of(data)
            while len(waiting) >= size:
                yield stacked(waiting[:size])
                waiting = waiting[size:]
        if waiting:
            yield stacked(waiting)

    def __repr__(self) -> str:
        inside = ", ".join(type(store).__name__ for store in self._stores)
        return f"<{type(self).__name__} of {inside}>"


class TransformedDatastore(_Derived):
    """What another datastore reads, put through a function, as :func:`transform` makes it."""

    def __init__(self, store: Any, function: Callable[..., Any], include_info: bool):
        super().__init__([store])
        self._function, self._include_info = function, include_info

    @property
    def Transforms(self) -> list[Any]:
        """The function."""
        return [self._function]

    @property
    def IncludeInfo(self) -> bool:
        """Whether the function takes and returns what is known of the data."""
        return self._include_info

    def _read(self) -> tuple[Any, Any]:
        data, info = _read(self._stores[0])
        if not self._include_info:
            made = self._function(data)
            return (made[0] if isinstance(made, tuple) else made), info
        made = self._function(data, info)
        if not isinstance(made, tuple) or len(made) < 2:
            raise TypeError(
                f"read: with IncludeInfo, fcn must return data and info, but it returns "
                f"{describe(made)}."
            )
        return made[:2]


class CombinedDatastore(_Derived):
    """What several datastores read, side by side, as :func:`combine` makes it."""

    def _read(self) -> tuple[Any, Any]:
        read = [_read(store) for store in self._stores]
        return beside([data for data, _ in read]), [info for _, info in read]


class SequentialDatastore(_Derived):
    """What several datastores read, one after the other, as :func:`combine` makes it."""

    @matlab_function("tf")
    def hasdata(self):
        """Tell whether there are more data to read."""
        return any(store.hasdata() for store in self._stores)

    def _read(self) -> tuple[Any, Any]:
        return _read(next(store for store in self._stores if store.hasdata()))


def fresh(store: Any) -> Any:
    """Copy a datastore, so that reading one does not move the other, and start it again."""
    made = copy.copy(store)
    if isinstance(made, _Derived):
        made._stores = [fresh(inner) for inner in made._stores]
    made.reset()
    return made


def _read(store: Any) -> tuple[Any, Any]:
    if isinstance(store, augmentedImageDatastore):
        return store.read(), struct()
    return store.read(nargout=2)


def _reads(store: Any) -> Iterator[Any]:
    store = fresh(store)
    while store.hasdata():
        yield store.read()


def _store(value: Any, name: str) -> Any:
    if not isinstance(value, (imageDatastore, augmentedImageDatastore, _Derived)):
        raise TypeError(
            f"{name} must be a datastore, as imageDatastore, augmentedImageDatastore, transform or "
            f"combine return, but is {describe(value)}."
        )
    return value


def _function(value: Any, name: str) -> Any:
    if not callable(value) or isinstance(value, type):
        raise TypeError(f"{name} must be a function of the data, but is {describe(value)}.")
    return value


@matlab_function("dsnew", accepts={"ds": _store, "fcn": _function, "IncludeInfo": logical})
def transform(ds: Any, fcn: Any, *, IncludeInfo: bool = False) -> TransformedDatastore:
    """Make a datastore whose data are those of another one, put through a function.

    Parameters
    ----------
    ds : imageDatastore, augmentedImageDatastore or other datastore
        The datastore. It is not changed.
    fcn : callable
        Function of what ``read(ds)`` gives, which returns the new data.
    IncludeInfo : bool, default False
        True calls ``fcn(data, info)``, which returns data and info.

    Returns
    -------
    TransformedDatastore
        A datastore for `read`, `hasdata`, `reset`, `readall`, `preview`, `transform` and `combine`;
        also for `minibatchpredict`, `classify` and `semanticseg`, which take the first of several
        data for the image.

    Raises
    ------
    TypeError
        If `ds` is no datastore, or `fcn` no function.

    See Also
    --------
    combine : several datastores side by side.

    Notes
    -----
    Documented, for one datastore. Chosen: the new datastore reads from the first data on, and
    reading it does not move `ds`.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import imageDatastore, imwrite, read, transform
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     imwrite([[0, 1]], os.path.join(folder, "1.png"))
    ...     inverted = transform(imageDatastore(folder), lambda image: 255 - image)
    ...     read(inverted)
    array([[255,   0]], dtype=uint8)
    """
    return TransformedDatastore(ds, fcn, IncludeInfo)


@matlab_function("dsnew", accepts={"ReadOrder": one_of("associated", "sequential")})
def combine(*ds: Any, ReadOrder: str = "associated") -> Any:
    """Make one datastore of several.

    Parameters
    ----------
    *ds : imageDatastore, augmentedImageDatastore or other datastores
        The datastores. They are not changed.
    ReadOrder : {"associated", "sequential"}
        Whether data are read side by side, or the datastores one after the other.

    Returns
    -------
    CombinedDatastore or SequentialDatastore
        A datastore for the functions that `transform` names. Side by side, cells and tables are
        joined, and other data are put into a cell each: of two imageDatastores a list of two
        images. It ends with the first of them that ends.

    Raises
    ------
    TypeError
        If there is no datastore, or an argument is none.
    ValueError
        If ReadOrder is something else.

    See Also
    --------
    transform : put the data through a function.

    Notes
    -----
    Documented. Chosen: the new datastore reads from the first data on, and reading it does not
    move those that it is made of.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import combine, imageDatastore, imwrite, read
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     imwrite([[0, 1]], os.path.join(folder, "1.png"))
    ...     both = combine(imageDatastore(folder), imageDatastore(folder))
    ...     read(both)
    [array([[  0, 255]], dtype=uint8), array([[  0, 255]], dtype=uint8)]
    """
    if not ds:
        raise TypeError("combine: ds1 is missing. Call combine(ds1, ds2).")
    stores = [_store(each, f"combine: ds{i}") for i, each in enumerate(ds, 1)]
    return CombinedDatastore(stores) if ReadOrder == "associated" else SequentialDatastore(stores)


@matlab_function("data", accepts={"ds": _store})
def preview(ds: Any) -> Any:
    """Look at the first data of a datastore, wherever it is in reading.

    Parameters
    ----------
    ds : imageDatastore, augmentedImageDatastore or other datastore
        The datastore. It is not changed.

    Returns
    -------
    numpy.ndarray, table or list
        What `read` gives first; of an augmentedImageDatastore at most eight rows.

    Raises
    ------
    TypeError
        If `ds` is no datastore.
    ValueError
        If it is empty.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import imageDatastore, imwrite, preview
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     imwrite([[0, 1]], os.path.join(folder, "1.png"))
    ...     preview(imageDatastore(folder))
    array([[  0, 255]], dtype=uint8)
    """
    first = fresh(ds)
    if isinstance(first, augmentedImageDatastore):
        first.MiniBatchSize = min(first.MiniBatchSize, 8)
    return first.read()
