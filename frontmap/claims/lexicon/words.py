"""Turns of phrase, word sets and closed word classes by name, from their lexicons."""

from __future__ import annotations

import re
from functools import cache

from frontmap.lexicons import load

__all__ = ["auxiliary", "pattern", "prefixes", "word_class", "word_set"]


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


def prefixes(name: str) -> tuple[str, ...]:
    """Return a set of words that are beginnings of words, as ``str.startswith`` takes them.

    Raises
    ------
    KeyError
        If the lexicon has no such set.
    """
    return tuple(sorted(word_set(name)))


@cache
def _classes() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in load("claims/function_words.tsv"):
        table.setdefault(line["word"], set()).add(line["class"])
    return {word: frozenset(classes) for word, classes in table.items()}


def word_class(word: str, name: str) -> bool:
    """Whether the lower-case word is in a closed class of ``function_words.tsv``."""
    return name in _classes().get(word, ())


@cache
def _auxiliaries() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in load("claims/auxiliaries.tsv"):
        table.setdefault(line["form"], line["lemma"])
    return table


def auxiliary(word: str) -> str | None:
    """Return the lemma of an auxiliary or modal form: haben, sein, werden, modal."""
    return _auxiliaries().get(word)
