"""``frontmap run``: from a corpus to one file of claims."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from frontmap.cli.common import counted, gazetteer_option, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from frontmap.corpus import Done, Summary

__all__ = ["run"]


@click.command(
    "run",
    epilog="Example: frontmap run news/ archive.zip 'feeds/*.rss' -o claims.parquet --workers 2",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help=(
        "The suffix says the format: .jsonl (a report a line), .geojsonl (a claim a line), "
        ".parquet (GeoParquet) or .gpkg."
    ),
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="MEANING=NAME",
    help=(
        "Which column of a table means what, e.g. text=inhalt; meanings are text, title, "
        "published, source, url, language and id."
    ),
)
@click.option("--restart", is_flag=True, help="Throw away what an interrupted run has done.")
@gazetteer_option
def run(
    sources: tuple[str, ...],
    output: str,
    workers: int,
    columns: tuple[str, ...],
    restart: bool,
    gazetteer_path: str | None,
) -> None:
    """Analyse a whole corpus and write its claims into one FILE.

    A SOURCE is a text or HTML file, a directory, a glob pattern, a table with an article a row
    (.jsonl, .json, .csv, .tsv, .parquet), a feed (.rss, .atom, .xml), a .zip of texts, .jsonl and
    .csv, a .warc crawl, or - for standard input. An interrupted run goes on when called again.
    Documents that cannot be read do not end it: they stand with the reason in FILE.errors.jsonl,
    and so do dates that are not understood, whose documents are kept without them.
    """
    from frontmap.corpus import run as run_corpus

    named = [column.partition("=") for column in columns]
    for meaning, sign, name in named:
        if not (meaning and sign and name):
            raise click.BadParameter("write it as MEANING=NAME, e.g. text=inhalt")
    try:
        with _progress(sources) as bar:
            summary = run_corpus(
                sources,
                output,
                workers=workers,
                columns={meaning: name for meaning, _, name in named},
                gazetteer=gazetteer_path,
                restart=restart,
                progress=bar.analyzed if bar else None,
                writing=bar.written if bar else None,
            )
    except KeyboardInterrupt:
        click.echo("What is done is kept; the same command goes on from there.", err=True)
        raise
    _report(summary)


def _report(summary: Summary) -> None:
    """Say what was done; exit code 1 where no document at all could be read."""
    documents = counted(summary.documents, "document")
    done = f"{summary.output}: {counted(summary.claims, 'claim')} from {documents}"
    if summary.resumed:
        done += f", {summary.resumed} of them done by an earlier run"
    say(f"{done}, in {summary.seconds:.1f} s", err=True)
    if summary.warned:
        say(
            f"{counted(summary.warned, 'document')} read without something that was not "
            f"understood; each stands as a warning in {summary.errors}",
            err=True,
        )
    if summary.failed:
        say(f"{summary.failed} failed; each stands in {summary.errors}. Mostly:", err=True)
        for reason, count in summary.reasons:
            say(f"  {counted(count, 'time')}: {reason}", err=True)
    if summary.documents and summary.failed == summary.documents:
        raise SystemExit(1)


class _Bar:
    """A bar with rate and time left, first of the documents, then of the reports written.

    Parameters
    ----------
    bar : rich.progress.Progress
    total : int or None
        Documents, where their number is known beforehand.
    """

    def __init__(self, bar: Progress, total: int | None) -> None:
        self._bar = bar
        self._total = total
        self._documents = bar.add_task("reading", total=total, rate="", failed="")
        self._writing: TaskID | None = None
        self._done = self._failed = self._resumed = 0

    def analyzed(self, done: Done | None) -> None:
        """Show that a document is done, now or, where it is None, by an earlier run."""
        self._done += 1
        if done is None:
            self._resumed += 1
        elif self._resumed:  # rate and time left are those of what this run does itself
            self._resumed = 0
            self._bar.reset(self._documents, total=self._total, completed=self._done - 1)
        self._failed += done is not None and done.reason is not None
        failed = f"{self._failed:,} failed" if self._failed else ""
        self._show(self._documents, self._done, failed)

    def written(self, number: int) -> None:
        """Show that so many reports are on their way into the output."""
        if self._writing is None:
            reports = self._done - self._failed
            self._bar.update(self._documents, total=self._done)
            self._writing = self._bar.add_task("writing", total=reports, rate="", failed="")
        self._show(self._writing, number, "")

    def _show(self, task: TaskID, completed: int, failed: str) -> None:
        speed = self._bar.tasks[task].speed
        rate = f"{speed:,.1f}/s" if speed else ""
        self._bar.update(task, completed=completed, rate=rate, failed=failed)


@contextmanager
def _progress(sources: tuple[str, ...]) -> Iterator[_Bar | None]:
    """Show a bar on standard error; nothing where it is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from frontmap.corpus.finding import count_documents

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield _Bar(bar, count_documents(sources))
