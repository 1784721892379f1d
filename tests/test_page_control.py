"""Polygons of control under the claims."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import page_samples as samples
import pytest
import shapely

from frontmap.basemap.codec import decode_line
from frontmap.control import Control
from frontmap.layers import build_map
from frontmap.layers.controls import control_entries
from frontmap.layers.words import day_text
from frontmap.page import page_html

NOWHERE = samples.NoPlaces()
FIRST, LAST = dt.date(2025, 11, 20), dt.date(2025, 11, 27)


@pytest.fixture
def control() -> Control:
    polygons = {FIRST: shapely.box(37.5, 47.5, 39, 49), LAST: shapely.box(37.2, 47.5, 39, 49)}
    return Control.from_polygons(polygons, source="Beispiel <Karte>", licence="CC BY 4.0")


def _claims():
    return [claim for claim in samples.claims() if (claim.event_date or LAST) >= FIRST]


def test_areas_front_and_gains_of_the_claims_days(control):
    entries, credits = control_entries(control, _claims(), "de")
    names = [entry["name"] for entry in entries]
    assert names == [
        "Russland: gehalten am {date}",
        "Russland: Gewinne 20.11.2025–27.11.2025",
        "Frontlinie am {date}",
    ]
    assert credits == ["Kontrollflächen: Beispiel <Karte> (CC BY 4.0)"]
    days = [dt.date(1970, 1, 1) + dt.timedelta(x["day"]) for x in entries[0]["variants"]]
    assert days == [FIRST, LAST]


def test_what_is_drawn_is_what_was_given(control):
    entries, _ = control_entries(control, _claims(), "de")
    held = shapely.Polygon(decode_line(entries[0]["variants"][1]["lines"][0]))
    assert held.equals(shapely.box(37.2, 47.5, 39, 49))
    gained = shapely.union_all(
        [shapely.Polygon(decode_line(line)) for line in entries[1]["variants"][0]["lines"]]
    )
    assert gained.symmetric_difference(shapely.box(37.2, 47.5, 37.5, 49)).area < 0.01


def test_without_claims_all_days_are_drawn(control):
    entries, _ = control_entries(control, [], "de")
    assert [len(entry["variants"]) for entry in entries] == [2, 1, 2]


def test_many_days_are_thinned_but_keep_the_ends():
    start = dt.date(2025, 1, 1)
    polygons = {start + dt.timedelta(n): shapely.box(37.5, 47.5, 38, 48) for n in range(200)}
    claims = [samples.many(1, days=1)[0]]
    control = Control.from_polygons(polygons)
    for claim, date in zip(claims * 2, (start, start + dt.timedelta(199)), strict=True):
        claims.append(dataclasses.replace(claim, event_date=date))
    entries, _ = control_entries(control, claims[1:], "de")
    days = [variant["day"] for variant in entries[0]["variants"]]
    assert len(days) <= 33
    assert days[-1] - days[0] == 199


def test_no_control_draws_nothing():
    assert control_entries(None, samples.claims(), "de") == ([], [])


def test_a_path_is_read(control, tmp_path):
    path = tmp_path / "linie_20251127.geojson"
    control.to_geodataframe(LAST).drop(columns="date").to_file(path)
    made = page_html(_claims(), control=path, gazetteer=NOWHERE)
    assert '"kind":"front"' in made


def test_the_source_is_named_as_text(control):
    made = page_html(_claims(), control=control, gazetteer=NOWHERE)
    assert "Beispiel <Karte>" not in made
    start = made.index('id="fm-data">') + len('id="fm-data">')
    credits = json.loads(made[start : made.index("</script>", start)])["credits"]
    assert "Kontrollflächen: Beispiel <Karte> (CC BY 4.0)" in credits
    folium_map = build_map(_claims(), control=control, gazetteer=NOWHERE)
    rendered = folium_map.get_root().render()
    assert "<Karte>" not in rendered
    assert rendered.count("frontmapLayers.control(") == 3


@pytest.mark.parametrize(("language", "text"), [("de", "7.1.2026"), ("uk", "7.1.2026")])
def test_dates_in_figures(language, text):
    assert day_text(dt.date(2026, 1, 7), language) == text
