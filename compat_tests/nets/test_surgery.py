"""Layers taken out, put in, exchanged and connected."""

import matlab_dialects as dialects
import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st
from matlab_dialects import Description

import matxai as m
from matxai.nets.importing import network_from_model

FILES = [
    "ccn_icub_objects", "cscs_lstm", "flir_gray", "gazescan_149k", "gazescan_523k",
    "gazescan_prev", "nisitka_segnet", "reciclaria", "squeezenet_newhacks",
]  # fmt: skip
BRANCHED = (
    ("convolution", {"filters": 4}),
    ("addition", {"branches": 2}),
    ("unpooling", {}),
    ("concatenation", {}),
)


def imported(steps, dialect, head="fully connected"):
    written = dialects.write(Description((9, 12, 3), steps, head), dialect)
    return network_from_model(written.model, "test")


def image(net, seed=0):
    height, width, channels = net.Layers[0].InputSize
    return np.random.RandomState(seed).random_sample((height, width, channels)) * 255


def alike(net, other):
    """Hold two networks' layers, properties and connections against each other."""
    assert [(x.Name, x.Class) for x in net.Layers] == [(x.Name, x.Class) for x in other.Layers]
    for one, two in zip(net.Layers, other.Layers, strict=True):
        assert one._properties.keys() == two._properties.keys()
        for name, value in one._properties.items():
            assert np.array_equal(np.asarray(value), np.asarray(two._properties[name])), name
    assert net.Connections == other.Connections
    assert (net.InputNames, net.OutputNames) == (other.InputNames, other.OutputNames)


@pytest.fixture
def net():
    """Give a network, and hold that its graph is the same afterwards, byte for byte."""
    made = tiny.conv()
    before = made._model.SerializeToString()
    yield made
    assert made._model.SerializeToString() == before
    assert [layer.Name for layer in made.Layers][:3] == ["data", "conv_1", "relu_1"]


# There and back ----------------------------------------------------------------------------------


@pytest.mark.tier(
    "numeric",
    "The nine networks that MATLAB wrote, taken apart and put together, have the same "
    "layers, connections and, bit for bit, scores (SegNet: the same graph)",
)
@pytest.mark.parametrize("name", FILES)
def test_networks_of_matlab_come_back_from_their_layers(reference, name):
    net = m.importNetworkFromONNX(reference("onnx", f"{name}.onnx"))
    before = net._model.SerializeToString()
    again = m.dlnetwork(m.layerGraph(net))
    assert net._model.SerializeToString() == before
    alike(net, again)
    assert m.layerGraph(net).Connections == net.Connections
    if name == "nisitka_segnet":  # seconds an image, at its own size
        assert again._model.graph.node == net._model.graph.node
        return
    shape = [d or 3 for d in net._facts.shape(net._model.graph.input[0].name)]
    batch = np.random.RandomState(0).random_sample(shape).astype(np.float32) * 255
    assert np.array_equal(net.engine("cpu")(batch)[0], again.engine("cpu")(batch)[0])


@pytest.mark.parametrize(
    ("dialect", "head"),
    [
        *((dialect, "fully connected") for dialect in dialects.DIALECTS),
        *((dialects.R2024b, head) for head in dialects.HEADS if head != "fully connected"),
    ],
    ids=lambda each: getattr(each, "release", each),
)
def test_networks_of_every_dialect_come_back(dialect, head):
    steps = BRANCHED if dialect.opset >= 8 else BRANCHED[:2]
    net = imported(steps, dialect, head)
    again = m.dlnetwork(m.layerGraph(m.dlnetwork(m.layerGraph(net))))
    alike(net, again)
    assert np.array_equal(m.predict(net, image(net)), m.predict(again, image(net)))


@pytest.mark.parametrize("kind", ["relu", "max pooling", "clipped relu", "prelu", "crop", "resize"])
def test_layers_of_every_kind_come_back(kind):
    given = {"crop": {"size": (5, 7)}}.get(kind, {})
    net = imported((("convolution", {"filters": 4}), (kind, given)), dialects.R2024b)
    again = m.dlnetwork(m.layerGraph(net))
    alike(net, again)
    assert np.array_equal(m.predict(net, image(net)), m.predict(again, image(net)))


