"""A claim before merging and verification."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from frontmap.claims.passage.scope import Coverage
from frontmap.claims.records import DatePrecision, Event, Modality, Relation, Side
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.sides.subjects import Actor

__all__ = ["ClaimDraft"]


@dataclass(slots=True)
class ClaimDraft:
    """A claim before merging and verification."""

    event: Event
    actor: Actor
    place: PlaceReference
    relation: Relation
    modality: Modality
    coverage: Coverage | None
    start: int
    end: int
    paragraph: int
    target: PlaceReference | None = None
    origin: PlaceReference | None = None
    date: tuple[dt.date, DatePrecision] | None = None
    count: int | None = None
    shape: str = "verb"
    verification: str | None = None
    moved_m: float | None = None
    entry: str = ""
    is_harm: bool = False
    is_definite: bool = False
    clause: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def claimant_side(self) -> Side | None:
        """The side of who says so."""
        speaker = self.coverage.speaker if self.coverage else None
        return speaker.side if speaker else None
