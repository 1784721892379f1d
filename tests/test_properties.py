"""What holds of the public functions for any text whatever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import frontmap as fm
from frontmap.serialization import dumps, loads

ROOT = Path(__file__).parent.parent
WORDS = [
    "Russische", "Truppen", "haben", "Torezk", "erobert", ".", ",", "„", "“", "nach", "Angaben",
    "aus", "Moskau", "nicht", "Kiew", "bei", "Lyman", "57", "Angriffe", "und", "wollen", "+++",
    "\n", "\xa0", "Oblast", "Donezk", "südlich", "von", "10", "Kilometer", "²", "İ", "\u202e", "=1",
    "{{7*7}}", "dementierte", "dass", "die", "Armee", "Покровськ", "😀", "grĂ¶ĂŸten", "\ud800", "-",
]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=200)
relaxed = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@relaxed
@given(texts)
def test_offsets_lie_in_the_text_and_say_what_stands_there(text: str) -> None:
    before = str(text)
    for mention in fm.recognize(text):
        assert text[mention.start : mention.end] == mention.surface != ""
    report = fm.analyze(text)
    assert text == before
    whole = report.article.text
    for toponym in report.toponyms:
        mention = toponym.mention
        assert whole[mention.start : mention.end] == mention.surface
        assert 0 <= toponym.score <= 1
    for claim in report.claims:
        assert whole[claim.start : claim.end] == claim.quote
        assert claim.article_id == report.article.id


@relaxed
@given(texts)
def test_analysing_is_a_pure_function_and_survives_being_saved(text: str) -> None:
    report = fm.analyze(text)
    again = fm.analyze(report.article)
    assert (again.toponyms, again.claims) == (report.toponyms, report.claims)
    saved = loads(dumps(report.article, report.toponyms, report.claims))
    assert saved.article == report.article
    assert (list(saved.toponyms), list(saved.claims)) == (report.toponyms, report.claims)


@relaxed
@given(texts)
def test_a_text_made_clean_is_not_changed_again(text: str) -> None:
    once = fm.Article.from_text(text)
    twice = fm.Article.from_text(once.text)
    assert twice.text == once.text and twice.repairs == ()


CLAIMS = (
    "Russische Truppen haben nach Angaben aus Moskau Torezk erobert.",
    "Die ukrainische Armee wehrte bei Lyman 57 Angriffe ab.",
    "Kiew dementierte, dass Siwersk gefallen sei.",
)


@pytest.mark.parametrize("text", CLAIMS)
@pytest.mark.parametrize("space", ["\xa0", "\t", "\u2009", "\u202f"])
def test_the_kind_of_white_space_changes_no_claim(text: str, space: str) -> None:
    """Other blanks between words: the same places and the same claims."""

    def said(report: fm.Report) -> list[tuple[object, ...]]:
        return [
            (c.event, c.actor, c.place and c.place.id, c.relation, c.modality, c.claimant_side)
            for c in report.claims
        ]

    plain = said(fm.analyze(text))
    assert plain and said(fm.analyze(text.replace(" ", space))) == plain


# Texts found by `benchmarks.fuzz` on which an analysis broke off.
BROKE = (
    (
        "Wie die Verwaltung der Großstadt Berdjansk mitteilte, sind die Tag. e Lebensmittel knapp. "
        "Die st von Besatzer  russischen Truppen eingeschlossen, die von dort weiter auf \n"
        "repelled - Enerhodar"
    ),
)


@pytest.mark.parametrize("text", BROKE)
def test_texts_that_once_broke_an_analysis(text: str) -> None:
    assert fm.analyze(text).toponyms


def test_every_process_and_hash_seed_gives_the_same() -> None:
    code = (
        "import sys, frontmap as fm, pathlib\n"
        "from frontmap.serialization import dumps\n"
        "for path in sorted(pathlib.Path('examples').glob('*.txt')):\n"
        "    report = fm.analyze(fm.read(path))\n"
        "    print(dumps(report.article, report.toponyms, report.claims))\n"
    )
    found = set()
    for seed in ("0", "1", "random"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        assert len(done.stdout) > 1000
        found.add(done.stdout)
    assert len(found) == 1
