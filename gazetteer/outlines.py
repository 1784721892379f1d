"""The courses of rivers and the outlines of units that are shipped beside the gazetteer.

Three GeoJSON files in ``gazetteer/data``, made by `gazetteer.shapes`: ``lines.geojson`` (rivers),
``outlines.geojson`` (oblasts of Ukraine and of its neighbours; Crimea by the internationally
recognised border) and ``raions.geojson`` (divided by their settlements, see
`gazetteer.partition`). Degrees WGS 84 in (lon, lat) order. shapely is imported when a shape is
first asked for.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gazetteer.place import Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["line_of", "outline", "outline_geojson"]

_FILES = ("outlines.geojson", "raions.geojson", "lines.geojson")


@cache
def _features(name: str) -> dict[str, dict[str, Any]]:
    resource = files("gazetteer").joinpath("data", name)
    if not resource.is_file():
        return {}
    collection = json.loads(resource.read_text(encoding="utf-8"))
    return {feature["id"]: feature for feature in collection["features"]}


def outline_geojson(place: Place | str) -> dict[str, Any] | None:
    """The outline of an oblast or raion or the course of a river, as a GeoJSON feature.

    Parameters
    ----------
    place : Place or str
        A place or its id.

    Returns
    -------
    dict or None
        A Feature whose geometry is a Polygon, MultiPolygon, LineString or MultiLineString and whose
        property ``precision_m`` says how far the drawn line may be off; None where there is none.

    Examples
    --------
    >>> outline_geojson("katottg:UA14000000000091971")["properties"]["name_de"]
    'Oblast Donezk'
    """
    key = place if isinstance(place, str) else place.id
    for name in _FILES:
        feature = _features(name).get(key)
        if feature is not None:
            return feature
    return None


@cache
def _shape(key: str) -> BaseGeometry | None:
    from shapely.geometry import shape

    feature = outline_geojson(key)
    return None if feature is None else shape(feature["geometry"])


def outline(place: Place | str) -> BaseGeometry | None:
    """The outline of an oblast or raion or the course of a river, as a shapely geometry.

    Parameters
    ----------
    place : Place or str
        A place or its id.

    Returns
    -------
    shapely geometry or None
        Polygons for an oblast or raion, lines for a river; None where there is none.

    Examples
    --------
    >>> outline("katottg:UA14000000000091971").geom_type
    'Polygon'
    """
    return _shape(place if isinstance(place, str) else place.id)


def line_of(name: str) -> list[list[tuple[float, float]]]:
    """Natural Earth's lines of one river, by its name there; empty where it is not shipped."""
    for feature in _features("lines.geojson").values():
        if feature["properties"].get("natural_earth") == name:
            geometry = feature["geometry"]
            single = geometry["type"] == "LineString"
            lines = [geometry["coordinates"]] if single else geometry["coordinates"]
            return [[(x, y) for x, y in line] for line in lines]
    return []
