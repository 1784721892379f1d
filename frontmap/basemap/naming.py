"""What readers of a language call a place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer import Place

__all__ = ["place_name"]

_ENGLISH_SCHEMES = {"UA": "national-2010", "RU": "press-ru", "BY": "press-ru"}


def place_name(place: Place, language: str) -> str:
    """Return the German, Ukrainian or English name of a place.

    English names follow the Ukrainian national system, for Russian and Belarusian places that of
    the press; other countries' places keep their German form.

    Examples
    --------
    >>> from gazetteer import Kind, Place
    >>> town = Place("geonames:1", "Сіверськ", "Siwersk", Kind.CITY, 38.1, 48.87, 500, 2000)
    >>> [place_name(town, language) for language in ("de", "uk", "en")]
    ['Siwersk', 'Сіверськ', 'Siversk']
    """
    if language == "uk":
        return place.name
    scheme = _ENGLISH_SCHEMES.get(place.country)
    if language == "en" and scheme and any("\u0400" <= letter <= "\u04ff" for letter in place.name):
        return _transcribed(place.name, scheme)
    return place.name_de


@lru_cache(maxsize=10_000)
def _transcribed(name: str, scheme: str) -> str:
    from gazetteer.romanization import transcribe

    return transcribe(name, scheme)
