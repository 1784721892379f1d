"""How much ground a place covers: its outline where there is one, else a disc.

Reports speak of places relative to their built-up edge, so every other shape starts here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from frontmap.geometry import geodesic
from gazetteer import Kind, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "DEFAULT_EXTENT_M",
    "REACH_M",
    "WIDE_KINDS",
    "Footprint",
    "Outline",
    "footprint",
    "reach_m",
]

Outline = Callable[[Place], "BaseGeometry | None"]
"""Gives the outline of a place, polygons or for rivers lines, in (lon, lat) degrees, or None."""

DEFAULT_EXTENT_M = {
    Kind.CITY: 4_000.0,
    Kind.TOWN: 1_500.0,
    Kind.VILLAGE: 1_000.0,
    Kind.DISTRICT: 2_500.0,
    Kind.HROMADA: 12_000.0,
    Kind.RAION: 35_000.0,
    Kind.OBLAST: 90_000.0,
    Kind.REGION: 120_000.0,
    Kind.COUNTRY: 500_000.0,
    Kind.PENINSULA: 100_000.0,
    Kind.ISLAND: 2_000.0,
    Kind.RIVER: 50_000.0,
    Kind.LAKE: 3_000.0,
    Kind.RESERVOIR: 20_000.0,
    Kind.CANAL: 30_000.0,
    Kind.SEA: 150_000.0,
    Kind.FACILITY: 1_500.0,
}
"""Radius taken where a record has none, by kind, in metres."""

REACH_M = {
    Kind.CITY: 15_000.0,
    Kind.TOWN: 10_000.0,
    Kind.VILLAGE: 5_000.0,
    Kind.DISTRICT: 5_000.0,
    Kind.FACILITY: 5_000.0,
    Kind.ISLAND: 5_000.0,
    Kind.LAKE: 5_000.0,
    Kind.RIVER: 10_000.0,
    Kind.CANAL: 10_000.0,
    Kind.RESERVOIR: 10_000.0,
    Kind.HROMADA: 15_000.0,
    Kind.RAION: 25_000.0,
}
"""How far beyond its edge a place still serves as the point of reference, in metres.

