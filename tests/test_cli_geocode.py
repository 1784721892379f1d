"""``frontmap geocode`` and ``frontmap gazetteer`` as a user calls them."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.append(str(Path(__file__).parent / "gazetteer"))

from samples import sample_places, write_sample

from frontmap.cli import main
from frontmap.cli.geocode_tables import FIELDS, FORMATS
from gazetteer.format import write


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("cli") / "sample.gazetteer")


@pytest.fixture(autouse=True)
def use_sample(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTMAP_GAZETTEER", str(sample))


def call(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


def answers(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def refused(result: Result, *named: str) -> None:
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    message = next(line for line in result.output.splitlines() if line.startswith("Error:"))
    for text in named:
        assert text in message


# geocode ----------------------------------------------------------------------------------------


def test_names_as_arguments_give_json_lines() -> None:
    found, lost = answers(call("geocode", "Lyman (Oblast Charkiw)", "Nirgendwo"))
    assert list(found) == list(FIELDS)
    assert found["id"] == "demo:lyman-charkiw" and found["found"] is True
    assert (found["lon"], found["lat"], found["precision_m"]) == (36.45, 49.58, 500)
    assert (found["matched"], found["scheme"]) == ("Lyman", "duden-uk")
    assert lost["query"] == "Nirgendwo" and lost["found"] is False and lost["lon"] is None


@pytest.mark.parametrize("arguments", [[], ["-"]])
@pytest.mark.parametrize(
    "stdin", ["Lyman\n\n Pokrowsk \r\nCharkiw", "\ufeffLyman\nPokrowsk\nCharkiw\n"]
)
def test_names_from_standard_input(arguments: list[str], stdin: str) -> None:
    found = answers(call("geocode", *arguments, stdin=stdin))
    assert [row["query"] for row in found] == ["Lyman", "Pokrowsk", "Charkiw"]


def test_no_names_are_no_rows() -> None:
    assert answers(call("geocode", stdin="")) == []


TABLE = "nr;ort;name;note\n1;Pokrowsk;A;=1+1\n2;Nirgendwo;B;-3,5\n3;Lyman\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_column_keeps_the_other_columns(
    encoding: str, delimiter: str, tmp_path: Path
) -> None:
    table = TABLE.replace("-3,5", "Grüße").replace(";", delimiter)
    path = tmp_path / "orte.csv"
    path.write_bytes(table.encode(encoding))
    result = call("geocode", "--column", "ort", path, "--format", "csv")
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == ["nr", "ort", "name_in", "note", *FIELDS]
    assert [row["id"] for row in rows] == ["demo:pokrowsk", "", "demo:lyman"]
    assert [row["name_in"] for row in rows] == ["A", "B", ""]
    assert [row["name"] for row in rows] == ["Покровськ", "", "Лиман"]
    assert rows[1]["note"] == "Grüße" and rows[1]["found"] == "false"


def test_a_csv_column_from_standard_input() -> None:
    result = call("geocode", "--column", "ort", stdin=TABLE)
    assert [row["nr"] for row in answers(result)] == ["1", "2", "3"]


EVIL = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", "\t=1", "＝1", "'=1"]


@pytest.mark.parametrize("cell", EVIL)
def test_no_cell_is_run_as_a_formula(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "evil.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["ort", cell], ["Lyman", cell], [cell, "x"]])
    result = call("geocode", "--column", "ort", path, "--format", "csv")
    assert result.exit_code == 0, result.output
    for row in csv.reader(io.StringIO(result.stdout)):
        for value in row:
            assert value[:1] not in ("=", "+", "@", "\t", "＝")
            assert not value.startswith("-") or value == "-"


def test_numbers_stay_numbers_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    path.write_text("ort;wert\nLyman;-3,5\nLyman;+7\n", encoding="utf-8")
    result = call("geocode", "--column", "ort", path, "--format", "csv")
    assert [row["wert"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["-3,5", "+7"]


def test_columns_that_repeat_keep_apart() -> None:
    result = call("geocode", "--column", "ort", stdin="ort,a,a\nLyman,1,2\n")
    row = answers(result)[0]
    assert (row["a"], row["a_2"]) == ("1", "2")


@pytest.mark.parametrize("suffix", FORMATS)
def test_files_by_suffix(suffix: str, tmp_path: Path) -> None:
    import geopandas

    path = tmp_path / f"orte{suffix}"
    result = call("geocode", "Pokrowsk", "Nirgendwo", "-o", path)
    assert result.exit_code == 0, result.output
    assert result.output.strip() == f"{path}: 1 of 2 names found"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    match FORMATS[suffix]:
        case "csv":
            rows = list(csv.DictReader(path.open(encoding="utf-8")))
            assert [row["found"] for row in rows] == ["true", "false"]
        case "jsonl":
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            assert [row["id"] for row in rows] == ["demo:pokrowsk", None]
        case _:
            frame = geopandas.read_file(path)
            assert list(frame["query"]) == ["Pokrowsk", "Nirgendwo"]
            assert frame.crs == "EPSG:4326"
            assert (frame.geometry[0].x, frame.geometry[0].y) == (37.17706, 48.28014)
            assert frame.geometry[1] is None
            assert frame["population"][0] == 60127


def test_a_geopackage_takes_columns_of_any_name(tmp_path: Path) -> None:
    import geopandas

    path = tmp_path / "orte.gpkg"
    stdin = "ort,fid,geom,FID\nLyman,a,b,c\n"
    result = call("geocode", "--column", "ort", "-o", path, stdin=stdin)
    assert result.exit_code == 0, result.output
    assert len(geopandas.read_file(path)) == 1


def test_geojson_on_standard_output() -> None:
    result = call("geocode", "Pokrowsk", "Nirgendwo", "--format", "geojson")
    features = json.loads(result.stdout)["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [37.17706, 48.28014]}
    assert features[1]["geometry"] is None


def test_options_narrow_the_search() -> None:
    several = answers(call("geocode", "Mychajliwka", "--limit", "9"))
    assert len(several) == 3
    boxed = answers(call("geocode", "Mychajliwka", "--viewbox", "37.1,48.1,37.4,48.4"))
    assert boxed[0]["id"] == "demo:mychajliwka-1"
    bound = call("geocode", "Charkiw", "--viewbox", "37.1,48.1,37.4,48.4", "--bounded")
    assert answers(bound)[0]["found"] is False
    assert answers(call("geocode", "Donezk", "--kind", "oblast"))[0]["id"] == "demo:o-donezk"
    assert answers(call("geocode", "Pokrowks"))[0]["found"] is True
    assert answers(call("geocode", "Pokrowks", "--exact"))[0]["found"] is False
    ukrainian = answers(call("geocode", "Lyman", "--language", "uk"))[0]
    assert ukrainian["address"] == "Лиман, Донецька область, Україна"


def test_another_gazetteer(tmp_path: Path) -> None:
    write(sample_places()[:1], tmp_path / "one.gazetteer")
    path = tmp_path / "one.gazetteer"
    assert answers(call("geocode", "Donezk", "--gazetteer", path))[0]["found"] is True
    assert answers(call("geocode", "Lyman", "--gazetteer", path))[0]["found"] is False


def test_bad_input_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    table = tmp_path / "orte.csv"
    table.write_text(TABLE, encoding="utf-8")
    refused(call("geocode", "Lyman", "-o", tmp_path / "x.docx"), "x.docx", ".gpkg")
    refused(call("geocode", "Lyman", "-o", tmp_path / "no" / "x.csv"), "x.csv")
    refused(call("geocode", "Lyman", "-o", tmp_path / "x.csv", "--format", "csv"), "suffix")
    refused(call("geocode", "--column", "stadt", table), "stadt", "'ort'")
    refused(call("geocode", "--column", "ort", tmp_path / "fehlt.csv"), "fehlt.csv")
    refused(call("geocode", "--column", "ort", stdin=""), "empty")
    refused(call("geocode", "Lyman", "--viewbox", "1,2,3"), "west,south,east,north")
    refused(call("geocode", "Lyman", "--viewbox", "9,2,3,4"), "west,south,east,north")
    refused(call("geocode", "Lyman", "--bounded"), "--viewbox")
    refused(call("geocode", "Lyman", "--limit", "0"), "limit")
    refused(call("geocode", "Lyman", "--gazetteer", table), "orte.csv", "no gazetteer")
    assert [entry.name for entry in tmp_path.iterdir()] == ["orte.csv"]


# gazetteer --------------------------------------------------------------------------------------


def test_info() -> None:
    result = call("gazetteer", "info")
    assert result.exit_code == 0
    assert "places: 27" in result.output
    assert "demo: Typed for the tests (MIT)" in result.output
    facts = json.loads(call("gazetteer", "info", "--json").stdout)
    assert facts["places"] == 27 and facts["format_version"] == 1


def test_search() -> None:
    result = call("gazetteer", "search", "Pokrowks", "--limit", "1")
    assert result.exit_code == 0
    assert "0.88  Pokrowsk [duden-uk]" in result.output and "demo:pokrowsk" in result.output
    found = answers(call("gazetteer", "search", "Lyman", "--oblast", "Charkiw", "--json"))
    assert [row["id"] for row in found] == ["demo:lyman-charkiw"]
    began = call("gazetteer", "search", "Mychaj", "--complete", "--kind", "town")
    assert "demo:mychajliwka-3" in began.output and "demo:mychajliwka-1" not in began.output


def test_search_that_finds_nothing_is_no_error() -> None:
    result = call("gazetteer", "search", "Nirgendwo")
    assert result.exit_code == 0 and result.stdout == ""
    assert "nothing found for 'Nirgendwo'" in result.stderr


def test_show() -> None:
    result = call("gazetteer", "show", "demo:pokrowsk")
    assert result.exit_code == 0
    assert "Красноармійськ  [uk, source, historical, demo]" in result.output
    record = json.loads(call("gazetteer", "show", "demo:pokrowsk", "--json").stdout)
    assert record["lon"] == 37.17706 and len(record["names"]) > 5


def test_diff(tmp_path: Path, sample: Path) -> None:
    from dataclasses import replace

    places = sample_places()
    changed = [replace(places[0], population=5), *places[2:]]
    changed.append(replace(places[1], id="demo:new"))
    write(changed, tmp_path / "new.gazetteer")
    result = call("gazetteer", "diff", sample, tmp_path / "new.gazetteer")
    assert result.exit_code == 0
    assert "~ demo:donezk  Donezk  population: 901645 -> 5" in result.output
    assert "- demo:o-donezk" in result.output and "+ demo:new" in result.output
    assert "1 added, 1 removed, 1 changed" in result.output
    same = call("gazetteer", "diff", sample, sample)
    assert same.output.strip() == "0 added, 0 removed, 0 changed"
    lines = answers(call("gazetteer", "diff", sample, tmp_path / "new.gazetteer", "--json"))
    assert {line["change"] for line in lines} == {"added", "removed", "changed"}


def test_bad_gazetteer_input_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    refused(call("gazetteer", "show", "demo:nix"), "demo:nix", "search")
    refused(call("gazetteer", "search", "Lyman", "--oblast", "Nix"), "'Nix'")
    refused(call("gazetteer", "search", "Lyman", "--kind", "stadt"), "'stadt'")
    refused(call("gazetteer", "info", "--gazetteer", tmp_path / "fehlt"), "fehlt")
    refused(call("gazetteer", "diff", tmp_path / "a", tmp_path / "b"), str(tmp_path / "a"))
    refused(
        call("gazetteer", "build", "--csv", tmp_path / "fehlt.csv", "-o", tmp_path / "x"),
        "fehlt.csv",
    )


def test_build_passes_the_sources_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gazetteer.build

    seen: dict[str, object] = {}

    def build_file(
        output: Path, *, progress: Callable[[str, float], None], **sources: object
    ) -> gazetteer.build.BuildSummary:
        progress("half-way", 0.5)
        seen.update(sources)
        write(sample_places()[:2], output)
        return gazetteer.build.BuildSummary(output, 2, {"city": 1, "oblast": 1}, {}, ("beware",))

    monkeypatch.setattr(gazetteer.build, "build_file", build_file)
    dump = tmp_path / "UA.zip"
    dump.write_bytes(b"")
    out = tmp_path / "my.gazetteer"
    result = call("gazetteer", "build", "--geonames", dump, "--csv", dump, "-o", out)
    assert result.exit_code == 0, result.output
    assert seen == {"geonames": dump, "table": dump, "cache": None}
    assert result.stdout == f"{out}: 2 places (1 city, 1 oblast)\n"
    assert "warning: beware" in result.stderr
    refused(call("gazetteer", "build", "-o", tmp_path / "no" / "x"), "folder")


@pytest.mark.parametrize("command", ["info", "search", "show", "build", "diff"])
def test_help_has_an_example(command: str) -> None:
    result = call("gazetteer", command, "--help")
    assert result.exit_code == 0
    assert f"Example: frontmap gazetteer {command}" in result.output


@pytest.fixture
def shipped(use_sample: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outlines are those of places of the shipped gazetteer."""
    monkeypatch.delenv("FRONTMAP_GAZETTEER")


