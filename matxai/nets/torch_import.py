"""Networks from PyTorch modules."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe, positive_integers
from matxai.calling import matlab_function
from matxai.nets.importing import network_from_model
from matxai.nets.network import dlnetwork
from matxai.nets.preprocessing import NORMALIZATION_CHECKS, adapted
from matxai.nets.torch_export import exported
from matxai.nets.torch_names import with_module_names

if TYPE_CHECKING:
    import torch

__all__ = ["fromTorch"]


@matlab_function("net", accepts={"InputSize": positive_integers((3,)), **NORMALIZATION_CHECKS})
def fromTorch(
    module: torch.nn.Module,
    InputSize: tuple[int, int, int],
    *,
    Normalization: str = "none",
    Mean: float | np.ndarray | None = None,
    StandardDeviation: float | np.ndarray | None = None,
    Min: float | np.ndarray | None = None,
    Max: float | np.ndarray | None = None,
) -> dlnetwork:
    """Make a network of a PyTorch module.

    Parameters
    ----------
    module : torch.nn.Module
        The module. It takes one tensor N×C×H×W of single precision and returns a tensor or
        several. It is taken in evaluation mode, and left in the mode in which it was.
    InputSize : vector of 3
        Height, width and channels of the images.
    Normalization : {"none", "zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one"}
        What is done to an image before the module gets it, as imageInputLayer does it: x − Mean;
        (x − Mean)/StandardDeviation; x scaled from Min…Max to −1…1; to 0…1.
    Mean, StandardDeviation, Min, Max : float or array, optional
        What Normalization needs: one number, one for each channel (C or 1×1×C), or H×W×C.

    Returns
    -------
    dlnetwork
        The network. Its layers are named after the module's parts, ``"layer4.1.conv2"`` for
        example.

    Raises
    ------
    TypeError
        If `module` is no module, takes several inputs, or is not of single precision.
    NetworkImportError
        If the module fails on an image of this size, torch cannot export it, or the exported
        network gives other outputs than the module. It is a ValueError.
    ValueError
        If `InputSize` is not three positive integers, or Normalization lacks a value that it needs.

    See Also
    --------
    importNetworkFromONNX : for files that torch.onnx.export wrote.

    Notes
    -----
    The module goes through ``torch.onnx.export``; the outcome is held against the module on two
    random images. Weights are copied: training the module further does not change the network.
    MATLAB has no such function; this one is *chosen*.

    Examples
    --------
    >>> import torch
    >>> from matxai import fromTorch
    >>> module = torch.nn.Sequential(
    ...     torch.nn.Conv2d(3, 8, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(288, 5)
    ... )
    >>> net = fromTorch(module, [8, 8, 3], Normalization="rescale-zero-one", Min=0, Max=255)
    >>> net.Layers[0].InputSize
    array([8, 8, 3])
    >>> net.OutputNames
    ['3']
    """
    _require_module(module)
    height, width, channels = InputSize
    images = np.random.RandomState(0).standard_normal((2, channels, height, width))
    model = exported(module, images.astype(np.float32))
    model = adapted(
        with_module_names(model, module),
        input_formats=["BCSS"],
        normalization=Normalization,
        mean=Mean,
        deviation=StandardDeviation,
        minimum=Min,
        maximum=Max,
    )
    return network_from_model(model, type(module).__name__)


def _require_module(module: Any) -> None:
    import torch

    if not isinstance(module, torch.nn.Module):
        hint = ""
        if inspect.isclass(module):
            hint = f" Make an object of the class: {module.__name__}()."
        elif isinstance(module, Mapping):
            hint = " A state dict holds weights only: load it into a module, load_state_dict(…)."
        elif isinstance(module, str):
            hint = " Load the file in PyTorch first."
        raise TypeError(
            f"fromTorch: module must be a torch.nn.Module, but is {describe(module)}.{hint}"
        )
    needed = _needed_inputs(module)
    if len(needed) > 1:
        raise TypeError(
            f"fromTorch: module must take one image tensor, but its forward takes {len(needed)} "
            f"inputs: {', '.join(needed)}. Wrap it in a module that takes one."
        )
    for name, weight in module.state_dict().items():
        if weight.is_floating_point() and weight.dtype != torch.float32:
            raise TypeError(
                f"fromTorch: module must be of single precision, but {name} is {weight.dtype}. "
                f"module.float() makes it so."
            )


def _needed_inputs(module: torch.nn.Module) -> list[str]:
    try:
        parameters = inspect.signature(module.forward).parameters.values()
    except ValueError:  # a traced module tells nothing of its inputs
        return []
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [p.name for p in parameters if p.default is p.empty and p.kind not in variadic]
