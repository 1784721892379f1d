"""What a user passes by mistake is named at once, in words that say what to pass.

`wrong_arguments` has every public function and what is wrong for arguments of each name.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import numpy
import pytest
from geopy.exc import ConfigurationError, GeocoderQueryError
from test_public_functions import PACKAGES
from wrong_arguments import (
    CALLS,
    DAY,
    TAKES_NONE,
    TEXT,
    UNCHECKED,
    WRONG,
    WRONG_OF,
    book,
    control,
    report,
)

import frontmap as fm
from gazetteer import Gazetteer, GazetteerError

OURS = (fm.FrontmapError, GazetteerError, GeocoderQueryError, ConfigurationError)
EXTRA_CLASSES = ("frontmap.evaluation.ToponymEvaluation", "frontmap.geocoder.GazetteerGeocoder")


def parameters(function: Callable[..., Any]) -> dict[str, Any]:
    """Give the named arguments of a function and their defaults."""
    kinds = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    found = inspect.signature(function).parameters.values()
    return {each.name: each.default for each in found if each.kind not in kinds}


ARGUMENTS = [
    (call, name)
    for call, (function, given) in CALLS.items()
    for name in parameters(function)
    if name in given and name not in UNCHECKED
]


def made(function: Callable[..., Any], given: dict[str, Any]) -> Any:
    """Call a function; take all that it gives one by one."""
    found = function(**given)
    return list(found) if isinstance(found, Iterator) else found


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.filterwarnings("ignore")
def test_what_is_right_is_taken(call: str) -> None:
    made(*CALLS[call])


@pytest.mark.parametrize(("call", "name"), ARGUMENTS)
def test_what_is_wrong_is_named(call: str, name: str) -> None:
    function, given = CALLS[call]
    wrong = WRONG_OF[f"{call} {name}"] if f"{call} {name}" in WRONG_OF else WRONG[name]
    if wrong and parameters(function)[name] is not None and f"{call} {name}" not in TAKES_NONE:
        wrong = (*wrong, None)
    for value in wrong:
        passed = value() if inspect.isgeneratorfunction(value) else value
        with pytest.raises(Exception) as caught:
            made(function, given | {name: passed})
        words = str(caught.value)
        assert isinstance(caught.value, OURS), (value, repr(caught.value))
        assert re.search(rf"\b{name}\b", words), (value, words)
        assert len(words) < 400


@pytest.mark.parametrize(
    ("call", "wrong", "kind"),
    [
        (lambda: fm.analyze(TEXT, threshold="0.4"), "threshold='0.4': give a number", TypeError),
        (lambda: fm.analyze(TEXT, threshold=4), "threshold=4: give a number from 0", ValueError),
        (lambda: fm.claim_geometry(None), "claim=None: give a Claim; frontmap", TypeError),
        (lambda: fm.save_reports([5], "a.gpkg"), "reports holds a int: give a report", TypeError),
        (lambda: Gazetteer.open(None), "path=None: give a path, as text", TypeError),
        (lambda: Gazetteer.default().lookup(3), "text=3: give the name of a place", TypeError),
        (lambda: fm.analyze(TEXT, gazetteer="a"), "gazetteer.Gazetteer.open", TypeError),
        (lambda: fm.analyze(TEXT, control="a"), "frontmap.Control.read", TypeError),
        (lambda: fm.Article(b"Kiew"), "the text is bytes, not a string", fm.ArticleError),
        (lambda: fm.Article("x", published=5), "published=5 is no date", fm.ArticleError),
        (lambda: fm.Article("x", title=5), "title=5 is no text", fm.ArticleError),
    ],
)
def test_mistakes_are_of_their_kind(
    call: Callable[[], Any], wrong: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind, match=re.escape(wrong)):
        call()


def public() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give every public function, and every public method of a class."""
    packages = (*PACKAGES, "gazetteer.romanization")
    for package in packages:
        module = importlib.import_module(package)
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isroutine(value):
                yield f"{package}.{name}", value
            elif inspect.isclass(value) and not issubclass(value, Enum | BaseException | tuple):
                for method in vars(value):
                    found = getattr(value, method)
                    if inspect.isroutine(found) and not method.startswith("_"):
                        yield f"{package}.{name}.{method}", found


def test_every_public_function_is_driven() -> None:
    driven = {inspect.unwrap(getattr(f, "__func__", f)) for f, _ in CALLS.values()}
    missing = [
        name
        for name, function in public()
        if inspect.unwrap(getattr(function, "__func__", function)) not in driven
    ]
    assert not missing


@pytest.mark.parametrize("call", CALLS)
def test_every_argument_is_driven(call: str) -> None:
    function, given = CALLS[call]
    ours = set(parameters(function)) - {"timeout", "user_agent"}  # geopy's
    assert ours == set(given)


@pytest.mark.parametrize("day", ["2025-11-27", "27.11.2025", dt.datetime(2025, 11, 27, 8)])
def test_days_may_be_text_or_moments(day: Any) -> None:
    article = fm.Article(TEXT, published=day)
    assert article == fm.Article(TEXT, published=DAY)
    assert fm.analyze(article).claims[0].reported_date == DAY
    assert control().day_for(day) == DAY
    assert control().side_at(37.5, 48.5, day) is fm.Side.RU
    assert control().gains(day, day) == control().gains(DAY, DAY)
    held = fm.Control.from_polygons({day: control().area(fm.Side.RU)}, side="RU")
    assert held.area("RU", DAY) == control().area(fm.Side.RU, DAY)


def test_numbers_may_be_of_numpy() -> None:
    gazetteer, analyzed = Gazetteer.default(), report()
    assert fm.analyze(TEXT, threshold=numpy.float32(0.5)) == analyzed
    assert gazetteer.complete("Pokr", numpy.int64(2)) == gazetteer.complete("Pokr", 2)
    assert control().side_at(numpy.float64(37.5), numpy.float32(48.5)) is fm.Side.RU
    assert gazetteer.search("Kiew", fuzzy=numpy.False_) == gazetteer.search("Kiew", fuzzy=False)


def test_generators_and_nothing_are_lists(tmp_path: Path) -> None:
    reports = [report()]
    one = fm.save_reports((each for each in reports), tmp_path / "a.geojson").read_bytes()
    assert one == fm.save_reports(reports, tmp_path / "b.geojson").read_bytes()
    claims = fm.extract_claims(report().article, (each for each in report().toponyms))
    assert claims == report().claims
    assert fm.extract_claims(report().article, []) == []
    assert fm.resolve(TEXT, mentions=[]) == []
    assert list(fm.analyze_many([])) == []
    assert fm.Ledger.from_reports([]).entries == ()
    for suffix in ("html", "geojson", "gpkg", "csv", "kml"):
        assert fm.save_reports([], tmp_path / f"none.{suffix}").stat().st_size


def test_a_ledger_may_be_made_of_one_report() -> None:
    (entry,) = fm.Ledger.from_reports(report()).entries
    assert (entry,) == book().entries
