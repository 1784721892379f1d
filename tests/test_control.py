"""Polygons of control: reading them, who holds what, the front line, gains."""

from __future__ import annotations

import datetime as dt
import functools
import json
import random
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPolygon,
    Point,
    Polygon,
    box,
)

from frontmap.claims import Side
from frontmap.control import MAX_GAP_DAYS, Control, mending
from frontmap.control import front as fronts
from frontmap.control.front import _lines, front_of, ukraine
from frontmap.control.metres import area_m2, from_metres, to_metres
from frontmap.errors import ArgumentValueError, ControlError

DEEPSTATE = Path(__file__).parents[2] / "shared" / "reference" / "deepstate"
WGS84 = Geodesic.WGS84
relaxed = settings(deadline=None, max_examples=40)  # a loaded machine is slow now and then

# A country of one box; the east of it is Russian-held, more of it on the second day. The held
# area reaches over the border, as drawn ones do.
COUNTRY = box(30.0, 46.0, 40.0, 51.0)
DAY = dt.date(2025, 11, 20)
LATER = dt.date(2025, 11, 25)


def east_of(lon: float, *, over: float = 0.005) -> Polygon:
    return box(lon, 46.0 - over, 40.0 + over, 51.0 + over)


@pytest.fixture(scope="module")
def control() -> Control:
    polygons = {DAY: east_of(37.0), LATER: east_of(36.9)}
    return Control.from_polygons(polygons, territory=COUNTRY, source="drawn by hand")


# metres


@relaxed
@given(st.floats(22.0, 40.5), st.floats(44.0, 52.5))
def test_metres_and_back(lon: float, lat: float) -> None:
    back = from_metres(to_metres(Point(lon, lat)))
    assert back.distance(Point(lon, lat)) < 1e-7


def test_areas_are_true() -> None:
    box_area, _ = abs_area(box(36.0, 48.0, 37.0, 49.0))
    assert area_m2(box(36.0, 48.0, 37.0, 49.0)) == pytest.approx(box_area, rel=2e-3)


def abs_area(shape: Polygon) -> tuple[float, float]:
    polygon = WGS84.Polygon()
    for x, y in shape.exterior.coords[:-1]:
        polygon.AddPoint(y, x)
    _, perimeter, area = polygon.Compute()
    return abs(area), perimeter


# which day answers


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        (None, LATER),
        (DAY, DAY),
        (DAY + dt.timedelta(days=4), DAY),  # the day before, not the nearer one after
        (LATER, LATER),
        (LATER + dt.timedelta(days=MAX_GAP_DAYS), LATER),
        (LATER + dt.timedelta(days=MAX_GAP_DAYS + 1), None),
        (DAY - dt.timedelta(days=MAX_GAP_DAYS), DAY),
        (DAY - dt.timedelta(days=MAX_GAP_DAYS + 1), None),
    ],
)
def test_the_day_that_answers(
    control: Control, asked: dt.date | None, answers: dt.date | None
) -> None:
    assert control.day_for(asked) == answers


def test_a_day_far_from_the_one_before_is_answered_by_the_one_after() -> None:
    early = DAY - dt.timedelta(days=40)
    control = Control.from_polygons({early: east_of(38.0), DAY: east_of(37.0)}, territory=COUNTRY)
    assert control.day_for(DAY - dt.timedelta(days=3)) == DAY


# who holds what


@pytest.mark.parametrize(
    ("lon", "lat", "day", "holder"),
    [
        (38.0, 48.0, DAY, Side.RU),
        (36.95, 48.0, DAY, Side.UA),
        (36.95, 48.0, LATER, Side.RU),
        (31.0, 48.0, DAY, Side.UA),
        (29.0, 48.0, DAY, None),  # abroad
        (42.0, 48.0, DAY, None),
        (38.0, 48.0, dt.date(2024, 1, 1), None),
    ],
)
def test_side_at(control: Control, lon: float, lat: float, day: dt.date, holder: Any) -> None:
    assert control.side_at(lon, lat, day) is holder


