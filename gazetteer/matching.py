"""Which settlement of the codifier each spot of the sources is.

Names alone cannot tell: Mykolajiwka stands 130 times in the codifier. A settlement's raion and
hromada are known, and a hromada is a patch of ground, so what lies around a spot decides.
Settlements whose name is theirs alone in their oblast are placed first; with them every candidate
spot is asked which hromada its neighbours belong to; namesakes are then given their spots jointly;
and so on, a few rounds. What stays uncertain is left out.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from gazetteer.assignment import assign
from gazetteer.neighbours import Neighbourhood
from gazetteer.place import PositionSource
from gazetteer.sites import Site, distance_m
from gazetteer.skeleton import cyrillic_keys
from gazetteer.sources.records import SourceRow, Unit

__all__ = [
    "Candidate",
    "OldRaions",
    "Settlement",
    "SiteMatch",
    "choose",
    "match_sites",
    "neighbourhood",
    "settlements_of",
    "surroundings",
]

# names in these oblasts are looked up in the other one too: cities carved out of an oblast
_TWINS = {"80": "32", "32": "80", "85": "01", "01": "85"}
_ROUNDS = 4
_NEIGHBOURS = 10
_NONE = -4.2  # score of "none of these spots"
_CODE_SCORE = 12.0  # a source that states the code leaves nothing to tell
# the codifier lists a hromada's seat first; of two namesakes in it the seat is the larger one
_SEAT_SCORE = 2.5
_SEAT_POPULATION = 1_000
_UNIQUE = 1.5  # for a name that stands once in its oblast, where the raion fits
_AMONG_OWN_RAION = -5.2
_CITY_SCORE = 4.5
_OTHER_RAION = -5.0
_OWN_RAION = 1.0
_CONFIDENT = 0.75
_FLOOR = 0.02  # a share of neighbours never counts as less
_DOUBLE_M = 7_000.0  # spots of one name this near are one village, placed twice
# 99 in 100 settlements have another one of their hromada this near
_APART_KM = 8.0
_FARTHEST_KM = 40.0
_UNCLAIMED = 0.15  # weight of "nobody's" for a spot: many villages of the old maps are gone


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement of the codifier with what the matching compares.

    Attributes
    ----------
    unit : Unit
    keys : tuple of str
        Sound keys of its name: Ukrainian first, then Russian.
    old_keys : frozenset of str
        Sound keys of its former names.
    alone : bool
        Whether its hromada has too few settlements for neighbours to show it.
    """

    unit: Unit
    keys: tuple[str, ...]
    old_keys: frozenset[str] = frozenset()
    alone: bool = False

    @property
    def code(self) -> str:
        """The unit's code."""
        return self.unit.code

    @property
    def hromada(self) -> str:
        """Seven digits, or the city's own two."""
        return self.unit.hromada or self.unit.oblast

    @property
    def raion(self) -> str:
        """Four digits, or the city's own two."""
        return self.unit.raion or self.unit.oblast


@dataclass(slots=True)
class SiteMatch:
    """A settlement's spot.

    Attributes
    ----------
    settlement : Settlement
    site : Site
    score : float
        Fit of name and surroundings; higher is better.
    confidence : float
        Share of this choice among all that compete with it, 0 to 1.
    how : str
        ``code``, ``exact``, ``ukrainian``, ``russian``, ``former``, ``similar`` or ``unlike``.
    """

    settlement: Settlement
    site: Site
    score: float
    confidence: float
    how: str
    doubles: tuple[Site, ...] = ()


@dataclass(slots=True)
class Candidate:
    """A spot a settlement may be, with what speaks for it."""

    settlement: Settlement
    site: Site
    how: str
    name_score: float
    score: float = field(default=-math.inf)
    unique: bool = False


def settlements_of(
    units: Iterable[Unit], former_names: Mapping[str, Sequence[str]]
) -> list[Settlement]:
    """Prepare the codifier's settlements for matching.

    Parameters
    ----------
    units : iterable of Unit
    former_names : mapping of str to sequence of str
        KATOTTG code to former Ukrainian names.
    """
    found = []
    members = [unit for unit in units if unit.category in "KMXC"]
    sizes = Counter(unit.hromada for unit in members)
    for unit in members:
        old = {key for name in former_names.get(unit.code, ()) for key in cyrillic_keys(name)}
        found.append(
            Settlement(unit, cyrillic_keys(unit.name), frozenset(old), sizes[unit.hromada] <= 3)
        )
    return found


