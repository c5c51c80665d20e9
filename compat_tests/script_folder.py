"""What the scripts of compat_tests/port/scripts read: images, networks, results."""

from pathlib import Path

import mat_networks as mat
import numpy as np
import onnx
import pandas as pd
import skimage.data
import skimage.transform
import tiny_networks as tiny

from matxai import imwrite, save

__all__ = ["CLASSES", "PIXELS", "fill", "named_network"]

CLASSES = ["espresso", "Egyptian cat", "space shuttle", "golden retriever", "teapot"]
PIXELS = ["light", "dark", "red"]


def named_network(folder, name, seed):
    """Write a small network and its classes, where imagePretrainedNetwork looks for a name."""
    onnx.save(_model(name, seed), Path(folder, f"{name}.onnx"))
    Path(folder, f"{name}.txt").write_text("\n".join(CLASSES) + "\n")


def _model(name, seed):
    """Make a network of two convolutions; the one for googlenet has its layers' names."""
    first, relu, last = ("conv_1", "relu_1", "relu_2")
    if name == "googlenet":
        first, relu, last = ("conv1", "conv2-relu_3x3", "inception_5b-output")
    random = np.random.RandomState(seed)
    weights = {
        "mean": np.full((1, 3, 1, 1), 127.0),
        "W1": random.randn(8, 3, 3, 3) / 60,
        "b1": random.randn(8) / 10,
        "W2": random.randn(6, 8, 3, 3) / 5,
        "b2": random.randn(6) / 10,
        "W3": random.randn(len(CLASSES), 6),
        "b3": random.randn(len(CLASSES)),
    }
    nodes = [
        tiny.node("Sub", ["data", "mean"], "data_Sub"),
        tiny.node("Conv", ["data_Sub", "W1", "b1"], first, pads=[1, 1, 1, 1]),
        tiny.node("Relu", [first], relu),
        tiny.node("Conv", [relu, "W2", "b2"], "conv_2", pads=[1, 1, 1, 1], strides=[2, 2]),
        tiny.node("Relu", ["conv_2"], last),
        tiny.node("GlobalAveragePool", [last], "pool"),
        tiny.node("Flatten", ["pool"], "flatten"),
        tiny.node("Gemm", ["flatten", "W3", "b3"], "fc", transB=1),
        tiny.node("Softmax", ["fc"], "prob", axis=1),
    ]
    sizes = {"data": ["BatchSize", 3, 32, 32]}, {"prob": ["BatchSize", len(CLASSES)]}
    return tiny.model(nodes, weights, *sizes)


def fill(folder):
    """Write images, a network in an ONNX and in a .mat file, and results into a folder."""
    folder = Path(folder)
    photos = {
        "cup": skimage.data.coffee()[60:360, 120:520],
        "cat": skimage.data.chelsea(),
        "shuttle": skimage.data.rocket(),
    }
    for name in ("cup", "cat"):
        imwrite(_small(photos[name], (48, 64)), folder / f"{name}.png")
    imwrite(skimage.data.coffee(), folder / "cup_large.png")
    for name, photo in photos.items():
        (folder / "photos" / name).mkdir(parents=True)
        for k in range(3):
            part = photo[10 * k :, 10 * k :]
            imwrite(_small(part, (40, 40)), folder / "photos" / name / f"{name}{k + 1}.png")
    tiny.save(_model("small", 9), folder / "small.onnx")
    _write_trained(folder / "trained.mat")
    _write_segmenter(folder / "segmenter.mat")
    y, x = np.mgrid[:12, :12]
    score_map = np.exp(-((x - 4) ** 2 + (y - 6) ** 2) / 18)
    scores = np.array([0.7, 0.15, 0.1, 0.04, 0.01])
    save(folder / "results.mat", {"scoreMap": score_map, "names": CLASSES, "scores": scores})


def _small(photo, size):
    small = skimage.transform.resize(photo, size, anti_aliasing=True)
    return np.uint8(np.round(255 * small))


def _write_trained(file):
    random = np.random.RandomState(3)
    layers = [
        mat.layer(
            "ImageInputLayer", Name="input", InputSize=[16, 16, 3], Normalization=np.zeros((0, 0))
        ),
        mat.layer(
            "Convolution2DLayer", Name="conv", FilterSize=[3, 3], NumChannels=3, NumFilters=4,
            Stride=[1, 1], DilationFactor=[1, 1], PaddingMode="manual", PaddingSize=[1, 1, 1, 1],
            PaddingValue=0, Weights=mat.learnable(random.randn(3, 3, 3, 4) / 100),
            Bias=mat.learnable(random.randn(1, 1, 4)),
        ),
        mat.layer("ReLULayer", Name="relu"),
        mat.layer(
            "FullyConnectedLayer", Name="fc", InputSize=1024, OutputSize=len(CLASSES),
            Weights=mat.learnable(random.randn(len(CLASSES), 1024) / 50),
            Bias=mat.learnable(random.randn(len(CLASSES), 1)),
        ),
        mat.layer("SoftmaxLayer", Name="soft", VectorFormat=True),
        mat.layer(
            "ClassificationOutputLayer", Name="out",
            Categories=pd.Categorical(CLASSES, categories=CLASSES),
        ),
    ]  # fmt: skip
    mat.write(file, {"net": mat.network(layers), "threshold": np.array([[0.5]])})


def _write_segmenter(file):
    """Write a network that tells pixels by how light and how red they are."""
    weights = np.array([[1, 1, 1], [-1, -1, -1], [2, -1, -1]]).T.reshape(1, 1, 3, 3) / 100
    layers = [
        mat.layer(
            "ImageInputLayer", Name="input", InputSize=[24, 32, 3], Normalization=np.zeros((0, 0))
        ),
        mat.layer(
            "Convolution2DLayer", Name="conv", FilterSize=[1, 1], NumChannels=3, NumFilters=3,
            Stride=[1, 1], DilationFactor=[1, 1], PaddingMode="manual", PaddingSize=[0, 0, 0, 0],
            PaddingValue=0, Weights=mat.learnable(weights),
            Bias=mat.learnable(np.reshape([-4.0, 4.0, 0.0], (1, 1, 3))),
        ),
        mat.layer("SoftmaxLayer", Name="soft", VectorFormat=False),
        mat.layer(
            "PixelClassificationLayer", Name="out",
            Categories=pd.Categorical(PIXELS, categories=PIXELS),
        ),
    ]  # fmt: skip
    mat.write(file, {"net": mat.network(layers)})
