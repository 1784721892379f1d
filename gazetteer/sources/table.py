"""The caller's own table of places.

A CSV file with a header; comma, semicolon or tab between the cells; UTF-8. Columns:

``name``
    Ukrainian (or Russian) name; required.
``lon``, ``lat``
    Degrees, WGS 84; required.
``katottg``
    Code in the official codifier; decides which settlement is meant.
``name_ru``, ``name_de``, ``names``
    Further names; ``names`` holds several, apart by semicolons or bars.
``oblast``
    German short name or first two digits of the code.
``country``
    ISO 3166-1 alpha-2 code; ``UA`` where not given.
``kind``, ``population``
    A word of `gazetteer.Kind`; inhabitants.
``id``
    What follows ``user:`` in the id of a place that is no settlement of the codifier; else file
    name and line.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from gazetteer.curated import load
from gazetteer.errors import GazetteerBuildError
from gazetteer.place import Kind, PositionSource
from gazetteer.sources.records import SourceName, SourceRow
from gazetteer.sources.scripts import cyrillic_language, is_cyrillic

__all__ = ["read_table"]

_REQUIRED = ("name", "lon", "lat")


def read_table(path: Path) -> list[SourceRow]:
    """Read the table.

    Raises
    ------
    GazetteerBuildError
        If a column or a value is missing or not understood; it names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sample = file.read(4096)
            file.seek(0)
            separator = max(",;\t", key=sample.split("\n", 1)[0].count)
            reader = csv.DictReader(file, delimiter=separator)
            missing = [name for name in _REQUIRED if name not in (reader.fieldnames or ())]
            if missing:
                raise GazetteerBuildError(
                    f"{path}: no column {missing[0]!r}; needed are {', '.join(_REQUIRED)}"
                )
            rows = [_row(path, reader.line_num, cells) for cells in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerBuildError(f"{path}: cannot be read: {error}") from error
    if not rows:
        raise GazetteerBuildError(f"{path}: no place in it, only a header")
    _check_doubles(path, rows)
    return rows


def _check_doubles(path: Path, rows: Sequence[SourceRow]) -> None:
    for values in ([row.key for row in rows], [row.katottg for row in rows if row.katottg]):
        double = next((value for value, count in Counter(values).items() if count > 1), None)
        if double is not None:
            raise GazetteerBuildError(f"{path}: {double!r} stands in several lines")


def _row(path: Path, line: int, cells: Mapping[str, str | None]) -> SourceRow:
    def cell(name: str) -> str:
        return (cells.get(name) or "").strip()

    oblasts = {row["name_de"]: row["katottg"] for row in reversed(load("oblasts.tsv"))}
    code = cell("katottg") or None
    try:
        if not cell("name"):
            raise ValueError("the name is missing")
        if code and not re.fullmatch(r"UA\d{17}", code):
            raise ValueError(f"{code!r} is not a KATOTTG code")
        if not (cell("lon") and cell("lat")):
            raise ValueError("lon or lat is missing")
        lon, lat = float(cell("lon")), float(cell("lat"))
        country = cell("country").upper() or "UA"
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise ValueError(f"({lon}, {lat}) is no position in degrees")
        stated = cell("oblast")
        oblast = code[2:4] if code else oblasts.get(stated, stated or None)
        if oblast and not re.fullmatch(r"\d\d", oblast):
            raise ValueError(f"unknown oblast {stated!r}")
        return SourceRow(
            source=PositionSource.USER,
            key=cell("id") or f"{path.name}:{line}",
            names=tuple(_names(cells)),
            lon=lon,
            lat=lat,
            oblast=oblast,
            population=_population(cell("population")),
            kind=_kind(cell("kind")),
            katottg=code,
            country=country,
        )
    except ValueError as error:
        raise GazetteerBuildError(f"{path}, line {line}: {error}") from error


def _population(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(f"{text[:40]!r} is no number of inhabitants")
    return int(text)


def _kind(word: str) -> Kind | None:
    if word and word not in set(Kind):
        raise ValueError(f"{word!r} is no kind of place; there are {', '.join(Kind)}")
    return Kind(word) if word else None


def _names(cells: Mapping[str, str | None]) -> list[SourceName]:
    main = (cells.get("name") or "").strip()
    language = cyrillic_language(main) if is_cyrillic(main) else ""
    names = [SourceName(main, "" if language == "both" else language)]
    for column, code in (("name_ru", "ru"), ("name_de", "de")):
        text = (cells.get(column) or "").strip()
        if text:
            names.append(SourceName(text, code))
    others = (text.strip() for text in re.split(r"[;|]", cells.get("names") or ""))
    return names + [SourceName(text) for text in others if text]
