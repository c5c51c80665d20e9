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
from matxai.nets.described import DescribedNetwork
from matxai.nets.dlarray import dlarray
from matxai.nets.engines import Engine, OnnxRuntimeEngine, make_engine
from matxai.nets.graph import cut_at, fixed_batch_size
from matxai.nets.layer_graph import LayerGraph
from matxai.nets.layers import Image3DInputLayer
from matxai.nets.partial.local_changes import LocalChanges, RectangleChanges, local_changes
from matxai.nets.partial.parts import Parts
from matxai.nets.sequences import format_of, outputs_for, takes_sequences
from matxai.nets.torch_module import TorchModule

__all__ = ["Network", "dlnetwork"]


class Network(DescribedNetwork):
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
        super().__init__(model, fixed_batch, custom, parts)
        self._modules: dict[Any, TorchModule] = {}
        self._engines: dict[tuple[str, ...], Engine] = {}
        # Parts of the graph that are computed by themselves.
        self._cut_parts = Parts(model)

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
    def EngineDifference(self) -> float:
        """Largest difference of the two engines' scores of one random image.

        It is a fraction of the scores' range; worked out when it is first asked for, since torch
        takes seconds to import. Layers that are Python only torch computes: a ValueError.
        """
        return engine_difference(self._model, self._facts, self._custom)

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
        return local_changes(self._cut_parts, self._tensor_of[layer], change, most)

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
