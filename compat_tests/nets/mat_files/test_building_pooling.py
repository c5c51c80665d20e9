"""Poolings of .mat files, each against its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from torch_windows import SIZES, batch, check, network, pooled, windows

import matxai as m
from matxai.nets.mat_files.building import built
from matxai.nets.mat_files.records import LayerRecord, RecordError

RANKS = (1, 2, 3)


def record(short, **fields):
    return LayerRecord(f"nnet.cnn.layer.{short}", {"Name": "made", **fields})


def row(values):
    """Give numbers as files have them."""
    return np.array([values], float)


def window_fields(window):
    fields = {"PoolSize": row(window.size), "Stride": row(window.stride)}
    if isinstance(window.padding, str):
        return fields | {"PaddingMode": window.padding}
    ends = np.array(window.ends, float)
    sizes = ends.T if window.rank == 3 else ends.reshape(1, -1)
    return fields | {"PaddingMode": "manual", "PaddingSize": sizes}


@pytest.mark.tier(
    "documented",
    "Poolings of a `.mat` in one, two and three dimensions; 2-D ones have the fields of "
    "real files, the others those of their documented properties",
)
@pytest.mark.parametrize("rank", RANKS)
@given(st.data())
def test_largest_values(rank, data):
    window = data.draw(windows(rank, dilated=False))
    fields = {"HasUnpoolingOutputs": np.array([[False]])} | window_fields(window)
    made = built(record(f"MaxPooling{rank}DLayer", **fields))
    assert (made.Name, made.Class) == ("made", f"nnet.cnn.layer.MaxPooling{rank}DLayer")
    check(made, rank, pooled(batch(rank), window, np.nanmax, np.nan))


@pytest.mark.tier("documented")
@pytest.mark.parametrize("rank", RANKS)
@given(st.data(), st.sampled_from(["mean", 0.0, None]))
def test_means(rank, data, value):
    window = data.draw(windows(rank, dilated=False))
    made = built(record(
        f"AveragePooling{rank}DLayer",
        **window_fields(window),
        **({} if value is None else {"PaddingValue": value}),
    ))  # fmt: skip
    reduce, fill = (np.nanmean, np.nan) if value == "mean" else (np.mean, 0)
    check(made, rank, pooled(batch(rank), window, reduce, fill))


@pytest.mark.tier("documented")
@pytest.mark.parametrize("rank", RANKS)
def test_whole_channels(rank):
    axes = tuple(range(2, 2 + rank))
    options = {"axis": axes, "keepdims": rank > 1}
    for name, reduce in (("Average", np.mean), ("Max", np.max)):
        made = built(record(f"Global{name}Pooling{rank}DLayer"))
        check(made, rank, reduce(batch(rank), **options))


@pytest.mark.tier("chosen", "The same of poolings")
def test_padding_of_the_oldest_files():
    """[vertical, horizontal], without a mode."""
    fields = {"PoolSize": row([2, 3]), "Stride": row([2, 2]), "Padding": row([0, 2])}
    x = np.pad(batch(2), [(0, 0), (0, 0), (0, 0), (2, 2)], constant_values=-np.inf)
    rows, columns = range(0, SIZES[2][0] - 1, 2), range(0, SIZES[2][1] + 2, 2)
    expected = [[x[:, :, i : i + 2, j : j + 3].max((2, 3)) for j in columns] for i in rows]
    made = built(record("MaxPooling2DLayer", **fields))
    check(made, 2, np.moveaxis(np.array(expected), (0, 1), (2, 3)))


@pytest.mark.tier("documented")
def test_outputs_for_unpooling():
    fields = {"PoolSize": row([2, 2]), "Stride": row([2, 2]), "HasUnpoolingOutputs": True}
    made = built(record("MaxPooling2DLayer", **fields))
    assert made.OutputNames == ["out", "indices", "size"]
    net = network(made, 2)
    assert net.OutputNames == ["made", "made/indices", "made/size"]


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("short", "fields", "message"),
    [
        ("MaxPooling2DLayer", {"PoolSize": None}, "has no PoolSize"),
        ("MaxPooling2DLayer", {"PaddingSize": row([2, 0, 0, 0])}, "less than poolSize"),
        ("MaxPooling1DLayer", {"PoolSize": row([2, 2])}, "poolSize must be one integer"),
        ("MaxPooling3DLayer", {"HasUnpoolingOutputs": True}, "only 2-D poolings can have"),
        ("AveragePooling2DLayer", {"PaddingValue": 3.0}, 'must be 0 or "mean"'),
        ("AveragePooling2DLayer", {"PaddingMode": 4.0}, "PaddingMode must be a text"),
    ],
)
def test_what_makes_no_layer(short, fields, message):
    with pytest.raises(RecordError, match=f"The layer 'made' .nnet.*{short}.*{message}"):
        built(record(short, **({"PoolSize": row([2])} | fields)))


@pytest.mark.tier("documented")
def test_a_network_of_3d_images():
    """An input layer of them with its normalization, as files have it."""
    mean = np.arange(3.0).reshape(1, 1, 1, 3).astype(np.float32)
    size = row([*SIZES[3], 3])
    normalization = {"Type": "zerocenter", "ImageSize": size, "AverageImage": mean}
    first = built(record("Image3DInputLayer", InputSize=size, Normalization=normalization))
    pool = built(record("MaxPooling3DLayer", PoolSize=row([6, 7, 5]), Stride=row([1, 1, 1])))
    pool.Name = "pool"
    X = np.random.RandomState(0).randn(*SIZES[3], 3, 2)
    scores = m.predict(m.dlnetwork([first, pool]), X)
    assert np.allclose(scores[0, 0, 0], (X - mean[..., np.newaxis]).max((0, 1, 2)), atol=1e-6)
