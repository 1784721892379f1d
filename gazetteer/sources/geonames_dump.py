"""GeoNames' dump of Ukraine, and its alternate names, as anybody can download them.

Data of GeoNames, CC BY 4.0. The dump's admin2 code is the first four digits of KATOTTG behind
``UA``, which makes the join to the codifier nearly certain.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from gazetteer.curated import load
from gazetteer.errors import GazetteerBuildError
from gazetteer.place import PositionSource
from gazetteer.sources.geonames_cities import source_names
from gazetteer.sources.records import SourceName, SourceRow

__all__ = ["read_alternate_names", "read_geonames_dump", "with_alternate_names"]

_LONGEST_LINE = 1 << 20  # characters; true ones have some ten thousand
_COLUMNS = 19
_LANGUAGES = frozenset({"uk", "ru", "de", "en", "pl", "fr"})
# settlements; PPLX are sections of cities, PPLH no longer exist
_CLASS = "P"
_GONE = frozenset({"PPLH", "PPLW", "PPLQ"})


def read_geonames_dump(path: Path) -> list[SourceRow]:
    """Read the settlements of a dump.

    Parameters
    ----------
    path : Path
        ``UA.zip``, ``UA.txt`` or either with ``.gz``.

    Raises
    ------
    GazetteerBuildError
        If it is no such dump, or a row is damaged; it names the line.
    """
    admin1 = {row["admin1"]: row["katottg"] for row in load("oblasts.tsv")}
    rows = []
    with _lines(path, ("UA.txt",)) as file:
        for number, line in enumerate(file, start=1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != _COLUMNS:
                raise GazetteerBuildError(
                    f"{path}, line {number}: {len(cells)} columns, a GeoNames dump has {_COLUMNS}"
                )
            if cells[6] != _CLASS or cells[7] in _GONE or cells[8] != "UA":
                continue
            try:
                row = _row(cells, admin1)
            except ValueError as error:
                raise GazetteerBuildError(f"{path}, line {number}: {error}") from error
            if row.names:
                rows.append(row)
    if not rows:
        raise GazetteerBuildError(f"{path}: no settlement of Ukraine in it")
    return rows


def _row(cells: Sequence[str], admin1: Mapping[str, str]) -> SourceRow:
    raion = cells[11] if len(cells[11]) == 4 and cells[11].isdigit() else None
    oblast = admin1.get(cells[10])
    if raion is not None and raion.endswith("00"):
        oblast, raion = raion[:2], None
    if not cells[0].isdecimal():
        raise ValueError(f"{cells[0]!r} is no GeoNames id")
    lon, lat = float(cells[5]), float(cells[4])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"({lon}, {lat}) is no position in degrees")
    population = int(cells[14] or 0)
    if not 0 <= population < 10**9:
        raise ValueError(f"{population} is no number of inhabitants")
    return SourceRow(
        source=PositionSource.GEONAMES,
        key=cells[0],
        names=source_names(cells[1], [name for name in cells[3].split(",") if name]),
        lon=lon,
        lat=lat,
        oblast=raion[:2] if raion else oblast,
        raion=raion,
        population=population or None,
    )


def read_alternate_names(path: Path, wanted: frozenset[str]) -> dict[str, list[SourceName]]:
    """Read the names with a language of some GeoNames ids.

    Parameters
    ----------
    path : Path
        ``alternateNamesV2.zip`` or ``.txt``.
    wanted : frozenset of str
        GeoNames ids.

    Raises
    ------
    GazetteerBuildError
        If it is no such table.
    """
    found: dict[str, list[SourceName]] = defaultdict(list)
    with _lines(path, ("alternateNamesV2.txt", "UA.txt")) as file:
        for number, line in enumerate(file, start=1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 4:
                raise GazetteerBuildError(
                    f"{path}, line {number}: {len(cells)} columns, too few for alternate names"
                )
            if cells[1] in wanted and cells[2] in _LANGUAGES:
                found[cells[1]].append(SourceName(cells[3], cells[2]))
    return found


def with_alternate_names(
    rows: Sequence[SourceRow], names: Mapping[str, Sequence[SourceName]]
) -> list[SourceRow]:
    """Rows with their alternate names added, the ones with a language before those without."""
    joined = []
    for row in rows:
        extra = names.get(row.key, ())
        texts = {name.text: name for name in (*row.names[:1], *extra, *row.names)}
        texts |= {name.text: name for name in extra}
        joined.append(replace(row, names=tuple(texts.values())))
    return joined


def _bounded(path: Path, file: TextIO) -> Iterator[str]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise GazetteerBuildError(
                f"{path}, line {number}: longer than {_LONGEST_LINE:,} characters"
            )
        yield line


@contextmanager
def _lines(path: Path, members: Sequence[str]) -> Iterator[Iterator[str]]:
    """Open a table inside a zip, behind gzip or plain; its lines, none longer than any true one."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = set(archive.namelist())
                member = next((name for name in members if name in names), None)
                if member is None:
                    raise GazetteerBuildError(f"{path}: no {' or '.join(members)} in it")
                with archive.open(member) as raw:
                    yield _bounded(path, io.TextIOWrapper(raw, encoding="utf-8", newline="\n"))
        elif path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
                yield _bounded(path, file)
        else:
            with path.open(encoding="utf-8", newline="\n") as file:
                yield _bounded(path, file)
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise GazetteerBuildError(f"{path}: cannot be read: {error}") from error
