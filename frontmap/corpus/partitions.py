"""The analysis as a pure function from a table of articles to a table of claims.

For engines that cut a table into partitions and run a function on each:

    Dask:    articles.map_partitions(analyze_partition, meta=partition_columns())
    Spark:   articles.mapInPandas(analyze_partitions, spark_schema())

The geometry is well-known binary in a plain column, so that no engine needs to know geometries;
`partition_geometries` makes a GeoDataFrame of it, also of each partition for dask-geopandas. Give
the articles a column ``id``: engines number the rows of each partition anew, but `article_id`
stays.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from frontmap.corpus.analysis import Outcome, analyze_one
from frontmap.corpus.tables import check_columns, of_row
from frontmap.corpus.workers import open_gazetteer
from frontmap.parameters import FRAME, GAZETTEER_PATH, checked

if TYPE_CHECKING:
    import geopandas
    import pandas

__all__ = [
    "analyze_partition",
    "analyze_partitions",
    "partition_columns",
    "partition_geometries",
    "spark_schema",
]

_SPARK_TYPES = {"i": "bigint", "f": "double", "M": "timestamp_ntz"}  # by kind of numpy type


def partition_columns() -> pandas.DataFrame:
    """An empty table with the columns and types that `analyze_partition` gives."""
    return _table([], None)


def spark_schema() -> str:
    """The same columns as a schema for Spark's ``mapInPandas``, in its definition language.

    Examples
    --------
    >>> spark_schema()[:40]
    '`row` string, `error` string, `id` strin'
    """
    columns = []
    for name, kind in partition_columns().dtypes.items():
        word = "binary" if name == "geometry" else _SPARK_TYPES.get(kind.kind, "string")
        columns.append(f"`{name}` {word}")
    return ", ".join(columns)


@checked.but(claims=FRAME)
def partition_geometries(claims: pandas.DataFrame) -> geopandas.GeoDataFrame:
    """Make a GeoDataFrame of what `analyze_partition` gave, EPSG:4326, (lon, lat).

    Examples
    --------
    >>> partition_geometries(partition_columns()).crs.to_epsg()
    4326
    """
    import geopandas

    # a row without a geometry has None or, through some engines, not a number
    bare = [value if isinstance(value, bytes | bytearray) else None for value in claims["geometry"]]
    shapes = geopandas.GeoSeries.from_wkb(bare, index=claims.index, crs="EPSG:4326")
    return geopandas.GeoDataFrame(claims.drop(columns="geometry"), geometry=shapes)


@checked.but(articles=FRAME, gazetteer=GAZETTEER_PATH)
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
        could not be analysed; such a row has nothing else but its ``article_id``, where the
        articles have ids), the columns of `frontmap.frames` and ``geometry`` as well-known binary,
        EPSG:4326, (lon, lat).

    Examples
    --------
    >>> import pandas
    >>> texts = ["Russische Truppen haben Torezk erobert.", ""]
    >>> table = analyze_partition(pandas.DataFrame({"id": ["a", "b"], "text": texts}))
    >>> table["article_id"].tolist(), table["error"].notna().tolist()
    (['a', 'b'], [False, True])
    """
    names = check_columns(columns)
    path = os.fspath(gazetteer) if gazetteer is not None else None
    outcomes = []
    for label, row in zip(articles.index, articles.to_dict("records"), strict=True):
        document = of_row(_utf8(label), {_utf8(k): v for k, v in row.items()}, names)
        if document.id is not None:
            document = replace(document, id=_utf8(document.id))
        outcomes.append((document.id, analyze_one(document, path, threshold)))
    return _table(outcomes, path)


def _utf8(value: object) -> str:
    """A label as text that every table can hold, half surrogates replaced."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


@checked
def analyze_partitions(
    partitions: Iterable[pandas.DataFrame], **options: Any
) -> Iterator[pandas.DataFrame]:
    """`analyze_partition` for each table in turn: what Spark's ``mapInPandas`` calls.

    Text is in columns of Python objects, the only ones Spark takes with every version of pandas.
    """
    for articles in partitions:
        table = analyze_partition(articles, **options)
        texts = {name: object for name, kind in table.dtypes.items() if kind.kind in "OTU"}
        table = table.astype(texts)
        yield table.where(table.notna(), None) if texts else table


def _table(outcomes: list[tuple[str | None, Outcome]], gazetteer: str | None) -> pandas.DataFrame:
    import pandas

    from frontmap.frames import claims_to_geodataframe

    tables = [_claims(outcome, name, gazetteer) for name, outcome in outcomes]
    empty = pandas.DataFrame(claims_to_geodataframe([], geometry="best").to_wkb())
    text = empty["id"].dtype
    empty.insert(0, "row", pandas.Series([], dtype=text))
    empty.insert(1, "error", pandas.Series([], dtype=text))
    filled = [table for table in tables if len(table)]
    if not filled:
        return empty
    joined = pandas.concat(filled, ignore_index=True).reindex(columns=empty.columns)
    return joined.astype({name: kind for name, kind in empty.dtypes.items() if name != "geometry"})


def _claims(outcome: Outcome, name: str | None, gazetteer: str | None) -> pandas.DataFrame:
    import pandas

    from frontmap.frames import claims_to_geodataframe

    if outcome.report is None:
        reason = outcome.failure.reason if outcome.failure else ""
        return pandas.DataFrame({"row": [outcome.key], "error": [reason], "article_id": [name]})
    frame = claims_to_geodataframe(
        outcome.report.claims,
        outcome.report.article,
        geometry="best",
        gazetteer=open_gazetteer(gazetteer),
    )
    table = pandas.DataFrame(frame.to_wkb())
    table.insert(0, "row", outcome.key)
    return table
