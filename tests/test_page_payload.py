"""What the page is told of claims: columns, marks, dates, disputes, wording."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
from pathlib import Path

import page_samples as samples
import pytest

from frontmap.basemap.codec import decode_line
from frontmap.claims.records import (
    Bearing,
    Claim,
    DatePrecision,
    Event,
    Modality,
    Relation,
    Side,
    Verification,
)
from frontmap.layers.bidi import isolated
from frontmap.layers.inputs import claims_and_articles
from frontmap.layers.payload import COLUMNS, claims_data
from frontmap.layers.words import where, words
from frontmap.lexicons import load
from frontmap.page import page_html
from frontmap.recognition import Mention
from frontmap.resolution import Toponym
from gazetteer import Kind

NOWHERE = samples.NoPlaces()


def _cases() -> list[dict[str, str]]:
    text = (Path(__file__).parent / "cases" / "page_where.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader((x for x in text.split("\n") if x and x[0] != "#"), delimiter="\t"))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["expected"])
def test_where(case):
    kind = Kind(case["kind"])
    oblast = case["name"] if kind is Kind.OBLAST else None
    name = f"Oblast {oblast}" if oblast else case["name"]
    place = samples.place(1, "Назва", name, 37.0, 48.0, kind, oblast=oblast)
    claim = Claim(
        "c1",
        Event.ADVANCE,
        Side.RU,
        place,
        Relation(case["relation"]),
        Modality.REPORTED,
        0,
        1,
        "x",
        bearings=tuple(Bearing(bearing) for bearing in case["bearings"].split()),
        distance_m=float(case["distance_m"]) if case["distance_m"] else None,
        target=samples.place(2, "Назва", case["target"], 37.1, 48.0) if case["target"] else None,
        unnamed=case["unnamed"] or None,
        bank=Bearing(case["bank"]) if case["bank"] else None,
    )
    assert where(claim) == case["expected"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pokrowsk", "Pokrowsk"),
        ("a\u202eb", "\u2068a\u202eb\u2069"),
        ("a\u2067b", "\u2068a\u2067b\u2069\u2069"),
        ("a\u2069b\u202e", "\u2068\u2068a\u2069b\u202e\u2069"),
        ("a\u2067b\u2069c", "\u2068a\u2067b\u2069c\u2069"),
    ],
)
def test_directions_stay_inside(text, expected):
    assert isolated(text) == expected


@pytest.mark.parametrize("language", ["de", "uk", "en"])
def test_every_relation_is_worded_in_every_language(language):
    for relation in Relation:
        for kind in Kind:
            place = samples.place(1, "Назва", "Name", 37.0, 48.0, kind)
            for bearings in ((), (Bearing.N, Bearing.C)):
                claim = Claim(
                    "c1", Event.CLASH, None, place, relation, Modality.ASSERTED, 0, 1, "x",
                    bearings=bearings, distance_m=1000.0,
                )  # fmt: skip
                text = where(claim, language)
                assert {"de": "Name", "uk": "Назва", "en": "Nazva"}[language] in text
                assert "{" not in text


def test_the_lexicon_is_whole():
    for row in load("page/words.tsv"):
        for language in ("de", "uk", "en"):
            assert row[language], f"{row['key']} has no {language}"
            marks = {part.split("}")[0] for part in row[language].split("{")[1:]}
            meant = {part.split("}")[0] for part in row["de"].split("{")[1:]}
            assert marks <= meant | {"place"}, row["key"]


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="de, uk, en"):
        words("fr")


def test_columns_have_one_number_for_each_claim():
    claims = samples.claims()
    data = claims_data(claims, [samples.article()], gazetteer=NOWHERE)
    assert tuple(data["columns"]) == COLUMNS
    assert {len(column) for column in data["columns"].values()} == {len(claims)}
    assert all(isinstance(number, int) for column in data["columns"].values() for number in column)
    json.dumps(data, allow_nan=False)


def test_no_claims_give_empty_columns():
    data = claims_data([], gazetteer=NOWHERE)
    assert data["size"] == 0
    assert set(map(len, data["columns"].values())) == {0}


def _one(claim: Claim, **options):
    data = claims_data([claim], options.pop("articles", []), gazetteer=NOWHERE, **options)
    return data, {name: column[0] for name, column in data["columns"].items()}


def test_the_place_is_marked_as_javascript_counts():
    quote = "🚀🚀 Bei Pokrowsk"
    mention = Mention(107, 115, "Pokrowsk", "Pokrowsk")
    claim = dataclasses.replace(
        samples.claims()[0], start=100, end=115, quote=quote,
        toponym=Toponym(mention, samples.POKROWSK, 0.9),
    )  # fmt: skip
    _, row = _one(claim)
    in_utf16 = quote.encode("utf-16-le")
    marked = in_utf16[2 * row["mark_from"] : 2 * row["mark_to"]].decode("utf-16-le")
    assert marked == "Pokrowsk"


@pytest.mark.parametrize("start", [0, 90, 108, 400])
def test_a_place_named_elsewhere_is_not_marked(start):
    mention = Mention(start, start + 8, "Pokrowsk", "Pokrowsk")
    claim = dataclasses.replace(
        samples.claims()[0], start=100, end=115, quote="Dort wird gekämpft",
        toponym=Toponym(mention, samples.POKROWSK, 0.9),
    )  # fmt: skip
    _, row = _one(claim)
    assert (row["mark_from"], row["mark_to"]) == (-1, -1)


@pytest.mark.parametrize(
    ("precision", "last"),
    [
        (DatePrecision.DAY, 0),
        (DatePrecision.WEEK, 6),
        (DatePrecision.MONTH, 30),
        (None, 0),
    ],
)
def test_a_claim_lasts_as_long_as_its_date_says(precision, last):
    claim = dataclasses.replace(
        samples.claims()[0], event_date=dt.date(2025, 11, 3), event_date_precision=precision
    )
    _, row = _one(claim)
    assert row["day"] == (dt.date(2025, 11, 3) - dt.date(1970, 1, 1)).days
    assert row["until"] - row["day"] == last


def test_without_an_event_date_the_report_dates_the_claim():
    claim = dataclasses.replace(samples.claims()[0], reported_date=None)
    _, row = _one(claim, articles=[samples.article()])
    assert row["day"] == (samples.DAY - dt.date(1970, 1, 1)).days
    _, undated = _one(claim)
    assert undated["day"] == -1


def test_disputes_go_both_ways():
    data = claims_data(samples.claims(), [samples.article()], gazetteer=NOWHERE)
    assert data["disputes"] == {0: [2], 2: [0]}


def test_disputes_stay_inside_their_article():
    claims = samples.claims()[:3]
    others = [dataclasses.replace(claim, article_id="a2") for claim in claims]
    data = claims_data(claims + others, gazetteer=NOWHERE)
    assert data["disputes"] == {0: [2], 2: [0], 3: [5], 5: [3]}


@pytest.mark.parametrize(
    ("modality", "verification", "fill"),
    [
        (Modality.REPORTED, Verification.UNVERIFIED, "hatched"),
        (Modality.REPORTED, Verification.CONFIRMED, "solid"),
        (Modality.ASSERTED, None, "hatched"),
        (Modality.DENIED, Verification.CONFIRMED, "outline"),
        (Modality.PLANNED, None, "outline"),
        (Modality.POSSIBLE, None, "outline"),
    ],
)
def test_only_what_is_confirmed_is_solid(modality, verification, fill):
    claim = dataclasses.replace(samples.claims()[0], modality=modality, verification=verification)
    _, row = _one(claim)
    assert ("solid", "hatched", "outline")[row["fill"]] == fill


def test_a_region_is_wide_and_a_town_is_not():
    town, region = samples.claims()[0], samples.claims()[6]
    assert _one(town)[1]["wide"] == 0
    assert _one(region)[1]["wide"] == 1


@pytest.mark.parametrize(
    ("language", "units"),
    [("de", "Rajon X, Gebiet Donezk"), ("uk", "Донецька область"), ("en", "Donetska oblast")],
)
def test_units_are_named_in_the_language(language, units):
    oblast = samples.place(7, "Донецька область", "Oblast Donezk", 37.8, 48.0, Kind.OBLAST)

    class Known(samples.NoPlaces):
        def __getitem__(self, key):
            return {oblast.id: oblast}[key]

    where_ = samples.place(
        1, "Назва", "Name", 37.0, 48.0, raion="X", raion_id="unknown", oblast="Donezk",
        oblast_id=oblast.id,
    )  # fmt: skip
    claim = dataclasses.replace(samples.claims()[0], place=where_)
    data = claims_data([claim], language=language, gazetteer=Known())
    assert data["places"][0][3].endswith(units)


def test_equal_geometries_are_written_once():
    claims = samples.claims()[:1] * 50
    data = claims_data(claims, gazetteer=NOWHERE)
    assert len(data["areas"]) == 1
    assert len(decode_line(data["anchors"])) == 1


def test_a_claim_without_a_place_is_kept_but_not_drawn():
    claim = dataclasses.replace(samples.claims()[0], place=None, toponym=None)
    _, row = _one(claim)
    assert (row["area"], row["arrow"], row["anchor"], row["place"]) == (-1, -1, -1, -1)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("", None),
    ],
)
def test_only_web_addresses_are_links(url, kept):
    article = dataclasses.replace(samples.article(), url=url)
    data, _ = _one(samples.claims()[0], articles=[article])
    assert data["articles"][0][2] == kept


def test_reports_lists_of_reports_and_claims_are_taken():
    class Report:
        claims = samples.claims()
        article = samples.article()

    claims, articles = claims_and_articles(Report())
    assert (len(claims), articles) == (len(Report.claims), [Report.article])
    claims, articles = claims_and_articles([Report(), Report()])
    assert (len(claims), articles) == (2 * len(Report.claims), [Report.article])
    claims, articles = claims_and_articles(Report.claims, Report.article)
    assert (len(claims), articles) == (len(Report.claims), [Report.article])


@pytest.mark.parametrize("wrong", ["text", b"bytes", 7, None, ["text"]])
def test_other_things_are_refused(wrong):
    with pytest.raises(TypeError, match=r"report .*: give a report|report=.*: give a report"):
        page_html(wrong)
