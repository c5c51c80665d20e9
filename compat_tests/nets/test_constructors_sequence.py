"""Recurrent layers and the input layer of sequences, against torch and loops over time."""

import numpy as np
import pytest
import scipy.special
import torch
from hypothesis import given
from hypothesis import strategies as st

import matxai as m
from matxai.nets.engines import OnnxRuntimeEngine, TorchEngine

TOLERANCE = 2e-6
MODES = ("sequence", "last")
GATES = {"sigmoid": scipy.special.expit, "hard-sigmoid": lambda x: np.clip(0.2 * x + 0.5, 0, 1)}
STATES = {
    "tanh": np.tanh,
    "softsign": lambda x: x / (1 + np.abs(x)),
    "relu": lambda x: np.maximum(x, 0),
}
RESETS = ("after-multiplication", "before-multiplication", "recurrent-bias-after-multiplication")


def weights(random, rows, channels, hidden, biases=1):
    scale = 1 / np.sqrt(hidden + channels)
    return {
        "InputWeights": random.randn(rows, channels) * scale,
        "RecurrentWeights": random.randn(rows, hidden) * scale,
        "Bias": random.randn(rows * biases),
    }


def computed(layer, X):
    """Compute a layer for sequences N×C×T; both engines must agree."""
    net = m.dlnetwork([m.sequenceInputLayer(X.shape[1]), layer])
    batch = np.asarray(X, np.float32)
    one, two = (engine(net._model)(batch)[0] for engine in (OnnxRuntimeEngine, TorchEngine))
    assert one.shape == two.shape
    assert np.abs(one - two).max() < TOLERANCE * max(1, np.abs(one).max())
    return one


def close(found, expected):
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < TOLERANCE * max(1, np.abs(expected).max())


sizes = st.fixed_dictionaries({
    "hidden": st.integers(1, 6),
    "channels": st.integers(1, 5),
    "length": st.integers(1, 7),
    "count": st.integers(1, 4),
    "seed": st.integers(0, 2**16),
})  # fmt: skip


def torch_layer(kind, own, hidden, gates, directions=1):
    """Make torch's layer of MATLAB's weights; `gates` says which of these torch's gates are."""
    rows = len(gates) * hidden
    channels = own["InputWeights"].shape[1]
    layer = kind(channels, hidden, batch_first=True, bidirectional=directions == 2).double()

    def part(name, direction):
        mine = own[name][direction * rows : (direction + 1) * rows]
        return np.concatenate([mine[g * hidden : (g + 1) * hidden] for g in gates])

    with torch.no_grad():
        for d, suffix in zip(range(directions), ("", "_reverse"), strict=False):
            for torchs, name in (("weight_ih", "InputWeights"), ("weight_hh", "RecurrentWeights")):
                getattr(layer, f"{torchs}_l0{suffix}")[:] = torch.from_numpy(part(name, d))
            getattr(layer, f"bias_ih_l0{suffix}")[:] = torch.from_numpy(part("Bias", d))
            getattr(layer, f"bias_hh_l0{suffix}")[:] = 0
    return layer


@pytest.mark.tier(
    "documented",
    "`lstmLayer` and `bilstmLayer` are torch's LSTM, their gates in the documented order: "
    "input, forget, cell candidate, output; forward, then backward; initial states of two "
    "directions likewise",
)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("bidirectional", [False, True])
@given(sizes)
def test_an_lstm_has_its_gates_in_the_documented_order(mode, bidirectional, size):
    random = np.random.RandomState(size["seed"])
    hidden, directions = size["hidden"], 1 + bidirectional
    own = weights(random, directions * 4 * hidden, size["channels"], hidden)
    h, c = random.randn(2, directions * hidden)
    make = m.bilstmLayer if bidirectional else m.lstmLayer
    layer = make(hidden, OutputMode=mode, HiddenState=h, CellState=c, **own)
    X = random.randn(size["count"], size["channels"], size["length"])
    # torch: input, forget, cell, output, as MATLAB.
    oracle = torch_layer(torch.nn.LSTM, own, hidden, (0, 1, 2, 3), directions)
    start = tuple(
        torch.from_numpy(np.tile(s.reshape(directions, 1, hidden), (1, size["count"], 1)))
        for s in (h, c)
    )
    with torch.no_grad():
        y, (last, _) = oracle(torch.from_numpy(X).transpose(1, 2), start)
    expected = y.transpose(1, 2) if mode == "sequence" else torch.cat(list(last), 1)
    close(computed(layer, X), expected.numpy())


