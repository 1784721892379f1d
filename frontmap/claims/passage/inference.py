"""Sides inferred where the words beside an event name none: from the claimant or the passage."""

from __future__ import annotations

from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import prefixes, word_set
from frontmap.claims.passage.scope import Coverage
from frontmap.claims.records import Event, Modality, Side
from frontmap.claims.sentence.actors import opponent
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.roles import GAINS
from frontmap.claims.sides.subjects import Actor
from gazetteer import Kind

__all__ = [
    "FALLEN",
    "GAINS",
    "infer_actor",
    "is_inferable",
    "is_struck_by",
]

FALLEN = "a place in Ukraine that a side says has fallen"  # unless that side is gaining ground


def infer_actor(
    actor: Actor,
    trigger: Trigger,
    coverage: Coverage | None,
    place: PlaceReference,
    modality: Modality,
    voice: Side | None = None,
) -> Actor:
    """Infer the side of an unnamed actor from who claims the gain, in Ukraine only.

    `voice` is the side whose words the passage gave last, where nobody is cited here.
    """
    held_out = trigger.entry.agent == "defender" or (
        actor.side is None and trigger.entry.entry == "verteidigung"
    )
    if held_out and _is_home(place):
        return Actor(Side.UA, None, "who holds out is the defender")
    if actor.side is not None or actor.reason.startswith("both sides"):
        return actor
    crossed = _across_the_border(actor, trigger, coverage, place) or _lost(
        actor, trigger, coverage, place
    )
    if crossed is not None:
        return crossed
    if coverage is None or coverage.speaker is None:
        return (not actor.reason and _retaken(trigger, place, None, voice, modality)) or actor
    side = coverage.speaker.side
    return (
        _own_act(actor, trigger, coverage, side, modality)
        or _denied_act(trigger, coverage, side, place, modality)
        or _attack_told(trigger, coverage, side, place)
        or _whose_weapons(actor, trigger, side, place)
        or _gain_told(trigger, coverage, side, place, modality)
        or (not actor.reason and _retaken(trigger, place, side))
        or actor
    )


def _attack_told(
    trigger: Trigger, coverage: Coverage, side: Side | None, place: PlaceReference
) -> Actor | None:
    """Return who attacks where a side admits how it goes, or authorities report what hit them."""
    admits = trigger.event is Event.ATTACK and coverage.effect == "admit"
    if admits and side in (Side.RU, Side.UA) and is_struck_by(side, place):
        return Actor(side, None, "who admits how it goes speaks of its own attack")
    if trigger.event not in (Event.STRIKE, Event.ATTACK):
        return None
    if _reports_victims(coverage, place):
        return Actor(opponent(side), None, "local authorities report what hit them")
    tells = coverage.effect in ("say", "announce", "confirm")
    if side is Side.RU and tells and place.is_held:
        return Actor(Side.UA, None, "its holders report what hit an occupied place")
    return None


def _gain_told(
    trigger: Trigger,
    coverage: Coverage,
    side: Side | None,
    place: PlaceReference,
    modality: Modality,
) -> Actor | None:
    """Return whose gain a side at war speaks of: its own, or the other's that it has to."""
    if side not in (Side.RU, Side.UA) or trigger.event not in GAINS:
        return None
    home = _is_home(place)
    agent, effect = trigger.entry.agent, coverage.effect
    if agent == "opponent" and home:
        return Actor(opponent(side), None, "who speaks of a loss speaks of its own")
    if agent == "none" and home and _reports_a_fall(trigger, coverage):
        return Actor(Side.RU, None, FALLEN)
    if effect == "admit":
        return Actor(opponent(side), None, "who admits it admits the other side's gain")
    if effect == "doubt" and home:
        return Actor(opponent(side), None, "who does not confirm it speaks of the other's gain")
    unreal = modality in (Modality.PLANNED, Modality.POSSIBLE)
    is_lost = trigger.event is Event.CAPTURE and trigger.voice == "passive"
    if side is Side.UA and home and unreal and is_lost and not _is_retaking(trigger):
        return Actor(Side.RU, None, "what a side says may be taken from it")
    if effect == "plan" and agent == "subject":
        return Actor(side, None, "whose plan it is")
    says_own = effect in ("say", "announce", "confirm") and agent != "none"
    if side is Side.RU and home and says_own:
        return Actor(Side.RU, None, "claimed by the Russian side, which gains in Ukraine")
    if modality is Modality.DENIED and home:
        return Actor(opponent(side), None, "who denies it denies the other side's gain")
    return None


