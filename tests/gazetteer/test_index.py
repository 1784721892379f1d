"""`Gazetteer` as a whole: its records, copies, processes and frame, and what it says of itself."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest
from samples import ids, sample_places

from gazetteer import (
    Gazetteer,
    GazetteerFileError,
    Kind,
    Match,
    Name,
    Place,
    Status,
)
from gazetteer.expansion import rules_checksum
from gazetteer.format import write

ROOT = Path(__file__).parent.parent.parent


def test_ids_of_other_registers(g: Gazetteer) -> None:
    assert g["register:namyl:omed"].id == "demo:lyman"
    assert "demo:nix" not in g and 5 not in g
    with pytest.raises(KeyError, match="demo:nix"):
        g["demo:nix"]


def test_a_record_behaves_as_a_plain_place(g: Gazetteer) -> None:
    stored = g["demo:lyman"]
    plain = Place(*(getattr(stored, field.name) for field in dataclasses.fields(Place)))
    assert type(plain) is Place
    assert stored == plain and plain == stored and hash(stored) == hash(plain)
    assert len({stored, plain}) == 1
    assert stored != g["demo:lyman-charkiw"] and stored != "demo:lyman"
    assert dataclasses.replace(stored, population=1).population == 1
    assert dataclasses.replace(stored, population=1) != stored
    assert dataclasses.asdict(stored)["ids"] == dict(stored.ids)
    assert copy.copy(stored) == copy.deepcopy(stored) == stored
    again = pickle.loads(pickle.dumps(stored))
    assert again == stored and again.names == stored.names and again.ids == stored.ids
    assert repr(stored) == "<Place demo:lyman Lyman (Лиман), city, Oblast Donezk>"
    with pytest.raises(dataclasses.FrozenInstanceError):
        stored.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError, match="cannot be changed"):
        stored.ids["a"] = "b"  # type: ignore[index]


def test_a_gazetteer_survives_pickling(g: Gazetteer) -> None:
    again = pickle.loads(pickle.dumps(g))
    assert again.lookup("Lyman") == g.lookup("Lyman")


@pytest.mark.parametrize("ids", [{}, {"geonames": "1"}, MappingProxyType({"katottg": "UA"})])
def test_every_public_record_can_be_copied_and_pickled(ids: Mapping[str, str]) -> None:
    name = Name("Лиман", "uk", "official", Status.OFFICIAL, "katottg")
    place = Place("x:1", "Лиман", "Lyman", Kind.CITY, 37.8, 48.98, 1, 1, ids=ids, names=(name,))
    for record in (name, place, Match(place, name, 0.5), [Match(place, name)]):
        for again in (
            copy.copy(record),
            copy.deepcopy(record),
            pickle.loads(pickle.dumps(record)),
        ):
            assert again == record
    again = pickle.loads(pickle.dumps(place))
    assert again.ids == dict(ids) and again.names == (name,)
    with pytest.raises(TypeError, match="cannot be changed"):
        again.ids["a"] = "b"


def test_matches_of_a_file_can_be_pickled(g: Gazetteer) -> None:
    matches = [*g.lookup("Lyman"), *g.search("Lymna"), *g.complete("Ly")]
    assert pickle.loads(pickle.dumps(matches)) == matches == copy.deepcopy(matches)


def test_threads_get_the_same_answers(path: Path) -> None:
    fresh = Gazetteer.open(path)
    barrier = threading.Barrier(8)

    def ask(number: int) -> list[object]:
        barrier.wait()
        return [
            (fresh.knows(text), fresh.lookup(text), fresh.search(text + "a"), fresh.complete("P"))
            for text in ("Lyman", "Pokrowsk", "Mychajliwka", "Zzz")
        ]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_asks_the_same_file(g: Gazetteer) -> None:
    code = (
        "import os, sys\n"
        "from gazetteer import Gazetteer\n"
        "g = Gazetteer.open(sys.argv[1])\n"
        "g.lookup('Lyman')\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(len(g.lookup('Mychajliwka')) * 10 + len(g.lookup('Lyman')))\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), len(g.lookup('Lyman')))\n"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(g.path)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert out.stdout.split() == ["32", "2"]


def test_exact_look_ups_import_nothing_heavy(g: Gazetteer) -> None:
    code = (
        "import sys\n"
        "from gazetteer import Gazetteer\n"
        "g = Gazetteer.open(sys.argv[1])\n"
        "g.lookup('Lyman', oblast='Donezk'); g.complete('Pok'); g.nearest(37.0, 48.0)\n"
        "g['demo:lyman'].names; g.knows('x'); g.begins_name('x')\n"
        "print(*sorted(sys.modules))\n"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(g.path)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    heavy = {"numpy", "pandas", "shapely", "rapidfuzz", "geopandas", "pyproj", "geopy"}
    assert not heavy & set(out.stdout.split())


# the whole --------------------------------------------------------------------------------------


def test_to_geodataframe_holds_every_record(g: Gazetteer) -> None:
    frame = g.to_geodataframe()
    assert frame.crs == "EPSG:4326" and len(frame) == len(g)
    for row, place in zip(frame.itertuples(), g, strict=True):
        for field in dataclasses.fields(Place):
            if field.name in ("lon", "lat", "ids", "names"):
                continue
            value, expected = getattr(row, field.name), getattr(place, field.name)
            missing = bool(pd.isna(value))
            assert expected is None if missing else value == expected
        assert (row.geometry.x, row.geometry.y) == (place.lon, place.lat)


def test_to_geodataframe_can_be_saved(g: Gazetteer, tmp_path: Path) -> None:
    import geopandas

    g.to_geodataframe().to_file(tmp_path / "places.gpkg")
    assert len(geopandas.read_file(tmp_path / "places.gpkg")) == len(g)


def test_info_says_what_is_in_and_whom_it_is_owed_to(g: Gazetteer) -> None:
    info = g.info()
    assert info["places"] == len(g) == len(sample_places())
    assert info["kinds"]["oblast"] == 3 and info["kinds"]["city"] == 12
    assert info["countries"] == {"RU": 1, "UA": len(g) - 1}
    assert info["names"] == sum(len(place.names) for place in g)
    assert info["attributions"] == [
        {"source": "demo", "text": "Typed for the tests", "licence": "MIT", "url": ""}
    ]
    assert info["source_versions"] == {"demo": "1"}
    assert info["format_version"] == 1 and info["bytes"] == g.path.stat().st_size
    json.dumps(info)


def test_info_tells_other_rules(g: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = g.info()["rules"]
    monkeypatch.setattr("gazetteer.expansion.rules_checksum", lambda: rules)
    assert g.info()["rules_current"] is True
    monkeypatch.setattr("gazetteer.expansion.rules_checksum", lambda: "00000000")
    assert g.info()["rules_current"] is False
    assert g.lookup("Pokrowsk")


def test_the_rules_have_a_checksum() -> None:
    assert len(rules_checksum()) == 8 and rules_checksum() != "00000000"


def test_texts_in_notebooks_are_escaped(tmp_path: Path) -> None:
    evil = "<script>{{ 7 * 7 }}</script>"
    names = (
        Name("Село", "uk", "official", Status.OFFICIAL, evil),
        Name(evil, "de", evil, Status.EXONYM, "x"),
    )
    place = Place(
        "x:1", "Село", evil, Kind.VILLAGE, 1, 2, 3, 4, oblast=evil, ids={"a": evil}, names=names
    )
    write([place], tmp_path / "evil")
    opened = Gazetteer.open(tmp_path / "evil")
    shown = [
        opened["x:1"]._repr_html_(),  # type: ignore[attr-defined]
        opened.lookup(evil)._repr_html_(),  # type: ignore[attr-defined]
        opened.nearest(1, 2)._repr_html_(),  # type: ignore[attr-defined]
    ]
    for html in shown:
        assert "&lt;script&gt;" in html
        assert "<script" not in html and "{" not in html and "}" not in html


def test_the_variable_names_the_default(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FRONTMAP_GAZETTEER", str(path))
    assert Gazetteer.default().path == path
    assert Gazetteer.default() is Gazetteer.default()
    monkeypatch.setenv("FRONTMAP_GAZETTEER", str(tmp_path / "absent"))
    with pytest.raises(GazetteerFileError, match="absent"):
        Gazetteer.default()
    monkeypatch.setenv("FRONTMAP_GAZETTEER", "")
    assert Gazetteer.default().path.name == "default.gazetteer"


def test_a_missing_default_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRONTMAP_GAZETTEER", raising=False)
    monkeypatch.setattr("gazetteer.index._DEFAULT", ("data", "absent.gazetteer"))
    from gazetteer import index

    index._default.cache_clear()
    try:
        with pytest.raises(GazetteerFileError, match="install frontmap again"):
            Gazetteer.default()
    finally:
        index._default.cache_clear()


def test_the_shipped_gazetteer_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRONTMAP_GAZETTEER", raising=False)
    shipped = Gazetteer.default()
    assert len(shipped) > 5000
    match = shipped.lookup("Pokrowsk", oblast="Donezk")[0]
    assert (match.place.kind, match.place.name) == (Kind.CITY, "Покровськ")
    assert shipped.lookup("Kiew")[0].place.kind is Kind.CITY
    assert shipped.lookup("Donezk")[0].place.kind is Kind.CITY
    assert shipped.search("Pokrowks")[0].place.id == match.place.id
    assert ids(shipped.units("Tscherkasser Gebiet")) == ids(shipped.units("Tscherkassy"))
