"""Lengths of areas and arrows: how far they reach and how unsure they are, by hand and as data."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import cast

import pytest
from geographiclib.geodesic import Geodesic
from geometry_samples import LAT, LON, Front, claim, no_outline, place
from shapely import Point

from frontmap.claims import Bearing, Event, Relation, Side
from frontmap.geometry import claim_geometry, geodesic
from frontmap.geometry.areas import Area, area, plan
from frontmap.geometry.arrows import Arrow, arrow
from frontmap.geometry.claims import doubt_of
from frontmap.geometry.footprint import footprint
from frontmap.recognition import Mention
from frontmap.resolution import Toponym
from gazetteer import Gazetteer, GazetteerError, Kind, Place

TABLE = Path(__file__).parent / "cases" / "geometry_measures.tsv"
PRECISION = 500.0


def rows() -> list[object]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    table = csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t")
    return [pytest.param(row, id=" ".join(map(str, list(row.values())[:6]))) for row in table]


def number(text: str) -> float | None:
    return None if text == "-" else float(text)


@pytest.mark.parametrize("row", rows())
def test_measures(row: dict[str, str]) -> None:
    people = number(row["population"])
    where = place(
        kind=Kind(row["kind"]),
        extent=float(row["extent"]),
        population=None if people is None else int(people),
    )
    bearings = () if row["bearings"] == "-" else tuple(map(Bearing, row["bearings"].split(",")))
    asked = claim(
        where, Relation(row["relation"]), bearings=bearings, distance_m=number(row["distance"])
    )
    found = area(asked, footprint(where, no_outline), no_outline)
    assert found.fuzz_m == pytest.approx(float(row["unsure"]))
    reaches = geodesic.farthest_m(found.area, LON, LAT)
    assert reaches == pytest.approx(float(row["reaches"]), rel=0.003)
    whole = claim_geometry(asked, outline=no_outline)
    assert whole.area is not None and whole.anchor is not None
    farthest = geodesic.farthest_m(whole.area, whole.anchor.x, whole.anchor.y)
    assert whole.precision_m == pytest.approx(farthest + PRECISION + found.fuzz_m)


@pytest.mark.parametrize(
    ("apart", "unsure", "wide"),
    [(4_000, 500, "2 km wide"), (40_000, 3_000, "12 km wide"), (200_000, 4_000, "16 km wide")],
)
def test_a_corridor_is_as_wide_as_its_length_allows(apart: float, unsure: float, wide: str) -> None:
    """Three tenths of its length, from 2 to 16 km; half of that to a side, half of it unsure."""
    first = place("A", extent=1_000)
    second = place("B", *geodesic.destination(LON, LAT, 60, apart), extent=500, precision=700)
    found: Area = area(
        claim(first, Relation.BETWEEN, target=second), footprint(first, no_outline), no_outline
    )
    assert found.fuzz_m == pytest.approx(unsure + 700)
    assert wide in found.reason and f"{apart // 1000} km long" in found.reason


def test_a_corridor_ends_square() -> None:
    end = geodesic.destination(LON, LAT, 70, 60_000)
    shape = geodesic.corridor(LON, LAT, *end, 5_000)
    inverse = Geodesic.WGS84.Inverse(LAT, LON, end[1], end[0])
    for (lon, lat), ahead in (((LON, LAT), inverse["azi1"]), (end, inverse["azi2"])):
        for side in (-90, 90):
            corner = Geodesic.WGS84.Direct(lat, lon, ahead + side, 5_000)
            near = min(
                geodesic.distance_m(x, y, corner["lon2"], corner["lat2"])
                for x, y in shape.exterior.coords
            )
            assert near < 1.0


def arrow_to(where: Place, front: Front | None = None, **fields: object) -> Arrow:
    found = arrow(
        claim(where, Relation.TOWARD, **fields), footprint(where, no_outline), front, no_outline
    )
    assert found is not None
    return found


def away(found: Arrow, end: int) -> tuple[float, float]:
    """Give bearing and distance of an arrow's start (0) or tip (-1) from the place."""
    x, y = found.line.coords[end]
    return geodesic.bearing_deg(LON, LAT, x, y), geodesic.distance_m(LON, LAT, x, y)


@pytest.mark.parametrize(
    ("extent", "length"), [(1_000, 4_000), (4_000, 6_000), (8_000, 12_000), (40_000, 15_000)]
)
def test_an_arrow_of_no_known_length(extent: float, length: float) -> None:
    """Half as long again as the place reaches, from 4 to 15 km."""
    where = place(extent=extent)
    named = arrow_to(where, bearings=(Bearing.SE,))
    assert away(named, 0) == pytest.approx((135, extent + length), rel=0.001)
    assert away(named, -1) == pytest.approx((135, extent), rel=0.001)
    assert named.fuzz_m == pytest.approx(0.5 * length)
    by_rule = arrow_to(where)
    assert by_rule.fuzz_m == pytest.approx(2 * length)
    assert away(by_rule, 0)[1] == pytest.approx(extent + length, rel=0.001)


