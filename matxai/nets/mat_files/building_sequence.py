"""Layers of networks of sequences in .mat files."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.nets import constructors_recurrent as recurrent
from matxai.nets.constructors_sequence import sequenceInputLayer
from matxai.nets.layers import Layer
from matxai.nets.mat_files.building import builds
from matxai.nets.mat_files.building_ends import normalization_of
from matxai.nets.mat_files.records import LayerRecord

__all__: list[str] = []


@builds("SequenceInputLayer")
def _sequence_input(record: LayerRecord) -> Layer:
    sizes = record.sizes("InputSize")
    return sequenceInputLayer(
        sizes[0] if len(sizes) == 1 else sizes,
        MinLength=record.integer("MinLength", default=1),
        Name=record.name,
        **normalization_of(record),
    )


@builds("LSTMLayer")
def _lstm(record: LayerRecord) -> Layer:
    states = _state(record, "CellState") | _state(record, "HiddenState")
    return recurrent.lstmLayer(_hidden(record), **_options(record), **states)


@builds("BiLSTMLayer")
def _bilstm(record: LayerRecord) -> Layer:
    states = _state(record, "CellState") | _state(record, "HiddenState")
    return recurrent.bilstmLayer(_hidden(record), **_options(record), **states)


@builds("GRULayer")
def _gru(record: LayerRecord) -> Layer:
    mode = record.text("ResetGateMode", default="after-multiplication")
    options = _options(record) | _state(record, "HiddenState") | {"ResetGateMode": mode}
    return recurrent.gruLayer(_hidden(record), **options)


def _hidden(record: LayerRecord) -> int:
    return record.integer("NumHiddenUnits", "HiddenSize")


def _options(record: LayerRecord) -> dict[str, Any]:
    options: dict[str, Any] = {"OutputMode": _output_mode(record), "Name": record.name}
    for name in ("HasStateInputs", "HasStateOutputs"):
        options[name] = record.flag(name, default=False)
    for name, usual in (("StateActivationFunction", "tanh"), ("GateActivationFunction", "sigmoid")):
        options[name] = record.text(name, default=usual)
    for name in ("InputWeights", "RecurrentWeights", "Bias"):
        weights = record.array(name)
        if weights is not None:
            # One unit: MATLAB keeps trailing sizes of 1, readers of files may have dropped them.
            options[name] = weights if name == "Bias" else weights.reshape(len(weights), -1)
    return options


def _output_mode(record: LayerRecord) -> str:
    """Return whether all states go out; files say it in a flag, layers in a text."""
    if record.has("ReturnSequence"):
        return "sequence" if record.flag("ReturnSequence") else "last"
    return record.text("OutputMode", default="sequence")


def _state(record: LayerRecord, name: str) -> dict[str, np.ndarray]:
    """Return an initial state: what resetState goes back to, not what scoring left behind."""
    value = record.array(f"Initial{name}", name)
    return {} if value is None else {name: value}
