"""importNetworkFromMAT on files written as MATLAB writes them."""

import mat_networks as mat
import numpy as np
import pandas as pd
import pytest
import scipy.io

import matxai
from matxai import (
    DAGNetwork,
    SeriesNetwork,
    assembleNetwork,
    dlnetwork,
    findPlaceholderLayers,
    functionLayer,
    importLayersFromMAT,
    importNetworkFromMAT,
    load,
    nnet,
    predict,
    reluLayer,
    replaceLayer,
)
from matxai.nets.layer_graph import LayerGraph


def small(*between, name="in", end=True):
    """Make the layers of a small network of features."""
    weights = mat.learnable([[1, -1, 2], [0.5, 1, -3]])
    layers = [
        mat.layer("FeatureInputLayer", Name=name, InputSize=3, Normalization=np.zeros((0, 0))),
        mat.layer("FullyConnectedLayer", Name="fc", InputSize=3, OutputSize=2,
                  Weights=weights, Bias=mat.learnable([[0.25], [0.5]])),
        *between,
        mat.layer("SoftmaxLayer", Name="soft", VectorFormat=True),
    ]  # fmt: skip
    classes = pd.Categorical(["dog", "cat"], categories=["dog", "cat"])
    output = mat.layer("ClassificationOutputLayer", Name="out", Categories=classes)
    return [*layers, output] if end else layers


X = np.array([[1.0, 2, 3], [-1, 0, 2]])
Z = X @ np.array([[1, 0.5], [-1, 1], [2, -3]]) + [0.25, 0.5]
SCORES = np.exp(Z) / np.exp(Z).sum(1, keepdims=True)


@pytest.fixture(params=["v7", "v7.3"])
def version(request):
    return request.param


def test_a_series_network_scores_and_knows_its_classes(tmp_path, version):
    file = mat.write(tmp_path / "net.mat", {"net": mat.network(small())}, version)
    net = importNetworkFromMAT(file)
    assert isinstance(net, SeriesNetwork)
    assert [n.Name for n in net.Layers] == ["in", "fc", "soft", "out"]
    np.testing.assert_allclose(predict(net, X), SCORES, rtol=1e-5)
    assert [str(n) for n in matxai.classify(net, X)] == ["dog", "dog"]
    assert net.Layers[-1].Classes.tolist() == ["dog", "cat"]


def test_connections_make_a_dag_network(tmp_path, version):
    layers = small(
        mat.layer("ReLULayer", Name="fc/relu"), mat.layer("AdditionLayer", Name="add", NumInputs=2)
    )
    links = [("in", "fc"), ("fc", "fc/relu"), ("fc/relu", "add/in2"), ("fc", "add/in1"),
             ("add", "soft"), ("soft", "out")]  # fmt: skip
    file = mat.write(tmp_path / "n.mat", {"net": mat.network(layers, links)}, version)
    net = importNetworkFromMAT(file)
    assert type(net) is DAGNetwork
    np.testing.assert_allclose(
        predict(matxai.dag2dlnetwork(net), X, Outputs="add"), Z + np.maximum(Z, 0), rtol=1e-5
    )
    assert ("fc/relu", "add/in2") in [tuple(link) for link in net.Connections]


def test_the_number_of_inputs_can_be_left_to_the_connections(tmp_path):
    layers = small(mat.layer("AdditionLayer", Name="add"))
    links = [("in", "fc"), ("fc", "add/in1"), ("fc", "add/in2"), ("add", "soft"), ("soft", "out")]
    file = mat.write(tmp_path / "n.mat", {"net": mat.network(layers, links)})
    net = matxai.dag2dlnetwork(importNetworkFromMAT(file))
    np.testing.assert_allclose(predict(net, X, Outputs="add"), 2 * Z, rtol=1e-5)


def test_networks_are_found_in_fields_and_cells(tmp_path, version):
    cells = np.empty((1, 2), dtype=object)
    cells[0, :] = [np.array([[1.0]]), mat.network(small())]
    variables = {"trained": mat.struct(net=mat.network(small()), note="mine"), "c": cells}
    file = mat.write(tmp_path / "n.mat", variables, version)
    with pytest.raises(ValueError, match=r"2 networks: .*'c\{2\}'"):
        importNetworkFromMAT(file)
    for place in ("trained.net", "trained", "c{2}"):
        np.testing.assert_allclose(
            predict(importNetworkFromMAT(file, Variable=place), X), SCORES, rtol=1e-5
        )
    with pytest.raises(ValueError, match=r"Variable must name one network.*'elsewhere'"):
        importNetworkFromMAT(file, Variable="elsewhere")


