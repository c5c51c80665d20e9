"""The layers of a network as MATLAB shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from matxai.lang.categorical import categorical

__all__ = ["ImageInputLayer", "InputLayer", "Layer"]


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

    Attributes
    ----------
    Name : str
        Its name, spelled as in MATLAB where that is known.
    Class : str
        MATLAB's class of such a layer.
    """

    def __init__(
        self,
        name: str,
        class_name: str,
        properties: Mapping[str, Any] | None = None,
        learnables: tuple[str, ...] = (),
    ):
        self.Name = name
        self.Class = class_name
        self._properties = dict(properties or {})
        self._learnables = learnables

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


class ImageInputLayer(InputLayer):
    """The layer that takes images.

    Its ``InputSize`` is height, width and number of channels, NaN where the network leaves a size
    open; its ``Normalization`` says what is done to an image first.
    """
