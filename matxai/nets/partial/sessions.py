"""ONNX Runtime on one core, fed from and writing to arrays that are used again and again."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import onnx

from matxai.nets.partial.extracting import extracted

__all__ = ["Buffer", "Session", "cores"]

# With more, what is Python between two calls would keep the others waiting.
_MOST_CORES = 8


def cores() -> int:
    """Return the number of threads that compute at the same time, each in its own windows.

    Windows are small: threads that share one wait for each other most of the time.
    """
    return min(_usable_cores(), _MOST_CORES)


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Buffer:
    """Memory for arrays of any size, one at a time."""

    def __init__(self):
        self._memory = np.empty(0, np.float32)

    def array(self, shape: Sequence[int]) -> np.ndarray:
        """Return an array in it, whose numbers are left over."""
        count = int(np.prod(shape))
        if count > len(self._memory):
            self._memory = np.empty(count, np.float32)
        return self._memory[:count].reshape(shape)


class Session:
    """Part of a network of one input on ONNX Runtime's CPU.

    Parameters
    ----------
    model : onnx.ModelProto
        The network.
    source : str
        What is fed.
    size : sequence of int
        Its channels, rows and columns; these two can be others.
    targets : sequence of str
        What is computed.
    mean : bool
        Whether it is the mean of the one target over rows and columns.
    """

    def __init__(
        self,
        model: onnx.ModelProto,
        source: str,
        size: Sequence[int],
        targets: Sequence[str],
        mean: bool = False,
    ):
        import onnxruntime

        part, weights = extracted(model, source, size, targets, mean)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = max(1, _usable_cores() // cores())
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(w) for w in weights.values()]
        options.add_external_initializers(list(weights), values)
        self._session = onnxruntime.InferenceSession(
            part.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        # The session may read these arrays as long as it lives.
        self._weights = weights, values
        self._source = source
        self._target = self._session.get_outputs()[0].name
        self._sizes: dict[tuple[int, ...], tuple[int, ...]] = {}

    def fresh(self, batch: np.ndarray) -> list[np.ndarray]:
        """Compute all outputs into arrays of their own."""
        return self._session.run(None, {self._source: batch})

    def into(self, buffer: Buffer, batch: np.ndarray) -> np.ndarray:
        """Compute the one output into a buffer."""
        size = self._sizes.get(batch.shape[1:])
        if size is None:
            (out,) = self.fresh(batch)
            self._sizes[batch.shape[1:]] = out.shape[1:]
            return out
        out = buffer.array((len(batch), *size))
        binding = self._session.io_binding()
        binding.bind_input(self._source, "cpu", 0, np.float32, batch.shape, batch.ctypes.data)
        binding.bind_output(self._target, "cpu", 0, np.float32, out.shape, out.ctypes.data)
        self._session.run_with_iobinding(binding)
        return out
