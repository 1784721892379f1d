"""The records of the ledger and its closed vocabularies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from frontmap.claims.records import Bearing, Claim, Event, Modality, Relation, Side
from gazetteer import Place

__all__ = [
    "Day",
    "Entry",
    "Objection",
    "ObjectionKind",
    "Position",
    "Source",
    "Standing",
    "Statement",
    "Voice",
]


class Standing(StrEnum):
    """What the documents together make of a claim, or of who holds a place.

    It says who spoke, not what is true: a confirmed claim is one that somebody without an interest
    in it, or against it, makes too.
    """

    SILENT = "silent"  # of a place and day only: nobody has said who holds it
    REPORTED = "reported"  # by media in their own voice, or by speakers of no known side
    CLAIMED = "claimed"  # by the side it serves alone
    CONFIRMED = "confirmed"  # by the other side, a third one, or after verification
    DISPUTED = "disputed"  # somebody contradicts, whoever confirms
    DENIED = "denied"  # the claim is itself a denial
    PLANNED = "planned"
    POSSIBLE = "possible"


class ObjectionKind(StrEnum):
    """How one claim speaks against another."""

    DENIAL = "denial"  # it denies the same event
    CONTROL = "control"  # the other side holds the place all the same
    CAPTURE = "capture"  # the other side took it, in those days
    REPELLED = "repelled"  # the other side beat off an attack there, in those days
    ARTICLE = "article"  # the article itself sets them against each other


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A document that makes a claim.

    Attributes
    ----------
    document : str
        The article's id.
    publisher, title, url : str
        Empty where unknown.
    published : datetime.date or None
    """

    document: str
    publisher: str = ""
    title: str = ""
    url: str = ""
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as one document makes it.

    Attributes
    ----------
    claim : Claim
    source : Source
    quotes : tuple[str, ...]
        Every sentence that says it, verbatim, the claim's own first.
    """

    claim: Claim
    source: Source
    quotes: tuple[str, ...]

    @property
    def said(self) -> dt.date | None:
        """The day the document was published, else the day of the event."""
        return self.claim.reported_date or self.source.published or self.claim.event_date


@dataclass(frozen=True, slots=True)
class Voice:
    """Those of one side who say something.

    Attributes
    ----------
    side : Side or None
        None for media in their own voice and for speakers of no known side.
    claimants : tuple[str, ...]
        Who, in the order of the alphabet; empty for media in their own voice.
    first_said, last_said : datetime.date or None
        When the first and last of the documents came out.
    """

    side: Side | None
    claimants: tuple[str, ...]
    first_said: dt.date | None
    last_said: dt.date | None

    def __str__(self) -> str:
        return str(self.side) if self.side else "unattributed"


@dataclass(frozen=True, slots=True)
class Objection:
    """A claim that speaks against another.

    Attributes
    ----------
    kind : ObjectionKind
    entry : str
        The id of the ledger's entry.
    voices : tuple[Voice, ...]
        Who makes it.
    """

    kind: ObjectionKind
    entry: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim, from whatever documents it comes.

    Attributes
    ----------
    id : str
        Stable for the same documents, whatever their order.
    statements : tuple[Statement, ...]
        What was merged, by day; the first stands for all.
    modality : Modality
        ``asserted`` only where no document attributes it to somebody.
    day, last_day : datetime.date or None
        First and last day the documents date the event to: the event's own day where one is
        named, else the day of the document. None where neither has a date.
    first_seen, last_seen : datetime.date or None
        When the first and the last document came out.
    sources : tuple[tuple[Source, ...], ...]
        The documents, grouped: each group counts as one source, for its documents are of one
        outlet or print the same agency's text.
    voices : tuple[Voice, ...]
        Who says it, a voice a side.
    first_by : tuple[Voice, ...]
        The voices heard on the day `first_seen`.
    confirmed_by : tuple[Voice, ...]
        Voices without an interest in it: a third side, and the other side where the event takes
        ground from it.
    verified : bool
        Whether a document says that it was confirmed.
    objections : tuple[Objection, ...]
    standing : Standing
    earlier : str or None
        The id of the entry before that says the same, more than the days of merging ago.
    """

    id: str
    statements: tuple[Statement, ...]
    modality: Modality
    day: dt.date | None
    last_day: dt.date | None
    first_seen: dt.date | None
    last_seen: dt.date | None
    sources: tuple[tuple[Source, ...], ...]
    voices: tuple[Voice, ...]
    first_by: tuple[Voice, ...]
    confirmed_by: tuple[Voice, ...] = ()
    verified: bool = False
    objections: tuple[Objection, ...] = ()
    standing: Standing = Standing.REPORTED
    earlier: str | None = None

    def __repr__(self) -> str:
        place = self.place.name_de if self.place else "?"
        where = " ".join((str(self.relation), *map(str, self.bearings), place))
        known = f"{self.standing}, {self.independent_sources} independent"
        return (
            f"<Entry {self.id}: {self.modality} {self.event} {self.actor or '?'} {where}, {known}>"
        )

    @property
    def claim(self) -> Claim:
        """The claim that stands for all."""
        return self.statements[0].claim

    @property
    def event(self) -> Event:
        """What is said to have happened."""
        return self.claim.event

    @property
    def actor(self) -> Side | None:
        """The side that does it, None where no document says."""
        return self.claim.actor

    @property
    def place(self) -> Place | None:
        """The anchor place."""
        return self.claim.place

    @property
    def relation(self) -> Relation:
        """How the event lies to its place."""
        return self.claim.relation

    @property
    def bearings(self) -> tuple[Bearing, ...]:
        """Bearings from the place."""
        return self.claim.bearings

    @property
    def documents(self) -> tuple[Source, ...]:
        """All documents, by day of publication."""
        found = (source for group in self.sources for source in group)
        return tuple(sorted(found, key=lambda s: (s.published or dt.date.max, s)))

    @property
    def independent_sources(self) -> int:
        """How many sources there are, copies of one text and one outlet's articles counted once."""
        return len(self.sources)

    @property
    def quotes(self) -> tuple[str, ...]:
        """Every different sentence that says it, in the order of the statements."""
        return tuple(dict.fromkeys(q for statement in self.statements for q in statement.quotes))


