"""Functions of dlarrays as layers compute them: to be differentiated, or for custom layers."""

from __future__ import annotations

from typing import Any

from matxai.arguments import describe, real_scalar, text
from matxai.calling import matlab_function
from matxai.nets.dimension_labels import check_labels
from matxai.nets.dlarray import dlarray

__all__ = ["leakyrelu", "relu", "sigmoid", "softmax"]


def _dlarray(value: Any, name: str) -> dlarray:
    if not isinstance(value, dlarray):
        raise TypeError(
            f"{name} must be a dlarray, but is {describe(value)}. Make one: dlarray(X, fmt)."
        )
    return value


@matlab_function("Y", accepts={"X": _dlarray})
def relu(X: dlarray) -> dlarray:
    """Set what is negative to zero.

    Parameters
    ----------
    X : dlarray
        The data.

    Returns
    -------
    dlarray
        The greater of each element and 0.

    Raises
    ------
    TypeError
        If `X` is no dlarray.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, relu
    >>> relu(dlarray(np.array([-1.0, 2.0])))
    2 double dlarray
    [0. 2.]
    """
    import torch

    return dlarray.of_tensor(torch.relu(X.tensor), X.labels)


@matlab_function("Y", accepts={"X": _dlarray, "scaleFactor": real_scalar})
def leakyrelu(X: dlarray, scaleFactor: float = 0.01) -> dlarray:
    """Multiply what is negative by a factor.

    Parameters
    ----------
    X : dlarray
        The data.
    scaleFactor : float, default 0.01
        The factor.

    Returns
    -------
    dlarray
        Elements above 0 as they are, others times the factor.

    Raises
    ------
    TypeError
        If `X` is no dlarray, or the factor no number.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, leakyrelu
    >>> leakyrelu(dlarray(np.array([-1.0, 2.0])), 0.5)
    2 double dlarray
    [-0.5  2. ]
    """
    import torch

    return dlarray.of_tensor(torch.nn.functional.leaky_relu(X.tensor, scaleFactor), X.labels)


@matlab_function("Y", accepts={"X": _dlarray})
def sigmoid(X: dlarray) -> dlarray:
    """Compute 1/(1 + exp(−x)) of each element.

    Parameters
    ----------
    X : dlarray
        The data.

    Returns
    -------
    dlarray
        Numbers from 0 to 1.

    Raises
    ------
    TypeError
        If `X` is no dlarray.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, sigmoid
    >>> sigmoid(dlarray(np.array([0.0])))
    1 double dlarray
    [0.5]
    """
    import torch

    return dlarray.of_tensor(torch.sigmoid(X.tensor), X.labels)


@matlab_function("Y", accepts={"X": _dlarray, "DataFormat": text})
def softmax(X: dlarray, *, DataFormat: str | None = None) -> dlarray:
    """Compute the softmax along the channels.

    Parameters
    ----------
    X : dlarray
        The data, with the label C unless `DataFormat` is given.
    DataFormat : str, optional
        Labels of the dimensions of a dlarray that has none; the result has none either.

    Returns
    -------
    dlarray
        Positive numbers whose sum along the channels is 1.

    Raises
    ------
    TypeError
        If `X` is no dlarray.
    ValueError
        If it has no dimension of channels.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlarray, softmax
    >>> softmax(dlarray(np.zeros((2, 1)), "CB"))
    2(C)×1(B) double dlarray
    [[0.5]
     [0.5]]
    """
    import torch

    labels = X.labels or (check_labels(DataFormat, X.ndim, "DataFormat") if DataFormat else "")
    if "C" not in labels:
        raise ValueError(
            f"softmax: X must have a dimension of channels, but is {X!r}. Give it labels, "
            f'dlarray(X, "CB"), or say them: DataFormat="CB".'
        )
    return dlarray.of_tensor(torch.softmax(X.tensor, labels.index("C")), X.labels)
