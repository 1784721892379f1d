"""Who confirms a claim and who objects to it.

A claim that takes ground is served by one side: a capture by who captures, a withdrawal by the
other. Where that side alone makes it, it is claimed. It is confirmed where somebody without an
interest makes it too: a third side, or the other one, which admits it. A repelled attack, a strike
or a clash serves nobody in particular; it is confirmed by a third side, or when both tell of it.
Media in their own voice confirm nothing: they may have it from anywhere.

Objections are looked for among the claims about the same place and the same days:

- a denial of the event at the same spot;
- against a capture of a place or its control: the other side's claim to hold it or to have taken
  it then or in the days after, or to have beaten off an attack there;
- what an article itself sets against each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from frontmap.claims.records import Claim, Event, Modality, Relation, Side, Verification
from frontmap.ledger.records import Entry, Objection, ObjectionKind, Standing, Voice

__all__ = ["opponent", "with_standing"]

_FACTS = (Modality.ASSERTED, Modality.REPORTED)
_HOLDS = (Event.CAPTURE, Event.CONTROL)
_TAKES_GROUND = (*_HOLDS, Event.ADVANCE, Event.BREAKTHROUGH, Event.ENCIRCLEMENT)


def opponent(side: Side | None) -> Side | None:
    """The other side of the war."""
    if side is Side.RU:
        return Side.UA
    return Side.RU if side is Side.UA else None


def with_standing(entries: Sequence[Entry], days: int) -> list[Entry]:
    """Fill in who confirms each entry, who objects to it, and where it stands for that."""
    by_place: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.place is not None:
            by_place.setdefault(entry.place.id, []).append(entry)
    rivals = {place: _Rivals(found, days) for place, found in by_place.items()}
    in_article = _article_links(entries)
    return [
        _judged(entry, rivals.get(entry.place.id) if entry.place else None, in_article)
        for entry in entries
    ]


class _Rivals:
    """The entries of one place that may speak against others.

    They are kept by what they may speak against and in the order of their days, so that those of
    some days are found without looking at the others.
    """

    def __init__(self, entries: Iterable[Entry], days: int) -> None:
        self.days = days
        self._found: dict[Hashable, list[Entry]] = {}
        for entry in sorted((e for e in entries if e.day is not None), key=_first_day):
            if key := _speaks_against(entry):
                self._found.setdefault(key, []).append(entry)

    def near(self, key: Hashable, entry: Entry, before: int, after: int) -> Iterator[Entry]:
        """Those of a key whose days lie around an entry's: so many before, so many after."""
        found = self._found.get(key)
        if found is None or entry.day is None or entry.last_day is None:
            return
        first, last = entry.day.toordinal() - before, entry.last_day.toordinal() + after
        # an entry lasts no longer than the days of merging
        for position in range(bisect_left(found, first - self.days, key=_first_day), len(found)):
            other = found[position]
            if _first_day(other) > last:
                return
            if other.last_day is not None and other.last_day.toordinal() >= first:
                yield other


def _first_day(entry: Entry) -> int:
    assert entry.day is not None
    return entry.day.toordinal()


def _speaks_against(entry: Entry) -> Hashable:
    """What an entry may speak against: a key that `_objections` asks for; None for nothing."""
    if entry.modality is Modality.DENIED:
        return "denied", _family(entry.event), _spot(entry.claim)
    if entry.modality not in _FACTS or entry.actor is None:
        return None
    if entry.event in _HOLDS:
        return entry.event, entry.actor, _spot(entry.claim)
    return (Event.REPELLED, entry.actor) if entry.event is Event.REPELLED else None


def _family(event: Event) -> str:
    """Taking and holding are denied by one another."""
    return "holds" if event in _HOLDS else str(event)


def _spot(claim: Claim) -> Hashable:
    """Where at the place the event is; only claims about one spot contradict each other."""
    return (
        claim.relation,
        tuple(sorted(claim.bearings)),
        claim.target and claim.target.id,
        claim.unnamed,
        claim.bank,
    )


def _judged(entry: Entry, rivals: _Rivals | None, in_article: Mapping[str, list[Entry]]) -> Entry:
    if entry.modality not in _FACTS:
        return entry
    found: dict[str, Objection] = {}
    for kind, other in _objections(entry, rivals) if rivals is not None else ():
        found.setdefault(other.id, Objection(kind, other.id, other.voices))
    for other in in_article.get(entry.id, ()):
        found.setdefault(other.id, Objection(ObjectionKind.ARTICLE, other.id, other.voices))
    confirmed = _confirming(entry)
    if found or _disputed_in_text(entry):
        standing = Standing.DISPUTED
    elif confirmed or entry.verified:
        standing = Standing.CONFIRMED
    elif any(voice.side is not None for voice in entry.voices):
        standing = Standing.CLAIMED
    else:
        standing = Standing.REPORTED
    objections = tuple(sorted(found.values(), key=lambda o: (o.kind, o.entry)))
    return replace(entry, confirmed_by=confirmed, objections=objections, standing=standing)


def _disputed_in_text(entry: Entry) -> bool:
    return any(s.claim.verification is Verification.DISPUTED for s in entry.statements)


def _confirming(entry: Entry) -> tuple[Voice, ...]:
    """The voices that have no interest in the claim, or one against it."""
    sides = {voice.side for voice in entry.voices}
    against: Side | None = None
    if entry.event is Event.WITHDRAWAL:
        against = entry.actor
    elif entry.event in _TAKES_GROUND:
        against = opponent(entry.actor)
    elif {Side.RU, Side.UA} <= sides:
        against = entry.actor  # the other side tells it of them, and they tell it too
    return tuple(
        voice
        for voice in entry.voices
        if voice.side is Side.THIRD or (against is not None and voice.side is against)
    )


def _objections(entry: Entry, rivals: _Rivals) -> Iterator[tuple[ObjectionKind, Entry]]:
    actor, spot, days = entry.actor, _spot(entry.claim), rivals.days
    for other in rivals.near(("denied", _family(entry.event), spot), entry, days, days):
        if other.actor is None or actor is None or other.actor is actor:
            yield ObjectionKind.DENIAL, other
    other_side = opponent(actor)
    if other_side is None or entry.event not in _HOLDS:
        return
    for other in rivals.near((Event.CONTROL, other_side, spot), entry, 0, days):
        yield ObjectionKind.CONTROL, other
    # what was held and is taken later does not speak against having been held
    around = (days, 0) if entry.event is Event.CONTROL else (0, days)
    for other in rivals.near((Event.CAPTURE, other_side, spot), entry, *around):
        yield ObjectionKind.CAPTURE, other
    if entry.relation is not Relation.AT or entry.bearings:
        return  # an attack beaten off at the town says nothing of its outskirts
    for other in rivals.near((Event.REPELLED, other_side), entry, 0, days):
        if any(voice.side is other_side for voice in other.voices):
            yield ObjectionKind.REPELLED, other


def _article_links(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The entries that articles set against an entry: entry id -> the others."""
    homes: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for statement in entry.statements:
            homes[statement.source.document, statement.claim.id] = entry
    links: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        for statement in entry.statements:
            for claim_id in statement.claim.disputes:
                other = homes.get((statement.source.document, claim_id))
                if other is not None and other.id != entry.id:
                    links.setdefault(entry.id, {})[other.id] = other
    return {entry: list(others.values()) for entry, others in links.items()}
