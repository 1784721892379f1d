"""Names in and positions out of ``frontmap geocode``."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.errors import ExportError

if TYPE_CHECKING:
    from geopy.location import Location

__all__ = ["FIELDS", "FORMATS", "Query", "Row", "format_of", "read_column", "render", "save"]

# suffix -> format
FORMATS = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
}
FIELDS = (
    "query", "found", "lon", "lat", "precision_m", "name_de", "name", "kind", "raion", "oblast",
    "country", "population", "id", "matched", "scheme", "score", "address",
)  # fmt: skip
# What a spreadsheet would run as a formula; plain numbers are left alone.
_FORMULA = re.compile("^['=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?$")
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Query:
    """A name with the other cells of its row."""

    text: str
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A query with one location that answers it, or none.

    With `outlines` its geometry is the outline or course of the place where one is known, else,
    and without it always, a point.
    """

    query: Query
    location: Location | None
    outlines: bool = False

    def geometry(self) -> dict[str, Any] | None:
        """The geometry as GeoJSON; None where nothing was found."""
        from gazetteer.outlines import outline_geojson

        if self.location is None:
            return None
        feature = outline_geojson(str(self.location.raw["id"])) if self.outlines else None
        if feature is not None:
            return dict(feature["geometry"])
        point = [self.location.longitude, self.location.latitude]
        return {"type": "Point", "coordinates": point}

    def values(self) -> dict[str, Any]:
        """The row's own cells, then `FIELDS`."""
        values: dict[str, Any] = {**self.query.cells, **dict.fromkeys(FIELDS)}
        values["query"], values["found"] = self.query.text, self.location is not None
        if self.location is not None:
            raw = self.location.raw
            values.update({name: raw[name] for name in FIELDS if name in raw})
            values["matched"] = raw["match"]["text"]
            values["scheme"], values["score"] = raw["match"]["scheme"], raw["match"]["score"]
            values["address"] = self.location.address
        return values


def read_column(source: str, column: str) -> list[Query]:
    """Read the names of one column of a CSV file; ``-`` is standard input.

    Commas, semicolons, tabs and bars separate; UTF-8 or windows-1252.

    Raises
    ------
    ExportError
        If the file cannot be read or has no such column; the message lists those it has.
    """
    label = "standard input" if source == "-" else source
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ExportError(f"{label}: cannot be read: {reason}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row
        ]
    except csv.Error as error:
        raise ExportError(f"{label}: is not CSV: {error}") from error
    if not rows:
        raise ExportError(f"{label}: is empty; a header line with column names is needed")
    header = [cell.strip() for cell in rows[0]]
    if column not in header:
        names = ", ".join(repr(name) for name in header)
        raise ExportError(f"{label}: has no column {column!r}; its columns are {names}")
    position = header.index(column)
    header = _own_names(header)
    queries = []
    for row in rows[1:]:
        cells = row + [""] * (len(header) - len(row))
        queries.append(Query(cells[position].strip(), dict(zip(header, cells, strict=False))))
    return queries


def _own_names(header: Sequence[str]) -> list[str]:
    """Column names that neither repeat nor take the place of a field of the answer."""
    names: list[str] = []
    for name in header:
        unique = f"{name}_in" if name in FIELDS else name
        number = 2
        while unique in names:
            unique = f"{name}_{number}"
            number += 1
        names.append(unique)
    return names


def format_of(output: str) -> str:
    """Format that a file name asks for.

    Raises
    ------
    ExportError
        If its suffix says none.
    """
    suffix = Path(output).suffix.lower()
    if suffix not in FORMATS:
        raise ExportError(f"{output}: unknown suffix; use one of {', '.join(FORMATS)}")
    return FORMATS[suffix]


def render(rows: Sequence[Row], form: str) -> str:
    """Rows as text: ``csv``, ``jsonl`` or ``geojson``."""
    if form == "csv":
        return _csv(rows)
    if form == "jsonl":
        return "".join(json.dumps(_clean(row), ensure_ascii=False) + "\n" for row in rows)
    features = [
        {
            "type": "Feature",
            "geometry": row.geometry(),
            "properties": _clean(row),
        }
        for row in rows
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _clean(row: Row) -> dict[str, Any]:
    """Values that UTF-8 can hold: a lone surrogate becomes a question mark."""
    return {
        _encodable(name): _encodable(value) if isinstance(value, str) else value
        for name, value in row.values().items()
    }


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _csv(rows: Sequence[Row]) -> str:
    from frontmap.files import csv_writer

    header = _header(rows)
    out = io.StringIO(newline="")
    writer = csv_writer(out)
    writer.writerow([guarded(name) for name in header])
    for row in rows:
        values = _clean(row)
        writer.writerow([guarded(values.get(name)) for name in header])
    return out.getvalue()


def _header(rows: Iterable[Row]) -> list[str]:
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row.query.cells))
    return [*map(_encodable, names), *FIELDS]


def guarded(value: object) -> object:
    """A cell that no spreadsheet runs as a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-3.5"), guarded("Lyman")
    ("'=1+1", '-3.5', 'Lyman')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.match(value):
        return f"'{value}"
    return value


def save(rows: Sequence[Row], output: str) -> None:
    """Write rows to a file whose suffix says the format.

    Raises
    ------
    ExportError
        If it cannot be written; nothing is left then.
    """
    from frontmap.files import written_beside

    form = format_of(output)
    with written_beside(Path(output)) as beside:
        if form == "gpkg":
            _frame(rows).to_file(beside, layer="places", driver="GPKG")
        else:
            beside.write_text(render(rows, form), encoding="utf-8", newline="")


def _storable(header: Sequence[str]) -> list[str]:
    """Names a GeoPackage takes: apart without regard to case, and none that it keeps for itself."""
    taken = {"fid", "geom", "geometry", *FIELDS}
    names: list[str] = []
    for name in header:
        stored, number = name or "column", 2
        while name not in FIELDS and stored.lower() in taken:
            stored = f"{name or 'column'}_{number}"
            number += 1
        taken.add(stored.lower())
        names.append(stored)
    return names


def _frame(rows: Sequence[Row]) -> Any:
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry import shape

    header = _header(rows)
    records = [_clean(row) for row in rows]
    columns = {
        stored: [record.get(name) for record in records]
        for name, stored in zip(header, _storable(header), strict=True)
    }
    drawn = [row.geometry() for row in rows]
    shapes = [None if geometry is None else shape(geometry) for geometry in drawn]
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")
    frame["population"] = pd.array(columns["population"], dtype="Int64")
    for name in ("lon", "lat", "precision_m", "score"):
        frame[name] = pd.to_numeric(frame[name])
    return frame
