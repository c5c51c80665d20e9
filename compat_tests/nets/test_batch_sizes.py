"""How many images an engine scores at a time."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import imageLIME, predict
from matxai.explain.scoring import ALL_CHANNELS, Scoring
from matxai.nets import batch_sizes
from matxai.nets.engines import OnnxRuntimeEngine

X = np.random.RandomState(0).randint(0, 256, (6, 6, 1), np.uint8)


class Timed:
    """An engine on whose clock an image takes as long as the size of its batch says."""

    batch_size = 8
    other_sizes = (2, 4, 16)
    fastest_size = None

    def __init__(self, seconds, wrong=(), wrong_by=1e-7):
        self.seconds, self.wrong, self.wrong_by = seconds, wrong, wrong_by
        self.now, self.seen = 0.0, []

    def __call__(self, batch):
        self.now += self.seconds.get(len(batch), 1) * len(batch)
        self.seen.append(len(batch))
        scores = batch.reshape(len(batch), -1).astype(np.float64)[:, :3]
        return [scores * (1 + self.wrong_by * (len(batch) in self.wrong))]


def scored(monkeypatch, engine, count, most=128):
    """Score images that are numbered, with the engine's clock."""
    net = tiny.conv((6, 6, 1))
    monkeypatch.setattr(net, "engine", lambda *args: engine)
    monkeypatch.setattr(batch_sizes, "perf_counter", lambda: engine.now)
    scoring = Scoring(net, X, ALL_CHANNELS, most, "cpu")

    def number(batch, start):
        batch[:] = np.arange(start, start + len(batch))[:, None, None, None]

    scores = scoring.scores(count, number, lambda done: None)
    assert np.allclose(scores, np.arange(count)[:, None], rtol=1e-6)
    return scores


@pytest.mark.tier(
    "chosen",
    "ONNX Runtime scores 8 images at a time, or 2, 4 or 16 where the first call that "
    "scores at least 1024 finds that faster; the network object keeps it",
)
@pytest.mark.parametrize("fast", [2, 4, 8, 16])
def test_the_fastest_size_is_found_and_kept(monkeypatch, fast):
    engine = Timed({fast: 0.5})
    scored(monkeypatch, engine, 1500)
    assert engine.fastest_size == (None if fast == 8 else fast)
    engine.seen.clear()
    scored(monkeypatch, engine, 1500)
    assert engine.seen[1:90] == [fast] * 89
    # What is tried is scored anyway, but for the images that show whether all sizes agree.
    assert len(engine.seen) <= 1500 / fast + 4


def test_a_trial_costs_64_images(monkeypatch):
    engine = Timed({})
    scored(monkeypatch, engine, 1024)
    assert sum(engine.seen) == 1 + 1024 + 4 * 16


def test_a_gain_within_the_noise_is_none(monkeypatch):
    engine = Timed({4: 0.97})
    scored(monkeypatch, engine, 1024)
    assert engine.fastest_size is None


@pytest.mark.tier(
    "chosen",
    "A batch size that changes a score in the last bit is not taken, so the clock does not"
    " decide about results",
)
def test_a_size_that_changes_a_bit_is_not_taken(monkeypatch):
    engine = Timed({4: 0.1, 16: 0.5}, wrong=(4,), wrong_by=3e-16)
    scored(monkeypatch, engine, 1024)
    assert engine.fastest_size == 16


@pytest.mark.parametrize(("count", "most"), [(1023, 128), (2000, 8), (5, 128), (1024, 15)])
def test_few_images_or_small_batches_are_not_worth_a_trial(monkeypatch, count, most):
    engine = Timed({4: 0.1, 2: 0.1, 16: 0.1})
    scored(monkeypatch, engine, count, most)
    assert engine.fastest_size is None
    assert engine.other_sizes


@given(st.integers(1, 70), st.integers(1, 40), st.sampled_from([None, 2, 4, 16]))
def test_batches_are_never_larger_than_is_allowed_and_the_rest_is_as_with_the_usual_size(
    count, most, fastest
):
    with pytest.MonkeyPatch.context() as monkeypatch:
        engine = Timed({})
        engine.fastest_size = fastest
        scored(monkeypatch, engine, count, most)
        sizes = engine.seen[1:]
        assert sum(sizes) == count
        assert max(sizes) <= most
        usual = Timed({})
        scored(monkeypatch, usual, count, most)
        odd = {2, 4, 8, 16}
        assert [s for s in sizes if s not in odd] == [s for s in usual.seen[1:] if s not in odd]


def test_numbers_are_the_same_whatever_size_is_kept():
    """The call that tries sizes out, those after it and those without a trial."""
    X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
    options = {"Segmentation": "grid", "NumFeatures": 49, "NumSamples": 1100, "Rng": 0}
    net = tiny.conv()
    engine = net.engine("auto", net.OutputNames)
    maps = [imageLIME(net, X, 1, **options) for _ in range(2)]
    assert engine.other_sizes == ()
    for size in (None, 2, 4, 16):
        engine.fastest_size = size
        maps.append(imageLIME(net, X, 1, **options))
    never = tiny.conv()
    never.engine("auto", never.OutputNames).other_sizes = ()
    maps.append(imageLIME(never, X, 1, **options))
    assert all(np.array_equal(maps[0], one) for one in maps)


def test_a_fixed_batch_is_filled():
    for fixed, size in ((1, 8), (3, 6), (8, 8), (20, 20)):
        engine = OnnxRuntimeEngine(tiny.conv_model(batch=fixed), fixed_batch=fixed)
        assert (engine.batch_size, engine.other_sizes) == (size, ())


def test_what_is_found_is_of_one_network_only():
    one, two = tiny.conv(), tiny.conv()
    one.engine("cpu").fastest_size = 4
    assert two.engine("cpu").fastest_size is None
    assert predict(one, np.zeros((16, 16, 3))).shape == (1, 5)