A reporter takes the nearest place that readers may know. Beyond about half the way to the next
place of the same rank that would be the other one. Ukraine has a village every 4.5 km, a town
(selyshche) every 26 km and a city every 36 km; half of that and a margin for the uneven spread
gives 5, 10 and 15 km. Regions and whatever is not named here reach 40 km.
"""

WIDE_KINDS = frozenset(
    {
        Kind.HROMADA,
        Kind.RAION,
        Kind.OBLAST,
        Kind.REGION,
        Kind.COUNTRY,
        Kind.PENINSULA,
        Kind.RIVER,
        Kind.SEA,
    }
)
"""Kinds so large that the event lies somewhere in them, not all over them."""

_FAR_REACH_M = 40_000.0
_LARGE_CITY_REACH_M = 25_000.0  # known to every reader, so used from farther away
_LARGE_CITY_POPULATION = 250_000
_OUTLINE_PRECISION_M = 2_000.0  # how far outlines of different make lie apart
_DIVIDED_PRECISION_M = 3_000.0  # of raions, whose outlines are drawn between settlements
_COURSE_HALF_WIDTH_M = 500.0  # a river known by its line only: water and both banks


def reach_m(place: Place) -> float:
    """Return how far beyond its edge `place` serves as the point of reference, in metres."""
    if place.kind is Kind.CITY and (place.population or 0) >= _LARGE_CITY_POPULATION:
        return _LARGE_CITY_REACH_M
    return REACH_M.get(place.kind, _FAR_REACH_M)


@dataclass(frozen=True)
class Footprint:
    """The ground a place covers.

    Attributes
    ----------
    place : Place
    extent_m : float
        Radius in metres, from the outline where there is one.
    outline : shapely Polygon, MultiPolygon or None
        The real outline; without it the place covers a disc.
    course : shapely LineString, MultiLineString or None
        The line of a river or canal.
    """

    place: Place
    extent_m: float
    outline: BaseGeometry | None = None
    course: BaseGeometry | None = None

    @property
    def outlined(self) -> bool:
        """Whether the real outline is known."""
        return self.outline is not None

    @property
    def precision_m(self) -> float:
        """How exactly the ground is known, in metres: that of its position, or of the outline."""
        if self.outline is None:
            return self.place.precision_m
        divided = self.place.kind is Kind.RAION
        return _DIVIDED_PRECISION_M if divided else _OUTLINE_PRECISION_M

    @cached_property
    def area(self) -> BaseGeometry:
        """The ground covered, polygons."""
        if self.outline is not None:
            return self.outline
        return geodesic.circle(self.place.lon, self.place.lat, self.extent_m)

    def ring(self, inner: float, outer: float) -> BaseGeometry:
        """Return what lies from `inner` to `outer` metres beyond the edge."""
        if not self.outlined:
            return geodesic.ring(
                self.place.lon, self.place.lat, self.extent_m + inner, self.extent_m + outer
            )
        near = geodesic.buffer(self.area, inner) if inner > 0 else self.area
        return geodesic.without(geodesic.buffer(self.area, outer), near)

    def sector(self, inner: float, outer: float, centre: float, width: float) -> BaseGeometry:
        """Return the part of `ring` within `width` / 2 degrees of the bearing `centre`."""
        place = self.place
        if not self.outlined:
            return geodesic.sector(
                place.lon, place.lat, self.extent_m + inner, self.extent_m + outer, centre, width
            )
        if self.course is not None:
            return self.bank(inner, outer, centre)
        wedge = geodesic.sector(
            place.lon, place.lat, 0.0, self.extent_m + outer + 1_000.0, centre, width
        )
        return geodesic.overlap(self.ring(inner, outer), wedge)

    def bank(self, inner: float, outer: float, centre: float) -> BaseGeometry:
        """Return the land beside a river, on the side of the bearing `centre`."""
        place = self.place
        if self.course is None:
            return geodesic.sector(place.lon, place.lat, 0.0, self.extent_m, centre, 180.0)
        land = geodesic.sweep(self.course, centre, outer)
        if inner > 0:
            land = geodesic.without(land, geodesic.sweep(self.course, centre, inner))
        if not land.is_empty:
            return land
        # the course runs straight along the bearing: beyond its end, then
        wedge = geodesic.sector(
            place.lon, place.lat, 0.0, self.extent_m + outer + 1_000.0, centre, 90.0
        )
        return geodesic.overlap(self.ring(inner, outer), wedge)

    def exit(self, bearing: float) -> tuple[float, float]:
        """Return the point of the edge at `bearing` from the place."""
        place = self.place
        if not self.outlined:
            return geodesic.destination(place.lon, place.lat, bearing, self.extent_m)
        end = geodesic.destination(place.lon, place.lat, bearing, self.extent_m * 1.1)
        inside = geodesic.line(place.lon, place.lat, *end).intersection(self.area)
        if inside.is_empty:
            return place.lon, place.lat
        points = [point for part in getattr(inside, "geoms", [inside]) for point in part.coords]
        return max(
            ((float(x), float(y)) for x, y in points),
            key=lambda point: geodesic.distance_m(place.lon, place.lat, *point),
        )


def footprint(place: Place, outline: Outline | None = None) -> Footprint:
    """Return the ground `place` covers.

    Parameters
    ----------
    place : Place
    outline : callable, optional
        Gives the outline of a place or None; see `Outline`.
    """
    shape = outline(place) if outline is not None else None
    if shape is None or shape.is_empty:
        return _disc(place)
    shape = _mended(shape)
    if shape.is_empty:
        return _disc(place)
    if shape.geom_type in ("LineString", "MultiLineString"):
        area = geodesic.buffer(shape, _COURSE_HALF_WIDTH_M)
        extent = geodesic.farthest_m(shape, place.lon, place.lat)
        return Footprint(place, max(extent, 1.0), area, shape)
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return _disc(place)
    extent = geodesic.farthest_m(shape, place.lon, place.lat)
    return Footprint(place, max(extent, 1.0), shape)


def _disc(place: Place) -> Footprint:
    extent = place.extent_m
    if not (math.isfinite(extent) and extent > 0):
        extent = DEFAULT_EXTENT_M.get(place.kind, 1_000.0)
    return Footprint(place, extent)


def _mended(shape: BaseGeometry) -> BaseGeometry:
    """Make an outline valid; lines are left as they are."""
    if shape.is_valid or shape.geom_type in ("LineString", "MultiLineString"):
        return shape
    return geodesic.sound(shape)
