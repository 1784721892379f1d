"""Places a negation spares, or alone strikes: nicht A, sondern B; A und B, nicht aber C."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon.words import word_set
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.segments import verb_kind
from frontmap.claims.syntax.tokens import Token

__all__ = ["is_spared"]

_BUT = word_set("contrast_but")
_TURNING = _BUT | {"nicht"}
_TURN_WORDS = 3  # aber noch nicht


def is_spared(analysis: SentenceAnalysis, trigger: Trigger, place: PlaceReference) -> bool:
    """Whether the negation of the event's clause does not reach a place.

    ``Nicht Bachmut, sondern Soledar wurde erobert`` denies the first town only, ``haben Torske
    erobert, nicht aber Jampil`` the last. Where verbs are contrasted (``nicht erobert, sondern
    zerstört``) the event is denied at every place.
    """
    tokens = analysis.tokens
    indices = analysis.clauses[trigger.clause].tokens
    words = [tokens[i].lower for i in indices]
    if "sondern" in words:
        at = words.index("sondern")
        negations = [i for i, w in zip(indices[:at], words[:at], strict=True) if w == "nicht"]
        if not negations or place.index < indices[at]:
            return False
        verb_denied = negations[-1] < trigger.first < indices[at]
        return not (verb_denied and _has_verb(analysis, indices[at:]))
    for position, turn in enumerate(indices):
        near = words[position : position + _TURN_WORDS]
        if words[position] in _TURNING and "nicht" in near and _BUT & set(near):
            beyond = trigger.first < turn or trigger.first > _end_of_aside(tokens, turn)
            return place.index < turn and beyond and _names_follow(analysis, turn)
    return False


def _end_of_aside(tokens: Sequence[Token], turn: int) -> int:
    """Return the comma behind what is set in: bei X, aber noch nicht in Y, wird gekämpft."""
    return next((i for i in range(turn, len(tokens)) if tokens[i].text == ","), len(tokens))


def _has_verb(analysis: SentenceAnalysis, indices: list[int]) -> bool:
    return any(verb_kind(analysis.tokens[i], False) is not None for i in indices)


def _names_follow(analysis: SentenceAnalysis, turn: int) -> bool:
    return any(turn < p.index <= turn + 5 for p in analysis.places)