@pytest.mark.tier(
    "documented",
    "The last state of the backward direction is that of the first time step",
)
def test_the_last_state_of_the_backward_direction_is_that_of_the_first_step():
    own = weights(np.random.RandomState(0), 16, 3, 2)
    X = np.random.RandomState(1).randn(1, 3, 5)
    whole = computed(m.bilstmLayer(2, **own), X)[0]
    last = computed(m.bilstmLayer(2, OutputMode="last", **own), X)[0]
    close(last, np.concatenate([whole[:2, -1], whole[2:, 0]]))


def gru_by_hand(X, own, hidden, reset, gate, state, h):
    """Go through one sequence C×T, as MathWorks documents the equations."""
    W, R = own["InputWeights"], own["RecurrentWeights"]
    Wr, Wz, Wh = np.split(W, 3)
    Rr, Rz, Rh = np.split(R, 3)
    b = own["Bias"]
    br, bz, bh = np.split(b[: 3 * hidden], 3)
    cr, cz, ch = np.split(b[3 * hidden :], 3) if len(b) > 3 * hidden else (0, 0, 0)
    seen = []
    for x in X.T:
        r = gate(Wr @ x + br + Rr @ h + cr)
        z = gate(Wz @ x + bz + Rz @ h + cz)
        inner = Rh @ (r * h) if reset == "before-multiplication" else r * (Rh @ h + ch)
        h = (1 - z) * state(Wh @ x + inner + bh) + z * h
        seen.append(h)
    return np.stack(seen, 1)


@pytest.mark.tier(
    "documented",
    "`gruLayer` follows the documented equations, for each `ResetGateMode`",
)
@pytest.mark.parametrize("reset", RESETS)
@given(
    size=sizes,
    mode=st.sampled_from(MODES),
    gate=st.sampled_from(list(GATES)),
    state=st.sampled_from(list(STATES)),
)
def test_a_gru_follows_the_documented_equations(reset, size, mode, gate, state):
    random = np.random.RandomState(size["seed"])
    hidden, biases = size["hidden"], 2 if reset.startswith("recurrent") else 1
    own = weights(random, 3 * hidden, size["channels"], hidden, biases)
    h = random.randn(hidden)
    X = random.randn(size["count"], size["channels"], size["length"])
    layer = m.gruLayer(
        hidden, OutputMode=mode, ResetGateMode=reset, HiddenState=h,
        GateActivationFunction=gate, StateActivationFunction=state, **own,
    )  # fmt: skip
    expected = np.stack(
        [gru_by_hand(x, own, hidden, reset, GATES[gate], STATES[state], h) for x in X]
    )
    close(computed(layer, X), expected if mode == "sequence" else expected[:, :, -1])


@pytest.mark.tier("numeric", "With a bias behind the product it is torch's GRU")
@given(sizes)
def test_a_gru_with_bias_behind_the_product_is_the_gru_of_torch(size):
    random = np.random.RandomState(size["seed"])
    hidden = size["hidden"]
    own = weights(random, 3 * hidden, size["channels"], hidden, 2)
    layer = m.gruLayer(hidden, ResetGateMode="recurrent-bias-after-multiplication", **own)
    # torch, too, has reset, update, candidate.
    first = own | {"Bias": own["Bias"][: 3 * hidden]}
    oracle = torch_layer(torch.nn.GRU, first, hidden, (0, 1, 2))
    X = random.randn(size["count"], size["channels"], size["length"])
    with torch.no_grad():
        oracle.bias_hh_l0[:] = torch.from_numpy(own["Bias"][3 * hidden :])
        expected = oracle(torch.from_numpy(X).transpose(1, 2))[0].transpose(1, 2).numpy()
    close(computed(layer, X), expected)