def _is_home(place: PlaceReference) -> bool:
    """Whether the place lies in Ukraine, as unknown ones are taken to."""
    return place.toponym.place is None or place.toponym.place.country == "UA"


def _whose_weapons(
    actor: Actor, trigger: Trigger, side: Side | None, place: PlaceReference
) -> Actor | None:
    """Return whose weapons a side says have hit a place, as the place tells.

    Russia holds more of Ukraine than the register of held towns knows: what it says came down
    there may be either side's.
    """
    if side not in (Side.RU, Side.UA) or not actor.reason.startswith("subject: whose"):
        return None
    by = side if is_struck_by(side, place) else opponent(side)
    home = place.toponym.place is not None and place.toponym.place.country == "UA"
    if side is Side.RU and home and trigger.entry.entry in word_set("coming_down"):
        return None
    if by is None or not is_struck_by(by, place):
        return None
    return Actor(by, actor.text, "whose weapons they are, as the place tells")


def _across_the_border(
    actor: Actor, trigger: Trigger, coverage: Coverage | None, place: PlaceReference
) -> Actor | None:
    """Return who alone can occupy or invade a place, where the words name nobody."""
    found = place.toponym.place
    if actor.reason or found is None or found.country not in ("RU", "UA"):
        return None
    side = coverage.speaker.side if coverage is not None and coverage.speaker is not None else None
    entry = trigger.entry.entry.partition("(")[0]
    if entry in word_set("invading") or (entry in word_set("occupying") and side is not Side.RU):
        invader = Side.RU if found.country == "UA" else Side.UA
        return Actor(invader, None, "who occupies or invades is the other land")
    return None


def _lost(
    actor: Actor, trigger: Trigger, coverage: Coverage | None, place: PlaceReference
) -> Actor | None:
    """Return who has a place of Ukraine called lost, where no side at war says so."""
    side = coverage.speaker.side if coverage is not None and coverage.speaker is not None else None
    entry = trigger.entry
    lost = entry.agent == "opponent" or entry.entry.startswith("verloren")
    lost = lost and trigger.event is Event.CAPTURE
    if not lost or actor.reason or trigger.shape == "noun" or side in (Side.RU, Side.UA):
        return None
    found = place.toponym.place
    if trigger.form is FormKind.INFINITIVE or found is None or found.country != "UA":
        return None
    return Actor(Side.RU, None, "what is lost in Ukraine is lost to the invader")


def _denied_act(
    trigger: Trigger,
    coverage: Coverage,
    side: Side | None,
    place: PlaceReference,
    modality: Modality,
) -> Actor | None:
    """Return who denies a strike on the other side's people: his own, if there was one."""
    strikes = trigger.event in (Event.STRIKE, Event.ATTACK)
    if not strikes or modality is not Modality.DENIED or coverage.effect != "deny":
        return None
    if side not in (Side.RU, Side.UA) or not (is_struck_by(side, place) or _is_plant(place)):
        return None
    return Actor(side, None, "who denies it is accused of it")


def _is_plant(place: PlaceReference) -> bool:
    """Whether the place is a plant, over which each side accuses the other."""
    return place.toponym.place is not None and place.toponym.place.kind is Kind.FACILITY


def is_struck_by(side: Side, place: PlaceReference) -> bool:
    """Whether the place lies where the other side's people are."""
    found = place.toponym.place
    if found is None:
        return side is Side.RU
    beyond = found.country == "RU" or _is_occupied(place)
    return beyond if side is Side.UA else not beyond


def _is_occupied(place: PlaceReference) -> bool:
    found = place.toponym.place
    if place.is_held or found is None:
        return place.is_held
    oblast, name = (found.oblast or "").lower(), found.name_de.lower()
    return oblast in word_set("occupied_regions") or name in word_set("held_towns")


