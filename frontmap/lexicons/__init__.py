"""Language knowledge as data: tab-separated files, one entry a line, each with a comment.

A file starts with ``#`` lines that say what it holds and how to add to it, then a header line with
the column names, then the entries. The last column is a free comment. Empty lines are skipped.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["load", "load_column"]


@cache
def load(path: str) -> tuple[dict[str, str], ...]:
    """Read one lexicon.

    Parameters
    ----------
    path : str
        Path below this package, e.g. ``"claims/events.tsv"``.

    Returns
    -------
    tuple[dict[str, str], ...]
        One mapping of column name to text a line; missing trailing columns are empty.

    Raises
    ------
    ValueError
        If a line has more columns than the header; it names file and line.
    """
    text = files(__name__).joinpath(path).read_text(encoding="utf-8")
    header: list[str] | None = None
    entries: list[dict[str, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise ValueError(f"{path}, line {number}: {len(cells)} columns, not {len(header)}")
        cells += [""] * (len(header) - len(cells))
        entries.append(dict(zip(header, cells, strict=True)))
    return tuple(entries)


@cache
def load_column(path: str, column: str) -> tuple[str, ...]:
    """Read one column of a lexicon, in order."""
    return tuple(entry[column] for entry in load(path))
