"""Claims about regions and rivers, whose outlines and courses are known."""

from __future__ import annotations

import pytest
from geometry_samples import all_bearings, claim, no_outline, place, relaxed
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

import frontmap as fm
from frontmap.claims import Bearing, Relation
from frontmap.geometry import claim_geometry, geodesic
from frontmap.geometry.areas import BEARING_DEG
from gazetteer import Kind, Place

REGION = box(36.0, 47.5, 38.5, 49.0)


def region(_: Place) -> BaseGeometry:
    return REGION


def test_a_region_is_its_outline() -> None:
    where = place("Donezk", 37.3, 48.2, kind=Kind.OBLAST, extent=90_000)
    found = claim_geometry(claim(where, Relation.AT), outline=region)
    assert found.area is not None and found.area.equals(REGION)
    assert found.anchor == Point(37.3, 48.2)
    assert "outline" in found.reasons[0]
    without = claim_geometry(claim(where, Relation.AT), outline=no_outline)
    assert "no outline" in without.reasons[0]
    assert without.precision_m > 90_000


@pytest.mark.parametrize("bearing", list(BEARING_DEG))
def test_parts_and_directions_of_an_outline(bearing: Bearing) -> None:
    where = place("Donezk", 37.25, 48.25, kind=Kind.OBLAST)
    part = claim_geometry(claim(where, Relation.PART, bearings=(bearing,)), outline=region).area
    beyond = claim_geometry(claim(where, Relation.DIRECTION, bearings=(bearing,)), outline=region)
    assert part is not None and REGION.buffer(1e-9).contains(part)
    assert beyond.area is not None and beyond.area.intersection(REGION).area < 1e-9
    for area in (part, beyond.area):
        middle = area.representative_point()
        away = geodesic.bearing_deg(37.25, 48.25, middle.x, middle.y) - BEARING_DEG[bearing]
        assert abs((away + 180) % 360 - 180) <= 45.1


def test_an_outline_of_several_parts_mended_and_empty() -> None:
    where = place("Donezk", 37.25, 48.25, kind=Kind.OBLAST)
    bow_tie = Polygon([(37, 48), (37.5, 48.5), (37.5, 48), (37, 48.5)])
    found = claim_geometry(claim(where, Relation.AT), outline=lambda _: bow_tie)
    assert found.area is not None and found.area.is_valid and found.area.area > 0
    nothing = claim_geometry(claim(where, Relation.AT), outline=lambda _: Polygon())
    assert "no outline" in nothing.reasons[0]


OSKIL = LineString([(37.75, 50.0), (37.65, 49.6), (37.55, 49.2)])


@pytest.mark.parametrize(("bank", "bearing"), [(Bearing.W, 270), (Bearing.E, 90)])
def test_the_bank_of_a_river_with_its_course(bank: Bearing, bearing: float) -> None:
    oskil = place("Oskil", 37.65, 49.6, kind=Kind.RIVER, extent=60_000)
    found = claim_geometry(claim(oskil, Relation.AT, bank=bank), outline=lambda _: OSKIL)
    assert found.area is not None and found.area.is_valid
    own = Point(geodesic.destination(37.65, 49.6, bearing, 3_000))
    other = Point(geodesic.destination(37.65, 49.6, bearing + 180, 1_000))
    assert found.area.contains(own) and not found.area.contains(other)


def test_north_of_a_river_that_runs_north() -> None:
    straight = LineString([(37.65, 49.2), (37.65, 49.9)])
    river = place("Fluss", 37.65, 49.6, kind=Kind.RIVER)
    asked = claim(river, Relation.DIRECTION, bearings=(Bearing.N,))
    area = claim_geometry(asked, outline=lambda _: straight).area
    assert area is not None and not area.is_empty
    assert area.contains(Point(37.65, 49.96))
    assert not area.contains(Point(37.65, 49.15))


def test_beside_and_along_a_river() -> None:
    oskil = place("Oskil", 37.65, 49.6, kind=Kind.RIVER)
    along = claim_geometry(claim(oskil, Relation.AT), outline=lambda _: OSKIL).area
    east = claim_geometry(
        claim(oskil, Relation.DIRECTION, bearings=(Bearing.E,)), outline=lambda _: OSKIL
    ).area
    assert along is not None and along.contains(Point(37.65, 49.6))
    assert not along.contains(Point(geodesic.destination(37.65, 49.6, 90, 2_000)))
    assert east is not None
    assert east.contains(Point(geodesic.destination(37.65, 49.6, 90, 5_000)))
    assert not east.contains(Point(geodesic.destination(37.65, 49.6, 270, 2_000)))


