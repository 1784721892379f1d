"""Polygons as files have them become sound ones, or are refused while that is still cheap.

Mending an outline takes far more than the square of the number of points at which it crosses
itself, and nothing stops it once it has begun; so these points are counted before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from frontmap.errors import ControlError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["sound_polygons"]

_MOST_CROSSINGS = 2_000  # of one shape; mending takes a second then
_MOST_NEIGHBOURS = 5_000_000  # pairs of edges close enough to be looked at
_SAMPLE = 2_000  # edges
_FEW = 300  # edges; of 300 that cross as often, seven times as many do so 2,000 times at least


def sound_polygons(shape: BaseGeometry | None, where: str) -> BaseGeometry | None:
    """Return the polygons of a shape, mended and flat, or None where there are none.

    Raises
    ------
    ControlError
        If the outline crosses itself too often to be mended; it says `where`.
    """
    from shapely import force_2d, make_valid, union_all

    if shape is None or shape.is_empty:
        return None
    shape = force_2d(shape)
    tangled = _crosses_everywhere(shape)
    if tangled or not shape.is_valid:
        if tangled or _tangled(shape):
            raise ControlError(
                f"{where}: its outline crosses itself at more than {_MOST_CROSSINGS:,} points; "
                "mend it first, for example with 'Fix geometries' in QGIS"
            )
        shape = make_valid(shape)
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [part for part in getattr(shape, "geoms", []) if part.geom_type.endswith("Polygon")]
    return union_all(parts) if parts else None


def _crosses_everywhere(shape: Any) -> bool:
    """Whether even a few edges of many cross each other as often as they are.

    Asked first: to find such an outline unsound takes minutes where it has a million points.
    """
    from shapely import count_coordinates

    if count_coordinates(shape) <= _SAMPLE:
        return False
    edges = _edges(shape)
    few = edges[:: len(edges) // _FEW + 1]
    return len(_pairs(few, "crosses")) > _FEW


def _tangled(shape: Any) -> bool:
    """Whether edges cross more often than can be mended in passable time."""
    edges = _edges(shape)
    step = len(edges) // _SAMPLE + 1
    near = len(_pairs(edges[::step])) * step**2
    if near > _MOST_NEIGHBOURS:
        return True
    return len(_pairs(edges, "crosses")) > _MOST_CROSSINGS


def _pairs(edges: Any, predicate: Literal["crosses"] | None = None) -> Any:
    """Which edges' boxes overlap, or which edges cross; every pair once."""
    import shapely

    first, second = shapely.STRtree(edges).query(edges, predicate=predicate)
    return first[first < second]


def _edges(shape: Any) -> Any:
    """Every edge of every ring, as a line of two points."""
    import numpy
    import shapely

    parts = shapely.get_parts(shape)
    while any(part.geom_type.startswith(("Multi", "GeometryCollection")) for part in parts):
        parts = shapely.get_parts(parts)
    rings = shapely.get_rings(parts[shapely.get_type_id(parts) == 3])
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    together = ring[1:] == ring[:-1]
    return shapely.linestrings(numpy.stack([corners[:-1][together], corners[1:][together]], axis=1))
