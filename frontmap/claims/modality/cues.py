"""Cues of modality: which of them bear on an event, and what they make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from frontmap.claims.lexicon import Cue, cues, known_verbs, speech_verbs
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import pattern, prefixes, word_set
from frontmap.claims.modality.givenness import GENERAL_NOUNS
from frontmap.claims.modality.negation import NONE_SUCCEEDED, PREVENTING, UNTRUE, negates, offset_of
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.governing import governing_clauses, verb_sharer
from frontmap.claims.syntax.tokens import Token

__all__ = ["CueReading", "read_cues"]

_NEGATION = pattern("not_come_about")
_OF_INFINITIVES = ("infinitive", "own infinitive")
_PREPARING = prefixes("preparing")
_TOWARD_NOUN = word_set("toward_noun")


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


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A cue found in the clause of an event or in one above it.

    Attributes
    ----------
    word : re.Match[str]
        Where the cue stands in ``clause.text``.
    is_own : bool
        The clause is the event's own.
    """

    cue: Cue
    word: re.Match[str]
    clause: Clause
    is_own: bool
    trigger: Trigger
    tokens: Sequence[Token]

    @property
    def stands_before(self) -> bool:
        """Whether the cue stands before the event."""
        return self.word.start() < offset_of(self.tokens, self.clause, self.trigger.first)


def read_cues(trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]) -> CueReading:
    """Collect the cues of the event's clause, of those above it and of the verb it shares."""
    clause = clauses[trigger.clause]
    reading = CueReading()
    chain = [clause, *governing_clauses(clause, clauses)]
    shared = verb_sharer(clause, clauses, tokens)
    for cue in cues():
        for scope in chain:
            word = cue.pattern.search(scope.text) if cue.literal in scope.text else None
            if word is not None:
                _note(reading, _Sighting(cue, word, scope, scope is clause, trigger, tokens))
        if shared is not None:
            _note_shared(reading, cue, trigger, shared)
    return reading


def _note(reading: CueReading, seen: _Sighting) -> None:
    """Note what a cue says of the event."""
    word, modality = seen.word.group(0), seen.cue.modality
    if modality == "not":
        reading.is_cancelled = reading.is_cancelled or seen.is_own
    elif modality == "fact":
        reading.is_fact = reading.is_fact or not seen.is_own
        if not seen.is_own and _NEGATION.search(seen.clause.text):
            reading.found.setdefault("denied", word)  # es gelang nicht, X zu
    elif _applies(seen):
        if modality == "denied":
            reading.denied.add(seen.is_own)
        if modality == "attempt":
            reading.is_attempt = True
        else:
            reading.found.setdefault(modality, word)


def _note_shared(reading: CueReading, cue: Cue, trigger: Trigger, shared: Clause) -> None:
    """Note what a cue says beside the verb that the event's clause shares."""
    if cue.modality not in ("planned", "possible"):
        return
    word = cue.pattern.search(shared.text)
    governs = trigger.is_infinitive or trigger.form is FormKind.INFINITIVE
    if word and (cue.scope == "clause" or (cue.scope in _OF_INFINITIVES and governs)):
        reading.found.setdefault(cue.modality, word.group(0))


def _applies(seen: _Sighting) -> bool:
    """Whether a cue bears on the event."""
    cue, trigger = seen.cue, seen.trigger
    if cue.modality == "denied":
        return _denies(seen)
    if cue.scope == "clause":
        # vielleicht gelingt es, X zu erobern
        return seen.is_own or (cue.modality in ("reported", "possible") and trigger.is_infinitive)
    if cue.scope == "future":
        befalls = trigger.entry.agent == "none"
        return seen.is_own and trigger.is_infinitive and befalls == (cue.modality == "possible")
    if cue.scope in _OF_INFINITIVES:
        if not seen.is_own:
            # Moskau will, dass Kiew die Stadt räumt
            planned = cue.modality == "planned" and cue.scope == "infinitive"
            return planned and not _wants_to_say(seen)
        return trigger.is_infinitive or _governs_noun(seen)
    if cue.scope == "complement":
        return not seen.is_own or trigger.is_infinitive or _completes(seen)
    return False


def _wants_to_say(seen: _Sighting) -> bool:
    """Whether the saying is what is wanted: ob X fiel, wollte der Generalstab nicht sagen."""
    last = seen.tokens[seen.clause.tokens[-1]].lower
    return any(speech.kind is FormKind.INFINITIVE for speech in speech_verbs().get(last, ()))


def _denies(seen: _Sighting) -> bool:
    """Whether a denying word denies the event."""
    trigger, word = seen.trigger, seen.word
    if trigger.event is Event.REPELLED and (
        word.group(0).startswith(PREVENTING) or NONE_SUCCEEDED.search(seen.clause.text)
    ):
        return False  # that the attack failed is the event
    if seen.cue.scope == "complement":
        names_it = trigger.shape == "noun" and seen.stands_before
        return not seen.is_own or trigger.is_infinitive or names_it
    if not seen.is_own:
        return UNTRUE.match(seen.clause.text, word.start()) is not None
    return negates(trigger, seen.clause, seen.tokens, word.start())


def _governs_noun(seen: _Sighting) -> bool:
    """Whether a modal plans what an event noun tells: will die Einnahme von X erreichen."""
    return (
        seen.trigger.shape == "noun"
        and seen.cue.modality == "planned"
        and seen.trigger.event not in GENERAL_NOUNS
        and _has_infinitive(seen.clause, seen.tokens)
    )


def _completes(seen: _Sighting) -> bool:
    """Whether an event noun or phrase is what the cue in its clause speaks of."""
    trigger = seen.trigger
    if trigger.shape != "noun" or seen.cue.modality != "planned":
        return trigger.shape in ("noun", "phrase") and seen.stands_before
    before, _, _ = preposition_before(seen.tokens, trigger.index)
    prepares = any(stem in seen.clause.text for stem in _PREPARING)
    # fordert eine Antwort auf den Angriff: that one is no plan
    return before not in _TOWARD_NOUN or prepares


def _has_infinitive(clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether the clause ends in an infinitive, or in a word that looks like one."""
    return any(
        known_verbs().get(tokens[i].lower) is FormKind.INFINITIVE for i in clause.tokens[-3:]
    ) or any(
        tokens[i].lower.endswith("en") and not tokens[i].is_capital for i in clause.tokens[-1:]
    )
