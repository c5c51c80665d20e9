"""Layers of networks of sequences in .mat files, against torch."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import matxai as m
from matxai.nets.engines import TorchEngine
from matxai.nets.mat_files.building import built
from matxai.nets.mat_files.records import LayerRecord, RecordError

TOLERANCE = 1e-5
# For each class of MATLAB's: torch's, the number of directions, and of gates.
KINDS = {
    "LSTMLayer": (torch.nn.LSTM, 1, 4),
    "BiLSTMLayer": (torch.nn.LSTM, 2, 4),
    "GRULayer": (torch.nn.GRU, 1, 3),
}


def single(value):
    return np.array([[value]])


def learnable(value):
    return {"Version": single(2.0), "Value": np.asarray(value, np.float32)}


def fields(short, hidden, channels, sequence, random, biases=1):
    """Write a layer as MATLAB's files do; see the real one below."""
    _, directions, gates = KINDS[short]
    rows = directions * gates * hidden
    states = ("Hidden",) if short == "GRULayer" else ("Hidden", "Cell")
    made = {
        "Version": single(3.0),
        "Name": "made",
        "InputSize": single(float(channels)),
        "NumHiddenUnits": single(float(hidden)),
        "ReturnSequence": single(sequence),
        "StateActivationFunction": "tanh",
        "GateActivationFunction": "sigmoid",
        "InputWeights": learnable(random.randn(rows, channels)),
        "RecurrentWeights": learnable(random.randn(rows, hidden) / hidden),
        "Bias": learnable(random.randn(rows * biases, 1)),
    }
    for state in states:
        # What scoring left behind is not where the next scoring begins.
        left = {"Value": random.randn(directions * hidden, 1), "Remember": single(True)}
        made[f"{state}State"] = left
        made[f"Initial{state}State"] = random.randn(directions * hidden, 1).astype(np.float32)
    return made


def oracle(short, own, X):
    """Run torch's layer with the weights of a record; MATLAB orders the gates as torch does."""
    kind, directions, gates = KINDS[short]
    hidden, channels = (
        np.asarray(own[n]).astype(int).item() for n in ("NumHiddenUnits", "InputSize")
    )
    layer = kind(channels, hidden, batch_first=True, bidirectional=directions == 2)
    rows = gates * hidden
    bias = own["Bias"]["Value"].ravel()
    more = bias[directions * rows :] if len(bias) > directions * rows else np.zeros_like(bias)
    values = {
        "weight_ih": own["InputWeights"]["Value"],
        "weight_hh": own["RecurrentWeights"]["Value"],
        "bias_ih": bias,
        "bias_hh": more,
    }
    with torch.no_grad():
        for d, suffix in zip(range(directions), ("", "_reverse"), strict=False):
            for name, value in values.items():
                part = value[d * rows : (d + 1) * rows]
                getattr(layer, f"{name}_l0{suffix}")[:] = torch.tensor(part)
        states = [
            torch.tensor(own[f"Initial{s}State"].reshape(directions, 1, hidden))
            for s in ("Hidden", "Cell")
            if f"Initial{s}State" in own
        ]
        batch = torch.from_numpy(X.T[np.newaxis].astype(np.float32))
        y, last = layer(batch, tuple(states) if len(states) > 1 else states[0])
    last = last[0] if isinstance(last, tuple) else last
    return y[0].T.numpy() if _returns(own) else last.numpy().reshape(1, -1)


def _returns(own):
    return bool(own["ReturnSequence"]) if "ReturnSequence" in own else own["OutputMode"] != "last"


def record(short, own):
    return LayerRecord(f"nnet.cnn.layer.{short}", own)


def check(short, own, X):
    layer = built(record(short, own))
    assert layer.Name == "made"
    assert layer.Class == f"nnet.cnn.layer.{short}"
    series = m.assembleNetwork([
        m.sequenceInputLayer(X.shape[0], Name="in"), layer, m.regressionLayer(),
    ])  # fmt: skip
    expected = oracle(short, own, X)
    found = m.predict(series, X)
    assert found.shape == expected.shape
    # States come of sums that can nearly cancel; they lie between -1 and 1.
    scale = max(np.abs(expected).max(), 0.1)
    assert np.abs(found - expected).max() <= TOLERANCE * scale
    on_torch = TorchEngine(series._model)(X[np.newaxis].astype(np.float32))[0][0]
    assert np.abs(found - on_torch).max() <= TOLERANCE * scale


