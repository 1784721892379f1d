"""Claims as Folium layers, for one's own map in a notebook or a page of one's own.

Folium puts text into HTML and JavaScript as it is, and compiles what it rendered a second time as
a template. So nothing of the claims passes through its templates: each layer renders one call of
the page's own script with numbers and a key, and the claims go in once per map as escaped JSON
(see `frontmap.layers.island`). Popups are built from text nodes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from frontmap.claims.records import Claim, Event, Side
from frontmap.layers.columns import packed_claims
from frontmap.layers.inputs import claims_and_articles
from frontmap.layers.tiles import tile_layers
from frontmap.layers.words import basemap_credits, words
from frontmap.parameters import CONTROL_OR_PATH, DRAWABLE, checked
from frontmap.style import label

if TYPE_CHECKING:
    import folium

    from frontmap.article import Article

__all__ = ["build_map", "claim_layers"]

_SIDES = (Side.RU, Side.UA, Side.THIRD, None)
_EVENTS = tuple(Event)
_BOUNDS_OF_UKRAINE = ((44.2, 22.1), (52.4, 40.3))


@checked.but(claims=DRAWABLE, control=CONTROL_OR_PATH)
def claim_layers(
    claims: Any,
    *,
    articles: Article | Sequence[Article] | None = None,
    gazetteer: Any = None,
    control: Any = None,
    language: str = "de",
) -> list[folium.FeatureGroup]:
    """Return claims as layers for a map of one's own, one for each claimant's side and event.

    Parameters
    ----------
    claims : sequence of Claim, Report or sequence of Report
    articles : Article or sequence of Article, optional
        Where the claims come from, for the popups; reports bring theirs along.
    gazetteer, control : optional
        Passed to `frontmap.geometry.claim_geometry`.
    language : {"de", "uk", "en"}
        Language of layer names and popups.

    Returns
    -------
    list[folium.FeatureGroup]
        Named by side, event and count, so that a `folium.LayerControl` tells them apart.

    Examples
    --------
    >>> import folium
    >>> m = folium.Map([48.3, 37.2], zoom_start=8, tiles=None)
    >>> for layer in claim_layers([]):
    ...     _ = layer.add_to(m)
    """
    from frontmap.layers.controls import opened
    from frontmap.layers.elements import ClaimLayer
    from frontmap.layers.payload import claims_data

    found, known = claims_and_articles(claims, articles)
    control = opened(control)
    data = claims_data(found, known, language=language, gazetteer=gazetteer, control=control)
    packed = packed_claims(data)
    key = hashlib.sha256(packed.encode()).hexdigest()[:16]
    counts = Counter(
        (_SIDES.index(claim.claimant_side), _EVENTS.index(claim.event)) for claim in found
    )
    return [
        ClaimLayer(_layer_name(side, event, count, language), key, packed, side, event)
        for (side, event), count in sorted(counts.items())
    ]


def _layer_name(side: int, event: int, count: int, language: str) -> str:
    """Name a layer with our own words only: Folium shows names as HTML."""
    whose = label("claimant_side", _SIDES[side], language)
    whose = whose[:1].upper() + whose[1:]
    return f"{whose}: {label('event', _EVENTS[event], language)} ({count})"


@checked.but(control=CONTROL_OR_PATH)
def build_map(
    report: Any,
    *,
    articles: Article | Sequence[Article] | None = None,
    gazetteer: Any = None,
    control: Any = None,
    language: str = "de",
    tiles: Any = None,
    **options: Any,
) -> folium.Map:
    """Return a Folium map of claims that needs no network.

    Leaflet and the basemap are inside, so the map shows itself in a notebook without a network and
    everything of Folium can be added to it.

    Parameters
    ----------
    report : Report, sequence of Report or of Claim
    articles, gazetteer, language
        As for `claim_layers`.
    control : Control or path, optional
        Dated polygons of control, drawn under the claims with their source.
    tiles : optional
        An online base map beside the embedded one, as for `frontmap.page.save_page`.
    **options
        Passed to `folium.Map`, e.g. ``height="500px"``.

    Returns
    -------
    folium.Map
    """
    import folium

    from frontmap.layers.controls import control_entries, opened
    from frontmap.layers.elements import Basemap, ControlLayer, OfflineMap

    claims, known = claims_and_articles(report, articles)
    control = opened(control)
    layers = claim_layers(
        claims, articles=known, gazetteer=gazetteer, control=control, language=language
    )
    made = OfflineMap(tiles=None, **{"min_zoom": 5, "max_zoom": 14, **options})
    phrases = words(language)
    credits = _text(" · ".join(basemap_credits(phrases)[0]))
    Basemap(phrases["base_embedded"], language, credits).add_to(made)
    for tile in tile_layers(tiles):
        name = f"{tile['name']} ({phrases['base_online']})"
        folium.TileLayer(tile["url"], attr=_text(tile["attribution"]), name=_text(name)).add_to(
            made
        )
    entries, sources = control_entries(control, claims, language)
    for entry in entries:
        ControlLayer(entry, language, _text(" · ".join(sources))).add_to(made)
    for layer in layers:
        layer.add_to(made)
    if layers:
        folium.LayerControl(collapsed=True).add_to(made)
    made.fit_bounds(_bounds(claims), max_zoom=10, padding=(30, 30))
    return made


def _text(text: str) -> str:
    """Return text that Folium can show as HTML and compile as a template without harm."""
    escaped = escape(text)
    for letter in "{}`$\\":
        escaped = escaped.replace(letter, f"&#{ord(letter)};")
    return escaped


def _bounds(claims: Sequence[Claim]) -> tuple[tuple[float, float], tuple[float, float]]:
    places = [claim.place for claim in claims if claim.place is not None]
    if not places:
        return _BOUNDS_OF_UKRAINE
    lats, lons = [place.lat for place in places], [place.lon for place in places]
    return (min(lats), min(lons)), (max(lats), max(lons))
