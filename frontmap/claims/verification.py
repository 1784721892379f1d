"""What the text says about independent confirmation, applied to the claims it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontmap.claims.lexicon import verification_patterns
from frontmap.claims.lexicon.words import pattern
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.records import Event, Modality, Side
from frontmap.claims.sentence.analysis import SentenceAnalysis

__all__ = ["apply_verification"]


@dataclass(frozen=True, slots=True)
class _Word:
    """A sentence about verification: what it says, what it covers, where its words end."""

    number: int
    verification: str
    covers: str
    end: int


_NEGATED = pattern("not_confirmed")
_POINTING = pattern("points_at_report")


def apply_verification(analyses: Sequence[SentenceAnalysis], drafts: Sequence[ClaimDraft]) -> None:
    """Mark the claims that sentences about verification cover; the rest stay unmarked.

    ``Die Angaben ließen sich nicht unabhängig überprüfen`` holds for what others are cited with:
    where a text has several such sentences, each covers what stands between it and the one before,
    the last also what follows. ``Geolokalisierte Videos zeigen, dass X gefallen ist`` confirms what
    it tells and nothing else.
    """
    words = [w for n, a in enumerate(analyses) if (w := _read(n, a)) is not None]
    general = [w for w in words if w.covers == "reports"]
    for draft in drafts:
        if draft.coverage is None:
            continue
        covering = next(
            (w for w in general if draft.start < _end(analyses, w)),
            general[-1] if general else None,
        )
        if covering is not None:
            draft.verification = covering.verification
    for word in words:
        for draft in _covered(word, analyses, drafts):
            draft.verification = word.verification
    _confirmations(drafts)


def _read(number: int, analysis: SentenceAnalysis) -> _Word | None:
    """Return what a sentence says about verification."""
    start = analysis.sentence.start
    text = analysis.text[start : analysis.sentence.end].lower()
    for line in verification_patterns():
        match = line.pattern.search(text) if line.literal in text else None
        if match is None:
            continue
        if line.verification == "confirmed" and _NEGATED.search(text):
            return None
        return _Word(number, line.verification, line.covers, start + match.end())
    return None


def _end(analyses: Sequence[SentenceAnalysis], word: _Word) -> int:
    return analyses[word.number].sentence.end


def _inside(draft: ClaimDraft, analysis: SentenceAnalysis) -> bool:
    return analysis.sentence.start <= draft.start < analysis.sentence.end


def _covered(
    word: _Word, analyses: Sequence[SentenceAnalysis], drafts: Sequence[ClaimDraft]
) -> list[ClaimDraft]:
    """Return the claims that a sentence covers by its own words."""
    analysis = analyses[word.number]
    own = [d for d in drafts if _inside(d, analysis)]
    if word.covers == "before":
        return [
            d
            for d in drafts
            if d.coverage is not None
            and d.paragraph == analysis.sentence.paragraph
            and d.start < analysis.sentence.end
        ]
    if word.covers == "sentence" and own:
        return own
    if word.covers == "told" and own:
        named = ((d, d.place.toponym.mention.start) for d in own)
        return [d for d, at in named if at > word.end or at < analysis.sentence.start]
    previous = analyses[word.number - 1] if word.number else None
    text = analysis.text[word.end : analysis.sentence.end].lower()
    points_back = word.covers == "sentence" or _POINTING.search(text) is not None
    if word.covers not in ("sentence", "told") or previous is None or not points_back:
        return []
    return [d for d in drafts if _inside(d, previous)]


def _confirmations(drafts: Sequence[ClaimDraft]) -> None:
    """Mark claims as confirmed where the other side or a third one admits or confirms them."""
    for draft in drafts:
        if draft.modality is not Modality.REPORTED or draft.coverage is None:
            continue
        if draft.coverage.effect not in ("admit", "confirm"):
            continue
        side = draft.claimant_side
        against = (
            side is not draft.actor.side
            if draft.event is not Event.WITHDRAWAL
            else side is draft.actor.side
        )
        if draft.actor.side is not None and side in (Side.RU, Side.UA, Side.THIRD) and against:
            draft.verification = "confirmed"
