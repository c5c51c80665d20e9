"""LSTM, GRU and plain recurrent layers, step by step.

torch's own layers are faster on a GPU, but differentiate there in training mode only, know no other
activations than the usual ones, and no GRU that resets before its product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from matxai.nets.torch_operators.registering import operator

Activation = Callable[[Tensor], Tensor]

ACTIVATIONS: dict[str, Activation] = {
    "Relu": torch.relu,
    "Sigmoid": torch.sigmoid,
    "Softplus": functional.softplus,
    "Softsign": functional.softsign,
    "Tanh": torch.tanh,
}
DIRECTIONS = {"forward": [False], "reverse": [True], "bidirectional": [False, True]}
ONLY = {
    "activations": (None, "HardSigmoid", *ACTIVATIONS),
    "layout": (0,),
    "sequence_lens": (None,),
}


@operator("RNN", 7, only=ONLY)
def rnn(
    x: Tensor,
    weights: Tensor,
    recurrent: Tensor,
    bias: Tensor | None = None,
    sequence_lens: None = None,
    initial_h: Tensor | None = None,
    *,
    activation_alpha: Sequence[float] | None = None,
    activation_beta: Sequence[float] | None = None,
    activations: Sequence[str] | None = None,
    direction: str = "forward",
    hidden_size: int | None = None,
    layout: int = 0,
) -> tuple[Tensor, ...]:
    """Run a plain recurrent layer."""
    names = activations or ["Tanh"] * len(weights)
    functions = _activations(names, activation_alpha, activation_beta)

    def step(d: int, gates: Tensor, h: Tensor) -> tuple[Tensor]:
        return (functions[d](gates + h @ recurrent[d].T),)

    both = None if bias is None else sum(bias.chunk(2, -1))
    return _run(x, weights, both, [_state(initial_h, x, recurrent)], direction, step)


@operator("LSTM", 7, only=ONLY | {"input_forget": (0,)})
def lstm(
    x: Tensor,
    weights: Tensor,
    recurrent: Tensor,
    bias: Tensor | None = None,
    sequence_lens: None = None,
    initial_h: Tensor | None = None,
    initial_c: Tensor | None = None,
    peepholes: Tensor | None = None,
    *,
    activation_alpha: Sequence[float] | None = None,
    activation_beta: Sequence[float] | None = None,
    activations: Sequence[str] | None = None,
    direction: str = "forward",
    hidden_size: int | None = None,
    input_forget: int = 0,
    layout: int = 0,
) -> tuple[Tensor, ...]:
    """Run an LSTM; its gates are input, output, forget and cell."""
    names = activations or ["Sigmoid", "Tanh", "Tanh"] * len(weights)
    functions = _activations(names, activation_alpha, activation_beta)

    def step(d: int, gates: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        gate, cell, out = functions[3 * d : 3 * d + 3]
        i, o, f, new = (gates + h @ recurrent[d].T).chunk(4, -1)
        if peepholes is None:
            c = gate(f) * c + gate(i) * cell(new)
            return gate(o) * out(c), c
        p_i, p_o, p_f = peepholes[d].chunk(3)
        c = gate(f + p_f * c) * c + gate(i + p_i * c) * cell(new)
        return gate(o + p_o * c) * out(c), c

    both = None if bias is None else sum(bias.chunk(2, -1))
    states = [_state(initial, x, recurrent) for initial in (initial_h, initial_c)]
    return _run(x, weights, both, states, direction, step)


@operator("GRU", 7, only=ONLY)
def gru(
    x: Tensor,
    weights: Tensor,
    recurrent: Tensor,
    bias: Tensor | None = None,
    sequence_lens: None = None,
    initial_h: Tensor | None = None,
    *,
    activation_alpha: Sequence[float] | None = None,
    activation_beta: Sequence[float] | None = None,
    activations: Sequence[str] | None = None,
    direction: str = "forward",
    hidden_size: int | None = None,
    layout: int = 0,
    linear_before_reset: int = 0,
) -> tuple[Tensor, ...]:
    """Run a GRU; its gates are update, reset and candidate."""
    names = activations or ["Sigmoid", "Tanh"] * len(weights)
    functions = _activations(names, activation_alpha, activation_beta)
    size = recurrent.shape[2]
    inner, outer = (None, recurrent.new_zeros(len(weights), 3 * size))
    if bias is not None:
        inner, outer = bias.chunk(2, -1)

    def step(d: int, gates: Tensor, h: Tensor) -> tuple[Tensor]:
        gate, candidate = functions[2 * d : 2 * d + 2]
        of_gates, of_candidate = recurrent[d].split([2 * size, size])
        b_gates, b_candidate = outer[d].split([2 * size, size])
        x_gates, x_candidate = gates.split([2 * size, size], -1)
        update, reset = gate(x_gates + h @ of_gates.T + b_gates).chunk(2, -1)
        if linear_before_reset:
            recalled = reset * (h @ of_candidate.T + b_candidate)
        else:
            recalled = (reset * h) @ of_candidate.T + b_candidate
        return ((1 - update) * candidate(x_candidate + recalled) + update * h,)

    return _run(x, weights, inner, [_state(initial_h, x, recurrent)], direction, step)


def _activations(
    names: Sequence[str], alphas: Sequence[float] | None, betas: Sequence[float] | None
) -> list[Activation]:
    """Find the activations; those with a slope and an offset take the next that are given."""
    slopes, offsets = iter(alphas or ()), iter(betas or ())
    return [
        _hard_sigmoid(slopes, offsets) if name == "HardSigmoid" else ACTIVATIONS[name]
        for name in names
    ]


def _hard_sigmoid(slopes: Iterator[float], offsets: Iterator[float]) -> Activation:
    slope, offset = next(slopes, 0.2), next(offsets, 0.5)
    return lambda x: (slope * x + offset).clamp(0, 1)


def _state(initial: Tensor | None, x: Tensor, recurrent: Tensor) -> Tensor:
    if initial is not None:
        return initial
    return x.new_zeros(len(recurrent), x.shape[1], recurrent.shape[2])


def _run(
    x: Tensor,
    weights: Tensor,
    bias: Tensor | None,
    states: Sequence[Tensor],
    direction: str,
    step: Callable[..., tuple[Tensor, ...]],
) -> tuple[Tensor, ...]:
    """Run each direction over a sequence.

    Parameters
    ----------
    x : tensor, T×N×F
        The sequence.
    weights : tensor, D×GH×F
        Input weights of D directions, G gates and H hidden units.
    bias : tensor, D×GH, optional
        What is added to the input's part of the gates.
    states : sequence of tensor, D×N×H
        Initial states; the first is the one that is put out.
    direction : {"forward", "reverse", "bidirectional"}
        Which way to run.
    step : callable
        Takes the direction's index, the input's part of the gates and the states, and gives the
        next states.

    Returns
    -------
    tuple of tensor
        The outputs T×D×N×H, and each last state D×N×H.
    """
    outputs, lasts = [], []
    for d, backward in enumerate(DIRECTIONS[direction]):
        gates = x @ weights[d].T
        if bias is not None:
            gates = gates + bias[d]
        state = tuple(initial[d] for initial in states)
        seen = []
        for of_step in reversed(gates.unbind()) if backward else gates.unbind():
            state = step(d, of_step, *state)
            seen.append(state[0])
        outputs.append(torch.stack(seen[::-1] if backward else seen))
        lasts.append(state)
    return torch.stack(outputs, 1), *(torch.stack(last) for last in zip(*lasts, strict=True))
