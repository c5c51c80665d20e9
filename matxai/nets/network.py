"""The network object."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import onnx

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.nets.arrays import image_batch, matlab_array
from matxai.nets.assembling import Assembled, assembled
from matxai.nets.comparing import computed_shapes, engine_difference
from matxai.nets.describing import Learnable, describe_layers, learnables_of
from matxai.nets.dlarray import dlarray
from matxai.nets.engines import Engine, OnnxRuntimeEngine, make_engine
from matxai.nets.fragments import Origin, fragments_of
from matxai.nets.graph import cut_at, fixed_batch_size, real_inputs
from matxai.nets.grouping import group_nodes, is_from_matlab, matlab_spelling
from matxai.nets.layer_graph import LayerGraph
from matxai.nets.layers import Image3DInputLayer, ImageInputLayer, InputLayer, Layer, copied
from matxai.nets.names import find_name, names_of
from matxai.nets.partial.local_changes import LocalChanges, RectangleChanges, local_changes
from matxai.nets.partial.sessions import Session
from matxai.nets.ports import Connection, connections_of, ports_of, tensors_by_name
from matxai.nets.properties import Facts
from matxai.nets.sequences import format_of, outputs_for, takes_sequences
from matxai.nets.torch_module import TorchModule

__all__ = ["Network", "dlnetwork"]


class Network:
    """What MATLAB's network classes have in common; see :class:`dlnetwork`."""

    sequence_labels = "TC"
    """How its functions take and give sequences: time steps × channels."""

    def __init__(
        self,
        model: onnx.ModelProto,
        fixed_batch: int | None = None,
        custom: Mapping[str, Callable[..., Any]] | None = None,
        parts: Assembled | None = None,
    ):
        self._model = model
        self._fixed_batch = fixed_batch
        self._custom = dict(custom or {})
        self._modules: dict[Any, TorchModule] = {}
        # Of layers that were put together the graph need not be read: they are known.
        self._parts = parts
        inputs = [value.name for value in real_inputs(model.graph)]
        tensors = [value.name for value in model.graph.output]
        if parts is None:
            self._groups = group_nodes(model, inputs)
            self._ports = ports_of(self._groups, tensors)
            self._names = matlab_spelling([group.name for group in self._groups])
            self.InputNames: list[str] = self._names[: len(inputs)]
        else:
            self._groups, self._ports = parts.groups, parts.ports
            self._names = [layer.Name for layer in parts.layers]
            self.InputNames = [n.Name for n in parts.layers if isinstance(n, InputLayer)]
        main = [group.tensor for group in self._groups]
        self._tensor_of = tensors_by_name(self._names, main, self._ports)
        layer_of = {tensor: name for name, tensor in reversed(self._tensor_of.items())}
        self._outputs = [layer_of.get(tensor, tensor) for tensor in tensors]
        self._tensor_of |= dict(zip(self._outputs, tensors, strict=True))
        self._engines: dict[tuple[str, ...], Engine] = {}
        # Parts of the graph, by what they read and put out.
        self._sessions: dict[tuple[str, ...], Session] = {}

    @property
    def Layers(self) -> list[Layer]:
        """The layers, the inputs first; copies, since in MATLAB layers are values."""
        return [copied(layer) for layer in self._layers]

    @cached_property
    def _layers(self) -> list[Layer]:
        if self._parts is not None:
            return self._parts.layers
        from_matlab = is_from_matlab(self._model)
        layers = describe_layers(self._model, self._facts, self._groups, self._names, from_matlab)
        origin = Origin.of(self._model, self._custom)
        pieces = fragments_of(self._model, self._groups, self._ports, origin)
        for layer, piece in zip(layers, pieces, strict=True):
            layer._fragment = piece
        return layers

    def activation_size(self, name: str) -> tuple[int | None, ...] | None:
        """Size of a layer's activations for one image: h×w×C, or C; None where it is unknown.

        Of sequences, C: that for one time step.
        """
        tensor = self._tensor_of[self._known(name)]
        shape = self._facts.shape(tensor)
        if shape is None and self._custom:
            shape = self._computed_shapes.get(tensor)
        if shape is None:
            return None
        if len(shape) == 3 and takes_sequences(self):
            return (shape[format_of(self).index("C")],)
        _, *sizes = shape
        return (*sizes[1:], sizes[0]) if len(sizes) > 1 else tuple(sizes)

    @cached_property
    def _computed_shapes(self) -> Mapping[str, tuple[int, ...]]:
        """Shapes behind layers that are Python, which only computing them for an image tells."""
        names = [n for n, tensor in self._tensor_of.items() if self._facts.shape(tensor) is None]
        shapes = computed_shapes(self._model, self._facts, self.engine("cpu", names))
        return dict(zip((self._tensor_of[n] for n in names), shapes, strict=False))

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self._model)

    @cached_property
    def EngineDifference(self) -> float:
        """Largest difference of the two engines' scores of one random image.

        It is a fraction of the scores' range; worked out when it is first asked for, since torch
        takes seconds to import. Layers that are Python only torch computes: a ValueError.
        """
        return engine_difference(self._model, self._facts, self._custom)

    @cached_property
    def Connections(self) -> list[Connection]:
        """Which layer's output goes where: pairs of Source and Destination."""
        return connections_of(self._ports, self._names)

    @cached_property
    def Learnables(self) -> list[Learnable]:
        """The learnable parameters: Layer, Parameter and Value of each."""
        return learnables_of(self._layers)

    @property
    def OutputNames(self) -> list[str]:
        """Names of the layers whose activations are the outputs; it can be set to others."""
        return list(self._outputs)

    @OutputNames.setter
    def OutputNames(self, names: str | Sequence[str]) -> None:
        self._outputs = [self._known(n) for n in names_of(names, "OutputNames")]

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__} with properties:\n\n"
            f"         Layers: [{len(self.Layers)}×1 nnet.cnn.layer.Layer]\n"
            f"    Connections: [{len(self.Connections)}×2 table]\n"
            f"     Learnables: [{len(self.Learnables)}×3 table]\n"
            f"     InputNames: {self.InputNames}\n"
            f"    OutputNames: {self.OutputNames}\n"
        )

    @matlab_function("Y1", "...")
    def predict(self, X: np.ndarray, *, Outputs: Any = None, nargout: int = 1) -> Any:
        """Compute the network's outputs for images.

        Parameters
        ----------
        X : array, H×W×C or H×W×C×N (H×W where C is 1)
            One image or N of them, of the network's input size and with raw values, 0 to 255 for
            most networks. For a network of 3-D images: H×W×D×C or H×W×D×C×N. For a network of
            features: N×F. For a network of sequences: one sequence T×C, a list of them, or T×C×N;
            for a DAGNetwork or SeriesNetwork C×T, or a list. Or a dlarray, with the labels SSC or
            SSCB for images (SSSC or SSSCB for 3-D images), which may have another size if the
            layers can compute with it, and CT or CBT for sequences.
        Outputs : str or list of str, optional
            Names of the layers whose activations to return, instead of ``OutputNames``.
        nargout : int, default 1
            Number of outputs to return.

        Returns
        -------
        numpy.ndarray of float32
            Scores N×C, so 1×C for one image; h×w×C×N for an output with spatial dimensions. For
            an output of sequences T×K, or T×K×N (K×T for the older classes), a list for a list. A
            tuple of these for ``nargout`` over 1. For a dlarray dlarrays, with the labels CB and
            SSCB (for sequences CBT), without the B if the dlarray has none; in a function that
            :func:`matxai.dlfeval` calls they can be differentiated.

        Raises
        ------
        TypeError
            If `X` is not numeric, or `nargout` exceeds the number of outputs.
        ValueError
            If `X` has another size than the network takes, the network has several inputs, or
            a layer has no such name.
        """
        outputs = self.output_layers(Outputs, nargout, "predict")
        if isinstance(X, dlarray):
            from matxai.nets.traced import predict_dlarray

            return predict_dlarray(self, X, outputs)
        if takes_sequences(self):
            return outputs_for(self, X, outputs)
        results = self._scored(self._batch(X), self.engine("auto", outputs))
        return tuple(matlab_array(y) for y in results)

    def output_layers(self, outputs: Any, nargout: int, function: str) -> list[str]:
        """Find the layers to score: those that `outputs` names, for None ``OutputNames``.

        Raises
        ------
        TypeError
            If `function` is asked for more outputs, `nargout`, than there are.
        """
        layers = self.OutputNames
        if outputs is not None:
            layers = [self._known(name) for name in names_of(outputs, "Outputs")]
        if nargout > len(layers):
            raise TypeError(
                f"{function}: nargout is {nargout}, but the network has {len(layers)} outputs: "
                f"{layers}."
            )
        return layers

    def engine(self, environment: str = "auto", outputs: Sequence[str] | None = None) -> Engine:
        """Return what scores batches N×C×H×W of float32; made once and kept.

        Parameters
        ----------
        environment : {"auto", "gpu", "cpu"}
            MATLAB's ExecutionEnvironment.
        outputs : sequence of str, optional
            Names of layers; by default ``OutputNames``.
        """
        environment = one_of("auto", "gpu", "cpu")(environment, "ExecutionEnvironment")
        outputs = tuple(self._outputs if outputs is None else outputs)
        key = (environment, *outputs)
        if key not in self._engines:
            cut = cut_at(self._model, [self._tensor_of[name] for name in outputs])
            self._engines[key] = make_engine(cut, environment, self._fixed_batch, self._custom)
        return self._engines[key]

    def local_changes(
        self, environment: str, layer: str, change: RectangleChanges, most: int
    ) -> LocalChanges | None:
        """Prepare to score an image with rectangles of it changed, computing what they reach only.

        Parameters
        ----------
        environment : {"auto", "gpu", "cpu"}
            MATLAB's ExecutionEnvironment.
        layer : str
            The layer whose activations are the scores.
        change : RectangleChanges
            The image and what is changed.
        most : int
            Most images that are held at once.

        Returns
        -------
        LocalChanges or None
            None where whole passes are about as fast, or the only way.
        """
        if not isinstance(self.engine(environment, [layer]), OnnxRuntimeEngine):
            return None
        if self._fixed_batch is not None or self._custom or len(self.InputNames) != 1:
            return None
        return local_changes(self._model, self._tensor_of[layer], self._sessions, change, most)

    def image_input(self) -> ImageInputLayer:
        """Return the one image input layer.

        Raises
        ------
        ValueError
            If the network has several inputs, or one that takes no images.
        """
        inputs = [layer for layer in self._layers if isinstance(layer, InputLayer)]
        if len(inputs) != 1:
            raise ValueError(
                f"net must contain a single input layer, but has {len(inputs)}: {self.InputNames}."
            )
        if not isinstance(inputs[0], ImageInputLayer):
            raise ValueError(
                f"The input layer of net must be an imageInputLayer, but {inputs[0].Name!r} is a "
                f"{inputs[0].Class}."
            )
        return inputs[0]

    def image_dimensions(self) -> int:
        """Return the number of dimensions of one image: 3, of a 3-D image 4."""
        return 4 if isinstance(self._layers[0], Image3DInputLayer) else 3

    def _batch(self, X: Any) -> np.ndarray:
        if len(self.InputNames) == 1 and self._layers[0].Class.endswith("FeatureInputLayer"):
            return np.ascontiguousarray(np.atleast_2d(X), dtype=np.float32)
        if len(self.InputNames) == 1 and isinstance(self._layers[0], Image3DInputLayer):
            return image_batch(X, self._layers[0].InputSize)
        return image_batch(X, self.image_input().InputSize)

    def _scored(self, batch: np.ndarray, engine: Engine) -> list[np.ndarray]:
        size = min(engine.batch_size, max(1, len(batch)))
        parts = [engine(batch[i : i + size]) for i in range(0, len(batch), size)]
        return [np.concatenate(part) for part in zip(*parts, strict=True)]

    def _known(self, name: str) -> str:
        """Find the layer of a name; see :func:`~matxai.nets.names.find_name`."""
        return find_name(name, self._tensor_of, "The network")


