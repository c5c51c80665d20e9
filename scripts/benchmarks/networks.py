"""Networks by topology, with an image: torchvision's with random weights, and the demo network."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import skimage.data

import matxai

DEMO = "efficientnet-lite0"
NETWORKS = ("squeezenet1_1", "googlenet", "resnet50", "mobilenet_v2", "vgg16", DEMO)
# How many images are scored, of the number that is asked for: the cost is linear, and the larger
# networks would take an hour.
PART = {"squeezenet1_1": 1, "googlenet": 2, "mobilenet_v2": 2, DEMO: 4, "resnet50": 8, "vgg16": 32}


@dataclass
class Subject:
    """A network and what is asked about.

    Attributes
    ----------
    name : str
        torchvision's name of it, or the demo network's.
    net : Network
        It, as matxai has it.
    X : array, H×W×C
        An image.
    channel : int
        The channel of the highest score, from 1 on.
    """

    name: str
    net: object
    X: np.ndarray
    channel: int

    @cached_property
    def image(self):
        """The image as engines take it, C×H×W."""
        return np.ascontiguousarray(self.X.transpose(2, 0, 1), np.float32)

    @cached_property
    def module(self):
        """The network in eager torch."""
        if self.name == DEMO:
            from matxai.nets.efficientnet import efficientnet_lite0, load_weights
            from matxai.nets.torch_module import TorchModule

            return TorchModule(efficientnet_lite0(load_weights())).module.requires_grad_(False)
        return torchvision_module(self.name).requires_grad_(False)

    def samples(self, asked):
        """Return how many synthetic images are scored."""
        return max(asked // PART[self.name], 16)

    def peer_samples(self, asked):
        """Return how many a peer scores."""
        return max(min(self.samples(asked) // 4, 128), 16)


def torchvision_module(name):
    import torch
    import torchvision

    torch.manual_seed(0)
    more = {"aux_logits": False, "init_weights": False} if name == "googlenet" else {}
    module = getattr(torchvision.models, name)(weights=None, **more).eval()
    if name == "googlenet":
        # Of torchvision's own random weights nothing comes through to the scores.
        for part in module.modules():
            if isinstance(part, torch.nn.Conv2d):
                torch.nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
    return module


def subject(name):
    X = np.asarray(matxai.imresize(skimage.data.chelsea(), [224, 224]), np.float32)
    if name == DEMO:
        net = matxai.imagePretrainedNetwork(name)
    else:
        net = matxai.fromTorch(torchvision_module(name), [224, 224, 3])
        X = (X - 118) / 58
    return Subject(name, net, X, int(matxai.predict(net, X).argmax()) + 1)
