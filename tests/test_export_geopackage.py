"""The GeoPackage: its layers, styles and titles, and the reports read back whole."""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas
import pyogrio
import pytest
from export_samples import CLAIMS, HOSTILE, REPORT, hostile_report, make_control

from frontmap.claims import Event
from frontmap.control import Control
from frontmap.errors import ExportError
from frontmap.export import LAYERS, save
from frontmap.export.qgis import qml
from frontmap.frames import claims_from_geodataframe
from frontmap.report import Report, read_report, read_reports
from frontmap.serialization import dumps
from frontmap.style import LANGUAGES, SIDE_COLOURS, SYMBOLS, Fill, label


@pytest.fixture(scope="module")
def control() -> Control:
    return make_control("Kartenwerk")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, control: Control) -> Path:
    return save(REPORT, tmp_path_factory.mktemp("gpkg") / "Lage.gpkg", control=control)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        yield database


# reports whole


def as_text(report: Report) -> str:
    """Everything of a report, also what its own equality leaves out."""
    return dumps(report.article, report.toponyms, report.claims)


def test_a_report_comes_back_whole(package: Path) -> None:
    found = read_report(package)
    assert isinstance(found, Report)
    assert found == REPORT
    assert as_text(found) == as_text(REPORT)


def test_hostile_texts_and_lone_surrogates_come_back(tmp_path: Path) -> None:
    hostile = hostile_report()
    odd = dataclasses.replace(hostile.article, title="\ud800", id="\udfff")
    for article in (hostile.article, odd):
        report = Report(article, hostile.toponyms, hostile.claims)
        assert as_text(read_report(save(report, tmp_path / "x.gpkg"))) == as_text(report)


def test_several_reports(tmp_path: Path) -> None:
    both = [REPORT, hostile_report()]
    path = save(both, tmp_path / "x.gpkg")
    assert read_reports(path) == both
    with pytest.raises(ExportError, match="holds 2 reports; read them with"):
        read_report(path)


def test_what_holds_no_report(tmp_path: Path, control: Control) -> None:
    with pytest.raises(ExportError, match="no such file"):
        read_report(tmp_path / "missing.gpkg")
    with pytest.raises(ExportError, match="holds claims but no article"):
        read_report(save(CLAIMS, tmp_path / "claims.gpkg"))
    text = tmp_path / "text.gpkg"
    text.write_text("not a database, but long enough to be looked at " * 50)
    with pytest.raises(ExportError, match="is no GeoPackage"):
        read_report(text)
    other = tmp_path / "other.gpkg"
    control.to_geodataframe().to_file(other)
    with pytest.raises(ExportError, match="holds no saved report"):
        read_report(other)
    cut = tmp_path / "cut.gpkg"
    cut.write_bytes(save(REPORT, tmp_path / "x.gpkg").read_bytes()[:20_000])
    with pytest.raises(ExportError):
        read_report(cut)


def test_a_file_in_a_path_with_odd_letters(tmp_path: Path) -> None:
    folder = tmp_path / "50% Größe? #1"
    folder.mkdir()
    assert read_report(save(REPORT, folder / "a b.gpkg")) == REPORT


# layers


def test_layers_and_their_types(package: Path) -> None:
    layers = {str(name): kind for name, kind in pyogrio.list_layers(package)}
    assert layers == {
        "claims": "MultiPolygon",
        "arrows": "LineString",
        "anchors": "Point",
        "toponyms": "Point",
        "front_line": "MultiLineString",
        "control": "MultiPolygon",
        "layer_styles": None,
        "frontmap_reports": None,
    }
    counts = {name: pyogrio.read_info(package, layer=name)["features"] for name in LAYERS}
    assert counts == {
        "claims": 6, "arrows": 1, "anchors": 5, "toponyms": 2, "front_line": 2, "control": 2,
    }  # fmt: skip


def test_without_control_there_is_no_front_line(tmp_path: Path) -> None:
    path = save(REPORT, tmp_path / "x.gpkg")
    assert "front_line" not in {str(name) for name, _ in pyogrio.list_layers(path)}


def test_columns_have_the_types_of_a_database(package: Path) -> None:
    with opened(package) as database:
        types = dict(database.execute("SELECT name, type FROM pragma_table_info('claims')"))
    assert types["event_date"] == types["reported_date"] == "DATE"
    assert types["count"] == types["start"] == "INTEGER"
    assert types["precision_m"] == "REAL"
    assert types["quote"] == "TEXT"


def test_claims_come_back_from_the_layer(package: Path) -> None:
    found = geopandas.read_file(package, layer="claims")
    claims = claims_from_geodataframe(found)
    lean = [
        dataclasses.replace(claim, toponym=None, place=None, origin=None, target=None)
        for claim in CLAIMS
    ]
    assert [dataclasses.replace(claim, place=None) for claim in claims] == lean
    assert found["place_name"].tolist()[:2] == ["Покровськ", "Покровськ"]
    assert found["check"].tolist()[5] == "silent"
    assert found.crs.to_epsg() == 4326


