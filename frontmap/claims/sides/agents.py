"""The agent a passive names with ``von`` or ``durch``."""

from __future__ import annotations

from frontmap.claims.lexicon.words import prefixes, word_set
from frontmap.claims.records import Event, Side
from frontmap.claims.sentence.actors import ActorMention, opponent
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.subjects import NOBODY, Actor, Carried, of_mention

__all__ = ["passive_agent"]

_BY = word_set("agent_prepositions")
_CLEARING = word_set("clearing")
_FREEING = word_set("freed_from_or_by") | _CLEARING
_INVADERS = prefixes("invaders")
_STILL = word_set("before_an_attribute")


def passive_agent(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the agent of a passive: von, durch."""
    if trigger.entry.entry in _FREEING:
        return _freed(analysis, trigger, carried)
    nouns = [t.index for t in analysis.triggers if t.shape == "noun" and t.event is not Event.CLASH]
    agents = [
        m
        for m in analysis.actors_in(trigger.clause)
        if m.preposition in _BY
        and not _serves_attribute(analysis, m, trigger)
        and not any(0 < m.first - noun <= 3 for noun in nouns)
    ]
    if agents:
        before = [m for m in agents if m.head < trigger.index]
        return of_mention((before or agents)[-1], analysis, carried, "agent of the passive")
    clause = analysis.clauses[trigger.clause]
    if clause.is_coordinate and clause.parent is not None:
        for mention in analysis.actors_in(clause.parent):
            if mention.preposition in ("von", "durch"):
                return of_mention(mention, analysis, carried, "agent of the clause gone on from")
    return NOBODY


def _freed(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return who frees: ``von`` names the liberators or those the place is freed from."""
    for mention in analysis.actors_in(trigger.clause):
        if mention.preposition not in ("von", "vom", "durch"):
            continue
        actor = of_mention(mention, analysis, carried, "named with von")
        if mention.preposition == "durch" or actor.side is carried.claimant is not None:
            return actor
        freed_from = (
            trigger.entry.entry in _CLEARING
            or mention.side == "other"
            or carried.claimant is not None
            or analysis.tokens[mention.head].text.startswith(_INVADERS)
        )
        if freed_from:
            side = carried.claimant if mention.side == "other" else opponent(actor.side)
            return Actor(side, None, f'freed from "{actor.text}"')
        if actor.side is Side.UA or _is_at_home(analysis, trigger, actor.side):
            return actor
        return Actor(None, None, "both sides are possible after von; the side is left open")
    return NOBODY


def _is_at_home(analysis: SentenceAnalysis, trigger: Trigger, side: Side | None) -> bool:
    """Whether the places lie in Russia and its own troops are named."""
    places = [p.toponym.place for p in analysis.places_in(trigger.clause)]
    countries = {p.country for p in places if p is not None}
    return side is Side.RU and countries == {"RU"}


def _serves_attribute(analysis: SentenceAnalysis, mention: ActorMention, trigger: Trigger) -> bool:
    """Whether ``von X`` belongs to an attribute: die von Russland besetzte Stadt."""
    following = mention.head + 1
    while following < len(analysis.tokens) and analysis.tokens[following].lower in _STILL:
        following += 1
    return any(
        t.shape == "attribute" and t.index == following and t is not trigger
        for t in analysis.triggers
    ) or (
        following < len(analysis.tokens)
        and analysis.tokens[following].lower.endswith(("te", "ten", "ene", "enen", "tes"))
        and trigger.index != following
        and not analysis.tokens[following].is_capital
        and following + 1 < len(analysis.tokens)
        and analysis.tokens[following + 1].is_capital
    )
