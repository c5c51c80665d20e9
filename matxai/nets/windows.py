"""Windows of filters and poolings over one, two or three dimensions, and what lies around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.arguments import Check, describe, numeric_array, one_of, positive_integer, real_scalar
from matxai.nets.fragments import Shape, Writer

__all__ = ["Padding", "Pads", "Window", "padding", "padding_value", "window_sizes"]

Pads = tuple[tuple[int, int], ...]
"""What lies before and behind the input, along each of the window's dimensions."""
Padding = str | Pads

_COUNTS = {
    1: "one or two integers from 0 on",
    2: "one, two or four integers from 0 on",
    3: "one or three integers from 0 on, or a 2×3 matrix of them",
}
_MODES = {"symmetric-exclude-edge": "reflect", "replicate": "edge"}
_INCLUDING = "symmetric-include-edge"
_FROM_THE_FIRST = np.iinfo(np.int64).min


def window_sizes(rank: int) -> Check:
    """Make the check of one positive integer, or one for each dimension."""
    each = {1: "", 2: " or two", 3: " or three"}[rank]

    def check(value: Any, name: str) -> tuple[int, ...]:
        given = [value] if isinstance(value, str) else np.asarray(value).reshape(-1)
        if len(given) not in (1, rank):
            raise ValueError(f"{name} must be one integer{each}, but is {describe(value)}.")
        found = [positive_integer(size, name) for size in given]
        return tuple(found * rank if len(found) == 1 else found)

    return check


def padding(rank: int, *modes: str) -> Check:
    """Make the check of padding or cropping: one of the modes, or sizes in MATLAB's order.

    One number for all ends; one for each dimension; or one for each end: [left, right],
    [top, bottom, left, right], and of three dimensions [top, left, front; bottom, right, back].
    """
    named = " or ".join(f'"{mode}"' for mode in modes)
    counts = (1, rank, 2 * rank) if rank < 3 else (1, rank)

    def check(value: Any, name: str) -> Padding:
        if isinstance(value, str):
            if value.lower() not in modes:
                raise ValueError(f"{name} must be {named} or integers, but is {value!r}.")
            return value.lower()
        sizes = numeric_array(value, name)
        fits = sizes.size in counts or sizes.shape == (2, 3) == (2, rank)
        if not fits or (sizes < 0).any() or (sizes != np.floor(sizes)).any():
            raise ValueError(f"{name} must be {_COUNTS[rank]}, but is {describe(value)}.")
        return _pairs(rank, sizes)

    return check


def _pairs(rank: int, sizes: np.ndarray) -> Pads:
    if sizes.size == 2 * rank:
        ends = sizes.T if rank == 3 else sizes.reshape(rank, 2)
    else:
        ends = np.broadcast_to(sizes.reshape(-1, 1), (rank, 2))
    return tuple((int(before), int(behind)) for before, behind in ends)


_edges = one_of(_INCLUDING, *_MODES)


def padding_value(value: Any, name: str) -> float | str:
    """Check what lies around an input: a number, or one of MATLAB's ways to go on with it."""
    return _edges(value, name) if isinstance(value, str) else real_scalar(value, name)


