"""Runs of imageLIME on MATLAB's features or on ours, and what is made of their importances."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.crosscheck.reading import Run
from matxai.crosscheck.setting import Setting, options_of
from matxai.crosscheck.verdicts import matlab_shaped

__all__ = ["columns", "drawn_importances", "flat", "importances_on", "painted", "segmented"]


def segmented(run: Run, image: np.ndarray) -> np.ndarray:
    """Make the featureMap of a run here, h×w from 1."""
    from matxai.explain.segmentation import segment

    options = {name.lower(): value for name, value in options_of(run).items()}
    method = options.get("segmentation", "superpixels")
    features = segment(image, method, int(options.get("numfeatures", 49)))
    return features.labels + 1


def importances_on(
    setting: Setting, run: Run, features: Any, seed: int, **changed: Any
) -> np.ndarray:
    """Run imageLIME with MATLAB's features: F, or F×K."""
    from matxai.explain.lime import imageLIME

    image = changed.pop("image", setting.folder.image)
    channels = changed.pop("channels", run.channels)
    without = {"Segmentation", "NumFeatures", "OutputUpsampling", *changed}
    options = options_of(run, *without) | changed
    channel = channels[0] if len(channels) == 1 else list(channels)
    return imageLIME(
        setting.net, image, channel, Segmentation=features, Rng=seed, Progress=False, nargout=3,
        **options,
    )[2]  # fmt: skip


def drawn_importances(setting: Setting, run: Run, features: Any, number: int) -> np.ndarray:
    """Make one of our own runs, the first with MATLAB's seed if that is known."""
    setting.report_run(run, number)
    return importances_on(setting, run, features, (run.seed or 0) + number)


def columns(values: np.ndarray, like: np.ndarray | None = None) -> np.ndarray:
    """Bring importances to F×K."""
    values = matlab_shaped(values)
    if like is not None and values.shape[0] == 1 and len(like) > 1:
        values = values.T
    return values


def painted(run: Run, features: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """Paint importances, F×K, on a featureMap as the run's options say."""
    from matxai.explain.painting import paint
    from matxai.explain.segmentation import Features, from_matrix, grid

    options = {name.lower(): value for name, value in options_of(run).items()}
    known = from_matrix(np.asarray(features, np.float64), features.shape)
    values = columns(importance, known.labels[:, 0])
    if len(values) != known.count and values.shape[1] == known.count:
        values = values.T
    values = values[:, 0] if values.shape[1] == 1 else values
    segmentation = options.get("segmentation")
    # It can be a matrix of labels, too.
    if isinstance(segmentation, str) and segmentation.lower() == "grid":
        cells = grid(*features.shape, int(options.get("numfeatures", 49)))
        if cells.count == known.count:
            known = Features(known.labels, known.count, cells.grid)
    return paint(values, known, options.get("outputupsampling", "nearest"))


def flat(maps: np.ndarray) -> np.ndarray:
    """Bring maps, h×w or h×w×K, to a column each."""
    maps = np.atleast_3d(np.asarray(maps, np.float64))
    return maps.reshape(-1, maps.shape[2])
