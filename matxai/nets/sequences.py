"""Networks of sequences, scored.

MATLAB has two conventions. Functions of the older network classes take C×T and give K×T; those of
dlnetwork take T×C, and N equally long sequences as T×C×N, and give T×K.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.nets.graph import real_inputs
from matxai.nets.layouts import sequence_format

if TYPE_CHECKING:
    from matxai.nets.network import Network

__all__ = ["Given", "format_of", "outputs_for", "scored", "takes_sequences"]


def takes_sequences(net: Network) -> bool:
    """Tell whether the one input of a network is sequences."""
    return len(net.InputNames) == 1 and net._layers[0].Class.endswith("SequenceInputLayer")


def format_of(net: Network) -> str:
    """Tell how the graph orders sequences, also those that go out: "BCT", "TBC" or "BTC"."""
    return sequence_format(real_inputs(net._model.graph)[0])


def outputs_for(
    net: Network,
    X: Any,
    layers: Sequence[str],
    mini_batch_size: int = 128,
    environment: str = "auto",
    uniform: bool = True,
) -> tuple[Any, ...]:
    """Compute the outputs of layers for sequences, in MATLAB's shapes.

    Parameters
    ----------
    net : Network
        The network.
    X : array, or list of arrays
        The sequences.
    layers : sequence of str
        Names of the layers.
    mini_batch_size : int
        Most sequences that are scored at once.
    environment : {"auto", "gpu", "cpu"}
        Where to score.
    uniform : bool
        False returns a list also where one array would do.

    Returns
    -------
    tuple
        For each layer, N×K where it has no time; else one array, or a list for a list.

    Raises
    ------
    TypeError
        If `X` is neither numbers nor a list.
    ValueError
        If a sequence has another number of features than the network takes, or is too short.
    """
    given = Given.of(net, X)
    found = scored(net, given.sequences, layers, mini_batch_size, environment)
    return tuple(given.shaped(each, net.sequence_labels, uniform) for each in found)


@dataclass(frozen=True)
class Given:
    """Sequences as a user gave them.

    Attributes
    ----------
    sequences : list of numpy.ndarray
        The sequences, C×T of float32.
    form : {"one", "list", "array"}
        How they came: one array, a list of them, or an array T×C×N.
    """

    sequences: list[np.ndarray]
    form: str

    @classmethod
    def of(cls, net: Network, X: Any) -> Given:
        """Check sequences.

        Raises
        ------
        TypeError
            If they are no numbers.
        ValueError
            If they do not fit to the network.
        """
        if _is_list(X):
            items = X.ravel() if isinstance(X, np.ndarray) else X
            return cls([_sequence(net, x, f"X[{i}]") for i, x in enumerate(items)], "list")
        array = numeric_array(X, "X")
        if array.ndim == 3 and net.sequence_labels == "TC":
            return cls([_sequence(net, x, "X") for x in np.moveaxis(array, 2, 0)], "array")
        return cls([_sequence(net, array, "X")], "one")

    def shaped(self, results: Sequence[np.ndarray], labels: str, uniform: bool = True) -> Any:
        """Turn the outputs of a layer, K×T or K each, into MATLAB's shape."""
        if results[0].ndim == 1:
            rows = np.stack(results)
            return rows if uniform else [row[np.newaxis] for row in rows]
        turned = [y if labels == "CT" else y.T for y in results]
        if self.form == "list" or not uniform:
            return turned
        return turned[0] if self.form == "one" else np.stack(turned, axis=2)


