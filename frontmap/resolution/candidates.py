"""Candidates: the places a name may mean, with what speaks for each before any context."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from frontmap.recognition.belt import belt_distance_m
from frontmap.recognition.plants import plants_named
from frontmap.recognition.records import Mention
from gazetteer import Kind, Match, Name, Place, Status
from gazetteer.layout import MIXED_SCHEME

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["Candidates", "Option", "bare_kind_weight", "below_living_bearers", "front_weight"]

_FAR_FROM_WAR_M = 300_000.0
_CACHE_SIZE = 8_192
_METRES_NORTH = 111_320.0  # a degree of latitude
_METRES_EAST = _METRES_NORTH * math.cos(math.radians(48.5))  # a degree of longitude
_ASSUMED_POPULATION = {
    Kind.CITY: 15_000,
    Kind.TOWN: 800,  # those of unknown number are small
    Kind.VILLAGE: 300,
    Kind.OBLAST: 400_000,
    Kind.REGION: 1_000_000,
    Kind.PENINSULA: 1_000_000,
    Kind.RAION: 20_000,
    Kind.RIVER: 3_000,
    Kind.RESERVOIR: 20_000,
    Kind.SEA: 1_000_000,
    Kind.CANAL: 20_000,
    Kind.FACILITY: 10_000,
    Kind.DISTRICT: 2_000,
    Kind.LAKE: 500,
    Kind.ISLAND: 1_000,
    Kind.HROMADA: 500,
}
# What tells for and against a place of this kind when no kind word names it.
_BARE_KIND = {
    Kind.OBLAST: -3.5,
    Kind.RAION: -3.5,
    Kind.HROMADA: -4.0,
    Kind.DISTRICT: -1.0,
    Kind.RIVER: -2.0,
    Kind.LAKE: -2.0,
    Kind.FACILITY: -1.5,
    Kind.CITY: 1.5,
    Kind.TOWN: 0.5,
}
_STATUS = {
    Status.OFFICIAL: 0.0,
    Status.EXONYM: 0.0,
    Status.ROMANISED: -0.2,
    Status.HISTORICAL: -2.0,
}
_MIXED = -1.2  # for a spelling that mixes two systems, which the reader may have meant otherwise
_STRIPPED = -6.0  # for one that lost its carons: Sumy is the city, Šumy is written Schumy
_CARONS = frozenset("čšžČŠŽ")
_BORNE_BY_ANOTHER = -6.0  # for an old name that another settlement bears today
_SETTLEMENTS = (Kind.CITY, Kind.TOWN, Kind.VILLAGE)


@dataclass(frozen=True, slots=True)
class Option:
    """A place under the name that led to it.

    Attributes
    ----------
    place : Place
    name : Name
        The name that matched.
    prior : float
        Log odds before any context.
    stem : str
        The reading of the mention that matched.
    belt_m : float
        Metres to the front belt.
    front : float
        Log odds that this nearness lends, as they are in the prior.
    x, y : float
        Metres east and north on one scale for the whole country, near enough to weigh by.
    """

    place: Place
    name: Name
    prior: float
    stem: str
    belt_m: float
    front: float
    x: float
    y: float


class Candidates:
    """Candidates by name over one gazetteer, in a bounded store."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._options: dict[str, tuple[Option, ...]] = {}
        self._oblasts: dict[str, Place] | None = None

    def options(self, stem: str) -> tuple[Option, ...]:
        """Give the places of a name, the likeliest first."""
        found = self._options.get(stem)
        if found is None:
            if len(self._options) >= _CACHE_SIZE:
                self._options.clear()
            made = [_option(match, stem) for match in self.gazetteer.lookup(stem)]
            best: dict[str, Option] = {}
            for option in made:
                known = best.get(option.place.id)
                if known is None or option.prior > known.prior:
                    best[option.place.id] = option
            options = below_living_bearers(list(best.values()))
            found = tuple(sorted(options, key=lambda option: -option.prior))
            self._options[stem] = found
        return found

    def oblast_of(self, place: Place) -> Place | None:
        """Give the oblast a place lies in, if the gazetteer has it."""
        if place.oblast_id and place.oblast_id in self.gazetteer:
            return self.gazetteer[place.oblast_id]
        return None

    def of_mention(self, text: str, mention: Mention) -> list[Option]:
        """Give the places a mention may mean, by its stems and by the kind word it has."""
        options = list(self.options(mention.stem))
        seen = {option.place.id for option in options}
        for stem in mention.alternatives:
            for option in below_living_bearers(self.options(stem), options):
                if option.place.id not in seen:
                    seen.add(option.place.id)
                    options.append(option)
        if mention.container == "oblast" and not any(
            option.place.kind is Kind.OBLAST for option in options
        ):
            options += self._seats_oblast(options)
        elif mention.container == "facility":
            options += self._facilities(text, mention)
        return options

    def _facilities(self, text: str, mention: Mention) -> list[Option]:
        """Give the plants whose names are the kind word and the name: "AKW Saporischschja"."""
        found = plants_named(text, mention.start, mention.stem, self.gazetteer)
        names = dict.fromkeys(match.name.text for match in found)
        options = [option for name in names for option in self.options(name)]
        return [option for option in options if option.place.kind is Kind.FACILITY]

    def _seats_oblast(self, options: list[Option]) -> list[Option]:
        """Give the oblast of a name that the gazetteer only knows as the seat's."""
        for option in options:
            oblast = self.oblast_of(option.place)
            if oblast is None:
                continue
            seat = option.place.name_de in (oblast.name_de, oblast.oblast)
            if seat or oblast.name.startswith(option.name.text):  # Дніпропетровська область
                return [replace(option, place=oblast)]
        return []


