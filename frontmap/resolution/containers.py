"""Kind words against kinds: how well ``das Dorf``, ``die Stadt``, ``im Gebiet`` fit a place."""

from __future__ import annotations

from gazetteer import Kind

__all__ = ["container_fit"]

_FITS: dict[str, dict[Kind, float]] = {
    "city": {Kind.CITY: 2.0, Kind.TOWN: 0.0, Kind.VILLAGE: -4.0, Kind.DISTRICT: -3.0},
    "town": {Kind.CITY: 1.0, Kind.TOWN: 2.0, Kind.VILLAGE: -1.0, Kind.DISTRICT: -3.0},
    "village": {Kind.VILLAGE: 2.0, Kind.TOWN: 0.5, Kind.CITY: -6.0, Kind.DISTRICT: -3.0},
    "settlement": {Kind.CITY: 0.0, Kind.TOWN: 1.0, Kind.VILLAGE: 0.8, Kind.DISTRICT: 0.0},
    "oblast": {
        Kind.OBLAST: 10.0,
        Kind.REGION: 8.0,
        Kind.PENINSULA: 5.0,
        Kind.CITY: -1.0,
        Kind.TOWN: -1.0,
    },
    "raion": {Kind.RAION: 9.0, Kind.DISTRICT: 8.5, Kind.OBLAST: -1.0, Kind.HROMADA: 1.0},
    "hromada": {Kind.HROMADA: 6.0},
    "district": {Kind.DISTRICT: 6.0, Kind.RAION: 1.0, Kind.VILLAGE: 0.0},
    "river": {Kind.RIVER: 8.0},
    "lake": {Kind.LAKE: 7.0, Kind.RESERVOIR: 4.0},
    "reservoir": {Kind.RESERVOIR: 7.0, Kind.LAKE: 4.0},
    "peninsula": {Kind.PENINSULA: 4.0, Kind.OBLAST: 4.0, Kind.REGION: 3.0},
    "island": {Kind.ISLAND: 6.0},
    "facility": {Kind.FACILITY: 8.0, Kind.CITY: 1.0},
}
_ELSE = {
    "city": -5.0,
    "town": -5.0,
    "village": -5.0,
    "settlement": -5.0,
    "oblast": -5.0,
    "raion": -2.0,
    "river": -6.0,
}


def container_fit(container: str, kind: Kind) -> float:
    """Give the log odds that a kind word lends to a place of a kind.

    Examples
    --------
    >>> from gazetteer import Kind
    >>> container_fit("oblast", Kind.OBLAST) > container_fit("oblast", Kind.CITY)
    True
    """
    otherwise = min(_ELSE.get(container, -1.0), -4.0 if kind is Kind.OBLAST else 0.0)
    return _FITS.get(container, {}).get(kind, otherwise)
