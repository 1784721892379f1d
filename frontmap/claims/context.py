"""What earlier sentences carry into the next: places, troops and speakers spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from frontmap.article import Article
from frontmap.claims.actors import opponent
from frontmap.claims.analysis import SentenceAnalysis
from frontmap.claims.attribution import Speaker
from frontmap.claims.placement import PlaceReference, is_region
from frontmap.claims.records import Side
from frontmap.claims.roles import Carried
from frontmap.claims.scope import SpeakerMemory

if TYPE_CHECKING:
    from frontmap.claims.build import ClaimDraft

__all__ = ["Context"]


@dataclass(slots=True)
class Context:
    """The state carried through an article, sentence by sentence."""

    article: Article
    quotes: list[tuple[int, int]]
    analyses: Sequence[SentenceAnalysis]
    memory: SpeakerMemory = field(default_factory=SpeakerMemory)
    force: Side | None = None
    paragraph: int = -1
    _places: list[PlaceReference] = field(default_factory=list)
    _current: SentenceAnalysis | None = None

    def enter(self, analysis: SentenceAnalysis) -> None:
        """Start a sentence; a new paragraph forgets which troops were spoken of."""
        if analysis.sentence.paragraph != self.paragraph:
            self.paragraph = analysis.sentence.paragraph
        self._current = analysis

    def focus(self, kind: str) -> PlaceReference | None:
        """Return the place that ``die Stadt`` (settlement), ``die Region`` or ``dort`` means."""
        for place in reversed(self._candidates()):
            if kind == "any" or (kind == "region") == is_region(place.toponym):
                return place
        return None

    def _candidates(self) -> list[PlaceReference]:
        current = self._current
        here = [p for p in current.places if p.contained_in is None] if current else []
        # a place of the sentence before comes first, then those earlier in this one
        return [*self._places, *here]

    def carried(self, speaker: Speaker | None) -> Carried:
        """Return the carried troops and the claimant's side for one clause."""
        side = speaker.side if speaker is not None else None
        return Carried(self.force, side if side in (Side.RU, Side.UA) else None)

    def quote_speaker(self, start: int, end: int) -> Speaker | None:
        """Return the speaker of the quotation that covers a stretch."""
        for first, last in self.quotes:
            if first <= start and end <= last:
                return self._speaker_round(first, last)
        return None

    def _speaker_round(self, first: int, last: int) -> Speaker | None:
        for analysis in self.analyses:
            sentence = analysis.sentence
            if sentence.end <= first - 3 or sentence.start > last + 3:
                continue
            for attribution in analysis.attributions:
                at = analysis.tokens[attribution.token].start
                if attribution.way in ("verb", "formula", "heading") and not first <= at < last:
                    if attribution.speaker is not None:
                        return attribution.speaker
                    return self.memory.last
        return None

    def leave(self, analysis: SentenceAnalysis, drafts: Sequence[ClaimDraft]) -> None:
        """Note what the sentence leaves behind."""
        text = self.article.text
        for attribution in analysis.attributions:
            if attribution.speaker is not None and attribution.effect != "source":
                if attribution.speaker.kind == "agency" and self.memory.last is not None and self.memory.last.kind != "agency" and attribution.way != "verb":
                    continue
                self.memory.remember(attribution.speaker, text)
        named = [p for p in analysis.places if p.contained_in is None]
        claimed = {d.place.toponym for d in drafts}
        self._places = [*self._places[-4:], *named]
        for place in named:
            if place.toponym in claimed:  # what something happened at stays in mind
                self._places.remove(place)
                self._places.append(place)
        sides = [d.actor.side for d in drafts if d.actor.side is not None]
        if sides:
            self.force = sides[-1]
        else:
            subjects = [a for a in analysis.actors if a.is_subject and a.side in ("RU", "UA") and a.kind == "force"]
            if subjects:
                self.force = Side(subjects[-1].side)


# re-exported for the modules that read a side against the speaker
_ = opponent
