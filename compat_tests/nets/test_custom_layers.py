"""Layers that users write: predict, backward, and what is said where they are wrong."""

import numpy as np
import pytest

from matxai import dlarray, nnet
from matxai.nets.custom_layers import CustomLayerError, as_torch

torch = pytest.importorskip("torch")


class Doubling(nnet.layer.Layer):
    def predict(self, X):
        return X * 2


class Guided(nnet.layer.Layer):
    def predict(self, X):
        return np.maximum(X, 0)

    def backward(self, X, Z, dLdZ, memory):
        assert memory is None
        return dLdZ * (X > 0) * (dLdZ > 0)


class Swapped(nnet.layer.Layer):
    NumInputs = NumOutputs = 2

    def predict(self, A, B):
        return B, 3 * A

    def backward(self, A, B, Z1, Z2, dLdZ1, dLdZ2):
        return 3 * dLdZ2, dLdZ1


def drawn(*shape, seed=0):
    return torch.from_numpy(np.random.RandomState(seed).randn(*shape)).float()


@pytest.mark.parametrize("shape", [(2, 3), (5, 2, 3), (2, 3, 4, 5), (2, 3, 4, 5, 6)])
def test_predict_gets_data_in_matlabs_order(shape):
    seen = []

    class Watching(nnet.layer.Layer):
        def predict(self, X):
            seen.append(X.shape)
            return X + np.float32(1)

    x = drawn(*shape)
    assert torch.equal(as_torch(Watching("w"))(x), x + 1)
    matlab = {2: (3, 2), 3: (2, 5, 3), 4: (4, 5, 3, 2), 5: (4, 5, 6, 3, 2)}
    assert seen == [matlab[len(shape)]]


def test_what_predict_computes_is_differentiated():
    x = drawn(2, 3, 4, 4).requires_grad_()
    as_torch(Doubling("d"))(x).sum().backward()
    assert torch.equal(x.grad, torch.full_like(x, 2))


def test_backward_takes_the_place_of_the_gradient():
    x, weight = drawn(2, 3, 4, 4).requires_grad_(), drawn(2, 3, 4, 4, seed=1)
    (as_torch(Guided("g"))(x) * weight).sum().backward()
    expected = weight * (x > 0) * (weight > 0)
    assert torch.equal(x.grad, expected)
    assert 0 < (x.grad != 0).sum() < x.numel()


def test_several_inputs_and_outputs():
    a, b = drawn(2, 3).requires_grad_(), drawn(2, 3, seed=1).requires_grad_()
    y1, y2 = as_torch(Swapped("s"))(a, b)
    assert torch.equal(y1, b)
    assert torch.equal(y2, 3 * a)
    (y1.sum() + 5 * y2.sum()).backward()
    assert a.grad.unique().tolist() == [15]
    assert b.grad.unique().tolist() == [1]


def test_an_object_with_predict_is_enough():
    class Plain:
        Name = "plain"

        def predict(self, X):
            return -X

    assert torch.equal(as_torch(Plain())(drawn(2, 3)), -drawn(2, 3))


def test_names_and_classes():
    layer = Doubling(Name="twice")
    assert (layer.Name, layer.Class, repr(layer)) == ("twice", "Doubling", "Doubling('twice')")
    layer.Name = "other"
    assert layer.Name == "other"


def made(**methods):
    return type("Wrong", (nnet.layer.Layer,), methods)("wrong")


def run(layer):
    x = drawn(2, 3, 4, 4).requires_grad_()
    as_torch(layer)(x).sum().backward()


@pytest.mark.parametrize(
    ("layer", "error", "says"),
    [
        (nnet.layer.Layer("x"), TypeError, r"'x' must have a method predict\(self, X\)"),
        (made(predict=lambda self, X: X.sum()), CustomLayerError, "'wrong'.*h×w×C×N or C×N"),
        (made(predict=lambda self, X: (X, X)), CustomLayerError, "1 results, but returned 2"),
        (made(predict=lambda self, X: None), CustomLayerError, "but returned None"),
        (
            made(predict=lambda self, X: dlarray(X.tensor.detach().numpy())),
            CustomLayerError,
            r"so that it can be differentiated. Or give it a method backward",
        ),
        (
            made(predict=lambda self, X: X, backward=lambda self, X, Z, dLdZ: dLdZ[:1]),
            CustomLayerError,
            "must return an array of the size of X, 4×4×3×2.*but returned 1×4×3×2",
        ),
    ],
)
def test_bad_layers(layer, error, says):
    with pytest.raises(error, match=says):
        run(layer)
