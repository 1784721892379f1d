"""Cues of modality: which of them bear on an event, and what they make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from frontmap.claims.lexicon import Cue, cues, known_verbs
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import prefixes
from frontmap.claims.modality.givenness import GENERAL_NOUNS
from frontmap.claims.modality.negation import NONE_SUCCEEDED, PREVENTING, UNTRUE, negates, offset_of
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.governing import governing_clauses, verb_sharer
from frontmap.claims.syntax.tokens import Token

__all__ = ["CueReading", "read_cues"]

_NEGATION = re.compile(r"\b(?:nicht|nie|kaum)\b")
_PREPARING = prefixes("preparing")
_TOWARD_NOUN = ("auf", "gegen", "um", "über", "vor", "aus", "für")


@dataclass(slots=True)
class CueReading:
    """What the cues round one event say.

    Attributes
    ----------
    found : dict[str, str]
        Of each modality the word that makes it.
    is_attempt : bool
        The event was only tried.
    is_fact : bool
        A clause above says that it came about: es gelang, X zu erobern.
    is_cancelled : bool
        A negation is no denial: nicht nur.
    denied : set[bool]
        Whether denials stand in the event's own clause, in one above: two of them make none.
    """

    found: dict[str, str] = field(default_factory=dict)
    is_attempt: bool = False
    is_fact: bool = False
    is_cancelled: bool = False
    denied: set[bool] = field(default_factory=set)


def read_cues(trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]) -> CueReading:
    """Collect the cues of the event's clause, of those above it and of the verb it shares."""
    clause = clauses[trigger.clause]
    reading = CueReading()
    chain = [(clause, True)] + [(c, False) for c in governing_clauses(clause, clauses)]
    shared = verb_sharer(clause, clauses, tokens)
    for cue in cues():
        for scope_clause, same in chain:
            _note(reading, cue, trigger, scope_clause, tokens, same)
        if shared is not None:
            _note_shared(reading, cue, trigger, shared)
    return reading


def _note(
    reading: CueReading,
    cue: Cue,
    trigger: Trigger,
    clause: Clause,
    tokens: Sequence[Token],
    same: bool,
) -> None:
    """Note what a cue in `clause` says; `same` if that is the event's own clause."""
    word = cue.pattern.search(clause.text)
    if word is None:
        return
    if cue.modality == "not":
        reading.is_cancelled = reading.is_cancelled or same
    elif cue.modality == "fact":
        reading.is_fact = reading.is_fact or not same
        if not same and _NEGATION.search(clause.text):
            reading.found.setdefault("denied", word.group(0))  # es gelang nicht, X zu
    elif _applies(cue, word, trigger, clause, tokens, same):
        if cue.modality == "denied":
            reading.denied.add(same)
        if cue.modality == "attempt":
            reading.is_attempt = True
        else:
            reading.found.setdefault(cue.modality, word.group(0))


def _note_shared(reading: CueReading, cue: Cue, trigger: Trigger, shared: Clause) -> None:
    """Note what a cue says beside the verb that the event's clause shares."""
    if cue.modality not in ("planned", "possible"):
        return
    word = cue.pattern.search(shared.text)
    governs = trigger.is_infinitive or trigger.form is FormKind.INFINITIVE
    if word and (cue.scope == "clause" or (cue.scope == "infinitive" and governs)):
        reading.found.setdefault(cue.modality, word.group(0))


def _applies(
    cue: Cue,
    word: re.Match[str],
    trigger: Trigger,
    clause: Clause,
    tokens: Sequence[Token],
    same: bool,
) -> bool:
    """Whether a cue found as `word` in `clause` bears on the event."""
    if cue.modality == "denied":
        return _denies(cue, word, trigger, clause, tokens, same)
    if cue.scope == "clause":
        # vielleicht gelingt es, X zu erobern
        return same or (cue.modality in ("reported", "possible") and trigger.is_infinitive)
    if cue.scope == "future":
        befalls = trigger.entry.agent == "none"
        return same and trigger.is_infinitive and befalls == (cue.modality == "possible")
    if cue.scope == "infinitive":
        if not same:
            # Moskau will, dass Kiew die Stadt räumt
            return cue.modality == "planned" and "soll" not in word.group(0)
        return trigger.is_infinitive or _governs_noun(cue, trigger, clause, tokens)
    if cue.scope == "complement":
        return not same or trigger.is_infinitive or _completes(cue, word, trigger, clause, tokens)
    return False


def _denies(
    cue: Cue,
    word: re.Match[str],
    trigger: Trigger,
    clause: Clause,
    tokens: Sequence[Token],
    same: bool,
) -> bool:
    """Whether a denying word denies the event."""
    if trigger.event is Event.REPELLED and (
        word.group(0).startswith(PREVENTING) or NONE_SUCCEEDED.search(clause.text)
    ):
        return False  # that the attack failed is the event
    if cue.scope == "complement":
        stands_before = word.start() < offset_of(tokens, clause, trigger.first)
        return not same or trigger.is_infinitive or (trigger.shape == "noun" and stands_before)
    if not same:
        return UNTRUE.match(clause.text, word.start()) is not None
    return negates(trigger, clause, tokens, word.start())


def _governs_noun(cue: Cue, trigger: Trigger, clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether a modal plans what an event noun tells: will die Einnahme von X erreichen."""
    return (
        trigger.shape == "noun"
        and cue.modality == "planned"
        and trigger.event not in GENERAL_NOUNS
        and _has_infinitive(clause, tokens)
    )


def _completes(
    cue: Cue, word: re.Match[str], trigger: Trigger, clause: Clause, tokens: Sequence[Token]
) -> bool:
    """Whether an event noun or phrase is what the cue in its clause speaks of."""
    stands_before = word.start() < offset_of(tokens, clause, trigger.first)
    if trigger.shape != "noun" or cue.modality != "planned":
        return trigger.shape in ("noun", "phrase") and stands_before
    before, _, _ = preposition_before(tokens, trigger.index)
    prepares = any(stem in clause.text for stem in _PREPARING)
    # fordert eine Antwort auf den Angriff: that one is no plan
    return before not in _TOWARD_NOUN or prepares


def _has_infinitive(clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether the clause ends in an infinitive, or in a word that looks like one."""
    return any(
        known_verbs().get(tokens[i].lower) is FormKind.INFINITIVE for i in clause.tokens[-3:]
    ) or any(
        tokens[i].lower.endswith("en") and not tokens[i].is_capital for i in clause.tokens[-1:]
    )
