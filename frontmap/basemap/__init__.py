"""The embedded basemap: land, water, borders and names of Ukraine and its borderlands."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from frontmap.parameters import checked

__all__ = ["basemap_data", "credits"]

_LANGUAGES = {"de": 0, "uk": 1, "en": 2}


@cache
def _compiled() -> dict[str, Any]:
    text = files("frontmap.basemap").joinpath("data", "basemap.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@checked
def basemap_data(language: str = "de") -> dict[str, Any]:
    """Return the basemap with its names in one language, Ukrainian second.

    Parameters
    ----------
    language : str
        ``de``, ``uk`` or ``en``.

    Returns
    -------
    dict
        As `frontmap.basemap.build.build` makes it, but ``labels`` hold one name each and
        ``towns`` ``names`` and ``second``.
    """
    compiled = _compiled()
    number = 1 + _LANGUAGES[language]
    towns = compiled["towns"]
    return {
        **compiled,
        "labels": [[row[0], row[number], *row[4:]] for row in compiled["labels"]],
        "towns": {
            "names": towns[language],
            "second": "" if language == "uk" else towns["uk"],
            "at": towns["at"],
            "weight": towns["weight"],
        },
    }


def credits() -> list[str]:
    """Return the sources of the town names, to be named on the map."""
    return list(_compiled().get("sources", []))
