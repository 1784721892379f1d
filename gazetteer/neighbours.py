"""What the placed settlements around a spot say about the unit it lies in."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

__all__ = ["Neighbour", "Neighbourhood"]

_CELL_KM = 8.0
_KM = 111.195


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A placed settlement near a spot."""

    distance_km: float
    key: Hashable
    hromada: str
    raion: str
    oblast: str


class Neighbourhood:
    """An index of placed settlements on a grid.

    Distances are those of a plane through the middle of Ukraine's latitudes and up to eight in
    a hundred off, which is enough to tell neighbours.

    Parameters
    ----------
    points : iterable of (key, lon, lat, hromada, raion, oblast)
        The placed settlements.

    Examples
    --------
    >>> around = Neighbourhood([("a", 30.0, 50.0, "h", "r", "o"), ("b", 30.1, 50.0, "h", "r", "o")])
    >>> [neighbour.key for neighbour in around.nearest(30.09, 50.0, 1)]
    ['b']
    """

    def __init__(self, points: Iterable[tuple[Hashable, float, float, str, str, str]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, Hashable, str, str, str]]] = (
            defaultdict(list)
        )
        self._answers: dict[tuple[Hashable, int], list[Neighbour]] = {}
        self._own: dict[str, list[tuple[float, float, Hashable]]] = defaultdict(list)
        for key, lon, lat, hromada, raion, oblast in points:
            x, y = _plane(lon, lat)
            cell = (int(x // _CELL_KM), int(y // _CELL_KM))
            self._cells[cell].append((x, y, key, hromada, raion, oblast))
            self._own[hromada].append((x, y, key))

    def nearest(
        self, lon: float, lat: float, count: int, *, without: Hashable = None, limit_km: float = 40
    ) -> list[Neighbour]:
        """The nearest placed settlements, the nearest first.

        Parameters
        ----------
        lon, lat : float
        count : int
        without : hashable, optional
            A settlement to leave out, usually the one that is asked about.
        limit_km : float
            How far to look.
        """
        x, y = _plane(lon, lat)
        column, line = int(x // _CELL_KM), int(y // _CELL_KM)
        found: list[tuple[float, int, Neighbour]] = []
        for ring in range(int(limit_km // _CELL_KM) + 2):
            for cell in _ring(column, line, ring):
                for px, py, key, hromada, raion, oblast in self._cells.get(cell, ()):
                    if key == without:
                        continue
                    distance = math.hypot(px - x, py - y)
                    if distance <= limit_km:
                        neighbour = Neighbour(distance, key, hromada, raion, oblast)
                        found.append((distance, len(found), neighbour))
            if len(found) >= count:
                found.sort()
                if found[count - 1][0] <= ring * _CELL_KM:
                    break
        found.sort()
        return [neighbour for _, _, neighbour in found[:count]]

    def nearest_of(self, spot: Hashable, lon: float, lat: float, count: int) -> list[Neighbour]:
        """Like `nearest`, kept for the next time the same spot is asked about."""
        if (spot, count) not in self._answers:
            self._answers[spot, count] = self.nearest(lon, lat, count)
        return self._answers[spot, count]

    def nearest_own(self, lon: float, lat: float, hromada: str, without: Hashable = None) -> float:
        """Kilometres to the nearest placed settlement of a hromada; 0 where none is placed."""
        x, y = _plane(lon, lat)
        return min(
            (math.hypot(px - x, py - y) for px, py, key in self._own[hromada] if key != without),
            default=0.0,
        )


def _plane(lon: float, lat: float) -> tuple[float, float]:
    return lon * _KM * 0.662, lat * _KM


def _ring(column: int, line: int, ring: int) -> Iterable[tuple[int, int]]:
    if ring == 0:
        yield column, line
        return
    for step in range(-ring, ring + 1):
        yield column + step, line - ring
        yield column + step, line + ring
    for step in range(-ring + 1, ring):
        yield column - ring, line + step
        yield column + ring, line + step
