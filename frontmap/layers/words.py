"""The phrases of the page in the reader's language, and where a claim says it happened."""

from __future__ import annotations

import datetime as dt
from functools import cache

from frontmap.basemap.naming import place_name
from frontmap.claims.records import Bearing, Claim, Relation
from frontmap.errors import ArgumentValueError
from frontmap.layers.bidi import isolated
from frontmap.lexicons import load
from frontmap.style import LANGUAGES, label
from gazetteer import Kind

__all__ = ["basemap_credits", "day_text", "where", "words"]


@cache
def words(language: str) -> dict[str, str]:
    """Return the page's phrases, key to phrase.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    if language not in LANGUAGES:
        raise ArgumentValueError(f"language={language!r}: give one of {', '.join(LANGUAGES)}")
    return {row["key"]: row[language] for row in load("page/words.tsv")}


def basemap_credits(phrases: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return whom the map owes its ground and its names: in short, and in full."""
    from frontmap.basemap import credits

    short = [phrases["credit_basemap"], phrases["credit_names"]]
    return short, [phrases["credit_basemap_full"], *credits()]


def day_text(day: dt.date, language: str) -> str:
    """Return a date in figures, as readers of the language write it.

    Examples
    --------
    >>> import datetime as dt
    >>> day_text(dt.date(2025, 11, 7), "de"), day_text(dt.date(2025, 11, 7), "en")
    ('7.11.2025', '7/11/2025')
    """
    mark = "/" if language == "en" else "."
    return f"{day.day}{mark}{day.month}{mark}{day.year}"


def _joined(parts: list[str], language: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {words(language)['and']} {parts[-1]}"


def where(claim: Claim, language: str = "de") -> str:
    """Say where the event lies: ``nördlich von Siwersk``, ``im Zentrum von Pokrowsk``.

    Examples
    --------
    >>> from frontmap.claims.records import Claim, Event, Modality, Relation, Side
    >>> from gazetteer import Kind, Place
    >>> town = Place("geonames:1", "Сіверськ", "Siwersk", Kind.CITY, 38.1, 48.87, 500, 2000)
    >>> claim = Claim("c1", Event.CAPTURE, Side.RU, town, Relation.DIRECTION, Modality.REPORTED,
    ...               0, 10, "südlich von Siwersk", bearings=(Bearing.S,), unnamed="village")
    >>> where(claim)
    'in einem Dorf südlich von Siwersk'
    """
    phrases = words(language)
    name = _anchor_name(claim, language)
    pattern = phrases[_pattern(claim, phrases)]
    group = "part" if claim.relation is Relation.PART else "bearing"
    bearings = _joined([label(group, bearing, language) for bearing in claim.bearings], language)
    target = place_name(claim.target, language) if claim.target else "?"
    distance = f"{(claim.distance_m or 0) / 1000:.0f}"
    text = _filled(pattern, place=name, bearings=bearings, target=target, distance=distance)
    if claim.bank in (Bearing.N, Bearing.E, Bearing.S, Bearing.W):
        text = f"{text}, {phrases[f'bank_{claim.bank}']}"
    if claim.unnamed:
        key = f"where_unnamed_{claim.unnamed}"
        pattern = phrases.get(key, phrases["where_unnamed_settlement"])
        text = _filled(pattern, where=text)
    return text


def _filled(pattern: str, **values: str) -> str:
    """Fill a phrase of our own; braces and directions inside the values stay inside."""
    parts = pattern.split("{")
    found = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        found.append(isolated(values[name]) + rest)
    return "".join(found)


def _anchor_name(claim: Claim, language: str) -> str:
    if claim.place is not None:
        if language == "de" and claim.place.kind is Kind.OBLAST and claim.place.oblast:
            return claim.place.oblast  # without its kind word, which the phrase says
        return place_name(claim.place, language)
    return claim.toponym.mention.surface if claim.toponym else "?"


def _pattern(claim: Claim, phrases: dict[str, str]) -> str:
    relation = claim.relation
    key = f"where_{relation}"
    kind = claim.place.kind if claim.place else "unplaced"
    if relation in (Relation.PART, Relation.DISTANCE) and not claim.bearings:
        return f"{key}_unknown"
    if relation is Relation.NEAR and claim.bearings:
        return "where_near_bearings"
    if relation is Relation.DIRECTION and not claim.bearings:
        return "where_near"
    if relation is Relation.BETWEEN and claim.target is None:
        return "where_near"
    return f"{key}_{kind}" if f"{key}_{kind}" in phrases else key
