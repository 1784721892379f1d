"""Finding the documents of a corpus in whatever holds them."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from frontmap.article.reading import MAX_BYTES
from frontmap.corpus.documents import Document
from frontmap.errors import ArgumentTypeError, ArticleError
from frontmap.parameters import checked

__all__ = ["TEXT_SUFFIXES", "count_documents", "find_documents"]

_PART = 1 << 20  # bytes of a line that are read at a time
TEXT_SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml")
Source = str | os.PathLike[str]


@checked
def find_documents(
    sources: Source | Iterable[Source],
    *,
    columns: Mapping[str, str] | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Document]:
    """Find the documents in sources of any kind, in order, one at a time.

    Parameters
    ----------
    sources : path or iterable of paths
        Each one of: a text or HTML file; a directory (searched through, in the order of names,
        hidden files left out); a glob pattern (``reports/2025-*.txt``, ``**`` for any depth);
        ``.jsonl``, ``.ndjson`` (also with ``.gz``), ``.json``, ``.csv``, ``.tsv`` and
        ``.parquet`` tables with an article a row; ``.rss``, ``.atom`` and ``.xml`` feeds; ``.zip``
        archives of texts, JSON lines and CSV; ``.warc`` and ``.warc.gz`` crawls (extra
        ``corpora``); ``-`` for standard input, JSON lines or the text of one article.
    columns : mapping, optional
        Which column of a table means what, e.g. ``{"text": "inhalt", "published": "datum"}``; keys
        are ``text``, ``title``, ``published``, ``source``, ``url``, ``language`` and ``id``.
        By default usual English and German names are looked for. A date that is only a year, a
        month or a stretch of time counts as unknown; so does one that is not understood, which is
        the row's `warning`.
    stdin : binary file, optional
        What ``-`` reads.

    Yields
    ------
    Document
        One that cannot be read says so in its `trouble`; a broken row or member never ends the
        search.

    Raises
    ------
    ArticleError
        If a source does not exist, a pattern matches nothing, or `columns` has an unknown key.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Kiew meldet Angriffe.", encoding="utf-8")
    >>> [pathlib.Path(document.key).name for document in find_documents(folder)]
    ['a.txt']
    """
    from frontmap.corpus.tables import check_columns

    names = check_columns(columns)
    if isinstance(sources, str | os.PathLike):
        sources = [sources]
    for source in sources:
        if not isinstance(source, str | os.PathLike):
            raise ArgumentTypeError(f"sources holds a {type(source).__name__}: give paths")
        if os.fspath(source) == "-":
            yield from _from_stdin(stdin or sys.stdin.buffer, names)
            continue
        for path in _expand(source):
            yield from _from_file(path, names)


def count_documents(sources: Iterable[Source]) -> int | None:
    """How many documents there are, where that can be told quickly; else None.

    Texts are counted by name, JSON lines by line, archives and Parquet by their tables.
    """
    total = 0
    for source in sources:
        if os.fspath(source) == "-":
            return None
        for path in _expand(source):
            count = _count(path)
            if count is None:
                return None
            total += count
    return total


def _count(path: Path) -> int | None:
    name = path.name.lower()
    if _is_stream(path):
        return None
    try:
        if name.endswith((".jsonl", ".ndjson")):
            with path.open("rb") as file:
                return _filled_lines(file)
        if name.endswith(".parquet"):
            from pyarrow import parquet

            return int(parquet.read_metadata(path).num_rows)
        if name.endswith(".zip"):
            import zipfile

            with zipfile.ZipFile(path) as archive:
                names = [member.lower() for member in archive.namelist()]
            tables = any(member.endswith((".jsonl", ".ndjson", ".csv", ".tsv")) for member in names)
            return None if tables else sum(not member.endswith("/") for member in names)
    except Exception:
        return None  # reading it will say what is wrong
    return None if name.endswith(tuple(_readers())) else 1


def _filled_lines(file: IO[bytes]) -> int:
    """How many lines have more than white space in them, however long they are."""
    count, inside, filled = 0, False, False
    while part := file.readline(_PART):
        filled = (inside and filled) or not part.isspace()
        inside = not part.endswith(b"\n")
        count += filled and not inside
    return count + (inside and filled)


def _expand(source: Source) -> Iterator[Path]:
    """The files that a path, a directory or a pattern names, in order."""
    if not os.fspath(source):
        raise ArticleError("a source has an empty name; name a file or directory (. for this one)")
    path = Path(source)
    try:
        if path.is_dir():
            yield from _walk(path)
            return
        if path.exists():
            yield path
            return
    except (OSError, ValueError) as error:
        raise ArticleError(f"cannot look at {os.fspath(source)!r}: {error}") from error
    name = os.fspath(source)
    if not glob.has_magic(name):
        raise ArticleError(f"there is no file or directory {name!r}")
    matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 (absolute patterns too)
    files = [Path(match) for match in matches if Path(match).is_file()]
    if not files:
        raise ArticleError(f"no file matches {name!r}")
    yield from files


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a directory that may hold articles; links to directories are not followed.

    Pipes and devices are passed by: nobody may ever write to them.
    """
    suffixes = (*TEXT_SUFFIXES, *_readers())
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(suffixes):
                path = Path(parent) / name
                if not _is_stream(path):
                    yield path


def _is_stream(path: Path) -> bool:
    """Whether what stands under a name is a pipe or a device, which can be read once only."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # reading it will say what is wrong
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _readers() -> dict[str, Callable[[Path, Mapping[str, str]], Iterator[Document]]]:
    """Suffix -> what reads the documents in such a file."""
    from frontmap.corpus import archives, feeds, tables

    return {
        ".json": tables.read_json,
        ".jsonl": tables.read_json_lines,
        ".ndjson": tables.read_json_lines,
        ".jsonl.gz": tables.read_json_lines,
        ".ndjson.gz": tables.read_json_lines,
        ".csv": tables.read_csv,
        ".tsv": tables.read_csv,
        ".parquet": tables.read_parquet,
        ".rss": feeds.read_feed,
        ".atom": feeds.read_feed,
        ".xml": feeds.read_feed,
        ".zip": archives.read_zip,
        ".warc": archives.read_warc,
        ".warc.gz": archives.read_warc,
    }


def _from_file(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    name = path.name.lower()
    for suffix, reader in _readers().items():
        if name.endswith(suffix):
            yield from reader(path, columns)
            return
    yield Document(path.as_posix(), path=str(path))


def _from_stdin(stdin: IO[bytes], columns: Mapping[str, str]) -> Iterator[Document]:
    """JSON lines where the first character is a brace, else one article."""
    from frontmap.corpus.tables import json_lines

    first = stdin.readline(MAX_BYTES + 1)
    if first.lstrip().startswith(b"{"):
        yield from json_lines(stdin, "-", columns, first)
        return
    yield Document("-", content=first + stdin.read(MAX_BYTES + 1 - len(first)))
