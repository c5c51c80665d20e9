"""How exactly torch computes, and that its settings are left as they were."""

import numpy as np
import pytest
import tiny_networks as tiny

from matxai import predict
from matxai.nets.engines import TorchEngine
from matxai.nets.precision import full_precision, tf32


def effective(torch):
    """Say what torch would compute with: for products of matrices and for convolutions."""
    matmul, cudnn = torch.backends.cuda.matmul, torch.backends.cudnn
    if hasattr(cudnn, "conv"):
        return matmul.fp32_precision, cudnn.conv.fp32_precision, cudnn.rnn.fp32_precision
    return matmul.allow_tf32, cudnn.allow_tf32


EXACT = {("ieee",) * 3, (False, False)}
FASTER = {("tf32",) * 3, (True, True)}


@pytest.fixture(params=["as they are", "faster", "older", "apart"])
def torch(request):
    """Set what a user could set, and put it back."""
    import torch

    matmul, cudnn = torch.backends.cuda.matmul, torch.backends.cudnn
    newer = hasattr(cudnn, "conv")
    places = [matmul, cudnn.conv, cudnn.rnn] if newer else [matmul, cudnn]
    name = "fp32_precision" if newer else "allow_tf32"
    before = [getattr(place, name) for place in places]
    if request.param == "faster":
        torch.set_float32_matmul_precision("high")
    elif request.param == "older":
        matmul.allow_tf32 = cudnn.allow_tf32 = True
    elif request.param == "apart" and newer:
        # Reading cudnn.allow_tf32 is an error then.
        cudnn.conv.fp32_precision, cudnn.rnn.fp32_precision = "ieee", "tf32"
    yield torch
    torch.set_float32_matmul_precision("highest")
    for place, value in zip(places, before, strict=True):
        setattr(place, name, value)


def test_single_precision_unless_it_is_asked_for_less(torch):
    before = effective(torch)
    with full_precision(torch):
        assert effective(torch) in EXACT
    assert effective(torch) == before
    with tf32():
        assert effective(torch) == before
        with full_precision(torch):
            assert effective(torch) in FASTER
        with tf32(False), full_precision(torch):
            assert effective(torch) in EXACT
    with full_precision(torch):
        assert effective(torch) in EXACT
    assert effective(torch) == before


def test_settings_are_put_back_after_errors(torch):
    before = effective(torch)
    with pytest.raises(KeyboardInterrupt), full_precision(torch):
        raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt), tf32():
        raise KeyboardInterrupt
    with full_precision(torch):
        assert effective(torch) in EXACT
    assert effective(torch) == before


def test_an_engine_computes_so_and_leaves_the_settings(torch):
    before, seen = effective(torch), []
    engine = TorchEngine(tiny.conv_model(), "cpu")
    engine._module.module.register_forward_hook(lambda *_: seen.append(effective(torch)))
    engine(np.zeros((1, 3, 16, 16), np.float32))
    with tf32():
        engine(np.zeros((1, 3, 16, 16), np.float32))
    assert seen[0] in EXACT
    assert seen[1] in FASTER
    assert effective(torch) == before


def test_a_cpu_computes_the_same_with_and_without():
    X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
    net = tiny.conv()
    with tf32():
        faster = predict(net, X)
    assert np.array_equal(faster, predict(net, X))
