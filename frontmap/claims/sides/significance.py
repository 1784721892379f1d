"""The side that gains, told by what the gain means for one: ein Rückschlag für Kiew."""

from __future__ import annotations

from frontmap.claims.lexicon import actor_words
from frontmap.claims.lexicon.words import word_set
from frontmap.claims.records import Side
from frontmap.claims.sentence.actors import opponent
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.subjects import NOBODY, Actor
from frontmap.claims.syntax.clauses import Clause

__all__ = ["told_by_outcome"]

_REACH = 6


def told_by_outcome(analysis: SentenceAnalysis, trigger: Trigger) -> Actor:
    """Return who gains where the clause says for whom it is a success or a setback.

    ``Der Fall von X ist ein Rückschlag für Kiew``: the other side has taken it.
    """
    clause = analysis.clauses[trigger.clause]
    tokens = analysis.tokens
    opened = _way_open(analysis)
    if opened is not None:
        return Actor(opened, None, f"the way is then open to the side {opened}")
    for i in clause.tokens:
        word = tokens[i].lower
        if not tokens[i].is_capital or i == trigger.index:
            continue
        is_loss = word.endswith(tuple(word_set("setbacks")))
        if not is_loss and not word.endswith(tuple(word_set("successes"))):
            continue
        side = _for_whom(analysis, clause) or _whose(analysis, clause, i)
        if side is None:
            continue
        shown = f'"{tokens[i].text}" for the side {side}'
        return Actor(opponent(side) if is_loss else side, None, shown)
    return NOBODY


def _way_open(analysis: SentenceAnalysis) -> Side | None:
    """Return to whom the way is open then: fiele X, stünde den Russen der Weg nach Y offen."""
    words = {t.lower for t in analysis.tokens}
    if not words & word_set("open_ways") or not words & {"offen", "frei"}:
        return None
    sides = {
        a.side
        for a in analysis.actors
        if not (a.is_subject or a.is_genitive) and a.preposition in ("", "für")
    }
    return Side(sides.pop()) if len(sides) == 1 and sides <= {"RU", "UA"} else None


def _for_whom(analysis: SentenceAnalysis, clause: Clause) -> Side | None:
    """Return the side after ``für``: für den ukrainischen Präsidenten, für Moskau."""
    indices = clause.tokens
    for position, i in enumerate(indices):
        if analysis.tokens[i].lower != "für":
            continue
        for after in indices[position + 1 : position + 1 + _REACH]:
            word = actor_words(analysis.tokens[after].text)
            if word is not None and word.side in ("RU", "UA"):
                return Side(word.side)
    return None


def _whose(analysis: SentenceAnalysis, clause: Clause, noun: int) -> Side | None:
    """Return the side in the genitive after the noun: der größte Erfolg der Verteidiger."""
    for mention in analysis.actors_in(clause.number):
        near = 0 < mention.first - noun <= 3
        if near and mention.is_genitive and mention.side in ("RU", "UA"):
            return Side(mention.side)
    return None
