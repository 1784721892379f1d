"""A printed map: SVG, PNG or PDF through Matplotlib, for where people paste pictures."""

from __future__ import annotations

import datetime as dt
import math
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.basemap.naming import place_name
from frontmap.claims.records import Claim
from frontmap.errors import MissingExtraError
from frontmap.export.ground import Window, draw_ground, towns_in
from frontmap.export.marks import draw_area, draw_arrow, draw_badge, fill
from frontmap.export.picture_legend import draw_legend, word
from frontmap.export.tables import Tables
from frontmap.files import missing_extra
from frontmap.frames.columns import whole
from frontmap.geometry.footprint import WIDE_KINDS
from frontmap.style import CONTROL_COLOUR, FRONT_LINE_COLOUR, claim_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw", "write_picture"]

_MARGIN = 0.16  # of the claims' width, around them
_LEAST_DEGREES = 0.6
_NOTE = {
    "de": "Die Karte zeigt Angaben, keine gesicherten Tatsachen.",
    "uk": "Карта показує твердження, а не встановлені факти.",
    "en": "The map shows claims, not established facts.",
}
_TITLE_WIDTH = 62  # letters
_FOOT_WIDTH = 150
_MAP_INCHES = 7.6  # width of the map itself
_LEGEND_INCHES = 2.2
_EDGE_INCHES = 0.18
_BADGE_INCHES = 0.21
_LETTER_INCHES = 0.075  # width of a letter of a name of nine points
_LINE_INCHES = 0.155
_MOST_TOWNS = 28


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
    window = _window(tables, frames)
    west, south, east, north = window
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    figure, axes, side = _sheet(Figure, tables, stretch * (north - south) / (east - west))
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.autoscale(enable=False)
    draw_ground(axes, window)
    _draw_control(axes, tables)
    order = sorted(
        range(len(tables.claims)), key=lambda i: -float(frames["area"].precision_m.iloc[i] or 0)
    )
    for number in order:  # the least precise first, so that the others stay visible
        claim = tables.claims[number]
        area, arrow = (frames[kind].geometry.iloc[number] for kind in ("area", "arrow"))
        style = claim_style(claim)
        if area is not None and not style.symbol.point_like:
            draw_area(axes, area, style, wide=_wide(claim))
        if arrow is not None:
            draw_arrow(axes, arrow, style)
    scale = _MAP_INCHES / (east - west)  # inches a degree of longitude
    rooms = _draw_badges(axes, tables, frames["anchor"], scale, stretch)
    numbers = len(rooms) < int(frames["anchor"].geometry.notna().sum())
    _draw_names(axes, tables, window, rooms, scale, stretch)
    _draw_scale(axes, window)
    draw_legend(side, tables, numbers=numbers)
    drawn: Figure = figure
    return drawn


def _wide(claim: Claim) -> bool:
    return claim.place is not None and claim.place.kind in WIDE_KINDS


def _sheet(figure_class: Any, tables: Tables, ratio: float) -> tuple[Any, Any, Any]:
    """Lay out title, map, legend and foot; returns figure, map and legend."""
    title = "\n".join(textwrap.wrap(_heading(tables), _TITLE_WIDTH)[:4])
    foot = "\n".join(textwrap.wrap(_foot(tables), _FOOT_WIDTH))
    top = 0.14 + 0.27 * (title.count("\n") + 1) + 0.27
    bottom = 0.14 + 0.17 * (foot.count("\n") + 1)
    high = min(max(_MAP_INCHES * ratio, 3.4), 10.0)
    wide = _MAP_INCHES + _LEGEND_INCHES + 2 * _EDGE_INCHES
    whole_high = high + top + bottom
    figure = figure_class(figsize=(wide, whole_high))
    axes = figure.add_axes(
        (_EDGE_INCHES / wide, bottom / whole_high, _MAP_INCHES / wide, high / whole_high)
    )
    axes.set_aspect("auto")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(color="#8a847b", linewidth=0.8)
    left = (_EDGE_INCHES + _MAP_INCHES) / wide
    side = figure.add_axes(
        (left, bottom / whole_high, _LEGEND_INCHES / wide, high / whole_high), frameon=False
    )
    side.set_axis_off()
    figure.text(
        _EDGE_INCHES / wide, 1 - 0.12 / whole_high, _plain(title), va="top", fontsize=16,
        fontweight="bold", family="serif", color="#2b2825", linespacing=1.15,
    )  # fmt: skip
    figure.text(
        _EDGE_INCHES / wide, 1 - (top - 0.07) / whole_high, _plain(_dates(tables)), va="bottom",
        fontsize=9.5, color="#6d665d",
    )  # fmt: skip
    axes.set_xlabel(_plain(foot), fontsize=8, loc="left", color="#4d4740", labelpad=5)
    return figure, axes, side


