"""The stage that brings a coarse map to the size of the image."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matxai.crosscheck.diagnosing import Cause, Hypothesis
from matxai.crosscheck.reading import Run
from matxai.crosscheck.results import DIFFERS, Row
from matxai.crosscheck.setting import Setting, options_of
from matxai.crosscheck.thresholds import NUMERIC
from matxai.crosscheck.verdicts import matlab_shaped

__all__ = ["blame_stages", "upsampled_row", "upsampling_of"]

COARSE = "coarse map"
UPSAMPLING = "upsampling"


def upsampling_of(run: Run) -> str:
    """Say how a run enlarges its map."""
    options = {name.lower(): value for name, value in options_of(run).items()}
    return str(options.get("outputupsampling", "bicubic")).lower()


def upsampled_row(
    setting: Setting, stage: str, run: Run, coarse: np.ndarray, theirs: np.ndarray
) -> Row | None:
    """Enlarge MATLAB's own coarse map, and compare with what MATLAB made of it."""
    method = upsampling_of(run)
    if method == "none":
        return None
    size = theirs.shape[:2] if setting.folder.image is None else setting.folder.image.shape[:2]
    coarse = matlab_shaped(coarse).astype(np.float64)
    return setting.row(
        stage,
        f"scoreMap, upsampled from MATLAB's coarse map by {method}",
        theirs,
        _resized(coarse, size, method, True),
        "map",
        run,
        NUMERIC["upsampling"],
        lambda: _guesses(coarse, size),
    )


def _resized(
    coarse: np.ndarray, size: tuple[int, ...], method: str, antialiasing: bool
) -> np.ndarray:
    from matxai.images.resize import resize

    return resize(coarse, (size[0], size[1]), method, antialiasing)


def _guesses(coarse: np.ndarray, size: tuple[int, ...]) -> Iterator[Hypothesis]:
    for method in ("bicubic", "bilinear", "nearest", "lanczos3"):
        for antialiasing in (True, False):
            how = "" if antialiasing else " without antialiasing"
            text = f"MATLAB's map is enlarged by {method} interpolation{how}"
            yield Hypothesis(
                Cause(UPSAMPLING, text),
                lambda m=method, a=antialiasing: _resized(coarse, size, m, a),
            )
    for text, turned in (
        ("MATLAB's map is made of the transposed coarse map", np.swapaxes(coarse, 0, 1)),
        ("MATLAB's map is made of the coarse map turned upside down", coarse[::-1]),
        ("MATLAB's map is made of the mirrored coarse map", coarse[:, ::-1]),
    ):
        yield Hypothesis(
            Cause(UPSAMPLING, text), lambda t=turned: _resized(t, size, "bicubic", True)
        )
    clipped = "MATLAB's map is cut off at zero after it is enlarged"
    yield Hypothesis(
        Cause(UPSAMPLING, clipped), lambda: np.maximum(_resized(coarse, size, "bicubic", True), 0)
    )


def blame_stages(whole: Row, coarse: Row | None, upsampled: Row | None) -> Row:
    """Say of a map that differs from end to end which of its stages that comes from."""
    if whole.verdict != DIFFERS:
        return whole
    wrong = [
        (name, row)
        for name, row in ((COARSE, coarse), (UPSAMPLING, upsampled))
        if row is not None and row.verdict == DIFFERS
    ]
    if not wrong:
        return whole
    name, row = wrong[0]
    because = row.blame or name
    fine = ""
    if name == COARSE and upsampled is not None and upsampled.verdict != DIFFERS:
        fine = "; MATLAB's own coarse map is enlarged here as in MATLAB"
    elif name == UPSAMPLING and coarse is not None:
        fine = "; the coarse maps agree"
    text = f"the {name} differs: {row.why}{fine}"
    return Row(**{**vars(whole), "blame": because, "why": text})
