"""The look-ups of `Gazetteer`, each beside a slow search over everything."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from samples import rows, sample_places, write_sample
from shapely import MultiPolygon, Point, Polygon, box

from gazetteer import (
    Gazetteer,
    GazetteerFileError,
    GazetteerQueryError,
    Kind,
    Match,
    Name,
    Place,
    Status,
)
from gazetteer.expansion import all_names, rules_checksum
from gazetteer.folding import fold
from gazetteer.format import write
from gazetteer.geodesy import distance_m
from gazetteer.lookup_fuzzy import allowed_edits

ROOT = Path(__file__).parent.parent.parent
GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("index") / "sample.gazetteer")


@pytest.fixture(scope="module")
def g(path: Path) -> Gazetteer:
    return Gazetteer.open(path)


@pytest.fixture(scope="module")
def keys() -> dict[str, set[str]]:
    """Every key with the ids of its places, from the places as they were before compilation."""
    found: dict[str, set[str]] = {}
    for place in sample_places():
        for name in all_names(place):
            found.setdefault(fold(name.text), set()).add(place.id)
    return found


def ids(places: list[Place]) -> list[str]:
    return [place.id for place in places]


# exact ------------------------------------------------------------------------------------------


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


# fuzzy ------------------------------------------------------------------------------------------


def slow_distance(one: str, other: str) -> int:
    """Edit distance with swaps of neighbours, by the textbook's table."""
    table = {(i, 0): i for i in range(len(one) + 1)}
    table |= {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            best = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, table[i - 2, j - 2] + 1)
            table[i, j] = best
    return table[len(one), len(other)]


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    """A name with up to three typing errors."""
    names = [*sorted({place.name_de for place in sample_places()}), "Артемівськ", "Покровск"]
    text = list(draw(st.sampled_from(names)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text) - 1))
        letter = draw(st.sampled_from("aeikosz юь"))
        match draw(st.sampled_from(["insert", "delete", "replace", "swap"])):
            case "insert":
                text.insert(at, letter)
            case "delete" if len(text) > 1:
                del text[at]
            case "replace":
                text[at] = letter
            case _:
                text[at : at + 2] = text[at : at + 2][::-1]
    return "".join(text)


@settings(deadline=None, max_examples=60)
@given(text=mistyped())
@example(text="Pokrowks")
@example(text="Oleksandrvika")
@example(text="Tschassiwjar")
def test_search_finds_what_a_slow_search_finds(
    text: str, g: Gazetteer, keys: dict[str, set[str]]
) -> None:
    wanted = fold(text)
    edits = allowed_edits(len(wanted))
    expected: dict[str, float] = {}
    for key, members in keys.items():
        if abs(len(key) - len(wanted)) > edits or not wanted:
            continue
        distance = slow_distance(wanted, key)
        if distance <= edits:
            score = 1 - distance / max(len(wanted), len(key))
            for identifier in members:
                expected[identifier] = max(expected.get(identifier, 0), score)
    matches = g.search(text, limit=1000)
    assert {match.place.id: match.score for match in matches} == pytest.approx(expected)
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    exact = [match.place.id for match in g.lookup(text)]
    assert [match.place.id for match in matches[: len(exact)]] == exact
    assert [m.place.id for m in g.search(text, limit=2)] == [m.place.id for m in matches[:2]]
    assert [m.place.id for m in g.search(text, fuzzy=False, limit=99)] == exact


def test_fuzzy_says_which_name_matched(g: Gazetteer) -> None:
    match = g.search("Pokrowks")[0]
    assert (match.place.id, match.name.text) == ("demo:pokrowsk", "Pokrowsk")
    assert match.score == pytest.approx(0.875)


def test_short_names_are_not_guessed(g: Gazetteer) -> None:
    assert g.search("Krmi") == []
    assert g.search("Lymna")[0].place.id == "demo:lyman"


def test_no_limit_below_one(g: Gazetteer) -> None:
    assert g.search("Lyman", limit=0) == [] and g.search("Lymna", limit=-1) == []
    assert g.complete("Lym", 0) == []


