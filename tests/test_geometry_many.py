"""Many geometries at once are those made one by one; the slow way is the oracle."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import shapely
from geometry_samples import LAT, LON, claim, no_outline, place
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from frontmap.claims import Bearing, Claim, Relation, Side
from frontmap.errors import GeometryError
from frontmap.geometry import ClaimGeometry, bulk, claim_geometries, claim_geometry, geodesic
from frontmap.recognition import Mention
from frontmap.resolution import Candidate, Toponym
from gazetteer import Kind, Place

ROUNDING_DEG = 1e-9


def assert_same(one: ClaimGeometry, other: ClaimGeometry) -> None:
    for mine, theirs in ((one.area, other.area), (one.arrow, other.arrow)):
        assert (mine is None) == (theirs is None)
        if mine is not None:
            assert shapely.equals_exact(mine, theirs, tolerance=ROUNDING_DEG)
    assert shapely.equals_exact(one.anchor, other.anchor, tolerance=ROUNDING_DEG)
    assert one.precision_m == pytest.approx(other.precision_m, abs=1e-3)
    assert (one.reasons, one.candidates) == (other.reasons, other.candidates)


places = st.builds(
    place,
    lon=st.floats(22.5, 40.0),
    lat=st.floats(44.5, 52.2),
    kind=st.sampled_from([Kind.CITY, Kind.VILLAGE, Kind.OBLAST, Kind.RIVER]),
    extent=st.floats(200.0, 90_000.0),
    precision=st.floats(10.0, 20_000.0),
)
bearings = st.lists(st.sampled_from(list(Bearing)), max_size=2, unique=True).map(tuple)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    where = draw(places)
    made = claim(
        where,
        draw(st.sampled_from(list(Relation))),
        bearings=draw(bearings),
        distance_m=draw(st.none() | st.floats(100.0, 60_000.0)),
        target=draw(st.none() | places),
        bank=draw(st.none() | st.just(Bearing.E)),
        actor=draw(st.sampled_from([Side.RU, None])),
    )
    score = draw(st.none() | st.floats(0.0, 1.0))
    if score is None:
        return made
    other = Candidate(place(50.0, 37.0), 0.3)
    toponym = Toponym(Mention(0, 1, "x", "x"), where, score, (Candidate(where, score), other))
    return dataclasses.replace(made, toponym=toponym)


@settings(deadline=None, max_examples=60)
@given(st.lists(claims(), max_size=12))
def test_many_at_once_are_those_one_by_one(asked: list[Claim]) -> None:
    found = claim_geometries(asked, outline=no_outline)
    assert len(found) == len(asked)
    for claim_, geometry in zip(asked, found, strict=True):
        assert_same(geometry, claim_geometry(claim_, outline=no_outline))


sector_values = st.tuples(
    st.floats(22.5, 40.0), st.floats(44.5, 52.2),
    st.sampled_from([0.0, 0.5]) | st.floats(1.0, 80_000.0), st.floats(1.0, 120_000.0),
    st.floats(0.0, 360.0), st.sampled_from([45.0, 90.0, 180.0, 360.0]) | st.floats(1.0, 400.0),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(sector_values, max_size=10))
def test_sectors_are_those_drawn_one_by_one(values: list[tuple[float, ...]]) -> None:
    wanted = [
        geodesic.Sector(lon, lat, inner, inner + wide, centre, width)
        for lon, lat, inner, wide, centre, width in values
    ]
    for sector, shape in zip(wanted, bulk.sectors(wanted), strict=True):
        assert shapely.equals_exact(shape, geodesic.sector(*sector), tolerance=ROUNDING_DEG)


def test_outlines_unnamed_and_unknown_places_are_among_them() -> None:
    def outline(where: Place) -> Any:
        return box(LON, LAT, LON + 1, LAT + 1) if where.kind is Kind.RAION else None

    class Empty:
        def within(self, geometry: Any, kinds: Any = None) -> list[Place]:
            return []

    asked = [
        claim(place(kind=Kind.RAION), Relation.PART, bearings=(Bearing.N,)),
        claim(place(), Relation.AT),
        claim(place(), Relation.DIRECTION, bearings=(Bearing.S,), unnamed="village"),
        dataclasses.replace(claim(place(), Relation.AT), place=None),
    ]
    options: dict[str, Any] = {"gazetteer": Empty(), "outline": outline}
    found = claim_geometries(asked, **options)
    for claim_, geometry in zip(asked[:3], found[:3], strict=True):
        assert_same(geometry, claim_geometry(claim_, **options))
    assert found[3].anchor is None


def test_a_position_off_the_globe_raises() -> None:
    with pytest.raises(GeometryError, match="no position"):
        claim_geometries([claim(place(lon=200.0), Relation.AT)], outline=no_outline)


@pytest.mark.parametrize("radii", [(-1.0, 5.0), (5.0, 5.0), (6.0, 5.0), (float("nan"), 5.0)])
def test_radii_that_do_not_grow_are_refused(radii: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="radii must grow"):
        bulk.sectors([geodesic.Sector(LON, LAT, *radii)])
