"""The arrow of a movement towards a place: where it starts, and how sure that is."""

from __future__ import annotations

import datetime as dt
import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from frontmap.claims.records import Bearing, Claim, Event, Side
from frontmap.geometry import geodesic
from frontmap.geometry.areas import BEARING_DEG
from frontmap.geometry.footprint import Footprint, Outline, footprint
from frontmap.lexicons import load

if TYPE_CHECKING:
    from shapely import LineString

__all__ = ["Arrow", "FrontLine", "arrow", "rear_bearing_deg"]

_SHORT_MIN_M = 4_000.0
_SHORT_MAX_M = 15_000.0
_LONG_M = 40_000.0  # from a front line farther away than this an arrow only shows the direction


class FrontLine(Protocol):
    """What arrows need of `frontmap.Control`."""

    def side_at(self, lon: float, lat: float, date: dt.date | None = None) -> Side | None:
        """Return who holds a point."""

    def nearest_front_point(
        self, lon: float, lat: float, date: dt.date | None = None
    ) -> tuple[float, float] | None:
        """Return the point of the front line nearest to a point."""


class Arrow(NamedTuple):
    """An arrow and how it came about."""

    line: LineString
    fuzz_m: float
    reason: str


def arrow(
    claim: Claim, aim: Footprint, control: FrontLine | None, outline: Outline | None
) -> Arrow | None:
    """Return the arrow of a movement that ends at the edge of `aim`.

    It starts, in this order: at the origin the text names; on the side the text names; at the
    front line of the day, where `control` is given; on the side its actor comes from by rule of
    thumb. Without any of these there is no arrow.
    """
    if claim.origin is not None and claim.origin.id != aim.place.id:
        return _from_origin(claim, aim, outline)
    sides = [BEARING_DEG[bearing] for bearing in claim.bearings if bearing is not Bearing.C]
    if sides:
        words = f"toward: the text says from which side ({', '.join(claim.bearings)})"
        return _short(claim, aim, _mean_bearing(sides), 0.5, words)
    if control is not None:
        found = _from_front(claim, aim, control)
        if found is not None:
            return found
    if claim.actor not in (Side.RU, Side.UA):
        return None
    bearing = rear_bearing_deg(aim.place.lon, aim.place.lat)
    if (claim.actor is Side.UA) is not (claim.event is Event.WITHDRAWAL):
        bearing = (bearing + 180.0) % 360.0
    words = "toward: neither start nor front line given; the side is a rule of thumb"
    return _short(claim, aim, bearing, 2.0, words)


def rear_bearing_deg(lon: float, lat: float) -> float:
    """Return at which bearing the area lies that Russian troops have held for long.

    The points of ``lexicons/geometry/rear.tsv``, weighted by the inverse square of their distance.

    Examples
    --------
    >>> 90 < rear_bearing_deg(37.18, 48.28) < 150  # seen from Pokrowsk
    True
    """
    east = north = 0.0
    for rear_lon, rear_lat in _rear():
        distance = max(geodesic.distance_m(lon, lat, rear_lon, rear_lat), 5_000.0)
        bearing = math.radians(geodesic.bearing_deg(lon, lat, rear_lon, rear_lat))
        east += math.sin(bearing) / distance**2
        north += math.cos(bearing) / distance**2
    return math.degrees(math.atan2(east, north)) % 360.0


@cache
def _rear() -> tuple[tuple[float, float], ...]:
    return tuple((float(row["lon"]), float(row["lat"])) for row in load("geometry/rear.tsv"))


def _mean_bearing(bearings: list[float]) -> float:
    """Return the middle of several bearings; of opposite ones, which have none, the first."""
    east = sum(math.sin(math.radians(bearing)) for bearing in bearings)
    north = sum(math.cos(math.radians(bearing)) for bearing in bearings)
    if math.hypot(east, north) < 0.5:
        return bearings[0]
    return math.degrees(math.atan2(east, north)) % 360.0


def _tip(claim: Claim, aim: Footprint, bearing: float) -> tuple[float, float]:
    if Bearing.C in claim.bearings:
        return aim.place.lon, aim.place.lat
    return aim.exit(bearing)


def _short(claim: Claim, aim: Footprint, bearing: float, doubt: float, reason: str) -> Arrow:
    """Draw an arrow of no particular length that comes from `bearing`."""
    length = min(max(1.5 * aim.extent_m, _SHORT_MIN_M), _SHORT_MAX_M)
    edge = aim.exit(bearing)
    start = geodesic.destination(*edge, bearing, length)
    line = geodesic.line(*start, *_tip(claim, aim, bearing))
    return Arrow(line, doubt * length, reason)


def _from_origin(claim: Claim, aim: Footprint, outline: Outline | None) -> Arrow | None:
    assert claim.origin is not None
    origin = footprint(claim.origin, outline)
    here, there = aim.place, origin.place
    if geodesic.distance_m(there.lon, there.lat, here.lon, here.lat) < 1.0:
        return None
    ahead = geodesic.bearing_deg(there.lon, there.lat, here.lon, here.lat)
    back = geodesic.bearing_deg(here.lon, here.lat, there.lon, there.lat)
    start, tip = origin.exit(ahead), _tip(claim, aim, back)
    whole = geodesic.distance_m(there.lon, there.lat, here.lon, here.lat)
    used = geodesic.distance_m(there.lon, there.lat, *start)
    used += geodesic.distance_m(here.lon, here.lat, *tip)
    if used >= 0.95 * whole:  # the two touch or lie in each other
        start, tip = (there.lon, there.lat), (here.lon, here.lat)
    reason = f"toward: from {there.name_de}, which the text names as the start"
    return Arrow(geodesic.line(*start, *tip), there.precision_m + origin.extent_m, reason)


def _from_front(claim: Claim, aim: Footprint, control: FrontLine) -> Arrow | None:
    place = aim.place
    date = claim.event_date or claim.reported_date
    front = control.nearest_front_point(place.lon, place.lat, date)
    if front is None:
        return None
    distance = geodesic.distance_m(place.lon, place.lat, *front)
    bearing = geodesic.bearing_deg(place.lon, place.lat, *front) if distance > 1.0 else 0.0
    held_by = control.side_at(place.lon, place.lat, date)
    if claim.actor is not None and held_by is claim.actor and claim.event is not Event.WITHDRAWAL:
        words = "toward: the aim lies behind the actor's own lines of that day"
        return _short(claim, aim, (bearing + 180.0) % 360.0, 1.0, words)
    tip = _tip(claim, aim, bearing)
    reach = geodesic.distance_m(place.lon, place.lat, *tip)
    if distance <= reach + _SHORT_MIN_M:
        return _short(claim, aim, bearing, 0.5, "toward: the front line runs at the place's edge")
    kilometres = f"{distance / 1000:.0f} km"
    if distance - reach > _LONG_M:
        ahead = geodesic.bearing_deg(*front, place.lon, place.lat)
        tip = geodesic.destination(*front, ahead, _LONG_M)
        words = f"toward: the front line is {kilometres} away; the arrow only shows the direction"
        return Arrow(geodesic.line(*front, *tip), distance - _LONG_M, words)
    words = f"toward: from the nearest point of the front line, {kilometres} away"
    return Arrow(geodesic.line(*front, *tip), distance / 4, words)