def test_geometry_gives_outlines_and_courses(shipped: None) -> None:
    arguments = ["geocode", "Rajon Pokrowsk", "Oskil", "Lyman", "--geometry", "--format", "geojson"]
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    types = [f["geometry"]["type"] for f in json.loads(result.stdout)["features"]]
    assert types == ["Polygon", "LineString", "Point"]


def test_geometry_reaches_a_geopackage(shipped: None, tmp_path: Path) -> None:
    import geopandas as gpd

    path = tmp_path / "raion.gpkg"
    arguments = ["geocode", "Rajon Pokrowsk", "Lyman", "--geometry", "-o", str(path)]
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    assert list(gpd.read_file(path).geom_type) == ["Polygon", "Point"]


def test_geometry_needs_a_format_that_holds_it() -> None:
    result = call("geocode", "Lyman", "--geometry")
    assert result.exit_code == 2
    assert "--geometry needs --format geojson" in result.stderr


def test_show_gives_a_feature(shipped: None) -> None:
    raion = "katottg:UA14160000000061982"
    result = call("gazetteer", "show", raion.removeprefix("katottg:"), "--geometry")
    assert result.exit_code == 0, result.output
    feature = json.loads(result.stdout)
    assert (feature["id"], feature["geometry"]["type"]) == (raion, "Polygon")
    assert feature["properties"]["outline_source"] == "derived"
    assert feature["properties"]["outline_precision_m"] == 3000
