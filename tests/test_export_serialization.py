"""Records to plain data and back: nothing lost, and clear words where it cannot be read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import pickle
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from export_samples import (
    ARTICLE,
    CLAIMS,
    POKROWSK,
    TOPONYMS,
    articles,
    claims,
    hostile_report,
    places,
    toponyms,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from frontmap.article import Article
from frontmap.claims import Claim
from frontmap.errors import ExportError
from frontmap.recognition import Mention
from frontmap.resolution import Toponym
from frontmap.serialization import VERSION, dumps, from_dict, loads, loads_claims, to_dict
from gazetteer import Place

relaxed = settings(deadline=None, max_examples=60)


def same(one: Any, other: Any) -> bool:
    """Compare records field by field, also the fields that their own equality leaves out."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return dict(one) == dict(other)
    if type(one) is not type(other):
        return False
    if dataclasses.is_dataclass(one):
        return all(
            same(getattr(one, field.name), getattr(other, field.name))
            for field in dataclasses.fields(one)
        )
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


@relaxed
@given(st.one_of(articles, toponyms, claims, places))
def test_any_record_comes_back(record: Any) -> None:
    plain = json.loads(json.dumps(to_dict(record), allow_nan=False))
    assert same(from_dict(type(record), plain), record)


@relaxed
@given(articles, st.lists(toponyms, max_size=2), st.lists(claims, max_size=2))
def test_any_analysis_comes_back(
    article: Article, names: list[Toponym], statements: list[Claim]
) -> None:
    saved = loads(dumps(article, names, statements))
    assert same(saved.article, article)
    assert same(saved.toponyms, tuple(names))
    assert same(saved.claims, tuple(statements))


def test_the_sample_and_the_hostile_one_come_back() -> None:
    saved = loads(dumps(ARTICLE, TOPONYMS, CLAIMS))
    assert same((saved.article, saved.toponyms, saved.claims), (ARTICLE, (*TOPONYMS,), (*CLAIMS,)))
    hostile = hostile_report()
    saved = loads(dumps(hostile.article, hostile.toponyms, hostile.claims))
    assert same(saved.claims, tuple(hostile.claims))


def test_places_as_the_gazetteer_gives_them_come_back() -> None:
    from gazetteer import Gazetteer

    found = [match.place for match in Gazetteer.default().lookup("Pokrowsk")]
    names = [Toponym(Mention(0, 8, "Pokrowsk", "Pokrowsk"), place, 1.0) for place in found]
    saved = loads(dumps(ARTICLE, names, [])).toponyms
    assert found and saved == tuple(names)
    for toponym, place in zip(saved, found, strict=True):
        assert toponym.place is not None and type(toponym.place) is Place
        assert toponym.place.names == place.names and len(place.names) > 3
        assert toponym.place.ids == place.ids
    assert pickle.loads(pickle.dumps(saved)) == saved


def test_every_field_of_the_sample_is_filled_somewhere() -> None:
    """So that the tests of the formats see every field."""
    empty = {
        field.name
        for field in dataclasses.fields(Claim)
        if not any(getattr(claim, field.name) for claim in CLAIMS)
    }
    assert empty <= {"unnamed", "bank"}


def test_a_place_stands_once() -> None:
    document = json.loads(dumps(ARTICLE, TOPONYMS, CLAIMS))
    assert len(document["places"]) == 3
    twin = dataclasses.replace(POKROWSK)
    moved = dataclasses.replace(POKROWSK, lon=37.19)
    mention = Mention(0, 1, "a", "a")
    names = [Toponym(mention, place, 1.0) for place in (POKROWSK, twin, moved)]
    document = json.loads(dumps(ARTICLE, names, []))
    assert len(document["places"]) == 2  # equal ones share, others of the same id do not
    assert same(loads(dumps(ARTICLE, names, [])).toponyms, tuple(names))


def test_odd_numbers_and_texts() -> None:
    place = dataclasses.replace(POKROWSK, precision_m=math.inf, name="\ud800 lone")
    text = dumps(ARTICLE, [Toponym(Mention(0, 1, "a", "a"), place, math.nan)], [])
    assert text.isascii()
    saved = loads(text)
    assert saved.toponyms[0].place == place
    assert math.isnan(saved.toponyms[0].score)


def test_fields_of_later_versions_are_left_out_and_defaults_taken() -> None:
    plain = to_dict(Mention(0, 1, "a", "a")) | {"colour": "red"}
    del plain["construction"]
    assert from_dict(Mention, plain) == Mention(0, 1, "a", "a")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lon": None}, "Place cannot be read: its lon is None"),
        ({"lon": True}, "Place cannot be read: its lon is True"),
        ({"kind": "castle"}, "Place cannot be read: its kind is 'castle'"),
        ({"population": "viele"}, "Place cannot be read: its population is 'viele'"),
        ({"names": 3}, "Place cannot be read: its names is 3"),
    ],
)
def test_wrong_values_are_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        from_dict(Place, to_dict(POKROWSK) | change)


def test_missing_fields_are_named() -> None:
    plain = to_dict(POKROWSK)
    del plain["lat"]
    with pytest.raises(ExportError, match="it lacks 'lat'"):
        from_dict(Place, plain)
    with pytest.raises(ExportError, match="'x' is no record"):
        from_dict(Place, "x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ('{"format": "frontmap report", "version": 1, "article": {}, "toponyms": 1}', "no list"),
        ("[]", "lacks .format."),
        ('{"format": "other"}', "lacks .format."),
        (f'{{"format": "frontmap report", "version": {VERSION + 1}}}', "update frontmap"),
        ('{"format": "frontmap report", "version": 1}', "lacks 'article'"),
    ],
)
def test_what_is_no_saved_report(text: str, message: str) -> None:
    with pytest.raises(ExportError, match=message):
        loads(text)


ODD = (None, True, -1, 10**400, 1e308, float("inf"), "x", [], [[]], {}, {"a": 1}, "\ud800")


def _spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values inside a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in inside if isinstance(value, (dict, list)) else ():
        yield (*path, key)
        if isinstance(inner, (dict, list)):
            yield from _spots(inner, (*path, key))


def test_every_odd_value_is_refused_or_read() -> None:
    """Each value of a saved report in turn replaced by each of some odd ones."""
    plain = json.loads(dumps(ARTICLE, TOPONYMS[:1], CLAIMS[:1]))
    refused = 0
    for number, path in enumerate(_spots(plain)):
        if "names" in path and number % 20:
            continue  # they are many and alike
        parent = plain
        for key in path[:-1]:
            parent = parent[key]
        kept = parent[path[-1]]
        for odd in ODD:
            parent[path[-1]] = odd
            text = json.dumps(plain)
            for reader in (loads, lambda text: loads_claims(json.loads(text), {})):
                try:
                    reader(text)
                except ExportError:
                    refused += 1
        parent[path[-1]] = kept
    assert refused > 500


def test_a_place_that_is_not_in_the_table() -> None:
    document = json.loads(dumps(ARTICLE, TOPONYMS, []))
    document["places"] = []
    with pytest.raises(ExportError, match="no place number 0"):
        loads(json.dumps(document))


def test_what_no_record_holds() -> None:
    with pytest.raises(ExportError, match="type timedelta"):
        to_dict(dataclasses.replace(ARTICLE, notes=(dt.timedelta(1),)))  # type: ignore[arg-type]
