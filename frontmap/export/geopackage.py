"""GeoPackage: every layer, styled for QGIS, and the whole analysis to be read again."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from frontmap.errors import ExportError
from frontmap.export.qgis import ALIASED, qml, sld
from frontmap.export.tables import Tables
from frontmap.export.vector import storable, write_layer
from frontmap.serialization import Saved, dumps, loads
from frontmap.style import label, labels

__all__ = ["read_saved", "write_geopackage"]

_TYPES = {
    "claims": "MultiPolygon",
    "arrows": "LineString",
    "anchors": "Point",
    "toponyms": "Point",
    "front_line": "MultiLineString",
    "control": "MultiPolygon",
}


def write_geopackage(tables: Tables, path: Path) -> None:
    """Write the layers, their styles and column titles, and the reports themselves.

    The layers ``front_line`` and ``control`` are there when polygons of control are given.
    """
    names = [name for name in _TYPES if tables.control or name not in ("front_line", "control")]
    for number, name in enumerate(names):
        write_layer(
            tables.layer(name),
            path,
            driver="GPKG",
            layer=name,
            geometry_type=_TYPES[name],
            append=number > 0,
            metadata=_metadata(tables, name),
            IDENTIFIER=label("layer", name, tables.language),
            DESCRIPTION=storable(tables.heading),
        )
    with closing(sqlite3.connect(path)) as database, database:
        _add_styles(database, names, tables.language)
        _add_titles(database, names, tables.language)
        _add_reports(database, tables)


def _metadata(tables: Tables, layer: str) -> dict[str, str]:
    found = {
        "TITLE": tables.heading,
        "LAYER": label("layer", layer, tables.language),
        "NOTE": "The map shows claims, not facts; precision_m says how exactly each is located.",
        "SOURCES": "; ".join(_sources(tables)),
    }
    if tables.control is not None and layer in ("front_line", "control"):
        found["SOURCES"] = tables.control.source or ""
        found["LICENCE"] = tables.control.licence or ""
    else:
        found["ATTRIBUTION"] = tables.attribution
    return {key: storable(value) for key, value in found.items() if value}


def _sources(tables: Tables) -> Iterable[str]:
    for article in tables.articles:
        parts = (article.source, article.title, article.url)
        words = ", ".join(part for part in parts if part)
        if words:
            yield words


def _register(database: sqlite3.Connection, table: str, text: str) -> None:
    """Make a table without geometry known to the GeoPackage."""
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
        "VALUES (?, 'attributes', ?, ?)",
        (table, table, text),
    )


def _add_styles(database: sqlite3.Connection, layers: Iterable[str], language: str) -> None:
    database.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, "
        "f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, "
        "styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT, "
        "ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
    )
    for name in layers:
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner) "
            "VALUES ('', '', ?, 'geom', 'frontmap', ?, ?, 1, 'frontmap', '')",
            (name, qml(name, language), sld(name)),
        )
    _register(database, "layer_styles", "Styles for QGIS")


def _add_titles(database: sqlite3.Connection, layers: Iterable[str], language: str) -> None:
    """Give columns readable titles through the schema extension of the format."""
    database.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, "
        "extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, "
        "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"
    )
    database.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, "
        "column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT, "
        "constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
        "CONSTRAINT gdc_tn UNIQUE (table_name, name))"
    )
    database.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
        "constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, "
        "max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, "
        "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"
    )
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        database.execute(
            "INSERT OR IGNORE INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', "
            "'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
            (table,),
        )
    titles = labels("field", language)
    for layer in layers:
        if layer not in ALIASED:
            continue
        columns = database.execute("SELECT name FROM pragma_table_info(?)", (layer,))
        for (column,) in columns.fetchall():
            if column in titles:
                database.execute(
                    "INSERT INTO gpkg_data_columns (table_name, column_name, name, title) "
                    "VALUES (?, ?, ?, ?)",
                    (layer, column, titles[column], titles[column]),
                )


def _add_reports(database: sqlite3.Connection, tables: Tables) -> None:
    database.execute(
        "CREATE TABLE frontmap_reports (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "article_id TEXT, title TEXT, saved DATETIME, json TEXT NOT NULL)"
    )
    saved = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    for part in tables.parts:
        if part.article is None:
            continue
        database.execute(
            "INSERT INTO frontmap_reports (article_id, title, saved, json) VALUES (?, ?, ?, ?)",
            (
                storable(part.article.id),
                storable(part.article.title or ""),
                saved,
                dumps(part.article, part.toponyms, part.claims),
            ),
        )
    _register(database, "frontmap_reports", "The reports whole, for frontmap.read_report")


def read_saved(path: Path) -> list[Saved]:
    """Read the reports a GeoPackage holds.

    Raises
    ------
    ExportError
        If the file is missing, no GeoPackage, or one that frontmap did not write.
    """
    if not path.is_file():
        raise ExportError(f"{path}: there is no such file")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT json FROM frontmap_reports ORDER BY id").fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise ExportError(f"{path}: cannot be read: {error}") from error
        raise ExportError(
            f"{path}: holds no saved report; read_report reads what Report.save wrote as .gpkg"
        ) from error
    except sqlite3.DatabaseError as error:
        raise ExportError(f"{path}: is no GeoPackage: {error}") from error
    if not rows:
        raise ExportError(f"{path}: holds claims but no article; save the whole report")
    return [loads(text) for (text,) in rows]
