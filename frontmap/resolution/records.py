"""The record types of resolution: `Toponym`, `Candidate`."""

from __future__ import annotations

from dataclasses import dataclass

from frontmap.recognition.records import Mention
from gazetteer import Place

__all__ = ["Candidate", "Toponym"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may mean.

    Attributes
    ----------
    place : Place
    score : float
        Share of belief, 0..1; the scores of one mention's candidates sum to at most 1.
    reasons : tuple[str, ...]
    """

    place: Place
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention with the place it means.

    Attributes
    ----------
    mention : Mention
    place : Place or None
        None where the text cannot tell.
    score : float
        Calibrated 0..1: of those with 0.9 nine in ten are right.
    candidates : tuple[Candidate, ...]
        Best first; the first is `place` unless `place` is None.
    reasons : tuple[str, ...]
        The steps that led here, readable, in order.
    """

    mention: Mention
    place: Place | None
    score: float
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()

    def __repr__(self) -> str:
        found = repr(self.place) if self.place else f"not one of {len(self.candidates)} places"
        span = f"[{self.mention.start}:{self.mention.end}]"
        return f"<Toponym {self.mention.surface!r} {span}: {found}, score {self.score:.2f}>"

    def _repr_html_(self) -> str:
        from gazetteer.html import table

        place = self.place
        found = f"{place.name_de} ({place.name}), {place.id}" if place else "not resolved"
        rows = [
            ("mention", f"{self.mention.surface} [{self.mention.start}:{self.mention.end}]"),
            ("place", found),
            ("score", f"{self.score:.2f}"),
            ("reasons", "; ".join(self.reasons)),
        ]
        candidates = (
            (other.place.name_de, other.place.kind, other.place.oblast, f"{other.score:.2f}")
            for other in self.candidates
        )
        header = ("candidate", "kind", "oblast", "score")
        return table(("", ""), rows) + table(header, candidates)
