"""Documents in archives: ZIP files of texts and tables, WARC crawls; nothing is put on disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from frontmap.article.reading import MAX_BYTES
from frontmap.corpus.bounds import TooMuchError, bomb
from frontmap.corpus.documents import Document
from frontmap.errors import MissingExtraError

__all__ = ["read_warc", "read_zip"]

_NESTED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".tar", ".tgz", ".rar")
_TABLES = (".jsonl", ".ndjson", ".csv", ".tsv")
_MOST_MEMBERS = 1_000_000
_SAMPLE = 1 << 16
_LONGEST_HEADER = 1 << 20  # bytes a line
_MOST_HEADERS = 10_000  # lines


def read_zip(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """The texts, HTML files and tables in a ZIP archive, in the order of its table.

    Tables are JSON lines and CSV, read as they are unpacked, an article a row.

    A member that is too large, packed suspiciously tightly, encrypted or itself an archive is not
    read; the others are.
    """
    name = path.as_posix()
    try:
        archive = zipfile.ZipFile(path)
    except Exception as error:  # zipfile and the codecs under it raise anything on broken bytes
        yield Document(name, trouble=f"cannot be read as a ZIP archive: {_said(error)}")
        return
    with archive:
        members = [m for m in archive.infolist() if not m.filename.endswith("/")]
        if len(members) > _MOST_MEMBERS:
            yield Document(name, trouble=f"there are more than {_MOST_MEMBERS:,} files in it")
            return
        honest = [m.file_size for m in members if not bomb(m.compress_size, m.file_size)]
        if trouble := bomb(path.stat().st_size, sum(honest)):  # members may lie over each other
            yield Document(name, trouble=trouble)
            return
        for member in members:
            base = member.filename.rsplit("/", 1)[-1]
            if base.startswith(".") or member.filename.startswith("__MACOSX/"):
                continue
            key = f"{name}!{member.filename}"
            if member.filename.lower().endswith(_TABLES):
                yield from _of_table(key, archive, member, columns)
            else:
                yield _of_member(key, archive, member)


def _of_table(
    key: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, columns: Mapping[str, str]
) -> Iterator[Document]:
    from frontmap.corpus.tables import csv_rows, encoding_of, json_lines

    if trouble := bomb(member.compress_size, member.file_size):
        yield Document(key, trouble=trouble)
        return
    try:
        with archive.open(member) as probe:
            sample = probe.read(_SAMPLE)
        with archive.open(member) as file:
            if member.filename.lower().endswith((".jsonl", ".ndjson")):
                yield from json_lines(file, key, columns)
                return
            text = io.TextIOWrapper(
                file, encoding=encoding_of(sample), errors="surrogateescape", newline=""
            )
            yield from csv_rows(text, key, columns, sample)
    except Exception as error:
        yield Document(f"{key}#end", trouble=f"cannot be unpacked: {_said(error)}")


def _said(error: Exception) -> str:
    """What an error says, without the data it says it of; its kind where it says nothing."""
    if isinstance(error, UnicodeError):
        return f"a name in it is no {error.args[0]}"
    return str(error).split("\n", 1)[0] or type(error).__name__


def _of_member(key: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Document:
    from frontmap.corpus.finding import TEXT_SUFFIXES

    lower = member.filename.lower()
    if lower.endswith(_NESTED):
        return Document(key, trouble="an archive in an archive is not read; unpack it")
    if not lower.endswith(TEXT_SUFFIXES):
        return Document(key, trouble=f"not one of {', '.join((*TEXT_SUFFIXES, *_TABLES))}")
    if member.file_size > MAX_BYTES:
        return Document(key, trouble=f"it is larger than {MAX_BYTES:,} bytes")
    if trouble := bomb(member.compress_size, member.file_size):
        return Document(key, trouble=trouble)
    try:
        with archive.open(member) as file:
            content = file.read(MAX_BYTES + 1)  # whatever the table says
    except Exception as error:
        return Document(key, trouble=f"cannot be unpacked: {_said(error)}")
    if len(content) > MAX_BYTES:
        return Document(key, trouble=f"it is larger than {MAX_BYTES:,} bytes")
    return Document(key, content=content)


class _Headers:
    """Keeps the headers of a crawl's records short: warcio reads lines of any length and number."""

    def __init__(self, reader: Any) -> None:
        self.lines = 0
        self._read = reader.readline
        reader.readline = self.readline

    def readline(self, length: int | None = None) -> bytes:
        """The next line, if it is no longer and no later than one of a header may be."""
        line: bytes = self._read(min(length or _LONGEST_HEADER, _LONGEST_HEADER))
        self.lines += 1
        endless = len(line) > _LONGEST_HEADER // 16 and not line.endswith(b"\n")
        if endless or self.lines > _MOST_HEADERS:
            raise TooMuchError("the header of a record does not end")
        return line


def read_warc(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """The HTML and text pages in a WARC crawl.

    Raises
    ------
    MissingExtraError
        If warcio is not installed.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise MissingExtraError(
            "reading .warc needs warcio: pip install 'frontmap[corpora]'"
        ) from error
    name = path.as_posix()
    number = 0
    try:
        with path.open("rb") as file:
            records = ArchiveIterator(file)
            headers = _Headers(records.reader)
            for record in records:
                headers.lines = 0
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                kind = record.http_headers.get_header("Content-Type") or ""
                if not kind.lower().startswith(("text/html", "text/plain", "application/xhtml")):
                    continue
                number += 1
                key = f"{name}#{number}"
                content = record.content_stream().read(MAX_BYTES + 1)
                if len(content) > MAX_BYTES:
                    yield Document(key, trouble=f"it is larger than {MAX_BYTES:,} bytes")
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI")
                yield Document(key, content=content, url=url)
    except Exception as error:  # warcio's own errors, gzip's, ValueError, AttributeError, ...
        yield Document(f"{name}#{number + 1}", trouble=f"cannot be read on: {_said(error)}")
