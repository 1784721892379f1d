"""Which of an event's places only say where another of them lies."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon.words import word_class
from frontmap.claims.records import Event
from frontmap.claims.sentence.references import PlaceReference, is_region, is_river
from frontmap.claims.syntax.tokens import Token

__all__ = ["drop_containers"]


_ADVERBS = ("dort", "dorthin", "davon")


def drop_containers(
    tokens: Sequence[Token], places: list[PlaceReference], event: Event
) -> list[PlaceReference]:
    """Drop a place that only says where the event's own place lies."""
    if any(p.relation in ("direct", "around") and not p.is_back_reference for p in places):
        # dort haben sie X besetzt, westlich davon wird um X gekämpft
        places = [p for p in places if tokens[p.index].lower not in _ADVERBS]
    aims = [p for p in places if p.relation in ("onto", "toward")]
    if event is Event.ADVANCE and aims:
        # südwestlich von Donezk auf Wuhledar: the movement's aim is the place
        joined = {p.coordinated_with for p in places}
        places = [
            p for p in places if p in aims or p.coordinated_with is not None or p.index in joined
        ]
    if any(not is_river(p.toponym) and not is_region(p.toponym) for p in places):
        # Stellungen am Ufer des Flusses bei X
        places = [p for p in places if not (is_river(p.toponym) and p.relation != "direct")]
    if any(not is_region(p.toponym) for p in places):
        return [p for p in places if not _only_contains(tokens, p, places)] or places
    return places


def _only_contains(
    tokens: Sequence[Token], region: PlaceReference, places: Sequence[PlaceReference]
) -> bool:
    """Whether a region only says where another place lies; one of a list does not."""
    if not is_region(region.toponym) or region.relation not in ("in", "part", "near"):
        return False
    if region.coordinated_with is not None or any(
        p.coordinated_with == region.index for p in places
    ):
        return False
    if any(p.index < region.index and _lies_in(p, region) for p in places):
        return True  # in X im Gebiet Y und bei Z
    joined = tokens[region.index + 1 : region.index + 2]
    listed = bool(joined) and word_class(joined[0].lower, "coordinator")
    return not (listed and any(_follows(p, region) for p in places))


def _lies_in(place: PlaceReference, region: PlaceReference) -> bool:
    town, around = place.toponym.place, region.toponym.place
    return town is not None and around is not None and town.oblast == around.oblast


def _follows(place: PlaceReference, other: PlaceReference) -> bool:
    """Whether no more than a conjunction and its preposition part a place from another."""
    return 0 < place.first - other.index <= 2 + len(place.word.split())
