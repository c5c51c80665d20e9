"""DAGNetwork and SeriesNetwork: networks whose last layer knows the classes."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st
from matlab_networks import saved_class, saved_layers

from matxai import (
    DAGNetwork,
    SeriesNetwork,
    analyzeNetwork,
    categorical,
    categories,
    classify,
    dag2dlnetwork,
    dlnetwork,
    importNetworkFromONNX,
    importONNXNetwork,
    predict,
)

CLASSES = ["owl", "cat", "dog", "Bee", "ant"]
X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)


def branching_model():
    """Make a network whose two branches are added."""
    nodes = [
        tiny.node("Conv", ["data", "W"], "left"),
        tiny.node("Conv", ["data", "W"], "right"),
        tiny.node("Add", ["left", "right"], "sum"),
        tiny.node("GlobalAveragePool", ["sum"], "gap"),
        tiny.node("Flatten", ["gap"], "flatten"),
        tiny.node("Softmax", ["flatten"], "prob", axis=1),
    ]
    weights = {"W": np.random.RandomState(0).randn(5, 3, 3, 3) / 60}
    inputs, outputs = {"data": ["N", 3, 16, 16]}, {"prob": ["N", 5]}
    return tiny.model(nodes, weights, inputs, outputs)


def segmenting_model():
    """Make a network that says a class for each pixel."""
    nodes = [
        tiny.node("Conv", ["data", "W"], "conv"),
        tiny.node("Softmax", ["conv"], "prob", axis=1),
    ]
    weights = {"W": np.random.RandomState(0).randn(5, 3, 1, 1) / 60}
    inputs, outputs = {"data": ["N", 3, 16, 16]}, {"prob": ["N", 5, 16, 16]}
    return tiny.model(nodes, weights, inputs, outputs)


@pytest.fixture
def file(tmp_path):
    def saved(made):
        return tiny.save(made, tmp_path / "net.onnx")

    return saved


# Against what MATLAB saved of the same networks


@pytest.mark.parametrize(
    ("name", "kind", "flavour"),
    [
        ("ccn_icub_objects", "classification", SeriesNetwork),
        ("reciclaria", "classification", SeriesNetwork),
        ("nisitka_segnet", "pixelclassification", DAGNetwork),
    ],
)
@pytest.mark.tier(
    "exact",
    "Networks import as the class that MATLAB saved them in, SeriesNetwork or DAGNetwork, "
    "with as many layers",
)
def test_class_and_number_of_layers_are_those_of_the_saved_network(reference, name, kind, flavour):
    saved = saved_layers(reference("mat", name + ".mat"))
    file = reference("onnx", name + ".onnx")
    net = importONNXNetwork(file, OutputLayerType=kind)
    assert type(net) is flavour
    assert flavour.__name__ == saved_class(reference("mat", name + ".mat"))
    assert len(net.Layers) == len(saved)


@pytest.mark.parametrize("name", ["ccn_icub_objects", "reciclaria"])
@pytest.mark.tier(
    "documented",
    "As many classes as MATLAB saved with a network fit its channels, in the order given",
)
def test_classes_that_were_saved_with_the_network_fit_it(reference, name):
    names = np.ravel(list(saved_layers(reference("mat", name + ".mat")).values())[-1]["Categories"])
    net = importONNXNetwork(reference("onnx", name + ".onnx"), Classes=list(map(str, names)))
    layer = net.Layers[-1]
    assert layer.Classes.tolist() == categories(layer.Classes).tolist() == list(names)
    image = np.random.RandomState(0).rand(*net.Layers[0].InputSize) * 255
    label, scores = classify(net, image, nargout=2)
    assert str(label) == names[scores.argmax()]


@pytest.mark.tier(
    "documented",
    "SqueezeNet is a DAGNetwork of 68 layers, its output layer `ClassificationLayer_prob`",
)
def test_squeezenet_is_a_dagnetwork_of_68_layers(reference):
    net = importONNXNetwork(reference("onnx", "squeezenet_newhacks.onnx"))
    assert type(net) is DAGNetwork
    assert len(net.Layers) == 68
    assert net.OutputNames == ["ClassificationLayer_prob"]


# The output layer


@pytest.mark.tier(
    "documented",
    "The output layer comes last, named `ClassificationLayer_` and the layer before it",
)
def test_the_output_layer_comes_last(file):
    net = importONNXNetwork(file(tiny.conv_model()), Classes=CLASSES)
    layer = net.Layers[-1]
    assert layer.Name == "ClassificationLayer_prob"
    assert layer.Class == "nnet.cnn.layer.ClassificationOutputLayer"
    assert layer.OutputSize == 5
    assert net.OutputNames == [layer.Name]
    assert net.Layers[-2].Name == "prob"
    assert net.Connections[-1] == ("prob", layer.Name)
    assert repr(net).startswith("SeriesNetwork with properties")
    assert "Classes: [5×1 categorical]" in str(layer)


@pytest.mark.tier("documented", "Classes keep the order they are given in")
@pytest.mark.parametrize("make", [list, tuple, np.array, lambda c: categorical(c, c), categorical])
def test_classes_keep_their_order(file, make):
    net = importONNXNetwork(file(tiny.conv_model()), Classes=make(CLASSES))
    classes = net.Layers[-1].Classes
    assert isinstance(classes, categorical)
    assert classes.tolist() == CLASSES
    assert categories(classes).tolist() == CLASSES


@pytest.mark.tier("documented", 'Without Classes, they are "1", "2", … in numerical order')
@given(st.integers(1, 30))
def test_classes_are_numbered_where_none_are_given(count):
    net = DAGNetwork(tiny.conv_model(classes=count))
    numbers = [str(i) for i in range(1, count + 1)]
    assert net.Layers[-1].Classes.tolist() == numbers
    assert categories(net.Layers[-1].Classes).tolist() == numbers
    assert net.Layers[-1].OutputSize == count


@pytest.mark.tier(
    "chosen",
    "Output layers for regression and pixels are named `RegressionLayer_` and "
    "`PixelClassificationLayer_` and the layer before them",
)
@pytest.mark.parametrize(
    ("kind", "make", "name", "layer_class"),
    [
        ("regression", tiny.conv_model, "RegressionLayer_prob", "RegressionOutputLayer"),
        (
            "pixelclassification",
            segmenting_model,
            "PixelClassificationLayer_prob",
            "PixelClassificationLayer",
        ),
    ],
)
def test_other_output_layers(file, kind, make, name, layer_class):
    made = make()
    net = importONNXNetwork(file(made), "OutputLayerType", kind)
    layer = net.Layers[-1]
    assert layer.Name == name
    assert layer.Class == f"nnet.cnn.layer.{layer_class}"
    assert layer.OutputSize == 5
    assert hasattr(layer, "Classes") == (kind != "regression")
    assert np.array_equal(predict(net, X), predict(importNetworkFromONNX(file(made)), X))


def test_scores_are_those_of_the_layer_before(file):
    made = tiny.conv_model()
    net = importONNXNetwork(file(made))
    scores = predict(importNetworkFromONNX(file(made)), X)
    assert np.array_equal(predict(net, X), scores)
    assert np.array_equal(predict(net, X, Outputs="ClassificationLayer_prob"), scores)
    assert predict(net, X, Outputs="relu_1").shape == (16, 16, 8)


def test_the_channels_are_counted_where_the_file_does_not_tell(file, monkeypatch):
    monkeypatch.setattr(DAGNetwork, "activation_size", lambda self, name: None)
    assert importONNXNetwork(file(tiny.conv_model())).Layers[-1].OutputSize == 5
    made = segmenting_model()
    for dim in made.graph.input[0].type.tensor_type.shape.dim[2:]:
        dim.dim_param = "side"
    net = importONNXNetwork(file(made), OutputLayerType="pixelclassification")
    assert net.Layers[-1].OutputSize == 5


@pytest.mark.tier("chosen", "Imported layers that form a chain are a SeriesNetwork")
def test_a_chain_of_layers_is_a_seriesnetwork(file):
    assert type(importONNXNetwork(file(tiny.conv_model()))) is SeriesNetwork
    assert type(importONNXNetwork(file(branching_model()))) is DAGNetwork
    assert issubclass(SeriesNetwork, DAGNetwork)


@pytest.mark.tier("chosen", "OutputNames of a DAGNetwork cannot be set")
def test_output_names_cannot_be_set():
    net = DAGNetwork(tiny.conv_model())
    with pytest.raises(AttributeError, match=r"dag2dlnetwork\(net\); net.OutputNames = 'relu_1'"):
        net.OutputNames = "relu_1"
    assert net.OutputNames == ["ClassificationLayer_prob"]


def test_analyze_network_shows_the_output_layer(capsys):
    analyzeNetwork(DAGNetwork(tiny.conv_model()))
    printed = capsys.readouterr().out
    assert "ClassificationLayer_prob  ClassificationOutputLayer" in printed


# To dlnetwork


@pytest.mark.tier("documented")
@pytest.mark.parametrize("target", ["dlnetwork", "DLNETWORK"])
def test_target_network(file, target):
    net = importONNXNetwork(file(tiny.conv_model()), TargetNetwork=target)
    assert type(net) is dlnetwork
    assert net.OutputNames == ["prob"]


@pytest.mark.tier("documented", "`dag2dlnetwork` leaves out the output layer")
def test_dag2dlnetwork(file):
    dag = importONNXNetwork(file(tiny.conv_model()), Classes=CLASSES)
    net = dag2dlnetwork(dag)
    assert type(net) is dlnetwork
    assert net.OutputNames == ["prob"]
    assert [layer.Name for layer in net.Layers] == [layer.Name for layer in dag.Layers[:-1]]
    assert np.array_equal(predict(net, X), predict(dag, X))
    net.OutputNames = "fc"
    assert dag.OutputNames == ["ClassificationLayer_prob"]


@pytest.mark.parametrize("value", [3, "net.onnx", dlnetwork(tiny.conv_model())])
def test_dag2dlnetwork_of_something_else(value):
    with pytest.raises(TypeError, match="dag2dlnetwork: net must be a DAGNetwork or SeriesNetwork"):
        dag2dlnetwork(value)


# Bad input


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"Classes": CLASSES[:4]}, ValueError, "Classes must hold 5 names.* but holds 4"),
        ({"Classes": [*CLASSES, "cow"]}, ValueError, "Classes must hold 5 names.* but holds 6"),
        ({"Classes": "cat"}, ValueError, "Classes must hold 5 names.* but holds 1"),
        ({"Classes": ["cat", *CLASSES[:4]]}, ValueError, "hold 'cat' more than once"),
        ({"Classes": ["owl ", *CLASSES[:4]]}, ValueError, "hold 'owl' more than once"),
        ({"Classes": [1, 2, 3, 4, 5]}, TypeError, "Classes must be texts"),
        ({"Classes": None}, TypeError, "Classes must be texts, but is None"),
        (
            {"Classes": ["", *CLASSES[:4]]},
            ValueError,
            "Classes must be names, but one of them is empty",
        ),
        ({"OutputLayerType": "softmax"}, ValueError, 'OutputLayerType must be "classification"'),
        (
            {"OutputLayerType": "pixelclassification"},
            ValueError,
            'output for one image is 5. Use OutputLayerType="classification"',
        ),
        (
            {"OutputLayerType": "regression", "Classes": CLASSES},
            ValueError,
            "Classes have no meaning for a regression network",
        ),
        ({"TargetNetwork": "dlnetwork", "Classes": CLASSES}, ValueError, "has no Classes"),
        ({"TargetNetwork": "layergraph"}, ValueError, 'TargetNetwork must be "dagnetwork" or'),
        ({"FoldConstants": "deep"}, TypeError, "'FoldConstants' is not one of its options"),
        ({"PackageName": "custom"}, TypeError, "'PackageName' is not one of its options"),
    ],
)
def test_wrong_options(file, options, error, says):
    with pytest.raises(error, match=f"importONNXNetwork: .*{says}"):
        importONNXNetwork(file(tiny.conv_model()), **options)


def test_pixels_are_not_images(file):
    with pytest.raises(ValueError, match='16×16×5. Use OutputLayerType="pixelclassification"'):
        importONNXNetwork(file(segmenting_model()))


def test_a_graph_with_two_outputs(file):
    made = tiny.conv_model()
    made.graph.output.append(tiny.model([], {}, {}, {"fc": ["N", 5]}).graph.output[0])
    with pytest.raises(ValueError, match=r"one output, but the graph has 2: .*TargetNetwork"):
        importONNXNetwork(file(made))
    assert len(importONNXNetwork(file(made), TargetNetwork="dlnetwork").OutputNames) == 2


def test_no_such_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no file"):
        importONNXNetwork(tmp_path / "missing.onnx")


def test_formats_are_passed_on(file):
    with pytest.raises((TypeError, ValueError), match="InputDataFormats must"):
        importONNXNetwork(file(tiny.conv_model()), InputDataFormats="XYZ")
