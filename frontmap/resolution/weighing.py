"""Weighing: what near places and phrases about distance lend to a candidate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from frontmap.resolution.candidates import Option
from frontmap.resolution.evidence import Evidence, bearing_deg, distance_m
from frontmap.resolution.relations import Relation
from gazetteer import Kind, Place

__all__ = [
    "DIRECT_UNIT",
    "NEAR_M",
    "POINTS",
    "Anchor",
    "Near",
    "agreement",
    "anchor_of",
    "gap_weight",
    "in_stated_unit",
    "nearness",
    "shared_oblast",
    "softmax",
]

# Kinds whose position says where they are; an oblast's centre does not.
POINTS = frozenset((Kind.CITY, Kind.TOWN, Kind.VILLAGE, Kind.DISTRICT, Kind.FACILITY))
_TEMPERATURE = 0.7  # of all that was tried on the cases and the development file, the most honest
NEAR_M, _FAR_M = 25_000.0, 120_000.0
_OTHER_SIDE = -5.0  # of what lies on the other side than is said
_SIDE_BY_SIDE_M = 500.0  # nearer than that no side is told
_LONGEST_UNSURE_M = 3_500.0  # farther off the side counts, however rough the positions
_NOT_BY_M = 60_000.0  # farther off nobody says one lies by the other
_OTHER_SENTENCE = 0.6  # the most that places of other sentences weigh, however many
_OUT_OF_REACH_M = 400_000.0
_BIG_CITY = 100_000
_BEST_KNOWN = 2.5  # the more for a big city there: whoever means a village near it says so
DIRECT_UNIT = 8.0  # what a unit lends that is said right of the name
_LEAST = 0.3  # log odds below which nearness is nothing


class Anchor(NamedTuple):
    """A clear place that speaks for what lies near it.

    Attributes
    ----------
    weight, log_weight : float
    x, y : float
        As of its `Option`.
    place : Place
    belief : float
        That the name means this place.
    """

    weight: float
    log_weight: float
    x: float
    y: float
    place: Place
    belief: float


class Near(NamedTuple):
    """What nearness lends to a candidate, and the place nearest to it."""

    weight: float
    metres: float
    place: Place


def anchor_of(option: Option, weight: float, belief: float = 1.0) -> Anchor:
    """Make an anchor of the place that some name means."""
    return Anchor(weight, math.log(weight), option.x, option.y, option.place, belief)


def shared_oblast(anchors: Sequence[Anchor], belief: float) -> str | None:
    """Give the oblast where all clear places lie, if several of them are beyond doubt."""
    oblasts = {anchor.place.oblast for anchor in anchors}
    sure = {anchor.place.id for anchor in anchors if anchor.belief >= belief}
    return oblasts.pop() if len(sure) > 1 and len(oblasts) == 1 else None


def nearness(options: Sequence[Option], anchors: Sequence[Anchor]) -> list[Near | None]:
    """Weigh how near each candidate lies to the clear places."""
    if not anchors:
        return [None] * len(options)
    hypot, exp = math.hypot, math.exp
    found: list[Near | None] = []
    for option in options:
        if option.place.kind not in POINTS:
            found.append(None)
            continue
        near = around = best_share = 0.0
        log_far = -math.inf
        best_metres, best = math.inf, anchors[0]
        east, north = option.x, option.y
        for anchor in anchors:
            weight, log_weight, x, y, _, _ = anchor
            metres = hypot(x - east, y - north)
            if metres > _OUT_OF_REACH_M:
                continue
            share = weight * exp(-metres / NEAR_M)
            if weight > _OTHER_SENTENCE:
                near += share
            else:
                around += share
            log_far = max(log_far, log_weight - metres / _FAR_M)
            if share > best_share:
                best_share, best_metres, best = share, metres, anchor
        near = min(near + min(around, _OTHER_SENTENCE), 1.0)
        weight = 5.0 * near + 3.0 * exp(log_far)
        found.append(None if weight < _LEAST else Near(weight, best_metres, best.place))
    return found


def gap_weight(sentences: int) -> float:
    """Give what a place weighs for a name so many sentences away.

    Examples
    --------
    >>> [gap_weight(sentences) for sentences in (0, 1, 2, 4, 5, 20)]
    [1.0, 0.6, 0.35, 0.35, 0.2, 0.2]
    """
    if sentences < 2:
        return _OTHER_SENTENCE if sentences else 1.0
    return 0.35 if sentences < 5 else 0.2


def agreement(place: Place, anchor: Place, relation: Relation) -> float:
    """Hold a candidate against what a phrase says of its place with regard to an anchor."""
    metres = distance_m(anchor.lon, anchor.lat, place.lon, place.lat)
    weight = 0.0
    if relation.distance_m is not None:
        slack = 4_000 + 0.25 * relation.distance_m + min(anchor.extent_m, 15_000)
        off = abs(metres - relation.distance_m) / slack
        weight += 3.0 - 2.5 * min(off, 3.0)
    elif relation.bearing is not None:
        weight += 3.0 * math.exp(-metres / 30_000) - (2.0 if metres > _NOT_BY_M else 0.0)
    else:
        weight += 4.0 * math.exp(-metres / 30_000) - (4.0 if metres > _NOT_BY_M else 0.0)
    unsure_m = min(place.precision_m + anchor.precision_m + anchor.extent_m, _LONGEST_UNSURE_M)
    if relation.bearing is not None and metres > max(_SIDE_BY_SIDE_M, unsure_m):
        bearing = bearing_deg(anchor.lon, anchor.lat, place.lon, place.lat)
        turn = abs((bearing - relation.bearing + 180) % 360 - 180)
        weight += 1.5 if turn <= 50 else -1.0 if turn <= 90 else _OTHER_SIDE
    return weight


def softmax(scores: Sequence[float]) -> list[float]:
    """Turn log odds into shares of belief."""
    if not scores:
        return []
    top = max(scores)
    weights = [math.exp((score - top) / _TEMPERATURE) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def in_stated_unit(place: Place, units: Sequence[tuple[float, Place]]) -> list[Evidence]:
    """Weigh whether a place lies in the units that the text states, each with its weight."""
    if not units or place.kind is Kind.OBLAST:
        return []
    if place.oblast is None and place.kind not in POINTS:
        return []  # rivers and regions lie in several
    inside = [
        (weight, unit)
        for weight, unit in units
        if unit.id in (place.oblast_id, place.raion_id)
        or (unit.kind is Kind.OBLAST and unit.oblast is not None and unit.oblast == place.oblast)
    ]
    if inside:
        share, unit = max(inside, key=lambda item: item[0])
        weight = (DIRECT_UNIT if share >= 1.0 else 5.0) * share
        if share >= 1.0 and (place.population or 0) >= _BIG_CITY:
            weight += _BEST_KNOWN
        return [Evidence("stated unit", weight, f"in {unit.name_de}")]
    against = -3.0 * max(weight for weight, _ in units)
    if (place.population or 0) >= _BIG_CITY and not any(w >= 1.0 for w, _ in units):
        against *= 0.6  # everybody knows where it lies
    return [Evidence("stated unit", against, "elsewhere")]
