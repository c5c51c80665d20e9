"""Label maps and masks as colours, alone and over an image."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import choice_or, colour_image, colourmap, mask, two_dimensional
from matxai.images.classes import unit_scaled
from matxai.images.colours import colour
from matxai.images.converting import as_class
from matxai.images.palettes import PALETTES, palette
from matxai.lang.integer_classes import to_class

__all__ = ["imoverlay", "label2rgb", "labeloverlay", "rgb_colour", "true_colour"]


def rgb_colour(value: Any, name: str) -> np.ndarray:
    """Check a colour by name, by "#RRGGBB" or as [r g b] from 0 to 1."""
    made = colour(value, name)
    if isinstance(made, tuple):
        return np.array(made)
    if made == "none":
        raise ValueError(f"{name} must be a colour, but is 'none'.")
    digits = made[1:] if len(made) == 7 else "".join(c * 2 for c in made[1:])
    return np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)]) / 255


def true_colour(image: np.ndarray) -> np.ndarray:
    """Repeat a grey image for red, green and blue."""
    return np.repeat(image[:, :, None], 3, axis=2) if image.ndim == 2 else image


_map = choice_or(
    one_of(*PALETTES),
    lambda value, name: value if callable(value) else colourmap(value, name),
)


def _colours(given: Any, count: int, function: str) -> np.ndarray:
    """Return a colour for each label."""
    if isinstance(given, str):
        return palette(given, count)
    made = colourmap(given(count), "Colormap") if callable(given) else given
    if len(made) < count:
        raise ValueError(
            f"{function}: the colormap must have a colour for each of the {count} labels, but has "
            f"{len(made)}."
        )
    return made


def _labels(value: Any, name: str) -> np.ndarray:
    """Check labels: whole numbers from 0, truth values or a categorical, whose gaps are 0."""
    codes = getattr(value, "_codes", None)
    if codes is not None:
        return two_dimensional(codes + 1, name).astype(np.int64)
    array = two_dimensional(value, name)
    if not ((array >= 0) & (array == np.floor(array))).all():
        raise ValueError(f"{name} must hold labels, whole numbers from 0: {describe(array)}.")
    return array.astype(np.int64)


@matlab_function(
    "RGB",
    accepts={
        "L": _labels,
        "cmap": _map,
        "zerocolor": rgb_colour,
        "colorAssignment": one_of("noshuffle", "shuffle"),
    },
)
def label2rgb(L, cmap="jet", zerocolor=(1, 1, 1), colorAssignment="noshuffle"):
    """Paint the regions of a label map in different colours.

    Parameters
    ----------
    L : array_like, shape (H, W)
        Labels: 1, 2, … in the regions, 0 in the background.
    cmap : str, array_like, shape (K, 3), or callable, default "jet"
        Name of a colormap, a colormap with a colour for each label, or a function that makes one
        of a number of colours.
    zerocolor : str or [r, g, b], default white
        Colour of the background.
    colorAssignment : {"noshuffle", "shuffle"}, default "noshuffle"
        "shuffle" mixes the colours up, so that neighbours are easier to tell apart.

    Returns
    -------
    numpy.ndarray of uint8, shape (H, W, 3)
        The image.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If `L` is no matrix of labels, a colour is unknown, or the colormap has too few colours.

    Notes
    -----
    Documented; held against GNU Octave's image package. Chosen: "shuffle" is always the same
    order, and not MATLAB's.

    Examples
    --------
    >>> from matxai import label2rgb
    >>> label2rgb([[0, 1, 2]], [[1, 0, 0], [0, 0, 1]])
    array([[[255, 255, 255],
            [255,   0,   0],
            [  0,   0, 255]]], dtype=uint8)
    """
    count = int(L.max())
    colours = _colours(cmap, count, "label2rgb")[:count]
    if colorAssignment == "shuffle":
        colours = colours[np.random.RandomState(0).permutation(count)]
    table = np.vstack([np.asarray(zerocolor, dtype=np.float64), colours])
    return to_class(table * 255, np.uint8)[L]


def _transparency(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must lie between 0 and 1, but is {describe(value)}.")
    return number


@matlab_function(
    "B",
    accepts={
        "A": colour_image,
        "L": _labels,
        "Colormap": _map,
        "IncludedLabels": numeric_array,
        "Transparency": _transparency,
    },
)
def labeloverlay(A, L, *, Colormap="jet", IncludedLabels=None, Transparency=0.5):
    """Lay the colours of a label map over an image.

    Parameters
    ----------
    A : array_like, shape (H, W) or (H, W, 3)
        Grey or RGB image, floats from 0 to 1.
    L : array_like or categorical, shape (H, W)
        Labels: whole numbers from 0, where 0 has no colour; a mask; or categories, of which
        undefined elements have no colour.
    Colormap : str or array_like, shape (K, 3), default "jet"
        Name of a colormap, or one with a colour for each label.
    IncludedLabels : array_like, optional
        Labels that are painted, by number; by default all.
    Transparency : float, default 0.5
        Share of `A` in what is painted: 0 hides it, 1 shows nothing else.

    Returns
    -------
    numpy.ndarray of uint8, shape (H, W, 3)
        The image with the overlay.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If sizes differ, labels are no whole numbers from 0, or an option is out of its range.

    Notes
    -----
    Documented as far as options and defaults go. Chosen: colours are blended in double and rounded
    once, and the colormap has as many colours as the highest label, or as there are categories.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import labeloverlay
    >>> labeloverlay(np.full((1, 2), 100, np.uint8), [[0, 1]], Colormap=[[1, 0, 0]])
    array([[[100, 100, 100],
            [178,  50,  50]]], dtype=uint8)
    """
    if L.shape != A.shape[:2]:
        raise ValueError(
            f"labeloverlay: L must have the size of A, {A.shape[:2]}, but has the shape {L.shape}."
        )
    count = int(L.max())
    colours = _colours(Colormap, count, "labeloverlay")
    painted = L > 0
    if IncludedLabels is not None:
        painted &= np.isin(L, IncludedLabels)
    image = true_colour(unit_scaled(A))
    blended = Transparency * image[painted] + (1 - Transparency) * colours[L[painted] - 1]
    image[painted] = blended
    return as_class(image, np.uint8)


@matlab_function("B", accepts={"A": colour_image, "BW": mask, "color": rgb_colour})
def imoverlay(A, BW, color=(1, 1, 0)):
    """Fill the part of an image that a mask shows with one colour.

    Parameters
    ----------
    A : array_like, shape (H, W) or (H, W, 3)
        Grey or RGB image, floats from 0 to 1.
    BW : array_like, shape (H, W)
        Mask; everything but 0 is true.
    color : str or [r, g, b], default "yellow"
        The colour: a name, "#RRGGBB" or three numbers from 0 to 1.

    Returns
    -------
    numpy.ndarray of uint8, shape (H, W, 3)
        The image with the overlay.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If sizes differ or the colour is unknown.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import imoverlay
    >>> imoverlay([[0.2, 0.4]], [[True, False]], "red")
    array([[[255,   0,   0],
            [102, 102, 102]]], dtype=uint8)
    """
    if BW.shape != A.shape[:2]:
        raise ValueError(
            f"imoverlay: BW must have the size of A, {A.shape[:2]}, but has the shape {BW.shape}."
        )
    image = true_colour(as_class(A, np.uint8))
    image[BW] = to_class(np.asarray(color, dtype=np.float64) * 255, np.uint8)
    return image
