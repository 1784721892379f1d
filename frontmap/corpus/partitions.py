"""The analysis as a pure function from a table of articles to a table of claims.

For engines that cut a table into partitions and run a function on each:

    Dask:    articles.map_partitions(analyze_partition, meta=partition_columns())
    Spark:   articles.mapInPandas(analyze_partitions, schema)

The geometry is well-known binary in a plain column, so that no engine needs to know geometries;
``geopandas.GeoSeries.from_wkb`` (or dask-geopandas) makes them of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from frontmap.corpus.analysis import Outcome, _analyze_one, _open_gazetteer
from frontmap.corpus.tables import _of_row, check_columns

if TYPE_CHECKING:
    import pandas

__all__ = ["analyze_partition", "analyze_partitions", "partition_columns"]


def partition_columns() -> pandas.DataFrame:
    """An empty table with the columns and types that `analyze_partition` gives."""
    return _table([], None)


def analyze_partition(
    articles: pandas.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    gazetteer: str | os.PathLike[str] | None = None,
    threshold: float | None = None,
) -> pandas.DataFrame:
    """Analyse a table of articles, a row each.

    Parameters
    ----------
    articles : pandas.DataFrame
        With a column of texts, and perhaps dates and so on; see `columns`.
    columns : mapping, optional
        Which column means what; see `find_documents`.
    gazetteer : path, optional
        A gazetteer file that every worker can open; by default the embedded one. It is opened
        once a process and shared by memory map.
    threshold : float, optional
        See `frontmap.analyze`.

    Returns
    -------
    pandas.DataFrame
        A row a claim: ``row`` (the article's index label, as text), ``error`` (why an article
        could not be analysed; such a row has nothing else), the columns of `frontmap.frames` and
        ``geometry`` as well-known binary, EPSG:4326, (lon, lat).
    """
    names = check_columns(columns)
    path = os.fspath(gazetteer) if gazetteer is not None else None
    outcomes = []
    for label, row in zip(articles.index, articles.to_dict("records"), strict=True):
        document = _of_row(str(label), {str(k): v for k, v in row.items()}, names)
        outcomes.append(_analyze_one(document, path, threshold))
    return _table(outcomes, path)


def analyze_partitions(
    partitions: Iterable[pandas.DataFrame], **options: Any
) -> Iterator[pandas.DataFrame]:
    """`analyze_partition` for each table in turn: what Spark's ``mapInPandas`` calls."""
    for articles in partitions:
        yield analyze_partition(articles, **options)


def _table(outcomes: list[Outcome], gazetteer: str | None) -> pandas.DataFrame:
    import pandas

    from frontmap.frames import claims_to_geodataframe

    tables = [_claims(outcome, gazetteer) for outcome in outcomes]
    empty = pandas.DataFrame(claims_to_geodataframe([], geometry="best").to_wkb())
    text = empty["id"].dtype
    empty.insert(0, "row", pandas.Series([], dtype=text))
    empty.insert(1, "error", pandas.Series([], dtype=text))
    filled = [table for table in tables if len(table)]
    if not filled:
        return empty
    joined = pandas.concat(filled, ignore_index=True).reindex(columns=empty.columns)
    return joined.astype({name: kind for name, kind in empty.dtypes.items() if name != "geometry"})


def _claims(outcome: Outcome, gazetteer: str | None) -> pandas.DataFrame:
    import pandas

    from frontmap.frames import claims_to_geodataframe

    if outcome.report is None:
        reason = outcome.failure.reason if outcome.failure else ""
        return pandas.DataFrame({"row": [outcome.key], "error": [reason]})
    frame = claims_to_geodataframe(
        outcome.report.claims,
        outcome.report.article,
        geometry="best",
        gazetteer=_open_gazetteer(gazetteer),
    )
    table = pandas.DataFrame(frame.to_wkb())
    table.insert(0, "row", outcome.key)
    return table
