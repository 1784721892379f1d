"""What a look-up may be narrowed by: kinds, oblast, raion, bounding box, geometry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, reduce
from math import isfinite

from gazetteer import layout
from gazetteer.errors import GazetteerQueryError
from gazetteer.folding import fold
from gazetteer.place import Kind, Place
from gazetteer.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Kinds", "accept", "kind_set", "unit_ids"]

Kinds = Kind | str | Iterable[Kind | str] | None
Accept = Callable[[int], bool]
_CACHED_UNITS = 1024
_LOST_ENDINGS = ("", "y", "a", "e", "o")  # what a German adjective in -er may have displaced
_EXAMPLES = {"oblast": "Donezk", "raion": "Pokrowsk"}


def kind_set(kinds: Kinds) -> frozenset[Kind] | None:
    """The kinds asked for; None for all.

    Raises
    ------
    ValueError
        If a word is no kind.

    Examples
    --------
    >>> sorted(kind_set(["city", Kind.TOWN]))
    [<Kind.CITY: 'city'>, <Kind.TOWN: 'town'>]
    """
    if kinds is None:
        return None
    several = [kinds] if isinstance(kinds, str) else list(kinds)
    return frozenset(Kind(kind) for kind in several)


def accept(
    store: Store,
    *,
    kinds: Kinds = None,
    oblast: str | Place | None = None,
    raion: str | Place | None = None,
    bbox: Sequence[float] | None = None,
    geometry: Any = None,
) -> Accept | None:
    """A test for the number of a place, or None where everything is accepted.

    Raises
    ------
    GazetteerQueryError
        If a filter makes no sense.
    """
    tests: list[Accept] = []
    wanted = kind_set(kinds)
    if wanted is not None:
        tests.append(_kind_test(store, wanted))
    if oblast is not None:
        tests.append(_unit_test(store, "oblast", oblast))
    if raion is not None:
        tests.append(_unit_test(store, "raion", raion))
    if bbox is not None:
        tests.append(_box_test(store, checked_box(bbox)))
    if geometry is not None:
        tests.append(_geometry_test(store, geometry))
    return reduce(_both, tests) if tests else None


def _both(one: Accept, other: Accept) -> Accept:
    return lambda number: one(number) and other(number)


def _kind_test(store: Store, wanted: frozenset[Kind]) -> Accept:
    column = store.file.columns["kind"]
    codes = frozenset(store.records.kinds.index(kind) for kind in wanted)
    return lambda number: column[number] in codes


def _unit_test(store: Store, level: str, unit: str | Place) -> Accept:
    key = (level, unit.id if isinstance(unit, Place) else unit)
    numbers = store.unit_numbers.get(key)
    if numbers is None:
        ids = unit_ids(store, level, unit)
        units = store.records.units
        numbers = frozenset(number for number, text in enumerate(units) if text in ids)
        if len(store.unit_numbers) >= _CACHED_UNITS:
            store.unit_numbers.clear()
        store.unit_numbers[key] = numbers
    column = store.file.columns["oblast_id" if level == "oblast" else "raion_id"]
    return lambda number: column[number] in numbers


def unit_ids(store: Store, level: str, unit: str | Place) -> frozenset[str]:
    """Ids of the oblasts or raions that a caller means by an id, a name or a record.

    Raises
    ------
    GazetteerQueryError
        If there is none.
    """
    if isinstance(unit, Place):
        own = unit.oblast_id if level == "oblast" else unit.raion_id
        return frozenset({own or unit.id})
    number = store.number_of_id(unit)
    if number >= 0:
        place = store.records.place(number)
        own = place.oblast_id if level == "oblast" else place.raion_id
        return frozenset({own or place.id})
    for text in _bare_names(unit, level):
        found = _units_called(store, level, text)
        if found:
            return found
    raise GazetteerQueryError(
        f"no {level} is called {unit!r}; give its name, e.g. {_EXAMPLES[level]!r}, or its id"
    )


def _units_called(store: Store, level: str, text: str) -> frozenset[str]:
    places = [store.records.place(number) for number, _ in store.postings(fold(text))]
    kind = Kind.OBLAST if level == "oblast" else Kind.RAION
    ids = frozenset(place.id for place in places if place.kind is kind)
    if ids or level == "raion":
        return ids
    # Kyiv and Sevastopol are first-level units of their own; Crimea's peninsula lies in one
    own = frozenset(place.id for place in places if place.oblast_id == place.id)
    areas = (Kind.PENINSULA, Kind.REGION)
    return own or frozenset(
        place.oblast_id for place in places if place.kind in areas and place.oblast_id
    )


def _bare_names(unit: str, level: str) -> list[str]:
    """The name as given, without the unit's word, and with a German adjective's ending off."""
    words = fold(unit).split()
    marks = _unit_words()[level]
    bare = [word for word in words if word not in marks]
    texts = [unit, " ".join(bare)]
    if bare and bare[-1].endswith("er"):
        # Charkiwer, Tscherkasser, Odesser Gebiet
        stem = " ".join([*bare[:-1], bare[-1][:-2]])
        texts += [stem + ending for ending in _LOST_ENDINGS]
    return [text for text in texts if text]


@cache
def _unit_words() -> dict[str, frozenset[str]]:
    from gazetteer.rules import load

    words: dict[str, set[str]] = {"oblast": set(), "raion": set()}
    for row in load("unit_words.tsv"):
        words[row["unit"]].update(row["word"].split())
    return {unit: frozenset(several) for unit, several in words.items()}


def checked_box(bbox: Sequence[float]) -> tuple[float, float, float, float]:
    """A bounding box (min_lon, min_lat, max_lon, max_lat) in degrees.

    Raises
    ------
    GazetteerQueryError
        If it is none.
    """
    try:
        west, south, east, north = (float(number) for number in bbox)
    except (TypeError, ValueError) as error:
        raise GazetteerQueryError(
            f"bbox={bbox!r} is not (min_lon, min_lat, max_lon, max_lat) in degrees"
        ) from error
    if not all(map(isfinite, (west, south, east, north))) or west > east or south > north:
        raise GazetteerQueryError(
            f"bbox={tuple(bbox)!r} is empty; the order is (min_lon, min_lat, max_lon, max_lat)"
        )
    return west, south, east, north


def _box_test(store: Store, box: tuple[float, float, float, float]) -> Accept:
    west, south, east, north = box
    lons, lats = store.file.columns["lon"], store.file.columns["lat"]

    def inside(number: int) -> bool:
        return (
            west <= lons[number] / layout.DEGREE <= east
            and south <= lats[number] / layout.DEGREE <= north
        )

    return inside


def _geometry_test(store: Store, geometry: Any) -> Accept:
    from shapely import intersects_xy, prepare
    from shapely.geometry.base import BaseGeometry

    if not isinstance(geometry, BaseGeometry):
        raise GazetteerQueryError(
            f"geometry is a {type(geometry).__name__}, not a shapely geometry in degrees (lon, lat)"
        )
    prepare(geometry)
    lons, lats = store.file.columns["lon"], store.file.columns["lat"]

    def inside(number: int) -> bool:
        lon, lat = lons[number] / layout.DEGREE, lats[number] / layout.DEGREE
        return bool(intersects_xy(geometry, lon, lat))

    return inside
