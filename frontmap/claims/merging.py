"""The last step: claims of the same thing merge, contradictions are linked, records are made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from frontmap.article import Article
from frontmap.claims.actors import opponent
from frontmap.claims.drafts import ClaimDraft
from frontmap.claims.records import Bearing, Claim, Event, Modality, Relation, Side, Verification
from gazetteer import Kind

__all__ = ["finish"]

_FACTS = (Modality.ASSERTED, Modality.REPORTED)
_HOLDS = (Event.CAPTURE, Event.CONTROL)


def _key(draft: ClaimDraft) -> tuple[object, ...]:
    place = draft.place.toponym.place
    anchor = place.id if place is not None else draft.place.toponym.mention.stem
    denied = draft.modality in (Modality.DENIED, Modality.PLANNED, Modality.POSSIBLE)
    return (
        draft.event,
        anchor,
        draft.modality if denied else "fact",
        draft.claimant_side if draft.modality is Modality.DENIED else None,
        draft.place.unnamed,
        draft.relation if draft.relation in (Relation.BETWEEN, Relation.TOWARD) else None,
    )


def _compatible(first: ClaimDraft, second: ClaimDraft) -> bool:
    """Whether two drafts of the same key say the same thing."""
    if (
        None not in (first.actor.side, second.actor.side)
        and first.actor.side is not second.actor.side
    ):
        return False
    sides = {first.claimant_side, second.claimant_side}
    if sides == {Side.RU, Side.UA}:
        return False
    if first.date and second.date and first.date[0].year != second.date[0].year:
        return False
    same_place = first.relation is second.relation and first.place.bearings == second.place.bearings
    if same_place:
        return True
    # the looser statement joins the more exact one
    loose = (Relation.AT, Relation.NEAR)
    return (first.relation in loose or second.relation in loose) and not (
        first.place.unnamed or second.place.unnamed
    )


def _better(first: ClaimDraft, second: ClaimDraft) -> ClaimDraft:
    """Return the draft that says more: a place exactly, then a claimant, then the earlier."""

    def rank(draft: ClaimDraft) -> tuple[bool, bool, bool]:
        return (
            draft.relation in (Relation.AT,) and not draft.place.bearings,
            draft.shape == "attribute",
            draft.coverage is None or draft.claimant_side is None,
        )

    return second if rank(second) < rank(first) else first


def _same_attack(first: ClaimDraft, second: ClaimDraft) -> bool:
    """Whether an unspecified attack and a strike on one place are the same, said twice."""
    return (
        {first.event, second.event} == {Event.ATTACK, Event.STRIKE}
        and first.place.toponym.place == second.place.toponym.place
        and (first.modality in _FACTS) == (second.modality in _FACTS)
        and first.relation is second.relation
        and first.actor.side is second.actor.side
        and {first.claimant_side, second.claimant_side} != {Side.RU, Side.UA}
        and first.paragraph == second.paragraph
    )


def _merge(drafts: Sequence[ClaimDraft]) -> list[tuple[ClaimDraft, list[ClaimDraft]]]:
    groups: list[list[ClaimDraft]] = []
    by_key: dict[tuple[object, ...], list[list[ClaimDraft]]] = {}
    for draft in drafts:
        twin = next((g for g in groups if any(_same_attack(m, draft) for m in g)), None)
        if twin is not None:
            for member in [*twin, draft]:
                member.event = Event.STRIKE
            twin.append(draft)
            continue
        key = _key(draft)
        for group in by_key.setdefault(key, []):
            if all(_compatible(member, draft) for member in group):
                group.append(draft)
                break
        else:
            group = [draft]
            groups.append(group)
            by_key[key].append(group)
    merged = []
    for group in groups:
        best = group[0]
        for draft in group[1:]:
            best = _better(best, draft)
        merged.append((best, group))
    return merged


def _identity(article: Article, draft: ClaimDraft, taken: set[str]) -> str:
    place = draft.place.toponym.place
    words = "|".join(
        str(part)
        for part in (
            article.id,
            draft.event,
            draft.actor.side,
            place.id if place else draft.place.toponym.mention.surface,
            draft.relation,
            draft.place.bearings,
            draft.modality,
            draft.claimant_side,
        )
    )
    base = hashlib.sha256(words.encode()).hexdigest()[:12]
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _bank(draft: ClaimDraft) -> Bearing | None:
    """Return the bank of a river: am westlichen Ufer."""
    place = draft.place.toponym.place
    if place is None or place.kind is not Kind.RIVER or "ufer" not in draft.place.word:
        return None
    return draft.place.bearings[0] if draft.place.bearings else None


def _record(article: Article, best: ClaimDraft, group: list[ClaimDraft], name: str) -> Claim:
    speaker = best.coverage.speaker if best.coverage else None
    actor = best.actor
    if actor.side is None:
        actor = next((d.actor for d in group if d.actor.side is not None), actor)
    if speaker is None:
        speaker = None if best.modality is Modality.ASSERTED else speaker
    dated = best.date or next((d.date for d in group if d.date), None)
    quotes = tuple(dict.fromkeys((d.start, d.end) for d in [best, *group]))
    text = article.text
    return Claim(
        id=name,
        event=best.event,
        actor=actor.side,
        actor_text=actor.text,
        place=best.place.toponym.place,
        toponym=best.place.toponym,
        relation=best.relation,
        bearings=best.place.bearings,
        distance_m=best.place.distance_m if best.place.distance_m is not None else best.moved_m,
        target=best.target.toponym.place if best.target else None,
        origin=best.origin.toponym.place if best.origin else None,
        unnamed=best.place.unnamed,
        bank=_bank(best),
        claimant=speaker.name if speaker else None,
        claimant_side=speaker.side if speaker else None,
        claimant_text=text[speaker.start : speaker.end] if speaker else None,
        modality=best.modality,
        verification=Verification(best.verification) if best.verification else None,
        event_date=dated[0] if dated else None,
        event_date_precision=dated[1] if dated else None,
        reported_date=article.published,
        count=best.count or next((d.count for d in group if d.count), None),
        start=best.start,
        end=best.end,
        quote=text[best.start : best.end],
        quotes=quotes,
        article_id=article.id,
        reasons=tuple(best.reasons),
    )


def _contradict(first: Claim, second: Claim) -> bool:
    """Whether two claims cannot both be true, as two sides tell it."""
    if first.place != second.place or first.place is None:
        return False
    facts = (Modality.ASSERTED, Modality.REPORTED)
    if first.claimant_side == second.claimant_side and first.modality == second.modality:
        return False
    denied = {first.modality, second.modality}
    if Modality.DENIED in denied and denied & set(facts):
        same_event = first.event == second.event or {first.event, second.event} <= set(_HOLDS)
        return same_event and (
            first.actor is None or second.actor is None or first.actor == second.actor
        )
    if first.modality in facts and second.modality in facts:
        held = first.event in _HOLDS and second.event in _HOLDS
        against = first.actor is not None and first.actor is opponent(second.actor)
        same_spot = first.relation == second.relation and first.bearings == second.bearings
        return held and against and same_spot and first.claimant_side != second.claimant_side
    return False


def finish(article: Article, drafts: Sequence[ClaimDraft]) -> list[Claim]:
    """Merge drafts and make the records, in the order of the text."""
    taken: set[str] = set()
    claims = [
        _record(article, best, group, _identity(article, best, taken))
        for best, group in _merge(drafts)
    ]
    linked: list[Claim] = []
    for claim in claims:
        others = [o for o in claims if o is not claim and _contradict(claim, o)]
        if others:
            verification = claim.verification
            if verification is None:
                verification = Verification.DISPUTED
            claim = replace(claim, disputes=tuple(o.id for o in others), verification=verification)
        linked.append(claim)
    return linked