# prefixes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["P", "Pok", "pokrowsk", "Ly", "K", "Mychajliwka", "Тор", "zz"])
def test_complete_finds_what_a_slow_search_finds(
    prefix: str, g: Gazetteer, keys: dict[str, set[str]]
) -> None:
    wanted = fold(prefix)
    expected = {i for key, members in keys.items() if key.startswith(wanted) for i in members}
    matches = g.complete(prefix, 1000)
    assert {match.place.id for match in matches} == expected
    assert len(matches) == len(expected)
    exact = keys.get(wanted, set())
    assert {match.place.id for match in matches[: len(exact)]} == exact
    for match in matches:
        assert fold(match.name.text).startswith(wanted)
        assert 0 < match.score <= 1
        assert (match.score == 1) == (match.place.id in exact)
    assert [m.place.id for m in g.complete(prefix, 2)] == [m.place.id for m in matches[:2]]


def test_completions_come_by_prominence(g: Gazetteer) -> None:
    found = [match.place.name_de for match in g.complete("Ch", 3)]
    assert found[:2] == ["Charkiw", "Cherson"]


def test_complete_needs_a_beginning(g: Gazetteer) -> None:
    assert g.complete("") == [] and g.complete(" -") == []


# positions --------------------------------------------------------------------------------------


def slow_nearest(places: list[Place], lon: float, lat: float) -> list[float]:
    lons, lats = np.array([p.lon for p in places]), np.array([p.lat for p in places])
    _, _, metres = GEOD.inv(np.full(len(places), lon), np.full(len(places), lat), lons, lats)
    return sorted(metres)


def check_nearest(g: Gazetteer, lon: float, lat: float, k: int) -> None:
    places = list(g)
    expected = slow_nearest(places, lon, lat)[:k]
    found = g.nearest_with_distance(lon, lat, k)
    assert [metres for metres, _ in found] == pytest.approx(expected, abs=0.01)
    for metres, place in found:
        assert GEOD.inv(lon, lat, place.lon, place.lat)[2] == pytest.approx(metres, abs=0.01)
    assert ids(g.nearest(lon, lat, k)) == ids([place for _, place in found])


@settings(deadline=None)
@given(
    lon=st.floats(20, 45) | st.floats(-180, 180),
    lat=st.floats(43, 54) | st.floats(-90, 90),
    k=st.sampled_from([1, 2, 5, 30]),
)
@example(lon=37.17706, lat=48.28014, k=1)
@example(lon=180.0, lat=0.0, k=3)
@example(lon=-143.0, lat=-48.0, k=3)
def test_nearest_is_the_geodesic_nearest(lon: float, lat: float, k: int, g: Gazetteer) -> None:
    if abs(lon - 37 + 180) < 1 and abs(lat + 48) < 1:
        return  # antipodes, where Vincenty's series is given up for a sphere
    check_nearest(g, lon, lat, k)


def scattered(folder: Path, boxes: list[tuple[float, float, float, float]], each: int) -> Gazetteer:
    """Places at random in boxes (west, south, east, north)."""
    random = np.random.default_rng(5)
    places = []
    for west, south, east, north in boxes:
        for lon, lat in random.uniform((west, south), (east, north), (each, 2)).round(4):
            number = len(places)
            kind = Kind.VILLAGE if number % 7 else Kind.CITY
            places.append(
                Place(f"r:{number:05}", "Село", "Selo", kind, float(lon), float(lat), 1, 1)
            )
    write(places, folder / "random.gazetteer", expand=False)
    return Gazetteer.open(folder / "random.gazetteer")


