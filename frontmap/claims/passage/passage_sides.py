"""Sides that no word of the sentence tells, taken from the passage around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from frontmap.claims.lexicon import actor_words, weapon_word
from frontmap.claims.lexicon.words import word_set
from frontmap.claims.passage.context import Context
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.passage.inference import FALLEN, GAINS, is_struck_by
from frontmap.claims.records import Event, Modality, Side
from frontmap.claims.sentence.actors import opponent
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sides.roles import resolve_actor
from frontmap.claims.sides.subjects import Actor
from frontmap.claims.syntax.clauses import DASHES

__all__ = [
    "inherit_sides",
    "launching_sides",
    "offensive_sides",
    "settle_sides",
    "striking_sides",
    "take_offensive_side",
    "take_striking_side",
]


_AERIAL = (Event.STRIKE, Event.ATTACK)


def inherit_sides(
    drafts: Sequence[ClaimDraft], earlier: Sequence[ClaimDraft], context: Context
) -> None:
    """Give claims without an actor the one of the report they go on with."""
    for draft in drafts:
        told = [d for d in earlier if d.paragraph == draft.paragraph and d.actor.side]
        if _is_unnamed(draft) and draft.event in _AERIAL:
            _inherit_strike(draft, told)
            if _is_unnamed(draft) and _in_ukrainian_hands(draft, [*told, *drafts]):
                _give(draft, Side.RU, "the place is told to be in Ukrainian hands")
        if _is_unnamed(draft) and draft.is_definite:
            same = [d.actor.side for d in told if d.event is draft.event]
            if same and _can_be_struck(draft, same[-1]):
                _give(draft, same[-1], "the one told of before")
        if draft.actor.side is None and draft.event is Event.CAPTURE:
            _inherit_capture(draft, context)


def _in_ukrainian_hands(draft: ClaimDraft, told: Sequence[ClaimDraft]) -> bool:
    """Whether who held or retook the place is told, and not that anybody else did."""
    place = draft.place.toponym.place
    if place is None or place.country != "UA":
        return False
    sides = {
        d.actor.side
        for d in told
        if d.event in (Event.CONTROL, Event.CAPTURE)
        and d.place.toponym.place == place
        and d.modality in (Modality.ASSERTED, Modality.REPORTED)
    }
    return sides == {Side.UA}


def _is_unnamed(draft: ClaimDraft) -> bool:
    return draft.actor.side is None and draft.actor.reason == ""


def _can_be_struck(draft: ClaimDraft, side: Side | None) -> bool:
    """Whether no side is given a strike on its own land."""
    if side is None:
        return False
    return draft.event not in _AERIAL or is_struck_by(side, draft.place)


def _inherit_strike(draft: ClaimDraft, told: Sequence[ClaimDraft]) -> None:
    """Give a strike the only side that the claimant's report before it tells of."""
    sides = {
        d.actor.side for d in told if d.event in _AERIAL and d.claimant_side is draft.claimant_side
    }
    # who beat attacks back tells who attacked
    sides |= {opponent(d.actor.side) for d in told if d.event is Event.REPELLED}
    side = sides.pop() if len(sides) == 1 else None
    if draft.coverage is not None and _can_be_struck(draft, side):
        draft.actor = Actor(side, None, "as in the report it goes on with")


def _inherit_capture(draft: ClaimDraft, context: Context) -> None:
    """Give a capture to the troops spoken of before, where its word fits them."""
    word = draft.reasons[0].lower()
    place = draft.place.toponym.place
    if place is not None and place.country != "UA":
        return
    if "rückerober" in word and context.force is Side.UA:
        draft.actor = Actor(Side.UA, None, "the troops spoken of before retake it")
    if "verlust" in word and context.force is Side.RU:
        draft.actor = Actor(Side.RU, None, "the troops spoken of before gain it")


def take_offensive_side(
    analysis: SentenceAnalysis, drafts: Sequence[ClaimDraft], context: Context
) -> None:
    """Give a gain without an actor to the only side on the offensive in the passage."""
    unsettled = _unsettled(drafts)
    if not unsettled:
        return
    own = [] if _is_parted(analysis) else offensive_sides(analysis, context)
    side = _only([*context.offensive, *own])
    if side is None:
        return
    for draft in _open(analysis, unsettled, side):
        if side is Side.UA and draft.entry in word_set("occupying"):
            continue  # besetzt: hardly by those whose land it is
        if draft.event is Event.REPELLED and is_struck_by(side, draft.place):
            _give(draft, opponent(side), "the other side attacks in the passage")
        on_foot = draft.entry.startswith("Offensive") or is_struck_by(side, draft.place)
        attacks = draft.event is Event.ATTACK and on_foot
        if (attacks or draft.event in GAINS) and draft.modality is not Modality.DENIED:
            _give(draft, side, "the only side on the offensive in the passage")


def _is_parted(analysis: SentenceAnalysis) -> bool:
    """Whether a headline tells several news apart: Russen rücken vor – Gefechte um X."""
    parts = analysis.clauses if analysis.sentence.is_headline else []
    return any(DASHES & set(clause.separator) for clause in parts)


