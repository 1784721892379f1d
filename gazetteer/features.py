"""Rivers, waters, regions and facilities: names from the rules, positions typed for frontmap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from gazetteer.curated import load
from gazetteer.errors import GazetteerBuildError
from gazetteer.folding import fold
from gazetteer.naming import german_name
from gazetteer.outlines import line_of
from gazetteer.place import Kind, Name, Place, PositionSource, Status
from gazetteer.romanization.curated import CuratedNames, curated_names
from gazetteer.sites import distance_m

__all__ = ["course_of", "course_precision", "feature_id", "feature_places", "settlements_by_name"]

_BEND = 0.15  # a river bends away from the straight line between two stops by this share of it
Line = list[tuple[float, float]]


def feature_id(row: Mapping[str, str]) -> str:
    """Stable id of a line of ``features.tsv``, from its established German name if it has one."""
    known = _known().get((row["name_uk"], row["kind"]))
    name_de = row["name_de"] or german_name(row["name_uk"], known)
    name = "-".join(fold(name_de).split())
    return f"frontmap:{row['kind']}-{name}" + (f"-{row['number']}" if row["number"] else "")


def feature_places(places: Sequence[Place]) -> list[Place]:
    """Make the places of ``features.tsv``.

    Parameters
    ----------
    places : sequence of Place
        The settlements, for the courses of rivers.

    Raises
    ------
    GazetteerBuildError
        If a course names a settlement that is not there, or a line lacks a position or a name.
    """
    by_name = settlements_by_name(places)
    return [_feature(row, by_name) for row in load("features.tsv")]


def settlements_by_name(places: Sequence[Place]) -> dict[str, list[Place]]:
    """Settlements by ``name/oblast code``, as courses name them."""
    found: dict[str, list[Place]] = {}
    for place in places:
        if place.kind.is_settlement and "katottg" in place.ids:
            key = f"{place.name}/{place.ids['katottg'][2:4]}"
            found.setdefault(key, []).append(place)
    return found


def course_of(row: Mapping[str, str], by_name: Mapping[str, Sequence[Place]]) -> list[Line]:
    """A river's course as lines of (lon, lat), downstream.

    Of namesakes in one oblast the one nearest to the stop before (or after) is meant.
    """
    course = row["course"]
    if course.startswith("ne:"):
        return line_of(course.removeprefix("ne:"))
    stops: list[Sequence[Place]] = []
    for stop in course.split(";"):
        candidates = by_name.get(stop.strip(), ())
        if not candidates:
            raise GazetteerBuildError(f"features.tsv, {row['name_uk']}: no settlement {stop!r}")
        stops.append(candidates)
    return [_nearest_chain(stops)]


def _nearest_chain(stops: Sequence[Sequence[Place]]) -> Line:
    """The choice of one candidate a stop that makes the whole chain shortest."""
    best: list[tuple[float, list[Place]]] = [(0.0, [place]) for place in stops[0]]
    for candidates in stops[1:]:
        longer = []
        for place in candidates:
            options = [
                (length + distance_m(chain[-1].lon, chain[-1].lat, place.lon, place.lat), chain)
                for length, chain in best
            ]
            length, chain = min(options, key=lambda option: option[0])
            longer.append((length, [*chain, place]))
        best = longer
    chain = min(best, key=lambda option: option[0])[1]
    sure = [place for place in chain if place.position_source is not PositionSource.ESTIMATED]
    return [(place.lon, place.lat) for place in (sure if len(sure) > 1 else chain)]


@cache
def _known() -> dict[tuple[str, str], CuratedNames]:
    return {
        (entry.name_uk, str(entry.kind)): entry
        for entry in curated_names()
        if entry.katottg is None
    }


def _feature(row: Mapping[str, str], by_name: Mapping[str, Sequence[Place]]) -> Place:
    kind = Kind(row["kind"])
    known = _known().get((row["name_uk"], row["kind"])) if not row["number"] else None
    name = row["name_uk"].replace("'", "’")
    name_de = row["name_de"] or german_name(name, known)
    language = "ru" if row["country"] == "RU" and row["name_ru"] else "uk"
    if language == "ru":
        name = row["name_ru"]
    lon, lat, extent_m, precision_m = _position(row, by_name)
    return Place(
        id=feature_id(row),
        name=name,
        name_de=name_de,
        kind=kind,
        lon=round(lon, 5),
        lat=round(lat, 5),
        precision_m=float(round(precision_m, -2)),
        extent_m=float(round(extent_m, -2)),
        country=row["country"],
        position_source=PositionSource.CURATED,
        names=_names(row, name, language, name_de, known),
    )


def _names(
    row: Mapping[str, str], name: str, language: str, name_de: str, known: CuratedNames | None
) -> tuple[Name, ...]:
    names = [
        Name(name, language, "official", Status.OFFICIAL, "curated"),
        Name(name_de, "de", "exonym", Status.EXONYM, "curated"),
    ]
    if row["name_ru"]:
        names.append(Name(row["name_ru"], "ru", "exonym", Status.EXONYM, "curated"))
    for item in row["others"].split(";"):
        code, _, text = item.strip().partition(":")
        if text:
            names.append(Name(text, code, "exonym", Status.EXONYM, "curated"))
    names += known.names if known else ()
    unique = {(entry.text, entry.language): entry for entry in reversed(names)}
    return tuple(dict.fromkeys(unique[entry.text, entry.language] for entry in names))


def _position(
    row: Mapping[str, str], by_name: Mapping[str, Sequence[Place]]
) -> tuple[float, float, float, float]:
    """Centre, extent and precision; a river's centre is the middle of its course in Ukraine."""
    precision = 1_000.0 * float(row["precision_km"])
    if not row["course"]:
        if not (row["lon"] and row["lat"] and row["extent_km"]):
            raise GazetteerBuildError(f"features.tsv, {row['name_uk']}: no position and no course")
        extent = 1_000.0 * float(row["extent_km"])
        return float(row["lon"]), float(row["lat"]), max(extent, 300.0), precision
    line = max(course_of(row, by_name), key=_length)
    half, walked = _length(line) / 2, 0.0
    middle = line[0]
    for start, end in pairwise(line):
        step = distance_m(*start, *end)
        if walked + step >= half:
            share = (half - walked) / step if step else 0.0
            lon = start[0] + share * (end[0] - start[0])
            middle = (lon, start[1] + share * (end[1] - start[1]))
            break
        walked += step
    if row["lon"]:
        middle = (float(row["lon"]), float(row["lat"]))
    precision = max(precision, course_precision(row, line))
    reach = max(distance_m(*middle, *point) for point in line)
    return *middle, reach, max(precision, reach)


def course_precision(row: Mapping[str, str], line: Line) -> float:
    """How far a river may run from its line, in metres: wide where the stops are far apart."""
    longest = max(distance_m(*start, *end) for start, end in pairwise(line))
    typed = 1_000.0 * float(row["precision_km"])
    return typed if row["course"].startswith("ne:") else max(typed, _BEND * longest)


def _length(line: Line) -> float:
    return sum(distance_m(*start, *end) for start, end in pairwise(line))
