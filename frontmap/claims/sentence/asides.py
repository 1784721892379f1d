"""Places named by the way: where fire comes from, what is compared, where a road leads.

They take part in an event only as far as `concerns` says.
"""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon.words import pattern, word_class
from frontmap.claims.records import Event
from frontmap.claims.sentence.references import PlaceReference, is_region, is_river
from frontmap.claims.syntax.noun_phrases import is_plain_adjective
from frontmap.claims.syntax.tokens import Token

__all__ = ["COMPARED", "ORIGIN", "ROAD", "concerns", "read_aside"]

ORIGIN, GOAL, COMPARED, ROAD, WAY = "origin", "goal", "compared", "road", "way"
SEAT, FOR_WHOM = "seat", "for whom"

_COMPARED = pattern("compared_before")
_SEAT = pattern("seat_before")
_FOR_WHOM = pattern("for_whom")
_ORIGIN = pattern("origin_before")
_ROADS = pattern("roads")
_TO_BANK = pattern("to_bank")
_BANK_BEHIND = pattern("bank_behind")
_REACH = 3  # tokens between a name and the word "aus" that closes its phrase


def concerns(place: PlaceReference, event: Event) -> bool:
    """Whether an event may happen at a place, even one named by the way."""
    if place.aside == ORIGIN:
        return event is Event.WITHDRAWAL
    if place.aside == GOAL:
        return event is not Event.WITHDRAWAL
    if place.aside == ROAD:
        return event in (Event.ENCIRCLEMENT, Event.ADVANCE, Event.STRIKE)
    if place.aside == WAY:
        return event not in (Event.ADVANCE, Event.ATTACK)
    return place.aside not in (COMPARED, SEAT, FOR_WHOM)


def read_aside(
    tokens: Sequence[Token],
    reference: PlaceReference,
    lead: str,
    references: Sequence[PlaceReference],
) -> str:
    """Return how a place is named by the way, empty where it is not.

    Parameters
    ----------
    tokens : sequence of Token
    reference : PlaceReference
        Its relation is read already.
    lead : str
        The lower-case words before its noun phrase.
    references : sequence of PlaceReference
        The places named before it.
    """
    if _COMPARED.search(lead):
        return COMPARED
    if _SEAT.search(lead):
        return SEAT
    if _FOR_WHOM.search(lead):
        return FOR_WHOM
    if _leads_there(tokens, reference, references):
        return "" if _joins(reference, references) else ROAD
    if _starts_there(tokens, reference, lead):
        return ORIGIN
    if is_river(reference.toponym) and _TO_BANK.search(lead):
        return GOAL
    settled = not is_river(reference.toponym) and not is_region(reference.toponym)
    return WAY if reference.word == "über" and settled else ""


def _starts_there(tokens: Sequence[Token], reference: PlaceReference, lead: str) -> bool:
    """Whether fire or a movement comes from there: von X aus, vom linken Dnipro-Ufer."""
    if _ORIGIN.search(lead) is None:
        return False
    after = [t.lower for t in tokens[reference.index + 1 : reference.index + 1 + _REACH]]
    if is_river(reference.toponym) and any(_BANK_BEHIND.match(word) for word in after[1:2]):
        return after[0] == "-"
    return after[:1] == ["aus"] or lead.split()[-2:-1] == ["richtung"]


def _leads_there(
    tokens: Sequence[Token], reference: PlaceReference, references: Sequence[PlaceReference]
) -> bool:
    """Whether a road is named by where it leads: die Straße nach X, die Bahnlinie von X nach Y."""
    previous = references[-1] if references else None
    at = reference.first - 1
    if at < 1 or tokens[at].lower not in ("nach", "von", "zu", "richtung"):
        return False
    if previous is not None and previous.aside == ROAD and previous.index == at - 1:
        return True
    at -= 1
    while at > 0 and (is_plain_adjective(tokens[at]) or word_class(tokens[at].lower, "determiner")):
        at -= 1
    if not tokens[at].is_capital or _ROADS.search(tokens[at].lower) is None:
        return False
    return tokens[reference.first - 1].lower != "von" or _goes_on_to(tokens, reference)


def _joins(reference: PlaceReference, references: Sequence[PlaceReference]) -> bool:
    """Take a road with both its ends for what lies between them."""
    previous = references[-1] if references else None
    if previous is None or previous.aside != ROAD or previous.relation != "from":
        return False
    previous.aside = ""
    previous.relation = reference.relation = "between"
    reference.coordinated_with = previous.index
    return True


def _goes_on_to(tokens: Sequence[Token], reference: PlaceReference) -> bool:
    after = tokens[reference.index + 1 : reference.index + 2]
    return bool(after) and after[0].lower in ("nach", "bis", "zu", "richtung")
