"""What the arguments of public functions take, by their names; see `gazetteer.arguments`.

Records are told by the names of their classes, so that an early stage can say that it takes what a
later one makes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from os import PathLike
from typing import Any

from frontmap.errors import ArgumentTypeError, ArgumentValueError
from gazetteer.arguments import (
    FLAG,
    LAT,
    LON,
    PATH,
    TEXT,
    Argument,
    Checks,
    InsideError,
    is_record,
    number,
    one_of,
    record,
    several,
    whole,
)

__all__ = [
    "ARTICLE",
    "CONTROL_OR_PATH",
    "DRAWABLE",
    "FRAME",
    "GAZETTEER_PATH",
    "PATHS",
    "READABLE",
    "REPORTS",
    "TEXT",
    "checked",
    "one_of",
    "read_day",
    "several",
]

_ARTICLE = "frontmap.article.records.Article"
_CLAIM = "frontmap.claims.records.Claim"
_REPORT = "frontmap.report.Report"


def read_day(value: object) -> dt.date:
    """Read a caller's date: a date, a moment, an ISO 8601 string or ``27.11.2025``.

    >>> read_day(" 27.11.2025 ")
    datetime.date(2025, 11, 27)
    """
    if value != value:  # a missing date of pandas
        raise ValueError
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise TypeError
    try:
        return dt.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return dt.datetime.strptime(value.strip(), "%d.%m.%Y").date()


def _readable(value: object) -> object:
    plain = isinstance(value, str | PathLike | bytes | bytearray | memoryview)
    if not plain and not hasattr(value, "read"):
        raise TypeError
    return value


def _article(value: object) -> object:
    if not isinstance(value, str) and not is_record(value, _ARTICLE):
        raise TypeError
    return value


def _gazetteer(value: object) -> object:
    """A gazetteer, or whatever finds places as one does."""
    if not (hasattr(value, "lookup") or hasattr(value, "within")):
        raise TypeError
    return value


def _control(value: object) -> object:
    """Polygons of control, or whatever answers the questions asked of them."""
    if not (hasattr(value, "side_at") or hasattr(value, "distance_to_front_m")):
        raise TypeError
    return value


def _control_or_path(value: object) -> object:
    return value if isinstance(value, str | PathLike) else _control(value)


def _stream(values: object) -> Iterable[Any]:
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise TypeError
    return values


def _drawable(value: Any) -> Any:
    """Give claims, or reports, which have claims, as a list; a single one as it is."""
    if is_record(value, _CLAIM) or hasattr(value, "claims"):
        return value
    items = list(_stream(value))
    for item in items:
        if not is_record(item, _CLAIM) and not hasattr(item, "claims"):
            raise InsideError(f"holds a {type(item).__name__}")
    return items


def _articles(value: Any) -> Any:
    """Give articles as a list, those by id as their mapping, a single one as it is."""
    if is_record(value, _ARTICLE):
        return value
    items = value if isinstance(value, Mapping) else list(_stream(value))
    for item in items.values() if isinstance(items, Mapping) else items:
        if not is_record(item, _ARTICLE):
            raise InsideError(f"holds a {type(item).__name__}")
    return items


def _callable(value: object) -> object:
    if not callable(value):
        raise TypeError
    return value


def _sources(value: Any) -> Any:
    return PATH.take(value) if isinstance(value, str | PathLike) else _stream(value)


def _paths(value: Any) -> list[Any]:
    """Give one path or several as a list."""
    if isinstance(value, str | PathLike):
        return [PATH.take(value)]
    paths = list(_stream(value))
    for path in paths:
        if not isinstance(path, str | PathLike):
            raise InsideError(f"holds a {type(path).__name__}")
    return paths


def _place(value: object) -> object:
    if not isinstance(value, str) and not is_record(value, "gazetteer.place.Place"):
        raise TypeError
    return value


def _reports(value: object) -> object:
    return value if is_record(value, _REPORT) else _stream(value)


def _polygons(value: object) -> dict[dt.date, object]:
    if not isinstance(value, Mapping):
        raise TypeError
    return {DAY.take(date): _SHAPE.take(shape) for date, shape in value.items()}


def _mapping(value: object) -> object:
    if not isinstance(value, Mapping):
        raise TypeError
    return value


def _frame(value: object) -> object:
    if not (hasattr(value, "columns") and hasattr(value, "to_dict")):
        raise TypeError
    return value


def _record_type(value: object) -> object:
    if not isinstance(value, type) or not is_dataclass(value):
        raise TypeError
    return value


_MADE = "frontmap.analyze makes reports of texts, frontmap.extract_claims claims"
_SHAPE = record("shapely.geometry.base.BaseGeometry", "a shapely geometry in degrees (lon, lat)")
_CALLABLE = Argument("a function", _callable)

READABLE = Argument(
    "a path, a file object, bytes or HTML; Article.from_text(text) makes an article of a text",
    _readable,
)
ARTICLE = record(_ARTICLE, "an Article; frontmap.read and frontmap.Article.from_text make one")
CONTROL_OR_PATH = Argument(
    "a Control or the path of a file of polygons, which frontmap.Control.read reads",
    _control_or_path,
)
DAY = Argument("a date: 2025-11-27 or 27.11.2025 as text, or a datetime.date", read_day)
DRAWABLE = Argument(f"a report, several, or claims; {_MADE}", _drawable)
FRAME = Argument("a table, a pandas.DataFrame", _frame)
GAZETTEER_PATH = Argument("the path of a gazetteer file, as text or pathlib.Path", PATH.take)
PATHS = Argument("a path or several, as text or pathlib.Path", _paths)
REPORTS = Argument(f"reports; {_MADE}", _reports)

_PARAMETERS = {
    "area": _SHAPE,
    "article": Argument("a text or an Article; frontmap.read makes one of a file", _article),
    "articles": Argument("an Article or several", _articles),
    "claim": record(_CLAIM, "a Claim; frontmap.extract_claims makes them"),
    "claims": several(_CLAIM, f"a list of claims; {_MADE}"),
    "columns": Argument("a mapping of what a column means to its name", _mapping),
    "control": Argument("a Control; frontmap.Control.read makes one of a file", _control),
    "date": DAY,
    "date_column": TEXT,
    "days": whole("a number of days, 0 (the same day) or more", least=0),
    "documents": Argument("documents; frontmap.corpus.find_documents finds them", _stream),
    "encoding": TEXT,
    "entry": record("frontmap.ledger.records.Entry", "an Entry of the ledger"),
    "first": DAY,
    "frame": FRAME,
    "gazetteer": Argument("a Gazetteer; gazetteer.Gazetteer.open(path) opens one", _gazetteer),
    "geometry": one_of(("area", "arrow", "anchor", "best")),
    "gold": Argument("passages; frontmap.evaluation.load_gold reads them", _stream),
    "group": TEXT,
    "id": TEXT,
    "language": one_of(("de", "uk", "en")),
    "lat": LAT,
    "licence": TEXT,
    "line": FLAG,
    "lon": LON,
    "max_bytes": whole("a number of bytes, 1 or more", least=1),
    "mentions": several("frontmap.recognition.records.Mention", "a list of mentions"),
    "metonyms": FLAG,
    "on_error": _CALLABLE,
    "outline": _CALLABLE,
    "output": PATH,
    "partitions": Argument("tables, each a pandas.DataFrame", _stream),
    "path": PATH,
    "paths": PATHS,
    "place": Argument("the name or the id of a place, or a Place", _place),
    "place_of_geonameid": _CALLABLE,
    "polygons": Argument("a mapping of dates to shapely geometries (lon, lat)", _polygons),
    "progress": _CALLABLE,
    "published": DAY,
    "publisher": TEXT,
    "record_type": Argument("a class of records, such as frontmap.Claim", _record_type),
    "report": DRAWABLE,
    "reports": DRAWABLE,
    "resolver": _CALLABLE,
    "restart": FLAG,
    "second": DAY,
    "side": one_of(("RU", "UA", "third")),
    "side_column": TEXT,
    "source": TEXT,
    "sources": Argument("a path or several", _sources),
    "statements": several("frontmap.ledger.records.Statement", "a list of statements"),
    "territory": _SHAPE,
    "text": TEXT,
    "threshold": number("a number from 0 to 1", least=0, most=1),
    "title": TEXT,
    "toponyms": several(
        "frontmap.resolution.records.Toponym", "a list of toponyms; frontmap.resolve makes them"
    ),
    "url": TEXT,
    "workers": whole("a number of processes, 1 or more", least=1),
    "writing": _CALLABLE,
}
checked = Checks(_PARAMETERS, wrong_type=ArgumentTypeError, wrong_value=ArgumentValueError)
