"""The middle of areas and the ids of units."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import Gazetteer, GazetteerBuildError
from gazetteer.areas import centroid
from gazetteer.outlines import outline, outline_geojson
from gazetteer.sources.subdivisions import read_subdivisions


def test_a_hole_moves_the_centre_away() -> None:
    whole = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[2, 1], [2, 3], [4, 3], [4, 1], [2, 1]]
    lon, lat = centroid({"type": "Polygon", "coordinates": [whole, hole]})
    assert (round(lon, 6), round(lat, 6)) == (round((2 * 16 - 3 * 4) / 12, 6), 2.0)


@pytest.mark.parametrize("place_id", ["katottg:UA14000000000091971", "frontmap:RU-41"])
def test_centre_is_that_of_shapely(place_id: str) -> None:
    feature, shape = outline_geojson(place_id), outline(place_id)
    assert feature is not None
    assert shape is not None
    assert centroid(feature["geometry"]) == pytest.approx((shape.centroid.x, shape.centroid.y))


def test_units_are_read_by_the_codifiers_digits(tmp_path: Path) -> None:
    table = tmp_path / "subdivisions.tsv"
    table.write_text(
        "Donetska oblast\tUA-14\tUA.05\t1\tRegion\n"
        "Pokrovsk Raion\t\tUA.05.1416\t2\t\n"
        "Kursk\t\tRU.41\t3\t\n"
        "Vila\tAD-1\tAD.01\t4\t\n",
        encoding="utf-8",
    )
    assert read_subdivisions(table) == {"14": "1", "1416": "2", "RU-41": "3"}


def test_another_table_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "other.tsv"
    table.write_text("a\tb\tc\td\n", encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=r"other\.tsv: holds no raion"):
        read_subdivisions(table)
    with pytest.raises(GazetteerBuildError, match=r"gone\.tsv: cannot be read"):
        read_subdivisions(tmp_path / "gone.tsv")


def test_shipped_oblasts_and_raions_have_geonames_ids() -> None:
    places = [p for p in Gazetteer.default() if p.ids.get("katottg", "")[:2] == "UA"]
    oblasts = [p for p in places if p.kind == "oblast" and "geonames" not in p.ids]
    assert {p.name_de for p in oblasts} <= {"Kiew", "Sewastopol"}
    raions = [p for p in places if p.kind == "raion"]
    assert sum("geonames" in p.ids for p in raions) / len(raions) > 0.95


def test_no_village_has_the_inhabitants_of_a_city() -> None:
    villages = [p.population or 0 for p in Gazetteer.default() if p.kind == "village"]
    assert max(villages) <= 30_000
