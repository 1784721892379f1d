"""Statements from reports, and from the files that `frontmap run` and `Report.save` write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from frontmap.article import Article
from frontmap.claims.records import Claim
from frontmap.errors import ArgumentTypeError, LedgerError
from frontmap.ledger.records import Source, Statement
from frontmap.report import Report
from gazetteer import Place

if TYPE_CHECKING:
    import pandas

__all__ = ["SUFFIXES", "read_statements", "statements_of_frame", "statements_of_reports"]


def statements_of_reports(reports: Iterable[Report]) -> Iterator[Statement]:
    """The claims of reports, each with its document and every sentence that says it."""
    if isinstance(reports, Report):
        reports = [reports]
    for report in reports:
        if not isinstance(report, Report):
            raise ArgumentTypeError(
                f"reports holds a {type(report).__name__}: give reports, which frontmap.analyze "
                "makes of texts"
            )
        article = report.article
        source = _source(article)
        for claim in report.claims:
            yield Statement(claim, source, _quotes(claim, article))


def _source(article: Article) -> Source:
    from frontmap.frames.columns import whole

    return Source(
        whole(article.id),
        whole(article.source or ""),
        whole(article.title or ""),
        whole(article.url or ""),
        article.published,
    )


def _quotes(claim: Claim, article: Article) -> tuple[str, ...]:
    from frontmap.frames.columns import whole

    found = [claim.quote, *(article.text[start:end] for start, end in claim.quotes)]
    return tuple(dict.fromkeys(whole(quote) for quote in found if quote))


def statements_of_frame(frame: pandas.DataFrame) -> Iterator[Statement]:
    """The claims of a table with the columns of `frontmap.frames`.

    A table has the first sentence of each claim only.

    Raises
    ------
    LedgerError
        If a column is missing or a row is no claim.
    """
    from frontmap.frames import claims_from_geodataframe
    from frontmap.frames.columns import whole

    if "error" in frame.columns:  # what `frontmap.corpus.analyze_partition` gives
        frame = frame[frame["error"].isna()]
    try:
        claims = claims_from_geodataframe(frame)
    except ValueError as error:
        raise LedgerError(str(error)) from error
    columns = [_texts(frame, name) for name in ("source", "title", "url")]
    for claim, publisher, title, url in zip(claims, *columns, strict=True):
        source = Source(whole(claim.article_id), publisher, title, url, claim.reported_date)
        yield Statement(claim, source, (whole(claim.quote),) if claim.quote else ())


def _texts(frame: pandas.DataFrame, name: str) -> list[str]:
    from frontmap.frames.columns import whole

    if name not in frame.columns:
        return [""] * len(frame)
    return [whole(value) if isinstance(value, str) else "" for value in frame[name]]


def _read_json_lines(path: Path) -> Iterator[Statement]:
    """A report a line; only what the ledger needs is made into records."""
    from frontmap.serialization import from_dict, loads_claims

    places: dict[str, Place] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                document = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise LedgerError(f"{path}, line {number}: is no JSON: {error}") from error
            if not isinstance(document, dict) or "claims" not in document:
                raise LedgerError(
                    f"{path}, line {number}: is no report of `frontmap run -o out.jsonl`"
                )
            try:
                article = from_dict(Article, document["article"])
                claims = loads_claims(document, places)
            except Exception as error:
                raise LedgerError(f"{path}, line {number}: {error}") from error
            yield from statements_of_reports([Report(article, [], claims)])


def _read_geojson_lines(path: Path) -> Iterator[Statement]:
    import pandas

    rows = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                rows.append(json.loads(line)["properties"])
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise LedgerError(f"{path}, line {number}: is no GeoJSON feature") from error
    try:
        frame = pandas.DataFrame(rows)
    except (ValueError, TypeError) as error:  # half letters, properties that are no table
        raise LedgerError(f"{path}: its properties make no table: {error}") from error
    yield from statements_of_frame(frame) if rows else iter(())


def _read_parquet(path: Path) -> Iterator[Statement]:
    import pandas

    try:
        frame = pandas.read_parquet(path)
    except Exception as error:  # a damaged file makes pandas and pyarrow raise anything
        reason = str(error).split("\n", 1)[0] or "there is not enough memory for it"
        raise LedgerError(f"{path}: cannot be read as Parquet: {reason}") from error
    yield from statements_of_frame(frame)


def _read_geopackage(path: Path) -> Iterator[Statement]:
    """The reports where the file holds them whole, else the layer of claims."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    from frontmap.errors import ExportError
    from frontmap.report import read_reports

    try:
        yield from statements_of_reports(read_reports(path))
        return
    except ExportError:
        pass
    try:
        frame = pyogrio.read_dataframe(path, layer="claims", read_geometry=False)
    except (DataSourceError, DataLayerError) as error:
        raise LedgerError(f"{path}: has no layer of claims: {error}") from error
    yield from statements_of_frame(frame)


_READERS: Mapping[str, Callable[[Path], Iterator[Statement]]] = {
    ".jsonl": _read_json_lines,
    ".geojsonl": _read_geojson_lines,
    ".parquet": _read_parquet,
    ".gpkg": _read_geopackage,
}
SUFFIXES = tuple(_READERS)
"""The suffixes a ledger reads."""


def read_statements(path: Path) -> Iterator[Statement]:
    """The statements in a file that `frontmap run` or `Report.save` wrote.

    Raises
    ------
    LedgerError
        If the file is missing, of no known kind, or holds something else; it is named.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise LedgerError(
            f"{path}: a ledger reads {', '.join(SUFFIXES)}; make one with `frontmap run SOURCES "
            "-o out.jsonl`"
        )
    if not path.is_file():
        raise LedgerError(f"{path}: there is no such file")
    yield from reader(path)
