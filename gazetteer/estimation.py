"""Positions with an honest precision: from matched spots, and estimated where there is none.

A settlement without a spot lies in its hromada; if it shares its postal code with placed villages
of the hromada it lies close to them, for a post office serves the villages around it; and the next
codes are those of the offices next door. How far such an estimate is off is measured on the placed
settlements themselves, each estimated from the others.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from gazetteer.matching import OldRaions, Settlement, SiteMatch
from gazetteer.place import PositionSource
from gazetteer.sites import distance_m
from gazetteer.sources.records import SourceRow

__all__ = ["Placement", "estimate_positions", "placement_of", "postal_codes"]

# Metres within which 95 in 100 positions of a source are right, measured against an independent
# join of names and codes and rounded up.
_PRECISION = {
    PositionSource.USER: 500.0,
    PositionSource.OSM: 500.0,
    PositionSource.CURATED: 1_500.0,
    PositionSource.GEONAMES: 1_000.0,
    PositionSource.POSTAL: 1_200.0,
    PositionSource.WORLDCITIES: 1_500.0,
}
_SIMILAR_M = 2_500.0
_ROUNDED_M = 4_000.0
_METHODS = ("code", "next code", "hromada", "raion")
_NEXT_CODES = 2
_SHARE = 0.95
_CALIBRATED_AT_LEAST = 200
_UNCALIBRATED = 2.5  # reaches, where too few are placed to measure
_FOLDS = 4
_MANY = 4  # more neighbours than this make an estimate no better
_MARGIN_M = 1_000.0
_LEAST_M = 5_000.0
_HINT_M = 12_000.0
_SUPPLEMENT = 1.3


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a settlement is and how sure that is.

    Attributes
    ----------
    lon, lat : float
    precision_m : float
    source : PositionSource
    rows : tuple of SourceRow
        The source rows of the spot; empty for an estimate.
    how : str
        How the name matched, or the method of the estimate.
    """

    lon: float
    lat: float
    precision_m: float
    source: PositionSource
    rows: tuple[SourceRow, ...]
    how: str


def is_rounded(lon: float, lat: float) -> bool:
    """Whether a position is given in whole minutes of arc only.

    Examples
    --------
    >>> is_rounded(37.25, 48.316667), is_rounded(37.25341, 48.31667)
    (True, False)
    """
    return all(abs(value * 60 - round(value * 60)) < 0.002 for value in (lon, lat))


def placement_of(match: SiteMatch) -> Placement:
    """The placement a matched spot gives.

    Examples
    --------
    The precision follows the source, and widens where sources disagree; see `Placement`.
    """
    site = match.site
    source = site.rows[0].source
    precision = _PRECISION[source]
    if match.how == "similar":
        precision = max(precision, _SIMILAR_M)
    if source is PositionSource.WORLDCITIES and is_rounded(site.lon, site.lat):
        precision = max(precision, _ROUNDED_M)
    if source not in (PositionSource.GEONAMES, PositionSource.USER, PositionSource.OSM):
        for double in match.doubles:
            apart = distance_m(site.lon, site.lat, double.lon, double.lat)
            precision = max(precision, min(apart, 3_000.0))
    return Placement(site.lon, site.lat, precision, source, site.rows, match.how)


def postal_codes(rows: Iterable[SourceRow], old_raions: OldRaions) -> dict[str, set[int]]:
    """Postal codes by KATOTTG code, where a row means one settlement for sure."""
    codes: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        meant = old_raions.meant(row)
        if len(meant) == 1 and row.postal_code and row.postal_code.isdigit():
            codes[meant[0].code].add(int(row.postal_code))
    return codes


class _Estimator:
    """Estimates one settlement from the placed ones; the same routine serves calibration."""

    def __init__(
        self,
        settlements: Sequence[Settlement],
        placed: Mapping[str, Placement],
        codes: Mapping[str, set[int]],
    ) -> None:
        self._placed = placed
        self._codes = codes
        self._groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for settlement in settlements:
            if settlement.code not in placed:
                continue
            self._groups["hromada", settlement.hromada].append(settlement.code)
            self._groups["raion", settlement.raion].append(settlement.code)
            for number in codes.get(settlement.code, ()):
                self._groups["code", f"{settlement.hromada} {number}"].append(settlement.code)
        self._reach: dict[str, float] = {}

    def members(self, settlement: Settlement, method: str) -> list[str]:
        """The placed settlements a method looks at."""
        if method == "hromada":
            found = self._groups.get(("hromada", settlement.hromada), [])
        elif method == "raion":
            found = self._groups.get(("raion", settlement.raion), [])
        else:
            reach = 0 if method == "code" else _NEXT_CODES
            numbers = {
                number + step
                for number in self._codes.get(settlement.code, ())
                for step in range(-reach, reach + 1)
            }
            groups = (("code", f"{settlement.hromada} {number}") for number in sorted(numbers))
            found = sorted({code for group in groups for code in self._groups.get(group, ())})
        return [code for code in found if code != settlement.code]

    def reach(self, settlement: Settlement, method: str) -> float:
        """How wide the unit is that a method cannot leave: median distance from its middle."""
        level = "raion" if method == "raion" else "hromada"
        prefix = settlement.raion if level == "raion" else settlement.hromada
        if prefix not in self._reach:
            points = [self._point(code) for code in self._groups.get((level, prefix), ())]
            distances = [distance_m(*_middle(points), *point) for point in points]
            self._reach[prefix] = median(distances) if distances else 0.0
        return self._reach[prefix] + _MARGIN_M

    def middle(self, settlement: Settlement, method: str) -> tuple[float, float, int] | None:
        """Middle of a method's settlements and their number."""
        members = self.members(settlement, method)
        if not members:
            return None
        return *_middle([self._point(code) for code in members]), len(members)

    def _point(self, code: str) -> tuple[float, float]:
        placement = self._placed[code]
        return placement.lon, placement.lat


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(point[0] for point in points), median(point[1] for point in points)


