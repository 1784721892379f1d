"""Styles for QGIS, in its own XML, so that a GeoPackage opens in the map's colours.

QGIS reads them from the table ``layer_styles``: areas filled by how sure they are and coloured by
side, arrows with a head at their tip, symbols by event, names from the German column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from frontmap.style import (
    CONTROL_COLOUR,
    FRONT_LINE_COLOUR,
    SIDE_COLOURS,
    SIDE_LINE_COLOURS,
    SYMBOLS,
    Fill,
    label,
    labels,
)

__all__ = ["ALIASED", "qml", "sld"]

ALIASED = ("claims", "arrows", "anchors", "toponyms")
"""Layers whose columns get readable names."""

_SIDES = ("RU", "UA", "unknown")
_FILLS = {Fill.SOLID: "solid", Fill.HATCHED: "b_diagonal", Fill.OUTLINE: "no"}
_FILL_LABELS = {  # what a reader learns from the filling
    "de": {Fill.SOLID: "bestätigt", Fill.HATCHED: "nur behauptet", Fill.OUTLINE: "nicht geschehen"},
    "uk": {Fill.SOLID: "підтверджено", Fill.HATCHED: "лише заява", Fill.OUTLINE: "не сталося"},
    "en": {Fill.SOLID: "confirmed", Fill.HATCHED: "only claimed", Fill.OUTLINE: "not happened"},
}
_SIDE_COLOUR_EXPRESSION = (
    "CASE WHEN \"actor\" = 'RU' THEN '{RU}' WHEN \"actor\" = 'UA' THEN '{UA}' ELSE '{unknown}' END"
)


def qml(layer: str, language: str = "de") -> str:
    """Return the QML document for one layer of the export.

    Parameters
    ----------
    layer : str
        One of `frontmap.export.tables.LAYERS`.
    language : str
        ``de``, ``uk`` or ``en``, for the legend and the column names.
    """
    root = Element(
        "qgis",
        version="3.22.0",
        styleCategories="Symbology|Labeling|Fields|AttributeTable|MapTips",
        labelsEnabled="1" if layer == "toponyms" else "0",
    )
    _RENDERERS[layer](root, language)
    if layer in ALIASED:
        _aliases(root, language)
    if layer in ("claims", "arrows", "anchors"):
        SubElement(root, "previewExpression").text = '"quote"'
        SubElement(root, "mapTip").text = _MAP_TIP
    header = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return header + tostring(root, encoding="unicode")


# escaped by QGIS' own function: the text comes from outside
_MAP_TIP = (
    "<b>[% replace(replace(coalesce(\"place_name_de\", ''), '&', '&amp;'), '<', '&lt;') %]</b><br>"
    "[% replace(replace(coalesce(\"quote\", ''), '&', '&amp;'), '<', '&lt;') %]"
)


def sld(layer: str) -> str:
    """Return a minimal SLD document, which QGIS wants beside the QML."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" version="1.1.0">'
        f"<NamedLayer><Name>{layer}</Name></NamedLayer></StyledLayerDescriptor>"
    )


