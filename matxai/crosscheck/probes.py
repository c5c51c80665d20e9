"""Stages that need no network: the image's resizing, and small probes of MATLAB's functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from matxai.crosscheck.altered import Altered, resized_otherwise, scaled_images, turned_images
from matxai.crosscheck.diagnosing import Hypothesis
from matxai.crosscheck.regions import compare_regions, moved_regions
from matxai.crosscheck.results import Row
from matxai.crosscheck.setting import Setting, not_comparable
from matxai.crosscheck.thresholds import NUMERIC
from matxai.crosscheck.verdicts import matlab_shaped

__all__ = ["image_rows", "probe_rows"]

_RAND = re.compile(r"rand_(\d{1,9})")
_RESIZED = re.compile(r"imresize(_uint8)?_(\d{1,4})x(\d{1,4})")
_SUPERPIXELS = re.compile(r"superpixels_(\d{1,6})")


def image_rows(setting: Setting) -> Iterator[Row]:
    """Compare the image that the network was given with the original, resized here."""
    original, image = setting.folder.original, setting.folder.image
    if original is None or image is None:
        return
    from matxai.images.resize import resize

    setting.report("imresize of the original")
    ours = original if original.shape[:2] == image.shape[:2] else resize(original, image.shape[:2])
    if ours.ndim == 2 and image.shape[2:] == (3,):
        ours = np.dstack([ours] * 3)
    resized = ours is not original
    what = "the image, resized from the original" if resized else "the image is the original"
    yield setting.row(
        "imresize",
        what,
        image,
        ours,
        kind="image",
        bound=NUMERIC["imresize"],
        hypotheses=lambda: _image_guesses(original, ours, image),
    )


def _image_guesses(
    original: np.ndarray, ours: np.ndarray, image: np.ndarray
) -> Iterator[Hypothesis]:
    guesses: list[Altered] = [*resized_otherwise(original, image)]
    guesses += [*turned_images(ours), *scaled_images(ours)]
    if original.ndim == image.ndim:
        # Of another shape, a transposed original becomes another image.
        from matxai.images.resize import resize

        turned = [
            Altered(guess.cause, resize(guess.image, image.shape[:2]))
            for guess in turned_images(original)
        ]
        guesses += turned
    for guess in guesses:
        yield Hypothesis(guess.cause, lambda found=guess.image: found)


def probe_rows(setting: Setting) -> Iterator[Row]:
    """Compare rand, imresize, superpixels and the mean image."""
    for name, theirs in setting.folder.probes.items():
        setting.report(f"probe {name}")
        try:
            yield from _probe(setting, name, theirs)
        except (ValueError, TypeError) as error:
            yield not_comparable("probe", name, f"it cannot be computed: {error}")


def _probe(setting: Setting, name: str, theirs: np.ndarray) -> Iterator[Row]:
    if found := _RAND.fullmatch(name):
        ours = _rand(int(found[1]), theirs.shape)
        what = f"rand after rng({found[1]})"
        yield setting.row("rand", what, theirs, ours, bound=NUMERIC["rand"])
    elif found := _RESIZED.fullmatch(name):
        yield from _resized(setting, found, theirs)
    elif found := _SUPERPIXELS.fullmatch(name):
        yield from _superpixels(setting, int(found[1]), theirs)
    elif name == "mean_image" and setting.folder.image is not None:
        yield _mean(setting, theirs)


def _rand(seed: int, shape: tuple[int, ...]) -> np.ndarray:
    from matxai.lang.random import random_source, uniform

    return uniform(random_source(seed, "seed"), *shape)


def _resized(setting: Setting, found: re.Match[str], theirs: np.ndarray) -> Iterator[Row]:
    from matxai.images.resize import resize

    source = setting.folder.probes.get(f"imresize{found[1] or ''}_input")
    size = int(found[2]), int(found[3])
    what = f"imresize to {size[0]}×{size[1]}{', uint8' if found[1] else ''}"
    if source is None:
        yield not_comparable("imresize", what, "its input is not among the probes")
        return
    yield setting.row(
        "imresize",
        what,
        theirs,
        resize(source, size),
        kind="image",
        bound=NUMERIC["imresize"],
        hypotheses=lambda: [
            Hypothesis(guess.cause, lambda image=guess.image: image)
            for guess in resized_otherwise(source, np.empty(size))
        ],
    )


def _superpixels(setting: Setting, count: int, theirs: np.ndarray) -> Iterator[Row]:
    what = f"superpixels of the image, {count}"
    if setting.folder.image is None:
        yield not_comparable("superpixels", what, "there is no image")
        return
    image = setting.folder.image
    ours = _labels(image, count)
    yield compare_regions(
        setting,
        "superpixels",
        what,
        theirs,
        ours,
        hypotheses=lambda: [
            *(Hypothesis(g.cause, lambda i=g.image: _labels(i, count)) for g in _turned(image)),
            *moved_regions(matlab_shaped(theirs), ours),
        ],
    )


def _turned(image: np.ndarray) -> Iterator[Altered]:
    for guess in turned_images(image):
        if guess.image.shape == image.shape:
            yield guess


def _labels(image: np.ndarray, count: int) -> np.ndarray:
    from matxai.images.superpixel import superpixels

    return superpixels(image, count)


def _mean(setting: Setting, theirs: np.ndarray) -> Row:
    image = np.atleast_3d(setting.folder.image)
    if theirs.size == image.shape[2]:
        ours, theirs = image.mean(axis=(0, 1), dtype=np.float64), theirs.reshape(-1)
    elif theirs.size == 1:
        ours = np.array(image.mean(dtype=np.float64))
    else:
        # An image of the mean colour.
        mean = image.mean(axis=(0, 1), keepdims=True, dtype=np.float64)
        ours = np.broadcast_to(mean, image.shape)
    what = "mean colour of the image"
    return setting.row("mean", what, theirs, ours, bound=NUMERIC["means"])
