"""What networks compute for many images: outputs and activations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from matxai.arguments import (
    describe,
    logical,
    numeric_array,
    one_of,
    positive_integer,
    texts,
)
from matxai.calling import matlab_function
from matxai.lang.values import is_dlarray
from matxai.nets.arrays import matlab_array
from matxai.nets.graph import cut_at
from matxai.nets.network import Network
from matxai.nets.sequences import outputs_for, takes_sequences

__all__ = [
    "forward",
    "minibatchpredict",
    "network",
    "results_of",
]

_DIFFERENT_IN_TRAINING = {"Dropout": "dropout", "BatchNormalization": "batch normalization"}


def network(value: Any, name: str) -> Network:
    """Check a network."""
    if isinstance(value, Network):
        return value
    hint = f" Import it: {name} = importNetworkFromONNX(file)." if isinstance(value, str) else ""
    raise TypeError(
        f"{name} must be a dlnetwork, as importNetworkFromONNX returns, or a DAGNetwork or "
        f"SeriesNetwork, as importONNXNetwork returns, but is {describe(value)}.{hint}"
    )


def results_of(
    net: Network, X: Any, layers: Sequence[str], mini_batch_size: int, environment: str
) -> list[np.ndarray]:
    """Compute the activations of layers, N×C…, for no more images at once than is allowed.

    Parameters
    ----------
    net : Network
        The network.
    X : array
        Images or features, as :meth:`matxai.dlnetwork.predict` takes them.
    layers : sequence of str
        Names of the layers.
    mini_batch_size : int
        Most images that are converted and scored at once.
    environment : {"auto", "gpu", "cpu"}
        Where to score.
    """
    engine = net.engine(environment, layers)
    size = min(mini_batch_size, engine.batch_size)
    parts = [engine(batch) for batch in _batches(net, X, size)]
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


def _batches(net: Network, X: Any, size: int) -> Iterator[np.ndarray]:
    """Cut images into batches as the engines take them; only one is converted at a time."""
    if hasattr(X, "batches"):  # a datastore, which reads its images when they are needed
        for images in X.batches(size):
            yield net._batch(images)
        return
    X = numeric_array(X, "X")
    if X.ndim == net.image_dimensions() + 1 and X.shape[-1] > size:
        for start in range(0, X.shape[-1], size):
            yield net._batch(X[..., start : start + size])
        return
    batch = net._batch(X)
    for start in range(0, len(batch), size):
        yield batch[start : start + size]


@matlab_function(
    "Y1",
    "...",
    accepts={
        "net": network,
        "Outputs": texts,
        "MiniBatchSize": positive_integer,
        "UniformOutput": logical,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
    },
)
def minibatchpredict(
    net: Network,
    X: Any,
    *,
    MiniBatchSize: int = 128,
    Outputs: Any = None,
    UniformOutput: str | bool = True,
    ExecutionEnvironment: str = "auto",
    nargout: int = 1,
) -> Any:
    """Compute the network's outputs for many images, some of them at once.

    Parameters
    ----------
    net : dlnetwork
        The network; a DAGNetwork or SeriesNetwork is taken as well.
    X : array, H×W×C or H×W×C×N (H×W where C is 1)
        One image or N of them, of the network's input size and with raw values. For a network of
        3-D images: H×W×D×C or H×W×D×C×N. For a network of features: N×F. For a network of
        sequences: one sequence T×C, a list of them, or T×C×N; for a DAGNetwork or SeriesNetwork
        C×T, or a list. Also a datastore, as imageDatastore or transform return.
    MiniBatchSize : int, default 128
        Most images that are converted and scored at once.
    Outputs : str or list of str, optional
        Names of the layers whose activations to return, instead of ``OutputNames``.
    UniformOutput : bool, default True
        False returns lists of N arrays, one for each image, in place of one array.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is scored. "auto" takes a GPU when there is one.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    numpy.ndarray of float32, or list of these
        Scores N×C, so 1×C for one image; h×w×C×N for an output with spatial dimensions. For an
        output of sequences T×K, or T×K×N (K×T for the older classes), a list for a list. A tuple
        of these for ``nargout`` over 1.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, or `nargout` exceeds the number of outputs.
    ValueError
        If `X` has another size than the network takes, or a layer has no such name.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    Notes
    -----
    Options are as MathWorks documents them. Values do not depend on MiniBatchSize but for the last
    digits of single precision. Sequences are never padded: those of equal length are scored
    together, and a list of them gives a list. That is chosen; MATLAB pads those of a mini-batch.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imagePretrainedNetwork, minibatchpredict
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = np.zeros((224, 224, 3, 2), np.uint8)
    >>> minibatchpredict(net, X).shape
    (2, 1000)
    >>> minibatchpredict(net, X, Outputs="conv_head_relu").shape
    (7, 7, 1280, 2)
    """
    layers = net.output_layers(Outputs, nargout, "minibatchpredict")
    uniform = logical(UniformOutput, "UniformOutput")
    if takes_sequences(net):
        return outputs_for(net, X, layers, MiniBatchSize, ExecutionEnvironment, uniform)
    results = results_of(net, X, layers, MiniBatchSize, ExecutionEnvironment)
    if uniform:
        return tuple(matlab_array(y) for y in results)
    return tuple([matlab_array(y[i : i + 1]) for i in range(len(y))] for y in results)


@matlab_function("Y1", "...", accepts={"net": network, "Outputs": texts})
def forward(net: Network, X: Any, *, Outputs: Any = None, nargout: int = 1) -> Any:
    """Compute the network's outputs as in training, where that is the same as predicting.

    Parameters
    ----------
    net : dlnetwork
        The network.
    X : array, H×W×C or H×W×C×N (H×W where C is 1)
        One image or N of them, of the network's input size and with raw values; or sequences, as
        :func:`matxai.predict` takes them. Or a dlarray.
    Outputs : str or list of str, optional
        Names of the layers whose activations to return, instead of ``OutputNames``.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    numpy.ndarray of float32, or dlarray for a dlarray
        What :func:`matxai.predict` returns.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, or `nargout` exceeds the number of outputs.
    ValueError
        If dropout or batch normalization lies before the outputs: in training MATLAB draws random
        numbers there, or takes the mean and variance of the batch. Also if `X` has another size
        than the network takes, or a layer has no such name.

    Notes
    -----
    Chosen here: an error where MATLAB's forward and predict differ, since an ONNX file holds a
    network's form for predicting. Exporters other than MATLAB's may have left such layers out, or
    merged them into others, which cannot be told from the file.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import forward, imagePretrainedNetwork
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> forward(net, np.zeros((224, 224, 3)), Outputs="conv_stem").shape
    (112, 112, 32)
    """
    layers = net.output_layers(Outputs, nargout, "forward")
    cut = cut_at(net._model, [net._tensor_of[name] for name in layers])
    differs = next((n for n in cut.graph.node if n.op_type in _DIFFERENT_IN_TRAINING), None)
    if differs is not None:
        raise ValueError(
            f"forward: net must be the same in training as in prediction, but the layer "
            f"{differs.name!r} ({_DIFFERENT_IN_TRAINING[differs.op_type]}) is not, and this "
            f"network is for prediction. Use predict(net, X)."
        )
    if is_dlarray(X):
        from matxai.nets.traced import predict_dlarray

        return predict_dlarray(net, X, layers)
    if takes_sequences(net):
        return outputs_for(net, X, layers)
    return tuple(matlab_array(y) for y in results_of(net, X, layers, 128, "auto"))
