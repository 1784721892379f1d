"""Look-up by position: the nearest places, and those within a geometry."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot, inf, radians, tan

from gazetteer import layout
from gazetteer.errors import GazetteerQueryError
from gazetteer.filters import Accept
from gazetteer.geodesy import (
    LEAST_RADIUS_M,
    distance_m,
    meridian_distance_m,
    metres_per_degree,
    sphere_distance_m,
)
from gazetteer.grid import Grid
from gazetteer.place import Place
from gazetteer.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["SpatialLookup"]

_FLAT_M = 100_000.0  # farther than this, the flat metric around a point is not used
_SPHERE_ERROR = 0.02  # twice what a sphere's distance differs from the ellipsoid's, and more


class SpatialLookup:
    """Look-ups by position over one store."""

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def nearest(
        self, lon: float, lat: float, k: int, accept: Accept | None, max_distance_m: float
    ) -> list[tuple[float, Place]]:
        """The `k` nearest places with their geodesic distances in metres."""
        lon = (lon + 180) % 360 - 180
        found = self._candidates(lon, lat, k, accept, max_distance_m)
        ranks, columns = self._store.file.ranks, self._store.file.columns
        lons, lats = columns["lon"], columns["lat"]
        measured = []
        for number in found:
            metres = distance_m(
                lon, lat, lons[number] / layout.DEGREE, lats[number] / layout.DEGREE
            )
            if metres <= max_distance_m:
                measured.append((metres, ranks[number], number))
        measured.sort()
        return [(metres, self._store.records.place(number)) for metres, _, number in measured[:k]]

    def _candidates(
        self, lon: float, lat: float, k: int, accept: Accept | None, limit: float
    ) -> list[int]:
        """Numbers of places among which the `k` nearest are, whatever the quick distance errs."""
        columns = self._store.file.columns
        lons, lats, degree = columns["lon"], columns["lat"], layout.DEGREE
        east_m, north_m = metres_per_degree(lat)
        east_m, north_m = east_m / degree, north_m / degree
        here_x, here_y = lon * degree, lat * degree
        near: list[tuple[float, int]] = []
        if not self._is_local(lon, lat):
            return self._far_candidates(lon, lat, k, accept, limit)
        for members, outside in self._rings(lon, lat):
            near += [
                (
                    hypot((lons[number] - here_x) * east_m, (lats[number] - here_y) * north_m),
                    number,
                )
                for number in (members if accept is None else filter(accept, members))
            ]
            if outside > limit:
                return [number for _, number in near]
            if len(near) >= k:
                near.sort()
                reach = _widened(near[k - 1][0], lat)
                if reach > _FLAT_M:
                    break
                if reach < outside:
                    return [number for metres, number in near if metres <= reach]
        return self._far_candidates(lon, lat, k, accept, limit)

    def _far_candidates(
        self, lon: float, lat: float, k: int, accept: Accept | None, limit: float
    ) -> list[int]:
        """As `_candidates`, by distances on a sphere: slower, for positions far from any place."""
        columns = self._store.file.columns
        lons, lats, degree = columns["lon"], columns["lat"], layout.DEGREE
        near: list[tuple[float, int]] = []
        everything = [(range(self._store.file.count), inf)]
        for members, outside in self._rings(lon, lat) if self._is_local(lon, lat) else everything:
            near += [
                (sphere_distance_m(lon, lat, lons[number] / degree, lats[number] / degree), number)
                for number in members
                if accept is None or accept(number)
            ]
            near.sort()
            reach = near[k - 1][0] * (1 + _SPHERE_ERROR) + 1 if len(near) >= k else inf
            if reach < outside or outside > limit:
                return [number for metres, number in near if metres <= reach]
        return [number for _, number in near]

    def _is_local(self, lon: float, lat: float) -> bool:
        """Whether a position is near the grid, and the grid neither polar nor round the world."""
        grid = self._store.file.grid
        east = grid.west + grid.width * grid.columns
        north = grid.south + grid.height * grid.rows
        inside = grid.west - 5 < lon < east + 5 and grid.south - 5 < lat < north + 5
        return inside and east - grid.west < 170 and abs(lat) < 80

    def _rings(self, lon: float, lat: float) -> Iterator[tuple[list[int], float]]:
        """Places of the cells around, then of ever larger rings of cells.

        With each goes the distance that the places not yet seen have at least.
        """
        file = self._store.file
        grid, starts, places = file.grid, file.cell_starts, file.cell_places
        x, y = grid.column(lon), grid.row(lat)
        radius = 1
        while True:
            left, right = max(x - radius, 0), min(x + radius, grid.columns - 1)
            low, high = y - radius, y + radius
            members: list[int] = []
            for row in range(max(low, 0), min(high, grid.rows - 1) + 1):
                base = row * grid.columns
                if radius == 1 or row in (low, high):
                    members += places[starts[base + left] : starts[base + right + 1]]
                    continue
                if x - radius >= 0:
                    members += places[starts[base + left] : starts[base + left + 1]]
                if x + radius < grid.columns:
                    members += places[starts[base + right] : starts[base + right + 1]]
            outside = _distance_out(grid, lon, lat, (left, low, right, high))
            yield members, outside
            if outside == inf:
                return
            radius += 1

    def within(self, geometry: Any, accept: Accept | None) -> list[Place]:
        """Places in a shapely geometry in degrees or on its edge, the most prominent first.

        Raises
        ------
        GazetteerQueryError
            If it is no geometry or GEOS cannot use it.
        """
        import numpy as np
        from shapely import GEOSException, intersects_xy, prepare
        from shapely.geometry.base import BaseGeometry

        if not isinstance(geometry, BaseGeometry):
            raise GazetteerQueryError(
                f"geometry is a {type(geometry).__name__}, not a shapely geometry in degrees "
                "(lon, lat)"
            )
        if geometry.is_empty or not len(self._store.file.order):
            return []
        columns = self._store.file.columns
        lons = np.asarray(columns["lon"]) / layout.DEGREE
        lats = np.asarray(columns["lat"]) / layout.DEGREE
        west, south, east, north = geometry.bounds
        numbers = np.flatnonzero(
            (lons >= west) & (lons <= east) & (lats >= south) & (lats <= north)
        )
        try:
            prepare(geometry)
            numbers = numbers[intersects_xy(geometry, lons[numbers], lats[numbers])]
        except GEOSException as error:
            raise GazetteerQueryError(
                f"the geometry cannot be used ({error}); try shapely.make_valid on it"
            ) from error
        ranks = self._store.file.ranks
        chosen = [number for number in numbers.tolist() if accept is None or accept(number)]
        return [
            self._store.records.place(number)
            for number in sorted(chosen, key=lambda number: ranks[number])
        ]


def _distance_out(grid: Grid, lon: float, lat: float, block: tuple[int, int, int, int]) -> float:
    """At least how far places outside a block of cells are, in metres."""
    left, low, right, high = block
    outside = inf
    if left > 0:
        degrees = lon - (grid.west + left * grid.width)
        outside = min(outside, meridian_distance_m(lat, degrees))
    if right < grid.columns - 1:
        degrees = grid.west + (right + 1) * grid.width - lon
        outside = min(outside, meridian_distance_m(lat, degrees))
    if low > 0:
        degrees = lat - (grid.south + low * grid.height)
        outside = min(outside, radians(degrees) * LEAST_RADIUS_M)
    if high < grid.rows - 1:
        degrees = grid.south + (high + 1) * grid.height - lat
        outside = min(outside, radians(degrees) * LEAST_RADIUS_M)
    return outside


def _widened(metres: float, lat: float) -> float:
    """A flat distance plus all it may err, so that no truly nearer place is left out.

    Over a hundred kilometres the latitude changes by less than 0.016, the length of a degree of
    longitude by less than that times the tangent, and half of it tells in the distance; taken
    twice, for the two places that are compared.
    """
    steepness = max(1.0, tan(radians(abs(lat))))
    return metres * (1 + 2 * (0.001 + 0.01 * steepness * metres / _FLAT_M)) + 0.1
