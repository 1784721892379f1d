"""The geometries of many claims, each different one computed and written once."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any, NamedTuple

from frontmap.basemap.codec import SCALE, encode_line
from frontmap.claims.records import Claim

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
    reasons: str


class Shapes:
    """Gathers the geometries of claims.

    Claims of one place, relation, bearings and so on have one geometry, which is computed once.
    """

    def __init__(self, *, gazetteer: Any = None, control: Any = None) -> None:
        self._options = {"gazetteer": gazetteer, "control": control}
        self._dated = control is not None  # the front line of the day shapes arrows
        self._grounds: dict[Hashable, Ground] = {}
        self._areas: dict[tuple[str, ...], int] = {}
        self._arrows: dict[str, int] = {}
        self._anchors: dict[tuple[int, int], int] = {}

    def of(self, claim: Claim) -> Ground:
        """Return where a claim is drawn."""
        key = self._key(claim)
        found = self._grounds.get(key)
        if found is None:
            found = self._grounds[key] = self._computed(claim)
        return found

    def _key(self, claim: Claim) -> Hashable:
        toponym = claim.toponym
        return (
            claim.place.id if claim.place else None,
            claim.relation,
            claim.bearings,
            claim.distance_m,
            claim.target.id if claim.target else None,
            claim.origin.id if claim.origin else None,
            claim.unnamed,
            claim.bank,
            claim.actor,
            claim.event,
            round(toponym.score, 2) if toponym else None,
            (claim.event_date or claim.reported_date) if self._dated else None,
        )

    def _computed(self, claim: Claim) -> Ground:
        from frontmap.geometry import claim_geometry

        found = claim_geometry(claim, **self._options)
        reasons = "\n".join(found.reasons)
        if found.anchor is None:
            return Ground(-1, -1, -1, -1, 0, reasons)
        anchor = (round(found.anchor.x * SCALE), round(found.anchor.y * SCALE))
        precision = round(found.precision_m) if math.isfinite(found.precision_m) else -1
        return Ground(
            area=-1 if found.area is None else self._area(found.area),
            arrow=-1 if found.arrow is None else self._arrow(found.arrow),
            anchor=self._anchors.setdefault(anchor, len(self._anchors)),
            precision=precision,
            fuzz=max(0, precision - _radius_m(found.area)) if precision > 0 else 0,
            reasons=reasons,
        )

    def _area(self, area: Any) -> int:
        lines = tuple(encode_line(ring) for ring in rings(thinned(area)))
        return self._areas.setdefault(lines, len(self._areas))

    def _arrow(self, line: Any) -> int:
        return self._arrows.setdefault(encode_line(line.coords), len(self._arrows))

    def data(self) -> dict[str, Any]:
        """Return the tables of geometries."""
        anchors = [(x / SCALE, y / SCALE) for x, y in self._anchors]
        return {
            "areas": list(self._areas),
            "arrows": list(self._arrows),
            "anchors": encode_line(anchors, keep_repeated=True),
        }


def thinned(shape: Any) -> Any:
    """Return a shape without points that no eye could tell at the zoom levels of the page."""
    import shapely

    west, south, east, north = shape.bounds
    tolerance = max(_FINEST_DEG, max(east - west, north - south) / 500)
    count = shapely.get_num_coordinates(shape)
    return shapely.simplify(shape, tolerance) if count > _MOST_POINTS else shape


def rings(shape: Any) -> list[Any]:
    """Return the rings of polygons, outer and inner."""
    import shapely

    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            found.append(part.exterior.coords)
            found.extend(inner.coords for inner in part.interiors)
    return found


def _radius_m(area: Any) -> int:
    """Return half the diagonal of an area's box, roughly, in metres."""
    if area is None:
        return 0
    west, south, east, north = area.bounds
    wide = (east - west) * math.cos(math.radians((south + north) / 2))
    return round(math.hypot(wide, north - south) / 2 * _METRES_PER_DEGREE)
