"""Measure occlusionSensitivity against scoring every masked image whole, network by network.

    python scripts/occlusion_benchmark.py            prints the table
    python scripts/occlusion_benchmark.py --write    and rewrites it in docs/performance.md

Networks are torchvision's with random weights, by topology, and the demo network. Only ratios are
worth reading: in each round both run one after the other. Whole passes are timed on at most 128
masks, and the time is scaled to the number of masks.
"""

import argparse
import os
import platform
import time
from importlib.metadata import version

import numpy as np
import skimage.data
from benchmark import PAGE

import matxai

BEGIN, END = "<!-- occlusion: begin -->", "<!-- occlusion: end -->"
NETWORKS = ("squeezenet1_1", "googlenet", "resnet50", "mobilenet_v2", "vgg16")
MASKS = ((45, 22), (15, 10), (32, 8))


def network(name):
    if name == "efficientnet-lite0":
        return matxai.imagePretrainedNetwork(name)
    import torch
    import torchvision

    torch.manual_seed(0)
    more = {"aux_logits": False, "init_weights": True} if name == "googlenet" else {}
    module = getattr(torchvision.models, name)(weights=None, **more).eval()
    return matxai.fromTorch(module, [224, 224, 3])


def whole_passes(net, X, mask, stride):
    """Score masked images whole, and return the seconds that all would take, and the scores."""
    engine = net.engine("cpu")
    image = np.ascontiguousarray(X.transpose(2, 0, 1), np.float32)
    value = image.mean(axis=(1, 2), keepdims=True)
    spans = [slice(max(0, c - mask // 2), c - mask // 2 + mask) for c in range(0, 224, stride)]
    boxes = [(rows, cols) for rows in spans for cols in spans]
    few = [boxes[i] for i in np.linspace(0, len(boxes) - 1, min(128, len(boxes))).astype(int)]
    batch = np.empty((engine.batch_size, *image.shape), np.float32)
    start = time.perf_counter()
    for i in range(0, len(few), len(batch)):
        part = batch[: len(few[i : i + len(batch)])]
        part[:] = image
        for altered, (rows, cols) in zip(part, few[i:], strict=False):
            altered[:, rows, cols] = value
        engine(part)
    return (time.perf_counter() - start) / len(few) * len(boxes)


def measured(name, rounds):
    """Time a network: for each kind of masks the ratios, and the first call's."""
    net = network(name)
    X = np.asarray(matxai.imresize(skimage.data.chelsea(), [224, 224]), np.float32)
    X = X if name == "efficientnet-lite0" else (X - 118) / 58
    channel = int(matxai.predict(net, X).argmax()) + 1
    rows = []
    for mask, stride in MASKS:
        ratios = []
        for _ in range(rounds + 1):
            whole = whole_passes(net, X, mask, stride)
            start = time.perf_counter()
            matxai.occlusionSensitivity(net, X, channel, MaskSize=mask, Stride=stride)
            ratios.append(whole / (time.perf_counter() - start))
        rows.append((name, mask, stride, ratios[0], np.array(ratios[1:]), whole))
        print(rows[-1], flush=True)
    return rows


def table(results):
    lines = [
        "| network | mask, stride | whole passes / occlusionSensitivity | lowest to highest | "
        "first call |",
        "|---|---|---|---|---|",
    ]
    for name, mask, stride, first, ratios, _ in results:
        lines.append(
            f"| {name} | {mask}, {stride} | {np.median(ratios):.2f} | "
            f"{ratios.min():.2f} to {ratios.max():.2f} | {first:.2f} |"
        )
    return "\n".join(
        [*lines, "", f"224×224, onnxruntime {version('onnxruntime')} ({platform.machine()}, "
         f"{os.cpu_count()} cores)."]
    )  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="rewrite docs/performance.md")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--networks", nargs="*", default=[*NETWORKS, "efficientnet-lite0"])
    given = parser.parse_args()
    text = table([row for name in given.networks for row in measured(name, given.rounds)])
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
