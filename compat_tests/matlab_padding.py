"""Padding as MATLAB's exporter writes it: as an attribute, or computed in the graph."""

from math import ceil

import numpy as np


def padded(w, x, name, kernel, stride, padding, value=0.0):
    """Pad in front of a layer; return the tensor, the pads left to the layer, and its map's size.

    Padding is top, left, bottom and right, or "same"; a value of None cannot be padded in front.
    """
    size = x.shape[1:]
    if padding != "same":
        after = [n + padding[i] + padding[i + 2] for i, n in enumerate(size)]
        maps = [(n - k) // s + 1 for n, k, s in zip(after, kernel, stride, strict=True)]
        return x, list(padding), maps
    maps = [ceil(n / s) for n, s in zip(size, stride, strict=True)]
    total = [
        max((m - 1) * s + k - n, 0) for m, s, k, n in zip(maps, stride, kernel, size, strict=True)
    ]
    pads = [t // 2 for t in total] + [t - t // 2 for t in total]
    if w.dialect.dynamic and value is not None:
        return _dynamically_padded(w, x, name, kernel, stride, value, pads), [0, 0, 0, 0], maps
    return x, pads, maps


def _dynamically_padded(w, x, name, kernel, stride, value, pads):
    """Write the padding "same" as R2024b does, computed from the input's shape in the graph."""

    def node(op, inputs, suffix, **attributes):
        return w.node(op, inputs, f"{name}_{suffix}", **attributes)

    def weight(suffix, values, dtype=float):
        return w.weight(f"{name}_{suffix}", np.asarray(values, dtype))

    strides, one = weight("Stride", [1, 1, *stride]), weight("One", [1])
    window, zero = weight("Filter", [1, 1, *kernel]), weight("Zero", [0])
    parts = weight("Split_split", [2, 1, 1], int)
    shape = node("Cast", [node("Shape", [x.name], "InputShapeInt")], "InputShape", to=1)
    maps = node("Ceil", [node("Div", [shape, strides], "Div")], "Ceil")
    reach = node("Mul", [node("Sub", [maps, one], "Sub"), strides], "Mul")
    total = node("Sub", [node("Add", [reach, window], "Add"), shape], "Sub1")
    total = node("Cast", [node("Relu", [total], "ReluInt")], "Relu", to=1)
    totals = [f"{name}_totalPaddingNeeded{i}" for i in (1, 2)]
    w.node("Split", [total, parts], f"{name}_Split", [f"{name}_BCPadding", *totals], axis=0)
    floors, ceils = [], []
    for i in (1, 2):
        stem = f"totalPaddingNeeded{i}"
        half = node("Div", [f"{name}_{stem}", weight(f"{stem}_Two", [2])], f"{stem}_Div")
        floors.append(node("Floor", [half], f"{stem}_Floor"))
        ceils.append(node("Ceil", [half], f"{stem}_Ceil"))
    amounts = node("Concat", [zero, zero, *floors, zero, zero, *ceils], "paddingSize", axis=0)
    amounts = node("Cast", [amounts], "paddingSizeInt", to=7)
    filler = weight("Pad_value", value)
    wide = [n + pads[i] + pads[i + 2] for i, n in enumerate(x.shape[1:])]
    out = node("Pad", [x.name, amounts, filler], "Pad", mode="constant")
    return x._replace(name=out, shape=(x.shape[0], *wide))
