"""Shapes on the ellipsoid: circles, rings, sectors, corridors and buffers.

Coordinates are WGS 84 degrees in (lon, lat) order, distances metres along the geodesic, bearings
degrees clockwise from north as seen from the point in question. Arcs are drawn with a vertex every
`ARC_STEP_DEG` degrees, so that a chord leaves its arc by at most a thousandth of the radius.
Shapes that reach over a pole or the antimeridian are not supported.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from shapely import LineString, Polygon
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "ARC_STEP_DEG",
    "LEAST_M",
    "LINE_STEP_M",
    "Sector",
    "bearing_deg",
    "buffer",
    "circle",
    "corridor",
    "destination",
    "distance_m",
    "farthest_m",
    "geod",
    "line",
    "overlap",
    "ring",
    "sector",
    "sound",
    "sweep",
    "without",
]

ARC_STEP_DEG = 4.5  # divides 22.5, so that the eight sectors and the ring share their vertices
LEAST_M = 1.0  # an inner radius below this would only make vertices fall together
_GRID_DEG = 1e-9  # a tenth of a millimetre
LINE_STEP_M = 25_000.0  # straight edges longer than this get vertices in between


class Sector(NamedTuple):
    """What `sector` draws: part of a ring or disc around (lon, lat); metres and degrees."""

    lon: float
    lat: float
    inner: float
    outer: float
    centre: float = 0.0
    width: float = 360.0


@cache
def geod() -> Any:
    """Return the ellipsoid WGS 84 of pyproj."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def destination(lon: float, lat: float, bearing: float, distance: float) -> tuple[float, float]:
    """Return the point reached from (lon, lat) by going `distance` metres at `bearing`.

    Examples
    --------
    >>> lon, lat = destination(37.18, 48.28, 90.0, 10_000.0)
    >>> round(lon, 3), round(lat, 3)
    (37.315, 48.28)
    """
    end_lon, end_lat, _ = geod().fwd(lon, lat, bearing, distance)
    return float(end_lon), float(end_lat)


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the geodesic distance of two points in metres."""
    return float(geod().inv(lon, lat, other_lon, other_lat)[2])


def bearing_deg(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the bearing from the first point to the second, 0 <= bearing < 360."""
    return float(geod().inv(lon, lat, other_lon, other_lat)[0]) % 360.0


def _project(lon: float, lat: float, bearings: Any, distances: Any) -> Any:
    """Go from one point at many bearings and distances, in one call; returns rows (lon, lat)."""
    import numpy

    bearings, distances = numpy.broadcast_arrays(
        numpy.asarray(bearings, dtype=float), numpy.asarray(distances, dtype=float)
    )
    lons, lats, _ = geod().fwd(
        numpy.full(bearings.shape, lon), numpy.full(bearings.shape, lat), bearings, distances
    )
    return numpy.column_stack((lons, lats))


def _polygon(shell: Any, hole: Any = None) -> Polygon:
    """Make a polygon of coordinate arrays, which is several times faster than of lists."""
    import numpy
    import shapely

    outer = shapely.linearrings(numpy.vstack((shell, shell[:1])))
    if hole is None:
        return shapely.polygons(outer)
    return shapely.polygons(outer, [shapely.linearrings(numpy.vstack((hole, hole[:1])))])


def circle(lon: float, lat: float, radius: float) -> Polygon:
    """Return the disc of `radius` metres around a point.

    Raises
    ------
    ValueError
        If the radius is not above zero.
    """
    return _polygon(_full_arc(lon, lat, radius))


def ring(lon: float, lat: float, inner: float, outer: float) -> Polygon:
    """Return what lies from `inner` to `outer` metres around a point, at every bearing."""
    _check_radii(inner, outer)
    if inner < LEAST_M:
        return circle(lon, lat, outer)
    return _polygon(_full_arc(lon, lat, outer), _full_arc(lon, lat, inner)[::-1])


