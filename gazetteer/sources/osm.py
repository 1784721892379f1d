"""Settlements of OpenStreetMap: an extract, or what a query gave.

Data © OpenStreetMap contributors, Open Database License: a gazetteer built with it has to say so
and stays under that licence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gazetteer.areas import centroid
from gazetteer.errors import GazetteerBuildError
from gazetteer.place import Kind, PositionSource
from gazetteer.sources.records import SourceName, SourceRow
from gazetteer.sources.scripts import cyrillic_language

__all__ = ["read_osm"]

_KINDS = {
    "city": Kind.CITY,
    "town": Kind.TOWN,
    "village": Kind.VILLAGE,
    "hamlet": Kind.VILLAGE,
    "isolated_dwelling": Kind.VILLAGE,
}
_CODES = ("katotth", "katottg", "ref:katottg")
_CODE = re.compile(r"UA\d{17}")
_LANGUAGES = ("uk", "ru", "de", "en", "pl", "fr")
_POPULATION = re.compile(r"\d{1,9}")  # more digits are a slip
_FORMER = ("old_name:uk", "old_name", "old_name:ru")


def read_osm(path: Path) -> list[SourceRow]:
    """Read the settlements.

    Parameters
    ----------
    path : Path
        An extract (``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.o5m``; needs the package ``osmium``),
        or the answer to a query as ``.json`` or ``.geojson``: Overpass' own JSON, a GeoJSON
        FeatureCollection whose properties are the tags (Overpass turbo, osmtogeojson), or
        Nominatim's GeoJSON.

    Raises
    ------
    GazetteerBuildError
        If the file cannot be read; it names the feature.
    """
    answer = path.suffix.lower() in (".geojson", ".json")
    rows = list(_from_answer(path) if answer else _from_extract(path))
    if not rows:
        raise GazetteerBuildError(f"{path}: no node with a place tag in it")
    return rows


def _from_answer(path: Path) -> Iterator[SourceRow]:
    try:
        answer = json.loads(path.read_text(encoding="utf-8-sig"))
        features = answer["elements"] if "elements" in answer else answer["features"]
        numbered = list(enumerate(features, start=1))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise GazetteerBuildError(
            f"{path}: not a GeoJSON feature collection, nor Overpass' JSON: {error}"
        ) from error
    read = _element if "elements" in answer else _feature
    for number, feature in numbered:
        try:
            row = read(feature, number)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            raise GazetteerBuildError(f"{path}, feature {number}: {error!r}") from error
        if row is not None:
            yield row


def _element(element: Mapping[str, Any], number: int) -> SourceRow | None:
    """One element of Overpass' JSON; ways and relations where the query asked for a centre."""
    spot = element if "lat" in element else element.get("center")
    if spot is None or not element.get("tags"):
        return None
    identity = f"{element['type']}/{element['id']}"
    return _row(identity, element["tags"], float(spot["lon"]), float(spot["lat"]))


def _feature(feature: Mapping[str, Any], number: int) -> SourceRow | None:
    """One GeoJSON feature of a query; an area stands for its middle."""
    properties = feature["properties"] or {}
    geometry = feature["geometry"]
    if geometry is None or geometry["type"] not in ("Point", "Polygon", "MultiPolygon"):
        return None
    if geometry["type"] == "Point":
        lon, lat = (float(value) for value in geometry["coordinates"][:2])
    else:
        lon, lat = centroid(geometry)
    if "osm_type" in properties:
        identity = f"{properties['osm_type']}/{properties['osm_id']}"
        return _row(identity, _nominatim_tags(properties), lon, lat)
    identity = feature.get("id") or properties.get("@id") or properties.get("id", number)
    return _row(str(identity), properties.get("tags", properties), lon, lat)


def _nominatim_tags(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The tags behind a result of Nominatim; a municipality's border says what it encloses."""
    tags = {**(properties.get("extratags") or {}), **(properties.get("namedetails") or {})}
    category = properties.get("category", properties.get("class"))
    kind = properties.get("type") if category == "place" else properties.get("addresstype")
    name = properties.get("name") or str(properties.get("display_name", "")).split(",")[0]
    return {"name": name, **tags, "place": kind}


def _from_extract(path: Path) -> Iterator[SourceRow]:
    try:
        import osmium
    except ImportError as error:
        raise GazetteerBuildError(
            f"{path}: reading an OpenStreetMap extract needs the package osmium; "
            "pip install frontmap[osm], or give a GeoJSON"
        ) from error
    try:
        nodes = osmium.FileProcessor(str(path), osmium.osm.NODE)
        for node in nodes.with_filter(osmium.filter.KeyFilter("place")):
            if node.location.valid():
                tags = dict(node.tags)
                row = _row(f"node/{node.id}", tags, node.location.lon, node.location.lat)
                if row is not None:
                    yield row
    except GazetteerBuildError:
        raise
    except Exception as error:  # the reader's own errors have no base but this
        raise GazetteerBuildError(
            f"{path}: cannot be read as an OpenStreetMap extract: {error}; give a file named "
            ".osm.pbf, .osm, .o5m, .json or .geojson"
        ) from error


def _row(identity: str, tags: Mapping[str, Any], lon: float, lat: float) -> SourceRow | None:
    kind = _KINDS.get(str(tags.get("place")))
    if kind is None or not tags.get("name"):
        return None
    if not (math.isfinite(lon) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"({lon}, {lat}) is no position in degrees")
    names = [SourceName(str(tags["name"]), _language(str(tags["name"]), tags))]
    names += [
        SourceName(str(tags[f"name:{language}"]), language)
        for language in _LANGUAGES
        if tags.get(f"name:{language}")
    ]
    for key in _FORMER:
        names += [SourceName(old.strip()) for old in str(tags.get(key) or "").split(";")]
    stated = (str(tags[key]).strip() for key in _CODES if tags.get(key))
    code = next((text for text in stated if _CODE.fullmatch(text)), None)
    population = str(tags.get("population") or "").replace(" ", "")
    return SourceRow(
        source=PositionSource.OSM,
        key=identity,
        names=tuple(dict.fromkeys(name for name in names if name.text)),
        lon=lon,
        lat=lat,
        oblast=code[2:4] if code else None,
        population=int(population) if _POPULATION.fullmatch(population) else None,
        kind=kind,
        katottg=code,
    )


def _language(name: str, tags: Mapping[str, Any]) -> str:
    """The language of the main name: what its letters say, else the country's."""
    told = cyrillic_language(name)
    return "" if "name:uk" in tags else {"ru": "ru"}.get(told, "uk")
