"""Gold files: passages with the toponyms a careful annotator marked, one JSON object a line."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from frontmap.errors import EvaluationError
from frontmap.parameters import checked

__all__ = ["GoldPassage", "GoldToponym", "load_gold"]


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """One annotated name.

    Attributes
    ----------
    start, end : int
        Code point offsets in the passage.
    surface : str
    geonameids : tuple[int, ...]
        The right answers, the preferred one first; empty for a place without an id.
    name : str or None
        The Ukrainian name of the place.
    lon, lat : float or None
        Degrees; None where the place cannot be told.
    country : str or None
        Given for a place outside Ukraine.
    optional : bool
        May be found or not, counted neither way.
    phenomenon : str or None
        What the case tries, where the file says so.
    """

    start: int
    end: int
    surface: str
    geonameids: tuple[int, ...] = ()
    name: str | None = None
    lon: float | None = None
    lat: float | None = None
    country: str | None = None
    optional: bool = False
    phenomenon: str | None = None

    @property
    def located(self) -> bool:
        """Whether the annotation says which place it is."""
        return bool(self.geonameids) or self.lon is not None

    @property
    def is_first_level_unit(self) -> bool:
        """Whether the place is an oblast, judged by the word for it in its Ukrainian name."""
        name = (self.name or "").casefold()
        return name.endswith(("область", "край")) or name in ("крим", "автономна республіка крим")


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """One annotated passage.

    Attributes
    ----------
    id : str
    text : str
    date : str or None
        As in the file: a day, a year, or whatever is known.
    toponyms : tuple[GoldToponym, ...]
    phenomenon : str or None
    raw : Mapping[str, Any]
        The whole JSON object, for the annotations other than toponyms.
    """

    id: str
    text: str
    date: str | None = None
    toponyms: tuple[GoldToponym, ...] = ()
    phenomenon: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False, hash=False)


@checked
def load_gold(path: str | os.PathLike[str]) -> tuple[GoldPassage, ...]:
    """Read a gold file.

    Parameters
    ----------
    path : str or os.PathLike
        A file of JSON lines; each line has at least ``text``, and ``toponyms`` with ``start``
        and ``end``.

    Returns
    -------
    tuple[GoldPassage, ...]

    Raises
    ------
    EvaluationError
        If the file cannot be read or a line is not what it should be; it names the line.
    """
    source = Path(path)
    try:
        content = source.read_text(encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{source}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise EvaluationError(f"{source}: cannot be read as a UTF-8 gold file: {error}") from error
    passages = []
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            passages.append(_passage(line, f"{source}, line {number}"))
    if not passages:
        raise EvaluationError(f"{source}: holds no passage; give a file of JSON lines")
    return tuple(passages)


def _passage(line: str, where: str) -> GoldPassage:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{where}: not JSON: {error}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise EvaluationError(f"{where}: an object with a string under 'text' is needed")
    text = raw["text"]
    entries = raw.get("toponyms", [])
    if not isinstance(entries, list):
        raise EvaluationError(f"{where}: 'toponyms' is to be a list")
    toponyms = tuple(_toponym(entry, text, where) for entry in entries)
    return GoldPassage(
        id=str(raw.get("id", where)),
        text=text,
        date=raw.get("date"),
        toponyms=tuple(sorted(toponyms, key=lambda toponym: (toponym.start, toponym.end))),
        phenomenon=raw.get("phenomenon"),
        raw=raw,
    )


def _toponym(entry: Mapping[str, Any], text: str, where: str) -> GoldToponym:
    try:
        start, end = int(entry["start"]), int(entry["end"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise EvaluationError(f"{where}: a toponym needs numbers 'start' and 'end'") from error
    surface = text[start:end]
    if not surface or entry.get("surface", surface) != surface:
        raise EvaluationError(
            f"{where}: characters {start} to {end} read {surface!r}, "
            f"not {entry.get('surface', '')!r}; offsets count code points of 'text'"
        )
    try:
        ids = [entry.get("geonameid"), *(entry.get("alt_geonameid") or ())]
        geonameids = tuple(int(number) for number in ids if number is not None)
        lon, lat = (
            None if entry.get(axis) is None else float(entry[axis]) for axis in ("lon", "lat")
        )
    except (TypeError, ValueError, OverflowError) as error:
        raise EvaluationError(
            f"{where}: 'geonameid', 'alt_geonameid', 'lon' and 'lat' of {surface!r} are to be "
            "numbers"
        ) from error
    return GoldToponym(
        start=start,
        end=end,
        surface=surface,
        geonameids=geonameids,
        name=entry.get("name_uk"),
        lon=lon,
        lat=lat,
        country=entry.get("country"),
        optional=bool(entry.get("optional", False)),
        phenomenon=entry.get("phenomenon"),
    )
