"""GeoJSON by RFC 7946, as one collection or one feature a line."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frontmap.errors import ExportError
from frontmap.export.tables import Tables
from frontmap.frames import CLAIM_COLUMNS, TOPONYM_COLUMNS

__all__ = ["feature_collection", "features", "geojson_text", "write_geojson", "write_geojson_lines"]

_ESCAPED = re.compile("[\ud800-\udfff\u2028\u2029]")
_DIGITS = 6  # a tenth of a metre
_LISTS = {column.name for column in (*CLAIM_COLUMNS, *TOPONYM_COLUMNS) if column.type == "list"}


def feature_collection(tables: Tables, layer: str = "claims") -> dict[str, Any]:
    """Return one layer as a FeatureCollection: plain data, ready for `json.dumps`.

    Rings run counter-clockwise, coordinates are WGS 84 (lon, lat) with six digits, ids are the
    same in every run, lists are lists, dates ISO 8601 texts, and what is missing is null.
    """
    found = list(features(tables, layer))
    collection: dict[str, Any] = {"type": "FeatureCollection", "title": tables.heading}
    boxes = [feature["bbox"] for feature in found if "bbox" in feature]
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        collection["bbox"] = [min(west), min(south), max(east), max(north)]
    if tables.control is not None and layer in ("front_line", "control"):
        collection["attribution"] = tables.control.source
        collection["licence"] = tables.control.licence
    else:
        collection["attribution"] = tables.attribution
    collection["features"] = found
    return collection


def features(tables: Tables, layer: str = "claims") -> Iterator[dict[str, Any]]:
    """Yield the features of one layer; claims with the first geometry they have.

    Raises
    ------
    ExportError
        If another coordinate reference system than WGS 84 was asked for: the format has no other.
    """
    if not tables.is_wgs84:
        raise ExportError(
            f"GeoJSON is always WGS 84, not {tables.crs}; write a GeoPackage (.gpkg) instead"
        )
    frame = tables.claims_frame("best") if layer == "claims" else tables.layer(layer)
    names = [name for name in frame.columns if name != frame.geometry.name]
    shapes = frame.geometry.to_numpy()
    rows = frame[names].to_dict("records")
    for row, shape, geometry in zip(rows, shapes, _geometries(shapes), strict=True):
        properties = {str(name): _plain(str(name), value) for name, value in row.items()}
        feature: dict[str, Any] = {"type": "Feature"}
        identifier = properties.pop("feature_id", None) or _toponym_id(properties)
        if identifier:
            feature["id"] = identifier
        if shape is not None and shape.geom_type != "Point":
            feature["bbox"] = [round(edge, _DIGITS) for edge in shape.bounds]
        elif shape is not None:
            point = [round(shape.x, _DIGITS), round(shape.y, _DIGITS)]
            feature["bbox"] = point * 2
        feature["geometry"] = geometry
        feature["properties"] = properties
        yield feature


def _toponym_id(properties: dict[str, Any]) -> str | None:
    if "surface" not in properties:
        return None
    return f"{properties.get('article_id') or ''}:{properties['start']}-{properties['end']}"


def _geometries(shapes: Any) -> list[Any]:
    """Return shapes as GeoJSON geometries, rounded, rings counter-clockwise; None stays None."""
    import numpy
    import shapely

    turned = [None if shape is None else _counter_clockwise(shape) for shape in shapes]
    rounded = shapely.transform(
        numpy.array(turned, dtype=object), lambda points: points.round(_DIGITS)
    )
    return [None if text is None else json.loads(text) for text in shapely.to_geojson(rounded)]


def _counter_clockwise(shape: Any) -> Any:
    from shapely import MultiPolygon
    from shapely.geometry.polygon import orient

    if shape.geom_type == "Polygon":
        return orient(shape)
    if shape.geom_type == "MultiPolygon":
        return MultiPolygon([orient(part) for part in shape.geoms])
    return shape


def _plain(name: str, value: Any) -> Any:
    """Return a cell as JSON has it."""
    import pandas

    if value is None or value is pandas.NaT or value is pandas.NA:
        return None
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return value
    if isinstance(value, pandas.Timestamp):
        return value.date().isoformat()
    if isinstance(value, str):
        text = value.replace("\0", "\ufffd")  # GDAL would end the text there
        return json.loads(text) if name in _LISTS else text
    return value.item() if hasattr(value, "item") else value


def geojson_text(tables: Tables, layer: str) -> str:
    """Return one layer as the text of one FeatureCollection, a feature a line."""
    collection = feature_collection(tables, layer)
    lines = ",\n".join(_compact(feature) for feature in collection.pop("features"))
    head = _compact(collection)[:-1]
    return f'{head},"features":[\n{lines}\n]}}'


def write_geojson(tables: Tables, path: Path, layer: str) -> None:
    """Write one layer as one FeatureCollection."""
    path.write_text(geojson_text(tables, layer) + "\n", encoding="utf-8")


def write_geojson_lines(tables: Tables, path: Path, layer: str) -> None:
    """Write one layer with one feature a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for feature in features(tables, layer):
            file.write(_compact(feature) + "\n")


def _compact(value: Any) -> str:
    """Write JSON, escaping what UTF-8 cannot say (lone surrogates) and U+2028 and U+2029."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
