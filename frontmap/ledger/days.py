"""The ledger by place and day: what was said, who holds the place for whom, what polygons show.

A day says what each voice (Russian, Ukrainian, third, unattributed) has said *last* about who
holds the place. That is its position: ``RU`` or ``UA``, and ``not RU`` or ``not UA`` where it only
denies. Positions come from captures, control and their denials at the place itself; an advance, an
attack or the outskirts say nothing of who holds the town, and neither does history (what happened
more than a month before it was told).

Two positions that differ dispute each other, except where the later one begins with a capture and
the other was last heard before it: on 1 November Kiew says that it holds a town, on the 5th Moskau
claims its capture; until Kiew speaks again the capture is claimed, not disputed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from frontmap.claims.records import (
    DatePrecision,
    Event,
    Modality,
    Relation,
    Side,
    Verification,
)
from frontmap.ledger.records import Day, Entry, Position, Standing, Statement
from frontmap.ledger.standing import opponent
from gazetteer import Kind, Place

if TYPE_CHECKING:
    from frontmap.control import Control

__all__ = ["days_of", "holders_said"]

_PAST = dt.timedelta(days=31)
_FACTS = (Modality.ASSERTED, Modality.REPORTED)
_SPOTS = (Kind.CITY, Kind.TOWN, Kind.VILLAGE, Kind.DISTRICT, Kind.FACILITY)  # have a centre
Voices = dict[Side | None, Position]


def days_of(entries: Sequence[Entry], control: Control | None = None) -> Iterator[Day]:
    """The days of every place, places in the order of their ids, days in theirs."""
    by_place: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.place is not None:
            by_place.setdefault(entry.place.id, []).append(entry)
    for place_id in sorted(by_place):
        found = by_place[place_id]
        place = found[0].claim.place
        assert place is not None
        days = _said_days(place, found)
        yield from _with_polygons(place, days, control) if control else days


def _said_days(place: Place, entries: Sequence[Entry]) -> list[Day]:
    """The days on which documents speak of a place."""
    said: dict[dt.date, dict[str, Entry]] = {}
    statements: dict[dt.date, list[Statement]] = {}
    for entry in entries:
        for statement in entry.statements:
            day = statement.said
            if day is not None:
                said.setdefault(day, {})[entry.id] = entry
                statements.setdefault(day, []).append(statement)
    positions: Voices = {}
    verified = False
    days = []
    for day in sorted(said):
        changed = _take(positions, day, statements[day])
        verified = (verified and not changed) or any(
            s.claim.verification is Verification.CONFIRMED and holders_said(s)
            for s in statements[day]
        )
        held = tuple(positions[side] for side in (*Side, None) if side in positions)
        days.append(Day(place, day, tuple(said[day].values()), held, _standing(held, verified)))
    return days


def holders_said(statement: Statement) -> str | None:
    """Who holds the place by one statement: ``RU``, ``UA``, ``not RU``, ``not UA`` or None."""
    claim = statement.claim
    if claim.actor not in (Side.RU, Side.UA) or claim.event not in (Event.CAPTURE, Event.CONTROL):
        return None
    if claim.relation is not Relation.AT or claim.bearings or claim.unnamed:
        return None
    if claim.event_date is not None:
        coarse = claim.event_date_precision not in (None, DatePrecision.DAY, DatePrecision.WEEK)
        said = statement.said
        if coarse or (said is not None and said - claim.event_date > _PAST):
            return None
    if claim.modality in _FACTS:
        return str(claim.actor)
    return f"not {claim.actor}" if claim.modality is Modality.DENIED else None


def _take(positions: Voices, day: dt.date, statements: Iterable[Statement]) -> bool:
    """Take in what was said on a day; tell whether any position changed."""
    heard: dict[Side | None, set[str]] = {}
    taken: set[tuple[Side | None, str]] = set()
    for statement in statements:
        if holder := holders_said(statement):
            voice = statement.claim.claimant_side
            heard.setdefault(voice, set()).add(holder)
            if statement.claim.event is Event.CAPTURE and not holder.startswith("not "):
                taken.add((voice, holder))
    changed = False
    for voice, holders in heard.items():
        now = tuple(sorted(_plain(holders)))
        known = positions.get(voice)
        if known is not None and _same(known.holders, now):
            plainer = known.holders if known.holders[0] in ("RU", "UA") else now
            positions[voice] = replace(known, said=day, holders=plainer)
        else:
            begun = any((voice, holder) in taken for holder in now)
            positions[voice] = Position(voice, now, day, day, begun)
            changed = True
    return changed


def _plain(holders: set[str]) -> set[str]:
    """Leave out ``not RU`` beside ``UA``: it says less."""
    return {h for h in holders if not (h.startswith("not ") and _other(h[4:]) in holders)}


def _other(side: str) -> str:
    return "UA" if side == "RU" else "RU"


def _same(before: tuple[str, ...], now: tuple[str, ...]) -> bool:
    """Whether a voice stays with what it said; who holds a place may deny that the other does."""
    return before == now or (len(before) == len(now) == 1 and not _contrary(before[0], now[0]))


def _contrary(first: str, second: str) -> bool:
    if first.startswith("not ") and second.startswith("not "):
        return False
    if first.startswith("not ") or second.startswith("not "):
        return first.removeprefix("not ") == second.removeprefix("not ")
    return first != second


def _standing(positions: Sequence[Position], verified: bool) -> Standing:
    """What positions together come to."""
    if not positions:
        return Standing.SILENT
    if any(len(position.holders) > 1 for position in positions) or any(
        _at_odds(one, other) for one in positions for other in positions
    ):
        return Standing.DISPUTED
    newest = max(positions, key=lambda p: (p.since, p.said))
    holder = newest.holders[0]
    now = [p for p in positions if not _contrary(p.holders[0], holder)]
    if holder.startswith("not "):
        return Standing.DENIED
    loser = opponent(Side(holder))
    if verified or any(p.voice in (Side.THIRD, loser) for p in now):
        return Standing.CONFIRMED
    return Standing.CLAIMED if any(p.voice is not None for p in now) else Standing.REPORTED


def _at_odds(one: Position, other: Position) -> bool:
    """Whether two positions dispute each other."""
    if one.voice is other.voice or not _contrary(one.holders[0], other.holders[0]):
        return False
    older, newer = sorted((one, other), key=lambda position: position.since)
    return not (newer.taken and older.said < newer.since)


def _with_polygons(place: Place, days: Sequence[Day], control: Control) -> Iterator[Day]:
    """Add what polygons show, and the days on which they change at the place's centre."""
    if place.kind not in _SPOTS:
        yield from days
        return
    by_date = {day.date: day for day in days}
    before: Side | None = None
    changes: dict[dt.date, Side | None] = {}
    for number, date in enumerate(control.days):
        side = control.side_at(place.lon, place.lat, date)
        if number and side is not before:
            changes[date] = before
        before = side
    for date in sorted({*by_date, *changes}):
        day = by_date.get(date) or _between(place, date, days)
        yield replace(
            day,
            polygons=control.side_at(place.lon, place.lat, date),
            polygons_changed=date in changes,
            polygons_before=changes.get(date),
            front_m=control.distance_to_front_m(place.lon, place.lat, date),
        )


def _between(place: Place, date: dt.date, days: Sequence[Day]) -> Day:
    """A day on which nobody spoke: what was said last still stands."""
    last = next((day for day in reversed(days) if day.date < date), None)
    return replace(last or Day(place, date), date=date, entries=())