def _is_retaking(trigger: Trigger) -> bool:
    return any(stem in trigger.entry.entry for stem in (*_RETAKING, *_FREEING))


def _retaken(
    trigger: Trigger,
    place: PlaceReference,
    side: Side | None,
    voice: Side | None = None,
    modality: Modality = Modality.ASSERTED,
) -> Actor | None:
    """Return whose the place is, where it is retaken or freed and nobody else says so.

    Russia calls what it takes freed too, so for its claims the words tell nothing, and of others
    only that a place is retaken.
    """
    if trigger.event is not Event.CAPTURE or place.toponym.place is None:
        return None
    if side is Side.RU and place.toponym.place.country != "RU":
        return None
    guarded = side is Side.THIRD or voice is Side.RU
    stems = _RETAKING if guarded else (*_RETAKING, *_FREEING)
    if not any(stem in trigger.entry.entry for stem in stems):
        calls = voice is Side.RU and side is None and _is_retaking(trigger)
        home = place.toponym.place.country == "UA"
        if calls and home and modality in (Modality.PLANNED, Modality.POSSIBLE):
            return Actor(Side.RU, None, "freed, as the Russian side calls it")
        return None
    owner = {"UA": Side.UA, "RU": Side.RU}.get(place.toponym.place.country)
    if owner is None or (owner is Side.RU and side is Side.UA):
        return None
    return Actor(owner, None, "retaken or freed, so by those whose it is")


_RETAKING = prefixes("retaking")
_FREEING = prefixes("freeing")


def _reports_a_fall(trigger: Trigger, coverage: Coverage) -> bool:
    """Whether the claimant says of his own or the other's place that it fell."""
    return trigger.event is Event.CAPTURE and coverage.effect in ("say", "announce")


def _own_act(
    actor: Actor, trigger: Trigger, coverage: Coverage, side: Side | None, modality: Modality
) -> Actor | None:
    """Return the claimant as who acts in what a side reports of itself."""
    if side not in (Side.RU, Side.UA):
        return None
    says = coverage.effect in ("say", "announce")
    if trigger.event is Event.REPELLED and says:
        return Actor(side, None, "a side reports attacks it beat back")
    held = trigger.entry.entry == "halten" and trigger.voice == "passive"
    held = held or (trigger.event is Event.CONTROL and trigger.entry.entry.startswith("unter"))
    if held and modality is Modality.REPORTED and (says or coverage.effect == "confirm"):
        return Actor(side, None, "who says that a place is held holds it")
    if trigger.event is Event.COUNTERATTACK and says:
        return Actor(side, None, "a side reports its counterattack")
    own = ("announce", "confirm", "admit", "deny", "plan")
    of_itself = trigger.event is Event.WITHDRAWAL and trigger.shape != "verb" and not actor.reason
    gave_way = trigger.event is Event.WITHDRAWAL and coverage.effect in ("admit", "confirm")
    if (of_itself and coverage.effect in own) or (gave_way and actor.text is not None):
        return Actor(side, None, "a side speaks of its own withdrawal")
    return None


def _reports_victims(coverage: Coverage, place: PlaceReference) -> bool:
    """Whether the authorities of a place, in a land their side holds, report a strike on it."""
    speaker, found = coverage.speaker, place.toponym.place
    says = coverage.effect in ("say", "announce", "confirm")
    if speaker is None or found is None or speaker.name is None or not says:
        return False
    if speaker.side is Side.RU and "esatzung" in speaker.name:
        return found.country == "UA"  # they report what hits the land they hold
    if _is_occupied(place):
        return False
    russian = ("Russische Behörden vor Ort", "Russischer Gouverneur", "Gouverneur von Belgorod")
    lands = {"Ukrainische Behörden vor Ort": "UA", **dict.fromkeys(russian, "RU")}
    return lands.get(speaker.name) == found.country


def is_inferable(trigger: Trigger, coverage: Coverage | None) -> bool:
    """Whether the claimant may tell whose gain it is, where no side is named."""
    if trigger.shape == "verb" and trigger.voice == "active":
        return False  # its subject is something else
    return (
        coverage is not None
        and coverage.speaker is not None
        and trigger.event in GAINS
        and coverage.speaker.side in (Side.RU, Side.UA)
    )
