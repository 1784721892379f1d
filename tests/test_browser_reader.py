"""The page as its readers meet it: on a phone, with one claim, with none, with denials alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import page_samples as samples
import pytest
from browser import CHROMIUM, Visit

from frontmap.claims.records import Claim, Modality
from frontmap.page import save_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: see tests/install_browser.sh"),
]


def page_of(claims: Sequence[Claim], folder: Path, language: str = "de") -> Path:
    return save_page(claims, folder / "m.html", language=language, gazetteer=samples.NoPlaces())


@pytest.mark.parametrize(
    ("language", "head", "count"),
    [
        ("de", "Diese Angabe ist nicht unabhängig bestätigt.", "1 Angabe"),
        ("en", "This claim is not independently confirmed.", "1 claim"),
    ],
)
def test_one_claim_is_told_in_the_singular(
    browser: Any, tmp_path: Path, language: str, head: str, count: str
) -> None:
    (claim, *_) = [one for one in samples.claims() if one.modality is Modality.REPORTED]
    with Visit(browser, page_of([claim], tmp_path, language)) as visit:
        assert head in visit.page.inner_text("#fm-side header")
        assert visit.page.inner_text("#fm-count") == count


def test_without_claims_the_page_says_what_that_means(browser: Any, tmp_path: Path) -> None:
    with Visit(browser, page_of([], tmp_path)) as visit:
        said = visit.page.inner_text("#fm-claims")
        assert "Es wurde keine Angabe über das Kriegsgeschehen gefunden." in said
        assert "Das heißt nicht, dass nichts geschah" in said
        assert visit.page.locator("#fm-panel").is_hidden()
        visit.page.click("#fm-panel-button")
        assert visit.page.locator("#fm-panel h2").all_inner_texts() == ["LEGENDE"]
        visit.assert_quiet()


def test_a_denial_is_told_before_the_words_it_denies(browser: Any, tmp_path: Path) -> None:
    (denied, *_) = [one for one in samples.claims() if one.modality is Modality.DENIED]
    with Visit(browser, page_of([denied], tmp_path)) as visit:
        said = visit.page.inner_text(".fm-item")
        assert said.index("bestritten") < said.index(denied.quote)
        assert "nur behauptet" not in visit.page.inner_text("#fm-panel")


def test_on_a_phone_a_chosen_claim_comes_into_sight_and_the_list_back(
    browser: Any, tmp_path: Path
) -> None:
    path = page_of(samples.claims(), tmp_path)
    with Visit(browser, path, width=360, height=740) as visit:
        page = visit.page
        last = page.locator(".fm-item").last
        last.scroll_into_view_if_needed()
        scrolled = page.evaluate("window.scrollY")
        assert scrolled > 740
        last.click()
        box = page.locator(".leaflet-popup-content-wrapper").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 740
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        page.click(".leaflet-popup-close-button")
        assert page.evaluate("window.scrollY") == pytest.approx(scrolled, abs=2)


def test_on_a_desk_nothing_scrolls(browser: Any, tmp_path: Path) -> None:
    with Visit(browser, page_of(samples.claims(), tmp_path)) as visit:
        visit.page.locator(".fm-item").last.click()
        assert visit.page.evaluate("window.scrollY") == 0
