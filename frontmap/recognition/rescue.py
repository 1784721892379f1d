"""Rescue: unknown words that stand where only a place name can stand.

"Die Ortschaft X" and "Krasne, X und Borysiwka" name a place even if the gazetteer does not know X
under that spelling. Names it does know and that differ by a slip are taken for readings; without
any, the mention stays, to be resolved to no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from frontmap.keeping import kept_by_word
from frontmap.recognition.inflection import Analysis
from frontmap.recognition.lexical import WordClass, looks_like_a_name, word_class
from frontmap.recognition.records import Construction
from frontmap.recognition.tokens import TOKEN, clean, word_before
from frontmap.recognition.vocabulary import vocabulary

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = [
    "LIST_GAP",
    "may_be_a_place",
    "readings_of_slip",
    "settlement_words",
    "slip_of_whole",
    "unit_words",
    "unknown_in_lists",
]

_SHORTEST = 4
_LONGEST_GAP = 12
_MOST_READINGS = 12
_SURE_OF_WHOLE = 0.9
_UNITS = ("oblast", "raion", "hromada", "district")
_SETTLED = ("city", "town", "village", "settlement")
# What may stand between the members of a list of places.
LIST_GAP = re.compile(
    r"[*_\"\u201c\u201d\u00bb]{0,2}\s*+"
    r"(?:,|;|/|\u2013|-|,?\s*+(?:und|sowie|oder|bzw\.|beziehungsweise|als auch|bis|and|or"
    r"|та|і|й|и|или|або))"
    r"\s*+(?:in|bei|nach|um|auf|nahe|von|aus|gegen|die|das|den|der)?"
    r"\s*+[*_\"\u201e\u00ab]{0,2}"
)


@cache
def unit_words() -> frozenset[str]:
    """Give the kind words of oblasts, raions and other units, but for English ones."""
    return frozenset(
        form
        for form, container in vocabulary().containers.items()
        if container.kind in _UNITS and (form[0].isupper() or not form.isascii())
    )


@cache
def settlement_words() -> frozenset[str]:
    """Give the capitalised kind words of settlements."""
    return frozenset(
        form
        for form, container in vocabulary().containers.items()
        if container.kind in _SETTLED and form[0].isupper()
    )


def unknown_in_lists(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the spans of words between two members of a list, in order.

    Parameters
    ----------
    text : str
    spans : list[tuple[int, int]]
        The names found so far, in order.
    """
    starts = {start for start, _ in spans}
    for _, end in spans:
        position = end
        while True:
            gap = LIST_GAP.match(text, position, position + _LONGEST_GAP)
            token = TOKEN.match(text, gap.end()) if gap is not None else None
            if token is None or token.start() in starts or not may_be_a_place(text, *token.span()):
                break
            following = LIST_GAP.match(text, token.end(), token.end() + _LONGEST_GAP)
            if following is None or following.end() not in starts:
                break
            yield token.span()
            position = token.end()


def may_be_a_place(text: str, start: int, end: int) -> bool:
    """Whether a word is no German word and no first name, and may thus be an unknown place."""
    name = clean(text[start:end])
    following = text[end : end + 2]
    if len(name) < _SHORTEST or name.isupper() or following[:1].isalnum():
        return False
    if following[:1] == " " and following[1:].isupper():
        return False
    if name in vocabulary().first_names or word_class(name) is not WordClass.UNKNOWN:
        return False
    return vocabulary().ending_weight(name) > 0 or looks_like_a_name(name)


def slip_of_whole(
    text: str, start: int, name: str, gazetteer: Gazetteer
) -> tuple[int, tuple[Analysis, ...]] | None:
    """Take a name and the unknown word before it for a slip of a longer one: "Chassiv Yar".

    Returns
    -------
    tuple[int, tuple[Analysis, ...]] or None
        Where the longer name begins, and its readings; None where there is none so like it.
    """
    word, position, gap = word_before(text, start)
    if gap != " " or len(word) < _SHORTEST + 1 or not word[0].isupper() or word.isupper():
        return None
    if word in vocabulary().first_names or word_class(word) is not WordClass.UNKNOWN:
        return None
    if vocabulary().container(word) is not None or vocabulary().is_function(word):
        return None
    readings = _readings_of_whole(f"{word} {name}", gazetteer)
    return (position, readings) if readings else None


@kept_by_word(10_000)
def _readings_of_whole(phrase: str, gazetteer: Gazetteer) -> tuple[Analysis, ...]:
    matches = gazetteer.search(phrase, fuzzy=True, limit=_MOST_READINGS, kinds=("city", "town"))
    alike = {m.name.text: m.score for m in matches if " " in m.name.text}
    sure = [text for text, score in alike.items() if score >= _SURE_OF_WHOLE]
    return tuple(Analysis(text, Construction.TYPO, 0.8) for text in sure)


@kept_by_word(10_000)
def readings_of_slip(name: str, gazetteer: Gazetteer) -> tuple[Analysis, ...]:
    """Give the known names that a word may be a slip for; the word itself where there is none."""
    seen: dict[str, float] = {}
    for match in gazetteer.search(name, fuzzy=True, limit=3 * _MOST_READINGS):
        if match.name.text[:1] == name[:1] and len(seen) < _MOST_READINGS:
            seen.setdefault(match.name.text, match.score)
    readings = tuple(Analysis(text, Construction.TYPO, 0.6) for text in seen)
    return readings or (Analysis(name, Construction.PLAIN, 0.3),)
