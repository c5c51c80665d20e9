"""What a network computes for a dlarray, such that it can be differentiated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.nets.autodiff import note
from matxai.nets.differentiating import gradient_breakers, torch_module
from matxai.nets.dlarray import dlarray, is_traced
from matxai.nets.layers import ImageInputLayer
from matxai.nets.sequences import format_of, takes_sequences

if TYPE_CHECKING:
    from torch import Tensor

    from matxai.nets.network import Network

__all__ = ["batch_of", "labelled", "predict_dlarray"]

# Labels of the dimensions as networks have them, by their number.
_NETWORK_ORDER = {1: "B", 2: "BC", 3: "TBC", 4: "BCSS", 5: "BCSSS"}
_UNLABELLED = {2: "SS", 3: "SSC", 4: "SSCB"}


def predict_dlarray(
    net: Network, X: dlarray, layers: Sequence[str], environment: str = "auto"
) -> tuple[dlarray, ...]:
    """Compute the outputs of layers.

    Parameters
    ----------
    net : Network
        The network.
    X : dlarray
        The data, with the labels ``"SSC"`` or ``"SSCB"`` for images; without labels it is taken
        for such images. Images of another size than the network's are taken where its layers can.
    layers : sequence of str
        Names of the layers.
    environment : {"auto", "gpu", "cpu"}
        Where to compute.

    Returns
    -------
    tuple of dlarray
        The outputs, with labels; without ``"B"`` where `X` has none.

    Raises
    ------
    ValueError
        If `X` does not fit to the network.
    """
    module = torch_module(net, layers, None, environment)
    batch = batch_of(net, X)
    try:
        results = module(batch)
    except RuntimeError as error:
        raise ValueError(_does_not_fit(net, X, error)) from error
    broken = [y for y in results if is_traced(X) and not y.requires_grad]
    if broken:
        note(f"an output of the network has no gradient{gradient_breakers(module.operators)}")
    order = format_of(net) if takes_sequences(net) else "TBC"
    return tuple(labelled(y, "B" in _labels(X), order) for y in results)


def batch_of(net: Network, X: dlarray) -> Tensor:
    """Turn data into what a network takes: N×C×H×W for images, of single."""
    layer = net.Layers[0]
    labels = _labels(X)
    rank = 4 if isinstance(layer, ImageInputLayer) else len(net._facts.shape(net.InputNames[0]))
    wanted = format_of(net) if takes_sequences(net) else _NETWORK_ORDER[rank]
    tensor = X.tensor
    for label in wanted:
        if labels.count(label) < wanted.count(label):
            labels += label
            tensor = tensor.unsqueeze(-1)
    if sorted(labels) != sorted(wanted):
        raise ValueError(
            f"X must have the labels {_in_matlab(wanted)!r}, since the input layer of net is a "
            f"{layer.Class.rpartition('.')[2]}, but is {X._shown()}."
        )
    places = [i for label in dict.fromkeys(wanted) for i, own in enumerate(labels) if own == label]
    batch = tensor.permute(places).float()
    if isinstance(layer, ImageInputLayer):
        _check_channels(layer, batch.shape[1], X)
    if takes_sequences(net):
        _check_features(layer, batch.shape[wanted.index("C")], X)
    return batch


def labelled(tensor: Tensor, with_batch: bool, sequences: str = "TBC") -> dlarray:
    """Turn an output of a network into a dlarray in MATLAB's order.

    Parameters
    ----------
    tensor : torch.Tensor
        As the network has it, N×C×H×W or N×C.
    with_batch : bool
        Whether to keep the dimension of the batch; without, it has to be of length 1.
    sequences : str
        Order of the dimensions of sequences.
    """
    own = sequences if tensor.ndim == 3 else _NETWORK_ORDER[tensor.ndim]
    places = [i for label in "SCBT" for i, n in enumerate(own) if n == label]
    labels = "".join(own[i] for i in places)
    batch = labels.index("B")

    def view(t: Tensor) -> Tensor:
        t = t.permute(places).cpu()
        return t if with_batch else t.select(batch, 0)

    return dlarray.of_tensor(
        view(tensor), labels if with_batch else labels.replace("B", ""), (tensor, view)
    )


def _labels(X: dlarray) -> str:
    return X.labels or _UNLABELLED.get(X.ndim, "")


def _in_matlab(order: str) -> str:
    return "".join(sorted(order, key="SCBTU".index))


def _check_channels(layer: Any, channels: int, X: dlarray) -> None:
    wanted = layer.InputSize[2]
    if not np.isnan(wanted) and channels != wanted:
        raise ValueError(
            f"X must have {wanted} channels, as many as the network takes, but is {X._shown()}."
        )


def _check_features(layer: Any, features: int, X: dlarray) -> None:
    wanted = layer.InputSize
    if not np.isnan(wanted) and features != wanted:
        raise ValueError(
            f"X must have {wanted} channels, as many as the sequences that the network takes, but "
            f"is {X._shown()}."
        )


def _does_not_fit(net: Network, X: dlarray, error: Exception) -> str:
    size = "×".join(map(str, np.atleast_1d(getattr(net.Layers[0], "InputSize", "?"))))
    return (
        f"X is {X._shown()}, which the layers of net cannot compute with: its InputSize is "
        f"{size} ({error})."
    )
