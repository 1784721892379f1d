"""The conditions of lexicon entries: what must stand beside an event word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from frontmap.claims.lexicon import actor_words, attack_word, line_word, place_word, weapon_word
from frontmap.claims.lexicon.words import pattern
from frontmap.claims.sentence.actors import ActorMention, preposition_before
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


def _goes_on_from_weapon(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the clause shares its subject, a weapon: die Drohnen flogen weit, trafen aber X."""
    clause = analysis.clauses[trigger.clause]
    before = clause.parent if clause.is_coordinate else None
    if before is None and clause.tokens and trigger.index == clause.tokens[0] and clause.number:
        before = clause.number - 1
    if before is None:
        return False
    tokens = analysis.tokens
    return any(
        tokens[i].is_capital
        and weapon_word(tokens[i].text)
        and not preposition_before(tokens, i)[0]
        for i in analysis.clauses[before].tokens
    )


def needs_met(analysis: SentenceAnalysis, assignment: Assignment) -> bool:
    """Check the conditions of the lexicon entry; the places that break one are left out.

    What each word of the column ``needs`` asks for says the header of ``events.tsv``.
    """
    trigger, needs = assignment.trigger, assignment.trigger.entry.needs
    if not all(_CHECKS[need](analysis, trigger) for need in _CHECKS.keys() & needs):
        return False
    if "governed" in needs and not assignment.is_governed:
        return False
    if "direct" in needs and not _has_direct_object(analysis, assignment):
        return False
    _narrow_places(assignment, needs)
    return bool(assignment.places)


def _attacks(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether an attack, or two sides, stand beside the word: schlugen den Angriff zurück."""
    if has_object_noun(analysis, trigger, attack_word):
        return True
    actors = analysis.actors_in(trigger.clause)
    beaten = trigger.voice == "passive" and any(
        a.kind in ("force", "role") and a.is_subject for a in actors
    )
    parties = {a.side for a in actors if a.side or (a.kind == "generic" and a.is_subject)}
    return beaten or len(parties) > 1 or _pronoun_beats(analysis, trigger, actors)


def _pronoun_beats(
    analysis: SentenceAnalysis, trigger: Trigger, actors: Sequence[ActorMention]
) -> bool:
    """Whether ``sie`` beats somebody who is named: dort habe sie den Gegner gestoppt."""
    beaten = [a for a in actors if a.side and not (a.is_subject or a.preposition or a.is_genitive)]
    return bool(beaten) and "sie" in analysis.clauses[trigger.clause].text.split()


def _has_line(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    return has_object_noun(analysis, trigger, line_word)


def _has_weapon(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether a weapon or a side stands beside the word, or it is done by nobody named."""
    return (
        has_object_noun(analysis, trigger, weapon_word)
        or any(a.side or a.kind == "generic" for a in analysis.actors_in(trigger.clause))
        or trigger.voice == "passive"
        or _goes_on_from_weapon(analysis, trigger)
    )


def _has_force(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether troops or a state stand beside the word, by name or pronoun."""
    kinds = ("force", "generic", "role", "state")
    actors = analysis.actors_in(trigger.clause)
    return any(a.kind in kinds for a in actors) or _pronoun_is_force(analysis, trigger)


_THEY_SUCCEED = pattern("they_succeed")
_FIELD = ("near", "direction", "distance", "around")


def _is_military(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the sentence is about fighting, or a side stands right before the word."""
    if _THEY_SUCCEED.search(analysis.clauses[trigger.clause].text) and any(
        p.relation in _FIELD for p in analysis.places_in(trigger.clause)
    ):
        return True
    before = actor_words(analysis.tokens[trigger.first - 1].text) if trigger.first else None
    return analysis.is_military or (before is not None and before.kind == "adjective")


_CHECKS: dict[str, Callable[[SentenceAnalysis, Trigger], bool]] = {
    "attack": _attacks,
    "line": _has_line,
    "weapon": _has_weapon,
    "force": _has_force,
    "military": _is_military,
}


def _has_direct_object(analysis: SentenceAnalysis, assignment: Assignment) -> bool:
    """Whether the word has its object, a place by name or not; where that lies is left out."""
    trigger = assignment.trigger
    is_unnamed = unnamed_object(analysis, trigger)
    if trigger.shape != "noun" and not is_unnamed:
        is_direct = any(
            p.relation in ("direct", "part") or p.unnamed or p.coordinated_with is not None
            for p in assignment.places
        )
        if not is_direct:
            return False
    if trigger.shape == "verb" and not is_unnamed:
        assignment.places = _without_whereabouts(assignment.places)
    return True


def _narrow_places(assignment: Assignment, needs: frozenset[str]) -> None:
    """Leave out the places that stand otherwise than the word needs."""
    places = assignment.places
    if "out" in needs:
        places = [p for p in places if p.relation == "from" or p.word.startswith("aus")]
    if "around" in needs:
        places = [p for p in places if p.relation in ("around", "near")]
    if "toward" in needs:
        places = [replace(p, relation="toward") if p.relation == "direct" else p for p in places]
    if "river" not in needs:
        places = [p for p in places if not (p.relation == "direct" and _is_river(p))]
    if "front" in needs:
        places = [p for p in places if p.relation != "direct"]
    assignment.places = places


def _is_river(place: PlaceReference) -> bool:
    found = place.toponym.place
    return found is not None and found.kind is Kind.RIVER
