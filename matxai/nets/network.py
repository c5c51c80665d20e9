"""The network object."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import onnx

from matxai.arguments import describe, one_of
from matxai.calling import matlab_function
from matxai.nets.arrays import image_batch, matlab_array
from matxai.nets.describing import (
    Connection,
    Learnable,
    connections_of,
    describe_layers,
    learnables_of,
)
from matxai.nets.engines import Engine, OnnxRuntimeEngine, TorchEngine, make_engine
from matxai.nets.graph import cut_at, real_inputs
from matxai.nets.grouping import group_nodes, is_from_matlab, matlab_spelling
from matxai.nets.layers import ImageInputLayer, InputLayer, Layer
from matxai.nets.properties import Facts

__all__ = ["Network", "dlnetwork"]


def _names(value: Any, name: str) -> list[str]:
    names = [value] if isinstance(value, str) else value
    names = list(names) if isinstance(names, Iterable) else [names]
    if not all(isinstance(n, str) for n in names):
        raise TypeError(
            f"{name} must be a layer's name or a list of names, but is {describe(value)}."
        )
    if not names:
        raise ValueError(f"{name} must hold at least one layer's name, but is empty.")
    return names


def _exported(name: str) -> str:
    """Spell a name as MATLAB's exporter does."""
    return re.sub(r"\W", "_", name)


class Network:
    """What MATLAB's network classes have in common; see :class:`dlnetwork`."""

    def __init__(self, model: onnx.ModelProto, fixed_batch: int | None = None):
        self._model = model
        self._fixed_batch = fixed_batch
        self._from_matlab = is_from_matlab(model)
        inputs = [value.name for value in real_inputs(model.graph)]
        self._groups = group_nodes(model, inputs)
        self._names = matlab_spelling([group.name for group in self._groups])
        self._tensor_of = {
            name: group.tensor for group, name in zip(self._groups, self._names, strict=True)
        }
        self.InputNames: list[str] = self._names[: len(inputs)]
        layer_of = {tensor: name for name, tensor in self._tensor_of.items()}
        tensors = [value.name for value in model.graph.output]
        self._outputs = [layer_of.get(tensor, tensor) for tensor in tensors]
        self._tensor_of |= dict(zip(self._outputs, tensors, strict=True))
        self._engines: dict[tuple[str, ...], Engine] = {}

    @cached_property
    def Layers(self) -> list[Layer]:
        """The layers, the inputs first."""
        return describe_layers(
            self._model, self._facts, self._groups, self._names, self._from_matlab
        )

    def activation_size(self, name: str) -> tuple[int | None, ...] | None:
        """Size of a layer's activations for one image: h×w×C, or C; None where it is unknown."""
        shape = self._facts.shape(self._tensor_of[self._known(name)])
        if shape is None:
            return None
        _, *sizes = shape
        return (*sizes[1:], sizes[0]) if len(sizes) > 1 else tuple(sizes)

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self._model)

    @cached_property
    def EngineDifference(self) -> float:
        """Largest difference of the two engines' scores of one random image.

        It is a fraction of the scores' range; worked out when it is first asked for, since torch
        takes seconds to import.
        """
        shape = [d or 1 for d in self._facts.shape(real_inputs(self._model.graph)[0].name)]
        batch = np.random.RandomState(0).random_sample(shape).astype(np.float32) * 255
        pairs = zip(
            OnnxRuntimeEngine(self._model)(batch),
            TorchEngine(self._model, "cpu")(batch),
            strict=True,
        )
        return max(float(np.abs(a - b).max() / (np.ptp(a) or 1)) for a, b in pairs)

    @cached_property
    def Connections(self) -> list[Connection]:
        """Which layer's output goes where: pairs of Source and Destination."""
        return connections_of(self._groups, self._names)

    @cached_property
    def Learnables(self) -> list[Learnable]:
        """The learnable parameters: Layer, Parameter and Value of each."""
        return learnables_of(self.Layers)

    @property
    def OutputNames(self) -> list[str]:
        """Names of the layers whose activations are the outputs; it can be set to others."""
        return list(self._outputs)

    @OutputNames.setter
    def OutputNames(self, names: str | Sequence[str]) -> None:
        self._outputs = [self._known(n) for n in _names(names, "OutputNames")]

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
            most networks. For a network of features: N×F.
        Outputs : str or list of str, optional
            Names of the layers whose activations to return, instead of ``OutputNames``.
        nargout : int, default 1
            Number of outputs to return.

        Returns
        -------
        numpy.ndarray of float32
            Scores N×C, so 1×C for one image; h×w×C×N for an output with spatial dimensions. A
            tuple of these for ``nargout`` over 1.

        Raises
        ------
        TypeError
            If `X` is not numeric, or `nargout` exceeds the number of outputs.
        ValueError
            If `X` has another size than the network takes, the network has several inputs, or
            a layer has no such name.
        """
        outputs = self.output_layers(Outputs, nargout, "predict")
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
            layers = [self._known(name) for name in _names(outputs, "Outputs")]
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
            self._engines[key] = make_engine(cut, environment, self._fixed_batch)
        return self._engines[key]

    def image_input(self) -> ImageInputLayer:
        """Return the one image input layer.

        Raises
        ------
        ValueError
            If the network has several inputs, or one that takes no images.
        """
        inputs = [layer for layer in self.Layers if isinstance(layer, InputLayer)]
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

    def _batch(self, X: Any) -> np.ndarray:
        if len(self.InputNames) == 1 and self.Layers[0].Class.endswith("FeatureInputLayer"):
            return np.ascontiguousarray(np.atleast_2d(X), dtype=np.float32)
        return image_batch(X, self.image_input().InputSize)

    def _scored(self, batch: np.ndarray, engine: Engine) -> list[np.ndarray]:
        size = min(engine.batch_size, max(1, len(batch)))
        parts = [engine(batch[i : i + size]) for i in range(0, len(batch), size)]
        return [np.concatenate(part) for part in zip(*parts, strict=True)]

    def _known(self, name: str) -> str:
        """Find the layer of a name: as it is, as the exporter spells it, or in another case."""
        if name in self._tensor_of:
            return name
        for alike in (_exported, lambda n: _exported(n).lower()):
            found = [known for known in self._tensor_of if alike(known) == alike(name)]
            if len(found) == 1:
                return found[0]
        near = difflib.get_close_matches(name, self._tensor_of, 3, 0.5)
        meant = f" Near to it are {', '.join(map(repr, near))}." if near else ""
        raise ValueError(f"The network has no layer named {name!r}.{meant}")


class dlnetwork(Network):  # MATLAB's name
    """A trained network whose outputs are scores, their channels counted from 1.

    Networks come from :func:`matxai.importNetworkFromONNX` and
    :func:`matxai.imagePretrainedNetwork`; the truth of one is its ONNX graph.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph, inputs N×C×H×W.
    fixed_batch : int, optional
        The only batch size that the graph takes; None takes any.

    Attributes
    ----------
    Layers : list of Layer
        The layers, the inputs first. ``Layers[0].InputSize`` is height, width and channels.
    InputNames : list of str
        Names of the input layers.
    OutputNames : list of str
        Names of the layers whose activations are the outputs. It can be set, to one name or
        several: ``net.OutputNames = "pool5"`` moves the scoring there.
    """
