"""Which place is meant first when several share a name: prominence and the standing of a name."""

from __future__ import annotations

from gazetteer.place import Kind, Name, Place, Status

__all__ = ["kind_standing", "name_standing", "prominence"]

# A reader who meets a bare name thinks of the whole country or region first, of the city before
# the oblast called after it, of the river before a village, of a hromada last.
_GROUPS: dict[Kind, int] = {
    kind: group
    for group, kinds in enumerate(
        (
            (Kind.COUNTRY, Kind.PENINSULA, Kind.REGION, Kind.SEA),
            (Kind.CITY,),
            (Kind.OBLAST,),
            (Kind.RIVER, Kind.RESERVOIR, Kind.LAKE, Kind.CANAL, Kind.ISLAND, Kind.FACILITY),
            (Kind.TOWN,),
            (Kind.RAION,),
            (Kind.VILLAGE,),
            (Kind.DISTRICT,),
            (Kind.HROMADA,),
        )
    )
    for kind in kinds
}
_UNITS = frozenset({Kind.OBLAST, Kind.RAION, Kind.HROMADA, Kind.DISTRICT})
_LITTLE_KNOWN = frozenset({Kind.VILLAGE, Kind.DISTRICT, Kind.HROMADA})
# Schemes whose forms are guesses: mixtures, and what is made from a derived Russian name.
_LOOSE = ("mixed", "derived")


def prominence(place: Place) -> tuple[int, int, str]:
    """Sort key, the most prominent place first; the id makes the order total.

    Examples
    --------
    >>> city = Place("a:1", "Донецьк", "Donezk", Kind.CITY, 37.8, 48.0, 1, 1, population=900000)
    >>> oblast = Place("a:0", "Донецька", "Donezk", Kind.OBLAST, 37.8, 48.0, 1, 1)
    >>> prominence(city) < prominence(oblast)
    True
    """
    return _GROUPS[place.kind], -(place.population or 0), place.id


def kind_standing(kind: Kind) -> int:
    """How weighty a kind of place is; less is weightier.

    Examples
    --------
    >>> kind_standing(Kind.CITY) < kind_standing(Kind.RIVER) < kind_standing(Kind.VILLAGE)
    True
    """
    return _GROUPS[kind]


def name_standing(name: Name, kind: Kind) -> int:
    """How directly a name stands for its place; less is nearer.

    0 for an official name or exonym, 1 for a romanised one, 2 for spellings that are guesses and
    for former names, 3 for a village's former name, which nobody means when another place is
    called so today.

    "Kiew" is first the city, though the oblast may have the same exonym and the city's own form is
    made by rule: an administrative unit is named after its seat and never stands before it.

    Examples
    --------
    >>> exonym = Name("Kiew", "de", "exonym", Status.EXONYM, "curated")
    >>> name_standing(exonym, Kind.CITY), name_standing(exonym, Kind.OBLAST)
    (0, 1)
    """
    if name.status in (Status.OFFICIAL, Status.EXONYM):
        return 1 if kind in _UNITS else 0
    if name.status is Status.HISTORICAL:
        return 3 if kind in _LITTLE_KNOWN else 2
    return 2 if name.scheme.startswith(_LOOSE) else 1
