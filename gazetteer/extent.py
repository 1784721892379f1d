"""Rough radius of a settlement's built-up area."""

from __future__ import annotations

from gazetteer.place import Kind

__all__ = ["extent_of"]

_UNKNOWN = {Kind.CITY: 2_500.0, Kind.TOWN: 1_200.0, Kind.VILLAGE: 700.0}
# radius = 60 m * population ** 0.38: 0.8 km for 1,000, 3.9 km for 60,000, 11 km for 900,000
_FACTOR, _POWER = 60.0, 0.38


def extent_of(kind: Kind, population: int | None) -> float:
    """Radius in metres, from the inhabitants or, without them, the kind.

    Parameters
    ----------
    kind : Kind
        City, town or village; for others the village's is taken.
    population : int or None

    Examples
    --------
    >>> extent_of(Kind.CITY, 60_000), extent_of(Kind.VILLAGE, None)
    (3900.0, 700.0)
    """
    if not population:
        return _UNKNOWN.get(kind, _UNKNOWN[Kind.VILLAGE])
    return float(max(300, round(_FACTOR * population**_POWER, -2)))
