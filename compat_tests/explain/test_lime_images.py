"""Synthetic images: made in arrays that are there already, and scored once each."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai.explain.lime import score, segment, synthesize
from matxai.explain.lime_images import sample


@st.composite
def cases(draw):
    random = np.random.RandomState(draw(st.integers(0, 1000)))
    size = draw(st.sampled_from([(1, 1), (5, 4, 1), (9, 7, 3), (16, 16, 4)]))
    X = random.randn(*size).astype(draw(st.sampled_from([np.float32, np.float64, np.int16])))
    labels = random.randint(0, draw(st.integers(1, 9)), size[:2])
    fill = draw(st.sampled_from(["mean", 0, -0.1, "image", "grey"]))
    if fill == "image":
        fill = random.randn(*size)
    elif fill == "grey":
        fill = random.randn(*size[:2])
    return X, segment(X, labels), fill, random


@given(cases(), st.sampled_from([np.float32, np.float64]))
def test_images_are_made_in_the_class_of_the_array_that_they_are_written_to(case, dtype):
    X, features, fill, random = case
    rows = random.rand(5, features.count) < 0.5
    images = synthesize(X, features, rows, fill)
    shaped = np.atleast_3d(X)
    hidden = (
        shaped.mean(axis=(0, 1), dtype=float) if isinstance(fill, str) else np.asarray(fill, float)
    )
    hidden = np.broadcast_to(np.atleast_3d(hidden) if hidden.ndim == 2 else hidden, shaped.shape)
    expected = [
        np.where(row[features.labels][..., None], shaped.astype(dtype), hidden.astype(dtype))
        for row in rows
    ]
    buffer = np.full((5, shaped.shape[2], *X.shape[:2]), np.nan, dtype)
    images.write(buffer, rows)
    # To the last bit, the sign of zero too.
    assert buffer.tobytes() == np.stack(expected).transpose(0, 3, 1, 2).tobytes()
    images.write(buffer[:2], rows[3:])
    assert buffer[:2].tobytes() == buffer[3:].tobytes()


@given(st.integers(1, 3), st.integers(1, 60), st.integers(0, 50), st.integers(1, 9))
def test_equal_images_get_the_score_of_the_one_that_is_scored(features, count, seed, size):
    random = np.random.RandomState(seed)
    X = random.rand(6, 6)
    division = segment(X, np.arange(36).reshape(6, 6) % features)
    presence = sample(count, division, rng=seed)
    images = synthesize(X, division, presence)
    seen = []

    def total(batch):
        seen.extend(batch[:, :, 0, i].tobytes() for i in range(batch.shape[3]))
        return np.stack([batch.sum(axis=(0, 1, 2)), batch[0, 0, 0]], axis=1)

    scores = score(total, images, mini_batch_size=size)
    assert len(seen) == len(set(seen)) == len(np.unique(presence, axis=0))
    assert np.array_equal(scores, np.concatenate([total(images[i : i + 1]) for i in range(count)]))


def test_double_images_are_scored_single_as_the_network_takes_them():
    net = tiny.conv()
    X = np.random.RandomState(0).rand(16, 16, 3) * 255
    division = segment(X, "grid", 9)
    presence = sample(40, division, rng=0)
    single = score(net, synthesize(X.astype(np.float32), division, presence, fill=7))
    assert np.array_equal(score(net, synthesize(X, division, presence, fill=7)), single)


@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "The peak of memory, at a MiniBatchSize of 128, does not grow with the number of "
    "images; nor does that of `occlusionSensitivity`",
)
@pytest.mark.parametrize("explain", ["imageLIME", "occlusionSensitivity"])
def test_memory_does_not_grow_with_the_number_of_images(explain):
    """Of the process that explains a grid of 24×24, 100 or 800 images at a MiniBatchSize of 128.

    700 images of 224×224×3 are 400 MB.
    """
    peaks = [peak_of(explain, count) for count in (100, 800)]
    assert peaks[1] - peaks[0] < 30e6


def peak_of(explain, count):
    """Explain a network's score of a photograph in a process of its own: its peak, in bytes."""
    import subprocess
    import sys
    from pathlib import Path

    stride = {100: 23, 800: 8}[count]
    call = {
        "imageLIME": f"matxai.imageLIME(net, X, 1, NumSamples={count}, MiniBatchSize=128, Rng=0)",
        "occlusionSensitivity": f"matxai.occlusionSensitivity("
        f"net, X, 1, Stride={stride}, MaskSize=15, MiniBatchSize=128)",
    }
    code = f"""
import resource
import numpy as np
import tiny_networks as tiny
import matxai
net = tiny.conv((224, 224, 3))
X = np.random.RandomState(0).randint(0, 256, (224, 224, 3), np.uint8)
{call[explain]}
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    here = Path(tiny.__file__).parent
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=here
    )
    # Linux counts KiB.
    return int(found.stdout.split()[-1]) * 1024