def test_several_sides_come_to_their_middle() -> None:
    between = arrow_to(place(), bearings=(Bearing.N, Bearing.E))
    assert away(between, 0)[0] == pytest.approx(45, abs=0.1)
    across = arrow_to(place(), bearings=(Bearing.N, Bearing.NW))
    assert away(across, 0)[0] == pytest.approx(337.5, abs=0.1)
    opposite = arrow_to(place(), bearings=(Bearing.W, Bearing.E))
    assert away(opposite, 0)[0] == pytest.approx(270, abs=0.1)


def test_an_arrow_from_an_origin_is_as_unsure_as_that() -> None:
    origin = place("B", *geodesic.destination(LON, LAT, 30, 40_000), extent=3_000, precision=900)
    found = arrow_to(place(), origin=origin)
    assert found.fuzz_m == pytest.approx(3_900)
    assert away(found, 0) == pytest.approx((30, 37_000), rel=0.001)
    touching = place("C", *geodesic.destination(LON, LAT, 30, 6_000), extent=2_500)
    inside = arrow_to(place(), origin=touching)
    assert away(inside, 0) == pytest.approx((30, 6_000), rel=0.001)
    assert away(inside, -1)[1] == pytest.approx(0, abs=1)


def test_an_arrow_from_the_front_line() -> None:
    east = geodesic.destination(LON, LAT, 90, 24_000)[0]
    found = arrow_to(place(), Front(east))
    assert found.fuzz_m == pytest.approx(6_000, rel=0.001)
    assert "24 km away" in found.reason
    far = geodesic.destination(LON, LAT, 90, 100_000)[0]
    found = arrow_to(place(), Front(far))
    assert found.fuzz_m == pytest.approx(60_000, rel=0.001)
    assert "100 km away" in found.reason
    edge = geodesic.destination(LON, LAT, 90, 7_900)[0]
    found = arrow_to(place(), Front(edge))
    assert "edge" in found.reason and found.fuzz_m == pytest.approx(3_000)
    beyond = geodesic.destination(LON, LAT, 90, 8_100)[0]
    assert "8 km away" in arrow_to(place(), Front(beyond)).reason


def test_an_aim_behind_ones_own_lines_turns_the_arrow_about() -> None:
    west = geodesic.destination(LON, LAT, 270, 12_000)[0]
    found = arrow_to(place(), Front(west), actor=Side.RU)
    towards = geodesic.bearing_deg(LON, LAT, west, LAT)
    assert away(found, 0) == pytest.approx(((towards + 180) % 360, 10_000), rel=0.001)
    assert found.fuzz_m == pytest.approx(6_000)
    retreat = arrow_to(place(), Front(west), actor=Side.RU, event=Event.WITHDRAWAL)
    assert away(retreat, 0) == pytest.approx((towards, 12_000), rel=0.001)


def test_who_retreats_comes_from_the_other_side() -> None:
    def side(actor: Side, event: Event) -> float:
        return away(arrow_to(place(), actor=actor, event=event), 0)[0]

    rear = side(Side.RU, Event.ADVANCE)
    assert side(Side.UA, Event.WITHDRAWAL) == pytest.approx(rear, abs=0.1)
    assert side(Side.RU, Event.WITHDRAWAL) == pytest.approx((rear + 180) % 360, abs=0.1)
    assert side(Side.UA, Event.ADVANCE) == pytest.approx((rear + 180) % 360, abs=0.1)


def test_the_middle_of_a_place_is_where_an_arrow_into_it_ends() -> None:
    into = arrow_to(place(), bearings=(Bearing.W, Bearing.C))
    assert Point(into.line.coords[-1]).equals(Point(LON, LAT))
    assert away(into, 0)[0] == pytest.approx(270, abs=0.1)


def test_places_that_touch_have_the_ground_between_their_middles() -> None:
    first, other = place("A", extent=6_000), geodesic.destination(LON, LAT, 60, 10_000)
    second = place("B", *other, extent=3_700)
    shape = claim_geometry(claim(first, Relation.BETWEEN, target=second), outline=no_outline).area
    assert shape is not None
    for bearing, metres, inside in ((60, 200, True), (60, 9_800, True), (60, 10_300, False)):
        point = Point(geodesic.destination(LON, LAT, bearing, metres))
        assert shape.contains(point) is inside
    apart = place("B", *other, extent=2_000)
    shape = claim_geometry(claim(first, Relation.BETWEEN, target=apart), outline=no_outline).area
    assert shape is not None
    assert not shape.contains(Point(geodesic.destination(LON, LAT, 60, 5_700)))
    assert shape.contains(Point(geodesic.destination(LON, LAT, 60, 6_300)))


