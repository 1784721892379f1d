"""The journal of a run: what became of each document, a line each, so that a run can go on.

It stands beside the output (``claims.parquet.partial``) while the run lasts. Lines are written
whole and forced to disk every now and then; of a line that was cut off by a crash nothing is
used, and its document is analysed again. So nothing is lost and nothing is done twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from frontmap.corpus.analysis import Outcome
from frontmap.corpus.documents import Failure
from frontmap.errors import ExportError
from frontmap.serialization import dumps

__all__ = ["Done", "Journal", "done_with"]

_FORMAT = "frontmap run"
_VERSION = 1
_EVERY = 32  # lines after which the disk must have them


@dataclass(frozen=True, slots=True)
class Done:
    """A document that a run is done with.

    Attributes
    ----------
    key : str
        The document's key.
    claims : int
    reason : str or None
        Why it could not be analysed; None if it could.
    line : bytes
        Its line of the journal.
    warning : str or None
        What of it was not understood and left out.
    """

    key: str
    claims: int
    reason: str | None
    line: bytes
    warning: str | None = None


def done_with(outcome: Outcome) -> Done:
    """Make the journal's line of an outcome; the costly part of writing, done by the workers."""
    if outcome.report is None:
        reason = outcome.failure.reason if outcome.failure else ""
        return Done(outcome.key, 0, reason, _line({"key": outcome.key, "reason": reason}))
    report = outcome.report
    text = dumps(report.article, report.toponyms, report.claims)
    count = len(report.claims)
    entry = {"key": outcome.key, "claims": count, "report": text}
    if outcome.warning:
        entry["warning"] = outcome.warning
    return Done(outcome.key, count, None, _line(entry), outcome.warning)


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry).encode("ascii") + b"\n"


@dataclass(slots=True)
class Journal:
    """The journal of one run.

    Attributes
    ----------
    path : Path
    settings : dict[str, Any]
        What the run was asked for; a run with other settings cannot go on with this journal.
    resumed : set[str]
        Keys of the documents that an interrupted run left in it.
    documents, failed, claims, warned : int
        How many documents are in it; how many of them failed; the claims in the others; how
        many of these were read without something that was not understood.
    """

    path: Path
    settings: dict[str, Any]
    resumed: set[str] = field(default_factory=set)
    documents: int = 0
    failed: int = 0
    claims: int = 0
    warned: int = 0
    _file: IO[bytes] | None = None
    _unsafe: int = 0

    def open(self) -> None:
        """Open it, with what an interrupted run left in it.

        Raises
        ------
        ExportError
            If it cannot be written, is no journal, or is one of a run with other settings.
        """
        try:
            if self.path.exists() and self.path.stat().st_size:
                self._take_over()
            self._file = self.path.open("ab")
        except OSError as error:
            raise ExportError(f"{self.path}: cannot be written: {error.strerror}") from error
        if not self._file.tell():
            self._write(_line({"format": _FORMAT, "version": _VERSION, "settings": self.settings}))

    def _take_over(self) -> None:
        end = 0
        with self.path.open("rb") as file:
            head = file.readline()
            if not head.endswith(b"\n"):
                os.truncate(self.path, 0)
                return
            self._check(head)
            end = len(head)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                try:
                    self._count(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    raise ExportError(
                        f"{self.path} is damaged; start afresh (--restart) or remove it"
                    ) from error
                end += len(line)
        os.truncate(self.path, end)

    def _check(self, head: bytes) -> None:
        try:
            entry = json.loads(head)
            known = entry["format"] == _FORMAT and entry["version"] == _VERSION
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            raise ExportError(f"{self.path} is no journal of this version's runs; remove it")
        if entry["settings"] != self.settings:
            raise ExportError(
                f"{self.path} is of a run with other settings ({entry['settings']}); give the same "
                "ones to go on, or start afresh (--restart)"
            )

    def _count(self, entry: dict[str, Any]) -> None:
        self.resumed.add(entry["key"])
        self.documents += 1
        if "reason" in entry:
            self.failed += 1
        else:
            self.claims += int(entry["claims"])
            self.warned += "warning" in entry

    def add(self, done: Done) -> None:
        """Write down what became of a document."""
        self._write(done.line)
        self.documents += 1
        self.failed += done.reason is not None
        self.claims += done.claims
        self.warned += done.warning is not None

    def _write(self, line: bytes) -> None:
        assert self._file is not None
        try:
            self._file.write(line)
            self._unsafe += 1
            if self._unsafe >= _EVERY:
                self.flush()
        except OSError as error:
            raise ExportError(
                f"{self.path}: cannot be written: {error.strerror}; what it holds is kept, run "
                "again to go on"
            ) from error

    def flush(self) -> None:
        """Force what was written to disk."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._unsafe = 0

    def close(self) -> None:
        """Close it; it stays where it is."""
        if self._file is not None:
            try:
                self.flush()
            except OSError as error:
                raise ExportError(f"{self.path}: cannot be written: {error.strerror}") from error
            finally:
                self._file.close()
                self._file = None

    def lines(self) -> Iterator[dict[str, Any]]:
        """The entries, in order."""
        with self.path.open("rb") as file:
            next(file)
            for line in file:
                yield json.loads(line)

    def reports(self) -> Iterator[str]:
        """The reports, in order, each as `frontmap.serialization.dumps` wrote it."""
        for entry in self.lines():
            if "report" in entry:
                yield entry["report"]

    def failures(self) -> Iterator[Failure]:
        """The failures, in order."""
        for entry in self.lines():
            if "reason" in entry:
                yield Failure(entry["key"], entry["reason"])

    def warnings(self) -> Iterator[Failure]:
        """What was not understood of documents that were read all the same, in order."""
        for entry in self.lines():
            if "warning" in entry:
                yield Failure(entry["key"], entry["warning"])
