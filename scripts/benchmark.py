"""Measure matxai against bare scoring and against its peers, side by side in one run.

    python scripts/benchmark.py            prints the table
    python scripts/benchmark.py --write    and rewrites it in docs/performance.md

Only ratios are worth reading: seconds are those of one machine at one time. Needs the extras demo
and test. Each figure is the median of several rounds; in each round all the contestants run one
after the other, so that a slow minute of the machine slows all of them.
"""

import argparse
import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import skimage.data

import matxai

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


def contestants(samples):
    net = matxai.imagePretrainedNetwork("efficientnet-lite0")
    X = matxai.imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    channel = int(matxai.predict(net, X).argmax()) + 1
    engine = net.engine("cpu")
    batch = np.ascontiguousarray(np.stack([X.transpose(2, 0, 1)] * engine.batch_size), np.float32)
    features = matxai.superpixels(X, 49)
    random = np.random.RandomState(0)
    presence = random.random_sample((samples, features.max())) < 0.5
    response = presence @ random.random_sample(features.max()) ** 4

    def bare():
        for _ in range(samples // len(batch)):
            engine(batch)

    def occlusion_by_hand():
        for _ in range(-(-23 * 23 // len(batch))):
            engine(batch)

    return {
        "bare ONNX Runtime": bare,
        "imageLIME": lambda: matxai.imageLIME(net, X, channel, NumSamples=samples, Rng=0),
        "captum Lime": captum_lime(X, features, channel, samples),
        "lime": peer_lime(net, X, features, samples),
        "superpixels": lambda: matxai.superpixels(X, 49),
        "fitrtree": lambda: matxai.fitrtree(presence, response),
        "bare ONNX Runtime, 529 masks": occlusion_by_hand,
        "occlusionSensitivity, 529 masks": lambda: matxai.occlusionSensitivity(
            net, X, channel, Stride=10, MaskSize=15
        ),
    }


def captum_lime(X, features, channel, samples):
    """Captum's Lime on the same network in torch, the same segments, at a batch of 8."""
    import torch
    from captum._utils.models.linear_model import SkLearnLasso
    from captum.attr import Lime

    from matxai.nets.efficientnet import efficientnet_lite0, load_weights
    from matxai.nets.torch_module import TorchModule

    module = TorchModule(efficientnet_lite0(load_weights())).module
    image = torch.from_numpy(X.transpose(2, 0, 1)[None].astype(np.float32))
    mask = torch.from_numpy(features - 1)[None, None]

    def run():
        with torch.inference_mode():
            return Lime(module, SkLearnLasso(alpha=1 / samples)).attribute(
                image,
                target=channel - 1,
                feature_mask=mask,
                n_samples=samples,
                perturbations_per_eval=8,
            )

    return run


def peer_lime(net, X, features, samples):
    """lime.lime_image, scored by our own engine, so that only its own work is compared."""
    from lime.lime_image import LimeImageExplainer

    engine = net.engine("cpu")

    def score(images):
        return engine(np.ascontiguousarray(images.transpose(0, 3, 1, 2), np.float32))[0]

    def run():
        return LimeImageExplainer(random_state=0).explain_instance(
            X, score, top_labels=1, num_samples=samples, batch_size=8, random_seed=0,
            segmentation_fn=lambda image: features - 1,
        )  # fmt: skip

    return run


def measure(contestants, rounds):
    times = {name: [] for name in contestants}
    for run in contestants.values():
        run()
    for i in range(rounds):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
        print(f"round {i + 1} of {rounds}", flush=True)
    return {name: np.array(values) for name, values in times.items()}


ROWS = [
    ("imageLIME / bare ONNX Runtime", "imageLIME", "bare ONNX Runtime"),
    ("Captum Lime / imageLIME", "captum Lime", "imageLIME"),
    ("lime / imageLIME", "lime", "imageLIME"),
    (
        "occlusionSensitivity / bare ONNX Runtime",
        "occlusionSensitivity, 529 masks",
        "bare ONNX Runtime, 529 masks",
    ),
]


def table(times, samples):
    lines = ["| what | median ratio | lowest to highest |", "|---|---|---|"]
    for label, above, below in ROWS:
        ratios = times[above] / times[below]
        lines.append(
            f"| {label} | {np.median(ratios):.2f} | {ratios.min():.2f} to {ratios.max():.2f} |"
        )
    seconds = np.median(times["bare ONNX Runtime"])
    peers = ", ".join(f"{p} {version(p)}" for p in ("captum", "lime", "onnxruntime", "torch"))
    lines += [
        "",
        f"EfficientNet-Lite0, 224×224, {samples} synthetic images, superpixels; bare scoring took",
        f"{seconds / samples * 1000:.1f} ms an image, superpixels of the image "
        f"{np.median(times['superpixels']):.2f} s, the tree {np.median(times['fitrtree']):.2f} s "
        f"({platform.machine()}, {os.cpu_count()} cores).",
        f"{peers}.",
    ]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="rewrite docs/performance.md")
    parser.add_argument("--samples", type=int, default=2048)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    text = table(measure(contestants(given.samples), given.rounds), given.samples)
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        after = rest.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
