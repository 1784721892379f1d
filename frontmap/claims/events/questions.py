"""What is asked or made a condition by word order alone: ``Fällt X?``, ``Fällt X, dann ...``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from frontmap.claims.lexicon import actor_words, known_verbs, speech_verbs
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import auxiliary, pattern, word_class, word_set
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.governing import upper_clause
from frontmap.claims.syntax.segments import is_finite_kind, opening_kind
from frontmap.claims.syntax.tokens import Token

__all__ = ["is_asked", "is_called_for", "is_condition"]

_THEN = ("dann", "so")
_ASKING = word_set("asking")
_WHO = ("wer ", "wem ", "wessen ")
_OPEN = pattern("left_open")
_SUCCEEDING = word_set("succeeding")
_WHOEVER = pattern("whoever")
_SIGNS = ("-", "–", ":")
_CLOSERS = "\"'”“»«›‹)]’ "


def _opens_with_verb(clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether the clause's first word is its finite verb, with a subject behind it."""
    first = clause.tokens[0]
    lower = tokens[first].lower
    if auxiliary(lower) is not None:
        return is_finite_kind(known_verbs().get(lower))
    kind = opening_kind(tokens, first)
    if kind is FormKind.PARTICIPLE or len(clause.tokens) < 2:
        return False
    if clause.tokens[1] != first + 1:
        return False
    after = tokens[first + 1]
    if word_class(after.lower, "pronoun"):  # but: ging es um X; sagte er
        named = lower in _SUCCEEDING or not (after.lower == "es" or lower in speech_verbs())
    else:
        is_subject = word_class(after.lower, "determiner") or word_class(after.lower, "own")
        named = is_subject or after.is_capital or after.toponym is not None
    return is_finite_kind(kind) and (named or after.lower == "sich")


def is_condition(clause: Clause, clauses: Sequence[Clause], tokens: Sequence[Token]) -> bool:
    """Whether the clause is an if-clause without ``wenn``, or what follows from one."""
    if clause.kind != "main" or clause.is_coordinate:
        return False
    later = (c for c in clauses[clause.number + 1 :] if c.kind != "infinitive")
    following = next(later, None)
    if following is not None and _opens_with_verb(clause, tokens) and _follows(following, tokens):
        return True
    before = upper_clause(clauses[clause.number - 1], clauses) if clause.number else None
    return before is not None and _opens_with_verb(before, tokens) and _follows(clause, tokens)


def _follows(clause: Clause, tokens: Sequence[Token]) -> bool:
    if clause.kind != "main" or "," not in clause.separator:
        return False
    return tokens[clause.tokens[0]].lower in _THEN or _opens_with_verb(clause, tokens)


def is_asked(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the event is asked about, not told: ob X gefallen sei; Ist X gefallen? Abzug aus X?

    What another question takes as given is told: Warum ist X gefallen?
    """
    clauses, tokens = analysis.clauses, analysis.tokens
    clause = clauses[trigger.clause]
    upper = upper_clause(clause, clauses)
    if upper.kind == "subordinate" and upper.opener == "ob":
        return trigger.shape != "noun"
    before = clauses[clause.number - 1].text if clause.number else ""
    if clause.text.startswith(_WHO) and _OPEN.search(before):
        return True  # unklar blieb, wer X kontrolliert
    if _is_of_anybody(clause, clauses, tokens):
        return True
    if _asks_in_headline(trigger, clauses, tokens):
        return True
    sentence = analysis.text[analysis.sentence.start : analysis.sentence.end]
    if trigger.shape == "attribute" or not sentence.rstrip(_CLOSERS).endswith("?"):
        return False
    while clause.parent is not None and clause.kind != "main":
        clause = clauses[clause.parent]
    if tokens[clause.tokens[0]].lower in _ASKING:
        return False
    return _opens_with_verb(clause, tokens) or not _question_follows(trigger, clauses, tokens)


def _question_follows(trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]) -> bool:
    """Whether the question is what follows a sign: Kampf um X: Zieht Y ab? X verloren – was nun?"""
    for sign, after in pairwise(tokens[trigger.index + 1 :]):
        if sign.text in _SIGNS and after.lower in _ASKING:
            return True
    return any(
        set(part.separator) & set(_SIGNS) and _opens_with_verb(part, tokens)
        for part in clauses[trigger.clause + 1 :]
    )


def _is_of_anybody(clause: Clause, clauses: Sequence[Clause], tokens: Sequence[Token]) -> bool:
    """Whether the clause says what holds of whoever it may be: Wer X hält, beherrscht Y."""
    following = clauses[clause.number + 1 : clause.number + 2]
    return bool(
        _WHOEVER.search(clause.text)
        and following
        and following[0].kind == "main"
        and _opens_with_verb(following[0], tokens)
    )


def is_called_for(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the event is a call to somebody: Befreit endlich Mariupol!"""
    clause, tokens = analysis.clauses[trigger.clause], analysis.tokens
    if trigger.shape != "verb" or trigger.index != clause.tokens[0]:
        return False
    after = clause.tokens[-1] + 1
    return after < len(tokens) and tokens[after].text == "!"


def _asks_in_headline(trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]) -> bool:
    """Whether a clause without a mark asks: Liveblog: Erzwingt Russland den Durchbruch bei X."""
    clause = clauses[trigger.clause]
    first = clause.tokens[0]
    if trigger.shape != "noun" or ":" not in clause.separator or trigger.index <= first + 1:
        return False
    if not is_finite_kind(known_verbs().get(tokens[first].lower)):
        return False
    subject = tokens[first + 1]
    return tokens[first].is_capital and subject.is_capital and actor_words(subject.text) is not None
