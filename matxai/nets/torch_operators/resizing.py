"""Resizing as ONNX defines it: each axis by itself, as a sum of weighted picks.

torch's interpolate knows one way of rounding and two kinds of coordinates; onnx2torch only warns
where they are not the file's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from matxai.nets.torch_operators.registering import operator

COORDINATES = (
    "half_pixel",
    "half_pixel_symmetric",
    "pytorch_half_pixel",
    "asymmetric",
    "align_corners",
    "tf_half_pixel_for_nn",
)
ROUNDINGS = {
    "round_prefer_floor": lambda x: np.ceil(x - np.float32(0.5)),
    "round_prefer_ceil": lambda x: np.floor(x + np.float32(0.5)),
    "floor": np.floor,
    "ceil": np.ceil,
}
POLICIES = {"not_larger": min, "not_smaller": max}


@operator(
    "Resize",
    11,
    only={
        "antialias": (0,),
        "coordinate_transformation_mode": COORDINATES,
        "mode": ("nearest", "linear", "cubic"),
    },
)
def resize(
    x: Tensor,
    roi: Tensor | None = None,
    scales: Tensor | None = None,
    sizes: Tensor | None = None,
    *,
    antialias: int = 0,
    axes: Sequence[int] | None = None,
    coordinate_transformation_mode: str = "half_pixel",
    cubic_coeff_a: float = -0.75,
    exclude_outside: int = 0,
    extrapolation_value: float = 0.0,
    keep_aspect_ratio_policy: str = "stretch",
    mode: str = "nearest",
    nearest_mode: str = "round_prefer_floor",
) -> Tensor:
    """Resize."""
    axes = [axis % x.ndim for axis in (range(x.ndim) if axes is None else axes)]
    given = [x.shape[axis] for axis in axes]
    if sizes is not None and sizes.numel():
        wanted = sizes.tolist()
        factors = [want / have for want, have in zip(wanted, given, strict=True)]
        if keep_aspect_ratio_policy in POLICIES:
            factors = [POLICIES[keep_aspect_ratio_policy](factors)] * len(axes)
            wanted = [int(n * f + 0.5) for n, f in zip(given, factors, strict=True)]
    else:
        # In single precision, as the file has them: rounding up or down hangs on the last bit.
        factors = scales.tolist()
        wanted = [int(np.float32(n) * np.float32(f)) for n, f in zip(given, factors, strict=True)]
    options = (mode, coordinate_transformation_mode, nearest_mode, cubic_coeff_a, exclude_outside)
    for axis, want, factor in zip(axes, wanted, factors, strict=True):
        if want != x.shape[axis] or factor != 1:
            x = _picked(x, axis, *_taps(x.shape[axis], want, factor, *options))
    return x


@operator("Resize", 10, 10)
@operator("Upsample", 9, 9)
def upsample(x: Tensor, scales: Tensor, *, mode: str = "nearest") -> Tensor:
    """Resize as before opset 11."""
    return resize(
        x,
        None,
        scales,
        mode=mode,
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    )


def _picked(x: Tensor, axis: int, places: np.ndarray, weights: np.ndarray | None) -> Tensor:
    """Sum weighted picks along an axis; places and weights are taps × outputs."""
    picks = [x.index_select(axis, torch.from_numpy(p).to(x.device)) for p in places]
    if weights is None:
        return picks[0]
    shape = [-1 if i == axis else 1 for i in range(x.ndim)]
    shares = torch.from_numpy(weights).to(x)
    return sum(pick * w.reshape(shape) for pick, w in zip(picks, shares, strict=True))


@lru_cache(maxsize=64)
def _taps(
    size: int,
    wanted: int,
    factor: float,
    mode: str,
    coordinates: str,
    rounding: str,
    a: float,
    exclude_outside: int,
) -> tuple[np.ndarray, np.ndarray | None]:
    """Return which elements of an axis each output sums, and their weights."""
    at = _origins(size, wanted, np.float32(factor), coordinates)
    if mode == "nearest":
        return np.clip(ROUNDINGS[rounding](at), 0, size - 1).astype(np.int64)[None], None
    if mode == "linear":
        at = np.clip(at, 0, size - 1)
        first = np.floor(at)
        places, weights = np.stack([first, first + 1]), np.stack([1 - (at - first), at - first])
    else:
        first = np.floor(at)
        places = first + np.arange(-1, 3)[:, None]
        weights = _cubic(np.abs(at - places), a)
        if exclude_outside:
            weights = np.where((places >= 0) & (places < size), weights, 0)
            weights /= weights.sum(0)
    return np.clip(places, 0, size - 1).astype(np.int64), weights.astype(np.float32)


def _origins(size: int, wanted: int, factor: np.float32, coordinates: str) -> np.ndarray:
    """Return where each output element lies in the input."""
    x, half = np.arange(wanted, dtype=np.float32), np.float32(0.5)
    if coordinates == "asymmetric":
        return x / factor
    if coordinates == "align_corners":
        return x * np.float32(size - 1) / np.float32(max(wanted - 1, 1))
    if coordinates == "pytorch_half_pixel" and wanted == 1:
        return x
    if coordinates == "tf_half_pixel_for_nn":
        return (x + half) / factor
    centred = (x + half) / factor - half
    if coordinates == "half_pixel_symmetric":
        share = np.float32(wanted) / (factor * np.float32(size))
        return centred + np.float32(size) / 2 * (1 - share)
    return centred


def _cubic(distance: np.ndarray, a: float) -> np.ndarray:
    """Keys's cubic convolution."""
    near = ((a + 2) * distance - (a + 3)) * distance**2 + 1
    far = a * (((distance - 5) * distance + 8) * distance - 4)
    return np.where(distance <= 1, near, np.where(distance < 2, far, 0))
