"""Layer graphs, and what no network can be made of."""

import numpy as np
import pytest
import tiny_networks as tiny

import matxai as m
from matxai.nets.importing import network_from_model
from matxai.nets.merging import sorted_nodes

FEATURES = m.featureInputLayer(3)


@pytest.fixture
def lgraph():
    layers = [FEATURES, m.reluLayer(Name="relu_a"), m.additionLayer(2, Name="add")]
    return m.connectLayers(m.layerGraph(layers), "input", "add/in2")


def test_a_layer_graph_shows_itself(lgraph):
    assert repr(m.layerGraph()).splitlines()[0] == "LayerGraph with properties:"
    lines = [line.strip() for line in repr(lgraph).splitlines()]
    assert lines[2:] == [
        "InputNames: ['input']",
        "OutputNames: []",
        "Layers: [3×1 nnet.cnn.layer.Layer]",
        "Connections: [3×2 table]",
    ]
    assert m.layerGraph(lgraph) is lgraph


@pytest.mark.tier("documented")
def test_an_empty_graph_is_filled(lgraph):
    made = m.layerGraph()
    for layer in lgraph.Layers:
        made = m.addLayers(made, layer)
    for s, d in [("input", "relu_a"), ("relu_a", "add/in1"), ("input", "add/in2")]:
        made = m.connectLayers(made, s, d)
    assert made.Connections == lgraph.Connections
    X = np.array([[-1.0, 2, 3]])
    assert m.predict(m.dlnetwork(made), X).tolist() == [[-1, 4, 6]]


@pytest.mark.tier(
    "chosen",
    "Layers of a network keep the order they were added in as far as their connections allow",
)
def test_layers_are_ordered_only_as_far_as_they_must_be():
    lgraph = m.addLayers(m.layerGraph(), [m.tanhLayer(Name="last")])
    lgraph = m.addLayers(lgraph, m.reluLayer(Name="first"))
    lgraph = m.addLayers(lgraph, FEATURES)
    lgraph = m.connectLayers(lgraph, "input", "first")
    lgraph = m.connectLayers(lgraph, "first", "last")
    net = m.dlnetwork(lgraph)
    assert [layer.Name for layer in net.Layers] == ["input", "first", "last"]
    assert net.OutputNames == ["last"]


def test_names_in_either_spelling(lgraph):
    assert "relu_a" not in [x.Name for x in m.removeLayers(lgraph, "Relu-A").Layers]


def test_names_with_slashes():
    shape = ["B", 3]
    nodes = [tiny.node("Relu", ["data"], "/block/in1"), tiny.node("Tanh", ["/block/in1"], "/tanh")]
    net = network_from_model(tiny.model(nodes, {}, {"data": shape}, {"/tanh": shape}), "test")
    lgraph = m.replaceLayer(m.layerGraph(net), "/block/in1", m.sigmoidLayer(Name="/block/in2"))
    assert lgraph.Connections == [("data", "/block/in2"), ("/block/in2", "/tanh")]
    found = m.predict(m.dlnetwork(lgraph), np.zeros((1, 3)))
    assert np.allclose(found, np.tanh(0.5))