def _rgba(colour: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def _options(parent: Element, values: Mapping[str, str]) -> None:
    """Write properties the way QGIS 3.26 and later read them, and the way before."""
    group = SubElement(parent, "Option", type="Map")
    for name, value in values.items():
        SubElement(group, "Option", name=name, type="QString", value=value)
    for name, value in values.items():
        SubElement(parent, "prop", k=name, v=value)


def _symbol(symbols: Element, name: str, kind: str, layers: Iterable[Element]) -> None:
    symbol = SubElement(
        symbols, "symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0"
    )
    symbol.extend(layers)


def _layer(kind: str, values: Mapping[str, str]) -> Element:
    element = Element("layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    _options(element, values)
    return element


def _rule_renderer(root: Element) -> tuple[Element, Element]:
    renderer = SubElement(
        root,
        "renderer-v2",
        type="RuleRenderer",
        symbollevels="0",
        forceraster="0",
        enableorderby="0",
    )
    return SubElement(renderer, "rules", key="frontmap"), SubElement(renderer, "symbols")


def _side_filter(side: str) -> str:
    return '"actor" IS NULL' if side == "unknown" else f"\"actor\" = '{side}'"


def _claims(root: Element, language: str) -> None:
    rules, symbols = _rule_renderer(root)
    for side in _SIDES:
        for fill, brush in _FILLS.items():
            number = str(len(symbols))
            words = f"{label('side', side, language)}: {_FILL_LABELS[language][fill]}"
            SubElement(
                rules,
                "rule",
                key=f"claims{number}",
                symbol=number,
                label=words,
                filter=f"{_side_filter(side)} AND \"fill\" = '{fill}'",
            )
            values = {
                "color": _rgba(SIDE_COLOURS[side], 0.45 if fill is Fill.SOLID else 0.7),
                "style": brush,
                "outline_color": _rgba(SIDE_LINE_COLOURS[side]),
                "outline_style": "solid" if fill is Fill.SOLID else "dash",
                "outline_width": "0.4",
                "outline_width_unit": "MM",
                "joinstyle": "round",
            }
            _symbol(symbols, number, "fill", [_layer("SimpleFill", values)])


def _arrows(root: Element, language: str) -> None:
    rules, symbols = _rule_renderer(root)
    for side in _SIDES:
        number = str(len(symbols))
        SubElement(
            rules,
            "rule",
            key=f"arrows{number}",
            symbol=number,
            label=label("side", side, language),
            filter=_side_filter(side),
        )
        line = {
            "line_color": _rgba(SIDE_LINE_COLOURS[side]),
            "line_width": "0.8",
            "line_width_unit": "MM",
            "line_style": "dash",
            "capstyle": "round",
        }
        # `placement` for QGIS before 3.24, which else sets a head every few millimetres
        at_the_tip = {"placement": "lastvertex", "placements": "LastVertex", "rotate": "1"}
        marker = _layer("MarkerLine", at_the_tip)
        head = {
            "name": "filled_arrowhead",
            "color": _rgba(SIDE_LINE_COLOURS[side]),
            "outline_color": _rgba(SIDE_LINE_COLOURS[side]),
            "size": "3.4",
            "size_unit": "MM",
        }
        _symbol(marker, f"@{number}@1", "marker", [_layer("SimpleMarker", head)])
        _symbol(symbols, number, "line", [_layer("SimpleLine", line), marker])


def _anchors(root: Element, language: str) -> None:
    renderer = SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr="event", symbollevels="0"
    )
    categories = SubElement(renderer, "categories")
    symbols = SubElement(renderer, "symbols")
    for number, (event, symbol) in enumerate(SYMBOLS.items()):
        SubElement(
            categories,
            "category",
            value=event,
            symbol=str(number),
            label=label("event", event, language),
            render="true",
            type="string",
        )
        values = {
            "name": symbol.qgis,
            "color": _rgba(SIDE_COLOURS["unknown"]),
            "outline_color": "255,255,255,255",
            "outline_width": "0.2",
            "outline_width_unit": "MM",
            "size": "4.6",
            "size_unit": "MM",
        }
        marker = _layer("SimpleMarker", values)
        _data_defined(marker, "fillColor", _SIDE_COLOUR_EXPRESSION.format(**SIDE_COLOURS))
        _symbol(symbols, str(number), "marker", [marker])


def _data_defined(layer: Element, name: str, expression: str) -> None:
    properties = SubElement(layer, "data_defined_properties")
    whole = SubElement(properties, "Option", type="Map")
    SubElement(whole, "Option", name="name", type="QString", value="")
    group = SubElement(whole, "Option", name="properties", type="Map")
    one = SubElement(group, "Option", name=name, type="Map")
    SubElement(one, "Option", name="active", type="bool", value="true")
    SubElement(one, "Option", name="expression", type="QString", value=expression)
    SubElement(one, "Option", name="type", type="int", value="3")
    SubElement(whole, "Option", name="type", type="QString", value="collection")


def _single(root: Element, kind: str, layer: Element) -> None:
    renderer = SubElement(root, "renderer-v2", type="singleSymbol", symbollevels="0")
    _symbol(SubElement(renderer, "symbols"), "0", kind, [layer])


def _toponyms(root: Element, language: str) -> None:
    values = {
        "name": "circle",
        "color": "255,255,255,255",
        "outline_color": "40,40,40,255",
        "outline_width": "0.4",
        "size": "2",
        "size_unit": "MM",
    }
    _single(root, "marker", _layer("SimpleMarker", values))
    labeling = SubElement(root, "labeling", type="simple")
    settings = SubElement(labeling, "settings", calloutType="simple")
    column = "place_name" if language == "uk" else "place_name_de"
    style = SubElement(
        settings,
        "text-style",
        fieldName=column,
        isExpression="0",
        fontSize="9",
        fontSizeUnit="Point",
        textColor="30,30,30,255",
        fontFamily="sans-serif",
    )
    SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
    )


def _front_line(root: Element, language: str) -> None:
    values = {
        "line_color": _rgba(FRONT_LINE_COLOUR),
        "line_width": "0.7",
        "line_width_unit": "MM",
        "line_style": "solid",
    }
    _by_day(root, language, "front_line", "line", _layer("SimpleLine", values))


def _control(root: Element, language: str) -> None:
    values = {
        "color": _rgba(CONTROL_COLOUR, 0.15),
        "style": "solid",
        "outline_style": "no",
    }
    _by_day(root, language, "control", "fill", _layer("SimpleFill", values))


def _by_day(root: Element, language: str, name: str, kind: str, layer: Element) -> None:
    """Show the last day; the days before it can be switched on."""
    rules, symbols = _rule_renderer(root)
    words = label("layer", name, language)
    SubElement(rules, "rule", key=f"{name}0", symbol="0", label=words, filter='"latest" = 1')
    SubElement(
        rules,
        "rule",
        key=f"{name}1",
        symbol="1",
        label=f"{words} ({_EARLIER[language]})",
        filter='"latest" = 0',
        checkstate="0",
    )
    _symbol(symbols, "0", kind, [layer])
    _symbol(symbols, "1", kind, [layer])


_EARLIER = {"de": "frühere Tage", "uk": "попередні дні", "en": "earlier days"}


def _aliases(root: Element, language: str) -> None:
    names = labels("field", language)
    aliases = SubElement(root, "aliases")
    for index, (field, text) in enumerate(names.items()):
        SubElement(aliases, "alias", field=field, index=str(index), name=text)


_RENDERERS: dict[str, Any] = {
    "claims": _claims,
    "arrows": _arrows,
    "anchors": _anchors,
    "toponyms": _toponyms,
    "front_line": _front_line,
    "control": _control,
}
