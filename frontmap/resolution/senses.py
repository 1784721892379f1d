"""Senses: when one name means several places in one text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from frontmap.recognition.records import Mention
from frontmap.resolution.candidates import Option
from gazetteer import Kind

__all__ = ["UNITS", "city_and_village", "senses_by_stated_unit"]

UNITS = ("oblast", "raion", "hromada")
_REACH_OF_UNIT = 25  # characters between a name and the unit it is said to lie in
_BREAK = re.compile(r"[.;:!?,]|\b(?:und|oder|sowie)\b")


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

    "Wesele im Gebiet Donezk" and "Wesele im Gebiet Charkiw" are two; what stands without a
    unit goes with the one before it.
    """
    stated: dict[int, str] = {}
    by_name: dict[str, set[str]] = {}
    for position, (mention, unit) in enumerate(pairwise(mentions)):
        gap = text[mention.end : unit.start]
        if unit.container in UNITS and len(gap) <= _REACH_OF_UNIT and not _BREAK.search(gap):
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
