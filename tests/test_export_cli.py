"""``frontmap export`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pytest
from click.testing import CliRunner

from frontmap.cli import main
from frontmap.report import read_reports

TEXT = (
    "Russische Truppen haben nach Angaben des Verteidigungsministeriums in Moskau die Stadt "
    "Siwersk eingenommen. Die ukrainische Armee wehrte nach eigenen Angaben zwölf Angriffe bei "
    "Pokrowsk ab.\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_geojson_on_standard_output(report: Path) -> None:
    done = CliRunner().invoke(main, ["export", str(report), "--published", "2025-11-27"])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    events = {feature["properties"]["event"] for feature in document["features"]}
    assert "capture" in events
    assert document["features"][0]["properties"]["reported_date"] == "2025-11-27"


def test_toponyms_from_standard_input() -> None:
    done = CliRunner().invoke(main, ["export", "-", "--layer", "toponyms"], input=TEXT)
    assert done.exit_code == 0, done.output
    names = {item["properties"]["surface"] for item in json.loads(done.stdout)["features"]}
    assert {"Siwersk", "Pokrowsk"} <= names


def test_several_reports_in_one_package(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "claims.gpkg"
    done = CliRunner().invoke(
        main, ["export", str(report), str(report), "-o", str(target), "--crs", "EPSG:32637"]
    )
    assert done.exit_code == 0, done.output
    assert "from 2 reports" in done.stderr
    assert len(read_reports(target)) == 2
    assert geopandas.read_file(target, layer="claims").crs.to_epsg() == 32637


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-o", "x.docx"], "no format has the suffix"),
        (["-o", "missing/x.gpkg"], "No such file or directory"),
        (["-o", "x.gpkg", "--crs", "EPSG:0"], "no coordinate reference system"),
        (["-o", "x.geojson", "--crs", "EPSG:32637"], "always WGS 84"),
        (["-o", "x.gpkg", "--control", "nowhere"], "no such file or directory"),
        (["--layer", "front_line"], "pass control="),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    report: Path,
    tmp_path: Path,
    options: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["export", str(report), *options])
    assert done.exit_code == 2
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_help_shows_an_example() -> None:
    done = CliRunner().invoke(main, ["export", "--help"])
    assert done.exit_code == 0
    assert "Example: frontmap export report.txt" in done.stdout
