"""Documents in tables: JSON lines, CSV, Parquet; a row an article."""

from __future__ import annotations

import csv
import gzip
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from frontmap.article.reading import MAX_BYTES
from frontmap.corpus.bounds import Rows, TooMuchError, Unpacked
from frontmap.corpus.dates import read_day
from frontmap.corpus.documents import Document
from frontmap.errors import ArticleError, MissingExtraError

__all__ = [
    "check_columns",
    "csv_rows",
    "encoding_of",
    "json_lines",
    "of_row",
    "read_csv",
    "read_json",
    "read_json_lines",
    "read_parquet",
]

# What a column may be called where the caller does not say.
# Upper and lower case are the same.
USUAL = {
    "text": (
        "text", "content", "body", "article", "maintext", "fulltext", "inhalt", "volltext",
        "artikel", "artikeltext",
    ),
    "title": ("title", "headline", "titel", "überschrift"),
    "published": (
        "published", "date", "published_at", "date_publish", "pubdate", "timestamp", "datum",
        "veröffentlicht",
    ),
    "source": (
        "source", "publisher", "outlet", "site", "source_domain", "quelle", "medium", "zeitung",
    ),
    "url": ("url", "link", "adresse"),
    "language": ("language", "lang", "sprache"),
    "id": ("id", "article_id", "doc_id", "guid"),
}  # fmt: skip
_SAMPLE = 1 << 16
_MOST_BLANK = 1_000_000  # lines
_AT_A_TIME = 8  # rows of a Parquet file; each may be as long as the longest article


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Check what the caller says about columns.

    Raises
    ------
    ArticleError
        If a key means nothing here; it names the known ones.
    """
    chosen = dict(columns or {})
    if unknown := sorted(set(chosen) - set(USUAL)):
        raise ArticleError(f"columns[{unknown[0]!r}] means nothing; known are {', '.join(USUAL)}")
    return chosen


def of_row(key: str, row: Mapping[str, Any], columns: Mapping[str, str]) -> Document:
    """A document of one row."""
    folded = {str(name).strip().casefold(): value for name, value in row.items()}
    values: dict[str, str | None] = {}
    for name, usual in USUAL.items():
        if name in columns:
            values[name] = _text(row.get(columns[name]))
        else:
            found = next((folded[column] for column in usual if column in folded), None)
            values[name] = _text(found)
    text = values.pop("text")
    if text is None:
        trouble = no_text_column(row, columns) or "there is no text in the row"
        return Document(key, id=values["id"], trouble=trouble)
    if len(text) > MAX_BYTES:
        trouble = f"its text is longer than {MAX_BYTES:,} characters"
        return Document(key, id=values["id"], trouble=trouble)
    published, warning = read_day(values.pop("published"))
    return Document(key, content=text, published=published, warning=warning, **values)


def no_text_column(names: Iterable[Any], columns: Mapping[str, str]) -> str | None:
    """Say what to do where no column of a table holds the text; None if one does."""
    there = [str(name) for name in names]
    if "text" in columns:
        known = columns["text"] in there
        what = f"there is no column {columns['text']!r}"
    else:
        known = any(name.strip().casefold() in USUAL["text"] for name in there)
        what = "there is no text in the row, by the names of its columns"
    if known:
        return None
    listed = ", ".join(there[:20]) or "none"
    return f"{what}; there are {listed}: name the one, --column text=NAME"


def _text(value: Any) -> str | None:
    """A cell as text; nothing for empty cells."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "isoformat"):
        value = value.isoformat()
        return None if value == "NaT" else str(value)
    return str(value) if str(value).strip() else None


