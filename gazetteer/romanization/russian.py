"""Russian forms of Ukrainian names by the regular correspondences of the two languages.

For places whose Russian name no source gives. The rules are data:
``gazetteer/rules/russian_words.tsv`` (whole words), ``russian_parts.tsv`` (beginnings and endings
of words) and letter for letter for the rest.
"""

from __future__ import annotations

import re
from functools import cache

from gazetteer.romanization.letters import plain_apostrophes
from gazetteer.rules import load

__all__ = ["derive_russian"]

_LETTERS = str.maketrans("іїєґи", "иийгы")


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(entry["pattern"]), entry["replacement"]) for entry in load("russian.tsv")
    )


def derive_russian(name_uk: str) -> tuple[str, ...]:
    """Derive the Russian forms that a Ukrainian name regularly has, the likeliest first.

    Parameters
    ----------
    name_uk : str
        The Ukrainian name.

    Returns
    -------
    tuple[str, ...]
        Russian names in Cyrillic letters, at least one.
    """
    word = plain_apostrophes(name_uk)
    for pattern, replacement in _rules():
        word = pattern.sub(replacement, word)
    return (word,)
