"""The formats a run writes, some reports at a time, so that memory does not grow with the corpus.

What costs time (geometries, tables) is done by the workers: `Format.convert` turns a chunk of
reports into bytes there, `Format.append` writes them here, in order.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.corpus.workers import Workers, open_gazetteer
from frontmap.errors import ExportError, MissingExtraError

if TYPE_CHECKING:
    import geopandas

    from frontmap.export.tables import Tables
    from gazetteer import Place

__all__ = ["SUFFIXES", "Format", "write_reports", "writer_for"]

_LAYERS = {
    "claims": "MultiPolygon",
    "arrows": "LineString",
    "anchors": "Point",
    "toponyms": "Point",
}
_CHUNK = 200  # reports that become one table at a time
_ROWS = 5_000  # of a row group, or so many more as a chunk has
Saved = Sequence[str]  # reports as `frontmap.serialization.dumps` wrote them


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how reports become bytes, and how these are written.

    Attributes
    ----------
    convert : callable
        Makes bytes of some reports; needs nothing but them and the gazetteer.
    write : callable
        Writes the bytes of all chunks, in order, to a path.
    """

    convert: Callable[[Saved, str | None], bytes]
    write: Callable[[Iterable[bytes], Path], None]


def write_reports(
    reports: Iterable[str], path: Path, form: Format, pool: Workers, gazetteer: str | None
) -> None:
    """Write saved reports to a path, made into the format by the pool's workers."""
    if form.convert is _json_lines:  # nothing to do that sending would not cost more than
        form.write((_json_lines(chunk, gazetteer) for chunk in _chunks(reports)), path)
        return
    with closing(pool.map(form.convert, _chunks(reports), gazetteer)) as chunks:
        form.write(chunks, path)


def _chunks(reports: Iterable[str]) -> Iterator[list[str]]:
    """Cut into chunks; without any report there is one empty chunk, so that a file has columns."""
    source = iter(reports)
    chunk = list(islice(source, _CHUNK))
    yield chunk
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def _tables(reports: Saved, gazetteer: str | None) -> Tables:
    from frontmap.export.tables import collect
    from frontmap.report import Report
    from frontmap.serialization import loads

    known: dict[str, Place] = {}
    saved = [loads(text, known) for text in reports]
    return collect(
        [Report(s.article, list(s.toponyms), list(s.claims)) for s in saved],
        control=None,
        gazetteer=open_gazetteer(gazetteer),
        crs="EPSG:4326",
        language="de",
        title=None,
    )


def _json_lines(reports: Saved, gazetteer: str | None) -> bytes:
    """A report a line, whole: `frontmap.serialization.loads` reads a line again."""
    return "".join(f"{report}\n" for report in reports).encode("utf-8")


def _geojson_lines(reports: Saved, gazetteer: str | None) -> bytes:
    """A claim a line, as a GeoJSON feature."""
    from frontmap.export.geojson import features

    found = features(_tables(reports, gazetteer), "claims") if reports else ()
    lines = (json.dumps(feature, ensure_ascii=False) + "\n" for feature in found)
    return "".join(lines).encode("utf-8", "replace")


def _write_bytes(chunks: Iterable[bytes], path: Path) -> None:
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)


def _arrow(reports: Saved, gazetteer: str | None) -> bytes:
    """The claims as one Arrow table."""
    import pyarrow

    frame = _tables(reports, gazetteer).claims_frame("best")
    table = pyarrow.Table.from_pandas(frame.to_wkb(), preserve_index=False)
    table = table.replace_schema_metadata(_geoparquet(frame))
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def _geoparquet(frame: geopandas.GeoDataFrame) -> dict[bytes, bytes]:
    """The metadata that makes a Parquet file a GeoParquet file."""
    geometry = {
        "encoding": "WKB",
        "geometry_types": [],
        "crs": frame.crs.to_json_dict(),
    }
    columns = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
    return {b"geo": json.dumps(columns).encode()}


def _write_parquet(chunks: Iterable[bytes], path: Path) -> None:
    """GeoParquet; a row group has several chunks, for each is told of in memory until the end."""
    import pyarrow
    from pyarrow import parquet

    writer: Any = None
    waiting: list[Any] = []
    try:
        for chunk in chunks:
            with pyarrow.ipc.open_stream(chunk) as stream:
                table = stream.read_all()
            if writer is None:
                writer = parquet.ParquetWriter(path, table.schema)
            waiting.append(table.cast(writer.schema))
            if sum(table.num_rows for table in waiting) >= _ROWS:
                writer.write_table(pyarrow.concat_tables(waiting))
                waiting = []
        if waiting:
            writer.write_table(pyarrow.concat_tables(waiting))
    finally:
        if writer is not None:
            writer.close()


def _layers(reports: Saved, gazetteer: str | None) -> bytes:
    """The claims with their areas, arrows and anchors, and the toponyms, a table each."""
    tables = _tables(reports, gazetteer)
    return pickle.dumps({layer: tables.layer(layer) for layer in _LAYERS})


def _write_geopackage(chunks: Iterable[bytes], path: Path) -> None:
    from frontmap.export.vector import write_layer

    for chunk in chunks:
        for layer, frame in pickle.loads(chunk).items():
            write_layer(
                frame,
                path,
                driver="GPKG",
                layer=layer,
                geometry_type=_LAYERS[layer],
                append=path.exists(),
            )


_FORMATS = {
    ".jsonl": Format(_json_lines, _write_bytes),
    ".geojsonl": Format(_geojson_lines, _write_bytes),
    ".parquet": Format(_arrow, _write_parquet),
    ".gpkg": Format(_layers, _write_geopackage),
}
SUFFIXES = tuple(_FORMATS)
"""The suffixes a run can write."""


def writer_for(path: Path) -> Format:
    """What writes the format that a path's suffix names.

    Raises
    ------
    ExportError
        If the suffix is none of `SUFFIXES`.
    MissingExtraError
        If what the format needs is not installed; said before a long run, not after it.
    """
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise ExportError(f"{path}: a run writes {', '.join(SUFFIXES)}, not {path.suffix!r}")
    if path.suffix.lower() == ".parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise MissingExtraError(
                "writing .parquet needs pyarrow: pip install 'frontmap[parquet]'"
            ) from error
    return form