def test_names_of_tensors_that_collide():
    """Layers whose names are those of other layers' weights and helpers."""
    weights = np.ones((2, 3))
    names = ["fc", "fc_MatMul_W", "fc_Add", "fc_MatMul"]
    layers = [m.fullyConnectedLayer(2, Weights=weights, Name="fc")]
    layers += [m.tanhLayer(Name=name) for name in names[1:]]
    net = m.dlnetwork([FEATURES, *layers])
    assert [layer.Name for layer in net.Layers][1:] == names
    X = np.array([[0.1, 0.2, 0.3]])
    assert np.allclose(m.predict(net, X), np.tanh(np.tanh(np.tanh(0.6))))
    assert np.allclose(m.predict(net, X, Outputs="fc"), 0.6)


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda g: m.removeLayers(g, "rel_a"), "no layer named 'rel_a'. Near to it are 'relu_a'"),
        (lambda g: m.replaceLayer(g, "relu", m.tanhLayer()), "replaceLayer: The layer graph has"),
        (lambda g: m.addLayers(g, m.tanhLayer(Name="add")), "'add' is there more than once"),
        (lambda g: m.replaceLayer(g, "relu_a", m.tanhLayer(Name="add")), "'add' is there more"),
        (lambda g: m.addLayers(g, []), "larray must hold at least one layer"),
        (lambda g: m.connectLayers(g, "input", "relu_a"), r"connected to 'input' already.*disconn"),
        (lambda g: m.connectLayers(g, "input", "add"), r"inputs 'in1', 'in2'. Say which: \"add/in"),
        (lambda g: m.connectLayers(g, "input", "add/in3"), "but no 'in3'"),
        (lambda g: m.connectLayers(g, "relu_a", "input"), "'input' has no inputs"),
        (lambda g: m.connectLayers(g, "nothing", "add/in1"), "no layer named 'nothing'"),
        (
            lambda g: m.disconnectLayers(g, "input", "add/in1"),
            "not connected to 'add/in1'.*'relu_a'",
        ),
        (lambda g: m.replaceLayer(g, "add", m.tanhLayer(), ReconnectBy="x"), 'must be "name" or'),
    ],
)
def test_edits_that_are_refused(lgraph, edit, message):
    before = repr(lgraph), lgraph.Connections
    with pytest.raises(ValueError, match=message):
        edit(lgraph)
    assert (repr(lgraph), lgraph.Connections) == before


def test_a_free_input_is_named(lgraph):
    freed = m.disconnectLayers(lgraph, "input", "add/in2")
    with pytest.raises(ValueError, match="connected to 'relu_a' already. Free is \"add/in2\""):
        m.connectLayers(freed, "input", "add/in1")


def circle(g):
    g = m.disconnectLayers(g, "input", "add/in2")
    g = m.addLayers(g, m.tanhLayer(Name="back"))
    return m.connectLayers(m.connectLayers(g, "add", "back"), "back", "add/in2")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda g: m.disconnectLayers(g, "input", "add/in2"), "'add' has nothing.*input 'in2'"),
        (lambda g: m.removeLayers(g, "input"), "'relu_a' has nothing connected to its input 'in'"),
        (lambda g: m.addLayers(g, m.featureInputLayer(2, Name="b")), "'b' are not connected"),
        (lambda g: m.addLayers(g, m.reluLayer()), "'relu' has nothing connected"),
        (lambda g: m.layerGraph(), "There are no layers"),
        (circle, "circle"),
        (lambda g: m.replaceLayer(circle(g), "back", m.softmaxLayer(Name="back")), "circle"),
    ],
)
def test_graphs_that_are_no_network(lgraph, edit, message):
    with pytest.raises(ValueError, match=f"dlnetwork: .*{message}"):
        m.dlnetwork(edit(lgraph))


SIZE = [8, 8, 3]
IMAGES = m.imageInputLayer(SIZE, Normalization="none")


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([m.convolution2dLayer(3, 2, Weights=np.ones((3, 3, 4, 2)))], "'conv'.*8×8×3; it takes 4"),
        ([m.convolution2dLayer(9, 2, Weights=np.ones((9, 9, 3, 2)))], "conv"),
        (
            [m.batchNormalizationLayer(TrainedMean=[1, 2], TrainedVariance=[1, 2])],
            "'batchnorm'.*8×8×3; it takes 2 channels",
        ),
        ([m.fullyConnectedLayer(2, Weights=np.ones((2, 64)))], "'fc'.*2×64, but.*8×8×3"),
        ([m.preluLayer(Alpha=[1, 2])], "'prelu'.*does not fit to what comes in, 8×8×3"),
        ([m.flattenLayer(), m.maxPooling2dLayer(2)], "'maxpool'.*does not fit.*, 192"),
    ],
)
def test_sizes_that_do_not_fit_name_the_layer(layers, message):
    with pytest.raises(ValueError, match=f"dlnetwork: .*{message}"):
        m.dlnetwork([IMAGES, *layers])


