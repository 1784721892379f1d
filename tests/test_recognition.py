"""Recognition: offsets, forms, slips and words around a name, beside slow and obvious routines."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from toponym_cases import read_cases

from frontmap.article import Article
from frontmap.lexicons import load
from frontmap.recognition import Construction, Mention, recognize, recognizer_for
from frontmap.recognition.belt import belt_distance_m
from frontmap.recognition.inflection import analyse, stems
from frontmap.recognition.lexical import WordClass, word_class
from frontmap.recognition.tagger import tagger
from frontmap.recognition.tokens import TOKEN, clean, word_after, word_before
from frontmap.recognition.vocabulary import vocabulary
from gazetteer import Gazetteer

LEXICONS = Path(__file__).parent.parent / "frontmap" / "lexicons" / "toponyms"
TEXTS = [case.text for case in read_cases()]
NAMES = ["Bachmut", "Pokrowsks", "Kiew", "Nowo- und ", "Staromajorske", "Харків", "SOLEDAR"]
WORDS = ["im Gebiet ", "Dorf ", "Frau ", " und ", "Auch ", " in ", "Schachtar ", "Donezker Straße"]
MARKS = ["-", "–", " ", "\n", ", ", "„", "“", "’", "\u00ad", "er ", "(", ")", ".", "🙂", "e\u0301"]
PIECES = st.sampled_from([*NAMES, *WORDS, *MARKS])


def surfaces(text: str, **options: bool) -> list[str]:
    return [mention.surface for mention in recognize(text, **options)]


def check(text: str, mentions: list[Mention]) -> None:
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert mention.stem
        assert mention.stem not in mention.alternatives
        end = mention.end


@given(st.lists(PIECES, max_size=14))
@example(["Donezker Straße", "’", "Nowo- und ", "Staromajorske"])
@settings(max_examples=150, deadline=None)
def test_mentions_are_in_order_and_hold_their_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    check(text, recognize(text))
    check(text, recognize(text, metonyms=True))


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str) -> None:
    check(text, recognize(text))


@given(st.sampled_from(TEXTS), st.text(alphabet=" \n🙂äß\u00a0", max_size=12))
@settings(max_examples=80, deadline=None)
def test_what_stands_before_moves_offsets_and_nothing_else(text: str, before: str) -> None:
    plain = recognize(text)
    moved = recognize(before + "\n\n" + text)
    shift = len(before) + 2
    assert [(m.start - shift, m.end - shift, m.stem) for m in moved] == [
        (m.start, m.end, m.stem) for m in plain
    ]


@given(st.sampled_from(TEXTS))
@settings(max_examples=60, deadline=None)
def test_recognition_is_the_same_each_time(text: str) -> None:
    assert recognize(text) == recognize(text)
    assert recognize(Article(text=text)) == recognize(text)


def slow_tokens(text: str) -> list[tuple[int, int]]:
    """Capitalised words of plain letters, a character at a time."""
    spans, position = [], 0
    while position < len(text):
        end = position + 1
        if not text[position].isupper():
            position = end
            continue
        while end < len(text) and text[end].isupper():
            end += 1
        if end - position > 1 and end < len(text) and text[end].islower():
            end -= 1
        if end - position == 1:
            end = position + 1
            while end < len(text) and text[end].islower():
                end += 1
        spans.append((position, end))
        position = end
    return spans


@given(st.text(alphabet="abÄöß AB CжЖїЇ.", max_size=25))
def test_tokens_beside_a_slow_scan(text: str) -> None:
    assert [match.span() for match in TOKEN.finditer(text)] == slow_tokens(text)


def slow_word_before(text: str, position: int) -> str:
    match = re.search(r"([\w’'-]*)[\s\"„“”»«*\[\]']*$", text[:position].replace("_", " "))
    word = match[1] if match else ""
    if match and match[0][len(word) :].count("\n") > 1:
        return ""
    return word if re.search(r"\w", word) else ""


@given(st.text(alphabet="abc XY.,-\n„“", max_size=20))
def test_word_before_beside_a_pattern(text: str) -> None:
    word, start, gap = word_before(text, len(text))
    assert word == slow_word_before(text, len(text))
    assert text == text[:start] + word + gap


@given(st.text(alphabet="abc XY.,-\n„“", max_size=20))
def test_word_after_gives_what_stands_there(text: str) -> None:
    word, end, gap = word_after(text, 0)
    assert text.startswith(gap + word)
    assert text[:end] == gap + word


def test_clean_takes_out_breaks() -> None:
    assert clean("Kostjan-\n tyniwka") == "Kostjantyniwka"
    assert clean("Kostjan\u00adtyniwka") == "Kostjantyniwka"
    assert clean("Isjum’s") == "Isjum's"


def test_stems_try_every_rule() -> None:
    rules = load("toponyms/inflection.tsv")
    for form in ("Donezker", "Isjums", "Покровську", "Авдіївки", "Харькове"):
        expected = {
            form[: len(form) - len(rule["ending"])] + rule["base"].strip("-")
            for rule in rules
            if form.endswith(rule["ending"])
            and len(form) - len(rule["ending"]) >= 3 - len(rule["base"].strip("-"))
        }
        assert {reading.stem for reading in stems(form)} == expected


def test_no_genitive_after_a_sibilant() -> None:
    assert all(reading.stem != "Donezs" for reading in stems("Donezss"))


def test_the_form_as_it_stands_comes_first() -> None:
    readings = analyse("Nowas", {"Nowas", "Nowa"}.__contains__)
    assert [reading.stem for reading in readings] == ["Nowas", "Nowa"]
    assert readings[0].construction is Construction.PLAIN


def test_slips_beside_comparing_with_every_name() -> None:
    from rapidfuzz.distance import OSA

    gazetteer = Gazetteer.default()
    entries = recognizer_for(gazetteer).entries
    known = {name for name in entries._well_known() if len(name) >= 6 and name.isalpha()}
    for word in ("Mariuopol", "Berjansk", "Pokrwosk", "Kramatrosk", "Xyzabcde", "Kupjanks"):
        if gazetteer.knows(word):
            continue
        slow = {
            name
            for name in known
            if name[0] == word[0] and OSA.distance(name.lower(), word.lower()) == 1
        }
        entry = entries.make(word)
        found = entry.typo_of if entry else None
        assert (found in slow) if slow else found is None, word


@pytest.mark.parametrize(
    ("text", "stem", "construction", "container"),
    [
        ("im Gebiet Charkiw", "Charkiw", Construction.PLAIN, "oblast"),
        ("der Fall Bachmuts", "Bachmut", Construction.GENITIVE, None),
        ("im Charkiwer Gebiet", "Charkiw", Construction.ADJECTIVE, "oblast"),
        ("die Pokrowsk-Front", "Pokrowsk", Construction.COMPOUND_MODIFIER, None),
        ("in Ost-Bachmut", "Bachmut", Construction.COMPOUND_HEAD, None),
        ("Kämpfe um Mariuopol", "Mariupol", Construction.TYPO, None),
        ("das Dorf Robotyne", "Robotyne", Construction.PLAIN, "village"),
        ("die Donezk-Region", "Donezk", Construction.COMPOUND_MODIFIER, "oblast"),
        ("im Raum Kurachowe", "Kurachowe", Construction.PLAIN, None),
        ("у Покровську", "Покровськ", Construction.INFLECTED, None),
    ],
)
def test_forms(text: str, stem: str, construction: Construction, container: str | None) -> None:
    (mention,) = recognize(f"Russland: {text}")
    assert (mention.stem, mention.construction, mention.container) == (
        stem,
        construction,
        container,
    )


def test_a_list_shares_its_kind_word() -> None:
    mentions = recognize("In den Gebieten Sumy, Charkiw und Donezk wird gekämpft.")
    assert [mention.container for mention in mentions] == ["oblast"] * 3
    assert [mention.construction for mention in mentions][1:] == [Construction.COORDINATED] * 2


def test_governments_are_given_when_asked_for() -> None:
    text = "Russland greife an, teilte Kiew mit."
    assert surfaces(text) == []
    (mention,) = recognize(text, metonyms=True)
    assert mention.surface == "Kiew" and mention.metonym


def test_an_unknown_member_of_a_list_stays() -> None:
    found = surfaces("Russland meldet die Einnahme der Dörfer Krasne, Xotylzi und Borysiwka.")
    assert "Xotylzi" in found


def test_words_known_to_the_tagger() -> None:
    assert word_class("Stadt") in (WordClass.NOUN, WordClass.HOMOGRAPH)
    assert word_class("Gefechte") is WordClass.NOUN
    assert word_class("Zuletzt") is WordClass.OTHER
    assert word_class("Kostjantyniwka") is WordClass.UNKNOWN
    assert word_class("Potsdam") is WordClass.ELSEWHERE


def test_the_tagger_gives_what_hanta_gives() -> None:
    """HanTa, asked word by word, is the slow oracle."""
    from HanTa.HanoverTagger import HanoverTagger

    hanta = HanoverTagger("morphmodel_ger.pgz")
    texts = [case.text for case in read_cases(("forms.tsv", "senses.tsv", "silence.tsv"))]
    words = sorted({word for text in texts for word in re.findall(r"\w+", text)})[::5]
    assert len(words) > 200
    for word in [*words, "a", "Ch", "ß", "min", "Xy", "é", "1"]:
        (tag, weight), *_ = hanta.tag_word(word)
        found = tagger().best(word)
        assert found is not None and found[0] == tag
        assert found[1] == pytest.approx(weight, abs=1e-9)


def test_the_tagger_tells_unlikely_words_sooner_and_alike() -> None:
    """The tag worked out in full is the slow oracle of the one that is given up early."""
    texts = [case.text for case in read_cases(("forms.tsv", "senses.tsv", "silence.tsv"))]
    words = sorted({word for text in texts for word in re.findall(r"\w{3,}", text)})[::7]
    words += [first + last.lower() for first, last in zip(words, reversed(words), strict=True)]
    given_up = 0
    for word in [*words, "Bahnhofsgebäude", "Ortschaftsrat", "a", "ß", "1"]:
        whole = tagger().best(word)
        assert whole is not None
        for least in (-12.0, -20.0, -27.0, -40.0):
            found = tagger().best(word, least)
            assert found == (whole if whole[1] >= least else None), (word, least)
            given_up += found is None
    assert given_up > 100


@pytest.mark.parametrize("path", sorted(LEXICONS.glob("*.tsv")), ids=lambda path: path.name)
def test_lexicons_are_readable_and_without_doubles(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#")
    entries = load(f"toponyms/{path.name}")
    assert entries and "comment" in entries[0]
    rows = [tuple(value for name, value in entry.items() if name != "comment") for entry in entries]
    if path.name != "front_belt.tsv":
        doubles = {row for row in rows if rows.count(row) > 1}
        assert not doubles


def test_lexicon_values_are_of_the_vocabularies() -> None:
    from gazetteer import Kind

    kinds = {str(kind) for kind in Kind} | {"settlement", "place"}
    assert {entry["kind"] for entry in load("toponyms/containers.tsv")} <= kinds
    forms = {str(construction) for construction in Construction}
    assert {entry["construction"] for entry in load("toponyms/inflection.tsv")} <= forms
    assert {entry["side"] for entry in load("toponyms/silencers.tsv")} == {
        "before",
        "after",
        "compound",
    }


def test_endings_of_places_and_surnames() -> None:
    words = vocabulary()
    assert words.ending_weight("Kostjantyniwka") > 0 > words.ending_weight("Petrenko")


def test_belt_distance_beside_sampling() -> None:
    """The distance to a line, beside that to many points on it."""
    from pyproj import Geod

    points = [
        (float(entry["lon"]), float(entry["lat"])) if entry["lon"] != "-" else None
        for entry in load("toponyms/front_belt.tsv")
    ]
    geod = Geod(ellps="WGS84")
    for lon, lat in ((37.18, 48.28), (30.5, 50.4), (36.2, 50.0), (39.7, 47.2)):
        sampled = []
        for left, right in pairwise(points):
            if left is None or right is None:
                continue
            for step in range(101):
                share = step / 100
                x = left[0] + share * (right[0] - left[0])
                y = left[1] + share * (right[1] - left[1])
                sampled.append(geod.inv(lon, lat, x, y)[2])
        assert belt_distance_m(lon, lat) == pytest.approx(min(sampled), rel=0.03, abs=600)


def test_towns_do_not_tell_of_sport() -> None:
    from frontmap.recognition.topic import Topic, topic_of, topic_of_word

    words = ["Torezk", "Schachtarsk", "Angriffe", "Torwart", "Trainers", "Bundesligaspiel", "Buch"]
    assert [topic_of_word(word) for word in words] == ["", "", "war", *["sport"] * 3, ""]
    assert topic_of("Er liest ein Buch.", 0, 0) is Topic.OTHER
    assert topic_of("Er liest ein Buch.", 3, 1) is Topic.SPORT
    assert topic_of("Die russische Armee.", 0, 0) is Topic.WAR


@pytest.mark.parametrize(
    ("frame", "least"),
    [
        ("Kämpfe gab es bei {}.", 0.97),
        ("Das Dorf {} ist umkämpft.", 0.99),
        ("Russische Truppen haben {} eingenommen.", 0.92),
        ("Angriffe auf Pokrowsk, {} und Torezk.", 0.97),
    ],
)
def test_places_near_the_front_are_found(frame: str, least: float) -> None:
    """Whatever the name: every tenth settlement within 60 km of the belt, in its German form."""
    names = sorted(
        {
            place.name_de
            for place in Gazetteer.default()
            if place.kind.is_settlement and belt_distance_m(place.lon, place.lat) < 60_000
        }
    )[::10]
    start = frame.index("{")
    found = [
        any(
            (mention.start, mention.end) == (start, start + len(name))
            for mention in recognize(frame.replace("{}", name))
        )
        for name in names
    ]
    assert len(names) > 200
    assert sum(found) / len(found) >= least
