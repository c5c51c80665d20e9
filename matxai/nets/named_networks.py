"""Pretrained networks by functions of their names, as older MATLAB scripts have them."""

from __future__ import annotations

from collections.abc import Callable

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.nets.flavours import DAGNetwork
from matxai.nets.pretrained import imagePretrainedNetwork

__all__ = [
    "alexnet",
    "darknet19",
    "darknet53",
    "densenet201",
    "efficientnetb0",
    "googlenet",
    "inceptionresnetv2",
    "inceptionv3",
    "mobilenetv2",
    "nasnetlarge",
    "nasnetmobile",
    "resnet18",
    "resnet50",
    "resnet101",
    "shufflenet",
    "squeezenet",
    "vgg16",
    "vgg19",
    "xception",
]

_DOC = """Load {name}, as MATLAB's older function of that name does.

    Parameters
    ----------
    Weights : {{{choices}}}
        What the network was trained with.

    Returns
    -------
    DAGNetwork
        The network, with the names of its classes.

    Raises
    ------
    PretrainedNetworkError
        If the files of the network are not there; it says how to write them in MATLAB. It is a
        ValueError.

    See Also
    --------
    imagePretrainedNetwork : Says where ``{name}.onnx`` and ``{name}.txt`` are looked for.

    Notes
    -----
    matxai has no weights of MATLAB's networks. Here the network is a DAGNetwork always, where
    MATLAB makes a SeriesNetwork of some; both take the same calls.
    """


def _loader(name: str, *weights: str) -> Callable[..., DAGNetwork]:
    def load(*, Weights: str = "imagenet") -> DAGNetwork:
        file = name if Weights == "imagenet" else f"{name}-{Weights}"
        net, classes = imagePretrainedNetwork(file, nargout=2)
        return DAGNetwork(net._model, net._fixed_batch, net._custom, Classes=classes)

    load.__name__ = load.__qualname__ = name
    choices = ", ".join(f'"{choice}"' for choice in ("imagenet", *weights))
    load.__doc__ = _DOC.format(name=name, choices=choices)
    return matlab_function("net", accepts={"Weights": one_of("imagenet", *weights)})(load)


alexnet = _loader("alexnet")
darknet19 = _loader("darknet19")
darknet53 = _loader("darknet53")
densenet201 = _loader("densenet201")
efficientnetb0 = _loader("efficientnetb0")
googlenet = _loader("googlenet", "places365")
inceptionresnetv2 = _loader("inceptionresnetv2")
inceptionv3 = _loader("inceptionv3")
mobilenetv2 = _loader("mobilenetv2")
nasnetlarge = _loader("nasnetlarge")
nasnetmobile = _loader("nasnetmobile")
resnet18 = _loader("resnet18")
resnet50 = _loader("resnet50")
resnet101 = _loader("resnet101")
shufflenet = _loader("shufflenet")
squeezenet = _loader("squeezenet")
vgg16 = _loader("vgg16")
vgg19 = _loader("vgg19")
xception = _loader("xception")
