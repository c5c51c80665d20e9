"""Layers of a network taken out, put in and exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matxai.arguments import one_of, text, texts
from matxai.calling import matlab_function
from matxai.nets.editing import graph_of, layer_graph, told
from matxai.nets.layer_graph import LayerGraph
from matxai.nets.layer_values import layers_of
from matxai.nets.network import Network, dlnetwork

__all__ = [
    "addLayers",
    "initialize",
    "layerGraph",
    "removeLayers",
    "replaceLayer",
]


def _several(value: Any, name: str) -> list[Any]:
    layers = layers_of(value, name)
    if not layers:
        raise ValueError(f"{name} must hold at least one layer, but is empty.")
    return layers


@matlab_function("lgraph")
def layerGraph(net: Network | Sequence[Any] | None = None) -> LayerGraph:
    """Take the layers of a network and their connections, to change them.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork, SeriesNetwork or list of Layer, optional
        The network, which is not changed; or layers, of which each is connected to the next.
        Without it the graph is empty.

    Returns
    -------
    LayerGraph
        The layers, for a DAGNetwork or SeriesNetwork the output layer included.

    Raises
    ------
    TypeError
        If `net` is something else.
    ValueError
        If layers have the same name.

    See Also
    --------
    dlnetwork : Makes a network of the graph.
    assembleNetwork : Makes a network with an output layer.
    replaceLayer, removeLayers, addLayers, connectLayers, disconnectLayers : Change the graph.

    Notes
    -----
    Documented. A network comes back from ``dlnetwork(layerGraph(net))`` with the same layers and
    scores; its outputs are then, as in MATLAB, those that are connected to nothing, whatever
    ``OutputNames`` were set to before. Layers without a name are named after their class, with a
    number where there are several: ``relu``, or ``relu_1`` and ``relu_2``.

    Examples
    --------
    >>> from matxai import dlnetwork, imagePretrainedNetwork, layerGraph, predict, removeLayers
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> lgraph = layerGraph(net)
    >>> lgraph
    LayerGraph with properties:
    <BLANKLINE>
         InputNames: ['input']
        OutputNames: []
             Layers: [145×1 nnet.cnn.layer.Layer]
        Connections: [153×2 table]
    <BLANKLINE>
    >>> logits = dlnetwork(removeLayers(lgraph, lgraph.Layers[-1].Name))
    >>> logits.OutputNames, net.OutputNames
    (['fc'], ['prob'])
    """
    if net is None:
        return LayerGraph()
    if isinstance(net, LayerGraph):
        return net
    if isinstance(net, Network):
        return graph_of(net)
    try:
        return LayerGraph.chain(layers_of(net, "net"))
    except (TypeError, ValueError) as error:
        raise type(error)(f"layerGraph: {error}") from None


@matlab_function("lgraph", accepts={"lgraph": layer_graph, "larray": _several})
def addLayers(lgraph: LayerGraph | dlnetwork, larray: Any) -> LayerGraph:
    """Add layers, each connected to the next, but not to those that are there.

    Parameters
    ----------
    lgraph : LayerGraph or dlnetwork
        What to add to; it is not changed.
    larray : Layer or list of Layer
        The layers. An object of a class of your own with a method ``predict`` is one, too.

    Returns
    -------
    LayerGraph
        The layers that were there, and behind them the new ones.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If there is a layer of such a name already.

    Notes
    -----
    Documented. Of a dlnetwork MATLAB makes a dlnetwork that is not initialized; here it becomes a
    LayerGraph, of which ``dlnetwork`` or :func:`matxai.initialize` makes a network. That is chosen.

    Examples
    --------
    >>> from matxai import addLayers, connectLayers, layerGraph
    >>> from matxai import additionLayer, featureInputLayer, reluLayer, tanhLayer
    >>> lgraph = layerGraph([featureInputLayer(4), reluLayer(), additionLayer(2)])
    >>> lgraph = addLayers(lgraph, tanhLayer(Name="side"))
    >>> lgraph = connectLayers(lgraph, "relu", "side")
    >>> lgraph = connectLayers(lgraph, "side", "addition/in2")
    >>> lgraph.Connections[-1]
    Connection(Source='relu', Destination='side')
    """
    return told("addLayers", lambda: lgraph.with_chain(larray))


@matlab_function("lgraph", accepts={"lgraph": layer_graph, "layerNames": texts})
def removeLayers(lgraph: LayerGraph | dlnetwork, layerNames: str | Sequence[str]) -> LayerGraph:
    """Take layers and their connections away.

    Parameters
    ----------
    lgraph : LayerGraph or dlnetwork
        What to take from; it is not changed.
    layerNames : str or list of str
        Names of the layers.

    Returns
    -------
    LayerGraph
        The layers that are left.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If there is no layer of such a name; those near to it are named.

    Notes
    -----
    Documented. What becomes of a dlnetwork is chosen; see :func:`matxai.addLayers`.

    Examples
    --------
    >>> from matxai import featureInputLayer, layerGraph, reluLayer, removeLayers
    >>> lgraph = layerGraph([featureInputLayer(4), reluLayer(), reluLayer()])
    >>> [layer.Name for layer in removeLayers(lgraph, "relu_2").Layers]
    ['input', 'relu_1']
    """
    return told("removeLayers", lambda: lgraph.without([lgraph.known(n) for n in layerNames]))


@matlab_function(
    "lgraph",
    accepts={
        "lgraph": layer_graph,
        "layerName": text,
        "larray": _several,
        "ReconnectBy": one_of("name", "order"),
    },
)
def replaceLayer(
    lgraph: LayerGraph | dlnetwork, layerName: str, larray: Any, *, ReconnectBy: str = "name"
) -> LayerGraph:
    """Put another layer, or several, in the place of a layer.

    Parameters
    ----------
    lgraph : LayerGraph or dlnetwork
        Where to replace; it is not changed.
    layerName : str
        Name of the layer that goes.
    larray : Layer or list of Layer
        What comes, of several each connected to the next. It is copied. An object of a class of
        your own with a method ``predict`` is a layer, too.
    ReconnectBy : {"name", "order"}
        Whether the connections of the layer that goes are joined to the inputs and outputs of the
        same names, ``in1`` to ``in1``, or to the first, second and so on, whatever their names.

    Returns
    -------
    LayerGraph
        The layers, the new ones at the place of the old one. Connections that nothing is left for
        are gone.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If there is no layer of that name, or already one of the new name elsewhere.

    Notes
    -----
    Documented. What becomes of a dlnetwork is chosen; see :func:`matxai.addLayers`.

    Examples
    --------
    All layers of one kind exchanged, as in MATLAB's examples:

    >>> from matxai import featureInputLayer, isa, layerGraph, leakyReluLayer, reluLayer
    >>> from matxai import replaceLayer, tanhLayer
    >>> lgraph = layerGraph([featureInputLayer(4), reluLayer(), tanhLayer(), reluLayer()])
    >>> newLayer = leakyReluLayer(0.1)
    >>> for layer in lgraph.Layers:
    ...     if isa(layer, "nnet.cnn.layer.ReLULayer"):
    ...         newLayer.Name = layer.Name
    ...         lgraph = replaceLayer(lgraph, layer.Name, newLayer)
    >>> lgraph.Layers[-1]
    Layer('relu_2', 'nnet.cnn.layer.LeakyReLULayer')
    """
    by_order = ReconnectBy == "order"
    return told("replaceLayer", lambda: lgraph.replaced(lgraph.known(layerName), larray, by_order))


@matlab_function("net")
def initialize(net: LayerGraph | dlnetwork) -> dlnetwork:
    """Make a network of a graph that was edited.

    Parameters
    ----------
    net : LayerGraph or dlnetwork
        The graph; a dlnetwork, which has its weights, is returned as it is.

    Returns
    -------
    dlnetwork
        The network.

    Raises
    ------
    TypeError
        If `net` is neither.
    ValueError
        If the layers make no network; see :class:`matxai.dlnetwork`. Layers without weights are
        refused: MATLAB's function would draw them at random.

    Notes
    -----
    Chosen here, since networks here are trained elsewhere and always have their weights.
    """
    if isinstance(net, dlnetwork):
        return net
    return dlnetwork(layer_graph(net, "initialize: net"))