def test_both_sides_polygons() -> None:
    held = {DAY: {Side.RU: box(36, 47, 38, 49), Side.UA: box(33, 47, 36.2, 49)}}
    control = Control(held, territory=COUNTRY)
    assert control.side_at(37, 48) is Side.RU
    assert control.side_at(34, 48) is Side.UA
    assert control.side_at(36.1, 48) is None  # both claim it
    assert control.side_at(31, 48) is None  # nobody does


def test_without_a_territory_only_the_drawn_side_is_known() -> None:
    control = Control({DAY: {Side.RU: box(36, 47, 38, 49)}})
    assert control.side_at(37, 48) is Side.RU
    assert control.side_at(34, 48) is None
    assert control.area(Side.UA) is None
    front = control.front_line()
    assert front is not None and front.length == pytest.approx(8.0)


# the front line


def test_polygons_that_touch_themselves_are_mended_in_metres_too() -> None:
    # the hole's corner touches an edge in degrees and crosses it once both are projected
    held = Polygon(
        [(37.0, 48.0), (38.0, 48.5), (38.0, 49.0), (37.0, 49.0)],
        [[(37.2, 48.2), (37.4, 48.2), (37.4, 48.4)]],
    )
    for step in (0.005, 0.01, 0.02, 0.05):
        assert to_metres(held.segmentize(step)).is_valid
    front = Control.from_polygons({DAY: held}, territory=ukraine()).front_line(DAY)
    assert front is not None and front.is_valid and not front.is_empty


def test_the_front_line_leaves_out_the_border(control: Control) -> None:
    front = control.front_line(DAY)
    assert isinstance(front, LineString)
    xs = [x for x, _ in front.coords]
    assert max(xs) - min(xs) < 1e-4  # degrees: ten metres
    assert front.bounds[1] == pytest.approx(46.0, abs=0.1)
    assert front.bounds[3] == pytest.approx(51.0, abs=0.1)
    assert control.front_line(dt.date(2020, 1, 1)) is None


def test_a_strip_along_the_border_has_a_front_on_its_inner_side() -> None:
    strip = box(33.0, 50.97, 34.0, 51.004)  # four kilometres deep, a little over the border
    front = front_of(strip, COUNTRY)
    assert front.length > 0.95
    assert front.bounds[3] < 51.002  # not along the border, which it crosses at both ends
    assert front.intersection(box(33.1, 50.96, 33.9, 50.98)).length == pytest.approx(0.8, rel=0.01)


def test_single_points_where_edges_touch_are_no_front() -> None:
    one, two, three = (LineString([(x, 46.0), (x, 47.0)]) for x in (31.0, 32.0, 33.0))
    found = _lines(GeometryCollection([Point(30.0, 46.0), one, MultiLineString([two, three])]))
    assert found.equals(MultiLineString([one, two, three]))
    assert _lines(GeometryCollection([Point(30.0, 46.0)])).is_empty


def test_without_a_basemap_no_border_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    import frontmap.control.front as module

    monkeypatch.setattr(module, "files", lambda package: Path("/nowhere"))
    assert ukraine.__wrapped__() is None
    edge = front_of(box(36.0, 48.0, 37.0, 49.0), None)
    assert edge.length == pytest.approx(4.0, rel=1e-3)  # then the whole edge is the front


def test_all_held_has_no_front() -> None:
    assert front_of(COUNTRY.buffer(0.01), COUNTRY).is_empty
    assert front_of(MultiPolygon(), COUNTRY).is_empty
    control = Control.from_polygons({DAY: COUNTRY.buffer(0.01)}, territory=COUNTRY)
    assert control.nearest_front_point(35, 48) is None
    assert control.distance_to_front_m(35, 48) is None


JAGGED = Polygon(
    [(37.0, 45.9), (36.5, 47.5), (37.4, 48.6), (36.2, 51.1), (40.1, 51.1), (40.1, 45.9)]
)
SYNTHETIC = Control.from_polygons({DAY: JAGGED}, territory=COUNTRY)


@functools.cache
def samples() -> list[tuple[float, float]]:
    front = SYNTHETIC.front_line(DAY)
    assert front is not None
    return [front.interpolate(step / 700, normalized=True).coords[0] for step in range(701)]


