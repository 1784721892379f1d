"""Sides inferred where the words beside an event name none: from the claimant or the passage."""

from __future__ import annotations

from frontmap.claims.actors import opponent
from frontmap.claims.records import Event, Modality, Side
from frontmap.claims.references import PlaceReference
from frontmap.claims.roles import GAINS
from frontmap.claims.scope import Coverage
from frontmap.claims.subjects import Actor
from frontmap.claims.triggers import Trigger
from frontmap.claims.words import word_set

__all__ = [
    "GAINS",
    "infer_actor",
    "is_inferable",
]


def infer_actor(
    actor: Actor,
    trigger: Trigger,
    coverage: Coverage | None,
    place: PlaceReference,
    modality: Modality,
) -> Actor:
    """Infer the side of an unnamed actor from who claims the gain, in Ukraine only."""
    home = place.toponym.place is None or place.toponym.place.country == "UA"
    if trigger.entry.agent == "defender" and home:
        return Actor(Side.UA, None, "who holds out is the defender")
    if actor.side is not None or actor.reason.startswith("both sides"):
        return actor
    if coverage is None or coverage.speaker is None:
        return (not actor.reason and _retaken(trigger, place, None)) or actor
    side = coverage.speaker.side
    own = _own_act(trigger, coverage, side, modality)
    if own is not None:
        return own
    if trigger.event is Event.STRIKE and _reports_victims(coverage, place):
        return Actor(opponent(side), None, "local authorities report what hit them")
    if trigger.event not in GAINS:
        return actor
    if trigger.entry.agent == "opponent" and side in (Side.RU, Side.UA) and home:
        return Actor(opponent(side), None, "who speaks of a loss speaks of its own")
    if trigger.entry.agent == "none" and home and _reports_a_fall(trigger, coverage, side):
        return Actor(Side.RU, None, "a place in Ukraine that a side says has fallen")
    says_own = coverage.effect in ("say", "announce", "confirm") and trigger.entry.agent != "none"
    if coverage.effect == "admit" and side in (Side.RU, Side.UA):
        return Actor(opponent(side), None, "who admits it admits the other side's gain")
    if coverage.effect == "doubt" and side in (Side.RU, Side.UA) and home:
        return Actor(opponent(side), None, "who does not confirm it speaks of the other's gain")
    if side is Side.RU and home and says_own:
        return Actor(Side.RU, None, "claimed by the Russian side, which gains in Ukraine")
    if (
        modality is Modality.DENIED
        and coverage.effect != "admit"
        and home
        and side in (Side.RU, Side.UA)
    ):
        return Actor(opponent(side), None, "who denies it denies the other side's gain")
    return (not actor.reason and _retaken(trigger, place, side)) or actor


def _retaken(trigger: Trigger, place: PlaceReference, side: Side | None) -> Actor | None:
    """Return whose the place is, where it is retaken or freed and nobody else says so.

    Russia calls what it takes freed too, so for its claims the words tell nothing, and of others
    only that a place is retaken.
    """
    if trigger.event is not Event.CAPTURE or side is Side.RU or place.toponym.place is None:
        return None
    stems = _RETAKING if side is Side.THIRD else (*_RETAKING, *_FREEING)
    if not any(stem in trigger.entry.entry for stem in stems):
        return None
    owner = {"UA": Side.UA, "RU": Side.RU}.get(place.toponym.place.country)
    if owner is None or (owner is Side.RU and side is Side.UA):
        return None
    return Actor(owner, None, "retaken or freed, so by those whose it is")


_RETAKING = ("zurück|er~obern", "ückeroberung", "rück|er~obern")
_FREEING = ("freien", "freiung")


def _reports_a_fall(trigger: Trigger, coverage: Coverage, side: Side | None) -> bool:
    """Whether a side at war says of its own or the other's place that it fell."""
    says = coverage.effect in ("say", "announce")
    return trigger.event is Event.CAPTURE and says and side in (Side.RU, Side.UA)


def _own_act(
    trigger: Trigger, coverage: Coverage, side: Side | None, modality: Modality
) -> Actor | None:
    """Return the claimant as who acts in what a side reports of itself."""
    if (
        trigger.event is Event.REPELLED
        and side in (Side.RU, Side.UA)
        and coverage.effect in ("say", "announce")
    ):
        return Actor(side, None, "a side reports attacks it beat back")
    if (
        trigger.entry.entry == "halten"
        and trigger.voice == "passive"
        and side in (Side.RU, Side.UA)
        and coverage.effect in ("say", "announce", "confirm")
        and modality is Modality.REPORTED
    ):
        return Actor(side, None, "who says that a place is held holds it")
    if (
        trigger.event is Event.COUNTERATTACK
        and side in (Side.RU, Side.UA)
        and coverage.effect in ("say", "announce")
    ):
        return Actor(side, None, "a side reports its counterattack")
    return None


def _reports_victims(coverage: Coverage, place: PlaceReference) -> bool:
    """Whether the authorities of a place, in a land their side holds, report a strike on it."""
    speaker, found = coverage.speaker, place.toponym.place
    if (
        place.is_held
        or speaker is None
        or found is None
        or coverage.effect not in ("say", "announce", "confirm")
    ):
        return False
    local = {"Ukrainische Behörden vor Ort": "UA", "Russische Behörden vor Ort": "RU"}
    occupied = (found.oblast or "").lower() in word_set("occupied_regions")
    return local.get(speaker.name or "") == found.country and not occupied


def is_inferable(trigger: Trigger, coverage: Coverage | None) -> bool:
    if trigger.shape == "verb" and trigger.voice == "active":
        return False  # its subject is something else
    return (
        coverage is not None
        and coverage.speaker is not None
        and trigger.event in GAINS
        and coverage.speaker.side in (Side.RU, Side.UA)
    )
