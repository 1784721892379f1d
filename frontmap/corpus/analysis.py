"""The analysis of many documents: in order, in constant memory, in one process or several."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from frontmap.corpus.documents import Document, Failure
from frontmap.corpus.finding import Source, find_documents
from frontmap.errors import ArticleError, FrontmapError
from frontmap.report import Report, analyze

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["Outcome", "analyze_documents", "analyze_many"]

_BATCH = 4  # documents that a worker gets at a time
_AHEAD = 3  # batches a worker that are under way or waiting to be taken


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
    """

    key: str
    report: Report | None = None
    failure: Failure | None = None


@cache
def _open_gazetteer(path: str | None) -> Gazetteer:
    """The gazetteer of this process, opened once."""
    from gazetteer import Gazetteer

    return Gazetteer.open(path) if path else Gazetteer.default()


def _analyze_one(document: Document, gazetteer: str | None, threshold: float | None) -> Outcome:
    """Analyse one document; whatever goes wrong is a failure of this document alone."""
    try:
        article = document.read()
        report = analyze(article, gazetteer=_open_gazetteer(gazetteer), threshold=threshold)
    except FrontmapError as error:
        return Outcome(document.key, failure=Failure(document.key, _line(str(error))))
    except Exception as error:
        reason = f"unexpected {type(error).__name__}: {error}"
        return Outcome(document.key, failure=Failure(document.key, _line(reason)))
    return Outcome(document.key, report=report)


def _line(text: str) -> str:
    return " ".join(text.split())[:500]


def _analyze_batch(
    documents: list[Document], gazetteer: str | None, threshold: float | None
) -> list[Outcome]:
    return [_analyze_one(document, gazetteer, threshold) for document in documents]


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
    if workers < 1:
        raise ArticleError(f"workers={workers}: give 1 or more")
    path = os.fspath(gazetteer) if gazetteer is not None else None
    _open_gazetteer(path)  # a bad path is an error of the call, not of every document
    if workers == 1:
        for document in documents:
            yield _analyze_one(document, path, threshold)
        return
    waiting: deque[Future[list[Outcome]]] = deque()
    source = iter(documents)
    pool = ProcessPoolExecutor(workers)
    try:
        while True:
            while len(waiting) < workers * _AHEAD and (batch := list(islice(source, _BATCH))):
                waiting.append(pool.submit(_analyze_batch, batch, path, threshold))
            if not waiting:
                return
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise ArticleError(
            "a worker process died, perhaps for want of memory; use fewer workers"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


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
