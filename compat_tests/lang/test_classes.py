"""Classes of values; the conversions are held against Octave in test_arithmetic."""

import numpy as np
import pytest

import matxai
from matxai import cast, categorical, class_, dlarray, double, int64, logical, single, uint8, uint64


@pytest.mark.tier("documented")
def test_rounding_and_saturation():
    assert uint8([2.5, -1, 300, np.nan]).tolist() == [3, 0, 255, 0]
    assert uint8(True) == 1
    assert uint8(True).dtype == np.uint8
    assert uint64(np.int64([-1])).tolist() == [0]
    assert int64(np.uint64([2**64 - 1])).tolist() == [2**63 - 1]
    assert single(1e300) == np.inf


@pytest.mark.tier("documented")
def test_layers_have_the_classes_of_matlab():
    layer = matxai.convolution2dLayer(3, 8)
    assert class_(layer) == layer.Class == "nnet.cnn.layer.Convolution2DLayer"


@pytest.mark.tier("chosen", "Classes that `class_` names Python's other types after")
def test_names_of_classes():
    named = {
        "double": [3, 3.5, [1, 2], None, np.zeros(2)],
        "single": [np.float32(1), single(3)],
        "logical": [True, np.array([True])],
        "uint8": [uint8(3), np.zeros(3, np.uint8)],
        "char": ["text"],
        "string": [["a", "b"], np.array(["a"])],
        "cell": [["a", 1], [[1], [1, 2]]],
        "struct": [{"a": 1}],
        "dlarray": [dlarray([1.0])],
        "categorical": [categorical(["a"])],
        "function_handle": [len],
    }
    for name, values in named.items():
        assert [class_(value) for value in values] == [name] * len(values)


def test_results_are_copies():
    X = np.zeros(3)
    double(X)[0] = 1
    assert X[0] == 0


def test_dlarrays():
    X = dlarray(np.float32([[1, 0]]), "SC")
    assert double(X).dtype == np.float64
    assert double(X).labels == "SC"
    assert class_(logical(X)) == "dlarray"
    with pytest.raises(TypeError, match="uint8: A dlarray can not be of class uint8"):
        uint8(X)


def test_bad_input():
    with pytest.raises(ValueError, match="logical: NaN"):
        logical([np.nan])
    with pytest.raises(ValueError, match="newclass must be one of double"):
        cast(1, "char")
    with pytest.raises(TypeError, match="newclass must be the name"):
        cast(1, 2)
    assert cast(1.6, "like", uint8(0)) == 2
    for name in ("double", "single", "logical", "uint8", "int16"):
        with pytest.raises(TypeError, match=f"{name}: X must be a numeric array"):
            getattr(matxai, name)("text")