def read_json_lines(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """The documents of a file of JSON lines, also gzipped."""
    try:
        if path.suffix.lower() != ".gz":
            with path.open("rb") as file:
                yield from json_lines(file, path.as_posix(), columns)
            return
        with gzip.open(path) as unpacked:
            bounded = Unpacked(unpacked, path.stat().st_size)  # type: ignore[arg-type]
            yield from json_lines(bounded, path.as_posix(), columns)
    except (OSError, EOFError, zlib.error) as error:
        yield Document(f"{path.as_posix()}#end", trouble=f"cannot be read on: {error}")


def read_json(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """The documents of a JSON file: an array of objects, or one object.

    It is read whole, so it may be no larger than an article; JSON lines may.
    """
    name = path.as_posix()
    try:
        if path.stat().st_size > MAX_BYTES:
            reason = f"it is larger than {MAX_BYTES:,} bytes; write an article a line, as .jsonl"
            yield Document(name, trouble=reason)
            return
        rows = json.loads(path.read_bytes())
    except OSError as error:
        yield Document(name, trouble=f"cannot be read: {error.strerror}")
        return
    except (ValueError, RecursionError) as error:
        yield Document(name, trouble=f"is no JSON: {error}")
        return
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        key = f"{name}#{number}"
        if isinstance(row, dict):
            yield of_row(key, row, columns)
        else:
            yield Document(key, trouble="is no JSON object with an article")


def json_lines(
    file: IO[bytes] | Unpacked, name: str, columns: Mapping[str, str], first: bytes = b""
) -> Iterator[Document]:
    """The documents of open JSON lines; `first` was read already."""
    number = blank = 0
    while line := first or file.readline(MAX_BYTES + 1):
        first = b""
        number += 1
        key = f"{name}#{number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_BYTES)
            yield Document(key, trouble=f"the line is longer than {MAX_BYTES:,} bytes")
            continue
        if not line.strip():
            blank += 1
            if blank > _MOST_BLANK:
                yield Document(key, trouble=f"cannot be read on: {blank:,} empty lines in a row")
                return
            continue
        blank = 0
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Document(key, trouble=f"the line is no JSON: {_said(error)}")
            continue
        if not isinstance(row, dict):
            yield Document(key, trouble="the line is no JSON object")
            continue
        yield of_row(key, row, columns)


def _said(error: Exception) -> str:
    """What is wrong with a line of JSON, and at which character of it."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    return str(error)


def read_csv(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """The documents of a CSV file with a header; separated by comma, semicolon, tab or bar."""
    name = path.as_posix()
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    try:
        with path.open("rb") as probe:
            sample = probe.read(_SAMPLE)
        with path.open(encoding=encoding_of(sample), errors="surrogateescape", newline="") as file:
            yield from csv_rows(file, name, columns, sample)
    except OSError as error:
        yield Document(name, trouble=f"cannot be read: {error.strerror}")


def csv_rows(
    file: IO[str], name: str, columns: Mapping[str, str], sample: bytes
) -> Iterator[Document]:
    """The documents of an open CSV file; `sample` is how it begins."""
    lines = Rows(file)
    reader = csv.DictReader(lines, delimiter=_delimiter(name, sample))
    try:
        if trouble := no_text_column(reader.fieldnames or (), columns):
            yield Document(name, trouble=trouble)
            return
    except (csv.Error, TooMuchError) as error:
        yield Document(name, trouble=f"its first line is no CSV: {error}")
        return
    number = 0
    while True:
        number += 1
        key = f"{name}#{number}"
        lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except TooMuchError as error:
            yield Document(key, trouble=f"cannot be read on: {error}")
            return
        except csv.Error as error:
            yield Document(key, trouble=f"the row is no CSV: {error}")
            continue
        yield of_row(key, {k: v for k, v in row.items() if k is not None}, columns)


def encoding_of(sample: bytes) -> str:
    """The encoding of a table that begins like this: UTF-8 or Windows-1252."""
    try:
        sample[: _SAMPLE - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 8:
            return "cp1252"
    return "utf-8-sig"


def _delimiter(name: str, sample: bytes) -> str:
    if name.lower().endswith(".tsv"):
        return "\t"
    header = sample.split(b"\n", 1)[0].decode("latin-1")
    return max(",;\t|", key=header.count)


def read_parquet(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """The documents of a Parquet file, batch by batch.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    """
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError(
            "reading .parquet needs pyarrow: pip install 'frontmap[parquet]'"
        ) from error
    name = path.as_posix()
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
            if trouble := no_text_column(names, columns):
                yield Document(name, trouble=trouble)
                return
            usual = {column for found in USUAL.values() for column in found}
            wanted = [c for c in names if c.casefold() in usual or c in columns.values()]
            for batch in file.iter_batches(batch_size=_AT_A_TIME, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield of_row(f"{name}#{number}", row, columns)
    except Exception as error:  # Arrow's errors, and those of text that is no UTF-8
        reason = str(error).split("\n", 1)[0]
        yield Document(f"{name}#{number + 1}", trouble=f"cannot be read on: {reason}")
