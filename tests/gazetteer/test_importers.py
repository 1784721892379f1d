"""Files of the caller's: OpenStreetMap, GeoNames' dump, an own table, from reading to places."""

from __future__ import annotations

import gzip
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from build_world import code_of, positions, world
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.gazetteer_accuracy import read_reference
from gazetteer import Kind, Place, PositionSource
from gazetteer.additions import add_sources
from gazetteer.build import Sources, build, match_all
from gazetteer.errors import GazetteerBuildError
from gazetteer.matching import OldRaions, settlements_of
from gazetteer.sites import distance_m, merge_rows
from gazetteer.sources.geonames_dump import read_geonames_dump
from gazetteer.sources.osm import read_osm
from gazetteer.sources.records import SourceName, Unit
from gazetteer.sources.table import read_table

SHARED = Path(__file__).parents[2] / "../shared/reference"
REFERENCE = SHARED / "katottg_x_geonames.tsv.gz"
DUMPS = sorted(SHARED.glob("geonames_UA*.txt.gz")) if SHARED.is_dir() else []
CODE = code_of("1402", 0)
LON, LAT = positions()[CODE]
TAGS = {"place": "village", "name": "Михайлівка", "name:ru": "Михайловка", "katotth": CODE}


def sources() -> Sources:
    units, rows = world()
    given = {"units": units, "rows": rows, "used": ("katottg", "worldcities")}
    return Sources(**{**{entry.name: {} for entry in fields(Sources)}, **given})  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _without_features(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazetteer.build.feature_places", lambda places: [])


def built(**files: Path) -> dict[str, Place]:
    given: dict[str, Any] = {"geonames": None, "alternate_names": None, "osm": None, "table": None}
    added = add_sources(sources(), **{**given, **files}, report=lambda step, share: None)
    return {place.id: place for place in build(added)}


def written(path: Path, answer: object) -> Path:
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


# ---------------------------------------------------------------------------- OpenStreetMap


def extract(path: Path, nodes: list[dict[str, Any]]) -> Path:
    osmium = pytest.importorskip("osmium", reason="osmium is only in the osm extra")
    with osmium.SimpleWriter(str(path)) as writer:
        for number, node in enumerate(nodes, start=1):
            writer.add_node(osmium.osm.mutable.Node(id=number, **node))
    return path


@pytest.mark.parametrize("suffix", [".osm.pbf", ".osm", ".osm.gz"])
def test_an_extract_is_read(tmp_path: Path, suffix: str) -> None:
    path = extract(
        tmp_path / f"places{suffix}",
        [
            {"location": (LON + 0.01, LAT), "tags": TAGS},
            {"location": (LON, LAT), "tags": {"highway": "crossing"}},
            {"location": (LON, LAT), "tags": {"place": "farm", "name": "Хутір"}},
            {"tags": {"place": "village", "name": "Без місця"}},
        ],
    )
    (row,) = read_osm(path)
    assert (row.key, row.katottg, row.kind) == ("node/1", CODE, Kind.VILLAGE)
    assert (row.lon, row.lat) == pytest.approx((LON + 0.01, LAT))
    assert SourceName("Михайловка", "ru") in row.names


def test_an_extract_moves_the_village_and_is_owed(tmp_path: Path) -> None:
    path = extract(tmp_path / "x.osm.pbf", [{"location": (LON + 0.02, LAT), "tags": TAGS}])
    place = built(osm=path)[f"katottg:{CODE}"]
    assert place.position_source is PositionSource.OSM
    assert (place.lon, place.lat) == pytest.approx((LON + 0.02, LAT))
    added = add_sources(sources(), None, None, path, None, lambda step, share: None)
    assert added.used[-1] == "osm"


@pytest.mark.parametrize(
    "content", [b"", b"hello, this is no extract", b"\x00\x00\x00\x0d\n\x09OSM"]
)
def test_a_broken_extract_is_named(tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("osmium", reason="osmium is only in the osm extra")
    path = tmp_path / "broken.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(GazetteerBuildError, match=r"broken\.osm\.pbf: "):
        read_osm(path)
    with pytest.raises(GazetteerBuildError, match=r"missing\.osm\.pbf: "):
        read_osm(tmp_path / "missing.osm.pbf")


def test_overpass_json_is_read(tmp_path: Path) -> None:
    elements = [
        {"type": "node", "id": 7, "lat": LAT, "lon": LON, "tags": TAGS},
        {"type": "way", "id": 8, "center": {"lat": LAT, "lon": LON}, "tags": TAGS},
        {"type": "way", "id": 9, "nodes": [1, 2], "tags": TAGS},
        {"type": "node", "id": 10, "lat": LAT, "lon": LON},
    ]
    path = written(tmp_path / "answer.json", {"version": 0.6, "elements": elements})
    assert [row.key for row in read_osm(path)] == ["node/7", "way/8"]


def test_overpass_turbo_geojson_is_read(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [LON, LAT]}
    feature = {"type": "Feature", "properties": {"@id": "node/7", **TAGS}, "geometry": point}
    answer = {"type": "FeatureCollection", "features": [feature]}
    (row,) = read_osm(written(tmp_path / "turbo.geojson", answer))
    assert (row.key, row.katottg) == ("node/7", CODE)


def nominatim(**properties: object) -> dict[str, object]:
    square = [[LON, LAT], [LON + 0.2, LAT], [LON + 0.2, LAT + 0.2], [LON, LAT + 0.2], [LON, LAT]]
    return {
        "type": "Feature",
        "properties": {
            "osm_type": "relation",
            "osm_id": 5,
            "display_name": "Михайлівка, Донецька область, Україна",
            "extratags": {"katotth": CODE, "population": "1 200"},
            **properties,
        },
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }


def test_nominatim_geojson_is_read(tmp_path: Path) -> None:
    answer = {
        "type": "FeatureCollection",
        "features": [
            nominatim(category="place", type="village"),
            nominatim(category="boundary", type="administrative", addresstype="town", osm_id=6),
            nominatim(category="highway", type="residential", osm_id=7),
        ],
    }
    village, town = read_osm(written(tmp_path / "nominatim.geojson", answer))
    assert (village.names[0].text, village.kind, village.population) == (
        "Михайлівка",
        Kind.VILLAGE,
        1200,
    )
    assert (village.lon, village.lat) == pytest.approx((LON + 0.1, LAT + 0.1))
    assert (town.key, town.kind, town.katottg) == ("relation/6", Kind.TOWN, CODE)


@pytest.mark.parametrize("code", ["UA14", "1402001001", "UA 14020010010000000", "ЮА1402"])
def test_a_bad_code_is_not_believed(tmp_path: Path, code: str) -> None:
    element = {"type": "node", "id": 7, "lat": LAT, "lon": LON, "tags": {**TAGS, "katotth": code}}
    (row,) = read_osm(written(tmp_path / "answer.json", {"elements": [element]}))
    assert (row.katottg, row.oblast) == (None, None)


def test_a_position_that_is_none_names_the_feature(tmp_path: Path) -> None:
    element = {"type": "node", "id": 7, "lat": 99.0, "lon": LON, "tags": TAGS}
    path = written(tmp_path / "answer.json", {"elements": [element]})
    with pytest.raises(GazetteerBuildError, match=r"answer\.json, feature 1: .*no position"):
        read_osm(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["features", "elements", "properties", "geometry", "tags", "type", "lat"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_gives_rows_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, answer: object
) -> None:
    path = written(tmp_path_factory.getbasetemp() / "any.json", answer)
    with pytest.raises(GazetteerBuildError, match=r"any\.json"):
        read_osm(path)


# ---------------------------------------------------------------------------- an own table


def table(path: Path, *lines: str) -> Path:
    header = "name,lon,lat,oblast,katottg,name_de,id,country,kind"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def test_an_own_place_keeps_the_oblast_it_states(tmp_path: Path) -> None:
    path = table(tmp_path / "mine.csv", "Дача Генерала,37.1,48.05,Donezk,,,dacha,,facility")
    place = built(table=path)["user:dacha"]
    assert (place.oblast, place.oblast_id) == ("Donezk", "katottg:UA14000000000000001")
    assert (place.kind, place.country) == (Kind.FACILITY, "UA")
    assert place.position_source is PositionSource.USER


def test_an_own_place_without_oblast_gets_that_around_it(tmp_path: Path) -> None:
    path = table(tmp_path / "mine.csv", "Дача Генерала,37.1,48.05,,,,,,")
    assert built(table=path)["user:mine.csv:2"].oblast == "Donezk"


def test_an_own_place_abroad_has_no_oblast(tmp_path: Path) -> None:
    path = table(tmp_path / "mine.csv", "Новая Дача,37.1,48.05,,,,,RU,village")
    place = built(table=path)["user:mine.csv:2"]
    assert (place.country, place.oblast) == ("RU", None)


def test_an_own_row_with_a_code_is_the_settlement(tmp_path: Path) -> None:
    path = table(tmp_path / "mine.csv", f"Михайлівка,{LON + 0.03},{LAT},,{CODE},Michaelsdorf,,,")
    places = built(table=path)
    place = places[f"katottg:{CODE}"]
    assert place.name_de == "Michaelsdorf" and place.lon == LON + 0.03
    assert not any(identity.startswith("user:") for identity in places)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["X,37,48,,UA14020010990000000,,,,"], "'X' has the code UA14020010990000000, which is no"),
        ([f"X,37,48,,{CODE},,,,", f"Y,37,48,,{CODE},,,,"], f"'{CODE}' stands in several lines"),
        (["X,37,48,,,,a,,", "Y,37,48,,,,a,,"], "'a' stands in several lines"),
        (["X,37,48,,,,,,castle"], "line 2: 'castle' is no kind of place; there are city, town"),
        ([], "no place in it, only a header"),
    ],
)
def test_slips_in_an_own_table_are_named(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(GazetteerBuildError, match=message):
        built(table=table(tmp_path / "mine.csv", *lines))


def test_an_own_place_on_the_moon_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(GazetteerBuildError, match=r"user:mine\.csv:2 .* lies outside UA"):
        built(table=table(tmp_path / "mine.csv", "Місяць,7.0,48,,,,,,"))


@given(st.text(max_size=60))
def test_any_table_gives_rows_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text(f"name,lon,lat\n{text}\n", encoding="utf-8", errors="surrogatepass")
    try:
        assert all(row.names[0].text for row in read_table(path))
    except GazetteerBuildError as error:
        assert "any.csv" in str(error)


# ---------------------------------------------------------------------------- GeoNames' dump


def dump_line(key: str, name: str, lon: float, lat: float, admin2: str) -> str:
    cells = [key, name, name, "", str(lat), str(lon), "P", "PPL", "UA", "", "05", admin2]
    return "\t".join([*cells, "", "", "0", "", "100", "Europe/Kyiv", "2024-01-01"])


def test_the_second_level_tells_namesakes_apart(tmp_path: Path) -> None:
    """The dump's own raion decides where two villages of a name lie side by side."""
    lines = [
        dump_line("1", "Mykhaylivka", LON + 0.01, LAT, "1402"),
        dump_line("2", "Mykhaylivka", *positions()[code_of("1404", 0)], "1404"),
    ]
    path = tmp_path / "UA.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    places = built(geonames=path)
    for raion, key in (("1402", "1"), ("1404", "2")):
        place = places[f"katottg:{code_of(raion, 0)}"]
        assert (place.ids["geonames"], place.position_source) == (key, PositionSource.GEONAMES)


def test_alternate_names_reach_the_place(tmp_path: Path) -> None:
    dump = tmp_path / "UA.txt"
    dump.write_text(dump_line("1", "Mykhaylivka", LON, LAT, "1402") + "\n", encoding="utf-8")
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text("1\t1\tde\tMichaelsfeld\t\t\t\t\n", encoding="utf-8")
    place = built(geonames=dump, alternate_names=names)[f"katottg:{CODE}"]
    assert ("Michaelsfeld", "de") in [(name.text, name.language) for name in place.names]


def test_a_damaged_number_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "UA.txt"
    good = dump_line("1", "Mykhaylivka", LON, LAT, "1402")
    path.write_text(good + "\n" + good.replace(str(LAT), "north") + "\n", encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=r"UA\.txt, line 2: could not convert"):
        read_geonames_dump(path)


@pytest.mark.skipif(
    not DUMPS or not REFERENCE.exists(), reason="GeoNames' dump is not beside the checkout"
)
def test_the_dump_joins_the_codes_of_one_oblast(tmp_path: Path) -> None:
    """With the dump nearly every settlement of Sumy oblast gets the position it has there."""
    path = tmp_path / "UA.txt"
    with gzip.open(DUMPS[-1], "rt", encoding="utf-8") as whole:
        part = [line for line in whole if line.split("\t")[11].startswith("59")]
    path.write_text("".join(part), encoding="utf-8")
    reference = {row.code: row for row in read_reference(REFERENCE) if row.code[2:4] == "59"}
    units = [Unit(row.code, "C", row.name, ()) for row in reference.values()]
    settlements = settlements_of(units, {})
    sites = merge_rows(read_geonames_dump(path))
    matches, _ = match_all(settlements, sites, OldRaions(settlements, []))
    assert len(matches) > 0.9 * len(settlements)
    near = sum(
        distance_m(match.site.lon, match.site.lat, reference[code].lon, reference[code].lat) < 3000
        for code, match in matches.items()
    )
    assert near > 0.98 * len(matches)


def test_rows_of_the_package_give_way_to_those_of_the_dump(tmp_path: Path) -> None:
    dump = tmp_path / "UA.txt"
    dump.write_text(dump_line("77", "Mykhaylivka", LON, LAT, "1402") + "\n", encoding="utf-8")
    (row,) = read_geonames_dump(dump)
    base = sources()
    base = replace(base, rows=[replace(row, lon=39.0), *base.rows])
    added = add_sources(base, dump, None, None, None, lambda step, share: None)
    assert [row.lon for row in added.rows if row.key == "77"] == [LON]
