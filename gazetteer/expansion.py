"""All names of a place: its base names and the forms that follow from them by rule."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from gazetteer.place import Name, Place, Status
from gazetteer.ranking import name_standing

__all__ = ["all_names", "rules_checksum"]


def all_names(place: Place, *, expand: bool = True) -> tuple[Name, ...]:
    """Every name of a place, the official one first, no text twice in one language.

    Parameters
    ----------
    place : Place
        With its base names.
    expand : bool
        Whether to add the forms that follow by rule.
    """
    seen: set[tuple[str, str]] = set()
    names: list[Name] = []
    for name in _candidates(place, expand):
        key = (name.text, name.language)
        if name.text and key not in seen:
            seen.add(key)
            names.append(name)
    return tuple(names)


def _candidates(place: Place, expand: bool) -> Iterator[Name]:
    base = sorted(place.names, key=lambda name: name.text != place.name)
    if not base or base[0].text != place.name:
        language = "ru" if place.country in ("RU", "BY") else "uk"
        base.insert(0, Name(place.name, language, "official", Status.OFFICIAL, "derived"))
    generated = list(_generated(base)) if expand else []
    yield from base
    # The form shown to readers is no guess, even where it follows from the rules only as a mixture.
    if not any(
        name.text == place.name_de and name.language == "de" and name_standing(name, place.kind) < 2
        for name in (*base, *generated)
    ):
        yield Name(place.name_de, "de", "preferred", Status.ROMANISED, "derived")
    yield from generated


def _generated(base: list[Name]) -> Iterator[Name]:
    """Forms by rule; those of a historical name are historical too."""
    for historical in (False, True):
        status = Status.HISTORICAL if historical else Status.ROMANISED
        chosen = [name for name in base if (name.status is Status.HISTORICAL) == historical]
        ukrainian = _cyrillic(chosen, "uk")
        russian = _cyrillic(chosen, "ru")
        for position, text in enumerate(ukrainian):
            first = russian[0] if russian and position == 0 and not historical else None
            yield from _forms(text, first, status=status, derive=not russian)
            if first is not None:
                # sources misspell Russian names; what follows from the rules comes after them
                yield from _forms(text, status=status)
        for text in russian:
            yield from _forms("", text, status=status)


@lru_cache(maxsize=100_000)
def _forms(
    text_uk: str,
    text_ru: str | None = None,
    *,
    status: Status = Status.ROMANISED,
    derive: bool = True,
) -> tuple[Name, ...]:
    """Forms of a name by rule; half the settlements share theirs with another one."""
    from gazetteer.romanization import generate

    return generate(text_uk, text_ru, status=status, derive=derive)


def _cyrillic(names: list[Name], language: str) -> list[str]:
    texts = (name.text for name in names if name.language == language)
    return [text for text in texts if any("\u0400" <= letter <= "\u04ff" for letter in text)]


def rules_checksum() -> str:
    """Checksum over the rules that make names, to tell whether a file was built with these."""
    checksum = 0
    for package in ("gazetteer.rules", "gazetteer.romanization"):
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith((".tsv", ".py")):
                text = entry.read_bytes().replace(b"\r\n", b"\n")
                checksum = zlib.crc32(text, zlib.crc32(entry.name.encode(), checksum))
    folding = files("gazetteer").joinpath("folding.py").read_bytes().replace(b"\r\n", b"\n")
    return f"{zlib.crc32(folding, checksum):08x}"
