"""Normalizations of .mat files, against torch's modules."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from lone_layers import close, computed
from torch import nn

from matxai.nets.mat_files.building import built
from matxai.nets.mat_files.records import LayerRecord, RecordError

EPSILONS = st.sampled_from([1e-5, 1e-3, 0.1])
# Sizes behind the channels: of features, vector sequences, images and 3-D images.
SIZES = st.sampled_from([(), (5,), (4, 3), (3, 2, 4)])


def record(short, **fields):
    return LayerRecord(f"nnet.cnn.layer.{short}", {"Name": "made", **fields})


def scalar(value):
    return np.array([[value]], dtype=float)


def values(*shape, seed=0):
    return np.random.RandomState(seed).randn(*shape).astype(np.float32)


@st.composite
def vectors(draw, *names, count):
    """Draw vectors as files have them: structs or arrays, along any axis."""
    found = {}
    for seed, name in enumerate(names):
        shape = draw(st.sampled_from([(1, 1, count), (count, 1), (1, 1, 1, count)]))
        value = values(count, seed=seed + 1) ** 2 + np.float32(0.1)
        shaped = value.reshape(shape)
        found[name] = (
            value,
            ({"Value": shaped, "LearnRateFactor": scalar(1)} if draw(st.booleans()) else shaped),
        )
    return found


def loaded(module, **parameters):
    """Give a torch module its numbers."""
    with torch.no_grad():
        for name, value in parameters.items():
            getattr(module, name).copy_(torch.from_numpy(value))
    return module.eval()


def check(layer, module, x):
    with torch.no_grad():
        assert close(computed(layer, x), module(torch.from_numpy(x)).numpy())


@pytest.mark.tier(
    "numeric",
    "Batch normalization of a `.mat`, of features, sequences, images and 3-D images, is torch's",
)
@given(st.data(), st.integers(1, 4), SIZES, EPSILONS)
def test_batch_normalization_of_any_number_of_dimensions(data, channels, sizes, epsilon):
    names = ("TrainedMean", "TrainedVariance", "Offset", "Scale")
    given_arrays = data.draw(vectors(*names, count=channels))
    fields = {name: kept for name, (_, kept) in given_arrays.items()}
    layer = built(record("BatchNormalizationLayer", Epsilon=scalar(epsilon), **fields))
    kinds = (nn.BatchNorm1d, nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)
    mean, variance, offset, scale = (value for value, _ in given_arrays.values())
    module = loaded(
        kinds[len(sizes)](channels, epsilon),
        running_mean=mean, running_var=variance, bias=offset, weight=scale,
    )  # fmt: skip
    check(layer, module, values(2, channels, *sizes))
    assert (layer.Name, layer.Epsilon) == ("made", epsilon)


@pytest.mark.tier(
    "numeric",
    "Group, instance and cross-channel normalizations of a `.mat`, their fields named as "
    "the documented properties, are torch's",
)
@given(st.data(), st.integers(1, 3), st.integers(1, 3), SIZES, EPSILONS)
def test_group_normalization(data, groups, each, sizes, epsilon):
    channels = groups * each
    given_arrays = data.draw(vectors("Offset", "Scale", count=channels))
    named = {1: ["all-channels"], channels: ["channel-wise"]}.get(groups, [])
    number = data.draw(st.sampled_from([scalar(groups), *named]))
    fields = {name: kept for name, (_, kept) in given_arrays.items()}
    layer = built(
        record("GroupNormalizationLayer", NumGroups=number, Epsilon=scalar(epsilon), **fields)
    )
    module = loaded(
        nn.GroupNorm(groups, channels, epsilon),
        bias=given_arrays["Offset"][0], weight=given_arrays["Scale"][0],
    )  # fmt: skip
    # torch normalizes no single values.
    check(layer, module, values(2, channels, *(sizes or (3,))))


@pytest.mark.tier("numeric")
@given(st.data(), st.integers(1, 4), st.sampled_from([(5,), (4, 3), (3, 2, 4)]), EPSILONS)
def test_instance_normalization(data, channels, sizes, epsilon):
    given_arrays = data.draw(vectors("Offset", "Scale", count=channels))
    fields = {name: kept for name, (_, kept) in given_arrays.items()}
    layer = built(record("InstanceNormalizationLayer", Epsilon=scalar(epsilon), **fields))
    kind = (nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d)[len(sizes) - 1]
    module = loaded(
        kind(channels, epsilon, affine=True),
        bias=given_arrays["Offset"][0], weight=given_arrays["Scale"][0],
    )  # fmt: skip
    check(layer, module, values(2, channels, *sizes))


class LayerNorm(nn.Module):
    """torch's LayerNorm over axes of choice, with one number for each channel."""

    def __init__(self, axes, epsilon, scale, offset):
        super().__init__()
        self.axes, self.epsilon = axes, epsilon
        self.scale, self.offset = torch.from_numpy(scale), torch.from_numpy(offset)

    def forward(self, x):
        last = x.movedim(self.axes, tuple(range(-len(self.axes), 0)))
        sizes = last.shape[-len(self.axes) :]
        y = nn.LayerNorm(sizes, self.epsilon, elementwise_affine=False)(last)
        y = y.movedim(tuple(range(-len(self.axes), 0)), self.axes)
        shape = [-1] + [1] * (x.ndim - 2)
        return y * self.scale.reshape(shape) + self.offset.reshape(shape)


