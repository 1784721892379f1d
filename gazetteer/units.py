"""Oblasts, raions, hromadas and city districts as places, from the codifier and their members."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from gazetteer.curated import load
from gazetteer.matching import OldRaions, Settlement
from gazetteer.place import Kind, Name, Place, PositionSource, Status
from gazetteer.romanization.curated import CuratedNames
from gazetteer.seats import is_named_after, old_raion_seat, raion_seat
from gazetteer.sources.records import Unit

__all__ = [
    "SETTLEMENTS",
    "Hierarchy",
    "administrative_places",
    "hierarchy",
    "old_raion_places",
    "spread",
]

SETTLEMENTS = frozenset("KMXC")  # categories of the codifier


@dataclass(frozen=True)
class Hierarchy:
    """The containing units of every settlement, with their German names and ids.

    Attributes
    ----------
    german : mapping of str to str
        Code prefix (two, four or seven digits) to short German name.
    ids : mapping of str to str
        Code prefix to the unit's place id.
    units : mapping of str to Unit
        Code prefix to the unit.
    """

    german: Mapping[str, str]
    ids: Mapping[str, str]
    units: Mapping[str, Unit]

    def fields(self, unit: Unit) -> dict[str, str | None]:
        """The six fields of `Place` that name a unit's containing units."""
        fields: dict[str, str | None] = {}
        prefixes = {"oblast": unit.oblast, "raion": unit.raion, "hromada": unit.hromada}
        for level, prefix in prefixes.items():
            fields[level] = self.german.get(prefix) if prefix else None
            fields[f"{level}_id"] = self.ids.get(prefix) if prefix else None
        return fields


def hierarchy(units: Sequence[Unit], german_of: Callable[[Unit], str]) -> Hierarchy:
    """Name every oblast, raion and hromada in German.

    Parameters
    ----------
    units : sequence of Unit
        The whole codifier.
    german_of : callable
        German name of a settlement.
    """
    members = _members(units)
    oblasts = {row["katottg"]: row["name_de"] for row in load("oblasts.tsv")}
    raions = {row["katottg"]: row["name_de"] for row in load("raions.tsv")}
    german: dict[str, str] = {}
    ids: dict[str, str] = {}
    by_prefix: dict[str, Unit] = {}
    for unit in units:
        if unit.category in ("O", "K"):
            prefix = unit.oblast
            german[prefix] = oblasts[prefix]
        elif unit.category == "P":
            prefix = str(unit.raion)
            german[prefix] = raions.get(prefix) or _raion_name(unit, members[prefix], german_of)
        elif unit.category == "H":
            prefix = str(unit.hromada)
            german[prefix] = _hromada_name(unit, members.get(prefix, []), german_of)
        else:
            continue
        ids[prefix] = f"katottg:{unit.code}"
        by_prefix[prefix] = unit
    return Hierarchy(german, ids, by_prefix)


def _members(units: Sequence[Unit]) -> dict[str, list[Unit]]:
    members: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.category in SETTLEMENTS:
            for prefix in {unit.oblast, unit.raion, unit.hromada}:
                if prefix:
                    members.setdefault(prefix, []).append(unit)
    return members


def _raion_name(unit: Unit, members: Sequence[Unit], german_of: Callable[[Unit], str]) -> str:
    seat = raion_seat(unit.name, members)
    return german_of(seat or unit)


def _hromada_name(unit: Unit, members: Sequence[Unit], german_of: Callable[[Unit], str]) -> str:
    seat = members[0] if members else None
    if seat is not None and is_named_after(unit.name, seat.name):
        return german_of(seat)
    return german_of(unit)


