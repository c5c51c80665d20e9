"""assembleNetwork: the older network classes, put together of layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matxai.calling import matlab_function
from matxai.nets.assembling import assembled, layer_graph_of
from matxai.nets.flavours import DAGNetwork, SeriesNetwork, output_kind
from matxai.nets.graph import fixed_batch_size
from matxai.nets.layer_graph import LayerGraph
from matxai.nets.layers import OutputLayer

__all__ = ["assembleNetwork"]


@matlab_function("assembledNet")
def assembleNetwork(layers: LayerGraph | Sequence[Any]) -> DAGNetwork:
    """Make a network with an output layer of layers that have their weights.

    Parameters
    ----------
    layers : LayerGraph or list of Layer
        The layers, the one output layer among them; of a list, each is connected to the next.

    Returns
    -------
    DAGNetwork or SeriesNetwork
        The network; a SeriesNetwork of a list of layers.

    Raises
    ------
    TypeError
        If `layers` is neither.
    ValueError
        If there is not one output layer, its Classes do not fit to what it gets, or the layers
        make no network; see :class:`matxai.dlnetwork`.

    See Also
    --------
    dlnetwork : A network without output layer.

    Notes
    -----
    Documented. Classes that the output layer leaves to be found, "auto", are named "1", "2", …, as
    importONNXNetwork names them; that is chosen.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import assembleNetwork, classificationLayer, classify
    >>> from matxai import featureInputLayer, fullyConnectedLayer, softmaxLayer
    >>> net = assembleNetwork([
    ...     featureInputLayer(2),
    ...     fullyConnectedLayer(2, Weights=[[1, 0], [0, 1]], Bias=[0, 0]),
    ...     softmaxLayer(),
    ...     classificationLayer(Classes=["left", "right"]),
    ... ])
    >>> print(classify(net, np.array([[1.0, 3.0]]))[0])
    right
    """
    graph = layer_graph_of(layers, "assembleNetwork")
    ends = [layer for layer in graph.Layers if isinstance(layer, OutputLayer)]
    if len(ends) != 1:
        names = ", ".join(repr(layer.Name) for layer in ends) or "none"
        raise ValueError(
            f"assembleNetwork: layers must have one output layer, but has {names}. "
            f"classificationLayer and regressionLayer are such layers; dlnetwork makes a network "
            f"without."
        )
    end = ends[0]
    sources = [n.source for n in graph.links if n.destination == end.Name]
    if not sources:
        raise ValueError(
            f"assembleNetwork: nothing is connected to the output layer {end.Name!r}: "
            f"connectLayers(lgraph, source, {end.Name!r})."
        )
    parts = assembled(graph.without([end.Name]), "assembleNetwork")
    loose = [value.name for value in parts.model.graph.output]
    if len(loose) != 1:
        raise ValueError(
            f"assembleNetwork: of all outputs only that of {sources[0]!r} may be connected to no "
            f"other layer, but {', '.join(map(repr, loose))} are: removeLayers takes layers away."
        )
    flavour = DAGNetwork if isinstance(layers, LayerGraph) else SeriesNetwork
    classes = getattr(end, "Classes", "auto")
    try:
        return flavour(
            parts.model,
            fixed_batch_size(parts.model.graph),
            parts.custom,
            parts,
            OutputLayerType=output_kind(end),
            Classes=classes,
            Name=end.Name,
        )
    except ValueError as error:
        raise ValueError(f"assembleNetwork: {error}") from None
