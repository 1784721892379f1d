"""What a user passes by mistake is named at once, in words that say what to pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from shapely import box

import frontmap as fm
from gazetteer import Gazetteer, GazetteerError

TEXT = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."
DAY = dt.date(2025, 11, 27)


@cache
def control() -> fm.Control:
    return fm.Control.from_polygons({DAY: box(37, 48, 38, 49)})


book = Gazetteer.default
MISTAKES: dict[str, tuple[Callable[[], Any], str]] = {
    "article of bytes": (lambda: fm.Article(b"Kiew"), "the text is bytes, not a string"),
    "article of none": (lambda: fm.Article(None), "the text is NoneType, not a string"),
    "article, a number for a date": (lambda: fm.Article("x", published=5), "published=5 is no"),
    "article, a word for a date": (
        lambda: fm.Article("x", published="gestern"), "published='gestern' is no date"),
    "article, a number for a title": (lambda: fm.Article("x", title=5), "title=5 is no text"),
    "text, a number for a title": (
        lambda: fm.Article.from_text("x", source=5), "source=5 is no text"),
    "analyze bytes": (lambda: fm.analyze(b"Kiew"), "cannot read bytes: give a text or an Article"),
    "recognize a number": (lambda: fm.recognize(5), "cannot read int: give a text or an Article"),
    "analyze, a path for a gazetteer": (
        lambda: fm.analyze("Kiew", gazetteer="own.gazetteer"), "gazetteer.Gazetteer.open"),
    "recognize, a path for a gazetteer": (
        lambda: fm.recognize("Kiew", Path("own.gazetteer")), "gazetteer.Gazetteer.open"),
    "analyze, a path for control": (
        lambda: fm.analyze("Kiew", control="a.geojson"), "frontmap.Control.read"),
    "many of nothing": (lambda: list(fm.analyze_many(None)), "from NoneType; give paths"),
    "many of numbers": (lambda: list(fm.analyze_many([5])), "from int; give paths"),
    "control, a word for a day": (
        lambda: control().side_at(37.5, 48.5, "gestern"), "date='gestern' is no date"),
    "control, a number for a day": (lambda: control().area(fm.Side.RU, 5), "date=5 is no date"),
    "ledger of nothing": (lambda: fm.Ledger.from_reports(None), "made of reports, not of NoneType"),
    "ledger of texts": (lambda: fm.Ledger.from_reports([TEXT]), "made of reports, not of str"),
    "lookup of nothing": (lambda: book().lookup(None), "None is no name of a place"),
    "search of bytes": (lambda: book().search(b"Kiew"), "b'Kiew' is no name of a place"),
    "complete a number": (lambda: book().complete(5), "5 is no name of a place"),
    "a number for an id": (lambda: book()[5], "5 is no id"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named(mistake: str) -> None:
    call, words = MISTAKES[mistake]
    with pytest.raises((fm.FrontmapError, GazetteerError, TypeError)) as caught:
        call()
    assert words in str(caught.value)


@pytest.mark.parametrize("day", ["2025-11-27", "27.11.2025", dt.datetime(2025, 11, 27, 8)])
def test_days_may_be_text_or_moments(day: Any) -> None:
    article = fm.Article(TEXT, published=day)
    assert article == fm.Article(TEXT, published=DAY)
    assert fm.analyze(article).claims[0].reported_date == DAY


@pytest.mark.parametrize("day", ["2025-11-27", dt.datetime(2025, 11, 27, 8), DAY])
def test_control_takes_days_as_text_and_moments(day: Any) -> None:
    assert control().day_for(day) == DAY
    assert control().side_at(37.5, 48.5, day) is fm.Side.RU
    assert control().gains(day, day) == control().gains(DAY, DAY)


def test_a_ledger_may_be_made_of_one_report() -> None:
    report = fm.analyze(TEXT)
    (entry,) = fm.Ledger.from_reports(report).entries
    assert (entry,) == fm.Ledger.from_reports([report]).entries
