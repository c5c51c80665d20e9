"""PyTorch modules turned to ONNX by torch itself, and held against the outcome."""

from __future__ import annotations

import inspect
import io
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx

from matxai.arguments import describe
from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.graph import BATCH
from matxai.nets.importing import NetworkImportError
from matxai.nets.preparing import TARGET_OPSET

if TYPE_CHECKING:
    import torch

__all__ = ["exported"]

_INPUT = "input"
# Largest difference of the exported network's outputs from the module's, to the largest output.
_TOLERANCE = 1e-4


def exported(module: torch.nn.Module, images: np.ndarray) -> onnx.ModelProto:
    """Export a module for batches of any size, or of one image where that is not the same.

    Parameters
    ----------
    module : torch.nn.Module
        The module; it is exported in evaluation mode, and left in the mode in which it was.
    images : numpy.ndarray of float32, shape (N, C, H, W)
        Images on which the outcome has to be what the module is.

    Raises
    ------
    NetworkImportError
        If the module fails on these images, torch cannot export it, or the outcome differs.
    """
    with _evaluating(module):
        return _checked_export(module, images)


@contextmanager
def _evaluating(module: torch.nn.Module) -> Iterator[None]:
    """Put a module in evaluation mode, and each of its parts back in its own at the end."""
    modes = [(part, part.training) for part in module.modules()]
    module.eval()
    try:
        yield
    finally:
        for part, mode in modes:
            part.training = mode


def _checked_export(module: torch.nn.Module, images: np.ndarray) -> onnx.ModelProto:
    expected = [_outputs(module, images[i : i + 1]) for i in range(len(images))]
    problem = ""
    for open_batch in (True, False):
        model = _export(module, images[:1], open_batch)
        problem = _difference(model, images, expected, open_batch)
        if not problem:
            return model
    raise NetworkImportError(
        f"fromTorch: the network that torch exported is not {_named(module)}: {problem}. torch "
        f"exports what one image passes through: an if or a loop over an image's values is lost."
    )


def _outputs(module: torch.nn.Module, images: np.ndarray) -> list[np.ndarray]:
    import torch

    device = next((p.device for p in module.parameters()), torch.device("cpu"))
    try:
        with torch.no_grad():
            result = module(torch.from_numpy(images).to(device))
    except Exception as error:  # whatever the user's own code raises
        _, channels, height, width = images.shape
        raise NetworkImportError(
            f"fromTorch: {_named(module)} fails on an image of InputSize [{height} {width} "
            f"{channels}], which is height, width and channels: {type(error).__name__}: {error}"
        ) from error
    outputs = [output.cpu().numpy() for output in _tensors(result)]
    if not all(np.isfinite(output).all() for output in outputs):
        raise NetworkImportError(
            f"fromTorch: {_named(module)} gives NaN or Inf for a random image. Look at its weights."
        )
    return outputs


def _tensors(result: Any) -> list[torch.Tensor]:
    """List the tensors that a module returned, in the order in which torch exports them."""
    import torch

    if isinstance(result, torch.Tensor):
        return [result]
    if isinstance(result, Mapping):
        result = list(result.values())
    if not isinstance(result, (tuple, list)) or not result:
        raise NetworkImportError(
            f"fromTorch: module must return a tensor or several, but returns {describe(result)}."
        )
    return [tensor for part in result for tensor in _tensors(part)]


def _export(module: torch.nn.Module, image: np.ndarray, open_batch: bool) -> onnx.ModelProto:
    import torch

    device = next((p.device for p in module.parameters()), torch.device("cpu"))
    # From torch 2.5 on there is a second exporter, which needs the package onnxscript.
    choice = inspect.signature(torch.onnx.export).parameters
    options = {"dynamo": False} if "dynamo" in choice else {}
    file = io.BytesIO()
    try:
        with torch.no_grad(), _quiet_exporter(), _without_fused_attention():
            torch.onnx.export(
                module,
                (torch.from_numpy(image).to(device),),
                file,
                input_names=[_INPUT],
                dynamic_axes={_INPUT: {0: BATCH}} if open_batch else None,
                opset_version=TARGET_OPSET,
                # Else batch normalization disappears into the convolutions in front of it.
                training=torch.onnx.TrainingMode.PRESERVE,
                **options,
            )
    except Exception as error:  # its errors share no class but this one
        raise NetworkImportError(
            f"fromTorch: torch cannot export {_named(module)} to ONNX: {error}"
        ) from error
    return onnx.load_from_string(file.getvalue())


@contextmanager
def _quiet_exporter() -> Iterator[None]:
    """Keep torch from telling that this exporter is the older one, and from printing graphs.

    Where it fails it prints the whole graph, from C++ and past ``sys.stdout``.
    """
    with _without_stdout(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _without_stdout() -> Iterator[None]:
    try:
        stdout = os.dup(1)
    except OSError:  # a program without a console has none
        yield
        return
    if sys.stdout is not None:
        sys.stdout.flush()
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        yield
    finally:
        os.dup2(stdout, 1)
        os.close(stdout)


@contextmanager
def _without_fused_attention() -> Iterator[None]:
    """Have attention computed in steps that ONNX knows."""
    import torch

    mha = getattr(torch.backends, "mha", None)
    if mha is None:
        yield
        return
    before = mha.get_fastpath_enabled()
    mha.set_fastpath_enabled(False)
    try:
        yield
    finally:
        mha.set_fastpath_enabled(before)


def _difference(
    model: onnx.ModelProto,
    images: np.ndarray,
    expected: list[list[np.ndarray]],
    open_batch: bool,
) -> str:
    """Say in what the exported network differs from the module; nothing if it does not."""
    wanted = [np.concatenate(parts) for parts in zip(*expected, strict=True)]
    try:
        given = OnnxRuntimeEngine(model, None if open_batch else 1)(images)
    except Exception as error:  # ONNX Runtime's errors share no class but this one
        return f"ONNX Runtime does not run it: {error}"
    if [y.shape for y in given] != [y.shape for y in wanted]:
        sizes = [y.shape for y in given], [y.shape for y in wanted]
        return f"for two images its outputs have the sizes {sizes[0]}, not {sizes[1]}"
    for y, want in zip(given, wanted, strict=True):
        largest = np.abs(want).max(initial=0)
        difference = np.abs(y.astype(np.float64) - want).max(initial=0)
        if not difference <= _TOLERANCE * largest:
            return f"for two random images outputs up to {largest:.3g} differ by {difference:.3g}"
    return ""


def _named(module: torch.nn.Module) -> str:
    return f"the module {type(module).__name__}"
