"""Tiled layouts: which tiles axes take, and their places in the figure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.arguments import one_of
from matxai.graphics.handles import Handle

__all__ = ["SPACINGS", "LayoutHandle", "Tile", "flow_columns", "spacing"]

# Inches around each axes, and parts of a tile's size between them.
SPACINGS = {"loose": (0.12, 0.05), "compact": (0.04, 0.02), "tight": (0.01, 0.005), "none": (0, 0)}
_TILE_ASPECT = 4 / 3
spacing = one_of(*SPACINGS, "normal")


@dataclass
class Tile:
    """Axes, and the rows and columns of tiles that they span; the first tile if it was chosen."""

    axes: Any
    span: tuple[int, int]
    first: int | None = None


class LayoutHandle(Handle):
    """Handle of a tiled layout, as ``tiledlayout`` returns it.

    Attributes
    ----------
    GridSize : numpy.ndarray of int, shape (2,)
        Rows and columns of tiles.
    TileArrangement : {"fixed", "flow", "horizontal", "vertical"}
        How the grid grows.
    TileSpacing, Padding : {"loose", "compact", "tight", "none"}
        Space between the tiles and around them.
    Parent : FigureHandle
        The figure.
    """

    _kind = "TiledChartLayout"

    def __init__(self, figure: Any, arrangement: str, rows: int, columns: int):
        super().__init__(figure)
        self._arrangement, self._grid = arrangement, (rows, columns)
        self._tiles: list[Tile] = []
        self._spacings = {"TileSpacing": "loose", "Padding": "loose"}

    @property
    def GridSize(self) -> np.ndarray:
        return np.array(self._grid)

    @property
    def TileArrangement(self) -> str:
        return self._arrangement

    @property
    def TileSpacing(self) -> str:
        return self._spacings["TileSpacing"]

    @TileSpacing.setter
    def TileSpacing(self, value: str) -> None:
        self._space("TileSpacing", value)

    @property
    def Padding(self) -> str:
        return self._spacings["Padding"]

    @Padding.setter
    def Padding(self, value: str) -> None:
        self._space("Padding", value)

    @property
    def Parent(self) -> Any:
        from matxai.graphics.containers import figure_handle

        return figure_handle(self._artist)

    def _space(self, name: str, value: str) -> None:
        self._spacings[name] = spacing(value, name).replace("normal", "loose")
        pad, between = SPACINGS[self._spacings["Padding"]], SPACINGS[self.TileSpacing]
        self._artist.get_layout_engine().set(
            w_pad=pad[0], h_pad=pad[0], wspace=between[1], hspace=between[1]
        )

    # What nexttile asks of a layout

    @property
    def figure(self) -> Any:
        """The figure of matplotlib."""
        return self._artist

    def tile_at(self, first: int) -> Tile | None:
        """Find the axes whose upper left tile, counted from 0, is this one."""
        corners = self._corners()
        row, column = divmod(first, self._grid[1])
        return next(
            (t for t, c in zip(self._tiles, corners, strict=True) if c == (row, column)), None
        )

    def add(self, span: tuple[int, int], first: int | None = None) -> Any:
        """Make axes on the next free tiles, or those that begin at `first`, counted from 0."""
        tile = Tile(None, span, first)
        if self._arrangement == "fixed" and self._room(tile) is None:
            rows, columns = self._grid
            raise ValueError(
                f"nexttile: the {rows}×{columns} layout has no room for {span[0]}×{span[1]} more "
                f'tiles; make it larger, or tiledlayout("flow").'
            )
        self._tiles.append(tile)
        self._grid = self._fitting_grid()
        return self._place_all()

    def _room(self, tile: Tile) -> tuple[int, int] | None:
        taken = self._taken([*zip(self._tiles, self._corners(), strict=True)], self._grid)
        return _free_corner(taken, tile)

    def _fitting_grid(self) -> tuple[int, int]:
        if self._arrangement == "fixed":
            return self._grid
        area = sum(t.span[0] * t.span[1] for t in self._tiles)
        if self._arrangement == "vertical":
            return sum(t.span[0] for t in self._tiles), max(t.span[1] for t in self._tiles)
        if self._arrangement == "horizontal":
            return max(t.span[0] for t in self._tiles), sum(t.span[1] for t in self._tiles)
        width, height = self._artist.get_size_inches()
        columns = max(flow_columns(area, width / height), *(t.span[1] for t in self._tiles), 1)
        highest = [(t.first or 0) // columns + t.span[0] for t in self._tiles]
        rows = max(math.ceil(area / columns), *highest, 1)
        while self._corners((rows, columns))[-1] is None:
            rows += 1
        return rows, columns

    def _corners(self, grid: tuple[int, int] | None = None) -> list[tuple[int, int] | None]:
        """Give the row and column of each axes, in a grid; the current one by default."""
        grid = grid or self._grid
        placed: list[tuple[Tile, tuple[int, int]]] = []
        corners: dict[int, tuple[int, int] | None] = {}
        # Those at chosen tiles first: the others flow around them.
        for tile in sorted(self._tiles, key=lambda t: t.first is None):
            taken = self._taken(placed, grid)
            corner = _free_corner(taken, tile)
            corners[id(tile)] = corner
            if corner is not None:
                placed.append((tile, corner))
        return [corners[id(tile)] for tile in self._tiles]

    @staticmethod
    def _taken(placed: list[Any], grid: tuple[int, int]) -> np.ndarray:
        taken = np.zeros(grid, dtype=bool)
        for tile, (row, column) in placed:
            taken[row : row + tile.span[0], column : column + tile.span[1]] = True
        return taken

    def _place_all(self) -> Any:
        """Put all axes where the grid has them now, and make those that are not there yet."""
        from matxai.graphics.state import new_axes

        grid = self._artist.add_gridspec(*self._grid)
        for tile, (row, column) in zip(self._tiles, self._corners(), strict=True):
            place = grid[row : row + tile.span[0], column : column + tile.span[1]]
            if tile.axes is None:
                tile.axes = new_axes(self._artist, place)
            else:
                tile.axes.set_subplotspec(place)
        return self._tiles[-1].axes


def _free_corner(taken: np.ndarray, tile: Tile) -> tuple[int, int] | None:
    rows, columns = tile.span
    starts = range(taken.size) if tile.first is None else [tile.first]
    for start in starts:
        row, column = divmod(start, taken.shape[1])
        part = taken[row : row + rows, column : column + columns]
        if part.shape == tile.span and not part.any():
            return row, column
    return None


def flow_columns(count: int, figure_aspect: float) -> int:
    """Choose the columns that bring tiles closest to 4:3; of two as close, the more.

    Examples
    --------
    >>> [flow_columns(n, 4 / 3) for n in (1, 2, 3, 4, 5, 7)]
    [1, 2, 2, 2, 3, 3]
    """

    def distance(columns: int) -> tuple[float, int]:
        tile = figure_aspect * math.ceil(count / columns) / columns
        return round(abs(math.log(tile / _TILE_ASPECT)), 9), -columns

    return min(range(1, count + 1), key=distance)
