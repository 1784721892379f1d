"""From claims to geometries: cases as data, properties for any place, and what is not known."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from geometry_samples import LAT, LON, Front, all_bearings, claim, no_outline, place, relaxed
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from frontmap.claims import Bearing, Event, Relation, Side
from frontmap.errors import GeometryError
from frontmap.geometry import ClaimGeometry, claim_geometry, geodesic
from frontmap.geometry.areas import BEARING_DEG, distance_half_width_m
from frontmap.recognition import Mention
from frontmap.resolution import Candidate, Toponym
from gazetteer import Kind, Place

CASES = Path(__file__).parent / "cases"


class Gazetteer:
    """A gazetteer of a few places, for unnamed villages."""

    def __init__(self, *places: Place) -> None:
        self.places = places

    def within(self, geometry: BaseGeometry, kinds: Iterable[Kind] | None = None) -> list[Place]:
        return [
            p
            for p in self.places
            if geometry.contains(Point(p.lon, p.lat)) and (kinds is None or p.kind in kinds)
        ]


def geometry_of(case: dict[str, Any]) -> ClaimGeometry:
    where = place(kind=Kind(case["kind"]), extent=case["extent"], population=case.get("population"))
    asked = claim(
        where,
        Relation(case["relation"]),
        bearings=tuple(Bearing(bearing) for bearing in case["bearings"]),
        distance_m=case.get("distance_m"),
        bank=Bearing(case["bank"]) if "bank" in case else None,
    )
    return claim_geometry(asked, outline=no_outline)


def check_case(case: dict[str, Any]) -> None:
    area = geometry_of(case).area
    assert area is not None
    assert area.is_valid
    for bearing, distance in case["inside"]:
        point = Point(geodesic.destination(LON, LAT, bearing, distance))
        assert area.contains(point), f"{distance} m at {bearing} should lie inside"
    for bearing, distance in case["outside"]:
        point = Point(geodesic.destination(LON, LAT, bearing, distance))
        assert not area.contains(point), f"{distance} m at {bearing} should lie outside"


def cases(name: str) -> list[Any]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [pytest.param(case, id=case["name"]) for case in json.loads(text)]


@pytest.mark.parametrize("case", cases("geometry.json"))
def test_case(case: dict[str, Any]) -> None:
    check_case(case)


@pytest.mark.xfail(raises=AssertionError, strict=True, reason="known limit; see the case's comment")
@pytest.mark.parametrize("case", cases("geometry_known_failures.json"))
def test_known_failure(case: dict[str, Any]) -> None:
    check_case(case)


places = st.builds(
    place,
    lon=st.floats(22.5, 40.0),
    lat=st.floats(44.5, 52.2),
    kind=st.sampled_from(list(Kind)),
    extent=st.floats(200.0, 150_000.0),
    precision=st.floats(10.0, 20_000.0),
    population=st.none() | st.integers(0, 3_000_000),
)
sides = st.sampled_from([bearing for bearing in Bearing if bearing is not Bearing.C])


@relaxed
@given(
    places, st.sampled_from(list(Relation)), all_bearings,
    st.none() | st.floats(100.0, 300_000.0), st.none() | places, st.none() | places,
    st.sampled_from([Side.RU, Side.UA, None]), st.sampled_from(list(Event)),
    st.none() | st.sampled_from(list(Bearing)),
)  # fmt: skip
def test_every_claim_with_a_place_has_a_sound_geometry(
    where: Place, relation: Relation, bearings: tuple[Bearing, ...], distance: float | None,
    target: Place | None, origin: Place | None, actor: Side | None, event: Event,
    bank: Bearing | None,
) -> None:  # fmt: skip
    asked = claim(
        where, relation, bearings=bearings, distance_m=distance, target=target, origin=origin,
        actor=actor, event=event, bank=bank,
    )  # fmt: skip
    found = claim_geometry(asked, outline=no_outline)
    assert (found.area is None) is (found.arrow is not None)
    assert found.reasons
    assert found.anchor is not None
    shape = found.area if found.area is not None else found.arrow
    assert shape is not None and shape.is_valid and not shape.is_empty
    if found.area is not None:
        assert isinstance(found.area, (Polygon, MultiPolygon))
        assert found.area.contains(found.anchor)
    else:
        assert relation is Relation.TOWARD
    radius = geodesic.farthest_m(shape, found.anchor.x, found.anchor.y)
    assert found.precision_m >= radius + where.precision_m - 1e-6
    assert math.isfinite(found.precision_m)


@relaxed
@given(places, sides, st.sampled_from([Relation.DIRECTION, Relation.PART, Relation.DISTANCE]))
def test_the_area_lies_at_the_bearing_named(
    where: Place, bearing: Bearing, relation: Relation
) -> None:
    asked = claim(where, relation, bearings=(bearing,), distance_m=40_000.0)
    area = claim_geometry(asked, outline=no_outline).area
    assert area is not None
    half = 45.0 if relation is Relation.PART else 22.5
    for x, y in area.exterior.coords:
        if geodesic.distance_m(where.lon, where.lat, x, y) < 10.0:
            continue  # the tip of a slice that begins at the place itself
        away = geodesic.bearing_deg(where.lon, where.lat, x, y) - BEARING_DEG[bearing]
        assert abs((away + 180) % 360 - 180) <= half + 0.01


@relaxed
@given(places, sides)
def test_direction_and_near_begin_at_the_edge(where: Place, bearing: Bearing) -> None:
    for relation, bearings in ((Relation.DIRECTION, (bearing,)), (Relation.NEAR, ())):
        area = claim_geometry(claim(where, relation, bearings=bearings), outline=no_outline).area
        assert area is not None
        inside = geodesic.circle(where.lon, where.lat, 0.998 * where.extent_m)
        assert not area.intersects(inside)
        just_outside = geodesic.circle(where.lon, where.lat, 1.01 * where.extent_m)
        assert area.intersects(just_outside)


@relaxed
@given(places, st.floats(0.0, 1.0), st.floats(10.0, 30_000.0))
def test_precision_widens_with_what_is_not_known(
    where: Place, score: float, precision: float
) -> None:
    mention = Mention(0, 4, "Pokr", "Pokr")
    sure = claim_geometry(claim(where, Relation.AT), outline=no_outline)
    doubtful = claim(where, Relation.AT, toponym=Toponym(mention, where, score))
    less_sure = claim_geometry(doubtful, outline=no_outline)
    assert less_sure.precision_m >= sure.precision_m
    assert (less_sure.precision_m > sure.precision_m) is (score < 0.95)
    vague = place(lon=where.lon, lat=where.lat, extent=where.extent_m,
                  precision=where.precision_m + precision)  # fmt: skip
    assert claim_geometry(claim(vague, Relation.AT), outline=no_outline).precision_m > (
        sure.precision_m
    )


@relaxed
@given(st.floats(100.0, 1e6))
def test_distances_are_never_taken_as_exact(distance: float) -> None:
    half = distance_half_width_m(distance)
    assert 0.0999 * distance <= half <= distance


def test_candidates_far_away_are_named() -> None:
    mention = Mention(0, 10, "Huljajpole", "Huljajpole")
    here = place("Huljajpole", 36.26, 47.66)
    other = place("Huljajpole 2", 36.0, 48.6, kind=Kind.VILLAGE)
    toponym = Toponym(mention, here, 0.7, (Candidate(here, 0.7), Candidate(other, 0.2)))
    found = claim_geometry(claim(here, Relation.AT, toponym=toponym), outline=no_outline)
    assert any("0.70" in reason for reason in found.reasons)
    assert any("Huljajpole 2" in reason for reason in found.reasons)


def test_an_unresolved_place_is_a_value() -> None:
    found = claim_geometry(claim(None, Relation.AT))
    assert (found.area, found.arrow, found.anchor) == (None, None, None)
    assert found.precision_m == math.inf
    assert "not known" in found.reasons[0]


def test_a_position_off_the_globe_raises() -> None:
    swapped = place(lon=48.28, lat=371.8)
    with pytest.raises(GeometryError, match=r"claim c1: Pokrowsk .* lat 371\.8"):
        claim_geometry(claim(swapped, Relation.AT))
    with pytest.raises(GeometryError, match="no position"):
        claim_geometry(claim(place(), Relation.BETWEEN, target=swapped))


# between


@relaxed
@given(places, places)
def test_the_corridor_holds_the_middle(first: Place, second: Place) -> None:
    length = geodesic.distance_m(first.lon, first.lat, second.lon, second.lat)
    asked = claim(first, Relation.BETWEEN, target=Place(**_renamed(second)))
    area = claim_geometry(asked, outline=no_outline).area
    assert area is not None and area.is_valid
    if first.extent_m + second.extent_m < 0.9 * length:
        bearing = geodesic.bearing_deg(first.lon, first.lat, second.lon, second.lat)
        gap = length - first.extent_m - second.extent_m
        middle = geodesic.destination(first.lon, first.lat, bearing, first.extent_m + gap / 2)
        assert area.contains(Point(middle))
        assert not area.contains(Point(first.lon, first.lat))


def _renamed(other: Place) -> dict[str, Any]:
    names = [name for name in Place.__slots__ if name != "id"]
    return {"id": "test:other", **{name: getattr(other, name) for name in names}}


def test_between_without_a_second_place_is_near() -> None:
    near = claim_geometry(claim(place(), Relation.NEAR), outline=no_outline)
    alone = claim_geometry(claim(place(), Relation.BETWEEN), outline=no_outline)
    assert alone.area is not None and alone.area.equals(near.area)
    assert "not known" in alone.reasons[0]


# toward


def start_bearing(found: ClaimGeometry, where: Place) -> float:
    assert found.arrow is not None
    return geodesic.bearing_deg(where.lon, where.lat, *found.arrow.coords[0])


def test_toward_starts_at_the_origin_named() -> None:
    kramatorsk = place("Kramatorsk", 37.56, 48.73, extent=6_000)
    found = claim_geometry(claim(kramatorsk, Relation.TOWARD, origin=place()), outline=no_outline)
    assert found.arrow is not None
    start, tip = found.arrow.coords[0], found.arrow.coords[-1]
    assert geodesic.distance_m(LON, LAT, *start) == pytest.approx(4_000, rel=0.01)
    assert geodesic.distance_m(37.56, 48.73, *tip) == pytest.approx(6_000, rel=0.01)
    assert found.anchor == Point(tip)


def test_toward_comes_from_the_bearing_named() -> None:
    where = place()
    found = claim_geometry(
        claim(where, Relation.TOWARD, bearings=(Bearing.NE,)), outline=no_outline
    )
    assert start_bearing(found, where) == pytest.approx(45, abs=1)
    into = claim(where, Relation.TOWARD, bearings=(Bearing.NE, Bearing.C))
    arrow = claim_geometry(into, outline=no_outline).arrow
    assert arrow is not None and arrow.coords[-1] == (LON, LAT)


@pytest.mark.parametrize("actor", [Side.RU, Side.UA])
def test_toward_starts_at_the_front_line(actor: Side) -> None:
    # the aim lies with the other side: 0.3 degrees from the front
    front = Front(LON + 0.3 if actor is Side.RU else LON - 0.3)
    asked = claim(place(), Relation.TOWARD, actor=actor)
    found = claim_geometry(asked, control=front, outline=no_outline)
    assert found.arrow is not None
    assert found.arrow.coords[0] == pytest.approx((front.lon, LAT))
    assert geodesic.distance_m(LON, LAT, *found.arrow.coords[-1]) == pytest.approx(4_000, rel=0.01)


def test_an_aim_behind_ones_own_lines_is_approached_from_the_rear() -> None:
    where = place()
    behind = Front(LON - 0.2)  # the place is Russian-held, the front west of it
    found = claim_geometry(claim(where, Relation.TOWARD), control=behind, outline=no_outline)
    assert start_bearing(found, where) == pytest.approx(90, abs=2)
    retreat = claim(where, Relation.TOWARD, event=Event.WITHDRAWAL)
    found = claim_geometry(retreat, control=behind, outline=no_outline)
    assert start_bearing(found, where) == pytest.approx(270, abs=2)


def test_a_distant_front_gives_a_direction_only() -> None:
    far = Front(LON + 1.5)
    found = claim_geometry(claim(place(), Relation.TOWARD), control=far, outline=no_outline)
    assert found.arrow is not None
    start, tip = found.arrow.coords[0], found.arrow.coords[-1]
    assert start == pytest.approx((far.lon, LAT))
    assert geodesic.distance_m(*start, *tip) == pytest.approx(40_000, rel=0.01)
    assert found.precision_m > 60_000
    assert "only shows the direction" in found.reasons[0]


@pytest.mark.parametrize(
    ("name", "lon", "lat", "lowest", "highest"),
    [
        ("Pokrowsk", 37.18, 48.28, 80, 170),
        ("Charkiw", 36.25, 49.98, 0, 70),
        ("Cherson", 32.61, 46.64, 60, 200),
        ("Saporischschja", 35.14, 47.84, 130, 230),
        ("Sumy", 34.80, 50.91, 330, 80),
        ("Lyman", 37.81, 48.99, 20, 150),
        ("Kupjansk", 37.62, 49.71, 20, 140),
    ],
)
def test_without_anything_else_russian_troops_come_from_their_side(
    name: str, lon: float, lat: float, lowest: float, highest: float
) -> None:
    where = place(name, lon, lat)
    bearing = start_bearing(
        claim_geometry(claim(where, Relation.TOWARD), outline=no_outline), where
    )
    assert (bearing - lowest) % 360 <= (highest - lowest) % 360
    ukrainian = claim(where, Relation.TOWARD, actor=Side.UA)
    opposite = start_bearing(claim_geometry(ukrainian, outline=no_outline), where)
    assert abs((opposite - bearing) % 360 - 180) < 5
    found = claim_geometry(claim(where, Relation.TOWARD), outline=no_outline)
    assert "rule of thumb" in found.reasons[0]


def test_nobody_moves_without_a_side() -> None:
    found = claim_geometry(claim(place(), Relation.TOWARD, actor=None), outline=no_outline)
    assert found.arrow is None and found.area is not None
    assert "no arrow" in found.reasons[0]


# unnamed places


def test_an_unnamed_village_is_one_of_those_in_the_sector() -> None:
    siwersk = place("Siwersk", 38.1, 48.87, extent=2_500)
    south = geodesic.destination(38.1, 48.87, 180, 6_000)
    farther = geodesic.destination(38.1, 48.87, 190, 10_000)
    north = geodesic.destination(38.1, 48.87, 0, 6_000)
    town = geodesic.destination(38.1, 48.87, 170, 8_000)
    gazetteer = Gazetteer(
        place("B", *farther, kind=Kind.VILLAGE, extent=600),
        place("A", *south, kind=Kind.VILLAGE, extent=600),
        place("N", *north, kind=Kind.VILLAGE, extent=600),
        place("T", *town, kind=Kind.TOWN, extent=600),
        siwersk,
    )
    asked = claim(siwersk, Relation.DIRECTION, bearings=(Bearing.S,), unnamed="village",
                  event=Event.CAPTURE)  # fmt: skip
    found = claim_geometry(asked, gazetteer=gazetteer, outline=no_outline)  # type: ignore[arg-type]
    assert [p.name for p in found.candidates] == ["A", "B"]
    assert found.area is not None and found.search_area is not None
    assert found.area.contains(Point(south)) and found.area.contains(Point(farther))
    assert not found.area.contains(Point(geodesic.destination(38.1, 48.87, 180, 14_000)))
    assert found.search_area.contains(Point(geodesic.destination(38.1, 48.87, 180, 14_000)))
    assert "A, B" in found.reasons[-1]
    assert found.search_area.buffer(1e-9).contains(found.area)


def test_unnamed_places_are_looked_up_in_the_embedded_gazetteer() -> None:
    siwersk = place("Siwersk", 38.1, 48.87, extent=2_500)
    asked = claim(siwersk, Relation.DIRECTION, bearings=(Bearing.S,), unnamed="village")
    found = claim_geometry(asked)
    assert found.search_area is not None
    assert len(found.candidates) > 3
    assert all(other.kind is Kind.VILLAGE for other in found.candidates)
    assert all(found.search_area.contains(Point(p.lon, p.lat)) for p in found.candidates)


def test_candidates_whose_position_is_unsure_fill_the_sector_and_no_more() -> None:
    siwersk = place("Siwersk", 38.1, 48.87, extent=2_500)
    spots = [geodesic.destination(38.1, 48.87, 180, metres) for metres in (6_000, 9_000)]
    unsure = Gazetteer(
        *(
            place(f"V{n}", *spot, kind=Kind.VILLAGE, precision=30_000)
            for n, spot in enumerate(spots)
        )
    )
    asked = claim(siwersk, Relation.DIRECTION, bearings=(Bearing.S,), unnamed="village")
    found = claim_geometry(asked, gazetteer=unsure, outline=no_outline)  # type: ignore[arg-type]
    assert found.area is not None and found.search_area is not None
    assert found.area.symmetric_difference(found.search_area).area < 1e-9


@pytest.mark.parametrize("others", [0, 1, 61])
def test_too_few_or_too_many_candidates_leave_the_sector(others: int) -> None:
    where = place()
    spots = [geodesic.destination(LON, LAT, 180, 5_000 + 100 * step) for step in range(others)]
    gazetteer = Gazetteer(
        *(place(f"V{n}", *spot, kind=Kind.VILLAGE) for n, spot in enumerate(spots))
    )
    asked = claim(where, Relation.DIRECTION, bearings=(Bearing.S,), unnamed="village")
    found = claim_geometry(asked, gazetteer=gazetteer, outline=no_outline)  # type: ignore[arg-type]
    assert found.area is not None and found.area.equals(found.search_area)
    assert len(found.candidates) == (others if others == 1 else 0)
