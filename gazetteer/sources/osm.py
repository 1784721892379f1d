"""Settlements of OpenStreetMap: an extract, or a GeoJSON of points from a query.

Data © OpenStreetMap contributors, Open Database License: a gazetteer built with it has to say so
and stays under that licence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gazetteer.errors import GazetteerBuildError
from gazetteer.place import Kind, PositionSource
from gazetteer.sources.records import SourceName, SourceRow

__all__ = ["read_osm"]

_KINDS = {
    "city": Kind.CITY,
    "town": Kind.TOWN,
    "village": Kind.VILLAGE,
    "hamlet": Kind.VILLAGE,
    "isolated_dwelling": Kind.VILLAGE,
}
_CODES = ("katotth", "katottg", "ref:katottg")
_LANGUAGES = ("uk", "ru", "de", "en", "pl", "fr")


def read_osm(path: Path) -> list[SourceRow]:
    """Read the settlements.

    Parameters
    ----------
    path : Path
        ``.osm.pbf`` (needs the package ``osmium``), ``.osm`` or a GeoJSON FeatureCollection of
        points whose properties are the tags.

    Raises
    ------
    GazetteerBuildError
        If the file cannot be read; it names the feature.
    """
    geojson = path.suffix in (".geojson", ".json")
    rows = list(_from_geojson(path) if geojson else _from_extract(path))
    if not rows:
        raise GazetteerBuildError(f"{path}: no node with a place tag in it")
    return rows


def _from_geojson(path: Path) -> Iterator[SourceRow]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
        features = collection["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GazetteerBuildError(f"{path}: not a GeoJSON feature collection: {error}") from error
    for number, feature in enumerate(features, start=1):
        try:
            properties = feature["properties"] or {}
            tags = properties.get("tags", properties)
            geometry = feature["geometry"]
            if geometry is None or geometry["type"] != "Point":
                continue
            lon, lat = (float(value) for value in geometry["coordinates"][:2])
            identity = feature.get("id") or properties.get("@id") or properties.get("id", number)
        except (KeyError, TypeError, ValueError) as error:
            raise GazetteerBuildError(f"{path}, feature {number}: {error!r}") from error
        row = _row(str(identity), tags, lon, lat)
        if row is not None:
            yield row


def _from_extract(path: Path) -> Iterator[SourceRow]:
    try:
        import osmium
    except ImportError as error:
        raise GazetteerBuildError(
            f"{path}: reading an OpenStreetMap extract needs the package osmium; "
            "pip install osmium, or give a GeoJSON"
        ) from error
    try:
        for node in osmium.FileProcessor(str(path), osmium.osm.NODE):
            if "place" in node.tags:
                row = _row(f"node/{node.id}", dict(node.tags), node.location.lon, node.location.lat)
                if row is not None:
                    yield row
    except RuntimeError as error:
        raise GazetteerBuildError(f"{path}: cannot be read: {error}") from error


def _row(identity: str, tags: Mapping[str, Any], lon: float, lat: float) -> SourceRow | None:
    kind = _KINDS.get(str(tags.get("place")))
    if kind is None or not tags.get("name"):
        return None
    names = [SourceName(str(tags["name"]), "uk" if "name:uk" not in tags else "")]
    for language in _LANGUAGES:
        if tags.get(f"name:{language}"):
            names.append(SourceName(str(tags[f"name:{language}"]), language))
    for old in str(tags.get("old_name:uk") or tags.get("old_name") or "").split(";"):
        if old.strip():
            names.append(SourceName(old.strip()))
    code = next((str(tags[key]) for key in _CODES if tags.get(key)), None)
    population = str(tags.get("population") or "").replace(" ", "")
    return SourceRow(
        source=PositionSource.OSM,
        key=identity,
        names=tuple(names),
        lon=lon,
        lat=lat,
        oblast=code[2:4] if code else None,
        population=int(population) if population.isdigit() else None,
        kind=kind,
        katottg=code,
    )