@pytest.fixture(scope="module")
def ukraine(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return scattered(tmp_path_factory.mktemp("many"), [(22, 44, 40, 52)], 2000)


@settings(deadline=None, max_examples=60)
@given(lon=st.floats(21, 41), lat=st.floats(43, 53), k=st.sampled_from([1, 4]))
def test_nearest_among_many(lon: float, lat: float, k: int, ukraine: Gazetteer) -> None:
    check_nearest(ukraine, lon, lat, k)


def test_nearest_on_the_borders_of_cells(ukraine: Gazetteer) -> None:
    grid = ukraine._store.file.grid
    for column in range(0, grid.columns, 9):
        for row in range(0, grid.rows, 9):
            check_nearest(
                ukraine, grid.west + column * grid.width, grid.south + row * grid.height, 2
            )


@pytest.fixture(scope="module")
def with_outliers(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Many places in one region and a few far away, outside the grid of cells."""
    boxes = [(22.0, 44.0, 40.0, 52.0)] * 20 + [(18, 40, 160, 70)]
    return scattered(tmp_path_factory.mktemp("outliers"), boxes, 60)


@settings(deadline=None, max_examples=80)
@given(lon=st.floats(15, 165), lat=st.floats(35, 72), k=st.sampled_from([1, 3, 40]))
def test_nearest_with_places_outside_the_grid(
    lon: float, lat: float, k: int, with_outliers: Gazetteer
) -> None:
    grid = with_outliers._store.file.grid
    assert grid.west + grid.width * grid.columns < 160
    check_nearest(with_outliers, lon, lat, k)


def test_nearest_around_the_date_line_and_the_pole(tmp_path: Path) -> None:
    world = scattered(tmp_path, [(-180, 60, -170, 89), (170, 60, 180, 89), (0, -5, 5, 5)], 60)
    for lon in (-180.0, -179.99, 179.99, 0.0, 90.0):
        for lat in (90.0, 85.0, 70.0, 0.0, -90.0):
            check_nearest(world, lon, lat, 3)


@pytest.mark.parametrize("least", [0, 1, 5_000, 100_000])
@pytest.mark.parametrize("kind", ["city", "town", "oblast", "island"])
def test_names_by_population(kind: str, least: int) -> None:
    places = list(Gazetteer.default())
    assert Gazetteer.default().names_by_population(kind, least) == [
        place.name_de
        for place in places
        if place.kind == kind and (not least or (place.population or 0) >= least)
    ]


def test_nearest_of_a_kind_within_a_distance(ukraine: Gazetteer) -> None:
    cities = [place for place in ukraine if place.kind is Kind.CITY]
    expected = slow_nearest(cities, 31.0, 49.0)
    found = ukraine.nearest_with_distance(31.0, 49.0, 5, "city")
    assert [metres for metres, _ in found] == pytest.approx(expected[:5], abs=0.01)
    limit = (expected[1] + expected[2]) / 2
    assert len(ukraine.nearest(31.0, 49.0, 5, kinds="city", max_distance_m=limit)) == 2
    assert ukraine.nearest(31.0, 49.0, max_distance_m=0) == []
    own = cities[0]
    assert ukraine.nearest(own.lon, own.lat, max_distance_m=0) == [own]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((37.0, 91.0), "91"),
        ((float("nan"), 48.0), "nan"),
        ((float("inf"), 48.0), "inf"),
        ((37.0, 48.0, 0), "k is 0"),
    ],
)
def test_nearest_to_nowhere(arguments: tuple[float, ...], named: str, g: Gazetteer) -> None:
    with pytest.raises(GazetteerQueryError, match=named):
        g.nearest(*arguments)  # type: ignore[arg-type]
    with pytest.raises(GazetteerQueryError, match="max_distance_m"):
        g.nearest(37.0, 48.0, max_distance_m=-1)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89))
def test_distance_is_that_of_the_ellipsoid(
    lon1: float, lat1: float, lon2: float, lat2: float
) -> None:
    expected = GEOD.inv(lon1, lat1, lon2, lat2)[2]
    if expected < 19_000_000:
        assert distance_m(lon1, lat1, lon2, lat2) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    "geometry",
    [
        box(30, 48, 33, 50),
        Polygon([(25, 45), (35, 46), (30, 51), (25, 45)]),
        MultiPolygon([box(22, 44, 23, 45), box(39, 51, 40, 52)]),
        Point(31, 49).buffer(1).difference(Point(31, 49).buffer(0.5)),
        box(0, 0, 1, 1),
    ],
)
def test_within_is_what_shapely_says(geometry: Polygon, ukraine: Gazetteer) -> None:
    expected = {p.id for p in ukraine if geometry.intersects(Point(p.lon, p.lat))}
    assert set(ids(ukraine.within(geometry))) == expected
    cities = {i for i in expected if ukraine[i].kind is Kind.CITY}
    assert set(ids(ukraine.within(geometry, kinds="city"))) == cities


def test_within_includes_the_edge_and_comes_by_prominence(g: Gazetteer) -> None:
    found = g.within(box(37.17706, 48.28014, 37.9, 48.4))
    assert ids(found)[0] == "demo:pokrowsk"
    assert g.within(Polygon()) == []
    with pytest.raises(GazetteerQueryError, match="shapely geometry"):
        g.within("here")


# records ----------------------------------------------------------------------------------------


def test_ids_of_other_registers(g: Gazetteer) -> None:
    assert g["register:namyl:omed"].id == "demo:lyman"
    assert "demo:nix" not in g and 5 not in g
    with pytest.raises(KeyError, match="demo:nix"):
        g["demo:nix"]


def test_a_record_behaves_as_a_plain_place(g: Gazetteer) -> None:
    stored = g["demo:lyman"]
    plain = Place(*(getattr(stored, field.name) for field in dataclasses.fields(Place)))
    assert type(plain) is Place
    assert stored == plain and plain == stored and hash(stored) == hash(plain)
    assert len({stored, plain}) == 1
    assert stored != g["demo:lyman-charkiw"] and stored != "demo:lyman"
    assert dataclasses.replace(stored, population=1).population == 1
    assert dataclasses.replace(stored, population=1) != stored
    assert dataclasses.asdict(stored)["ids"] == dict(stored.ids)
    assert copy.copy(stored) == copy.deepcopy(stored) == stored
    again = pickle.loads(pickle.dumps(stored))
    assert again == stored and again.names == stored.names and again.ids == stored.ids
    assert repr(stored) == "<Place demo:lyman Lyman (Лиман), city, Oblast Donezk>"
    with pytest.raises(dataclasses.FrozenInstanceError):
        stored.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError, match="cannot be changed"):
        stored.ids["a"] = "b"  # type: ignore[index]


def test_a_gazetteer_survives_pickling(g: Gazetteer) -> None:
    again = pickle.loads(pickle.dumps(g))
    assert again.lookup("Lyman") == g.lookup("Lyman")


def test_threads_get_the_same_answers(path: Path) -> None:
    fresh = Gazetteer.open(path)
    barrier = threading.Barrier(8)

    def ask(number: int) -> list[object]:
        barrier.wait()
        return [
            (fresh.knows(text), fresh.lookup(text), fresh.search(text + "a"), fresh.complete("P"))
            for text in ("Lyman", "Pokrowsk", "Mychajliwka", "Zzz")
        ]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_asks_the_same_file(g: Gazetteer) -> None:
    code = (
        "import os, sys\n"
        "from gazetteer import Gazetteer\n"
        "g = Gazetteer.open(sys.argv[1])\n"
        "g.lookup('Lyman')\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(len(g.lookup('Mychajliwka')) * 10 + len(g.lookup('Lyman')))\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), len(g.lookup('Lyman')))\n"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(g.path)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert out.stdout.split() == ["32", "2"]


def test_exact_look_ups_import_nothing_heavy(g: Gazetteer) -> None:
    code = (
        "import sys\n"
        "from gazetteer import Gazetteer\n"
        "g = Gazetteer.open(sys.argv[1])\n"
        "g.lookup('Lyman', oblast='Donezk'); g.complete('Pok'); g.nearest(37.0, 48.0)\n"
        "g['demo:lyman'].names; g.knows('x'); g.begins_name('x')\n"
        "print(*sorted(sys.modules))\n"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(g.path)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    heavy = {"numpy", "pandas", "shapely", "rapidfuzz", "geopandas", "pyproj", "geopy"}
    assert not heavy & set(out.stdout.split())


# the whole --------------------------------------------------------------------------------------


def test_to_geodataframe_holds_every_record(g: Gazetteer) -> None:
    frame = g.to_geodataframe()
    assert frame.crs == "EPSG:4326" and len(frame) == len(g)
    for row, place in zip(frame.itertuples(), g, strict=True):
        for field in dataclasses.fields(Place):
            if field.name in ("lon", "lat", "ids", "names"):
                continue
            value, expected = getattr(row, field.name), getattr(place, field.name)
            missing = bool(pd.isna(value))
            assert expected is None if missing else value == expected
        assert (row.geometry.x, row.geometry.y) == (place.lon, place.lat)


def test_to_geodataframe_can_be_saved(g: Gazetteer, tmp_path: Path) -> None:
    import geopandas

    g.to_geodataframe().to_file(tmp_path / "places.gpkg")
    assert len(geopandas.read_file(tmp_path / "places.gpkg")) == len(g)


def test_info_says_what_is_in_and_whom_it_is_owed_to(g: Gazetteer) -> None:
    info = g.info()
    assert info["places"] == len(g) == len(sample_places())
    assert info["kinds"]["oblast"] == 3 and info["kinds"]["city"] == 12
    assert info["countries"] == {"RU": 1, "UA": len(g) - 1}
    assert info["names"] == sum(len(place.names) for place in g)
    assert info["attributions"] == [
        {"source": "demo", "text": "Typed for the tests", "licence": "MIT", "url": ""}
    ]
    assert info["source_versions"] == {"demo": "1"}
    assert info["format_version"] == 1 and info["bytes"] == g.path.stat().st_size
    json.dumps(info)


def test_info_tells_other_rules(g: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = g.info()["rules"]
    monkeypatch.setattr("gazetteer.expansion.rules_checksum", lambda: rules)
    assert g.info()["rules_current"] is True
    monkeypatch.setattr("gazetteer.expansion.rules_checksum", lambda: "00000000")
    assert g.info()["rules_current"] is False
    assert g.lookup("Pokrowsk")


def test_the_rules_have_a_checksum() -> None:
    assert len(rules_checksum()) == 8 and rules_checksum() != "00000000"


def test_texts_in_notebooks_are_escaped(tmp_path: Path) -> None:
    evil = "<script>{{ 7 * 7 }}</script>"
    names = (
        Name("Село", "uk", "official", Status.OFFICIAL, evil),
        Name(evil, "de", evil, Status.EXONYM, "x"),
    )
    place = Place(
        "x:1", "Село", evil, Kind.VILLAGE, 1, 2, 3, 4, oblast=evil, ids={"a": evil}, names=names
    )
    write([place], tmp_path / "evil")
    opened = Gazetteer.open(tmp_path / "evil")
    shown = [
        opened["x:1"]._repr_html_(),  # type: ignore[attr-defined]
        opened.lookup(evil)._repr_html_(),  # type: ignore[attr-defined]
        opened.nearest(1, 2)._repr_html_(),  # type: ignore[attr-defined]
    ]
    for html in shown:
        assert "&lt;script&gt;" in html
        assert "<script" not in html and "{" not in html and "}" not in html


def test_the_variable_names_the_default(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FRONTMAP_GAZETTEER", str(path))
    assert Gazetteer.default().path == path
    assert Gazetteer.default() is Gazetteer.default()
    monkeypatch.setenv("FRONTMAP_GAZETTEER", str(tmp_path / "absent"))
    with pytest.raises(GazetteerFileError, match="absent"):
        Gazetteer.default()
    monkeypatch.setenv("FRONTMAP_GAZETTEER", "")
    assert Gazetteer.default().path.name == "default.gazetteer"


def test_a_missing_default_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRONTMAP_GAZETTEER", raising=False)
    monkeypatch.setattr("gazetteer.index._DEFAULT", ("data", "absent.gazetteer"))
    from gazetteer import index

    index._default.cache_clear()
    try:
        with pytest.raises(GazetteerFileError, match="install frontmap again"):
            Gazetteer.default()
    finally:
        index._default.cache_clear()


def test_the_shipped_gazetteer_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRONTMAP_GAZETTEER", raising=False)
    shipped = Gazetteer.default()
    assert len(shipped) > 5000
    match = shipped.lookup("Pokrowsk", oblast="Donezk")[0]
    assert (match.place.kind, match.place.name) == (Kind.CITY, "Покровськ")
    assert shipped.lookup("Kiew")[0].place.kind is Kind.CITY
    assert shipped.lookup("Donezk")[0].place.kind is Kind.CITY
    assert shipped.search("Pokrowks")[0].place.id == match.place.id
    assert ids(shipped.units("Tscherkasser Gebiet")) == ids(shipped.units("Tscherkassy"))