@dataclass(frozen=True)
class Window:
    """A window that goes over an input.

    Attributes
    ----------
    size, stride, dilation : tuple of int
        Along each dimension: how many values it holds, how far it goes on, and how far its values
        are apart.
    padding : "same", "causal" or Pads
        What lies around the input.
    """

    size: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    padding: Padding

    @classmethod
    def of(cls, size: Sequence[int], stride: Any, padding: Any, dilation: Any = 1) -> Window:
        """Make a window of what the checks gave; a single number goes for every dimension."""
        rank = len(size)
        given = padding if isinstance(padding, (str, tuple)) else ((padding, padding),) * rank
        each = window_sizes(rank)
        return cls(tuple(size), each(stride, "Stride"), each(dilation, "DilationFactor"), given)

    @property
    def reach(self) -> list[int]:
        """From its first value to its last one."""
        return [(k - 1) * d + 1 for k, d in zip(self.size, self.dilation, strict=True)]

    @property
    def sizes(self) -> dict[str, Any]:
        """ONNX's attributes of it, apart from those of padding."""
        found = {"kernel_shape": self.size, "strides": self.stride}
        return found | ({"dilations": self.dilation} if max(self.dilation) > 1 else {})

    def around(self, w: Writer) -> dict[str, Any]:
        """ONNX's attributes of the padding."""
        pads = self._pads(w)
        if pads is not None:
            return {"pads": _befores_and_behinds(pads)}
        # ONNX Runtime neither dilates there, nor gets steps right that leave something out.
        if max(self.dilation) > 1:
            raise ValueError(_open("Stride and DilationFactor over 1"))
        if any(reach < s for reach, s in zip(self.reach, self.stride, strict=True)):
            raise ValueError(_open("Stride over the size of the window"))
        return {"auto_pad": "SAME_UPPER"}

    def surrounded(self, w: Writer, x: str, value: float | str) -> tuple[str, dict[str, Any]]:
        """Put something around the input.

        Returns
        -------
        tensor : str
            The input, padded by nodes if it is by other than zeros.
        attributes : dict
            ONNX's attributes of padding by zeros.
        """
        if value == 0:
            return x, self.around(w)
        pads = self._pads(w)
        if pads is None:
            raise ValueError(_open("Stride over 1 and a PaddingValue"))
        _refuse_wider_than_input(pads, value, w)
        if not any(n for pair in pads for n in pair):
            return x, {}
        if value == _INCLUDING:
            return _mirrored(w, x, pads), {}
        none = ((0, 0),) * 2
        inputs = [x, w.weight("pads", _befores_and_behinds((*none, *pads)), np.int64)]
        if isinstance(value, str):
            return w.node("Pad", inputs, "Pad", mode=_MODES[value]), {}
        return w.node("Pad", [*inputs, w.weight("PaddingValue", value)], "Pad"), {}

    def shown(self, mode: str = "PaddingMode", size: str = "PaddingSize") -> dict[str, Any]:
        """Show the padding as MATLAB's layers do."""
        if isinstance(self.padding, str):
            return {mode: self.padding}
        pairs = np.array(self.padding)
        return {mode: "manual", size: pairs.T if len(pairs) == 3 else pairs.reshape(-1)}

    def step(self) -> Any:
        """Show the stride as MATLAB's layers do."""
        return per_dimension(self.stride)

    def _pads(self, w: Writer) -> Pads | None:
        """Say how much lies around; None if that depends on a size that is open."""
        if self.padding == "causal":
            return tuple((reach - 1, 0) for reach in self.reach)
        if self.padding != "same":
            return self.padding
        totals: list[int | None] = [
            reach - 1 if 1 in (reach, s) else None
            for reach, s in zip(self.reach, self.stride, strict=True)
        ]
        if None in totals:
            sizes = list(w.shape(0))[2:]
            if None in sizes or len(sizes) != len(self.size):
                return None
            steps = zip(sizes, self.stride, self.reach, strict=True)
            totals = [max((-(-n // s) - 1) * s + reach - n, 0) for n, s, reach in steps]
        # The odd one goes to the end.
        return tuple((total // 2, total - total // 2) for total in totals)


def per_dimension(values: Sequence[int]) -> Any:
    """Show one value a dimension as MATLAB's layers do: a number where there is one dimension."""
    return values[0] if len(values) == 1 else np.array(values)


def _befores_and_behinds(pads: Pads) -> list[int]:
    return [before for before, _ in pads] + [behind for _, behind in pads]


def _open(options: str) -> str:
    return (
        f'its Padding is "same" with {options}, which needs the size of what comes in, but that '
        f"is open: give Padding as numbers"
    )


def _refuse_wider_than_input(pads: Pads, value: float | str, w: Writer) -> None:
    if not isinstance(value, str) or value == "replicate":
        return
    sizes: Shape = list(w.shape(0))[2:]
    for pair, n in zip(pads, sizes, strict=False):
        most = n if n is None or value == _INCLUDING else n - 1
        if most is not None and max(pair) > most:
            raise ValueError(
                f'its padding is {max(pair)} wide, but what comes in is {n}, of which "{value}" '
                f"can mirror {most} at most"
            )


def _mirrored(w: Writer, x: str, pads: Pads) -> str:
    """Pad by the mirrored input, its edge included, which no mode of ONNX's does."""
    for axis, (before, behind) in enumerate(pads, start=2):
        parts = [x]
        if before:
            parts.insert(0, _reversed(w, x, axis, f"before{axis}", before - 1, _FROM_THE_FIRST))
        if behind:
            parts.append(_reversed(w, x, axis, f"behind{axis}", -1, -1 - behind))
        if len(parts) > 1:
            x = w.node("Concat", parts, f"Concat{axis}", axis=axis)
    return x


def _reversed(w: Writer, x: str, axis: int, suffix: str, start: int, end: int) -> str:
    numbers = {"start": start, "end": end, "axis": axis, "step": -1}
    inputs = [w.weight(f"{suffix}_{n}", [number], np.int64) for n, number in numbers.items()]
    return w.node("Slice", [x, *inputs], f"{suffix}_Slice")