def estimate_positions(
    settlements: Sequence[Settlement],
    placed: Mapping[str, Placement],
    codes: Mapping[str, set[int]],
    hints: Mapping[str, SiteMatch],
) -> dict[str, Placement]:
    """Estimate every settlement that has no placement.

    Parameters
    ----------
    settlements : sequence of Settlement
    placed : mapping of str to Placement
    codes : mapping of str to set of int
        Postal codes of settlements.
    hints : mapping of str to SiteMatch
        Spots that are likelier than the middle of the neighbours, but not sure; the precision
        stays that of the neighbours.

    Returns
    -------
    dict of str to Placement
        Only the new ones; a settlement whose raion has none placed is missing.
    """
    estimator = _Estimator(settlements, placed, codes)
    factors = _calibrate(settlements, placed, codes)
    found: dict[str, Placement] = {}
    for settlement in settlements:
        if settlement.code in placed:
            continue
        best = _best(settlement, estimator, factors)
        if best is None:
            continue
        precision, lon, lat, how = best
        hint = hints.get(settlement.code)
        rows: tuple[SourceRow, ...] = ()
        if hint is not None:
            lon, lat, rows, how = hint.site.lon, hint.site.lat, hint.site.rows, "hint"
            precision = max(precision, _HINT_M)
        found[settlement.code] = Placement(
            round(lon, 5),
            round(lat, 5),
            float(round(precision, -2)),
            PositionSource.ESTIMATED,
            rows,
            how,
        )
    return found


def _best(
    settlement: Settlement, estimator: _Estimator, factors: Mapping[tuple[str, int], float]
) -> tuple[float, float, float, str] | None:
    """The estimate of the method that is most precise here: precision, lon, lat, method."""
    estimates = []
    for method in _METHODS:
        middle = estimator.middle(settlement, method)
        if middle is not None:
            lon, lat, number = middle
            factor = factors[method, min(number, _MANY)]
            precision = max(_LEAST_M, factor * estimator.reach(settlement, method))
            estimates.append((precision, lon, lat, method))
    return min(estimates, default=None)


def _calibrate(
    settlements: Sequence[Settlement],
    placed: Mapping[str, Placement],
    codes: Mapping[str, set[int]],
) -> dict[tuple[str, int], float]:
    """How many reaches hold 95 in 100 errors, for each method and number of neighbours.

    Measured on the placed settlements by cross-validation: a quarter of them at a time is hidden,
    about as many as have no spot in truth, and estimated from the others. Those without a spot
    lie farther out than those with one, hence the supplement.
    """
    ratios: dict[tuple[str, int], list[float]] = defaultdict(list)
    known = [settlement for settlement in settlements if settlement.code in placed]
    for fold in range(_FOLDS):
        hidden = [settlement for settlement in known if _fold(settlement.code) == fold]
        kept = {code: spot for code, spot in placed.items() if _fold(code) != fold}
        estimator = _Estimator(settlements, kept, codes)
        for settlement in hidden:
            spot = placed[settlement.code]
            for method in _METHODS:
                estimate = estimator.middle(settlement, method)
                if estimate is not None:
                    lon, lat, number = estimate
                    error = distance_m(lon, lat, spot.lon, spot.lat)
                    ratio = error / estimator.reach(settlement, method)
                    ratios[method, min(number, _MANY)].append(ratio)
    factors = {}
    for method in _METHODS:
        for number in range(1, _MANY + 1):
            ordered = sorted(ratios[method, number])
            enough = len(ordered) >= _CALIBRATED_AT_LEAST
            share = ordered[int(_SHARE * len(ordered))] if enough else _UNCALIBRATED
            factors[method, number] = _SUPPLEMENT * share
    return factors


def _fold(code: str) -> int:
    """Which quarter a settlement belongs to; the same in every build."""
    return zlib.crc32(code.encode()) % _FOLDS
