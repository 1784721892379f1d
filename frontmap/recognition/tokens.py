"""Tokens: capitalised words with their offsets in the original text, and the words around them.

No copy of the text is lower-cased or repaired, so every offset holds.
"""

from __future__ import annotations

import re

__all__ = ["HYPHENS", "TOKEN", "clean", "word_after", "word_before"]

_LETTERS = [chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00))]
_UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
_LOWER = "".join(letter for letter in _LETTERS if letter.islower())
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_APOSTROPHES = "'\u2019\u02bc\u02b9\u00b4`\u2018"
HYPHENS = "-\u2010\u2011\u2013\u2014"
_CONNECTORS = "und|oder|bzw|sowie|bis"

# An upper-case run that no lower-case letter continues (BACHMUT), else one capital and what follows
# in lower case: with apostrophes, soft hyphens, combining marks, and over a hyphen at a line's end.
TOKEN = re.compile(
    rf"[{_UPPER}](?:"
    rf"(?:[{_UPPER}]|[{_APOSTROPHES}](?=[{_UPPER}]))+(?![{_LOWER}])"
    rf"|(?:[{_LOWER}]++"
    rf"|[{_APOSTROPHES}](?=[{_LOWER}])"
    rf"|[{_INVISIBLE}\u0300-\u036f]"
    rf"|[-\u2010][ \t]*\r?\n[ \t]*(?=[{_LOWER}])(?!(?:{_CONNECTORS})\b))*)"
)
_BROKEN = re.compile(rf"[{_INVISIBLE}]|[-\u2010][ \t]*\r?\n[ \t]*")
_TO_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_SKIPPED = frozenset(
    " \t\r\n\u00a0\u202f\u2009*_[]\"'\u201e\u201c\u201d\u00bb\u00ab\u203a\u2039\u201a\u2018\u2019"
)
_IN_WORD = frozenset("-'\u2019\u00ad\u02bc")
_LONGEST_WORD = 60


def clean(surface: str) -> str:
    """Take out what a line break or a typesetter put into a word, and straighten apostrophes.

    Examples
    --------
    >>> clean("Kostjan-\\ntyniwka"), clean("Po\u00adkrowsk")
    ('Kostjantyniwka', 'Pokrowsk')
    """
    if "\n" in surface or not surface.isascii():
        surface = _BROKEN.sub("", surface).translate(_TO_PLAIN_APOSTROPHE)
    return surface


def word_before(text: str, position: int) -> tuple[str, int, str]:
    """Give the word that ends before a position, its start, and what stands between.

    The word is empty where punctuation other than quotes, brackets and markup stands between, or
    an empty line.
    """
    if text[position - 1 : position] == " ":  # the usual case, fast
        start = text.rfind(" ", 0, position - 1) + 1
        word = text[start : position - 1]
        if word.isalpha() and len(word) < _LONGEST_WORD:
            return word, start, " "
    end = position
    while end and text[end - 1] in _SKIPPED:
        end -= 1
    if text.count("\n", end, position) > 1:
        return "", end, text[end:position]  # another paragraph
    start = end
    stop = max(0, end - _LONGEST_WORD)
    while start > stop and (text[start - 1].isalnum() or text[start - 1] in _IN_WORD):
        start -= 1
    if not text[start : start + 1].isalnum() and not text[start:end].strip("-'\u2019\u00ad\u02bc"):
        return "", end, text[end:position]
    return text[start:end], start, text[end:position]


def word_after(text: str, position: int) -> tuple[str, int, str]:
    """Give the word that begins after a position, its end, and what stands between."""
    if text[position : position + 1] == " ":  # the usual case, fast
        end = text.find(" ", position + 1)
        word = text[position + 1 : end] if end > 0 else ""
        if word.isalpha() and len(word) < _LONGEST_WORD:
            return word, end, " "
    start = position
    length = len(text)
    while start < length and text[start] in _SKIPPED:
        start += 1
    end = start
    stop = min(length, start + _LONGEST_WORD)
    while end < stop and (text[end].isalnum() or text[end] in _IN_WORD):
        end += 1
    return text[start:end], end, text[position:start]
