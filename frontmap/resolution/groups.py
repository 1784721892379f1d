"""Groups: the mentions of one name in one sense, with what is believed of each candidate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from frontmap.resolution.candidates import Option
from frontmap.resolution.evidence import Evidence
from frontmap.resolution.weighing import Near, softmax

__all__ = ["FrontDistance", "Group"]

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