def test_a_layer_that_reads_the_same_twice_comes_back_and_can_be_split():
    nodes = [tiny.node("Relu", ["data"], "relu"), tiny.node("Add", ["relu", "relu"], "add")]
    shape = ["B", 3, 4, 4]
    net = network_from_model(tiny.model(nodes, {}, {"data": shape}, {"add": shape}), "test")
    lgraph = m.layerGraph(net)
    assert lgraph.Connections[1:] == [("relu", "add/in1"), ("relu", "add/in2")]
    lgraph = m.disconnectLayers(lgraph, "relu", "add/in2")
    lgraph = m.connectLayers(lgraph, "data", "add/in2")
    X = np.random.RandomState(0).randn(4, 4, 3)
    assert np.allclose(m.predict(m.dlnetwork(lgraph), X), np.maximum(X, 0) + X, atol=1e-6)


def test_a_fixed_batch_size_stays():
    net = network_from_model(tiny.reshape_model(2), "test")
    again = m.dlnetwork(m.layerGraph(net))
    assert again._fixed_batch == net._fixed_batch == 2
    X = np.random.RandomState(0).randn(2, 2, 3, 5)
    assert np.array_equal(m.predict(net, X), m.predict(again, X))


@given(st.data())
def test_layers_taken_out_and_put_back_give_the_same_network(data):
    net = imported(BRANCHED[:2] + BRANCHED[3:], dialects.R2021b)
    lgraph = m.layerGraph(net)
    order = [layer.Name for layer in lgraph.Layers]
    gone = data.draw(st.lists(st.sampled_from(order[1:-1]), unique=True, min_size=1))
    left = m.removeLayers(lgraph, gone)
    assert [layer.Name for layer in left.Layers] == [n for n in order if n not in gone]
    for layer in lgraph.Layers:
        if layer.Name in gone:
            left = m.addLayers(left, layer)
    for connection in data.draw(st.permutations(lgraph.Connections)):
        if connection not in left.Connections:
            left = m.connectLayers(left, *connection)
    again = m.dlnetwork(left)
    assert sorted(again.Connections) == sorted(net.Connections)
    assert np.array_equal(m.predict(net, image(net)), m.predict(again, image(net)))


# Changes -----------------------------------------------------------------------------------------


@pytest.mark.tier(
    "numeric",
    "Another layer in the place of one changes the scores as computed by hand",
)
def test_another_layer_in_the_place_of_one_changes_the_scores_accordingly(net):
    lgraph = m.replaceLayer(m.layerGraph(net), "relu_1", m.leakyReluLayer(0.3, Name="relu_1"))
    changed = m.dlnetwork(lgraph)
    X = image(net)
    conv = m.predict(net, X, Outputs="conv_1")
    expected = np.where(conv > 0, conv, 0.3 * conv)
    assert np.allclose(m.predict(changed, X, Outputs="relu_1"), expected, atol=1e-5)
    fc = net.Layers[[x.Name for x in net.Layers].index("fc")]
    logits = fc.Weights @ expected.mean(axis=(0, 1)) + fc.Bias.ravel()
    scores = np.exp(logits - logits.max())
    assert np.allclose(m.predict(changed, X), scores / scores.sum(), atol=1e-5)
    assert not np.allclose(m.predict(changed, X), m.predict(net, X), atol=1e-4)


@pytest.mark.tier(
    "documented",
    "Without its last layers a network's output is that of the layer before",
)
def test_without_its_last_layers_the_output_is_that_of_the_layer_before(net):
    lgraph = m.layerGraph(net)
    logits = m.dlnetwork(m.removeLayers(lgraph, lgraph.Layers[-1].Name))
    assert logits.OutputNames == ["fc"]
    assert np.array_equal(m.predict(logits, image(net)), m.predict(net, image(net), Outputs="fc"))


@pytest.mark.tier("documented", "Outputs that are connected to nothing are the network's outputs")
def test_outputs_are_those_that_are_connected_to_nothing(net):
    lgraph = m.addLayers(net, m.tanhLayer(Name="side"))
    lgraph = m.connectLayers(lgraph, "relu_1", "side")
    made = m.dlnetwork(lgraph)
    assert made.OutputNames == [*net.OutputNames, "side"]
    X = image(net)
    relu = m.predict(net, X, Outputs="relu_1")
    assert np.allclose(m.predict(made, X, Outputs="side"), np.tanh(relu), atol=1e-6)


