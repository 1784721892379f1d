"""Online base maps, offered beside the embedded one when the caller asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from frontmap.errors import ArgumentTypeError, ArgumentValueError

__all__ = ["KNOWN", "tile_layers"]

KNOWN: Mapping[str, dict[str, Any]] = {
    "osm": {
        "name": "OpenStreetMap",
        "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap (ODbL)",
        "zoom": 19,
    },
    "positron": {
        "name": "CARTO Positron",
        "url": "https://{s}.basemaps.cartocdn.com/light_all/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap (ODbL), © CARTO",
        "zoom": 19,
    },
}

_WANTED = f"{', '.join(map(repr, KNOWN))} or an https address with {{z}}, {{x}} and {{y}} in it"
_ALIASES = {"openstreetmap": "osm", "cartodb positron": "positron", "cartodb.positron": "positron"}
# A host of letters, digits, dots and hyphens, maybe with {s} in front: it goes into the policy.
_ADDRESS = re.compile(r"https://(\{s\}\.)?[A-Za-z0-9.-]+(:\d+)?/[^\s\"'<>;]*", re.ASCII)


def tile_layers(tiles: Any) -> list[dict[str, Any]]:
    """Return the tile layers asked for as ``name``, ``url``, ``attribution``, ``zoom``.

    Raises
    ------
    ValueError
        If the tiles are not known or their address is not ``https`` with ``{z}``, ``{x}``, ``{y}``.

    Examples
    --------
    >>> [layer["name"] for layer in tile_layers("osm")]
    ['OpenStreetMap']
    >>> tile_layers(None)
    []
    """
    if tiles is None:
        return []
    if isinstance(tiles, (list, tuple)):
        return [layer for one in tiles for layer in tile_layers(one)]
    if isinstance(tiles, str):
        key = _ALIASES.get(tiles.lower(), tiles.lower())
        if key in KNOWN:
            return [dict(KNOWN[key])]
        tiles = {"url": tiles, "name": "Online", "attribution": ""}
    elif not isinstance(tiles, Mapping):
        raise ArgumentTypeError(f"tiles is of type {type(tiles).__name__}: give {_WANTED}")
    url = tiles.build_url() if hasattr(tiles, "build_url") else str(tiles.get("url", ""))
    if not _ADDRESS.fullmatch(url) or not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise ArgumentValueError(f"tiles={url!r}: give {_WANTED}")
    return [
        {
            "name": str(tiles.get("name", "Online")),
            "url": url,
            "attribution": str(tiles.get("attribution", "")),
            "zoom": int(tiles.get("max_zoom", 18)),
        }
    ]
