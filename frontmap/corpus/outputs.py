"""The formats a run writes, each report by report, so that memory does not grow with the corpus."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.errors import ExportError, MissingExtraError
from frontmap.report import Report

if TYPE_CHECKING:
    import geopandas

    from frontmap.export.tables import Tables
    from gazetteer import Gazetteer

__all__ = ["SUFFIXES", "writer_for"]

_LAYERS = {
    "claims": "MultiPolygon",
    "arrows": "LineString",
    "anchors": "Point",
    "toponyms": "Point",
}
_CHUNK = 200  # reports that become one table at a time
Writer = Callable[[Iterable[Report], Path, "Gazetteer | None"], None]


def write_json_lines(reports: Iterable[Report], path: Path, gazetteer: Gazetteer | None) -> None:
    """A report a line, whole: `frontmap.serialization.loads` reads a line again."""
    from frontmap.serialization import dumps

    with path.open("w", encoding="utf-8") as file:
        for report in reports:
            file.write(dumps(report.article, report.toponyms, report.claims) + "\n")


def write_geojson_lines(reports: Iterable[Report], path: Path, gazetteer: Gazetteer | None) -> None:
    """A claim a line, as a GeoJSON feature."""
    from frontmap.export.geojson import features

    with path.open("w", encoding="utf-8") as file:
        for chunk in _chunks(reports):
            for feature in features(_tables(chunk, gazetteer), "claims"):
                file.write(json.dumps(feature, ensure_ascii=False) + "\n")


def write_parquet(reports: Iterable[Report], path: Path, gazetteer: Gazetteer | None) -> None:
    """The claims as GeoParquet, a row group a chunk."""
    from pyarrow import Table, parquet

    writer: Any = None
    try:
        for chunk in _chunks(reports, at_least_one=True):
            frame = _claims(chunk, gazetteer)
            table = Table.from_pandas(frame.to_wkb(), preserve_index=False)
            if writer is None:
                schema = table.schema.with_metadata(_geoparquet(frame))
                writer = parquet.ParquetWriter(path, schema)
            writer.write_table(table.cast(writer.schema))
    finally:
        if writer is not None:
            writer.close()


def _geoparquet(frame: geopandas.GeoDataFrame) -> dict[bytes, bytes]:
    """The metadata that makes a Parquet file a GeoParquet file."""
    geometry = {
        "encoding": "WKB",
        "geometry_types": [],
        "crs": frame.crs.to_json_dict(),
    }
    columns = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
    return {b"geo": json.dumps(columns).encode()}


def write_geopackage(reports: Iterable[Report], path: Path, gazetteer: Gazetteer | None) -> None:
    """The claims with their areas, arrows and anchors, and the toponyms, a layer each."""
    from frontmap.export.vector import write_layer

    for chunk in _chunks(reports, at_least_one=True):
        tables = _tables(chunk, gazetteer)
        for layer, geometry_type in _LAYERS.items():
            write_layer(
                tables.layer(layer),
                path,
                driver="GPKG",
                layer=layer,
                geometry_type=geometry_type,
                append=path.exists(),
            )


def _chunks(reports: Iterable[Report], at_least_one: bool = False) -> Iterator[list[Report]]:
    source = iter(reports)
    chunk = list(islice(source, _CHUNK))
    if not chunk and at_least_one:
        yield []
    while chunk:
        yield chunk
        chunk = list(islice(source, _CHUNK))


def _claims(reports: list[Report], gazetteer: Gazetteer | None) -> geopandas.GeoDataFrame:
    return _tables(reports, gazetteer).claims_frame("best")


def _tables(reports: list[Report], gazetteer: Gazetteer | None) -> Tables:
    from frontmap.export.tables import collect

    return collect(
        reports, control=None, gazetteer=gazetteer, crs="EPSG:4326", language="de", title=None
    )


_WRITERS: dict[str, Writer] = {
    ".jsonl": write_json_lines,
    ".geojsonl": write_geojson_lines,
    ".parquet": write_parquet,
    ".gpkg": write_geopackage,
}
SUFFIXES = tuple(_WRITERS)
"""The suffixes a run can write."""


def writer_for(path: Path) -> Writer:
    """What writes the format that a path's suffix names.

    Raises
    ------
    ExportError
        If the suffix is none of `SUFFIXES`.
    MissingExtraError
        If what the format needs is not installed; said before a long run, not after it.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise ExportError(f"{path}: a run writes {', '.join(SUFFIXES)}, not {path.suffix!r}")
    if writer is write_parquet:
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise MissingExtraError(
                "writing .parquet needs pyarrow: pip install 'frontmap[parquet]'"
            ) from error
    return writer