class dlnetwork(Network):  # MATLAB's name
    """A trained network whose outputs are scores, their channels counted from 1.

    Networks come from :func:`matxai.importNetworkFromMAT`, :func:`matxai.importNetworkFromONNX` and
    :func:`matxai.imagePretrainedNetwork`, or are put together of layers; the truth of one is its
    ONNX graph.

    Parameters
    ----------
    model : LayerGraph, list of Layer, or onnx.ModelProto
        Layers and how they are connected, as :func:`matxai.layerGraph` and its like return; a
        list of layers, of which each is connected to the next; or a graph of ONNX, inputs
        N×C×H×W.
    fixed_batch : int, optional
        The only batch size that the ONNX graph takes; None takes any.
    custom : mapping of str to callable, optional
        What computes the ONNX graph's nodes that are Python, as functions of torch tensors.
    parts : Assembled, optional
        The layers that the ONNX graph was put together of; without it they are read off it.

    Attributes
    ----------
    Layers : list of Layer
        The layers, the inputs first. ``Layers[0].InputSize`` is height, width and channels.
    InputNames : list of str
        Names of the input layers.
    OutputNames : list of str
        Names of the layers whose activations are the outputs. It can be set, to one name or
        several: ``net.OutputNames = "pool5"`` moves the scoring there.

    Raises
    ------
    TypeError
        If `model` is none of these.
    ValueError
        If the layers make no network: an input is not connected, or there is an output layer, a
        cycle, a layer without its weights, or one whose input does not fit to it; the message
        names the layer.

    Notes
    -----
    Of layers that are put together, outputs that are connected to nothing are the network's
    outputs, as MathWorks documents.
    """

    def __init__(
        self,
        model: onnx.ModelProto | LayerGraph | Sequence[Any],
        fixed_batch: int | None = None,
        custom: Mapping[str, Callable[..., Any]] | None = None,
        parts: Assembled | None = None,
    ):
        if isinstance(model, onnx.ModelProto):
            super().__init__(model, fixed_batch, custom, parts)
            return
        if isinstance(model, Network):
            wanted = "dag2dlnetwork(net) makes one of a DAGNetwork or SeriesNetwork"
            raise TypeError(f"dlnetwork: the first argument is a network already; {wanted}.")
        parts = assembled(model, "dlnetwork")
        super().__init__(parts.model, fixed_batch_size(parts.model.graph), parts.custom, parts)