@pytest.mark.tier(
    "documented",
    "Recurrent layers of `.mat` files are torch's; names of fields that no file at hand "
    "has are the documented properties",
)
@pytest.mark.parametrize("short", KINDS)
@given(
    hidden=st.integers(1, 5),
    channels=st.integers(1, 4),
    length=st.integers(1, 6),
    sequence=st.booleans(),
    as_text=st.booleans(),
    seed=st.integers(0, 2**16),
)
def test_recurrent_layers(short, hidden, channels, length, sequence, as_text, seed):
    random = np.random.RandomState(seed)
    own = fields(short, hidden, channels, sequence, random, 2 if short == "GRULayer" else 1)
    if as_text:
        del own["ReturnSequence"]
        own["OutputMode"] = "sequence" if sequence else "last"
    if short == "GRULayer":
        # torch's GRU is this one of MATLAB's three.
        own["ResetGateMode"] = "recurrent-bias-after-multiplication"
    check(short, own, random.randn(channels, length))


@pytest.mark.tier("documented")
@pytest.mark.parametrize("mode", ["after-multiplication", "before-multiplication", None])
@given(st.integers(1, 4), st.integers(0, 2**16))
def test_reset_gates(mode, hidden, seed):
    random = np.random.RandomState(seed)
    own = fields("GRULayer", hidden, 2, True, random)
    if mode is not None:
        own["ResetGateMode"] = mode
    X = random.randn(2, 5)
    layer = built(record("GRULayer", own))
    found = m.predict(m.dlnetwork([m.sequenceInputLayer(2), layer]), X.T).T
    W, R, b = (own[n]["Value"].astype(float) for n in ("InputWeights", "RecurrentWeights", "Bias"))
    h = own["InitialHiddenState"].astype(float)
    expected = []
    for x in X.T:
        inner = W @ x[:, np.newaxis] + b
        gates = 1 / (1 + np.exp(-(inner + R @ h)))
        r, z = gates[:hidden], gates[hidden : 2 * hidden]
        recalled = R @ (r * h) if mode == "before-multiplication" else np.tile(r, (3, 1)) * (R @ h)
        h = (1 - z) * np.tanh((inner + recalled)[2 * hidden :]) + z * h
        expected.append(h[:, 0])
    assert np.abs(found - np.stack(expected, 1)).max() < TOLERANCE


@pytest.mark.tier(
    "chosen",
    "Of a state that a `.mat` file has twice, scoring begins with InitialHiddenState and "
    "InitialCellState, to which `resetState` goes back; in the files at hand both are zero",
)
@pytest.mark.parametrize("short", KINDS)
def test_scoring_begins_with_the_initial_state_not_the_last_one(short):
    random = np.random.RandomState(0)
    own = fields(short, 3, 2, True, random)
    initial = {n: v for n, v in own.items() if n.startswith("Initial")}
    layer = built(record(short, own))
    assert np.array_equal(layer.HiddenState, initial["InitialHiddenState"])
    # Files without one have the state alone.
    for name in initial:
        del own[name]
    layer = built(record(short, own))
    assert np.allclose(layer.HiddenState, own["HiddenState"]["Value"])


@pytest.mark.tier("documented")
@given(
    gate=st.sampled_from(["sigmoid", "hard-sigmoid"]),
    state=st.sampled_from(["tanh", "softsign", "relu"]),
)
def test_activations_are_taken_over(gate, state):
    for short in KINDS:
        own = fields(short, 2, 3, True, np.random.RandomState(1))
        own |= {"GateActivationFunction": gate, "StateActivationFunction": state}
        layer = built(record(short, own))
        assert (layer.GateActivationFunction, layer.StateActivationFunction) == (gate, state)


def normalization(kind, values, form):
    """Say a normalization as files of different releases do."""
    own = {n: v.reshape(-1, 1) for n, v in values.items()}
    if form == "struct":
        spelled = {"Mean": "AverageImage", "StandardDeviation": "Std"}
        inner = {spelled.get(n, n): v for n, v in own.items()}
        return {"Normalization": {"Version": single(2.0), "Type": kind, **inner}}
    return {"Normalization": kind, **own}


@pytest.mark.tier("documented")
@pytest.mark.parametrize("kind", ["zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one"])
@pytest.mark.parametrize("form", ["struct", "fields"])
@given(channels=st.integers(1, 4), each=st.booleans(), seed=st.integers(0, 2**16))
def test_input_layers(kind, form, channels, each, seed):
    random = np.random.RandomState(seed)
    low = random.randn(channels if each else 1)
    wide = random.rand(len(low)) + 0.5
    values, center, scale = {
        "zerocenter": ({"Mean": low}, low, 1),
        "zscore": ({"Mean": low, "StandardDeviation": wide}, low, wide),
        "rescale-symmetric": ({"Min": low, "Max": low + wide}, low + wide / 2, wide / 2),
        "rescale-zero-one": ({"Min": low, "Max": low + wide}, low, wide),
    }[kind]
    own = {"Name": "in", "InputSize": single(float(channels))}
    layer = built(record("SequenceInputLayer", own | normalization(kind, values, form)))
    X = random.randn(6, channels)
    expected = (X - center) / scale
    assert np.abs(m.predict(m.dlnetwork([layer]), X) - expected).max() < 1e-5