@pytest.mark.tier("documented")
def test_several_layers_in_the_place_of_one(net):
    new = [m.tanhLayer(), m.sigmoidLayer(Name="last")]
    lgraph = m.replaceLayer(m.layerGraph(net), "relu_1", new)
    names = [layer.Name for layer in lgraph.Layers]
    assert names[1:4] == ["conv_1", "tanh", "last"]
    assert ("conv_1", "tanh") in lgraph.Connections
    assert ("tanh", "last") in lgraph.Connections
    X = image(net)
    conv = m.predict(net, X, Outputs="conv_1")
    found = m.predict(m.dlnetwork(lgraph), X, Outputs="last")
    assert np.allclose(found, 1 / (1 + np.exp(-np.tanh(conv))), atol=1e-6)


@pytest.mark.tier(
    "documented",
    "`ReconnectBy` joins connections by the names of inputs and outputs, or by their order",
)
def test_connections_are_made_by_name_or_by_order():
    add = m.additionLayer(2, Name="add")
    lgraph = m.layerGraph([m.featureInputLayer(3), m.reluLayer(), add])
    lgraph = m.connectLayers(lgraph, "input", "add/in2")
    named = m.functionLayer(lambda a, b: a - b, InputNames=["in2", "in1"])
    inputs = {}
    for how in ("name", "order"):
        made = m.replaceLayer(lgraph, "add", named, ReconnectBy=how)
        inputs[how] = {(c.Source, c.Destination) for c in made.Connections[1:]}
    assert inputs["name"] == {("relu", "layer/in1"), ("input", "layer/in2")}
    assert inputs["order"] == {("relu", "layer/in2"), ("input", "layer/in1")}
    single = m.replaceLayer(lgraph, "add", m.tanhLayer())
    assert [c for c in single.Connections if c.Destination == "tanh"] == []
    first = m.replaceLayer(lgraph, "add", m.tanhLayer(), ReconnectBy="order")
    assert ("relu", "tanh") in first.Connections


def test_a_layer_of_one_network_goes_into_another(net):
    other = tiny.conv(seed=7)
    conv = other.Layers[1]
    lgraph = m.replaceLayer(m.layerGraph(net), "conv_1", conv)
    changed = m.dlnetwork(lgraph)
    X = image(net)
    expected = m.predict(other, X, Outputs="conv_1")
    assert np.array_equal(m.predict(changed, X, Outputs="conv_1"), expected)
    # The other weights are still those of the first network, though they have the same names.
    assert np.array_equal(changed.Layers[5].Weights, net.Layers[5].Weights)
    learned = {(x.Layer, x.Parameter): x.Value for x in changed.Learnables}
    assert np.array_equal(learned["conv_1", "Weights"], conv.Weights)


def test_a_layer_twice_under_two_names_shares_its_weights(net):
    copy = net.Layers[1]
    copy.Name = "conv_1_again"
    lgraph = m.connectLayers(m.addLayers(net, copy), "data", "conv_1_again")
    made = m.dlnetwork(lgraph)
    X = image(net)
    a, b = m.predict(made, X, Outputs=["conv_1", "conv_1_again"], nargout=2)
    assert np.array_equal(a, b)
    assert len(made._model.graph.initializer) == len(net._model.graph.initializer)


@pytest.mark.tier(
    "chosen",
    "An edited dlnetwork is a LayerGraph until `dlnetwork` or `initialize` makes a network"
    " of it; in MATLAB it is a dlnetwork that is not initialized",
)
def test_a_dlnetwork_that_is_edited_becomes_a_layer_graph(net):
    lgraph = m.removeLayers(net, net.OutputNames)
    assert m.isa(lgraph, "nnet.cnn.LayerGraph")
    assert m.initialize(lgraph).OutputNames == ["fc"]
    assert m.initialize(net) is net
    with pytest.raises(TypeError, match=r"DAGNetwork.*lgraph = layerGraph\(net\)"):
        m.removeLayers(m.DAGNetwork(net._model), "fc")


@pytest.mark.tier(
    "documented",
    "Layers and layer graphs are values: what is done to a copy does not reach the original",
)
def test_layers_are_values(net):
    layer = m.leakyReluLayer(0.2)
    lgraph = m.layerGraph(net)
    layer.Name = "relu_1"
    changed = m.replaceLayer(lgraph, "relu_1", layer)
    layer.Name = "another"
    lgraph.Layers[0].Name = "other"
    assert [x.Name for x in changed.Layers][:3] == ["data", "conv_1", "relu_1"]
    assert lgraph.Layers[0].Name == "data"
    assert lgraph.Layers[2].Class.endswith("ReLULayer")
    with pytest.raises(AttributeError, match="Scale of the layer 'another' cannot be set"):
        layer.Scale = 1
    with pytest.raises(TypeError, match="Name must be a text, but is 3"):
        layer.Name = 3


