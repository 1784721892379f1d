"""Checks of claims against polygons: every event, both sides, and when to keep silent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import box

from frontmap.claims import Bearing, Claim, DatePrecision, Event, Modality, Relation, Side
from frontmap.control import Control, Verdict
from gazetteer import Kind, Place

COUNTRY = box(30.0, 46.0, 40.0, 51.0)
FIRST = dt.date(2025, 11, 15)
EVENT = dt.date(2025, 11, 20)
LAST = dt.date(2025, 11, 25)
relaxed = settings(deadline=None, max_examples=60)
AGREES, CONTRADICTS, SILENT = Verdict.AGREES, Verdict.CONTRADICTS, Verdict.SILENT


def east_of(lon: float) -> Any:
    return box(lon, 46.0, 40.0, 51.0)


def moving(*lons: float) -> Control:
    """A front line that moves; east of it all is Russian-held."""
    days = (FIRST, LAST) if len(lons) == 2 else (FIRST,)
    return Control.from_polygons(
        {day: east_of(lon) for day, lon in zip(days, lons, strict=True)}, territory=COUNTRY
    )


TOWN = Place("test:1", "Місто", "Stadt", Kind.TOWN, 37.0, 48.5, 300, 2_000)

# where the front runs before and after, seen from the town at 37.0 (its ground is 0.054 wide)
TAKEN_BY_RU = (37.1, 36.9)
TAKEN_BY_UA = (36.9, 37.1)
UA_THROUGHOUT = (37.1, 37.1)
RU_THROUGHOUT = (36.9, 36.9)
SPLIT = (37.0, 37.0)
CLOSER_BY_RU = (37.2, 37.02)
FAR_BEHIND_UA = (38.5, 38.5)
FAR_BEHIND_RU = (35.5, 35.5)


def claim(event: Event, actor: Side | None, **fields: Any) -> Claim:
    fields.setdefault("event_date", EVENT)
    relation = fields.pop("relation", Relation.AT)
    modality = fields.pop("modality", Modality.REPORTED)
    where = fields.pop("place", TOWN)
    return Claim("c1", event, actor, where, relation, modality, 0, 5, "Zitat", **fields)


CASES = [
    (Event.CAPTURE, Side.RU, TAKEN_BY_RU, AGREES),
    (Event.CAPTURE, Side.UA, TAKEN_BY_RU, CONTRADICTS),
    (Event.CAPTURE, Side.UA, TAKEN_BY_UA, AGREES),
    (Event.CAPTURE, Side.RU, TAKEN_BY_UA, CONTRADICTS),
    (Event.CAPTURE, Side.RU, UA_THROUGHOUT, CONTRADICTS),
    (Event.CAPTURE, Side.RU, RU_THROUGHOUT, AGREES),
    (Event.CAPTURE, Side.RU, SPLIT, SILENT),
    (Event.CAPTURE, None, TAKEN_BY_RU, SILENT),
    (Event.CONTROL, Side.UA, UA_THROUGHOUT, AGREES),
    (Event.CONTROL, Side.RU, UA_THROUGHOUT, CONTRADICTS),
    (Event.CONTROL, Side.RU, SPLIT, SILENT),
    (Event.ADVANCE, Side.RU, TAKEN_BY_RU, AGREES),
    (Event.ADVANCE, Side.UA, TAKEN_BY_RU, CONTRADICTS),
    (Event.ADVANCE, Side.RU, SPLIT, SILENT),
    (Event.ADVANCE, Side.RU, UA_THROUGHOUT, SILENT),
    (Event.ADVANCE, Side.RU, FAR_BEHIND_UA, CONTRADICTS),
    (Event.ADVANCE, None, TAKEN_BY_RU, SILENT),
    (Event.BREAKTHROUGH, Side.UA, TAKEN_BY_UA, AGREES),
    (Event.BREAKTHROUGH, Side.RU, FAR_BEHIND_RU, CONTRADICTS),
    (Event.ENCIRCLEMENT, Side.RU, RU_THROUGHOUT, AGREES),
    (Event.ENCIRCLEMENT, Side.RU, FAR_BEHIND_UA, CONTRADICTS),
    (Event.ENCIRCLEMENT, Side.RU, SPLIT, SILENT),
    (Event.ENCIRCLEMENT, None, SPLIT, SILENT),
    (Event.ATTACK, Side.RU, SPLIT, AGREES),
    (Event.ATTACK, Side.RU, UA_THROUGHOUT, AGREES),
    (Event.ATTACK, Side.RU, FAR_BEHIND_UA, CONTRADICTS),
    (Event.ATTACK, Side.RU, (37.25, 37.25), SILENT),
    (Event.COUNTERATTACK, Side.UA, SPLIT, AGREES),
    (Event.CLASH, None, SPLIT, AGREES),
    (Event.CLASH, None, FAR_BEHIND_RU, CONTRADICTS),
    (Event.REPELLED, Side.UA, UA_THROUGHOUT, AGREES),
    (Event.REPELLED, Side.UA, CLOSER_BY_RU, SILENT),
    (Event.REPELLED, Side.UA, TAKEN_BY_RU, CONTRADICTS),
    (Event.REPELLED, Side.UA, FAR_BEHIND_UA, CONTRADICTS),
    (Event.WITHDRAWAL, Side.UA, TAKEN_BY_RU, AGREES),
    (Event.WITHDRAWAL, Side.UA, UA_THROUGHOUT, CONTRADICTS),
    (Event.WITHDRAWAL, Side.UA, RU_THROUGHOUT, SILENT),
    (Event.WITHDRAWAL, None, TAKEN_BY_RU, SILENT),
    (Event.STRIKE, Side.RU, SPLIT, SILENT),
    (Event.STRIKE, Side.RU, FAR_BEHIND_UA, SILENT),
]


@pytest.mark.parametrize(("event", "actor", "fronts", "verdict"), CASES)
def test_event(
    event: Event, actor: Side | None, fronts: tuple[float, float], verdict: Verdict
) -> None:
    found = moving(*fronts).check(claim(event, actor))
    assert found.verdict is verdict, found.reasons
    assert found.dates == (FIRST, LAST)
    assert found.distance_m is not None
    assert len(found.reasons) >= 2


def test_every_event_is_tried() -> None:
    assert {case[0] for case in CASES} == set(Event)


@pytest.mark.parametrize(("event", "actor", "fronts", "verdict"), CASES)
def test_a_denial_turns_the_answer_round(
    event: Event, actor: Side | None, fronts: tuple[float, float], verdict: Verdict
) -> None:
    found = moving(*fronts).check(claim(event, actor, modality=Modality.DENIED))
    turned = {AGREES: CONTRADICTS, CONTRADICTS: AGREES, SILENT: SILENT}[verdict]
    assert found.verdict is turned


@pytest.mark.parametrize("modality", [Modality.PLANNED, Modality.POSSIBLE])
@pytest.mark.parametrize("event", list(Event))
def test_plans_and_possibilities_are_not_checked(event: Event, modality: Modality) -> None:
    found = moving(*TAKEN_BY_RU).check(claim(event, Side.RU, modality=modality))
    assert found.verdict is SILENT
    assert str(modality) in found.reasons[0]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"place": None}, "not known"),
        ({"event_date": None}, "date"),
        ({"event_date": dt.date(2024, 5, 1)}, "only of 2025-11-15 to 2025-11-25"),
        ({"relation": Relation.TOWARD}, "towards"),
    ],
)
def test_nothing_to_compare(fields: dict[str, Any], word: str) -> None:
    found = moving(*TAKEN_BY_RU).check(claim(Event.CAPTURE, Side.RU, **fields))
    assert found.verdict is SILENT
    assert word in found.reasons[0]


def test_a_capture_not_yet_drawn_is_no_contradiction() -> None:
    control = moving(*UA_THROUGHOUT)
    late = claim(Event.CAPTURE, Side.RU, event_date=LAST)
    assert control.check(late).verdict is SILENT
    assert "from well after" in control.check(late).reasons[1]


def test_one_day_of_polygons_shows_no_movement() -> None:
    control = moving(37.0)
    for event in (Event.ADVANCE, Event.WITHDRAWAL):
        found = control.check(claim(event, Side.RU, event_date=FIRST))
        assert found.verdict is SILENT and found.dates == (FIRST,)
    assert control.check(claim(Event.CLASH, None, event_date=FIRST)).verdict is AGREES


def test_a_report_without_an_events_date_covers_the_days_before() -> None:
    days = {FIRST: east_of(37.1), EVENT: east_of(36.9), LAST: east_of(36.9)}
    control = Control.from_polygons(days, territory=COUNTRY)
    on_the_day = EVENT + dt.timedelta(days=1)
    dated = control.check(claim(Event.ADVANCE, Side.RU, event_date=on_the_day))
    assert (dated.verdict, dated.dates) == (SILENT, (EVENT, LAST))
    reported = claim(Event.ADVANCE, Side.RU, event_date=None, reported_date=on_the_day)
    undated = control.check(reported)
    assert (undated.verdict, undated.dates) == (AGREES, (FIRST, LAST))


@pytest.mark.parametrize(
    ("precision", "verdict"), [(DatePrecision.DAY, CONTRADICTS), (DatePrecision.MONTH, AGREES)]
)
def test_a_month_is_looked_at_to_its_end(precision: DatePrecision, verdict: Verdict) -> None:
    days = {
        dt.date(2025, 10, 31): east_of(37.1),
        dt.date(2025, 11, 8): east_of(37.1),
        dt.date(2025, 11, 28): east_of(36.9),
    }
    control = Control.from_polygons(days, territory=COUNTRY)
    asked = claim(Event.CAPTURE, Side.RU, event_date=dt.date(2025, 11, 1),
                  event_date_precision=precision)  # fmt: skip
    assert control.check(asked).verdict is verdict


def test_the_claims_own_area_is_what_counts() -> None:
    control = moving(37.2, 37.1)  # the gain lies east of the town, not in it
    east = claim(Event.ADVANCE, Side.RU, relation=Relation.DIRECTION, bearings=(Bearing.E,))
    west = claim(Event.ADVANCE, Side.RU, relation=Relation.DIRECTION, bearings=(Bearing.W,))
    assert control.check(east).verdict is AGREES
    assert control.check(west).verdict is SILENT
    given_area = box(37.1, 48.4, 37.2, 48.6)
    assert control.check(west, area=given_area).verdict is AGREES


def test_nobody_need_hold_a_whole_region() -> None:
    oblast = Place("test:2", "Область", "Gebiet", Kind.OBLAST, 37.0, 48.5, 5_000, 90_000)
    for event in (Event.CAPTURE, Event.CONTROL, Event.ENCIRCLEMENT):
        found = moving(*UA_THROUGHOUT).check(claim(event, Side.RU, place=oblast))
        assert found.verdict is SILENT
    advance = claim(Event.ADVANCE, Side.RU, place=oblast)
    assert moving(*TAKEN_BY_RU).check(advance).verdict is AGREES


@pytest.mark.parametrize(
    ("precision", "after"),
    [
        (DatePrecision.DAY, "2025-11-08"),
        (DatePrecision.WEEK, "2025-11-14"),
        (DatePrecision.MONTH, "2025-12-05"),
        (DatePrecision.SEASON, "2026-02-05"),
        (DatePrecision.YEAR, "2026-01-05"),
    ],
)
def test_the_last_polygons_within_a_week_of_what_a_date_may_mean(
    precision: DatePrecision, after: str
) -> None:
    """The third of November, to the day, its week, its month, 90 days and the year."""
    days = (
        "2025-11-01 2025-11-08 2025-11-14 2025-11-20 2025-12-05 2025-12-12 2026-01-05 2026-01-12 "
        "2026-02-05 2026-02-20"
    )
    control = Control.from_polygons(
        {dt.date.fromisoformat(day): east_of(37.0) for day in days.split()}, territory=COUNTRY
    )
    asked = claim(
        Event.CAPTURE, Side.RU, event_date=dt.date(2025, 11, 3), event_date_precision=precision
    )
    assert control.check(asked).dates == (dt.date(2025, 11, 1), dt.date.fromisoformat(after))


@relaxed
@given(
    st.floats(36.8, 37.2), st.floats(36.8, 37.2), st.sampled_from([Side.RU, Side.UA]),
    st.sampled_from([Event.CAPTURE, Event.CONTROL]),
)  # fmt: skip
@example(37.0, 36.997, Side.RU, Event.CAPTURE)  # one edge of 550 km is no straight line in metres
def test_holding_against_the_share_of_the_disc(
    before: float, after: float, actor: Side, event: Event
) -> None:
    """The town is a disc cut by a meridian: its share is known in closed form."""
    import math

    found = moving(before, after).check(claim(event, actor))
    half = math.degrees(2_000 / (6_378_137 * math.cos(math.radians(48.5))))
    x = max(-1.0, min(1.0, (after - 37.0) / half))
    east = (math.acos(x) - x * math.sqrt(1 - x * x)) / math.pi
    share = east if actor is Side.RU else 1 - east
    if abs(share - 0.6) > 0.02 and abs(share - 0.15) > 0.02:
        expected = AGREES if share > 0.6 else CONTRADICTS if share < 0.15 else SILENT
        assert found.verdict is expected, (share, found.reasons)
