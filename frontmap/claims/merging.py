"""The last step: claims of the same thing merge, contradictions are linked, records are made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from frontmap.article import Article
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.records import Bearing, Claim, Event, Modality, Relation, Side, Verification
from frontmap.claims.sentence.actors import opponent
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

    def rank(draft: ClaimDraft) -> tuple[int, bool, bool, bool]:
        speaker = draft.coverage.speaker if draft.coverage is not None else None
        return (
            0 if draft.place.bearings else _LOOSENESS.get(draft.relation, 0),
            draft.shape == "attribute",
            draft.coverage is None or draft.claimant_side is None,
            speaker is not None and speaker.kind == "person" and speaker.side is Side.THIRD,
        )

    return second if rank(second) < rank(first) else first


_LOOSENESS = {Relation.AT: 2, Relation.NEAR: 1}


def _said(draft: ClaimDraft) -> tuple[object, ...]:
    """What `_compatible` compares; of drafts of a group that agree in it, one is compared."""
    place, relation = draft.place, draft.relation
    year = draft.date[0].year if draft.date else None
    return draft.actor.side, draft.claimant_side, year, relation, place.bearings, place.unnamed


def _attacked(draft: ClaimDraft) -> tuple[object, ...]:
    """What an unspecified attack and a strike share that are one event, said twice."""
    place = draft.place.toponym.place
    fact = draft.modality in _FACTS
    return place and place.id, fact, draft.relation, draft.actor.side, draft.paragraph


_Group = list[ClaimDraft]
_Distinct = dict[tuple[object, ...], ClaimDraft]


class _Groups:
    """Drafts that say the same, in the order of the first of each.

    Long tickers repeat themselves: what is compared does not grow with the number of drafts.
    """

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self._by_key: dict[tuple[object, ...], list[tuple[_Group, _Distinct]]] = {}
        self._attacks: dict[tuple[object, ...], dict[tuple[int, Side | None], _Group]] = {}

    def add(self, draft: ClaimDraft) -> None:
        """Put a draft to its like, or begin a group with it."""
        group = self._same_attack(draft)
        if group is not None:
            for member in [*group, draft] if group[0].event is Event.ATTACK else [draft]:
                member.event = Event.STRIKE
            group.append(draft)
        else:
            group = self._like(draft)
        if draft.event in (Event.ATTACK, Event.STRIKE):
            known = self._attacks.setdefault(_attacked(draft), {})
            known.setdefault((id(group), draft.claimant_side), group)

    def _same_attack(self, draft: ClaimDraft) -> _Group | None:
        """The strike that an unspecified attack is, or the other way round."""
        if draft.event not in (Event.ATTACK, Event.STRIKE):
            return None
        for key, group in self._attacks.get(_attacked(draft), {}).items():
            sides = {key[1], draft.claimant_side}
            if group[0].event is not draft.event and sides != {Side.RU, Side.UA}:
                return group
        return None

    def _like(self, draft: ClaimDraft) -> _Group:
        groups = self._by_key.setdefault(_key(draft), [])
        for group, distinct in groups:
            if all(_compatible(member, draft) for member in distinct.values()):
                group.append(draft)
                distinct.setdefault(_said(draft), draft)
                return group
        group = [draft]
        self.groups.append(group)
        groups.append((group, {_said(draft): draft}))
        return group


def _merge(drafts: Sequence[ClaimDraft]) -> list[tuple[ClaimDraft, list[ClaimDraft]]]:
    groups = _Groups()
    for draft in drafts:
        groups.add(draft)
    merged = []
    for group in groups.groups:
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
    base = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _bank(draft: ClaimDraft) -> Bearing | None:
    """Return the bank of a river: am westlichen Ufer."""
    river = draft.place.bank or draft.place
    place = river.toponym.place
    if place is None or place.kind is not Kind.RIVER:
        return None
    return river.bearings[0] if river.bearings and river.relation == "part" else None


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
        claimant_text=(text[speaker.start : speaker.end] or None) if speaker else None,
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
    at_place: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.place is not None:
            at_place.setdefault(claim.place.id, []).append(claim)
    return [
        claim if claim.place is None else _disputed(claim, at_place[claim.place.id])
        for claim in claims
    ]


def _disputed(claim: Claim, at_place: Sequence[Claim]) -> Claim:
    """Link a claim to those at its place that contradict it."""
    others = tuple(o.id for o in at_place if o is not claim and _contradict(claim, o))
    if not others:
        return claim
    verification = claim.verification or Verification.DISPUTED
    return replace(claim, disputes=others, verification=verification)
