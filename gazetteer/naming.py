"""The base names of a settlement: official, curated, and what the sources call it.

Forms that follow by rule from a Ukrainian or Russian name are not among them; they are made when
the file is written.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from difflib import SequenceMatcher

from gazetteer.folding import fold
from gazetteer.place import Name, Status
from gazetteer.romanization import derive_russian, generate, transcribe
from gazetteer.romanization.curated import CuratedNames
from gazetteer.skeleton import cyrillic_keys, latin_key
from gazetteer.sources.records import SourceName, SourceRow
from gazetteer.sources.scripts import cyrillic_language, is_cyrillic

__all__ = ["german_name", "settlement_names"]

_SAME_NAME = 0.8  # least likeness of the sound keys of two spellings of one name
_MANY_LANGUAGES = 14  # a record with more Cyrillic names has those of other languages among them
_ODD = re.compile(r"[/.,()0-9]")
_SHORTEST = 4  # letters of a romanised alternate; shorter ones are codes and words
_UKRAINIAN_NEUTER = ("ове", "еве", "єве", "не", "ське", "цьке", "зьке", "ле", "ре", "ше", "че")


def german_name(name_uk: str, curated: CuratedNames | None = None) -> str:
    """The German form shown to readers: the established one, else Duden's transcription.

    Examples
    --------
    >>> german_name("Покровськ")
    'Pokrowsk'
    """
    if curated is not None and curated.name_de:
        return curated.name_de
    return transcribe(name_uk, "duden-uk")


def settlement_names(
    official: str,
    rows: Sequence[SourceRow],
    curated: CuratedNames | None,
    foreign: Container[str] = frozenset(),
) -> tuple[Name, ...]:
    """Base names, the official one first.

    Parameters
    ----------
    official : str
        Ukrainian name in the codifier.
    rows : sequence of SourceRow
        The rows of the sources that mean the settlement.
    curated : CuratedNames or None
        What is known by hand.
    foreign : container of str
        Folded names of large cities elsewhere, which no reader takes for a village's former
        name (there was a Hamburg near Odessa).
    """
    names = [Name(official, "uk", "official", Status.OFFICIAL, "katottg")]
    known = {official}
    for extra in curated.names if curated else ():
        if extra.text not in known:
            known.add(extra.text)
            names.append(extra)
    source_names = [(name, row) for row in rows for name in row.names]
    names += _cyrillic_names(official, source_names, known)
    names += _latin_names(names, source_names, foreign)
    return tuple(names)


def _likeness(key: str, others: Iterable[str]) -> float:
    return max((SequenceMatcher(None, key, other).ratio() for other in others), default=0.0)


def _cyrillic_names(
    official: str, source_names: Sequence[tuple[SourceName, SourceRow]], known: set[str]
) -> list[Name]:
    """The current Russian name, if a source has it, and former names."""
    texts = dict.fromkeys(name.text.strip() for name, _ in source_names if is_cyrillic(name.text))
    several_languages = len(texts) > _MANY_LANGUAGES
    sources = {name.text.strip(): str(row.source) for name, row in reversed(source_names)}
    keys = cyrillic_keys(official)
    derived = set(derive_russian(official))
    russian: list[tuple[float, str]] = []
    former: list[Name] = []
    for text in texts:
        if text in known or any(text == name.text for name in former):
            continue
        language = cyrillic_language(text) or "uk"
        if language == "both":
            language = "uk" if text.lower().endswith(_UKRAINIAN_NEUTER) else "ru"
        key = latin_key(transcribe(text, "national-2010" if language == "uk" else "bgn-ru"))
        likeness = 1.0 if text in derived else _likeness(key, keys)
        if likeness >= _SAME_NAME:
            if language == "ru":
                russian.append((likeness, text))
        elif not several_languages:
            former.append(Name(text, language, "former", Status.HISTORICAL, sources[text]))
    current = []
    if russian and not any(text in known for text in derived):
        # the derived form and soft signs tell Russian from Bulgarian: Мариуполь, not Мариупол
        ranked = sorted(
            russian,
            key=lambda entry: (-entry[0], entry[1] not in derived, -entry[1].count("ь"),
                               _order(entry[1], texts)),
        )  # fmt: skip
        best = ranked[0][1]
        current = [Name(best, "ru", "source", Status.ROMANISED, sources[best])]
    return current + former


def _order(text: str, texts: dict[str, None]) -> int:
    """Position of a text among the source's names; the first is the source's preferred one."""
    return list(texts).index(text)


def _latin_names(
    base: Sequence[Name],
    source_names: Sequence[tuple[SourceName, SourceRow]],
    foreign: Container[str],
) -> list[Name]:
    """Romanised names of the sources that no rule makes from the base names."""
    made: set[str] = set()
    for name in base:
        if not is_cyrillic(name.text):
            made.add(fold(name.text))
        elif name.language == "uk":
            made.update(fold(form.text) for form in generate(name.text))
        elif name.language == "ru":
            made.update(fold(form.text) for form in generate("", name.text))
    current = [name.text for name in base if name.status is not Status.HISTORICAL]
    keys = [key for text in current if is_cyrillic(text) for key in cyrillic_keys(text)]
    found = []
    for source_name, row in source_names:
        text = source_name.text.strip()
        key = fold(text)
        if key in made or len(key) < _SHORTEST or not key.isascii() or _ODD.search(text):
            continue
        made.add(key)
        same = _likeness(latin_key(text), keys) >= _SAME_NAME
        if not same and key in foreign:
            continue
        status = Status.ROMANISED if same else Status.HISTORICAL
        scheme = "source" if same else "former"
        language = source_name.language or "en"
        found.append(Name(text, language, scheme, status, str(row.source)))
    return found
