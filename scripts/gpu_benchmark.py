"""Measure explanations on a GPU against the same on the CPU, and how far their numbers differ.

    python scripts/gpu_benchmark.py

Networks are torchvision's with random weights, by topology. Where there is no GPU it says so and
ends with status 1.
"""

import argparse
import sys
import time

import numpy as np
import skimage.data

import matxai
from matxai.nets.engines import gpu_available
from matxai.nets.precision import tf32

NETWORKS = ("squeezenet1_1", "googlenet", "resnet50", "mobilenet_v2")


def network(name):
    import torch
    import torchvision

    torch.manual_seed(0)
    more = {"aux_logits": False, "init_weights": True} if name == "googlenet" else {}
    return matxai.fromTorch(
        getattr(torchvision.models, name)(weights=None, **more).eval(), [224, 224, 3]
    )


def explanations(net, X, samples):
    channel = int(matxai.predict(net, X).argmax()) + 1
    return {
        "imageLIME": lambda where: matxai.imageLIME(
            net, X, channel, NumSamples=samples, Rng=0, Progress=False, ExecutionEnvironment=where
        ),
        "occlusionSensitivity": lambda where: matxai.occlusionSensitivity(
            net, X, channel, Stride=8, Progress=False, ExecutionEnvironment=where
        ),
        "gradCAM": lambda where: matxai.gradCAM(net, X, channel, ExecutionEnvironment=where),
    }


def seconds(run, rounds):
    """Time a function whose result is on the host, so that the GPU is done when it returns."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = run()
        times.append(time.perf_counter() - start)
    return np.median(times), result


def peak(torch):
    return torch.cuda.max_memory_allocated() / 2**20


def report(name, samples, rounds):
    import torch

    X = (np.asarray(matxai.imresize(skimage.data.chelsea(), [224, 224]), np.float32) - 118) / 58
    for label, explain in explanations(network(name), X, samples).items():
        here, expected = seconds(lambda run=explain: run("cpu"), 1)
        explain("gpu")
        torch.cuda.reset_peak_memory_stats()
        there, found = seconds(lambda run=explain: run("gpu"), rounds)
        memory = peak(torch)
        with tf32():
            explain("gpu")
            faster, _ = seconds(lambda run=explain: run("gpu"), rounds)
        difference = np.abs(found - expected).max() / np.ptp(expected)
        print(
            f"| {name} | {label} | {here:.3f} | {there:.3f} | {faster:.3f} | {memory:.0f} | "
            f"{difference:.1e} |",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=2048)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if not gpu_available():
        print("There is no GPU here that torch can use, so there is nothing to measure.")
        return 1
    import torch

    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}", flush=True)
    print("| network | what | CPU, s | GPU, s | GPU with TF32, s | peak, MiB | difference |")
    print("|---|---|---|---|---|---|---|")
    for name in NETWORKS:
        report(name, given.samples, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
