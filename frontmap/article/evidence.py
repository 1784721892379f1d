"""Evidence of damage: what cannot stand in a clean word, and what a repair may bring out.

All of it rests on the files alphabets.tsv, signs.tsv and stems.tsv in ``lexicons/article``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache

from frontmap.lexicons import load

__all__ = ["count_defects", "find_stems", "fitness", "fits_one_alphabet", "weight"]

_VOWELS = frozenset("aeiouyäöüAEIOUYÄÖÜ")
# Spaces, punctuation, arrows, emoji: three bytes in UTF-8 or more, so hard to meet by chance.
_SYMBOLS = (("\u2000", "\u206f"), ("\u20a0", "\u20bf"), ("\u2100", "\u27bf"), ("\u2b00", "\u2bff"),
            ("\ufe0f", "\ufe0f"), ("\U0001f000", "\U0001faff"))  # fmt: skip
_CAMEL = 2  # capitals inside a Cyrillic or Greek word that are no sign of damage: МиГ, РосАтом
_ASCII = "abcdefghijklmnopqrstuvwxyz"


@cache
def _alphabets() -> tuple[dict[str, int], dict[str, int]]:
    """Languages (one bit each) that have a letter; the weight of a letter."""
    languages: dict[str, int] = {}
    weights: dict[str, int] = {}
    latin = 0
    for number, entry in enumerate(load("article/alphabets.tsv")):
        bit = 1 << number
        for lower in entry["letters"]:
            upper = lower.upper()
            for letter in (lower, upper) if len(upper) == 1 else (lower,):
                languages[letter] = languages.get(letter, 0) | bit
                weights[letter] = max(weights.get(letter, 0), int(entry["weight"]))
        if entry["letters"][0] < "Ͱ":
            latin |= bit
    for letter in _ASCII + _ASCII.upper():
        languages[letter] = latin
    return languages, weights


@cache
def _signs() -> tuple[frozenset[str], frozenset[str], dict[str, int]]:
    """Signs that stand beside words, signs that do not stand inside one, the weight of each."""
    signs: dict[str, set[str]] = {"edge": set(), "alone": set()}
    weights: dict[str, int] = {}
    for entry in load("article/signs.tsv"):
        characters = re.sub(
            r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), entry["signs"]
        )
        signs[entry["place"]].update(characters)
        weights.update(dict.fromkeys(characters, int(entry["weight"])))
    return frozenset(signs["edge"]), frozenset(signs["alone"]), weights


@lru_cache(maxsize=4_096)
def weight(character: str) -> int:
    """How readily a repair may bring out a character; 0 never.

    >>> weight("ü") > weight("ł") > weight("ɻ")
    True
    """
    known = _alphabets()[1].get(character) or _signs()[2].get(character)
    if known is not None:
        return known
    return int(any(first <= character <= last for first, last in _SYMBOLS))


def fitness(character: str, left: str, right: str) -> float:
    """How well a character fits between two others, by its weight and its case.

    >>> fitness("ü", "f", "r") > fitness("ß", "f", "r") > fitness("Ì", "f", "r")
    True
    """
    value = float(weight(character))
    if not character.isalpha():
        return value
    if character.isupper() and (left.islower() or (left.isupper() and right.islower())):
        return value - 10
    if character.islower() and left.isupper() and right.isupper():
        value -= 5
    if character.isupper() and not left.isalpha() and right.islower():
        value += 0.5
    if character == "ß" and left not in _VOWELS:
        value -= 5
    return value


@lru_cache(maxsize=4_096)
def _script(character: str) -> str:
    """The script of a letter: L, G, C, another's first word, or nothing for signs."""
    if not character.isalpha() or character in "µªº":
        return ""
    if character < "ʰ" or "Ḁ" <= character <= "ỿ":
        return "L"
    return unicodedata.name(character, "?").split(" ")[0]


@lru_cache(maxsize=4_096)
def fits_one_alphabet(left: str, right: str) -> bool:
    """Whether some language has both letters.

    >>> fits_one_alphabet("Ă", "ș"), fits_one_alphabet("Ă", "Œ")
    (True, False)
    """
    languages = _alphabets()[0]
    return bool(languages.get(left, 0) & languages.get(right, 0))


@cache
def _leads() -> dict[str, frozenset[str]]:
    """For each character that may be the first byte of two in UTF-8: the second ones."""
    from frontmap.article.chains import misreads

    leads: dict[str, set[str]] = {}
    for misread in misreads():
        tails = {c for c, numbers in misread.bytes_of.items() if any(b < 0xC0 for b in numbers)}
        for character, numbers in misread.bytes_of.items():
            if any(0xC2 <= byte <= 0xDF for byte in numbers):
                leads.setdefault(character, set()).update(tails)
    return {character: frozenset(tails) for character, tails in leads.items()}


