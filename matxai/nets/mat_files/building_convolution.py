"""Convolutions and fully connected layers of .mat files."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.nets import constructors_1d, constructors_3d
from matxai.nets import constructors_convolution as convolution
from matxai.nets import constructors_weighted as weighted
from matxai.nets.layers import Layer
from matxai.nets.mat_files.building import builds, padding_of
from matxai.nets.mat_files.records import LayerRecord, RecordError

__all__ = ["spread_over"]

_CONVOLUTIONS = {
    "Convolution1DLayer": (1, constructors_1d.convolution1dLayer),
    "Convolution2DLayer": (2, convolution.convolution2dLayer),
    "Convolution3DLayer": (3, constructors_3d.convolution3dLayer),
}
_TRANSPOSED = {
    "TransposedConvolution1DLayer": (1, constructors_1d.transposedConv1dLayer),
    "TransposedConvolution2DLayer": (2, weighted.transposedConv2dLayer),
    "TransposedConvolution3DLayer": (3, constructors_3d.transposedConv3dLayer),
}


def spread_over(rank: int, padding: Any) -> Any:
    """Return a padding or cropping as constructors for so many dimensions take it.

    That of three dimensions is the matrix [top, left, front; bottom, right, back].
    """
    if isinstance(padding, str) or rank < 3 or len(padding) != 6:
        return padding
    return np.reshape(padding, (2, 3))


def _options(record: LayerRecord, rank: int) -> dict[str, Any]:
    causal = record.text("PaddingMode", default="manual").lower() == "causal"
    value = record.fields.get("PaddingValue")
    if not isinstance(value, str):
        value = record.number("PaddingValue", default=0)
    ones = [1] * rank
    return {
        "Stride": record.sizes("Stride", default=ones),
        "DilationFactor": record.sizes("DilationFactor", default=ones),
        "Padding": "causal" if causal else spread_over(rank, padding_of(record)),
        "PaddingValue": value,
        "Bias": record.array("Bias"),
        "Name": record.name,
    }


@builds(*_CONVOLUTIONS)
def _convolution(record: LayerRecord) -> Layer:
    rank, make = _CONVOLUTIONS[record.short]
    size, weights = record.sizes("FilterSize"), record.array("Weights")
    filters, options = record.sizes("NumFilters"), _options(record, rank)
    groups = len(filters)
    if groups == 1:
        return make(size, filters[0], Weights=weights, **options)
    # Before grouped convolutions had a class, each group had its number of filters here.
    each = sum(filters) // groups
    if rank != 2 or set(filters) != {each}:
        raise RecordError(f"its NumFilters is {filters}, but groups must be of one size")
    if weights is not None:
        weights = weights.reshape(*weights.shape[:-1], each, groups, order="F")
    return convolution.groupedConvolution2dLayer(size, each, groups, Weights=weights, **options)


@builds("GroupedConvolution2DLayer")
def _grouped_convolution(record: LayerRecord) -> Layer:
    groups = record.fields.get("NumGroups")
    if not isinstance(groups, str):
        groups = record.integer("NumGroups")
    return convolution.groupedConvolution2dLayer(
        record.sizes("FilterSize"),
        record.integer("NumFiltersPerGroup"),
        groups,
        Weights=record.array("Weights"),
        **_options(record, 2),
    )


@builds(*_TRANSPOSED)
def _transposed_convolution(record: LayerRecord) -> Layer:
    rank, make = _TRANSPOSED[record.short]
    return make(
        record.sizes("FilterSize"),
        record.integer("NumFilters"),
        Stride=record.sizes("Stride", default=[1] * rank),
        Cropping=spread_over(rank, padding_of(record, "CroppingMode", "CroppingSize")),
        Weights=record.array("Weights"),
        Bias=record.array("Bias"),
        Name=record.name,
    )


@builds("FullyConnectedLayer")
def _fully_connected(record: LayerRecord) -> Layer:
    count = int(np.prod(record.sizes("OutputSize")))
    weights = record.array("Weights")
    if weights is not None:
        inputs = weights.size // max(count, 1)
        weights = _matrix(weights, record.sizes("InputSize", default=[inputs]), count)
    bias = record.array("Bias")
    return weighted.fullyConnectedLayer(count, Weights=weights, Bias=bias, Name=record.name)


def _matrix(weights: np.ndarray, size: list[int], count: int) -> np.ndarray:
    """Turn weights to outputs × inputs; of images they can be h×w×C×outputs."""
    inputs = int(np.prod(size))
    if weights.shape == (count, inputs):
        return weights
    whole = (*size, count)
    if weights.shape + (1,) * (len(whole) - weights.ndim) == whole:
        return weights.reshape(inputs, count, order="F").T
    found, wanted = ("×".join(map(str, n)) for n in (weights.shape, whole))
    raise RecordError(f"its Weights must be {count}×{inputs} or {wanted}, but are {found}")
