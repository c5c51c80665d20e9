"""Networks from ONNX files."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import onnx

from matxai.calling import matlab_function
from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.graph import fixed_batch_size, real_inputs, with_open_batch
from matxai.nets.network import dlnetwork

__all__ = ["NetworkImportError", "importNetworkFromONNX", "network_from_model"]


class NetworkImportError(ValueError):
    """A file does not hold a network that can be imported."""


def _file(value: str | os.PathLike, name: str) -> Path:
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(f"{name} must be the name of a file, but is {value!r}.")
    return Path(value)


@matlab_function("net", accepts={"modelfile": _file})
def importNetworkFromONNX(modelfile: str | os.PathLike) -> dlnetwork:
    """Import a network from an ONNX file.

    Parameters
    ----------
    modelfile : str or path
        Name of the file.

    Returns
    -------
    dlnetwork
        The network, ready to score.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    NetworkImportError
        If the file is no ONNX model, or ONNX Runtime cannot run it. It is a ValueError.

    Notes
    -----
    A batch size that the file fixes is opened, and the opened network is held against the file's
    own results on two random images; where they differ or it does not run, the network keeps the
    file's batch size and images are scored at that size. The fidelity of this function is *chosen*
    where it shows layers: one for each ONNX node.
    """
    if not modelfile.is_file():
        raise FileNotFoundError(f"importNetworkFromONNX: there is no file {str(modelfile)!r}.")
    return network_from_model(_load(modelfile), str(modelfile))


def _load(modelfile: Path) -> onnx.ModelProto:
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load(modelfile)
    except (DecodeError, OSError, ValueError, onnx.checker.ValidationError) as error:
        raise NetworkImportError(
            f"importNetworkFromONNX: {str(modelfile)!r} is no ONNX file, or is damaged: {error}. "
            f"Export the network again: exportONNXNetwork(net, filename) in MATLAB."
        ) from error
    if not model.graph.node:
        raise NetworkImportError(
            f"importNetworkFromONNX: {str(modelfile)!r} holds no ONNX graph with any node. "
            f"Export the network again: exportONNXNetwork(net, filename) in MATLAB."
        )
    return model


def network_from_model(model: onnx.ModelProto, origin: str) -> dlnetwork:
    """Make a network of an ONNX graph.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph.
    origin : str
        Where it comes from, for errors.

    Raises
    ------
    NetworkImportError
        If ONNX Runtime cannot run it.
    """
    model, fixed_batch = _open_batch(model)
    network = dlnetwork(model, fixed_batch)
    try:
        network.engine("cpu")
    except Exception as error:  # ONNX Runtime's errors share no class but this one
        raise NetworkImportError(
            f"ONNX Runtime cannot run the network of {origin!r}: {error}"
        ) from error
    return network


def _open_batch(model: onnx.ModelProto) -> tuple[onnx.ModelProto, int | None]:
    fixed = fixed_batch_size(model.graph)
    if fixed is None:
        return model, None
    opened = with_open_batch(model)
    shape = _probe_shape(model.graph)
    if shape is None or _same_scores(model, opened, shape, fixed):
        return opened, None
    return model, fixed


def _probe_shape(graph: onnx.GraphProto) -> tuple[int, ...] | None:
    """Shape of one image where the graph has one input of a fixed size, else None."""
    inputs = real_inputs(graph)
    sizes = tuple(d.dim_value for d in inputs[0].type.tensor_type.shape.dim[1:]) if inputs else ()
    return sizes if len(inputs) == 1 and sizes and all(sizes) else None


def _same_scores(
    model: onnx.ModelProto, opened: onnx.ModelProto, shape: tuple[int, ...], fixed: int
) -> bool:
    """Tell whether the opened model scores two images as the original does one batch at a time."""
    images = np.random.RandomState(0).random_sample((2, *shape)).astype(np.float32) * 255
    try:
        singly = OnnxRuntimeEngine(model, fixed)(images)
        together = OnnxRuntimeEngine(opened)(images)
    except Exception:  # whatever ONNX Runtime raises: the opened model does not run
        return False
    return all(
        one.shape == two.shape and np.allclose(one, two, rtol=1e-3, atol=1e-5, equal_nan=True)
        for one, two in zip(singly, together, strict=True)
    )
