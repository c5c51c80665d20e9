"""occlusionSensitivity against scoring every masked image whole, and against Captum's Occlusion."""

import numpy as np

import matxai

from .measuring import Row, Target, best_batch, rounds_of, seconds_of

TABLE = "occlusion"
MASKS = ((45, 22), (15, 10), (32, 8))
DEFAULTS = {"googlenet": Target(1.6), "squeezenet1_1": Target(2), "vgg16": Target(3)}
DENSE = {"googlenet": Target(1.8), "squeezenet1_1": Target(2.5), "vgg16": Target(4.5)}
CAPTUM = {"squeezenet1_1": Target(8), "googlenet": Target(6)}
# Whole passes are measured on no more masks.
MOST_WHOLE = {"resnet50": 64, "vgg16": 16}


def rows(subject, given):
    engine = subject.net.engine("cpu")
    batch = best_batch(engine, subject.image)
    if "captum" in given.rows:
        mask, stride = MASKS[0]
        # Its time is linear in the masks; of large networks fewer are measured.
        stride = mask if subject.name in MOST_WHOLE else stride
        captum, masks_of_captum = captum_occlusion(subject, mask, stride)
    for mask, stride in MASKS:
        boxes = boxes_of(mask, stride)
        most = min(MOST_WHOLE.get(subject.name, 128), len(boxes))
        few = [boxes[i] for i in np.linspace(0, len(boxes) - 1, most).astype(int)]
        contestants = {
            "whole": (whole_passes(engine, subject.image, few, batch), len(boxes) / most),
            "ours": (
                lambda mask=mask, stride=stride: matxai.occlusionSensitivity(
                    subject.net, subject.X, subject.channel, MaskSize=mask, Stride=stride
                ),
                1,
            ),
        }
        if "captum" in given.rows:
            contestants["captum"] = captum, len(boxes) / masks_of_captum
        first = seconds_of(contestants["ours"][0])
        times = rounds_of(contestants, given.rounds)
        where, name = f"{mask}, {stride}", subject.name
        target = (DEFAULTS if mask == 45 else DENSE).get(name)
        ratios = times["whole"] / times["ours"]
        yield Row(TABLE, f"whole passes / occlusionSensitivity, {where}", name, ratios, target)
        first = np.array([np.median(times["whole"]) / first])
        yield Row(TABLE, f"the same, first call, {where}", name, first)
        if "captum" in times:
            ratios = times["captum"] / times["ours"]
            what = f"Captum Occlusion / occlusionSensitivity, {where}"
            yield Row(TABLE, what, name, ratios, CAPTUM.get(name))


def boxes_of(mask, stride, size=224):
    starts = [centre - mask // 2 for centre in range(0, size, stride)]
    spans = [slice(max(0, s), min(size, s + mask)) for s in starts]
    return [(rows, cols) for rows in spans for cols in spans]


def whole_passes(engine, image, boxes, size):
    """Return what scores masked images whole, in a batch that is used again and again."""
    value = image.mean(axis=(1, 2), keepdims=True)
    batch = np.empty((size, *image.shape), np.float32)

    def run():
        for i in range(0, len(boxes), size):
            part = batch[: len(boxes[i : i + size])]
            part[:] = image
            for altered, (rows, cols) in zip(part, boxes[i:], strict=False):
                altered[:, rows, cols] = value
            engine(part)

    return run


def captum_occlusion(subject, mask, stride):
    """Return Captum's Occlusion at its fastest batch size, and its number of masks.

    Its masks begin in the image's corner and end with the image; MATLAB's are cut at the edges.
    So there are fewer of them, and time is counted by the mask.
    """
    import torch
    from captum.attr import Occlusion

    image = torch.from_numpy(subject.image[np.newaxis])
    explainer = Occlusion(subject.module)
    baselines = image.mean(dim=(2, 3), keepdim=True).expand_as(image)

    def run(batch, stride=stride):
        with torch.inference_mode():
            explainer.attribute(
                image, sliding_window_shapes=(3, mask, mask), strides=(3, stride, stride),
                baselines=baselines, target=subject.channel - 1, perturbations_per_eval=batch,
            )  # fmt: skip

    run(4, mask)
    best = min((2, 4, 8, 16), key=lambda batch: seconds_of(lambda: run(batch, mask)))
    along = -(-(224 - mask) // stride) + 1
    return lambda: run(best), along * along
