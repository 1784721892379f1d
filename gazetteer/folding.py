"""One spelling-insensitive key for index and query.

`fold` takes away what differs without making another name: case, diacritics, apostrophes and
soft-sign marks, hyphens against spaces, ``ß`` against ``ss``, umlauts against ``ae oe ue``,
invisible characters, composed against decomposed letters. It keeps what makes another name, so
Lyman and Lymany, Pokrowsk and Pokrowske stay apart. Latin stays Latin and Cyrillic stays Cyrillic;
what one name looks like in other spellings is the matter of `gazetteer.romanization`.
"""

from __future__ import annotations

import unicodedata

from gazetteer.errors import GazetteerTypeError

__all__ = ["fold"]

# Marks written for a soft sign or an apostrophe; they vanish.
_APOSTROPHES = (
    "'`\"\u00b4\u2018\u2019\u201a\u201b\u2032\u2035\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb"
    "\u00b7\u2033\u055a\ua78c\uff07\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
)
# Letters that no decomposition reduces to the base letter.
_LETTERS = {
    "ß": "ss",
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    "ё": "е",
    "ґ": "г",
    "ѐ": "е",
    "ѝ": "и",
}
# Latin letters that look like Cyrillic ones, met inside Cyrillic words in sloppy sources.
_LOOKALIKES = str.maketrans("aceiopxyhkmtb", "асеіорхункмтв")
_BACK = {"асеіорхункмтв"[i]: c for i, c in enumerate("aceiopxyhkmtb")}
_CYRILLIC_KEPT = frozenset("йїў")


class _AsciiTable(dict[int, str | None]):
    """Translation of lower-cased ASCII: apostrophes vanish, punctuation becomes a space."""

    def __init__(self) -> None:
        for code in range(128):
            character = chr(code)
            if character in _APOSTROPHES:
                self[code] = None
            elif not character.isalnum():
                self[code] = " "


_ASCII = _AsciiTable()


class _WideTable(dict[int, str | None]):
    """Translation of any case-folded NFC character, worked out when first met."""

    def __missing__(self, code: int) -> str | None:
        result = _fold_character(chr(code))
        if len(self) < 20_000:
            self[code] = result
        return result


def _fold_character(character: str) -> str | None:
    if character in _APOSTROPHES:
        return None
    if character in _LETTERS:
        return _LETTERS[character]
    if character in _CYRILLIC_KEPT:
        return character
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me", "Cc", "Lm") and not character.isspace():
        return None
    parts: list[str] = []
    for part in unicodedata.normalize("NFKD", character).casefold():
        if part == character:
            parts.append(part if part.isalnum() else " ")
        else:
            parts.append(_fold_character(part) or "")
    return "".join(parts)


_WIDE = _WideTable()


def fold(text: str) -> str:
    """Reduce a name to the key under which index and query meet.

    Parameters
    ----------
    text : str
        A name in Latin or Cyrillic letters.

    Returns
    -------
    str
        Lower-case words of letters and digits, one space between them; empty when `text` has no
        letter or digit. ``fold(fold(text)) == fold(text)``.

    Examples
    --------
    >>> fold("Slov\u2019jans\u02b9k"), fold("SLOVJANSK")
    ('slovjansk', 'slovjansk')
    >>> fold("Iwano-Frankiwsk"), fold("Gro\u00df S\u00fcd")
    ('iwano frankiwsk', 'gross sued')
    >>> fold("\u041c\u0430\u0440\u02bc\u0457\u043d\u043a\u0430")
    '\u043c\u0430\u0440\u0457\u043d\u043a\u0430'
    """
    if not isinstance(text, str):
        raise GazetteerTypeError(f"text is of type {type(text).__name__}: give a name as text")
    if text.isascii():
        key = text.lower().translate(_ASCII)
    else:
        key = unicodedata.normalize("NFC", text).casefold()
        key = unicodedata.normalize("NFC", key).translate(_WIDE)
        if not key.isascii():
            key = _one_script(key)
    if "  " in key or key[:1] == " " or key[-1:] == " ":
        return " ".join(key.split())
    return key


def _one_script(key: str) -> str:
    """Repair words that mix Latin and Cyrillic look-alikes, towards the script of the majority."""
    words = key.split()
    for position, word in enumerate(words):
        latin = sum("a" <= letter <= "z" for letter in word)
        if not latin or latin == len(word):
            continue
        cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in word)
        if not cyrillic:
            continue
        if cyrillic >= latin:
            words[position] = word.translate(_LOOKALIKES)
        else:
            words[position] = "".join(_BACK.get(letter, letter) for letter in word)
    return " ".join(words)
