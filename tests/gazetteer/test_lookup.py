"""Exact look-up, units and filters of `Gazetteer`, each beside a slow search over everything."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import ids, rows, sample_places
from shapely import Point, Polygon, box

from gazetteer import (
    Gazetteer,
    GazetteerQueryError,
    Kind,
    Match,
)
from gazetteer.expansion import all_names
from gazetteer.folding import fold


@pytest.mark.parametrize("case", rows("lookups.tsv"), ids=lambda case: case["query"])
def test_lookup_finds_first(case: dict[str, str], g: Gazetteer) -> None:
    matches = g.lookup(case["query"])
    expected = [] if case["expected"] == "-" else case["expected"].split()
    assert [match.place.id for match in matches][: max(len(expected), 1)] == expected
    if case["status"]:
        assert str(matches[0].name.status) == case["status"]
        assert matches[0].name.scheme == case["scheme"]


def test_lookup_finds_every_place_of_every_name(g: Gazetteer, keys: dict[str, set[str]]) -> None:
    for key, expected in keys.items():
        matches = g.lookup(key)
        assert {match.place.id for match in matches} == expected
        assert len(matches) == len(expected)
        for match in matches:
            assert match.score == 1
            assert fold(match.name.text) == key
            assert match.name in match.place.names or match.name.scheme == "mixed"


def test_knows_and_begins_name(g: Gazetteer, keys: dict[str, set[str]]) -> None:
    beginnings = {" ".join(key.split()[:n]) for key in keys for n in range(1, len(key.split()))}
    for key in {*keys, *beginnings, "pokro", "jar", "zzz", "0", "яя"}:
        assert g.knows(key) == (key in keys)
        assert g.begins_name(key) == (key in beginnings)
    assert g.begins_name("Tschassiw") and g.knows("Tschassiw Jar")
    assert not g.begins_name("Tschassiw Jar") and not g.knows("Tschassiw")
    assert not g.knows("") and not g.begins_name("") and not g.begins_name("-")


def test_a_spelling_that_mixes_schemes_is_found_but_not_listed(g: Gazetteer) -> None:
    for place in sample_places():
        stored = g[place.id]
        mixed = [name for name in all_names(place) if name.scheme == "mixed"]
        assert not {name.text for name in mixed} & {
            name.text for name in stored.names if name.scheme == "mixed"
        }
        for name in mixed:
            matches = [m for m in g.lookup(name.text) if m.place == place]
            assert len(matches) == 1
            if matches[0].name.scheme == "mixed":
                assert fold(matches[0].name.text) == fold(name.text)
                assert matches[0].name.status is name.status
    found = g.lookup("Tschassiv Jar")
    assert [(m.place.id, m.name.text, m.name.scheme) for m in found] == [
        ("demo:tschassiw", "Tschassiv Jar", "mixed")
    ]


def test_a_match_behaves_as_a_plain_match(g: Gazetteer) -> None:
    stored = g.lookup("Lyman")[0]
    plain = Match(stored.place, stored.name, stored.score)
    assert type(plain) is Match
    assert stored == plain and plain == stored and hash(stored) == hash(plain)
    assert stored != g.lookup("Lyman")[1] and stored != "Lyman"
    assert dataclasses.replace(stored, score=0.5) == Match(stored.place, stored.name, 0.5)
    assert pickle.loads(pickle.dumps(stored)) == copy.deepcopy(stored) == stored
    assert repr(stored).startswith("Match(place=<Place demo:lyman ")
    with pytest.raises(dataclasses.FrozenInstanceError):
        stored.score = 0.5  # type: ignore[misc]
    with pytest.raises(AttributeError, match="nonsense"):
        stored.nonsense  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match="nonsense"):
        stored.place.nonsense  # type: ignore[attr-defined]  # noqa: B018


@settings(deadline=None)
@given(text=st.text(max_size=30))
@example(text="pokrowsk\nmyrnohrad")
@example(text="\ud800")
@example(text="\x00")
def test_any_text_may_be_asked(text: str, g: Gazetteer, keys: dict[str, set[str]]) -> None:
    assert g.knows(text) == (fold(text) in keys)
    assert {match.place.id for match in g.lookup(text)} == keys.get(fold(text), set())
    g.begins_name(text)
    g.complete(text, 3)
    g.search(text, limit=3)


def test_answers_remain_right_when_the_caches_overflow(
    g: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_CACHED_ANSWERS", "_CACHED_KEYS"):
        monkeypatch.setattr(f"gazetteer.lookup_exact.{name}", 2)
    monkeypatch.setattr("gazetteer.records._CACHED_PLACES", 2)
    for _ in range(2):
        for text, known in (("Lyman", True), ("Zzz", False), ("Kiew", True), ("Xyz", False)):
            assert g.knows(text) == known
            assert bool(g.lookup(text)) == known


def test_a_returned_list_may_be_changed(g: Gazetteer) -> None:
    g.lookup("Lyman").clear()
    assert len(g.lookup("Lyman")) == 2


# What an oblast or raion may be called -> its id, or "-" for an error.
UNITS = [
    ("oblast", "Donezk", "demo:o-donezk"),
    ("oblast", "Oblast Donezk", "demo:o-donezk"),
    ("oblast", "Gebiet Donezk", "demo:o-donezk"),
    ("oblast", "Donezker Gebiet", "demo:o-donezk"),
    ("oblast", "Донецька область", "demo:o-donezk"),
    ("oblast", "донецька", "demo:o-donezk"),
    ("oblast", "demo:o-donezk", "demo:o-donezk"),
    ("oblast", "demo:pokrowsk", "demo:o-donezk"),
    ("oblast", "Charkow", "demo:o-charkiw"),
    ("raion", "Pokrowsk", "demo:r-pokrowsk"),
    ("raion", "Rajon Pokrowsk", "demo:r-pokrowsk"),
    ("raion", "Покровський район", "demo:r-pokrowsk"),
    ("oblast", "Pokrowsk", "-"),
    ("oblast", "Oblast", "-"),
    ("oblast", "", "-"),
    ("raion", "Donezk", "-"),
]


@pytest.mark.parametrize(("level", "text", "expected"), UNITS)
def test_units_are_found_by_any_name(level: str, text: str, expected: str, g: Gazetteer) -> None:
    column = f"{level}_id"
    if expected == "-":
        with pytest.raises(GazetteerQueryError, match=level):
            g.units(text, level=level)
        with pytest.raises(GazetteerQueryError, match=level):
            g.lookup("Lyman", **{level: text})  # type: ignore[arg-type]
        return
    assert ids(g.units(text, level=level)) == [expected]
    for place in g:
        found = ids([m.place for m in g.lookup(place.name, **{level: text})])  # type: ignore[arg-type]
        assert (place.id in found) == (getattr(place, column) == expected)


def test_a_city_above_all_oblasts_is_its_own(g: Gazetteer) -> None:
    assert ids(g.units("Kiew")) == ["demo:o-kiew"]
    assert ids(g.units("Київ")) == ["demo:kiew"]
    assert ids([m.place for m in g.lookup("Kiew", oblast="demo:kiew")]) == ["demo:kiew"]


def test_a_place_may_stand_for_its_oblast(g: Gazetteer) -> None:
    found = g.lookup("Lyman", oblast=g["demo:charkiw"])
    assert ids([match.place for match in found]) == ["demo:lyman-charkiw"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kinds": "village"}, ["demo:mychajliwka-2", "demo:mychajliwka-1"]),
        ({"kinds": [Kind.TOWN, "city"]}, ["demo:mychajliwka-3"]),
        ({"kinds": []}, []),
        ({"bbox": (37, 48, 38, 49)}, ["demo:mychajliwka-1"]),
        ({"bbox": (37.23, 48.2, 37.23, 48.2)}, ["demo:mychajliwka-1"]),
        ({"geometry": box(35, 47, 37.5, 49)}, ["demo:mychajliwka-2", "demo:mychajliwka-1"]),
        ({"geometry": Point(38.4, 48.5)}, ["demo:mychajliwka-3"]),
        ({"geometry": Polygon()}, []),
        ({"kinds": "village", "oblast": "Donezk"}, ["demo:mychajliwka-1"]),
        ({"kinds": "town", "oblast": "Donezk"}, []),
    ],
)
def test_filters(filters: dict[str, object], expected: list[str], g: Gazetteer) -> None:
    for matches in (
        g.lookup("Mychajliwka", **filters),  # type: ignore[arg-type]
        g.search("Mychajliwka", **filters),  # type: ignore[arg-type]
        g.search("Mychajlwika", **filters),  # type: ignore[arg-type]
        g.complete("Mychajliw", **filters),  # type: ignore[arg-type]
    ):
        assert [match.place.id for match in matches] == expected


@pytest.mark.parametrize(
    ("filters", "named"),
    [
        ({"kinds": "stadt"}, "'stadt'.*city, town"),
        ({"bbox": (1, 2, 3)}, "min_lon"),
        ({"bbox": (38, 48, 37, 49)}, "empty"),
        ({"bbox": (float("nan"), 0, 1, 1)}, "empty"),
        ({"bbox": "abcd"}, "bbox"),
        ({"geometry": "POINT (1 2)"}, "str.*shapely"),
        ({"oblast": 3}, "oblast=3"),
    ],
)
def test_filters_that_make_no_sense(filters: dict[str, object], named: str, g: Gazetteer) -> None:
    with pytest.raises(GazetteerQueryError, match=named):
        g.lookup("Lyman", **filters)  # type: ignore[arg-type]
