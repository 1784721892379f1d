"""Claims as Folium layers, for one's own map in a notebook; the page is built of the same parts."""

from __future__ import annotations

from frontmap.layers.folium_map import build_map, claim_layers

__all__ = ["build_map", "claim_layers"]