steps = st.tuples(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
courses = st.lists(steps, min_size=2, max_size=12).map(
    lambda moves: LineString(
        [(37.0 + sum(x for x, _ in moves[:i]), 48.5 + sum(y for _, y in moves[:i]))
         for i in range(len(moves) + 1)]
    )
)  # fmt: skip
outlines = courses.map(
    lambda course: course.buffer(0.05) if course.length else Point(37, 48.5).buffer(0.1)
)


@relaxed
@given(
    courses.filter(lambda course: course.length > 0.01) | outlines,
    st.sampled_from(list(Relation)), all_bearings, st.none() | st.sampled_from(list(Bearing)),
    st.floats(500.0, 80_000.0),
)  # fmt: skip
def test_any_course_and_any_outline_give_a_sound_geometry(
    shape: BaseGeometry, relation: Relation, bearings: tuple[Bearing, ...], bank: Bearing | None,
    distance: float,
) -> None:  # fmt: skip
    kind = Kind.RIVER if shape.geom_type == "LineString" else Kind.REGION
    where = place("X", 37.0, 48.5, kind=kind)
    asked = claim(where, relation, bearings=bearings, bank=bank, distance_m=distance,
                  target=place("Y", 37.9, 48.9))  # fmt: skip
    found = claim_geometry(asked, outline=lambda p: shape if p is where else None)
    geometry = found.area if found.area is not None else found.arrow
    assert geometry is not None and geometry.is_valid and not geometry.is_empty
    if found.area is not None:
        assert found.area.geom_type in ("Polygon", "MultiPolygon")
        assert found.anchor is not None and found.area.contains(found.anchor)


def test_towards_a_region_ends_at_its_edge() -> None:
    where = place("Region", 37.25, 48.25, kind=Kind.OBLAST)
    asked = claim(where, Relation.TOWARD, bearings=(Bearing.E,))
    arrow = claim_geometry(asked, outline=region).arrow
    assert arrow is not None
    assert arrow.coords[-1][0] == pytest.approx(38.5, abs=0.01)
    assert arrow.coords[0][0] > 38.5


def test_the_left_bank_near_a_town_lies_across_the_river() -> None:
    (found,) = fm.extract_claims("Auf dem linken Dnipro-Ufer bei Cherson wird gekämpft.")
    area = claim_geometry(found).area
    assert area is not None
    oleschky, antoniwka = Point(32.72, 46.62), Point(32.72, 46.69)
    assert area.contains(oleschky) and not area.contains(antoniwka)


def test_of_a_long_river_the_part_at_the_front_is_drawn() -> None:
    (found,) = fm.extract_claims("Am linken Ufer des Dnipro wird gekämpft.")
    area = claim_geometry(found).area
    assert area is not None
    west, south, east, north = area.bounds
    assert 32 < west < 33 and 46.5 < south < 46.8 and 34.5 < east < 36 and 47.3 < north < 48.5


def test_a_part_that_an_odd_outline_has_only_aside_is_looked_for_farther_out() -> None:
    """The ground of a region lies south-east and south-south-east of its position alone."""
    where = place("Winkel", 37.0, 48.0, kind=Kind.RAION, extent=60_000)
    ground = Polygon(
        [(37.0, 48.0), geodesic.destination(37.0, 48.0, 138, 50_000),
         geodesic.destination(37.0, 48.0, 165, 50_000)]
    )  # fmt: skip
    east = claim(where, Relation.PART, bearings=(Bearing.E,))
    found = claim_geometry(east, outline=lambda _: ground)
    assert found.area is not None and not found.area.is_empty
    assert "nothing lies there" not in " ".join(found.reasons)
    assert ground.buffer(1e-6).contains(found.area)
    north = claim_geometry(
        claim(where, Relation.PART, bearings=(Bearing.N,)), outline=lambda _: ground
    )
    assert north.area is not None and north.area.equals(ground)  # not a part of it lies there