def test_load_gives_networks_wherever_they_are(tmp_path, version):
    variables = {"S": mat.struct(net=mat.network(small())), "x": np.array([[5.0]])}
    S = load(mat.write(tmp_path / "n.mat", variables, version))
    assert S.x == 5
    np.testing.assert_allclose(predict(S.S.net, X), SCORES, rtol=1e-5)


def test_arrays_of_layers_and_layer_graphs(tmp_path, version):
    links = [("in", "fc"), ("fc", "soft"), ("soft", "out")]
    variables = {
        "layers": mat.layer_array(small()),
        "lgraph": mat.network(small(), links, kind="nnet.cnn.LayerGraph"),
    }
    file = mat.write(tmp_path / "n.mat", variables, version)
    S = load(file)
    assert [n.Name for n in S.layers] == ["in", "fc", "soft", "out"]
    assert isinstance(S.lgraph, LayerGraph)
    for net in (
        assembleNetwork(S.layers),
        assembleNetwork(S.lgraph),
        importNetworkFromMAT(file, Variable="layers"),
        importNetworkFromMAT(file, Variable="lgraph"),
    ):
        np.testing.assert_allclose(predict(net, X), SCORES, rtol=1e-5)


def test_layers_without_weights_are_layers_but_no_network(tmp_path):
    layers = small()
    layers[1] = mat.layer("FullyConnectedLayer", Name="fc", OutputSize=2, InputSize="auto")
    file = mat.write(tmp_path / "n.mat", {"layers": mat.layer_array(layers)})
    assert len(load(file).layers) == 4
    with pytest.raises(ValueError, match=r"n\.mat.*'fc'.*no weights"):
        importNetworkFromMAT(file)


@pytest.mark.tier(
    "chosen",
    "A `dlnetwork` has Layers, Connections and a table of Learnables in its file, as its "
    "documented properties; no such file is at hand, and any other form is refused",
)
def test_a_dlnetwork_takes_its_values_from_its_table_of_learnables(tmp_path):
    """No dlnetwork of MATLAB's is at hand: layers, connections and values as documented."""
    layers = small(end=False)
    bare = mat.layer("FullyConnectedLayer", Name="fc", OutputSize=2, Weights=np.zeros((0, 0)))
    links = [("in", "fc"), ("fc", "soft")]
    values = np.empty(2, dtype=object)
    values[:] = [np.float32([[1, -1, 2], [0.5, 1, -3]]), np.float32([[0.25], [0.5]])]
    learnables = pd.DataFrame(
        {"Layer": ["fc", "fc"], "Parameter": ["Weights", "Bias"], "Value": values}
    )
    net = mat.network([layers[0], bare, layers[2]], links, kind="dlnetwork")
    fields = net.properties["any"]
    names = [*fields.dtype.names, "Learnables"]
    net.properties["any"] = mat.struct(
        **{n: fields[n][0, 0] for n in names[:-1]}, Learnables=learnables
    )
    made = importNetworkFromMAT(mat.write(tmp_path / "n.mat", {"net": net}))
    assert type(made) is dlnetwork
    np.testing.assert_allclose(predict(made, X), SCORES, rtol=1e-5)


def test_a_network_whose_layers_are_not_found_is_refused(tmp_path):
    strange = mat.network(small(), kind="dlnetwork")
    strange.properties["any"] = mat.struct(Secret=mat.layer_array(small()))
    file = mat.write(tmp_path / "n.mat", {"net": strange})
    with pytest.raises(ValueError, match="saved in a form"):
        importNetworkFromMAT(file)
    with pytest.warns(UserWarning, match="saved in a form"):
        load(file)


def test_objects_that_hold_each_other_are_gone_through_once(tmp_path):
    parent = mat.layer("myTree", as_struct=False, Name="parent")
    child = mat.layer("myTree", as_struct=False, Name="child", Parent=parent)
    parent.properties["Child"] = child
    variables = {"tree": parent, "net": mat.network(small(custom(Owner=parent, Factor=1.0)))}
    file = mat.write(tmp_path / "n.mat", variables)
    net = importNetworkFromMAT(file, CustomLayers={"scaledLayer": functionLayer(lambda X: X)})
    np.testing.assert_allclose(predict(net, X), SCORES, rtol=1e-5)


def test_a_file_without_network_is_refused(tmp_path):
    file = mat.write(tmp_path / "n.mat", {"x": np.ones((2, 2))})
    with pytest.raises(ValueError, match=r"n\.mat.*holds no network"):
        importNetworkFromMAT(file)
    scipy.io.savemat(file, {"x": np.ones((2, 2))}, format="4")
    with pytest.raises(ValueError, match=r"n\.mat.*holds no network"):
        importNetworkFromMAT(file)
    with pytest.raises(FileNotFoundError, match=r"no file.*gone\.mat"):
        importNetworkFromMAT(tmp_path / "gone.mat")
    with pytest.raises(TypeError, match="matfile must be the name of a file"):
        importNetworkFromMAT(5)


