"""Altered copies of an image that are made on the device that scores them."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import imageLIME, occlusionSensitivity
from matxai.explain.lime import score, segment, synthesize
from matxai.nets import engines
from matxai.nets.altered_images import ChangedRectangles
from matxai.nets.engines import OnnxRuntimeEngine, TorchEngine

seeds = st.integers(0, 2**31)
lengths = st.integers(1, 12)


def cpu():
    import torch

    return torch.device("cpu")


@pytest.fixture
def on_torch(monkeypatch):
    """Have a GPU, which is torch's CPU."""
    monkeypatch.setattr(engines, "gpu_available", lambda: True)
    monkeypatch.setattr(engines, "_GPU", "cpu")


def photograph(seed=0):
    return np.random.RandomState(seed).randint(0, 256, (16, 16, 3), np.uint8)


def numbers(seed, shape, dtype=np.float32):
    random = np.random.RandomState(seed)
    if np.dtype(dtype).kind == "u":
        return random.randint(0, 256, shape).astype(dtype)
    return (random.randn(*shape) * 10 ** random.uniform(-3, 3)).astype(dtype)


@pytest.mark.tier("numeric")
@given(
    seeds, lengths, lengths, st.integers(1, 4), st.integers(1, 9),
    st.sampled_from([np.uint8, np.float32, np.float64]), st.booleans(),
)  # fmt: skip
def test_images_of_features_are_those_that_numpy_makes(
    seed, height, width, depth, count, dtype, whole
):
    random = np.random.RandomState(seed)
    X = numbers(seed, (height, width, depth), dtype)
    features = segment(X, random.randint(0, 5, (height, width)))
    fill = numbers(seed + 1, X.shape) if whole else "mean"
    images = synthesize(X, features, random.rand(count, features.count) < 0.5, fill)
    made = images.altered(images.presence).on(cpu())
    expected = np.ascontiguousarray(images[:].transpose(3, 2, 0, 1), np.float32)
    assert made(0, count).numpy().tobytes() == expected.tobytes()
    half = count // 2
    assert made(half, count).numpy().tobytes() == expected[half:].tobytes()


@st.composite
def spans(draw, length):
    start = draw(st.integers(0, length))
    return slice(start, draw(st.integers(start, length + 3)))


@pytest.mark.tier("numeric")
@given(st.data(), seeds, lengths, lengths, st.integers(1, 4), st.booleans())
def test_images_with_rectangles_are_those_that_numpy_makes(data, seed, height, width, depth, flat):
    image = numbers(seed, (depth, height, width))
    value = numbers(seed + 1, (depth, 1, 1) if flat else image.shape)
    filled = np.broadcast_to(value, image.shape)
    boxes = data.draw(st.lists(st.tuples(spans(height), spans(width)), max_size=6))
    images = ChangedRectangles(image, filled, boxes)
    expected = np.stack([image, *[image] * len(boxes)])[1:]
    for altered, (rows, cols) in zip(expected, boxes, strict=True):
        altered[:, rows, cols] = filled[:, rows, cols]
    assert len(images) == len(boxes)
    assert images.on(cpu())(0, len(boxes)).numpy().tobytes() == expected.tobytes()


def test_what_was_given_can_be_changed_afterwards():
    image, filled = np.zeros((1, 2, 2), np.float32), np.ones((1, 2, 2), np.float32)
    made = ChangedRectangles(image, filled, [(slice(0, 1), slice(0, 2))]).on(cpu())
    image[:], filled[:] = 7, 8
    assert np.array_equal(made(0, 1).numpy()[0, 0], [[1, 1], [0, 0]])


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("size", [1, 5, 128])
def test_totals_are_the_sums_of_onnx_runtimes_scores(size):
    random = np.random.RandomState(0)
    image = random.rand(3, 16, 16).astype(np.float32) * 255
    boxes = [(slice(i, i + 5), slice(j, j + 5)) for i in range(0, 16, 4) for j in range(0, 16, 4)]
    images = ChangedRectangles(image, np.zeros_like(image), boxes)
    batch = images.on(cpu())(0, len(boxes)).numpy()
    for made in (tiny.conv_model(), tiny.conv_model(batch=3)):
        fixed = 3 if made.graph.input[0].type.tensor_type.shape.dim[0].dim_value else None
        seen = []
        found = TorchEngine(made, "cpu", fixed_batch=fixed).totals(
            images, size, np.array([3, 0, 3]), seen.append
        )
        scores = OnnxRuntimeEngine(made, fixed)(batch)[0][:, [3, 0, 3]]
        expected = scores.reshape(*scores.shape[:2], -1).astype(np.float64).sum(2)
        assert found.dtype == np.float64
        assert np.abs(found - expected).max() < 1e-5 * np.ptp(expected)
        assert seen == [min(n, len(boxes)) for n in range(size, len(boxes) + size, size)]


