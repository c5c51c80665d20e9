"""Files that hold no network, a broken one or an odd one: refused with a reason, never a crash."""

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import matlab_dialects as dialects
import numpy as np
import onnx
import pytest
import tiny_networks as tiny
from hypothesis import example, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from matxai import imageLIME, importNetworkFromONNX, occlusionSensitivity, predict
from matxai.nets.engines import ScoringError
from matxai.nets.importing import NetworkImportError

AGAIN = "[Ee]xport the network again"


def importing(made, folder):
    """Import a model, or bytes as they are."""
    file = folder / "net.onnx"
    file.write_bytes(made if isinstance(made, bytes) else made.SerializeToString())
    return importNetworkFromONNX(file)


def image(size=(16, 16, 3)):
    return np.random.RandomState(0).random_sample(size) * 255


# Damage ------------------------------------------------------------------------------------------

SIZE = (6, 7, 2)


def small(release):
    """Write a small network of several layers in a release's dialect."""
    steps = [("convolution", {"filters": 2, "size": (2, 2)}), ("dropout", {})]
    if release != "R2018b":
        steps.insert(1, ("unpooling", {}))
    dialect = next(d for d in dialects.DIALECTS if d.release == release)
    made = dialects.write(dialects.Description(SIZE, tuple(steps), classes=2), dialect)
    return made.model.SerializeToString()


RELEASES = ("R2018b", "R2020b", "R2024b")
FILES = {release: small(release) for release in RELEASES}


def outcome(content, folder):
    """Return scores, or why there are none; all other errors are errors of ours."""
    try:
        return predict(importing(content, folder), np.zeros(SIZE))
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("release", RELEASES)
def test_a_truncated_file_is_refused_wherever_it_ends(release, tmp_path):
    content = FILES[release]
    for length in range(0, len(content), 41):
        with pytest.raises(NetworkImportError, match=AGAIN):
            importing(content[:length], tmp_path)


@st.composite
def flips(draw):
    release = draw(st.sampled_from(RELEASES))
    return release, draw(st.integers(0, 8 * len(FILES[release]) - 1))


@settings(max_examples=6 * settings.default.max_examples)
@given(flips())
@example(("R2018b", 55))  # the producer's name is no text
@example(("R2018b", 2355))  # a convolution in no groups
@example(("R2020b", 6603))  # a kernel of another size than its weights
def test_a_flipped_bit_is_survived(flip):
    release, place = flip
    content = bytearray(FILES[release])
    content[place // 8] ^= 1 << place % 8
    with tempfile.TemporaryDirectory() as folder:
        assert len(outcome(bytes(content), Path(folder)))


@settings(max_examples=3 * settings.default.max_examples)
@given(st.sampled_from(RELEASES), st.randoms(use_true_random=False))
def test_a_scrambled_file_is_survived(release, random):
    content = bytearray(FILES[release])
    start, length = random.randrange(len(content)), random.randrange(1, 40)
    content[start : start + length] = random.randbytes(random.randrange(40))
    with tempfile.TemporaryDirectory() as folder:
        assert len(outcome(bytes(content), Path(folder)))


MANY_FLIPS = """
import sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[1])
sys.path.insert(0, sys.argv[1] + "/nets")
import conftest  # for one thread
from test_bad_files import FILES, outcome
with tempfile.TemporaryDirectory() as folder:
    for place in range(int(sys.argv[3]), 8 * len(FILES[sys.argv[2]]), 11):
        content = bytearray(FILES[sys.argv[2]])
        content[place // 8] ^= 1 << place % 8
        print(place, flush=True)
        outcome(bytes(content), Path(folder))
"""


@pytest.mark.slow
@pytest.mark.parametrize("release", RELEASES)
def test_thousands_of_flipped_bits_neither_crash_nor_hang(release):
    tests = str(Path(__file__).resolve().parents[1])
    done = run(MANY_FLIPS, tests, release, "0", timeout=900)
    assert done.returncode == 0, (done.stdout.split()[-1:], done.stderr)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), id="an image"),
        pytest.param(b"PK\x03\x04" + bytes(100), id="a zip archive"),
        pytest.param(b"MATLAB 5.0 MAT-file" + bytes(200), id="a MAT-file"),
        pytest.param(b"\x0a" + b"\xff" * 200, id="an endless length"),
        pytest.param(b"\x08\x08" * 1000, id="another protobuf"),
        pytest.param(numpy_helper.from_array(np.eye(3)).SerializeToString(), id="one tensor"),
        pytest.param(tiny.conv_model().graph.SerializeToString(), id="a bare graph"),
    ],
)
def test_what_is_no_model_is_refused(content, tmp_path):
    with pytest.raises(NetworkImportError, match=AGAIN):
        importing(content, tmp_path)


