"""The compiled basemap: whole, inside its frame, with Crimea where the law has it."""

from __future__ import annotations

import pytest
import shapely

from frontmap.basemap import basemap_data, credits
from frontmap.basemap.codec import decode_line
from frontmap.layers.island import packed_json

DATA = {language: basemap_data(language) for language in ("de", "uk", "en")}
WEST, SOUTH, EAST, NORTH = DATA["de"]["frame"]


def _polygon(rings: list[str]) -> shapely.Geometry:
    """Rings drawn by the even-odd rule, as the page fills them."""
    shape = shapely.Polygon()
    for ring in rings:
        points = decode_line(ring)
        if len(points) > 3:
            shape = shape.symmetric_difference(shapely.Polygon(points).buffer(0))
    return shape


@pytest.fixture(scope="module")
def ukraine() -> shapely.Geometry:
    return _polygon(DATA["de"]["land"]["UA"])


@pytest.mark.parametrize(
    ("name", "lon", "lat", "inside"),
    [
        ("Simferopol", 34.10, 44.95, True),
        ("Sewastopol", 33.53, 44.60, True),
        ("Kertsch", 36.47, 45.35, True),
        ("Donezk", 37.80, 48.00, True),
        ("Uschhorod", 22.29, 48.62, True),
        ("Belgorod", 36.58, 50.60, False),
        ("Tiraspol", 29.63, 46.84, False),
        ("Anapa", 37.32, 44.90, False),
    ],
)
def test_ukraine_lies_within_its_recognised_border(ukraine, name, lon, lat, inside):
    assert ukraine.contains(shapely.Point(lon, lat)) is inside, name


def test_ukraine_has_its_size(ukraine):
    # 603,550 square kilometres, in degrees squared at its middle latitude
    kilometres = ukraine.area * 111.32 * 111.32 * 0.6587
    assert kilometres == pytest.approx(603_550, rel=0.02)


def test_crimeas_border_with_russia_is_no_inner_border():
    """No state border crosses the isthmus of Perekop."""
    isthmus = shapely.box(33.3, 45.9, 34.0, 46.3)
    for line in DATA["de"]["lines"]["state"]:
        assert not shapely.LineString(decode_line(line)).intersects(isthmus)


def test_the_former_reservoir_is_no_water():
    former, water = _polygon(DATA["de"]["former"]), _polygon(DATA["de"]["water"])
    middle = shapely.Point(34.1, 47.45)
    assert former.contains(middle)
    assert not water.contains(middle)
    kilometres = former.area * 111.32 * 111.32 * 0.676
    assert kilometres == pytest.approx(2155, rel=0.1)


def test_everything_lies_in_the_frame():
    data = DATA["de"]
    lines = [line for rings in data["land"].values() for line in rings]
    lines += [line for part in data["lines"].values() for line in part]
    lines += data["rivers"] + data["water"] + data["former"] + [data["towns"]["at"]]
    for line in lines:
        for lon, lat in decode_line(line):
            assert WEST - 1e-6 <= lon <= EAST + 1e-6
            assert SOUTH - 1e-6 <= lat <= NORTH + 1e-6


@pytest.mark.parametrize("language", DATA)
def test_every_town_has_its_name_place_and_weight(language):
    towns = DATA[language]["towns"]
    names = towns["names"].split("\n")
    weights = [int(weight) for weight in towns["weight"].split("\n")]
    assert len(names) == len(weights) == len(decode_line(towns["at"])) > 5000
    assert all(names)
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("language", "name", "second"),
    [("de", "Pokrowsk", "Покровськ"), ("uk", "Покровськ", None), ("en", "Pokrovsk", "Покровськ")],
)
def test_names_are_in_the_language_with_the_ukrainian_second(language, name, second):
    towns = DATA[language]["towns"]
    number = towns["names"].split("\n").index(name)
    assert (towns["second"].split("\n")[number] if second else None) == second
    lon, lat = decode_line(towns["at"])[number]
    assert (lon, lat) == pytest.approx((37.18, 48.28), abs=0.05)


def test_the_rivers_of_the_front_are_there():
    rivers = shapely.union_all(
        [shapely.LineString(decode_line(line)) for line in DATA["de"]["rivers"]]
    )
    for name, lon, lat in (("Oskil", 37.62, 49.71), ("Siwerskyj Donez", 36.85, 49.5)):
        assert rivers.distance(shapely.Point(lon, lat)) < 0.1, name


@pytest.mark.parametrize("language", DATA)
def test_it_is_small_in_the_page(language):
    assert len(packed_json(DATA[language])) < 700_000


def test_its_sources_are_named():
    assert any("GeoNames" in credit for credit in credits())
