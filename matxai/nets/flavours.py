"""The older network classes, whose last layer says what the outputs mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import onnx

from matxai.arguments import describe, one_of, texts
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.nets.assembling import Assembled
from matxai.nets.fragments import Recipe
from matxai.nets.layers import Layer, OutputLayer, copied
from matxai.nets.network import Network, dlnetwork
from matxai.nets.ports import Connection
from matxai.nets.sequences import scored, takes_sequences

__all__ = [
    "DAGNetwork",
    "SeriesNetwork",
    "dag2dlnetwork",
    "is_auto",
    "output_classes",
    "output_kind",
    "output_layer",
    "output_layer_type",
]

# For each OutputLayerType: MATLAB's class of the layer, and what its name begins with.
_OUTPUT_LAYERS = {
    "classification": ("ClassificationOutputLayer", "ClassificationLayer"),
    "regression": ("RegressionOutputLayer", "RegressionLayer"),
    "pixelclassification": ("PixelClassificationLayer", "PixelClassificationLayer"),
}

# Of a sequence whose length is open this many time steps are taken: windows have to fit in.
_TIME_STEPS = 224

output_layer_type = one_of(*_OUTPUT_LAYERS)


class DAGNetwork(Network):
    """A trained network whose last layer says what its outputs mean: classes, or responses.

    :func:`matxai.importONNXNetwork` makes one of an ONNX file. Its explainers take class labels.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph, inputs N×C×H×W, with one output.
    fixed_batch : int, optional
        The only batch size that the graph takes; None takes any.
    custom : mapping of str to callable, optional
        What computes its layers that are Python, as functions of torch tensors.
    parts : Assembled, optional
        The layers that the graph was put together of; without it they are read off it.
    OutputLayerType : {"classification", "regression", "pixelclassification"}
        The output layer to append.
    Classes : "auto", list of str or categorical
        Class names in the order of the output's channels; "auto" is "1", "2", …
    Name : str, optional
        Name of the output layer.

    Attributes
    ----------
    Layers : list of Layer
        The layers, the inputs first and the output layer last. ``Layers[-1].Classes`` is a
        categorical, ``Layers[-1].OutputSize`` the number of classes or responses.
    InputNames : list of str
        Names of the input layers.
    OutputNames : list of str
        Name of the output layer. It cannot be set; :func:`matxai.dag2dlnetwork` makes a network
        whose outputs can be.

    Raises
    ------
    ValueError
        If the graph has several outputs, or `Classes` do not fit to it.
    """

    sequence_labels = "CT"
    """How its functions take and give sequences: channels × time steps, as MATLAB's older ones."""

    def __init__(
        self,
        model: onnx.ModelProto,
        fixed_batch: int | None = None,
        custom: Mapping[str, Callable[..., Any]] | None = None,
        parts: Assembled | None = None,
        *,
        OutputLayerType: str = "classification",
        Classes: Any = "auto",
        Name: str = "",
    ):
        super().__init__(model, fixed_batch, custom, parts)
        kind = output_layer_type(OutputLayerType, "OutputLayerType")
        if len(self._outputs) != 1:
            raise ValueError(
                f"A DAGNetwork here has one output, but the graph has {len(self._outputs)}: "
                f'{self._outputs}. TargetNetwork="dlnetwork" takes several.'
            )
        self._scored_layer = self._outputs[0]
        self._output_layer = self._make_output_layer(kind, Classes, Name)
        name = self._output_layer.Name
        self._tensor_of[name] = self._tensor_of[self._scored_layer]
        self._outputs = [name]

    @property
    def Layers(self) -> list[Layer]:
        """The layers, the inputs first and the output layer last."""
        return [*super().Layers, copied(self._output_layer)]

    @cached_property
    def Connections(self) -> list[Connection]:
        """Which layer's output goes where: pairs of Source and Destination."""
        return [*super().Connections, Connection(self._scored_layer, self._output_layer.Name)]

    @property
    def OutputNames(self) -> list[str]:
        """Name of the output layer."""
        return list(self._outputs)

    @OutputNames.setter
    def OutputNames(self, names: Any) -> None:
        raise AttributeError(
            f"OutputNames of a {type(self).__name__} cannot be set. Of a dlnetwork it can: "
            f"net = dag2dlnetwork(net); net.OutputNames = {names!r}."
        )

    def _make_output_layer(self, kind: str, classes: Any, name: str) -> Layer:
        *spatial, channels = self._scores_size()
        properties: dict[str, Any] = {"OutputSize": channels}
        if kind != "regression":
            _check_kind(kind, spatial, channels)
            properties = {"Classes": _classes(classes, channels)} | properties
        elif not is_auto(classes):
            raise ValueError("Classes have no meaning for a regression network: leave them out.")
        name = name or f"{_OUTPUT_LAYERS[kind][1]}_{self._scored_layer}"
        return output_layer(kind, name, properties)

    def _scores_size(self) -> tuple[int | None, ...]:
        """Size of the scores of one image: h×w×C, or C. C is always known."""
        size = self.activation_size(self._scored_layer)
        if size and size[-1] is not None:
            return size
        if takes_sequences(self):
            return self._scores_size_of_sequences()
        # Where the size of images is open, one that is large enough for any pooling will do.
        _, *sizes = self._facts.shape(self._tensor_of[self.InputNames[0]])
        image = np.zeros([1, *(224 if n is None else n for n in sizes)], np.float32)
        scores = self.engine("cpu", [self._scored_layer])(image)[0]
        if scores.ndim < 2:
            raise ValueError(
                f"The output of {self._scored_layer!r} has no channels, so there is no output "
                f"layer for it. Import it as a dlnetwork."
            )
        return (*scores.shape[2:], scores.shape[1])

    def _scores_size_of_sequences(self) -> tuple[int]:
        features = self._layers[0].InputSize
        if np.isnan(features):
            raise ValueError("The number of features of the network's sequences is not known.")
        sequence = np.zeros([int(features), _TIME_STEPS], np.float32)
        scores = scored(self, [sequence], [self._scored_layer], 1, "cpu")[0][0]
        return (len(scores),)


