"""LSTM, BiLSTM and GRU layers as pieces of a graph.

In a graph sequences are N×C×T; ONNX's recurrent operators take T×N×C, and give T×D×N×H for D
directions and H hidden units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from onnx import helper

from matxai.nets.fragments import Writer
from matxai.nets.inferring import spelled
from matxai.nets.weights import missing

__all__ = ["GATE_ACTIVATIONS", "RESET_MODES", "STATE_ACTIVATIONS", "Recurrent", "vector_of"]

STATE_ACTIVATIONS = {"tanh": "Tanh", "softsign": "Softsign", "relu": "Relu"}
GATE_ACTIVATIONS = {"sigmoid": "Sigmoid", "hard-sigmoid": "HardSigmoid"}
RESET_MODES = (
    "after-multiplication",
    "before-multiplication",
    "recurrent-bias-after-multiplication",
)

# MATLAB orders the gates of an LSTM input, forget, cell candidate, output, those of a GRU reset,
# update, candidate. ONNX: input, output, forget, cell, and update, reset, candidate.
_GATES = {"LSTM": (0, 3, 1, 2), "GRU": (1, 0, 2)}


@dataclass(frozen=True)
class Recurrent:
    """A recurrent layer, its weights in MATLAB's order.

    Attributes
    ----------
    op : {"LSTM", "GRU"}
        ONNX's operator.
    hidden : int
        Number of hidden units, H; of each of two directions.
    directions : int
        1, or 2: forward and then backward.
    last : bool
        Whether only the state after the whole sequence goes out.
    activations : tuple of str
        ONNX's names of the activations of gates and of states.
    weights, recurrent : numpy.ndarray or None
        Directions·gates·H × C, and × H.
    bias : numpy.ndarray
        Directions·gates·H; twice as many if there are biases of the recurrent weights, behind.
    states : tuple of numpy.ndarray
        Initial states, directions·H each: hidden, and of an LSTM cell.
    attributes : mapping
        Further attributes of the operator.
    """

    op: str
    hidden: int
    directions: int
    last: bool
    activations: tuple[str, str]
    weights: np.ndarray | None
    recurrent: np.ndarray | None
    bias: np.ndarray
    states: tuple[np.ndarray, ...]
    attributes: Mapping[str, int] = field(default_factory=dict)

    def write(self, w: Writer, x: str) -> str:
        """Write the layer; see :class:`~matxai.nets.fragments.Recipe`."""
        for name, given in (("InputWeights", self.weights), ("RecurrentWeights", self.recurrent)):
            if given is None:
                raise missing("weights", name)
        shape, channels = w.shape(0), self.weights.shape[1]
        if len(shape) != 3 or shape[1] != channels:
            raise ValueError(
                f"it takes sequences of {channels} channels, but what comes in is {spelled(shape)}"
            )
        turned = w.node("Transpose", [x], "Transpose", perm=[2, 0, 1])
        inputs = [
            turned,
            w.weight("W", self._in_order(self.weights)),
            w.weight("R", self._in_order(self.recurrent)),
            w.weight("B", self._biases()),
            "",
            *self._initial_states(w, turned),
        ]
        while not inputs[-1]:
            inputs.pop()
        outputs = ["", w.name] if self.last else [w.name]
        w.add(helper.make_node(self.op, inputs, outputs, name=w.name, **self._attributes()))
        return self._turned_back(w)

    def _attributes(self) -> dict[str, object]:
        gate, state = self.activations
        each = [gate, state, state] if self.op == "LSTM" else [gate, state]
        return {
            "hidden_size": self.hidden,
            "direction": "bidirectional" if self.directions == 2 else "forward",
            "activations": each * self.directions,
            **self.attributes,
        }

    def _in_order(self, array: np.ndarray) -> np.ndarray:
        """Reorder gates: directions × gates·H × columns."""
        order = list(_GATES[self.op])
        apart = array.reshape(self.directions, len(order), self.hidden, -1)
        return apart[:, order].reshape(self.directions, len(order) * self.hidden, -1)

    def _biases(self) -> np.ndarray:
        rows = self.directions * len(_GATES[self.op]) * self.hidden
        both = [self.bias[:rows], self.bias[rows:] if len(self.bias) > rows else np.zeros(rows)]
        return np.concatenate([self._in_order(each)[..., 0] for each in both], axis=1)

    def _initial_states(self, w: Writer, turned: str) -> list[str]:
        """Repeat the initial states for each sequence; zeros are what the operator begins with."""
        if not any(state.any() for state in self.states):
            return []
        shape = w.node("Shape", [turned], "Shape")
        batch = w.node("Gather", [shape, w.weight("BatchAxis", [1], np.int64)], "Gather")
        one = w.weight("One", [1], np.int64)
        times = w.node("Concat", [one, batch, one], "Concat", axis=0)
        names = []
        for letter, state in zip("HC", self.states, strict=False):
            start = w.weight(f"Initial{letter}", state.reshape(self.directions, 1, self.hidden))
            names.append(w.node("Tile", [start, times], f"Tile{letter}"))
        return names

    def _turned_back(self, w: Writer) -> str:
        """Turn what the operator gives into N×D·H×T, or N×D·H."""
        perm, tail = ([1, 0, 2], []) if self.last else ([2, 1, 3, 0], [-1])
        apart = w.node("Transpose", [w.name], "Transpose2", perm=perm)
        shape = w.weight("Reshape_Shape", [0, self.directions * self.hidden, *tail], np.int64)
        return w.node("Reshape", [apart, shape], "Reshape")


def vector_of(function: str, name: str, given: np.ndarray | None, count: int) -> np.ndarray:
    """Check a bias or state, by default zeros."""
    if given is None:
        return np.zeros(count, np.float32)
    if given.size != count:
        raise ValueError(f"{function}: {name} must have {count} elements, but has {given.size}.")
    return given.reshape(-1)
