"""Claims against the annotated passages, where these lie beside the checkout."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from frontmap.article import Article
from frontmap.claims import Claim, extract_claims
from frontmap.errors import EvaluationError
from frontmap.evaluation.claims import ClaimScore, match_claims, read_gold, score_claims
from frontmap.recognition import Mention
from frontmap.resolution import Toponym
from gazetteer import Gazetteer, Kind, Place

GOLD = Path(__file__).parent.parent.parent / "shared" / "evaluation" / "dev.jsonl"
needs_gold = pytest.mark.skipif(
    not GOLD.exists(), reason="the annotated passages are not beside the checkout (../shared)"
)


def article_of(passage: dict[str, Any]) -> Article:
    match = re.search(r"\d{4}-\d\d-\d\d", passage.get("date") or "")
    published = dt.date.fromisoformat(match.group(0)) if match else None
    return Article(text=passage["text"], published=published, id=passage["id"])


def kinds() -> dict[str, Kind]:
    return {
        place.ids["geonames"]: place.kind
        for place in Gazetteer.default()
        if "geonames" in place.ids
    }


def gold_toponyms(passage: dict[str, Any], kind_of: dict[str, Kind]) -> list[Toponym]:
    """Make toponyms of the annotated ones, so that claims are measured alone."""
    toponyms = []
    for gold in passage["toponyms"]:
        mention = Mention(gold["start"], gold["end"], gold["surface"], gold["surface"])
        number = str(gold["geonameid"] or "")
        place = None
        if gold.get("lat") is not None:
            before = passage["text"][: gold["start"]]
            region = re.search(r"(?:Region|Oblast|Gebiet) $", before) and not number
            place = Place(
                id=f"geonames:{number}" if number else f"at:{gold['lat']},{gold['lon']}",
                name=gold.get("name_uk") or gold["surface"],
                name_de=gold["surface"],
                kind=Kind.OBLAST if region else kind_of.get(number, Kind.CITY),
                lon=gold["lon"],
                lat=gold["lat"],
                precision_m=500.0,
                extent_m=1000.0,
                country=gold.get("country", "UA"),
                ids=MappingProxyType({"geonames": number} if number else {}),
            )
        toponyms.append(Toponym(mention, place, 1.0))
    return toponyms


@pytest.fixture(scope="module")
def with_gold_toponyms() -> ClaimScore:
    kind_of = kinds()
    return score_claims(
        read_gold(GOLD),
        lambda p: extract_claims(article_of(dict(p)), gold_toponyms(dict(p), kind_of)),
    )


@needs_gold
def test_claims_alone(with_gold_toponyms: ClaimScore) -> None:
    figures = with_gold_toponyms.summary()
    assert figures["f1"] >= 0.86
    assert figures["joint_f1"] >= 0.76
    assert figures["modality_accuracy"] >= 0.92
    assert figures["false_facts"] == 0
    assert figures["side_errors"] == 0


@needs_gold
def test_end_to_end() -> None:
    score = score_claims(read_gold(GOLD), lambda p: extract_claims(article_of(dict(p))))
    figures = score.summary()
    assert figures["f1"] >= 0.84
    assert figures["side_errors"] == 0
    assert figures["false_facts"] == 0


def stub(event: str, actor: str | None, modality: str = "asserted") -> Any:
    place = Place(
        "p", "p", "p", Kind.CITY, 37.0, 48.0, 1.0, 1.0, ids=MappingProxyType({"geonames": "1"})
    )
    toponym = Toponym(Mention(0, 1, "p", "p"), place, 1.0)
    fields = {"id": "x", "relation": "at", "start": 0, "end": 1, "quote": "p"}
    return Claim(
        event=event, actor=actor, place=place, modality=modality, toponym=toponym, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def gold(event: str, actor: str | None, modality: str = "asserted", **more: Any) -> dict[str, Any]:
    return {
        "event": event, "actor": actor, "place": 1, "relation": "at", "modality": modality,
        "claimant_side": None, "anchor": {"lat": 48.0, "lon": 37.0, "start": 0}, **more,
    }  # fmt: skip


def test_a_wrong_side_and_a_plan_as_fact_are_counted() -> None:
    score = ClaimScore(
        match_claims("a", [stub("capture", "RU")], [gold("capture", "UA", "planned")])
    )
    assert len(score.side_errors()) == 1
    assert len(score.false_facts()) == 1
    assert score.f1() == 1.0
    assert score.f1(joint=True) == 0.0
    assert score.confusion("actor") == {("UA", "RU"): 1}


def test_optional_claims_count_neither_way() -> None:
    found = match_claims("a", [stub("control", "RU")], [gold("control", "RU", optional=True)])
    score = ClaimScore(found + match_claims("b", [], [gold("clash", None, optional=True)]))
    assert (score.matched(), score.missed(), score.spurious()) == ([], [], [])


def test_alternatives_are_right_too() -> None:
    right = gold("attack", "RU", alt_event=["strike"], alt_modality=["reported"])
    score = ClaimScore(match_claims("a", [stub("strike", "RU", "reported")], [right]))
    assert score.f1(joint=True) == 1.0


def test_a_missed_and_a_spurious_claim_show_as_event_confusion() -> None:
    score = ClaimScore(match_claims("a", [stub("clash", None)], [gold("advance", "RU")]))
    assert score.precision() == score.recall() == 0.0
    assert score.event_confusion() == {("advance", "clash"): 1}


def test_gold_files_that_are_none_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("{not json", encoding="utf-8")
    with pytest.raises(EvaluationError, match="line 1: not JSON"):
        read_gold(path)
    path.write_text('{"text": "x"}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="needs text, toponyms and claims"):
        read_gold(path)
