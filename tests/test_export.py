"""Every format written and read back, by its own reader and where there is one by GDAL's."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import os
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas
import pandas
import pytest
import shapely
from export_samples import (
    ARTICLE,
    CLAIMS,
    HOSTILE,
    REPORT,
    TOPONYMS,
    hostile_report,
    make_control,
)
from shapely import box
from shapely.geometry import shape

from frontmap.control import Control
from frontmap.errors import ExportError, FrontmapError, MissingExtraError
from frontmap.export import SUFFIXES, dumps_geojson, read_csv, save
from frontmap.frames import claims_from_geodataframe, claims_to_geodataframe
from frontmap.report import Report, analyze

BEST = claims_to_geodataframe(CLAIMS, ARTICLE, geometry="best")
PICTURES = (".svg", ".png", ".pdf")  # slow, and tested on their own
TABULAR = (".geojson", ".geojsonl", ".fgb", ".parquet", ".csv")


@pytest.fixture(scope="module")
def control() -> Control:
    return make_control()


def write(source: Any, path: Path, **options: Any) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the Shapefile's, tested on its own
        return save(source, path, **options)


def read(path: Path) -> geopandas.GeoDataFrame:
    if path.suffix == ".parquet":
        return geopandas.read_parquet(path)
    if path.suffix == ".csv":
        return read_csv(path)
    return geopandas.read_file(path)


# every format


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in PICTURES])
@pytest.mark.parametrize("source", ["report", "reports", "claims", "nothing"])
def test_every_format_takes_every_source(
    tmp_path: Path, suffix: str, source: str, control: Control
) -> None:
    given: Any = {
        "report": REPORT, "reports": [REPORT, hostile_report()], "claims": CLAIMS, "nothing": [],
    }[source]  # fmt: skip
    path = write(given, tmp_path / f"Angaben ü{suffix}", control=control)
    assert path.stat().st_size > 0 or (source == "nothing" and "geojson" in suffix)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", TABULAR)
def test_claims_come_back(tmp_path: Path, suffix: str) -> None:
    found = read(write(REPORT, tmp_path / f"claims{suffix}"))
    claims = claims_from_geodataframe(found.sort_values("id"))
    lean = claims_from_geodataframe(BEST)
    assert claims == lean
    for mine, theirs in zip(BEST.geometry, found.sort_values("id").geometry, strict=True):
        if mine is None:
            assert theirs is None or theirs.is_empty
        else:
            assert mine.hausdorff_distance(theirs) < 2e-6


@pytest.mark.parametrize("suffix", TABULAR)
def test_hostile_texts_come_back(tmp_path: Path, suffix: str) -> None:
    report = hostile_report()
    found = read(write(report, tmp_path / f"x{suffix}")).sort_values("id")
    quotes = [claim.quote for claim in claims_from_geodataframe(found)]
    expected = list(HOSTILE)
    if suffix in (".fgb", ".geojson", ".geojsonl"):  # texts in GDAL end at a zero
        expected = [text.replace("\0", "\ufffd") for text in expected]
    assert quotes == expected


@pytest.mark.parametrize("suffix", [*TABULAR, ".gpkg", ".shp.zip", ".xlsx", ".kml"])
def test_half_of_a_letter_breaks_nothing(tmp_path: Path, suffix: str) -> None:
    claim = dataclasses.replace(CLAIMS[0], quote="\ud83c", claimant="\udde6")
    article = dataclasses.replace(ARTICLE, title="\ud800", source="\udfff", id="\ud801")
    write(Report(article, TOPONYMS, [claim]), tmp_path / f"x{suffix}")


@pytest.mark.parametrize("suffix", TABULAR)
def test_toponyms_as_the_one_layer(tmp_path: Path, suffix: str) -> None:
    found = read(write(REPORT, tmp_path / f"x{suffix}", layer="toponyms"))
    assert found["surface"].tolist() == ["Pokrowsk", "Moskau"]
    assert found.geometry.iloc[0].coords[0] == pytest.approx((37.18, 48.28))
    assert found.geometry.iloc[1] is None


def test_another_projection(tmp_path: Path) -> None:
    for suffix in (".gpkg", ".fgb", ".parquet", ".shp.zip"):
        path = write(REPORT, tmp_path / f"utm{suffix}", crs="EPSG:32637")
        options = {"layer": "anchors"} if suffix == ".gpkg" else {}
        target = f"{path}!anchors.shp" if suffix == ".shp.zip" else path
        if suffix == ".parquet":
            found = geopandas.read_parquet(target)
        else:
            found = geopandas.read_file(target, **options)
        assert found.crs.to_epsg() == 32637
        centre = found.to_crs(4326).geometry.iloc[0].centroid
        assert (centre.x, centre.y) == pytest.approx((37.18, 48.28), abs=0.02)
    table = read_csv(write(REPORT, tmp_path / "utm.csv", crs="EPSG:32637"), crs="EPSG:32637")
    assert table.geometry.iloc[0].centroid.x > 100_000
    assert table["lon"].iloc[0] == pytest.approx(37.18)


@pytest.mark.parametrize("suffix", [".geojson", ".geojsonl", ".kml", ".kmz"])
def test_formats_that_know_wgs84_only_say_so(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ExportError, match=r"always WGS 84, not EPSG:32637; .*\.gpkg"):
        save(REPORT, tmp_path / f"x{suffix}", crs="EPSG:32637")
    assert not list(tmp_path.iterdir())


# GeoJSON


def test_geojson_by_the_rfc(tmp_path: Path) -> None:
    path = write(REPORT, tmp_path / "x.geojson")
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection" and "crs" not in document
    ids = [feature["id"] for feature in document["features"]]
    assert ids == [f"a1:c{number}" for number in range(1, 7)]
    west, south, east, north = document["bbox"]
    for feature in document["features"]:
        if feature["geometry"] is None:
            assert feature["id"] == "a1:c6" and "bbox" not in feature
            continue
        found = shape(feature["geometry"])
        if found.geom_type == "Polygon":
            assert found.exterior.is_ccw
            assert not any(ring.is_ccw for ring in found.interiors)
        box_west, box_south, box_east, box_north = feature["bbox"]
        assert west <= box_west <= box_east <= east and south <= box_south <= box_north <= north
        assert found.bounds == pytest.approx((box_west, box_south, box_east, box_north))
        flat = json.dumps(feature["geometry"]["coordinates"])
        assert max(len(number.split(".")[-1]) for number in flat.strip("[]").split(",")) <= 8
    first = document["features"][0]["properties"]
    assert first["bearings"] == ["N", "C"]
    assert first["event_date"] == "2025-11-26"
    assert first["count"] is None and first["fill"] == "hatched"


def test_geojson_lines_are_the_same_features(tmp_path: Path) -> None:
    lines = write(REPORT, tmp_path / "x.geojsonl").read_text(encoding="utf-8").splitlines()
    whole = json.loads(dumps_geojson(REPORT))
    assert [json.loads(line) for line in lines] == whole["features"]


def test_ids_stay_apart_between_reports() -> None:
    document = json.loads(dumps_geojson([REPORT, REPORT]))
    ids = [feature["id"] for feature in document["features"]]
    assert len(set(ids)) == 12 and "a1:c1#2" in ids


def test_control_may_be_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "control"
    folder.mkdir()
    frame = geopandas.GeoDataFrame(geometry=[box(38, 46, 40, 51)], crs=4326)
    frame.to_file(folder / "2025-11-20.geojson", driver="GeoJSON")
    document = json.loads(dumps_geojson(REPORT, layer="front_line", control=folder))
    assert document["features"]


def test_geojson_and_kml_name_whose_positions_they_are(tmp_path: Path) -> None:
    owed = "GeoNames (www.geonames.org), CC BY 4.0"
    for layer in ("claims", "toponyms"):
        assert owed in json.loads(dumps_geojson(REPORT, layer=layer))["attribution"]
    document = ElementTree.parse(write(REPORT, tmp_path / "x.kml"))
    assert owed in document.find("k:Document/k:description", NS).text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Die ukrainische Armee bestritt, dass Siwersk von russischen Truppen erobert wurde.",
            "Einnahme in Siwersk (bestritten)",
        ),
        (
            "Laut Moskau rücken russische Truppen nördlich von Siwersk vor.",
            "Vormarsch nördlich von Siwersk",
        ),
    ],
)
def test_the_name_in_kml_says_where_and_whether_it_is_denied(
    tmp_path: Path, text: str, title: str
) -> None:
    path = write(analyze(text), tmp_path / "x.kml")
    marks = placemarks(ElementTree.parse(path).getroot())
    assert [mark.find("k:name", NS).text for mark in marks] == [title]


def test_control_layers_as_geojson(control: Control) -> None:
    for layer in ("front_line", "control"):
        document = json.loads(dumps_geojson(REPORT, layer=layer, control=control))
        assert document["attribution"] == "<b>drawn</b> & checked"
        assert document["licence"] == "CC0"
        assert document["features"][-1]["properties"]["date"] == "2025-11-27"
        with pytest.raises(ExportError, match="pass control="):
            dumps_geojson(REPORT, layer=layer)


# KML

NS = {"k": "http://www.opengis.net/kml/2.2"}


def placemarks(root: Any) -> list[Any]:
    return [
        mark for mark in root.iter("{http://www.opengis.net/kml/2.2}Placemark") if mark.get("id")
    ]


def test_kml_folders_styles_and_geometries(tmp_path: Path, control: Control) -> None:
    path = write(REPORT, tmp_path / "x.kml", control=control)
    root = ElementTree.parse(path).getroot()
    folders = [folder.find("k:name", NS).text for folder in root.iter(f"{{{NS['k']}}}Folder")]  # type: ignore[union-attr]
    assert "Russische Angaben" in folders and "Vormarsch (1)" in folders
    assert "Ortsnamen" in folders and "Frontlinie" in folders
    marks = {mark.get("id"): mark for mark in placemarks(root)}
    assert set(marks) == {f"c-a1_c{number}" for number in range(1, 7)}
    styles = {style.get("id") for style in root.iter(f"{{{NS['k']}}}Style")}
    for mark in marks.values():
        assert mark.find("k:styleUrl", NS).text.lstrip("#") in styles
    advance = marks["c-a1_c1"]
    assert advance.find("k:TimeStamp/k:when", NS).text == "2025-11-26"
    ring = advance.find(".//k:outerBoundaryIs//k:coordinates", NS).text.split()
    points = [tuple(map(float, point.split(","))) for point in ring]
    assert points[0] == points[-1]
    area = BEST.geometry.iloc[0]
    assert shapely.Polygon(points).hausdorff_distance(area) < 2e-6
    assert marks["c-a1_c3"].find(".//k:LineString", NS) is not None
    assert marks["c-a1_c6"].find("k:MultiGeometry", NS) is None


def test_kml_keeps_hostile_texts_texts(tmp_path: Path) -> None:
    report = hostile_report()
    path = write(report, tmp_path / "x.kml")
    root = ElementTree.parse(path).getroot()  # well-formed, whatever the texts hold
    for mark, text in zip(placemarks(root), HOSTILE, strict=True):
        visible = text.replace("\0", "\ufffd").replace("\a", "\ufffd").replace("\r", "\n")
        data = {item.get("name"): item[0].text for item in mark.iter(f"{{{NS['k']}}}Data")}
        assert data["quote"] == visible
        description = mark.find("k:description", NS).text
        assert "<img" not in description and "<script" not in description
        shown = ElementTree.fromstring(f"<div>{description.replace('<br>', '<br/>')}</div>")
        assert shown.find("q").text == visible  # type: ignore[union-attr]


def test_control_of_unknown_make(tmp_path: Path, control: Control) -> None:
    nameless = dataclasses.replace(control, source=None, licence=None)
    for suffix in (".kml", ".geojson", ".gpkg"):
        layer = {"layer": "front_line"} if suffix == ".geojson" else {}
        path = write(REPORT, tmp_path / f"x{suffix}", control=nameless, **layer)
        if suffix in (".kml", ".geojson"):
            assert "NaN" not in (text := path.read_text(encoding="utf-8")) and ">nan" not in text


def test_kmz_holds_the_kml(tmp_path: Path) -> None:
    kmz = write(REPORT, tmp_path / "x.kmz")
    kml = write(REPORT, tmp_path / "x.kml")
    with zipfile.ZipFile(kmz) as archive:
        assert archive.namelist() == ["doc.kml"]
        assert archive.read("doc.kml") == kml.read_bytes()
    assert kmz.read_bytes() == write(REPORT, tmp_path / "again.kmz").read_bytes()


def test_gdal_reads_the_kml(tmp_path: Path) -> None:
    layers = geopandas.list_layers(write(REPORT, tmp_path / "x.kml"))
    assert len(layers) >= 5


# Shapefile


def test_a_shapefile_says_what_it_cuts(tmp_path: Path) -> None:
    long_quote = "Größe " * 100
    claim = CLAIMS[0].__class__(**{  # a copy with a long quote
        name: getattr(CLAIMS[0], name) for name in CLAIMS[0].__slots__
    } | {"quote": long_quote})  # fmt: skip
    with pytest.warns(UserWarning, match=r"cut: .*place_name_de to name_de.*texts of quote"):
        path = save(Report(ARTICLE, TOPONYMS, [claim]), tmp_path / "x.shp.zip")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert {"claims.shp", "arrows.shp", "anchors.shp", "toponyms.shp", "claims.cpg"} <= set(
            names
        )
    found = geopandas.read_file(f"{path}!claims.shp")
    assert found["quote"].iloc[0] == long_quote.encode()[:254].decode(errors="ignore")
    assert found["name_de"].iloc[0] == "Pokrowsk"
    assert found["place_name"].iloc[0] == "Покровськ"
    assert max(map(len, found.columns)) <= 10


def test_a_bare_shapefile_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"write x\.shp\.zip"):
        save(REPORT, tmp_path / "x.shp")


# CSV and Excel


def test_csv_cells_no_spreadsheet_would_run(tmp_path: Path) -> None:
    import csv

    path = write(hostile_report(), tmp_path / "x.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, text in zip(rows, HOSTILE, strict=True):
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "@", "\uff1d")) or cell[0] == "'"
        assert row["quote"] in (text, f"'{text}")
    assert [row["quote"][0] for row in rows][:2] == ["'", "'"]
    assert rows[0]["wkt"].startswith("POLYGON ((")
    assert float(rows[0]["lon"]) == pytest.approx(36.0)


def test_what_is_no_csv_of_ours(tmp_path: Path) -> None:
    other = tmp_path / "x.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ExportError, match="no column 'wkt'"):
        read_csv(other)
    with pytest.raises(ExportError, match="cannot be read"):
        read_csv(tmp_path / "missing.csv")


def test_excel(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(write(REPORT, tmp_path / "x.xlsx"))
    assert book.sheetnames == ["claims", "toponyms"]
    rows = list(book["claims"].iter_rows(values_only=True))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["quote"] == CLAIMS[0].quote
    assert first["event_date"] == dt.datetime(2025, 11, 26)
    assert first["count"] is None
    assert dict(zip(rows[0], rows[2], strict=True))["count"] == 57
    hostile = openpyxl.load_workbook(write(hostile_report(), tmp_path / "h.xlsx"))["claims"]
    header = [cell.value for cell in hostile[1]]
    column = header.index("quote") + 1
    for number, text in enumerate(HOSTILE, start=2):
        cell = hostile.cell(number, column)
        assert cell.data_type == "s"
        visible = text.replace("\0", "\ufffd").replace("\a", "\ufffd")
        assert cell.value == visible


# wrong uses, and nothing half-written


@pytest.mark.parametrize(
    ("source", "name", "options", "message"),
    [
        (REPORT, "x.docx", {}, r"no format has the suffix '\.docx'; there are \.gpkg.*\.html"),
        (REPORT, "x", {}, "a suffix is needed; there are"),
        (REPORT, ".gpkg", {}, "a suffix is needed"),
        (REPORT, "x.geojson", {"language": "fr"}, "language='fr': give one of de, uk"),
        (REPORT, "x.geojson", {"layer": "roads"}, "layer='roads': give one of claims"),
        (REPORT, "x.gpkg", {"layer": "claims"}, "holds all layers"),
        (REPORT, "x.gpkg", {"crs": "EPSG:0"}, "crs='EPSG:0' is no coordinate"),
        (REPORT, "x.gpkg", {"crs": "EPSG:\ud800"}, "is no coordinate"),
        ("text", "x.geojson", {}, "source='text': give a report"),
        (3, "x.geojson", {}, "source=3: give a report"),
        ([REPORT, CLAIMS[0]], "x.geojson", {}, "not Claim, Report"),
        (REPORT, "missing/x.gpkg", {}, "No such file or directory"),
    ],
)
def test_wrong_uses(
    tmp_path: Path, source: Any, name: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(FrontmapError, match=message):
        save(source, tmp_path / name, **options)
    assert not list(tmp_path.iterdir())


def test_a_directory_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "x.gpkg").mkdir()
    with pytest.raises(ExportError, match="is a directory"):
        save(REPORT, tmp_path / "x.gpkg")


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in PICTURES])
def test_a_failure_leaves_the_old_file(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"x{suffix}"
    target.write_bytes(b"old")

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ExportError, match="No space left on device"):
        write(REPORT, target)
    assert target.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == [target.name]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_an_unwritable_directory(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ExportError, match="Permission denied"):
            save(REPORT, tmp_path / "x.gpkg")
    finally:
        tmp_path.chmod(0o700)


def test_an_existing_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "x.geojson"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    save(REPORT, target)
    assert json.loads(target.read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("package", "suffix", "extra"),
    [
        ("pyarrow", ".parquet", "parquet"),
        ("openpyxl", ".xlsx", "excel"),
        ("matplotlib.figure", ".png", "plot"),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, package: str, suffix: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'frontmap\[{extra}\]'"):
        save(REPORT, tmp_path / f"x{suffix}")
    assert not list(tmp_path.iterdir())


def test_ogrinfo_reads_what_gdal_should(tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not installed (Debian: gdal-bin)")
    for suffix in (".geojson", ".geojsonl", ".fgb"):
        path = write(REPORT, tmp_path / f"claims{suffix}")
        if suffix == ".geojsonl":
            path = path.rename(path.with_suffix(".geojsonl"))
        output = subprocess.run(
            ["ogrinfo", "-ro", "-al", "-so", str(path)], capture_output=True, text=True, check=True
        ).stdout
        assert "Feature Count: 6" in output
        assert "place_name_de: String" in output


def test_infinite_precision_is_null_everywhere(tmp_path: Path) -> None:
    text = dumps_geojson(REPORT)
    assert "Infinity" not in text and "NaN" not in text
    table = read_csv(write(REPORT, tmp_path / "x.csv"))
    assert math.isnan(table["precision_m"].iloc[5])
    assert isinstance(table, pandas.DataFrame)


def test_a_carriage_return_in_a_text_begins_no_cell(tmp_path: Path) -> None:
    """Found by `benchmarks.fuzz`: behind an unquoted one a formula would stand alone."""
    claim = dataclasses.replace(CLAIMS[0], actor_text="Truppen\r=1+1", claimant="\r=2+2")
    path = save([claim], tmp_path / "claims.csv")
    lines = re.sub(rb'"[^"]*"', b"", path.read_bytes())
    assert b"\r" not in lines and lines.count(b"\n") == 2
    assert read_csv(path)["actor_text"].tolist() == ["Truppen\r=1+1"]
