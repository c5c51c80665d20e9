"""Networks from PyTorch modules."""

import warnings

import numpy as np
import pytest
import torch
from torch import nn

from matxai import fromTorch, predict
from matxai.nets.importing import NetworkImportError


class Block(nn.Module):
    """Two convolutions with a short cut, whose one ReLU is called twice."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(x + self.conv2(self.relu(self.bn1(self.conv1(x)))))


class Residual(nn.Module):
    def __init__(self, channels=3, classes=5):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(channels, 6, 3), nn.ReLU6(), nn.Dropout(0.5))
        self.blocks = nn.Sequential(Block(6), Block(6))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.act = nn.GELU()
        self.fc = nn.Linear(6, classes)

    def forward(self, x):
        x = self.pool(self.blocks(self.stem(x)))
        return self.fc(self.act(x.reshape(x.shape[0], -1)))


class Function(nn.Module):
    """A module that computes a given function."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def trained(module, seed=0):
    """Give a module weights and running statistics that are not those it began with."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for tensor in [*module.parameters(), *module.buffers()]:
            if tensor.is_floating_point():
                tensor.copy_(torch.rand(tensor.shape, generator=generator) - 0.4).add_(
                    1.0 if tensor.ndim == 1 else 0.0
                )
    return module


def images(size, count=3, seed=1):
    return np.random.RandomState(seed).random_sample((*size, count)).astype(np.float32) * 255


def scores_of(module, X):
    """Score images H×W×C×N with the module itself."""
    batch = torch.from_numpy(np.ascontiguousarray(X.transpose(3, 2, 0, 1), np.float32))
    module = module.eval()
    with torch.no_grad():
        return module(batch)


@pytest.mark.tier("numeric", "`fromTorch` gives the module's outputs, to 1e-5 of the largest")
@pytest.mark.parametrize(("size", "classes"), [((9, 12, 3), 5), ((7, 7, 1), 1), ((16, 8, 4), 10)])
def test_scores_are_those_of_the_module(size, classes):
    module = trained(Residual(size[2], classes))
    net = fromTorch(module, size)
    assert type(net).__name__ == "dlnetwork"
    assert net.Layers[0].InputSize.tolist() == list(size)
    X = images(size, 5)
    expected = scores_of(module, X).numpy()
    scores = predict(net, X)
    assert scores.shape == (5, classes)
    assert np.abs(scores - expected).max() <= 1e-5 * np.abs(expected).max()


def test_both_engines_score_alike():
    assert fromTorch(trained(Residual()), [9, 12, 3]).EngineDifference < 2e-5


@pytest.mark.parametrize(
    ("options", "normalize"),
    [
        ({"Normalization": "zerocenter", "Mean": 127}, lambda X: X - 127),
        (
            {
                "Normalization": "zscore",
                "Mean": [123.7, 116.3, 103.5],
                "StandardDeviation": np.reshape([58.4, 57.1, 57.4], (1, 1, 3)),
            },
            lambda X: (
                (X - np.reshape([123.7, 116.3, 103.5], (1, 1, 3, 1)))
                / np.reshape([58.4, 57.1, 57.4], (1, 1, 3, 1))
            ),
        ),
        ({"Normalization": "rescale-zero-one", "Min": 0, "Max": 255}, lambda X: X / 255),
        ({"Normalization": "rescale-symmetric", "Min": 0, "Max": 255}, lambda X: X / 127.5 - 1),
    ],
)
def test_images_are_normalized_in_the_network(options, normalize):
    module = trained(Residual())
    X = images((9, 12, 3))
    scores = predict(fromTorch(module, [9, 12, 3], **options), X)
    expected = scores_of(module, normalize(X)).numpy()
    assert np.abs(scores - expected).max() <= 1e-5 * np.abs(expected).max()


@pytest.mark.tier("chosen", "Its layers are named after the module's parts")
def test_layers_are_named_after_the_parts_of_the_module():
    net = fromTorch(Residual(), [9, 12, 3])
    names = [layer.Name for layer in net.Layers]
    assert names[:4] == ["input", "stem.0", "stem.1", "blocks.0.conv1"]
    assert {"blocks.1.bn1", "blocks.1.relu", "blocks.1.Add", "blocks.1.relu_1"} <= set(names)
    # A part of several nodes: the last has its name.
    assert names.index("act.Erf") < names.index("act") < names.index("fc")
    assert net.OutputNames == ["fc"]


def test_activations_are_those_of_the_part_of_that_name():
    module = trained(Residual())
    X = images((9, 12, 3), 2)
    net = fromTorch(module, [9, 12, 3])
    seen = {}
    for name in ["stem.1", "blocks.0.bn1", "blocks.1.conv2", "act"]:
        module.get_submodule(name).register_forward_hook(
            lambda part, given, result, name=name: seen.__setitem__(name, result.numpy())
        )
    scores_of(module, X)
    for name, expected in seen.items():
        given = predict(net, X, Outputs=name)
        given = given if given.ndim == 2 else given.transpose(3, 2, 0, 1)
        assert np.abs(given - expected).max() <= 1e-5 * np.abs(expected).max()
    assert len(seen) == 4


def test_batch_normalization_stays_a_layer_with_the_weights_of_the_module():
    module = trained(Residual())
    layer = next(
        layer for layer in fromTorch(module, [9, 12, 3]).Layers if layer.Name == "blocks.0.bn1"
    )
    assert layer.Class == "nnet.cnn.layer.BatchNormalizationLayer"
    assert np.array_equal(layer.TrainedMean.ravel(), module.blocks[0].bn1.running_mean.numpy())
    assert np.array_equal(layer.Scale.ravel(), module.blocks[0].bn1.weight.detach().numpy())


@pytest.mark.parametrize("fails", [False, True])
def test_the_module_stays_as_it_was(fails):
    module = Residual()
    module.train()
    module.blocks[0].eval()
    before = {name: part.training for name, part in module.named_modules()}
    weights = {name: w.clone() for name, w in module.state_dict().items()}
    if fails:
        with pytest.raises(NetworkImportError):
            fromTorch(module, [9, 12, 4])
    else:
        fromTorch(module, [9, 12, 3])
    assert {name: part.training for name, part in module.named_modules()} == before
    assert all(torch.equal(w, weights[name]) for name, w in module.state_dict().items())


def test_the_network_does_not_follow_the_module():
    module = trained(Residual())
    X = images((9, 12, 3))
    net = fromTorch(module, [9, 12, 3])
    before = predict(net, X)
    trained(module, seed=5)
    assert np.array_equal(predict(net, X), before)


def test_several_outputs():
    X = images((4, 5, 3))
    for result in [
        lambda x: (x.mean((2, 3)), [x * 2]),
        lambda x: {"mean": x.mean((2, 3)), "twice": x * 2},
    ]:
        net = fromTorch(Function(result), [4, 5, 3])
        mean, twice = predict(net, X, nargout=2)
        assert np.allclose(mean, X.mean((0, 1)).T, rtol=1e-5)
        assert np.array_equal(twice, X * 2)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x.reshape(int(x.shape[0]), -1),
        lambda x: torch.stack([image.mean((1, 2)) for image in x]),
        lambda x: torch.flatten(x, 1),
    ],
)
def test_batches_that_the_module_counts_itself(function):
    X = images((4, 5, 3), 4)
    net = fromTorch(Function(function), [4, 5, 3])
    assert np.allclose(predict(net, X), scores_of(Function(function), X).numpy(), rtol=1e-5)


def test_a_traced_module():
    module = trained(Residual()).eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        traced = torch.jit.trace(module, torch.rand(1, 3, 9, 12))
    X = images((9, 12, 3))
    expected = scores_of(module, X).numpy()
    scores = predict(fromTorch(traced, [9, 12, 3]), X)
    assert np.abs(scores - expected).max() <= 1e-5 * np.abs(expected).max()


def test_torch_prints_and_warns_nothing(capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fromTorch(Residual(), [9, 12, 3])
        with pytest.raises(NetworkImportError, match="torch cannot export the module Function"):
            fromTorch(Function(torch.special.bessel_j0), [4, 5, 3])
    print("heard")
    assert capfd.readouterr().out == "heard\n"


def fused_attention():
    class Attention(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = nn.MultiheadAttention(8, 2, batch_first=True)

        def forward(self, x):
            tokens = x.flatten(2).transpose(1, 2)
            return self.attention(tokens, tokens, tokens, need_weights=False)[0].mean(1)

    return trained(Attention())


def test_attention():
    module = fused_attention()
    X = images((3, 4, 8)) / 255
    before = torch.backends.mha.get_fastpath_enabled()
    net = fromTorch(module, [3, 4, 8])
    assert torch.backends.mha.get_fastpath_enabled() == before
    assert np.allclose(predict(net, X), scores_of(module, X).numpy(), atol=1e-5)


# What cannot be imported


@pytest.mark.parametrize(
    ("module", "says"),
    [
        (Residual, r"must be a torch.nn.Module.* Make an object of the class: Residual\(\)"),
        (Residual().state_dict(), "A state dict holds weights only"),
        ("resnet.pth", "but is 'resnet.pth'. Load the file in PyTorch first"),
        (3, "must be a torch.nn.Module, but is 3"),
        (nn.Bilinear(2, 2, 2), "takes 2 inputs: input1, input2. Wrap it"),
        (Residual().double(), "must be of single precision, but stem.0.weight is torch.float64"),
        (Residual().half(), "torch.float16. module.float.. makes it so"),
    ],
)
def test_what_is_no_module_of_images(module, says):
    with pytest.raises(TypeError, match="fromTorch: module .*" + says):
        fromTorch(module, [9, 12, 3])


@pytest.mark.parametrize("size", [[9, 12], [9, 12, 0], [9, 12, 3, 1], "large", 9])
def test_sizes_that_are_none(size):
    with pytest.raises((TypeError, ValueError), match="InputSize must"):
        fromTorch(Residual(), size)


def test_a_module_that_takes_other_images():
    with pytest.raises(NetworkImportError, match="Residual fails on .* InputSize .9 12 4., which"):
        fromTorch(Residual(), [9, 12, 4])


def always_dropping(x):
    return nn.functional.dropout(x.mean((2, 3)))


def test_a_module_whose_outputs_change_from_call_to_call():
    torch.manual_seed(0)
    with pytest.raises(NetworkImportError, match="the network that torch exported is not the mod"):
        fromTorch(Function(always_dropping), [4, 5, 30])


def test_a_module_that_returns_no_tensor():
    with pytest.raises(NetworkImportError, match="must return a tensor or several, but returns 7"):
        fromTorch(Function(lambda x: 7), [4, 5, 3])


def test_a_module_with_nan_weights():
    module = Residual()
    with torch.no_grad():
        module.fc.weight[0] = torch.nan
    with pytest.raises(NetworkImportError, match="gives NaN or Inf for a random image"):
        fromTorch(module, [9, 12, 3])


def test_normalization_without_its_values():
    with pytest.raises(ValueError, match="which needs Mean, but Mean is missing"):
        fromTorch(Residual(), [9, 12, 3], "Normalization", "zerocenter")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mobilenet_v2", "resnet18"])
def test_models_of_torchvision(name):
    models = pytest.importorskip("torchvision").models
    torch.manual_seed(0)
    module = getattr(models, name)(weights=None)
    # Otherwise the last layer of some is zero.
    list(module.modules())[-1].reset_parameters()
    net = fromTorch(module, [224, 224, 3], Normalization="rescale-zero-one", Min=0, Max=255)
    X = images((224, 224, 3), 2)
    expected = scores_of(module, X / 255).numpy()
    assert np.ptp(expected) > 0
    assert np.abs(predict(net, X) - expected).max() < 1e-5 * np.abs(expected).max()
