"""The conditions of lexicon entries: what must stand beside an event word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from frontmap.claims.lexicon import actor_words, attack_word, line_word, place_word, weapon_word
from frontmap.claims.lexicon.words import pattern
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.sentence.triggers import Trigger
from gazetteer import Kind

__all__ = ["Assignment", "has_object_noun", "needs_met", "unnamed_object"]


@dataclass(slots=True)
class Assignment:
    """An event word with its places."""

    trigger: Trigger
    places: list[PlaceReference]
    is_governed: bool = False


def has_object_noun(
    analysis: SentenceAnalysis, trigger: Trigger, test: Callable[[str], bool]
) -> bool:
    """Whether the clause holds a noun that passes `test`."""
    clause = analysis.clauses[trigger.clause]
    return any(
        test(analysis.tokens[i].text)
        for i in clause.tokens
        if i != trigger.index and analysis.tokens[i].is_capital
    )


def unnamed_object(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the object is a place without a name: mehrere Ortschaften, ein Dorf."""
    clause = analysis.clauses[trigger.clause]
    for i in clause.tokens:
        token = analysis.tokens[i]
        if not token.is_capital or token.toponym is not None:
            continue
        word = place_word(token.text)
        if word is not None and word.kind in ("settlement", "site", "part", "region"):
            following = analysis.tokens[i + 1] if i + 1 < len(analysis.tokens) else None
            if following is None or following.toponym is None:
                return True
    return False


def _pronoun_is_force(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether ``sie`` are the troops spoken of: nun haben sie die Stadt verlassen."""
    clause = analysis.clauses[trigger.clause]
    if "sie" not in clause.text.split() or any(
        analysis.tokens[i].is_capital
        and analysis.tokens[i].toponym is None
        and place_word(analysis.tokens[i].text) is None
        and analysis.tokens[i].lower != "sie"
        and not preposition_before(analysis.tokens, i)[0]
        for i in clause.tokens
        if i != clause.tokens[0]
    ):
        return False
    before = analysis.text[
        max(0, analysis.sentence.start - 250) : analysis.tokens[trigger.first].start
    ]
    return _CIVILIANS.search(before.lower()) is None


_CIVILIANS = pattern("civilians")


def _without_whereabouts(places: list[PlaceReference]) -> list[PlaceReference]:
    """Leave out where the place that is taken lies: 20 Kilometer südlich von X ... Y erobert."""
    joined = {p.coordinated_with for p in places}
    kept = [
        p
        for p in places
        if p.relation not in ("direction", "distance", "near", "around")
        or p.unnamed
        or p.coordinated_with is not None
        or p.index in joined
    ]
    return kept if any(p.relation == "direct" for p in kept) else places


def needs_met(analysis: SentenceAnalysis, assignment: Assignment) -> bool:
    """Check the conditions of the lexicon entry that depend on places and objects."""
    trigger, needs = assignment.trigger, assignment.trigger.entry.needs
    if "attack" in needs and not has_object_noun(analysis, trigger, attack_word):
        beaten = trigger.voice == "passive" and any(
            a.kind in ("force", "role") and a.is_subject for a in analysis.actors_in(trigger.clause)
        )
        sides = {a.side for a in analysis.actors_in(trigger.clause) if a.side}
        if not beaten and len(sides) < 2:
            return False
    if "line" in needs and not has_object_noun(analysis, trigger, line_word):
        return False
    if "weapon" in needs and not (
        has_object_noun(analysis, trigger, weapon_word)
        or any(a.side or a.kind == "generic" for a in analysis.actors_in(trigger.clause))
        or trigger.voice == "passive"
    ):
        return False
    if (
        "force" in needs
        and not any(
            a.kind in ("force", "generic", "role", "state")
            for a in analysis.actors_in(trigger.clause)
        )
        and not _pronoun_is_force(analysis, trigger)
    ):
        return False
    if "military" in needs and not analysis.is_military:
        before = actor_words(analysis.tokens[trigger.first - 1].text) if trigger.first else None
        if before is None or before.kind != "adjective":
            return False
    if "governed" in needs and not assignment.is_governed:
        return False
    if "direct" in needs and trigger.shape != "noun":
        direct = [
            p
            for p in assignment.places
            if p.relation in ("direct", "part") or p.unnamed or p.coordinated_with is not None
        ]
        if not direct and not unnamed_object(analysis, trigger):
            return False
    if "direct" in needs and trigger.shape == "verb" and not unnamed_object(analysis, trigger):
        assignment.places = _without_whereabouts(assignment.places)
    if "out" in needs:
        assignment.places = [
            p for p in assignment.places if p.relation == "from" or p.word.startswith("aus")
        ]
    if "around" in needs:
        assignment.places = [p for p in assignment.places if p.relation in ("around", "near")]
    if "toward" in needs:
        assignment.places = [
            replace(p, relation="toward") if p.relation == "direct" else p
            for p in assignment.places
        ]
    assignment.places = [
        p
        for p in assignment.places
        if not (
            p.relation == "direct"
            and "river" not in needs
            and p.toponym.place is not None
            and p.toponym.place.kind is Kind.RIVER
        )
    ]
    if "front" in needs:
        assignment.places = [p for p in assignment.places if p.relation != "direct"]
    return bool(assignment.places)