def spread(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Centre of points and the radius that holds 95 in 100 of them.

    Parameters
    ----------
    points : sequence of (lon, lat)
        Degrees, at least one.

    Returns
    -------
    tuple of float
        Longitude, latitude (the middle of the extremes and the median, averaged, so that neither
        a dense corner nor an outlier decides) and the radius in metres.

    Examples
    --------
    >>> spread([(30.0, 50.0), (30.0, 50.0)])
    (30.0, 50.0, 0.0)
    """
    lons = sorted(point[0] for point in points)
    lats = sorted(point[1] for point in points)
    lon = ((lons[0] + lons[-1]) / 2 + median(lons)) / 2
    lat = ((lats[0] + lats[-1]) / 2 + median(lats)) / 2
    scale = math.cos(math.radians(lat))
    distances = sorted(
        111_195 * math.hypot((point[0] - lon) * scale, point[1] - lat) for point in points
    )
    return lon, lat, distances[min(len(distances) - 1, int(0.95 * len(distances)))]


def administrative_places(
    units: Sequence[Unit],
    levels: Hierarchy,
    positions: Mapping[str, tuple[float, float]],
    curated: Mapping[str, CuratedNames],
) -> list[Place]:
    """Places for oblasts, raions and hromadas, centred on their settlements.

    Parameters
    ----------
    units : sequence of Unit
    levels : Hierarchy
    positions : mapping of str to (lon, lat)
        KATOTTG code of a settlement to its position.
    curated : mapping of str to CuratedNames
        By KATOTTG code.
    """
    members = _members(units)
    places = []
    for prefix, unit in levels.units.items():
        if unit.category == "K":
            continue
        points = [positions[m.code] for m in members.get(prefix, ()) if m.code in positions]
        if not points:
            continue
        lon, lat, radius = spread(points)
        kind = {"O": Kind.OBLAST, "P": Kind.RAION, "H": Kind.HROMADA}[unit.category]
        name, name_de, names = _unit_names(unit, kind, levels.german[prefix])
        known = curated.get(unit.code)
        if known is not None:
            have = {(entry.text, entry.language) for entry in names}
            names += tuple(n for n in known.names if (n.text, n.language) not in have)
        places.append(
            Place(
                id=levels.ids[prefix],
                name=name,
                name_de=name_de,
                kind=kind,
                lon=round(lon, 5),
                lat=round(lat, 5),
                precision_m=float(round(max(2000.0, 0.35 * radius), -2)),
                extent_m=float(round(max(3000.0, radius), -2)),
                position_source=PositionSource.ESTIMATED,
                ids={"katottg": unit.code},
                names=names,
                **levels.fields(unit),  # type: ignore[arg-type]
            )
        )
    return places


def _unit_names(unit: Unit, kind: Kind, short: str) -> tuple[str, str, tuple[Name, ...]]:
    if kind is Kind.OBLAST:
        row = next(row for row in load("oblasts.tsv") if row["katottg"] == unit.oblast)
        names = [
            Name(row["name_uk"], "uk", "official", Status.OFFICIAL, "katottg"),
            Name(short, "de", "exonym", Status.EXONYM, "curated"),
            Name(row["full_de"], "de", "exonym", Status.EXONYM, "curated"),
            Name(row["popular_uk"], "uk", "popular", Status.ROMANISED, "curated"),
            Name(row["name_ru"], "ru", "official", Status.EXONYM, "curated"),
            Name(row["short_ru"], "ru", "short", Status.ROMANISED, "curated"),
        ]
        if row["seat"]:
            names.append(Name(row["seat"], "uk", "short", Status.ROMANISED, "curated"))
        return row["name_uk"], row["full_de"], tuple(names)
    if kind is Kind.RAION:
        name, name_de = f"{unit.name} район", f"Rajon {short}"
        names = [
            Name(name, "uk", "official", Status.OFFICIAL, "katottg"),
            Name(name_de, "de", "exonym", Status.EXONYM, "derived"),
            Name(short, "de", "short", Status.ROMANISED, "derived"),
        ]
        return name, name_de, tuple(names)
    name, name_de = f"{unit.name} громада", f"Hromada {short}"
    names = [
        Name(name, "uk", "official", Status.OFFICIAL, "katottg"),
        Name(name_de, "de", "exonym", Status.EXONYM, "derived"),
    ]
    return name, name_de, tuple(names)


def old_raion_places(
    settlements: Sequence[Settlement],
    old_raions: OldRaions,
    levels: Hierarchy,
    positions: Mapping[str, tuple[float, float]],
) -> list[Place]:
    """The raions before 2020, which older reports name, where none is called so today.

    Centred on the settlements of the hromadas that lay in them; named after the settlement that
    sounds like their romanised adjective.
    """
    members: dict[tuple[str, str], list[Settlement]] = {}
    everybody: dict[tuple[str, str], list[Unit]] = {}
    for settlement in settlements:
        raions = old_raions.of_hromada(settlement.hromada)
        for raion in sorted(raions):
            key = (settlement.unit.oblast, raion)
            everybody.setdefault(key, []).append(settlement.unit)
            if len(raions) == 1:
                members.setdefault(key, []).append(settlement)
    present = {(prefix[:2], name) for prefix, name in levels.german.items() if len(prefix) == 4}
    places = []
    for (oblast, romanised), group in sorted(members.items()):
        seat = old_raion_seat(romanised, everybody[oblast, romanised])
        points = [positions[s.code] for s in group if s.code in positions]
        if seat is None or not points:
            continue
        name, german = seat
        if (oblast, german) in present:
            continue
        lon, lat, radius = spread(points)
        places.append(
            Place(
                id=f"frontmap:raion-{oblast}-{romanised.lower()}",
                name=f"{name} район",
                name_de=f"Rajon {german}",
                kind=Kind.RAION,
                lon=round(lon, 5),
                lat=round(lat, 5),
                precision_m=float(round(max(3000.0, 0.4 * radius), -2)),
                extent_m=float(round(max(3000.0, radius), -2)),
                position_source=PositionSource.ESTIMATED,
                names=(
                    Name(f"{name} район", "uk", "former", Status.HISTORICAL, "postal"),
                    Name(f"Rajon {german}", "de", "former", Status.HISTORICAL, "derived"),
                    Name(german, "de", "former", Status.HISTORICAL, "derived"),
                ),
                oblast=levels.german.get(oblast),
                oblast_id=levels.ids.get(oblast),
            )
        )
    return places
