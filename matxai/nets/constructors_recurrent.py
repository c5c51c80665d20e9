"""Layers that go through a sequence step by step: LSTM, bidirectional LSTM and GRU."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import logical, one_of, positive_integer, text
from matxai.calling import matlab_function
from matxai.nets.constructors import array, layer
from matxai.nets.fragments import Recipe
from matxai.nets.layers import Layer
from matxai.nets.recurrent import (
    GATE_ACTIVATIONS,
    RESET_MODES,
    STATE_ACTIVATIONS,
    Recurrent,
    vector_of,
)
from matxai.nets.weights import require_shape

__all__ = ["bilstmLayer", "gruLayer", "lstmLayer"]


def _absent(value: Any, name: str) -> bool:
    if logical(value, name):
        raise ValueError(
            f"{name} must be false: states as inputs or outputs of layers are not supported here. "
            f"CellState and HiddenState are the initial states."
        )
    return False


_RECURRENT = {
    "numHiddenUnits": positive_integer,
    "OutputMode": one_of("sequence", "last"),
    "HasStateInputs": _absent,
    "HasStateOutputs": _absent,
    "StateActivationFunction": one_of(*STATE_ACTIVATIONS),
    "GateActivationFunction": one_of(*GATE_ACTIVATIONS),
    "InputWeights": array(1, 2),
    "RecurrentWeights": array(1, 2),
    "Bias": array(),
    "HiddenState": array(),
    "Name": text,
}


@matlab_function("layer", accepts=_RECURRENT | {"CellState": array()})
def lstmLayer(
    numHiddenUnits: int,
    *,
    OutputMode: str = "sequence",
    HasStateInputs: bool = False,
    HasStateOutputs: bool = False,
    StateActivationFunction: str = "tanh",
    GateActivationFunction: str = "sigmoid",
    InputWeights: np.ndarray | None = None,
    RecurrentWeights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    CellState: np.ndarray | None = None,
    HiddenState: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a long short-term memory (LSTM).

    Parameters
    ----------
    numHiddenUnits : int
        Number of hidden units, H.
    OutputMode : {"sequence", "last"}
        Whether the states of all time steps go out, or only the last one.
    HasStateInputs, HasStateOutputs : bool, default False
        States as inputs and outputs of the layer are not supported: only false is taken.
    StateActivationFunction : {"tanh", "softsign", "relu"}
        Activation of cell and hidden state.
    GateActivationFunction : {"sigmoid", "hard-sigmoid"}
        Activation of the gates; "hard-sigmoid" is 0.2·x + 0.5, limited to 0…1.
    InputWeights : array, 4·H×C
        Weights of the input of C channels, the rows those of the input gate, the forget gate, the
        cell candidate and the output gate. A network cannot be made without them.
    RecurrentWeights : array, 4·H×H
        Weights of the hidden state, in the same order.
    Bias : array of 4·H, optional
        The bias, in the same order; by default 1 for the forget gate and 0 for the others.
    CellState, HiddenState : array of H, optional
        Initial states, by default zeros.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If sizes do not fit.

    Notes
    -----
    Equations and the order of gates are as MathWorks documents them, and held against torch.
    """
    states = {"CellState": CellState, "HiddenState": HiddenState}
    return _recurrent(
        "lstmLayer", "LSTM", numHiddenUnits, OutputMode, StateActivationFunction,
        GateActivationFunction, InputWeights, RecurrentWeights, Bias, states, Name,
    )  # fmt: skip


