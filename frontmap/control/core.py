"""Who held what on which day."""

from __future__ import annotations

import bisect
import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from frontmap.claims.records import Claim, Side
from frontmap.control.front import front_of, ukraine
from frontmap.control.metres import area_m2, from_metres, geodesic_distance_m, to_metres
from frontmap.control.reading import Options, read_polygons
from frontmap.errors import ControlError
from frontmap.parameters import checked, read_day

if TYPE_CHECKING:
    import geopandas
    from shapely.geometry.base import BaseGeometry

    from frontmap.control.checks import Check

__all__ = ["MAX_GAP_DAYS", "Control"]

MAX_GAP_DAYS = 7
"""Polygons farther than this from the day asked for say nothing about it."""

_T = TypeVar("_T")
_SMALLEST_GAIN_M2 = 10_000.0  # a hectare: below it lies the noise of drawing


@dataclass(frozen=True, eq=False)
class Control:
    """Dated polygons of control.

    Nothing is interpolated: a day without polygons of its own is answered with those of the last
    day before it, or else of the first day after it, up to `MAX_GAP_DAYS` away.

    Attributes
    ----------
    held : Mapping[datetime.date, Mapping[Side, shapely geometry]]
        What each side held; WGS 84, (lon, lat).
    source, licence : str or None
        Who made the polygons and under which terms; shown wherever they are drawn.
    territory : shapely geometry or None
        The land that is fought over, by default Ukraine within its recognised border: where only
        one side's polygons are given, the rest of it is the other's.

    Examples
    --------
    >>> import datetime as dt
    >>> from shapely import box
    >>> import frontmap as fm
    >>> day = dt.date(2025, 11, 1)
    >>> control = fm.Control.from_polygons({day: box(38.0, 47.5, 39.5, 49.5)}, source="own drawing")
    >>> control.side_at(38.5, 48.5, day), control.side_at(37.0, 48.5, day)
    (<Side.RU: 'RU'>, <Side.UA: 'UA'>)
    >>> round(control.distance_to_front_m(37.9, 48.5, day), -2)
    7400.0
    """

    held: Mapping[dt.date, Mapping[Side, BaseGeometry]]
    source: str | None = None
    licence: str | None = None
    territory: BaseGeometry | None = None
    _cache: dict[Any, Any] = field(default_factory=dict, repr=False)

    @classmethod
    @checked
    def read(
        cls,
        path: str | os.PathLike[str],
        *,
        date: str | dt.date | None = None,
        date_column: str | None = None,
        side_column: str | None = None,
        side: Side | str = Side.RU,
        source: str | None = None,
        licence: str | None = None,
        territory: BaseGeometry | None = None,
    ) -> Control:
        """Read a vector file of polygons, or a directory of them.

        Parameters
        ----------
        path : path
            Any vector file geopandas reads, in any coordinate reference system. Its date stands
            in a column or in the file's name (``deepstatemap_data_20251127.geojson``).
        date : date or ISO text, optional
            The date of all polygons, where neither name nor column has it.
        date_column, side_column : str, optional
            The columns that say the day and who holds the polygon; by default the usual names
            (``date``, ``datum``, ``day``, ...; ``side``, ``controlled_by``, ...) are looked for.
        side : Side
            Who holds polygons that do not say so.
        source, licence : str, optional
            By default the name of the file or directory, and nothing.
        territory : shapely geometry, optional
            See the class.

        Raises
        ------
        ControlError
            If the path cannot be used; the message names the file and what to do.
        """
        options = Options(read_day(date) if date else None, date_column, side_column, Side(side))
        held = read_polygons(path, options)
        return cls(held, source or Path(path).stem, licence, territory or ukraine())

    @classmethod
    @checked
    def from_polygons(
        cls,
        polygons: Mapping[dt.date, BaseGeometry],
        *,
        side: Side = Side.RU,
        source: str | None = None,
        licence: str | None = None,
        territory: BaseGeometry | None = None,
    ) -> Control:
        """Make control of one side's polygons by day.

        Parameters
        ----------
        polygons : Mapping[datetime.date, shapely geometry]
            WGS 84, (lon, lat).
        side : Side
            Who holds them.
        source, licence : str, optional
            Who drew them and under which terms.
        territory : shapely geometry, optional
            See the class.

        Raises
        ------
        ControlError
            If there are no polygons.
        """
        held = {date: {Side(side): shape} for date, shape in sorted(polygons.items())}
        return cls(held, source, licence, territory or ukraine())

    def __post_init__(self) -> None:
        if not self.held:
            raise ControlError("there are no polygons of control")

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days that have polygons, in order."""
        return tuple(sorted(self.held))

    @checked
    def day_for(self, date: str | dt.date | None = None) -> dt.date | None:
        """Return the day whose polygons answer for a date.

        Parameters
        ----------
        date : datetime.date, optional
            By default the last day that has polygons. Here and below a date may be ISO text.

        Returns
        -------
        datetime.date or None
            None if there is none within `MAX_GAP_DAYS`.

        Raises
        ------
        ArgumentValueError
            If `date` is no date.
        """
        days = self.days
        if date is None:
            return days[-1]
        date = read_day(date)
        position = bisect.bisect_right(days, date)
        for day in (*days[:position][-1:], *days[position : position + 1]):
            if abs((day - date).days) <= MAX_GAP_DAYS:
                return day
        return None

    @checked
    def area(self, side: Side, date: str | dt.date | None = None) -> BaseGeometry | None:
        """Return what a side held; one without polygons of its own has what the other left.

        Parameters
        ----------
        side : Side
        date : datetime.date, optional
            By default the last day that has polygons.

        Returns
        -------
        shapely geometry or None
            WGS 84, (lon, lat); None where no polygons answer for that date.
        """
        day = self.day_for(date)
        if day is None:
            return None
        side = Side(side)
        return self._kept(("area", day, side), lambda: self._area(side, day))

    def _kept(self, key: tuple[Any, ...], make: Callable[[], _T]) -> _T:
        """Return what `make` gives, made once; the key says what of which day it is."""
        if key not in self._cache:
            self._cache[key] = make()
        found: _T = self._cache[key]
        return found

    def _area(self, side: Side, day: dt.date) -> BaseGeometry | None:
        held = self.held[day]
        if side in held:
            return held[side]
        other = held.get(Side.RU if side is Side.UA else Side.UA)
        if other is None or self.territory is None:
            return None
        return self.territory.difference(other)

    @checked
    def side_at(self, lon: float, lat: float, date: str | dt.date | None = None) -> Side | None:
        """Return who held a point.

        Parameters
        ----------
        lon, lat : float
            Degrees, WGS 84.
        date : datetime.date, optional
            By default the last day that has polygons.

        Returns
        -------
        Side or None
            None where no polygons answer for that date, outside of the territory, and where two
            sides' polygons overlap.
        """
        holders = [side for side in (Side.RU, Side.UA) if self._covers(side, lon, lat, date)]
        return holders[0] if len(holders) == 1 else None

    def _covers(self, side: Side, lon: float, lat: float, date: str | dt.date | None) -> bool:
        import shapely

        area = self.area(side, date)
        if area is None:
            return False
        self._kept(("prepared", self.day_for(date), side), lambda: shapely.prepare(area))
        return bool(shapely.contains_xy(area, lon, lat))

    @checked
    def front_line(self, date: str | dt.date | None = None) -> BaseGeometry | None:
        """Return the line where the two sides face each other, without border and coast.

        Parameters
        ----------
        date : datetime.date, optional
            By default the last day that has polygons.

        Returns
        -------
        shapely (Multi)LineString or None
            WGS 84, (lon, lat); None where no polygons answer for that date.
        """
        day = self.day_for(date)
        if day is None:
            return None
        held = self.held[day]
        shape = held[Side.RU if Side.RU in held else Side.UA]
        return self._kept(("front", day), lambda: front_of(shape, self.territory))

    @checked
    def nearest_front_point(
        self, lon: float, lat: float, date: str | dt.date | None = None
    ) -> tuple[float, float] | None:
        """Return the point of the front line nearest to a point.

        Found in a projection of the whole country: within 100 km of the line its distance is off
        by less than a thousandth, at 400 km by less than half a per cent.

        Parameters
        ----------
        lon, lat : float
            Degrees, WGS 84.
        date : datetime.date, optional
            By default the last day that has polygons.

        Returns
        -------
        tuple of float or None
            (lon, lat), WGS 84; None where no polygons answer for that date.
        """
        from shapely import Point
        from shapely.ops import nearest_points

        front = self.front_line(date)
        if front is None or front.is_empty:
            return None
        line = self._kept(("flat front", self.day_for(date)), lambda: to_metres(front))
        found = from_metres(nearest_points(line, to_metres(Point(lon, lat)))[0])
        return float(found.x), float(found.y)

    @checked
    def distance_to_front_m(
        self, lon: float, lat: float, date: str | dt.date | None = None
    ) -> float | None:
        """Return how far a point lies from the front line.

        Parameters
        ----------
        lon, lat : float
            Degrees, WGS 84.
        date : datetime.date, optional
            By default the last day that has polygons.

        Returns
        -------
        float or None
            Metres on the ellipsoid; None where no polygons answer for that date.
        """
        point = self.nearest_front_point(lon, lat, date)
        return None if point is None else geodesic_distance_m(lon, lat, *point)

    @checked
    def gains(self, first: str | dt.date, second: str | dt.date) -> dict[Side, BaseGeometry]:
        """Return what each side held on the second date and the other on the first.

        Parameters
        ----------
        first, second : datetime.date
            Days without polygons of their own are answered as everywhere.

        Returns
        -------
        dict[Side, shapely MultiPolygon]
            Parts under a hectare are left out, and so are the parts that no side held before.

        Raises
        ------
        ControlError
            If no polygons answer for one of the dates.
        """
        for date in (first, second):
            if self.day_for(date) is None:
                raise ControlError(
                    f"there are no polygons of control within {MAX_GAP_DAYS} days of {date}; "
                    f"there are some from {self.days[0]} to {self.days[-1]}"
                )
        return {
            side: _gained(self, side, other, first, second)
            for side, other in ((Side.RU, Side.UA), (Side.UA, Side.RU))
        }

    @checked
    def check(self, claim: Claim, *, area: BaseGeometry | None = None) -> Check:
        """Compare a claim with the polygons of the days around it.

        Parameters
        ----------
        claim : Claim
        area : shapely geometry, optional
            The claim's area; by default that of `frontmap.claim_geometry`.

        Returns
        -------
        Check
            Agrees, contradicts or is silent, with the distance to the front line, the days
            compared and the reasons.
        """
        from frontmap.control.checks import check

        return check(self, claim, area)

    @checked
    def to_geodataframe(self, date: str | dt.date | None = None) -> geopandas.GeoDataFrame:
        """Return the polygons as a table.

        Parameters
        ----------
        date : datetime.date, optional
            By default all days.

        Returns
        -------
        geopandas.GeoDataFrame
            Columns ``date``, ``side``, ``source``, ``licence`` and the geometry; EPSG:4326,
            (lon, lat). Empty where no polygons answer for the date.
        """
        import geopandas
        import pandas

        day = self.day_for(date)
        days = self.days if date is None else (() if day is None else (day,))
        rows = [(day, side, shape) for day in days for side, shape in self.held[day].items()]
        return geopandas.GeoDataFrame(
            {
                "date": pandas.to_datetime([row[0] for row in rows]),
                "side": [str(row[1]) for row in rows],
                "source": [self.source] * len(rows),
                "licence": [self.licence] * len(rows),
            },
            geometry=[row[2] for row in rows],
            crs="EPSG:4326",
        )


def _gained(
    control: Control, side: Side, other: Side, first: str | dt.date, second: str | dt.date
) -> BaseGeometry:
    from shapely import MultiPolygon

    after, before = control.area(side, second), control.area(other, first)
    if after is None:
        return MultiPolygon()
    if before is None:  # no territory: whatever it did not hold before
        own = control.area(side, first)
        both = after if own is None else after.difference(own)
    else:
        both = after.intersection(before)
    parts = [part for part in getattr(both, "geoms", [both]) if part.geom_type == "Polygon"]
    return MultiPolygon([part for part in parts if area_m2(part) >= _SMALLEST_GAIN_M2])
