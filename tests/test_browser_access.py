"""The page for people who use a keyboard, a screen reader, or need contrast."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page_samples as samples
import pytest
from browser import CHROMIUM, Visit

from frontmap.page import save_page
from frontmap.report import Report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: see tests/install_browser.sh"),
]

# Every element with text of its own that is seen: its colour and what lies behind it.
COLOURS = """
() => {
  const rgba = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const behind = (node) => {
    if (!node) return { r: 255, g: 255, b: 255, a: 1 };
    const own = rgba(getComputedStyle(node).backgroundColor);
    return own.a === 1 ? own : over(own, behind(node.parentElement));
  };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    const said = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!said || !node.checkVisibility() || node.closest("script, noscript")) continue;
    const style = getComputedStyle(node);
    const back = behind(node);
    const front = over(rgba(style.color), back);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    found.push({ text: node.textContent.slice(0, 40), front, back, large });
  }
  return found;
}
"""


def _luminance(colour: dict[str, float]) -> float:
    shares = []
    for part in "rgb":
        share = colour[part] / 255
        shares.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]


def contrast(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the ratio of WCAG 2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = Report(samples.article(), [], samples.claims())
    path = tmp_path_factory.mktemp("access") / "map.html"
    return save_page(report, path, gazetteer=samples.NoPlaces())


@pytest.fixture
def visit(browser: Any, page_path: Path) -> Iterator[Visit]:
    with Visit(browser, page_path) as opened:
        yield opened
        opened.assert_quiet()


def test_the_measure_knows_black_on_white() -> None:
    white, black = (dict.fromkeys("rgb", value) for value in (255.0, 0.0))
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(white, white) == 1


def test_all_text_stands_out(visit: Visit) -> None:
    visit.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    visit.page.click('.fm-item[data-claim="2"]')
    visit.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    found = visit.page.evaluate(COLOURS)
    assert len(found) > 100
    weak = [
        (one["text"], round(ratio, 2))
        for one in found
        if (ratio := contrast(one["front"], one["back"])) < (3 if one["large"] else 4.5)
    ]
    assert weak == []


def test_the_keyboard_goes_from_search_to_list_to_map_to_slider(visit: Visit) -> None:
    order: list[str] = []
    for _ in range(80):
        visit.page.keyboard.press("Tab")
        where = visit.page.evaluate(
            """() => {
                const node = document.activeElement;
                const part = node.closest("#fm-search, #fm-claims, #fm-map, #fm-panel, #fm-time,"
                    + " footer, #fm-panel-button, .fm-skip");
                return part ? part.id || part.className || part.localName : "";
            }"""
        )
        if where and where not in order:
            order.append(where)
    assert order == [
        "fm-skip", "fm-search", "fm-claims", "fm-map", "fm-panel-button", "fm-panel", "fm-time",
        "footer",
    ]  # fmt: skip


def test_the_focus_is_seen(visit: Visit) -> None:
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        style = visit.page.evaluate(
            """() => {
                const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
                return [outlineStyle, parseFloat(outlineWidth)];
            }"""
        )
        assert style[0] != "none" and style[1] >= 1, style


def test_the_keyboard_alone_moves_the_days_and_layers(visit: Visit) -> None:
    page = visit.page
    page.focus(".fm-track input")
    page.keyboard.press("Home")
    assert page.inner_text(".fm-date") == "15. November 2025"
    page.keyboard.press("ArrowRight")
    assert page.get_attribute(".fm-track input", "aria-valuetext") == "16. November 2025"
    page.focus(".fm-all")
    page.keyboard.press("Enter")
    assert page.get_attribute(".fm-all", "aria-pressed") == "true"
    page.focus("#fm-panel .fm-events input >> nth=0")
    page.keyboard.press("Space")
    assert page.inner_text("#fm-count") == "9 von 12 Angaben"
    page.focus("#fm-panel-button")
    page.keyboard.press("Enter")
    assert page.locator("#fm-panel").is_hidden()
    assert page.get_attribute("#fm-panel-button", "aria-expanded") == "false"


def test_everything_has_its_role_and_name(visit: Visit) -> None:
    visit.page.click('.fm-item[data-claim="2"]')
    faults = visit.page.evaluate(
        """() => {
            const found = [];
            const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
            for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(id);
            for (const node of document.querySelectorAll("[aria-controls], [aria-labelledby]")) {
                for (const name of ["aria-controls", "aria-labelledby"]) {
                    const id = node.getAttribute(name);
                    if (id && !document.getElementById(id)) found.push(`${name}=${id}`);
                }
            }
            for (const node of document.querySelectorAll("[tabindex]")) {
                if (node.tabIndex > 0) found.push("tabindex above 0");
            }
            const named = (node) => node.textContent.trim() || node.getAttribute("aria-label")
                || node.title || node.labels?.length;
            const asked = "a[href], button, input, select, summary, [role=application],"
                + " [role=region], [role=group], [role=listbox], aside, section[aria-label]";
            for (const node of document.querySelectorAll(asked)) {
                if (!named(node)) found.push(`no name: ${node.outerHTML.slice(0, 60)}`);
            }
            for (const node of document.querySelectorAll("canvas, svg")) {
                if (node.getAttribute("aria-hidden") !== "true" && !node.closest("[aria-hidden]"))
                    found.push(`seen only: ${node.className.baseVal ?? node.className}`);
            }
            for (const node of document.querySelectorAll("ol, ul")) {
                for (const child of node.children) {
                    if (child.localName !== "li") found.push(`${child.localName} in a list`);
                }
            }
            for (const node of document.querySelectorAll("button, a[href], summary")) {
                if (node.querySelector("button, a[href], input, select")) found.push("nested");
            }
            if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
            if (document.querySelectorAll("main").length !== 1) found.push("not one main");
            if (!document.documentElement.lang || !document.title) found.push("no language, title");
            return found;
        }"""
    )
    assert faults == []


def test_paper_gets_the_claims_in_full_and_the_screen_is_as_before(visit: Visit) -> None:
    page = visit.page
    page.evaluate("window.frontmap.map.setView([50, 30], 8, {animate: false})")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    seen = page.evaluate(
        """() => {
            const { map, store } = window.frontmap;
            const bounds = map.getBounds();
            return Array.from({ length: store.size }, (_, claim) => store.lonLat(claim))
                .every(([lon, lat]) => bounds.contains([lat, lon]));
        }"""
    )
    assert seen
    assert page.locator("#fm-search").is_hidden()
    assert page.locator(".fm-legend").is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.evaluate("window.frontmap.map.getZoom()") == 8
    assert page.locator("body.fm-printing").count() == 0


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed (poppler)")
def test_the_printed_map_has_its_ground(visit: Visit, tmp_path: Path) -> None:
    """Land and sea lie on canvases below that of the claims, which must not wipe them out."""
    from PIL import Image

    sheet = tmp_path / "sheet.pdf"
    visit.page.pdf(path=sheet, format="A4", print_background=True)
    command = ["pdftoppm", "-r", "40", "-l", "1", "-png", "-singlefile", sheet, sheet]
    subprocess.run(command, check=True)
    with Image.open(f"{sheet}.png") as picture:
        colours = picture.convert("RGB").getcolors(1 << 24)
    land = sum(count for count, colour in colours if colour == (251, 250, 246))
    assert land > 5000