@settings(deadline=None, max_examples=15)
@given(st.floats(31.0, 39.5), st.floats(46.7, 50.3))
def test_distance_to_the_front_against_dense_sampling(lon: float, lat: float) -> None:
    sampled = min(WGS84.Inverse(lat, lon, y, x)["s12"] for x, y in samples())
    found = SYNTHETIC.distance_to_front_m(lon, lat, DAY)
    assert found is not None
    assert found <= sampled * 1.005 + 1
    assert found >= sampled - 1_000  # the samples lie up to a kilometre apart


# gains


def test_gains_against_counting_points(control: Control) -> None:
    gains = control.gains(DAY, LATER)
    assert gains[Side.UA].is_empty
    won = gains[Side.RU]
    inside = 0
    for i in range(40):
        for j in range(40):
            lon, lat = 36.8 + 0.4 * (i + 0.5) / 40, 46.0 + 5.0 * (j + 0.5) / 40
            before, after = (control.side_at(lon, lat, day) for day in (DAY, LATER))
            changed = before is Side.UA and after is Side.RU
            inside += changed
            assert won.contains(Point(lon, lat)) is changed
    assert inside == 400
    back = control.gains(LATER, DAY)
    assert back[Side.RU].is_empty
    assert back[Side.UA].symmetric_difference(won).area < 1e-9


def test_gains_under_a_hectare_are_noise() -> None:
    before = east_of(37.0)
    after = before.union(box(36.9995, 48.0, 37.0, 48.0005))
    control = Control.from_polygons({DAY: before, LATER: after}, territory=COUNTRY)
    assert control.gains(DAY, LATER)[Side.RU].is_empty


def test_gains_need_polygons(control: Control) -> None:
    with pytest.raises(ControlError, match=r"within 7 days of 2024-01-01; .* from 2025-11-20"):
        control.gains(dt.date(2024, 1, 1), LATER)


# reading


def write(path: Path, features: list[dict[str, Any]], **members: Any) -> Path:
    collection = {"type": "FeatureCollection", "features": features, **members}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def feature(shape: Any, **properties: Any) -> dict[str, Any]:
    geometry = json.loads(geopandas.GeoSeries([shape]).to_json())["features"][0]["geometry"]
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("deepstatemap_data_20251127.geojson", dt.date(2025, 11, 27)),
        ("front 2025-11-27.geojson", dt.date(2025, 11, 27)),
        ("front_2025_11_27_v2.geojson", dt.date(2025, 11, 27)),
        ("Stand 27.11.2025.geojson", dt.date(2025, 11, 27)),
        ("id120251127.geojson", None),  # digits of something else
        ("20251327.geojson", None),
        ("control.geojson", None),
    ],
)
def test_the_file_name_carries_the_date(tmp_path: Path, name: str, day: dt.date | None) -> None:
    path = write(tmp_path / name, [feature(box(36, 47, 38, 49))])
    if day is None:
        with pytest.raises(ControlError, match=r"neither the file name nor a column"):
            Control.read(path)
        assert Control.read(path, date="2025-11-27").days == (dt.date(2025, 11, 27),)
    else:
        assert Control.read(path).days == (day,)


def test_a_date_column_and_sides(tmp_path: Path) -> None:
    path = write(
        tmp_path / "layers_20260101.geojson",
        [
            feature(box(36, 47, 38, 49), Date="2025-11-20", side="Russian-occupied"),
            feature(box(38, 47, 39, 49), Date="2025-11-20", side="RU"),
            feature(box(36, 47, 36.5, 49), Date="2025-11-20", side="Ukrainian"),
            feature(box(35, 47, 36, 49), Date="2025-11-20", side="contested"),
            feature(box(36.2, 47, 38, 49), Date="2025-11-21", side="RU"),
        ],
    )
    control = Control.read(path, source="ISW", licence="CC BY")
    assert control.days == (dt.date(2025, 11, 20), dt.date(2025, 11, 21))
    assert control.side_at(38.5, 48, dt.date(2025, 11, 20)) is Side.RU
    assert control.side_at(35.5, 48, dt.date(2025, 11, 20)) is None
    assert (control.source, control.licence) == ("ISW", "CC BY")


