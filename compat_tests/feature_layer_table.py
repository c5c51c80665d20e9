"""The layers that gradCAM chooses by itself, of networks whose architecture is known."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx

from matxai import dlnetwork, imagePretrainedNetwork, importNetworkFromONNX
from matxai.explain.feature_layers import automatic_feature_layer, automatic_reduction_layer

# Networks of images among the files that MATLAB wrote, and what the layer found is.
FROM_MATLAB = {
    "ccn_icub_objects": "the last ReLU",
    "flir_gray": "the last ReLU",
    "gazescan_149k": "the last ReLU",
    "gazescan_523k": "the last ReLU",
    "gazescan_prev": "the last ReLU",
    "nisitka_segnet": "the last ReLU, of the decoder",
    "reciclaria": "the last ReLU",
    "squeezenet_newhacks": "the last ReLU, relu_conv10 in MATLAB",
}
# Architectures that come with the package onnx, without names.
SHIPPED = {
    "light_bvlc_alexnet": "the 5th ReLU, relu5 in MATLAB",
    "light_densenet121": "the last ReLU",
    "light_inception_v1": "the last concatenation, inception_5b-output in MATLAB",
    "light_inception_v2": "the last concatenation",
    "light_resnet50": "the last ReLU, after the last addition",
    "light_shufflenet": "the last ReLU, after the last addition",
    "light_squeezenet": "the 26th ReLU, relu_conv10 in MATLAB",
    "light_vgg19": "the 16th ReLU, relu5_4 in MATLAB",
    "light_zfnet512": "the 5th ReLU",
}
FOLDER_OF_ONNX = Path(onnx.__file__).parent / "backend" / "test" / "data" / "light"


class Row(NamedTuple):
    """What is chosen for one network."""

    network: str
    feature: str
    kind: str
    size: str
    reduction: str
    meaning: str


def row(name, net, meaning):
    """Choose the layers of a network."""
    height, width, channels = net.image_input().InputSize
    image = np.zeros((1, channels, height, width), np.float32)
    reduction = automatic_reduction_layer(net)
    feature = automatic_feature_layer(net, reduction, image)
    kind = next(layer.Class for layer in net.Layers if layer.Name == feature)
    size = "×".join(map(str, net.activation_size(feature)))
    return Row(name, feature, kind.rpartition(".")[2], size, reduction, meaning)


def demo_row():
    net = imagePretrainedNetwork("efficientnet-lite0")
    return row("efficientnet-lite0", net, "the last ReLU, of the head")


def row_from_matlab(file):
    return row(file.stem, importNetworkFromONNX(file), FROM_MATLAB[file.stem])


def shipped_row(name):
    """Choose from the graph alone: to score these networks takes longer than to read them."""
    net = dlnetwork(onnx.load(FOLDER_OF_ONNX / f"{name}.onnx"))
    return row(name, net, SHIPPED[name])


def all_rows(folder):
    """Choose for every network, those that MATLAB wrote being in a folder."""
    rows = [demo_row()]
    rows += [row_from_matlab(folder / f"{name}.onnx") for name in FROM_MATLAB]
    return rows + [shipped_row(name) for name in SHIPPED]


def table(rows):
    """Lay rows out as a Markdown table."""
    head = ["network", "feature layer", "class", "size", "reduction layer", "what it is"]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


BEGIN, END = "<!-- feature layers: begin -->", "<!-- feature layers: end -->"


def read_table(page):
    """Read the table in a page: {network: row}."""
    lines = page.partition(BEGIN)[2].partition(END)[0].strip().splitlines()
    rows = [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines[2:]]
    return {row.network: row for row in rows}


def with_table(page, rows):
    """Put a table into a page, in place of its own."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(rows)}\n{END}{after}"
