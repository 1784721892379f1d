"""Places named a sentence later: zwei Dörfer wurden erobert. Es handele sich um X und Y."""

from __future__ import annotations

from dataclasses import replace

from frontmap.claims.build import draft_assignment
from frontmap.claims.events.conditions import Assignment, unnamed_object
from frontmap.claims.lexicon.words import pattern
from frontmap.claims.passage.context import Context
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.records import Event
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference, is_region, restated
from frontmap.claims.sentence.triggers import Trigger

__all__ = ["leaves_unnamed", "named_afterwards"]

_NAMED_LATER = (Event.CAPTURE, Event.CONTROL, Event.WITHDRAWAL, Event.STRIKE, Event.ATTACK)
_THESE_ARE = pattern("these_are")


def leaves_unnamed(analysis: SentenceAnalysis) -> Trigger | None:
    """Return the event of a sentence that befalls places it does not name: zwei Dörfer."""
    for trigger in analysis.triggers:
        told = trigger.shape != "attribute" and trigger.event in _NAMED_LATER
        if told and unnamed_object(analysis, trigger):
            return trigger
    return None


def named_afterwards(
    before: SentenceAnalysis, analysis: SentenceAnalysis, context: Context
) -> list[ClaimDraft]:
    """Make the claims of the sentence `before` at the places that this one names.

    Parameters
    ----------
    before : SentenceAnalysis
        The sentence right before, whose event befalls places it does not name.
    analysis : SentenceAnalysis
        ``Es handele sich um die Ortschaften X und Y``.
    """
    trigger = leaves_unnamed(before)
    opening = analysis.clauses[0].text if analysis.clauses else ""
    match = _THESE_ARE.search(opening)
    same = before.sentence.paragraph == analysis.sentence.paragraph
    if trigger is None or match is None or not same or analysis.triggers:
        return []
    places = [
        _as_object(p, trigger)
        for p in analysis.places
        if p.contained_in is None and not p.noun and not is_region(p.toponym)
    ]
    return draft_assignment(before, Assignment(trigger, places), context) if places else []


def _as_object(place: PlaceReference, trigger: Trigger) -> PlaceReference:
    """Return the place as the object of an event in the sentence before."""
    return replace(restated(place, "direct"), index=trigger.first, first=trigger.first)
