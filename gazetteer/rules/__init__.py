"""Knowledge about names as data: tab-separated files, one entry a line, each with a comment.

A file starts with ``#`` lines that say what it holds and how to add to it, then a header line with
the column names, then the entries. The last column is a free comment. Empty lines are skipped.
"""

from __future__ import annotations

from functools import cache

from gazetteer.errors import GazetteerBuildError

__all__ = ["load"]


@cache
def load(name: str) -> tuple[dict[str, str], ...]:
    """Read one file of rules.

    Parameters
    ----------
    name : str
        File name in this package, e.g. ``"exonyms.tsv"``.

    Returns
    -------
    tuple[dict[str, str], ...]
        One mapping of column name to text a line; missing trailing columns are empty.

    Raises
    ------
    GazetteerBuildError
        If a line has more columns than the header; it names file and line.
    """
    from importlib.resources import files

    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
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
                f"rules/{name}, line {number}: {len(cells)} columns, but the header has "
                f"{len(header)}; remove the surplus tabs"
            )
        cells += [""] * (len(header) - len(cells))
        entries.append(dict(zip(header, cells, strict=True)))
    return tuple(entries)
