"""Handles of images: MATLAB's CData and AlphaData on matplotlib's image."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of
from matxai.graphics.handles import Handle, handle_of
from matxai.graphics.rulers import set_limits
from matxai.graphics.shading import recolour, table_of
from matxai.graphics.state import axes_state, put_on_top

__all__ = ["ImageHandle", "add_image", "class_range"]


def class_range(dtype: np.dtype) -> tuple[float, float]:
    """Give the values of a class that are black and white."""
    if dtype.kind in "iu":
        return float(np.iinfo(dtype).min), float(np.iinfo(dtype).max)
    return 0.0, 1.0


class ImageHandle(Handle):
    """Handle of an image, as ``imshow``, ``imagesc`` and ``image`` return it.

    Attributes
    ----------
    CData : numpy.ndarray, H×W or H×W×3
        What is shown, of the class that it was given in.
    AlphaData : float or numpy.ndarray, H×W
        Opacity, from 0 to 1.
    CDataMapping : {"scaled", "direct"}
        Whether values are scaled to the colormap or are numbers of its colours.
    XData, YData : numpy.ndarray, shape (2,)
        Places of the centres of the first and last pixel.
    Interpolation : {"nearest", "bilinear"}
        Between pixels.
    Parent : AxesHandle
        The axes.
    """

    _kind = "Image"

    def __init__(self, artist: Any):
        super().__init__(artist)
        self._pixels = np.zeros((1, 1))
        self._alpha: float | np.ndarray = 1.0
        self._mapping = "scaled"
        self._places: dict[str, Any] = {"XData": None, "YData": None}

    @property
    def CData(self) -> np.ndarray:
        return self._pixels.copy()

    @CData.setter
    def CData(self, value: Any) -> None:
        array = numeric_array(value, "CData")
        if not array.size or not (array.ndim == 2 or array.shape[2:] == (3,)):
            raise ValueError(f"CData must be an H×W or H×W×3 array, but is {describe(value)}.")
        if np.ndim(self._alpha) and np.shape(self._alpha) != array.shape[:2]:
            self._alpha = 1.0
        self._pixels = array.copy()
        self._update()

    @property
    def AlphaData(self) -> float | np.ndarray:
        return self._alpha.copy() if isinstance(self._alpha, np.ndarray) else self._alpha

    @AlphaData.setter
    def AlphaData(self, value: Any) -> None:
        alpha = numeric_array(value, "AlphaData").astype(np.float64)
        if alpha.size != 1 and alpha.shape != self._pixels.shape[:2]:
            size = "×".join(map(str, self._pixels.shape[:2]))
            raise ValueError(
                f"AlphaData must be one number or a {size} array, as CData is, but is "
                f"{describe(value)}."
            )
        alpha = np.clip(np.nan_to_num(alpha), 0, 1)
        self._alpha = float(alpha.reshape(-1)[0]) if alpha.size == 1 else alpha
        self._update()

    @property
    def CDataMapping(self) -> str:
        return self._mapping

    @CDataMapping.setter
    def CDataMapping(self, value: str) -> None:
        self._mapping = one_of("scaled", "direct")(value, "CDataMapping")
        self._update()

    @property
    def XData(self) -> np.ndarray:
        return self._ends("XData")

    @XData.setter
    def XData(self, value: Any) -> None:
        self._place("XData", value)

    @property
    def YData(self) -> np.ndarray:
        return self._ends("YData")

    @YData.setter
    def YData(self, value: Any) -> None:
        self._place("YData", value)

    @property
    def Interpolation(self) -> str:
        return self._artist.get_interpolation()

    @Interpolation.setter
    def Interpolation(self, value: str) -> None:
        self._artist.set_interpolation(one_of("nearest", "bilinear")(value, "Interpolation"))

    @property
    def Parent(self) -> Any:
        from matxai.graphics.containers import axes_handle

        return axes_handle(self._artist.axes)

    # What the axes ask of their images

    def scaled_values(self) -> np.ndarray | None:
        """Give the values that the limits of the colours have to span."""
        scaled = self._mapping == "scaled" and self._pixels.ndim == 2
        return self._pixels.astype(np.float64) if scaled else None

    def colour_with(self, colours: Any) -> None:
        """Draw with a colormap of matplotlib."""
        self._artist.set_cmap(colours)
        if self._pixels.ndim == 2:
            self._artist.set_data(self._shown(colours.N))

    def fill_axes(self, aspect: str) -> None:
        """Let the axes show this image, its first row on top."""
        axes = self._artist.axes
        axes.set_aspect(aspect)
        axes.yaxis.set_inverted(True)
        left, right, bottom, top = self._artist.get_extent()
        set_limits(axes, "x", (min(left, right), max(left, right)))
        set_limits(axes, "y", (min(bottom, top), max(bottom, top)))

    # On matplotlib

    def _ends(self, name: str) -> np.ndarray:
        length = self._pixels.shape[name == "XData"]
        given = self._places[name]
        return np.array([1.0, length]) if given is None else given.copy()

    def _place(self, name: str, value: Any) -> None:
        places = numeric_array(value, name).astype(np.float64).reshape(-1)
        if not places.size or not np.isfinite(places).all():
            raise ValueError(f"{name} must be [first, last], but is {describe(value)}.")
        length = self._pixels.shape[name == "XData"]
        last = places[-1] if places.size > 1 else places[0] + length - 1
        if last == places[0] and length > 1:
            raise ValueError(f"{name} must hold two different places, but is {describe(value)}.")
        self._places[name] = np.array([places[0], last])
        self._set_extent()

    def _set_extent(self) -> None:
        edges = []
        for name, length in zip(("XData", "YData"), self._pixels.shape[1::-1], strict=True):
            first, last = self._ends(name)
            half = (last - first) / (2 * (length - 1)) if length > 1 else 0.5
            edges.append((first - half, last + half))
        (left, right), (top, bottom) = edges
        axes = self._artist.axes
        # matplotlib would set the limits to this image alone.
        follows = axes.get_autoscalex_on(), axes.get_autoscaley_on()
        axes.set_autoscale_on(False)
        self._artist.set_extent((left, right, bottom, top))
        axes.update_datalim([(left, top), (right, bottom)])
        axes.set_autoscalex_on(follows[0])
        axes.set_autoscaley_on(follows[1])
        axes.autoscale_view()

    def _update(self) -> None:
        from matplotlib.colors import NoNorm

        axes = self._artist.axes
        direct = self._mapping == "direct"
        self._artist.set_norm(NoNorm() if direct else axes_state(axes).norm)
        self._artist.set_data(self._shown(len(table_of(axes))))
        colours = self._pixels.ndim == 3
        self._artist.set_alpha(None if colours else self._alpha)
        self._set_extent()
        recolour(axes)

    def _shown(self, count: int) -> np.ndarray:
        if self._pixels.ndim == 3:
            return self._true_colours()
        if self._mapping == "direct":
            return self._indices(count)
        # In double, so that a colour is that of MATLAB's formula; matplotlib would hide infinity.
        values, norm = self._pixels.astype(np.float64), self._artist.norm
        return np.where(np.isinf(values), np.clip(values, norm.vmin, norm.vmax), values)

    def _indices(self, count: int) -> np.ndarray:
        """Give the colours' numbers from 0: floats count from 1 in MATLAB, integers from 0."""
        from_one = self._pixels.dtype.kind == "f"
        numbers = np.floor(np.nan_to_num(self._pixels.astype(np.float64), nan=1.0)) - from_one
        return np.clip(numbers, 0, count - 1).astype(np.int64)

    def _true_colours(self) -> np.ndarray:
        low, high = class_range(self._pixels.dtype)
        colours = (np.nan_to_num(self._pixels.astype(np.float64)) - low) / (high - low)
        alpha = np.broadcast_to(self._alpha, colours.shape[:2])
        return np.dstack([np.clip(colours, 0, 1), alpha])


def add_image(axes: Any, pixels: np.ndarray, mapping: str, x: Any, y: Any) -> ImageHandle:
    """Put an image into axes of matplotlib; it is coloured by their state."""
    from matplotlib.image import AxesImage

    artist = AxesImage(axes, interpolation="nearest", origin="upper")
    artist.set_data(np.zeros((1, 1)))
    handle = handle_of(artist, ImageHandle)
    handle._pixels, handle._mapping = pixels.copy(), mapping
    axes.add_image(artist)
    put_on_top(axes, artist)
    artist.set_clip_path(axes.patch)
    axes_state(axes).images.append(handle)
    handle._update()
    if x is not None:
        handle.XData = x
    if y is not None:
        handle.YData = y
    return handle
