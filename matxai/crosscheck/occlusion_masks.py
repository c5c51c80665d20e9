"""Where the masks of occlusionSensitivity lie: as ours, moved, or as MATLAB's images show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from matxai.crosscheck.lime_samples import recorded_images
from matxai.crosscheck.reading import Run
from matxai.crosscheck.results import DIFFERS, Row
from matxai.crosscheck.setting import Setting, options_of
from matxai.crosscheck.thresholds import NUMERIC

__all__ = ["mask_row", "moved_map"]


@dataclass(frozen=True)
class _Masks:
    """The masks of a run, as occlusionSensitivity resolves its options, moved by some pixels."""

    size: tuple[int, int]
    stride: tuple[int, int]
    clipping: bool
    value: np.ndarray | None

    @classmethod
    def of(cls, run: Run, size: tuple[int, int]) -> _Masks:
        from matxai.arguments import logical

        options = {n.lower(): v for n, v in options_of(run).items()}

        def pixels(name: str, fraction: float) -> tuple[int, int]:
            value = options.get(name, "auto")
            if isinstance(value, str):
                height, width = (max(1, int(np.floor(fraction * n + 0.5))) for n in size)
                return height, width
            both = np.asarray(value).reshape(-1)
            return int(both[0]), int(both[-1])

        value = options.get("maskvalue", "auto")
        return cls(
            pixels("masksize", 0.2),
            pixels("stride", 0.1),
            bool(logical(options.get("maskclipping", "on"), "MaskClipping")),
            None if isinstance(value, str) else np.asarray(value, np.float64).reshape(-1),
        )

    def lines(self, size: tuple[int, int], by: tuple[int, int] = (0, 0)) -> list[list[slice]]:
        """List the rows, and the columns, that masks cover."""
        along = zip(size, self.size, self.stride, by, strict=True)
        return [list(self._spans(*numbers)) for numbers in along]

    def _spans(self, length: int, mask: int, stride: int, by: int) -> Iterator[slice]:
        if self.clipping:
            starts = [centre - mask // 2 + by for centre in range(0, length, stride)]
        else:
            starts = [start + by for start in range(0, length - mask + 1, stride)]
        for start in starts:
            yield slice(max(0, start), max(0, min(length, start + mask)))

    def filled(self, means: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        """Make the image that masks show, C×H×W."""
        values = np.broadcast_to(means if self.value is None else self.value, len(means))
        fill = values.astype(np.float32)[:, np.newaxis, np.newaxis]
        return np.ascontiguousarray(np.broadcast_to(fill, shape))


def moved_map(setting: Setting, run: Run, by: tuple[int, int], method: str) -> np.ndarray:
    """Compute the map with all masks moved by some pixels, down and to the right."""
    from matxai.explain.scoring import Scoring
    from matxai.images.resize import resize

    scoring = Scoring(setting.net, setting.folder.image, list(run.channels), 128, "auto")
    size = scoring.image.shape[1:]
    masks = _Masks.of(run, size)
    rows, cols = masks.lines(size, by)
    filled = masks.filled(scoring.means, scoring.image.shape)
    scores = scoring.scores_of_rectangles(filled, list(product(rows, cols)), lambda done: None)
    coarse = (scoring.base - scores).reshape(len(rows), len(cols), -1)
    return coarse if method == "none" else resize(coarse, size, method)


def mask_row(setting: Setting, run: Run) -> Row | None:
    """Compare the images that MATLAB scored with ours, where the folder has them."""
    theirs = recorded_images(setting, run)
    if theirs is None:
        return None
    image = np.atleast_3d(setting.folder.image).astype(np.float32)
    # The unaltered image may be scored before or behind the others.
    altered = np.abs(theirs - image[..., np.newaxis]).max(axis=(0, 1, 2)) > 1e-2
    theirs = theirs[..., altered]
    masks = _Masks.of(run, image.shape[:2])
    rows, cols = masks.lines(image.shape[:2])
    filled = masks.filled(image.mean(axis=(0, 1), dtype=np.float64), np.moveaxis(image, 2, 0).shape)
    boxes = {
        "along the rows": [(r, c) for r in rows for c in cols],
        "down the columns": [(r, c) for c in cols for r in rows],
    }
    found = [
        (order, _images(image, np.moveaxis(filled, 0, 2), places))
        for order, places in boxes.items()
    ]
    what = "images under the masks, as MATLAB scored them"
    best: Row | None = None
    for order, ours in found:
        row = setting.row("occlusionSensitivity", what, theirs, ours, run=run,
                          bound=NUMERIC["scores"])  # fmt: skip
        if row.verdict != DIFFERS:
            return Row(**{**vars(row), "why": f"masks go {order}"})
        best = best or row
    why = f"{_covered(theirs, image)}; {best.why}"
    return Row(**{**vars(best), "blame": "mask", "why": why})


def _images(image: np.ndarray, filled: np.ndarray, boxes: list[tuple[slice, slice]]) -> np.ndarray:
    made = np.repeat(image[..., np.newaxis], len(boxes), axis=3)
    for i, (rows, cols) in enumerate(boxes):
        made[rows, cols, :, i] = filled[rows, cols]
    changed = np.abs(made - image[..., np.newaxis]).max(axis=(0, 1, 2)) > 1e-2
    return made[..., changed]


def _covered(theirs: np.ndarray, image: np.ndarray) -> str:
    """Say what MATLAB's first and second mask cover."""
    said = []
    for i in range(min(2, theirs.shape[3])):
        rows, cols = np.nonzero(np.abs(theirs[..., i] - image).max(axis=2) > 1e-2)
        ends = rows.min() + 1, rows.max() + 1, cols.min() + 1, cols.max() + 1
        said.append("rows {}–{}, columns {}–{}".format(*ends))
    return f"MATLAB's first masks cover {' and '.join(said)}" if said else "MATLAB has no masks"
