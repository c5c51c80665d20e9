"""What a dlarray consists of: its data and its labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, text
from matxai.calling import matlab_function
from matxai.nets.dimension_labels import ORDER
from matxai.nets.dlarray import dlarray

__all__ = ["dims", "extractdata", "finddim", "stripdims"]


def _dlarray(value: Any, name: str) -> dlarray:
    if not isinstance(value, dlarray):
        raise TypeError(f"{name} must be a dlarray, but is {describe(value)}.")
    return value


def _label(value: Any, name: str) -> str:
    label = text(value, name).upper()
    if len(label) != 1 or label not in ORDER:
        raise ValueError(f"{name} must be one of the labels S, C, B, T and U, but is {value!r}.")
    return label


@matlab_function("data", accepts={"X": _dlarray})
def extractdata(X: dlarray) -> np.ndarray:
    """Return the data of a dlarray as a NumPy array.

    Parameters
    ----------
    X : dlarray
        The dlarray.

    Returns
    -------
    numpy.ndarray
        Its data, a copy, of the same class; dimensions of length 1 behind the second are dropped,
        which in MATLAB do not show. What is computed from it is not recorded.

    Raises
    ------
    TypeError
        If `X` is no dlarray.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, extractdata
    >>> extractdata(dlarray(np.array([1.0, 2.0])) + 1)
    array([2., 3.])
    """
    data = X._numpy()
    while data.ndim > 2 and data.shape[-1] == 1:
        data = data[..., 0]
    return data.copy()


@matlab_function("fmt", accepts={"X": _dlarray})
def dims(X: dlarray) -> str:
    """Return the labels of a dlarray's dimensions.

    Parameters
    ----------
    X : dlarray
        The dlarray.

    Returns
    -------
    str
        One label for each dimension; empty if it has none.

    Raises
    ------
    TypeError
        If `X` is no dlarray.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dims, dlarray
    >>> dims(dlarray(np.zeros((2, 3)), "BC"))
    'CB'
    """
    return X.labels


@matlab_function("dim", accepts={"X": _dlarray, "label": _label})
def finddim(X: dlarray, label: str) -> np.ndarray:
    """Find the dimensions that have a label.

    Parameters
    ----------
    X : dlarray
        The dlarray.
    label : {"S", "C", "B", "T", "U"}
        The label.

    Returns
    -------
    numpy.ndarray of int
        Numbers of the dimensions, counted from 1; empty if none has the label.

    Raises
    ------
    TypeError
        If `X` is no dlarray.
    ValueError
        If there is no such label.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, finddim
    >>> finddim(dlarray(np.zeros((2, 3, 4)), "SSC"), "S")
    array([1, 2])
    """
    return np.array([i + 1 for i, own in enumerate(X.labels) if own == label], dtype=np.int64)


@matlab_function("Y", accepts={"X": _dlarray})
def stripdims(X: dlarray) -> dlarray:
    """Return a dlarray without its labels; what is recorded goes on being so.

    Parameters
    ----------
    X : dlarray
        The dlarray.

    Returns
    -------
    dlarray
        The same data without labels.

    Raises
    ------
    TypeError
        If `X` is no dlarray.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, stripdims
    >>> stripdims(dlarray(np.zeros((2, 3)), "CB"))
    2×3 double dlarray
    [[0. 0. 0.]
     [0. 0. 0.]]
    """
    return dlarray.of_tensor(X.tensor, origin=X._origin)