@cache
def _sign_prefixes() -> frozenset[str]:
    """What the decoders make of E2 80, with which dashes and quotation marks begin."""
    from frontmap.article.chains import misreads

    prefixes: set[str] = set()
    for misread in misreads():
        leads = [c for c, numbers in misread.bytes_of.items() if 0xE2 in numbers]
        tails = [c for c, numbers in misread.bytes_of.items() if 0x80 in numbers]
        prefixes.update(a + b for a in leads for b in tails if _script(b) != "CYRILLIC")
    return frozenset(prefixes)


def _is_broken_pair(left: str, lead: str, tail: str, right: str) -> bool:
    """Whether two characters that may be one in UTF-8 cannot be two in a clean word."""
    if tail not in _leads().get(lead, ()):
        return False
    if not lead.isalpha():
        return weight(lead) <= 0
    if tail.isalpha():
        return _script(lead) == _script(tail) and not fits_one_alphabet(lead, tail)
    edge, alone, _ = _signs()
    if tail in alone:
        return True
    if tail in edge:
        if lead in "ÂÃ" and not left.isalpha():
            return not right.islower() or tail != "’"
        return right.islower() and not left.isupper() and tail not in "’‘'·´\u00ad-‐‑"
    return False


def _breaks_case(before: str, left: str, letter: str, right: str) -> bool:
    """Whether a letter's case is wrong.

    A capital after a small letter or as the second letter of a capitalised word, or a small letter
    between capitals.
    """
    if letter.isupper():
        return left.islower() or (left.isupper() and right.islower() and not before.isalpha())
    return letter.islower() and left.isupper() and right.isupper()


def count_defects(word: str) -> int:
    """Count what cannot stand in a clean word of any protected language.

    Control characters; capital and small letters with marks in an order that no word has
    (several of these in Cyrillic and Greek); letters of two scripts side by
    side; a sign between two letters that stands in no word; two characters that are one in
    UTF-8 and in no alphabet together.

    >>> count_defects("sĂŒdlich") > 0, count_defects("PrÀsident") > 0
    (True, True)
    >>> [count_defects(w) for w in ("südlich", "À", "Ăștia", "geht’s", "Berlin–Kiew", "Рік")]
    [0, 0, 0, 0, 0, 0]
    """
    alone = _signs()[1]
    defects = camel = 0
    padded = f" {word} "
    for index in range(1, len(padded) - 1):
        character = padded[index]
        left, right = padded[index - 1], padded[index + 1]
        if character < "\x80":
            if right >= "\x80" and character != " ":
                first, second = _script(character), _script(right)
                defects += bool(first and second and first != second)
            continue
        if character < "\xa0":
            defects += 1
            continue
        if character in alone:
            defects += left.isalpha() and right.isalpha()
            if right >= "\x80":
                defects += _is_broken_pair(left, character, right, padded[index + 2 : index + 3])
            continue
        if character in "„”":
            defects += left.islower() and right.islower()
        script = _script(character)
        if script:
            broken_case = _breaks_case(padded[max(0, index - 2)], left, character, right)
            if script == "L":
                defects += broken_case
            else:
                camel += broken_case
            other = _script(right)
            defects += bool(other and other != script)
        if right >= "\x80":
            after = padded[index + 2]
            defects += _is_broken_pair(left, character, right, after)
            defects += after >= "\x80" and character + right in _sign_prefixes()
    return defects + (camel if camel > _CAMEL else 0)


@cache
def _stems() -> re.Pattern[str]:
    stems = {stem for entry in load("article/stems.tsv") for stem in entry["stems"].split()}
    stems = {stem for stem in stems if re.search("[äöüß]", stem)}
    ordered = sorted(stems, key=len, reverse=True)
    return re.compile(f"(?=({'|'.join(ordered)}))")


def find_stems(word: str, offsets: Iterable[int]) -> tuple[int, int]:
    """Look for German stems that cover the offsets.

    Returns
    -------
    int, int
        The length of the longest one, twice that where it is the whole word, 0 without one;
        and how many of the offsets are covered.

    >>> find_stems("vorgerückt", [6]), find_stems("fßr", [1]), find_stems("für", [1])
    ((9, 1), (0, 0), (6, 1))
    """
    wanted = sorted(offset for offset in offsets if word[offset] in "äöüßÄÖÜ")
    if not wanted:
        return 0, 0  # nothing else that may be restored stands in a stem
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    longest = 0
    covered: set[int] = set()
    for match in _stems().finditer(lower):
        start, end = match.span(1)
        place = bisect_left(wanted, start)
        if place == len(wanted) or wanted[place] >= end:
            continue
        whole = not lower[max(0, start - 1) : start].isalpha()
        whole = whole and not lower[end : end + 1].isalpha()
        longest = max(longest, (end - start) * (2 if whole else 1))
        covered.update(wanted[place : bisect_left(wanted, end)])
    return longest, len(covered)
