"""From a query in its parts to places."""

from __future__ import annotations

import contextlib
import math
import re
from typing import TYPE_CHECKING, Any

from frontmap.geocoder.query import PlaceQuery, splits
from gazetteer import Gazetteer, GazetteerQueryError, Kind, Match, Name, Place, Status
from gazetteer.geodesy import distance_m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer.filters import Kinds

__all__ = ["Box", "find"]

Box = tuple[float, float, float, float]  # min_lon, min_lat, max_lon, max_lat
NEAR_M = 60_000.0  # how far "bei" reaches at most
_SETTLEMENTS = (Kind.CITY, Kind.TOWN, Kind.VILLAGE)
_MANY = 200
_CITIES_IN = {
    "katottg:UA01000000000013043": "katottg:UA85000000000065278",
    "katottg:UA32000000000030281": "katottg:UA80000000000093317",
}
_CODE = re.compile(r"UA\d{17}")
_BEARINGS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
_STRETCH = 1.3  # stated distances are rounded, and measured from another spot
_EITHER_SIDE = 50.0  # degrees; reports round to eight or even four directions


def find(
    gazetteer: Gazetteer,
    query: PlaceQuery,
    *,
    whole: str | None,
    kinds: Kinds,
    box: Box | None,
    bounded: bool,
    fuzzy: bool,
    limit: int,
) -> list[Match]:
    """Places that a query means, best first.

    Parameters
    ----------
    gazetteer : Gazetteer
    query : PlaceQuery
    whole : str or None
        The query as it was written, which may be a name as a whole, or an id.
    kinds : Kind, str or iterable of these, optional
        Kinds the caller asks for, beside those in the query.
    box : tuple of float, optional
        Preferred area; with `bounded` the only one.
    bounded, fuzzy : bool
    limit : int
    """
    filters: dict[str, Any] = {"kinds": kinds, "bbox": box if bounded else None}
    matches: list[Match] = []
    if whole is not None:
        matches = _by_id(gazetteer, whole) or gazetteer.lookup(whole, **filters)
    if not matches:
        try:
            matches = _by_parts(gazetteer, query, filters, fuzzy)
        except _UnknownUnitError:
            return []
    if box is not None:
        # stable: inside and outside, the order of before stays
        matches = sorted(matches, key=lambda match: not _inside(match.place, box))
    return matches[:limit]


class _UnknownUnitError(Exception):
    """The query names a unit that does not exist: nothing lies in it."""


def _by_id(gazetteer: Gazetteer, text: str) -> list[Match]:
    identifier = f"katottg:{text}" if _CODE.fullmatch(text) else text
    if ":" not in identifier or identifier not in gazetteer:
        return []
    place = gazetteer[identifier]
    return [Match(place, Name(place.name, "uk", "official", Status.OFFICIAL, "id"))]


def _inside(place: Place, box: Box) -> bool:
    return box[0] <= place.lon <= box[2] and box[1] <= place.lat <= box[3]


def _by_parts(
    gazetteer: Gazetteer, query: PlaceQuery, filters: dict[str, Any], fuzzy: bool
) -> list[Match]:
    if not query.name:
        return _unit_itself(gazetteer, query, filters)
    matches = _exactly(gazetteer, query, filters)
    if not matches and " " in query.name:
        for reading in splits(query):
            with contextlib.suppress(_UnknownUnitError):
                matches = _exactly(gazetteer, reading, filters)
            if matches:
                break
    if not matches and fuzzy:
        tests = _context_tests(gazetteer, query)
        found = gazetteer.search(query.name, fuzzy=True, limit=_MANY, **_of_kinds(query, filters))
        matches = _accepted(found, tests)
    if query.kinds:
        # "Dorf" means a village before a town, and a town only where no village is so called
        fitting = {kind: rank for rank, kind in enumerate(query.kinds)}
        matches = sorted(matches, key=lambda match: fitting.get(str(match.place.kind), 99))
    if query.near is not None:
        matches = _near(gazetteer, query, matches)
    return matches


def _of_kinds(query: PlaceQuery, filters: dict[str, Any]) -> dict[str, Any]:
    if filters["kinds"] is None and query.kinds:
        return {**filters, "kinds": query.kinds}
    return filters


def _exactly(gazetteer: Gazetteer, query: PlaceQuery, filters: dict[str, Any]) -> list[Match]:
    tests = _context_tests(gazetteer, query)
    matches = _accepted(gazetteer.lookup(query.name, **_of_kinds(query, filters)), tests)
    if not matches and filters["kinds"] is None and query.kinds and not _is_unit(query.kinds):
        # "Stadt" and "Dorf" are used loosely
        loosely = {**filters, "kinds": _SETTLEMENTS}
        matches = _accepted(gazetteer.lookup(query.name, **loosely), tests)
    if not matches and query.kinds:
        matches = _accepted(_units_called(gazetteer, query, filters), tests)
    return matches


def _is_unit(kinds: tuple[str, ...]) -> bool:
    return not set(kinds) & {str(kind) for kind in _SETTLEMENTS}


def _units_called(gazetteer: Gazetteer, query: PlaceQuery, filters: dict[str, Any]) -> list[Match]:
    """Find "Charkiwer Gebiet": the unit under an adjective."""
    matches: list[Match] = []
    for level in ("oblast", "raion"):
        if level in query.kinds:
            for place in _units(gazetteer, level, query.name, strict=False):
                matches += gazetteer.lookup(place.name, **filters)
    return [match for match in matches if str(match.place.kind) in query.kinds]


