"""The area each spatial relation speaks of.

Every function takes the claim and the footprint of its place and returns the area, how many metres
its edges are unsure by, and the step in words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from frontmap.claims.records import Bearing, Claim, Relation
from frontmap.geometry import geodesic
from frontmap.geometry.footprint import Footprint, Outline, footprint, reach_m
from frontmap.recognition.belt import belt_lines

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "BEARING_DEG",
    "CENTRE_SHARE",
    "DIRECTION_WIDTH_DEG",
    "PART_WIDTH_DEG",
    "Area",
    "Plan",
    "area",
    "plan",
]

BEARING_DEG = {
    Bearing.N: 0.0,
    Bearing.NE: 45.0,
    Bearing.E: 90.0,
    Bearing.SE: 135.0,
    Bearing.S: 180.0,
    Bearing.SW: 225.0,
    Bearing.W: 270.0,
    Bearing.NW: 315.0,
}

DIRECTION_WIDTH_DEG = 45.0
"""Width of the sector for ``nördlich von``: an eighth of the circle, so that the eight bearings
tile it. Writers round to the nearest of the eight."""

PART_WIDTH_DEG = 90.0
"""Width of the sector for ``im Norden von``: inside a town people tell four sides, seldom eight."""

CENTRE_SHARE = 0.5
"""Radius of the centre of a place as a share of its extent: a quarter of its ground."""

_PART_INNER_SHARE = 0.3  # the north of a town begins where its innermost streets end
_NEAR_SHARE = 0.5  # ``bei`` reaches half as far as ``nördlich von``
_CORRIDOR_SHARE = 0.15  # half width of a corridor, as a share of its length
_CORRIDOR_MIN_M = 1_000.0
_CORRIDOR_MAX_M = 8_000.0
_DISTANCE_SHARE = 0.1  # stated distances are off by at least a tenth
_BANK_REACH_M = 5_000.0
_LONG_RIVER_M = 150_000.0  # of a river that long only the part at the front is meant
_FRONT_ZONE_M = 40_000.0


class Area(NamedTuple):
    """An area and how it came about."""

    area: BaseGeometry
    fuzz_m: float
    reason: str


class Plan(NamedTuple):
    """An area that is one sector, not drawn yet."""

    sector: geodesic.Sector
    fuzz_m: float
    reason: str


def plan(claim: Claim, base: Footprint) -> Plan | None:
    """Return the one sector that is the area of a claim; None where the area is not that simple.

    Most areas are: those at, near and beside places without an outline. Many of them are drawn
    together much faster than one by one (see `frontmap.geometry.many`).
    """
    if base.outlined or claim.bank is not None or len(claim.bearings) > 1:
        return None
    relation, sides = claim.relation, _sides(claim)
    if relation in (Relation.DIRECTION, Relation.NEAR) and sides:
        reach, words = _direction_terms(claim, base)
        sector = _beyond(base, reach, BEARING_DEG[sides[0]], DIRECTION_WIDTH_DEG)
        return Plan(sector, reach / 4, words)
    if claim.bearings and relation in (Relation.PART, Relation.AT):
        sector = _part_sectors(base, claim.bearings[0])[0]
        return Plan(sector, base.extent_m * 0.25, _part_words(claim))
    if claim.bearings:
        return None
    disc = geodesic.Sector(base.place.lon, base.place.lat, 0.0, base.extent_m)
    if relation is Relation.AT:
        return Plan(disc, 0.0, _at_words(base))
    if relation is Relation.PART:
        return Plan(disc, 0.0, _WHOLE)
    if relation is Relation.NEAR:
        reach, words = _near_terms(base)
        return Plan(_beyond(base, reach, 0.0, 360.0), reach / 2, words)
    return None


def _beyond(base: Footprint, reach: float, centre: float, width: float) -> geodesic.Sector:
    place, extent = base.place, base.extent_m
    return geodesic.Sector(place.lon, place.lat, extent, extent + reach, centre, width)


def area(claim: Claim, base: Footprint, outline: Outline | None) -> Area:
    """Return the area that `claim` speaks of.

    The relation `TOWARD` has an area only as a fallback, the ring around its aim, for when no
    arrow can be drawn.
    """
    found = _area(claim, base, outline)
    if found.area.is_empty:  # an outline of an odd shape has nothing there
        return Area(base.area, base.extent_m, f"{found.reason}; nothing lies there, so all of it")
    return found


def _area(claim: Claim, base: Footprint, outline: Outline | None) -> Area:
    planned = plan(claim, base)
    if planned is not None:
        return Area(geodesic.sector(*planned.sector), planned.fuzz_m, planned.reason)
    if claim.bank is not None and claim.target is None:
        return _bank(claim.bank, base)
    if claim.bank is not None and claim.target is not None and claim.relation is Relation.NEAR:
        river = footprint(claim.target, outline)
        return _near(base) if river.course is None else _near_on_bank(claim, base, river)
    if claim.relation is Relation.BETWEEN:
        return _between(claim, base, outline)
    if claim.relation is Relation.DISTANCE and claim.distance_m:
        return _distance(claim, base, claim.distance_m)
    if claim.relation in (Relation.DIRECTION, Relation.DISTANCE) and _sides(claim):
        return _direction(claim, base)
    if claim.relation is Relation.NEAR and _sides(claim):
        return _direction(claim, base)
    if claim.relation is Relation.PART or (claim.relation is Relation.AT and claim.bearings):
        return _part(claim, base)
    if claim.relation is Relation.AT:
        return _at(base)
    if Bearing.C in claim.bearings:
        return _part(claim, base)
    return _near(base)


def _sides(claim: Claim) -> list[Bearing]:
    return [bearing for bearing in claim.bearings if bearing is not Bearing.C]


def _union(shapes: list[BaseGeometry]) -> BaseGeometry:
    from shapely import union_all

    return shapes[0] if len(shapes) == 1 else geodesic.sound(union_all(shapes))


def _kilometres(metres: float) -> str:
    return f"{metres / 1000:.3g} km"


def _at(base: Footprint) -> Area:
    return Area(base.area, 0.0, _at_words(base))


def _at_words(base: Footprint) -> str:
    if base.outlined:
        return "at: the outline of the place"
    extent = _kilometres(base.extent_m)
    if base.place.kind.is_settlement:
        return f"at: a disc with the radius of the built-up area, {extent}"
    return f"at: no outline known, so a disc of {extent} around the centre"


def _near(base: Footprint) -> Area:
    reach, words = _near_terms(base)
    return Area(base.ring(0.0, reach), reach / 2, words)


def _near_terms(base: Footprint) -> tuple[float, str]:
    """Return how far ``bei`` reaches, and the step in words."""
    reach = reach_m(base.place) * _NEAR_SHARE
    return reach, f"near: from the edge of the place to {_kilometres(reach)} beyond it"


_WHOLE = "part: the whole place, for the text does not say which part"


def _part(claim: Claim, base: Footprint) -> Area:
    if not claim.bearings:
        return Area(base.area, 0.0, _WHOLE)
    shapes = [_one_part(base, bearing) for bearing in claim.bearings]
    return Area(_union(shapes), base.extent_m * 0.25, _part_words(claim))


def _part_words(claim: Claim) -> str:
    return f"part: {', '.join(claim.bearings)} of the place's extent"


def _one_part(base: Footprint, bearing: Bearing) -> BaseGeometry:
    return _clipped(base, _part_sectors(base, bearing))


def _part_sectors(base: Footprint, bearing: Bearing) -> list[geodesic.Sector]:
    """Return the ground of a part, and what to take instead where an outline has nothing there."""
    here, extent = (base.place.lon, base.place.lat), base.extent_m
    if bearing is Bearing.C:
        return [geodesic.Sector(*here, 0.0, extent * CENTRE_SHARE)]
    inner = extent * _PART_INNER_SHARE
    centre = BEARING_DEG[bearing]
    return [
        geodesic.Sector(*here, inner, extent, centre, PART_WIDTH_DEG),
        geodesic.Sector(*here, 0.0, extent, centre, PART_WIDTH_DEG),
        geodesic.Sector(*here, 0.0, extent, centre, 180.0),
    ]


def _clipped(base: Footprint, sectors: list[geodesic.Sector]) -> BaseGeometry:
    """Return the first sector that meets the outline, cut to it; a disc needs no cutting."""
    if not base.outlined:
        return geodesic.sector(*sectors[0])
    for sector in sectors:
        inside = geodesic.overlap(geodesic.sector(*sector), base.area)
        if inside.area > 0:
            return inside
    return base.area


def _direction(claim: Claim, base: Footprint) -> Area:
    reach, words = _direction_terms(claim, base)
    shapes = [
        base.sector(0.0, reach, BEARING_DEG[bearing], DIRECTION_WIDTH_DEG)
        for bearing in _sides(claim)
    ]
    if Bearing.C in claim.bearings:
        shapes.append(_one_part(base, Bearing.C))
    return Area(_union(shapes), reach / 4, words)


def _direction_terms(claim: Claim, base: Footprint) -> tuple[float, str]:
    """Return how far ``nördlich von`` reaches, and the step in words."""
    share = _NEAR_SHARE if claim.relation is Relation.NEAR else 1.0
    reach = reach_m(base.place) * share
    words = (
        f"{claim.relation}: the sector {', '.join(_sides(claim))} of the place, from its edge "
        f"to {_kilometres(reach)} beyond it"
    )
    return reach, words


def _distance(claim: Claim, base: Footprint, distance: float) -> Area:
    half = distance_half_width_m(distance)
    place = base.place
    # whether a writer counts from the centre or from the edge is not known: both are inside
    inner, outer = max(0.0, distance - half), distance + half + min(base.extent_m, distance)
    sides = _sides(claim)
    if base.outlined:
        from_edge = [
            base.sector(inner, distance + half, BEARING_DEG[side], DIRECTION_WIDTH_DEG)
            for side in sides
        ] or [base.ring(inner, distance + half)]
        shape = _union(from_edge)
    else:
        shapes = [
            geodesic.sector(
                place.lon, place.lat, inner, outer, BEARING_DEG[side], DIRECTION_WIDTH_DEG
            )
            for side in sides
        ] or [geodesic.ring(place.lon, place.lat, inner, outer)]
        shape = _union(shapes)
    where = ", ".join(sides) if sides else "at every bearing, for none is named"
    words = f"distance: {_kilometres(distance)}, give or take {_kilometres(half)}, {where}"
    return Area(shape, half, words)


def distance_half_width_m(distance: float) -> float:
    """Return by how many metres a stated distance may be off.

    Writers round: 37 km is meant to the kilometre, 20 to five and 300 to fifty. Half of that step,
    and never less than a tenth of the distance.

    Examples
    --------
    >>> [distance_half_width_m(1000.0 * km) for km in (3, 20, 50, 300)]
    [500.0, 2500.0, 5000.0, 30000.0]
    """
    kilometres = distance / 1000
    if abs(kilometres - round(kilometres)) > 0.01:
        step = 0.5
    elif round(kilometres) % 100 == 0:
        step = 50.0
    elif round(kilometres) % 5 == 0:
        step = 5.0
    else:
        step = 1.0
    return min(max(step * 500.0, distance * _DISTANCE_SHARE), distance)


def _bank(bank: Bearing, base: Footprint) -> Area:
    if bank is Bearing.C:
        return _at(base)
    if base.course is None:
        shape = base.bank(0.0, _BANK_REACH_M, BEARING_DEG[bank])
        words = f"bank: no course known, so the {bank} half of the disc around the centre"
        return Area(shape, base.extent_m / 2, words)
    shape, words = base.bank(0.0, _BANK_REACH_M, BEARING_DEG[bank]), ""
    if base.extent_m > _LONG_RIVER_M:
        fought_over = geodesic.overlap(shape, _front_zone())
        if fought_over.area > 0:
            shape, words = fought_over, ", where it runs through the front zone"
    words = f"bank: {_kilometres(_BANK_REACH_M)} of land on the {bank} side of the course{words}"
    return Area(shape, _BANK_REACH_M / 2, words)


@cache
def _front_zone() -> BaseGeometry:
    """Return the land within a day's reach of the default front belt."""
    from shapely import LineString

    lines = [LineString(points) for points in belt_lines()]
    return _union([geodesic.buffer(line, _FRONT_ZONE_M) for line in lines])


