"""Inflection: the dictionary forms that a form in a text may belong to.

The endings are data (``frontmap/lexicons/toponyms/inflection.tsv``); a form counts only where the
gazetteer knows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from frontmap.lexicons import load
from frontmap.recognition.records import Construction

__all__ = ["Analysis", "analyse", "stems"]

_SHORTEST_STEM = 3
_SIBILANTS = ("s", "z", "x", "ß")


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a form: the name it may be a form of, and how.

    Attributes
    ----------
    stem : str
    construction : Construction
    weight : float
        1 for the form as it stands, less for what an ending was taken from.
    """

    stem: str
    construction: Construction
    weight: float


@dataclass(frozen=True, slots=True)
class _Rule:
    ending: str
    base: str
    construction: Construction
    weight: float


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """Rules by the last letter of their ending, longest endings first."""
    by_letter: dict[str, list[_Rule]] = {}
    for entry in load("toponyms/inflection.tsv"):
        rule = _Rule(
            entry["ending"],
            "" if entry["base"] == "-" else entry["base"],
            Construction(entry["construction"]),
            float(entry["weight"]),
        )
        by_letter.setdefault(rule.ending[-1], []).append(rule)
    return {
        letter: tuple(sorted(rules, key=lambda rule: (-len(rule.ending), -rule.weight)))
        for letter, rules in by_letter.items()
    }


def stems(form: str, *, shortest: int = _SHORTEST_STEM) -> list[Analysis]:
    """Give every name that a form could come from by its ending, likeliest first.

    Examples
    --------
    >>> [reading.stem for reading in stems("Bachmuts")]
    ['Bachmut']
    >>> [reading.stem for reading in stems("Donezker")][:2]
    ['Donezk', 'Donezka']
    """
    readings = []
    for rule in _rules().get(form[-1:].lower(), ()):
        ending = rule.ending
        if not form.endswith(ending) or len(form) - len(ending) < shortest - len(rule.base):
            continue
        stem = form[: len(form) - len(ending)] + rule.base
        if ending == "s" and stem.endswith(_SIBILANTS):
            continue  # German marks no genitive by -s after a sibilant
        readings.append(Analysis(stem, rule.construction, rule.weight))
    return readings


def analyse(
    form: str, knows: Callable[[str], bool], *, shortest: int = _SHORTEST_STEM
) -> tuple[Analysis, ...]:
    """Give the readings of a form whose name is known, the form as it stands first."""
    readings = [Analysis(form, Construction.PLAIN, 1.0)] if knows(form) else []
    seen = {form}
    for reading in sorted(stems(form, shortest=shortest), key=lambda reading: -reading.weight):
        if reading.stem not in seen and knows(reading.stem):
            seen.add(reading.stem)
            readings.append(reading)
    return tuple(readings)