def _unsettled(drafts: Sequence[ClaimDraft]) -> list[ClaimDraft]:
    """Return the claims of nobody, and of one who only a place's fall was put down to."""
    return [d for d in drafts if d.actor.side is None or d.actor.reason == FALLEN]


def _only(sides: Iterable[Side]) -> Side | None:
    """Return the side, where all are the same one."""
    distinct = set(sides)
    return distinct.pop() if len(distinct) == 1 else None


def _open(
    analysis: SentenceAnalysis, drafts: Sequence[ClaimDraft], side: Side
) -> Iterator[ClaimDraft]:
    """Yield the claims that `side` may have made come about."""
    return (draft for draft in drafts if _is_open(analysis, draft, side))


def _is_open(analysis: SentenceAnalysis, draft: ClaimDraft, side: Side) -> bool:
    """Whether nothing in its clause tells who acts, nor that it is the other side."""
    gained = draft.actor.reason == FALLEN and draft.claimant_side is side
    if draft.actor.side is not None and not gained:
        return False
    if draft.actor.reason.startswith("both sides"):
        return False
    speakers = [a.speaker for a in analysis.attributions if a.speaker is not None]
    for mention in analysis.actors_in(draft.clause):
        start = analysis.tokens[mention.head].start
        speaks = any(s.start <= start < s.end for s in speakers)
        other = mention.side in ("RU", "UA") and mention.side != side
        if other and mention.is_subject and not speaks and draft.event is not Event.REPELLED:
            return False
    return True


def _give(draft: ClaimDraft, side: Side | None, reason: str) -> None:
    draft.actor = Actor(side, None, reason)
    kept = [step for step in draft.reasons if not step.startswith("actor open")]
    draft.reasons = [*kept, f"actor {side}: {reason}"]


def offensive_sides(analysis: SentenceAnalysis, context: Context) -> list[Side]:
    """Return the sides that advance or attack in a sentence, with or without a place."""
    found: list[Side] = []
    for trigger in analysis.triggers:
        if (
            trigger.event in (*GAINS, Event.ATTACK, Event.COUNTERATTACK)
            and trigger.shape != "attribute"
        ):
            actor = resolve_actor(analysis, trigger, context.carried(None))
            if actor.side is not None:
                found.append(actor.side)
        if trigger.event is Event.CONTROL and trigger.shape == "verb":
            actor = resolve_actor(analysis, trigger, context.carried(None))
            found += [actor.side] if actor.side is Side.RU else []  # who came holds it now
    for before, token in zip(analysis.tokens, analysis.tokens[1:], strict=False):
        word = actor_words(before.text) if token.text.startswith("Erfolg") else None
        if word is not None and word.kind == "adjective" and word.side in ("RU", "UA"):
            found.append(Side(word.side))  # die ukrainischen Erfolge
    return found


def striking_sides(analysis: SentenceAnalysis, context: Context) -> list[Side]:
    """Return the sides that strike in a sentence, with or without a place."""
    found: list[Side] = []
    for trigger in analysis.triggers:
        if trigger.event in _AERIAL and trigger.shape != "attribute":
            actor = resolve_actor(analysis, trigger, context.carried(None))
            found += [actor.side] if actor.side is not None else []
    found += [
        Side(a.side)
        for a in analysis.actors
        if a.side in ("RU", "UA") and weapon_word(analysis.tokens[a.head].text)
    ]
    return [*found, *launching_sides(analysis)]


def launching_sides(analysis: SentenceAnalysis) -> list[Side]:
    """Return the sides that launch weapons in a sentence: Russland schickte 80 Drohnen."""
    found: list[Side] = []
    for clause in analysis.clauses:
        words = [analysis.tokens[i] for i in clause.tokens]
        launched = any(t.lower in word_set("launched") for t in words)
        if launched and any(weapon_word(t.text) for t in words):
            subjects = [a for a in analysis.actors_in(clause.number) if a.is_subject and a.side]
            found += [Side(a.side) for a in subjects[:1] if a.side in ("RU", "UA")]
    return found


def take_striking_side(
    analysis: SentenceAnalysis, drafts: Sequence[ClaimDraft], context: Context
) -> None:
    """Give a strike without an actor to the only side that strikes in the passage."""
    unsettled = [draft for draft in _unsettled(drafts) if draft.event in _AERIAL]
    if not unsettled:
        return
    side = _only([*context.striking, *striking_sides(analysis, context)])
    if side is None:
        return
    for draft in _open(analysis, unsettled, side):
        if is_struck_by(side, draft.place):
            _give(draft, side, "the only side that strikes in the passage")


def settle_sides(
    told: Sequence[tuple[SentenceAnalysis, Sequence[ClaimDraft]]], context: Context
) -> None:
    """Give the claims of a paragraph the side that only its later sentences name.

    What a third party tells stays open: it did not say what another one said after it.
    """
    for analysis, drafts in told:
        nobodys = [d for d in drafts if _is_unnamed(d) and d.claimant_side is not Side.THIRD]
        if nobodys and not _is_parted(analysis):
            take_offensive_side(analysis, nobodys, context)
        take_striking_side(analysis, nobodys, context)