def test_named_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "x.geojson", [feature(box(36, 47, 38, 49), tag="20.11.2025", wer="UA")])
    control = Control.read(path, date_column="tag", side_column="wer")
    assert control.side_at(37, 48) is Side.UA
    for column in ("date_column", "side_column"):
        options: dict[str, Any] = {column: "nix", "date": "2025-11-20"}
        with pytest.raises(ControlError, match=r"no column 'nix'.*tag, wer"):
            Control.read(path, **options)
    with pytest.raises(ControlError, match="names neither"):
        Control.read(path, date_column="tag", side_column="tag")


def test_other_projections_formats_and_a_directory(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame(geometry=[box(36, 47, 38, 49)], crs=4326)
    frame.to_crs(32637).to_file(tmp_path / "a_20251120.gpkg")
    frame.to_file(tmp_path / "b_20251121.fgb")
    frame.to_crs(3857).to_file(tmp_path / "c_20251122.shp")
    (tmp_path / "README.txt").write_text("not a vector file")
    control = Control.read(tmp_path)
    assert len(control.days) == 3
    for day in control.days:
        assert control.side_at(37.99, 48.99, day) is Side.RU
        assert control.side_at(38.01, 48.99, day) is not Side.RU


def test_invalid_polygons_are_mended_and_lines_left_out(tmp_path: Path) -> None:
    bow_tie = Polygon([(36, 47), (38, 49), (38, 47), (36, 49)])
    path = write(
        tmp_path / "x_20251120.geojson",
        [feature(bow_tie), feature(LineString([(30, 47), (31, 48)])), feature(Point(30, 47))],
    )
    control = Control.read(path)
    area = control.area(Side.RU)
    assert area is not None and area.is_valid
    assert control.side_at(36.2, 48) is Side.RU
    assert control.side_at(37, 47.2) is not Side.RU


def test_what_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(ControlError, match="no such file or directory"):
        Control.read(tmp_path / "missing.geojson")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ControlError, match=r"holds no vector file \(.*\.geojson"):
        Control.read(empty)
    broken = tmp_path / "broken_20251120.geojson"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(ControlError, match=r"broken_20251120\.geojson: .*cannot be read"):
        Control.read(broken)
    points = write(tmp_path / "points_20251120.geojson", [feature(Point(36, 47))])
    with pytest.raises(ControlError, match="holds no polygon"):
        Control.read(points)
    with pytest.raises(ArgumentValueError, match="date='gestern': give a date"):
        Control.read(points, date="gestern")
    dated = write(tmp_path / "d.geojson", [feature(box(36, 47, 38, 49), date="bald")])
    with pytest.raises(ControlError, match=r"feature 0: date is 'bald', which is no date"):
        Control.read(dated)
    with pytest.raises(ControlError, match="no polygons"):
        Control({})


def test_as_a_table(control: Control) -> None:
    table = control.to_geodataframe()
    assert list(table["side"]) == ["RU", "RU"]
    assert set(table["source"]) == {"drawn by hand"}
    assert table.crs.to_epsg() == 4326
    assert len(control.to_geodataframe(DAY)) == 1
    assert control.to_geodataframe(dt.date(2020, 1, 1)).empty


# the real thing


@pytest.fixture(scope="module")
def deepstate() -> Control:
    if not DEEPSTATE.is_dir():
        pytest.skip("the reference polygons (../shared/reference/deepstate) are not here")
    return Control.read(DEEPSTATE)


def test_the_mirror_of_deepstate(deepstate: Control) -> None:
    assert deepstate.days[0] == dt.date(2025, 11, 15)
    assert deepstate.days[-1] == dt.date(2025, 12, 1)
    assert dt.date(2025, 11, 26) not in deepstate.days
    assert deepstate.day_for(dt.date(2025, 11, 26)) == dt.date(2025, 11, 25)