@matlab_function("layer", accepts=_RECURRENT | {"CellState": array()})
def bilstmLayer(
    numHiddenUnits: int,
    *,
    OutputMode: str = "sequence",
    HasStateInputs: bool = False,
    HasStateOutputs: bool = False,
    StateActivationFunction: str = "tanh",
    GateActivationFunction: str = "sigmoid",
    InputWeights: np.ndarray | None = None,
    RecurrentWeights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    CellState: np.ndarray | None = None,
    HiddenState: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a bidirectional LSTM: two of them, one of which reads sequences from their end.

    Parameters
    ----------
    numHiddenUnits : int
        Number of hidden units of each direction, H; 2·H channels go out, the forward ones first.
    OutputMode : {"sequence", "last"}
        Whether the states of all time steps go out, or only the state of each direction after the
        whole sequence: at the last step forward, at the first step backward.
    HasStateInputs, HasStateOutputs : bool, default False
        States as inputs and outputs of the layer are not supported: only false is taken.
    StateActivationFunction, GateActivationFunction
        See :func:`matxai.lstmLayer`.
    InputWeights : array, 8·H×C
        Weights of the input, as those of :func:`matxai.lstmLayer`: forward, and then backward. A
        network cannot be made without them.
    RecurrentWeights : array, 8·H×H
        Weights of the hidden states, in the same order.
    Bias : array of 8·H, optional
        The bias, in the same order; by default 1 for the forget gates and 0 for the others.
    CellState, HiddenState : array of 2·H, optional
        Initial states, forward and then backward; by default zeros.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If sizes do not fit.

    Notes
    -----
    Equations and the order of gates are as MathWorks documents them, and held against torch.
    """
    states = {"CellState": CellState, "HiddenState": HiddenState}
    return _recurrent(
        "bilstmLayer", "BiLSTM", numHiddenUnits, OutputMode, StateActivationFunction,
        GateActivationFunction, InputWeights, RecurrentWeights, Bias, states, Name,
    )  # fmt: skip


@matlab_function("layer", accepts=_RECURRENT | {"ResetGateMode": one_of(*RESET_MODES)})
def gruLayer(
    numHiddenUnits: int,
    *,
    OutputMode: str = "sequence",
    HasStateInputs: bool = False,
    HasStateOutputs: bool = False,
    ResetGateMode: str = "after-multiplication",
    StateActivationFunction: str = "tanh",
    GateActivationFunction: str = "sigmoid",
    InputWeights: np.ndarray | None = None,
    RecurrentWeights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    HiddenState: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a gated recurrent unit (GRU).

    Parameters
    ----------
    numHiddenUnits : int
        Number of hidden units, H.
    OutputMode : {"sequence", "last"}
        Whether the states of all time steps go out, or only the last one.
    HasStateInputs, HasStateOutputs : bool, default False
        States as inputs and outputs of the layer are not supported: only false is taken.
    ResetGateMode : {"after-multiplication", "before-multiplication", \
"recurrent-bias-after-multiplication"}
        Where the reset gate r acts in the candidate state: on R·h, which is r∘(R·h); on h, which is
        R·(r∘h); or on R·h and a bias of its own, r∘(R·h + b).
    StateActivationFunction, GateActivationFunction
        See :func:`matxai.lstmLayer`.
    InputWeights : array, 3·H×C
        Weights of the input of C channels, the rows those of the reset gate, the update gate and
        the candidate state. A network cannot be made without them.
    RecurrentWeights : array, 3·H×H
        Weights of the hidden state, in the same order.
    Bias : array of 3·H, optional
        The bias, in the same order, by default zeros; for "recurrent-bias-after-multiplication"
        6·H, those of the recurrent weights behind.
    HiddenState : array of H, optional
        Initial state, by default zeros.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If sizes do not fit.

    Notes
    -----
    Equations and the order of gates are as MathWorks documents them, and held against torch.
    """
    return _recurrent(
        "gruLayer", "GRU", numHiddenUnits, OutputMode, StateActivationFunction,
        GateActivationFunction, InputWeights, RecurrentWeights, Bias, {"HiddenState": HiddenState},
        Name, ResetGateMode,
    )  # fmt: skip


def _recurrent(
    this: str,
    short: str,
    hidden: int,
    mode: str,
    state_activation: str,
    gate_activation: str,
    weights: np.ndarray | None,
    recurrent: np.ndarray | None,
    bias: np.ndarray | None,
    states: dict[str, np.ndarray | None],
    name: str,
    reset: str = "",
) -> Layer:
    directions = 2 if short == "BiLSTM" else 1
    gates, op = (3, "GRU") if short == "GRU" else (4, "LSTM")
    rows = directions * gates * hidden
    require_shape(this, "InputWeights", weights, [rows, None])
    require_shape(this, "RecurrentWeights", recurrent, [rows, hidden])
    biases = vector_of(this, "Bias", bias, 2 * rows if reset.startswith("recurrent") else rows)
    if bias is None and op == "LSTM":
        biases.reshape(directions, gates, hidden)[:, 1] = 1
    given = {n: vector_of(this, n, v, directions * hidden) for n, v in states.items()}
    content = Recurrent(
        op=op,
        hidden=hidden,
        directions=directions,
        last=mode == "last",
        activations=(GATE_ACTIVATIONS[gate_activation], STATE_ACTIVATIONS[state_activation]),
        weights=None if weights is None else weights.reshape(rows, -1),
        recurrent=None if recurrent is None else recurrent.reshape(rows, hidden),
        bias=biases,
        # ONNX takes the hidden state before the cell state.
        states=tuple(given[n] for n in ("HiddenState", "CellState") if n in given),
        attributes={"linear_before_reset": int("after" in reset)} if op == "GRU" else {},
    )
    properties: dict[str, Any] = {"NumHiddenUnits": hidden, "OutputMode": mode}
    properties |= {"HasStateInputs": False, "HasStateOutputs": False}
    properties |= {"StateActivationFunction": state_activation}
    properties |= {"GateActivationFunction": gate_activation}
    properties |= {"ResetGateMode": reset} if reset else {}
    properties |= {n: v.reshape(-1, 1) for n, v in given.items()}
    learnables: dict[str, np.ndarray] = {}
    if content.weights is not None and content.recurrent is not None:
        properties = {"InputSize": content.weights.shape[1]} | properties
        learnables = {
            "InputWeights": content.weights,
            "RecurrentWeights": content.recurrent,
            "Bias": biases,
        }
    recipe = Recipe(content.write)
    return layer(f"{short}Layer", name, recipe, properties | learnables, tuple(learnables))
