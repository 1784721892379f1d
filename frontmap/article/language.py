"""Which language a text is in, told by script and function words."""

from __future__ import annotations

import re
from functools import cache

from frontmap.lexicons import load

__all__ = ["detect_language"]

_ENOUGH = 20_000  # characters looked at
_TELLING = 4  # words without a letter of their own
_LETTER = 3  # a letter of one language only counts as much as so many function words


@cache
def _profiles() -> tuple[tuple[str, str, frozenset[str], frozenset[str]], ...]:
    return tuple(
        (
            entry["language"],
            entry["script"],
            frozenset(entry["words"].split()),
            frozenset(entry["letters"]),
        )
        for entry in load("article/functionwords.tsv")
    )


def detect_language(text: str) -> str:
    """Tell German, English, Ukrainian and Russian apart.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        ``"de"``, ``"en"``, ``"uk"`` or ``"ru"``; German where the text does not tell.

    Examples
    --------
    >>> detect_language("Die Armee ist nach eigenen Angaben vorgerückt.")
    'de'
    >>> detect_language("The army said it had advanced near the town.")
    'en'
    >>> detect_language("Сили оборони відбили атаки у районі Покровська.")
    'uk'
    """
    sample = text[:_ENOUGH].lower()
    cyrillic = len(re.findall("[а-яёіїєґ]", sample))
    latin = len(re.findall("[a-zäöüß]", sample))
    script = "cyrillic" if cyrillic > latin else "latin"
    words = re.findall(r"[^\W\d_]+", sample)
    best, best_score = "de", 0
    for language, its_script, function_words, letters in _profiles():
        if its_script != script:
            continue
        score = sum(word in function_words for word in words)
        score += _LETTER * sum(character in letters for character in sample)
        if score > best_score or (score == best_score and language == "ru"):
            best, best_score = language, score  # Ukrainian seldom goes without і, ї or є
    if best_score or script == "latin":
        return best
    return "ru" if len(words) >= _TELLING else "uk"  # names alone tell nothing
