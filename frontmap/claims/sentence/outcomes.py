"""What became of an attack or advance: beaten back, broken up, stopped, stalled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frontmap.claims.lexicon import actor_words, attack_word
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.tokens import Token

__all__ = ["read_outcomes"]

_TRIED = (Event.ATTACK, Event.ADVANCE, Event.COUNTERATTACK, Event.BREAKTHROUGH)


def read_outcomes(
    triggers: Sequence[Trigger], clauses: Sequence[Clause], tokens: Sequence[Token]
) -> list[Trigger]:
    """Read attacks that came to nothing as what they are.

    ``Der Angriff auf X scheiterte`` and ``43 abgewehrte Angriffe bei X`` are attacks beaten back,
    ``der Vormarsch auf X stockt`` is one tried, no advance.
    """
    beaten = {t.index for t in triggers if _beats_noun(t, tokens)}
    outcomes = (_outcome(t, triggers, clauses, tokens) for t in triggers if t.index not in beaten)
    return [outcome for outcome in outcomes if outcome is not None]


def _outcome(
    trigger: Trigger,
    triggers: Sequence[Trigger],
    clauses: Sequence[Clause],
    tokens: Sequence[Token],
) -> Trigger | None:
    """Return the event as what is said to have come of it, None where only a try is told."""
    clause = clauses[trigger.clause]
    if trigger.shape == "noun" and trigger.event in _TRIED:
        following = clauses[trigger.clause + 1 : trigger.clause + 2]
        if any(_BEATEN_ALL.search(c.text) for c in following):
            return _of_noun(_turned(trigger, Event.REPELLED, "opponent"), clause.text, tokens)
        return _of_noun(trigger, clause.text, tokens)
    if trigger.event in _PREVENTABLE and _is_prevented(clauses, trigger.clause):
        told = _turned(trigger, Event.REPELLED, "opponent")
        return replace(told, form=FormKind.FINITE, is_infinitive=False)
    if trigger.entry.entry in _BREAKING_UP and _has_attack(clause, tokens):
        return _turned(trigger, Event.REPELLED, "subject")
    return None if _is_beaten_try(trigger, triggers, clauses, tokens) else trigger


_FAILING = pattern("failing")
_LET_FAIL = pattern("let_fail")
_STALLED = pattern("stalled")
_FAILED_ATTRIBUTE = pattern("failed_attribute")
_BREAKING_UP = word_set("breaking_up") | word_set("withstanding")
_BEATEN_ALL = pattern("beaten_all")
_NONE_SUCCEEDED = pattern("none_succeeded")
_PREVENTED = pattern("prevented")
_PREVENTABLE = (*_TRIED, Event.CAPTURE, Event.ENCIRCLEMENT, Event.STRIKE)
_TRIES = pattern("tries")
_AIMS = word_set("defence_aims")


def _turned(trigger: Trigger, event: Event, agent: str) -> Trigger:
    needs = trigger.entry.needs - {"direct", "force", "front", "governed"}
    entry = replace(trigger.entry, event=event, agent=agent, needs=needs)
    return replace(trigger, entry=entry, event=event)


def _of_noun(trigger: Trigger, text: str, tokens: Sequence[Token]) -> Trigger:
    """Return an attack or advance as what the words round it say came of it."""
    if trigger.entry.agent != "owner":
        return trigger
    attributes = _attributes(trigger, tokens)
    before_all = tokens[trigger.first - len(attributes) - 1].text if trigger.first else ""
    if before_all == "Abwehr":
        aim, _, _ = preposition_before(tokens, trigger.first - len(attributes) - 1)
        if aim in _AIMS:
            return trigger  # Truppen für die Abwehr des Vorstoßes: the advance is what there is
        agent = "opponent" if _is_owned(trigger, attributes, tokens) else "owner"
        return _turned(trigger, Event.REPELLED, agent)
    if any(_FAILED_ATTRIBUTE.fullmatch(word) for word in attributes):
        return _turned(trigger, Event.REPELLED, "opponent")
    if _LET_FAIL.search(text):
        # ließen den Angriff scheitern: the subject beats it back
        return replace(_turned(trigger, Event.REPELLED, "subject"), shape="verb", voice="active")
    before, _, _ = preposition_before(tokens, trigger.index)
    if before in ("", "von") and _NONE_SUCCEEDED.search(text):
        return _turned(trigger, Event.REPELLED, "opponent")  # von 14 Angriffen hatte keiner Erfolg
    if before not in ("", "mit"):
        return trigger
    if _FAILING.search(text):
        return _turned(trigger, Event.REPELLED, "opponent")
    if trigger.event is Event.ADVANCE and _STALLED.search(text):
        return _turned(trigger, Event.ATTACK, "owner")
    return trigger


def _is_owned(trigger: Trigger, attributes: Sequence[str], tokens: Sequence[Token]) -> bool:
    """Whether the words beside an attack say whose it is: eines russischen Vorstoßes."""
    after = [t.text for t in tokens[trigger.index + 1 : trigger.index + 4]]
    return any(actor_words(word) is not None for word in (*attributes, *after))


def _is_prevented(clauses: Sequence[Clause], number: int) -> bool:
    """Whether somebody kept a try from coming off: wollten X stürmen, was Y vereitelte."""
    following = clauses[number + 1 : number + 2]
    return any(c.opener == "was" and _PREVENTED.search(c.text) for c in following)


def _attributes(trigger: Trigger, tokens: Sequence[Token]) -> list[str]:
    """Return the adjectives right before a noun."""
    words: list[str] = []
    for token in reversed(tokens[: trigger.first]):
        if token.is_capital or not token.lower.endswith(("e", "en", "er", "es", "em")):
            break
        words.append(token.lower)
    return words


def _beats_noun(trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether the word is an attribute of the attack that was beaten back."""
    if trigger.shape != "attribute" or trigger.event is not Event.REPELLED:
        return False
    following = (t for t in tokens[trigger.index + 1 : trigger.index + 4] if t.is_capital)
    noun = next(following, None)
    return noun is not None and attack_word(noun.text)


def _is_beaten_try(
    trigger: Trigger,
    triggers: Sequence[Trigger],
    clauses: Sequence[Clause],
    tokens: Sequence[Token],
) -> bool:
    """Whether a try to do it was beaten back: Versuche, in X einzudringen, wurden abgewehrt."""
    clause = clauses[trigger.clause]
    if clause.kind != "infinitive" or clause.parent is None:
        return False
    if not any(t.event is Event.REPELLED and t.clause == clause.parent for t in triggers):
        return False
    return any(
        _TRIES.fullmatch(tokens[i].lower) and not preposition_before(tokens, i)[0]
        for i in clauses[clause.parent].tokens
        if tokens[i].is_capital
    )


def _has_attack(clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether an attack is what is broken up, no circumstance."""
    return any(
        tokens[i].is_capital
        and attack_word(tokens[i].text)
        and not preposition_before(tokens, i)[0]
        for i in clause.tokens
    )
