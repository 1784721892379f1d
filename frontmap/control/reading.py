"""Reading dated polygons of control from whatever vector files there are."""

from __future__ import annotations

import datetime as dt
import os
import re
import warnings
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.claims.records import Side
from frontmap.control.mending import sound_polygons
from frontmap.errors import ControlError

if TYPE_CHECKING:
    import geopandas
    from shapely.geometry.base import BaseGeometry

__all__ = ["Held", "read_polygons"]

Held = dict[dt.date, dict[Side, "BaseGeometry"]]

_MOST_UNPACKED = 500_000_000  # bytes
_SUFFIXES = {".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml", ".gml", ".parquet", ".zip"}
_DATE_COLUMNS = ("date", "datum", "day", "report_date", "reportdate", "valid_from", "updated")
_SIDE_COLUMNS = ("side", "controlled_by", "controller", "held_by", "occupied_by", "holder")
_SIDE_WORDS = {
    Side.RU: ("ru", "rus", "russia", "russian", "russland", "occupied", "росія"),
    Side.UA: ("ua", "ukr", "ukraine", "ukrainian", "liberated", "україна"),
}
# 20251127, 2025-11-27, 2025_11_27, 2025.11.27 and 27.11.2025, standing apart from other digits
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d)([-_.])(\d\d)\2(20\d\d)(?!\d)")


@dataclass(frozen=True)
class Options:
    """What the caller knows of the files."""

    date: dt.date | None
    date_column: str | None
    side_column: str | None
    side: Side


def read_polygons(path: str | os.PathLike[str], options: Options) -> Held:
    """Read a file, or every vector file of a directory.

    Raises
    ------
    ControlError
        If nothing is there, a file cannot be read, or it says neither a date nor a polygon.
    """
    target = Path(path)
    if not _exists(target):
        raise ControlError(f"{target}: there is no such file or directory of control polygons")
    if target.is_dir():
        paths = sorted(entry for entry in target.iterdir() if entry.suffix.lower() in _SUFFIXES)
        if not paths:
            known = ", ".join(sorted(_SUFFIXES))
            raise ControlError(f"{target}: the directory holds no vector file ({known})")
    else:
        paths = [target]
    parts: dict[tuple[dt.date, Side], list[Any]] = defaultdict(list)
    for entry in paths:
        for date, side, shape in _read_file(entry, options):
            parts[date, side].append(shape)
    return _joined(parts)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name no file can have
        return False


def _joined(parts: dict[tuple[dt.date, Side], list[Any]]) -> Held:
    from shapely import union_all

    held: Held = defaultdict(dict)
    for (date, side), shapes in sorted(parts.items()):
        held[date][side] = union_all(shapes)
    return dict(held)


def _read_file(path: Path, options: Options) -> list[tuple[dt.date, Side, Any]]:
    frame = _in_degrees(path, _open(path))
    column = _date_column(path, frame, options)
    sides = _sides(path, frame, options)
    date = options.date or _date_in(path.stem)
    if column is None and date is None:
        raise ControlError(
            f"{path}: neither the file name nor a column says the date of these polygons; "
            "put it into the name (20251127), or pass date= or date_column="
        )
    found = []
    for number, (shape, side) in enumerate(zip(frame.geometry, sides, strict=True)):
        polygon = sound_polygons(shape, f"{path}, feature {number}")
        if polygon is None or side is None:
            continue
        day = (
            date if column is None else _cell_date(path, number, column, frame[column].iloc[number])
        )
        assert day is not None
        found.append((day, side, polygon))
    if not found:
        raise ControlError(f"{path}: the file holds no polygon of who controls what")
    return found


def _open(path: Path) -> geopandas.GeoDataFrame:
    import geopandas

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what cannot be used is told as an error, once
            if path.suffix.lower() == ".parquet":
                return geopandas.read_parquet(path)
            if path.suffix.lower() == ".zip":
                _check_zip(path)
            return geopandas.read_file(path)
    except Exception as error:  # every driver raises its own
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ControlError(f"{path}: the control polygons cannot be read: {reason}") from error


def _check_zip(path: Path) -> None:
    """Refuse an archive that unpacks to more than any set of polygons; drivers read it whole."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > _MOST_UNPACKED:
        raise ValueError(f"it unpacks to {unpacked:,} bytes, more than {_MOST_UNPACKED:,}")


def _in_degrees(path: Path, frame: Any) -> geopandas.GeoDataFrame:
    import geopandas

    if not isinstance(frame, geopandas.GeoDataFrame) or frame.empty:
        raise ControlError(f"{path}: the file holds no polygon of who controls what")
    if frame.crs is None and not _are_degrees(frame):
        raise ControlError(
            f"{path}: the file names no coordinate reference system and its numbers are no degrees"
        )
    named = frame.set_crs(4326) if frame.crs is None else frame.to_crs(4326)
    if not _are_degrees(named):
        raise ControlError(
            f"{path}: its polygons leave the globe; is {frame.crs} its coordinate reference system?"
        )
    return named


def _are_degrees(frame: Any) -> bool:
    """Whether every coordinate that there is lies on the globe; NaN and infinity do not."""
    from shapely import get_coordinates

    corners = get_coordinates(frame.geometry)
    return bool(((abs(corners[:, 0]) <= 180) & (abs(corners[:, 1]) <= 90)).all())


def _column(frame: Any, names: tuple[str, ...]) -> str | None:
    by_fold = {str(column).casefold(): str(column) for column in frame.columns}
    return next((by_fold[name] for name in names if name in by_fold), None)


def _date_column(path: Path, frame: Any, options: Options) -> str | None:
    if options.date_column is not None:
        if options.date_column not in frame.columns:
            raise ControlError(
                f"{path}: there is no column {options.date_column!r} with dates; "
                f"its columns are {', '.join(map(str, frame.columns))}"
            )
        return options.date_column
    if options.date is not None:
        return None
    column = _column(frame, _DATE_COLUMNS)
    if column is None or frame[column].isna().any():
        return None
    return column


def _cell_date(path: Path, number: int, column: str, value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found = _date_in(str(value))
    if found is None:
        raise ControlError(f"{path}, feature {number}: {column} is {value!r}, which is no date")
    return found


def _date_in(text: str) -> dt.date | None:
    """Find the first date a text holds."""
    found = _YEAR_FIRST.search(text)
    if found:
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    else:
        found = _DAY_FIRST.search(text)
        if not found:
            return None
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _sides(path: Path, frame: Any, options: Options) -> list[Side | None]:
    column = options.side_column
    if column is not None and column not in frame.columns:
        raise ControlError(
            f"{path}: there is no column {column!r} with sides; "
            f"its columns are {', '.join(map(str, frame.columns))}"
        )
    column = column or _column(frame, _SIDE_COLUMNS)
    if column is None:
        return [options.side] * len(frame)
    sides = [_side(value) for value in frame[column]]
    if not any(sides):
        raise ControlError(f"{path}: column {column!r} names neither Russia nor Ukraine")
    return sides


def _side(value: Any) -> Side | None:
    words = re.findall(r"\w+", str(value).casefold())
    found = {side for side, known in _SIDE_WORDS.items() for word in words if word in known}
    return found.pop() if len(found) == 1 else None