def match_sites(
    settlements: Sequence[Settlement],
    sites: Sequence[Site],
    old_raions: OldRaions,
    progress: Callable[[float], None] | None = None,
) -> dict[str, SiteMatch]:
    """Match settlements to spots.

    Parameters
    ----------
    settlements : sequence of Settlement
    sites : sequence of Site
    old_raions : OldRaions
        Which settlement a row of the postal table means.
    progress : callable, optional
        Called with the share that is done, 0 to 1.

    Returns
    -------
    dict of str to SiteMatch
        By KATOTTG code; settlements without a certain spot are missing.
    """
    candidates = _candidates(settlements, sites, old_raions)
    placed = _seeds(candidates)
    for turn in range(_ROUNDS):
        if progress is not None:
            progress(turn / _ROUNDS)
        around = neighbourhood(placed.values())
        for candidate in candidates:
            fit = surroundings(candidate, around)
            reward = _UNIQUE if candidate.unique and fit > _AMONG_OWN_RAION else 0.0
            candidate.score = candidate.name_score + fit + reward
        placed = choose(candidates)
    return placed


def neighbourhood(matches: Iterable[SiteMatch]) -> Neighbourhood:
    """Index the matched settlements by their spots."""
    return Neighbourhood(
        (
            match.settlement.code,
            match.site.lon,
            match.site.lat,
            match.settlement.hromada,
            match.settlement.raion,
            match.settlement.unit.oblast,
        )
        for match in matches
    )


class OldRaions:
    """The raions before 2020, told from the postal table.

    A hromada lies in one old raion, seldom in two. Names that stand once in an oblast tell which;
    then a postal row, which has a name and an old raion, means one settlement, mostly.

    Parameters
    ----------
    settlements : sequence of Settlement
    rows : iterable of SourceRow
        All rows of the postal table, those with useless positions too.
    """

    def __init__(self, settlements: Sequence[Settlement], rows: Iterable[SourceRow]) -> None:
        by_name: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
        for settlement in settlements:
            by_name[settlement.unit.oblast, settlement.unit.name].append(settlement)
        raions_of_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            if row.old_raion and row.oblast:
                raions_of_name[row.oblast, row.names[0].text].add(row.old_raion)
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for name, raions in raions_of_name.items():
            members = by_name.get(name, [])
            if len(members) == 1 and len(raions) == 1:
                votes[members[0].hromada].update(raions)
        self._by_name = by_name
        self._raions = {
            hromada: {raion for raion, count in counts.items() if count >= 0.15 * counts.total()}
            for hromada, counts in votes.items()
        }

    def of_hromada(self, hromada: str) -> set[str]:
        """Names of the old raions a hromada lies in, as the postal table writes them."""
        return self._raions.get(hromada, set())

    def meant(self, row: SourceRow) -> list[Settlement]:
        """The settlements a postal row can mean; all namesakes where nothing tells them apart."""
        members = self._by_name.get((row.oblast or "", row.names[0].text), [])
        if len(members) < 2 or not row.old_raion:
            return members
        fitting = [
            member
            for member in members
            if member.hromada not in self._raions or row.old_raion in self._raions[member.hromada]
        ]
        return fitting or members


def _candidates(
    settlements: Sequence[Settlement], sites: Sequence[Site], old_raions: OldRaions
) -> list[Candidate]:
    by_code: dict[str, list[Site]] = defaultdict(list)
    by_key: dict[tuple[str, str], list[Site]] = defaultdict(list)
    for site in sites:
        for row in site.rows:
            if row.katottg:
                by_code[row.katottg].append(site)
        for oblast, key in product(sorted(site.oblasts), sorted(site.keys)):
            by_key[oblast, key].append(site)
    meant = _meant_by_post(sites, old_raions)
    found: list[Candidate] = []
    for settlement in settlements:
        if settlement.code in by_code:
            stated = by_code[settlement.code]
            found += [Candidate(settlement, site, "code", _CODE_SCORE) for site in stated]
        else:
            named = _named_alike(settlement, by_key)
            found += [_candidate(settlement, site, meant.get(site.number)) for site in named]
    _mark_unique(found)
    return found


