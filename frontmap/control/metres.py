"""Metres for shapes the size of a front: one projection for masks, the ellipsoid for distances.

Coordinates outside this module are WGS 84 degrees, (lon, lat).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["area_m2", "from_metres", "geodesic_distance_m", "to_metres"]

_CENTRE = (34.0, 48.5)  # the middle of Ukraine, so that no part of it is strained by over 1 %
# An edge is straight in degrees; projected as one, its middle would lie off: by 160 m where it is
# 550 km long, by less than half a metre where it is as long as this.
_LONGEST_EDGE_DEG = 0.25


@cache
def _projection() -> Any:
    from pyproj import Proj

    return Proj(proj="laea", lon_0=_CENTRE[0], lat_0=_CENTRE[1], datum="WGS84", units="m")


@cache
def _geod() -> Any:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def to_metres(geometry: BaseGeometry) -> BaseGeometry:
    """Project degrees to metres; areas come out true (Lambert's azimuthal equal-area).

    Polygons are mended where an edge that touched another one crosses it once projected.
    """
    from shapely import make_valid, segmentize, union_all

    flat = _convert(segmentize(geometry, _LONGEST_EDGE_DEG), inverse=False)
    if not geometry.geom_type.endswith("Polygon") or flat.is_valid:
        return flat
    mended = make_valid(flat)
    parts = getattr(mended, "geoms", [mended])
    return union_all([part for part in parts if part.geom_type.endswith("Polygon")])


def from_metres(geometry: BaseGeometry) -> BaseGeometry:
    """Undo `to_metres`."""
    return _convert(geometry, inverse=True)


def _convert(geometry: BaseGeometry, *, inverse: bool) -> BaseGeometry:
    import numpy
    import shapely

    def move(points: Any) -> Any:
        return numpy.column_stack(_projection()(points[:, 0], points[:, 1], inverse=inverse))

    return shapely.transform(geometry, move)


def area_m2(geometry: BaseGeometry) -> float:
    """Return the area of a geometry in degrees, in square metres."""
    return float(to_metres(geometry).area)


def geodesic_distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance of two points along the ellipsoid, in metres."""
    return float(_geod().inv(lon, lat, other_lon, other_lat)[2])
