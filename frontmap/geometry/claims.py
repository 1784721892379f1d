"""From a claim to its geometry."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from frontmap.claims.records import Bearing, Claim, Event, Relation
from frontmap.errors import GeometryError
from frontmap.geometry import geodesic
from frontmap.geometry.areas import BEARING_DEG, area
from frontmap.geometry.arrows import Arrow, FrontLine, arrow
from frontmap.geometry.footprint import Footprint, Outline, footprint
from frontmap.parameters import checked
from gazetteer import GazetteerError, Kind, Place

if TYPE_CHECKING:
    from shapely import LineString, Point
    from shapely.geometry.base import BaseGeometry

    from gazetteer import Gazetteer

__all__ = [
    "ClaimGeometry",
    "Doubt",
    "check_numbers",
    "claim_geometry",
    "doubt_of",
    "gazetteer_outline",
]

_SURE_SCORE = 0.95  # from here on a toponym's doubt is not worth a word
_MIN_SCORE = 0.2
_FARTHEST_M = 3_000_000.0  # beyond, a ring around a place has no inside on a map
_MOST_CANDIDATES = 60  # a larger area names no unnamed village


@dataclass(frozen=True, slots=True)
class ClaimGeometry:
    """The ground a claim speaks of; WGS 84, (lon, lat) order.

    Attributes
    ----------
    area : shapely Polygon, MultiPolygon or None
        Where what is claimed lies, taken at its word; None for a movement shown by its arrow and
        for a claim whose place is not known.
    arrow : shapely LineString or None
        A movement towards a place, from start to tip.
    anchor : shapely Point or None
        Where a symbol or a label goes: inside the area, or at the arrow's tip. None where the
        place is not known.
    precision_m : float
        Radius in metres around `anchor` that holds what is claimed, if the claim is true and its
        place rightly resolved. It takes in the area, how exactly the place's position is known,
        how loosely the relation is worded, and grows as the resolution's score falls. Infinite
        where the place is not known.
    reasons : tuple[str, ...]
        The steps that made the geometry, readable, in order.
    candidates : tuple[Place, ...]
        For an unnamed place (``ein Dorf südlich von Siwersk``): the places it may be, nearest to
        the named place first.
    search_area : shapely Polygon, MultiPolygon or None
        For an unnamed place: the whole area in which the candidates were looked for; `area` is
        then the ground of the candidates, or where there are not two of them, the same.
    """

    area: BaseGeometry | None
    arrow: LineString | None
    anchor: Point | None
    precision_m: float
    reasons: tuple[str, ...] = ()
    candidates: tuple[Place, ...] = ()
    search_area: BaseGeometry | None = None


@checked
def claim_geometry(
    claim: Claim,
    *,
    gazetteer: Gazetteer | None = None,
    control: FrontLine | None = None,
    outline: Outline | None = None,
) -> ClaimGeometry:
    """Give a claim its geometry.

    Parameters
    ----------
    claim : Claim
    gazetteer : Gazetteer, optional
        Where the candidates for unnamed places are looked up; by default the embedded one.
    control : Control, optional
        Dated polygons of control; the arrow of a movement then starts at the front line.
    outline : callable, optional
        Gives the outline of a place (polygons, for rivers lines) or None. By default the outlines
        of the gazetteer, where it has them.

    Returns
    -------
    ClaimGeometry
        With `anchor` None where the claim's place could not be resolved; nothing raises for that.

    Raises
    ------
    GeometryError
        If the claim's place has no position on the globe, or its distance is none or too large.

    Examples
    --------
    >>> from frontmap.claims import Bearing, Claim, Event, Modality, Relation, Side
    >>> from gazetteer import Kind, Place
    >>> town = Place("geonames:1", "Гуляйполе", "Huljajpole", Kind.CITY, 36.26, 47.66, 500, 3000)
    >>> claim = Claim("c1", Event.ADVANCE, Side.RU, town, Relation.DIRECTION, Modality.REPORTED,
    ...               0, 10, "nördlich von Huljajpole", bearings=(Bearing.N,))
    >>> geometry = claim_geometry(claim)
    >>> west, south, east, north = geometry.area.bounds
    >>> south > town.lat and west < town.lon < east
    True
    """
    if claim.place is None:
        reasons = ("the place is not known, so nothing can be drawn",)
        return ClaimGeometry(None, None, None, math.inf, reasons)
    if gazetteer is None and control is None and outline is None:
        return _from_cache(_Question(claim, _key(claim)))
    return _claim_geometry(claim, gazetteer, control, outline)


def _claim_geometry(
    claim: Claim,
    gazetteer: Gazetteer | None,
    control: FrontLine | None,
    outline: Outline | None,
) -> ClaimGeometry:
    assert claim.place is not None
    check_numbers(claim)
    outline = outline if outline is not None else gazetteer_outline()
    base = footprint(claim.place, outline)
    doubt = doubt_of(claim)
    if claim.relation is Relation.TOWARD:
        found = arrow(claim, base, control, outline)
        if found is not None:
            return _with_arrow(base, found, doubt)
    return _with_area(claim, base, doubt, gazetteer, outline)


@dataclass(frozen=True, slots=True)
class _Question:
    """A claim that counts as equal to another with the same geometry.

    Of many reports most claims are about few places, so that most geometries are asked for again.
    """

    claim: Claim = field(compare=False)
    key: tuple[object, ...]


def _key(claim: Claim) -> tuple[object, ...]:
    """Everything of a claim that its geometry depends on."""
    toponym = claim.toponym
    sure = toponym is None or toponym.score >= _SURE_SCORE
    doubt = () if sure or toponym is None else (toponym.score, toponym.candidates)
    return (
        claim.place,
        claim.relation,
        claim.bearings,
        claim.distance_m,
        claim.target,
        claim.origin,
        claim.unnamed,
        claim.bank,
        claim.actor,
        claim.event is Event.WITHDRAWAL,
        doubt,
    )


@lru_cache(maxsize=16_384)
def _from_cache(question: _Question) -> ClaimGeometry:
    return _claim_geometry(question.claim, None, None, None)


@cache
def gazetteer_outline() -> Outline:
    """Return the look-up of the gazetteer's own outlines."""
    from gazetteer.outlines import outline

    return outline