def below_living_bearers(
    options: Sequence[Option], bearers: Sequence[Option] = ()
) -> Sequence[Option]:
    """Let who bears a name today go before the cities that bore it long ago.

    Nowooleksandriwka is a village in the news, not Melitopol under its name of 1816; but
    Nowomoskowsk is still Samar under the name it had until 2024.

    Parameters
    ----------
    options : sequence of Option
    bearers : sequence of Option, optional
        Of a likelier reading of the same word, where `options` are those of another.
    """
    living = any(
        o.name.status is not Status.HISTORICAL
        and o.place.kind in _SETTLEMENTS
        and o.place.country == "UA"
        for o in bearers or options
    )
    if not living:
        return options
    return [
        replace(o, prior=o.prior + _BORNE_BY_ANOTHER)
        if o.name.status is Status.HISTORICAL and (bearers or not _is_known_renaming(o))
        else o
        for o in options
    ]


def _is_known_renaming(option: Option) -> bool:
    """Whether the old name is of the renamings the gazetteer lists, those readers still meet."""
    from gazetteer.folding import fold
    from gazetteer.romanization import generate

    wanted = fold(option.stem)
    for name in option.place.names:
        if name.status is not Status.HISTORICAL or name.source != "curated":
            continue
        russian = name.language == "ru"
        forms = generate("" if russian else name.text, name.text if russian else None)
        if wanted == fold(name.text) or any(fold(form.text) == wanted for form in forms):
            return True
    return False


def _option(match: Match, stem: str) -> Option:
    place = match.place
    population = place.population if place.kind is not Kind.OBLAST else None
    population = population or _ASSUMED_POPULATION.get(place.kind, 300)
    belt_m = belt_distance_m(place.lon, place.lat)
    prior = 2.0 * math.log10(max(population, 20))
    prior += _STATUS.get(match.name.status, 0.0)
    prior += _MIXED if match.name.scheme == MIXED_SCHEME else 0.0
    prior += _STRIPPED if _CARONS & set(match.name.text) - set(stem) else 0.0
    # the centre of an oblast says nothing about how near its front is
    prior += front_weight(0.0 if place.kind is Kind.OBLAST else belt_m)
    if place.country != "UA":
        prior -= 0.3 if belt_m < _FAR_FROM_WAR_M else 6.0
    x, y = place.lon * _METRES_EAST, place.lat * _METRES_NORTH
    return Option(place, match.name, prior, stem, belt_m, front_weight(belt_m), x, y)


def front_weight(metres: float) -> float:
    """Give the log odds that nearness to the front lends to a place in the news."""
    return 2.2 * math.exp(-metres / 45_000)


def bare_kind_weight(kind: Kind) -> float:
    """Give what tells for or against a place of this kind when no kind word names it."""
    return _BARE_KIND.get(kind, 0.0)
