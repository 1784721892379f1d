"""The elements that claim layers put into a Folium map; imported when first used.

Whatever holds outside text is a `Verbatim`: no template engine reads it. The templates below fill
in only names that Folium made and numbers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from html import escape
from typing import Any

import folium
from branca.element import Element, Figure
from folium.template import Template

from frontmap.layers.assets import asset, bundle, leaflet_css, leaflet_defaults, leaflet_js
from frontmap.layers.ground import packed_basemap
from frontmap.layers.island import escaped_json, packed_json
from frontmap.layers.words import day_text

__all__ = ["Basemap", "ClaimLayer", "ControlLayer", "OfflineMap", "Verbatim"]


_INLINE_PIXELS = 640


class Verbatim(Element):  # type: ignore[misc]
    """Text that is put into the document as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self._text = text

    def render(self, **kwargs: Any) -> str:
        """Return the text."""
        return self._text


def _add_to_header(element: Element, name: str, text: str) -> None:
    """Put text into the head of the element's document, once."""
    figure = element.get_root()
    if not isinstance(figure, Figure):
        raise TypeError(f"{element.get_name()} must be added to a map before it is rendered")
    if name not in figure.header._children:
        figure.header.add_child(Verbatim(text), name=name)


def _add_scripts(element: Element) -> None:
    text = f"<style>{asset('map.css')}</style>"
    text += f"<script>{bundle('notebook', name='frontmapLayers')}</script>"
    _add_to_header(element, "frontmap_layers", text)


class ClaimLayer(folium.FeatureGroup):  # type: ignore[misc]
    """One group of claims; all groups of one call share the claims, which go in once.

    Parameters
    ----------
    name : str
        Shown by Folium as HTML: our own words only.
    key : str
        Names the claims.
    packed : str
        The claims, from `packed_json`.
    side, event : int
        Which of the claims: places in the page's lists of sides and events.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = frontmapLayers.group(
                L, "{{ this.key }}", {{ this.side }}, {{ this.event }}
            );
        {% endmacro %}
        """
    )

    def __init__(self, name: str, key: str, packed: str, side: int, event: int) -> None:
        super().__init__(name=name)
        self._name = "ClaimLayer"
        self.key, self.side, self.event = key, side, event
        self._packed = packed

    def render(self, **kwargs: Any) -> None:
        """Add the layer's script to the document, and the claims if they are not there yet."""
        _add_scripts(self)
        call = f"frontmapLayers.claims({json.dumps(self.key)}, {self._packed});"
        _add_to_header(self, f"frontmap_{self.key}", f"<script>{call}</script>")
        super().render(**kwargs)


class Basemap(folium.map.Layer):  # type: ignore[misc]
    """The embedded basemap as a base layer."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = frontmapLayers.basemap(
                L, frontmapBasemap.data, frontmapBasemap.credits
            );
        {% endmacro %}
        """
    )

    def __init__(self, name: str, language: str, credits: str) -> None:
        super().__init__(name=name, overlay=False, control=True)
        self._name = "Basemap"
        self._packed = packed_basemap(language)
        self._credits = packed_json(credits)

    def render(self, **kwargs: Any) -> None:
        """Add the basemap to the document."""
        _add_scripts(self)
        value = f'{{"data":{self._packed},"credits":{self._credits}}}'
        text = f"<script>const frontmapBasemap = {value};</script>"
        _add_to_header(self, "frontmap_basemap", text)
        super().render(**kwargs)


class ControlLayer(folium.map.Layer):  # type: ignore[misc]
    """Polygons of control, the front line or gains, under the claims.

    Parameters
    ----------
    entry : dict
        From `frontmap.layers.controls.control_entries`.
    language : str
    credits : str
        Whose polygons these are, as HTML.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = frontmapLayers.control(
                L, frontmapControl["{{ this.key }}"]
            );
        {% endmacro %}
        """
    )

    def __init__(self, entry: dict[str, Any], language: str, credits: str) -> None:
        epoch = dt.date(1970, 1, 1).toordinal()
        last = dt.date.fromordinal(epoch + entry["variants"][-1]["day"])
        name = entry["name"].replace("{date}", day_text(last, language))
        super().__init__(name=name, overlay=True, control=True)
        self._name = "ControlLayer"
        value = {"entry": entry, "credits": credits}
        self._packed = escaped_json(value)
        self.key = hashlib.sha256(self._packed.encode()).hexdigest()[:16]

    def render(self, **kwargs: Any) -> None:
        """Add the polygons to the document."""
        _add_scripts(self)
        text = f'(window.frontmapControl ??= {{}})["{self.key}"] = {self._packed};'
        _add_to_header(self, f"frontmap_{self.key}", f"<script>{text}</script>")
        super().render(**kwargs)


class OfflineMap(folium.Map):  # type: ignore[misc]
    """A Folium map with Leaflet inside: it asks the network for nothing."""

    # Folium's own would name ten files on servers elsewhere.
    default_js: list[tuple[str, str]] = []  # noqa: RUF012
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def show_inline(self, page: Callable[[], str]) -> None:
        """Show this page in a notebook for as long as nothing more is added to the map.

        The page goes into a frame of its own that may run its own scripts and reach nothing else;
        no template engine reads it.
        """
        self._page, self._shown = page, tuple(self._children)

    def _repr_html_(self, **kwargs: Any) -> str:
        page = getattr(self, "_page", None)
        if page is None or tuple(self._children) != self._shown:
            return str(super()._repr_html_(**kwargs))
        high, unit = self.height
        height = f"{high:g}px" if unit == "px" else f"{_INLINE_PIXELS}px"
        return (
            '<iframe sandbox="allow-scripts allow-popups" '
            f'style="width:100%;height:{height};border:1px solid #e4ded4;border-radius:6px" '
            f'title="frontmap" srcdoc="{escape(page())}"></iframe>'
        )

    def render(self, **kwargs: Any) -> None:
        """Add Leaflet and the map to the document."""
        text = f"<style>{leaflet_css(pictures=True)}</style>"
        text += f"<script>{leaflet_js()}</script><script>{leaflet_defaults()}</script>"
        _add_to_header(self, "frontmap_leaflet", text)
        super().render(**kwargs)
