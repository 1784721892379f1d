"""The page as a file: whole, the same each time, naming no server, safe from its inputs."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
from html.parser import HTMLParser

import page_payloads as hostile
import page_samples as samples
import pytest

from frontmap.errors import ExportError
from frontmap.layers.tiles import tile_layers
from frontmap.page import page_html, save_page

NOWHERE = samples.NoPlaces()


class Reader(HTMLParser):
    """Collects what a browser would run, apply and read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: dict[str, list[str]] = {"script": [], "style": [], "title": [], "json": []}
        self.attributes: list[tuple[str, str | None]] = []
        self.policy = ""
        self._open: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.attributes += attrs
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]
        self._open = "json" if found.get("type") == "application/json" else tag
        if self._open in self.parts:
            self.parts[self._open].append("")

    def handle_endtag(self, tag):
        self._open = None

    def handle_data(self, data):
        if self._open in self.parts:
            self.parts[self._open][-1] += data


def _page(claims=None, **options):
    options.setdefault("gazetteer", NOWHERE)
    options.setdefault("articles", [samples.article()])
    return page_html(samples.claims() if claims is None else claims, **options)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_names_exactly_the_pages_scripts_and_styles():
    page = Reader(_page())
    assert len(page.parts["script"]) == 2
    hashes = set(re.findall(r"'sha256-([^']*)'", page.policy))
    assert hashes == {_hash(text) for kind in ("script", "style") for text in page.parts[kind]}
    assert "default-src 'none'" in page.policy
    assert "unsafe" not in page.policy


def test_no_attribute_runs_a_script_or_loads_a_file():
    attributes = Reader(_page()).attributes
    assert len(attributes) > 20
    for name, value in attributes:
        assert not name.startswith("on")
        assert name not in ("src", "srcset", "style", "action", "data", "background", "poster")
        if name == "href":
            assert value and value.startswith("#")


def test_no_style_loads_a_file():
    styles = Reader(_page()).parts["style"]
    assert any(styles)
    for style in styles:
        assert "url(" not in style.replace("behavior: url(#default#VML)", "")
        assert "@import" not in style


def test_the_same_report_gives_the_same_file():
    assert _page() == _page()


def test_the_file_is_whole_or_not_there(tmp_path, monkeypatch):
    target = tmp_path / "map.html"
    target.write_text("old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(ExportError, match="disk full"):
        save_page(samples.claims(), target, gazetteer=NOWHERE)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_saved_is_what_page_html_returns(tmp_path):
    path = save_page(samples.claims(), tmp_path / "map.html", gazetteer=NOWHERE)
    assert path.read_text(encoding="utf-8") == _page(articles=None)


def test_the_title_is_given_or_the_articles_or_our_own():
    assert Reader(_page(title="Lage")).parts["title"] == ["Lage"]
    assert Reader(_page()).parts["title"] == ["Heftige Kämpfe um Pokrowsk"]
    assert Reader(_page(articles=None)).parts["title"] == ["Angaben zum Frontverlauf"]


@pytest.mark.parametrize("language", ["de", "uk", "en"])
def test_the_page_speaks_the_language(language):
    text = _page(language=language)
    assert f'<html lang="{language}">' in text
    data = json.loads(Reader(text).parts["json"][0])
    assert data["language"] == language


def test_an_empty_report_gives_a_page():
    data = json.loads(Reader(_page([])).parts["json"][0])
    assert data["size"] == 0


@pytest.mark.parametrize("text", hostile.PAYLOADS)
def test_hostile_text_stays_text(text):
    claims = [hostile.claim(text, number) for number in (0, 1)]
    before = dict(os.environ)
    made = _page(claims, articles=[hostile.article(text)], title=text)
    assert dict(os.environ) == before
    page, plain = Reader(made), Reader(_page())
    assert page.parts["title"] == [text.replace("\x00", "\ufffd")]
    assert page.parts["script"] == plain.parts["script"]
    assert page.parts["style"] == plain.parts["style"]
    assert page.policy == plain.policy
    assert len(page.attributes) == len(plain.attributes)
    data = json.loads(page.parts["json"][0])
    assert data["strings"].count(text) == 1
    assert data["places"][0][:2] == [text, text]
    assert data["articles"][0][:2] == [text, text]
    assert data["articles"][0][2] is None


def test_tiles_are_off_unless_asked_for():
    page = Reader(_page())
    assert re.search(r"img-src ([^;]*)", page.policy)[1] == "data:"
    assert json.loads(page.parts["json"][0])["tiles"] == []


@pytest.mark.parametrize(
    ("tiles", "allowed"),
    [
        ("osm", "https://tile.openstreetmap.org"),
        ("positron", "https://*.basemaps.cartocdn.com"),
        ("CartoDB positron", "https://*.basemaps.cartocdn.com"),
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        (
            {"url": "https://{s}.example.org/{z}/{x}/{y}.png", "name": "Eigene"},
            "https://*.example.org",
        ),
    ],
)
def test_the_policy_allows_the_tiles_asked_for_and_no_more(tiles, allowed):
    page = Reader(_page(tiles=tiles))
    assert re.search(r"img-src ([^;]*)", page.policy)[1] == f"data: {allowed}"


@pytest.mark.parametrize(
    "tiles",
    [
        "nowhere",
        "http://plain.example.org/{z}/{x}/{y}.png",
        "https://no-numbers.example.org/tile.png",
        "https://a.org; script-src *; /{z}/{x}/{y}",
        "https://a.org'/{z}/{x}/{y}",
        'https://a.org/{z}/{x}/{y}"><script>',
        "javascript:alert(1)/{z}/{x}/{y}",
        "https://{z}{x}{y}.org/{z}/{x}/{y}",
        {"name": "without address"},
    ],
)
def test_other_tiles_are_refused(tiles):
    with pytest.raises(ValueError, match="tiles="):
        tile_layers(tiles)


def test_the_page_names_its_sources():
    data = json.loads(Reader(_page()).parts["json"][0])
    for source in ("Natural Earth", "GSHHG", "GeoNames"):
        assert source in " ".join(data["credits"])
        assert source in " ".join(data["full_credits"])
    assert "Leaflet" in " ".join(data["full_credits"])


def test_the_page_is_slim():
    assert len(_page().encode()) < 1_000_000


def test_html_escape_of_the_heading():
    made = _page(title="<b>&")
    assert html.escape("<b>&") in made
    assert '<h1><bdi dir="auto">&lt;b&gt;&amp;</bdi></h1>' in made
