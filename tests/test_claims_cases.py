"""Own German sentences and the claims they hold, read from ``cases/claims/*.tsv``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from frontmap.article import Article
from frontmap.claims import Claim, Event, Modality, Relation, extract_claims
from frontmap.lexicons import load
from frontmap.recognition import Mention
from frontmap.resolution import Toponym
from gazetteer import Kind, Place

CASES = Path(__file__).parent / "cases" / "claims"
PUBLISHED = dt.date(2025, 11, 27)
LEXICONS = Path(__file__).parents[1] / "frontmap" / "lexicons"
KINDS = {"r": Kind.OBLAST, "w": Kind.RIVER, "x": Kind.CITY, None: Kind.CITY}
_NAME = re.compile(r"\[(?:(?P<kind>[rwx]):)?(?P<name>[^\]]+)\]")


def read_text(marked: str) -> tuple[Article, list[Toponym]]:
    """Turn a text with names in brackets into an article and its toponyms."""
    text, toponyms, position = "", [], 0
    for match in _NAME.finditer(marked):
        text += marked[position : match.start()]
        name, position = match["name"], match.end()
        start = len(text)
        text += name
        place = Place(
            id=f"test:{name}",
            name=name,
            name_de=name,
            kind=KINDS[match["kind"]],
            lon=37.0,
            lat=48.0,
            precision_m=100.0,
            extent_m=1000.0,
            country="RU" if match["kind"] == "x" else "UA",
        )
        toponyms.append(Toponym(Mention(start, len(text), name, name), place, 1.0))
    text += marked[position:]
    return Article(text=text, published=PUBLISHED, id="case"), toponyms


def shown(claim: Claim) -> str:
    """Write a claim as the cases do."""
    relation = str(claim.relation)
    if claim.bearings:
        relation += ":" + "+".join(claim.bearings)
    if claim.relation == "distance" and claim.distance_m is not None:
        relation += f":{claim.distance_m:.0f}"
    place = claim.place.name_de if claim.place else "-"
    parts = [claim.event, claim.actor or "-", place, relation, claim.modality]
    return " ".join([*map(str, parts), str(claim.claimant_side or "-")])


def slots(claim: Claim) -> dict[str, str]:
    return {
        "count": str(claim.count),
        "unnamed": str(claim.unnamed),
        "date": str(claim.event_date),
        "origin": claim.origin.name_de if claim.origin else "None",
        "bank": str(claim.bank),
        "target": claim.target.name_de if claim.target else "None",
        "verification": str(claim.verification),
    }


def read_cases(name: str) -> list[tuple[str, str, str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [(row[0], row[1].replace("\\n", "\n"), row[2]) for row in rows[1:]]


def check(text: str, expected: str, language: str = "de") -> None:
    article, toponyms = read_text(text)
    article = replace(article, language=language)
    claims = extract_claims(article, toponyms)
    wanted = [] if expected == "nothing" else expected.split("; ")
    heads = [re.split(r" (?=\w+=)", want)[0] for want in wanted]
    assert sorted(shown(c) for c in claims) == sorted(heads)
    for want, head in zip(wanted, heads, strict=True):
        claim = next(c for c in claims if shown(c) == head)
        for name, value in re.findall(r"(\w+)=(\S+)", want):
            assert slots(claim)[name] == value, f"{name} of {head}"


def identity(case: tuple[str, str, str]) -> str:
    return f"{case[0]}: {case[1][:50]}"


@pytest.mark.parametrize("case", read_cases("german.tsv"), ids=identity)
def test_german(case: tuple[str, str, str]) -> None:
    check(case[1], case[2])


@pytest.mark.parametrize("case", read_cases("german_hard.tsv"), ids=identity)
def test_german_hard(case: tuple[str, str, str]) -> None:
    check(case[1], case[2])


@pytest.mark.parametrize("case", read_cases("german_rows.tsv"), ids=identity)
def test_german_rows(case: tuple[str, str, str]) -> None:
    check(case[1], case[2])


@pytest.mark.parametrize("case", read_cases("german_known_failures.tsv"), ids=identity)
@pytest.mark.xfail(raises=AssertionError, strict=True, reason="known to be read wrongly")
def test_german_known_failures(case: tuple[str, str, str]) -> None:
    check(case[1], case[2])


@pytest.mark.parametrize("case", read_cases("foreign.tsv"), ids=identity)
def test_other_languages(case: tuple[str, str, str]) -> None:
    check(case[1], case[2], language=case[0])


def test_cases_are_many_and_distinct() -> None:
    texts = [
        case[1]
        for name in ("german.tsv", "german_hard.tsv", "german_rows.tsv")
        for case in read_cases(name)
    ]
    assert len(texts) >= 150
    assert len(set(texts)) == len(texts)


# What the columns of closed vocabularies may hold, whoever adds a row: (lexicon, column) -> words.
VOCABULARIES = {
    ("modality", "modality"): {*Modality, "attempt", "fact", "not"},
    ("modality", "scope"): {"infinitive", "own infinitive", "complement", "clause", "future"},
    ("relations", "relation"): {*Relation, "in", "from", "around", "onto"},
    ("events", "class"): {"verb", "noun", "phrase"},
    ("events", "event"): {*Event},
    ("events", "state"): {*Event, ""},
    ("events", "agent"): {"subject", "opponent", "none", "defender", "owner"},
    ("speech", "class"): {"verb", "formula", "behind"},
    ("actors", "side"): {"RU", "UA", "other", ""},
    ("forces", "side"): {"RU", "UA"},
    ("claimants", "side"): {"RU", "UA", "third", "both", "adjective", "local", "context"},
    ("light_verbs", "role"): {"actor", "victim", "user", "deed", "praise"},
    ("verification", "covers"): {"before", "sentence", "reports", "told"},
}


@pytest.mark.parametrize(("lexicon", "column"), VOCABULARIES)
def test_closed_columns_hold_known_words(lexicon: str, column: str) -> None:
    held = {row[column] for row in load(f"claims/{lexicon}.tsv")}
    assert held - {""} and held <= VOCABULARIES[lexicon, column]


@pytest.mark.parametrize("path", sorted(LEXICONS.glob("claims/*.tsv")), ids=lambda path: path.stem)
def test_no_pattern_leaves_the_singular_out(path: Path) -> None:
    """``meldungen?`` is Meldunge or Meldungen: the singular needs ``meldung(?:en)?``."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\w+(?:ung|ion|ik|heit|keit|schaft)en\?", text) == []


@pytest.mark.parametrize("path", sorted(LEXICONS.glob("claims/*.tsv")), ids=lambda path: path.stem)
def test_no_row_stands_twice(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    assert [row for row in rows if rows.count(row) > 1] == []
