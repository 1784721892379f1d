"""`nearest` and `within` of `Gazetteer`, beside a slow search over everything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from samples import ids
from shapely import MultiPolygon, Point, Polygon, box

from gazetteer import (
    Gazetteer,
    GazetteerQueryError,
    Kind,
    Place,
)
from gazetteer.format import write
from gazetteer.geodesy import distance_m

GEOD = Geod(ellps="WGS84")


def slow_nearest(places: list[Place], lon: float, lat: float) -> list[float]:
    lons, lats = np.array([p.lon for p in places]), np.array([p.lat for p in places])
    _, _, metres = GEOD.inv(np.full(len(places), lon), np.full(len(places), lat), lons, lats)
    return sorted(metres)


def check_nearest(g: Gazetteer, lon: float, lat: float, k: int) -> None:
    places = list(g)
    expected = slow_nearest(places, lon, lat)[:k]
    found = g.nearest_with_distance(lon, lat, k)
    assert [metres for metres, _ in found] == pytest.approx(expected, abs=0.01)
    for metres, place in found:
        assert GEOD.inv(lon, lat, place.lon, place.lat)[2] == pytest.approx(metres, abs=0.01)
    assert ids(g.nearest(lon, lat, k)) == ids([place for _, place in found])


@settings(deadline=None)
@given(
    lon=st.floats(20, 45) | st.floats(-180, 180),
    lat=st.floats(43, 54) | st.floats(-90, 90),
    k=st.sampled_from([1, 2, 5, 30]),
)
@example(lon=37.17706, lat=48.28014, k=1)
@example(lon=180.0, lat=0.0, k=3)
@example(lon=-143.0, lat=-48.0, k=3)
def test_nearest_is_the_geodesic_nearest(lon: float, lat: float, k: int, g: Gazetteer) -> None:
    if abs(lon - 37 + 180) < 1 and abs(lat + 48) < 1:
        return  # antipodes, where Vincenty's series is given up for a sphere
    check_nearest(g, lon, lat, k)


def scattered(folder: Path, boxes: list[tuple[float, float, float, float]], each: int) -> Gazetteer:
    """Places at random in boxes (west, south, east, north)."""
    random = np.random.default_rng(5)
    places = []
    for west, south, east, north in boxes:
        for lon, lat in random.uniform((west, south), (east, north), (each, 2)).round(4):
            number = len(places)
            kind = Kind.VILLAGE if number % 7 else Kind.CITY
            places.append(
                Place(f"r:{number:05}", "Село", "Selo", kind, float(lon), float(lat), 1, 1)
            )
    write(places, folder / "random.gazetteer", expand=False)
    return Gazetteer.open(folder / "random.gazetteer")


@pytest.fixture(scope="module")
def ukraine(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return scattered(tmp_path_factory.mktemp("many"), [(22, 44, 40, 52)], 2000)


@settings(deadline=None, max_examples=60)
@given(lon=st.floats(21, 41), lat=st.floats(43, 53), k=st.sampled_from([1, 4]))
def test_nearest_among_many(lon: float, lat: float, k: int, ukraine: Gazetteer) -> None:
    check_nearest(ukraine, lon, lat, k)


def test_nearest_on_the_borders_of_cells(ukraine: Gazetteer) -> None:
    grid = ukraine._store.file.grid
    for column in range(0, grid.columns, 9):
        for row in range(0, grid.rows, 9):
            check_nearest(
                ukraine, grid.west + column * grid.width, grid.south + row * grid.height, 2
            )


@pytest.fixture(scope="module")
def with_outliers(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Many places in one region and a few far away, outside the grid of cells."""
    boxes = [(22.0, 44.0, 40.0, 52.0)] * 20 + [(18, 40, 160, 70)]
    return scattered(tmp_path_factory.mktemp("outliers"), boxes, 60)


