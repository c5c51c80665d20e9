"""Layers of .mat files that normalize what goes through a network."""

from __future__ import annotations

from typing import Any

from matxai.nets import constructors_normalization as normalizations
from matxai.nets.constructors_pooling import crossChannelNormalizationLayer
from matxai.nets.constructors_weighted import batchNormalizationLayer
from matxai.nets.layers import Layer
from matxai.nets.mat_files.building import builds
from matxai.nets.mat_files.records import LayerRecord

__all__: list[str] = []

_EPSILON = 1e-5


def _arrays(record: LayerRecord, *names: str) -> dict[str, Any]:
    """Return those of some arrays that are there, and what all such layers have."""
    given = {name: record.array(name) for name in names}
    shared = {"Epsilon": record.number("Epsilon", default=_EPSILON), "Name": record.name}
    return {name: value for name, value in given.items() if value is not None} | shared


@builds("BatchNormalizationLayer")
def _batch(record: LayerRecord) -> Layer:
    arrays = _arrays(record, "TrainedMean", "TrainedVariance", "Offset", "Scale")
    return batchNormalizationLayer(**arrays)


@builds("GroupNormalizationLayer")
def _group(record: LayerRecord) -> Layer:
    named = isinstance(record.fields.get("NumGroups"), str)
    groups = record.text("NumGroups") if named else record.integer("NumGroups")
    return normalizations.groupNormalizationLayer(groups, **_arrays(record, "Offset", "Scale"))


@builds("InstanceNormalizationLayer")
def _instance(record: LayerRecord) -> Layer:
    return normalizations.instanceNormalizationLayer(**_arrays(record, "Offset", "Scale"))


@builds("LayerNormalizationLayer")
def _layer(record: LayerRecord) -> Layer:
    # Releases that had no choice went over everything but the observations.
    dimension = record.text("OperationDimension", default="batch-excluded")
    return normalizations.layerNormalizationLayer(
        OperationDimension=dimension, **_arrays(record, "Offset", "Scale")
    )


@builds("CrossChannelNormalizationLayer")
def _cross_channel(record: LayerRecord) -> Layer:
    return crossChannelNormalizationLayer(
        record.integer("WindowChannelSize"),
        Alpha=record.number("Alpha", default=1e-4),
        Beta=record.number("Beta", default=0.75),
        K=record.number("K", default=2),
        Name=record.name,
    )