def _heading(tables: Tables) -> str:
    """Return the title; that of an article only where the map is of this article alone."""
    if tables.title or len(tables.articles) == 1:
        return tables.heading
    return word("title", tables.language)


def _plain(text: str) -> str:
    """Keep Matplotlib from reading dollar signs of outside text as mathematics."""
    return whole(text).replace("$", r"\$")


def _window(tables: Tables, frames: Any) -> Window:
    """Return what the map shows: the claims, of regions no more than their middle."""
    import numpy

    boxes: list[tuple[float, ...]] = []
    for number, claim in enumerate(tables.claims):
        kinds = ("anchor",) if _wide(claim) else ("area", "arrow", "anchor")
        shapes = (frames[kind].geometry.iloc[number] for kind in kinds)
        boxes.extend(shape.bounds for shape in shapes if shape is not None)
    if not boxes:
        return 22.0, 44.0, 40.5, 52.6  # nothing to show: the whole country
    west, south = numpy.array(boxes)[:, :2].min(axis=0).tolist()
    east, north = numpy.array(boxes)[:, 2:].max(axis=0).tolist()
    width = max(east - west, _LEAST_DEGREES) * (1 + 2 * _MARGIN)
    height = max(north - south, _LEAST_DEGREES * 0.7) * (1 + 2 * _MARGIN)
    # Neither a strip nor a tower: the map is 0.55 to 1.15 times as high as wide.
    x, y = (west + east) / 2, (south + north) / 2
    stretch = 1 / math.cos(math.radians(y))
    height = max(height, 0.55 * width / stretch)
    width = max(width, height * stretch / 1.15)
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _draw_control(axes: Any, tables: Tables) -> None:
    if tables.control is None:
        return
    held = tables.layer("control").to_crs(4326)
    last = held[(held["latest"] == 1) & (held["side"] == "RU")]
    for shape in last.geometry:
        fill(axes, shape, facecolor=CONTROL_COLOUR, alpha=0.2, edgecolor="none", zorder=0.6)
    front = tables.layer("front_line").to_crs(4326)
    for shape in front[front["latest"] == 1].geometry:
        for part in getattr(shape, "geoms", [shape]):
            axes.plot(*part.xy, color=FRONT_LINE_COLOUR, linewidth=1.8, zorder=0.8)


def _draw_badges(axes: Any, tables: Tables, anchors: Any, scale: float, stretch: float) -> Any:
    """Draw a disc for each claim, one for those that would cover each other; returns their room."""
    spots: list[tuple[float, float, list[Claim]]] = []
    points = [
        (anchor.x, anchor.y, claim)
        for claim, anchor in zip(tables.claims, anchors.geometry, strict=True)
        if anchor is not None
    ]
    for lon, lat, claim in points:
        for x, y, claims in spots:
            apart = math.hypot((x - lon) * scale, (y - lat) * scale * stretch)
            if apart < _BADGE_INCHES * 1.05 and _wide(claim) == _wide(claims[0]):
                claims.append(claim)
                break
        else:
            spots.append((lon, lat, [claim]))
    rooms = []
    for lon, lat, claims in spots:
        draw_badge(axes, lon, lat, claims, wide=_wide(claims[0]))
        half = _BADGE_INCHES / 2 + 0.02
        rooms.append(_box(lon, lat, -half, -half, 2 * half, 2 * half, scale, stretch))
    return rooms


def _box(
    lon: float, lat: float, right: float, up: float, wide: float, high: float,
    scale: float, stretch: float,
) -> tuple[float, float, float, float]:  # fmt: skip
    """Return a box in degrees, `right` and `up` inches from a point."""
    west, south = lon + right / scale, lat + up / scale / stretch
    return west, south, west + wide / scale, south + high / scale / stretch


def _draw_names(
    axes: Any, tables: Tables, window: Window, taken: list[Any], scale: float, stretch: float
) -> None:
    """Name the places of the claims, then towns, each where its name covers nothing."""
    language = tables.language
    places = {claim.place.id: claim.place for claim in tables.claims if claim.place is not None}
    named = set()
    for place in sorted(places.values(), key=lambda p: (-(p.population or 0), p.id)):
        if place.kind in WIDE_KINDS:
            continue
        name = place_name(place, language)
        if _write_name(axes, name, place.lon, place.lat, taken, scale, stretch, bold=True):
            named.add(name)
    count = 0
    for town in towns_in(window, language):
        if town.name in named:
            continue
        count += _write_name(axes, town.name, town.lon, town.lat, taken, scale, stretch, bold=False)
        if count >= _MOST_TOWNS:
            break


