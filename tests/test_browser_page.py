"""The page in a real browser: no request, no error, and it does what it says."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import folium
import page_payloads as hostile
import page_samples as samples
import pytest
from browser import CHROMIUM, Visit

from frontmap.control import Control
from frontmap.layers import build_map, claim_layers
from frontmap.page import save_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: see tests/install_browser.sh"),
]
NOWHERE = samples.NoPlaces()
SCREENSHOTS = Path(__file__).parents[1] / "build" / "screenshots"


@pytest.fixture(scope="module")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    class Report:
        claims = samples.claims()
        article = samples.article()

    path = tmp_path_factory.mktemp("page") / "map.html"
    return save_page(Report(), path, gazetteer=NOWHERE)


@pytest.fixture
def visit(browser: Any, page_path: Path) -> Iterator[Visit]:
    with Visit(browser, page_path) as opened:
        yield opened
        opened.assert_quiet()


def _open_layer_panel(visit: Visit) -> None:
    if visit.page.locator("#fm-panel").is_hidden():
        visit.page.click("#fm-panel-button")


def _badges(visit: Visit) -> int:
    """How many claims the map shows."""
    return visit.page.evaluate("window.frontmap.store.visible.reduce((sum, on) => sum + on, 0)")


def _painted(visit: Visit, pane: str) -> int:
    """How many pixels of a pane are painted within the view; its margin is drawn later."""
    return visit.page.evaluate(
        """(pane) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
            const canvas = document.querySelector(`.leaflet-frontmap-${pane}-pane canvas`);
            const { width, height } = canvas;
            if (!width) return done(0); // nothing to draw: it takes no room
            const copy = new OffscreenCanvas(width, height);
            const context = copy.getContext("2d", { willReadFrequently: true });
            context.drawImage(canvas, 0, 0);
            const [drawn, seen] = [canvas, document.querySelector(".leaflet-container")].map(
                (element) => element.getBoundingClientRect());
            const ratio = width / drawn.width;
            const { data } = context.getImageData(
                Math.round((seen.left - drawn.left) * ratio),
                Math.round((seen.top - drawn.top) * ratio),
                Math.round(seen.width * ratio), Math.round(seen.height * ratio));
            let count = 0;
            for (let at = 3; at < data.length; at += 4) if (data[at]) count += 1;
            done(count);
        })))""",
        pane,
    )


def _wait_for_margin(visit: Visit, pane: str) -> None:
    """Wait until what lies around the view is drawn too: soft edges move by parts of a pixel."""
    visit.page.wait_for_function(
        """(name) => document.querySelector(name).getBoundingClientRect().width
            > document.querySelector(".leaflet-container").getBoundingClientRect().width + 1""",
        arg=f".leaflet-frontmap-{pane}-pane canvas",
        timeout=20_000,
    )


def test_opens_without_a_request_or_an_error(visit):
    assert _painted(visit, "ground") > 100_000
    assert _painted(visit, "claims") > 3000


def test_the_head_says_what_this_is(visit):
    head = visit.page.inner_text("#fm-side header")
    assert "Heftige Kämpfe um Pokrowsk" in head
    assert "15.–27. November 2025" in head
    assert "Beispielagentur" in head
    assert "11 von 12 Angaben sind nicht unabhängig bestätigt." in head


def test_the_list_has_every_claim_newest_first(visit):
    items = visit.page.locator(".fm-item")
    assert items.count() == len(samples.claims())
    days = visit.page.locator(".fm-day").all_inner_texts()
    assert days[0] == "27. November 2025"
    assert days[-1] == "15. November 2025"
    assert visit.page.inner_text("#fm-count") == "12 Angaben"


def test_a_click_in_the_list_shows_the_claim_on_the_map(visit):
    visit.page.click('.fm-item[data-claim="2"]')
    popup = visit.page.inner_text(".leaflet-popup")
    for words in (
        "Abgewehrter Angriff (57×) bei Pokrowsk",
        "Der Generalstab in Kyjiw sprach von 57 abgewehrten Angriffen bei Pokrowsk.",
        "Ukrainischer Generalstab (ukrainische Angaben)",
        "26. November 2025",
        "unbestätigt",
        "Pokrowsk · Покровськ",
        "Stadt, Rajon Pokrowsk, Gebiet Donezk",
        "48.2800° N, 37.1770° E",
        "Beispielagentur",
        "Wie der Ort bestimmt wurde (Sicherheit 98 %)",
    ):
        assert words in popup, words
    assert visit.page.inner_text(".leaflet-popup mark") == "Pokrowsk"
    link = visit.page.locator(".leaflet-popup a[href^=http]")
    assert link.get_attribute("href") == "https://example.org/bericht"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    current = visit.page.locator('.fm-item[aria-current="true"]')
    assert current.get_attribute("data-claim") == "2"


def test_a_claim_without_a_place_is_told_too(browser, tmp_path):
    lost = dataclasses.replace(samples.claims()[0], place=None)
    path = save_page([*samples.claims()[1:], lost], tmp_path / "m.html", gazetteer=NOWHERE)
    with Visit(browser, path) as opened:
        opened.page.click('.fm-item[data-claim="11"]')
        assert "Ort nicht bestimmbar" in opened.page.inner_text(".leaflet-popup")
        opened.assert_quiet()


def test_claims_that_dispute_each_other_lead_to_each_other(visit):
    visit.page.click('.fm-item[data-claim="0"]')
    visit.page.click(".leaflet-popup .fm-link")
    assert "Abgewehrter Angriff" in visit.page.inner_text(".leaflet-popup h3")
    visit.page.click(".leaflet-popup .fm-link")
    assert "Vormarsch" in visit.page.inner_text(".leaflet-popup h3")


def test_a_click_on_the_map_chooses_in_the_list(visit):
    visit.page.evaluate("window.frontmap.map.setView([47.8, 36.26], 9, {animate: false})")
    x, y = visit.page.evaluate(
        """() => {
            const { map, store } = window.frontmap;
            const [lon, lat] = store.lonLat(4);
            const point = map.latLngToContainerPoint([lat, lon]);
            const { left, top } = map.getContainer().getBoundingClientRect();
            return [left + point.x, top + point.y];
        }"""
    )
    visit.page.mouse.move(x, y)
    visit.page.wait_for_selector('.fm-item[data-claim="4"].fm-pointed')
    visit.page.mouse.click(x, y)
    visit.page.wait_for_selector('.fm-item[data-claim="4"][aria-current="true"]')
    assert "Durchbruch nördlich von Huljajpole" in visit.page.inner_text(".leaflet-popup h3")


def test_pointing_at_the_list_highlights_on_the_map(visit):
    assert _painted(visit, "highlight") == 0
    visit.page.hover('.fm-item[data-claim="1"]')
    assert _painted(visit, "highlight") > 50


def test_a_spot_with_several_claims_lists_them(visit):
    visit.page.evaluate(
        "window.frontmap.map.fire('click', {latlng: window.L.latLng(49.71, 37.615)})"
    )
    assert "2 Angaben an dieser Stelle" in visit.page.inner_text(".leaflet-popup h3")
    visit.page.click(".fm-several button >> nth=1")
    assert visit.page.locator(".leaflet-popup .fm-card").count() == 1


def test_layers_go_off_and_on_with_their_counts(visit):
    _open_layer_panel(visit)
    sides = visit.page.locator("#fm-panel .fm-side[role=group]")
    assert sides.count() == 4
    first = sides.nth(0)
    assert first.get_attribute("aria-label") == "russische Angaben"
    assert first.locator(".fm-count").all_inner_texts() == ["5", "3", "1", "1"]
    _wait_for_margin(visit, "claims")
    before, painted = _badges(visit), _painted(visit, "claims")
    first.locator("input").nth(1).uncheck()
    assert _badges(visit) == before - 3
    assert _painted(visit, "claims") != painted
    assert first.locator("input").nth(0).evaluate("box => box.indeterminate")
    assert visit.page.inner_text("#fm-count") == "9 von 12 Angaben"
    first.locator("input").nth(0).uncheck()
    assert _badges(visit) == before - 5
    first.locator("input").nth(0).check()
    assert _badges(visit) == before
    assert _painted(visit, "claims") == painted


def test_the_legend_lists_only_what_is_shown(visit):
    _open_layer_panel(visit)
    legend = visit.page.locator(".fm-legend")
    assert "nur behauptet" in legend.inner_text()
    assert "Bewegung in Richtung" in legend.inner_text()
    boxes = visit.page.locator("#fm-panel .fm-side[role=group] > label input")
    for index in range(boxes.count()):
        boxes.nth(index).uncheck()
    assert legend.inner_text() == ""
    boxes.nth(2).check()  # third parties: one confirmed claim of control by Ukraine
    assert "Ukraine" in legend.inner_text()
    assert "Russland" not in legend.inner_text()
    assert "nur behauptet" not in legend.inner_text()


def test_the_slider_shows_the_days_claims(visit):
    page = visit.page
    slider = page.locator(".fm-track input")
    stay, unit = page.locator("#fm-time select").nth(1), page.locator("#fm-time select").nth(0)
    stay.select_option("1")
    slider.evaluate("node => { node.value = node.min; node.dispatchEvent(new Event('input')); }")
    assert page.inner_text(".fm-date") == "15. November 2025"
    assert _badges(visit) == 1
    page.click("#fm-time [aria-label='Schritt vor']")
    assert page.inner_text(".fm-date") == "16. November 2025"
    assert _badges(visit) == 0
    assert "Keine Angabe" in page.inner_text("#fm-claims")
    stay.select_option("3")
    assert _badges(visit) == 1
    unit.select_option("7")
    assert page.inner_text(".fm-date") == "10.–16. November 2025"
    page.click("#fm-time [aria-label='Schritt vor']")
    assert page.inner_text(".fm-date") == "17.–23. November 2025"
    stay.select_option("0")
    assert _badges(visit) == 3
    page.click("#fm-time .fm-all")
    assert _badges(visit) == len(samples.claims())


def test_playing_goes_on_and_stops(visit):
    page = visit.page
    page.click("#fm-time .fm-play")
    assert page.inner_text(".fm-date") == "15. November 2025"
    page.wait_for_selector(".fm-date:text('16. November 2025')")
    page.click("#fm-time .fm-play")
    assert page.locator("#fm-time .fm-play").get_attribute("aria-label") == "Abspielen"


def test_the_search_finds_places_of_claims_and_towns(visit):
    page = visit.page
    page.fill("#fm-search input", "hulj")
    page.wait_for_selector("#fm-found li")
    assert page.locator("#fm-found li").first.inner_text().startswith("Huljajpole")
    page.press("#fm-search input", "ArrowDown")
    page.press("#fm-search input", "Enter")
    centre = page.evaluate("Object.values(window.frontmap.map.getCenter())")
    assert centre == pytest.approx([47.662, 36.263], abs=0.02)
    assert page.inner_text("#fm-count") == "1 von 12 Angaben"
    page.fill("#fm-search input", "Belgorod")
    page.press("#fm-search input", "Enter")
    centre = page.evaluate("Object.values(window.frontmap.map.getCenter())")
    assert centre == pytest.approx([50.6, 36.6], abs=0.1)


def test_the_keyboard_reaches_the_claims(visit):
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "fm-skip"
    page.focus(".fm-item")
    page.keyboard.press("Enter")
    assert page.locator(".leaflet-popup .fm-card").count() == 1
    assert page.evaluate("document.activeElement.className") == "fm-popup"
    page.keyboard.press("Escape")
    assert page.locator(".leaflet-popup").count() == 0
    assert page.evaluate("document.activeElement.className").startswith("fm-item")
    unnamed = page.evaluate(
        """[...document.querySelectorAll("button, input, select, [role=region]")].filter((node) =>
            !(node.textContent.trim() || node.getAttribute("aria-label") || node.labels?.length)
        ).length"""
    )
    assert unnamed == 0


def test_screenshots_to_look_at(browser, page_path):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for name, width, height in (("page", 1400, 900), ("phone", 400, 860)):
        with Visit(browser, page_path, width=width, height=height) as opened:
            wide = opened.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, "the page is wider than the screen"
            path = SCREENSHOTS / f"{name}.png"
            opened.page.screenshot(path=path)
            assert path.stat().st_size > 20_000
            opened.assert_quiet()


@pytest.mark.parametrize(("language", "word"), [("uk", "Просування"), ("en", "Advance")])
def test_other_languages(browser, tmp_path, language, word):
    path = save_page(samples.claims(), tmp_path / "m.html", language=language, gazetteer=NOWHERE)
    with Visit(browser, path) as opened:
        assert word in opened.page.inner_text("#fm-claims")
        opened.assert_quiet()


def test_control_follows_the_slider(browser, tmp_path):
    shapely = pytest.importorskip("shapely")
    first, last = dt.date(2025, 11, 20), dt.date(2025, 11, 27)
    control = Control.from_polygons(
        {first: shapely.box(38, 47.5, 39, 49), last: shapely.box(37, 47.5, 39, 49)},
        source="Beispielkarte",
        licence="CC BY 4.0",
    )
    path = save_page(samples.claims(), tmp_path / "m.html", control=control, gazetteer=NOWHERE)
    with Visit(browser, path) as opened:
        page = opened.page
        names = page.locator(".fm-extra .fm-name")
        assert names.first.inner_text() == "Russland: gehalten am 27. November 2025"
        painted = _painted(opened, "control")
        assert painted > 1000
        page.locator(".fm-track input").evaluate(
            "node => { node.value -= 3; node.dispatchEvent(new Event('input')); }"
        )
        assert names.first.inner_text() == "Russland: gehalten am 20. November 2025"
        assert _painted(opened, "control") < painted * 0.8
        page.locator(".fm-extra input").first.uncheck()
        assert "Kontrollflächen: Beispielkarte (CC BY 4.0)" in page.inner_text("footer")
        opened.assert_quiet()


def test_one_day_has_no_slider_and_no_claim_no_error(browser, tmp_path):
    one = [claim for claim in samples.claims() if claim.event_date is None]
    for claims in (one, []):
        path = save_page(claims, tmp_path / "m.html", gazetteer=NOWHERE)
        with Visit(browser, path) as opened:
            assert opened.page.locator("#fm-time").is_hidden()
            opened.assert_quiet()


def test_a_page_that_cannot_be_built_says_so(browser, page_path, tmp_path):
    path = tmp_path / "m.html"
    text = page_path.read_text(encoding="utf-8")
    path.write_text(text.replace('"columns":', '"broken":'), encoding="utf-8")
    with Visit(browser, path, ready="#fm-failed:not([hidden])") as opened:
        assert "ließ sich nicht aufbauen" in opened.page.inner_text("#fm-failed")


def test_large_data_is_unpacked(browser, tmp_path):
    path = save_page(samples.many(2000), tmp_path / "m.html", gazetteer=NOWHERE)
    assert '"H4sI' in path.read_text(encoding="utf-8")
    with Visit(browser, path) as opened:
        assert opened.page.inner_text("#fm-count") == "2000 Angaben"
        assert opened.page.locator(".fm-item").count() < 300
        last = opened.page.evaluate("window.frontmap.store.columns.day.indexOf(20360)")
        opened.page.evaluate("claim => window.frontmap.store.choose(claim, 'test')", last)
        chosen = opened.page.locator('.fm-item[aria-current="true"]')
        assert chosen.get_attribute("data-claim") == str(last)
        assert opened.page.locator(".fm-item").count() < 300
        opened.page.click(".fm-back")
        assert opened.page.locator(".fm-day").first.inner_text() == "27. November 2025"
        opened.assert_quiet()


def _hostile_claims() -> list[Any]:
    found = []
    for index, text in enumerate(hostile.PAYLOADS):
        for number in (0, 1):
            where = dataclasses.replace(hostile.place(text), lon=30.0 + index / 2)
            day = samples.DAY - dt.timedelta(days=index)
            claim = hostile.claim(text, number, place=where, article_id=f"a{index}")
            found.append(dataclasses.replace(claim, event_date=day))
    return found


def _hostile_articles() -> list[Any]:
    return [
        dataclasses.replace(hostile.article(text), id=f"a{index}")
        for index, text in enumerate(hostile.PAYLOADS)
    ]


def test_hostile_text_is_shown_and_does_nothing(browser, tmp_path):
    title = "".join(hostile.PAYLOADS)
    path = save_page(
        [*_hostile_claims()],
        tmp_path / "m.html",
        title=title,
        gazetteer=NOWHERE,
    )
    with Visit(browser, path) as opened:
        page = opened.page
        page.wait_for_function(
            """() => {
                const end = document.querySelector(".fm-sentinel");
                end.scrollIntoView();
                return end.hidden;
            }"""
        )
        quotes = page.locator(".fm-item .fm-quote").evaluate_all(
            "nodes => nodes.map((node) => node.textContent)"
        )
        assert {quote.rstrip("\u2069") for quote in quotes} == set(hostile.PAYLOADS)
        assert page.evaluate("document.querySelector('h1').textContent") == title.replace(
            "\x00", "\ufffd"
        )
        for index, text in enumerate(hostile.PAYLOADS):
            page.evaluate("claim => window.frontmap.store.choose(claim, 'test')", 2 * index)
            popup = page.evaluate("document.querySelector('.leaflet-popup-content').textContent")
            assert popup.count(text) >= 8, text
        assert page.evaluate("window.hacked") is None
        assert (
            page.locator("img, iframe, object, embed, svg:not(.fm-drawing), b[onclick]").count()
            == 0
        )
        opened.assert_quiet()


@pytest.mark.parametrize("make", ["build_map", "claim_layers"])
def test_layers_in_a_folium_map(browser, tmp_path, make):
    path = tmp_path / "m.html"
    claims = [*samples.claims(), *_hostile_claims()]
    articles = [samples.article(), *_hostile_articles()]
    if make == "build_map":
        made = build_map(claims, articles=articles, gazetteer=NOWHERE)
        folium.Marker([48.5, 36], popup="Hallo", tooltip="Welt").add_to(made)
    else:
        made = folium.Map([48.3, 37.2], zoom_start=8, tiles=None)
        made.default_js = made.default_css = ()
        made = _with_leaflet(made)
        for layer in claim_layers(claims, articles=articles, gazetteer=NOWHERE):
            layer.add_to(made)
    made.save(path)
    with Visit(browser, path, ready=".leaflet-pane canvas") as opened:
        page = opened.page
        name = made.get_name()
        page.evaluate(f"{name}.setView([47.8, 36.26], 9, {{animate: false}})")
        page.evaluate(f"{name}.fire('click', {{latlng: L.latLng(47.79, 36.263)}})")
        assert "Durchbruch" in page.inner_text(".leaflet-popup")
        assert page.evaluate("window.hacked") is None
        opened.assert_quiet()


def _with_leaflet(made: folium.Map) -> folium.Map:
    """Give a plain Folium map Leaflet from the package, so that the test needs no network."""
    from frontmap.layers.assets import leaflet_css, leaflet_js
    from frontmap.layers.elements import Verbatim

    text = f"<style>{leaflet_css(pictures=True)}</style><script>{leaflet_js()}</script>"
    made.get_root().header.add_child(Verbatim(text), name="leaflet")
    return made


def test_the_data_island_is_what_the_page_reads(page_path):
    text = page_path.read_text(encoding="utf-8")
    start = text.index('id="fm-data">') + len('id="fm-data">')
    data = json.loads(text[start : text.index("</script>", start)])
    assert data["size"] == len(samples.claims())
