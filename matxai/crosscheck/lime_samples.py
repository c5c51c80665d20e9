"""Which features MATLAB's own synthetic images show, where the folder has these images."""

from __future__ import annotations

import numpy as np

from matxai.crosscheck.altered import undone_normalization
from matxai.crosscheck.reading import Run
from matxai.crosscheck.setting import Setting

__all__ = ["recorded_images", "recorded_presence"]


def recorded_images(setting: Setting, run: Run) -> np.ndarray | None:
    """Return the images that MATLAB's network was given, h×w×c×n, before it normalized them."""
    names = sorted((n for n in run.arrays if n.startswith("inputs_")), key=len)
    image = np.atleast_3d(setting.folder.image)
    fitting = [
        run.arrays[n] for n in names if np.atleast_3d(run.arrays[n]).shape[:3] == image.shape
    ]
    if not fitting or setting.net is None:
        return None
    images = np.concatenate([f.reshape(*image.shape, -1) for f in fitting], axis=3)
    layer = setting.net.Layers[0]
    raw = np.stack(
        [undone_normalization(images[..., i], layer) for i in range(images.shape[3])], axis=3
    )
    # The recorder stands behind the input layer in some releases, before it in others.
    distance = [np.abs(x - image[..., np.newaxis]).min(axis=3).max() for x in (raw, images)]
    return raw if distance[0] <= distance[1] else images


def recorded_presence(setting: Setting, run: Run, features: np.ndarray) -> np.ndarray | None:
    """Say which features each of MATLAB's synthetic images shows: N×F, or None if unknown."""
    images = recorded_images(setting, run)
    if images is None:
        return None
    image = np.atleast_3d(setting.folder.image).astype(np.float64)
    mean = image.mean(axis=(0, 1))
    _, labels = np.unique(features, return_inverse=True)
    labels = labels.reshape(features.shape)
    count = int(labels.max()) + 1
    presence = np.empty((images.shape[3], count), bool)
    for i in range(images.shape[3]):
        shown = np.abs(images[..., i] - image).sum(axis=2).reshape(-1)
        hidden = np.abs(images[..., i] - mean).sum(axis=2).reshape(-1)
        # A feature is shown where its pixels are closer to the image than to the mean colour.
        near, far = (np.bincount(labels.reshape(-1), w, count) for w in (shown, hidden))
        presence[i] = near < far
    return presence
