"""Networks from ONNX files."""

import numpy as np
import onnx.reference
import pytest
import tiny_networks as tiny

from matxai import importNetworkFromONNX, predict
from matxai.nets.importing import NetworkImportError


def images(count, size=(16, 16, 3), seed=0):
    return np.random.RandomState(seed).rand(*size, count).astype(np.float32) * 255


def reference_scores(made, X):
    """Score one image at a time with the reference evaluator, on the untouched model."""
    evaluator = onnx.reference.ReferenceEvaluator(made)
    name = made.graph.input[0].name
    rows = [
        evaluator.run(None, {name: X[..., i].transpose(2, 0, 1)[None]})[0]
        for i in range(X.shape[3])
    ]
    return np.concatenate(rows)


@pytest.mark.tier(
    "numeric",
    "Scores are those of the ONNX reference evaluator on the untouched file",
)
@pytest.mark.parametrize("batch", [1, "BatchSize"])
@pytest.mark.parametrize("as_text", [True, False])
def test_scores_are_those_of_the_file(tmp_path, batch, as_text):
    made = tiny.conv_model(batch=batch)
    file = tiny.save(made, tmp_path / "net.onnx")
    net = importNetworkFromONNX(str(file) if as_text else file)
    X = images(5)
    assert np.abs(predict(net, X) - reference_scores(made, X)).max() < 2e-5


def test_weights_among_the_inputs_are_no_inputs(tmp_path):
    made = tiny.conv_model(batch=1)
    for weight in made.graph.initializer:
        made.graph.input.append(
            onnx.helper.make_tensor_value_info(weight.name, weight.data_type, weight.dims)
        )
    net = importNetworkFromONNX(tiny.save(made, tmp_path / "net.onnx"))
    assert net.InputNames == ["data"]
    assert predict(net, images(3)).shape == (3, 5)


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_batch_that_cannot_be_opened_is_kept(tmp_path, batch):
    made = tiny.reshape_model(batch)
    net = importNetworkFromONNX(tiny.save(made, tmp_path / "net.onnx"))
    X = images(7, (2, 2, 3))
    expected = X.transpose(3, 2, 0, 1).reshape(7, 12) @ np.arange(24.0).reshape(12, 2)
    assert np.allclose(predict(net, X), expected, rtol=1e-5)


def test_no_such_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no file"):
        importNetworkFromONNX(tmp_path / "none.onnx")
    with pytest.raises(FileNotFoundError):
        importNetworkFromONNX(tmp_path)
    with pytest.raises(TypeError, match="modelfile must be the name of a file, but is 3"):
        importNetworkFromONNX(3)


@pytest.mark.parametrize("content", [b"", b"no onnx at all", b"\x00" * 100, b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_is_no_onnx(tmp_path, content):
    file = tmp_path / "net.onnx"
    file.write_bytes(content)
    with pytest.raises(NetworkImportError, match="exportONNXNetwork"):
        importNetworkFromONNX(file)


def test_a_truncated_file(tmp_path):
    file = tiny.save(tiny.conv_model(), tmp_path / "net.onnx")
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(NetworkImportError):
        importNetworkFromONNX(file)


def test_an_unknown_operator(tmp_path):
    made = tiny.conv_model()
    made.graph.node[2].op_type = "Wonder"
    with pytest.raises(NetworkImportError, match="layer 'relu_1' is the operator Wonder"):
        importNetworkFromONNX(tiny.save(made, tmp_path / "net.onnx"))


@pytest.mark.parametrize("name", ["ccn_icub_objects", "flir_gray", "squeezenet_newhacks"])
def test_networks_that_matlab_exported(reference, name):
    file = reference("onnx", name + ".onnx")
    net = importNetworkFromONNX(file)
    size = tuple(net.Layers[0].InputSize)
    X = images(3, size)
    scores = predict(net, X)
    assert len(scores) == 3
    assert np.allclose(scores.sum(axis=1), 1, atol=1e-5)
    singly = np.concatenate([predict(net, X[..., [i]]) for i in range(3)])
    assert np.abs(scores - singly).max() < 1e-5
