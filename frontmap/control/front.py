"""The front line: where the edge of the held area meets the land of the other side.

Polygons of control have an edge along the state border and the coast too; no army stands opposite
there. Where the outline of the country is known, those stretches are left out.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from frontmap.control.metres import from_metres, to_metres

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["front_of", "ukraine"]

# Outlines of different make differ along border and coast by up to two kilometres, and leave
# slivers between them that belong to nobody.
_SLIVER_M = 2_000.0
_BORDER_ZONE_M = 5_000.0
# Which stretches face the other side is judged to `_SLIVER_M`; an outline of more corners than this
# is drawn coarser for it, for growing and shrinking it would take hours. The line itself is not.
_MANY_CORNERS = 20_000
_COARSE_M = 200.0
_STEP_DEG = 0.05  # longer edges get vertices in between, for straight is not straight in metres


@cache
def ukraine() -> BaseGeometry | None:
    """Return the land of Ukraine within its recognised border, from the embedded basemap.

    None where the package carries no basemap.
    """
    import json

    from shapely import Polygon, make_valid, union_all

    from frontmap.basemap.codec import decode_line

    try:
        data = files("frontmap.basemap").joinpath("data/basemap.json").read_text(encoding="utf-8")
        rings = json.loads(data)["land"]["UA"]
    except (OSError, KeyError, ValueError):
        return None
    return union_all([make_valid(Polygon(decode_line(ring))) for ring in rings])


def front_of(held: BaseGeometry, territory: BaseGeometry | None) -> BaseGeometry:
    """Return the line along which `held` meets the rest of `territory`.

    Parameters
    ----------
    held, territory : shapely Polygon or MultiPolygon
        Degrees, (lon, lat). Without a territory the whole edge of `held` is returned.

    Returns
    -------
    shapely LineString or MultiLineString
        Empty where nothing is held or no land is left opposite.
    """
    from shapely import count_coordinates, line_merge, set_precision

    flat = to_metres(held.segmentize(_STEP_DEG))
    edge = flat.boundary
    if territory is None or edge.is_empty:
        return from_metres(edge)
    land = to_metres(territory.segmentize(_STEP_DEG))
    many = count_coordinates(flat) > _MANY_CORNERS
    free = land.difference(set_precision(flat, _COARSE_M) if many else flat)
    # opening takes away the slivers between two drawings of one border
    opposite = free.buffer(-_SLIVER_M).buffer(_SLIVER_M + 100.0)
    inland = land.buffer(-_BORDER_ZONE_M)
    front = edge.intersection(opposite.union(inland))
    if front.geom_type == "GeometryCollection":  # single points where edges only touch
        front = _lines(front)
    return from_metres(line_merge(front) if front.geom_type == "MultiLineString" else front)


def _lines(collection: BaseGeometry) -> BaseGeometry:
    from shapely import MultiLineString

    parts = []
    for part in collection.geoms:
        if part.geom_type == "LineString":
            parts.append(part)
        elif part.geom_type == "MultiLineString":
            parts.extend(part.geoms)
    return MultiLineString(parts)
