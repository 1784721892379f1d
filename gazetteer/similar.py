"""Spots whose name is only like a settlement's: old spellings, worn-down and misread names.

Looked for among the spots nobody has taken, inside the settlement's own hromada only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from gazetteer.matching import (
    Candidate,
    Settlement,
    SiteMatch,
    choose,
    neighbourhood,
    size_score,
    surroundings,
)
from gazetteer.sites import Site
from gazetteer.skeleton import consonants

__all__ = ["match_similar", "unclaimed_sites"]

_LIKE = 0.76  # least likeness of two sound keys
_SURE = 0.88  # from here on a spot is as good as one found by name
_NEAREST = 8
_BASE = 0.4
_SLOPE = 9.0  # how fast unlike names lose


def unclaimed_sites(sites: Sequence[Site], placed: Mapping[str, SiteMatch]) -> list[Site]:
    """The spots that are no settlement's yet, nor another record of one that is placed."""
    taken = {match.site.number for match in placed.values()}
    taken |= {site.number for match in placed.values() for site in match.doubles}
    return [site for site in sites if site.number not in taken]


def match_similar(
    settlements: Sequence[Settlement],
    sites: Sequence[Site],
    placed: Mapping[str, SiteMatch],
) -> dict[str, SiteMatch]:
    """Match settlements without a spot to spots of a similar name in their hromada.

    Parameters
    ----------
    settlements : sequence of Settlement
    sites : sequence of Site
    placed : mapping of str to SiteMatch
        What `match_sites` found.

    Returns
    -------
    dict of str to SiteMatch
        Only the new ones.
    """
    around = neighbourhood(placed.values())
    nearby: dict[str, list[Site]] = defaultdict(list)
    for site in unclaimed_sites(sites, placed):
        neighbours = around.nearest(site.lon, site.lat, _NEAREST, limit_km=25)
        for hromada in sorted({neighbour.hromada for neighbour in neighbours}):
            nearby[hromada].append(site)
    candidates = []
    for settlement in settlements:
        if settlement.code in placed:
            continue
        for site in nearby.get(settlement.hromada, ()):
            likeness = _likeness(settlement, site)
            if likeness < _LIKE:
                continue
            score = _BASE - _SLOPE * (1 - likeness) + size_score(settlement.unit, site)
            how = "similar" if likeness >= _SURE else "unlike"
            candidate = Candidate(settlement, site, how, score)
            candidate.score = score + surroundings(candidate, around)
            candidates.append(candidate)
    return choose(candidates)


def _likeness(settlement: Settlement, site: Site) -> float:
    from rapidfuzz.fuzz import ratio

    best = 0.0
    for key in settlement.keys:
        for other in site.keys:
            value = ratio(key, other) / 100
            if value < 0.9 and len(key) > 5 and consonants(key) == consonants(other):
                value = max(value, 0.9)
            best = max(best, value)
    return best
