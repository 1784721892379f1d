"""The names the basemap writes: countries, oblasts, waters and towns."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from frontmap.basemap.codec import encode_line
from frontmap.basemap.naming import place_name

if TYPE_CHECKING:
    from gazetteer import Place

__all__ = ["LANGUAGES", "labels", "sources", "towns"]

LANGUAGES = ("de", "uk", "en")

_WEIGHTS = {"city": 4000, "town": 1200, "village": 60}
"""Inhabitants assumed where no source states them, so that a label has its place in the order."""


_Row = tuple[int, float, float, tuple[str, ...]]

_WORST_PRECISION_M = 3000.0
_SMALLEST_VILLAGE = 400
_FRONT_OBLASTS = frozenset(
    {"Donezk", "Luhansk", "Charkiw", "Saporischschja", "Cherson", "Sumy", "Dnipropetrowsk"}
)


def _rows() -> list[dict[str, str]]:
    text = files("frontmap.basemap").joinpath("labels.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def labels(units: Sequence[tuple[str, str, Any]], rivers: Sequence[Any]) -> list[list[Any]]:
    """Return ``[kind, de, uk, en, lon, lat, zoom from, angle]`` of what is no town.

    The angle is in degrees, counter-clockwise from east, and follows a river's course.
    """
    found: list[list[Any]] = []
    for row in _rows():
        if row["kind"] == "town":
            continue
        lon, lat = float(row["lon"]), float(row["lat"])
        angle = _angle(rivers, lon, lat) if row["kind"] == "river" else 0
        names = [row[language] for language in LANGUAGES]
        found.append([row["kind"], *names, lon, lat, int(row["rank"]), angle])
    return found + _oblasts(units)


def _angle(rivers: Sequence[Any], lon: float, lat: float) -> int:
    """Return the direction of the river nearest to a point, readable from left to right."""
    import shapely

    point = shapely.Point(lon, lat)
    river = min(rivers, key=lambda line: line.distance(point))
    if river.distance(point) > 0.25:
        raise ValueError(f"no river within 0.25 degrees of ({lon}, {lat})")
    along = river.project(point)
    one, other = river.interpolate(max(along - 0.12, 0)), river.interpolate(along + 0.12)
    wide = (other.x - one.x) * math.cos(math.radians(lat))
    angle = math.degrees(math.atan2(other.y - one.y, wide))
    return round((angle + 90) % 180 - 90)


def _oblasts(units: Sequence[tuple[str, str, Any]]) -> list[list[Any]]:
    """Return the names of the oblasts, each in the middle of the polygon that holds it."""
    import shapely

    from gazetteer import Gazetteer

    found: list[list[Any]] = []
    for place in sorted(_of_kind(Gazetteer.default(), "oblast"), key=lambda place: place.id):
        point = shapely.Point(place.lon, place.lat)
        inside = (
            shape for code, _, shape in units if code == place.country and shape.contains(point)
        )
        shape = next(inside, None)
        if shape is None:
            continue
        middle = shapely.maximum_inscribed_circle(shape).coords[0]
        names = [place.oblast or place.name_de, place.name, place_name(place, "en")]
        found.append(["oblast", *names, round(middle[0], 3), round(middle[1], 3), 7, 0])
    return found


def _of_kind(gazetteer: Any, *kinds: str) -> list[Place]:
    return [place for place in gazetteer if place.kind in kinds]


def towns(frame: Sequence[float]) -> dict[str, str]:
    """Return the towns, the weightiest first.

    Parameters
    ----------
    frame : (west, south, east, north)
        Towns beyond are left out.

    Returns
    -------
    dict
        ``de``, ``uk``, ``en``: names, one a line; ``at``: positions as an encoded line;
        ``weight``: inhabitants in hundreds, one a line.
    """
    from gazetteer import Gazetteer

    rows: list[_Row] = []
    for place in _of_kind(Gazetteer.default(), "city", "town", "village"):
        weight = place.population or _WEIGHTS[str(place.kind)]
        if _worth_a_label(place):
            names = tuple(place_name(place, language) for language in LANGUAGES)
            rows.append((weight, place.lon, place.lat, names))
    own = {(row["de"], round(float(row["lon"])), round(float(row["lat"]))): row for row in _rows()}
    named = []
    for weight, lon, lat, names in rows:
        # Beyond Ukraine the names typed for this map are better than those of the gazetteer.
        typed = own.pop((names[0], round(lon), round(lat)), None)
        shown = tuple(typed[language] for language in LANGUAGES) if typed else names
        named.append((weight, lon, lat, shown))
    for row in own.values():
        if row["kind"] == "town":
            names = tuple(row[language] for language in LANGUAGES)
            weight = _ABROAD[int(row["rank"])]
            named.append((weight, float(row["lon"]), float(row["lat"]), names))
    return _written([row for row in named if _inside(row[1], row[2], frame)])


def _written(rows: list[_Row]) -> dict[str, str]:
    rows.sort(key=lambda row: (-row[0], row[3], row[1], row[2]))
    found = {
        language: "\n".join(row[3][index] for row in rows)
        for index, language in enumerate(LANGUAGES)
    }
    found["weight"] = "\n".join(str(max(1, row[0] // 100)) for row in rows)
    found["at"] = encode_line([(row[1], row[2]) for row in rows], keep_repeated=True)
    return found


def sources() -> list[str]:
    """Return how the gazetteer's sources want to be named."""
    from gazetteer import Gazetteer

    found = Gazetteer.default().info()["attributions"]
    return [attribution["text"] for attribution in found if attribution["source"] != "curated"]


def _worth_a_label(place: Place) -> bool:
    """Tell whether a town goes into the basemap: its position is known and somebody looks for it.

    Near the front every village; elsewhere those that have inhabitants enough.
    """
    if place.precision_m > _WORST_PRECISION_M or place.position_source == "estimated":
        return False
    if place.kind != "village" or place.oblast in _FRONT_OBLASTS:
        return True
    return (place.population or 0) >= _SMALLEST_VILLAGE


def _inside(lon: float, lat: float, frame: Sequence[float]) -> bool:
    west, south, east, north = frame
    return west < lon < east and south < lat < north


_ABROAD = {5: 400_000, 6: 200_000, 7: 80_000, 8: 20_000, 9: 8_000}
"""Weight of a town beyond Ukraine by its rank in ``labels.tsv``."""
