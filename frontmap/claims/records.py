"""The record of a claim and its closed vocabularies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from frontmap.resolution import Toponym
from gazetteer import Place

__all__ = [
    "Bearing",
    "Claim",
    "DatePrecision",
    "Event",
    "Modality",
    "Relation",
    "Side",
    "Verification",
]


class Event(StrEnum):
    """What is said to have happened."""

    ADVANCE = "advance"
    CAPTURE = "capture"
    BREAKTHROUGH = "breakthrough"
    ENCIRCLEMENT = "encirclement"
    ATTACK = "attack"
    REPELLED = "repelled"
    COUNTERATTACK = "counterattack"
    WITHDRAWAL = "withdrawal"
    CONTROL = "control"
    CLASH = "clash"
    STRIKE = "strike"


class Side(StrEnum):
    """A side of the war, or of the talk about it (`THIRD` is never an actor)."""

    RU = "RU"
    UA = "UA"
    THIRD = "third"


class Relation(StrEnum):
    """How the event lies to its place."""

    AT = "at"
    PART = "part"  # in the north of, the centre of, the outskirts of
    DIRECTION = "direction"  # north of
    NEAR = "near"
    BETWEEN = "between"  # `place` is the first anchor, `target` the second
    TOWARD = "toward"  # `origin` is the start where one is named
    DISTANCE = "distance"  # 20 km west of


class Bearing(StrEnum):
    """A compass bearing from the place, or its centre."""

    N = "N"
    NE = "NE"
    E = "E"
    SE = "SE"
    S = "S"
    SW = "SW"
    W = "W"
    NW = "NW"
    C = "C"


class Modality(StrEnum):
    """How the text presents the event."""

    ASSERTED = "asserted"  # in its own voice
    REPORTED = "reported"
    DENIED = "denied"
    PLANNED = "planned"
    POSSIBLE = "possible"


class Verification(StrEnum):
    """What the text says about independent confirmation."""

    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class DatePrecision(StrEnum):
    """How exact an event's date is; the date is the first day of the stretch."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about military movement or control at a place.

    Attributes
    ----------
    id : str
        Stable within the article and across runs.
    event : Event
    actor : Side or None
        The side that does it; None where the text does not say.
    actor_text : str or None
        The words that name the actor.
    place : Place or None
        The anchor place; None where its name could not be resolved.
    toponym : Toponym or None
        The resolved mention of `place`, with its reasons.
    relation : Relation
    bearings : tuple[Bearing, ...]
    distance_m : float or None
        Metres: from the place (`DISTANCE`), or how far troops moved (other relations).
    target : Place or None
        Second anchor of `BETWEEN`.
    origin : Place or None
        Named start of a movement `TOWARD`.
    unnamed : str or None
        The kind of an unnamed place lying in `relation` to `place` (``"village"`` in ``ein Dorf
        südlich von Siwersk``).
    bank : Bearing or None
        The bank of a river, if one is named (``Bearing.W`` for ``am westlichen Ufer``).
    claimant : str or None
        Who says so, normalised (``"Russisches Verteidigungsministerium"``); None in the text's
        own voice.
    claimant_side : Side or None
    claimant_text : str or None
        The words that name the claimant.
    modality : Modality
    verification : Verification or None
    event_date : datetime.date or None
        First day of the stretch that `event_date_precision` names.
    event_date_precision : DatePrecision or None
    reported_date : datetime.date or None
        The article's date.
    count : int or None
        How many (attacks, villages, clashes).
    start, end : int
        Code point offsets of `quote` in the article's text.
    quote : str
        The clause or sentence, verbatim.
    quotes : tuple[tuple[int, int], ...]
        Offsets of every place in the text that says it, the first being (start, end).
    disputes : tuple[str, ...]
        Ids of claims of the other side that contradict this one.
    article_id : str
    reasons : tuple[str, ...]
        The steps that made the claim, readable, in order.
    """

    id: str
    event: Event
    actor: Side | None
    place: Place | None
    relation: Relation
    modality: Modality
    start: int
    end: int
    quote: str
    actor_text: str | None = None
    toponym: Toponym | None = None
    bearings: tuple[Bearing, ...] = ()
    distance_m: float | None = None
    target: Place | None = None
    origin: Place | None = None
    unnamed: str | None = None
    bank: Bearing | None = None
    claimant: str | None = None
    claimant_side: Side | None = None
    claimant_text: str | None = None
    verification: Verification | None = None
    event_date: dt.date | None = None
    event_date_precision: DatePrecision | None = None
    reported_date: dt.date | None = None
    count: int | None = None
    quotes: tuple[tuple[int, int], ...] = ()
    disputes: tuple[str, ...] = ()
    article_id: str = ""
    reasons: tuple[str, ...] = ()

    def __repr__(self) -> str:
        place = self.place.name_de if self.place else "?"
        where = " ".join((str(self.relation), *map(str, self.bearings), place))
        said = f"{self.modality} by {self.claimant}" if self.claimant else str(self.modality)
        return f"<Claim {self.id}: {self.event} {self.actor or '?'} {where}, {said}>"

    def _repr_html_(self) -> str:
        from gazetteer.html import table

        kept = ((name, getattr(self, name)) for name in self.__dataclass_fields__)
        rows = [(name, _shown(value)) for name, value in kept if value not in (None, (), "")]
        return table(("", ""), rows)


def _shown(value: object) -> str:
    """Write a field of a claim for reading."""
    if isinstance(value, Place):
        return f"{value.name_de} ({value.name}), {value.id}"
    if isinstance(value, Toponym):
        return f"{value.mention.surface}: {value.score:.2f}"
    if isinstance(value, tuple):
        return "; ".join(str(part) for part in value)
    return str(value)
