"""Turns of phrase and word sets by name, from ``patterns.tsv`` and ``word_sets.tsv``."""

from __future__ import annotations

import re
from functools import cache

from frontmap.lexicons import load

__all__ = ["pattern", "word_set"]


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a turn of phrase as one pattern; several lines of one name are alternatives.

    Raises
    ------
    KeyError
        If the lexicon has no such name.
    """
    lines = [line["pattern"] for line in load("claims/patterns.tsv") if line["name"] == name]
    if not lines:
        raise KeyError(f"claims/patterns.tsv has no pattern {name!r}")
    return re.compile("|".join(lines))


@cache
def word_set(name: str) -> frozenset[str]:
    """Return a set of words.

    Raises
    ------
    KeyError
        If the lexicon has no such set.

    Examples
    --------
    >>> "und" in word_set("coordination")
    True
    """
    words = frozenset(line["word"] for line in load("claims/word_sets.tsv") if line["set"] == name)
    if not words:
        raise KeyError(f"claims/word_sets.tsv has no set {name!r}")
    return words
