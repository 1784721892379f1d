"""What is known of oblasts and raions as areas: their middle, and their ids in GeoNames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from gazetteer.curated import load
from gazetteer.outlines import outline_geojson
from gazetteer.place import Kind, Place, PositionSource

__all__ = ["centroid", "with_areas"]


def centroid(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """The centre of area of a GeoJSON Polygon or MultiPolygon, holes left out.

    Parameters
    ----------
    geometry : mapping
        Degrees, (lon, lat).

    Returns
    -------
    float, float
        lon and lat in degrees, reckoned in the plane of degrees (for an oblast within 2 km of the
        geodesic centre).

    Examples
    --------
    >>> centroid({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]})
    (2.0, 1.0)
    """
    whole = geometry["coordinates"]
    polygons = [whole] if geometry["type"] == "Polygon" else whole
    area = lon = lat = 0.0
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            size, x, y = _moments(ring)
            sign = (1 if size > 0 else -1) * (-1 if number else 1)
            area += sign * size
            lon += sign * x
            lat += sign * y
    return lon / area, lat / area


def _moments(ring: list[list[float]]) -> tuple[float, float, float]:
    """Twice the signed area of a ring (shoelace formula), and its first moments over three."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area += cross
        x += (x1 + x2) * cross / 3
        y += (y1 + y2) * cross / 3
    return area, x, y


def with_areas(places: Iterable[Place], geonames: Mapping[str, str]) -> list[Place]:
    """Put oblasts with an outline at its centre, and give units their GeoNames ids.

    Parameters
    ----------
    places : iterable of Place
    geonames : mapping of str to str
        As `gazetteer.sources.subdivisions.read_subdivisions` returns it.
    """
    typed = {row["id"]: row["geonames"] for row in load("geonames_ids.tsv")}
    return [_with_area(_with_id(place, typed.get(place.id)), geonames) for place in places]


def _with_id(place: Place, geonames: str | None) -> Place:
    if geonames is None or "geonames" in place.ids:
        return place
    return replace(place, ids={**place.ids, "geonames": geonames})


def _with_area(place: Place, geonames: Mapping[str, str]) -> Place:
    if place.kind not in (Kind.OBLAST, Kind.RAION):
        return place
    code = place.ids.get("katottg", "")
    key = place.id.removeprefix("frontmap:")
    if code:
        key = code[2:4] if place.kind is Kind.OBLAST else code[2:6]
    place = _with_id(place, geonames.get(key))
    feature = outline_geojson(place) if place.kind is Kind.OBLAST else None
    if feature is None or "Polygon" not in feature["geometry"]["type"]:
        return place
    lon, lat = centroid(feature["geometry"])
    return replace(
        place, lon=round(lon, 5), lat=round(lat, 5), position_source=PositionSource.OUTLINE
    )
