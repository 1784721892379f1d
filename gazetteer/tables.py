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

__all__ = ["load_table", "parse_table"]


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
        As `parse_table`; it names file and line.

    Examples
    --------
    >>> [row["name_de"] for row in load_table("gazetteer.curated", "oblasts.tsv")][:1]
    ['Krim']
    """
    return parse_table(_text(package, path), f"{package.replace('.', '/')}/{path}")


def parse_table(text: str, name: str) -> tuple[dict[str, str], ...]:
    """Read the text of one table; messages call it by `name`.

    Raises
    ------
    TableError
        If the header has a column twice, or a line more columns than the header.
    """
    header: list[str] | None = None
    entries: list[dict[str, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            double = next((cell for cell in cells if cells.count(cell) > 1), None)
            if double is not None:
                raise TableError(f"{name}, line {number}: the column {double!r} stands twice")
            continue
        if len(cells) > len(header):
            raise TableError(
                f"{name}, line {number}: {len(cells)} columns, but the header has {len(header)}; "
                "remove the surplus tabs"
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