def _write_name(
    axes: Any, name: str, lon: float, lat: float, taken: list[Any], scale: float, stretch: float,
    *, bold: bool,
) -> bool:  # fmt: skip
    from matplotlib import patheffects

    long = (len(name) + 0.5) * _LETTER_INCHES * (1.12 if bold else 0.95)
    dot = _box(lon, lat, -0.03, -0.03, 0.06, 0.06, scale, stretch)
    under_disc = _covers(dot, taken)
    if under_disc and not bold:
        return False
    gap = _BADGE_INCHES / 2 + 0.04 if under_disc else 0.06
    spots = (
        (gap, -_LINE_INCHES / 2, "left", "center"),
        (-gap - long, -_LINE_INCHES / 2, "right", "center"),
        (-long / 2, gap, "center", "bottom"),
        (-long / 2, -gap - _LINE_INCHES, "center", "top"),
    )
    rooms = {
        _box(lon, lat, right, up, long, _LINE_INCHES, scale, stretch): (ha, va)
        for right, up, ha, va in spots
    }
    free = (room for room in rooms if _inside(room, axes) and not _covers(room, taken))
    found = next(free, None)
    if found is None:
        return False  # crowded: the name stands in the table
    ha, va = rooms[found]
    taken.extend([found, dot])
    shift = (72 * (gap if ha == "left" else -gap if ha == "right" else 0),
             72 * (gap if va == "bottom" else -gap if va == "top" else 0))  # fmt: skip
    axes.annotate(
        _plain(name), (lon, lat), xytext=shift, textcoords="offset points", ha=ha, va=va,
        fontsize=9 if bold else 8, fontweight="bold" if bold else "normal", zorder=6,
        color="#1c1a18" if bold else "#5c564f",
        path_effects=[patheffects.withStroke(linewidth=2.2, foreground=(1, 1, 1, 0.85))],
    )  # fmt: skip
    if not under_disc:
        axes.plot(
            lon, lat, "o", color="white", markeredgecolor="#3f3b36", markeredgewidth=0.8,
            markersize=3.4 if bold else 2.8, zorder=5,
        )  # fmt: skip
    return True


def _covers(room: Any, others: Iterable[Any]) -> bool:
    return any(
        room[0] < other[2] and room[2] > other[0] and room[1] < other[3] and room[3] > other[1]
        for other in others
    )


def _inside(room: Any, axes: Any) -> bool:
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    return bool(west < room[0] and room[2] < east and south < room[1] and room[3] < north)


def _draw_scale(axes: Any, window: Window) -> None:
    """Draw a bar of a round number of kilometres."""
    west, south, east, north = window
    degree_km = 111.32 * math.cos(math.radians((south + north) / 2))
    most = (east - west) * degree_km / 5
    step = 10 ** math.floor(math.log10(most))
    long = max(factor * step for factor in (1, 2, 5) if factor * step <= most)
    x, y = west + (east - west) * 0.02, south + (north - south) * 0.025
    axes.plot(
        [x, x + long / degree_km], [y, y], color="#4d4740", linewidth=2.2, zorder=7,
        solid_capstyle="butt",
    )  # fmt: skip
    axes.annotate(
        f"{long:g} km", (x, y), xytext=(0, 3), textcoords="offset points", fontsize=7.5,
        color="#4d4740", zorder=7,
    )  # fmt: skip


def _day(day: dt.date, language: str) -> str:
    mark = "/" if language == "en" else "."
    return f"{day.day}{mark}{day.month}{mark}{day.year}"


def _dates(tables: Tables) -> str:
    """Return the days the claims speak of and where they were printed."""
    days = sorted(
        date for claim in tables.claims if (date := claim.event_date or claim.reported_date)
    )
    parts = []
    if days:
        ends = dict.fromkeys(_day(day, tables.language) for day in (days[0], days[-1]))
        parts.append("–".join(ends))
    sources = sorted({article.source for article in tables.articles if article.source})
    parts.extend(sources[:4])
    return " · ".join(parts)


def _foot(tables: Tables) -> str:
    parts = [_NOTE[tables.language]]
    if tables.control is not None:
        parts.extend(part for part in (tables.control.source, tables.control.licence) if part)
    parts.append("Natural Earth, GSHHG, KATOTTG, GeoNames, MaxMind")
    return " · ".join(parts)


def write_picture(tables: Tables, path: Path) -> None:
    """Write the map; the suffix says which format. The same input gives the same bytes."""
    figure = draw(tables)
    from matplotlib import rc_context

    kind = path.suffix.lower().lstrip(".")
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[kind]
    with rc_context({"svg.hashsalt": "frontmap"}):
        figure.savefig(path, format=kind, dpi=200, metadata=metadata)