def scored(
    net: Network,
    sequences: Sequence[np.ndarray],
    layers: Sequence[str],
    mini_batch_size: int,
    environment: str,
) -> list[list[np.ndarray]]:
    """Compute the outputs of layers for sequences C×T.

    Sequences of the same length are scored together. None is padded, so that each gets the scores
    that it has alone.

    Returns
    -------
    list of list of numpy.ndarray
        For each layer and sequence K×T, or K where the layer has no time.
    """
    engine = net.engine(environment, layers)
    order = format_of(net)
    batch_axis = real_inputs(net._model.graph)[0].type.tensor_type.shape.dim[order.index("B")]
    fixed = max(batch_axis.dim_value, 0)
    size = fixed or min(mini_batch_size, engine.batch_size)
    found: list[list[Any]] = [[None] * len(sequences) for _ in layers]
    for places in _equally_long(sequences, size):
        batch = np.stack([sequences[i] for i in places])
        if fixed > len(places):
            batch = np.concatenate([batch, np.zeros_like(batch[:1]).repeat(fixed - len(places), 0)])
        outputs = engine(_to_graph(batch, order))
        for each, output, layer in zip(found, outputs, layers, strict=True):
            for i, y in zip(places, _from_graph(output, order, layer), strict=False):
                each[i] = y
    return found


def _equally_long(sequences: Sequence[np.ndarray], size: int) -> list[list[int]]:
    """Sort the places of sequences into batches of equal length."""
    by_length: dict[int, list[int]] = {}
    for i, sequence in enumerate(sequences):
        by_length.setdefault(sequence.shape[1], []).append(i)
    return [
        places[start : start + size]
        for places in by_length.values()
        for start in range(0, len(places), size)
    ]


def _to_graph(batch: np.ndarray, order: str) -> np.ndarray:
    return np.ascontiguousarray(batch.transpose(["BCT".index(label) for label in order]))


def _from_graph(output: np.ndarray, order: str, layer: str) -> np.ndarray:
    if output.ndim == 2:
        return output
    if output.ndim != 3:
        raise ValueError(
            f"The layer {layer!r} puts out neither sequences nor vectors: its output has "
            f"{output.ndim} dimensions."
        )
    return output.transpose([order.index(label) for label in "BCT"])


def _is_list(X: Any) -> bool:
    """Tell a list of sequences, MATLAB's cell array, from one sequence that is nested lists."""
    if isinstance(X, np.ndarray):
        return X.dtype == object and bool(X.size)
    if not isinstance(X, (list, tuple)) or not X:
        return False
    return all(isinstance(x, np.ndarray) or _is_matrix(x) for x in X)


def _is_matrix(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(v, (list, tuple)) for v in value)


def _sequence(net: Network, X: Any, name: str) -> np.ndarray:
    """Check one sequence, and turn it into C×T."""
    array, layer = numeric_array(X, name), net._layers[0]
    labels, features = net.sequence_labels, layer.InputSize
    if array.ndim == 1 and features == 1:
        array = array[:, np.newaxis] if labels == "TC" else array[np.newaxis]
    if array.ndim != 2 or not array.size:
        raise ValueError(f"{_wrong(labels, features, name)}, but is {_size(array)}.")
    turned = array if labels == "CT" else array.T
    if not np.isnan(features) and turned.shape[0] != features:
        hint = f" Transpose it: {name}.T." if turned.shape[1] == features else ""
        raise ValueError(f"{_wrong(labels, features, name)}, but is {_size(array)}.{hint}")
    least = getattr(layer, "MinLength", 1)
    if turned.shape[1] < least:
        raise ValueError(
            f"{name} must have at least {least} time steps, MinLength of the network's input "
            f"layer, but has {turned.shape[1]}."
        )
    # Beyond the range of single there is Inf, as in MATLAB, without a word.
    with np.errstate(over="ignore"):
        return turned.astype(np.float32)


def _wrong(labels: str, features: Any, name: str) -> str:
    count = "features" if np.isnan(features) else str(int(features))
    if labels == "CT":
        wanted = f"a sequence {count}×time steps, as networks of the older classes take it"
    else:
        wanted = f"a sequence time steps×{count}, as a dlnetwork takes it"
    return f"{name} must be {wanted}, or a list of them"


def _size(array: np.ndarray) -> str:
    return "×".join(map(str, array.shape)) if array.ndim else describe(array)