@settings(deadline=None, max_examples=80)
@given(lon=st.floats(15, 165), lat=st.floats(35, 72), k=st.sampled_from([1, 3, 40]))
def test_nearest_with_places_outside_the_grid(
    lon: float, lat: float, k: int, with_outliers: Gazetteer
) -> None:
    grid = with_outliers._store.file.grid
    assert grid.west + grid.width * grid.columns < 160
    check_nearest(with_outliers, lon, lat, k)


def test_nearest_around_the_date_line_and_the_pole(tmp_path: Path) -> None:
    world = scattered(tmp_path, [(-180, 60, -170, 89), (170, 60, 180, 89), (0, -5, 5, 5)], 60)
    for lon in (-180.0, -179.99, 179.99, 0.0, 90.0):
        for lat in (90.0, 85.0, 70.0, 0.0, -90.0):
            check_nearest(world, lon, lat, 3)


@pytest.mark.parametrize("least", [0, 1, 5_000, 100_000])
@pytest.mark.parametrize("kind", ["city", "town", "oblast", "island"])
def test_names_by_population(kind: str, least: int) -> None:
    places = list(Gazetteer.default())
    assert Gazetteer.default().names_by_population(kind, least) == [
        place.name_de
        for place in places
        if place.kind == kind and (not least or (place.population or 0) >= least)
    ]


def test_nearest_of_a_kind_within_a_distance(ukraine: Gazetteer) -> None:
    cities = [place for place in ukraine if place.kind is Kind.CITY]
    expected = slow_nearest(cities, 31.0, 49.0)
    found = ukraine.nearest_with_distance(31.0, 49.0, 5, "city")
    assert [metres for metres, _ in found] == pytest.approx(expected[:5], abs=0.01)
    limit = (expected[1] + expected[2]) / 2
    assert len(ukraine.nearest(31.0, 49.0, 5, kinds="city", max_distance_m=limit)) == 2
    assert ukraine.nearest(31.0, 49.0, max_distance_m=0) == []
    own = cities[0]
    assert ukraine.nearest(own.lon, own.lat, max_distance_m=0) == [own]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((37.0, 91.0), "91"),
        ((float("nan"), 48.0), "nan"),
        ((float("inf"), 48.0), "inf"),
        ((37.0, 48.0, 0), "k=0"),
    ],
)
def test_nearest_to_nowhere(arguments: tuple[float, ...], named: str, g: Gazetteer) -> None:
    with pytest.raises(GazetteerQueryError, match=named):
        g.nearest(*arguments)  # type: ignore[arg-type]
    with pytest.raises(GazetteerQueryError, match="max_distance_m"):
        g.nearest(37.0, 48.0, max_distance_m=-1)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89))
def test_distance_is_that_of_the_ellipsoid(
    lon1: float, lat1: float, lon2: float, lat2: float
) -> None:
    expected = GEOD.inv(lon1, lat1, lon2, lat2)[2]
    if expected < 19_000_000:
        assert distance_m(lon1, lat1, lon2, lat2) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    "geometry",
    [
        box(30, 48, 33, 50),
        Polygon([(25, 45), (35, 46), (30, 51), (25, 45)]),
        MultiPolygon([box(22, 44, 23, 45), box(39, 51, 40, 52)]),
        Point(31, 49).buffer(1).difference(Point(31, 49).buffer(0.5)),
        box(0, 0, 1, 1),
    ],
)
def test_within_is_what_shapely_says(geometry: Polygon, ukraine: Gazetteer) -> None:
    expected = {p.id for p in ukraine if geometry.intersects(Point(p.lon, p.lat))}
    assert set(ids(ukraine.within(geometry))) == expected
    cities = {i for i in expected if ukraine[i].kind is Kind.CITY}
    assert set(ids(ukraine.within(geometry, kinds="city"))) == cities


def test_within_includes_the_edge_and_comes_by_prominence(g: Gazetteer) -> None:
    found = g.within(box(37.17706, 48.28014, 37.9, 48.4))
    assert ids(found)[0] == "demo:pokrowsk"
    assert g.within(Polygon()) == []
    with pytest.raises(GazetteerQueryError, match="shapely geometry"):
        g.within("here")
