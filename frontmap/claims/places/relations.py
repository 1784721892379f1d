"""How an event lies to its place: at, in a part of, near or toward it; how far; where from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontmap.claims.lexicon import line_word, place_word
from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.places.assignment import Assignment
from frontmap.claims.records import Event, Relation
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.asides import ROAD
from frontmap.claims.sentence.references import PlaceReference, is_region
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.noun_phrases import number_value

__all__ = ["moved_m", "origin", "pair_anchors", "relation_of"]

_MEASURE = re.compile(r"\b([\w.,]+) (kilometer|km|meter)n?\b")
_PARTLY = pattern("partly")
_STARTED = (Event.ATTACK, Event.STRIKE, Event.ADVANCE, Event.COUNTERATTACK)
_SECTORS = frozenset(word.capitalize() for word in word_set("sectors"))


def relation_of(
    analysis: SentenceAnalysis, assignment: Assignment, place: PlaceReference, event: Event
) -> Relation | None:
    """Decide the relation, a share of the place counting as a part of it."""
    trigger = assignment.trigger
    relation = _plain_relation(place, trigger)
    if place.relation == "from" and (
        any(a.head == place.first - 2 and a.kind == "role" for a in analysis.actors)
        or (
            1 < place.first < len(analysis.tokens)
            and line_word(analysis.tokens[place.first - 2].text)
        )
    ):
        relation = Relation.AT  # die Verteidiger von X, die Verteidigung von X
    if event is Event.CONTROL and trigger.shape == "attribute" and place.toponym.place is None:
        return None
    if relation is not Relation.AT:
        return relation
    held = event in (Event.CONTROL, Event.CAPTURE)
    if held and _PARTLY.search(analysis.clauses[trigger.clause].text):
        return Relation.PART
    if is_region(place.toponym) and _is_share(analysis, trigger):
        return Relation.PART
    return relation


def _is_share(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether only places inside the region are meant: mehrere Ortschaften in der Region."""
    if trigger.event not in (Event.CAPTURE, Event.CONTROL):
        return False
    clause = analysis.clauses[trigger.clause]
    for i in clause.tokens:
        token = analysis.tokens[i]
        word = place_word(token.text) if token.is_capital and token.toponym is None else None
        if word is not None and word.kind in ("settlement", "part"):
            return True
    return False


def _plain_relation(place: PlaceReference, trigger: Trigger) -> Relation | None:
    """Decide the relation with the event; None where the place is only where it started."""
    event, relation = trigger.event, place.relation
    if event is Event.STRIKE and place.aside == ROAD:
        return Relation.NEAR  # die Straße nach X unter Beschuss
    if relation == "in" and trigger.entry.entry.startswith("heran|"):
        return Relation.TOWARD  # an die Stadt heranrücken
    if event is Event.WITHDRAWAL and place.word.startswith(("in die", "in das", "ins")):
        return None  # where they go
    if relation in ("direct", "in"):
        return Relation.AT
    if relation == "near" and place.word in _SECTORS and event is Event.ADVANCE:
        return Relation.TOWARD  # an der Melitopol-Front vorgerückt
    if relation == "around":
        holds = (Event.CLASH, Event.ENCIRCLEMENT, Event.CONTROL)
        return Relation.AT if event in holds else Relation.NEAR
    if relation == "from":
        return _relation_from(place, trigger)
    if relation == "onto":
        return _relation_onto(place, trigger)
    return Relation(relation)


def _relation_from(place: PlaceReference, trigger: Trigger) -> Relation | None:
    """Decide of ``aus X``, ``von X``: what happened there, or where it started."""
    event = trigger.event
    if place.noun == "any" and event in _STARTED:
        return None  # von dort könnten sie angreifen
    if "from" in trigger.entry.needs:
        return Relation.AT
    nominal = trigger.shape == "noun" or "nominal" in trigger.entry.needs
    if event is Event.WITHDRAWAL or nominal or event is Event.CAPTURE:
        return Relation.AT
    return None


def _relation_onto(place: PlaceReference, trigger: Trigger) -> Relation | None:
    """Decide of ``auf X``, ``nach X``: where it happened, or where to."""
    event = trigger.event
    if event is Event.WITHDRAWAL:
        return None
    if trigger.entry.entry.startswith("ein|"):
        return Relation.AT  # nach X eingedrungen
    if place.word.startswith(("auf dem", "auf der")):
        return Relation.AT  # where, not where to
    aimed = place.word.startswith(("auf", "nach")) and "ffensiv" in trigger.entry.entry
    if event is Event.ADVANCE or (event is Event.ATTACK and aimed):
        return Relation.TOWARD
    return Relation.AT


def pair_anchors(
    places: Sequence[PlaceReference],
) -> list[tuple[PlaceReference, PlaceReference | None]]:
    """Pair the two anchors of ``zwischen A und B``; other places stand alone."""
    between = [p for p in places if p.relation == "between"]
    pairs: list[tuple[PlaceReference, PlaceReference | None]] = []
    for place in places:
        if place in between[1:]:
            continue
        is_first = len(between) > 1 and place is between[0]
        pairs.append((place, between[1] if is_first else None))
    return pairs


def origin(
    analysis: SentenceAnalysis, trigger: Trigger, relation: Relation
) -> PlaceReference | None:
    """Return where a movement starts: von X aus in Richtung Y."""
    if relation is not Relation.TOWARD:
        return None
    starts = [p for p in analysis.places_in(trigger.clause) if p.relation == "from"]
    return starts[0] if len(starts) == 1 else None


def moved_m(analysis: SentenceAnalysis, trigger: Trigger, place: PlaceReference) -> float | None:
    """Return how many metres troops moved: um bis zu drei Kilometer."""
    if trigger.event is not Event.ADVANCE or place.distance_m is not None:
        return None
    clause = analysis.clauses[trigger.clause]
    found = list(_MEASURE.finditer(clause.text))
    if not found or "bis auf" in clause.text:  # bis auf zwei Kilometer heran
        return None
    words = [analysis.tokens[i].lower for i in clause.tokens if i < place.first]
    before = [m for m in found if m.end() <= len(" ".join(words))]
    match = before[-1] if before else found[0]
    value = number_value(match.group(1))
    if value is None or value > 1000:
        return None
    return value * (1.0 if match.group(2) == "meter" else 1000.0)
