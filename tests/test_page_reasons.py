"""The steps behind places, areas and claims are told in the page's language."""

from __future__ import annotations

import re
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
            "Handelnde Seite Russland: widerfährt „Truppen“, also handelt die andere Seite",
        ),
        ("part: N, C of the place's extent", "„Teil“: im Norden, im Zentrum der Ortsfläche"),
        ("a step nobody has told yet", "a step nobody has told yet"),
        # A value that is none of its group is no such step.
        ("named as {kind}", "named as {kind}"),
        ("part: {{7*7}} of the place's extent", "part: {{7*7}} of the place's extent"),
    ],
)
def test_steps_in_german(reason: str, expected: str) -> None:
    assert reason_text(reason, "de") == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_the_examples_is_told(language: str) -> None:
    steps = set()
    for path in sorted((ROOT / "examples").glob("*.txt")):
        report = fm.analyze(fm.read(path))
        for toponym in report.toponyms:
            steps.update(toponym.reasons)
        for claim in report.claims:
            steps.update(claim.reasons)
            steps.update(fm.claim_geometry(claim).reasons)
    assert len(steps) > 50
    assert [step for step in sorted(steps) if reason_text(step, language) == step] == []


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
