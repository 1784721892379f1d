"""What the text says about independent confirmation, applied to the claims it covers."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.analysis import SentenceAnalysis
from frontmap.claims.drafts import ClaimDraft
from frontmap.claims.lexicon import verification_patterns
from frontmap.claims.records import Event, Modality, Side

__all__ = ["apply_verification"]


def apply_verification(analyses: Sequence[SentenceAnalysis], drafts: Sequence[ClaimDraft]) -> None:
    """Mark the claims that sentences about verification cover.

    A sentence such as ``Die Angaben ließen sich nicht unabhängig überprüfen`` holds for the report
    it stands in; where a report has several such sentences, each covers what stands between it
    and the one before, the last also what follows.
    """
    spots = []
    for analysis in analyses:
        text = analysis.text[analysis.sentence.start : analysis.sentence.end].lower()
        for pattern, verification in verification_patterns():
            if pattern.search(text):
                spots.append((analysis.sentence.end, verification))
                break
    for draft in drafts:
        covering = next((s for s in spots if draft.start < s[0]), spots[-1] if spots else None)
        if covering is not None:
            draft.verification = covering[1]
    _confirmations(analyses, drafts)


def _confirmations(analyses: Sequence[SentenceAnalysis], drafts: Sequence[ClaimDraft]) -> None:
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
