"""A run over a corpus: one output file, failures beside it, and no work lost when interrupted."""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from frontmap.corpus.analysis import analyze_one, batches
from frontmap.corpus.documents import Document
from frontmap.corpus.finding import Source, find_documents
from frontmap.corpus.journal import Done, Journal, done_with
from frontmap.corpus.outputs import write_reports, writer_for
from frontmap.corpus.workers import Workers
from frontmap.errors import ExportError
from frontmap.files import written_beside
from frontmap.parameters import GAZETTEER_PATH, PATHS, checked

__all__ = ["Summary", "run"]

_Progress = Callable[[Done | None], object]
_MOST_REASONS = 10_000  # different ones that are counted
_FIGURES = re.compile(r"\d(?:[\d.,]*\d)?")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Attributes
    ----------
    output : Path
    documents : int
        All documents of the corpus.
    resumed : int
        Those of them that an earlier, interrupted run had done.
    failed : int
    warned : int
        Documents of which something was not understood, a date say; they are analysed without it.
    claims : int
    errors : Path or None
        The file that says which failed or were warned of, and why, if any were.
    reasons : tuple[tuple[str, int], ...]
        The most frequent reasons among the failures, digits left out, and how often each.
    seconds : float
        Of this run.
    """

    output: Path
    documents: int
    resumed: int
    failed: int
    warned: int
    claims: int
    errors: Path | None
    reasons: tuple[tuple[str, int], ...]
    seconds: float


@checked.but(sources=PATHS, gazetteer=GAZETTEER_PATH)
def run(
    sources: Source | Iterable[Source],
    output: str | os.PathLike[str],
    *,
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
    gazetteer: str | os.PathLike[str] | None = None,
    threshold: float | None = None,
    restart: bool = False,
    progress: _Progress | None = None,
    writing: Callable[[int], object] | None = None,
    stdin: IO[bytes] | None = None,
) -> Summary:
    """Analyse a corpus and write its claims into one file.

    Parameters
    ----------
    sources : path or iterable of paths
        See `find_documents`.
    output : path
        ``.jsonl`` (a whole report a line), ``.geojsonl`` (a claim a line), ``.parquet``
        (GeoParquet) or ``.gpkg``; EPSG:4326, (lon, lat). It appears under its name only when
        whole. Until then ``OUTPUT.partial`` keeps what is done; a second run with the same
        sources and settings goes on from there.
    workers, columns, gazetteer, threshold
        See `analyze_many`.
    restart : bool
        Whether to throw away what an interrupted run has done.
    progress : callable, optional
        Called with a record for each document (its `key`, number of `claims`, and `reason` if it
        failed), with None for one done by an earlier run.
    writing : callable, optional
        Called while the output is made, when all documents are done: with how many reports are on
        their way into it.
    stdin : binary file, optional
        What the source ``-`` reads.

    Returns
    -------
    Summary
        Documents that failed stand with the ``reason`` in ``OUTPUT.errors.jsonl``, those of which
        something was not understood with a ``warning``.

    Raises
    ------
    ArticleError
        If a source does not exist.
    ExportError
        If the output cannot be written, or an interrupted run had other settings.
    MissingExtraError
        If a format needs a package that is not installed.
    """
    start = time.monotonic()
    target = Path(output)
    writer = writer_for(target)
    path = os.fspath(gazetteer) if gazetteer is not None else None
    sources = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    settings = {
        "sources": [os.fspath(source) for source in sources],
        "gazetteer": path,
        "threshold": threshold,
        "columns": dict(columns or {}),
    }
    with Workers(workers, path) as pool:
        journal = _open_journal(target, settings, restart)
        resumed = journal.documents
        found = find_documents(sources, columns=columns, stdin=stdin)
        remaining = _remaining(found, journal, progress)
        _fill(journal, _analyzed(remaining, pool, path, threshold), progress)
        with written_beside(target) as beside:
            write_reports(_counted(journal.reports(), writing), beside, writer, pool, path)
    return _finish(journal, target, resumed, start)


def _finish(journal: Journal, target: Path, resumed: int, start: float) -> Summary:
    """Write the failures, remove the journal and sum up."""
    errors, reasons = _write_errors(journal, target)
    journal.path.unlink()
    return Summary(
        output=target,
        documents=journal.documents,
        resumed=resumed,
        failed=journal.failed,
        warned=journal.warned,
        claims=journal.claims,
        errors=errors,
        reasons=reasons,
        seconds=time.monotonic() - start,
    )


def _fill(journal: Journal, analyzed: Iterable[Done], progress: _Progress | None) -> None:
    """Keep each document in the journal as soon as it is done."""
    try:
        for done in analyzed:
            journal.add(done)
            if progress:
                progress(done)
    except BaseException:
        journal.close()
        if not journal.documents:
            journal.path.unlink(missing_ok=True)  # nothing to go on from
        raise
    journal.close()


def _analyzed(
    documents: Iterable[Document], pool: Workers, gazetteer: str | None, threshold: float | None
) -> Iterator[Done]:
    """Analyse documents into lines of the journal, in order."""
    if pool.count == 1:  # one by one, so that each is safe as soon as it is done
        for document in documents:
            yield done_with(analyze_one(document, gazetteer, threshold))
        return
    with closing(pool.map(_analyze_batch, batches(documents), gazetteer, threshold)) as found:
        for batch in found:
            yield from batch


def _analyze_batch(
    documents: list[Document], gazetteer: str | None, threshold: float | None
) -> list[Done]:
    return [done_with(analyze_one(document, gazetteer, threshold)) for document in documents]


def _open_journal(target: Path, settings: dict[str, Any], restart: bool) -> Journal:
    if target.is_dir() or not target.parent.is_dir():
        raise ExportError(f"{target}: name a file in a directory that exists")
    journal = Journal(target.with_name(target.name + ".partial"), settings)
    if restart:
        journal.path.unlink(missing_ok=True)
    journal.open()
    return journal


def _remaining(
    documents: Iterable[Document],
    journal: Journal,
    progress: _Progress | None,
) -> Iterator[Document]:
    """The documents that are not done; one that comes twice is analysed once."""
    seen: set[str] = set()
    for document in documents:
        if document.key in seen:
            continue
        seen.add(document.key)
        if document.key not in journal.resumed:
            yield document
        elif progress:
            progress(None)


def _counted(reports: Iterable[str], writing: Callable[[int], object] | None) -> Iterator[str]:
    """Say how many reports have been taken."""
    for number, report in enumerate(reports, start=1):
        yield report
        if writing:
            writing(number)


def _write_errors(
    journal: Journal, target: Path
) -> tuple[Path | None, tuple[tuple[str, int], ...]]:
    """Write failures and warnings beside the output; without any, remove an earlier run's.

    Returns the file's path, and the most frequent reasons of failures.
    """
    path = target.with_name(target.name + ".errors.jsonl")
    if not journal.failed and not journal.warned:
        path.unlink(missing_ok=True)
        return None, ()
    reasons: Counter[str] = Counter()
    with (
        written_beside(path) as beside,
        # a file's name may be no UTF-8: the half letters that stand for its bytes are JSON so
        beside.open("w", encoding="utf-8", errors="backslashreplace") as file,
    ):
        for failure in journal.failures():
            file.write(_entry(failure.key, "reason", failure.reason))
            if len(reasons) < _MOST_REASONS:
                reason = failure.reason.replace(failure.key, "").strip(" :")
                reasons[_FIGURES.sub("…", reason)] += 1
        for failure in journal.warnings():
            file.write(_entry(failure.key, "warning", failure.reason))
    return path, tuple(reasons.most_common(3))


def _entry(key: str, kind: str, text: str) -> str:
    return json.dumps({"document": key, kind: text}, ensure_ascii=False) + "\n"
