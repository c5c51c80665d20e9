"""Positions, limits and ticks of axes: what the functions and the properties both set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe, numeric_array, real_scalar
from matxai.graphics.state import axes_state

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "fit_colour_limits",
    "fit_limits",
    "limits",
    "position",
    "set_colour_limits",
    "set_limits",
    "set_tick_labels",
    "set_ticks",
    "tick_labels",
    "ticks",
    "two_limits",
]


def two_limits(value: Any, name: str) -> tuple[float, float]:
    """Check limits [low high]."""
    pair = numeric_array(value, name).astype(np.float64).reshape(-1)
    if pair.size != 2 or not pair[0] < pair[1]:
        raise ValueError(f"{name} must be [low, high] with low < high, but is {describe(value)}.")
    return float(pair[0]), float(pair[1])


def position(value: Any, name: str) -> tuple[float, float, float, float]:
    """Check a position [left, bottom, width, height]."""
    values = np.asarray(value, dtype=object).reshape(-1)
    if isinstance(value, str) or values.size != 4:
        raise ValueError(f"{name} must be [left, bottom, width, height], but is {describe(value)}.")
    left, bottom, width, height = (real_scalar(v, name) for v in values)
    if width <= 0 or height <= 0:
        raise ValueError(f"{name} must have a positive width and height: {describe(value)}.")
    return left, bottom, width, height


def limits(axes: Axes, letter: str) -> np.ndarray:
    """Give [low high] of a ruler, "x" or "y"."""
    return np.sort(np.array(getattr(axes, f"get_{letter}lim")(), dtype=np.float64))


def set_limits(axes: Axes, letter: str, pair: tuple[float, float]) -> None:
    """Set the limits of a ruler; which way it runs stays."""
    inverted = getattr(axes, f"{letter}axis_inverted")()
    getattr(axes, f"set_{letter}lim")(pair[::-1] if inverted else pair)


def fit_limits(axes: Axes, letter: str) -> None:
    """Set the limits of a ruler to those of what is drawn."""
    low, high = getattr(axes.dataLim, f"interval{letter}")
    if np.isfinite([low, high]).all() and low < high:
        set_limits(axes, letter, (low, high))


def ticks(axes: Axes, letter: str) -> np.ndarray:
    """Give where a ruler has ticks, within its limits."""
    places = np.asarray(getattr(axes, f"get_{letter}ticks")(), dtype=np.float64)
    low, high = limits(axes, letter)
    return places[(places >= low) & (places <= high)]


def set_ticks(axes: Axes, letter: str, value: Any, name: str) -> None:
    """Set where a ruler has ticks; "auto" leaves it to matplotlib."""
    ruler = getattr(axes, f"{letter}axis")
    if isinstance(value, str) and value.lower() == "auto":
        from matplotlib.ticker import AutoLocator, ScalarFormatter

        ruler.set_major_locator(AutoLocator())
        ruler.set_major_formatter(ScalarFormatter())
        return
    places = numeric_array(value, name).astype(np.float64).reshape(-1)
    if (np.diff(places) <= 0).any() or not np.isfinite(places).all():
        raise ValueError(f"{name} must be increasing finite numbers, but is {describe(value)}.")
    # matplotlib would widen the limits.
    low, high = limits(axes, letter)
    ruler.set_ticks(places)
    set_limits(axes, letter, (low, high))


def tick_labels(axes: Axes, letter: str) -> list[str]:
    """Give the texts at the ticks of a ruler."""
    return [text.get_text() for text in getattr(axes, f"get_{letter}ticklabels")()]


def set_tick_labels(axes: Axes, letter: str, labels: list[str]) -> None:
    """Put texts at the ticks of a ruler: used again from the first where there are too few."""
    ruler = getattr(axes, f"{letter}axis")
    places = ticks(axes, letter)
    texts = [labels[i % len(labels)] for i in range(len(places))] if labels else []
    low, high = limits(axes, letter)
    ruler.set_ticks(places, texts if labels else [""] * len(places))
    for label in ruler.get_ticklabels():
        label.set_parse_math(False)
    set_limits(axes, letter, (low, high))


# Limits of the colours


def set_colour_limits(axes: Axes, pair: tuple[float, float] | None) -> None:
    """Set the limits of the colours; None lets them follow the data."""
    state = axes_state(axes)
    state.limits_given = pair is not None
    if pair is not None:
        state.norm.vmin, state.norm.vmax = pair
    fit_colour_limits(axes)


def fit_colour_limits(axes: Axes) -> None:
    """Let the limits of the colours span all scaled images in the axes, unless they were given."""
    state = axes_state(axes)
    if state.limits_given:
        return
    shown = [image.scaled_values() for image in state.images]
    finite = [values[np.isfinite(values)] for values in shown if values is not None]
    finite = [values for values in finite if values.size]
    low = min((float(values.min()) for values in finite), default=0.0)
    high = max((float(values.max()) for values in finite), default=1.0)
    state.norm.vmin, state.norm.vmax = (low, high) if low < high else (low - 1, high + 1)
