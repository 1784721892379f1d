"""Which language a Cyrillic name is written in, told by its letters."""

from __future__ import annotations

__all__ = ["cyrillic_language", "is_cyrillic", "is_latin", "strip_stress"]

_SHARED = set("абвгдежзийклмнопрстуфхцчшщьюя")
_UKRAINIAN_ONLY = set("іїєґ’")
_RUSSIAN_ONLY = set("ыэъё")
_PUNCTUATION = set(" -.,()0123456789")
_ALLOWED = _SHARED | _UKRAINIAN_ONLY | _RUSSIAN_ONLY | _PUNCTUATION
_COMBINING_STRESS = "\u0301\u0300"
# Ukrainian softens -sk and -zk, Russian does not
_UKRAINIAN_ENDINGS = ("ськ", "цьк", "зьк", "ський", "цький", "зький")
_RUSSIAN_ENDINGS = ("ск", "цк", "ский", "цкий", "зкий", "ово", "ево", "ное", "кое", "ное", "цово")


def strip_stress(text: str) -> str:
    """Remove stress marks, which dictionaries print and newspapers do not.

    Examples
    --------
    >>> strip_stress("Караджи\u0301")
    'Караджи'
    """
    for mark in _COMBINING_STRESS:
        text = text.replace(mark, "")
    return text.replace("'", "’").replace("ʼ", "’").replace("`", "’")


def is_cyrillic(text: str) -> bool:
    """Whether every letter is one of the Ukrainian or Russian alphabet."""
    letters = set(text.lower())
    return letters <= _ALLOWED and not letters.isdisjoint(_SHARED)


def is_latin(text: str) -> bool:
    """Whether every letter is of a Latin alphabet, diacritics included."""
    return any(c.isalpha() for c in text) and all(
        ord(c) < 0x250 or c in "’ʼ`′ʹʺ" or 0x1E00 <= ord(c) < 0x1F00 for c in text
    )


def cyrillic_language(text: str) -> str:
    """Tell Ukrainian from Russian by letters and endings.

    Parameters
    ----------
    text : str
        A name in Cyrillic.

    Returns
    -------
    str
        ``"uk"``, ``"ru"``, ``"both"`` where nothing decides, or ``""`` for another language.

    Examples
    --------
    >>> cyrillic_language("Красноармійськ"), cyrillic_language("Красный Лиман")
    ('uk', 'ru')
    >>> cyrillic_language("Бахмут"), cyrillic_language("Кіеў")
    ('both', '')
    """
    lowered = strip_stress(text).lower()
    letters = set(lowered)
    if not is_cyrillic(lowered):
        return ""
    ukrainian = bool(letters & _UKRAINIAN_ONLY)
    russian = bool(letters & _RUSSIAN_ONLY)
    if ukrainian and russian:
        return ""
    if ukrainian:
        return "uk"
    if russian:
        return "ru"
    words = lowered.replace("-", " ").split()
    if any(word.endswith(_UKRAINIAN_ENDINGS) for word in words):
        return "uk"
    if any(word.endswith(_RUSSIAN_ENDINGS) for word in words):
        return "ru"
    return "both"
