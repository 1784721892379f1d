"""The real article: what its map must hold and what it must not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import frontmap as fm
from gazetteer import Kind, Place

ARTICLE = Path(__file__).parent.parent.parent / "shared/articles/2025-11-27-pokrowsk.txt"
needs_article = pytest.mark.skipif(
    not ARTICLE.exists(), reason="the real article is not beside the checkout (../shared)"
)
pytestmark = needs_article


@pytest.fixture(scope="module")
def report() -> fm.Report:
    return fm.analyze(fm.read(ARTICLE))


def short_name(place: Place) -> str:
    """Return the German name without the kind word of an oblast."""
    return place.name_de.removeprefix("Oblast ")


def find(report: fm.Report, event: str, place: str, **slots: object) -> fm.Claim:
    matching = [
        claim
        for claim in report.claims
        if claim.event == event
        and claim.place
        and short_name(claim.place) == place
        and all(getattr(claim, slot) == value for slot, value in slots.items())
    ]
    assert len(matching) == 1, f"{event} {place} {slots}: {len(matching)} claims"
    return matching[0]


def test_text_is_repaired(report: fm.Report) -> None:
    text = report.article.text
    for wrong in ("Ă", "À", "Œ", "¶", "ƒ"):
        assert wrong not in text
    for right in ("südlich der Stadt Siwersk", "lässt sich", "Präsident", "größten", "maß"):
        assert right in text
    assert report.article.repairs
    for repair in report.article.repairs:
        assert text[repair.start : repair.end] == repair.after


def test_date_and_source_are_found(report: fm.Report) -> None:
    assert report.article.published == dt.date(2025, 11, 27)
    assert "Welt" in (report.article.source or "")


def test_russian_ministry_claims(report: fm.Report) -> None:
    ministry = {"claimant_side": "RU", "modality": "reported"}
    pokrowsk = find(report, "advance", "Pokrowsk", actor="RU", relation="part", **ministry)
    assert set(pokrowsk.bearings) == {"C", "N"}
    myrnohrad = find(report, "advance", "Myrnohrad", actor="RU", relation="direction", **ministry)
    assert set(myrnohrad.bearings) == {"E", "W", "S"}
    siwersk = find(report, "capture", "Siwersk", actor="RU", relation="direction", **ministry)
    assert siwersk.bearings == ("S",)
    assert siwersk.unnamed == "village"
    front = find(report, "breakthrough", "Huljajpole", actor="RU", relation="direction", **ministry)
    assert front.bearings == ("N",)
    assert front.place is not None
    assert (front.place.kind, front.place.oblast) == (Kind.CITY, "Saporischschja")
    for claim in (pokrowsk, myrnohrad, siwersk, front):
        assert claim.claimant is not None
        assert "Verteidigungsministerium" in claim.claimant


def test_ukrainian_army_claims(report: fm.Report) -> None:
    repelled = find(report, "repelled", "Pokrowsk", actor="UA", claimant_side="UA")
    assert repelled.modality == "reported"
    assert repelled.count == 57
    assert repelled.event_date == dt.date(2025, 11, 26)
    inside = find(report, "clash", "Pokrowsk", claimant_side="UA", modality="reported")
    assert inside.relation in ("at", "part")


def test_planned_push_is_not_an_advance(report: fm.Report) -> None:
    for place in ("Kramatorsk", "Slowjansk"):
        claims = [c for c in report.claims if c.place and short_name(c.place) == place]
        pushes = [c for c in claims if c.event in ("advance", "attack")]
        assert [c.modality for c in pushes] == ["planned"]
        assert all(c.actor == "RU" for c in pushes)


def test_advance_in_three_regions_in_own_voice(report: fm.Report) -> None:
    for region in ("Donezk", "Dnipropetrowsk", "Saporischschja"):
        claims = [
            c
            for c in report.claims
            if c.event == "advance" and c.place and c.place.kind == Kind.OBLAST
        ]
        (claim,) = [c for c in claims if c.place and c.place.oblast == region]
        assert (claim.actor, claim.modality, claim.claimant_side) == ("RU", "asserted", None)


def test_nothing_could_be_verified(report: fm.Report) -> None:
    assert len(report.claims) >= 11
    told = {c.verification for c in report.claims if c.modality == "reported"}
    assert told == {fm.Verification.UNVERIFIED}
    assert {c.verification for c in report.claims if c.modality == "asserted"} == {None}


def test_no_place_for_persons_and_governments(report: fm.Report) -> None:
    surfaces = {c.toponym.mention.surface for c in report.claims if c.toponym}
    named = {t.mention.surface for t in report.toponyms if t.place}
    for silent in (
        "Peskow", "Uschakow", "Dmitrijew", "Witkoff", "Trump", "Kirgistan", "Bloomberg", "Welt",
    ):  # fmt: skip
        assert silent not in named
    assert not any(s.startswith("Moskau") for s in surfaces)


def test_no_other_claims(report: fm.Report) -> None:
    """Besides the facts above only what the article also says may be found.

    It says that Kramatorsk and Slowjansk are held by Ukraine and that Russia wants to take
    Pokrowsk.
    """
    allowed = {
        ("advance", "Pokrowsk"), ("advance", "Myrnohrad"), ("capture", "Siwersk"),
        ("breakthrough", "Huljajpole"), ("repelled", "Pokrowsk"), ("clash", "Pokrowsk"),
        ("attack", "Pokrowsk"), ("advance", "Kramatorsk"), ("advance", "Slowjansk"),
        ("attack", "Kramatorsk"), ("attack", "Slowjansk"), ("control", "Kramatorsk"),
        ("control", "Slowjansk"), ("capture", "Pokrowsk"), ("advance", "Donezk"),
        ("advance", "Dnipropetrowsk"), ("advance", "Saporischschja"),
    }  # fmt: skip
    found = {(str(c.event), short_name(c.place)) for c in report.claims if c.place}
    assert found <= allowed
    for claim in report.claims:
        if (str(claim.event), claim.place and short_name(claim.place)) == ("capture", "Pokrowsk"):
            assert claim.modality == "planned"
