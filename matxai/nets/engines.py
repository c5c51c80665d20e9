"""The two engines that score a network's graph: ONNX Runtime on a CPU, torch on a GPU.

An engine is called with a batch, a float32 array N×C×H×W, and returns one array for each output.
"""

from __future__ import annotations

import ctypes
import sys
import warnings
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import onnx

__all__ = [
    "Engine",
    "ExecutionEnvironmentError",
    "OnnxRuntimeEngine",
    "ScoringError",
    "TorchEngine",
    "gpu_available",
    "make_engine",
]


class ExecutionEnvironmentError(ValueError):
    """The ExecutionEnvironment that was asked for is not to be had."""


class ScoringError(ValueError):
    """A network that was imported cannot score."""


class Engine(Protocol):
    """What scores batches."""

    batch_size: int
    """Number of images a call at which the engine is about at its fastest."""

    def __call__(self, batch: np.ndarray) -> Sequence[np.ndarray]:
        """Score a batch: one array for each output, the first axis the images."""


class OnnxRuntimeEngine:
    """Scores on the CPU with ONNX Runtime.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph.
    fixed_batch : int, optional
        The only batch size that the graph takes; other batches are cut and padded to it.
    """

    # Larger batches leave the cores' caches: measured best between 2 and 16 on common networks.
    batch_size = 8

    def __init__(self, model: onnx.ModelProto, fixed_batch: int | None = None):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # What goes wrong is raised; the log would tell it a second time.
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        self._fixed = fixed_batch

    def __call__(self, batch: np.ndarray) -> Sequence[np.ndarray]:
        if self._fixed is None or len(batch) == self._fixed:
            return self._run(batch)
        starts = range(0, len(batch), self._fixed)
        parts = [self._padded(batch[i : i + self._fixed]) for i in starts]
        return [np.concatenate(part) for part in zip(*parts, strict=True)]

    def _padded(self, batch: np.ndarray) -> list[np.ndarray]:
        count = len(batch)
        if count < self._fixed:
            filler = np.zeros((self._fixed - count, *batch.shape[1:]), batch.dtype)
            batch = np.concatenate([batch, filler])
        return [y[:count] for y in self._run(batch)]

    def _run(self, batch: np.ndarray) -> list[np.ndarray]:
        try:
            return self._session.run(None, {self._input: batch})
        except Exception as error:  # ONNX Runtime's errors share no class but this one
            raise ScoringError(
                f"ONNX Runtime cannot score the network: {error}. Its file is damaged or "
                f"contradicts itself: export the network again."
            ) from error


class TorchEngine:
    """Scores with torch, on a CUDA device unless told otherwise.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph.
    device : str, default "cuda"
        torch's name of the device.
    """

    # A GPU wants all that MiniBatchSize allows.
    batch_size = sys.maxsize

    def __init__(self, model: onnx.ModelProto, device: str = "cuda"):
        import torch

        self._torch = torch
        self._device = torch.device(device)
        with warnings.catch_warnings():
            # onnx2torch tells torch of its converters in ways that newer torch comments on.
            warnings.simplefilter("ignore")
            from matxai.nets.torch_operators.conversion import convert

            self._module = convert(model).eval().to(self._device)

    def __call__(self, batch: np.ndarray) -> Sequence[np.ndarray]:
        torch = self._torch
        # TF32 keeps ten bits of a product: too few to say that two maps are equal.
        matmul, cudnn = torch.backends.cuda.matmul, torch.backends.cudnn
        before = matmul.allow_tf32, cudnn.allow_tf32
        matmul.allow_tf32 = cudnn.allow_tf32 = False
        try:
            with torch.inference_mode():
                result = self._module(torch.from_numpy(batch).to(self._device))
        finally:
            matmul.allow_tf32, cudnn.allow_tf32 = before
        outputs = result if isinstance(result, (tuple, list)) else [result]
        return [y.cpu().numpy() for y in outputs]


def gpu_available() -> bool:
    """Tell whether torch can compute on a CUDA device here.

    torch takes seconds to import, so the driver is asked first: without a device there is none.
    """
    if not _driver_sees_device():
        return False
    import torch

    return torch.cuda.is_available()


def _driver_sees_device() -> bool:
    library = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver = ctypes.CDLL(library)
    except OSError:
        return False
    count = ctypes.c_int(0)
    failed = driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count))
    return not failed and count.value > 0


def make_engine(model: onnx.ModelProto, environment: str, fixed_batch: int | None = None) -> Engine:
    """Make the engine for an ExecutionEnvironment.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph.
    environment : {"auto", "gpu", "cpu"}
        "auto" takes a GPU when there is one.
    fixed_batch : int, optional
        The only batch size that the graph takes.

    Raises
    ------
    ExecutionEnvironmentError
        For "gpu" where there is none, or where torch cannot take the graph.
    """
    if environment == "cpu":
        return OnnxRuntimeEngine(model, fixed_batch)
    if not gpu_available():
        if environment == "auto":
            return OnnxRuntimeEngine(model, fixed_batch)
        raise ExecutionEnvironmentError(
            'ExecutionEnvironment is "gpu", but torch finds no CUDA device on this machine. '
            'Use "cpu", or "auto" to take a GPU only when there is one.'
        )
    try:
        if fixed_batch is not None:
            raise NotImplementedError(f"its batch size is fixed to {fixed_batch}")
        return TorchEngine(model)
    except NotImplementedError as error:
        if environment == "gpu":
            raise ExecutionEnvironmentError(
                f'ExecutionEnvironment is "gpu", but this network does not run there: {error}. '
                f'Use "cpu".'
            ) from error
        warnings.warn(
            f"The network is scored on the CPU, since it does not run on the GPU: {error}.",
            RuntimeWarning,
        )
        return OnnxRuntimeEngine(model, fixed_batch)