# Operators ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", ["", "com.mathworks", "my.domain"])
def test_an_unsupported_operator_is_named_with_its_layer(domain, tmp_path):
    made = tiny.conv_model()
    made.graph.node[2].op_type = "YOLOv2Transform"
    made.graph.node[2].domain = domain
    made.opset_import.append(helper.make_opsetid(domain or "unused", 1))
    operator = f"{domain}:YOLOv2Transform" if domain else "YOLOv2Transform"
    with pytest.raises(NetworkImportError, match=f"'relu_1'.*{operator}.*replaceLayer"):
        importing(made, tmp_path)


def test_an_opset_that_nobody_knows(tmp_path):
    made = tiny.conv_model()
    made.opset_import[0].version = 99
    with pytest.raises(NetworkImportError, match=AGAIN):
        importing(made, tmp_path)


def test_no_opset(tmp_path):
    made = tiny.conv_model()
    del made.opset_import[:]
    with pytest.raises(NetworkImportError, match=AGAIN):
        importing(made, tmp_path)


# External data -----------------------------------------------------------------------------------


def with_external_weight(location, offset=0, length=864):
    made = tiny.conv_model()
    weight = next(w for w in made.graph.initializer if w.name == "conv_W")
    content = weight.raw_data
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    for key, value in {"location": location, "offset": offset, "length": length}.items():
        weight.external_data.add(key=key, value=str(value))
    return made, content


def test_weights_in_a_file_of_their_own(tmp_path):
    made, content = with_external_weight("weights.bin")
    (tmp_path / "weights.bin").write_bytes(content)
    net = importing(made, tmp_path)
    whole = importing(tiny.conv_model(), tmp_path)
    assert np.array_equal(predict(net, image()), predict(whole, image()))


@pytest.mark.parametrize("location", ["../secret.bin", "sub/../../secret.bin", "absolute"])
def test_weights_outside_the_files_folder_are_not_read(location, tmp_path):
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    secret = tmp_path / "secret.bin"
    made, content = with_external_weight(str(secret) if location == "absolute" else location)
    secret.write_bytes(content)
    with pytest.raises(NetworkImportError, match=AGAIN):
        importing(made, folder)


