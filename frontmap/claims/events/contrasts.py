"""Places a negation spares, or alone strikes: nicht A, sondern B; A und B, nicht aber C."""

from __future__ import annotations

from frontmap.claims.lexicon.words import word_set
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import verb_kind

__all__ = ["is_spared"]

_BUT = word_set("contrast_but")


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
    for position, word in enumerate(words[:-1]):
        pair = (word, words[position + 1])
        if "nicht" not in pair or not _BUT & set(pair):
            continue
        turn = indices[position]
        return place.index < turn and trigger.first < turn and _names_follow(analysis, turn)
    return False


def _has_verb(analysis: SentenceAnalysis, indices: list[int]) -> bool:
    return any(verb_kind(analysis.tokens[i], False) is not None for i in indices)


def _names_follow(analysis: SentenceAnalysis, turn: int) -> bool:
    return any(turn < p.index <= turn + 5 for p in analysis.places)
