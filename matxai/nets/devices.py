"""What scripts ask of a GPU."""

from __future__ import annotations

from typing import Any

from matxai.calling import matlab_function
from matxai.nets.engines import gpu_available, torch_device

__all__ = ["canUseGPU", "gather", "gpuArray"]


@matlab_function("tf")
def canUseGPU() -> bool:
    """Tell whether networks can be computed on a GPU here.

    Returns
    -------
    bool
        Whether torch finds a CUDA device.

    Examples
    --------
    >>> from matxai import canUseGPU
    >>> canUseGPU() in (True, False)
    True
    """
    return gpu_available()


@matlab_function("G")
def gpuArray(X: Any) -> Any:
    """Return an array as it is, where there is a GPU.

    Parameters
    ----------
    X : array
        The array.

    Returns
    -------
    array
        The same array: where a network computes is said by ``ExecutionEnvironment``, whose default
        "auto" takes a GPU when there is one, and arrays go there and back with it.

    Raises
    ------
    ExecutionEnvironmentError
        If there is no GPU, as in MATLAB. It is a ValueError.

    Notes
    -----
    Chosen here, so that scripts run as they are.
    """
    torch_device("gpu")
    return X


@matlab_function("X")
def gather(X: Any) -> Any:
    """Return an array as it is: none stays on a GPU here.

    Parameters
    ----------
    X : array
        The array.

    Returns
    -------
    array
        The same array.

    Examples
    --------
    >>> from matxai import gather
    >>> gather([1, 2])
    [1, 2]
    """
    return X
