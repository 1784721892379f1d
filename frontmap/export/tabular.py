"""Tables without a map: CSV, Excel and GeoParquet."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.errors import ExportError, MissingExtraError
from frontmap.export.tables import Tables
from frontmap.files import csv_writer, missing_extra

if TYPE_CHECKING:
    import geopandas

__all__ = ["guarded", "read_csv", "write_csv", "write_excel", "write_parquet"]

# Spreadsheets run a cell that begins like this as a formula, full-width forms included; a leading
# apostrophe is guarded too, so that taking one away gives back every text.
_FORMULA = re.compile("^['=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_EXCEL_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXCEL_LIMIT = 32_767


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _unguarded(text: Any) -> Any:
    return text[1:] if isinstance(text, str) and text.startswith("'") else text


def _frame(tables: Tables, layer: str) -> Any:
    if layer == "claims":
        return tables.project(tables.claims_frame("best"))
    return tables.layer(layer)


def _cells(frame: Any) -> list[list[Any]]:
    """Return rows of text, numbers, dates and None."""
    import pandas

    names = [name for name in frame.columns if name != frame.geometry.name]
    rows = []
    for row in frame[names].itertuples(index=False, name=None):
        cells: list[Any] = []
        for value in row:
            if value is None or pandas.isna(value):
                cells.append(None)
            elif isinstance(value, pandas.Timestamp):
                cells.append(value.date())
            else:
                cells.append(value)
        rows.append(cells)
    return rows


def write_csv(tables: Tables, path: Path, layer: str) -> None:
    """Write one layer as CSV in UTF-8, with the geometry as ``wkt`` after the other columns.

    Text that a spreadsheet would run as a formula gets an apostrophe in front; `read_csv` takes
    it away again.
    """
    from shapely import to_wkt

    frame = _frame(tables, layer)
    names = [str(name) for name in frame.columns if name != frame.geometry.name]
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv_writer(file)
        writer.writerow([*names, "wkt"])
        for cells, shape in zip(_cells(frame), frame.geometry, strict=True):
            texts = [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
            wkt = None if shape is None else to_wkt(shape, rounding_precision=6)
            writer.writerow([*texts, wkt])


def read_csv(path: str | os.PathLike[str], *, crs: str = "EPSG:4326") -> geopandas.GeoDataFrame:
    """Read a CSV that frontmap wrote, as a table with geometries.

    Parameters
    ----------
    path : path
    crs : str
        The coordinate reference system it was written in; CSV does not say.

    Raises
    ------
    ExportError
        If the file cannot be read or has no column ``wkt``.
    """
    import geopandas
    import pandas

    try:
        frame = pandas.read_csv(path, encoding="utf-8", keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise ExportError(f"{path}: cannot be read as CSV: {error}") from error
    if "wkt" not in frame.columns:
        raise ExportError(f"{path}: has no column 'wkt' with geometries")
    wkt = frame.pop("wkt")
    for name in frame.columns:
        if not pandas.api.types.is_numeric_dtype(frame[name]):
            frame[name] = [_unguarded(cell) for cell in frame[name]]
    shapes = geopandas.GeoSeries.from_wkt([None if pandas.isna(text) else text for text in wkt])
    return geopandas.GeoDataFrame(frame, geometry=shapes.to_numpy(), crs=crs)


def write_excel(tables: Tables, path: Path) -> None:
    """Write claims and toponyms as two sheets; no text is taken for a formula.

    Raises
    ------
    MissingExtraError
        If openpyxl is not installed.
    """
    try:
        import openpyxl
        from openpyxl.styles import Font
    except ImportError as error:
        raise MissingExtraError(missing_extra("openpyxl", "excel", "writing .xlsx")) from error
    book = openpyxl.Workbook()
    book.remove(book.active)
    for layer in ("claims", "toponyms"):
        frame = _frame(tables, layer)
        sheet = book.create_sheet(layer)
        names = [str(name) for name in frame.columns if name != frame.geometry.name]
        sheet.append(names)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for number, cells in enumerate(_cells(frame), start=2):
            for column, value in enumerate(cells, start=1):
                _set_cell(sheet.cell(number, column), value)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
    book.save(path)


def _set_cell(cell: Any, value: Any) -> None:
    if not isinstance(value, str):
        cell.value = value.item() if hasattr(value, "item") else value
        return
    cell.value = _EXCEL_FORBIDDEN.sub("\ufffd", value)[:_EXCEL_LIMIT]
    cell.data_type = "s"  # also where it begins with an equals sign
    if _FORMULA.match(value):
        cell.quotePrefix = True


def write_parquet(tables: Tables, path: Path, layer: str) -> None:
    """Write one layer as GeoParquet.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(missing_extra("pyarrow", "parquet", "writing .parquet")) from error
    _frame(tables, layer).to_parquet(path, index=False)
