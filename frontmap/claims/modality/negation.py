"""Whether a negation in an event's clause denies the event, or something beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontmap.claims.lexicon.words import pattern, prefixes, word_set
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.tokens import Token

__all__ = [
    "EXISTENCE",
    "NONE_SUCCEEDED",
    "PREVENTING",
    "UNTRUE",
    "is_negated",
    "negates",
    "offset_of",
]

EXISTENCE = pattern("existence")
NONE_SUCCEEDED = pattern("none_succeeded")
PREVENTING = prefixes("preventing")
UNTRUE = pattern("untrue")
_AIMING = pattern("aiming")
_HARDLY = pattern("hardly")
_REASONS = word_set("reasons")
_STAYING_AWAY = prefixes("staying_away")
_UNCONFIRMED = pattern("unconfirmed")


def offset_of(tokens: Sequence[Token], clause: Clause, index: int) -> int:
    """Return where token `index` stands, or would stand, in ``clause.text``."""
    offset = 0
    for i in clause.tokens:
        if i >= index:
            break
        offset += len(tokens[i].lower) + 1
    return offset


def is_negated(trigger: Trigger, clauses: Sequence[Clause]) -> bool:
    """Whether a dass-clause negates its event: bestritt, dass die Stadt nicht gefallen sei."""
    clause = clauses[trigger.clause]
    told = clause.kind == "subordinate" and trigger.shape in ("verb", "phrase")
    return told and _NEGATED.search(clause.text) is not None


_NEGATED = re.compile(r"\b(?:nicht(?! nur\b)|kein\w*)\b")


def negates(trigger: Trigger, clause: Clause, tokens: Sequence[Token], at: int) -> bool:
    """Whether a negation at offset `at` of the clause denies the event."""
    position = offset_of(tokens, clause, trigger.first)
    if UNTRUE.match(clause.text, at):
        return True
    if trigger.shape == "attribute":
        return 0 <= position - at <= 8
    if _HARDLY.match(clause.text, at):
        return trigger.event is Event.ADVANCE and trigger.shape == "verb"
    return trigger.shape != "noun" or _negates_noun(trigger, clause, tokens, at)


def _negates_noun(trigger: Trigger, clause: Clause, tokens: Sequence[Token], at: int) -> bool:
    """Whether a negation at offset `at` of the clause denies what the noun tells."""
    position = offset_of(tokens, clause, trigger.first)
    word = re.match(r"\w+", clause.text[at:])
    negation = word.group(0) if word else ""
    if _aims_at_place(clause, tokens):
        return True  # der Vorstoß ziele nicht auf X ab
    if negation.startswith("kein"):
        between = clause.text[at:position].split()
        return position - at >= 0 and len(between) <= 4
    if negation.startswith(PREVENTING):
        # wegen des Beschusses gescheitert: what failed is something else
        return preposition_before(tokens, trigger.index)[0] not in _REASONS
    if negation.startswith(_STAYING_AWAY):
        return not preposition_before(tokens, trigger.index)[0]
    if _UNCONFIRMED.search(clause.text):
        return False  # that nobody confirms it denies nothing
    return EXISTENCE.search(clause.text) is not None


def _aims_at_place(clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether the clause says what place a move is, or is not, aimed at."""
    if _AIMING.search(clause.text) is None:
        return False
    for i in clause.tokens:
        if tokens[i].toponym is not None:
            before, _, _ = preposition_before(tokens, i)
            return before in ("auf", "gegen", "")
    return False
