"""isa."""

import numpy as np
import pytest
import tiny_networks as tiny

import matxai as m


class Mine(m.nnet.layer.Layer):
    def predict(self, X):
        return X


VALUES = {
    "float": (3.0, {"double", "float", "numeric"}),
    "int": (3, {"double", "float", "numeric"}),
    "single": (np.float32(3), {"single", "float", "numeric"}),
    "doubles": (np.zeros(3), {"double", "float", "numeric"}),
    "uint8": (np.zeros(3, np.uint8), {"uint8", "integer", "numeric"}),
    "int64": (np.int64(3), {"int64", "integer", "numeric"}),
    "logical": (True, {"logical"}),
    "logicals": (np.zeros(3, bool), {"logical"}),
    "text": ("abc", {"char", "string"}),
    "texts": (np.array(["abc"]), {"string"}),
    "cell": ([1, "a"], {"cell"}),
    "objects": (np.array([None, 1]), {"cell"}),
    "struct": ({"a": 1}, {"struct"}),
    "function": (lambda x: x, {"function_handle"}),
    "dlarray": (m.dlarray(np.zeros(3)), {"dlarray"}),
    "categorical": (m.categorical(["a"]), {"categorical"}),
    "dlnetwork": (tiny.conv(), {"dlnetwork"}),
    "LayerGraph": (m.layerGraph(), {"nnet.cnn.LayerGraph"}),
    "layer": (m.reluLayer(), {"nnet.cnn.layer.ReLULayer", "nnet.cnn.layer.Layer"}),
    "own layer": (Mine(), {"nnet.cnn.layer.Layer", "nnet.layer.Layer", "Mine"}),
}
CLASSES = set().union(*(classes for _, classes in VALUES.values()))


@pytest.mark.tier(
    "documented",
    "`isa` knows MATLAB's classes of numbers, texts, networks and layers",
)
@pytest.mark.parametrize("name", VALUES)
def test_values_are_of_their_classes_and_of_no_other(name):
    value, classes = VALUES[name]
    assert {c for c in CLASSES if m.isa(value, c)} == classes


def test_the_older_networks_are_two_classes():
    model = tiny.conv()._model
    series, dag = m.SeriesNetwork(model), m.DAGNetwork(model)
    assert (m.isa(series, "SeriesNetwork"), m.isa(series, "DAGNetwork")) == (True, False)
    assert (m.isa(dag, "SeriesNetwork"), m.isa(dag, "DAGNetwork")) == (False, True)


def test_classes_of_python_and_wrong_arguments():
    assert m.isa(Mine(), "CustomLayer")
    assert m.isa(ValueError("x"), "Exception")
    assert not m.isa(Mine(), "mine")
    with pytest.raises(TypeError, match="dataType must be a text"):
        m.isa(3, float)
