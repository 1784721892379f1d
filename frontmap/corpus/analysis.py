"""The analysis of many documents: in order, in constant memory, in one process or several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from frontmap.corpus.documents import Document, Failure
from frontmap.corpus.finding import Source, find_documents
from frontmap.corpus.packing import pack, unpack
from frontmap.corpus.workers import Workers, open_gazetteer
from frontmap.errors import ArticleError, FrontmapError
from frontmap.parameters import GAZETTEER_PATH, checked
from frontmap.report import Report, analyze

__all__ = ["Outcome", "analyze_documents", "analyze_many", "analyze_one", "batches"]

_BATCH = 8  # documents that a worker gets at a time
_BATCH_SIZE = 1 << 18  # or so many characters


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    Attributes
    ----------
    key : str
        The document's key.
    report : Report or None
    failure : Failure or None
        Exactly one of the two is None.
    warning : str or None
        What of the document was not understood and left out, see `Document`.
    """

    key: str
    report: Report | None = None
    failure: Failure | None = None
    warning: str | None = None


def analyze_one(document: Document, gazetteer: str | None, threshold: float | None) -> Outcome:
    """Analyse one document; whatever goes wrong is a failure of this document alone."""
    try:
        article = document.read()
        report = analyze(article, gazetteer=open_gazetteer(gazetteer), threshold=threshold)
    except FrontmapError as error:
        return Outcome(document.key, failure=Failure(document.key, _line(str(error))))
    except Exception as error:
        reason = f"unexpected {type(error).__name__}: {error}"
        return Outcome(document.key, failure=Failure(document.key, _line(reason)))
    return Outcome(document.key, report=report, warning=document.warning)


def _line(text: str) -> str:
    return " ".join(text.split())[:500]


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut documents into batches that are worth sending, in order."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.content or "")
        if len(batch) >= _BATCH or size >= _BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _analyze_batch(
    documents: list[Document], gazetteer: str | None, threshold: float | None
) -> bytes:
    outcomes = [analyze_one(document, gazetteer, threshold) for document in documents]
    return pack(outcomes, open_gazetteer(gazetteer))


@checked.but(gazetteer=GAZETTEER_PATH)
def analyze_documents(
    documents: Iterable[Document],
    *,
    workers: int = 1,
    gazetteer: str | os.PathLike[str] | None = None,
    threshold: float | None = None,
) -> Iterator[Outcome]:
    """Analyse documents, in order.

    Parameters
    ----------
    documents : iterable of Document
    workers : int
        Processes. With one everything happens in this process. Each opens the gazetteer once.
    gazetteer : path, optional
        A gazetteer file; by default the embedded one.
    threshold : float, optional
        See `frontmap.analyze`.

    Yields
    ------
    Outcome
        One for each document, in the order of `documents`, whichever worker is first; only a few
        are held at a time.

    Raises
    ------
    ArticleError
        If a worker process died (out of memory, killed).
    """
    path = os.fspath(gazetteer) if gazetteer is not None else None
    with Workers(workers, path) as pool:
        if workers == 1:
            for document in documents:
                yield analyze_one(document, path, threshold)
            return
        with closing(pool.map(_analyze_batch, batches(documents), path, threshold)) as packed:
            for outcomes in packed:
                yield from unpack(outcomes, open_gazetteer(path))


@checked.but(gazetteer=GAZETTEER_PATH)
def analyze_many(
    sources: Source | Iterable[Source],
    *,
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
    gazetteer: str | os.PathLike[str] | None = None,
    threshold: float | None = None,
    on_error: Callable[[Failure], Any] | None = None,
) -> Iterator[Report]:
    """Analyse every article of a corpus.

    Parameters
    ----------
    sources : path or iterable of paths
        Files, directories, globs, tables, feeds, archives; see `find_documents`.
    workers : int
        Processes.
    columns : mapping, optional
        Which column of a table means what; see `find_documents`.
    gazetteer : path, optional
        A gazetteer file; by default the embedded one.
    threshold : float, optional
        See `frontmap.analyze`.
    on_error : callable, optional
        Called with a `Failure` for each document that cannot be analysed, e.g. a list's
        ``append``; the others go on. Without it the first failure is raised.

    Yields
    ------
    Report
        In the order of the sources; memory stays constant whatever their number.

    Raises
    ------
    ArticleError
        If a source does not exist, or a document cannot be read and there is no `on_error`.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> text = "Die ukrainische Armee hat nach eigenen Angaben Robotyne befreit."
    >>> _ = (folder / "a.txt").write_text(text, encoding="utf-8")
    >>> [len(report.toponyms) for report in analyze_many(folder)]
    [1]
    """
    documents = find_documents(sources, columns=columns)
    for outcome in analyze_documents(
        documents, workers=workers, gazetteer=gazetteer, threshold=threshold
    ):
        if outcome.report is not None:
            yield outcome.report
        elif outcome.failure is not None:
            if on_error is None:
                raise ArticleError(f"{outcome.key}: {outcome.failure.reason}")
            on_error(outcome.failure)
