"""Formats that GDAL writes: FlatGeobuf, Shapefile, and the layers of a GeoPackage."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.export.tables import Tables
from frontmap.frames import CLAIM_COLUMNS, TOPONYM_COLUMNS
from frontmap.frames.columns import whole

if TYPE_CHECKING:
    import geopandas

__all__ = ["storable", "write_flatgeobuf", "write_layer", "write_shapefile"]

_TEXT_LIMIT = 254  # bytes in a text field of a Shapefile


def write_layer(
    frame: geopandas.GeoDataFrame,
    path: Path,
    *,
    driver: str,
    layer: str,
    geometry_type: str,
    append: bool = False,
    metadata: dict[str, str] | None = None,
    dates_as_text: bool = False,
    **options: str,
) -> None:
    """Write one table through GDAL, with dates as dates and nulls as nulls.

    geopandas would write dates as points in time; GDAL knows dates.
    """
    import numpy
    import shapely
    from pyogrio.raw import write

    names, values, masks = [], [], []
    for name in frame.columns:
        if name == frame.geometry.name:
            continue
        value, mask = _field(frame[name], dates_as_text)
        names.append(str(name))
        values.append(value)
        masks.append(mask)
    shapes = frame.geometry.to_numpy()
    if geometry_type.startswith("Multi"):
        shapes = numpy.array([_as_multi(shape) for shape in shapes], dtype=object)
    write(
        str(path),
        geometry=shapely.to_wkb(numpy.asarray(shapes, dtype=object)),
        field_data=values,
        fields=numpy.array(names, dtype=object),
        field_mask=masks,
        layer=layer,
        driver=driver,
        geometry_type=geometry_type,
        crs=_crs(frame),
        encoding="UTF-8",
        append=append,
        layer_metadata=metadata,
        **options,
    )


def _crs(frame: Any) -> str:
    epsg = frame.crs.to_epsg()
    return f"EPSG:{epsg}" if epsg else str(frame.crs.to_wkt())


def _field(column: Any, dates_as_text: bool) -> tuple[Any, Any]:
    """Return the values of a column as a NumPy array GDAL takes, and where they are null."""
    import numpy
    import pandas

    mask = column.isna().to_numpy()
    if pandas.api.types.is_datetime64_any_dtype(column):
        days = column.to_numpy().astype("datetime64[D]")
        if dates_as_text:
            texts = [None if null else str(day) for day, null in zip(days, mask, strict=True)]
            return numpy.array(texts, dtype=object), mask
        return days, mask
    if pandas.api.types.is_integer_dtype(column):
        return column.fillna(0).to_numpy(dtype="int64"), mask
    if pandas.api.types.is_float_dtype(column):
        return column.to_numpy(dtype="float64"), mask
    texts = [
        None if null else storable(str(value)) for value, null in zip(column, mask, strict=True)
    ]
    return numpy.array(texts, dtype=object), mask


def storable(text: str) -> str:
    """Replace what the C strings inside GDAL and SQLite cannot hold."""
    return whole(text).replace("\0", "\ufffd")


def _as_multi(shape: Any) -> Any:
    from shapely import MultiLineString, MultiPolygon

    if shape is None:
        return None
    if shape.geom_type == "Polygon":
        return MultiPolygon([shape])
    if shape.geom_type == "LineString":
        return MultiLineString([shape])
    return shape


def write_flatgeobuf(tables: Tables, path: Path, layer: str) -> None:
    """Write one layer as FlatGeobuf; claims with the first geometry they have."""
    frame = _single(tables, layer)
    options: dict[str, Any] = {} if frame.geometry.notna().all() else {"SPATIAL_INDEX": "NO"}
    write_layer(
        frame,
        path,
        driver="FlatGeobuf",
        layer=layer,
        geometry_type="Unknown",
        dates_as_text=True,
        **options,
    )


def _single(tables: Tables, layer: str) -> geopandas.GeoDataFrame:
    if layer == "claims":
        return tables.project(tables.claims_frame("best"))
    return tables.layer(layer)


_SHAPEFILES = (
    ("claims", "MultiPolygon"),
    ("arrows", "LineString"),
    ("anchors", "Point"),
    ("toponyms", "Point"),
)


def write_shapefile(tables: Tables, path: Path) -> None:
    """Write a zip with one Shapefile a layer; names and texts are cut to what the format takes."""
    folder = path.parent / "shapefiles"
    folder.mkdir()
    cut: set[str] = set()
    for layer, geometry_type in _SHAPEFILES:
        frame = _shortened(tables.layer(layer), cut)
        write_layer(
            frame,
            folder / f"{layer}.shp",
            driver="ESRI Shapefile",
            layer=layer,
            geometry_type=geometry_type,
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
    warnings.warn(
        f"a Shapefile takes column names of 10 letters and texts of {_TEXT_LIMIT} bytes; cut: "
        f"{', '.join(sorted(cut))}. A GeoPackage (.gpkg) keeps everything",
        UserWarning,
        stacklevel=4,
    )


def _shortened(frame: Any, cut: set[str]) -> Any:
    short = {column.name: column.short for column in (*CLAIM_COLUMNS, *TOPONYM_COLUMNS)}
    short["feature_id"] = "feature_id"
    for name in frame.columns:
        if name == frame.geometry.name or not _is_text(frame[name]):
            continue
        if any(len(str(text).encode()) > _TEXT_LIMIT for text in frame[name].dropna()):
            cut.add(f"texts of {name}")
            frame[name] = [_cut(text) for text in frame[name]]
    renamed = {name: short[name] for name in frame.columns if short.get(name, name) != name}
    cut.update(f"{name} to {new}" for name, new in renamed.items())
    return frame.rename(columns=renamed)


def _is_text(column: Any) -> bool:
    import pandas

    return bool(pandas.api.types.is_string_dtype(column) or column.dtype == object)


def _cut(text: Any) -> Any:
    """Cut a text to the limit, at the end of a whole character."""
    if not isinstance(text, str):
        return text
    return text.encode()[:_TEXT_LIMIT].decode(errors="ignore")