@pytest.mark.tier("documented", '`"hard-sigmoid"`, `"softsign"` and `"relu"` in LSTMs')
@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("directions", [1, 2])
def test_activations_of_an_lstm(gate, state, directions):
    random = np.random.RandomState(2)
    own = weights(random, directions * 12, 2, 3)
    make = {1: m.lstmLayer, 2: m.bilstmLayer}[directions]
    layer = make(3, GateActivationFunction=gate, StateActivationFunction=state, **own)
    X = random.randn(2, 2, 6) * 2

    def run(x, W, R, b):
        h, c, seen = np.zeros(3), np.zeros(3), []
        for step in x.T:
            i, f, g, o = np.split(W @ step + R @ h + b, 4)
            c = GATES[gate](f) * c + GATES[gate](i) * STATES[state](g)
            h = GATES[gate](o) * STATES[state](c)
            seen.append(h)
        return np.stack(seen, 1)

    parts = zip(*(np.split(own[n], directions) for n in own), strict=True)
    ways = list(zip(parts, (1, -1), strict=False))
    expected = [np.concatenate([run(x[:, ::d], *p)[:, ::d] for p, d in ways]) for x in X]
    close(computed(layer, X), np.stack(expected))


@pytest.mark.tier("documented", "Without Bias the forget gate has 1, all else 0")
def test_without_a_bias_the_forget_gate_has_1():
    own = weights(np.random.RandomState(0), 16, 3, 2)
    del own["Bias"]
    assert m.bilstmLayer(2, **own).Bias.tolist() == [0, 0, 1, 1, 0, 0, 0, 0] * 2
    own = weights(np.random.RandomState(0), 6, 3, 2)
    del own["Bias"]
    assert m.gruLayer(2, **own).Bias.tolist() == [0] * 6


@pytest.mark.tier("numeric", "Recurrent layers are differentiated: the gradient is the slope")
@pytest.mark.parametrize(("make", "rows"), [(m.lstmLayer, 8), (m.bilstmLayer, 16), (m.gruLayer, 6)])
@pytest.mark.parametrize("mode", MODES)
def test_the_gradient_is_the_slope(make, rows, mode):
    random = np.random.RandomState(3)
    own = weights(random, rows, 3, 2)
    directions = 2 if make is m.bilstmLayer else 1
    layer = make(2, OutputMode=mode, HiddenState=random.randn(2 * directions), **own)
    last = m.fullyConnectedLayer(2, Weights=random.randn(2, 2 * directions))
    net = m.dlnetwork([m.sequenceInputLayer(3), layer, last])

    def slope(net, X):
        y = (m.predict(net, X) ** 2).sum()
        return y, m.dlgradient(y, X)

    X = random.randn(3, 5)
    _, gradient = m.dlfeval(slope, net, m.dlarray(X, "CT"), nargout=2)
    assert m.dims(gradient) == "CT"
    step = 1e-2
    for c, t in np.ndindex(3, 5):
        ends = []
        for sign in (1, -1):
            moved = X.copy()
            moved[c, t] += sign * step
            ends.append(float((m.predict(net, moved.T).astype(np.float64) ** 2).sum()))
        expected = (ends[0] - ends[1]) / (2 * step)
        assert abs(float(gradient[c, t]) - expected) < 2e-3 * max(1, abs(expected))


@pytest.mark.tier(
    "documented",
    "`sequenceInputLayer` normalizes each feature, the same in each time step",
)
@pytest.mark.parametrize("each", [True, False])
@pytest.mark.parametrize("kind", ["zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one"])
def test_normalization_is_the_same_in_each_time_step(kind, each):
    random = np.random.RandomState(4)
    X = random.randn(6, 3) * 5
    low, deviation = random.randn(3 if each else 1), random.rand(3 if each else 1) + 0.5
    high = low + deviation
    options, expected = {
        "zerocenter": ({"Mean": low}, X - low),
        "zscore": ({"Mean": low, "StandardDeviation": deviation}, (X - low) / deviation),
        "rescale-symmetric": ({"Min": low, "Max": high}, 2 * (X - low) / deviation - 1),
        "rescale-zero-one": ({"Min": low, "Max": high}, (X - low) / deviation),
    }[kind]
    columns = {n: v.reshape(-1, 1) for n, v in options.items()}
    for given_as in (options, columns):
        layer = m.sequenceInputLayer(3, Normalization=kind, **given_as)
        assert np.allclose(m.predict(m.dlnetwork([layer]), X), expected, atol=1e-5)
    assert (layer.InputSize, layer.Normalization, layer.MinLength) == (3, kind, 1)


