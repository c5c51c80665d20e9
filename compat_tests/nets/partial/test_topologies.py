"""Windows give what whole passes give, for networks that people have: the largest difference."""

import numpy as np
import pytest
import skimage.data
import skimage.transform

from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.network import dlnetwork
from matxai.nets.partial.local_changes import LocalChanges, RectangleChanges
from matxai.nets.partial.planning import Planner
from matxai.nets.partial.rectangles import Rectangles

DEMO = "efficientnet-lite0"
# Random masks of each; whole passes of the larger networks take long.
MASKS = {
    "squeezenet1_1": 500, "googlenet": 500, "resnet50": 300, "mobilenet_v2": 500, "vgg16": 120,
    DEMO: 500,
}  # fmt: skip
SIZE = (3, 224, 224)


def network(name):
    import matxai

    if name == DEMO:
        return matxai.imagePretrainedNetwork(DEMO)
    # The networks that are measured are those that are tested.
    from benchmarks.networks import torchvision_module

    return matxai.fromTorch(torchvision_module(name), [224, 224, 3])


def random_masks(count, random):
    """Rectangles of 1 to 64 pixels, some cut by the image's edges."""
    boxes = []
    for _ in range(count):
        sizes = random.integers(1, 65, 2)
        corners = random.integers(1 - sizes, 224)
        boxes.append(tuple(
            slice(max(0, int(c)), min(224, int(c + s))) for c, s in zip(corners, sizes, strict=True)
        ))  # fmt: skip
    return boxes


def whole_passes(net, change):
    engine: OnnxRuntimeEngine = net.engine("cpu")
    scores = []
    for rows, cols in change.boxes:
        image = change.image.copy()
        image[:, rows, cols] = change.filled[:, rows, cols]
        scores.append(engine(image[np.newaxis])[0][0])
    return np.stack(scores)


def in_windows(net: dlnetwork, change):
    layer = net.OutputNames[0]
    trail = net._cut_parts.trail(net._tensor_of[layer], SIZE)
    plan = Planner(trail, Rectangles(change.boxes)).best()
    assert plan is not None
    assert any(group.stages for group in plan.groups)
    local = LocalChanges(net._cut_parts, net._tensor_of[layer], plan, change, 128)
    numbers, scores = (np.concatenate(part) for part in zip(*local.batches(), strict=True))
    return scores[np.argsort(numbers)]


@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "… and for six networks of people's, random masks, within 1e-6 of the range of the scores",
)
@pytest.mark.parametrize("name", MASKS)
def test_windows_of_a_whole_network_give_what_whole_passes_give(name, record_property):
    net = network(name)
    random = np.random.default_rng(0)
    photo = skimage.transform.resize(skimage.data.chelsea(), SIZE[1:]).transpose(2, 0, 1)
    scale = 255 if name == DEMO else 1
    image, filled = (scale * np.stack([photo, random.random(SIZE)])).astype(np.float32)
    change = RectangleChanges(image, filled, random_masks(MASKS[name], random))
    expected, found = whole_passes(net, change), in_windows(net, change)
    off = np.abs(found - expected).max() / np.ptp(expected)
    record_property("largest difference, as a part of the range of scores", float(off))
    assert np.ptp(expected, axis=0).max() > 0  # masks make a difference
    assert off <= 1e-6, f"{name}: {off:.2g}"
