"""Poolings of .mat files."""

from __future__ import annotations

from matxai.nets import constructors_1d, constructors_pooling, constructors_pooling_3d
from matxai.nets.layers import Layer
from matxai.nets.mat_files.building import builds, padding_of
from matxai.nets.mat_files.building_convolution import spread_over
from matxai.nets.mat_files.records import LayerRecord, RecordError

__all__: list[str] = []

_LARGEST = {
    "MaxPooling1DLayer": (1, constructors_1d.maxPooling1dLayer),
    "MaxPooling2DLayer": (2, constructors_pooling.maxPooling2dLayer),
    "MaxPooling3DLayer": (3, constructors_pooling_3d.maxPooling3dLayer),
}
_MEANS = {
    "AveragePooling1DLayer": (1, constructors_1d.averagePooling1dLayer),
    "AveragePooling2DLayer": (2, constructors_pooling.averagePooling2dLayer),
    "AveragePooling3DLayer": (3, constructors_pooling_3d.averagePooling3dLayer),
}
_GLOBAL = {
    "GlobalAveragePooling1DLayer": constructors_1d.globalAveragePooling1dLayer,
    "GlobalAveragePooling2DLayer": constructors_pooling.globalAveragePooling2dLayer,
    "GlobalAveragePooling3DLayer": constructors_pooling_3d.globalAveragePooling3dLayer,
    "GlobalMaxPooling1DLayer": constructors_1d.globalMaxPooling1dLayer,
    "GlobalMaxPooling2DLayer": constructors_pooling.globalMaxPooling2dLayer,
    "GlobalMaxPooling3DLayer": constructors_pooling_3d.globalMaxPooling3dLayer,
}


def _window(record: LayerRecord, rank: int) -> dict[str, object]:
    return {
        "poolSize": record.sizes("PoolSize"),
        "Stride": record.sizes("Stride", default=[1] * rank),
        "Padding": spread_over(rank, padding_of(record)),
        "Name": record.name,
    }


@builds(*_LARGEST)
def _max_pooling(record: LayerRecord) -> Layer:
    rank, make = _LARGEST[record.short]
    unpooling = record.flag("HasUnpoolingOutputs", default=False)
    if rank == 2:
        return make(**_window(record, rank), HasUnpoolingOutputs=unpooling)
    if unpooling:
        raise RecordError("its HasUnpoolingOutputs is true, which only 2-D poolings can have here")
    return make(**_window(record, rank))


@builds(*_MEANS)
def _average_pooling(record: LayerRecord) -> Layer:
    rank, make = _MEANS[record.short]
    value = record.fields.get("PaddingValue")
    if not isinstance(value, str):
        value = record.number("PaddingValue", default=0)
    return make(**_window(record, rank), PaddingValue=value)


@builds(*_GLOBAL)
def _global_pooling(record: LayerRecord) -> Layer:
    return _GLOBAL[record.short](Name=record.name)