@pytest.mark.tier("documented", "`fullyConnectedLayer` acts in each time step of a sequence")
def test_a_fully_connected_layer_acts_in_each_time_step():
    random = np.random.RandomState(5)
    W, b, X = random.randn(4, 3), random.randn(4), random.randn(2, 3, 6)
    found = computed(m.fullyConnectedLayer(4, Weights=W, Bias=b), X)
    close(found, np.einsum("kc,nct->nkt", W, X) + b[:, np.newaxis])


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("count", [1, 3])
def test_layers_of_channels_act_in_each_time_step(count):
    # To three sequences of three channels, what belongs to channels fits the wrong way as well.
    random = np.random.RandomState(6)
    X = random.randn(count, 3, 4)
    mean, variance = random.randn(3), random.rand(3) + 0.5
    by = [v[:, np.newaxis] for v in (mean, variance)]
    slopes = np.array([0.1, 0.2, 0.3])
    layers = {
        m.softmaxLayer(): scipy.special.softmax(X, axis=1),
        m.reluLayer(): np.maximum(X, 0),
        m.dropoutLayer(): X,
        m.flattenLayer(): X,
        m.preluLayer(Alpha=slopes): np.where(X < 0, X * slopes[:, np.newaxis], X),
        m.batchNormalizationLayer(TrainedMean=mean, TrainedVariance=variance, Epsilon=1e-3): (
            (X - by[0]) / np.sqrt(by[1] + 1e-3)
        ),
    }
    for layer, expected in layers.items():
        close(computed(layer, X), expected)


@pytest.mark.tier("numeric")
def test_layers_that_join_sequences():
    joins = {
        m.additionLayer(2, Name="join"): lambda x, y: x + y,
        m.multiplicationLayer(2, Name="join"): lambda x, y: x * y,
        m.depthConcatenationLayer(2, Name="join"): lambda x, y: np.concatenate([x, y], 1),
        m.concatenationLayer(1, 2, Name="join"): lambda x, y: np.concatenate([x, y], 1),
    }
    X = np.random.RandomState(7).randn(5, 3)
    for layer, join in joins.items():
        lgraph = m.layerGraph([m.sequenceInputLayer(3, Name="in"), m.tanhLayer(Name="t"), layer])
        net = m.dlnetwork(m.connectLayers(lgraph, "in", "join/in2"))
        assert np.allclose(m.predict(net, X), join(np.tanh(X), X), atol=1e-6)
    layer = m.concatenationLayer(2, 2, Name="join")
    lgraph = m.layerGraph([m.sequenceInputLayer(3, Name="in"), m.tanhLayer(), layer])
    lgraph = m.connectLayers(lgraph, "in", "join/in2")
    with pytest.raises(ValueError, match="dim is 2"):
        m.dlnetwork(lgraph)


def test_layers_of_the_users_get_channels_by_sequences_by_time():
    seen = []

    def double(X):
        seen.append(X.shape)
        return 2 * X

    W = np.random.RandomState(8).randn(2, 3)
    layers = [m.functionLayer(double), m.fullyConnectedLayer(2, Weights=W)]
    net = m.dlnetwork([m.sequenceInputLayer(3), *layers])
    X = np.random.RandomState(9).randn(5, 3)
    seen.clear()
    assert np.allclose(m.predict(net, [X, X])[1], 2 * X @ W.T, atol=1e-5)
    assert seen == [(3, 2, 5)]


