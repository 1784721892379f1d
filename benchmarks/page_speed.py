"""How large and how fast the page is, against plain Folium with one object a claim.

    python benchmarks/page_speed.py [--counts 1000 10000 100000] [--plain-up-to 10000]

Both draw the same synthetic claims in the same run; both are opened from disk in headless Chromium
with the network blocked (Folium's servers are answered with the same Leaflet from disk). "open" is
from the start of loading until the page has drawn its claims and answers; "own" is what that takes
beyond an empty page opened in the same minute, the peer, and "ratio" how many times as long; both
are medians of `--rounds` taken in turns. "step" is one step of the time slider until the next frame
has been drawn, the median of twenty; "work" the same without waiting for frames.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1]))

import page_samples as samples
from browser import CHROMIUM

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STEP = """
async () => {
  const times = [];
  const button = document.querySelectorAll("#fm-time button")[2];
  document.querySelector("#fm-time button.fm-play").click();
  document.querySelector("#fm-time button.fm-play").click();
  for (let step = 0; step < 20; step += 1) {
    const start = performance.now();
    button.click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await new Promise((done) => setTimeout(done, 0));
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[10];
}
"""
WORK = """
() => {
  const times = [];
  const { store, drawn } = window.frontmap;
  const button = document.querySelectorAll("#fm-time button")[2];
  document.querySelector("#fm-time button.fm-play").click();
  document.querySelector("#fm-time button.fm-play").click();
  for (let step = 0; step < 20; step += 1) {
    const start = performance.now();
    button.click();
    for (const layer of drawn.layers) layer._draw();
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[10];
}
"""


def ours(claims: list[Any], path: Path) -> float:
    """Save our page; return the seconds it took."""
    from frontmap.page import save_page

    start = time.perf_counter()
    save_page(claims, path, gazetteer=samples.NoPlaces())
    return time.perf_counter() - start


def plain(claims: list[Any], path: Path) -> float:
    """Save a plain Folium map with one object a claim; return the seconds it took."""
    import folium

    from frontmap.geometry import claim_geometry
    from frontmap.style import claim_style

    start = time.perf_counter()
    made = folium.Map([48.5, 36], zoom_start=6, tiles=None, prefer_canvas=True)
    for claim in claims:
        geometry = claim_geometry(claim, gazetteer=samples.NoPlaces())
        style = claim_style(claim)
        popup = folium.Popup(f"<b>{claim.event}</b><br>{claim.quote}", max_width=300)
        rings = [[(y, x) for x, y in geometry.area.exterior.coords]] if geometry.area else []
        folium.Polygon(rings, color=style.line_colour, popup=popup, weight=1).add_to(made)
    made.save(path)
    return time.perf_counter() - start


def opened(browser: Any, path: Path, ready: str, script: str | None) -> tuple[float, list[float]]:
    """Return the seconds until the page answers, and what the scripts measure."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.route("**/*", _answer)
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector(ready, state="attached")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
    seconds = time.perf_counter() - start
    found = [page.evaluate(STEP), page.evaluate(WORK)] if script else []
    context.close()
    return seconds, found


def in_turns(browser: Any, path: Path, rounds: int) -> tuple[float, float, list[float]]:
    """Open the page and an empty one in turns; returns both medians and what the page measures."""
    empty = path.with_name("empty.html")
    empty.write_text("<!DOCTYPE html><html data-ready=true><title>x</title>x", encoding="utf-8")
    times: dict[Path, list[float]] = {path: [], empty: []}
    found: list[float] = []
    for number in range(rounds):
        for one in (empty, path):
            script = STEP if one is path and number == 0 else None
            seconds, measured = opened(browser, one, "html[data-ready=true]", script)
            times[one].append(seconds)
            found = found or measured
    return statistics.median(times[path]), statistics.median(times[empty]), found


def _answer(route: Any) -> None:
    """Answer Folium's servers from disk: Leaflet as it is, everything else empty."""
    from frontmap.layers.assets import leaflet_css, leaflet_js

    url = route.request.url
    if url.startswith(("file:", "data:")):
        route.continue_()
    elif url.endswith("leaflet.js"):
        route.fulfill(body=leaflet_js(), content_type="text/javascript")
    elif url.endswith("leaflet.css"):
        route.fulfill(body=leaflet_css(), content_type="text/css")
    elif "jquery" in url:
        shim = "window.$ = (h) => { const t = document.createElement('template');"
        shim += " t.innerHTML = h; return [t.content.firstElementChild]; };"
        route.fulfill(body=shim, content_type="text/javascript")
    else:
        route.fulfill(body="", content_type="text/plain")


def main() -> None:
    """Measure and print a table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--plain-up-to", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("what        claims    MB  save s  open s   own s  ratio  step ms  work ms")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        opened(browser, _warm(Path(folder)), "html[data-ready=true]", None)
        for count in options.counts:
            claims = samples.many(count)
            path = Path(folder) / "ours.html"
            saved = ours(claims, path)
            seconds, nothing, (step, work) = in_turns(browser, path, options.rounds)
            size = path.stat().st_size / 1e6
            row = f"page      {count:8d} {size:5.2f} {saved:7.2f} {seconds:7.2f}"
            row = f"{row} {seconds - nothing:7.2f} {seconds / nothing:6.1f}"
            print(f"{row} {step:8.0f} {work:8.0f}")
            if count <= options.plain_up_to:
                path = Path(folder) / "plain.html"
                saved = plain(claims, path)
                seconds, _ = opened(browser, path, ".leaflet-overlay-pane canvas", None)
                size = path.stat().st_size / 1e6
                print(f"folium    {count:8d} {size:5.2f} {saved:7.2f} {seconds:7.2f}")
        browser.close()


def _warm(folder: Path) -> Path:
    path = folder / "warm.html"
    ours(samples.many(10), path)
    return path


if __name__ == "__main__":
    main()