@pytest.mark.parametrize(
    ("name", "lon", "lat", "holder"),
    [
        ("Donezk", 37.80, 48.00, Side.RU),
        ("Simferopol", 34.10, 44.95, Side.RU),
        ("Mariupol", 37.55, 47.10, Side.RU),
        ("Kramatorsk", 37.56, 48.73, Side.UA),
        ("Cherson", 32.61, 46.64, Side.UA),
        ("Kiew", 30.52, 50.45, Side.UA),
        ("Belgorod", 36.59, 50.60, None),
        ("Rostow", 39.70, 47.23, None),
        ("Warschau", 21.0, 52.2, None),
        ("im Schwarzen Meer", 32.0, 44.5, None),
    ],
)
def test_known_towns(
    deepstate: Control, name: str, lon: float, lat: float, holder: Side | None
) -> None:
    if ukraine() is None and holder is not Side.RU:
        pytest.skip("the package has no basemap to take the border from")
    assert deepstate.side_at(lon, lat) is holder


def test_the_real_front_line(deepstate: Control) -> None:
    if ukraine() is None:
        pytest.skip("the package has no basemap to take the border from")
    front = deepstate.front_line()
    assert front is not None
    kilometres = to_metres(front).length / 1000
    assert 1_000 < kilometres < 1_600  # the whole edge, with border and coast, is 4,500 km
    for name, lon, lat in [
        ("border by Luhansk", 40.1, 49.2),
        ("coast by Mariupol", 37.6, 47.05),
        ("Sewastopol", 33.5, 44.6),
        ("Kertsch", 36.5, 45.35),
    ]:
        assert front.distance(Point(lon, lat)) > 0.5, name
    for name, lon, lat in [
        ("Pokrowsk", 37.18, 48.28),
        ("Cherson", 32.61, 46.64),
        ("Siwersk", 38.1, 48.87),
        ("Wowtschansk", 36.94, 50.29),
    ]:
        assert front.distance(Point(lon, lat)) < 0.15, name


def test_real_gains(deepstate: Control) -> None:
    gains = deepstate.gains(deepstate.days[0], deepstate.days[-1])
    won, lost = (area_m2(gains[side]) / 1e6 for side in (Side.RU, Side.UA))
    assert 100 < won < 500
    assert lost < won / 4


def _tangle(points: int, seed: int = 1) -> shapely.Polygon:
    chance = random.Random(seed)
    return shapely.Polygon([(37 + chance.random(), 48 + chance.random()) for _ in range(points)])


def test_an_outline_that_crosses_itself_beyond_mending_is_refused(tmp_path: Path) -> None:
    """Mending would take minutes with these points, and days with a few more."""
    path = write_shapes(tmp_path / "20251127.geojson", [box(37, 48, 38, 49), _tangle(400)])
    with pytest.raises(ControlError, match=r"20251127\.geojson, feature 1: its outline crosses"):
        Control.read(path)


def test_tangles_are_told_by_a_sample_of_their_edges() -> None:
    rings = shapely.MultiPolygon([_tangle(20, seed) for seed in range(3)])
    assert not mending._tangled(rings) and mending._tangled(_tangle(20_000))
    circle = shapely.Point(37, 48).buffer(1, quad_segs=5_000)
    assert not mending._tangled(circle)


def test_an_outline_that_crosses_itself_a_little_is_mended(tmp_path: Path) -> None:
    tie = shapely.Polygon([(37, 48), (38, 49), (38, 48), (37, 49)])
    nested = shapely.GeometryCollection([shapely.GeometryCollection([tie]), Point(37, 48)])
    path = write_shapes(tmp_path / "20251127.geojson", [tie, nested])
    control = Control.read(path)
    assert control.side_at(37.1, 48.5) is Side.RU and control.side_at(37.5, 48.9) is not Side.RU


def test_the_front_of_an_outline_of_many_corners_is_that_of_the_plain_one() -> None:
    """Corners are let go only where it is judged which stretches face the other side."""
    land = box(30, 46, 40, 51)
    plain = box(37, 46, 40, 51)
    many = plain.segmentize(0.0005)
    assert shapely.count_coordinates(many) > fronts._MANY_CORNERS
    few, all_of_them = front_of(plain, land), front_of(many, land)
    assert few.hausdorff_distance(all_of_them) < 0.01


def write_shapes(path: Path, shapes: list[Any]) -> Path:
    features = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}
        for shape in shapes
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path