def test_the_whole_of_an_outlined_place_is_as_sure_as_the_outline() -> None:
    where = place(kind=Kind.RAION, extent=30_000)
    ground = Point(LON, LAT).buffer(0.3)
    found = area(claim(where, Relation.PART), footprint(where, lambda _: ground), no_outline)
    assert found.fuzz_m == 0 and found.area.equals(ground)


@pytest.mark.parametrize(("lon", "lat"), [(LON, LAT), (22.5, 44.5), (39.9, 52.3)])
def test_a_buffer_reaches_as_far_to_every_side(lon: float, lat: float) -> None:
    ring = geodesic.buffer(Point(lon, lat), 20_000)
    away = [Geodesic.WGS84.Inverse(lat, lon, y, x)["s12"] for x, y in ring.exterior.coords]
    assert min(away) == pytest.approx(20_000, rel=0.0005)
    assert max(away) == pytest.approx(20_000, rel=0.0005)


def test_the_bank_of_a_river_without_a_course_is_half_of_its_disc() -> None:
    river = footprint(place(kind=Kind.RIVER, extent=50_000), no_outline)
    west, east = river.bank(0.0, 5_000, 270.0), river.bank(0.0, 5_000, 90.0)
    assert west.area == pytest.approx(east.area, rel=0.001)
    assert west.area + east.area == pytest.approx(river.area.area, rel=0.002)
    assert west.intersection(east).area < 0.001 * west.area


def test_near_an_outlined_place_is_half_as_unsure_as_it_reaches() -> None:
    where = place(kind=Kind.RAION, extent=30_000)
    ground = Point(LON, LAT).buffer(0.3)
    found = area(claim(where, Relation.NEAR), footprint(where, lambda _: ground), no_outline)
    assert found.fuzz_m == pytest.approx(25_000 / 2 / 2)


def test_an_arrow_into_an_outlined_place_ends_at_its_edge() -> None:
    ground = geodesic.buffer(Point(LON, LAT), 30_000)
    region = footprint(place(kind=Kind.RAION), lambda _: ground)
    for bearing in (0.0, 77.0, 180.0, 300.0):
        edge = region.exit(bearing)
        assert geodesic.distance_m(LON, LAT, *edge) == pytest.approx(30_000, rel=0.005)
        assert geodesic.bearing_deg(LON, LAT, *edge) == pytest.approx(bearing, abs=0.1)


@pytest.mark.parametrize("relation", [Relation.AT, Relation.PART, Relation.NEAR])
def test_plain_claims_are_planned_for_drawing_many_at_once(relation: Relation) -> None:
    where = place()
    drawn = plan(claim(where, relation), footprint(where, no_outline))
    alone = area(claim(where, relation), footprint(where, no_outline), no_outline)
    assert drawn is not None and drawn.fuzz_m == alone.fuzz_m and drawn.reason == alone.reason


@pytest.mark.parametrize(("score", "sure"), [(1.0, True), (0.95, True), (0.94, False)])
def test_only_doubt_worth_a_word_widens(score: float, sure: bool) -> None:
    where = place()
    toponym = Toponym(Mention(0, 8, "Pokrowsk", "Pokrowsk"), where, score)
    doubt = doubt_of(claim(where, Relation.AT, toponym=toponym))
    assert (doubt.reasons == ()) is sure
    plain = claim_geometry(claim(where, Relation.AT), outline=no_outline)
    asked = claim_geometry(claim(where, Relation.AT, toponym=toponym), outline=no_outline)
    assert (asked.precision_m == plain.precision_m) is sure


def test_without_a_gazetteer_no_candidates_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Gazetteer:
        raise GazetteerError("no gazetteer here")

    monkeypatch.setattr(Gazetteer, "default", staticmethod(missing))
    asked = claim(place(), Relation.DIRECTION, bearings=(Bearing.N,), unnamed="village")
    found = claim_geometry(asked, outline=no_outline)
    assert found.candidates == () and found.area is not None


def test_an_own_gazetteer_is_asked_whatever_was_worked_out_before() -> None:
    class Empty:
        def within(self, shape: object, kinds: object) -> list[Place]:
            return []

    asked = claim(place(), Relation.DIRECTION, bearings=(Bearing.N,), unnamed="village")
    known = claim_geometry(asked)
    assert known.candidates != () and claim_geometry(asked) is known
    assert claim_geometry(asked, gazetteer=cast("Gazetteer", Empty())).candidates == ()
