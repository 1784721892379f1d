"""Documents in tables: JSON lines, CSV, Parquet; a row an article."""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from frontmap.article.reading import MAX_BYTES
from frontmap.corpus.documents import Document
from frontmap.errors import ArticleError, MissingExtraError

__all__ = ["check_columns", "json_lines", "read_csv", "read_json_lines", "read_parquet"]

# What a column may be called where the caller does not say.
USUAL = {
    "text": ("text", "content", "body", "article", "maintext", "fulltext"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "date_publish", "pubdate", "timestamp"),
    "source": ("source", "publisher", "outlet", "site", "source_domain"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "id": ("id", "article_id", "doc_id", "guid"),
}
_SAMPLE = 1 << 16
_COARSE = re.compile(r"\d{4}(-\d{2})?(/.*)?")  # a year, a month, a stretch: no day of publication


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


def _of_row(key: str, row: Mapping[str, Any], columns: Mapping[str, str]) -> Document:
    """A document of one row."""
    values: dict[str, str | None] = {}
    for name, usual in USUAL.items():
        wanted = (columns[name],) if name in columns else usual
        found = next((row[column] for column in wanted if column in row), None)
        values[name] = _text(found)
    if columns.get("text", "") not in ("", *row):
        trouble = f"there is no column {columns['text']!r}"
        return Document(key, id=values["id"], trouble=trouble)
    text = values.pop("text")
    if text is None:
        trouble = "there is no text in the row; name its column"
        return Document(key, id=values["id"], trouble=trouble)
    if len(text) > MAX_BYTES:
        trouble = f"its text is longer than {MAX_BYTES:,} characters"
        return Document(key, id=values["id"], trouble=trouble)
    if _COARSE.fullmatch(values["published"] or ""):
        values["published"] = None
    return Document(key, content=text, **values)


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
    opener: Callable[[Path], Any] = gzip.open if path.suffix.lower() == ".gz" else _open
    try:
        with opener(path) as file:
            yield from json_lines(file, path.as_posix(), columns)
    except (OSError, EOFError, zlib.error) as error:
        yield Document(f"{path.as_posix()}#end", trouble=f"cannot be read on: {error}")


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def json_lines(
    file: IO[bytes], name: str, columns: Mapping[str, str], first: bytes = b""
) -> Iterator[Document]:
    """The documents of open JSON lines; `first` was read already."""
    number = 0
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
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Document(key, trouble=f"the line is no JSON: {error}")
            continue
        if not isinstance(row, dict):
            yield Document(key, trouble="the line is no JSON object")
            continue
        yield _of_row(key, row, columns)


def read_csv(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """The documents of a CSV file with a header; separated by comma, semicolon, tab or bar."""
    name = path.as_posix()
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    try:
        with path.open("rb") as probe:
            sample = probe.read(_SAMPLE)
        with path.open(encoding=_encoding(sample), errors="surrogateescape", newline="") as file:
            reader = csv.DictReader(file, delimiter=_delimiter(path, sample))
            yield from _csv_rows(reader, name, columns)
    except OSError as error:
        yield Document(name, trouble=f"cannot be read: {error.strerror}")


def _csv_rows(
    reader: csv.DictReader[str], name: str, columns: Mapping[str, str]
) -> Iterator[Document]:
    number = 0
    while True:
        number += 1
        key = f"{name}#{number}"
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Document(key, trouble=f"the row is no CSV: {error}")
            continue
        yield _of_row(key, {k: v for k, v in row.items() if k is not None}, columns)


def _encoding(sample: bytes) -> str:
    try:
        sample[: _SAMPLE - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 8:
            return "cp1252"
    return "utf-8-sig"


def _delimiter(path: Path, sample: bytes) -> str:
    if path.suffix.lower() == ".tsv":
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
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError(
            "reading .parquet needs pyarrow: pip install 'frontmap[parquet]'"
        ) from error
    name = path.as_posix()
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            names = set(file.schema_arrow.names)
            wanted = [c for c in _wanted(columns) if c in names]
            for batch in file.iter_batches(batch_size=64, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield _of_row(f"{name}#{number}", row, columns)
    except (OSError, pyarrow.ArrowException) as error:
        reason = str(error).split("\n", 1)[0]
        yield Document(f"{name}#{number + 1}", trouble=f"cannot be read on: {reason}")


def _wanted(columns: Mapping[str, str]) -> Iterable[str]:
    for name, usual in USUAL.items():
        yield from (columns[name],) if name in columns else usual
