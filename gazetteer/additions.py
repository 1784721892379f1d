"""Sources a caller adds to the pinned ones: GeoNames' dump, OpenStreetMap, an own table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import GazetteerBuildError
from gazetteer.extent import extent_of
from gazetteer.naming import german_name
from gazetteer.neighbours import Neighbourhood
from gazetteer.place import Kind, Name, Place, PositionSource, Status
from gazetteer.sites import Site
from gazetteer.sources.geonames_dump import (
    read_alternate_names,
    read_geonames_dump,
    with_alternate_names,
)
from gazetteer.sources.osm import read_osm
from gazetteer.sources.records import SourceRow, Unit
from gazetteer.sources.scripts import is_cyrillic
from gazetteer.sources.table import read_table
from gazetteer.units import SETTLEMENTS, Hierarchy

if TYPE_CHECKING:
    from gazetteer.build import Sources

__all__ = ["add_sources", "own_places"]

_OWN_PRECISION_M = 500.0


def add_sources(
    sources: Sources,
    geonames: Path | None,
    alternate_names: Path | None,
    osm: Path | None,
    table: Path | None,
    report: Callable[[str, float], None],
) -> Sources:
    """Add the rows of the caller's files; those of a dump replace the same rows of the package.

    Raises
    ------
    GazetteerBuildError
        If a file is not what it should be; it names the line.
    """
    rows = list(sources.rows)
    used = list(sources.used)
    if geonames is not None:
        report("reading GeoNames' dump", 0.24)
        dump = read_geonames_dump(geonames)
        if alternate_names is not None:
            ids = frozenset(row.key for row in dump)
            dump = with_alternate_names(dump, read_alternate_names(alternate_names, ids))
        known = {row.key for row in dump}
        rows = [
            row for row in rows if row.source is not PositionSource.GEONAMES or row.key not in known
        ]
        rows = [*dump, *rows]
    if osm is not None:
        report("reading OpenStreetMap", 0.27)
        rows = [*_with_oblast(read_osm(osm), rows), *rows]
        used.append("osm")
    if table is not None:
        report("reading your own table", 0.29)
        own = read_table(table)
        _check_codes(table, own, sources.units)
        rows = [*_with_oblast(own, rows), *rows]
        used.append("user")
    return replace(sources, rows=rows, used=tuple(used))


def _check_codes(table: Path, own: Sequence[SourceRow], units: Sequence[Unit]) -> None:
    """A stated code is that of a settlement: a slip of the pen must not make a second one."""
    known = {unit.code for unit in units if unit.category in SETTLEMENTS}
    for row in own:
        if row.katottg and row.katottg not in known:
            raise GazetteerBuildError(
                f"{table}: {row.names[0].text!r} has the code {row.katottg}, which is no "
                "settlement's in the codifier; correct it or leave it out"
            )


def _with_oblast(added: Sequence[SourceRow], known: Sequence[SourceRow]) -> list[SourceRow]:
    """Rows that state no oblast get that of the nearest row of another source."""
    around = Neighbourhood(
        (number, row.lon, row.lat, "", "", row.oblast)
        for number, row in enumerate(known)
        if row.oblast
    )

    def completed(row: SourceRow) -> SourceRow:
        if row.oblast is not None or row.country != "UA":
            return row
        nearest = around.nearest(row.lon, row.lat, 1)
        return replace(row, oblast=nearest[0].oblast if nearest else None)

    return [completed(row) for row in added]


def own_places(sites: Sequence[Site], levels: Hierarchy) -> list[Place]:
    """The caller's rows that are no settlement of the codifier, as places of their own.

    Parameters
    ----------
    sites : sequence of Site
        Spots that are no settlement's.
    levels : Hierarchy
        For the oblast that a row states or lies in.
    """
    places = []
    for site in sites:
        row = site.rows[0]
        if row.source is not PositionSource.USER:
            continue
        name = row.names[0].text
        german = next((n.text for n in row.names if n.language == "de"), None)
        name_de = german or (german_name(name) if is_cyrillic(name) else name)
        kind = row.kind or Kind.VILLAGE
        places.append(
            Place(
                id=f"user:{row.key}",
                name=name,
                name_de=name_de,
                kind=kind,
                lon=row.lon,
                lat=row.lat,
                precision_m=_OWN_PRECISION_M,
                extent_m=extent_of(kind, row.population),
                oblast=levels.german.get(row.oblast or ""),
                oblast_id=levels.ids.get(row.oblast or ""),
                country=row.country,
                population=row.population,
                position_source=PositionSource.USER,
                names=tuple(
                    Name(n.text, n.language or "uk", "source", status, "user")
                    for number, n in enumerate(row.names)
                    for status in (Status.OFFICIAL if number == 0 else Status.ROMANISED,)
                ),
            )
        )
    return places
