"""The embedded basemap, packed once for all pages and maps of a process."""

from __future__ import annotations

from functools import cache

from frontmap.basemap import basemap_data
from frontmap.layers.island import packed_json

__all__ = ["packed_basemap"]


@cache
def packed_basemap(language: str) -> str:
    """Return the basemap in one language for the page's script."""
    return packed_json(basemap_data(language), level=6)