@dataclass(frozen=True)
class Doubt:
    """How much the doubt about the place widens the precision, and why."""

    factor: float
    reasons: tuple[str, ...]


def doubt_of(claim: Claim) -> Doubt:
    """Widen by the inverse of the score; places far away are named, not drawn."""
    toponym = claim.toponym
    if toponym is None or toponym.score >= _SURE_SCORE:
        return Doubt(1.0, ())
    words = f"the place is resolved with a score of {toponym.score:.2f}; the precision is widened"
    others = [
        f"{other.place.name_de} ({other.place.oblast or other.place.country}, {other.score:.2f})"
        for other in toponym.candidates
        if claim.place is not None and other.place.id != claim.place.id and other.score >= 0.05
    ]
    reasons = [words]
    if others:
        reasons.append("it may also be " + " or ".join(others[:3]))
    return Doubt(1.0 / max(toponym.score, _MIN_SCORE), tuple(reasons))


def check_numbers(claim: Claim) -> None:
    """Raise `GeometryError` if a number of the claim is none that can be drawn."""
    if claim.distance_m is not None and not 0 <= claim.distance_m <= _FARTHEST_M:
        raise GeometryError(
            f"claim {claim.id}: a distance of {claim.distance_m} m cannot be drawn; give 0 to "
            f"{_FARTHEST_M:.0f} m"
        )
    for place in (claim.place, claim.target, claim.origin):
        if place is not None and not (-180 <= place.lon <= 180 and -90 <= place.lat <= 90):
            raise GeometryError(
                f"claim {claim.id}: {place.name_de} ({place.id}) lies at lon {place.lon}, "
                f"lat {place.lat}, which is no position in degrees; mend the gazetteer's record"
            )


def _with_arrow(base: Footprint, found: Arrow, doubt: Doubt) -> ClaimGeometry:
    from shapely import Point

    tip = Point(found.line.coords[-1])
    radius = geodesic.farthest_m(found.line, tip.x, tip.y)
    return ClaimGeometry(
        area=None,
        arrow=found.line,
        anchor=tip,
        precision_m=(radius + found.fuzz_m + base.precision_m) * doubt.factor,
        reasons=(found.reason, *doubt.reasons),
    )