def _meant_by_post(sites: Sequence[Site], old_raions: OldRaions) -> dict[int, set[str]]:
    """Codes of the settlements that the postal rows of a site mean, by the site's number."""
    meant: dict[int, set[str]] = {}
    for site in sites:
        rows = [row for row in site.rows if row.source is PositionSource.POSTAL]
        if rows:
            meant[site.number] = {m.code for row in rows for m in old_raions.meant(row)}
    return meant


def _named_alike(
    settlement: Settlement, by_key: Mapping[tuple[str, str], Sequence[Site]]
) -> Iterable[Site]:
    """Sites of a settlement's oblast that share a name with it, each once."""
    oblasts = [settlement.unit.oblast]
    if oblasts[0] in _TWINS:
        oblasts.append(_TWINS[oblasts[0]])
    keys = (*settlement.keys, *sorted(settlement.old_keys))
    return {
        site.number: site
        for key, oblast in product(keys, oblasts)
        for site in by_key.get((oblast, key), ())
    }.values()


def _mark_unique(candidates: Sequence[Candidate]) -> None:
    """Mark a name that stands once in its oblast, for one settlement and one spot.

    Not for the world cities table alone: it holds villages that are gone.
    """
    strict = [c for c in candidates if c.how in ("exact", "ukrainian")]
    spots = Counter(c.settlement.code for c in strict)
    claims = Counter(c.site.number for c in strict)
    for candidate in strict:
        alone = spots[candidate.settlement.code] == claims[candidate.site.number] == 1
        if alone and candidate.site.rows[0].source is not PositionSource.WORLDCITIES:
            candidate.unique = True


def _candidate(settlement: Settlement, site: Site, meant: set[str] | None) -> Candidate:
    if settlement.unit.name in site.cyrillic:
        how, score = "exact", 0.3
    elif settlement.keys[0] in site.keys:
        how, score = "ukrainian", 0.0
    elif site.keys.isdisjoint(settlement.keys):
        how, score = "former", -0.6
    else:
        how, score = "russian", -0.4
    raions = {row.raion for row in site.rows if row.raion}
    if raions and settlement.unit.raion:
        score += _OWN_RAION if settlement.unit.raion in raions else _OTHER_RAION
    if meant is not None and how != "former":
        score += _postal_score(settlement, meant)
    return Candidate(settlement, site, how, score + size_score(settlement.unit, site))


def _postal_score(settlement: Settlement, meant: set[str]) -> float:
    if settlement.code in meant:
        return 1.0 if len(meant) == 1 else 0.3
    return -1.0 if meant else 0.0


def size_score(unit: Unit, site: Site) -> float:
    """How well the inhabitants a spot's rows state fit the kind of settlement."""
    population = max((row.population or 0 for row in site.rows), default=0)
    known = any(row.source is PositionSource.GEONAMES for row in site.rows)
    seat = _SEAT_SCORE if unit.code[9:12] == "001" and population >= _SEAT_POPULATION else 0.0
    if unit.category in "KM":
        # a city stands in its hromada alone, or is an enclave; its name and size tell enough
        return _CITY_SCORE if population >= 3000 else (-0.5 if known else -2.0)
    if unit.category == "X":
        return seat + (1.2 if known else -0.3)
    return seat + (-1.0 if population > 12_000 else 0.0)


def _seeds(candidates: Iterable[Candidate]) -> dict[str, SiteMatch]:
    """Settlements with one spot by name, if the spot is theirs alone."""
    strict = [
        c for c in candidates if c.how in ("code", "exact", "ukrainian") and c.name_score > _NONE
    ]
    spots = Counter(c.settlement.code for c in strict)
    claims = Counter(c.site.number for c in strict)
    return {
        c.settlement.code: SiteMatch(c.settlement, c.site, 0.0, 1.0, c.how)
        for c in strict
        if spots[c.settlement.code] == 1 and claims[c.site.number] == 1
    }


