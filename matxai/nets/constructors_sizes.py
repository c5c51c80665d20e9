"""Layers that change the height and width of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import (
    any_of,
    describe,
    logical,
    numeric_array,
    one_of,
    positive_integers,
    text,
)
from matxai.calling import matlab_function
from matxai.nets.constructors import layer
from matxai.nets.fragments import Recipe, Shape, Writer
from matxai.nets.layers import Layer

__all__ = ["crop2dLayer", "maxUnpooling2dLayer", "resize2dLayer"]

_TRANSFORMS = {"half-pixel": "half_pixel", "asymmetric": "asymmetric"}
_ROUNDINGS = {"round": "round_prefer_ceil", "floor": "floor"}


def _two(value: Any, name: str) -> tuple[float, float]:
    """Check one positive number or two, for rows and columns; one of them can be NaN."""
    items = numeric_array(value, name).reshape(-1).astype(float)
    if items.size not in (1, 2) or np.isnan(items).all():
        raise ValueError(f"{name} must be one positive number or two, but is {describe(value)}.")
    if (items <= 0).any() or np.isinf(items).any():
        raise ValueError(f"{name} must be positive and finite, but is {describe(value)}.")
    return float(items[0]), float(items[-1])


def _scale(value: Any, name: str) -> tuple[float, float]:
    factors = _two(value, name)
    if np.isnan(factors).any():
        raise ValueError(f"{name} must be positive and finite, but is {describe(value)}.")
    return factors


def _output_size(value: Any, name: str) -> tuple[float, float]:
    sizes = _two(value, name)
    if any(n != np.floor(n) for n in sizes if not np.isnan(n)):
        raise ValueError(
            f"{name} must hold integers, or NaN for one that follows, but is {describe(value)}."
        )
    return sizes


@matlab_function(
    "layer",
    accepts={
        "Scale": _scale,
        "OutputSize": _output_size,
        "EnableReferenceInput": logical,
        "Method": one_of("nearest", "bilinear"),
        "GeometricTransformMode": one_of(*_TRANSFORMS),
        "NearestRoundingMode": one_of("round", "floor", "onnx-10"),
        "Name": text,
    },
)
def resize2dLayer(
    *,
    Scale: Any = None,
    OutputSize: Any = None,
    EnableReferenceInput: bool = False,
    Method: str = "nearest",
    GeometricTransformMode: str = "half-pixel",
    NearestRoundingMode: str = "round",
    Name: str = "",
) -> Layer:
    """Make a layer that enlarges or shrinks images.

    Parameters
    ----------
    Scale : float or [vertical, horizontal], optional
        How much larger the output is; what is left of a pixel is left out.
    OutputSize : [height, width], optional
        Size of the output. One of them can be NaN, which keeps the aspect ratio.
    EnableReferenceInput : bool, default False
        Whether the size is that of a second input, "ref".
    Method : {"nearest", "bilinear"}
        How pixels in between are found.
    GeometricTransformMode : {"half-pixel", "asymmetric"}
        Whether the edges of the image stay where they are, or the centre of its first pixel.
    NearestRoundingMode : {"round", "floor", "onnx-10"}
        Which pixel is the nearest, halves being rounded up; "onnx-10" is as in that opset of ONNX.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with the options as properties. Its inputs are "in" and, if there is a
        reference, "ref".

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If not exactly one of `Scale`, `OutputSize` and `EnableReferenceInput` is given, or one is
        not positive.

    Notes
    -----
    Options are documented, the numbers those of ONNX's Resize. Chosen here: sizes are rounded
    down by `Scale` and up where `OutputSize` has NaN, and "onnx-10" is "asymmetric" with "floor".
    Nothing is smoothed before shrinking.

    Examples
    --------
    >>> from matxai import dlnetwork, imageInputLayer, resize2dLayer
    >>> net = dlnetwork([
    ...     imageInputLayer([4, 6, 3], Normalization="none"), resize2dLayer(Scale=2)
    ... ])
    >>> net.activation_size("resize")
    (8, 12, 3)
    """
    if (Scale is not None) + (OutputSize is not None) + EnableReferenceInput != 1:
        raise ValueError(
            "resize2dLayer: give one of Scale, OutputSize and EnableReferenceInput=True."
        )
    attributes = _resizing(Method, GeometricTransformMode, NearestRoundingMode)

    def write(w: Writer, x: str, *reference: str) -> str:
        shape = _image(w.shape(0))
        if Scale is not None:
            factors = w.weight("scales", [1, 1, *Scale])
            return w.node("Resize", [x, "", factors], **attributes)
        if reference:
            size = _reference_size(w, reference[0])
        else:
            size = w.weight("size", _whole(OutputSize, shape), np.int64)
        first = _part_of_shape(w, x, "in", 0, 2)
        sizes = w.node("Concat", [first, size], "Concat", axis=0)
        return w.node("Resize", [x, "", "", sizes], **attributes)

    sizes = {"Scale": Scale, "OutputSize": OutputSize}
    shown = {n: np.array(v) for n, v in sizes.items() if v is not None} | {
        "EnableReferenceInput": EnableReferenceInput,
        "Method": Method,
        "GeometricTransformMode": GeometricTransformMode,
        "NearestRoundingMode": NearestRoundingMode,
    }
    inputs = ("in", "ref") if EnableReferenceInput else ("in",)
    return layer("Resize2DLayer", Name, Recipe(write, inputs), shown)


def _resizing(method: str, transform: str, rounding: str) -> dict[str, str]:
    """Say how to resize as ONNX does."""
    if method == "bilinear":
        return {"mode": "linear", "coordinate_transformation_mode": _TRANSFORMS[transform]}
    if rounding == "onnx-10":
        transform, rounding = "asymmetric", "floor"
    return {
        "mode": "nearest",
        "coordinate_transformation_mode": _TRANSFORMS[transform],
        "nearest_mode": _ROUNDINGS[rounding],
    }


def _reference_size(w: Writer, reference: str) -> str:
    """Give height and width of the second input, as a weight where they are known."""
    size = _image(w.shape(1))[2:]
    if None in size:
        return _part_of_shape(w, reference, "ref", 2, 4)
    return w.weight("size", size, np.int64)


def _whole(size: tuple[float, float], shape: Shape) -> list[int]:
    """Find the size that was left open, so that the aspect ratio stays."""
    if not np.isnan(size).any():
        return [int(n) for n in size]
    height, width = shape[2:]
    if None in (height, width):
        raise ValueError("its OutputSize has NaN, but the size of what comes in is not known")
    if np.isnan(size[0]):
        return [int(np.ceil(size[1] * height / width)), int(size[1])]
    return [int(size[0]), int(np.ceil(size[0] * width / height))]


@matlab_function(
    "layer",
    accepts={"Location": any_of(positive_integers([2]), one_of("centercrop")), "Name": text},
)
def crop2dLayer(Location: Any, *, Name: str = "") -> Layer:
    """Make a layer that cuts images to the size of others.

    Parameters
    ----------
    Location : "centercrop" or [x, y]
        What stays: the centre, or what begins at column x and row y, counted from 1.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``Mode``, "centercrop" or "custom", and ``Location``. Its inputs are "in",
        which is cut, and "ref", which says the size.

    Raises
    ------
    TypeError
        If `Location` is neither.
    ValueError
        If it holds anything but two positive integers.

    Notes
    -----
    As MathWorks documents it. Chosen here: where a centre cannot be in the middle, it lies half a
    pixel nearer to the first row and column.
    """
    place = None if Location == "centercrop" else [Location[1] - 1, Location[0] - 1]

    def write(w: Writer, x: str, reference: str) -> str:
        given, wanted = _image(w.shape(0))[2:], _image(w.shape(1))[2:]
        if None in (*given, *wanted):
            return _cut_by_shapes(w, x, reference, place)
        first = place or [(n - m) // 2 for n, m in zip(given, wanted, strict=True)]
        end = [f + m for f, m in zip(first, wanted, strict=True)]
        if min(first) < 0 or any(e > n for e, n in zip(end, given, strict=True)):
            where = "its centre" if place is None else f"its Location {list(Location)}"
            raise ValueError(
                f"it cannot cut {'×'.join(map(str, wanted))} out of {'×'.join(map(str, given))} "
                f"at {where}"
            )
        return _cut(w, x, w.weight("start", first, np.int64), w.weight("end", end, np.int64))

    shown = {"Mode": "centercrop", "Location": "auto"}
    if place is not None:
        shown = {"Mode": "custom", "Location": np.array(Location)}
    return layer("Crop2DLayer", Name, Recipe(write, ("in", "ref")), shown)


def _cut_by_shapes(w: Writer, x: str, reference: str, place: list[int] | None) -> str:
    """Cut where sizes are known only when images come in."""
    size = _part_of_shape(w, reference, "ref", 2, 4)
    if place is None:
        more = w.node("Sub", [_part_of_shape(w, x, "in", 2, 4), size], "Sub")
        start = w.node("Div", [more, w.weight("two", [2, 2], np.int64)], "Div")
    else:
        start = w.weight("start", place, np.int64)
    return _cut(w, x, start, w.node("Add", [start, size], "Add"))


def _cut(w: Writer, x: str, start: str, end: str) -> str:
    return w.node("Slice", [x, start, end, w.weight("axes", [2, 3], np.int64)])


@matlab_function("layer", accepts={"Name": text})
def maxUnpooling2dLayer(*, Name: str = "") -> Layer:
    """Make a layer that undoes a max pooling: each maximum goes where it was, zeros elsewhere.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer. Its inputs are "in", and "indices" and "size", to which the outputs of these
        names of a ``maxPooling2dLayer(..., HasUnpoolingOutputs=True)`` are to be connected.

    Notes
    -----
    Documented. Where windows overlap and share a maximum, it is there once.

    Examples
    --------
    >>> import numpy as np
    >>> import matxai as m
    >>> pool = m.maxPooling2dLayer(2, Stride=2, HasUnpoolingOutputs=True, Name="pool")
    >>> lgraph = m.layerGraph([m.imageInputLayer([2, 4, 1], Normalization="none"), pool])
    >>> lgraph = m.addLayers(lgraph, m.maxUnpooling2dLayer(Name="unpool"))
    >>> for output, port in (("out", "in"), ("indices", "indices"), ("size", "size")):
    ...     lgraph = m.connectLayers(lgraph, f"pool/{output}", f"unpool/{port}")
    >>> m.predict(m.dlnetwork(lgraph), np.array([[1.0, 2, 3, 4], [8, 7, 6, 5]]))
    array([[0., 0., 0., 0.],
           [8., 0., 6., 0.]], dtype=float32)
    """

    def write(w: Writer, x: str, indices: str, size: str) -> str:
        # The operator has to name a window; it does not matter where the size is given.
        return w.node("MaxUnpool", [x, indices, size], kernel_shape=[1, 1], strides=[1, 1])

    return layer("MaxUnpooling2DLayer", Name, Recipe(write, ("in", "indices", "size")))


def _image(shape: Shape) -> Shape:
    if len(shape) != 4:
        raise ValueError("it takes images, but what comes in has no height and width")
    return shape


def _part_of_shape(w: Writer, x: str, suffix: str, start: int, end: int) -> str:
    ends = [w.weight(f"{suffix}_{i}", [i], np.int64) for i in (start, end)]
    whole = w.node("Shape", [x], f"{suffix}_Shape")
    return w.node("Slice", [whole, *ends], f"{suffix}_Slice")
