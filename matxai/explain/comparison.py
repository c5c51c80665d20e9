"""What several explainers say of one image, as numbers and as a picture."""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from matxai.arguments import describe, positive_integer
from matxai.explain.methods import Method
from matxai.files import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Comparison"]

DOTS_PER_INCH = 100
_FORMATS = (".png", ".pdf", ".svg", ".jpg", ".jpeg")


class Comparison:
    """Maps of several explainers of one image, as :func:`matxai.compareMethods` returns them.

    Attributes
    ----------
    X : numpy.ndarray
        The image.
    Channels : list of int
        The channels that are explained, counted from 1.
    Labels : list of str
        Their names.
    Scores : numpy.ndarray of float64, shape (K,)
        Their scores for the image; the total activation where they have spatial dimensions.
    Methods : list of str
        What the methods are called.
    Options : dict of str to dict
        The options of each, as they were given.
    Maps : dict of str to numpy.ndarray, H×W, or H×W×K for K channels
        The maps of the methods that worked.
    Errors : dict of str to Exception
        Why the others did not.
    Seconds : dict of str to float
        How long each took; NaN for one that failed.
    Metrics : dict of str to (dict of str to numpy.ndarray, shape (K,))
        For each metric, the value of each method for each channel.
    """

    def __init__(
        self,
        X: np.ndarray,
        channels: Sequence[int],
        labels: Sequence[str],
        scores: np.ndarray,
        methods: Sequence[Method],
    ):
        self.X = X
        self.Channels = list(channels)
        self.Labels = list(labels)
        self.Scores = scores
        self.Methods = [method.title for method in methods]
        self.Options = {method.title: dict(method.options) for method in methods}
        self.Maps: dict[str, np.ndarray] = {}
        self.Errors: dict[str, Exception] = {}
        self.Seconds = dict.fromkeys(self.Methods, np.nan)
        self.Metrics: dict[str, dict[str, np.ndarray]] = {}

    def figure(self) -> Figure:
        """Draw the image and the maps over it: a row for each channel, a column for each method.

        Returns
        -------
        matplotlib.figure.Figure
            A figure of its own: nothing of pyplot's state is touched.
        """
        from matxai.graphics.comparison import Column, draw_comparison

        columns = [
            Column(
                self._heading(title),
                np.moveaxis(np.atleast_3d(self.Maps[title]), 2, 0) if title in self.Maps else None,
                [self._measured(title, k) for k in range(len(self.Channels))],
                self._failure(title),
            )
            for title in self.Methods
        ]
        rows = [f"{n}: {s:.3g}" for n, s in zip(self.Labels, self.Scores, strict=True)]
        return draw_comparison(self.X, rows, columns)

    def save(self, file: str | Path, *, dpi: int = DOTS_PER_INCH) -> None:
        """Write the picture to a file.

        Parameters
        ----------
        file : str or path
            Name of the file, ending in .png, .pdf, .svg or .jpg. An earlier one is replaced.
        dpi : int, default 100
            Dots per inch of a picture made of pixels.
        """
        if not isinstance(file, (str, Path)):
            raise TypeError(f"file must be the name of a file, but is {describe(file)}.")
        path = Path(file)
        if path.suffix.lower() not in _FORMATS:
            raise ValueError(
                f"file must end in {', '.join(_FORMATS)}, which says what kind of picture it is, "
                f"but is {str(file)!r}."
            )
        dpi = positive_integer(dpi, "dpi")
        kind = path.suffix.lower()[1:]
        write_whole(path, lambda out: self.figure().savefig(out, format=kind, dpi=dpi))

    def __repr__(self) -> str:
        explained = ", ".join(
            f"{n} ({s:.3g})" for n, s in zip(self.Labels, self.Scores, strict=True)
        )
        width = max(map(len, self.Methods))
        rows = [f"  {title:{width}}  {', '.join(self._row(title))}" for title in self.Methods]
        return "\n".join([f"Comparison of explanations of {explained}", *rows])

    def _repr_png_(self) -> bytes:
        picture = BytesIO()
        self.figure().savefig(picture, format="png", dpi=DOTS_PER_INCH)
        return picture.getvalue()

    def _repr_html_(self) -> str:
        picture = b64encode(self._repr_png_()).decode("ascii")
        described = html.escape(repr(self), quote=True)
        return (
            f'<img alt="{described}" style="max-width: 100%" src="data:image/png;base64,{picture}">'
        )

    def _heading(self, title: str) -> str:
        return title if title in self.Errors else f"{title}\n{self.Seconds[title]:.2g} s"

    def _failure(self, title: str) -> str:
        error = self.Errors.get(title)
        return "" if error is None else f"{type(error).__name__}: {error}"

    def _measured(self, title: str, k: int) -> str:
        measured = {n: values[title][k] for n, values in self.Metrics.items() if title in values}
        return ", ".join(f"{name} {value:.3g}" for name, value in measured.items())

    def _row(self, title: str) -> list[str]:
        if title in self.Errors:
            return [f"failed: {self._failure(title)}"]
        metrics = {n: values[title] for n, values in self.Metrics.items()}
        shown = [f"{n} {' '.join(f'{v:.3g}' for v in found)}" for n, found in metrics.items()]
        return [f"{self.Seconds[title]:.2f} s", *shown]
