"""Language knowledge as data; how such files are written says `gazetteer.tables`."""

from __future__ import annotations

from functools import cache

from gazetteer.tables import load_table

__all__ = ["load", "load_column"]


def load(path: str) -> tuple[dict[str, str], ...]:
    """Read one lexicon, e.g. ``"claims/events.tsv"``; see `gazetteer.tables.load_table`."""
    return load_table(__name__, path)


@cache
def load_column(path: str, column: str) -> tuple[str, ...]:
    """Read one column of a lexicon, in order."""
    return tuple(entry[column] for entry in load(path))
