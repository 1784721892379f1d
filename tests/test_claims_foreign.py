"""Own English, Ukrainian and Russian sentences: the claims they hold, the places they name."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import frontmap as fm
from frontmap.article import Article
from frontmap.article.language import detect_language
from frontmap.claims import Claim, extract_claims
from frontmap.recognition import Mention
from frontmap.resolution import Toponym
from gazetteer import Kind, Place

CASES = Path(__file__).parent / "cases" / "claims"
PUBLISHED = dt.date(2025, 11, 27)
LANGUAGES = ("en", "uk", "ru")
KINDS = {"r": Kind.OBLAST, "w": Kind.RIVER, "x": Kind.CITY, None: Kind.CITY}
_NAME = re.compile(r"\[(?:(?P<kind>[rwx]):)?(?P<surface>[^\]|]+)\|(?P<name>[^\]]+)\]")


class Case(NamedTuple):
    language: str
    number: int
    text: str
    expected: str
    note: str

    @property
    def id(self) -> str:
        return f"{self.language}{self.number}"


def read_cases() -> list[Case]:
    cases = []
    for language in LANGUAGES:
        lines = (CASES / f"foreign_{language}.tsv").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line.startswith(("#", "kind\t")) or not line.strip():
                continue
            _, text, expected, *note = line.split("\t")
            cases.append(Case(language, number, text, expected, note[0] if note else ""))
    return cases


def read_text(marked: str) -> tuple[str, list[Toponym]]:
    """Turn a text with marked names into plain text and toponyms with the German names."""
    text, toponyms, position = "", [], 0
    for match in _NAME.finditer(marked.replace("\\n", "\n")):
        text += marked.replace("\\n", "\n")[position : match.start()]
        position = match.end()
        start = len(text)
        text += match["surface"]
        place = Place(
            id=f"test:{match['name']}",
            name=match["name"],
            name_de=match["name"],
            kind=KINDS[match["kind"]],
            lon=37.0,
            lat=48.0,
            precision_m=100.0,
            extent_m=1000.0,
            country="RU" if match["kind"] == "x" else "UA",
        )
        mention = Mention(start, len(text), match["surface"], match["surface"])
        toponyms.append(Toponym(mention, place, 1.0))
    return text + marked.replace("\\n", "\n")[position:], toponyms


def shown(claim: Claim) -> str:
    """Write a claim as the cases do."""
    relation = str(claim.relation)
    if claim.bearings:
        relation += ":" + "+".join(claim.bearings)
    if claim.relation == "distance" and claim.distance_m is not None:
        relation += f":{claim.distance_m:.0f}"
    place = claim.place.name_de.replace(" ", "+") if claim.place else "-"
    parts = [claim.event, claim.actor or "-", place, relation, claim.modality]
    return " ".join([*map(str, parts), str(claim.claimant_side or "-")])


def extras(claim: Claim) -> dict[str, str]:
    return {
        "count": str(claim.count),
        "date": str(claim.event_date),
        "origin": claim.origin.name_de if claim.origin else "None",
        "target": claim.target.name_de if claim.target else "None",
        "claimant": str(claim.claimant).replace(" ", "+"),
        "verification": str(claim.verification),
    }


def problems(case: Case) -> list[str]:
    text, toponyms = read_text(case.text)
    article = Article(text=text, published=PUBLISHED, id="case", language=case.language)
    claims = extract_claims(article, toponyms)
    wanted = [] if case.expected == "nothing" else case.expected.split("; ")
    heads = [re.split(r" (?=\w+=)", want)[0] for want in wanted]
    found = [shown(c) for c in claims]
    wrong = [f"missed {h}" for h in heads if h not in found]
    wrong += [f"superfluous {f}" for f in found if f not in heads]
    if len(found) != len(heads) and not wrong:
        wrong.append("doubled")
    for want, head in zip(wanted, heads, strict=True):
        claim = next((c for c in claims if shown(c) == head), None)
        for name, value in re.findall(r"(\w+)=(\S+)", want):
            if claim is not None and extras(claim)[name] != value:
                wrong.append(f"{name} of {head}: {extras(claim)[name]}")
    return wrong


def parameters(known: str) -> list[object]:
    strict = pytest.mark.xfail(
        raises=AssertionError, strict=True, reason="known to be read wrongly"
    )
    return [
        pytest.param(case, id=case.id, marks=[strict] if known in case.note.split() else [])
        for case in read_cases()
    ]


@pytest.mark.parametrize("case", parameters("x"))
def test_claims(case: Case) -> None:
    assert problems(case) == []


@pytest.mark.parametrize("case", parameters("names"))
def test_names_resolve(case: Case) -> None:
    text, wanted = read_text(case.text)
    article = Article.from_text(text, published="2025-11-27")
    found = {(t.mention.start, t.mention.end): t for t in fm.resolve(article)}
    wrong = []
    for toponym in wanted:
        if toponym.place is not None and toponym.place.country == "RU":
            continue  # the gazetteer ends with the Russian regions the war touches
        span = (toponym.mention.start, toponym.mention.end)
        place = found[span].place if span in found else None
        assert toponym.place is not None
        if place is None or place.name_de != toponym.place.name_de:
            shown_place = place and (place.name_de, place.oblast)
            wrong.append(f"{toponym.mention.surface}: {shown_place}, not {toponym.place.name_de}")
    assert wrong == []


def test_cases_are_many_and_distinct() -> None:
    cases = read_cases()
    assert len({case.text for case in cases}) == len(cases)
    for language in LANGUAGES:
        assert sum(case.language == language for case in cases) >= 50


@pytest.mark.parametrize("case", parameters("language"))
def test_language_is_told(case: Case) -> None:
    assert detect_language(read_text(case.text)[0]) == case.language
