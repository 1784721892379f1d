"""Groups: the mentions of one name in one sense, with what is believed of each candidate."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from frontmap.resolution.candidates import Option
from frontmap.resolution.evidence import Evidence
from frontmap.resolution.weighing import DIRECT_UNIT, NEAR_M, POINTS, Near, softmax
from gazetteer import Kind

__all__ = ["FrontDistance", "Group", "another_fits", "speaks_of_another"]

_CLOSE_COMPANY = 5.0  # what near places of the same sentence lend
_PLAIN = 0.9  # belief from which one sentence parts a name from its namesake in others

FrontDistance = Callable[[float, float], float | None]  # (lon, lat) in degrees to metres


@dataclass(slots=True)
class Group:
    """The mentions of one name in one sense, and its candidates by number."""

    mentions: list[int]
    options: list[Option]
    name: str = ""
    sense: str | None = None
    scores: list[float] = field(default_factory=list)
    beliefs: list[float] = field(default_factory=list)
    best: int = 0
    sentences: list[int] = field(default_factory=list)
    # what its own words say of each candidate, and what the front and the other groups add
    lasting: list[tuple[Evidence, ...]] = field(default_factory=list)
    lasting_scores: list[float] = field(default_factory=list)
    front: list[float] = field(default_factory=list)
    near: list[Near | None] = field(default_factory=list)
    heard: list[Sequence[Evidence]] = field(default_factory=list)

    def believe(self) -> None:
        """Turn the scores into beliefs."""
        self.beliefs = softmax(self.scores)
        self.best = self.beliefs.index(max(self.beliefs)) if self.beliefs else 0

    def evidence(self, number: int, front_m: FrontDistance | None) -> list[Evidence]:
        """Give all that was weighed of one candidate, for showing."""
        option = self.options[number]
        found = list(self.lasting[number])
        if self.front[number]:
            metres: float | None = option.belt_m
            if front_m is not None:
                metres = front_m(option.place.lon, option.place.lat)
            found.append(Evidence("front", self.front[number], "it", metres))
        near = self.near[number] if self.near else None
        if near is not None:
            found.append(Evidence("near", near.weight, near.place.name_de, near.metres))
        return [*found, *(self.heard[number] if self.heard else ())]


def another_fits(group: Group, company: Sequence[Option]) -> bool:
    """Whether a sentence names what lies near another bearer of a name, or its oblast.

    Not so where the bearer it is taken for has such company there.
    """
    best = group.options[group.best]
    others = [option for option in group.options if option is not best]
    fits = False
    for named in company:
        if named.place.id == best.place.id:
            continue
        if _goes_with(best, named):
            return False
        fits = fits or any(_goes_with(option, named) for option in others)
    return fits


def _goes_with(option: Option, named: Option) -> bool:
    if named.place.kind is Kind.OBLAST:
        return option.place.oblast == named.place.oblast
    if named.place.kind not in POINTS or option.place.kind not in POINTS:
        return False
    return math.hypot(option.x - named.x, option.y - named.y) <= NEAR_M


def speaks_of_another(part: Group, group: Group) -> bool:
    """Whether one sentence alone leaves no doubt that it means another place than the rest."""
    if part.best == group.best or part.beliefs[part.best] < _PLAIN:
        return False
    direct = any(item.weight >= DIRECT_UNIT for item in part.heard[part.best])
    near = part.near[part.best]
    by_neighbour = near is not None and near.weight >= _CLOSE_COMPANY
    return part.beliefs[group.best] <= 1 - _PLAIN and (direct or by_neighbour)
