"""importONNXNetwork: networks from ONNX files with an output layer that knows the classes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from matxai.arguments import one_of, texts
from matxai.calling import matlab_function
from matxai.nets.flavours import DAGNetwork, SeriesNetwork, is_auto, output_layer_type
from matxai.nets.importing import importNetworkFromONNX
from matxai.nets.layouts import data_formats
from matxai.nets.network import Network

__all__ = ["importONNXNetwork"]


def _auto_or_texts(value: Any, name: str) -> Any:
    return value if is_auto(value) else texts(value, name)


@matlab_function(
    "net",
    accepts={
        "OutputLayerType": output_layer_type,
        "Classes": _auto_or_texts,
        "TargetNetwork": one_of("dagnetwork", "dlnetwork"),
        "InputDataFormats": data_formats,
        "OutputDataFormats": data_formats,
    },
)
def importONNXNetwork(
    modelfile: str | os.PathLike,
    *,
    OutputLayerType: str = "classification",
    Classes: Any = "auto",
    TargetNetwork: str = "dagnetwork",
    InputDataFormats: str | Sequence[str] | None = None,
    OutputDataFormats: str | Sequence[str] | None = None,
) -> Network:
    """Import a network from an ONNX file, with an output layer that knows the classes.

    Parameters
    ----------
    modelfile : str or path
        Name of the file.
    OutputLayerType : {"classification", "regression", "pixelclassification"}
        The output layer to append, which an ONNX file does not hold.
    Classes : "auto", list of str or categorical, default "auto"
        Class names in the order of the output's channels; "auto" names them "1", "2", …
    TargetNetwork : {"dagnetwork", "dlnetwork"}
        "dlnetwork" imports as :func:`matxai.importNetworkFromONNX` does, without output layer.
    InputDataFormats, OutputDataFormats : str or list of str, optional
        Order of the dimensions of the file's inputs and outputs; see
        :func:`matxai.importNetworkFromONNX`.

    Returns
    -------
    DAGNetwork, SeriesNetwork or dlnetwork
        The network; a SeriesNetwork where its layers stand one after the other.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    TypeError
        If `Classes` are no texts, or an option has no such name.
    ValueError
        If the file holds no network that can be imported, `Classes` are not one name for each
        channel of the output or repeat one, or the output layer does not fit to the output.

    See Also
    --------
    importNetworkFromONNX : newer, and of use for networks that do not classify.
    classify : which class is an image in?

    Notes
    -----
    Options, names of the classes and the order of channels are as MathWorks documents them. Chosen
    here: classification where OutputLayerType is not given, the names of output layers other than
    classification layers, and that a chain of layers is a SeriesNetwork.

    Examples
    --------
    >>> import tempfile
    >>> import onnx
    >>> from matxai import importONNXNetwork
    >>> from matxai.nets.efficientnet import efficientnet_lite0, load_weights
    >>> names = [f"class {i}" for i in range(1000)]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     onnx.save(efficientnet_lite0(load_weights()), f"{folder}/net.onnx")
    ...     net = importONNXNetwork(
    ...         f"{folder}/net.onnx", 'OutputLayerType', 'classification', 'Classes', names)
    >>> net.Layers[-1].Name, net.Layers[-1].OutputSize
    ('ClassificationLayer_prob', 1000)
    >>> print(net.Layers[-1].Classes[967])
    class 967
    """
    formats = {"InputDataFormats": InputDataFormats, "OutputDataFormats": OutputDataFormats}
    net = importNetworkFromONNX(modelfile, **{n: f for n, f in formats.items() if f is not None})
    if TargetNetwork == "dlnetwork":
        if not is_auto(Classes):
            raise ValueError(
                "importONNXNetwork: a dlnetwork has no Classes. Leave them out, or use "
                'TargetNetwork="dagnetwork".'
            )
        return net
    flavour = SeriesNetwork if _is_chain(net) else DAGNetwork
    try:
        return flavour(
            net._model, net._fixed_batch, OutputLayerType=OutputLayerType, Classes=Classes
        )
    except ValueError as error:
        raise ValueError(f"importONNXNetwork: {error}") from None


def _is_chain(net: Network) -> bool:
    """Tell whether each layer has at most one before it and one behind it."""
    sources, destinations = set(), set()
    for source, destination in net.Connections:
        sources.add(source)
        destinations.add(destination)
    return len(sources) == len(destinations) == len(net.Connections) == len(net.Layers) - 1
