"""Speed of claim geometries: ``python -m benchmarks.geometry``.

Measured against drawing the same discs with a plain loop of geodesics (geographiclib, the
reference implementation in Python), in the same run; the figure is the ratio.
"""

from __future__ import annotations

import itertools
import time

from geographiclib.geodesic import Geodesic
from shapely import Polygon

from frontmap.claims import Bearing, Claim, Event, Modality, Relation, Side
from frontmap.geometry import claim_geometry
from gazetteer import Kind, Place

COUNT = 5_000


def claims() -> list[Claim]:
    """Make claims about as many different places, every relation in turn."""
    found = []
    relations = itertools.cycle(
        [(Relation.AT, ()), (Relation.DIRECTION, (Bearing.N,)), (Relation.NEAR, ()),
         (Relation.PART, (Bearing.S,)), (Relation.TOWARD, ())]
    )  # fmt: skip
    for number, (relation, bearings) in zip(range(COUNT), relations, strict=False):
        place = Place(
            f"b:{number}", "x", "x", Kind.TOWN, 30 + number % 97 / 10, 46 + number % 89 / 20, 500,
            2_000,
        )  # fmt: skip
        found.append(
            Claim(str(number), Event.ADVANCE, Side.RU, place, relation, Modality.REPORTED, 0, 1,
                  "x", bearings=bearings)
        )  # fmt: skip
    return found


def plain_disc(lon: float, lat: float, radius: float) -> Polygon:
    """Draw a disc one vertex at a time."""
    points = []
    for step in range(80):
        end = Geodesic.WGS84.Direct(lat, lon, 4.5 * step, radius)
        points.append((end["lon2"], end["lat2"]))
    return Polygon(points)


def main() -> None:
    """Print both speeds and their ratio."""
    asked = claims()
    start = time.process_time()
    for claim in asked:
        claim_geometry(claim)
    mine = (time.process_time() - start) / COUNT
    start = time.process_time()
    for claim in asked[:200]:
        assert claim.place is not None
        plain_disc(claim.place.lon, claim.place.lat, 2_000)
    plain = (time.process_time() - start) / 200
    print(f"claim_geometry: {mine * 1e6:.0f} microseconds a claim, every place a different one")
    print(f"one disc by geographiclib: {plain * 1e6:.0f} microseconds; ratio {plain / mine:.1f}")
    start = time.process_time()
    for claim in asked[:2_000]:
        claim_geometry(claim)
    again = (time.process_time() - start) / 2_000
    start = time.process_time()
    for claim in asked[:2_000]:
        claim_geometry(claim)
    known = (time.process_time() - start) / 2_000
    print(f"asked again: {known * 1e6:.0f} microseconds (first time {again * 1e6:.0f})")


if __name__ == "__main__":
    main()
