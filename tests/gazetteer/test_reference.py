"""The shipped gazetteer against an independent join of the codifier with GeoNames' dump.

The reference is read from beside the checkout and never shipped; without it these tests skip.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.gazetteer_accuracy import NEAR_M, Row, doubtful, read_reference, swapped
from gazetteer import Gazetteer, Place
from gazetteer.sites import distance_m
from gazetteer.sources.geonames_dump import read_geonames_dump

SHARED = Path(__file__).parents[2] / "../shared/reference"
REFERENCE = SHARED / "katottg_x_geonames.tsv.gz"
DUMPS = sorted(SHARED.glob("geonames_UA*.txt.gz")) if SHARED.is_dir() else []

needs_reference = pytest.mark.skipif(
    not REFERENCE.exists(), reason="the reference join is not beside the checkout"
)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_reference(REFERENCE)


@pytest.fixture(scope="module")
def places(rows: list[Row]) -> dict[str, Place]:
    gazetteer = Gazetteer.default()
    codes = [row.code for row in rows if f"katottg:{row.code}" in gazetteer]
    return {code: gazetteer[f"katottg:{code}"] for code in codes}


@needs_reference
def test_settlements_are_where_they_are(rows: list[Row], places: dict[str, Place]) -> None:
    near = true = 0
    for row in rows:
        place = places.get(row.code)
        if place is not None:
            apart = distance_m(place.lon, place.lat, row.lon, row.lat)
            near += apart <= NEAR_M
            true += apart <= place.precision_m
    assert near >= 0.85 * len(rows)
    assert true >= 0.95 * len(rows)


@needs_reference
def test_nothing_is_missing_or_in_another_unit(rows: list[Row], places: dict[str, Place]) -> None:
    assert len(places) >= len(rows) - 15, "ten codes of the reference are of a later edition"
    for code, place in places.items():
        assert (place.oblast_id or "").startswith(f"katottg:UA{code[2:4]}0"), code
        assert place.raion_id is None or place.raion_id.startswith(f"katottg:UA{code[2:6]}"), code


@needs_reference
def test_no_namesakes_are_swapped(rows: list[Row], places: dict[str, Place]) -> None:
    pairs = swapped(rows, places)
    # the reference has errors of its own: rows far from everything else in their hromada
    doubt = doubtful(rows, [row for pair in pairs for row in pair])
    assert [pair for pair in pairs if not doubt.intersection(row.code for row in pair)] == []


def test_swapped_finds_a_swap() -> None:
    rows = [Row("UA140001", "А", 37.0, 48.0), Row("UA140002", "А", 38.0, 48.0)]
    template = next(iter(Gazetteer.default()))
    from dataclasses import replace

    right = {row.code: replace(template, lon=row.lon, lat=row.lat) for row in rows}
    wrong = {"UA140001": right["UA140002"], "UA140002": right["UA140001"]}
    assert swapped(rows, right) == []
    assert len(swapped(rows, wrong)) == 1


@pytest.mark.skipif(not DUMPS, reason="GeoNames' dump is not beside the checkout")
def test_the_dump_is_read_whole() -> None:
    dump = read_geonames_dump(DUMPS[-1])
    assert len(dump) > 30_000
    assert len({row.key for row in dump}) == len(dump)
    with_raion = [row for row in dump if row.raion]
    assert len(with_raion) > 0.8 * len(dump)
    pokrovsk = next(row for row in dump if row.key == "704422")
    assert (pokrovsk.raion, pokrovsk.oblast) == ("1416", "14")
    assert "Покровськ" in [name.text for name in pokrovsk.names]
