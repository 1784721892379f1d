"""Claims against dated polygons of control: do they agree, contradict, or say nothing?

Polygons are claims too: somebody drew them, mostly a day or two after the event, and they show no
fighting. So a check speaks only where they are plain; everything in between is silence. For every
event:

=================== ===================================================================
event               the polygons agree when
=================== ===================================================================
capture, control    the actor holds the ground afterwards; contradict when hardly any
advance,            the actor gained ground there; contradict when the other side did,
breakthrough        or when the front line is far away
encirclement        the actor holds most of the land around; contradict when hardly any
attack, clash,      the front line runs there; contradict when it is far away
counterattack
repelled            the same, and the place is not lost to the other side in those days
withdrawal          the actor holds less there afterwards; contradict when all
strike              never: shells and drones fly over any line
=================== ===================================================================

A denial is checked as what it denies, with the answer turned round; plans and possibilities are
not checked, for nothing is said to have happened.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from frontmap.claims.records import Claim, DatePrecision, Event, Modality, Relation, Side
from frontmap.control.metres import to_metres

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from frontmap.control.core import Control

__all__ = ["Check", "Verdict", "check"]

_HELD = 0.6  # share of the ground from which on a side holds it
_NOT_HELD = 0.15  # share up to which it does not: the built-up area is only known as a disc
_CHANGED_M2 = 100_000.0  # ten hectares
_CHANGED_SHARE = 0.1
_AT_FRONT_M = 8_000.0
_FAR_M = 25_000.0
_AROUND_M = 10_000.0  # the belt that surrounds an encircled place
_AFTER_DAYS = 7  # makers of maps mark an event up to a week late
_MARKED_DAYS = 2  # before that an event not yet drawn is no contradiction
_BEFORE_DAYS = 3  # what a report tells without a date happened in the days before it
_COARSE_M = 40_000.0  # ground wider than this is a region: who holds "it" is no question


class Verdict(StrEnum):
    """What polygons of control say to a claim."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Check:
    """The comparison of a claim with polygons of control.

    Attributes
    ----------
    verdict : Verdict
    distance_m : float or None
        Metres from the claim's place to the front line of the first of `dates`.
    dates : tuple[datetime.date, ...]
        The days whose polygons were compared, before and after the event.
    reasons : tuple[str, ...]
        The steps that led to the verdict, readable, in order.
    """

    verdict: Verdict
    distance_m: float | None
    dates: tuple[dt.date, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Ground:
    """The ground of a claim before and after; shares are those of the actor."""

    control: Control
    area: BaseGeometry  # in metres
    before: dt.date
    after: dt.date
    distance_m: float | None

    @property
    def compared(self) -> bool:
        return self.before != self.after

    def held_m2(self, side: Side, date: dt.date) -> float:
        held = self.control.area(side, date)
        return (
            0.0
            if held is None
            else float(_flat(self.control, side, date).intersection(self.area).area)
        )

    def share(self, side: Side, date: dt.date) -> float:
        return self.held_m2(side, date) / float(self.area.area)

    def gained_m2(self, side: Side) -> float:
        """Return the ground won less the ground lost."""
        return self.held_m2(side, self.after) - self.held_m2(side, self.before)


Answer = tuple[Verdict, str]


def check(control: Control, claim: Claim, area: BaseGeometry | None = None) -> Check:
    """Compare `claim` with `control`; see `Control.check`."""
    place = claim.place
    if place is None:
        return _silent("the place is not known")
    if claim.modality in (Modality.PLANNED, Modality.POSSIBLE):
        return _silent(f"{claim.modality}: nothing is said to have happened")
    date = claim.event_date or claim.reported_date
    if date is None:
        return _silent("neither the event nor the report has a date")
    before, after = _days(control, claim, date)
    if before is None or after is None:
        days = f"{control.days[0]} to {control.days[-1]}"
        return _silent(f"there are no polygons of the days around {date}, only of {days}")
    if area is None:
        from frontmap.geometry import claim_geometry

        area = claim_geometry(claim).area
    distance = control.distance_to_front_m(place.lon, place.lat, before)
    dates = (before,) if before == after else (before, after)
    if area is None or claim.relation is Relation.TOWARD:
        return Check(
            Verdict.SILENT, distance, dates, ("a movement towards a place takes no ground there",)
        )
    ground = _Ground(control, to_metres(area), before, after, distance)
    verdict, reason = _RULES[claim.event](claim, ground)
    reasons = [f"polygons of {' and '.join(day.isoformat() for day in dates)}", reason]
    if claim.modality is Modality.DENIED:
        verdict = _TURNED[verdict]
        reasons.append("the claim denies it, so the answer is turned round")
    return Check(verdict, distance, dates, tuple(reasons))


_TURNED = {
    Verdict.AGREES: Verdict.CONTRADICTS,
    Verdict.CONTRADICTS: Verdict.AGREES,
    Verdict.SILENT: Verdict.SILENT,
}


def _silent(reason: str) -> Check:
    return Check(Verdict.SILENT, None, (), (reason,))


def _days(control: Control, claim: Claim, date: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the last day with polygons before the event, and the last within a week after it."""
    start = date - dt.timedelta(days=1 if claim.event_date else _BEFORE_DAYS)
    end = _last_day(date, claim.event_date_precision if claim.event_date else None)
    limit = end + dt.timedelta(days=_AFTER_DAYS)
    before = control.day_for(start)
    later = [day for day in control.days if date <= day <= limit]
    after = later[-1] if later else control.day_for(date)
    if before is None:  # the polygons begin later: then only what they show afterwards counts
        before = after
    if before is not None and after is not None and before > after:
        before = after
    return before, after


def _last_day(date: dt.date, precision: DatePrecision | None) -> dt.date:
    if precision is DatePrecision.WEEK:
        return date + dt.timedelta(days=6)
    if precision is DatePrecision.MONTH:
        return date.replace(day=calendar.monthrange(date.year, date.month)[1])
    if precision is DatePrecision.SEASON:
        return date + dt.timedelta(days=90)
    if precision is DatePrecision.YEAR:
        return date.replace(month=12, day=31)
    return date


def _flat(control: Control, side: Side, date: dt.date) -> BaseGeometry:
    """Return what a side held in metres, computed once a day."""
    held = control.area(side, date)
    assert held is not None
    return control._kept(("flat", side, control.day_for(date)), lambda: to_metres(held))


def _other(side: Side) -> Side:
    return Side.UA if side is Side.RU else Side.RU


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _coarse(ground: _Ground) -> bool:
    west, south, east, north = ground.area.bounds
    return bool(max(east - west, north - south) > 2 * _COARSE_M)


def _held(claim: Claim, ground: _Ground) -> Answer:
    """Judge a capture or control: does the actor hold the ground afterwards?"""
    if claim.actor is None:
        return Verdict.SILENT, "the text does not say which side"
    if _coarse(ground):
        return Verdict.SILENT, "the ground is a whole region, which no side need hold altogether"
    share = ground.share(claim.actor, ground.after)
    words = f"{claim.actor} holds {_percent(share)} of the ground"
    if share >= _HELD:
        already = ground.compared and ground.share(claim.actor, ground.before) >= _HELD
        return Verdict.AGREES, words + (", and held it before" if already else "")
    if share > _NOT_HELD:
        return Verdict.SILENT, f"{words}, neither all nor nothing"
    if not ground.control.area(claim.actor, ground.after) and share == 0.0:
        return Verdict.SILENT, "the polygons do not show that side"
    if claim.event is Event.CAPTURE and not _seen_after(claim, ground):
        return Verdict.SILENT, f"{words}, but there are no polygons from well after the event"
    return Verdict.CONTRADICTS, words


def _seen_after(claim: Claim, ground: _Ground) -> bool:
    date = claim.event_date or claim.reported_date
    return date is not None and ground.after >= date + dt.timedelta(days=_MARKED_DAYS)


def _advanced(claim: Claim, ground: _Ground) -> Answer:
    if claim.actor is None:
        return Verdict.SILENT, "the text does not say which side"
    far = _far(ground)
    if not ground.compared:
        return far or (Verdict.SILENT, "there are polygons of one day only, which show no movement")
    gained = ground.gained_m2(claim.actor)
    words = f"{claim.actor} gained {gained / 1e6:.1f} square kilometres there"
    if gained >= _CHANGED_M2:
        return Verdict.AGREES, words
    lost = ground.gained_m2(_other(claim.actor))
    if lost >= _CHANGED_M2:
        return (
            Verdict.CONTRADICTS,
            f"the other side gained {lost / 1e6:.1f} square kilometres there",
        )
    return far or (Verdict.SILENT, "the polygons show no change there")


def _far(ground: _Ground) -> Answer | None:
    """Judge by distance alone: nobody moves or fights on the ground far behind the lines."""
    if ground.distance_m is None:
        return None
    extent = (float(ground.area.area) / 3.1416) ** 0.5
    if ground.distance_m > _FAR_M + extent:
        return Verdict.CONTRADICTS, f"the front line is {ground.distance_m / 1000:.0f} km away"
    return None


def _encircled(claim: Claim, ground: _Ground) -> Answer:
    if claim.actor is None or _coarse(ground):
        return Verdict.SILENT, "no side is named, or the ground is a whole region"
    belt = ground.area.buffer(_AROUND_M).difference(ground.area)
    around = _Ground(ground.control, belt, ground.before, ground.after, ground.distance_m)
    share = around.share(claim.actor, ground.after)
    words = f"{claim.actor} holds {_percent(share)} of the land around"
    if share >= _HELD:
        return Verdict.AGREES, words
    return (Verdict.CONTRADICTS if share <= _NOT_HELD else Verdict.SILENT), words


def _fought(claim: Claim, ground: _Ground) -> Answer:
    """Judge fighting on the ground: it needs a front line."""
    if ground.distance_m is None:
        return Verdict.SILENT, "the polygons show no front line"
    far = _far(ground)
    if far is not None:
        return far
    extent = (float(ground.area.area) / 3.1416) ** 0.5
    if ground.distance_m <= _AT_FRONT_M + extent:
        return Verdict.AGREES, f"the front line runs {ground.distance_m / 1000:.1f} km away"
    return Verdict.SILENT, f"the front line is {ground.distance_m / 1000:.0f} km away"


def _repelled(claim: Claim, ground: _Ground) -> Answer:
    if claim.actor is not None and ground.compared and not _coarse(ground):
        other = _other(claim.actor)
        before, after = (ground.share(other, day) for day in (ground.before, ground.after))
        if before < _HELD <= after:
            words = f"{other} holds {_percent(after)} of the ground afterwards"
            return Verdict.CONTRADICTS, words
    return _fought(claim, ground)


def _withdrew(claim: Claim, ground: _Ground) -> Answer:
    if claim.actor is None:
        return Verdict.SILENT, "the text does not say which side"
    after = ground.share(claim.actor, ground.after)
    if not ground.compared:
        return Verdict.SILENT, "there are polygons of one day only, which show no movement"
    before = ground.share(claim.actor, ground.before)
    words = (
        f"{claim.actor} held {_percent(before)} of the ground before and {_percent(after)} after"
    )
    if before - after >= _CHANGED_SHARE:
        return Verdict.AGREES, words
    if after >= _HELD:
        return Verdict.CONTRADICTS, words
    return Verdict.SILENT, words


def _struck(claim: Claim, ground: _Ground) -> Answer:
    return Verdict.SILENT, "shells and drones fly over any line"


_RULES: dict[Event, Callable[[Claim, _Ground], Answer]] = {
    Event.ADVANCE: _advanced,
    Event.CAPTURE: _held,
    Event.BREAKTHROUGH: _advanced,
    Event.ENCIRCLEMENT: _encircled,
    Event.ATTACK: _fought,
    Event.REPELLED: _repelled,
    Event.COUNTERATTACK: _fought,
    Event.WITHDRAWAL: _withdrew,
    Event.CONTROL: _held,
    Event.CLASH: _fought,
    Event.STRIKE: _struck,
}
