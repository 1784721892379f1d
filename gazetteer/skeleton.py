"""Keys under which sources in different spellings meet while the gazetteer is built.

The folding that readers' queries go through keeps Lyman and Lymany apart; here recall matters
more, because the place in space decides as well: every key is only looked up among places nearby.
"""

from __future__ import annotations

import re
from functools import cache

from gazetteer.folding import fold
from gazetteer.romanization import derive_russian, transcribe

__all__ = ["consonants", "cyrillic_keys", "latin_key"]

# longest first; upper-case letters stand for one sound each
_SOUNDS = (
    ("shch", "Q"),
    ("sch", "Q"),
    ("sh", "S"),
    ("zh", "Z"),
    ("kh", "H"),
    ("ch", "C"),
    ("ts", "c"),
    ("tz", "c"),
    ("ks", "X"),
    ("x", "X"),
    ("w", "v"),
    ("h", "g"),
    ("j", "y"),
)
# ordinals in villages of one name ("Perwa", "Nomer Pervyy", "No. 1"); the digit goes to the end
_NUMBER = r"\b(?:nomer |number |no )?(?:"
_ORDINALS = (
    (re.compile(_NUMBER + r"persh[aeyi]+|perv(?:yy|aya|oye|yi|iy|aa|oe|y)|1)\b"), "1"),
    (re.compile(_NUMBER + r"dru[hg][aeyi]+|vtor(?:oy|aya|oye|oi|aa|oe)|2)\b"), "2"),
    (re.compile(_NUMBER + r"tret[iy]+[aeyio]*|3)\b"), "3"),
)
_GLIDE = re.compile(r"[yi]+(?=[aeou])")
_HIGH = re.compile(r"[yi]+")
_DOUBLE = re.compile(r"(.)\1+")
_ENDING = re.compile(
    r"(ivka|ovka|evka|ivki|ovki|evki|ske|skoe|ski|ska|skaa|ove|ovo|eve|evo|ne|noe|na|naa|ni|ci|"
    r"ka|ki|a|e|i|o|u)$"
)
_VOWELS = re.compile(r"(?<=.)[aeiou]")


@cache
def latin_key(name: str) -> str:
    """Sound key of a romanised Ukrainian or Russian name, in whichever English-based scheme.

    Examples
    --------
    >>> latin_key("Khar'kiv") == latin_key("Kharkiv")
    True
    >>> latin_key("Yuriivka") == latin_key("Yur’yivka") == latin_key("Iuriivka")
    True
    """
    key = fold(name)
    number = ""
    for pattern, digit in _ORDINALS:
        shorter, count = pattern.subn("", key)
        if count and shorter.strip():
            key, number = shorter, digit
            break
    key = key.replace(" ", "")
    for spelling, sound in _SOUNDS:
        key = key.replace(spelling, sound)
    key = _GLIDE.sub("", key)
    key = _HIGH.sub("i", key)
    return _DOUBLE.sub(r"\1", key) + number


@cache
def cyrillic_keys(name: str) -> tuple[str, ...]:
    """Sound keys of a Ukrainian name: as it is, then by the Russian forms that follow from it.

    Examples
    --------
    >>> latin_key("Mikhaylovka") in cyrillic_keys("Михайлівка")
    True
    """
    ukrainian = latin_key(transcribe(name, "national-2010"))
    russian = (latin_key(transcribe(form, "bgn-ru")) for form in derive_russian(name))
    return tuple(dict.fromkeys((ukrainian, *russian)))


def consonants(key: str) -> str:
    """A sound key without its ending and its vowels but a first one; for places near by only.

    Examples
    --------
    >>> consonants(latin_key("Novosilka")) == consonants(latin_key("Novosyolka"))
    True
    """
    stem = _ENDING.sub("", key)
    return _VOWELS.sub("", stem) + ("+" if stem != key else "")
