"""Event words that tell no event: works, accidents, fire brigades that fight."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon import attack_word
from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.segments import verb_kind
from frontmap.claims.syntax.tokens import Token

__all__ = ["told_events"]


def told_events(
    analysis: SentenceAnalysis, clause: Clause, triggers: Sequence[Trigger]
) -> list[Trigger]:
    """Leave out event words of a clause that tell no event of their own."""
    tokens = analysis.tokens
    told = [t for t in triggers if t.shape != "noun" or not _is_work_about(tokens, t)]
    told = [t for t in told if not _is_struck_itself(tokens, t) and not _is_figure(tokens, t)]
    told = [t for t in told if not _is_of_others(tokens, t)]
    if _FOUGHT_FOR.search(clause.text):
        told = [t for t in told if t.event is not Event.CLASH]
    told = [t for t in told if not _is_purpose(tokens, t) and not _is_awaited(analysis, clause, t)]
    if _asks_who(analysis, clause):
        told = [t for t in told if t.event not in (Event.CONTROL, Event.CAPTURE)]
    if _ACCIDENT.search(clause.text):
        told = [t for t in told if t.event is not Event.STRIKE]
    if _ACCIDENT.search(_sentence(analysis)):
        told = [t for t in told if not (t.event is Event.STRIKE and t.entry.agent == "none")]
    if _is_civil(analysis, clause):
        exchanged = _EXCHANGED.search(clause.text) is not None
        told = [
            t
            for t in told
            if t.event is Event.STRIKE
            or (t.shape not in ("verb", "phrase") and not (exchanged and t.event is Event.CLASH))
        ]
    attacks = [t for t in told if t.shape == "noun" and attack_word(tokens[t.index].text)]
    if attacks and "gegen" in clause.text.split():
        # gegen Angriffe verteidigen: the attacks are what happens
        told = [t for t in told if t.shape == "noun" or t.event is not Event.CLASH]
    return told


_WORKS = pattern("works")
_ACCIDENT = pattern("accident")
_SPARED = pattern("spared")
_AIMS = word_set("defence_aims")
_DEFENCE_FOR = pattern("defence_for")
_STRUCK_PARTS = word_set("struck_parts")
_ABOUT = word_set("about")
_ABSTRACT = word_set("abstract_aims")
_WHO = word_set("question_who")
_EXCHANGED = pattern("exchanged")
_CIVIL_NAME = pattern("civil_name")
_CIVIL = pattern("civil_subject")
_FOUGHT_FOR = pattern("fought_for")
_QUOTES = frozenset('"„“”»«‚‘›‹')


def _is_work_about(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Whether the noun names what a film or book is about: der Film über die Schlacht von X."""
    for i in range(trigger.first - 1, max(-1, trigger.first - 6), -1):
        token = tokens[i]
        if token.is_capital and token.toponym is None:
            between = tokens[i + 1 : trigger.first]
            return bool(_WORKS.search(token.lower)) and any(
                t.lower in _ABOUT or t.text in _QUOTES for t in between
            )
    return False


def _is_struck_itself(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Whether the event is only where another one strikes: in die Flanke des Vorstoßes."""
    if trigger.shape != "noun" or trigger.event not in (Event.ADVANCE, Event.BREAKTHROUGH):
        return False
    for at in range(trigger.first - 1, max(-1, trigger.first - 5), -1):
        if tokens[at].is_capital:
            return tokens[at].lower in _STRUCK_PARTS
    return False


def _is_of_others(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Whether those who advance or leave are no fighters: der Vormarsch der Ratten in X."""
    if trigger.shape != "noun" or trigger.entry.agent != "owner":
        return False
    following = tokens[trigger.index + 1 : trigger.index + 5]
    if not following or following[0].lower not in ("der", "des", "von"):
        return False
    noun = next((t for t in following if t.is_capital), None)
    return noun is not None and noun.toponym is None and bool(_CIVIL.fullmatch(noun.lower))


def _is_figure(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Whether an attack is one in words: ein Angriff auf die Pressefreiheit."""
    if trigger.shape != "noun" or trigger.event not in (Event.ATTACK, Event.STRIKE):
        return False
    following = tokens[trigger.index + 1 : trigger.index + 5]
    noun = next((t for t in following if t.is_capital), None)
    aimed = bool(following) and following[0].lower in ("auf", "gegen")
    return aimed and noun is not None and noun.lower in _ABSTRACT


def _is_purpose(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Whether fighting is only what somebody or something is for: Kurse für den Kampf."""
    if trigger.shape != "noun":
        return False
    before, _, _ = preposition_before(tokens, trigger.first)
    if trigger.entry.entry == "Abwehr":
        return before in _AIMS
    after = tokens[trigger.index + 1].lower if trigger.index + 1 < len(tokens) else ""
    return trigger.event is Event.CLASH and before == "für" and after not in ("um", "bei")


def _is_awaited(analysis: SentenceAnalysis, clause: Clause, trigger: Trigger) -> bool:
    """Whether the event is provided against, waited for or has spared the place."""
    if trigger.shape != "noun":
        return False
    if _SPARED.search(clause.text):
        return True
    words = [analysis.tokens[i].lower for i in clause.tokens if i < trigger.first]
    return _DEFENCE_FOR.search(" ".join(words)) is not None


def _is_question(analysis: SentenceAnalysis) -> bool:
    return _sentence(analysis).rstrip(' "„“”»«').endswith("?")


def _sentence(analysis: SentenceAnalysis) -> str:
    return analysis.text[analysis.sentence.start : analysis.sentence.end].lower()


def _asks_who(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether the clause asks who holds a place: Wer hat die Kontrolle über X?"""
    return _is_question(analysis) and analysis.tokens[clause.tokens[0]].lower in _WHO


def _is_civil(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether those who act are no fighters: die Feuerwehr kämpft, der Hilfskonvoi dringt vor."""
    if any(a.is_subject for a in analysis.actors_in(clause.number)):
        return False
    if _CIVIL_NAME.search(clause.text):
        return True
    tokens = analysis.tokens
    for i in clause.tokens:
        token = tokens[i]
        if not token.is_capital or _CIVIL.fullmatch(token.lower) is None:
            continue
        before, determiner, at = preposition_before(tokens, i)
        if i and verb_kind(tokens[i - 1], False) is not None:
            return True  # stürmten Fans: the subject behind its verb
        depends = determiner in ("der", "des") and at >= 0 and tokens[at].is_capital
        if not before and not depends:
            return True
    return False