def sector(
    lon: float, lat: float, inner: float, outer: float, centre: float, width: float
) -> Polygon:
    """Return the part of a ring that lies within `width` / 2 degrees of the bearing `centre`.

    Parameters
    ----------
    lon, lat : float
        The point all bearings start from.
    inner, outer : float
        Metres; an inner radius of zero gives a slice with its tip at the point.
    centre, width : float
        Degrees; a width of 360 or more gives the whole ring.

    Examples
    --------
    >>> from shapely import Point
    >>> east = sector(37.18, 48.28, 3_000.0, 15_000.0, 90.0, 45.0)
    >>> east.contains(Point(destination(37.18, 48.28, 90.0, 9_000.0)))
    True
    """
    import numpy

    if width >= 360.0:
        return ring(lon, lat, inner, outer)
    _check_radii(inner, outer)
    steps = max(2, math.ceil(width / ARC_STEP_DEG))
    arc = numpy.linspace(centre - width / 2, centre + width / 2, steps + 1)
    side = numpy.array(_side_distances(inner, outer))
    back = (
        arc[::-1] if inner >= LEAST_M else arc[:1]
    )  # without an inner radius the tip is one point
    bearings = [arc, numpy.full(side.shape, arc[-1]), back, numpy.full(side.shape, arc[0])]
    distances = [
        numpy.full(arc.shape, outer),
        side[::-1],
        numpy.full(back.shape, inner if inner >= LEAST_M else 0.0),
        side,
    ]
    return _polygon(_project(lon, lat, numpy.concatenate(bearings), numpy.concatenate(distances)))


def line(lon: float, lat: float, other_lon: float, other_lat: float) -> LineString:
    """Return the geodesic between two points, with vertices in between where it is long."""
    from shapely import LineString

    between = _points_between(lon, lat, other_lon, other_lat)
    return LineString([(lon, lat), *between, (other_lon, other_lat)])


def corridor(
    lon: float, lat: float, other_lon: float, other_lat: float, half_width: float
) -> Polygon:
    """Return the strip of `half_width` metres to both sides of the geodesic between two points."""
    from shapely import Polygon

    ellipsoid = geod()
    path = [(lon, lat), *_points_between(lon, lat, other_lon, other_lat), (other_lon, other_lat)]
    left, right = [], []
    for x, y in path[:-1]:
        along = ellipsoid.inv(x, y, other_lon, other_lat)[0]
        left.append(destination(x, y, along - 90.0, half_width))
        right.append(destination(x, y, along + 90.0, half_width))
    back = ellipsoid.inv(lon, lat, other_lon, other_lat)[1]  # seen from the far end
    left.append(destination(other_lon, other_lat, back + 90.0, half_width))
    right.append(destination(other_lon, other_lat, back - 90.0, half_width))
    return Polygon(left + right[::-1])


def buffer(geometry: BaseGeometry, distance: float) -> BaseGeometry:
    """Return what lies within `distance` metres of a geometry.

    The buffer is drawn in an azimuthal projection centred on the geometry, whose scale is off by
    less than a thousandth within 450 km of its centre.
    """
    forward, backward = _local_projection(geometry)
    segments = max(4, round(90.0 / ARC_STEP_DEG / 2))
    flat = _transform(geometry, forward).buffer(distance, quad_segs=segments)
    return sound(_transform(flat, backward))


def sweep(geometry: BaseGeometry, bearing: float, distance: float) -> BaseGeometry:
    """Return what a line passes over when moved `distance` metres towards `bearing`.

    That is the land beside a river, on one bank.
    """
    from shapely import LineString, Polygon, union_all
    from shapely.affinity import translate

    forward, backward = _local_projection(geometry)
    flat = _transform(geometry, forward)
    x = distance * math.sin(math.radians(bearing))
    y = distance * math.cos(math.radians(bearing))
    strips = []
    for part in getattr(flat, "geoms", [flat]):
        points = list(part.coords)
        for start, end in pairwise(points):
            edge = LineString([start, end])
            moved = translate(edge, x, y)
            strips.append(Polygon([*edge.coords, *reversed(moved.coords)]).buffer(0))
    return sound(_transform(union_all(strips), backward))