@pytest.mark.tier("documented")
def test_an_edited_network_can_be_written_and_read(net, tmp_path):
    lgraph = m.replaceLayer(m.layerGraph(net), "relu_1", m.geluLayer(Name="gelu"))
    made = m.dlnetwork(lgraph)
    m.exportONNXNetwork(made, tmp_path / "net.onnx")
    read = m.importNetworkFromONNX(tmp_path / "net.onnx")
    assert np.allclose(m.predict(read, image(net)), m.predict(made, image(net)), atol=1e-6)


def test_explainers_take_an_edited_network(net):
    lgraph = m.replaceLayer(m.layerGraph(net), "relu_1", m.leakyReluLayer(0.3, Name="leaky"))
    made = m.dlnetwork(lgraph)
    X = image(net)
    assert m.occlusionSensitivity(made, X, 1).shape == (16, 16)
    assert made.EngineDifference < 2e-5
    made.OutputNames = "leaky"
    assert m.predict(made, X).shape == (16, 16, 8)


# The older classes -------------------------------------------------------------------------------


@pytest.mark.tier("documented")
@pytest.mark.parametrize("flavour", [m.DAGNetwork, m.SeriesNetwork])
def test_the_graph_of_an_older_network_has_its_output_layer(net, flavour):
    older = flavour(net._model, Classes=list("abcde"))
    lgraph = m.layerGraph(older)
    end = older.Layers[-1]
    assert lgraph.OutputNames == [end.Name]
    assert lgraph.Connections == older.Connections
    again = m.assembleNetwork(lgraph)
    assert isinstance(again, m.DAGNetwork)
    alike(older, again)
    assert again.Layers[-1].Classes.tolist() == list("abcde")
    X = image(net)
    assert (m.classify(again, X) == m.classify(older, X)).all()
    with pytest.raises(ValueError, match=f"'{end.Name}' is an output layer.*removeLayers"):
        m.dlnetwork(lgraph)
    alike(m.dlnetwork(m.removeLayers(lgraph, end.Name)), net)
    alike(m.dag2dlnetwork(again), net)


@pytest.mark.tier("documented")
def test_assemble_network_makes_the_class_that_fits():
    layers = [m.featureInputLayer(2), m.softmaxLayer(), m.classificationLayer(Classes=["x", "y"])]
    series = m.assembleNetwork(layers)
    assert (type(series).__name__, series.OutputNames) == ("SeriesNetwork", ["classoutput"])
    assert not isinstance(m.assembleNetwork(m.layerGraph(layers)), m.SeriesNetwork)
    numbers = m.assembleNetwork([m.featureInputLayer(2), m.tanhLayer(), m.regressionLayer()])
    assert numbers.Layers[-1].Name == "regressionoutput"
    assert np.allclose(m.predict(numbers, np.array([[1.0, 2]])), np.tanh([[1, 2]]))
    assert m.layerGraph(numbers).OutputNames == ["regressionoutput"]


@pytest.mark.tier("chosen", '`assembleNetwork` names classes that are left open "1", "2", …')
def test_classes_that_are_left_open_are_numbered():
    net = m.assembleNetwork([m.featureInputLayer(2), m.softmaxLayer(), m.classificationLayer()])
    assert net.Layers[-1].Classes.tolist() == ["1", "2"]


# Layers that are Python --------------------------------------------------------------------------


class Rectifier(m.nnet.layer.Layer):
    """A ReLU whose backward pass is that of guided backpropagation."""

    def __init__(self):
        super().__init__("mine")
        self.Mode = "plain"

    def predict(self, X):
        return np.maximum(X, 0)

    def backward(self, X, Z, dLdZ, memory):
        return dLdZ * (X > 0) * (dLdZ > 0 if self.Mode == "guided" else 1)


def with_rectifiers(net, mode):
    lgraph, layer = m.layerGraph(net), Rectifier()
    layer.Mode = mode
    for old in lgraph.Layers:
        if m.isa(old, "nnet.cnn.layer.ReLULayer"):
            layer.Name = old.Name
            lgraph = m.replaceLayer(lgraph, old.Name, layer)
    layer.Mode = "changed afterwards"
    return m.dlnetwork(lgraph)


