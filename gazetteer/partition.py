"""Outlines of raions from their settlements, where no free map has them.

Each settlement gets the ground that lies nearer to it than to any other one; the ground of a
raion's settlements together, cut to the oblast, is its outline. Between two villages a drawn border
is off by less than half their distance, which is about two kilometres.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gazetteer.neighbours import Neighbourhood
from gazetteer.place import Kind, Place, PositionSource

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["PRECISION_M", "raion_shapes"]

PRECISION_M = 3_000.0
_WELL_PLACED_M = 4_000.0
_NEIGHBOURS = 6
_TOLERANCE = 0.006  # degrees; about 500 m
_CRUMB = 0.03  # parts smaller than this share of a raion are slips of the sources


def raion_shapes(
    places: Iterable[Place], oblasts: Mapping[str, BaseGeometry]
) -> dict[str, BaseGeometry]:
    """Divide oblasts into their raions.

    Parameters
    ----------
    places : iterable of Place
        The gazetteer's.
    oblasts : mapping of str to shapely geometry
        Outlines by id, in degrees (lon, lat).

    Returns
    -------
    dict of str to shapely geometry
        Polygons by the raion's id; the raions of an oblast leave no gap and do not overlap.
    """
    import shapely

    points = _sound_points(places)
    found: dict[str, Any] = {}
    for oblast, outline in oblasts.items():
        ground = _divide([place for place in points if place.oblast_id == oblast], outline)
        if ground:
            simple = shapely.coverage_simplify(list(ground.values()), _TOLERANCE)
            found |= dict(zip(ground, simple, strict=True))
    return found


def _sound_points(places: Iterable[Place]) -> list[Place]:
    """Well placed settlements that have another one of their raion beside them."""
    placed = [
        place
        for place in places
        if place.kind.is_settlement
        and place.raion_id
        and place.position_source is not PositionSource.ESTIMATED
        and place.precision_m <= _WELL_PLACED_M
    ]
    around = Neighbourhood(
        (place.id, place.lon, place.lat, "", place.raion_id or "", place.oblast_id or "")
        for place in placed
    )
    sound = []
    for place in placed:
        beside = around.nearest(place.lon, place.lat, _NEIGHBOURS, without=place.id)
        counts = Counter(neighbour.raion for neighbour in beside)
        if counts[place.raion_id or ""] >= 2 or place.kind is Kind.CITY:
            sound.append(place)
    return sound


def _divide(points: Sequence[Place], outline: BaseGeometry) -> dict[str, Any]:
    import shapely

    raion_at = {(place.lon, place.lat): place.raion_id or "" for place in points}
    if len(set(raion_at.values())) < 2:
        return dict.fromkeys(raion_at.values(), outline)
    spots = list(raion_at)
    cells = list(shapely.voronoi_polygons(shapely.MultiPoint(spots), extend_to=outline).geoms)
    at, cell_of = shapely.STRtree(cells).query(shapely.points(spots), predicate="within")
    members: dict[str, list[Any]] = defaultdict(list)
    for spot, cell in zip(at, cell_of, strict=True):
        members[raion_at[spots[spot]]].append(cells[cell])
    whole = {raion: shapely.coverage_union_all(members[raion]) for raion in sorted(members)}
    cut = {raion: shapely.intersection(shape, outline) for raion, shape in whole.items()}
    return _without_crumbs(cut)


def _without_crumbs(shapes: Mapping[str, Any]) -> dict[str, Any]:
    """Give each crumb of a raion to the raion it has the longest border with."""
    import shapely

    bodies, crumbs = {}, []
    for raion, shape in shapes.items():
        parts = shapely.get_parts(shapely.make_valid(shape))
        polygons = [part for part in parts if part.geom_type == "Polygon"]
        least = _CRUMB * sum(part.area for part in polygons)
        bodies[raion] = [part for part in polygons if part.area >= least]
        crumbs += [(part, raion) for part in polygons if part.area < least]
    for crumb, raion in crumbs:
        border = {
            other: sum(crumb.boundary.intersection(part).length for part in parts)
            for other, parts in bodies.items()
        }
        best = max(border, key=lambda other: border[other])
        bodies[best if border[best] > 0 else raion].append(crumb)
    return {raion: shapely.coverage_union_all(parts) for raion, parts in bodies.items()}
