"""Events that a clause takes as given, whatever it plans or fears: nach dem Angriff auf X."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon.words import word_set
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import occasion_before, preposition_before
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.tokens import Token

__all__ = ["GENERAL_NOUNS", "is_given"]

# what these nouns tell goes on, rather than comes about
GENERAL_NOUNS = (Event.CLASH, Event.STRIKE, Event.CONTROL)
_MOVES = (Event.ATTACK, Event.COUNTERATTACK, Event.ADVANCE)
_ANSWERS = word_set("answers")
_ENDS_OF = word_set("ends_of")
_GIVEN = word_set("given")
_STOPPING = word_set("stopping")


def is_given(trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether the noun stands in an adverbial that takes the event as given: nach dem Angriff."""
    if trigger.shape != "noun":
        return False
    before, determiner, at = preposition_before(tokens, trigger.index)
    if not before and at >= 0 and tokens[at].lower in _ENDS_OF:
        return True  # fordert ein Ende der Kämpfe
    before, determiner, at = occasion_before(tokens, trigger.index)
    if before in ("für", "auf", "an", "über") and at >= 0 and tokens[at].lower in _ANSWERS:
        return True  # kündigt Vergeltung für den Angriff an
    wanting = any(t.lower.startswith(("will", "woll")) for t in tokens)
    if before == "mit" and determiner in ("der", "dem") and wanting and trigger.event in _MOVES:
        return True  # mit der Invasion von X wollte Kiew die Front entlasten
    if not before and _is_to_stop(trigger, tokens):
        return True  # Raketen sollen die Offensive ausbremsen
    if before not in _GIVEN:
        return False
    return (
        trigger.event in GENERAL_NOUNS
        or trigger.event in (Event.ATTACK, Event.COUNTERATTACK)
        or determiner in ("der", "des", "dem", "den", "ihrer", "seiner", "ihrem")
    )


def _is_to_stop(trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether the clause ends with what would stop the event: die Offensive ausbremsen."""
    words = [t.lower for t in tokens if t.clause == trigger.clause and t.is_word]
    return trigger.event in _MOVES and bool(words) and words[-1] in _STOPPING