def test_connections_that_lead_nowhere_are_refused(tmp_path):
    net = mat.network(small(), [("in", "fc"), ("fc", "sott")])
    file = mat.write(tmp_path / "n.mat", {"net": net})
    with pytest.raises(ValueError, match=r"Connections do not fit.*'sott'"):
        importNetworkFromMAT(file)


# Layers of the user's own


class Scaled(nnet.layer.Layer):
    def predict(self, X):
        return X * self.Factor


def custom(name="mine", **fields):
    inherited = {"nnet.layer.Layer.PrivateInputs": "in", "Version": 1}
    return mat.layer("scaledLayer", as_struct=False, Name=name, **fields, **inherited)


@pytest.fixture
def with_custom(tmp_path):
    layers = small(custom(Factor=np.float32([[2.0]])), custom("other", Factor=np.float32([[1.0]])))
    return mat.write(tmp_path / "custom.mat", {"net": mat.network(layers)})


def test_all_unknown_layers_are_listed(with_custom):
    with pytest.raises(matxai.UnsupportedLayersError, match=r"(?s)2 layers.*'mine'.*'other'") as e:
        importNetworkFromMAT(with_custom)
    assert e.value.layers == [("mine", "scaledLayer"), ("other", "scaledLayer")]


@pytest.mark.parametrize(
    "given",
    [
        {"scaledLayer": Scaled},
        {"scaledLayer": lambda layer: functionLayer(lambda X: X * layer.Factor)},
        {"mine": functionLayer(lambda X: 2 * X), "scaledLayer": functionLayer(lambda X: X)},
    ],
    ids=["a class", "a function", "layers"],
)
def test_custom_layers_are_mapped(with_custom, given):
    net = importNetworkFromMAT(with_custom, CustomLayers=given)
    found = predict(matxai.dag2dlnetwork(net), X, Outputs="other")
    np.testing.assert_allclose(found, 2 * Z, rtol=1e-5)
    assert [n.Name for n in net.Layers][2:4] == ["mine", "other"]


def test_known_layers_can_be_mapped_as_well(with_custom):
    net = importNetworkFromMAT(
        with_custom, CustomLayers={"scaledLayer": Scaled, "SoftmaxLayer": reluLayer()}
    )
    np.testing.assert_allclose(predict(net, X), np.maximum(2 * Z, 0), rtol=1e-5)


def test_placeholders_have_the_properties_and_can_be_replaced(with_custom):
    graph = importLayersFromMAT(with_custom)
    layers, indices = findPlaceholderLayers(graph, nargout=2)
    assert indices == [3, 4]
    assert (layers[0].Factor, layers[0].Class) == (2, "scaledLayer")
    with pytest.raises(ValueError, match="'mine'.*placeholder.*replaceLayer"):
        assembleNetwork(graph)
    for layer in layers:
        factor = layer.Factor
        new = functionLayer(lambda X, factor=factor: X * factor, Name=layer.Name)
        graph = replaceLayer(graph, layer.Name, new)
    np.testing.assert_allclose(
        predict(matxai.dag2dlnetwork(assembleNetwork(graph)), X, Outputs="other"), 2 * Z, rtol=1e-5
    )


def test_load_warns_and_gives_the_layer_graph(with_custom):
    with pytest.warns(UserWarning, match=r"'mine' \(scaledLayer\).*CustomLayers"):
        S = load(with_custom)
    assert len(findPlaceholderLayers(S.net)) == 2


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (5, TypeError, "CustomLayers must be a dict"),
        ({"scaledLayer": 5}, TypeError, "must give a layer for 'mine'"),
        ({"scaledLayer": dict}, TypeError, "method predict"),
        ({"scaledLayer": lambda layer: 5}, TypeError, "must give a layer for 'mine'"),
    ],
)
def test_what_is_no_layer_is_refused(with_custom, given, error, message):
    with pytest.raises(error, match=message):
        importNetworkFromMAT(with_custom, CustomLayers=given)


def test_a_class_that_needs_arguments_is_refused(with_custom):
    class Needy:
        def __init__(self, factor):
            self.factor = factor

        def predict(self, X):
            return X

    with pytest.raises(TypeError, match="without arguments"):
        importNetworkFromMAT(with_custom, CustomLayers={"scaledLayer": Needy})
