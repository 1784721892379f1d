"""The columns of the tables, and how a column is made of values."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import geopandas
    import pandas

__all__ = ["CLAIM_COLUMNS", "CRS", "TOPONYM_COLUMNS", "Column", "make_frame", "whole"]

CRS = "EPSG:4326"


class Column(NamedTuple):
    """A column: its name, its type (as in the tables above) and a name of at most ten letters."""

    name: str
    type: str
    short: str


def _columns(table: str) -> tuple[Column, ...]:
    """Read ``name type [short]`` lines."""
    columns = []
    for line in table.split("\n"):
        name, kind, *short = line.split()
        columns.append(Column(name, kind, short[0] if short else name))
    return tuple(columns)


CLAIM_COLUMNS = _columns(
    """id text
article_id text
event text
actor text
actor_text text
claimant text
claimant_side text claim_side
claimant_text text claim_text
modality text
verification text verified
relation text
bearings list
distance_m metres
place_id text
place_name text
place_name_de text name_de
place_kind text
oblast text
place_lon degrees
place_lat degrees
place_extent_m metres extent_m
place_precision_m metres place_prec
target_id text
target_name_de text target_de
origin_id text
origin_name_de text origin_de
unnamed text
bank text
count integer
event_date date
event_date_precision text event_prec
reported_date date rep_date
quote text
start integer
end integer
quotes list
disputes list
reasons list
score number
lon degrees
lat degrees
precision_m metres precis_m
geometry_reasons list geom_why
candidates list
check text
check_distance_m metres check_dist
title text
source text
url text"""
)

TOPONYM_COLUMNS = _columns(
    """article_id text
start integer
end integer
surface text
stem text
construction text construct
container text
place_id text
place_name text
place_name_de text name_de
place_kind text
oblast text
raion text
hromada text
population integer
score number
precision_m metres precis_m
extent_m metres
lon degrees
lat degrees
candidates list
reasons list
published date
title text
source text
url text"""
)


def make_frame(
    columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], shapes: Sequence[Any]
) -> geopandas.GeoDataFrame:
    """Make a table of rows and their geometries; what a row lacks is null."""
    import geopandas

    data = {
        column.name: _series(column.type, [row.get(column.name) for row in rows])
        for column in columns
    }
    return geopandas.GeoDataFrame(
        data, geometry=geopandas.GeoSeries(list(shapes), crs=CRS), crs=CRS
    )


def _series(kind: str, values: list[Any]) -> pandas.Series:
    import numpy
    import pandas

    if kind == "text":
        texts = [None if value is None else whole(str(value)) for value in values]
        return pandas.Series(texts, dtype=_text_dtype())
    if kind == "list":
        texts = [whole(json.dumps(value or [], ensure_ascii=False)) for value in values]
        return pandas.Series(texts, dtype=_text_dtype())
    if kind == "integer":
        return pandas.Series(pandas.array(values, dtype="Int64"))
    if kind == "date":
        days = [numpy.datetime64(value or "NaT", "ms") for value in values]
        return pandas.Series(numpy.array(days, dtype="datetime64[ms]"))
    return pandas.Series([math.nan if value is None else value for value in values], dtype=float)


_HALF = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """Replace halves of letters (lone surrogates), which no table and no file can hold.

    Examples
    --------
    >>> whole("Pokrowsk \\ud83c") == "Pokrowsk \\ufffd"
    True
    """
    return _HALF.sub("\ufffd", text)


def _text_dtype() -> str:
    """Text as geopandas' own readers give it: pandas 3 has a type for it, pandas 2 had not."""
    import pandas

    return "str" if int(pandas.__version__.split(".")[0]) >= 3 else "object"
