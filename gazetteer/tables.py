"""Knowledge as data: tab-separated files inside the packages, one entry a line.

A file starts with ``#`` lines that say what it holds and how to add to it, then a header line with
the column names, then the entries. The last column is a free comment. Empty lines are skipped.
Every such file of ``gazetteer`` and of ``frontmap`` is read by `load_table`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from gazetteer.errors import TableError

__all__ = ["load_table"]


@cache
def load_table(package: str, path: str) -> tuple[dict[str, str], ...]:
    """Read one table.

    Parameters
    ----------
    package : str
        The package that holds it, e.g. ``"gazetteer.rules"``.
    path : str
        Path below the package, e.g. ``"exonyms.tsv"``.

    Returns
    -------
    tuple[dict[str, str], ...]
        One mapping of column name to text a line; missing trailing columns are empty.

    Raises
    ------
    TableError
        If a line has more columns than the header; it names file and line.

    Examples
    --------
    >>> [row["name_de"] for row in load_table("gazetteer.curated", "oblasts.tsv")][:1]
    ['Krim']
    """
    text = _text(package, path)
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
            raise TableError(
                f"{package.replace('.', '/')}/{path}, line {number}: {len(cells)} columns, but "
                f"the header has {len(header)}; remove the surplus tabs"
            )
        cells += [""] * (len(header) - len(cells))
        entries.append(dict(zip(header, cells, strict=True)))
    return tuple(entries)


def _text(package: str, path: str) -> str:
    try:
        home = Path(str(import_module(package).__file__)).parent
        return home.joinpath(path).read_text(encoding="utf-8")
    except OSError:  # inside an archive
        # takes longer to import than all tables to read
        from importlib.resources import files

        return files(package).joinpath(path).read_text(encoding="utf-8")
