"""The same claim from several documents becomes one.

Two statements are the same claim when event, actor, place, relation, bearings and whatever else
places the event are equal, both are facts (asserted or reported) or both denials, plans or
possibilities, and their days lie close together. Days are those of the event where a document
names one, else of the document. Statements of one kind are taken in the order of their days; the
first opens an entry, which takes everything up to so many days after it, and the next one after
that opens another. So an entry never stretches, and neither the order of the documents nor
merging again changes anything.

What cannot be told to be the same stays apart: an unnamed actor is not taken for either side; what
is dated to a month or a year merges with the same month or year alone; a document without a date,
and a place that was not resolved, merge with copies of the same document alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Hashable, Iterable, Sequence

from frontmap.claims.records import Claim, DatePrecision, Modality, Relation, Side, Verification
from frontmap.ledger.copies import group_sources
from frontmap.ledger.records import Entry, Standing, Statement, Voice

__all__ = ["event_day", "kind_of", "make_entries", "order", "voices_of"]

_FACTS = (Modality.ASSERTED, Modality.REPORTED)
_STANDING = {
    Modality.DENIED: Standing.DENIED,
    Modality.PLANNED: Standing.PLANNED,
    Modality.POSSIBLE: Standing.POSSIBLE,
}


def event_day(statement: Statement) -> dt.date | None:
    """The day a statement dates the event to; None where it has none or only a coarse one."""
    claim = statement.claim
    if claim.event_date is None:
        return claim.reported_date or statement.source.published
    return claim.event_date if _is_day(claim) else None


def _is_day(claim: Claim) -> bool:
    return claim.event_date_precision in (None, DatePrecision.DAY)


def kind_of(statement: Statement) -> tuple[Hashable, ...]:
    """What two statements must share to be the same claim, their days apart."""
    claim = statement.claim
    if claim.place is None:
        return ("unresolved", *order(statement))
    places = [claim.place.id, claim.target.id if claim.target else ""]
    if claim.relation is Relation.BETWEEN:
        places.sort()  # between A and B is between B and A
    coarse: Hashable = None
    if event_day(statement) is None:
        coarse = (claim.event_date_precision, claim.event_date)
        if claim.event_date is None:
            coarse = statement.source.document
    distance = claim.distance_m if claim.relation is Relation.DISTANCE else None
    return (
        claim.event,
        claim.actor,
        *places,
        claim.relation,
        tuple(sorted(claim.bearings)),
        None if distance is None else round(distance / 1000),
        claim.origin and claim.origin.id,
        claim.unnamed,
        claim.bank,
        "fact" if claim.modality in _FACTS else claim.modality,
        coarse,
    )


def order(statement: Statement) -> tuple[str, ...]:
    """A key that puts statements in the one order the ledger has them in; equal ones are the same.

    Days first, then what tells documents and claims apart.
    """
    claim, source = statement.claim, statement.source
    days = (event_day(statement) or claim.event_date, statement.said, source.published)
    return (
        *(day.isoformat() if day else "9999" for day in days),
        source.document,
        source.publisher,
        source.url,
        source.title,
        f"{claim.start:09}",
        f"{claim.end:09}",
        claim.id,
        claim.event,
        claim.actor or "",
        claim.relation,
        " ".join(sorted(claim.bearings)),
        repr(claim.distance_m),
        claim.modality,
        claim.claimant_side or "",
        claim.claimant or "",
        claim.verification or "",
        claim.event_date_precision or "",
        repr(claim.count),
        claim.place.name_de if claim.place else "",
        *statement.quotes,
    )


def make_entries(statements: Iterable[Statement], days: int) -> list[Entry]:
    """Merge statements into entries, in the ledger's order; nothing is said yet of objections."""
    kinds: dict[tuple[Hashable, ...], dict[tuple[str, ...], Statement]] = {}
    for statement in statements:
        kinds.setdefault(kind_of(statement), {})[order(statement)] = statement
    entries: list[tuple[tuple[str, ...], Entry]] = []
    for kind, found in kinds.items():
        earlier = None
        for keys in _windows([(key, found[key]) for key in sorted(found)], days):
            entry = _entry(kind, [found[key] for key in keys], earlier)
            entries.append((keys[0], entry))
            earlier = entry.id
    entries.sort(key=lambda keyed: (keyed[0], keyed[1].id))
    return [entry for _, entry in entries]


def _windows(
    statements: Iterable[tuple[tuple[str, ...], Statement]], days: int
) -> Iterable[list[tuple[str, ...]]]:
    """Cut the statements of one kind, in order, into those of one claim each; gives their keys."""
    group: list[tuple[str, ...]] = []
    last = dt.date.max
    for key, statement in statements:
        day = event_day(statement)
        if group and day is not None and day > last:
            yield group
            group = []
        if not group and day is not None:
            # a date near the end of the calendar has no days after it
            last = day + min(dt.timedelta(days=days), dt.date.max - day)
        group.append(key)
    if group:
        yield group


def _entry(kind: tuple[Hashable, ...], group: Sequence[Statement], earlier: str | None) -> Entry:
    dated = [day for statement in group if (day := event_day(statement))]
    seen = [day for statement in group if (day := statement.said)]
    first = min(seen, default=None)
    voices = first_by = voices_of(group)
    if any(statement.said != first for statement in group):
        first_by = voices_of([statement for statement in group if statement.said == first])
    asserted = all(statement.claim.modality is Modality.ASSERTED for statement in group)
    modality = group[0].claim.modality
    if modality in _FACTS:
        modality = Modality.ASSERTED if asserted else Modality.REPORTED
    words = repr((tuple(map(str, kind)), str(min(dated, default=""))))
    return Entry(
        id=hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        statements=tuple(group),
        modality=modality,
        day=min(dated, default=None),
        last_day=max(dated, default=None),
        first_seen=first,
        last_seen=max(seen, default=None),
        sources=group_sources(group),
        voices=voices,
        first_by=first_by,
        verified=any(s.claim.verification is Verification.CONFIRMED for s in group),
        standing=_STANDING.get(modality, Standing.REPORTED),
        earlier=earlier,
    )


def voices_of(statements: Iterable[Statement]) -> tuple[Voice, ...]:
    """Who makes the statements, a voice a side: RU, UA, third, then those of no known side."""
    by_side: dict[Side | None, list[Statement]] = {}
    for statement in statements:
        by_side.setdefault(statement.claim.claimant_side, []).append(statement)
    found = []
    for side in (Side.RU, Side.UA, Side.THIRD, None):
        if side not in by_side:
            continue
        days = [day for statement in by_side[side] if (day := statement.said)]
        names = {s.claim.claimant for s in by_side[side] if s.claim.claimant}
        found.append(
            Voice(side, tuple(sorted(names)), min(days, default=None), max(days, default=None))
        )
    return tuple(found)