def gradient(net, X, channel):
    def of(x):
        return m.dlgradient(m.predict(net, x)[channel - 1], x)

    return m.extractdata(m.dlfeval(of, m.dlarray(X.astype(np.float32), "SSC")))


@pytest.fixture
def deep():
    steps = tuple(
        step for _ in range(3) for step in (("convolution", {"filters": 4}), ("relu", {}))
    )
    return imported(steps, dialects.R2021b)


@pytest.mark.tier(
    "documented",
    "A ReLU of one's own with guided backpropagation has the gradient that "
    "`gradientAttribution` gives",
)
def test_guided_backpropagation_by_a_layer_of_ones_own(deep):
    X = image(deep) / 100
    own = with_rectifiers(deep, "guided")
    assert np.allclose(m.predict(own, X), m.predict(deep, X), atol=1e-6)
    found = gradient(own, X, 2)
    assert np.allclose(gradient(with_rectifiers(deep, "plain"), X, 2), gradient(deep, X, 2))
    assert not np.allclose(found, gradient(deep, X, 2), atol=1e-4 * np.abs(found).max())
    _, expected = m.gradientAttribution(deep, X, 2, Method="guided-backprop", nargout=2)
    assert np.allclose(found, expected, atol=1e-5 * np.abs(expected).max())


def test_layers_of_ones_own_are_the_users_objects(deep):
    net = with_rectifiers(deep, "guided")
    layer = net.Layers[2]
    assert isinstance(layer, Rectifier)
    assert (layer.Name, layer.Mode) == ("relu_1", "guided")
    assert m.isa(layer, "Rectifier")
    assert m.isa(layer, "nnet.cnn.layer.Layer")
    assert net.activation_size("relu_1") == deep.activation_size("relu_1")
    assert net.activation_size("softmax") == (3,)
    alike_again = m.dlnetwork(m.layerGraph(net))
    X = image(deep)
    assert np.array_equal(m.predict(alike_again, X), m.predict(net, X))
    assert np.allclose(m.activations(net, X, "relu_3"), m.activations(deep, X, "relu_3"), atol=1e-4)
    assert m.forward(net, X).shape == (1, 3)


def test_what_a_network_with_python_in_it_cannot_do(deep, tmp_path, capsys):
    net = with_rectifiers(deep, "plain")
    with pytest.raises(ValueError, match="EngineDifference.*'relu_1', 'relu_2', 'relu_3'"):
        net.EngineDifference  # noqa: B018
    with pytest.raises(ValueError, match="the layer 'relu_1' is Python. Replace it first"):
        m.exportONNXNetwork(net, tmp_path / "net.onnx")
    assert not list(tmp_path.iterdir())
    m.analyzeNetwork(net)
    assert "Rectifier" in capsys.readouterr().out


def test_any_object_with_predict_is_a_layer(net):
    class Halves:
        def predict(self, X):
            return X / 2

    layer = Halves()
    changed = m.dlnetwork(m.replaceLayer(m.layerGraph(net), "relu_1", layer))
    assert not hasattr(layer, "Name")
    X = image(net)
    conv = m.predict(net, X, Outputs="conv_1")
    assert np.allclose(m.predict(changed, X, Outputs="layer"), conv / 2, atol=1e-6)
    # Behind it sizes are known only by computing, which a fully connected layer needs.
    head = m.fullyConnectedLayer(2, Weights=np.ones((2, 8)), Name="new")
    lgraph = m.replaceLayer(m.layerGraph(changed), "fc", head)
    assert m.predict(m.dlnetwork(lgraph), X).shape == (1, 2)


def test_a_function_with_two_outputs():
    split = m.functionLayer(lambda X: (X + 1, X * 2), NumOutputs=2, Name="split")
    lgraph = m.layerGraph([m.featureInputLayer(2), split, m.tanhLayer(), m.additionLayer(2)])
    lgraph = m.connectLayers(lgraph, "split/out2", "addition/in2")
    assert ("split/out1", "tanh") in lgraph.Connections
    net = m.dlnetwork(lgraph)
    X = np.array([[0.5, -1]])
    assert np.allclose(m.predict(net, X), np.tanh(X + 1) + 2 * X, atol=1e-6)
    loose = m.dlnetwork(m.removeLayers(lgraph, ["addition"]))
    assert loose.OutputNames == ["split/out2", "tanh"]
    assert np.allclose(m.predict(loose, X), 2 * X)
