"""Layers that turn channels into blocks of pixels, and blocks of pixels into channels."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import one_of, text
from matxai.calling import matlab_function
from matxai.nets.constructors import layer
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer
from matxai.nets.windows import window_sizes

__all__ = ["depthToSpace2dLayer", "spaceToDepthLayer"]


@matlab_function(
    "layer", accepts={"blockSize": window_sizes(2), "Mode": one_of("dcr", "crd"), "Name": text}
)
def depthToSpace2dLayer(blockSize: Any, *, Mode: str = "dcr", Name: str = "") -> Layer:
    """Make a layer that turns channels into blocks of pixels.

    Parameters
    ----------
    blockSize : int or [height, width]
        Size of the blocks. The output has that many times the height and width, and
        height·width times fewer channels.
    Mode : {"dcr", "crd"}
        How the channels are ordered: "dcr" has all channels of the blocks' first pixel first, then
        those of the next in the row; "crd" all pixels of the first channel.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``BlockSize`` and ``Mode``.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `blockSize` does not hold one or two positive integers, or `Mode` is another one.

    Notes
    -----
    "dcr" equals, in every value, what MathWorks prints of ``depthToSpace``; "crd" is documented.
    """
    height, width = blockSize

    def write(w: Writer, x: str) -> str:
        channels, *size = _image(w)
        if channels % (height * width):
            raise ValueError(
                f"its BlockSize is {height}×{width}, but the {channels} channels that come in are "
                f"no multiple of {height * width}"
            )
        if height == width:
            return w.node("DepthToSpace", [x], blocksize=height, mode=Mode.upper())
        rows, columns = _known(size)
        left = channels // (height * width)
        if Mode == "dcr":
            blocks, order = [height, width, left, rows, columns], [0, 3, 4, 1, 5, 2]
        else:
            blocks, order = [left, height, width, rows, columns], [0, 1, 4, 2, 5, 3]
        return _rearranged(w, x, blocks, order, [left, rows * height, columns * width])

    shown = {"BlockSize": np.array(blockSize), "Mode": Mode}
    return layer("DepthToSpace2DLayer", Name, Recipe(write), shown)


@matlab_function("layer", accepts={"blockSize": window_sizes(2), "Name": text})
def spaceToDepthLayer(blockSize: Any, *, Name: str = "") -> Layer:
    """Make a layer that turns blocks of pixels into channels.

    Parameters
    ----------
    blockSize : int or [height, width]
        Size of the blocks. What is left of the image at its end is cut off.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``BlockSize``. Its output has all channels of the blocks' first pixel
        first, then those of the next in the row.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `blockSize` does not hold one or two positive integers.

    See Also
    --------
    depthToSpace2dLayer : undoes it.

    Notes
    -----
    Equals, in every value, what MathWorks prints of ``spaceToDepth``; that an incomplete block is
    cut off is documented.
    """
    height, width = blockSize

    def write(w: Writer, x: str) -> str:
        channels, *size = _image(w)
        if height == width and None in size:
            return w.node("SpaceToDepth", [x], blocksize=height)
        rows, columns = (n // b for n, b in zip(_known(size), blockSize, strict=True))
        if [rows * height, columns * width] != size:
            ends = [[0, 0], [rows * height, columns * width], [2, 3]]
            names = ("first", "end", "axes")
            inputs = [w.weight(n, v, np.int64) for n, v in zip(names, ends, strict=True)]
            x = w.node("Slice", [x, *inputs], "Slice")
        if height == width:
            return w.node("SpaceToDepth", [x], blocksize=height)
        blocks = [channels, rows, height, columns, width]
        return _rearranged(
            w, x, blocks, [0, 3, 5, 1, 2, 4], [channels * height * width, rows, columns]
        )

    return layer("SpaceToDepthLayer", Name, Recipe(write), {"BlockSize": np.array(blockSize)})


def _image(w: Writer) -> list[int | None]:
    """Return channels, height and width of what comes in."""
    shape = list(w.shape(0))
    if len(shape) != 4:
        raise ValueError("it takes images, but what comes in has no height and width")
    return shape[1:]


def _known(size: list[int | None]) -> list[int]:
    if None in size:
        raise ValueError(
            "its blocks are not square, which takes images of a known size, but any size comes in"
        )
    return [int(n) for n in size if n is not None]


def _rearranged(w: Writer, x: str, blocks: list[int], order: list[int], result: list[int]) -> str:
    """Part the axes of each image into blocks, reorder them and put them together again."""
    parted = w.node("Reshape", [x, w.weight("blocks", [0, *blocks], np.int64)], "Reshape")
    turned = w.node("Transpose", [parted], "Transpose", perm=order)
    return w.node("Reshape", [turned, w.weight("shape", [0, *result], np.int64)])