def sound(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape, mended where rounding made its edges cross or touch."""
    from shapely import Polygon, make_valid, union_all

    if shape.is_valid and shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    mended = make_valid(shape)
    parts = [part for part in getattr(mended, "geoms", [mended]) if part.geom_type.endswith("gon")]
    return union_all(parts) if parts else Polygon()


def overlap(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Return the polygons that two areas share.

    Where edges that all but coincide make the exact overlay give up, on a grid far finer than any
    precision of ours.
    """
    import shapely

    try:
        return sound(shapely.intersection(first, second))
    except shapely.GEOSException:
        return sound(shapely.intersection(sound(first), sound(second), grid_size=_GRID_DEG))


def without(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Return the polygons of one area that lie outside of another; else as `overlap`."""
    import shapely

    try:
        return sound(shapely.difference(first, second))
    except shapely.GEOSException:
        return sound(shapely.difference(sound(first), sound(second), grid_size=_GRID_DEG))


def farthest_m(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return the distance in metres from (lon, lat) to the farthest vertex of a geometry."""
    import numpy
    import shapely

    points = shapely.get_coordinates(geometry)
    count = len(points)
    if count == 0:
        return 0.0
    here = numpy.full(count, lon), numpy.full(count, lat)
    return float(geod().inv(*here, points[:, 0], points[:, 1])[2].max())


def _full_arc(lon: float, lat: float, radius: float) -> Any:
    import numpy

    if not radius > 0:
        raise ValueError(f"a radius must be above zero, not {radius}")
    return _project(lon, lat, numpy.arange(0.0, 360.0, ARC_STEP_DEG), radius)


def _check_radii(inner: float, outer: float) -> None:
    if not 0 <= inner < outer:
        raise ValueError(f"radii must grow from zero or more: inner {inner}, outer {outer}")


def _side_distances(inner: float, outer: float) -> list[float]:
    """Distances of the vertices on the straight sides of a sector, ends left out."""
    pieces = math.ceil((outer - inner) / LINE_STEP_M)
    return [inner + (outer - inner) * piece / pieces for piece in range(1, pieces)]


def _points_between(
    lon: float, lat: float, other_lon: float, other_lat: float
) -> list[tuple[float, float]]:
    length = distance_m(lon, lat, other_lon, other_lat)
    pieces = math.ceil(length / LINE_STEP_M)
    if pieces < 2:
        return []
    return [
        (float(x), float(y)) for x, y in geod().npts(lon, lat, other_lon, other_lat, pieces - 1)
    ]


Projection = Callable[[Any, Any], tuple[Any, Any]]


def _local_projection(geometry: BaseGeometry) -> tuple[Projection, Projection]:
    west, south, east, north = geometry.bounds
    return _projection_at(round((west + east) / 2, 2), round((south + north) / 2, 2))


@lru_cache(maxsize=128)
def _projection_at(lon: float, lat: float) -> tuple[Projection, Projection]:
    """Metres around a point: azimuthal equidistant, forward and backward."""
    from pyproj import Proj

    projection = Proj(proj="aeqd", lon_0=lon, lat_0=lat, datum="WGS84", units="m")

    def forward(x: Any, y: Any) -> tuple[Any, Any]:
        result: tuple[Any, Any] = projection(x, y)
        return result

    def backward(x: Any, y: Any) -> tuple[Any, Any]:
        result: tuple[Any, Any] = projection(x, y, inverse=True)
        return result

    return forward, backward


def _transform(geometry: BaseGeometry, project: Projection) -> BaseGeometry:
    import numpy
    import shapely

    def convert(points: Any) -> Any:
        x, y = project(points[:, 0], points[:, 1])
        return numpy.column_stack((x, y))

    return shapely.transform(geometry, convert)
