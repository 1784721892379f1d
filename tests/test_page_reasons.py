"""The steps behind places, areas and claims are told in the page's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frontmap as fm
from frontmap.layers.reasons import reason_text
from frontmap.lexicons import load

ROOT = Path(__file__).parents[1]
SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
UNTOLD = {"scheme", "pattern", "how", "relation"}  # of use to programmers only
LANGUAGES = ("de", "uk")
MARKS = re.compile(r"[{}]|\[(?:[a-z]:)?|\]|\|[^}\]]*(?=[}\]])")  # of names in the tables


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("for: bare (city), +1.5", "dafür: ohne Gattungswort genannt (Stadt) (+1,5)"),
        (
            (
                "second: Lyman (village, Charkiw, 4008 inhabitants) with 0.00: "
                "against: article, -2.0; against: stated unit (elsewhere), -1.3"
            ),
            (
                "an zweiter Stelle: Lyman (Dorf, Charkiw, 4008 Einw.), Wert 0,00: "
                "dagegen: Artikel vor dem Namen (−2,0); "
                "dagegen: die genannte Verwaltungseinheit liegt anderswo (−1,3)"
            ),
        ),
        (
            'actor RU: done to: "Truppen", so the other side acts',
            "Handelnde Seite Russland: wem es widerfährt: „Truppen“, also handelt die andere Seite",
        ),
        ("part: N, C of the place's extent", "„Teil“: im Norden, im Zentrum der Ortsfläche"),
        ("a step nobody has told yet", "a step nobody has told yet"),
        (
            'actor RU: subject: "sein Heer" of "Kreml", whose own deed it is',
            "Handelnde Seite Russland: Subjekt: „sein Heer“ von „Kreml“, dessen eigene Tat es ist",
        ),
        ("completed to: 'Westcharkiw'", "ergänzt zu: „Westcharkiw“"),
        # A value that is none of its group is no such step.
        ("named as {kind}", "named as {kind}"),
        ("part: {{7*7}} of the place's extent", "part: {{7*7}} of the place's extent"),
    ],
)
def test_steps_in_german(reason: str, expected: str) -> None:
    assert reason_text(reason, "de") == expected


def sentences() -> Iterator[str]:
    """The hard sentences and those for single rows of the lexicons."""
    cases = ROOT / "tests" / "cases"
    tables = [(table, 2) for table in (cases / "hard").glob("*.tsv")]
    tables += [(cases / "claims" / "german_rows.tsv", 1)]
    tables += [(table, 1) for table in (cases / "claims").glob("foreign*.tsv")]
    for table, column in tables:
        for line in table.read_text(encoding="utf-8").splitlines():
            if "\t" in line and line[0] != "#":
                yield MARKS.sub("", line.split("\t")[column])


@pytest.fixture(scope="module")
def steps() -> set[str]:
    """The steps that these sentences, the documents and the examples lead to."""
    files = [*(ROOT / "tests/cases/documents").glob("*.txt"), *(ROOT / "examples").glob("*.txt")]
    found = set()
    for text in (*sentences(), *(path.read_text(encoding="utf-8") for path in files)):
        report = fm.analyze(text)
        for toponym in report.toponyms:
            found.update(toponym.reasons)
        for claim in report.claims:
            found.update(claim.reasons, fm.claim_geometry(claim).reasons)
    return found


def words_of(text: str) -> set[str]:
    """The words of a step, or of its pattern, outside of what it quotes and fills in."""
    return set(re.findall(r"\w+", re.sub(r"„.*?“|«.*?»|\{.*?\}|\(.*?\)", " ", text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_told(language: str, steps: set[str]) -> None:
    assert len(steps) > 2000
    rows = load("page/reasons.tsv")
    english = {word for row in rows for word in words_of(row["en"]) if word.islower()}
    told = {word for row in rows for word in words_of(row[language])}
    untold = {}
    for step in steps:
        text = reason_text(step, language)
        swallowed = re.search(r'" [a-z ]+ "', text)  # a pattern that took more than one name
        if text == step or swallowed or words_of(text) & (english - told):
            untold[step] = text
    assert untold == {}, "tell them in frontmap/lexicons/page/reasons.tsv"


def test_english_stays() -> None:
    assert reason_text("named as city", "en") == "named as city"


@pytest.mark.parametrize("row", load("page/reasons.tsv"), ids=lambda row: row["en"])
def test_patterns_are_whole(row: dict[str, str]) -> None:
    meant = set(SLOT.findall(row["en"]))
    groups = {
        row["group"] for path in ("labels.tsv", "page/reason_words.tsv") for row in load(path)
    }
    assert {group for _, group in meant} <= groups | {"", "reason", "number", "bearings", "parts"}
    for language in LANGUAGES:
        told = set(SLOT.findall(row[language]))
        assert told <= meant
        assert {name for name, _ in meant - told} <= UNTOLD


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.text(max_size=80))
def test_no_text_breaks_it(language: str, text: str) -> None:
    assert text == "" or reason_text(text, language)
    assert text in reason_text(f'attributed to "{text}" (verb)', language) or "\n" in text
