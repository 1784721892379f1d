"""Russian forms of Ukrainian names by the regular correspondences of the two languages.

For places whose Russian name no source gives. The rules are data: ``gazetteer/rules/russian.tsv``
says for whole words, endings, roots and single letters what Russian has.
"""

from __future__ import annotations

import functools
import re
from functools import cache, lru_cache

from gazetteer.parameters import checked
from gazetteer.romanization.letters import LetterTable, plain_apostrophes
from gazetteer.rules import load

__all__ = ["derive_russian"]

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# Russian never writes the hard i after these consonants.
_NO_HARD_I = re.compile(r"(?<=[\u0433\u043a\u0445\u0436\u0447\u0448\u0449])\u044b")
_MOST_FORMS = 2  # of one word
_MOST_NAMES = 3


def _beyond_common_start(letters: str, readings: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """How many letters an ending replaces, and by what, without those that stay as they are."""
    kept = 0
    while all(
        kept < len(reading) - 1 and kept < len(letters) - 1 and reading[kept] == letters[kept]
        for reading in readings
    ):
        kept += 1
    return len(letters) - kept, tuple(reading[kept:] for reading in readings)


class _Russian:
    """The rules, parted into words, endings and the table of what stands inside words."""

    def __init__(self) -> None:
        words: dict[str, tuple[str, ...]] = {}
        endings: dict[str, tuple[int, tuple[str, ...]]] = {}
        inside: list[dict[str, str]] = []
        for entry in load("russian.tsv"):
            readings = tuple(filter(None, (entry["first"], entry["second"])))
            if entry["position"] == "initial final":
                words[entry["letters"]] = readings
            elif entry["position"] == "final":
                endings[entry["letters"]] = _beyond_common_start(entry["letters"], readings)
            else:
                inside.append(entry)
        self._words = words
        self._endings = endings
        self._longest = max(map(len, endings))
        self._table = LetterTable(inside)

    def word(self, word: str) -> tuple[str, ...]:
        """The Russian readings of one lower-case word, at most two."""
        if word in self._words:
            return self._words[word]
        cut = 0
        readings: tuple[str, ...] = ("",)
        for length in range(min(self._longest, len(word)), 0, -1):
            if word[-length:] in self._endings:
                cut, readings = self._endings[word[-length:]]
                break
        end = len(word) - cut
        stems = dict.fromkeys(self._table.write(word, end)) if end else {"": None}
        forms = [next(iter(stems)) + reading for reading in readings]
        forms += [other + readings[0] for other in stems]
        forms = [_NO_HARD_I.sub("\u0438", form) for form in forms]
        return tuple(dict.fromkeys(forms))[:_MOST_FORMS]


@cache
def _russian() -> _Russian:
    return _Russian()


@lru_cache(maxsize=4096)
def _readings(word: str) -> tuple[str, ...]:
    """The Russian readings of one word with its capital."""
    lower = word.lower()
    forms = _russian().word(lower)
    return forms if word == lower else tuple(form[:1].upper() + form[1:] for form in forms)


@checked
def derive_russian(name_uk: str) -> tuple[str, ...]:
    """Derive the Russian forms that a Ukrainian name regularly has, the likeliest first.

    Parameters
    ----------
    name_uk : str
        The Ukrainian name.

    Returns
    -------
    tuple[str, ...]
        One to three Russian names in Cyrillic letters; none if `name_uk` is empty.

    Examples
    --------
    >>> derive_russian("\u041f\u043e\u043a\u0440\u043e\u0432\u0441\u044c\u043a")
    ('\u041f\u043e\u043a\u0440\u043e\u0432\u0441\u043a',)
    >>> len(derive_russian("\u0410\u043d\u0434\u0440\u0456\u0457\u0432\u043a\u0430"))
    1
    """
    name = plain_apostrophes(name_uk).strip()
    if not name:
        return ()
    words = _WORD.findall(name)
    forms = [_WORD.sub(lambda match: _readings(match.group())[0], name)]
    for word in dict.fromkeys(words):
        if len(forms) < _MOST_NAMES and len(_readings(word)) > 1:
            other = functools.partial(_reading_of, word)
            forms.append(_WORD.sub(other, name))
    return tuple(dict.fromkeys(forms))


def _reading_of(word: str, match: re.Match[str]) -> str:
    """The second reading of `word`, the first of any other."""
    readings = _readings(match.group())
    return readings[-1] if match.group() == word else readings[0]