@pytest.mark.tier("documented")
@given(
    st.data(),
    st.integers(2, 4),
    SIZES,
    EPSILONS,
    st.sampled_from(["auto", "channel-only", "spatial-channel", "batch-excluded", None]),
)
def test_layer_normalization(data, channels, sizes, epsilon, dimension):
    given_arrays = data.draw(vectors("Offset", "Scale", count=channels))
    fields = {name: kept for name, (_, kept) in given_arrays.items()}
    fields |= {} if dimension is None else {"OperationDimension": dimension}
    layer = built(record("LayerNormalizationLayer", Epsilon=scalar(epsilon), **fields))
    all_axes = tuple(range(1, 2 + len(sizes)))
    axes = all_axes
    if dimension == "channel-only" or (
        len(sizes) == 1 and dimension in ("auto", "spatial-channel")
    ):
        axes = (1,)
    module = LayerNorm(axes, epsilon, given_arrays["Scale"][0], given_arrays["Offset"][0])
    check(layer, module, values(2, channels, *sizes))


@pytest.mark.tier(
    "chosen",
    "A layer normalization without `OperationDimension` in its file is of a release before"
    " R2023a: it goes over everything but the observations",
)
def test_older_layer_normalization_goes_over_everything():
    layer = built(record("LayerNormalizationLayer", Epsilon=scalar(1e-5)))
    assert layer.OperationDimension == "batch-excluded"


@pytest.mark.tier("numeric")
@given(
    st.sampled_from([1, 3, 5]),
    st.sampled_from([1e-4, 0.3]),
    st.sampled_from([0.75, 0.5]),
    st.sampled_from([1.0, 2.0]),
)
def test_normalization_across_channels(size, alpha, beta, k):
    fields = {"Alpha": alpha, "Beta": beta, "K": k, "WindowChannelSize": size}
    fields = {name: scalar(value) for name, value in fields.items()}
    layer = built(record("CrossChannelNormalizationLayer", **fields))
    check(layer, nn.LocalResponseNorm(size, alpha, beta, k), values(2, 6, 4, 3))


def test_what_a_file_leaves_out_has_its_default():
    layer = built(record("CrossChannelNormalizationLayer", WindowChannelSize=scalar(5)))
    assert (layer.Alpha, layer.Beta, layer.K) == (1e-4, 0.75, 2)
    x = values(2, 4, 3, 2)
    empty = {"Offset": np.zeros((0, 0)), "Scale": {"Value": np.zeros((0, 0))}}
    check(built(record("InstanceNormalizationLayer", **empty)), nn.InstanceNorm2d(4), x)
    number = {"NumGroups": scalar(2)}
    check(built(record("GroupNormalizationLayer", **number)), nn.GroupNorm(2, 4), x)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (
            record("GroupNormalizationLayer"),
            r"The layer 'made' \(nnet.cnn.layer.GroupNormalizationLayer\): it has no NumGroups",
        ),
        (record("GroupNormalizationLayer", NumGroups=scalar(1.5)), "NumGroups must be an integer"),
        (record("GroupNormalizationLayer", NumGroups="few"), 'must be "all-channels" or'),
        (record("CrossChannelNormalizationLayer"), "it has no WindowChannelSize"),
        (record("LayerNormalizationLayer", OperationDimension="time"), "OperationDimension must"),
        (record("LayerNormalizationLayer", Epsilon="small"), "its Epsilon must be a number"),
        (
            record("BatchNormalizationLayer", TrainedVariance=np.float32([[[-1.0]]])),
            "TrainedVariance must not be negative",
        ),
        (record("InstanceNormalizationLayer", Scale="ones"), "its Scale must hold real numbers"),
    ],
)
def test_records_that_make_no_layer(made, message):
    with pytest.raises(RecordError, match=message):
        built(made)
