"""Corpora: partitions in one process, under Dask and under Spark."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from corpus_samples import TEXTS

from frontmap.corpus import (
    analyze_partition,
    analyze_partitions,
    partition_columns,
)
from frontmap.report import analyze


def articles() -> object:
    import pandas

    return pandas.DataFrame(
        {"text": [*TEXTS, "", "x"], "date": ["2025-11-27"] * 5 + ["gestern"]},
        index=[7, 8, 9, 11, 13, 17],
    )


def test_partition_is_the_same_analysis() -> None:
    import geopandas

    table = analyze_partition(articles())  # type: ignore[arg-type]
    assert table.dtypes.equals(partition_columns().dtypes)
    failed = table[table["error"].notna()]
    assert list(failed["row"]) == ["13"]  # not 17, of which only the date is not understood
    claims = table[table["error"].isna()]
    expected = [claim for text in TEXTS for claim in analyze(text).claims]
    assert list(claims["event"]) == [str(claim.event) for claim in expected]
    assert geopandas.GeoSeries.from_wkb(claims["geometry"]).notna().all()
    (again,) = analyze_partitions([articles()])  # type: ignore[list-item]
    assert claims_of(again) == claims_of(table)
    empty = analyze_partition(articles()[:0])  # type: ignore[index]
    assert len(empty) == 0 and empty.dtypes.equals(table.dtypes)


@pytest.mark.parametrize("scheduler", ["synchronous", "threads"])
def test_dask_gives_the_same(scheduler: str) -> None:
    dask = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    table = articles()
    whole = analyze_partition(table)  # type: ignore[arg-type]
    parts = dask.from_pandas(table, npartitions=3).map_partitions(
        analyze_partition, meta=partition_columns()
    )
    assert parts.compute(scheduler=scheduler).reset_index(drop=True).equals(whole)


def test_dask_geopandas_gives_geometries() -> None:
    dask = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    dask_geopandas = pytest.importorskip("dask_geopandas", reason="the extra dask")
    table = articles()
    parts = dask.from_pandas(table, npartitions=2).map_partitions(
        analyze_partition, meta=partition_columns()
    )
    from frontmap.corpus import partition_geometries

    found = dask_geopandas.from_dask_dataframe(
        parts.map_partitions(partition_geometries, meta=partition_geometries(partition_columns()))
    ).compute(scheduler="synchronous")
    whole = partition_geometries(analyze_partition(table))  # type: ignore[arg-type]
    assert found.crs == "EPSG:4326" == whole.crs
    assert found.reset_index(drop=True).geom_equals(whole).sum() == whole.geometry.notna().sum() > 2


def test_dask_processes_open_the_gazetteer_once(tmp_path: Path) -> None:
    dask = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    table = articles()
    parts = dask.from_pandas(table, npartitions=4).map_partitions(
        opened_gazetteers, meta={"pid": "int64", "opened": "int64"}
    )
    found = parts.compute(scheduler="processes", num_workers=1)
    assert len(found) >= 2 and found["opened"].max() == 1


def opened_gazetteers(part: object) -> object:
    """Analyse a partition; tell the process and how often it has opened a gazetteer."""
    import pandas

    from frontmap.corpus.workers import open_gazetteer

    analyze_partition(part)  # type: ignore[arg-type]
    opened = open_gazetteer.cache_info().misses
    return pandas.DataFrame({"pid": [os.getpid()], "opened": [opened]})


# A Spark of its own, in processes that can be ended: whether it starts is not ours to hold.
_SPARK = """
import sys
import pandas
from pyspark.sql import SparkSession
from frontmap.corpus import analyze_partitions, spark_schema

builder = SparkSession.builder.master("local[1]").appName("frontmap")
for name, value in {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
}.items():
    builder = builder.config(name, value)
session = builder.getOrCreate()
frame = session.createDataFrame(pandas.read_pickle(sys.argv[1])).repartition(2)
frame.mapInPandas(analyze_partitions, spark_schema()).toPandas().to_pickle(sys.argv[2])
session.stop()
"""
_PATIENCE_S = 600


def test_spark_gives_the_same(tmp_path: Path) -> None:
    import pandas

    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    pytest.importorskip("pyspark.sql", reason="the extra spark (pyspark)")
    table = articles()
    table.to_pickle(tmp_path / "articles")  # type: ignore[attr-defined]
    root = str(Path(__file__).parents[1])
    settings = {
        "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        # a short life: compile once, collect simply
        "PYSPARK_SUBMIT_ARGS": "--driver-java-options "
        "'-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _SPARK, str(tmp_path / "articles"), str(tmp_path / "claims")],
        env=os.environ | settings,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _, errors = process.communicate(timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        pytest.skip(f"Spark gave no answer within {_PATIENCE_S} s on this machine")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # Java and its workers too
    assert process.returncode == 0, errors[-3000:]
    result = pandas.read_pickle(tmp_path / "claims")
    expected = analyze_partition(table)  # type: ignore[arg-type]
    assert list(result.columns) == list(expected.columns)
    assert claims_of(result) == claims_of(expected)


def claims_of(table: object) -> list[tuple[str, ...]]:
    """The rows of a table as text, in an order of their own; Spark numbers the articles anew."""
    import pandas

    assert isinstance(table, pandas.DataFrame)
    rows = table.drop(columns="row").astype(object).where(table.notna(), None)
    return sorted(tuple(map(_as_text, row)) for row in rows.itertuples(index=False))


def test_labels_that_no_table_can_hold_are_replaced() -> None:
    import pandas

    articles = pandas.DataFrame(
        {
            "id": pandas.Series(["\ud800", "x"], dtype=object),
            "text": pandas.Series(["", TEXTS[0]], dtype=object),
        }
    )
    articles.index = pandas.Index(["\udcff", "b"], dtype=object)
    table = analyze_partition(articles)
    assert table["row"].tolist() == ["?", "b"]
    assert table["article_id"].tolist() == ["?", "x"]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.hex()
    return str(float(value)) if isinstance(value, int | float) else str(value)
