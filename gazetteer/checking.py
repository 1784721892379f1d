"""Checks every record before it is compiled; a failure names the record."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from gazetteer.attributions import LICENSED
from gazetteer.errors import GazetteerBuildError
from gazetteer.place import Place
from gazetteer.sites import distance_m

__all__ = ["check_places"]

# (west, south, east, north) of what may stand in the gazetteer
_BOUNDS = {
    "UA": (22.0, 44.0, 40.3, 52.5),
    "RU": (19.0, 41.0, 180.0, 72.0),
    "BY": (23.0, 51.2, 32.9, 56.3),
}
_STRAY_KM = 60.0  # Bile on Snake Island is the farthest from its neighbours


def check_places(places: Sequence[Place]) -> None:
    """Check ids, names, licences, numbers and positions.

    Parameters
    ----------
    places : sequence of Place

    Raises
    ------
    GazetteerBuildError
        If a record is not fit.
    """
    seen: set[str] = set()
    for place in places:
        if place.id in seen:
            raise GazetteerBuildError(f"{place.id} ({place.name}): the id stands twice")
        seen.add(place.id)
        problem = _problem(place)
        if problem:
            raise GazetteerBuildError(f"{place.id} ({place.name or 'nameless'}): {problem}")
    _check_oblasts(places)


def _problem(place: Place) -> str | None:
    """What is wrong with one record taken alone, or None."""
    if not place.name or not place.name_de:
        return "it has no official or no German name"
    if place.names and not any(name.text == place.name for name in place.names):
        return f"its official name is not among its names ({place.names[0].text!r} ...)"
    for name in place.names:
        if not name.text.strip() or any(ord(letter) < 32 for letter in name.text):
            return f"a name is empty or has control characters ({name.text!r})"
        if name.source not in LICENSED:
            return f"the licence of the name {name.text!r} is not known ({name.source})"
    if str(place.position_source) not in LICENSED:
        return f"the licence of its position is not known ({place.position_source})"
    numbers = (place.lon, place.lat, place.precision_m, place.extent_m)
    if not all(map(math.isfinite, numbers)):
        return "a number is missing"
    if place.precision_m <= 0 or place.extent_m <= 0:
        return "its precision or extent is not positive"
    bounds = _BOUNDS.get(place.country)
    if bounds is None:
        return f"no bounds are known for the country {place.country!r}"
    west, south, east, north = bounds
    if not (west <= place.lon <= east and south <= place.lat <= north):
        return f"its position ({place.lon}, {place.lat}) lies outside {place.country}"
    return None


def _check_oblasts(places: Sequence[Place]) -> None:
    """Every settlement lies among others of its oblast."""
    by_oblast: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.kind.is_settlement and place.country == "UA" and place.oblast_id:
            by_oblast[place.oblast_id].append(place)
    for members in by_oblast.values():
        if len(members) < 5:
            continue
        ordered = sorted(members, key=lambda place: place.lat)
        for position, place in enumerate(ordered):
            if not _has_company(place, ordered, position):
                raise GazetteerBuildError(
                    f"{place.id} ({place.name}): no other settlement of its oblast "
                    f"({place.oblast}) lies within {_STRAY_KM:.0f} km of ({place.lon}, {place.lat})"
                )


def _has_company(place: Place, ordered: Sequence[Place], position: int) -> bool:
    for step in (-1, 1):
        index = position + step
        while 0 <= index < len(ordered):
            other = ordered[index]
            if abs(other.lat - place.lat) * 111.2 > _STRAY_KM:
                break
            if distance_m(place.lon, place.lat, other.lon, other.lat) <= _STRAY_KM * 1000:
                return True
            index += step
    return False
