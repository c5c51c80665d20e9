"""gradCAM against one forward and backward pass; deepDreamImage for many channels at once."""

import numpy as np

import matxai

from .measuring import Row, Target, rounds_of

TABLE = "gradients"
CHANNELS = list(range(1, 17))
# All sizes and few steps, for the calls' own work and the steps to weigh as they do in a call.
DREAM = {"NumIterations": 5, "Verbose": False, "Rng": 0}
# Sixteen calls of a large network take minutes.
DREAMS_OF = ("squeezenet1_1",)
PASSES = 5


def gradcam_rows(subject, given):
    times = rounds_of(
        {
            "ours": (
                lambda: [
                    matxai.gradCAM(subject.net, subject.X, subject.channel) for _ in range(PASSES)
                ],
                1,
            ),
            "torch": (lambda: [one_pass(subject) for _ in range(PASSES)], 1),
        },
        given.rounds,
    )
    what = "gradCAM / one forward and backward pass in torch"
    yield Row(TABLE, what, subject.name, times["ours"] / times["torch"], Target(1.2, at_most=True))


def one_pass(subject):
    """Differentiate the score with respect to the image; parameters have no gradients."""
    import torch

    image = torch.from_numpy(subject.image[np.newaxis]).requires_grad_()
    subject.module(image)[0, subject.channel - 1].backward()
    return image.grad


def deepdream_rows(subject, given):
    if subject.name not in DREAMS_OF:
        return
    convolutions = [x for x in subject.net.Layers if x.Class.endswith("Convolution2DLayer")]
    layer = convolutions[len(convolutions) // 2].Name
    times = rounds_of(
        {
            "one": (lambda: matxai.deepDreamImage(subject.net, layer, CHANNELS, **DREAM), 1),
            "many": (
                lambda: [matxai.deepDreamImage(subject.net, layer, c, **DREAM) for c in CHANNELS],
                1,
            ),
        },
        given.rounds,
    )
    ratios, target = times["one"] / times["many"], Target(0.8, at_most=True)
    yield Row(TABLE, "deepDreamImage, 16 channels / 16 calls", subject.name, ratios, target)