def test_inputs_of_different_sizes_name_the_layer():
    layers = [IMAGES, m.maxPooling2dLayer(2, Stride=2), m.additionLayer(2, Name="sum")]
    lgraph = m.connectLayers(m.layerGraph(layers), "imageinput", "sum/in2")
    with pytest.raises(ValueError, match="'sum'.*does not fit to what comes in, 4×4×3 and 8×8×3"):
        m.dlnetwork(lgraph)
    deep = m.concatenationLayer(4, 2, Name="sum")
    with pytest.raises(ValueError, match="'sum'.*its dim is 4, but what comes in has 3"):
        m.dlnetwork(m.replaceLayer(lgraph, "sum", deep))


def test_assemble_network_refuses():
    with pytest.raises(ValueError, match="must have one output layer, but has none"):
        m.assembleNetwork([FEATURES, m.softmaxLayer()])
    loose = m.addLayers(m.layerGraph([FEATURES, m.softmaxLayer()]), m.classificationLayer())
    with pytest.raises(ValueError, match="nothing is connected to the output layer 'classoutput'"):
        m.assembleNetwork(loose)
    wrong = [FEATURES, m.softmaxLayer(), m.classificationLayer(Classes=["x", "y"])]
    with pytest.raises(ValueError, match="Classes must hold 3 names"):
        m.assembleNetwork(wrong)
    two = m.layerGraph([FEATURES, m.softmaxLayer(), m.classificationLayer()])
    two = m.connectLayers(m.addLayers(two, m.tanhLayer()), "input", "tanh")
    with pytest.raises(ValueError, match="of all outputs only that of 'softmax'"):
        m.assembleNetwork(two)


def test_what_is_no_layer(lgraph):
    with pytest.raises(TypeError, match="larray must be layers.*but is 'relu'"):
        m.addLayers(lgraph, "relu")
    with pytest.raises(TypeError, match="net must be layers"):
        m.layerGraph(3)
    with pytest.raises(TypeError, match="Make an object of the class first"):
        m.replaceLayer(lgraph, "relu_a", m.nnet.layer.Layer)
    with pytest.raises(TypeError, match="dlnetwork: layers must be layers"):
        m.dlnetwork("net.onnx")
    with pytest.raises(TypeError, match="is a network already"):
        m.dlnetwork(tiny.conv())
    with pytest.raises(TypeError, match="lgraph must be a LayerGraph.*but is 3"):
        m.removeLayers(3, "relu")
    with pytest.raises(TypeError, match="initialize"):
        m.initialize(3)


def test_layers_of_networks_of_different_opsets():
    def net(opset, op, **attributes):
        shape = ["B", 4, 6, 6]
        nodes = [tiny.node(op, ["data"], "layer", **attributes)]
        made = tiny.model(nodes, {}, {"data": shape}, {"layer": ["B", 4, None, None]}, opset)
        return network_from_model(made, "test")

    newer = m.layerGraph(net(22, "Relu"))
    same = net(17, "Tanh").Layers[1]
    made = m.dlnetwork(m.replaceLayer(newer, "layer", same))
    X = np.random.RandomState(0).randn(6, 6, 4)
    assert np.allclose(m.predict(made, X), np.tanh(X), atol=1e-6)
    pool = net(17, "AveragePool", kernel_shape=[2, 2]).Layers[1]
    with pytest.raises(ValueError, match="'layer'.*opset 17.*opset 22.*AveragePool changed"):
        m.dlnetwork(m.replaceLayer(newer, "layer", pool))


def test_nodes_are_sorted_without_changing_what_is_sorted():
    nodes = [tiny.node("Relu", [a], b) for a, b in [("x", "a"), ("c", "d"), ("a", "b"), ("b", "c")]]
    assert [n.name for n in sorted_nodes(nodes)] == ["a", "b", "c", "d"]
    chain = [tiny.node("Relu", [f"t{i + 1}"], f"t{i}") for i in range(3000)]
    assert [n.name for n in sorted_nodes(chain)] == [f"t{i}" for i in reversed(range(3000))]
