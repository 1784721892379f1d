"""Claims as records: offsets, merging, disputes, verification, stability, refusals."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_claims_cases import read_text

import frontmap as fm
from frontmap.claims import Claim, Modality, Verification, extract_claims
from frontmap.claims.events.dates import read_date
from frontmap.claims.lexicon import (
    claimant_pattern,
    cues,
    event_verbs,
    phrases,
    relation_patterns,
)
from frontmap.claims.lexicon.morphology import FormKind, verb_forms
from frontmap.lexicons import load
from frontmap.sentences import split_sentences

SOME_WORDS = (
    "die russische ukrainische Truppen haben sei nicht [Torske] [Lyman] [r:Sumy] , . : „ “ "
    "eingenommen rückten vor auf bei und laut ISW Moskau wurde von um zu erobern will "
    "könnte Angriff Kämpfe der Stadt dort sagte Selenskyj dass wo die an zurück"
)
WORDS = SOME_WORDS.split()


def read(text: str) -> list[Claim]:
    return extract_claims(*read_text(text))


def test_offsets_index_the_text() -> None:
    article, toponyms = read_text(
        "Die Lage bleibt ernst. Russische Truppen haben [Torske] eingenommen. Kiew schweigt."
    )
    (claim,) = extract_claims(article, toponyms)
    assert article.text[claim.start : claim.end] == claim.quote
    assert claim.quote == "Russische Truppen haben Torske eingenommen."
    assert claim.quotes[0] == (claim.start, claim.end)
    assert claim.article_id == article.id
    assert claim.reported_date == article.published
    assert claim.reasons


def test_of_a_very_long_sentence_only_the_clause_is_quoted() -> None:
    told = "haben russische Truppen am Montag Torske eingenommen"
    text = (
        f"Nach Darstellung von Bewohnern, die in {'Turnhallen, Schulen, ' * 15}Kellern und bei "
        f"Verwandten untergekommen sind, {told}, während es anderswo ruhig blieb."
    )
    assert len(text) > 300
    assert [claim.quote for claim in fm.analyze(text).claims] == [told]
    short = text.replace("Turnhallen, Schulen, " * 15, "")
    assert [claim.quote for claim in fm.analyze(short).claims] == [short]


def test_said_twice_is_one_claim_with_both_quotes() -> None:
    claims = read(
        "Russische Truppen haben [Torske] eingenommen. "
        "Die Einnahme von [Torske] durch russische Truppen sei ein Erfolg, hieß es aus Moskau."
    )
    assert [c.event for c in claims] == ["capture"]
    assert len(claims[0].quotes) == 2
    assert claims[0].claimant_side == "RU"


def test_claims_of_two_sides_are_linked_and_not_merged() -> None:
    claims = read(
        "Moskau meldete die Einnahme von [Torske]. "
        "Die Ukraine dementierte die Einnahme von [Torske] durch russische Truppen."
    )
    assert [(c.modality, c.claimant_side) for c in claims] == [
        (Modality.REPORTED, "RU"),
        (Modality.DENIED, "UA"),
    ]
    first, second = claims
    assert first.disputes == (second.id,)
    assert second.disputes == (first.id,)
    assert first.verification is Verification.DISPUTED


def test_a_denial_without_repeating_the_claim() -> None:
    claims = read(
        "Russland behauptete, [Soledar] sei erobert. Die Ukraine nannte das eine Lüge. "
        "Selenskyj wies die Behauptung zurück."
    )
    assert {(c.modality, c.claimant_side) for c in claims} == {
        (Modality.REPORTED, "RU"),
        (Modality.DENIED, "UA"),
    }


def test_verification_covers_the_claims_before_it() -> None:
    claims = read(
        "Russische Truppen hätten [Torske] erobert, teilte Moskau mit. "
        "Bei [Lyman] seien Angriffe abgewehrt worden, teilte Kiew mit. "
        "Unabhängig überprüfen ließen sich die Angaben beider Seiten nicht."
    )
    assert {c.verification for c in claims} == {Verification.UNVERIFIED}
    assert len(claims) == 2


def test_ids_are_stable_and_distinct() -> None:
    text = "Russland beschoss [Nikopol], [Cherson] und [Charkiw]. Kämpfe gab es bei [Lyman]."
    first, second = read(text), read(text)
    assert [c.id for c in first] == [c.id for c in second]
    assert len({c.id for c in first}) == len(first) == 4


def test_text_without_places_or_events_has_no_claims() -> None:
    assert read("") == []
    assert read("Die russische Armee rückte an mehreren Stellen vor.") == []
    assert read("[Lwiw] ist eine schöne Stadt.") == []


@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_words_give_claims_with_sound_offsets(words: list[str]) -> None:
    article, toponyms = read_text(" ".join(words))
    for claim in extract_claims(article, toponyms):
        assert article.text[claim.start : claim.end] == claim.quote
        assert claim.toponym in toponyms
        assert claim.claimant_side is None or claim.modality is not Modality.ASSERTED


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_sentences_cover_every_character_once(text: str) -> None:
    spans = [(s.start, s.end) for s in split_sentences(text)]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    bare = {i for i, sign in enumerate(text) if not sign.isspace()}
    assert {text[i] for i in bare - covered} <= {"+"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die 2. Armee rückt vor. Kiew schweigt.", 2),
        ("Am 27. November fiel die Stadt.", 1),
        ("Überschrift\n\nErster Satz. Zweiter Satz.", 3),
        ("+++ 12:49 Russen nehmen Dorf ein +++Die Armee meldet Erfolge.", 2),
        ("Russen rücken immer weiter vorNach dem Verlust ist die Front in Bewegung.", 2),
        ("„Wir greifen an!“, sagte er.", 1),
        ("Dr. Müller und Gen. Syrskyj trafen sich bzw. telefonierten.", 1),
    ],
)
def test_sentence_boundaries(text: str, expected: int) -> None:
    assert len(split_sentences(text)) == expected


@pytest.mark.parametrize(
    ("lemma", "form", "kind"),
    [
        ("ein|nehmen", "eingenommen", FormKind.PARTICIPLE),
        ("ein|nehmen", "einzunehmen", FormKind.ZU),
        ("be~schießen", "beschoss", FormKind.FINITE),
        ("zurück|er~obern", "zurückerobert", FormKind.PARTICIPLE),
        ("um~zingeln", "umzingelt", FormKind.PARTICIPLE),
        ("kontrollieren", "kontrolliert", FormKind.PARTICIPLE),
        ("ab|lehnen", "abgelehnt", FormKind.PARTICIPLE),
        ("warnen", "warnte", FormKind.FINITE),
        ("rechnen", "rechnet", FormKind.FINITE),
    ],
)
def test_verb_forms(lemma: str, form: str, kind: FormKind) -> None:
    assert (form, kind) in {(f.text, f.kind) for f in verb_forms(lemma)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("am vortag", dt.date(2025, 11, 26)),
        ("in der nacht zum mittwoch", dt.date(2025, 11, 26)),
        ("am montag", dt.date(2025, 11, 24)),
        ("am donnerstag", dt.date(2025, 11, 27)),
        ("vor zwei wochen", dt.date(2025, 11, 13)),
        ("ende oktober", dt.date(2025, 10, 21)),
        ("im dezember", dt.date(2024, 12, 1)),
        ("am 3. november 2022", dt.date(2022, 11, 3)),
        ("im herbst 2022", dt.date(2022, 9, 1)),
        ("2014", dt.date(2014, 1, 1)),
        ("im morgengrauen", None),
    ],
)
def test_dates(words: str, expected: dt.date | None) -> None:
    found = read_date(words, dt.date(2025, 11, 27))
    assert (found[0] if found else None) == expected


def test_every_lexicon_line_compiles_and_is_used() -> None:
    assert len(relation_patterns()) == len(load("claims/relations.tsv"))
    assert len(cues()) == len(load("claims/modality.tsv"))
    assert claimant_pattern().search("das russische Verteidigungsministerium")
    assert phrases()
    assert "eingenommen" in event_verbs()


@pytest.mark.parametrize("order", [1, -1])
def test_an_attack_and_a_strike_on_one_place_in_one_paragraph_are_one(order: int) -> None:
    told = ["Russland griff in der Nacht Charkiw an.", "Russische Raketen trafen Charkiw."][::order]
    [claim] = fm.analyze(" ".join(told)).claims
    assert (claim.event, len(claim.quotes)) == (fm.Event.STRIKE, 2)
    assert len(fm.analyze("\n\n".join(told)).claims) == 2


def test_what_is_said_again_and_again_is_one_claim() -> None:
    [claim] = fm.analyze("Russische Truppen haben Torezk erobert. " * 200).claims
    assert len(claim.quotes) == 200


def test_who_claims_it_of_himself_has_no_words_for_it() -> None:
    (claim,) = fm.analyze("Die Wagner-Kämpfer wollen Soledar erobert haben.").claims
    assert (claim.claimant_side, claim.claimant_text) == (fm.Side.RU, None)
