"""drise."""

import inspect

import numpy as np
import pytest
import scipy.ndimage
from hypothesis import given
from hypothesis import strategies as st

from matxai import drise, rng
from matxai.explain.drise_masks import RandomMasks
from matxai.lang.integer_classes import to_class


def one_by_one(detect):
    """Make a detector that meets MATLAB's contract out of one for a single image."""

    def detector(batch):
        if batch.ndim < 4:
            return detect(batch)
        found = [detect(batch[..., i]) for i in range(batch.shape[3])]
        return tuple([each[k] for each in found] for k in range(3))

    return detector


def constant(boxes, prob, scores):
    return one_by_one(lambda image: (boxes, prob, scores))


# Scenes whose truth is known: bright discs, whose colour is their class.


@one_by_one
def disc_detector(image):
    """Put a box around every bright region; its score is how full and how bright it is."""
    boxes, probs, scores = [], [], []
    for k in range(3):
        regions, _ = scipy.ndimage.label(image[:, :, k] > 90)
        for i, (rows, cols) in enumerate(scipy.ndimage.find_objects(regions), 1):
            inside = regions[rows, cols] == i
            if inside.sum() < 12:
                continue
            fullness = min(1, inside.mean() / (np.pi / 4))
            boxes.append([cols.start + 1, rows.start + 1, *inside.shape[::-1]])
            probs.append(np.where(np.arange(3) == k, 0.9, 0.05))
            scores.append(fullness * image[rows, cols, k][inside].mean() / 220)
    return np.array(boxes).reshape(-1, 4), np.array(probs).reshape(-1, 3), np.array(scores)