def test_the_database_is_sound(package: Path) -> None:
    with opened(package) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (application,) = database.execute("PRAGMA application_id").fetchone()
        assert application == 0x47504B47  # "GPKG"
        tables = {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}
    assert {"claims", "layer_styles", "frontmap_reports"} <= tables


def test_titles_of_layers_and_columns(package: Path, tmp_path: Path) -> None:
    for language, path in (("de", package), ("en", tmp_path / "en.gpkg")):
        if language == "en":
            save(REPORT, path, language="en")
        with opened(path) as database:
            names = dict(database.execute("SELECT table_name, identifier FROM gpkg_contents"))
            titles = dict(
                database.execute(
                    "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = 'claims'"
                )
            )
        assert names["claims"] == label("layer", "claims", language)
        assert titles["event"] == label("field", "event", language)
        assert len(titles) > 10


def test_metadata_says_what_it_is_and_from_whom(package: Path) -> None:
    found = pyogrio.read_info(package, layer="claims")["layer_metadata"]
    assert "claims, not facts" in found["NOTE"]
    assert "Beispielagentur" in found["SOURCES"]
    assert "GeoNames (www.geonames.org), CC BY 4.0" in found["ATTRIBUTION"]
    front = pyogrio.read_info(package, layer="front_line")["layer_metadata"]
    assert (front["SOURCES"], front["LICENCE"]) == ("Kartenwerk", "CC0")


def test_ogrinfo_agrees(package: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not installed (Debian: gdal-bin)")
    command = ["ogrinfo", "-ro", str(package), "claims"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Feature Count: 6" in output
    assert "event_date (Date) = 2025/11/26" in output
    assert "count (Integer64) = 57" in output
    assert "place_name (String) = Покровськ" in output
    assert "count (Integer64) = (null)" in output
    assert 'WGS 84"' in output


# styles


def styles(path: Path) -> dict[str, Any]:
    with opened(path) as database:
        rows = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, styleSLD, useAsDefault "
            "FROM layer_styles"
        ).fetchall()
        columns = dict(
            database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns")
        )
    assert all(row[1] == columns[row[0]] and row[4] == 1 for row in rows)
    assert all(ElementTree.fromstring(row[3].encode()) is not None for row in rows)
    return {row[0]: ElementTree.fromstring(row[2].split("\n", 1)[1]) for row in rows}


def test_every_layer_has_its_style(package: Path) -> None:
    found = styles(package)
    assert set(found) == set(LAYERS)
    for name, root in found.items():
        assert root.tag == "qgis"
        renderer = root.find("renderer-v2")
        assert renderer is not None
        symbols = {symbol.get("name") for symbol in renderer.findall("symbols/symbol")}
        used = {rule.get("symbol") for rule in renderer.iter("rule")} | {
            category.get("symbol") for category in renderer.iter("category")
        }
        assert used <= symbols, name
        assert symbols, name


def test_areas_are_styled_by_side_and_certainty(package: Path) -> None:
    rules = {rule.get("filter"): rule for rule in styles(package)["claims"].iter("rule")}
    assert len(rules) == 9
    for side in ("RU", "UA"):
        for fill in Fill:
            assert f"\"actor\" = '{side}' AND \"fill\" = '{fill}'" in rules
    assert any("IS NULL" in str(text) for text in rules)
    text = qml("claims")
    red, green, blue = (int(SIDE_COLOURS["RU"][i : i + 2], 16) for i in (1, 3, 5))
    assert f"{red},{green},{blue}," in text
    assert "b_diagonal" in text and "dash" in text


def test_symbols_by_event_in_every_language() -> None:
    for language in LANGUAGES:
        root = ElementTree.fromstring(qml("anchors", language).split("\n", 1)[1])
        categories = {item.get("value"): item.get("label") for item in root.iter("category")}
        assert set(categories) == {str(event) for event in Event} == set(SYMBOLS)
        assert categories["capture"] == label("event", "capture", language)


def test_styles_hold_nothing_from_outside(tmp_path: Path) -> None:
    found = styles(save(hostile_report(), tmp_path / "x.gpkg"))
    for root in found.values():
        text = ElementTree.tostring(root, encoding="unicode")
        assert not any(hostile in text for hostile in HOSTILE)


def test_map_tips_escape_what_they_show() -> None:
    root = ElementTree.fromstring(qml("claims").split("\n", 1)[1])
    tip = root.findtext("mapTip")
    assert tip is not None
    assert tip.count("replace(replace(") == 2 and "'&lt;'" in tip


def test_saved_claims_without_articles_have_layers(tmp_path: Path) -> None:
    path = save(CLAIMS, tmp_path / "x.gpkg")
    assert pyogrio.read_info(path, layer="claims")["features"] == 6
    assert pyogrio.read_info(path, layer="toponyms")["features"] == 0
