"""Layers of .mat files that change sizes, or in prediction nothing, and what importers made.

MATLAB's importers of Keras and ONNX networks have layer classes of their own, ``nnet.keras.layer``
and ``nnet.onnx.layer``, for what its toolbox lacked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.nets import constructors_blocks as blocks
from matxai.nets import constructors_passing as passing
from matxai.nets import constructors_sizes as sizes
from matxai.nets.constructors import simple
from matxai.nets.constructors_activation import softplusLayer
from matxai.nets.constructors_pooling import dropoutLayer, flattenLayer
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer
from matxai.nets.mat_files.building import builds
from matxai.nets.mat_files.records import LayerRecord, RecordError

__all__: list[str] = []

# Heights and widths


@builds("Resize2DLayer")
def _resize(record: LayerRecord) -> Layer:
    options: dict[str, Any] = {
        "Method": record.text("Method", default="nearest"),
        "GeometricTransformMode": record.text("GeometricTransformMode", default="half-pixel"),
        "NearestRoundingMode": record.text("NearestRoundingMode", default="round"),
        "Name": record.name,
    }
    if record.flag("EnableReferenceInput", default=False):
        return sizes.resize2dLayer(EnableReferenceInput=True, **options)
    for name in ("OutputSize", "Scale"):
        # What the layer does not go by is empty or a text.
        if record.has(name) and not isinstance(record.fields.get(name), str):
            return sizes.resize2dLayer(**{name: record.array(name)}, **options)
    raise RecordError("it has neither an OutputSize nor a Scale nor a reference input")


@builds("Crop2DLayer")
def _crop(record: LayerRecord) -> Layer:
    place = next((n for n in ("Location", "CropLocation") if record.has(n)), None)
    centre = place is None or isinstance(record.fields.get(place), str)
    if centre or record.text("Mode", default="custom").lower() == "centercrop":
        return sizes.crop2dLayer("centercrop", Name=record.name)
    return sizes.crop2dLayer(record.sizes(str(place)), Name=record.name)


@builds("MaxUnpooling2DLayer")
def _unpooling(record: LayerRecord) -> Layer:
    return sizes.maxUnpooling2dLayer(Name=record.name)


@builds("DepthToSpace2DLayer")
def _depth_to_space(record: LayerRecord) -> Layer:
    mode = record.text("Mode", default="dcr")
    return blocks.depthToSpace2dLayer(record.sizes("BlockSize"), Mode=mode, Name=record.name)


@builds("SpaceToDepthLayer")
def _space_to_depth(record: LayerRecord) -> Layer:
    return blocks.spaceToDepthLayer(record.sizes("BlockSize"), Name=record.name)


@builds("ZeroPadding2dLayer")
def _zero_padding(record: LayerRecord) -> Layer:
    named = ("Top", "Bottom", "Left", "Right")
    if record.has("Top"):
        around = [record.integer(name, default=0) for name in named]
    else:
        around = record.sizes("PaddingSize", "Padding")
    around = around * 4 if len(around) == 1 else around
    around = [n for n in around for _ in range(2)] if len(around) == 2 else around
    if len(around) != 4 or min(around) < 0:
        raise RecordError(f"its padding must be four numbers from 0 on, but is {around}")
    top, bottom, left, right = around

    def write(w: Writer, x: str) -> str:
        pads = [0, 0, top, left, 0, 0, bottom, right]
        return w.node("Pad", [x, w.weight("pads", pads, np.int64)])

    return _relative(record, Recipe(write), {"PaddingSize": np.array(around)})


@builds("GlobalAveragePooling2dLayer")
def _global_average(record: LayerRecord) -> Layer:
    return _relative(record, simple("GlobalAveragePool"))


# From images to features


def _rows_first(w: Writer, x: str) -> str:
    """Flatten as ONNX does: a row after the other, a channel after the other."""
    return w.node("Flatten", [x], axis=1)


def _channels_fastest(w: Writer, x: str) -> str:
    """Flatten as Keras does, whose images are H×W×C in the order of C."""
    rank = len(w.shape(0))
    if rank > 2:
        x = w.node("Transpose", [x], "Transpose", perm=[0, *range(2, rank), 1])
    return w.node("Flatten", [x], axis=1)


@builds("FlattenLayer", "FlattenInto2dLayer")
def _flatten(record: LayerRecord) -> Layer:
    if ".onnx." in record.kind:
        return _relative(record, _flattening(_rows_first))
    return flattenLayer(Name=record.name)


@builds("FlattenCStyleLayer")
def _flatten_by_rows(record: LayerRecord) -> Layer:
    return _relative(record, _flattening(_channels_fastest))


def _flattening(write: Callable[[Writer, str], str]) -> Recipe:
    def checked(w: Writer, x: str) -> str:
        if len(w.shape(0)) == 3:
            raise ValueError("it takes images, but what comes in is a sequence")
        return write(w, x)

    return Recipe(checked)


# What changes nothing in prediction, or each value by itself


@builds("IdentityLayer")
def _identity(record: LayerRecord) -> Layer:
    return passing.identityLayer(Name=record.name)


@builds("DropoutLayer")
def _dropout(record: LayerRecord) -> Layer:
    return dropoutLayer(record.number("Probability", default=0.5), Name=record.name)


@builds("SpatialDropoutLayer")
def _spatial_dropout(record: LayerRecord) -> Layer:
    probability = record.number("Probability", default=0.5)
    return passing.spatialDropoutLayer(Probability=probability, Name=record.name)


@builds("SoftplusLayer")
def _softplus(record: LayerRecord) -> Layer:
    return softplusLayer(Name=record.name)


@builds("ElementwiseAffineLayer", "ScalingLayer")
def _affine(record: LayerRecord) -> Layer:
    scale, offset = record.array("Scale"), record.array("Offset", "Bias")

    def write(w: Writer, x: str) -> str:
        rank = len(w.shape(0))
        if scale is not None:
            x = w.node("Mul", [x, w.weight("scale", _as_in_graphs(scale, rank))], "Mul")
        more = np.zeros(1, np.float32) if offset is None else offset
        return w.node("Add", [x, w.weight("offset", _as_in_graphs(more, rank))])

    shown = {"Scale": scale, "Offset": offset}
    return _relative(record, Recipe(write), {n: v for n, v in shown.items() if v is not None})


def _as_in_graphs(values: np.ndarray, rank: int) -> np.ndarray:
    """Bring an array, h×w×C or C, into the order of axes that graphs have."""
    if rank < 4 or values.size == 1:
        return values.reshape(-1, *[1] * (rank - 2))
    spatial = values.reshape(*values.shape, *[1] * (rank - 1 - values.ndim))
    return np.moveaxis(spatial, -1, 0)


def _relative(
    record: LayerRecord, recipe: Recipe, properties: dict[str, Any] | None = None
) -> Layer:
    """Make a layer of a class that the file names, and that no function makes."""
    return Layer(record.name, record.kind, properties, (), recipe)
