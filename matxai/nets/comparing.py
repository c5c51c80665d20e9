"""What only computing a network tells: how far its engines differ, and sizes behind Python."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import onnx

from matxai.nets.engines import Engine, OnnxRuntimeEngine, TorchEngine
from matxai.nets.graph import real_inputs
from matxai.nets.properties import Facts

__all__ = ["computed_shapes", "engine_difference"]

_TIME_STEPS = 8


def engine_difference(model: onnx.ModelProto, facts: Facts, python: Collection[str]) -> float:
    """Return the largest difference of the two engines' scores, as a fraction of their range.

    Parameters
    ----------
    model : onnx.ModelProto
        The network.
    facts : Facts
        What is known of it.
    python : collection of str
        Names of the layers that are Python.

    Raises
    ------
    ValueError
        If there are such layers.
    """
    if python:
        raise ValueError(
            f"EngineDifference compares ONNX Runtime with torch, but the layers "
            f"{', '.join(map(repr, python))} are Python, which only torch computes."
        )
    sizes = facts.shape(real_inputs(model.graph)[0].name)
    # In one time step recurrent weights have no effect.
    shape = [d or (_TIME_STEPS if len(sizes) == 3 else 1) for d in sizes]
    batch = np.random.RandomState(0).random_sample(shape).astype(np.float32) * 255
    pairs = zip(OnnxRuntimeEngine(model)(batch), TorchEngine(model, "cpu")(batch), strict=True)
    return max(float(np.abs(a - b).max() / (np.ptp(a) or 1)) for a, b in pairs)


def computed_shapes(model: onnx.ModelProto, facts: Facts, engine: Engine) -> list[tuple[int, ...]]:
    """Return the shapes of an engine's outputs for one image; none where its size is open."""
    sizes = [facts.shape(value.name) for value in real_inputs(model.graph)]
    if len(sizes) != 1 or None in sizes[0][1:]:
        return []
    return [y.shape for y in engine(np.zeros([1, *sizes[0][1:]], np.float32))]
