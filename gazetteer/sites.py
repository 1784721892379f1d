"""Rows of several sources that mean one spot under one name, brought together.

The sources go back to the same maps, so a village often stands in three of them, a few hundred
metres apart. A `Site` holds such rows; settlements are then matched to sites, not to rows, so that
two namesakes cannot both take the same spot.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gazetteer.place import PositionSource
from gazetteer.skeleton import cyrillic_keys, latin_key
from gazetteer.sources.records import SourceRow
from gazetteer.sources.scripts import is_cyrillic

__all__ = ["Site", "distance_m", "merge_rows", "row_keys"]

_EARTH_M = 6_371_009.0
_SAME_SPOT_M = 2_000.0
# whose position is taken where several agree on the spot
_TRUST = (
    PositionSource.USER,
    PositionSource.OSM,
    PositionSource.CURATED,
    PositionSource.GEONAMES,
    PositionSource.POSTAL,
    PositionSource.WORLDCITIES,
)


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Great-circle distance in metres.

    Examples
    --------
    >>> round(distance_m(37.8, 48.0, 37.8, 49.0))
    111195
    """
    half_lat = math.radians(other_lat - lat) / 2
    half_lon = math.radians(other_lon - lon) / 2
    chord = math.sin(half_lat) ** 2 + (
        math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(half_lon) ** 2
    )
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(chord)))


@dataclass(frozen=True, slots=True)
class Site:
    """One spot with all rows that mean it.

    Attributes
    ----------
    number : int
        Its place in the list of sites.
    lon, lat : float
        The position of its most trusted row.
    rows : tuple of SourceRow
        The most trusted first.
    keys : frozenset of str
        Sound keys of all names.
    cyrillic : frozenset of str
        All names in Cyrillic letters.
    oblasts : frozenset of str
        First two digits of the KATOTTG code, as the rows state them.
    """

    number: int
    lon: float
    lat: float
    rows: tuple[SourceRow, ...]
    keys: frozenset[str]
    cyrillic: frozenset[str]
    oblasts: frozenset[str]


def row_keys(row: SourceRow) -> frozenset[str]:
    """Sound keys of a row's names; a Cyrillic one as it is and as a Ukrainian name gone Russian."""
    keys: set[str] = set()
    for name in row.names:
        if is_cyrillic(name.text):
            keys.update(cyrillic_keys(name.text)[:1])
        else:
            keys.add(latin_key(name.text))
    keys.discard("")
    return frozenset(keys)


def merge_rows(rows: Sequence[SourceRow]) -> list[Site]:
    """Bring rows together that share a sound key within two kilometres.

    Parameters
    ----------
    rows : sequence of SourceRow
        Of all sources, in a fixed order.
    """
    keys = [row_keys(row) for row in rows]
    parents = list(range(len(rows)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for group in _groups(keys):
        ordered = sorted(group, key=lambda number: (rows[number].lat, number))
        for position, number in enumerate(ordered):
            for other in ordered[position + 1 :]:
                if (rows[other].lat - rows[number].lat) * 111_195 > _SAME_SPOT_M:
                    break
                if _near(rows[number], rows[other]):
                    low, high = sorted((root(number), root(other)))
                    parents[high] = low
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(rows)):
        members[root(number)].append(number)
    return [
        _site(number, [rows[m] for m in group], [keys[m] for m in group])
        for number, group in enumerate(members.values())
    ]


def _groups(keys: Sequence[frozenset[str]]) -> Iterable[list[int]]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(keys):
        for key in sorted(row):
            by_key[key].append(number)
    return by_key.values()


def _near(row: SourceRow, other: SourceRow) -> bool:
    return distance_m(row.lon, row.lat, other.lon, other.lat) <= _SAME_SPOT_M


def _site(number: int, rows: list[SourceRow], keys: list[frozenset[str]]) -> Site:
    rows.sort(key=lambda row: (_TRUST.index(row.source), row.key))
    names = (name.text for row in rows for name in row.names)
    return Site(
        number=number,
        lon=rows[0].lon,
        lat=rows[0].lat,
        rows=tuple(rows),
        keys=frozenset().union(*keys),
        cyrillic=frozenset(name for name in names if is_cyrillic(name)),
        oblasts=frozenset(row.oblast for row in rows if row.oblast),
    )
