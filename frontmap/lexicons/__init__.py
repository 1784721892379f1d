"""Language knowledge as data; how such files are written says `gazetteer.tables`."""

from __future__ import annotations

from functools import cache

from gazetteer.tables import load_table

__all__ = ["load", "load_column"]


def load(path: str) -> tuple[dict[str, str], ...]:
    """Read one lexicon, e.g. ``"claims/events.tsv"``; see `gazetteer.tables.load_table`."""
    return load_table(__name__, path)


def _text(path: str) -> str:
    try:
        return Path(__file__).parent.joinpath(path).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):  # inside an archive
        # takes longer to import than all lexicons to read
        from importlib.resources import files

        return files(__name__).joinpath(path).read_text(encoding="utf-8")


@cache
def load_column(path: str, column: str) -> tuple[str, ...]:
    """Read one column of a lexicon, in order."""
    return tuple(entry[column] for entry in load(path))
