"""Places and names typed for this project; how such files are written says `gazetteer.tables`."""

from __future__ import annotations

from gazetteer.tables import load_table

__all__ = ["load"]


def load(path: str) -> tuple[dict[str, str], ...]:
    """Read one curated table, e.g. ``"oblasts.tsv"``; see `gazetteer.tables.load_table`."""
    return load_table(__name__, path)
