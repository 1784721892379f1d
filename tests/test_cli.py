"""The commands as a user calls them: help, output, errors, exit codes, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from frontmap.cli import COMMANDS, main

EXAMPLE = Path(__file__).parent.parent / "examples/01-kupjansk.txt"


def call(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


def test_overview_names_every_command() -> None:
    text = call("--help").output
    for name in COMMANDS:
        assert f"  {name} " in text
    assert "Example: frontmap map" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"frontmap {command}" in result.output.split("Options:")[1] or (
        "xample" in result.output
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["mapp"], "No such command 'mapp'. Did you mean map?"),
        (["gazeteer"], "Did you mean gazetteer?"),
        (["gazetteer", "serch", "Pokrowsk"], "Did you mean search?"),
        (["xyzzy"], "No such command 'xyzzy'.\n"),
        (["x\0y"], "No such command"),
        ([str(EXAMPLE)], f"To draw a file: frontmap map {EXAMPLE}"),
    ],
)
def test_unknown_command_is_told_with_what_may_be_meant(words: list[str], told: str) -> None:
    result = call(*words)
    assert result.exit_code == 2
    assert told in result.output


def test_map_writes_a_page(tmp_path: Path) -> None:
    out = tmp_path / "karte.html"
    result = call("map", EXAMPLE, "-o", out)
    assert result.exit_code == 0, result.output
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert str(out) in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["karte.html"]


def test_map_reads_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    result = call("map", "-", "-o", out, stdin="Russische Truppen haben Torezk erobert.")
    assert result.exit_code == 0, result.output
    assert "1 claim at 1 place, from 1 report" in result.output


@pytest.mark.parametrize("command", ["map", "claims", "resolve", "export"])
def test_missing_file_is_one_line_and_exit_code_2(command: str, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    extra = ["-o", out] if command in ("map", "export") else []
    result = call(command, tmp_path / "fehlt.txt", *extra)
    assert result.exit_code == 2
    assert "fehlt.txt" in result.output
    assert "Traceback" not in result.output
    assert not out.exists()


def test_bad_gazetteer_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    foreign = tmp_path / "not.gazetteer"
    foreign.write_bytes(b"PK\x03\x04 something else")
    result = call("resolve", EXAMPLE, "--gazetteer", foreign)
    assert result.exit_code == 2
    assert "not.gazetteer" in result.output
    assert len(result.output.strip().splitlines()) <= 2


def test_bad_date_is_named(tmp_path: Path) -> None:
    result = call("map", EXAMPLE, "--published", "gestern", "-o", tmp_path / "map.html")
    assert result.exit_code == 2
    assert "gestern" in result.output
    assert not (tmp_path / "map.html").exists()


def test_unwritable_output_leaves_nothing(tmp_path: Path) -> None:
    result = call("map", EXAMPLE, "-o", tmp_path / "no" / "such" / "folder" / "map.html")
    assert result.exit_code == 2
    assert "folder" in result.output
    assert list(tmp_path.iterdir()) == []


def test_export_writes_geojson(tmp_path: Path) -> None:
    out = tmp_path / "claims.geojson"
    result = call("export", EXAMPLE, "-o", out)
    assert result.exit_code == 0, result.output
    collection = json.loads(out.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) >= 5


def test_claims_are_json_lines() -> None:
    result = call("claims", EXAMPLE)
    assert result.exit_code == 0, result.output
    claims = [json.loads(line) for line in result.output.splitlines()]
    assert {"capture", "advance", "repelled"} <= {claim["event"] for claim in claims}


def test_resolve_explains() -> None:
    result = call("resolve", EXAMPLE, "--explain")
    assert result.exit_code == 0, result.output
    assert "Kupjansk" in result.output
