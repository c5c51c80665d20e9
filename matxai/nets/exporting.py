"""Networks written to ONNX files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper

from matxai.arguments import describe, positive_integer, text
from matxai.calling import matlab_function
from matxai.files import write_whole
from matxai.nets.custom_nodes import custom_nodes
from matxai.nets.graph import BATCH, cut_at, real_inputs
from matxai.nets.inference import network
from matxai.nets.network import Network
from matxai.nets.opsets import OpsetError, opset_of, with_opset

__all__ = ["exportONNXNetwork"]

_OLDEST_OPSET = 7  # the oldest one that ONNX Runtime scores
_SIGNATURE = {"written_by": "matxai"}
# Largest difference that writing in another opset may make, as a fraction of the largest score.
_TOLERANCE = 1e-5


def _file(value: Any, name: str) -> Path:
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(f"{name} must be the name of a file, but is {describe(value)}.")
    path = Path(value)
    if path.is_dir():
        raise ValueError(f"{name} must be the name of a file, but {str(path)!r} is a folder.")
    return path


def _opset(value: Any, name: str) -> int:
    version = positive_integer(value, name)
    newest = onnx.defs.onnx_opset_version()
    if not _OLDEST_OPSET <= version <= newest:
        raise ValueError(f"{name} must be {_OLDEST_OPSET} to {newest}, but is {version}.")
    return version


@matlab_function(
    accepts={
        "net": network,
        "filename": _file,
        "NetworkName": text,
        "OpsetVersion": _opset,
        "BatchSize": positive_integer,
    }
)
def exportONNXNetwork(
    net: Network,
    filename: str | os.PathLike,
    *,
    NetworkName: str = "Network",
    OpsetVersion: int | None = None,
    BatchSize: int | None = None,
) -> None:
    """Write a network to an ONNX file.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        The network. It is written as far as its present ``OutputNames``.
    filename : str or path
        Name of the file, usually with the extension ``.onnx``. A file of this name is replaced, or
        left as it is if the writing fails.
    NetworkName : str, default "Network"
        Name of the graph in the file.
    OpsetVersion : int, optional
        Version of ONNX's operators, 7 or above. By default the one that the network has here, 17
        for most.
    BatchSize : int, optional
        The only number of images that the file takes at once. By default it takes any, unless the
        network itself takes only one.

    Raises
    ------
    TypeError
        If `net` is no network.
    ValueError
        If a layer is Python or cannot be written in this opset, if the outcome would give other
        scores, or if the network takes another batch size only.
    FileNotFoundError
        If the folder of the file does not exist.

    See Also
    --------
    importNetworkFromONNX : reads such files.

    Notes
    -----
    Normalization of the images is in the file, names of classes are not, as MATLAB documents of its
    own function. What is written in another opset is scored on two random images before, and
    refused where it differs. The network is written as it was prepared at import, not as it was in
    its file: padding that the file computes is a number here, for example. In MATLAB OpsetVersion
    has a default of its own; that here is *chosen*.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from matxai import exportONNXNetwork, fromTorch, importNetworkFromONNX
    >>> import torch
    >>> net = fromTorch(torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.ReLU()), [9, 9, 3])
    >>> net.OutputNames = "0"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "net.onnx")
    ...     exportONNXNetwork(net, file, "OpsetVersion", 13)
    ...     [layer.Name for layer in importNetworkFromONNX(file).Layers]
    ['input', '0']
    """
    if not filename.parent.is_dir():
        raise FileNotFoundError(
            f"exportONNXNetwork: there is no folder {str(filename.parent)!r} for {filename.name!r}."
        )
    model = _graph_of(net)
    if OpsetVersion is not None:
        model = _in_opset(model, OpsetVersion)
    if BatchSize is not None:
        _fix_batch(model, BatchSize, net._fixed_batch)
    model.graph.name = NetworkName
    # The producer stays that of the network's file: readers tell MATLAB's dialect by it.
    helper.set_model_props(model, {p.key: p.value for p in model.metadata_props} | _SIGNATURE)
    onnx.checker.check_model(model)
    content = model.SerializeToString()
    write_whole(filename, lambda file: file.write(content))


def _graph_of(net: Network) -> onnx.ModelProto:
    """Copy a network's graph as far as its outputs, these with their types and sizes."""
    model = cut_at(net._model, [net._tensor_of[name] for name in net.OutputNames])
    own = [node.name for node in custom_nodes(model)]
    if own:
        raise ValueError(
            f"exportONNXNetwork: net must consist of ONNX operators, but the layer {own[0]!r} is "
            f"Python. Replace it first: replaceLayer(layerGraph(net), {own[0]!r}, newLayer)."
        )
    inferred = onnx.shape_inference.infer_shapes(model)
    for value, known in zip(model.graph.output, inferred.graph.output, strict=True):
        value.CopyFrom(known)
        if not value.type.tensor_type.elem_type:
            value.type.tensor_type.elem_type = TensorProto.FLOAT
    # Sizes of what lies between are inferred anew by who reads the file.
    del model.graph.value_info[:]
    return model


def _in_opset(model: onnx.ModelProto, version: int) -> onnx.ModelProto:
    refused = f"exportONNXNetwork: the network cannot be written in OpsetVersion {version}"
    instead = f"Without OpsetVersion it is written in opset {opset_of(model)}."
    try:
        converted = with_opset(model, version)
        onnx.checker.check_model(converted)
        scores, expected = (_scores(m) for m in (converted, model))
    except OpsetError as error:
        raise ValueError(f"{refused}: {error}. {instead}") from error
    except Exception as error:  # neither the checker's nor ONNX Runtime's errors share a class
        raise ValueError(f"{refused}, since the outcome does not run: {error} {instead}") from error
    for given, wanted in zip(scores, expected, strict=True):
        same = given.shape == wanted.shape and np.allclose(
            given, wanted, rtol=0, atol=_TOLERANCE * np.abs(wanted).max(initial=0), equal_nan=True
        )
        if not same:
            raise ValueError(f"{refused}: it would give other scores. {instead}")
    return converted


def _scores(model: onnx.ModelProto) -> list[np.ndarray]:
    """Score random inputs; open sizes are two for the batch and 64 for others."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    random = np.random.RandomState(0)
    feeds = {}
    for value in real_inputs(model.graph):
        batch = _batch_axes(value)
        dims = enumerate(value.type.tensor_type.shape.dim)
        shape = [d.dim_value or (2 if i in batch else 64) for i, d in dims]
        feeds[value.name] = random.random_sample(shape).astype(np.float32) * 255
    return session.run(None, feeds)


def _batch_axes(value: onnx.ValueInfoProto) -> list[int]:
    """Say which axis of an input or output counts the images: the first, if it is not named."""
    dims = value.type.tensor_type.shape.dim
    return [i for i, d in enumerate(dims) if d.dim_param == BATCH] or list(range(len(dims)))[:1]


def _fix_batch(model: onnx.ModelProto, size: int, fixed: int | None) -> None:
    if fixed is not None and size != fixed:
        raise ValueError(
            f"exportONNXNetwork: BatchSize must be {fixed}, the only one that the network takes, "
            f"but is {size}."
        )
    for value in [*real_inputs(model.graph), *model.graph.output]:
        for axis in _batch_axes(value):
            value.type.tensor_type.shape.dim[axis].dim_value = size
