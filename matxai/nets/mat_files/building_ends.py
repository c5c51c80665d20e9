"""Input and output layers of .mat files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from matxai.nets import constructors_ends as ends
from matxai.nets.constructors_3d import image3dInputLayer
from matxai.nets.layers import Layer
from matxai.nets.mat_files.building import builds
from matxai.nets.mat_files.records import LayerRecord, RecordError
from matxai.nets.preprocessing import NORMALIZATIONS

__all__ = ["class_names", "normalization_of"]

# Where files of different releases keep what a normalization needs.
_SPELLINGS = {
    "Mean": ("Mean", "AverageImage", "Average"),
    "StandardDeviation": ("StandardDeviation", "Std", "StandardDeviationImage"),
    "Min": ("Min", "Minimum", "MinImage"),
    "Max": ("Max", "Maximum", "MaxImage"),
}


def normalization_of(record: LayerRecord) -> dict[str, Any]:
    """Return the options Normalization, Mean and so on of an input layer's constructor.

    In a file the normalization is a text with its statistics beside it, a struct with both, or
    empty where there is none.

    Raises
    ------
    RecordError
        If it is a function of the user's, which is not in the file, or lacks its statistics.
    """
    found = record.fields.get("Normalization")
    if found is None or np.size(found) == 0:
        return {"Normalization": "none"}
    inner = LayerRecord("", found) if isinstance(found, Mapping) else record
    kind = inner.text("Type", default="?") if isinstance(found, Mapping) else found
    if not isinstance(kind, str) or kind.lower() not in NORMALIZATIONS:
        raise RecordError(
            f"its Normalization is {kind!r}, a function that the file does not hold. Map the "
            f'layer to one without, CustomLayers={{"{record.name}": imageInputLayer(size, '
            f'Normalization="none")}}, and normalize before you call the network'
        )
    options: dict[str, Any] = {"Normalization": kind.lower()}
    for name in NORMALIZATIONS[kind.lower()]:
        value = inner.array(*_SPELLINGS[name])
        value = record.array(*_SPELLINGS[name]) if value is None else value
        if value is None:
            raise RecordError(f'its Normalization is "{kind}", but it has no {name}')
        options[name] = value
    return options


@builds("ImageInputLayer")
def _image_input(record: LayerRecord) -> Layer:
    sizes = record.sizes("InputSize")
    return ends.imageInputLayer(sizes, Name=record.name, **normalization_of(record))


@builds("Image3DInputLayer")
def _image_3d_input(record: LayerRecord) -> Layer:
    sizes = record.sizes("InputSize")
    return image3dInputLayer(sizes, Name=record.name, **normalization_of(record))


@builds("FeatureInputLayer")
def _feature_input(record: LayerRecord) -> Layer:
    count = record.integer("InputSize", "NumFeatures")
    return ends.featureInputLayer(count, Name=record.name, **normalization_of(record))


def class_names(record: LayerRecord) -> list[str] | None:
    """Return the classes of an output layer in the order of the channels; None if unknown."""
    for name in ("Categories", "Classes", "ClassNames"):
        value = record.fields.get(name)
        if value is None or np.size(value) == 0:
            continue
        if hasattr(value, "categories"):
            # Labels: their order in the array is that of the channels.
            codes = np.asarray(value.codes).reshape(-1)
            names = [str(value.categories[code]) for code in codes if code >= 0]
            return names or [str(category) for category in value.categories]
        values = [value] if isinstance(value, str) else value
        if all(isinstance(item, str) for item in values) and list(values) != ["auto"]:
            return [str(item) for item in values]
    return None


@builds("ClassificationOutputLayer", "ClassificationLayer")
def _classification(record: LayerRecord) -> Layer:
    return ends.classificationLayer(Classes=class_names(record) or "auto", Name=record.name)


@builds("PixelClassificationLayer", "DicePixelClassificationLayer")
def _pixel_classification(record: LayerRecord) -> Layer:
    # They differ in their losses only, which matter in training.
    return ends.pixelClassificationLayer(Classes=class_names(record) or "auto", Name=record.name)


@builds("RegressionOutputLayer")
def _regression(record: LayerRecord) -> Layer:
    return ends.regressionLayer(Name=record.name)
