"""Evidence: one thing that speaks for or against a candidate, and the geometry it needs."""

from __future__ import annotations

import math
from typing import NamedTuple

__all__ = ["Evidence", "bearing_deg", "distance_m"]

_METRES_A_DEGREE = 111_320.0


class Evidence(NamedTuple):
    """One thing that speaks for (above 0) or against (below 0) a candidate, in log odds.

    `metres` is said before the detail where it is known; only what is shown is put into words.

    Examples
    --------
    >>> Evidence("near", 1.5, "Lyman", 12_000).describe()
    'for: near (12 km from Lyman), +1.5'
    >>> Evidence("article", -2.0, "").describe()
    'against: article, -2.0'
    """

    source: str
    weight: float
    detail: str
    metres: float | None = None

    @property
    def tells(self) -> bool:
        """Whether it is worth showing."""
        return abs(self.weight) >= 0.3

    def describe(self) -> str:
        """Say it in words."""
        side = "for" if self.weight > 0 else "against"
        detail = self.detail
        if self.metres is not None:
            detail = f"{self.metres / 1000:.0f} km from {detail}"
        detail = f" ({detail})" if detail else ""
        return f"{side}: {self.source}{detail}, {self.weight:+.1f}"


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Give the distance in metres between two WGS 84 positions in degrees, (lon, lat) order.

    On a local plane; within half a percent up to 200 km in these latitudes.
    """
    scale = math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot((other_lon - lon) * scale, other_lat - lat) * _METRES_A_DEGREE


def bearing_deg(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Give the direction from one position to another in degrees clockwise from north."""
    scale = math.cos(math.radians((lat + other_lat) / 2))
    return math.degrees(math.atan2((other_lon - lon) * scale, other_lat - lat)) % 360
