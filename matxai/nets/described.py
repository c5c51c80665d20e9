"""What a network is: its layers, how they are connected, and its inputs and outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import onnx

from matxai.nets.assembling import Assembled
from matxai.nets.describing import Learnable, describe_layers, learnables_of
from matxai.nets.fragments import Origin, fragments_of
from matxai.nets.graph import real_inputs
from matxai.nets.grouping import group_nodes, is_from_matlab, matlab_spelling
from matxai.nets.layers import Image3DInputLayer, ImageInputLayer, InputLayer, Layer, copied
from matxai.nets.names import find_name, names_of
from matxai.nets.ports import Connection, connections_of, ports_of, tensors_by_name
from matxai.nets.properties import Facts

__all__ = ["DescribedNetwork"]


class DescribedNetwork:
    """A network's graph, seen as MATLAB shows networks; see :class:`matxai.dlnetwork`."""

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

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self._model)

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

    def _known(self, name: str) -> str:
        """Find the layer of a name; see :func:`~matxai.nets.names.find_name`."""
        return find_name(name, self._tensor_of, "The network")
