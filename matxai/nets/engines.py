"""The two engines that score a network's graph: ONNX Runtime on a CPU, torch on a GPU.

An engine is called with a batch, a float32 array N×C×H×W, and returns one array for each output.
"""

from __future__ import annotations

import ctypes
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import onnx

from matxai.nets.altered_images import AlteredImages, sent
from matxai.nets.custom_nodes import custom_nodes
from matxai.nets.torch_module import TorchModule

__all__ = [
    "Engine",
    "ExecutionEnvironmentError",
    "OnnxRuntimeEngine",
    "ScoringError",
    "TorchEngine",
    "gpu_available",
    "make_engine",
    "torch_device",
]

_GPU = "cuda"


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
    other_sizes: Sequence[int] = (2, 4, 16)
    """Sizes that may be faster, as long as they have not been tried."""
    fastest_size: int | None = None
    """The one that was found faster; see :mod:`matxai.nets.batch_sizes`."""

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
        if fixed_batch is not None:
            self.batch_size = fixed_batch * max(1, self.batch_size // fixed_batch)
            self.other_sizes = ()

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
    """Scores with torch, on a GPU or, for layers that are Python, on the CPU.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph.
    device : str, default "cpu"
        torch's name of the device.
    custom : mapping, optional
        What computes the nodes of layers that are Python; see :class:`TorchModule`.
    fixed_batch : int, optional
        The only batch size that the graph takes.
    """

    # A GPU wants all that MiniBatchSize allows.
    batch_size = sys.maxsize

    def __init__(
        self,
        model: onnx.ModelProto,
        device: str = "cpu",
        custom: Mapping[str, Callable[..., Any]] | None = None,
        fixed_batch: int | None = None,
    ):
        import torch

        self._torch = torch
        self._module = TorchModule(model, device, custom, fixed_batch)

    def __call__(self, batch: np.ndarray) -> Sequence[np.ndarray]:
        with self._torch.inference_mode():
            outputs = self._module(sent(batch, self._module.device))
        return [y.contiguous().cpu().numpy() for y in outputs]

    def totals(
        self,
        images: AlteredImages,
        size: int,
        channels: np.ndarray,
        report: Callable[[int], None],
    ) -> np.ndarray:
        """Score images that are made on the device, and bring back the scores at the end.

        Parameters
        ----------
        images : AlteredImages
            The N images.
        size : int
            Most of them that are held at once.
        channels : numpy.ndarray of int, shape (K,)
            Channels of the first output, counted from 0.
        report : callable
            Called with the number of images given to the device so far.

        Returns
        -------
        numpy.ndarray of float64, shape (N, K)
            Sums of the channels over their spatial dimensions.
        """
        parts = []
        with self._torch.inference_mode():
            device = self._module.device
            made, columns = images.on(device), sent(np.array(channels, np.int64), device)
            for start in range(0, len(images), size):
                stop = min(start + size, len(images))
                output = self._module(made(start, stop))[0].double()
                sums = output.reshape(*output.shape[:2], -1).sum(2)
                parts.append(sums.index_select(1, columns))
                report(stop)
            return self._torch.cat(parts).cpu().numpy()


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


def torch_device(environment: str) -> str:
    """Say which of torch's devices an ExecutionEnvironment is.

    Raises
    ------
    ExecutionEnvironmentError
        For "gpu" where there is none.
    """
    return _GPU if _on_gpu(environment) else "cpu"


def _on_gpu(environment: str) -> bool:
    if environment == "cpu":
        return False
    if gpu_available():
        return True
    if environment == "auto":
        return False
    raise ExecutionEnvironmentError(
        'ExecutionEnvironment is "gpu", but torch finds no CUDA device on this machine. '
        'Use "cpu", or "auto" to take a GPU only when there is one.'
    )


def make_engine(
    model: onnx.ModelProto,
    environment: str,
    fixed_batch: int | None = None,
    custom: Mapping[str, Callable[..., Any]] | None = None,
) -> Engine:
    """Make the engine for an ExecutionEnvironment.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph.
    environment : {"auto", "gpu", "cpu"}
        "auto" takes a GPU when there is one.
    fixed_batch : int, optional
        The only batch size that the graph takes.
    custom : mapping, optional
        What computes the nodes of layers that are Python; a graph with such nodes runs on torch.

    Raises
    ------
    ExecutionEnvironmentError
        For "gpu" where there is none, or where torch cannot take the graph.
    """
    if custom_nodes(model):
        return TorchEngine(model, torch_device(environment), custom, fixed_batch)
    if not _on_gpu(environment):
        return OnnxRuntimeEngine(model, fixed_batch)
    try:
        return TorchEngine(model, _GPU, fixed_batch=fixed_batch)
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
