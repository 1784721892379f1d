"""MaxMind's free world cities table, as the npm package ``db-city`` holds it.

Romanised names of settlements, mostly from Soviet-era maps, several names a position. MaxMind's
open data licence asks that the data be said to come from MaxMind.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from gazetteer.curated import load
from gazetteer.errors import GazetteerBuildError
from gazetteer.place import PositionSource
from gazetteer.sources.records import SourceName, SourceRow

__all__ = ["read_worldcities"]

# the table has lost the hyphens and apostrophes between words
_RUN_TOGETHER = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z])")


def read_worldcities(path: Path, countries: Collection[str] = ("ua",)) -> list[SourceRow]:
    """Read the rows of some countries, one row a position with all its names.

    Parameters
    ----------
    path : Path
        ``worldcitiespop.txt``: country, name, accented name, region, population, latitude,
        longitude; ISO 8859-1, comma-separated without quoting.
    countries : collection of str
        ISO 3166-1 alpha-2, lower case.

    Raises
    ------
    GazetteerBuildError
        If a row is damaged; it names the line.
    """
    admin1 = {row["admin1"]: row["katottg"] for row in load("oblasts.tsv")}
    prefixes = tuple(f"{country}," for country in countries)
    names: dict[tuple[str, str, float, float], list[str]] = {}
    with path.open(encoding="iso-8859-1") as file:
        for number, line in enumerate(file, start=1):
            if not line.startswith(prefixes):
                continue
            cells = line.rstrip("\n").split(",")
            try:
                key = (cells[0], cells[3], float(cells[6]), float(cells[5]))
            except (IndexError, ValueError) as error:
                raise GazetteerBuildError(f"{path}, line {number}: {error}") from error
            known = names.setdefault(key, [])
            text = _RUN_TOGETHER.sub(" ", cells[2])
            if text not in known:
                known.append(text)
    return [
        SourceRow(
            source=PositionSource.WORLDCITIES,
            key=f"{country} {texts[0]} {lat} {lon}",
            names=tuple(SourceName(text) for text in texts),
            lon=lon,
            lat=lat,
            oblast=admin1.get(region) if country == "ua" else None,
            old_raion=None if country == "ua" else region,
            country=country.upper(),
        )
        for (country, region, lon, lat), texts in names.items()
    ]
