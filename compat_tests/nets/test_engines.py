"""The two engines."""

import numpy as np
import pytest
import tiny_networks as tiny

from matxai import imageLIME, occlusionSensitivity
from matxai.nets import engines
from matxai.nets.engines import ExecutionEnvironmentError, OnnxRuntimeEngine, TorchEngine


def batch(count, seed=0):
    return np.random.RandomState(seed).rand(count, 3, 16, 16).astype(np.float32) * 255


@pytest.mark.tier("numeric", "torch gives the scores of ONNX Runtime, to 2e-5 of their range")
@pytest.mark.parametrize("count", [1, 4])
def test_torch_gives_the_scores_of_onnx_runtime(count):
    made = tiny.conv_model()
    one = OnnxRuntimeEngine(made)(batch(count))[0]
    two = TorchEngine(made, "cpu")(batch(count))[0]
    assert one.shape == two.shape == (count, 5)
    assert np.abs(one - two).max() < 2e-5 * np.ptp(one)


def test_torch_settings_are_left_as_they_were():
    import torch

    before = torch.backends.cudnn.allow_tf32
    TorchEngine(tiny.conv_model(), "cpu")(batch(1))
    assert torch.backends.cudnn.allow_tf32 == before


def test_a_fixed_batch_is_padded_and_cut():
    engine = OnnxRuntimeEngine(tiny.conv_model(batch=3), fixed_batch=3)
    free = OnnxRuntimeEngine(tiny.conv_model())
    for count in (1, 2, 3, 4, 7):
        assert np.allclose(engine(batch(count))[0], free(batch(count))[0], atol=1e-6)


def test_gpu_without_one_is_an_error_that_says_so(monkeypatch):
    monkeypatch.setattr(engines, "gpu_available", lambda: False)
    net = tiny.conv()
    X = np.zeros((16, 16, 3), np.uint8)
    for explain in (imageLIME, occlusionSensitivity):
        with pytest.raises(ExecutionEnvironmentError, match="torch finds no CUDA device"):
            explain(net, X, 1, ExecutionEnvironment="gpu")
    with pytest.raises(ValueError, match='"auto" or "gpu" or "cpu"'):
        imageLIME(net, X, 1, ExecutionEnvironment="tpu")


def test_auto_takes_the_gpu_when_there_is_one(monkeypatch):
    monkeypatch.setattr(engines, "gpu_available", lambda: True)
    monkeypatch.setattr(engines, "_GPU", "cpu")
    made = tiny.conv_model()
    assert isinstance(engines.make_engine(made, "auto"), TorchEngine)
    assert isinstance(engines.make_engine(made, "gpu"), TorchEngine)
    assert isinstance(engines.make_engine(made, "cpu"), OnnxRuntimeEngine)


def test_what_torch_cannot_take_goes_to_the_cpu_and_says_so(monkeypatch):
    monkeypatch.setattr(engines, "gpu_available", lambda: True)
    made = tiny.model([tiny.node("Det", ["x"], "y")], {}, {"x": [1, 2, 2]}, {"y": [1]})
    with pytest.warns(RuntimeWarning, match="scored on the CPU.*no torch for the operators Det"):
        assert isinstance(engines.make_engine(made, "auto"), OnnxRuntimeEngine)
    with pytest.raises(ExecutionEnvironmentError, match="does not run there.*Det"):
        engines.make_engine(made, "gpu")


def test_torch_pads_and_cuts_to_a_fixed_batch_as_well():
    made = tiny.conv_model(batch=3)
    batch = np.random.RandomState(0).rand(7, 3, 16, 16).astype(np.float32)
    here, there = (make(made, fixed_batch=3)(batch) for make in (OnnxRuntimeEngine, TorchEngine))
    assert here[0].shape == there[0].shape == (7, *here[0].shape[1:])
    assert np.abs(here[0] - there[0]).max() < 1e-6


def test_explanations_on_torch_equal_those_on_onnx_runtime(monkeypatch):
    X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
    here = occlusionSensitivity(tiny.conv(), X, [1, 2], ExecutionEnvironment="cpu")
    monkeypatch.setattr(engines, "gpu_available", lambda: True)
    monkeypatch.setattr(engines, "_GPU", "cpu")
    net = tiny.conv()
    there = occlusionSensitivity(net, X, [1, 2], ExecutionEnvironment="gpu", MiniBatchSize=7)
    assert isinstance(net.engine("gpu"), TorchEngine)
    assert np.abs(here - there).max() < 1e-6


def test_asking_for_a_gpu_needs_no_torch_where_there_is_no_driver():
    assert engines.gpu_available() in (True, False)
    if not engines._driver_sees_device():
        assert not engines.gpu_available()