def surroundings(candidate: Candidate, around: Neighbourhood) -> float:
    """Log-like fit of a settlement's hromada and raion to what lies around a spot."""
    settlement, site = candidate.settlement, candidate.site
    # one neighbour more, for the settlement itself may be among them; asked once for each spot
    found = around.nearest_of(site.number, site.lon, site.lat, _NEIGHBOURS + 1)
    neighbours = [n for n in found if n.key != settlement.code][:_NEIGHBOURS]
    if not neighbours:
        return -2.0
    # the two cities and the exclusion zone belong to no raion
    oblast = settlement.unit.oblast
    no_raion = () if settlement.unit.raion else (oblast, _TWINS.get(oblast, oblast))
    total = hromada = raion = 0.0
    own_nearest = math.inf
    for neighbour in neighbours:
        weight = 1.0 / (neighbour.distance_km + 2.0)
        total += weight
        if neighbour.raion == settlement.raion or neighbour.oblast in no_raion:
            raion += weight
        if neighbour.hromada == settlement.hromada:
            hromada += weight
            own_nearest = min(own_nearest, neighbour.distance_km)
    fit = 0.8 * math.log(_FLOOR + raion / total)
    if settlement.alone:
        return fit + math.log(_FLOOR + max(hromada, 0.5 * raion) / total)
    if not hromada:
        own_nearest = around.nearest_own(site.lon, site.lat, settlement.hromada, settlement.code)
    fit += math.log(_FLOOR + hromada / total)
    return fit - max(0.0, min(own_nearest, _FARTHEST_KM) - _APART_KM) / 5.0


def choose(candidates: Sequence[Candidate]) -> dict[str, SiteMatch]:
    """Give each settlement at most one spot and each spot to at most one settlement."""
    possible = [c for c in candidates if c.score > _NONE]
    chosen: dict[str, SiteMatch] = {}
    for component in _components(possible):
        rivals: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in component:
            rivals[candidate.settlement.code].append(candidate)
        shares = _shares(component)
        for candidate in _assigned(rivals):
            code = candidate.settlement.code
            same = [c for c in rivals[code] if _site_distance(c, candidate) <= _DOUBLE_M]
            share = sum(shares[code, c.site.number] for c in same)
            if share >= _CONFIDENT:
                chosen[code] = SiteMatch(
                    candidate.settlement,
                    candidate.site,
                    candidate.score,
                    share,
                    candidate.how,
                    tuple(c.site for c in same if c is not candidate),
                )
    return chosen


def _site_distance(candidate: Candidate, other: Candidate) -> float:
    site, against = candidate.site, other.site
    return distance_m(site.lon, site.lat, against.lon, against.lat)


def _shares(component: Sequence[Candidate]) -> dict[tuple[str, int], float]:
    """How much of all ways to match a component holds each pair, approximately.

    The pairs' weights are scaled by turns until each settlement's and each spot's shares sum to
    one, "none" included (Sinkhorn's method): a spot that another settlement takes for sure is then
    no rival any more.
    """
    pairs = [(c.settlement.code, c.site.number) for c in component]
    weights = [math.exp(c.score) for c in component]
    nothing = math.exp(_NONE)
    rows = {code: 1.0 for code, _ in pairs}
    columns = {number: 1.0 for _, number in pairs}
    for _ in range(60 if len(component) > 1 else 1):
        totals: dict[str, float] = dict.fromkeys(rows, nothing)
        for (code, number), weight in zip(pairs, weights, strict=True):
            totals[code] += weight * columns[number]
        rows = {code: 1.0 / total for code, total in totals.items()}
        sums: dict[int, float] = dict.fromkeys(columns, _UNCLAIMED)
        for (code, number), weight in zip(pairs, weights, strict=True):
            sums[number] += weight * rows[code]
        columns = {number: 1.0 / total for number, total in sums.items()}
    return {
        pair: weight * rows[pair[0]] * columns[pair[1]]
        for pair, weight in zip(pairs, weights, strict=True)
    }


def _assigned(rivals: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    codes = sorted(rivals)
    numbers = sorted({c.site.number for group in rivals.values() for c in group})
    column = {number: position for position, number in enumerate(numbers)}
    table = [[-1e6] * len(numbers) + [_NONE] * len(codes) for _ in codes]
    lookup: dict[tuple[int, int], Candidate] = {}
    for line, code in enumerate(codes):
        for candidate in rivals[code]:
            place = column[candidate.site.number]
            table[line][place] = candidate.score
            lookup[line, place] = candidate
    pairs = enumerate(assign(table))
    return [lookup[pair] for pair in pairs if pair in lookup]


def _components(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Groups of candidates that compete, directly or through others."""
    parents: dict[object, object] = {}

    def root(node: object) -> object:
        while parents.setdefault(node, node) != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for candidate in candidates:
        left, right = root(candidate.settlement.code), root(candidate.site.number)
        parents[right] = left
    groups: dict[object, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[root(candidate.settlement.code)].append(candidate)
    return list(groups.values())
