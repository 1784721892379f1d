"""The embedded basemap, packed once for all pages and maps of a process."""

from __future__ import annotations

from functools import cache
from typing import Any

from frontmap.basemap import basemap_data
from frontmap.basemap.codec import decode_line, encode_line
from frontmap.layers.island import packed_json

__all__ = ["packed_basemap"]

_LARGE_TOWN = 5000
"""Towns of fewer inhabitants are packed apart: only a close view and the search need them."""


@cache
def packed_basemap(language: str) -> str:
    """Return the basemap in one language for the page's script: the ground, and the small towns."""
    data = basemap_data(language)
    large, small = _parted(data["towns"])
    ground = packed_json({**data, "towns": large}, level=6)
    return f"[{ground},{packed_json(small, level=6)}]"


def _parted(towns: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Split the towns, which are sorted by weight, into large and small ones."""
    weights = towns["weight"].split("\n")
    count = sum(100 * int(weight) >= _LARGE_TOWN for weight in weights)
    points = decode_line(towns["at"])
    parts = []
    for part in (slice(count), slice(count, None)):
        rows = {name: towns[name].split("\n")[part] for name in ("names", "second", "weight")}
        at = encode_line(points[part], keep_repeated=True)
        parts.append({name: "\n".join(texts) for name, texts in rows.items()} | {"at": at})
    return parts[0], parts[1]
