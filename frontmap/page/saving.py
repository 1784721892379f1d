"""Writing the page.

The page is filled in one pass: what is put in is never read for marks again, so nothing from
outside can pull in another part. Text from outside stands either in a JSON island (see
`frontmap.layers.island`) that the script shows as text, or, the title, escaped as HTML. The content
security policy names the page's own scripts and styles by their hashes; nothing else runs, and
nothing is loaded but the tiles the caller asked for.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.files import written_beside
from frontmap.layers.assets import asset, bundle, leaflet_css, leaflet_js
from frontmap.layers.columns import packed_claims
from frontmap.layers.ground import packed_basemap
from frontmap.layers.inputs import claims_and_articles
from frontmap.layers.tiles import tile_layers
from frontmap.layers.words import basemap_credits, words
from frontmap.parameters import CONTROL_OR_PATH, checked

if TYPE_CHECKING:
    from frontmap.article import Article

__all__ = ["page_html", "save_page"]

_STYLES = ("panel.css", "page.css")  # the last says what changes on phone and paper
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
_MARK = re.compile(r"@(?:(word):)?([a-z_]+)@")


@checked.but(control=CONTROL_OR_PATH)
def save_page(
    report: Any,
    path: str | os.PathLike[str],
    *,
    title: str | None = None,
    language: str = "de",
    tiles: Any = None,
    control: Any = None,
    gazetteer: Any = None,
) -> Path:
    """Write claims as one HTML file that opens without a network.

    Parameters
    ----------
    report : Report, sequence of Report or of Claim
    path : str or path
    title : str, optional
        Default: the article's, if there is one article.
    language : {"de", "uk", "en"}
        Language of the page and of its labels.
    tiles : str or xyzservices.TileProvider or dict, optional
        An online base map offered beside the embedded one: ``"osm"``, ``"positron"``, an ``https``
        address with ``{z}/{x}/{y}``, or a provider. The page then asks that server for tiles once
        the reader chooses it, and no other for anything.
    control : Control or path, optional
        Dated polygons of control, drawn under the claims with their source; arrows of movements
        then start at the front line.
    gazetteer : Gazetteer, optional
        Where the candidates for unnamed places come from; by default the embedded one.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ValueError
        If the language or the tiles are not known.
    TypeError
        If `report` holds no claims.
    ExportError
        If the file cannot be written; nothing is left of it then.
    """
    html = page_html(
        report, title=title, language=language, tiles=tiles, control=control, gazetteer=gazetteer
    )
    target = Path(path)
    with written_beside(target) as beside:
        beside.write_text(html, encoding="utf-8", newline="\n")
    return target


@checked.but(control=CONTROL_OR_PATH)
def page_html(
    report: Any,
    *,
    title: str | None = None,
    language: str = "de",
    tiles: Any = None,
    control: Any = None,
    gazetteer: Any = None,
    articles: Sequence[Article] | None = None,
) -> str:
    """Return the page that `save_page` writes, as text."""
    from frontmap.layers.controls import control_entries, opened
    from frontmap.layers.payload import claims_data

    phrases = words(language)
    claims, known = claims_and_articles(report, articles)
    control = opened(control)
    data = claims_data(claims, known, language=language, gazetteer=gazetteer, control=control)
    layers = tile_layers(tiles)
    entries, sources = control_entries(control, claims, language)
    short, full = basemap_credits(phrases)
    short += [*sources, *(layer["attribution"] for layer in layers), phrases["credit_made"]]
    full.append(phrases["credit_leaflet"])
    data |= {"tiles": layers, "control": entries, "credits": short, "full_credits": full}
    style = leaflet_css() + asset("map.css") + "".join(asset(name, __package__) for name in _STYLES)
    scripts = {"leaflet": leaflet_js(), "script": bundle("main", __package__)}
    parts = {
        "language": language,
        "title": _text(title or _title(known) or phrases["title"]),
        "policy": _policy(scripts.values(), style, layers),
        "style": style,
        "data": packed_claims(data),
        "basemap": packed_basemap(language),
        **scripts,
    }
    return _filled(asset("page.html", __package__), parts, phrases)


def _title(articles: Sequence[Article]) -> str | None:
    return articles[0].title if len(articles) == 1 else None


def _text(text: str) -> str:
    """Return text for HTML; a parser drops or replaces NUL, and UTF-8 has no half letters."""
    return escape(_NO_CHARACTER.sub("\ufffd", text))


def _filled(template: str, parts: dict[str, str], phrases: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        return escape(phrases[match[2]]) if match[1] else parts[match[2]]

    return _MARK.sub(value, template)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _policy(scripts: Any, style: str, layers: Sequence[dict[str, Any]]) -> str:
    """Return the content security policy: our scripts, our style, pictures only where asked for."""
    hosts = sorted({re.sub(r"^(https://)([^/]*).*", _host, layer["url"]) for layer in layers})
    rules = [
        "default-src 'none'",
        f"script-src {' '.join(_hash(script) for script in scripts)}",
        f"style-src {_hash(style)}",
        f"img-src {' '.join(['data:', *hosts])}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def _host(match: re.Match[str]) -> str:
    """Return the origin of a tile address; a placeholder in it stands for any subdomain."""
    host = match[2]
    return match[1] + (f"*.{host.split('}', 1)[1].lstrip('.')}" if "{" in host else host)
