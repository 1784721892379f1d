"""Words of a text that tell the sort of place: oblast or seat, near the front or anywhere."""

from __future__ import annotations

import re
from functools import cache

from frontmap.keeping import kept_by_word
from frontmap.lexicons import load

__all__ = ["macro_region", "speaks_of_ground_war", "unit_cue", "unit_cue_before"]

_LONGEST_SENTENCE = 1_000  # of those whose answer is kept


@cache
def _cues() -> tuple[dict[str, float], re.Pattern[str], dict[str, list[tuple[str, float]]]]:
    general: dict[str, float] = {}
    own: dict[str, list[tuple[str, float]]] = {}
    for entry in load("toponyms/unit_cues.tsv"):
        if entry["name"] == "<":
            continue
        if entry["name"] == "*":
            general[entry["cue"]] = float(entry["weight"])
        else:
            own.setdefault(entry["name"], []).append((entry["cue"], float(entry["weight"])))
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, general)) + r")")
    return general, pattern, own


@kept_by_word(4096, _LONGEST_SENTENCE)
def _general(sentence: str) -> float:
    general, pattern, _ = _cues()
    found = {match.group(1) for match in pattern.finditer(sentence)}
    return max((general[cue] for cue in found if general[cue] > 0), default=0.0) + min(
        (general[cue] for cue in found if general[cue] < 0), default=0.0
    )


def unit_cue(name: str, sentence: str, *, alone: bool = False) -> float:
    """Give the log odds that the words of a sentence lend to the oblast of a name.

    Where the sentence names nothing else (`alone`), what shows a list of regions counts half.

    Examples
    --------
    >>> unit_cue("Cherson", "Moskau hat Cherson annektiert.") > 1
    True
    >>> unit_cue("Cherson", "In Cherson fiel der Strom aus.")
    0.0
    """
    weight = _general(sentence)
    if alone and weight > 0:
        weight /= 2
    for cue, own in _cues()[2].get(name, ()):
        if cue == "*" or re.search(rf"\b{re.escape(cue)}", sentence):
            weight += own
    return weight


@cache
def _before() -> tuple[tuple[str, float], ...]:
    return tuple(
        (entry["cue"] + " ", float(entry["weight"]))
        for entry in load("toponyms/unit_cues.tsv")
        if entry["name"] == "<"
    )


def unit_cue_before(text: str, start: int) -> float:
    """Give the log odds that the words right before a name lend to its oblast.

    Examples
    --------
    >>> unit_cue_before("Der Gouverneur von Luhansk", 19) > 2
    True
    """
    return max((weight for cue, weight in _before() if text.endswith(cue, 0, start)), default=0.0)


@cache
def _ground_war() -> re.Pattern[str]:
    forms = {
        form
        for entry in load("toponyms/topics.tsv")
        if entry["topic"] == "ground"
        for form in (entry["form"].rstrip("*"), entry["form"].rstrip("*").capitalize())
    }
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(forms))) + r")")


def speaks_of_ground_war(text: str) -> bool:
    """Whether a text tells of fighting on the ground."""
    return _ground_war().search(text) is not None


@cache
def _macro_regions() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    table = {
        entry["form"]: frozenset(entry["oblasts"].split(","))
        for entry in load("toponyms/macro_regions.tsv")
    }
    forms = sorted(map(re.escape, table), key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(forms) + r")"), table


@kept_by_word(4096, _LONGEST_SENTENCE)
def macro_region(sentence: str) -> frozenset[str]:
    """Give the oblasts of the parts of the country that a sentence names; empty if none.

    Examples
    --------
    >>> sorted(macro_region("Im Nordosten wird gekämpft."))
    ['Charkiw', 'Sumy']
    """
    pattern, table = _macro_regions()
    found: set[str] = set()
    for match in pattern.finditer(sentence):
        found |= table[match.group(1)]
    return frozenset(found)