@dataclass(frozen=True, slots=True)
class Position:
    """What one voice holds about who has a place, as of some day.

    Attributes
    ----------
    voice : Side or None
        None for media in their own voice and for speakers of no known side.
    holders : tuple[str, ...]
        ``RU``, ``UA``, ``not RU``, ``not UA``; several where the voice is of two minds.
    since, said : datetime.date
        When it was first and last heard to say so.
    taken : bool
        Whether it began with a capture: then what others said before is older, not against it.
    """

    voice: Side | None
    holders: tuple[str, ...]
    since: dt.date
    said: dt.date
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A place on a day on which something was said about it or its control changed.

    Attributes
    ----------
    place : Place
    date : datetime.date
    entries : tuple[Entry, ...]
        The claims of which a document of that day speaks.
    positions : tuple[Position, ...]
        What each voice has said last, up to and including that day, about who holds the place.
    standing : Standing
        What the positions together come to.
    polygons : Side or None
        Who holds the centre of the place by the polygons of control; None without polygons of
        those days, and where they leave it open.
    polygons_changed : bool
        Whether the polygons before these, of the last day that has some, showed another side.
    polygons_before : Side or None
        Which, if they did.
    front_m : float or None
        Metres from the centre of the place to the front line of those polygons.
    """

    place: Place
    date: dt.date
    entries: tuple[Entry, ...] = ()
    positions: tuple[Position, ...] = ()
    standing: Standing = Standing.SILENT
    polygons: Side | None = None
    polygons_changed: bool = False
    polygons_before: Side | None = None
    front_m: float | None = None
