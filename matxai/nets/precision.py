"""How exactly torch computes on a GPU: in single precision, unless TF32 is asked for.

TF32 keeps ten bits of each factor, too few to say that two maps are equal. torch's settings are
the program's: they are changed for one computation and put back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

__all__ = ["full_precision", "tf32"]

_FASTER: ContextVar[bool] = ContextVar("tf32", default=False)


@contextmanager
def tf32(allowed: bool = True) -> Iterator[None]:
    """Let networks be computed with TF32 on GPUs that have it: faster, with about three digits.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imagePretrainedNetwork, predict
    >>> from matxai.nets.precision import tf32
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> with tf32():
    ...     scores = predict(net, np.zeros((224, 224, 3)))
    """
    token = _FASTER.set(allowed)
    try:
        yield
    finally:
        _FASTER.reset(token)


@contextmanager
def full_precision(torch: Any) -> Iterator[None]:
    """Compute in single precision, or with TF32 inside of :func:`tf32`."""
    faster = _FASTER.get()
    before = [(place, name, getattr(place, name)) for place, name in _settings(torch)]
    try:
        for place, name, _ in before:
            setattr(place, name, _value(name, faster))
        yield
    finally:
        for place, name, value in before:
            setattr(place, name, value)


def _settings(torch: Any) -> list[tuple[Any, str]]:
    """List torch's settings: objects, and the names of their attributes."""
    matmul, cudnn = torch.backends.cuda.matmul, torch.backends.cudnn
    if hasattr(cudnn, "conv"):
        # Newer torch cannot read the settings of old where those of convolutions and of recurrent
        # layers differ.
        return [(place, "fp32_precision") for place in (matmul, cudnn.conv, cudnn.rnn)]
    return [(matmul, "allow_tf32"), (cudnn, "allow_tf32")]


def _value(name: str, faster: bool) -> Any:
    if name == "allow_tf32":
        return faster
    return "tf32" if faster else "ieee"
