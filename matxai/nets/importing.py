"""Networks from ONNX files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from google.protobuf.message import Message

from matxai.calling import matlab_function
from matxai.nets.layouts import data_formats
from matxai.nets.network import dlnetwork
from matxai.nets.preparing import UnsupportedOperatorError, prepared
from matxai.nets.preprocessing import NORMALIZATION_CHECKS, adapted

__all__ = ["NetworkImportError", "importNetworkFromONNX", "network_from_model"]


class NetworkImportError(ValueError):
    """A file does not hold a network that can be imported."""


def _file(value: str | os.PathLike, name: str) -> Path:
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(f"{name} must be the name of a file, but is {value!r}.")
    return Path(value)


@matlab_function(
    "net",
    accepts={
        "modelfile": _file,
        "InputDataFormats": data_formats,
        "OutputDataFormats": data_formats,
        **NORMALIZATION_CHECKS,
    },
)
def importNetworkFromONNX(
    modelfile: str | os.PathLike,
    *,
    InputDataFormats: str | Sequence[str] | None = None,
    OutputDataFormats: str | Sequence[str] | None = None,
    Normalization: str = "none",
    Mean: float | np.ndarray | None = None,
    StandardDeviation: float | np.ndarray | None = None,
    Min: float | np.ndarray | None = None,
    Max: float | np.ndarray | None = None,
) -> dlnetwork:
    """Import a network from an ONNX file.

    Parameters
    ----------
    modelfile : str or path
        Name of the file.
    InputDataFormats : str or list of str, optional
        Order of the dimensions of the file's inputs, one format for each: ``"BCSS"`` for N×C×H×W,
        ``"BSSC"`` for N×H×W×C, and so on. By default an input is N×H×W×C, as Keras and TensorFlow
        have it, if it has four dimensions, the last of 1, 3 or 4 and the second larger, and MATLAB
        did not write the file.
    OutputDataFormats : str or list of str, optional
        The same of the outputs. By default they are N×H×W×C where an input is.
    Normalization : {"none", "zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one"}
        What is done to an image before the network's own layers, as imageInputLayer does it: x −
        Mean; (x − Mean)/StandardDeviation; x scaled from Min…Max to −1…1; to 0…1. Leave it out for
        networks that MATLAB exported: theirs is in the file.
    Mean, StandardDeviation, Min, Max : float or array, optional
        What Normalization needs: one number, one for each channel (C or 1×1×C), or H×W×C.

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
    ValueError
        If an option does not fit the network, or Normalization lacks a value that it needs.

    Notes
    -----
    In MATLAB, Normalization and its values are options of imageInputLayer, not of this function.
    A batch size that the file fixes is opened, and the opened network is held against the file's
    own results on two random images; where they differ or it does not run, the network keeps the
    file's batch size and images are scored at that size.

    Of a file that MATLAB wrote, the layers are MATLAB's, in their order: exact for three networks
    whose ``.mat`` files are known. The exporter writes ``_`` for ``-`` and the like; what stood
    there is known for SqueezeNet and GoogLeNet, else the name stays as it is in the file.
    """
    if not modelfile.is_file():
        raise FileNotFoundError(f"importNetworkFromONNX: there is no file {str(modelfile)!r}.")
    model = adapted(
        _load(modelfile),
        input_formats=InputDataFormats,
        output_formats=OutputDataFormats,
        normalization=Normalization,
        mean=Mean,
        deviation=StandardDeviation,
        minimum=Min,
        maximum=Max,
    )
    return network_from_model(model, str(modelfile))


def _load(modelfile: Path) -> onnx.ModelProto:
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load(modelfile)
    except (DecodeError, OSError, ValueError, onnx.checker.ValidationError) as error:
        raise NetworkImportError(
            f"importNetworkFromONNX: {str(modelfile)!r} is no ONNX file, or is damaged: {error}. "
            f"Export the network again: exportONNXNetwork(net, filename) in MATLAB."
        ) from error
    if _has_broken_text(model):
        raise NetworkImportError(
            f"importNetworkFromONNX: {str(modelfile)!r} is damaged: a name in it is no text. "
            f"Export the network again: exportONNXNetwork(net, filename) in MATLAB."
        )
    if not model.graph.node:
        raise NetworkImportError(
            f"importNetworkFromONNX: {str(modelfile)!r} holds no ONNX graph with any node. "
            f"Export the network again: exportONNXNetwork(net, filename) in MATLAB."
        )
    return model


def _has_broken_text(message: Message) -> bool:
    """Tell whether a text is not one in UTF-8; protobuf leaves it as bytes then."""
    for field, value in message.ListFields():
        values = [value] if isinstance(value, (str, bytes, Message)) else value
        if field.type == field.TYPE_STRING and any(isinstance(v, bytes) for v in values):
            return True
        if field.type == field.TYPE_MESSAGE and any(map(_has_broken_text, values)):
            return True
    return False


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
    try:
        network = dlnetwork(*prepared(model))
        network.engine("cpu")
        len(network.Layers)  # reading them finds attributes that contradict each other
    except UnsupportedOperatorError as error:
        raise NetworkImportError(f"{origin!r} cannot be imported: {error}") from error
    except Exception as error:  # ONNX Runtime's errors share no class but this one
        raise NetworkImportError(
            f"ONNX Runtime cannot run the network of {origin!r}: {error}. The file is damaged, "
            f"contradicts itself or is newer than ONNX Runtime: export the network again."
        ) from error
    return network
