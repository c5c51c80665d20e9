"""importNetworkFromMAT and importLayersFromMAT."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matxai.arguments import describe, text
from matxai.calling import matlab_function
from matxai.lang.mat_objects import checked_objects, plain
from matxai.nets.layer_graph import LayerGraph
from matxai.nets.mat_files.assembling import layer_graph, network_of
from matxai.nets.mat_files.finding import networks_in
from matxai.nets.mat_files.placeholders import PlaceholderLayer
from matxai.nets.mat_files.records import NetworkRecord
from matxai.nets.network import Network

__all__ = [
    "findPlaceholderLayers",
    "importLayersFromMAT",
    "importNetworkFromMAT",
    "network_records",
]


def _file(value: Any, name: str) -> Path:
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(f"{name} must be the name of a file, but is {describe(value)}.")
    return Path(value)


def _custom_layers(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise TypeError(
            f"{name} must be a dict of layers by the names of layers or of their classes, "
            f'{{"identityLayer": layer}}, but is {describe(value)}.'
        )
    return value


def network_records(path: Path, function: str) -> list[NetworkRecord]:
    """Read what a .mat file says of the networks, layer graphs and arrays of layers in it.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    MatFileError
        If it is no .mat file, or is damaged.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{function}: there is no file {str(path)!r}.")
    found = checked_objects(path, function)
    return [record for name, value in found.items() for record in networks_in(plain(value), name)]


def _the_record(path: Path, variable: str | None, function: str) -> NetworkRecord:
    """Find the one network that is meant."""
    records = network_records(path, function)
    if not records:
        raise ValueError(
            f"{function}: {str(path)!r} holds no network: none of its variables is a "
            f"SeriesNetwork, DAGNetwork, dlnetwork, LayerGraph or array of layers, nor has one in "
            f"its fields. matxai import --inspect shows what is in the file."
        )
    places = [record.place for record in records]
    if variable is None:
        if len(records) > 1:
            raise ValueError(
                f"{function}: {str(path)!r} holds {len(records)} networks: "
                f"{', '.join(map(repr, places))}. Say which: Variable={places[0]!r}."
            )
        return records[0]
    chosen = [r for r in records if r.place == variable]
    chosen = chosen or [r for r in records if r.place.startswith(f"{variable}.")]
    if len(chosen) != 1:
        raise ValueError(
            f"{function}: Variable must name one network of {str(path)!r}, but is {variable!r}; "
            f"there is {', '.join(map(repr, places))}."
        )
    return chosen[0]


@matlab_function(
    "net", accepts={"matfile": _file, "Variable": text, "CustomLayers": _custom_layers}
)
def importNetworkFromMAT(
    matfile: str | os.PathLike,
    *,
    Variable: str | None = None,
    CustomLayers: Mapping[str, Any] | None = None,
) -> Network:
    """Import a trained network from a .mat file that MATLAB saved.

    Parameters
    ----------
    matfile : str or path
        Name of the file: version 5 to 7.3.
    Variable : str, optional
        Which network, where the file holds several: the variable, or what leads there from it, as
        ``"S.net"`` or ``"nets{2}"``.
    CustomLayers : dict of str to layer, optional
        What computes layers of classes that are not known here, such as those of your own: by the
        layer's class, or the name of one layer, a layer; an object with a method ``predict``; a
        class of such objects, whose objects get the properties that the file has of the layer; or a
        function that takes the layer with its properties and returns one of these.

    Returns
    -------
    SeriesNetwork, DAGNetwork or dlnetwork
        The network as MATLAB saved it, with the names of its layers, its classes and its
        normalization. Of a LayerGraph or an array of layers, what :func:`matxai.assembleNetwork`
        makes of it, or, without output layer, :func:`matxai.dlnetwork`.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    UnsupportedLayersError
        If layers are of classes that are not known; the message lists all of them. It is a
        ValueError.
    ValueError
        If it is no .mat file, is damaged, holds no network or several, or a layer is not whole.

    See Also
    --------
    load : All variables of a file; networks among them come out as networks.
    importLayersFromMAT : The layers, also where classes are not known.
    importNetworkFromONNX : Networks that MATLAB exported.

    Notes
    -----
    MATLAB itself has ``load`` only. Nothing in the file is run: function handles and objects of
    unknown classes stay data. Networks are numeric to MATLAB's own export of the same network for
    two pairs; the list of layers in the documentation says for each class what it was held against.
    """
    record = _the_record(matfile, Variable, "importNetworkFromMAT")
    try:
        return network_of(record, CustomLayers)
    except ValueError as error:
        error.args = (f"importNetworkFromMAT: {str(matfile)!r}: {error}",)
        raise


@matlab_function("lgraph", accepts={"matfile": _file, "Variable": text})
def importLayersFromMAT(matfile: str | os.PathLike, *, Variable: str | None = None) -> LayerGraph:
    """Import the layers of a network from a .mat file that MATLAB saved.

    Parameters
    ----------
    matfile : str or path
        Name of the file.
    Variable : str, optional
        Which network, where the file holds several; see :func:`matxai.importNetworkFromMAT`.

    Returns
    -------
    LayerGraph
        The layers and their connections. Where the class of a layer is not known, a
        PlaceholderLayer stands for it, with the properties that the file has.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no .mat file, is damaged, holds no network or several, or a layer is not whole.

    See Also
    --------
    findPlaceholderLayers : The layers to replace.
    replaceLayer : Puts another layer in the place of one.
    assembleNetwork : Makes a network of the graph.
    """
    record = _the_record(matfile, Variable, "importLayersFromMAT")
    try:
        return layer_graph(record)
    except ValueError as error:
        error.args = (f"importLayersFromMAT: {str(matfile)!r}: {error}",)
        raise


@matlab_function("placeholderLayers", "indices")
def findPlaceholderLayers(lgraph: Any, *, nargout: int = 1) -> Any:
    """Find the layers of a graph that only stand for layers of classes that are not known.

    Parameters
    ----------
    lgraph : LayerGraph or list of Layer
        As :func:`matxai.importLayersFromMAT` returns it.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    placeholderLayers : list of PlaceholderLayer
        These layers.
    indices : list of int
        Their numbers in ``lgraph.Layers``, counted from 1; with ``nargout=2``.

    Raises
    ------
    TypeError
        If `lgraph` is neither.

    Examples
    --------
    >>> from matxai import findPlaceholderLayers, layerGraph, reluLayer
    >>> findPlaceholderLayers(layerGraph([reluLayer()]))
    []
    """
    layers = getattr(lgraph, "Layers", lgraph)
    if not isinstance(layers, (list, tuple)):
        raise TypeError(
            f"findPlaceholderLayers: lgraph must be a LayerGraph or a list of layers, but is "
            f"{describe(lgraph)}."
        )
    found = [(n, i) for i, n in enumerate(layers, 1) if isinstance(n, PlaceholderLayer)]
    return [n for n, _ in found], [i for _, i in found]
