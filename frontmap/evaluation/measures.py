"""Measures: precision, recall, F1, distances on the earth, the area under the log-error curve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Counts", "area_under_log_error", "distance_m", "mean", "median"]

EARTH_RADIUS_M = 6_371_008.8
LARGEST_ERROR_KM = 20_039.0  # half the earth's girth, the worst possible answer


@dataclass(slots=True)
class Counts:
    """Right, superfluous and missed answers.

    Examples
    --------
    >>> counts = Counts(right=8, superfluous=2, missed=2)
    >>> counts.precision, counts.recall, round(counts.f1, 2)
    (0.8, 0.8, 0.8)
    """

    right: int = 0
    superfluous: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the answers that are right; 1 where nothing was answered."""
        answered = self.right + self.superfluous
        return self.right / answered if answered else 1.0

    @property
    def recall(self) -> float:
        """Share of what was to be found that was found; 1 where nothing was to be found."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.superfluous + self.missed
        return 2 * self.right / total if total else 1.0

    def add(self, other: Counts) -> None:
        """Add the counts of another part."""
        self.right += other.right
        self.superfluous += other.superfluous
        self.missed += other.missed

    def as_dict(self) -> dict[str, float]:
        """Counts and measures, for JSON."""
        return {
            "right": self.right,
            "superfluous": self.superfluous,
            "missed": self.missed,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Great-circle distance in metres between two WGS 84 positions in degrees, (lon, lat) order.

    Off from the geodesic by at most 0.6 percent, which no threshold here can tell.

    Examples
    --------
    >>> round(distance_m(37.18, 48.28, 37.18, 49.28) / 1000)
    111
    """
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((other_phi - phi) / 2) ** 2
        + math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))


def area_under_log_error(errors_km: Sequence[float]) -> float:
    """Area under the curve of sorted log errors, 0 (all exact) to 1 (all antipodal).

    Gritta et al. (2018), "What's missing in geographical parsing?", with the error's logarithm
    scaled by that of the largest possible error, integrated by trapezoids.

    Examples
    --------
    >>> area_under_log_error([0.0, 0.0]), area_under_log_error([20039.0, 20039.0])
    (0.0, 1.0)
    """
    if not errors_km:
        return 0.0
    largest = math.log(LARGEST_ERROR_KM + 1)
    logs = sorted(math.log(min(error, LARGEST_ERROR_KM) + 1) / largest for error in errors_km)
    if len(logs) == 1:
        return logs[0]
    steps = (left + right for left, right in pairwise(logs))
    return sum(steps) / 2 / (len(logs) - 1)


def mean(values: Sequence[float]) -> float | None:
    """Arithmetic mean; None of nothing."""
    return sum(values) / len(values) if values else None


def median(values: Sequence[float]) -> float | None:
    """Middle value; None of nothing."""
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
