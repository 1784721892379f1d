"""Many sectors at once: the same shapes as `frontmap.geometry.geodesic` draws one by one.

Each call of the geodesic routines and of shapely costs more than the shape itself, so the vertices
of all sectors of one layout are worked out together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from frontmap.geometry import geodesic
from frontmap.geometry.geodesic import ARC_STEP_DEG, Sector

__all__ = ["destinations", "distances_m", "farthest_m", "sectors"]


def sectors(wanted: Sequence[Sector]) -> Any:
    """Draw each sector as `geodesic.sector` does.

    Returns
    -------
    numpy.ndarray
        Polygons, in the order of `wanted`.

    Raises
    ------
    ValueError
        If a radius is not above zero or does not grow.
    """
    import numpy

    found: Any = numpy.empty(len(wanted), dtype=object)
    layouts: dict[tuple[int, bool, int], list[int]] = {}
    for number, sector in enumerate(wanted):
        layouts.setdefault(_layout(sector), []).append(number)
    for (steps, tipped, sides), numbers in layouts.items():
        values = numpy.array([wanted[number] for number in numbers], dtype=float)
        found[numbers] = _rings(values, tipped) if steps == 0 else _slices(values, tipped, sides)
    return found


def _layout(sector: Sector) -> tuple[int, bool, int]:
    """Return what sectors with equally many vertices share; no steps stand for a whole circle."""
    inner, outer = sector.inner, sector.outer
    if not 0 <= inner < outer:
        raise ValueError(f"radii must grow from zero or more: inner {inner}, outer {outer}")
    tipped = inner < geodesic.LEAST_M
    if sector.width >= 360.0:
        return 0, tipped, 0
    steps = max(2, math.ceil(sector.width / ARC_STEP_DEG))
    return steps, tipped, math.ceil((outer - inner) / geodesic.LINE_STEP_M)


def _rings(values: Any, whole: bool) -> Any:
    """Draw discs, or rings where they are not whole."""
    import numpy
    import shapely

    bearings = numpy.arange(0.0, 360.0, ARC_STEP_DEG)
    outer = shapely.linearrings(_closed(_around(values, bearings[None, :], values[:, 3, None])))
    if whole:
        return shapely.polygons(outer)
    inner = _around(values, bearings[None, ::-1], values[:, 2, None])
    return shapely.polygons(outer, shapely.linearrings(_closed(inner))[:, None])


def _slices(values: Any, tipped: bool, sides: int) -> Any:
    """Draw sectors: outer arc, side, inner arc or tip, other side."""
    import numpy
    import shapely

    inner, outer, centre, width = values[:, 2:].T
    steps = max(2, math.ceil(width[0] / ARC_STEP_DEG))
    arc = numpy.linspace(centre - width / 2, centre + width / 2, steps + 1, axis=1)
    back = arc[:, :1] if tipped else arc[:, ::-1]
    shares = numpy.arange(1, sides) / sides
    side = inner[:, None] + (outer - inner)[:, None] * shares[None, :]
    ones = numpy.ones_like(side)
    bearings = [arc, arc[:, -1:] * ones, back, arc[:, :1] * ones]
    least = numpy.zeros_like(inner) if tipped else inner
    distances = [
        numpy.broadcast_to(outer[:, None], arc.shape),
        side[:, ::-1],
        numpy.broadcast_to(least[:, None], back.shape),
        side,
    ]
    points = _around(values, numpy.hstack(bearings), numpy.hstack(distances))
    return shapely.polygons(shapely.linearrings(_closed(points)))


def _around(values: Any, bearings: Any, distances: Any) -> Any:
    """Go from the point of each row at its bearings and distances; shape (rows, points, 2)."""
    import numpy

    bearings, distances = numpy.broadcast_arrays(bearings, distances)
    shape = numpy.broadcast_shapes(bearings.shape, (len(values), 1))
    lons, lats = (numpy.broadcast_to(values[:, axis, None], shape) for axis in (0, 1))
    ends = destinations(
        lons, lats, numpy.broadcast_to(bearings, shape), numpy.broadcast_to(distances, shape)
    )
    return numpy.stack(ends, axis=-1)


def _closed(points: Any) -> Any:
    import numpy

    return numpy.concatenate((points, points[:, :1]), axis=1)


def destinations(lons: Any, lats: Any, bearings: Any, distances: Any) -> tuple[Any, Any]:
    """Go from many points, each at its bearing and distance; returns lons and lats."""
    ends = geodesic.geod().fwd(*(_copied(x) for x in (lons, lats, bearings, distances)))
    return ends[0], ends[1]


def distances_m(lons: Any, lats: Any, other_lons: Any, other_lats: Any) -> Any:
    """Return the geodesic distance of each pair of points in metres."""
    return geodesic.geod().inv(*(_copied(x) for x in (lons, lats, other_lons, other_lats)))[2]


def farthest_m(shapes: Any, lons: Any, lats: Any) -> Any:
    """Return for each shape the distance in metres from its point to its farthest vertex.

    A rough distance, right to a few per cent, says which vertices come into question.
    """
    import numpy
    import shapely

    points, owner = shapely.get_coordinates(shapes, return_index=True)
    if not len(points):
        return numpy.zeros(0)
    wide = (points[:, 0] - lons[owner]) * numpy.cos(numpy.radians(lats))[owner]
    rough = numpy.hypot(wide, points[:, 1] - lats[owner])
    most = numpy.maximum.reduceat(rough, _starts(owner))
    far = rough >= 0.9 * most[owner]
    points, owner = points[far], owner[far]
    distances = distances_m(lons[owner], lats[owner], points[:, 0], points[:, 1])
    return numpy.maximum.reduceat(distances, _starts(owner))


def _starts(owner: Any) -> Any:
    """Return where each shape's vertices start."""
    import numpy

    return numpy.concatenate(([0], numpy.flatnonzero(numpy.diff(owner)) + 1))


def _copied(values: Any) -> Any:
    # pyproj writes its results into the arrays it is given.
    import numpy

    return numpy.array(values, dtype=float)
