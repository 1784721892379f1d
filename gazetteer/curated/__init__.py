"""Places and names typed for this project: tab-separated files, one entry a line.

A file starts with ``#`` lines that say what it holds and how to add to it, then a header line with
the column names, then the entries. The last column is a free comment. Empty lines are skipped.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from gazetteer.errors import GazetteerBuildError

__all__ = ["load"]


@cache
def load(path: str) -> tuple[dict[str, str], ...]:
    """Read one curated table.

    Parameters
    ----------
    path : str
        File name below this package, e.g. ``"oblasts.tsv"``.

    Returns
    -------
    tuple[dict[str, str], ...]
        One mapping of column name to text a line; missing trailing columns are empty.

    Raises
    ------
    GazetteerBuildError
        If a line has more columns than the header; it names file and line.

    Examples
    --------
    >>> [row["name_de"] for row in load("oblasts.tsv") if row["katottg"] == "14"]
    ['Donezk']
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
            raise GazetteerBuildError(
                f"{path}, line {number}: {len(cells)} columns, the header has {len(header)}"
            )
        cells += [""] * (len(header) - len(cells))
        entries.append(dict(zip(header, cells, strict=True)))
    return tuple(entries)
