"""Networks written into .mat files as MATLAB does, by mat-io: objects, structs and tables."""

import warnings
from unittest import mock

import numpy as np
import pandas as pd

with warnings.catch_warnings():
    # mat-io sets an option of pandas that pandas warns of.
    warnings.simplefilter("ignore")
    from matio.subsystem.subsys import MatSubsystem
    from matio.utils.matclass import MatlabOpaque, MatlabOpaqueArray

# What MATLAB's classes give for saving is one struct, which mat-io has to be told.
_AS_STRUCT = ["SeriesNetwork", "DAGNetwork", "dlnetwork", "nnet.cnn.LayerGraph"]


def struct(**fields):
    """Make a 1×1 struct as mat-io has it."""
    value = np.empty((1, 1), dtype=[(name, object) for name in fields])
    for name, item in fields.items():
        value[name][0, 0] = _mat(item)
    return value


def _mat(item):
    if isinstance(item, dict):
        return struct(**item)
    if isinstance(item, (bool, np.bool_)):
        return np.array([[item]])
    if isinstance(item, (int, float)):
        return np.array([[float(item)]])
    if isinstance(item, str):
        return np.array([item])
    if isinstance(item, (list, tuple)) and item and isinstance(item[0], str):
        cells = np.empty((1, len(item)), dtype=object)
        cells[0, :] = [np.array([text]) for text in item]
        return cells
    if isinstance(item, (list, tuple)):
        return np.array([item], dtype=float)
    return item


def learnable(value):
    """Make the struct that weights are."""
    return {
        "Version": 2, "Value": np.asarray(value, np.float32), "LearnRateFactor": 1, "L2Factor": 1
    }  # fmt: skip


def layer(kind, as_struct=True, **fields):
    """Make the object of a layer: built-in ones are saved as a struct, others property by property.

    Parameters
    ----------
    kind : str
        The class; without a package, one of nnet.cnn.layer.
    """

    kind = f"nnet.cnn.layer.{kind}" if as_struct and "." not in kind else kind
    if as_struct:
        return MatlabOpaque({"Version": _mat(1), "any": struct(Version=1, **fields)}, kind)
    return MatlabOpaque({name: _mat(item) for name, item in fields.items()}, kind)


def network(layers, connections=None, kind=None):
    """Make the object of a network: a SeriesNetwork, or a DAGNetwork with connections."""

    fields = {"Version": 1, "Layers": layer_array(layers)}
    if connections is not None:
        columns = [np.array(ends, dtype=object) for ends in zip(*connections, strict=True)]
        fields["Connections"] = pd.DataFrame({"Source": columns[0], "Destination": columns[1]})
    kind = kind or ("SeriesNetwork" if connections is None else "DAGNetwork")
    return MatlabOpaque({"any": struct(**fields)}, kind)


def layer_array(layers):
    """Make an array of layers: the class of the array is that of them all."""

    array = np.empty((len(layers), 1), dtype=object)
    array[:, 0] = layers
    return MatlabOpaqueArray(array, "nnet.cnn.layer.Layer")


def write(file, variables, version="v7"):
    """Write variables into a .mat file; return the file."""
    import matio
    from matio.utils.matclass import MatlabOpaqueArray

    original = MatSubsystem.serialize_nested_props

    def serialized(self, value):
        # mat-io 1.0.2 takes an array of objects inside another object for a cell array.
        if isinstance(value, MatlabOpaqueArray):
            return self.set_object_metadata(value)
        return original(self, value)

    with mock.patch.object(MatSubsystem, "serialize_nested_props", serialized):
        matio.save_to_mat(str(file), variables, version=version, saveobj_classes=[*_AS_STRUCT])
    return file
