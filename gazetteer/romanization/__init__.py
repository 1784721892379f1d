"""What a Ukrainian place is called in the spellings a German reader meets.

`generate` writes a name in every scheme: German after Duden from Ukrainian and from Russian, the
Ukrainian national system, BGN/PCGN, DIN 1460, Polish, French, and the mixtures that editors print.
The rules are data in ``gazetteer/rules``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from gazetteer.errors import GazetteerQueryError
from gazetteer.folding import fold
from gazetteer.parameters import checked
from gazetteer.place import Name, Status
from gazetteer.romanization.letters import letter_table, plain_apostrophes
from gazetteer.romanization.respelling import respell
from gazetteer.romanization.russian import derive_russian
from gazetteer.rules import load

__all__ = ["derive_russian", "generate", "transcribe"]

_LANGUAGES = {
    "duden-uk": "de",
    "national-2010": "en",
    "bgn-uk": "en",
    "din1460-uk": "de",
    "pl": "pl",
    "fr": "fr",
    "duden-ru": "de",
    "bgn-ru": "en",
    "press-ru": "en",
    "din1460-ru": "de",
    "pl-ru": "pl",
    "fr-ru": "fr",
}


@checked
def transcribe(name: str, scheme: str = "duden-uk") -> str:
    """Write a Cyrillic name in one scheme.

    Parameters
    ----------
    name : str
        Ukrainian name for the schemes ``duden-uk``, ``national-2010``, ``bgn-uk``, ``din1460-uk``,
        ``pl``, ``fr``; Russian for ``duden-ru``, ``bgn-ru``, ``press-ru``, ``din1460-ru``,
        ``pl-ru``, ``fr-ru``.
    scheme : str

    Returns
    -------
    str

    Raises
    ------
    GazetteerQueryError
        If there is no such scheme.

    Examples
    --------
    >>> transcribe("\u0427\u0430\u0441\u0456\u0432 \u042f\u0440")
    'Tschassiw Jar'
    """
    for language in ("uk", "ru"):
        table = letter_table(language)
        if scheme in table.schemes:
            return table.write(plain_apostrophes(name))[table.schemes.index(scheme)]
    raise GazetteerQueryError(f"scheme={scheme!r}: give one of {', '.join(_LANGUAGES)}")


@checked
@lru_cache(maxsize=2048)
def generate(
    name_uk: str,
    name_ru: str | None = None,
    *,
    status: Status = Status.ROMANISED,
    derive: bool = True,
    mixtures: bool = True,
) -> tuple[Name, ...]:
    """Write a place's name in every spelling that follows from rules.

    Parameters
    ----------
    name_uk : str
        The Ukrainian name; may be empty where only a Russian one is known.
    name_ru : str, optional
        The Russian name in Cyrillic letters, where a source gives it.
    status : Status, optional
        The status all names get; `Status.HISTORICAL` for the forms of a former name.
    derive : bool, optional
        Whether to derive the Russian name where none is given.
    mixtures : bool, optional
        Whether to add the forms that mix schemes.

    Returns
    -------
    tuple[Name, ...]
        No text twice, the preferred German form first. The names as given are not among them; a
        derived Russian name is, in Cyrillic letters with the scheme ``derived-ru``, and the
        forms made from it have schemes such as ``derived-duden-ru``; German and English ones only.

    Examples
    --------
    >>> generate("\u0427\u0430\u0441\u0456\u0432 \u042f\u0440")[0].text
    'Tschassiw Jar'
    """
    # text -> (language, scheme), in order; a text keeps the first scheme that writes it so
    found: dict[str, tuple[str, str]] = {}
    mixed: list[str] = []
    if name_uk:
        mixed += _write(name_uk, "uk", "", found)
    if name_ru:
        mixed += _write(name_ru, "ru", "", found)
    elif derive and name_uk:
        for russian in derive_russian(name_uk):
            found.setdefault(russian, ("ru", "derived-ru"))
            mixed += _write(russian, "ru", "derived-", found)
    if mixtures:
        for text in mixed:
            if text and not _is_unwanted(text):
                found.setdefault(text, ("de", "mixed"))
        if name_uk.count(" ") == 1:
            for text in _word_by_word(found):
                found.setdefault(text, ("de", "mixed"))
    return tuple(
        [
            Name(text, language, scheme, status, "derived")
            for text, (language, scheme) in found.items()
        ]
    )


# Nobody writes a name that no source has in these.
_ATTESTED_ONLY = frozenset(("din1460-ru", "pl-ru", "fr-ru"))
# Kept even where they look like another word.
_ALWAYS = frozenset(("duden-uk", "duden-ru"))
# Which schemes the two words of a name are mixed from.
_FIRST_WORDS = frozenset(
    ("duden-uk", "national-2010", "duden-ru", "bgn-ru", "derived-duden-ru", "derived-bgn-ru")
)
_SECOND_WORDS = frozenset(("duden-uk", "national-2010"))


@cache
def _unwanted() -> frozenset[str]:
    """Words in lower case that no variant may equal."""
    return frozenset(entry["word"] for entry in load("not_generated.tsv"))


def _is_unwanted(text: str) -> bool:
    return (text.lower() if text.isascii() else fold(text)) in _unwanted()


def _word_by_word(found: Mapping[str, tuple[str, str]]) -> list[str]:
    """Names of two words, the first in one scheme and the second in another."""
    pairs = [(text.split(), scheme) for text, (_, scheme) in found.items()]
    pairs = [(words, scheme) for words, scheme in pairs if len(words) == 2]
    first = {words[0] for words, scheme in pairs if scheme in _FIRST_WORDS}
    second = {words[1] for words, scheme in pairs if scheme in _SECOND_WORDS}
    return [f"{one} {other}" for one in sorted(first) for other in sorted(second)]


def _write(name: str, language: str, prefix: str, found: dict[str, tuple[str, str]]) -> list[str]:
    """Add the forms of every scheme to `found`; return those of the mixtures."""
    table = letter_table(language)
    forms = table.write(plain_apostrophes(name))
    mixed = forms[len(table.schemes) :]
    for scheme, text in zip(table.schemes, forms, strict=False):
        if not text or text in found or (prefix and scheme in _ATTESTED_ONLY):
            pass
        elif (not prefix and scheme in _ALWAYS) or not _is_unwanted(text):
            found[text] = (_LANGUAGES[scheme], prefix + scheme)
        mixed += respell(text, scheme)
    return mixed