def _near_on_bank(claim: Claim, base: Footprint, river: Footprint) -> Area:
    """Return what lies near a place on one bank of a river: am linken Ufer des Dnipro bei X."""
    near = _near(base)
    assert claim.bank is not None
    reach = base.extent_m + reach_m(base.place)
    side = river.bank(0.0, reach, BEARING_DEG[claim.bank])
    land = geodesic.overlap(near.area, side)
    if land.area <= 0:
        return near
    words = f"{near.reason}, on the {claim.bank} bank of the {river.place.name_de}"
    return Area(land, near.fuzz_m, words)


def _between(claim: Claim, base: Footprint, outline: Outline | None) -> Area:
    if claim.target is None or claim.target.id == base.place.id:
        near = _near(base)
        return near._replace(reason=f"between: the other place is not known; {near.reason}")
    other = footprint(claim.target, outline)
    first, second = base.place, other.place
    length = geodesic.distance_m(first.lon, first.lat, second.lon, second.lat)
    if length < 1.0:
        return Area(base.area, base.extent_m, "between: both places lie at the same point")
    start, end = _gap(base, other, length)
    half = min(max(_CORRIDOR_SHARE * length, _CORRIDOR_MIN_M), _CORRIDOR_MAX_M)
    shape = geodesic.corridor(*start, *end, half)
    words = (
        f"between: the corridor to {second.name_de}, {_kilometres(length)} long "
        f"from centre to centre and {_kilometres(2 * half)} wide"
    )
    return Area(shape, half / 2 + second.precision_m, words)


def _gap(
    base: Footprint, other: Footprint, length: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ends of the gap between two places: their edges, or where they touch, centres."""
    first, second = base.place, other.place
    ahead = geodesic.bearing_deg(first.lon, first.lat, second.lon, second.lat)
    back = geodesic.bearing_deg(second.lon, second.lat, first.lon, first.lat)
    start, end = base.exit(ahead), other.exit(back)
    covered = geodesic.distance_m(first.lon, first.lat, *start) + geodesic.distance_m(
        second.lon, second.lat, *end
    )
    if covered >= 0.95 * length:
        return (first.lon, first.lat), (second.lon, second.lat)
    return start, end
