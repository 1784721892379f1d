"""Events that a clause takes as given, whatever it plans or fears: nach dem Angriff auf X."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon.words import prefixes, word_set
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
_OWN_OR_THE = ("der", "dem", "ihrer", "ihrem", "seiner", "seinem")
_STOPPING = word_set("stopping")
_TOLD = prefixes("told_nouns")
_RUMOURS = prefixes("rumours")


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
    told = tokens[at].lower if at >= 0 else ""
    if before == "über" and told.startswith(_TOLD) and not told.startswith(_RUMOURS):
        return True  # will mit der Meldung über die Einnahme von X Druck machen
    if before == "vom" and trigger.event is Event.REPELLED:
        return True  # will vom Scheitern der Offensive ablenken
    wanting = any(t.lower.startswith(("will", "woll")) for t in tokens)
    if before == "mit" and determiner in _OWN_OR_THE and wanting and trigger.event in _MOVES:
        return True  # mit der Invasion von X wollte Kiew die Front entlasten
    if not before and (_is_to_stop(trigger, tokens) or _is_to_serve(trigger, determiner, tokens)):
        return True  # Raketen sollen die Offensive ausbremsen, die Offensive soll X binden
    if before not in _GIVEN:
        return False
    return (
        trigger.event in GENERAL_NOUNS
        or trigger.event in (Event.ATTACK, Event.COUNTERATTACK)
        or determiner in ("der", "des", "dem", "den", "ihrer", "seiner", "ihrem")
    )


def _is_to_stop(trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether the clause ends with what would stop the event: die Offensive ausbremsen."""
    words = _words(trigger, tokens)
    return trigger.event in _MOVES and bool(words) and words[-1] in _STOPPING


def _is_to_serve(trigger: Trigger, determiner: str, tokens: Sequence[Token]) -> bool:
    """Whether the clause says what the event, its subject, is for: die Offensive sollte X binden.

    ``die Offensive soll beginnen`` and ``soll verschoben werden`` tell of what is to come.
    """
    words = _words(trigger, tokens)
    return (
        trigger.event in _MOVES
        and determiner in _DEFINITE
        and words[0] == determiner
        and any(word in _SHOULD for word in words)
        and words[-1] not in (*_COMING_ABOUT, "werden", "sein", "haben")
    )


def _words(trigger: Trigger, tokens: Sequence[Token]) -> list[str]:
    return [t.lower for t in tokens if t.clause == trigger.clause and t.is_word]


_COMING_ABOUT = word_set("coming_about")
_DEFINITE = word_set("definite")
_SHOULD = word_set("should")
