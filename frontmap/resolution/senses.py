"""Senses: when one name means several places in one text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from frontmap.recognition.records import Mention
from frontmap.recognition.rescue import LIST_GAP
from frontmap.resolution.candidates import Option
from frontmap.resolution.relations import BESIDE
from gazetteer import Kind

__all__ = ["UNITS", "city_and_village", "governs", "senses_by_stated_unit"]

UNITS = ("oblast", "raion", "hromada")
_REACH_OF_UNIT = 25  # characters between a name and the unit it is said to lie in
_MOST_GOVERNED = 8  # names in a list
_REACH_OF_VERB = 80  # characters between a unit and the first name
_BREAK = re.compile(r"[.;:!?,]|\b(?:und|oder|sowie)\b")
_INSIDE = re.compile(r"\b[Ii](?:m|n(?: (?:der|dem|den))?)\s+(?:[^\W\d_]+\s+){0,2}$")
# What leads out of a unit, or adds what need not lie in it.
_LEADS_ELSEWHERE = re.compile(
    r"[.,;:!?()]|\b(?:nach|aus|von|vom|bis|Richtung|und|sowie|auch|neben|außerdem|gegen)\b"
)


def city_and_village(
    mentions: Sequence[Mention], options: Callable[[Mention], Sequence[Option]]
) -> set[str]:
    """Give the names that the text calls a city and a village, where there are both."""
    called: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.container in ("city", "village"):
            called.setdefault(mention.stem.casefold(), set()).add(mention.container)
    found = set()
    for mention in mentions:
        name = mention.stem.casefold()
        if name not in found and len(called.get(name, ())) > 1:
            kinds = {option.place.kind for option in options(mention)}
            if kinds >= {Kind.CITY, Kind.VILLAGE}:
                found.add(name)
    return found


def senses_by_stated_unit(text: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """Tell apart the mentions of one name of which each is said to lie in another unit.

    "Wesele im Gebiet Donezk" and "Wesele im Gebiet Charkiw" are two, as are those "bei Lyman" and
    "bei Isjum"; what stands without a unit goes with the one before it.
    """
    stated: dict[int, str] = {}
    by_name: dict[str, set[str]] = {}
    for position, (mention, unit) in enumerate(pairwise(mentions)):
        gap = text[mention.end : unit.start]
        in_unit = unit.container in UNITS and len(gap) <= _REACH_OF_UNIT and not _BREAK.search(gap)
        if in_unit or BESIDE.fullmatch(gap):
            stated[position] = unit.stem.casefold()
            by_name.setdefault(mention.stem.casefold(), set()).add(stated[position])
    several = {name for name, units in by_name.items() if len(units) > 1}
    senses: dict[int, str] = {}
    last: dict[str, str] = {}
    for position, mention in enumerate(mentions):
        name = mention.stem.casefold()
        if name in several:
            last[name] = stated.get(position, last.get(name, ""))
            senses[position] = f"in {last[name]}"
    return senses


def governs(text: str, mentions: Sequence[Mention], unit: int, name: int) -> bool:
    """Whether a unit named before tells where a name lies: "Im Gebiet Sumy fielen A und B".

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
    unit, name : int
        Positions in `mentions`.
    """
    if not 0 < name - unit <= _MOST_GOVERNED or mentions[unit].container not in UNITS:
        return False
    if not _INSIDE.search(text, max(0, mentions[unit].start - 40), mentions[unit].start):
        return False
    gaps = [(mentions[at].end, mentions[at + 1].start) for at in range(unit, name)]
    if _LEADS_ELSEWHERE.search(text, *gaps[0]) or gaps[0][1] - gaps[0][0] > _REACH_OF_VERB:
        return False
    return all(LIST_GAP.fullmatch(text, *gap) for gap in gaps[1:])
