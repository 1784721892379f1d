"""Districts and quarters of cities: those of the codifier, and parts of cities GeoNames knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gazetteer.naming import german_name, settlement_names
from gazetteer.place import Kind, Name, Place, PositionSource, Status
from gazetteer.romanization.curated import CuratedNames
from gazetteer.sites import Site, distance_m
from gazetteer.skeleton import latin_key
from gazetteer.sources.records import SourceRow, Unit
from gazetteer.sources.scripts import is_cyrillic
from gazetteer.units import Hierarchy

__all__ = ["district_places"]

_REACH = 1.6  # quarters lie within this many radii of the city's built-up area
_LEAST_REACH_M = 4_000.0
_DISTRICT_M = 2_500.0
_QUARTER_M = 1_500.0


def district_places(
    units: Mapping[str, Unit],
    places: Sequence[Place],
    free_sites: Sequence[Site],
    levels: Hierarchy,
    curated: Mapping[str, CuratedNames],
) -> list[Place]:
    """Make the places.

    Parameters
    ----------
    units : mapping of str to Unit
        The codifier by code.
    places : sequence of Place
        The settlements.
    free_sites : sequence of Site
        Spots that are no settlement's; the GeoNames ones inside a city are its parts.
    levels : Hierarchy
    curated : mapping of str to CuratedNames
        By KATOTTG code.
    """
    cities = {place.ids["katottg"]: place for place in places if place.kind is Kind.CITY}
    parts: dict[str, list[SourceRow]] = {}
    for site in free_sites:
        row = site.rows[0]
        city = _city_around(row, list(cities.values()))
        if row.source is PositionSource.GEONAMES and row.names and city is not None:
            parts.setdefault(city.id, []).append(row)
    found: list[Place] = []
    used: set[str] = set()
    for unit in units.values():
        if unit.category != "B":
            continue
        city = next((cities[code] for code in reversed(unit.parents) if code in cities), None)
        if city is None:
            continue
        own = _row_of(unit, parts.get(city.id, ()))
        if own is not None:
            used.add(own.key)
        found.append(_district(unit, city, own, levels, curated.get(unit.code)))
    for place in places:
        for row in parts.get(place.id, ()):
            if row.key not in used:
                used.add(row.key)
                found.append(_quarter(row, place))
    return found


def _city_around(row: SourceRow, cities: Sequence[Place]) -> Place | None:
    best: tuple[float, Place] | None = None
    for city in cities:
        if abs(city.lat - row.lat) > 0.3 or abs(city.lon - row.lon) > 0.45:
            continue
        apart = distance_m(row.lon, row.lat, city.lon, city.lat)
        if apart <= max(_LEAST_REACH_M, _REACH * city.extent_m):
            share = apart / city.extent_m
            if best is None or share < best[0]:
                best = (share, city)
    return best[1] if best else None


def _row_of(unit: Unit, rows: Sequence[SourceRow]) -> SourceRow | None:
    wanted = {unit.name, f"{unit.name} район"}
    for row in rows:
        if any(name.text in wanted for name in row.names):
            return row
    return None


def _district(
    unit: Unit,
    city: Place,
    row: SourceRow | None,
    levels: Hierarchy,
    known: CuratedNames | None,
) -> Place:
    name_de = german_name(unit.name, known)
    names = [
        Name(f"{unit.name} район", "uk", "official", Status.OFFICIAL, "katottg"),
        Name(unit.name, "uk", "short", Status.ROMANISED, "katottg"),
    ]
    names += known.names if known else ()
    return Place(
        id=f"katottg:{unit.code}",
        name=f"{unit.name} район",
        name_de=name_de,
        kind=Kind.DISTRICT,
        lon=row.lon if row else city.lon,
        lat=row.lat if row else city.lat,
        precision_m=_DISTRICT_M if row else max(_DISTRICT_M, 1.2 * city.extent_m),
        extent_m=float(round(max(1_000.0, 0.4 * city.extent_m), -2)),
        population=row.population if row else None,
        position_source=PositionSource.GEONAMES if row else PositionSource.ESTIMATED,
        ids={"katottg": unit.code} | ({"geonames": row.key} if row else {}),
        names=tuple(names),
        **levels.fields(unit),  # type: ignore[arg-type]
    )


def _quarter(row: SourceRow, city: Place) -> Place:
    ukrainian = [name.text for name in row.names if name.language == "uk"]
    either = [name.text for name in row.names if is_cyrillic(name.text) and not name.language]
    russian = [name.text for name in row.names if name.language == "ru"]
    name = next(iter(ukrainian + either + russian), row.names[0].text)
    if is_cyrillic(name):
        names = settlement_names(name, (row,), None)
        name_de = german_name(name)
    else:
        key = latin_key(name)
        others = (n.text for n in row.names if latin_key(n.text) != key)
        names = (
            Name(name, "uk", "source", Status.OFFICIAL, "geonames"),
            *(Name(other, "en", "source", Status.ROMANISED, "geonames") for other in others),
        )
        name_de = name
    return Place(
        id=f"geonames:{row.key}",
        name=name,
        name_de=name_de,
        kind=Kind.DISTRICT,
        lon=row.lon,
        lat=row.lat,
        precision_m=_QUARTER_M,
        extent_m=float(round(max(600.0, 0.15 * city.extent_m), -2)),
        population=row.population,
        position_source=PositionSource.GEONAMES,
        ids={"geonames": row.key},
        names=names,
        oblast=city.oblast,
        raion=city.raion,
        hromada=city.hromada,
        oblast_id=city.oblast_id,
        raion_id=city.raion_id,
        hromada_id=city.hromada_id,
    )
