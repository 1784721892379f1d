"""Names that no rule gives: exonyms, aliases and former names, kept as data.

Read from ``gazetteer/rules``: ``exonyms.tsv``, ``aliases.tsv``, ``renamings.tsv`` (by hand) and
``renamings_codifier.tsv`` (from two editions of the official codifier).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gazetteer.errors import GazetteerBuildError
from gazetteer.place import Kind, Name, Status
from gazetteer.rules import load

__all__ = ["CuratedNames", "curated_names"]

_FORMER = "former-"


@dataclass(frozen=True, slots=True)
class CuratedNames:
    """What is known by hand about the names of one place.

    Attributes
    ----------
    katottg : str or None
        Code in the official codifier; None for rivers, regions and facilities.
    name_uk : str
        Official Ukrainian name, with plain apostrophes.
    kind : Kind
    oblast : str or None
        German short name of the oblast, where it is needed to find the place.
    name_de : str or None
        The form to show to German readers; None: the one made by rule.
    names : tuple[Name, ...]
        Further names: exonyms and aliases (status `Status.EXONYM`, schemes ``exonym`` and
        ``alias``) and former names (status `Status.HISTORICAL`, scheme ``former``, or
        ``former-recent`` where the name was in force until 2021 or later and reports may not have
        caught up).
    """

    katottg: str | None
    name_uk: str
    kind: Kind
    oblast: str | None
    name_de: str | None
    names: tuple[Name, ...]


@cache
def curated_names() -> tuple[CuratedNames, ...]:
    """Everything known by hand, one record a place, in the order of the files.

    Raises
    ------
    GazetteerBuildError
        If a line is not understood; it names the file and the place.

    Examples
    --------
    >>> kyiv = next(place for place in curated_names() if place.name_de == "Kiew")
    >>> kyiv.katottg
    'UA80000000000093317'
    """
    found: dict[tuple[str, str], list[tuple[Mapping[str, str], list[Name]]]] = {}
    for file, names_of in (
        ("exonyms.tsv", _exonyms),
        ("aliases.tsv", _aliases),
        ("renamings.tsv", _former),
        ("renamings_codifier.tsv", _recently_former),
    ):
        for entry in load(file):
            try:
                names = list(names_of(entry))
                Kind(entry["kind"])
            except ValueError as error:
                raise GazetteerBuildError(f"rules/{file}, {entry['name_uk']!r}: {error}") from error
            key = (entry["katottg"], "") if entry["katottg"] else (entry["name_uk"], entry["kind"])
            found.setdefault(key, []).append((entry, names))
    return tuple(_merge(entries) for entries in found.values())


def _merge(entries: list[tuple[Mapping[str, str], list[Name]]]) -> CuratedNames:
    first = entries[0][0]
    names: dict[tuple[str, str], Name] = {}
    for _, several in entries:
        for name in several:
            names.setdefault((name.text, name.language), name)
    shown = [entry["name_de"] for entry, _ in entries if entry.get("name_de")]
    return CuratedNames(
        katottg=first["katottg"] or None,
        name_uk=first["name_uk"],
        kind=Kind(first["kind"]),
        oblast=first["oblast"] or None,
        name_de=shown[0] if shown else None,
        names=tuple(names.values()),
    )


def _items(cell: str) -> Iterator[str]:
    return (item.strip() for item in cell.split(";") if item.strip())


def _tagged(cell: str, scheme: str) -> Iterator[Name]:
    """Names of a cell of "language:form" items."""
    for item in _items(cell):
        language, colon, text = item.partition(":")
        status = Status.EXONYM
        if language.startswith(_FORMER):
            language, status = language.removeprefix(_FORMER), Status.HISTORICAL
        if not colon or len(language) != 2 or not text.strip():
            raise ValueError(f"{item!r} is not of the form 'language:name'")
        own = "former" if status is Status.HISTORICAL else scheme
        yield Name(text.strip(), language, own, status, "curated")


def _exonyms(entry: Mapping[str, str]) -> Iterator[Name]:
    if entry["name_de"]:
        yield Name(entry["name_de"], "de", "exonym", Status.EXONYM, "curated")
    yield from _tagged(entry["names"], "exonym")


def _aliases(entry: Mapping[str, str]) -> Iterator[Name]:
    return _tagged(entry["names"], "alias")


def _former(entry: Mapping[str, str]) -> Iterator[Name]:
    for language in ("uk", "ru"):
        for text in _items(entry[f"former_{language}"]):
            yield Name(text, language, "former", Status.HISTORICAL, "curated")


def _recently_former(entry: Mapping[str, str]) -> Iterator[Name]:
    for text in _items(entry["former_uk"]):
        yield Name(text, "uk", "former-recent", Status.HISTORICAL, "katottg")
