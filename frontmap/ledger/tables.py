"""The ledger as tables and files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from frontmap.claims.records import Event, Modality, Relation
from frontmap.errors import LedgerError, MissingExtraError
from frontmap.export.tabular import guarded
from frontmap.files import csv_writer, missing_extra, written_beside
from frontmap.ledger.records import Day, Entry, Position, Voice
from gazetteer import Place

if TYPE_CHECKING:
    import pandas

    from frontmap.ledger.core import Ledger

__all__ = [
    "CLAIM_COLUMNS",
    "DAY_COLUMNS",
    "SUFFIXES",
    "claims_table",
    "days_table",
    "save",
    "write_csv",
    "write_json_lines",
]

CLAIM_COLUMNS = {
    "id": "text", "event": "text", "actor": "text", "place_id": "text", "place_name_de": "text",
    "oblast": "text", "lon": "number", "lat": "number", "relation": "text", "bearings": "list",
    "modality": "text", "standing": "text", "first_seen": "date", "last_seen": "date",
    "day": "date", "last_day": "date", "first_by": "list", "said_by": "list", "claimants": "list",
    "confirmed_by": "list", "verified": "boolean", "objections": "list", "documents": "integer",
    "independent_sources": "integer", "publishers": "list", "titles": "list", "urls": "list",
    "article_ids": "list", "quotes": "list", "earlier": "text", "check": "text",
    "check_distance_m": "number",
}  # fmt: skip
"""Column -> type, of the table of claims."""

DAY_COLUMNS = {
    "place_id": "text", "place_name_de": "text", "oblast": "text", "lon": "number",
    "lat": "number", "date": "date", "said": "list", "positions": "list", "standing": "text",
    "polygons": "text", "polygons_changed": "boolean", "polygons_before": "text",
    "front_m": "number", "entries": "list",
}  # fmt: skip
"""Column -> type, of the table of days."""


def claim_rows(ledger: Ledger) -> Iterable[dict[str, Any]]:
    """A row an entry, as plain values."""
    for entry in ledger.entries:
        documents = entry.documents
        check = ledger.check(entry)
        yield {
            "id": entry.id,
            "event": str(entry.event),
            "actor": _text(entry.actor),
            **_place(entry.place),
            "relation": str(entry.relation),
            "bearings": [str(bearing) for bearing in entry.bearings],
            "modality": str(entry.modality),
            "standing": str(entry.standing),
            "first_seen": entry.first_seen,
            "last_seen": entry.last_seen,
            "day": entry.day,
            "last_day": entry.last_day,
            "first_by": [str(voice) for voice in entry.first_by],
            "said_by": [str(voice) for voice in entry.voices],
            "claimants": [name for voice in entry.voices for name in voice.claimants],
            "confirmed_by": [str(voice) for voice in entry.confirmed_by],
            "verified": entry.verified,
            "objections": [_objection(entry, number) for number in range(len(entry.objections))],
            "documents": len(documents),
            "independent_sources": entry.independent_sources,
            "publishers": list(dict.fromkeys(s.publisher for s in documents if s.publisher)),
            "titles": list(dict.fromkeys(s.title for s in documents if s.title)),
            "urls": list(dict.fromkeys(s.url for s in documents if s.url)),
            "article_ids": list(dict.fromkeys(s.document for s in documents)),
            "quotes": list(entry.quotes),
            "earlier": entry.earlier,
            "check": None if check is None else str(check.verdict),
            "check_distance_m": None if check is None else check.distance_m,
        }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _place(place: Place | None) -> dict[str, Any]:
    return {
        "place_id": place and place.id,
        "place_name_de": place and place.name_de,
        "oblast": place and place.oblast,
        "lon": place and place.lon,
        "lat": place and place.lat,
    }


def _objection(entry: Entry, number: int) -> str:
    objection = entry.objections[number]
    voices = ", ".join(map(str, objection.voices))
    return f"{objection.kind} by {voices}: {objection.entry}"


def day_rows(days: Iterable[Day]) -> Iterable[dict[str, Any]]:
    """A row a place and day, as plain values."""
    for day in days:
        yield {
            **_place(day.place),
            "date": day.date,
            "said": [said(entry, day) for entry in day.entries],
            "positions": [position(p) for p in day.positions],
            "standing": str(day.standing),
            "polygons": _text(day.polygons),
            "polygons_changed": day.polygons_changed,
            "polygons_before": _text(day.polygons_before),
            "front_m": day.front_m,
            "entries": [entry.id for entry in day.entries],
        }


def said(entry: Entry, day: Day) -> str:
    """What was said of an entry on a day, in one line: who, what, in how many documents."""
    from frontmap.ledger.merging import voices_of

    found = [statement for statement in entry.statements if statement.said == day.date]
    voices = ", ".join(_voice(voice) for voice in voices_of(found))
    count = len({statement.source for statement in found})
    documents = "1 document" if count == 1 else f"{count} documents"
    return f"{voices}: {what(entry)} ({documents})"


def _voice(voice: Voice) -> str:
    names = f" ({', '.join(voice.claimants)})" if voice.claimants else ""
    return f"{voice}{names}"


def what(entry: Entry) -> str:
    """What an entry claims, in a few words."""
    words = [str(entry.event)]
    if entry.actor:
        words.append(f"by {entry.actor}")
    elif entry.event is not Event.CLASH:  # which takes two
        words.append("by an unnamed side")
    if entry.modality not in (Modality.ASSERTED, Modality.REPORTED):
        words.insert(0, str(entry.modality))
    if entry.relation is not Relation.AT:
        words += [str(entry.relation), *map(str, entry.bearings)]
    return " ".join(words)


def position(found: Position) -> str:
    """A position in one line."""
    voice = found.voice or "unattributed"
    return f"{voice}: {' and '.join(found.holders)} since {found.since}, last said {found.said}"


def claims_table(ledger: Ledger) -> pandas.DataFrame:
    """The table of claims."""
    return _frame(CLAIM_COLUMNS, list(claim_rows(ledger)))


def days_table(ledger: Ledger) -> pandas.DataFrame:
    """The table of days."""
    return _frame(DAY_COLUMNS, list(day_rows(ledger.days)))


def _frame(columns: Mapping[str, str], rows: list[dict[str, Any]]) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame(
        {name: _series(kind, [row[name] for row in rows]) for name, kind in columns.items()}
    )


_json = json.JSONEncoder(ensure_ascii=False).encode


def _series(kind: str, values: list[Any]) -> pandas.Series:
    import numpy
    import pandas

    if kind == "list":
        return pandas.Series([_json(v) for v in values], dtype="object")
    if kind == "date":
        days = [numpy.datetime64(value or "NaT", "ms") for value in values]
        return pandas.Series(numpy.array(days, dtype="datetime64[ms]"))
    types = {"text": "object", "number": "float64", "integer": "int64", "boolean": "bool"}
    return pandas.Series(values, dtype=types[kind])


def write_csv(ledger: Ledger, file: IO[str], what: str) -> None:
    """Dates as ISO 8601, lists as JSON; no cell that a spreadsheet would run as a formula."""
    rows, columns = _rows(ledger, what)
    writer = csv_writer(file)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name], kind) for name, kind in columns.items()])


def _cell(value: Any, kind: str) -> Any:
    if kind == "list":
        return _json(value)
    return guarded(value) if isinstance(value, str) else value


def write_json_lines(ledger: Ledger, file: IO[str], what: str) -> None:
    """A row a line, dates as ISO 8601."""
    rows, _ = _rows(ledger, what)
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _write_parquet(ledger: Ledger, path: Path, what: Literal["claims", "days"]) -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(missing_extra("pyarrow", "parquet", "writing .parquet")) from error
    ledger.to_dataframe(what).to_parquet(path, index=False)


def _write_markdown(ledger: Ledger, file: IO[str], what: str) -> None:
    file.write(ledger.to_markdown())


def _rows(ledger: Ledger, what: str) -> tuple[Iterable[dict[str, Any]], dict[str, str]]:
    if what == "claims":
        return claim_rows(ledger), CLAIM_COLUMNS
    return day_rows(ledger.days), DAY_COLUMNS


_TEXTS: dict[str, Callable[[Ledger, IO[str], str], None]] = {
    ".csv": write_csv,
    ".jsonl": write_json_lines,
    ".md": _write_markdown,
}
SUFFIXES = (*_TEXTS, ".parquet")
"""The suffixes a ledger can be written as."""


def save(ledger: Ledger, path: Path, what: Literal["claims", "days"]) -> Path:
    """Write a ledger; see `Ledger.save`."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise LedgerError(
            f"{path}: a ledger is written as {', '.join(SUFFIXES)}, not {path.suffix!r}"
        )
    with written_beside(path) as beside:
        if suffix == ".parquet":
            _write_parquet(ledger, beside, what)
            return path
        # line ends are the csv module's and ours, on every system
        with beside.open("w", encoding="utf-8", errors="replace", newline="") as file:
            _TEXTS[suffix](ledger, file, what)
    return path