def test_weights_behind_a_link_are_not_read(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    made, content = with_external_weight("weights.bin")
    (tmp_path / "secret.bin").write_bytes(content)
    try:
        (folder / "weights.bin").symlink_to(tmp_path / "secret.bin")
    except OSError:
        pytest.skip("links cannot be made here")
    with pytest.raises(NetworkImportError, match=AGAIN):
        importing(made, folder)


@pytest.mark.parametrize(
    ("offset", "length"), [(0, 865), (1, 864), (0, 1 << 60), (-5, 864), (1 << 62, 864)]
)
def test_weights_that_are_not_there(offset, length, tmp_path):
    made, content = with_external_weight("weights.bin", offset, length)
    with pytest.raises(NetworkImportError, match="weights.bin|conv_W"):
        importing(made, tmp_path)
    (tmp_path / "weights.bin").write_bytes(content)
    with pytest.raises(NetworkImportError, match=AGAIN):
        importing(made, tmp_path)


# Lies about sizes --------------------------------------------------------------------------------


def lie(change, batch="BatchSize"):
    made = tiny.conv_model(batch=batch)
    change(made.graph)
    return made


def sizes(value):
    return value.type.tensor_type.shape.dim


def set_channels(graph):
    sizes(graph.input[0])[1].dim_value = 4


def set_type(graph):
    graph.input[0].type.tensor_type.elem_type = TensorProto.DOUBLE


def set_filters(graph):
    graph.initializer[1].dims[0] = 16


def set_huge_filters(graph):
    graph.initializer[1].dims[0] = 1 << 40


def set_overflowing_filters(graph):
    graph.initializer[1].dims[:] = [1 << 32, 1 << 32, 3, 3]


def set_negative_filters(graph):
    graph.initializer[1].dims[0] = -8


def set_cycle(graph):
    graph.node[1].input[0] = "relu_1"


def drop_input(graph):
    del graph.input[:]


def drop_output(graph):
    del graph.output[:]


def drop_weight(graph):
    del graph.initializer[1]


def double_output(graph):
    graph.node[2].output[0] = "conv_1"


@pytest.mark.parametrize(
    "change",
    [
        set_channels,
        set_type,
        set_filters,
        set_huge_filters,
        set_overflowing_filters,
        set_negative_filters,
        set_cycle,
        drop_input,
        drop_output,
        drop_weight,
        double_output,
    ],
)
@pytest.mark.parametrize("batch", ["BatchSize", 1])
def test_a_graph_that_contradicts_itself_is_refused(change, batch, tmp_path):
    with pytest.raises(NetworkImportError, match=AGAIN):
        importing(lie(change, batch), tmp_path)


def set_kernel(graph):
    graph.node[1].attribute.append(helper.make_attribute("kernel_shape", [5, 5]))


def test_a_lie_that_only_scoring_shows(tmp_path):
    net = importing(lie(set_kernel), tmp_path)
    with pytest.raises(ScoringError, match=f"kernel_shape.*{AGAIN}"):
        predict(net, image())


def test_a_wrong_number_of_classes_is_not_believed(tmp_path):
    def set_classes(graph):
        sizes(graph.output[0])[1].dim_value = 7

    assert predict(importing(lie(set_classes), tmp_path), image()).shape == (1, 5)


@pytest.mark.parametrize("batch", [1 << 40, -3])
def test_a_batch_size_that_nobody_has_is_opened(batch, tmp_path):
    net = importing(tiny.conv_model(batch=batch), tmp_path)
    assert np.array_equal(
        predict(net, image()), predict(importing(tiny.conv_model(), tmp_path), image())
    )


def test_images_larger_than_any_memory(tmp_path):
    def set_height(graph):
        sizes(graph.input[0])[2].dim_value = 1 << 40

    net = importing(lie(set_height, 1), tmp_path)
    with pytest.raises(ValueError, match="X must be 1099511627776×16×3"):
        predict(net, image())


def run(code, *arguments, timeout=120):
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


BOMB = """
import sys
import numpy as np
from matxai import importNetworkFromONNX, predict
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
except ImportError:
    pass
for file in sys.argv[1:]:
    try:
        predict(importNetworkFromONNX(file), np.zeros((16, 16, 3)))
    except ValueError:
        print("refused:", file)
"""


def test_a_constant_larger_than_any_memory(tmp_path):
    def set_bomb(graph, size):
        graph.initializer.append(numpy_helper.from_array(np.array([size]), "size"))
        graph.node.insert(0, tiny.node("ConstantOfShape", ["size"], "bomb"))
        graph.node.append(tiny.node("ReduceMax", ["bomb"], "most"))
        graph.node.append(tiny.node("Add", ["prob", "most"], "sum"))
        graph.output[0].name = "sum"

    files = []
    for power in (34, 40, 62):
        for batch in ("BatchSize", 1):
            files.append(str(tmp_path / f"{batch} of 2^{power}.onnx"))
            onnx.save(lie(partial(set_bomb, size=1 << power), batch), files[-1])
    done = run(BOMB, *files)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"refused: {file}" for file in files]


# Odd but sound -----------------------------------------------------------------------------------


def test_two_inputs_come_in_and_explainers_refuse_them(tmp_path):
    net = importing(tiny.two_inputs_model(), tmp_path)
    assert net.InputNames == ["a", "b"]
    for explain in (imageLIME, occlusionSensitivity):
        with pytest.raises(ValueError, match="single input layer, but has 2"):
            explain(net, image((4, 4, 3)), 1)


@pytest.mark.tier("chosen", "Explainers refuse a network whose scores are NaN or Inf")
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers_come_in_and_explainers_say_so(value, tmp_path):
    made = tiny.conv_model()
    weight = next(w for w in made.graph.initializer if w.name == "conv_W")
    values = numpy_helper.to_array(weight).copy()
    values[0, 0, 0, 0] = value
    weight.CopyFrom(numpy_helper.from_array(values, weight.name))
    net = importing(made, tmp_path)
    assert np.isnan(predict(net, image())).all()
    for explain in (imageLIME, occlusionSensitivity):
        with pytest.raises(ValueError, match="scores of net must be finite.*Learnables"):
            explain(net, image(), 1)
