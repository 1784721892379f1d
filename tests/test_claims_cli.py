"""The claims command: what it prints in each format, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontmap.cli import main

REPORT = "Russische Truppen haben nach Angaben des ISW die Stadt Torezk eingenommen."


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return str(path)


def test_json_lines(report: str) -> None:
    result = CliRunner().invoke(main, ["claims", report, "--published", "2025-11-27"])
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    claim = json.loads(line)
    assert (claim["event"], claim["actor"], claim["modality"]) == ("capture", "RU", "reported")
    assert (claim["claimant"], claim["claimant_side"]) == ("ISW", "third")
    assert claim["place"]["name_de"] == "Torezk"
    assert claim["reported_date"] == "2025-11-27"
    assert REPORT[claim["start"] : claim["end"]] == claim["quote"]
    assert claim["reasons"]


def test_geojson_has_lon_before_lat(report: str) -> None:
    result = CliRunner().invoke(main, ["claims", report, "--format", "geojson"])
    assert result.exit_code == 0, result.output
    collection = json.loads(result.stdout)
    (feature,) = collection["features"]
    lon, lat = feature["geometry"]["coordinates"]
    assert 37 < lon < 39
    assert 47 < lat < 49


def test_table(report: str) -> None:
    result = CliRunner().invoke(main, ["claims", report, "--format", "table"])
    assert result.exit_code == 0, result.output
    assert "Torezk" in result.stdout
    assert "capture" in result.stdout


def test_table_without_claims_says_so() -> None:
    result = CliRunner().invoke(main, ["claims", "-", "--format", "table"], input="Es ist warm.")
    assert result.stdout == "no claims found\n"


def test_help_shows_an_example() -> None:
    result = CliRunner().invoke(main, ["claims", "--help"])
    assert "Example: frontmap claims" in result.stdout


def test_a_missing_file_is_bad_input(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["claims", str(tmp_path / "none.txt")])
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