@pytest.mark.tier("numeric")
def test_a_map_of_activations_is_summed():
    net = tiny.conv()
    X = photograph()
    here = occlusionSensitivity(net, X, "conv_1", [2, 4], ExecutionEnvironment="cpu")
    engine = TorchEngine(engines_cut(net, "conv_1"), "cpu")
    image = np.ascontiguousarray(X.transpose(2, 0, 1), np.float32)
    images = ChangedRectangles(image, image, [(slice(0, 1), slice(0, 1))])
    whole = engine(image[None])[0]
    assert whole.ndim == 4
    found = engine.totals(images, 8, np.array([1, 3]), lambda done: None)
    expected = whole[:, [1, 3]].sum((2, 3), np.float64)
    assert np.abs(found - expected).max() < 1e-6 * np.abs(expected).max()
    assert np.ptp(here) > 0


def engines_cut(net, layer):
    from matxai.nets.graph import cut_at

    return cut_at(net._model, [net._tensor_of[layer]])


@pytest.mark.tier(
    "numeric",
    "Masked images that torch makes on its device are those that NumPy makes, to the bit; "
    "maps from them agree to 1e-5",
)
@pytest.mark.parametrize("size", [7, 128])
def test_explanations_of_images_made_by_torch_equal_those_of_numpy(size, on_torch):
    net, X = tiny.conv(), photograph()
    options = {"MiniBatchSize": size, "Progress": False}
    for explain in (
        lambda **more: occlusionSensitivity(net, X, [1, 2], MaskSize=5, Stride=2, **more),
        lambda **more: imageLIME(net, X, 2, NumFeatures=9, NumSamples=300, Rng=0, **more),
    ):
        here, there = (explain(ExecutionEnvironment=e, **options) for e in ("cpu", "gpu"))
        assert np.abs(here - there).max() < 1e-5 * np.ptp(here)
    assert isinstance(net.engine("gpu"), TorchEngine)


def test_no_more_images_are_made_at_once_than_MiniBatchSize(on_torch, monkeypatch):
    made = []
    on = ChangedRectangles.on

    def watched(self, device):
        make = on(self, device)

        def counted(start, stop):
            made.append(stop - start)
            return make(start, stop)

        return counted

    monkeypatch.setattr(ChangedRectangles, "on", watched)
    done = []
    occlusionSensitivity(
        tiny.conv(), photograph(), 1, MaskSize=5, Stride=4, MiniBatchSize=6,
        Progress=lambda number, count: done.append((number, count)),
    )  # fmt: skip
    assert made == [6, 6, 4]
    assert done == [(6, 16), (12, 16), (16, 16)]


def test_scores_that_are_no_numbers_are_refused(on_torch):
    net = tiny.weighted_sum(np.full((1, 1, 4, 4), 1e38))
    X = np.zeros((4, 4))
    X[1, 1] = 1
    images = synthesize(X, segment(X, np.arange(16).reshape(4, 4)), np.eye(16), fill=9.0)
    with pytest.raises(ValueError, match="scores of net must be finite"):
        score(net, images, environment="gpu")
    with pytest.raises(ValueError, match="scores of net must be finite"):
        score(net, images, environment="cpu")


@pytest.mark.tier("numeric")
@pytest.mark.skipif(not engines.gpu_available(), reason="there is no GPU")
def test_a_gpu_gives_the_maps_of_the_cpu():
    net, X = tiny.conv(), photograph()
    for explain in (
        lambda **more: occlusionSensitivity(net, X, [1, 2], MaskSize=5, Stride=2, **more),
        lambda **more: imageLIME(net, X, 2, NumFeatures=9, NumSamples=300, Rng=0, **more),
    ):
        here, there = (explain(ExecutionEnvironment=e) for e in ("cpu", "gpu"))
        assert np.abs(here - there).max() < 1e-4 * np.ptp(here)
