"""What a .mat file says of a layer, under the names of MATLAB's documented properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.arguments import describe

__all__ = ["LayerRecord", "NetworkRecord", "RecordError"]


class RecordError(ValueError):
    """A layer in a file lacks what it needs, or holds what cannot be."""


@dataclass(frozen=True)
class LayerRecord:
    """A layer as it stands in a file.

    Attributes
    ----------
    kind : str
        MATLAB's class, ``nnet.cnn.layer.Convolution2DLayer`` for example.
    fields : mapping of str to object
        Its properties: NumPy arrays, texts, and mappings for structs and objects. Releases differ
        in which there are, and in their spelling of upper and lower case.
    """

    kind: str
    fields: Mapping[str, Any]

    @property
    def short(self) -> str:
        """The class without its package."""
        return self.kind.rpartition(".")[2]

    @property
    def name(self) -> str:
        """The layer's name; empty where it has none."""
        return self.text("Name", default="")

    def has(self, *names: str) -> bool:
        """Tell whether one of some properties is there and not empty."""
        return self._found(names) is not None

    def text(self, *names: str, default: str | None = None) -> str:
        """Return a text: the first property of these names that is there."""
        value = self._value(names, default)
        if not isinstance(value, str):
            raise RecordError(f"its {names[0]} must be a text, but is {describe(value)}")
        return value

    def number(self, *names: str, default: float | None = None) -> float:
        """Return a number."""
        value = np.asarray(self._value(names, default))
        if value.size != 1 or value.dtype.kind not in "biuf":
            raise RecordError(f"its {names[0]} must be a number, but is {describe(value)}")
        return value.reshape(-1)[0].item()

    def integer(self, *names: str, default: int | None = None) -> int:
        """Return an integer."""
        value = self.number(*names, default=default)
        if value != int(value):
            raise RecordError(f"its {names[0]} must be an integer, but is {value}")
        return int(value)

    def flag(self, *names: str, default: bool | None = None) -> bool:
        """Return whether something is so."""
        return bool(self.number(*names, default=default))

    def sizes(self, *names: str, default: Any = None) -> list[int]:
        """Return a vector of integers."""
        value = np.asarray(self._value(names, default)).reshape(-1)
        if value.dtype.kind not in "biuf" or not (value == np.floor(value)).all():
            raise RecordError(f"its {names[0]} must hold integers, but is {describe(value)}")
        return [int(n) for n in value]

    def array(self, *names: str) -> np.ndarray | None:
        """Return weights or the like as float32, in MATLAB's order of axes.

        None where there are none. A learnable parameter is a struct whose ``Value`` they are; axes
        of size 1 at the end can be missing, as always in MATLAB.
        """
        value = self._found(names)
        while isinstance(value, Mapping):
            held = next((value[key] for key in ("Value", "Data", "data") if key in value), None)
            value = None if held is None or np.size(held) == 0 else held
        if value is None:
            return None
        found = np.asarray(value)
        if found.dtype.kind not in "biuf":
            raise RecordError(f"its {names[0]} must hold real numbers, but is {describe(found)}")
        return found.astype(np.float32)

    def _value(self, names: tuple[str, ...], default: Any) -> Any:
        found = self._found(names)
        if found is not None:
            return found
        if default is None:
            raise RecordError(f"it has no {names[0]}")
        return default

    def _found(self, names: tuple[str, ...]) -> Any:
        """Find the first of some properties that is not empty."""
        lowered = {key.lower(): value for key, value in self.fields.items()}
        for name in names:
            value = self.fields.get(name, lowered.get(name.lower()))
            if value is not None and not (isinstance(value, np.ndarray) and not value.size):
                return value
        return None


@dataclass(frozen=True)
class NetworkRecord:
    """A network, layer graph or array of layers as it stands in a file.

    Attributes
    ----------
    place : str
        The variable, and the fields that lead there: ``S.net``.
    kind : str
        MATLAB's class: "SeriesNetwork", "DAGNetwork", "dlnetwork", "nnet.cnn.LayerGraph", or
        "nnet.cnn.layer.Layer" for an array of layers.
    layers : list of LayerRecord
        The layers, in order.
    connections : list of (source, destination), or None
        Names as MATLAB's tables of connections have them, ``add/in2``; None where each layer is
        connected to the next.
    """

    place: str
    kind: str
    layers: list[LayerRecord]
    connections: list[tuple[str, str]] | None = None

    def __iter__(self) -> Iterator[LayerRecord]:
        """Go through the layers."""
        return iter(self.layers)
