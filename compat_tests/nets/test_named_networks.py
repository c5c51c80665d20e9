"""googlenet() and its kin, and what scripts ask of a GPU."""

import numpy as np
import pytest
import tiny_networks as tiny

import matxai
from matxai import DAGNetwork, canUseGPU, classify, gather, gpuArray
from matxai.nets import engines, named_networks
from matxai.nets.pretrained import MATLAB_NETWORKS


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MATXAI_NETWORKS", str(tmp_path))
    for name in ("googlenet", "googlenet-places365"):
        tiny.save(tiny.conv_model(), tmp_path / f"{name}.onnx")
        (tmp_path / f"{name}.txt").write_text("\n".join(f"{name} {k}" for k in range(5)))
    return tmp_path


def test_a_network_has_its_classes(folder):
    net = matxai.googlenet()
    assert type(net) is DAGNetwork
    assert net.Layers[-1].Classes.tolist() == [f"googlenet {k}" for k in range(5)]
    label = classify(net, np.zeros((16, 16, 3), np.uint8))
    assert str(label[0]).startswith("googlenet ")
    places = matxai.googlenet("Weights", "places365")
    assert str(places.Layers[-1].Classes[0]) == "googlenet-places365 0"


def test_a_network_that_is_not_there_says_how_to_write_it(folder):
    with pytest.raises(ValueError, match=r"no file vgg16.onnx(.|\n)*net = vgg16;"):
        matxai.vgg16()
    with pytest.raises(ValueError, match="Weights must be \"imagenet\", but is 'places365'"):
        matxai.vgg16(Weights="places365")


def test_there_is_a_function_for_each_network_that_matlab_names():
    functions = {name for name in MATLAB_NETWORKS if "-" not in name}
    assert set(named_networks.__all__) == functions
    assert all(getattr(matxai, name).__name__ == name for name in functions)


@pytest.mark.tier(
    "chosen",
    "`gpuArray` and `gather` return arrays as they are; `gpuArray` needs a GPU, as in MATLAB",
)
def test_arrays_for_a_gpu(monkeypatch):
    X = np.ones(3)
    assert gather(X) is X
    monkeypatch.setattr(engines, "gpu_available", lambda: False)
    with pytest.raises(ValueError, match="no CUDA device"):
        gpuArray(X)
    monkeypatch.setattr(engines, "gpu_available", lambda: True)
    assert gpuArray(X) is X
    assert canUseGPU() in (True, False)
