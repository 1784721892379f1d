"""The front belt: how near to the war's front zone a place lies."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from itertools import pairwise

from frontmap.lexicons import load

__all__ = ["belt_distance_m", "belt_lines"]

_METRES_A_DEGREE = 111_320.0


@cache
def belt_lines() -> tuple[tuple[tuple[float, float], ...], ...]:
    """Give the lines of the belt as points (lon, lat) in degrees, WGS 84."""
    branches: list[list[tuple[float, float]]] = [[]]
    for entry in load("toponyms/front_belt.tsv"):
        if entry["lon"] == "-":
            branches.append([])
        else:
            branches[-1].append((float(entry["lon"]), float(entry["lat"])))
    return tuple(tuple(branch) for branch in branches)


@lru_cache(maxsize=10_000)
def belt_distance_m(lon: float, lat: float) -> float:
    """Give the distance in metres of a WGS 84 position in degrees to the nearest part of the belt.

    Good to a few percent, which is all that a coarse line is worth.
    """
    scale = math.cos(math.radians(lat))
    best = math.inf
    for branch in belt_lines():
        for (lon1, lat1), (lon2, lat2) in pairwise(branch):
            x1, y1 = (lon1 - lon) * scale, lat1 - lat
            dx, dy = (lon2 - lon1) * scale, lat2 - lat1
            share = -(x1 * dx + y1 * dy) / (dx * dx + dy * dy)
            share = min(1.0, max(0.0, share))
            best = min(best, math.hypot(x1 + share * dx, y1 + share * dy))
    return best * _METRES_A_DEGREE
