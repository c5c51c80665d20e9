"""Layers of .mat files that join several inputs."""

from __future__ import annotations

from matxai.nets import constructors_joining as joining
from matxai.nets.layers import Layer
from matxai.nets.mat_files.building import builds
from matxai.nets.mat_files.records import LayerRecord

__all__: list[str] = []

_BY_COUNT = {
    "AdditionLayer": joining.additionLayer,
    "DepthConcatenationLayer": joining.depthConcatenationLayer,
    "MultiplicationLayer": joining.multiplicationLayer,
}


def _count(record: LayerRecord) -> int:
    return record.integer("NumInputs", "NumInputsInternal")


@builds(*_BY_COUNT)
def _by_count(record: LayerRecord) -> Layer:
    return _BY_COUNT[record.short](_count(record), Name=record.name)


@builds("ConcatenationLayer")
def _concatenation(record: LayerRecord) -> Layer:
    dim = record.integer("Dim", "ConcatenationDim", "ConcatenationDimension")
    return joining.concatenationLayer(dim, _count(record), Name=record.name)
