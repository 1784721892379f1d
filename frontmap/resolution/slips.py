"""Slips of the pen: how far to believe that an unknown word is a known name, mistyped."""

from __future__ import annotations

import math
from collections.abc import Sequence

from frontmap.recognition.records import Mention
from frontmap.resolution.candidates import Option
from frontmap.resolution.evidence import Evidence

__all__ = ["trust_in_slip"]

_KNOWN_TOWN = 50_000  # inhabitants from which a name is familiar enough to be mistyped anywhere
_UNVOUCHED = 0.45
_TWO_LETTERS = 0.5  # times that for a second wrong letter


def trust_in_slip(mention: Mention, option: Option, evidence: Sequence[Evidence]) -> float:
    """Give the probability that a mention not in the gazetteer is this name with a slip.

    A place named here for the first time is as likely, unless the text speaks of the
    neighbourhood of the candidate or the candidate is a city everybody knows.

    Examples
    --------
    >>> from frontmap.resolution import resolve
    >>> [toponym.place for toponym in resolve("Der Ort Sochraniwka wurde angegriffen.")]
    [None]
    """
    if any(item.weight >= _VOUCHING.get(item.source, math.inf) for item in evidence):
        return 1.0
    letters = _letters_wrong(mention.surface.casefold(), option.stem.casefold())
    known = (option.place.population or 0) >= _KNOWN_TOWN
    if letters < 2:
        return 1.0 if known else _UNVOUCHED
    return _UNVOUCHED if known else _UNVOUCHED * _TWO_LETTERS


# Log odds from which a sort of evidence vouches for any name: what lies near by or in the unit
# named, or a kind word that few places answer to (AKW Sporischschja).
_VOUCHING = {"near": 2.0, "stated unit": 2.0, "phrase": 2.0, "kind word": 6.0}


def _letters_wrong(word: str, name: str) -> int:
    """Count the letters wrong, missing, too many, or swapped with a neighbour."""
    from rapidfuzz.distance import OSA

    return OSA.distance(word, name)
