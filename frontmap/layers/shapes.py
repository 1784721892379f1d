"""The geometries of many claims, each different one computed and written once."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from frontmap.basemap.codec import SCALE, encode_line, encode_lines
from frontmap.claims.records import Claim, Relation

if TYPE_CHECKING:
    from frontmap.geometry import ClaimGeometry

__all__ = ["Ground", "Shapes"]

_METRES_PER_DEGREE = 111_320.0
_MOST_POINTS = 40
_FINEST_DEG = 0.0004
"""Rings are thinned to about 40 m: no claim is known more exactly."""


class Ground(NamedTuple):
    """Where one claim is drawn: numbers in the tables, -1 for none; metres."""

    area: int
    arrow: int
    anchor: int
    precision: int
    fuzz: int
    reasons: tuple[str, ...]


class Shapes:
    """Gathers the geometries of claims.

    Claims of one place, relation, bearings and so on have one geometry, which is computed once;
    all are thinned and written together at the end, which is much faster than one by one.
    """

    def __init__(self, *, gazetteer: Any = None, control: Any = None) -> None:
        self._options = {"gazetteer": gazetteer, "control": control}
        self._dated = control is not None  # the front line of the day shapes arrows
        self._grounds: dict[Hashable, Ground] = {}
        self._areas: list[Any] = []
        self._arrows: dict[str, int] = {}
        self._anchors: dict[tuple[int, int], int] = {}

    def add(self, claims: Sequence[Claim]) -> list[Hashable]:
        """Work out where claims are drawn, each different ground once; returns their keys."""
        from frontmap.geometry import claim_geometries

        keys = [self.key(claim) for claim in claims]
        waiting = {
            key: claim for key, claim in zip(keys, claims, strict=True) if key not in self._grounds
        }
        found = claim_geometries(waiting.values(), **self._options)
        radii = _radii_m([geometry.area for geometry in found])
        for key, geometry, radius in zip(waiting, found, radii, strict=True):
            self._grounds[key] = self._ground(geometry, radius)
        return keys

    def of(self, key: Hashable) -> Ground:
        """Return where claims of this key are drawn."""
        return self._grounds[key]

    def key(self, claim: Claim) -> Hashable:
        """Return what claims drawn at the same place have in common."""
        toponym = claim.toponym
        # Who acts, what and when shape only arrows; all else lies where the place lies.
        moving = claim.relation is Relation.TOWARD
        return (
            claim.place.id if claim.place else None,
            claim.relation,
            claim.bearings,
            claim.distance_m,
            claim.target.id if claim.target else None,
            claim.origin.id if claim.origin else None,
            claim.unnamed,
            claim.bank,
            (claim.actor, claim.event) if moving else None,
            round(toponym.score, 2) if toponym else None,
            (claim.event_date or claim.reported_date) if moving and self._dated else None,
        )

    def _ground(self, found: ClaimGeometry, radius: int) -> Ground:
        reasons = found.reasons
        if found.anchor is None:
            return Ground(-1, -1, -1, -1, 0, reasons)
        anchor = (round(found.anchor.x * SCALE), round(found.anchor.y * SCALE))
        precision = round(found.precision_m) if math.isfinite(found.precision_m) else -1
        return Ground(
            area=-1 if found.area is None else self._area(found.area),
            arrow=-1 if found.arrow is None else self._arrow(found.arrow),
            anchor=self._anchors.setdefault(anchor, len(self._anchors)),
            precision=precision,
            fuzz=max(0, precision - radius) if precision > 0 else 0,
            reasons=reasons,
        )

    def _area(self, area: Any) -> int:
        self._areas.append(area)
        return len(self._areas) - 1

    def _arrow(self, line: Any) -> int:
        return self._arrows.setdefault(encode_line(line.coords), len(self._arrows))

    def data(self) -> dict[str, Any]:
        """Return the tables of geometries."""
        anchors = [(x / SCALE, y / SCALE) for x, y in self._anchors]
        return {
            "areas": encoded_areas(self._areas),
            "arrows": list(self._arrows),
            "anchors": encode_line(anchors, keep_repeated=True),
        }


def encoded_areas(areas: Sequence[Any]) -> list[list[str]]:
    """Return the rings of each area, outer and inner, thinned and encoded."""
    import numpy
    import shapely

    if not areas:
        return []
    shapes = numpy.array(thinned(areas), dtype=object)
    parts, area_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    lines = encode_lines(shapely.get_coordinates(rings), shapely.get_num_coordinates(rings))
    found: list[list[str]] = [[] for _ in areas]
    for line, area in zip(lines, area_of_part[part_of_ring].tolist(), strict=True):
        found[area].append(line)
    return found


def thinned(shapes: Sequence[Any]) -> Any:
    """Return shapes without points that no eye could tell at the zoom levels of the page."""
    import numpy
    import shapely

    bounds = shapely.bounds(shapes)
    sizes = numpy.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    tolerances = numpy.maximum(_FINEST_DEG, sizes / 500)
    simple = shapely.simplify(shapes, tolerances, preserve_topology=False)
    few = shapely.get_num_coordinates(shapes) <= _MOST_POINTS
    return numpy.where(few | shapely.is_empty(simple), shapes, simple)


def _radii_m(areas: Sequence[Any]) -> list[int]:
    """Return half the diagonal of each area's box, roughly, in metres; 0 without an area."""
    import numpy
    import shapely

    if not areas:
        return []
    west, south, east, north = shapely.bounds(numpy.array(areas, dtype=object)).T
    wide = (east - west) * numpy.cos(numpy.radians((south + north) / 2))
    radii = numpy.hypot(wide, north - south) / 2 * _METRES_PER_DEGREE
    return [round(radius) for radius in numpy.nan_to_num(radii).tolist()]
