"""Layers of .mat files that are functions of each value, and softmax."""

from __future__ import annotations

from matxai.nets import constructors_activation as activations
from matxai.nets.layers import Layer
from matxai.nets.mat_files.building import builds
from matxai.nets.mat_files.records import LayerRecord, RecordError

__all__: list[str] = []

_WITHOUT_OPTIONS = {
    "ReLULayer": activations.reluLayer,
    "SigmoidLayer": activations.sigmoidLayer,
    "SoftmaxLayer": activations.softmaxLayer,
    "SwishLayer": activations.swishLayer,
    "TanhLayer": activations.tanhLayer,
}


@builds(*_WITHOUT_OPTIONS)
def _without_options(record: LayerRecord) -> Layer:
    return _WITHOUT_OPTIONS[record.short](Name=record.name)


@builds("LeakyReLULayer")
def _leaky_relu(record: LayerRecord) -> Layer:
    return activations.leakyReluLayer(record.number("Scale"), Name=record.name)


@builds("ClippedReLULayer")
def _clipped_relu(record: LayerRecord) -> Layer:
    return activations.clippedReluLayer(record.number("Ceiling"), Name=record.name)


@builds("ELULayer")
def _elu(record: LayerRecord) -> Layer:
    # A default that a class has need not be in the file; 1 is the documented one.
    return activations.eluLayer(record.number("Alpha", default=1), Name=record.name)


@builds("PReLULayer")
def _prelu(record: LayerRecord) -> Layer:
    slopes = record.array("Alpha")
    if slopes is None:
        raise RecordError("it has no Alpha, the slopes")
    return activations.preluLayer(Alpha=slopes, Name=record.name)


@builds("GELULayer")
def _gelu(record: LayerRecord) -> Layer:
    approximation = record.text("Approximation", default="none")
    return activations.geluLayer(Approximation=approximation, Name=record.name)