@pytest.mark.tier("documented")
@pytest.mark.parametrize("nothing", [np.zeros((0, 0)), "none", None])
def test_input_layers_without_normalization(nothing):
    own = {"Name": "in", "InputSize": single(2.0), "MinLength": single(3.0)}
    own |= {} if nothing is None else {"Normalization": nothing}
    layer = built(record("SequenceInputLayer", own))
    assert (layer.Name, layer.InputSize, layer.MinLength) == ("in", 2, 3)
    X = np.random.RandomState(0).randn(4, 2)
    assert np.allclose(m.predict(m.dlnetwork([layer]), X), X, atol=1e-6)


@pytest.mark.parametrize(
    ("short", "changes", "said"),
    [
        ("SequenceInputLayer", {"InputSize": np.array([[28.0, 28, 1]])}, "sequences of images"),
        ("SequenceInputLayer", {"Normalization": "@(x)x-1"}, "a function that the file does not"),
        ("SequenceInputLayer", {"Normalization": "zscore"}, "it has no Mean"),
        ("LSTMLayer", {"HasStateOutputs": single(True)}, "HasStateOutputs must be false"),
        ("LSTMLayer", {"NumHiddenUnits": single(3.0)}, "InputWeights must be 12×C"),
        ("LSTMLayer", {"NumHiddenUnits": np.zeros((0, 0))}, "it has no NumHiddenUnits"),
        ("BiLSTMLayer", {"InitialCellState": np.ones((2, 1))}, "CellState must have 4 elements"),
        ("GRULayer", {"StateActivationFunction": "cosine"}, "StateActivationFunction must be"),
    ],
)
def test_records_that_make_no_layer(short, changes, said):
    own = {"Name": "made", "InputSize": single(2.0)}
    if short in KINDS:
        own = fields(short, 2, 3, True, np.random.RandomState(0))
    with pytest.raises(RecordError, match=rf"The layer 'made' \(nnet.cnn.layer.{short}\).*{said}"):
        built(record(short, own | changes))


def weights_in(file):
    """Read the layers with weights by mat-io alone."""
    matio = pytest.importorskip("matio")
    net = matio.load_from_mat(str(file))["net"].properties["any"][0, 0]
    layers = [layer.properties["any"][0, 0] for layer in net["Layers"].ravel()]
    layers = [{n: layer[n] for n in layer.dtype.names} for layer in layers]
    for layer in layers:
        for name in ("InputWeights", "RecurrentWeights", "Weights", "Bias"):
            if name in layer:
                layer[name] = {"Value": layer[name][0, 0]["Value"]}
    return [layer for layer in layers if "Bias" in layer]


@pytest.mark.tier(
    "numeric",
    "A network of three BiLSTM layers that MATLAB saved computes what torch does with its "
    "weights, to 1e-5 of the largest value, for noise of up to 24 time steps; over 200 it "
    "amplifies the rounding of single precision to about 1e-3, in torch and here alike",
)
@pytest.mark.parametrize("length", [1, 24])
def test_a_network_that_matlab_saved(reference, length):
    net = m.importNetworkFromMAT(reference("mat", "anomaly_bilstm.mat"))
    classes = ["SequenceInput", *["BiLSTM", "ReLU"] * 3, "FullyConnected", "RegressionOutput"]
    assert [n.Class for n in net.Layers] == [f"nnet.cnn.layer.{c}Layer" for c in classes]
    X = np.random.RandomState(0).randn(1, length)
    expected = X
    *recurrent, last = weights_in(reference("mat", "anomaly_bilstm.mat"))
    for own in recurrent:
        expected = np.maximum(oracle("BiLSTMLayer", own, expected), 0)
    expected = last["Weights"]["Value"] @ expected + last["Bias"]["Value"]
    found = m.predict(net, X)
    assert found.shape == (1, length)
    assert np.abs(found - expected).max() <= TOLERANCE * np.abs(expected).max()
    assert np.allclose(m.predict(net, [X[:, :1], X])[1], found, rtol=1e-5)


@pytest.mark.tier(
    "numeric",
    "The second gate of three BiLSTM layers that MATLAB trained has biases near 1, as the "
    "forget gate starts with",
)
def test_the_second_gate_of_what_matlab_trained_is_the_forget_gate(reference):
    """MATLAB starts its biases with 1 and the others with 0, and training moves them little."""
    net = m.importNetworkFromMAT(reference("mat", "anomaly_bilstm.mat"))
    for layer in net.Layers[1:7:2]:
        means = layer.Bias.reshape(2, 4, -1).mean(axis=2)
        assert (np.abs(means[:, 1] - 1) < 0.15).all()
        assert (np.abs(np.delete(means, 1, axis=1)) < 0.3).all()
