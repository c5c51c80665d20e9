"""What a cross-check finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = [
    "DIFFERS",
    "EXACT",
    "NOT_COMPARABLE",
    "NUMERIC",
    "STATISTICAL",
    "VERDICTS",
    "Result",
    "Row",
]

EXACT = "exact"
NUMERIC = "numeric"
STATISTICAL = "statistical"
DIFFERS = "differs"
NOT_COMPARABLE = "not comparable"

VERDICTS: Mapping[str, str] = {
    EXACT: "equal in every value",
    NUMERIC: "equal but for rounding: the largest difference is below the threshold",
    STATISTICAL: "random: as like to our runs as these are to each other",
    DIFFERS: "different",
    NOT_COMPARABLE: "something is missing, or could not be computed",
}


@dataclass(frozen=True, eq=False)
class Row:
    """One comparison.

    Attributes
    ----------
    stage : str
        The stage: "scores", "imresize", "superpixels", or the method, as "imageLIME".
    what : str
        What was compared.
    verdict : str
        One of VERDICTS.
    largest, rms, relative : float, optional
        Largest and root-mean-square difference; the largest as a fraction of MATLAB's largest
        absolute value.
    digits : int, optional
        How many digits of that value agree.
    place : tuple of int, optional
        Where they differ first, down the columns: MATLAB's subscripts, counted from 1.
    blame : str
        Which stage a difference comes from, where that is known.
    why : str
        The reason of the verdict, in words.
    run : str
        Id of the run in the folder; "" for what belongs to none.
    kind : {"map", "image", "regions", "values"}
        What the arrays are, for pictures.
    theirs, ours : numpy.ndarray, optional
        MATLAB's array and ours.
    """

    stage: str
    what: str
    verdict: str
    largest: float | None = None
    rms: float | None = None
    relative: float | None = None
    digits: int | None = None
    place: tuple[int, ...] | None = None
    blame: str = ""
    why: str = ""
    run: str = ""
    kind: str = "values"
    theirs: np.ndarray | None = field(default=None, repr=False)
    ours: np.ndarray | None = field(default=None, repr=False)


@dataclass(frozen=True, eq=False)
class Result:
    """What a cross-check of a folder finds.

    Attributes
    ----------
    rows : tuple of Row
        The comparisons.
    notes : tuple of str
        What is to be said of the folder: what is missing, refused or not understood.
    environment : mapping of str to object
        What the numbers of the folder come from: program, version, release, platform, toolboxes.
    versions : mapping of str to str
        Versions here, of matxai and what it stands on.
    folder : str
        Name of the folder.
    written : str
        When MATLAB wrote it.
    network : mapping of str to object
        The network as MATLAB describes it.
    classes : tuple of str, optional
        Class names.
    image : numpy.ndarray, optional
        The image as given to the network.
    runs : mapping of str to mapping
        Of each run its method, channels, label, options, seed and seconds, by its id.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    environment: Mapping[str, Any]
    versions: Mapping[str, str]
    folder: str = ""
    written: str = ""
    network: Mapping[str, Any] = field(default_factory=dict)
    classes: tuple[str, ...] | None = None
    image: np.ndarray | None = field(default=None, repr=False)
    runs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Exit status of the command: 1 if something differs, else 0."""
        return int(any(row.verdict == DIFFERS for row in self.rows))

    def count(self, verdict: str) -> int:
        """Count the rows of a verdict."""
        return Counter(row.verdict for row in self.rows)[verdict]
