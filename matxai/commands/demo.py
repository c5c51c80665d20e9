"""``matxai demo``: a photograph explained with the demo network."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any

from matxai.files import write_whole

__all__ = ["run_demo"]


def run_demo(given: argparse.Namespace) -> int:
    """Explain scikit-image's photograph of a cat, and write one figure."""
    import skimage.data

    from matxai import (
        imageLIME,
        imagePretrainedNetwork,
        imresize,
        occlusionSensitivity,
        predict,
    )
    from matxai.graphics.overlay import draw_overlays

    print("Loading EfficientNet-Lite0 with ImageNet weights ...", flush=True)
    net, class_names = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
    X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    scores = predict(net, X)[0]
    top = scores.argsort()[::-1][:3]
    print("The network sees in scikit-image's photograph of Chelsea:")
    ranking = [f"{scores[i]:.3f}  {class_names[i]} (channel {i + 1})" for i in top]
    print("\n".join("  " + line for line in ranking))
    channel, label = int(top[0]) + 1, str(class_names[top[0]])

    lime = _timed("imageLIME, 2,048 synthetic images", lambda: imageLIME(net, X, channel, Rng=0))
    occlusion = _timed(
        "occlusionSensitivity, 121 masks", lambda: occlusionSensitivity(net, X, channel)
    )
    figure = draw_overlays(
        X,
        [lime, occlusion],
        [f"{label}: {scores[top[0]]:.2f}", "imageLIME", "occlusionSensitivity"],
        "\n".join(f"{scores[i]:.3f} {class_names[i]}" for i in top),
    )
    write_whole(given.out, lambda file: figure.savefig(file, format="png", dpi=110))
    print(f"Wrote {given.out}: red is what matters most for {label!r}.")
    return 0


def _timed(label: str, work: Callable[[], Any]) -> Any:
    print(f"{label} ...", end="", flush=True)
    if sys.stderr.isatty():
        print(flush=True)
    start = time.perf_counter()
    result = work()
    print(f" {time.perf_counter() - start:.1f} s", flush=True)
    return result
