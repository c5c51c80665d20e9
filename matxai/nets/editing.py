"""What the functions that edit layer graphs share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matxai.arguments import describe
from matxai.nets.layer_graph import LayerGraph, Link
from matxai.nets.network import Network, dlnetwork

__all__ = ["graph_of", "layer_graph", "told"]


def graph_of(net: Network) -> LayerGraph:
    """Take the layers of a network and their connections."""
    graph = LayerGraph(net.Layers)
    links = [
        Link(*graph.end(source, "outputs"), *graph.end(destination, "inputs"))
        for source, destination in net.Connections
    ]
    return graph.with_links(links)


def layer_graph(value: Any, name: str) -> LayerGraph:
    """Check what is edited: a layer graph, or a dlnetwork, of which the graph is taken."""
    if isinstance(value, LayerGraph):
        return value
    if isinstance(value, dlnetwork):
        return graph_of(value)
    hint = " Take its graph: lgraph = layerGraph(net)." if isinstance(value, Network) else ""
    shown = f"a {type(value).__name__}" if isinstance(value, Network) else describe(value)
    raise TypeError(
        f"{name} must be a LayerGraph, as layerGraph returns, or a dlnetwork, but is {shown}.{hint}"
    )


def told(function: str, edit: Callable[[], LayerGraph]) -> LayerGraph:
    """Edit a graph; errors begin with the function's name."""
    try:
        return edit()
    except ValueError as error:
        raise ValueError(f"{function}: {error}") from None
