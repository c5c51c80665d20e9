"""What MATLAB's exporter writes of an image input layer, for any opset.

"zerocenter" is as in MATLAB's files; the others are conjectures. Each function returns the tensor
and a factor that brings it to about 1.
"""

import numpy as np


def _drawn(w, x, name, scale, offset, of_pixels=False):
    """Draw a statistic of the training images, of each channel or of each pixel."""
    shape = x.shape if of_pixels else (x.shape[0], 1, 1)
    return np.abs(w.random(name, *shape, scale=scale, offset=offset))


def _applied(w, x, op, suffix, values):
    """Write an operator whose second operand is a weight."""
    if w.dialect.legacy:
        values = values.ravel() if values.shape[1:] == (1, 1) else values
    else:
        values = values[None]
    weight = w.weight(f"imageinput_{suffix}", values)
    out = w.node(op, [x.name, weight], f"imageinput_{op}", **w.legacy())
    return x._replace(name=out)


def _without(w, x):
    return x, 1 / 128


def _zerocenter(of_pixels):
    def normalize(w, x):
        mean = _drawn(w, x, "Mean", 9, 120, of_pixels)
        return _applied(w, x, "Sub", w.dialect.average, mean), 1 / 64

    return normalize


def _zscore(w, x):
    centred = _applied(w, x, "Sub", w.dialect.average, _drawn(w, x, "Mean", 9, 120))
    return _applied(w, centred, "Div", "StdDev", _drawn(w, x, "StdDev", 5, 60)), 1.0


def _rescale(low, high, as_product):
    def normalize(w, x):
        least, most = _drawn(w, x, "Min", 3, 6), _drawn(w, x, "Max", 3, 250)
        factor = (high - low) / (most - least)
        if as_product:
            times = _applied(w, x, "Mul", "Scale", factor)
            return _applied(w, times, "Add", "Offset", low - factor * least), 1.0
        minus = _applied(w, x, "Sub", "Min", least - low / factor)
        return _applied(w, minus, "Div", "Range", 1 / factor), 1.0

    return normalize


NORMALIZATIONS = {
    "none": _without,
    "zerocenter": _zerocenter(of_pixels=False),
    "zerocenter of pixels": _zerocenter(of_pixels=True),
    "zscore": _zscore,
    "rescale-zero-one": _rescale(0, 1, as_product=True),
    "rescale-symmetric": _rescale(-1, 1, as_product=False),
}
