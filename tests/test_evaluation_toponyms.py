"""The measures, against numbers worked out by hand, and the reading of gold files."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontmap.errors import EvaluationError
from frontmap.evaluation import GoldPassage, evaluate_toponyms, load_gold
from frontmap.evaluation.measures import Counts, area_under_log_error, distance_m, mean, median
from frontmap.recognition import Mention
from frontmap.resolution import Toponym
from gazetteer import Kind, Place

GOLD = Path(__file__).parent.parent.parent / "shared/evaluation/dev.jsonl"
TEXT = "Kämpfe um Bachmut, Soledar und Isjum; Kiew meldet Erfolge in Lyman."
ANSWERS = {
    "Bachmut": (713174, "Бахмут", 37.999, 48.595),
    "Soledar": (706757, "Соледар", 38.087, 48.683),
    "Isjum": (707292, "Ізюм", 37.27, 49.2),
    "Lyman": (704204, "Лиман", 37.81, 48.99),
}


def place(name: str, lon: float, lat: float, number: int | None = None) -> Place:
    ids = {} if number is None else {"geonames": str(number)}
    return Place(f"x:{name}", name, name, Kind.CITY, lon, lat, 500, 3000, ids=ids)


def passage(tmp_path: Path) -> tuple[GoldPassage, ...]:
    toponyms = [
        {
            "start": TEXT.index(surface),
            "end": TEXT.index(surface) + len(surface),
            "surface": surface,
            "geonameid": number,
            "name_uk": name,
            "lon": lon,
            "lat": lat,
        }
        for surface, (number, name, lon, lat) in ANSWERS.items()
    ]
    start = TEXT.index("Kiew")
    toponyms.append({"start": start, "end": start + 4, "geonameid": 703448, "optional": True})
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "toponyms": toponyms}) + "\n", "utf-8")
    return load_gold(path)


def toponym(surface: str, answer: Place | None, score: float = 0.9, *, cut: int = 0) -> Toponym:
    start = TEXT.index(surface)
    end = start + len(surface) - cut
    return Toponym(Mention(start, end, TEXT[start:end], surface), answer, score)


def found(_: str) -> list[Toponym]:
    """Right by id; 6 km off; wrong span; an optional; a superfluous one; Lyman missed."""
    return [
        toponym("Bachmut", place("Бахмут", 30, 50, 713174)),
        toponym("Soledar", place("Соледар", 38.087, 48.683 + 6 / 111.2), 0.4),
        toponym("Isjum", place("Ізюм", 37.27, 49.2), cut=1),
        toponym("Kiew", place("Київ", 30.5, 50.4)),
        toponym("Erfolge", place("Ерфолґе", 30.5, 50.4)),
    ]


def test_recognition_counts(tmp_path: Path) -> None:
    outcome = evaluate_toponyms(passage(tmp_path), found)
    assert outcome.exact == Counts(right=2, superfluous=2, missed=2)
    assert outcome.overlap == Counts(right=3, superfluous=1, missed=1)
    assert outcome.exact.f1 == pytest.approx(0.5)


def test_resolution_counts(tmp_path: Path) -> None:
    outcome = evaluate_toponyms(passage(tmp_path), found)
    spans = outcome.gold_spans
    assert spans.located == 3
    assert (spans.accuracy(1), spans.accuracy(5)) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert spans.accuracy(10) == 1
    assert spans.accuracy_by_id == pytest.approx(1 / 3)
    assert outcome.end_to_end[5] == Counts(right=1, superfluous=3, missed=3)
    assert outcome.end_to_end[10] == Counts(right=2, superfluous=2, missed=2)


def test_errors_and_reliability_can_be_read(tmp_path: Path) -> None:
    outcome = evaluate_toponyms(passage(tmp_path), found)
    assert sorted((error.sort, error.surface) for error in outcome.errors) == [
        ("missed", "Lyman"),
        ("place", "Soledar"),
        ("span", "Isjum"),
        ("superfluous", "Erfolge"),
    ]
    assert outcome.reliability == [(0.4, 0.5, 1, 0.0), (0.9, 1.0, 2, 1.0)]
    json.dumps(outcome.as_dict())


def test_an_oblast_is_no_town_however_near(tmp_path: Path) -> None:
    gold = {
        "text": "Gebiet Donezk",
        "toponyms": [
            {"start": 7, "end": 13, "name_uk": "Донецька область", "lon": 37.8, "lat": 48.0}
        ],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold), encoding="utf-8")
    mention = Mention(7, 13, "Donezk", "Donezk")
    town = Place("x:1", "Донецьк", "Donezk", Kind.CITY, 37.8, 48.0, 500, 9000)
    oblast = Place("x:2", "Донецька область", "Donezk", Kind.OBLAST, 37.1, 48.3, 500, 90000)
    for answer, right in ((town, 0), (oblast, 1)):
        outcome = evaluate_toponyms(
            load_gold(path), lambda _, answer=answer: [Toponym(mention, answer, 0.9)]
        )
        assert outcome.end_to_end[161].right == right


def test_what_cannot_be_told_may_be_left_open(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    gold = {"text": "In Iwaniwka", "toponyms": [{"start": 3, "end": 11, "geonameid": None}]}
    path.write_text(json.dumps(gold), encoding="utf-8")
    mention = Mention(3, 11, "Iwaniwka", "Iwaniwka")
    outcome = evaluate_toponyms(load_gold(path), lambda _: [Toponym(mention, None, 0.1)])
    assert outcome.exact == Counts(right=1)
    assert outcome.gold_spans.located == 0


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("{", "line 1: not JSON"),
        ('{"id": 1}', "'text'"),
        ('{"text": "abc", "toponyms": [{"start": 0}]}', "'start' and 'end'"),
        ('{"text": "abc", "toponyms": [{"start": 0, "end": 1e999}]}', "'start' and 'end'"),
        ('{"text": "abc", "toponyms": [{"start": 0, "end": 2, "surface": "bc"}]}', "read 'ab'"),
        ("", "no passage"),
    ],
)
def test_bad_gold_files_are_named(tmp_path: Path, content: str, part: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"gold\.jsonl") as caught:
        load_gold(path)
    assert part in str(caught.value)


def test_a_missing_gold_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be read"):
        load_gold(tmp_path / "none.jsonl")


def test_log_error_area_against_plain_integration() -> None:
    errors = [0.0, 3.0, 40.0, 900.0]
    logs = sorted(math.log(error + 1) / math.log(20040) for error in errors)
    plain = sum((a + b) / 2 for a, b in pairwise(logs)) / 3
    assert area_under_log_error(errors) == pytest.approx(plain)
    assert area_under_log_error([5.0]) == pytest.approx(math.log(6) / math.log(20040))
    assert area_under_log_error([]) == 0


@given(st.lists(st.floats(0, 30_000), max_size=30))
def test_log_error_area_lies_between_0_and_1(errors: list[float]) -> None:
    assert 0 <= area_under_log_error(errors) <= 1


@given(st.lists(st.floats(0, 30_000), min_size=2, max_size=30), st.floats(0, 5_000))
def test_worse_errors_make_a_larger_area(errors: list[float], more: float) -> None:
    worse = [error + more for error in errors]
    assert area_under_log_error(worse) >= area_under_log_error(errors) - 1e-12


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_median_against_sorting(values: list[float]) -> None:
    ordered = sorted(values)
    below = ordered[: (len(ordered) + 1) // 2][-1]
    above = ordered[len(ordered) // 2 :][0]
    assert median(values) == pytest.approx((below + above) / 2)
    assert mean(values) == pytest.approx(math.fsum(values) / len(values))


@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89))
def test_distance_is_symmetric_and_bounded(a: float, b: float, c: float, d: float) -> None:
    there, back = distance_m(a, b, c, d), distance_m(c, d, a, b)
    assert there == pytest.approx(back, abs=1e-3)
    assert 0 <= there <= 20_016_000


def test_distance_against_the_geodesic() -> None:
    from pyproj import Geod

    _, _, metres = Geod(ellps="WGS84").inv(37.18, 48.28, 36.23, 49.99)
    assert distance_m(37.18, 48.28, 36.23, 49.99) == pytest.approx(metres, rel=0.006)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_is_the_harmonic_mean(right: int, superfluous: int, missed: int) -> None:
    counts = Counts(right, superfluous, missed)
    if right:
        harmonic = 2 / (1 / counts.precision + 1 / counts.recall)
        assert counts.f1 == pytest.approx(harmonic)
    assert 0 <= counts.f1 <= 1


@pytest.mark.skipif(not GOLD.exists(), reason="../shared is not here")
def test_the_development_file_is_read_whole() -> None:
    passages = load_gold(GOLD)
    assert len(passages) == 144
    assert all(p.text[t.start : t.end] == t.surface for p in passages for t in p.toponyms)