def scene(random, size, num_discs):
    """Draw discs of three colours on noise, none of which touch."""
    height, width = size
    image = random.randint(0, 60, (height, width, 3))
    y, x = np.mgrid[:height, :width]
    taken = np.zeros(size, bool)
    drawn = []
    while len(drawn) < num_discs:
        radius = random.randint(5, min(size) // 6)
        row, col = (random.randint(radius + 1, n - radius - 1) for n in size)
        far = (y - row) ** 2 + (x - col) ** 2
        if taken[far <= (radius + 5) ** 2].any():
            continue
        taken |= far <= radius**2
        colour = random.randint(3)
        image[far <= radius**2] = 40
        image[far <= radius**2, colour] = 220
        drawn.append((far <= radius**2, colour))
    return image.astype(np.uint8), drawn


def box_mask(box, size):
    x, y, w, h = box.astype(int)
    inside = np.zeros(size, bool)
    inside[y - 1 : y - 1 + h, x - 1 : x - 1 + w] = True
    return inside


def play_the_pointing_game(seeds, size, **options):
    """Count the maps of drawn scenes, having looked at the truth of each."""
    count = 0
    for seed in seeds:
        random = np.random.RandomState(seed)
        image, discs = scene(random, size, 1 + seed % 3)
        maps, boxes, _, labels = drise(disc_detector, image, Rng=seed, nargout=4, **options)
        maps = np.atleast_3d(maps)
        assert len(boxes) == len(discs) == maps.shape[2]
        for box, label, scores in zip(boxes, labels, np.moveaxis(maps, 2, 0), strict=True):
            inside = box_mask(box, size)
            disc = next(d for d, colour in discs if (d <= inside).all() and colour == label - 1)
            assert inside.flat[scores.argmax()], "the pointing game is lost"
            assert scores[disc].mean() > scores[~disc].mean()
            assert scores[inside].mean() >= 5 * scores[~inside].mean()
            count += 1
    return count


@pytest.mark.tier(
    "chosen",
    "The map is the slope of the weight on the pixel, N⁻¹ Σ (w − w̄)·m / var(m), where the"
    " paper sums w·m; it points at the object and is five times higher in its box than "
    "outside",
)
def test_the_map_points_at_the_object_and_is_five_times_higher_there():
    assert play_the_pointing_game(range(3), (64, 80), NumSamples=512) == 6


@pytest.mark.slow
@pytest.mark.tier("chosen", "So it is in all of 120 maps of 60 scenes (slow)")
@pytest.mark.parametrize("grid", [8, 16])
def test_the_map_points_at_the_object_in_many_scenes(grid):
    assert play_the_pointing_game(range(30), (96, 96), NumSamples=512, GridSize=grid) == 60


def test_the_plain_sum_of_the_paper_would_hide_the_object():
    masks = RandomMasks(1024, (64, 64), (16, 16), np.random.RandomState(0))
    full = masks.full_size(0, 1024)
    inside = np.zeros((64, 64), bool)
    inside[20:30, 40:52] = True
    weights = full[:, inside].mean(axis=1)
    plain = np.tensordot(weights, full, 1)
    slopes = masks.slopes(weights[:, np.newaxis])[:, :, 0]
    assert plain[inside].mean() < 1.5 * plain[~inside].mean()
    assert slopes[inside].mean() > 15 * abs(slopes[~inside].mean())


# Masks


@given(st.tuples(st.integers(1, 50), st.integers(1, 50)), st.tuples(*[st.integers(1, 20)] * 2))
def test_masks_are_grids_enlarged_linearly(size, cells):
    masks = RandomMasks(3, size, cells, np.random.RandomState(1))
    draws = np.random.RandomState(1).rand(3, (cells[0] + 2) * (cells[1] + 2) + 2)
    for mask, (down, right, *nodes) in zip(masks.full_size(0, 3), draws, strict=True):
        grid = (np.reshape(nodes, (cells[0] + 2, cells[1] + 2)) < 0.5).astype(float)
        rows = np.arange(size[0]) * cells[0] / size[0] + down
        cols = np.arange(size[1]) * cells[1] / size[1] + right
        places = np.meshgrid(rows, cols, indexing="ij")
        expected = scipy.ndimage.map_coordinates(grid, places, order=1)
        assert np.abs(mask - expected).max() < 1e-12


@pytest.mark.tier(
    "chosen",
    "Corners of cells are shown with probability ½ and interpolated linearly; the shift, "
    "uniform over a cell, makes all pixels alike, with mean ½ and variance 1/9",
)
@pytest.mark.parametrize(("size", "cells"), [((10, 13), (4, 4)), ((7, 5), (16, 16))])
def test_every_pixel_is_shown_as_much_as_every_other(size, cells):
    masks = RandomMasks(8000, size, cells, np.random.RandomState(0)).full_size(0, 8000)
    assert masks.min() >= 0
    assert masks.max() <= 1 + 1e-12
    # One standard error is 0.0037 for the mean, and about 0.0011 for the variance of 1/9.
    assert np.abs(masks.mean(axis=0) - 1 / 2).max() < 0.012
    assert np.abs(masks.var(axis=0) - 1 / 9).max() < 0.004


@pytest.mark.tier("statistical")
def test_the_slope_of_a_pixel_on_itself_is_one_and_on_far_ones_zero():
    masks = RandomMasks(5000, (24, 24), (6, 6), np.random.RandomState(0))
    response = masks.full_size(0, 5000)[:, 10, 3]
    slopes = masks.slopes(np.stack([response, 3 * response + 7], axis=1))
    assert slopes[10, 3, 0] == pytest.approx(1, abs=0.03)
    # Pixels two cells away, of four pixels each, share no node.
    assert np.abs(slopes[19:, 12:, 0]).max() < 0.05
    assert np.allclose(slopes[:, :, 1], 3 * slopes[:, :, 0], atol=1e-12)


# What is computed


def overlap_of_pixels(first, second):
    """Intersection over union of integer boxes, by counting pixels."""
    first, second = box_mask(np.array(first), (40, 40)), box_mask(np.array(second), (40, 40))
    return (first & second).sum() / (first | second).sum()


boxes_ = st.lists(st.tuples(*[st.integers(1, 20)] * 4), max_size=3)


@st.composite
def detections(draw, num_classes, boxes=boxes_):
    found = draw(boxes)
    score = st.floats(0.01, 1)
    scores = [draw(score) for _ in found]
    if not num_classes:
        return found, None, scores
    return found, [[draw(score) for _ in range(num_classes)] for _ in found], scores


@st.composite
def runs(draw):
    """What a detector returns for the image and for five masked ones, and what to explain."""
    num_classes = draw(st.integers(0, 3))
    whole = draw(detections(num_classes, boxes_.filter(len)))
    masked = [draw(detections(num_classes)) for _ in range(5)]
    if draw(st.booleans()):
        return whole, masked, None, None
    boxes = draw(boxes_.filter(len))
    label = st.integers(1, max(1, num_classes))
    labels = draw(st.none() | st.lists(label, min_size=len(boxes), max_size=len(boxes)))
    return whole, masked, boxes, labels


def weight_by_definition(box, classes, found):
    best = 0
    boxes, probs, scores = found
    for i, other in enumerate(boxes):
        alike = overlap_of_pixels(box, other) * scores[i]
        if probs is not None and classes is not None:
            p, q = np.array(classes), np.array(probs[i])
            alike *= p @ q / np.sqrt((p @ p) * (q @ q))
        best = max(best, alike)
    return best


@pytest.mark.filterwarnings("ignore:drise. Nothing was found")
@pytest.mark.tier(
    "documented",
    "The weight of a masked image is the largest IoU × cosine of class probabilities × "
    "objectness, as in the paper",
)
@given(runs(), st.integers(1, 6))
def test_weights_are_the_best_overlap_times_cosine_times_objectness(run, batch_size):
    whole, masked, boxes, labels = run
    answers = iter([whole, *masked])
    seen = []

    @one_by_one
    def scripted(image):
        seen.append(image.copy())
        return next(answers)

    maps, boxes_out, _, labels_out = drise(
        scripted, np.ones((8, 9)), boxes, labels,
        NumSamples=5, MiniBatchSize=batch_size, GridSize=[3, 4], Rng=0, nargout=4,
    )  # fmt: skip
    masks = np.array([image.reshape(8, 9) for image in seen[1:]])
    targets = whole[0] if boxes is None else boxes
    assert boxes_out.tolist() == [list(map(float, box)) for box in targets]
    for k, box in enumerate(targets):
        classes = None
        if boxes is None and whole[1] is not None:
            classes = whole[1][k]
            assert labels_out[k] == np.argmax(classes) + 1
        elif labels is not None and whole[1] is not None:
            classes = np.arange(1, len(whole[1][0]) + 1) == labels[k]
            assert labels_out[k] == labels[k]
        weights = np.array([weight_by_definition(box, classes, found) for found in masked])
        expected = np.tensordot(weights - weights.mean(), masks, 1) / 5 * 9
        assert np.allclose(np.atleast_3d(maps)[:, :, k], expected, atol=1e-12)


@given(st.integers(1, 70))
def test_the_mini_batch_size_changes_nothing(batch_size):
    image, _ = scene(np.random.RandomState(1), (48, 40), 2)
    options = {"NumSamples": 64, "Rng": 5, "GridSize": 6}
    expected = drise(disc_detector, image, **options)
    maps = drise(disc_detector, image, MiniBatchSize=batch_size, **options)
    assert expected.shape == (48, 40, 2)
    assert expected.any()
    assert np.array_equal(maps, expected)


# What the detector is given


@pytest.mark.tier(
    "documented",
    "A custom detector gets H×W×C, or H×W×C×N for N > 1, and returns arrays, or lists of N"
    " arrays where MATLAB has cells",
)
@pytest.mark.parametrize("shape", [(6, 7, 3), (6, 7, 1), (6, 7)])
def test_the_detector_gets_one_image_or_a_batch(shape):
    shapes = []

    def watching(batch):
        shapes.append(batch.shape)
        return constant([[1, 1, 3, 3]], None, [0.5])(batch)

    drise(watching, np.zeros(shape), NumSamples=9, MiniBatchSize=4, Rng=0)
    depth = shape[2] if len(shape) == 3 else 1
    assert shapes == [shape, (6, 7, depth, 4), (6, 7, depth, 4), shape]


@pytest.mark.tier(
    "chosen",
    "Hidden pixels are 0; masked images have the class of I, rounded as MATLAB rounds",
)
@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i2", "u4", "u8", "i8", "f4", "f8", "?"])
def test_hidden_pixels_are_zero_and_shades_are_rounded_to_the_class(dtype):
    dtype = np.dtype(dtype)
    random = np.random.RandomState(0)
    image = (random.rand(12, 15, 3) * 255 - (100 if dtype.kind in "if" else 0)).astype(dtype)
    if dtype.kind in "iu":
        image[0, 0], image[1, 1] = np.iinfo(dtype).max, np.iinfo(dtype).min
    seen = []

    @one_by_one
    def watching(batch):
        seen.append(batch.copy())
        return [[1, 1, 3, 3]], None, [0.5]

    drise(watching, image, NumSamples=20, GridSize=3, Rng=3)
    masks = RandomMasks(20, (12, 15), (3, 3), np.random.RandomState(3)).full_size(0, 20)
    # MATLAB's product of truth values and doubles is double.
    made = np.dtype(float) if dtype.kind == "b" else dtype
    assert all(each.dtype == made for each in seen)
    assert np.array_equal(seen[0], image)
    for each, mask in zip(seen[1:], masks, strict=True):
        assert np.array_equal(each, to_class(image * mask[:, :, np.newaxis], made))


def test_a_detector_may_change_what_it_is_given():
    def destructive(batch):
        found = disc_detector(batch)
        batch[:] = 0
        return found

    image, _ = scene(np.random.RandomState(1), (48, 40), 1)
    before = image.copy()
    maps = drise(destructive, image, NumSamples=16, Rng=0)
    assert np.array_equal(image, before)
    assert np.array_equal(maps, drise(disc_detector, image, NumSamples=16, Rng=0))


@pytest.mark.tier("chosen", "Without `Rng`, the numbers come from the stream that `rng` controls")
def test_numbers_come_from_the_stream_that_rng_controls():
    image, _ = scene(np.random.RandomState(1), (48, 40), 1)
    rng(4)
    drawn = drise(disc_detector, image, NumSamples=16)
    assert not np.array_equal(drawn, drise(disc_detector, image, NumSamples=16))
    assert np.array_equal(drawn, drise(disc_detector, image, NumSamples=16, Rng=4))


# What comes out


TWO = constant([[1, 1, 4, 4], [5, 3, 6, 2]], [[0.1, 0.8], [0.6, 0.4]], [0.9, 0.3])
I = np.ones((10, 12, 3), np.uint8)  # noqa: E741
SMALL, _ = scene(np.random.RandomState(1), (48, 40), 1)


@pytest.mark.tier(
    "documented",
    "Without boxes, each detection in I is explained by a map `scoreMap(:,:,i)`; boxes, "
    "scores and labels come with them",
)
def test_outputs_for_what_the_detector_finds():
    maps, boxes, scores, labels = drise(TWO, I, NumSamples=4, nargout=4)
    assert maps.shape == (10, 12, 2)
    assert maps.dtype == float
    assert boxes.tolist() == [[1, 1, 4, 4], [5, 3, 6, 2]]
    assert scores.tolist() == [0.9, 0.3]
    assert labels.tolist() == [2, 1]
    # A detector that always finds the same relies on nothing, to the last bit.
    assert (maps == 0).all()


@pytest.mark.tier(
    "chosen",
    "For given boxes the score is that of the detection in I most like each, or 0; a box "
    "that no masked image shows has a map of 0 and a warning",
)
def test_outputs_for_given_boxes():
    boxes_in = [[5, 3, 6, 3], [1, 1, 3, 4], [8, 8, 2, 2]]
    with pytest.warns(UserWarning, match=r"is like target \[3\] .*its map is 0"):
        maps, boxes, scores, labels = drise(TWO, I, boxes_in, 1, NumSamples=4, nargout=4)
    assert maps.shape == (10, 12, 3)
    assert boxes.tolist() == boxes_in
    assert scores.tolist() == [0.3, 0.9, 0]
    assert labels.tolist() == [1, 1, 1]
    one = drise(TWO, I, boxes_in[0], NumSamples=4, nargout=4)
    assert one[0].shape == (10, 12)
    assert one[1].tolist() == boxes_in[:1]
    assert one[3].size == 0


def test_the_label_says_which_of_two_objects_in_one_box_is_meant():
    image, discs = scene(np.random.RandomState(3), (64, 80), 2)
    assert [colour for _, colour in discs] == [2, 0]
    everywhere = [1, 1, 80, 64]
    for disc, colour in discs:
        scores = drise(disc_detector, image, everywhere, colour + 1, NumSamples=512, Rng=0)
        assert disc.flat[scores.argmax()]


@pytest.mark.tier(
    "documented",
    "A label may be given to a detector without class probabilities, and does not count there",
)
def test_a_label_is_taken_for_a_detector_without_class_probabilities():
    # As MathWorks' example for imported networks calls it: targetLabel = 1, classProb = [].
    detector = constant(np.array([[2.0, 2, 4, 4]]), [], np.array([[0.7]]))
    maps, _, scores, labels = drise(
        detector, I, np.array([[2, 2, 4, 4]]), 1, NumSamples=3, nargout=4
    )
    assert maps.shape == (10, 12)
    assert scores.tolist() == [0.7]
    assert labels.tolist() == [1]
    assert drise(detector, I, NumSamples=3, nargout=4)[3].shape == (0,)


@pytest.mark.tier(
    "chosen",
    "Where nothing is detected in I, outputs are empty (H×W×0), with a warning",
)
@pytest.mark.parametrize(
    "nothing", [(None, None, None), ([], [], []), (np.zeros((0, 4)), None, [])]
)
def test_nothing_found_gives_empty_outputs_and_a_warning(nothing):
    with pytest.warns(UserWarning, match="drise: The detector found nothing in I") as caught:
        maps, boxes, scores, labels = drise(constant(*nothing), I, nargout=4)
    assert caught[0].filename == __file__
    assert maps.shape == (10, 12, 0)
    assert boxes.shape == (0, 4)
    assert scores.shape == labels.shape == (0,)


@pytest.mark.tier(
    "chosen",
    "Detections in I below `Threshold` are not explained; detections in masked images all count",
)
def test_the_threshold_says_which_detections_are_explained():
    maps, boxes, scores, labels = drise(TWO, I, Threshold=0.5, NumSamples=2, nargout=4)
    assert maps.shape == (10, 12)
    assert (boxes.tolist(), scores.tolist(), labels.tolist()) == ([[1, 1, 4, 4]], [0.9], [2])
    with pytest.warns(UserWarning, match="found nothing"):
        assert drise(TWO, I, Threshold=0.95).shape == (10, 12, 0)


def test_one_detection_can_be_a_row():
    """In MATLAB a vector of four is 1×4; so are one box and the probabilities of it here."""

    def scored(image):
        return 0.5 + image[2:6, 2:6].mean() / 10

    I = np.random.RandomState(0).rand(10, 10, 3).astype(np.float32)  # noqa: E741
    row = one_by_one(lambda image: (np.array([2, 2, 4, 4]), [0.3, 0.7], scored(image)))
    matrix = one_by_one(lambda image: ([[2, 2, 4, 4]], [[0.3, 0.7]], [scored(image)]))
    maps = [drise(detector, I, NumSamples=40, Rng=0) for detector in (row, matrix)]
    assert np.array_equal(*maps)
    assert np.ptp(maps[0]) > 0
    number = one_by_one(lambda image: ([[2, 2, 4, 4]], 1, scored(image)))
    assert np.ptp(drise(number, I, NumSamples=40, Rng=0)) > 0


@pytest.mark.tier(
    "chosen",
    "Defaults: NumSamples 2048, MiniBatchSize 8, Verbose false, a grid of 16×16 cells as in the "
    "paper",
)
def test_defaults():
    options = inspect.signature(drise).parameters
    defaults = {"NumSamples": 2048, "MiniBatchSize": 8, "Verbose": False, "GridSize": 16}
    assert {name: options[name].default for name in defaults} == defaults
    sizes = []
    drise(TWO, I, Progress=lambda *done: sizes.append(done), Rng=0)
    assert sizes[0] == (8, 2048)
    assert np.array_equal(
        drise(disc_detector, SMALL, NumSamples=20, Rng=0),
        drise(disc_detector, SMALL, NumSamples=20, Rng=0, GridSize=[16, 16], Threshold=0),
    )


@pytest.mark.tier("documented", "The options are called as in MathWorks' example")
def test_name_value_pairs_as_in_mathworks_example(capsys):
    maps = drise(TWO, I, "NumSamples", 512, "MiniBatchSize", 8, "Verbose", True)
    assert maps.shape == (10, 12, 2)
    assert "drise" in capsys.readouterr().err
    drise(TWO, I, "NumSamples", 8)
    assert capsys.readouterr() == ("", "")


def test_a_callback_hears_of_every_batch():
    calls = []
    drise(TWO, I, NumSamples=20, Progress=lambda *done: calls.append(done))
    assert calls == [(8, 20), (16, 20), (20, 20)]


# Bad input


BOX = [[1, 1, 3, 3]]


@pytest.mark.parametrize(
    ("outputs", "says"),
    [
        (np.zeros((2, 4)), "must return three outputs .*but returned a 2×4 float64 array"),
        ((BOX, [0.5]), "must return three outputs .*but returned a tuple of 2"),
        (None, "must return three outputs .*but returned None"),
        (([1, 1, 3], None, [0.5]), r"boundingBox must be M×4, a row \[x y w h\] .*, but is 3"),
        (([BOX], None, [[0.5]]), "boundingBox must be M×4.*is 1×1×4"),
        (([[1, 1, 3]], None, [0.5]), "boundingBox must be M×4.*is 1×3"),
        (([[1, 1, 0, 3]], None, [0.5]), r"positive width and height, but holds \[1., 1., 0., 3.\]"),
        (([[1, 1, 3, -2]], None, [0.5]), "positive width and height"),
        (([[1, np.nan, 3, 3]], None, [0.5]), "boundingBox must hold finite numbers, but holds nan"),
        (("box", None, [0.5]), "boundingBox must be a numeric array, but is 'box'"),
        ((BOX, None, [np.nan]), "objectness must hold finite numbers, but holds nan"),
        ((BOX, None, [-1.5]), "objectness must hold no negative.*holds -1.5. Give probabilities"),
        ((BOX, None, [0.5, 0.6]), "objectness must have a score for each of the 1 boxes, but is 2"),
        ((BOX, None, None), "objectness must have a score for each of the 1 boxes, but is 0"),
        (([], None, [0.5]), "objectness must have a score for each of the 0 boxes, but is 1"),
        (
            (BOX * 4, None, np.ones((2, 2))),
            "objectness must have a score for each of the 4.*is 2×2",
        ),
        (
            (BOX * 2, [0.5, 0.5], [0.5, 0.5]),
            "classProb must have a row .* for each of the 2 boxes, but is 2",
        ),
        ((BOX, [[0.5], [0.5]], [0.5]), "classProb must have a row .*is 2×1"),
        ((BOX, [[0.5, np.inf]], [0.5]), "classProb must hold finite numbers, but holds inf"),
        ((BOX, [[2.0, -3.0]], [0.5]), "classProb must hold no negative numbers, but holds -3"),
    ],
)
def test_detectors_that_break_the_contract_for_one_image(outputs, says):
    with pytest.raises(ValueError, match=says) as caught:
        drise(lambda batch: outputs, I)
    assert "and returns (boundingBox, classProb, objectness)" in str(caught.value)


@pytest.mark.parametrize(
    ("outputs", "says"),
    [
        ((BOX, None, [0.5]), "return boundingBox as a list of 3, one for each.*a list of 1"),
        (([BOX] * 3, None, [0.5]), "return objectness as a list of 3, .*returned a list of 1"),
        (([BOX] * 3, [None] * 2, [[0.5]] * 3), "return classProb as a list of 3.*a list of 2"),
        (([BOX] * 3, None, 0.5), "return objectness as a list of 3.*returned 0.5"),
        (([BOX, BOX, [[1, 1, 0, 1]]], None, [[0.5]] * 3), r"boundingBox\[2\] must hold boxes"),
        (
            ([BOX, [], BOX], None, [[0.5]] * 3),
            r"objectness\[1\] must have a score for each of the 0",
        ),
        (
            ([BOX] * 3, [[[0.5]]] * 3, [[0.5]] * 3),
            r"the same classes apart, but classProb\[0\] has 1",
        ),
    ],
)
def test_detectors_that_break_the_contract_for_a_batch(outputs, says):
    def detector(batch):
        return (BOX, None, [0.5]) if batch.ndim == 3 else outputs

    with pytest.raises(ValueError, match=says) as caught:
        drise(detector, I, NumSamples=3)
    assert "for N images a list of N such arrays" in str(caught.value)


def test_errors_of_the_detector_itself_come_through():
    def broken(batch):
        raise KeyError("weights")

    with pytest.raises(KeyError, match="weights"):
        drise(broken, I)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((np.ones((4, 4, 3, 2)),), "I must be one image, H×W×C or H×W, but is 4×4×3×2"),
        ((np.ones((0, 4)),), "I must be one image.*is 0×4"),
        ((np.full((4, 4), np.nan),), "I must hold finite values"),
        ((I, [1, 2, 3]), "bboxIn must be M×4.*is 1×3"),
        ((I, [[1, 2, 3, 0]]), "bboxIn must hold boxes .* of positive width and height"),
        ((I, [[1, 2, np.inf, 3]]), "bboxIn must hold finite numbers, but holds inf"),
        ((I, []), "bboxIn must hold a box at least, but is empty. Leave it out"),
        ((I, None, 1), "labelIn needs bboxIn"),
        ((I, BOX, 0), "labelIn must hold positive integers, but holds 0.*counted from 1"),
        ((I, BOX, 1.5), "labelIn must hold positive integers, but holds 1.5"),
        ((I, BOX, [1, 2]), "labelIn must be one class, or one for each of the 1 boxes"),
        ((I, BOX * 4, np.ones((2, 2))), "labelIn must be one class, or one for each of the 4"),
        ((I, BOX, 3), "labelIn must hold integers from 1 to 2, the number of columns.*holds 3"),
    ],
)
def test_bad_arguments(arguments, says):
    with pytest.raises(ValueError, match=says):
        drise(TWO, *arguments)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("yolov2", I), "detector must be a function.*'yolov2'.*write a function"),
        ((TWO, "cat.png"), "I must be a numeric array, but is 'cat.png'"),
        ((TWO, I, "box"), "bboxIn must be a numeric array, but is 'box'"),
        ((TWO, I, BOX, "car"), "labelIn must be a numeric array, but is 'car'"),
        ((TWO, I, BOX, True), "labelIn must be class indices, but is True"),
    ],
)
def test_arguments_of_wrong_kinds(arguments, says):
    with pytest.raises(TypeError, match=says):
        drise(*arguments)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"NumSamples": 0}, "NumSamples must be a positive integer"),
        ({"MiniBatchSize": 2.5}, "MiniBatchSize must be a positive integer"),
        ({"GridSize": [4, 0]}, "GridSize must be a positive integer"),
        ({"GridSize": [4, 4, 4]}, "GridSize must have 1 or 2 elements"),
        ({"Threshold": np.nan}, "Threshold must be finite"),
        ({"Verbose": "maybe"}, 'Verbose must be "on" or "off"'),
        ({"Rng": -1}, "Rng must be a seed"),
    ],
)
def test_bad_options(options, says):
    with pytest.raises(ValueError, match=says):
        drise(TWO, I, **options)
