"""Layers connected and disconnected."""

from __future__ import annotations

from matxai.arguments import text
from matxai.calling import matlab_function
from matxai.nets.editing import layer_graph, told
from matxai.nets.layer_graph import LayerGraph, Link
from matxai.nets.network import dlnetwork

__all__ = ["connectLayers", "disconnectLayers"]


@matlab_function("lgraph", accepts={"lgraph": layer_graph, "s": text, "d": text})
def connectLayers(lgraph: LayerGraph | dlnetwork, s: str, d: str) -> LayerGraph:
    """Connect a layer's output to another layer's input.

    Parameters
    ----------
    lgraph : LayerGraph or dlnetwork
        Where to connect; it is not changed.
    s : str
        The source: a layer's name, where it has several outputs with one of them, "pool/indices".
    d : str
        The destination: a layer's name, where it has several inputs with one of them, "add/in2".

    Returns
    -------
    LayerGraph
        The layers with that connection.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If there is no such layer, input or output, if it has to be said which one, or if something
        is connected to the input already.

    Notes
    -----
    Documented. What becomes of a dlnetwork is chosen; see :func:`matxai.addLayers`.
    """
    return told("connectLayers", lambda: _connected(lgraph, s, d))


def _connected(lgraph: LayerGraph, s: str, d: str) -> LayerGraph:
    link = Link(*lgraph.end(s, "outputs"), *lgraph.end(d, "inputs"))
    sources = {n.input: n.source for n in lgraph.links if n.destination == link.destination}
    if link.input in sources:
        free = [p for p in lgraph.making(link.destination).inputs if p not in sources]
        hint = f'disconnectLayers(lgraph, "{sources[link.input]}", "{d}") makes it free.'
        raise ValueError(
            f"The input {link.input!r} of the layer {link.destination!r} is connected to "
            f"{sources[link.input]!r} already. "
            + (f'Free is "{link.destination}/{free[0]}".' if free else hint)
        )
    return lgraph.with_links([*lgraph.links, link])


@matlab_function("lgraph", accepts={"lgraph": layer_graph, "s": text, "d": text})
def disconnectLayers(lgraph: LayerGraph | dlnetwork, s: str, d: str) -> LayerGraph:
    """Take a connection of two layers away.

    Parameters
    ----------
    lgraph : LayerGraph or dlnetwork
        Where to disconnect; it is not changed.
    s, d : str
        Source and destination, as :func:`matxai.connectLayers` takes them.

    Returns
    -------
    LayerGraph
        The layers without that connection.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If there is no such layer, input or output, or they are not connected.

    Notes
    -----
    Documented. What becomes of a dlnetwork is chosen; see :func:`matxai.addLayers`.
    """
    return told("disconnectLayers", lambda: _disconnected(lgraph, s, d))


def _disconnected(lgraph: LayerGraph, s: str, d: str) -> LayerGraph:
    link = Link(*lgraph.end(s, "outputs"), *lgraph.end(d, "inputs"))
    if link not in lgraph.links:
        sources = [n.source for n in lgraph.links if n.destination == link.destination]
        raise ValueError(
            f"{s!r} is not connected to {d!r}. Connected to {link.destination!r} are: "
            f"{', '.join(map(repr, sources)) or 'none'}."
        )
    return lgraph.with_links([n for n in lgraph.links if n != link])
