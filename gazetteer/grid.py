"""A grid of longitude-latitude cells: which places lie in which cell.

Sections ``cell.start`` (u32, one more than there are cells: where each cell's places begin) and
``cell.place`` (u32: numbers of places, cell by cell, rows from south to north); the bounds and the
numbers of columns and rows stand in the file's ``meta``.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import ceil, cos, radians, sqrt

__all__ = ["MOST_CELLS", "Grid", "pack_cells"]

MOST_CELLS = 2000  # columns, and rows


class Grid:
    """Bounds and size of the grid.

    Parameters
    ----------
    west, south : float
        Degrees, the corner from which columns and rows are counted.
    width, height : float
        Degrees, of one cell.
    columns, rows : int
    """

    __slots__ = ("columns", "height", "rows", "south", "west", "width")

    def __init__(
        self, west: float, south: float, width: float, height: float, columns: int, rows: int
    ) -> None:
        self.west = west
        self.south = south
        self.width = width
        self.height = height
        self.columns = columns
        self.rows = rows

    def as_dict(self) -> dict[str, float]:
        """The arguments that make this grid."""
        return {name: getattr(self, name) for name in sorted(self.__slots__)}

    def column(self, lon: float) -> int:
        """Column of a longitude, clamped to the grid."""
        return min(max(int((lon - self.west) // self.width), 0), self.columns - 1)

    def row(self, lat: float) -> int:
        """Row of a latitude, clamped to the grid."""
        return min(max(int((lat - self.south) // self.height), 0), self.rows - 1)

    @classmethod
    def over(cls, lons: Sequence[float], lats: Sequence[float]) -> Grid:
        """A grid over positions with about as many cells as positions, about square on the ground.

        It covers all but the outermost hundredth of them each way: a few far cities would make the
        cells wide everywhere else. What lies outside is counted to the cells at the border.

        Examples
        --------
        >>> grid = Grid.over([37.0, 38.0], [48.0, 49.0])
        >>> grid.column(37.0), grid.row(48.0)
        (0, 0)
        """
        if not lons:
            return cls(0.0, 0.0, 1.0, 1.0, 1, 1)
        west, east = _core(lons, 170.0)
        south, north = _core(lats, 160.0)
        shrink = max(cos(radians((south + north) / 2)), 0.1)
        width = max(east - west, 1e-6)
        height = max(north - south, 1e-6)
        side = max(sqrt(width * shrink * height / max(len(lons), 1)), 1e-6)
        columns = min(max(ceil(width * shrink / side), 1), MOST_CELLS)
        rows = min(max(ceil(height / side), 1), MOST_CELLS)
        # a little wider than the positions, so that the last one lies inside the last cell
        cell_width = width * (1 + 1e-9) / columns
        cell_height = height * (1 + 1e-9) / rows
        return cls(west, south, cell_width, cell_height, columns, rows)


def _core(degrees: Sequence[float], widest: float) -> tuple[float, float]:
    """Bounds of all but the outermost; of everything where it goes round the world."""
    ordered = sorted(degrees)
    if ordered[-1] - ordered[0] > widest:
        return ordered[0], ordered[-1]
    cut = len(ordered) // 200
    return ordered[cut], ordered[-1 - cut]


def pack_cells(
    grid: Grid, lons: Sequence[float], lats: Sequence[float]
) -> tuple[array[int], array[int]]:
    """The sections ``cell.start`` and ``cell.place``."""
    cells: list[list[int]] = [[] for _ in range(grid.columns * grid.rows)]
    for number, (lon, lat) in enumerate(zip(lons, lats, strict=True)):
        cells[grid.row(lat) * grid.columns + grid.column(lon)].append(number)
    at = array("I", [0])
    places = array("I")
    for members in cells:
        places.extend(members)
        at.append(len(places))
    return at, places
