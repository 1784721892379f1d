"""The record types of the gazetteer: `Place`, `Name`, `Match`.

Coordinates are WGS 84 (EPSG:4326) degrees in (lon, lat) order, distances metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

__all__ = ["Kind", "Match", "Name", "Place", "PositionSource", "Registers", "Status"]


class Kind(StrEnum):
    """What sort of thing a place is."""

    CITY = "city"  # KATOTTG M and K
    TOWN = "town"  # KATOTTG X (selyshche, formerly urban-type settlement)
    VILLAGE = "village"  # KATOTTG C
    DISTRICT = "district"  # KATOTTG B, a district of a city
    HROMADA = "hromada"
    RAION = "raion"
    OBLAST = "oblast"
    REGION = "region"  # historical or informal: Donbass, Slobozhanshchyna
    COUNTRY = "country"
    PENINSULA = "peninsula"
    ISLAND = "island"
    RIVER = "river"
    LAKE = "lake"
    RESERVOIR = "reservoir"
    CANAL = "canal"
    SEA = "sea"
    FACILITY = "facility"  # a plant, an airport

    @property
    def is_settlement(self) -> bool:
        """Whether people live there under one mayor: city, town or village."""
        return self in (Kind.CITY, Kind.TOWN, Kind.VILLAGE)


class Status(StrEnum):
    """How a name stands to its place."""

    OFFICIAL = "official"
    EXONYM = "exonym"
    HISTORICAL = "historical"
    ROMANISED = "romanised"


class PositionSource(StrEnum):
    """Where a position comes from."""

    GEONAMES = "geonames"
    POSTAL = "postal"
    WORLDCITIES = "worldcities"
    OSM = "osm"
    USER = "user"  # the caller's own table
    CURATED = "curated"  # typed for this project, e.g. a river's course
    OUTLINE = "outlines"  # the centre of an oblast's outline
    ESTIMATED = "estimated"  # from the placed neighbours in the same hromada


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a place.

    Attributes
    ----------
    text : str
        The name as written.
    language : str
        ISO 639-1 code of the language whose readers meet this form (``uk``, ``ru``, ``de``, ...).
    scheme : str
        How the form came about, e.g. ``official``, ``duden-uk``, ``duden-ru``, ``national-2010``,
        ``bgn-ru``, ``din1460-uk``, ``exonym``, ``mixed``.
    status : Status
    source : str
        The source of the name (``katottg``, ``geonames``, ``derived``, ``curated``, ...).
    """

    text: str
    language: str
    scheme: str
    status: Status
    source: str


class Registers(dict[str, str]):
    """Ids of a place in other registers; a mapping that cannot be changed but can be pickled."""

    __slots__ = ()

    def _refuse(self, *arguments: object, **named: object) -> NoReturn:
        raise TypeError("the ids of a place cannot be changed")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return Registers, (dict(self),)


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    Attributes
    ----------
    id : str
        Stable: ``katottg:UA...``, else ``geonames:N``, else ``osm:...`` or ``frontmap:...``.
    name : str
        The official name, Ukrainian for places in Ukraine.
    name_de : str
        The German form shown to readers.
    kind : Kind
    lon, lat : float
        Degrees, WGS 84.
    precision_m : float
        Radius in metres within which the true centre lies (19 times in 20).
    extent_m : float
        Rough radius in metres of the built-up area, or of the area for regions.
    oblast, raion, hromada : str or None
        German form of the containing unit's name, without its kind word
        (``"Donezk"``, ``"Pokrowsk"``); the unit's own record has the id in `oblast_id` and so on.
    oblast_id, raion_id, hromada_id : str or None
        Ids of the containing units; the unit itself carries its own id.
    country : str
        ISO 3166-1 alpha-2 code by the internationally recognised border.
    population : int or None
        Inhabitants, where a source states them.
    position_source : PositionSource
    ids : Mapping[str, str]
        The place in other registers: ``katottg``, ``geonames``, ``wikidata``, ...
    names : tuple[Name, ...]
        Every name, the official one first.
    """

    id: str
    name: str
    name_de: str
    kind: Kind
    lon: float
    lat: float
    precision_m: float
    extent_m: float
    oblast: str | None = None
    raion: str | None = None
    hromada: str | None = None
    oblast_id: str | None = None
    raion_id: str | None = None
    hromada_id: str | None = None
    country: str = "UA"
    population: int | None = None
    position_source: PositionSource = PositionSource.GEONAMES
    ids: Mapping[str, str] = field(default_factory=Registers, hash=False, compare=False)
    names: tuple[Name, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.ids, Registers):
            object.__setattr__(self, "ids", Registers(self.ids))


@dataclass(frozen=True, slots=True)
class Match:
    """A place found by a name.

    Attributes
    ----------
    place : Place
    name : Name
        The name of the place that matched.
    score : float
        1 for an exact match under folding, less for a fuzzy one.
    """

    place: Place
    name: Name
    score: float = 1.0
