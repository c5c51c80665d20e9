"""The layers of a network as MATLAB shows them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.categorical import categorical

if TYPE_CHECKING:
    from matxai.nets.fragments import Making

__all__ = ["Image3DInputLayer", "ImageInputLayer", "InputLayer", "Layer", "OutputLayer", "copied"]


class Layer:
    """A layer of a network.

    Its further properties depend on its class and have MATLAB's names, values and axis order:
    ``layer.FilterSize``, ``layer.Weights``, ``layer.PaddingSize`` and so on. ``dir(layer)`` and
    ``print(layer)`` list them.

    Parameters
    ----------
    name : str
        Its name.
    class_name : str
        MATLAB's class of such a layer, ``nnet.cnn.layer.Convolution2DLayer`` for example; for a
        node without a counterpart in MATLAB ``onnx.`` and its operator.
    properties : mapping of str to object, optional
        Its further properties.
    learnables : sequence of str, optional
        Those of them that training changes.
    fragment : Fragment or Recipe, optional
        What it computes, so that it can go into a network.

    Attributes
    ----------
    Name : str
        Its name, spelled as in MATLAB where that is known. Only it can be set.
    Class : str
        MATLAB's class of such a layer.
    InputNames, OutputNames : list of str
        Names of its inputs and outputs.
    NumInputs, NumOutputs : int
        How many these are.
    """

    def __init__(
        self,
        name: str,
        class_name: str,
        properties: Mapping[str, Any] | None = None,
        learnables: tuple[str, ...] = (),
        fragment: Making | None = None,
    ):
        self._properties = dict(properties or {})
        self._learnables = learnables
        self._fragment = fragment
        self._class = class_name
        self.Name = name

    @property
    def Class(self) -> str:
        """MATLAB's class of such a layer."""
        return self._class

    @property
    def InputNames(self) -> list[str]:
        """Names of its inputs."""
        return ["in"] if self._fragment is None else list(self._fragment.inputs)

    @property
    def OutputNames(self) -> list[str]:
        """Names of its outputs."""
        return ["out"] if self._fragment is None else list(self._fragment.outputs)

    @property
    def NumInputs(self) -> int:
        """Number of its inputs."""
        return len(self.InputNames)

    @property
    def NumOutputs(self) -> int:
        """Number of its outputs."""
        return len(self.OutputNames)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        elif name != "Name":
            raise AttributeError(
                f"{name} of the layer {self.Name!r} cannot be set, only its Name. Make a new layer "
                f"and put it in its place: lgraph = replaceLayer(lgraph, {self.Name!r}, newLayer)."
            )
        elif not isinstance(value, str):
            raise TypeError(f"Name must be a text, but is {describe(value)}.")
        else:
            object.__setattr__(self, name, str(value))

    def __getattr__(self, name: str) -> Any:
        properties = self.__dict__.get("_properties", {})
        if name in properties:
            return properties[name]
        known = ", ".join(["Name", "Class", *properties])
        raise AttributeError(
            f"the layer {self.__dict__.get('Name')!r} has no property {name!r}; it has {known}"
        )

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._properties]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.Name!r}, {self.Class!r})"

    def __str__(self) -> str:
        lines = [f"{self.Class.rpartition('.')[2]} with properties:", ""]
        shown = {"Name": repr(self.Name)} | {n: _shown(v) for n, v in self._properties.items()}
        width = max(map(len, shown)) + 4
        return "\n".join(lines + [f"{name:>{width}}: {value}" for name, value in shown.items()])


def _shown(value: Any) -> str:
    """Show small values as they are, arrays by size and class as MATLAB does."""
    if isinstance(value, np.ndarray) and value.size > 8:
        return f"[{'×'.join(map(str, value.shape))} {value.dtype}]"
    if isinstance(value, categorical):
        return f"[{value.size}×1 categorical]"
    return repr(value.tolist()) if isinstance(value, np.ndarray) else repr(value)


class InputLayer(Layer):
    """A layer that takes a network's input."""


class OutputLayer(Layer):
    """The last layer of the older network classes, which says what the outputs mean."""


def copied(layer: Any, name: str | None = None) -> Any:
    """Copy a layer, or an object of the user's that is one, under another name if one is given.

    MATLAB's layers are values: what is done to one afterwards does not reach where it was put.
    """
    copies = copy.copy if isinstance(layer, Layer) else copy.deepcopy
    made = copies(layer)
    if isinstance(layer, Layer):
        made._properties = dict(layer._properties)
    if name is not None:
        made.Name = name
    return made


class ImageInputLayer(InputLayer):
    """The layer that takes images.

    Its ``InputSize`` is height, width and number of channels, NaN where the network leaves a size
    open; its ``Normalization`` says what is done to an image first.
    """


class Image3DInputLayer(InputLayer):
    """The layer that takes 3-D images.

    Its ``InputSize`` is height, width, depth and number of channels, NaN where the network leaves a
    size open; its ``Normalization`` says what is done to an image first.
    """
