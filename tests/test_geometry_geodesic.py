"""Circles, sectors and corridors against a slow oracle: Karney's geodesics, point by point."""

from __future__ import annotations

import math
from typing import Any

import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box

from frontmap.geometry import geodesic

lons = st.floats(22.0, 40.5)
lats = st.floats(44.0, 52.5)
bearings = st.floats(0.0, 359.99)
WGS84 = Geodesic.WGS84
relaxed = settings(deadline=None, max_examples=60)  # a loaded machine is slow now and then


def oracle(lon: float, lat: float, other: Point) -> tuple[float, float]:
    """Distance and bearing from one point to another."""
    found = WGS84.Inverse(lat, lon, other.y, other.x)
    return found["s12"], found["azi1"] % 360


def off(bearing: float, centre: float) -> float:
    return abs((bearing - centre + 180) % 360 - 180)


@relaxed
@given(lons, lats, bearings, st.floats(1.0, 500_000.0))
def test_destination_distance_and_bearing_agree_with_the_oracle(
    lon: float, lat: float, bearing: float, distance: float
) -> None:
    end = geodesic.destination(lon, lat, bearing, distance)
    far, azimuth = oracle(lon, lat, Point(end))
    assert far == pytest.approx(distance, abs=1e-3)
    assert off(azimuth, bearing) < 0.01
    assert geodesic.distance_m(lon, lat, *end) == pytest.approx(far, abs=1e-3)
    assert off(geodesic.bearing_deg(lon, lat, *end), azimuth) < 0.01


@relaxed
@given(lons, lats, st.floats(50.0, 200_000.0), bearings, st.floats(0.0, 2.0))
def test_circle(lon: float, lat: float, radius: float, bearing: float, share: float) -> None:
    assume(abs(share - 1) > 0.003)
    disc = geodesic.circle(lon, lat, radius)
    assert disc.is_valid
    point = Point(geodesic.destination(lon, lat, bearing, share * radius))
    assert disc.contains(point) is (share < 1)


@relaxed
@given(
    lons, lats, st.floats(0.0, 50_000.0), st.floats(500.0, 60_000.0), bearings,
    st.sampled_from([45.0, 90.0, 180.0, 270.0, 360.0]), bearings, st.floats(0.01, 1.5),
)  # fmt: skip
def test_sector(
    lon: float, lat: float, inner: float, depth: float, centre: float, width: float,
    bearing: float, share: float,
) -> None:  # fmt: skip
    outer = inner + depth
    shape = geodesic.sector(lon, lat, inner, outer, centre, width)
    assert shape.is_valid
    distance = share * outer
    assume(abs(distance - outer) > 0.005 * outer and abs(distance - inner) > 0.005 * outer)
    away = off(bearing, centre)
    assume(width >= 360 or abs(away - width / 2) > 0.5)
    expected = inner < distance < outer and (width >= 360 or away < width / 2)
    point = Point(geodesic.destination(lon, lat, bearing, distance))
    assert shape.contains(point) is expected


def test_eight_sectors_tile_the_ring() -> None:
    parts = [geodesic.sector(36.0, 49.0, 3e3, 15e3, 45.0 * step, 45.0) for step in range(8)]
    ring = geodesic.ring(36.0, 49.0, 3e3, 15e3)
    assert sum(part.area for part in parts) == pytest.approx(ring.area, rel=1e-3)
    assert shapely.union_all(parts).symmetric_difference(ring).area < 1e-3 * ring.area


@pytest.mark.parametrize(("inner", "outer"), [(5.0, 5.0), (6.0, 5.0), (-1.0, 5.0)])
def test_radii_must_grow(inner: float, outer: float) -> None:
    with pytest.raises(ValueError, match="radii must grow"):
        geodesic.sector(36.0, 49.0, inner, outer, 0.0, 45.0)


@pytest.mark.parametrize("radius", [0.0, -3.0, math.nan])
def test_a_circle_needs_a_radius(radius: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        geodesic.circle(36.0, 49.0, radius)


@relaxed
@given(lons, lats, bearings, st.floats(1_000.0, 300_000.0), st.floats(0.05, 0.95),
       st.floats(-2.0, 2.0))  # fmt: skip
def test_corridor(
    lon: float, lat: float, bearing: float, length: float, along: float, aside: float
) -> None:
    assume(abs(abs(aside) - 1) > 0.02)
    half = 0.04 * length
    end = geodesic.destination(lon, lat, bearing, length)
    shape = geodesic.corridor(lon, lat, *end, half)
    assert shape.is_valid
    path = WGS84.InverseLine(lat, lon, end[1], end[0]).Position(along * length)
    point = geodesic.destination(path["lon2"], path["lat2"], path["azi2"] + 90, aside * half)
    assert shape.contains(Point(point)) is (abs(aside) < 1)


@relaxed
@given(lons, lats, st.floats(100.0, 50_000.0), bearings, st.floats(0.0, 2.0))
def test_buffer_of_a_point_is_a_circle(
    lon: float, lat: float, distance: float, bearing: float, share: float
) -> None:
    assume(abs(share - 1) > 0.01)
    shape = geodesic.buffer(Point(lon, lat), distance)
    point = Point(geodesic.destination(lon, lat, bearing, share * distance))
    assert shape.contains(point) is (share < 1)


def test_long_lines_follow_the_geodesic() -> None:
    line = geodesic.line(24.0, 49.0, 39.0, 49.0)
    assert len(line.coords) > 20
    middle = WGS84.InverseLine(49.0, 24.0, 49.0, 39.0).Position(
        WGS84.Inverse(49.0, 24.0, 49.0, 39.0)["s12"] / 2
    )
    assert middle["lat2"] > 49.2  # the shortest way bends north of the parallel
    assert line.distance(Point(middle["lon2"], middle["lat2"])) < 0.01
    assert len(geodesic.line(36.0, 49.0, 36.1, 49.0).coords) == 2


def test_sweep_covers_one_bank_only() -> None:
    river = LineString([(37.6, 49.2), (37.65, 49.5), (37.6, 49.8)])
    west = geodesic.sweep(river, 270.0, 5_000.0)
    assert west.is_valid
    for x, y in river.coords:
        inland = Point(geodesic.destination(x, y - 0.001 if y > 49.7 else y + 0.001, 270, 3_000))
        assert west.contains(inland)
        assert not west.contains(Point(geodesic.destination(x, y, 90, 500)))


def test_farthest() -> None:
    shape: Polygon = box(36.0, 49.0, 37.0, 50.0)
    corners = [oracle(36.0, 49.0, Point(x, y))[0] for x in (36.0, 37.0) for y in (49.0, 50.0)]
    assert geodesic.farthest_m(shape, 36.0, 49.0) == pytest.approx(max(corners), rel=1e-6)
    assert geodesic.farthest_m(Polygon(), 36.0, 49.0) == 0.0


def test_areas_whose_edges_all_but_coincide_are_overlaid_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Found by `benchmarks.fuzz`: GEOS gave up; then a fine grid is used."""
    exact, grids = shapely.intersection, []

    def failing(first: Any, second: Any, grid_size: float | None = None) -> Any:
        grids.append(grid_size)
        if grid_size is None:
            raise shapely.GEOSException("TopologyException: side location conflict")
        return exact(first, second, grid_size=grid_size)

    monkeypatch.setattr(shapely, "intersection", failing)
    found = geodesic.overlap(shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3))
    assert found.equals(shapely.box(1, 1, 2, 2)) and grids[0] is None and grids[1] < 1e-8
