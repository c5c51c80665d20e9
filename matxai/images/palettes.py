"""Tables of colours: m×3 arrays of red, green and blue, each from 0 to 1."""

from __future__ import annotations

import numpy as np

__all__ = [
    "DEFAULT_LENGTH",
    "LINE_COLOURS",
    "PALETTES",
    "default_palette",
    "palette",
]

DEFAULT_LENGTH = 256
# MATLAB's documented ColorOrder.
LINE_COLOURS = (
    (0.0, 0.4470, 0.7410),
    (0.8500, 0.3250, 0.0980),
    (0.9290, 0.6940, 0.1250),
    (0.4940, 0.1840, 0.5560),
    (0.4660, 0.6740, 0.1880),
    (0.3010, 0.7450, 0.9330),
    (0.6350, 0.0780, 0.1840),
)


def palette(name: str, length: int) -> np.ndarray:
    """Make the table of a name, in lower case, with a number of colours."""
    return PALETTES[name](length)


def default_palette() -> np.ndarray:
    """Make the table that figures start with."""
    return palette("parula", DEFAULT_LENGTH)


def _ramp(m: int) -> np.ndarray:
    return np.linspace(0, 1, m) if m > 1 else np.zeros(m)


def _columns(*columns: np.ndarray | float) -> np.ndarray:
    return np.stack(np.broadcast_arrays(*columns), axis=1).astype(np.float64)


def _jet(m: int) -> np.ndarray:
    """Three trapezoids of slope 1/n, n being a quarter of the length, each n behind the next."""
    n = -(-m // 4)
    step = np.arange(1, m + 1) - (-(-n // 2) - (m % 4 == 1))
    shifts = np.array([-n, 0, n])
    height = np.minimum(step[:, None] + shifts, 3 * n - step[:, None] - shifts)
    return np.clip(height / max(n, 1), 0, 1)


def _hot(m: int) -> np.ndarray:
    """Red, then green, rise within 3/8 of the length each, blue within what remains."""
    n = 3 * m // 8
    row = np.arange(1, m + 1)
    rising = [row / max(n, 1), (row - n) / max(n, 1), (row - 2 * n) / max(m - 2 * n, 1)]
    return np.clip(_columns(*rising), 0, 1)


def _hsv(m: int) -> np.ndarray:
    """Go round the full circle of hues, without coming back to the first."""
    hue = 6 * np.arange(m)[:, None] / max(m, 1)
    distance = np.abs((hue - np.array([0, 2, 4]) + 3) % 6 - 3)
    return np.clip(2 - distance, 0, 1)


def _gray(m: int) -> np.ndarray:
    return _columns(_ramp(m), _ramp(m), _ramp(m))


def _copper(m: int) -> np.ndarray:
    return np.minimum(1, _gray(m) * [1.25, 0.7812, 0.4975])


def _bone(m: int) -> np.ndarray:
    return (7 * _gray(m) + _hot(m)[:, ::-1]) / 8


def _pink(m: int) -> np.ndarray:
    return np.sqrt((2 * _gray(m) + _hot(m)) / 3)


def _lines(m: int) -> np.ndarray:
    return np.array(LINE_COLOURS)[np.arange(m) % len(LINE_COLOURS)].reshape(m, 3)


def _sampled(name: str, m: int) -> np.ndarray:
    """Take a table of matplotlib's at other places, linearly."""
    import matplotlib

    table = matplotlib.colormaps[name](np.arange(256))[:, :3]
    place = _ramp(m) * 255
    return _columns(*(np.interp(place, np.arange(256), table[:, k]) for k in range(3)))


PALETTES = {
    "autumn": lambda m: _columns(np.ones(m), _ramp(m), 0.0),
    "bone": _bone,
    "cool": lambda m: _columns(_ramp(m), 1 - _ramp(m), 1.0),
    "copper": _copper,
    "gray": _gray,
    "hot": _hot,
    "hsv": _hsv,
    "jet": _jet,
    "lines": _lines,
    # MATLAB's table is not published: matplotlib's viridis stands in for it.
    "parula": lambda m: _sampled("viridis", m),
    "pink": _pink,
    "spring": lambda m: _columns(np.ones(m), _ramp(m), 1 - _ramp(m)),
    "summer": lambda m: _columns(_ramp(m), (1 + _ramp(m)) / 2, 0.4),
    "turbo": lambda m: _sampled("turbo", m),
    "winter": lambda m: _columns(np.zeros(m), _ramp(m), 1 - _ramp(m) / 2),
}