def _unit_itself(gazetteer: Gazetteer, query: PlaceQuery, filters: dict[str, Any]) -> list[Match]:
    """A structured query without a settlement asks for the smallest unit it names."""
    if query.hromada:
        tests = _context_tests(gazetteer, query, without_hromada=True)
        wanted = {**filters, "kinds": Kind.HROMADA}
        return _accepted(gazetteer.lookup(query.hromada, **wanted), tests)
    for level, name in (("raion", query.raion), ("oblast", query.oblast)):
        if name:
            units = _units(gazetteer, level, name)
            matches = [
                Match(unit, Name(unit.name, "uk", "official", Status.OFFICIAL, "unit"))
                for unit in units
            ]
            if level == "raion" and query.oblast:
                ids = {unit.id for unit in _units(gazetteer, "oblast", query.oblast)}
                matches = [match for match in matches if match.place.oblast_id in ids]
            return matches
    return []


def _units(gazetteer: Gazetteer, level: str, text: str, *, strict: bool = True) -> list[Place]:
    try:
        return gazetteer.units(text, level=level)
    except GazetteerQueryError as error:
        if strict:
            raise _UnknownUnitError from error
        return []


def _context_tests(
    gazetteer: Gazetteer, query: PlaceQuery, *, without_hromada: bool = False
) -> list[Callable[[Place], bool]]:
    """Tests that a place lies where the query says."""
    tests: list[Callable[[Place], bool]] = []
    if query.country is not None:
        code = query.country
        tests.append(lambda place: place.country == code)
    if query.oblast is not None:
        oblasts = _with_cities(unit.id for unit in _units(gazetteer, "oblast", query.oblast))
        tests.append(lambda place: place.oblast_id in oblasts)
    if query.raion is not None:
        raions = {unit.id for unit in _units(gazetteer, "raion", query.raion)}
        tests.append(lambda place: place.raion_id in raions)
    if query.hromada is not None and not without_hromada:
        hromadas = _hromadas(gazetteer, query.hromada)
        if not hromadas:
            raise _UnknownUnitError
        tests.append(lambda place: place.hromada_id in hromadas)
    return tests + [_any_unit(gazetteer, text) for text in query.within]


def _with_cities(oblasts: Iterable[str]) -> set[str]:
    """Ids of oblasts, and of the cities that lie in them for every reader but the law."""
    ids = set(oblasts)
    return ids | {_CITIES_IN[unit] for unit in ids if unit in _CITIES_IN}


def _hromadas(gazetteer: Gazetteer, text: str) -> set[str]:
    return {match.place.id for match in gazetteer.lookup(text, kinds=Kind.HROMADA)}


def _any_unit(gazetteer: Gazetteer, text: str) -> Callable[[Place], bool]:
    """A test for "Lyman, Charkiw", where nothing says of which level the second name is."""
    oblasts = {unit.id for unit in _units(gazetteer, "oblast", text, strict=False)}
    raions = {unit.id for unit in _units(gazetteer, "raion", text, strict=False)}
    hromadas = _hromadas(gazetteer, text)
    centres = [match.place for match in gazetteer.lookup(text, kinds=_SETTLEMENTS)][:1]
    if not (oblasts or raions or hromadas or centres):
        raise _UnknownUnitError
    if oblasts:
        oblasts = _with_cities(oblasts)
        return lambda place: place.oblast_id in oblasts
    return lambda place: (
        place.raion_id in raions
        or place.hromada_id in hromadas
        or any(_distance(place, centre) <= NEAR_M / 2 for centre in centres)
    )


def _accepted(matches: Iterable[Match], tests: list[Callable[[Place], bool]]) -> list[Match]:
    return [match for match in matches if all(test(match.place) for test in tests)]


def _distance(place: Place, other: Place) -> float:
    return distance_m(place.lon, place.lat, other.lon, other.lat)


def _near(gazetteer: Gazetteer, query: PlaceQuery, matches: list[Match]) -> list[Match]:
    """Matches near a place, the nearest first; the place's most prominent reading that has any.

    Where the query says a bearing only those that lie so; where it says a distance the one whose
    own is most like it comes first.
    """
    reach = max(NEAR_M, _STRETCH * (query.distance_m or 0.0))
    # a bearing says something of the place every reader knows, not of a hamlet of that name
    anchors = gazetteer.search(query.near or "", fuzzy=True, limit=1 if query.bearing else 5)
    for anchor in anchors:
        ranked = []
        for match in matches:
            metres = _distance(match.place, anchor.place)
            aside = _aside(match.place, query.bearing, anchor.place)
            near = metres <= reach and match.place.id != anchor.place.id
            if near and aside <= _EITHER_SIDE:
                off = abs(metres - (query.distance_m or 0.0))
                unlike = (not match.place.kind.is_settlement, aside > _EITHER_SIDE / 2, off)
                ranked.append((unlike, match))
        if ranked:
            return [match for _, match in sorted(ranked, key=lambda entry: entry[0])]
    return []


def _aside(place: Place, bearing: str | None, anchor: Place) -> float:
    """Degrees between a bearing and the one a place has from another; 0 where none is said."""
    if bearing is None:
        return 0.0
    east = (place.lon - anchor.lon) * math.cos(math.radians(anchor.lat))
    actual = math.degrees(math.atan2(east, place.lat - anchor.lat))
    wanted = 45.0 * _BEARINGS.index(bearing)
    return abs((actual - wanted + 180.0) % 360.0 - 180.0)
