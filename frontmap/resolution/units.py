"""Units: whether a bare name in a sentence means the oblast rather than its seat."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from frontmap.lexicons import load

__all__ = ["unit_cue"]


@cache
def _cues() -> tuple[dict[str, float], re.Pattern[str], dict[str, list[tuple[str, float]]]]:
    general: dict[str, float] = {}
    own: dict[str, list[tuple[str, float]]] = {}
    for entry in load("toponyms/unit_cues.tsv"):
        if entry["name"] == "*":
            general[entry["cue"]] = float(entry["weight"])
        else:
            own.setdefault(entry["name"], []).append((entry["cue"], float(entry["weight"])))
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, general)) + r")")
    return general, pattern, own


@lru_cache(maxsize=4096)
def _general(sentence: str) -> float:
    general, pattern, _ = _cues()
    found = {match.group(1) for match in pattern.finditer(sentence)}
    return max((general[cue] for cue in found if general[cue] > 0), default=0.0) + min(
        (general[cue] for cue in found if general[cue] < 0), default=0.0
    )


def unit_cue(name: str, sentence: str) -> float:
    """Give the log odds that the words of a sentence lend to the oblast of a name.

    Examples
    --------
    >>> unit_cue("Cherson", "Moskau hat Cherson annektiert.") > 1
    True
    >>> unit_cue("Cherson", "In Cherson fiel der Strom aus.")
    0.0
    """
    weight = _general(sentence)
    for cue, own in _cues()[2].get(name, ()):
        if cue == "*" or re.search(rf"\b{re.escape(cue)}", sentence):
            weight += own
    return weight