class SeriesNetwork(DAGNetwork):
    """A DAGNetwork whose layers stand one after the other.

    It has the parameters and attributes of :class:`matxai.DAGNetwork`.
    """


def output_layer(kind: str, name: str, properties: Mapping[str, Any]) -> OutputLayer:
    """Make the output layer of an OutputLayerType."""
    nothing = Recipe(lambda writer, tensor: (), outputs=())
    return OutputLayer(name, f"nnet.cnn.layer.{_OUTPUT_LAYERS[kind][0]}", properties, (), nothing)


def output_kind(layer: OutputLayer) -> str:
    """Tell which OutputLayerType an output layer is of."""
    short = layer.Class.rpartition(".")[2]
    return next(kind for kind, (class_name, _) in _OUTPUT_LAYERS.items() if class_name == short)


def output_classes(net: Network) -> categorical | None:
    """Return the classes of the last layer, or None where it has none."""
    return getattr(net.Layers[-1], "Classes", None)


def is_auto(classes: Any) -> bool:
    """Tell whether Classes are left to the network."""
    return isinstance(classes, str) and classes.lower() == "auto"


def _check_kind(kind: str, spatial: list[int | None], channels: int) -> None:
    wanted = "pixelclassification" if any(n != 1 for n in spatial) else "classification"
    if kind != wanted:
        size = "×".join("any" if n is None else str(n) for n in [*spatial, channels])
        raise ValueError(
            f'OutputLayerType is "{kind}", but the output for one image is {size}. '
            f'Use OutputLayerType="{wanted}".'
        )


def _classes(given: Any, count: int) -> categorical:
    if is_auto(given):
        return categorical(range(1, count + 1))
    names = [name.strip() for name in texts(given, "Classes")]
    if len(names) != count:
        raise ValueError(
            f"Classes must hold {count} names, one for each channel of the network's output, but "
            f"holds {len(names)}."
        )
    if not all(names):
        raise ValueError("Classes must be names, but one of them is empty.")
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"Classes must be different names, but hold {twice[0]!r} more than once.")
    return categorical(names, names)


@matlab_function("net")
def dag2dlnetwork(net: DAGNetwork) -> dlnetwork:
    """Make a dlnetwork of a DAGNetwork or SeriesNetwork, leaving its output layer out.

    Parameters
    ----------
    net : DAGNetwork or SeriesNetwork
        The network; it is not changed.

    Returns
    -------
    dlnetwork
        The same network, its output that of the layer before the output layer.

    Raises
    ------
    TypeError
        If `net` is neither.

    Notes
    -----
    A dlnetwork knows no classes: keep ``classNames = net.Layers[-1].Classes``. What it does to
    layers is documented.

    Examples
    --------
    >>> from matxai import DAGNetwork, dag2dlnetwork
    >>> from matxai.nets.efficientnet import efficientnet_lite0, load_weights
    >>> net = DAGNetwork(efficientnet_lite0(load_weights()))
    >>> net.OutputNames, dag2dlnetwork(net).OutputNames
    (['ClassificationLayer_prob'], ['prob'])
    """
    if not isinstance(net, DAGNetwork):
        raise TypeError(
            f"dag2dlnetwork: net must be a DAGNetwork or SeriesNetwork, as importONNXNetwork "
            f"returns, but is {describe(net) if not isinstance(net, Network) else 'a dlnetwork'}."
        )
    return dlnetwork(net._model, net._fixed_batch, net._custom, net._parts)
