"""What notebooks show: every text escaped, the map in a frame of its own."""

from __future__ import annotations

import html
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import folium
import page_payloads as hostile
import page_samples as samples
import pytest
from browser import CHROMIUM, Visit

import frontmap as fm
from frontmap.page import page_html
from frontmap.report import Report

TABLE = {"table", "caption", "thead", "tbody", "tr", "th", "td"}


class Tags(HTMLParser):
    """The tags of a text and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert not attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(text: str) -> list[str]:
    claim = hostile.claim(text, 0)
    assert claim.toponym is not None
    report = Report(hostile.article(text), [claim.toponym], [claim])
    assert claim.place is not None
    return [part._repr_html_() for part in (report, claim, claim.toponym)]


@pytest.mark.parametrize("text", hostile.PAYLOADS)
def test_hostile_text_is_text(text: str) -> None:
    for found in shown(text):
        assert "{" not in found and "}" not in found
        parsed = Tags(found)
        assert parsed.tags <= TABLE
        if not set(text) & set("\x00\x07"):
            assert text in parsed.text


def sample_report() -> Report:
    return Report(samples.article(), [], samples.claims())


def test_the_map_shows_the_page_until_something_is_added() -> None:
    report = sample_report()
    made = report.map(gazetteer=samples.NoPlaces(), language="uk", height="500px")
    shown = made._repr_html_()
    assert shown.startswith("<iframe sandbox=") and "height:500px" in shown
    assert "allow-same-origin" not in shown
    inside = re.fullmatch(r'<iframe [^>]* srcdoc="([^"]*)"></iframe>', shown)
    assert inside is not None
    assert html.unescape(inside[1]) == page_html(
        report, gazetteer=samples.NoPlaces(), language="uk"
    )
    folium.Marker([48.5, 36]).add_to(made)
    assert "L.marker(" in html.unescape(made._repr_html_())


def test_the_map_of_hostile_text_runs_nothing_of_it() -> None:
    before = dict(os.environ)
    for text in hostile.PAYLOADS:
        report = Report(hostile.article(text), [], [hostile.claim(text, 0)])
        found = report.map(gazetteer=samples.NoPlaces())._repr_html_()
        assert found.count("<") == 2 and found.count('"') % 2 == 0
    assert dict(os.environ) == before


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium: see tests/install_browser.sh")
def test_the_map_works_inside_a_notebook(browser: Any, tmp_path: Path) -> None:
    text = sample_report().map(gazetteer=samples.NoPlaces())._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><div>{text}</div>", encoding="utf-8")
    with Visit(browser, path, ready="iframe") as visit:
        frame = visit.page.frame_locator("iframe")
        frame.locator("html[data-ready=true]").wait_for(state="attached")
        assert frame.locator(".fm-item").count() == len(samples.claims())
        assert frame.locator("#fm-time").is_visible()
        frame.locator(".fm-item").first.click()
        assert frame.locator(".leaflet-popup .fm-card").count() == 1
        visit.assert_quiet()


def test_texts_of_records_are_short_and_say_what_they_are() -> None:
    """What a notebook prints for a list: a line each, not every field of every part."""
    report = fm.analyze(
        fm.Article.from_text(
            "Russische Truppen haben nach Angaben aus Moskau Torezk erobert.",
            source="Bote",
            published="2025-11-03",
        )
    )
    (claim,), (toponym,) = report.claims, report.toponyms[-1:]
    ledger = fm.Ledger.from_reports([report])
    assert repr(claim) == (
        f"<Claim {claim.id}: capture RU at Torezk, reported by {claim.claimant}>"
    )
    assert repr(toponym).startswith("<Toponym 'Torezk' [48:54]: <Place katottg:")
    assert repr(report.article) == "<Article Bote, 2025-11-03, 63 characters>"
    assert repr(ledger) == "<Ledger: claims: 1, documents: 1>"
    assert repr(ledger.entries[0]).endswith("capture RU at Torezk, claimed, 1 independent>")
    for shown in (ledger, report.article):
        assert Tags(shown._repr_html_()).tags <= TABLE


def test_completion_offers_what_is_public() -> None:
    assert set(dir(fm)) == set(fm.__all__)
    with pytest.raises(AttributeError, match="analyse") as raised:
        fm.analyse  # noqa: B018
    assert (raised.value.name, raised.value.obj) == ("analyse", fm)  # so Python suggests analyze