def _with_area(
    claim: Claim,
    base: Footprint,
    doubt: Doubt,
    gazetteer: Gazetteer | None,
    outline: Outline | None,
) -> ClaimGeometry:
    shape, fuzz, reason = area(claim, base, outline)
    reasons = [reason, *doubt.reasons]
    if claim.relation is Relation.TOWARD:
        reasons.insert(0, "toward: from which side is not known, so no arrow but the ring around")
    candidates: tuple[Place, ...] = ()
    search_area: BaseGeometry | None = None
    if claim.unnamed:
        search_area = shape
        candidates, reason = _candidates(claim, shape, gazetteer)
        reasons.append(reason)
        shape = _ground(candidates, shape, outline) or shape
    anchor = _anchor(claim, shape)
    radius = geodesic.farthest_m(shape, anchor.x, anchor.y) + base.precision_m + fuzz
    return ClaimGeometry(
        area=shape,
        arrow=None,
        anchor=anchor,
        precision_m=radius * doubt.factor,
        reasons=tuple(reasons),
        candidates=candidates,
        search_area=search_area,
    )


def _anchor(claim: Claim, shape: BaseGeometry) -> Point:
    """Return a point of the area: its middle where that lies inside, else some inner point."""
    from shapely import Point

    place = claim.place
    assert place is not None
    sides = [bearing for bearing in claim.bearings if bearing is not Bearing.C]
    if len(claim.bearings) == 1 and sides and not claim.unnamed:
        near = Point(place.lon, place.lat)
        centre = shape.centroid
        distance = geodesic.distance_m(near.x, near.y, centre.x, centre.y)
        middle = Point(geodesic.destination(place.lon, place.lat, BEARING_DEG[sides[0]], distance))
    else:
        middle = Point(place.lon, place.lat)
    if shape.contains(middle):
        return middle
    if shape.contains(shape.centroid):
        return shape.centroid
    return shape.representative_point()


_UNNAMED_KINDS = {
    "village": (Kind.VILLAGE,),
    "town": (Kind.TOWN, Kind.CITY),
    "city": (Kind.CITY,),
}
_SETTLEMENTS = (Kind.VILLAGE, Kind.TOWN, Kind.CITY)


def _candidates(
    claim: Claim, shape: BaseGeometry, gazetteer: Gazetteer | None
) -> tuple[tuple[Place, ...], str]:
    """Look up which places an unnamed one may be."""
    place = claim.place
    assert place is not None
    if gazetteer is None:
        gazetteer = _default_gazetteer()
        if gazetteer is None:
            return (), f"unnamed {claim.unnamed}: no gazetteer to look for candidates in"
    kinds = _UNNAMED_KINDS.get(str(claim.unnamed), _SETTLEMENTS)
    inside = [other for other in gazetteer.within(shape, kinds=kinds) if other.id != place.id]
    if not inside and kinds != _SETTLEMENTS:
        everything = gazetteer.within(shape, kinds=_SETTLEMENTS)
        inside = [other for other in everything if other.id != place.id]
    if not inside:
        return (), f"unnamed {claim.unnamed}: the gazetteer knows none there"
    if len(inside) > _MOST_CANDIDATES:
        return (), f"unnamed {claim.unnamed}: one of {len(inside)}, too many to list"
    inside.sort(key=lambda p: (geodesic.distance_m(place.lon, place.lat, p.lon, p.lat), p.id))
    names = ", ".join(other.name_de for other in inside)
    return tuple(inside), f"unnamed {claim.unnamed}: one of {len(inside)}: {names}"


def _default_gazetteer() -> Gazetteer | None:
    from gazetteer import Gazetteer

    try:
        return Gazetteer.default()
    except GazetteerError:
        return None


def _ground(
    candidates: tuple[Place, ...], search_area: BaseGeometry, outline: Outline | None
) -> BaseGeometry | None:
    """Return the ground of the candidates, each as wide as its position is unsure.

    A single one gives none: it may be the only one because the gazetteer lacks its neighbours,
    and a sharp spot would say more than the text does.
    """
    from shapely import union_all

    if len(candidates) < 2:
        return None
    grounds = [
        geodesic.buffer(footprint(place, outline).area, max(place.precision_m, 1.0))
        for place in candidates
    ]
    return geodesic.overlap(union_all(grounds), search_area)
