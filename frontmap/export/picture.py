"""A printed map: SVG, PNG or PDF through Matplotlib, for where people paste pictures."""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.claims.records import Claim
from frontmap.errors import MissingExtraError
from frontmap.export.tables import Tables
from frontmap.files import missing_extra
from frontmap.frames.columns import whole
from frontmap.style import (
    CONTROL_COLOUR,
    FRONT_LINE_COLOUR,
    SYMBOLS,
    Fill,
    claim_style,
    label,
    side_colour,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw", "write_picture"]

_MARGIN = 0.25  # of the claims' width, around them
_LEAST_DEGREES = 0.6
_NOTE = {
    "de": "Die Karte zeigt Angaben, keine gesicherten Tatsachen.",
    "uk": "Карта показує твердження, а не встановлені факти.",
    "en": "The map shows claims, not established facts.",
}
_HATCH = "////"
_WATER_COLOUR = "#dfe9f0"
_STATE = ("state", "foreign")  # borders between countries
_TITLE_WIDTH = 65  # letters
_MAP_INCHES = 7.2  # width of the map itself
_LETTER_SHARE = 0.0105  # width of a letter of a name, as a share of the map's
_LINE_SHARE = 0.024


def draw(tables: Tables) -> Figure:
    """Draw claims, the places they name and, where given, control, as a figure.

    Raises
    ------
    MissingExtraError
        If Matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError(missing_extra("matplotlib", "plot", "drawing a picture")) from error
    frames = {kind: tables.claims_frame(kind) for kind in ("area", "arrow", "anchor")}
    west, south, east, north = _window(frames)
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    height = _MAP_INCHES * stretch * (north - south) / (east - west) + 1.2
    figure = Figure(figsize=(9.0, min(max(height, 4.0), 11.0)), layout="constrained")
    axes = figure.add_subplot()
    _draw_land(axes, (west, south, east, north))
    _draw_control(axes, tables)
    order = sorted(
        range(len(tables.claims)), key=lambda i: -float(frames["area"].precision_m.iloc[i] or 0)
    )
    for number in order:  # the least precise first, so that the others stay visible
        shapes = {kind: frame.geometry.iloc[number] for kind, frame in frames.items()}
        _draw_claim(axes, tables.claims[number], shapes)
    _draw_names(axes, tables, east - west, stretch)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(stretch)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(_WATER_COLOUR)
    heading = "\n".join(textwrap.wrap(tables.heading, _TITLE_WIDTH))
    axes.set_title(_plain(heading), loc="left", fontsize=13)
    axes.set_xlabel(_foot(tables), fontsize=8, loc="left")
    _draw_legend(axes, tables)
    return figure


def _plain(text: str) -> str:
    """Keep Matplotlib from reading dollar signs of outside text as mathematics."""
    return whole(text).replace("$", r"\$")


def _window(frames: Any) -> tuple[float, float, float, float]:
    import numpy

    bounds = [frame.total_bounds for frame in frames.values() if frame.geometry.notna().any()]
    if not bounds:
        return 22.0, 44.0, 40.5, 52.6  # nothing to show: the whole country
    west, south = numpy.array(bounds)[:, :2].min(axis=0)
    east, north = numpy.array(bounds)[:, 2:].max(axis=0)
    width = max(east - west, _LEAST_DEGREES) * (1 + 2 * _MARGIN)
    height = max(north - south, _LEAST_DEGREES * 0.7) * (1 + 2 * _MARGIN)
    x, y = (west + east) / 2, (south + north) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


@cache
def _basemap() -> dict[str, list[tuple[str, Any]]]:
    """Return land, water and borders of the embedded basemap as arrays of points, by kind.

    Empty where the package has no basemap.
    """
    import numpy

    from frontmap.basemap.codec import decode_line

    try:
        text = files("frontmap.basemap").joinpath("data/basemap.json").read_text(encoding="utf-8")
    except OSError:
        return {"land": [], "water": [], "lines": []}
    data = json.loads(text)

    def decoded(groups: Any) -> list[tuple[str, Any]]:
        return [(name, numpy.array(decode_line(line))) for name, lines in groups for line in lines]

    return {
        "land": decoded(data["land"].items()),
        "water": decoded([("water", data["water"])]),
        "lines": decoded(data["lines"].items()),
    }


def _draw_land(axes: Any, window: tuple[float, float, float, float]) -> None:
    """Draw what of land, water and borders lies in the window."""
    from matplotlib.collections import LineCollection, PolyCollection

    west, south, east, north = window

    def seen(kind: str) -> Iterator[tuple[str, Any]]:
        for name, points in _basemap()[kind]:
            low, high = points.min(axis=0), points.max(axis=0)
            if low[0] <= east and high[0] >= west and low[1] <= north and high[1] >= south:
                yield name, points

    land = list(seen("land"))
    colours = ["#fbfaf6" if country == "UA" else "#efede6" for country, _ in land]
    axes.add_collection(PolyCollection([p for _, p in land], facecolors=colours, zorder=0))
    water = [points for _, points in seen("water")]
    axes.add_collection(PolyCollection(water, facecolors=_WATER_COLOUR, zorder=0.2))
    lines = list(seen("lines"))
    axes.add_collection(
        LineCollection(
            [points for _, points in lines],
            colors=["#8a8a80" if kind in _STATE else "#c3c1b6" for kind, _ in lines],
            linewidths=[1.1 if kind in _STATE else 0.5 for kind, _ in lines],
            zorder=0.4,
        )
    )


def _draw_control(axes: Any, tables: Tables) -> None:
    if tables.control is None:
        return
    held = tables.layer("control").to_crs(4326)
    last = held[(held["latest"] == 1) & (held["side"] == "RU")]
    for shape in last.geometry:
        _fill(axes, shape, facecolor=CONTROL_COLOUR, alpha=0.13, edgecolor="none", zorder=0.6)
    front = tables.layer("front_line").to_crs(4326)
    for shape in front[front["latest"] == 1].geometry:
        for part in getattr(shape, "geoms", [shape]):
            axes.plot(*part.xy, color=FRONT_LINE_COLOUR, linewidth=1.4, zorder=0.8)


def _fill(axes: Any, shape: Any, **style: Any) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    for part in getattr(shape, "geoms", [shape]):
        rings = [part.exterior, *part.interiors]
        outline = Outline.make_compound_path(*(Outline(list(ring.coords)) for ring in rings))
        axes.add_patch(PathPatch(outline, **style))


def _draw_claim(axes: Any, claim: Claim, shapes: dict[str, Any]) -> None:
    style = claim_style(claim)
    area, arrow, anchor = shapes["area"], shapes["arrow"], shapes["anchor"]
    if area is not None:
        face = style.colour if style.fill is Fill.SOLID else "none"
        _fill(
            axes,
            area,
            facecolor=face,
            alpha=0.45 if style.fill is Fill.SOLID else 0.8,
            edgecolor=style.line_colour,
            hatch=_HATCH if style.fill is Fill.HATCHED else None,
            linestyle="--" if style.dashed else "-",
            linewidth=1.0,
            zorder=2,
        )
    if arrow is not None:
        _draw_arrow(axes, arrow, style.line_colour, dashed=style.dashed)
    if anchor is not None and arrow is None and (style.symbol.point_like or area is None):
        axes.plot(
            anchor.x,
            anchor.y,
            marker=style.symbol.matplotlib,
            color=style.line_colour,
            markeredgecolor="white",
            markersize=9,
            linestyle="none",
            zorder=4,
        )


def _draw_arrow(axes: Any, arrow: Any, colour: str, *, dashed: bool) -> None:
    """Draw line and head apart, so that only the line is dashed."""
    axes.plot(*arrow.xy, color=colour, linewidth=2.0, linestyle="--" if dashed else "-", zorder=3)
    near = arrow.interpolate(0.95, normalized=True)
    axes.annotate(
        "",
        xy=arrow.coords[-1],
        xytext=(near.x, near.y),
        arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 0, "mutation_scale": 20},
        zorder=3,
    )


def _draw_names(axes: Any, tables: Tables, width: float, stretch: float) -> None:
    """Name the places, each where its name covers no other; the largest choose first."""
    places = {claim.place.id: claim.place for claim in tables.claims if claim.place is not None}
    taken: list[Any] = []
    for place in sorted(places.values(), key=lambda p: (-(p.population or 0), p.id)):
        name = place.name if tables.language == "uk" else place.name_de
        axes.plot(place.lon, place.lat, marker="o", color="#222222", markersize=3, zorder=5)
        high = _LINE_SHARE * width / stretch
        long = (len(name) + 1) * _LETTER_SHARE * width
        for right, up in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            room = _room(place.lon, place.lat, right * long, up * 1.5 * high)
            if not any(room.intersects(other) for other in taken):
                break
        else:
            continue  # crowded: the point stays, and the name stands in the table
        taken.append(room)
        axes.annotate(
            _plain(name),
            (place.lon, place.lat),
            xytext=(4 * right, 4 * up),
            textcoords="offset points",
            ha="left" if right > 0 else "right",
            va="bottom" if up > 0 else "top",
            fontsize=9,
            zorder=6,
            bbox={"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.7},
        )


def _room(lon: float, lat: float, wide: float, high: float) -> Any:
    from shapely import box

    return box(
        min(lon, lon + wide), min(lat, lat + high), max(lon, lon + wide), max(lat, lat + high)
    )


def _draw_legend(axes: Any, tables: Tables) -> None:
    """List only what is on the map."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    language = tables.language
    handles: list[Any] = []
    shown = [claim for claim in tables.claims if claim.place is not None]
    sides = sorted({str(claim.actor) if claim.actor else "unknown" for claim in shown})
    for side in sides:
        handles.append(Patch(color=side_colour(side), label=label("side", side, language)))
    events = [event for event in SYMBOLS if event in {str(claim.event) for claim in shown}]
    for event in events:
        symbol = SYMBOLS[event]
        handles.append(
            Line2D(
                [],
                [],
                marker=symbol.matplotlib,
                color="#444444",
                linestyle="none",
                label=label("event", event, language),
            )
        )
    if tables.control is not None:
        words = label("layer", "front_line", language)
        handles.append(Line2D([], [], color=FRONT_LINE_COLOUR, label=words))
    if handles:
        axes.figure.legend(handles=handles, loc="outside right upper", fontsize=8, frameon=False)


def _foot(tables: Tables) -> str:
    sources = sorted({article.source for article in tables.articles if article.source})
    dates = sorted(
        {str(claim.reported_date) for claim in tables.claims if claim.reported_date is not None}
    )
    parts = [_NOTE[tables.language]]
    if dates:
        parts.append(dates[0] if len(dates) == 1 else f"{dates[0]} - {dates[-1]}")
    parts.extend(sources[:4])
    if tables.control is not None:
        parts.extend(part for part in (tables.control.source, tables.control.licence) if part)
    return _plain("  |  ".join(parts))


def write_picture(tables: Tables, path: Path) -> None:
    """Write the map; the suffix says which format. The same input gives the same bytes."""
    figure = draw(tables)
    from matplotlib import rc_context

    kind = path.suffix.lower().lstrip(".")
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[kind]
    with rc_context({"svg.hashsalt": "frontmap"}):
        figure.savefig(path, format=kind, dpi=200, metadata=metadata)
