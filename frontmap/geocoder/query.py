"""What a geocoding query asks for: a name, what sort of place, what it lies in or near."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from frontmap.lexicons import load
from gazetteer.folding import fold

__all__ = ["PlaceQuery", "parse_structured", "parse_text", "splits"]

_ARTICLES = frozenset({"der", "die", "das", "dem", "den", "des", "the"})
_DISTANCE = re.compile(
    r"\b(?:(?:etwa|rund|ungefähr|circa|ca\.|about)\s+)?"
    r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:km|Kilometern?|kilomet(?:re|er)s?)\b"
)
_STRUCTURED = {
    "settlement": "name",
    "name": "name",
    "city": "name",
    "town": "name",
    "village": "name",
    "hromada": "hromada",
    "raion": "raion",
    "county": "raion",
    "oblast": "oblast",
    "state": "oblast",
    "country": "country",
    "near": "near",
}


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """A query in its parts.

    Attributes
    ----------
    name : str
        The name that is looked for; empty where only a unit was given.
    kinds : tuple[str, ...]
        Kinds the query's own words ask for; empty for any.
    oblast, raion, hromada : str or None
        Units the place lies in, as written.
    within : tuple[str, ...]
        What it lies in, without a word that says of which level.
    near : str or None
        What it lies near.
    bearing : str or None
        N, NE, ... as it lies seen from `near`.
    distance_m : float or None
        How far from `near` it is said to lie.
    country : str or None
        ISO 3166-1 code.
    """

    name: str
    kinds: tuple[str, ...] = ()
    oblast: str | None = None
    raion: str | None = None
    hromada: str | None = None
    within: tuple[str, ...] = ()
    near: str | None = None
    country: str | None = None
    bearing: str | None = None
    distance_m: float | None = None


def parse_structured(query: Mapping[str, str]) -> PlaceQuery:
    """Read a query given as a mapping.

    Raises
    ------
    ValueError
        If a key is unknown, a value is no text, or nothing is asked for.

    Examples
    --------
    >>> parse_structured({"settlement": "Lyman", "oblast": "Donezk"}).oblast
    'Donezk'
    """
    parts: dict[str, str] = {}
    for key, value in query.items():
        if key not in _STRUCTURED:
            raise ValueError(f"unknown key {key!r}; the keys are {', '.join(_STRUCTURED)}")
        if not isinstance(value, str):
            raise ValueError(f"the value of {key!r} is {value!r}, not a text")
        if value.strip():
            parts[_STRUCTURED[key]] = value.strip()
    country = parts.pop("country", None)
    if country is not None:
        code = _countries().get(fold(country))
        if code is None:
            raise ValueError(f"unknown country {country!r}")
        country = code
    kinds: tuple[str, ...] = ()
    if "name" in parts:
        parts["name"], kinds = _split_kind(parts["name"])
    return PlaceQuery(
        name=parts.get("name", ""),
        kinds=kinds,
        oblast=parts.get("oblast"),
        raion=parts.get("raion"),
        hromada=parts.get("hromada"),
        near=parts.get("near"),
        country=country,
    )


def parse_text(text: str) -> PlaceQuery:
    """Read a query given as one line.

    Examples
    --------
    >>> parse_text("Pokrowsk, Oblast Donezk, Ukraine")
    PlaceQuery(name='Pokrowsk', kinds=(), oblast='Donezk', raion=None, hromada=None, within=(), \
near=None, country='UA', bearing=None, distance_m=None)
    >>> parse_text("Dorf Mychajliwka bei Pokrowsk").near
    'Pokrowsk'
    >>> query = parse_text("Mychajliwka, 15 km östlich von Pokrowsk")
    >>> query.near, query.bearing, query.distance_m
    ('Pokrowsk', 'E', 15000.0)
    >>> parse_text("Lyman (Gebiet Charkiw)").oblast
    'Charkiw'
    """
    text, distance_m = _without_distance(text)
    pieces = [piece.strip() for piece in re.split(r"[,;()\[\]]", text)]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return PlaceQuery(name="")
    pieces = _name_first(pieces)
    name, relation, rest = _split_relation(pieces[0])
    contexts = [(relation, rest)] if relation else []
    for piece in pieces[1:]:
        before, inner, after = _split_relation(piece)
        if inner and before:
            contexts.append(("in", before))
        contexts.append((inner, after) if inner else ("in", piece))
    name, kinds = _split_kind(name)
    query = PlaceQuery(name=name, kinds=kinds, distance_m=distance_m)
    for kind, context in contexts:
        query = _with_context(query, kind, context)
    return query


def _without_distance(text: str) -> tuple[str, float | None]:
    """Take "15 Kilometer" out of a query; metres, or None where it says no distance."""
    stated = _DISTANCE.search(text)
    if stated is None:
        return text, None
    number = float(stated["number"].replace(",", "."))
    return text[: stated.start()] + text[stated.end() :], number * 1_000


def splits(query: PlaceQuery) -> Iterator[PlaceQuery]:
    """Readings of a name of several words as a name and what it lies in: "Pokrowsk Donezk"."""
    words = query.name.split()
    for length in range(len(words) - 1, 0, -1):
        name, rest = " ".join(words[:length]), " ".join(words[length:])
        yield _with_context(replace(query, name=name), "in", rest)


def _name_first(pieces: list[str]) -> list[str]:
    """Read "Gebiet Donezk, Pokrowsk" as "Pokrowsk, Gebiet Donezk"."""
    if not _is_unit(pieces[0]):
        return pieces
    names = [piece for piece in pieces if not _is_unit(piece)]
    if not names:
        return pieces
    return [names[-1], *(piece for piece in pieces if piece is not names[-1])]


def _is_unit(piece: str) -> bool:
    units = {"oblast", "raion", "hromada"}
    return fold(piece) in _countries() or bool(units & set(_split_kind(piece)[1]))


def _with_context(query: PlaceQuery, relation: str, text: str) -> PlaceQuery:
    if relation != "in":
        bearing = None if relation == "near" else relation
        return replace(query, near=_split_kind(text)[0] or text, bearing=bearing)
    code = _countries().get(fold(text))
    if code is not None:
        return replace(query, country=code)
    name, kinds = _split_kind(text)
    if "oblast" in kinds and query.oblast is None:
        return replace(query, oblast=name)
    if "raion" in kinds and query.raion is None:
        return replace(query, raion=name)
    if "hromada" in kinds and query.hromada is None:
        return replace(query, hromada=name)
    return replace(query, within=(*query.within, text))


def _split_kind(text: str) -> tuple[str, tuple[str, ...]]:
    """Take articles and a word for the sort of place off the front, or the word off the end."""
    words = text.split()
    while len(words) > 1 and fold(words[0]) in _ARTICLES:
        words = words[1:]
    table = _kinds()
    kinds: tuple[str, ...] = ()
    while len(words) > 1 and fold(words[0]) in table:
        kinds = kinds or table[fold(words[0])]
        words = words[1:]
    if not kinds and len(words) > 1:
        last = table.get(fold(words[-1]))
        # "Donetsk Oblast", "Pokrowsk Rajon"; but "Bilyj Ort" may be a name
        if last and set(last) & {"oblast", "raion", "hromada"}:
            kinds, words = last, words[:-1]
    return " ".join(words), kinds


def _split_relation(text: str) -> tuple[str, str, str]:
    """Name, relation and the rest of "Mychajliwka bei Pokrowsk"; relation empty without one."""
    words = text.split()
    folded = [fold(word) for word in words]
    relations, longest = _relations()
    for start in range(len(words) - 1):
        for length in range(min(longest, len(words) - 1 - start), 0, -1):
            relation = relations.get(" ".join(folded[start : start + length]))
            if relation is not None:
                return " ".join(words[:start]), relation, " ".join(words[start + length :])
    return text, "", ""


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    return {row["word"]: tuple(row["kinds"].split()) for row in load("geocoder/kinds.tsv")}


@cache
def _relations() -> tuple[dict[str, str], int]:
    relations = {row["phrase"]: row["relation"] for row in load("geocoder/relations.tsv")}
    return relations, max(len(phrase.split()) for phrase in relations)


@cache
def _countries() -> dict[str, str]:
    return {row["name"]: row["code"] for row in load("geocoder/countries.tsv")}
