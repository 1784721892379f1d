"""The record of a place as it stands in its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from frontmap.claims.records import Bearing
from frontmap.resolution import Toponym
from gazetteer import Kind

__all__ = ["Focus", "PlaceReference", "is_facility", "is_region", "is_river", "restated"]

_REGIONS = frozenset(
    {Kind.OBLAST, Kind.RAION, Kind.REGION, Kind.PENINSULA, Kind.HROMADA, Kind.COUNTRY}
)


@dataclass(slots=True)
class PlaceReference:
    """A place in a sentence.

    Attributes
    ----------
    index : int
        Token of the name, or of the noun that refers back.
    first : int
        First token of its noun phrase, after the preposition.
    toponym : Toponym
    relation : str
        A `Relation` value, or one of from, around, onto, in, direct: decided with the event.
    word : str
        The words that gave the relation.
    bearings : tuple[Bearing, ...]
    distance_m : float or None
    unnamed : str or None
    contained_in : int or None
        Index of the reference whose location it only describes.
    coordinated_with : int or None
        Index (token) of the previous place of the same list.
    is_back_reference : bool
    noun : str
        Kind of the noun that refers back.
    is_plural : bool
        It refers back to several places at once: beide Orte.
    number : int
        How many of them: alle vier Städte; 0 where no number is given.
    bank : PlaceReference or None
        The river on whose bank near the place something happens: am linken Dnipro-Ufer bei X.
    aside : str
        How it is named by the way, as of `frontmap.claims.sentence.asides`; empty where it is not.
    is_held : bool
        It is called occupied in passing: die besetzte Stadt X.
    """

    index: int
    first: int
    toponym: Toponym
    relation: str = "direct"
    word: str = ""
    bearings: tuple[Bearing, ...] = ()
    distance_m: float | None = None
    unnamed: str | None = None
    contained_in: int | None = None
    coordinated_with: int | None = None
    is_back_reference: bool = False
    noun: str = ""
    is_plural: bool = False
    number: int = 0
    bank: PlaceReference | None = None
    aside: str = ""
    is_held: bool = False


def is_region(toponym: Toponym) -> bool:
    """Whether the toponym is an area larger than a settlement."""
    return toponym.place is not None and toponym.place.kind in _REGIONS


def is_facility(toponym: Toponym) -> bool:
    """Whether the toponym is a plant or another works, no settlement."""
    return toponym.place is not None and toponym.place.kind is Kind.FACILITY


def is_river(toponym: Toponym) -> bool:
    """Whether the toponym is a river or a reservoir."""
    return toponym.place is not None and toponym.place.kind in (Kind.RIVER, Kind.RESERVOIR)


def restated(
    place: PlaceReference, relation: str, *, is_back_reference: bool = False
) -> PlaceReference:
    """Return the place as another event sees it: the relation given, the rest forgotten."""
    return replace(
        place,
        relation=relation,
        word="",
        bearings=(),
        distance_m=None,
        contained_in=None,
        coordinated_with=None,
        unnamed=None,
        is_back_reference=is_back_reference or place.is_back_reference,
    )


# what kind of place is looked for, and the token before which it must stand
Focus = Callable[[str, int], PlaceReference | None]
