"""Many articles: from one report to years of news, on one machine or on a cluster.

`find_documents` finds the articles in files, directories, globs, JSON lines, tables, feeds and
archives; `analyze_many` gives their reports, in order and in constant memory; `run` writes the
claims of a whole corpus into one file and goes on where it was interrupted; `analyze_partition`
is the same analysis as a pure function from one table to another, for Dask and Spark.
"""

from __future__ import annotations

from frontmap.corpus.analysis import Outcome, analyze_documents, analyze_many
from frontmap.corpus.documents import Document, Failure
from frontmap.corpus.finding import find_documents
from frontmap.corpus.journal import Done
from frontmap.corpus.partitions import (
    analyze_partition,
    analyze_partitions,
    partition_columns,
    partition_geometries,
    spark_schema,
)
from frontmap.corpus.running import Summary, run

__all__ = [
    "Document",
    "Done",
    "Failure",
    "Outcome",
    "Summary",
    "analyze_documents",
    "analyze_many",
    "analyze_partition",
    "analyze_partitions",
    "find_documents",
    "partition_columns",
    "partition_geometries",
    "run",
    "spark_schema",
]