def test_properties_and_names():
    random = np.random.RandomState(0)
    net = m.dlnetwork([
        m.sequenceInputLayer(3),
        m.lstmLayer(2, **weights(random, 8, 3, 2)),
        m.bilstmLayer(2, **weights(random, 16, 2, 2)),
        m.gruLayer(2, OutputMode="last", **weights(random, 6, 4, 2)),
    ])  # fmt: skip
    assert [n.Name for n in net.Layers] == ["sequenceinput", "lstm", "biLSTM", "gru"]
    classes = ["SequenceInput", "LSTM", "BiLSTM", "GRU"]
    assert [n.Class for n in net.Layers] == [f"nnet.cnn.layer.{c}Layer" for c in classes]
    lstm, bilstm, gru = net.Layers[1:]
    assert (lstm.InputSize, lstm.NumHiddenUnits, lstm.OutputMode) == (3, 2, "sequence")
    assert (lstm.StateActivationFunction, lstm.GateActivationFunction) == ("tanh", "sigmoid")
    assert bilstm.HiddenState.shape == bilstm.CellState.shape == (4, 1)
    assert (gru.ResetGateMode, gru.OutputMode) == ("after-multiplication", "last")
    assert [n.Parameter for n in net.Learnables[:3]] == ["InputWeights", "RecurrentWeights", "Bias"]
    assert [net.activation_size(n) for n in ("lstm", "biLSTM", "gru")] == [(2,), (4,), (2,)]


OWN = weights(np.random.RandomState(0), 8, 3, 2)


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: m.sequenceInputLayer([28, 28, 1]), ValueError, "sequences of images are not"),
        (lambda: m.sequenceInputLayer("3"), TypeError, "inputSize must be a positive integer"),
        (lambda: m.sequenceInputLayer(3, MinLength=0), ValueError, "MinLength must be a positive"),
        (lambda: m.sequenceInputLayer(3, Normalization="mean"), ValueError, "Normalization must"),
        (lambda: m.lstmLayer(0), ValueError, "numHiddenUnits must be a positive integer"),
        (lambda: m.lstmLayer(2, OutputMode="first"), ValueError, "OutputMode must be"),
        (lambda: m.lstmLayer(2, HasStateOutputs=True), ValueError, "HasStateOutputs must be false"),
        (lambda: m.gruLayer(2, HasStateInputs=True), ValueError, "HasStateInputs must be false"),
        (lambda: m.lstmLayer(3, **OWN), ValueError, "InputWeights must be 12×C, but is a 8×3"),
        (lambda: m.bilstmLayer(2, **OWN), ValueError, "InputWeights must be 16×C"),
        (lambda: m.lstmLayer(2, Bias=[1, 2]), ValueError, "Bias must have 8 elements, but has 2"),
        (lambda: m.lstmLayer(2, CellState=[1]), ValueError, "CellState must have 2 elements"),
        (
            lambda: m.gruLayer(2, Bias=np.ones(6), ResetGateMode="recurrent"),
            *(ValueError, "Bias must have 12 elements, but has 6"),
        ),
        (lambda: m.gruLayer(2, ResetGateMode="never"), ValueError, "ResetGateMode must be"),
        (lambda: m.gruLayer(2, CellState=[1, 1]), TypeError, "'CellState' is not one of its"),
        (
            lambda: m.lstmLayer(2, GateActivationFunction="tanh"),
            *(ValueError, 'must be "sigmoid" or "hard-sigmoid", but is'),
        ),
    ],
)
def test_bad_options(call, kind, said):
    with pytest.raises(kind, match=said):
        call()


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ([m.sequenceInputLayer(3), m.lstmLayer(2)], "it has no weights.*InputWeights="),
        (
            [m.sequenceInputLayer(4), m.lstmLayer(2, **OWN)],
            "takes sequences of 3 channels, but what comes in is any×4",
        ),
        (
            [m.featureInputLayer(3), m.lstmLayer(2, **OWN)],
            "takes sequences of 3 channels, but what comes in is 3",
        ),
        ([m.sequenceInputLayer(3, Normalization="zscore", Mean=0)], "StandardDeviation is missing"),
        ([m.sequenceInputLayer(3, Normalization="zerocenter", Mean=[1, 2])], "Mean must be one"),
        (
            [m.sequenceInputLayer(3), m.fullyConnectedLayer(2, Weights=np.ones((2, 4)))],
            "its Weights are 2×4, but what comes in is any×3",
        ),
    ],
)
def test_layers_that_make_no_network(layers, said):
    with pytest.raises(ValueError, match=said):
        m.dlnetwork(layers)
