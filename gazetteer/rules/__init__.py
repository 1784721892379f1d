"""Knowledge about names as data; how such files are written says `gazetteer.tables`."""

from __future__ import annotations

from gazetteer.tables import load_table

__all__ = ["load"]


def load(name: str) -> tuple[dict[str, str], ...]:
    """Read one file of rules, e.g. ``"exonyms.tsv"``; see `gazetteer.tables.load_table`."""
    return load_table(__name__, name)
