"""ONNX Runtime fed from and writing to arrays that are used again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx

from matxai.nets.partial.extracting import extracted

__all__ = ["Session"]


class Session:
    """Part of a network of one input on ONNX Runtime's CPU.

    Parameters
    ----------
    model : onnx.ModelProto
        The network.
    source : str
        What is fed.
    channels : int
        Its number of channels.
    targets : sequence of str
        What is computed.
    """

    def __init__(self, model: onnx.ModelProto, source: str, channels: int, targets: Sequence[str]):
        import onnxruntime

        part, weights = extracted(model, source, channels, targets)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        # Threads of one session that wait busily would take the cores from the next one.
        options.add_session_config_entry("session.force_spinning_stop", "1")
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(w) for w in weights.values()]
        options.add_external_initializers(list(weights), values)
        self._session = onnxruntime.InferenceSession(
            part.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        # The session may read these arrays as long as it lives.
        self._weights = weights, values
        self._source = source
        self._outputs: dict[tuple[int, ...], np.ndarray] = {}

    def fresh(self, batch: np.ndarray) -> list[np.ndarray]:
        """Compute all outputs into arrays of their own."""
        return self._session.run(None, {self._source: batch})

    def reused(self, batch: np.ndarray) -> np.ndarray:
        """Compute the one output; the next call for a batch of this size writes over it."""
        if batch.shape not in self._outputs:
            self._outputs[batch.shape] = self.fresh(batch)[0]
            return self._outputs[batch.shape]
        out = self._outputs[batch.shape]
        binding = self._session.io_binding()
        binding.bind_cpu_input(self._source, batch)
        binding.bind_output(
            self._session.get_outputs()[0].name, "cpu", 0, np.float32, out.shape, out.ctypes.data
        )
        self._session.run_with_iobinding(binding)
        return out
