"""The interpolation kernels of imresize."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["KERNELS", "Kernel"]

Function = Callable[[np.ndarray], np.ndarray]


def _box(x: np.ndarray) -> np.ndarray:
    # Half open, so that a pixel on the border of two is given to one of them.
    return ((x >= -0.5) & (x < 0.5)).astype(np.float64)


def _triangle(x: np.ndarray) -> np.ndarray:
    return np.maximum(1 - np.abs(x), 0)


def _cubic(x: np.ndarray) -> np.ndarray:
    """Evaluate Keys' cubic convolution kernel with a = −1/2."""
    x = np.abs(x)
    inner = 1.5 * x**3 - 2.5 * x**2 + 1
    outer = -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2
    return inner * (x <= 1) + outer * ((x > 1) & (x <= 2))


def _lanczos(lobes: int) -> Function:
    def kernel(x: np.ndarray) -> np.ndarray:
        return np.sinc(x) * np.sinc(x / lobes) * (np.abs(x) < lobes)

    return kernel


KERNELS: dict[str, tuple[Function, float]] = {
    "box": (_box, 1.0),
    "triangle": (_triangle, 2.0),
    "cubic": (_cubic, 4.0),
    "lanczos2": (_lanczos(2), 4.0),
    "lanczos3": (_lanczos(3), 6.0),
}

_SAME = {"nearest": "box", "bilinear": "triangle", "bicubic": "cubic"}


@dataclass(frozen=True)
class Kernel:
    """A weight for each distance in pixels from the centre, and the width beyond which it is 0."""

    function: Function
    width: float
    scale: float = 1.0

    @classmethod
    def of(cls, method: str | tuple[Callable[..., Any], float]) -> Kernel:
        """Find the kernel of a method, or take the user's own."""
        if isinstance(method, str):
            return cls(*KERNELS[_SAME.get(method, method)])
        return cls(*method)

    def widened(self, scale: float) -> Kernel:
        """Stretch the kernel over 1/`scale` times as many pixels."""
        return Kernel(self.function, self.width / scale, scale)

    def __call__(self, distance: np.ndarray) -> np.ndarray:
        """Weigh pixels at these distances."""
        # The weights are normalised later, but their rounding, and so ties, depend on this form.
        return self.scale * np.asarray(self.function(self.scale * distance), dtype=np.float64)
