"""The marks of a printed map: discs with the symbols of the page, arrows and areas."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from frontmap.claims.records import Claim
from frontmap.style import SIDE_COLOURS, ClaimStyle, Fill, claim_style, side_colour

__all__ = ["draw_area", "draw_arrow", "draw_badge", "fill", "symbol_path"]

_PART = re.compile(r"([MLHVCAZ])([^MLHVCAZ]*)")
_BADGE_POINTS = 15.0  # width of a disc
_ARC_STEPS = 12


def symbol_path(text: str) -> Any:
    """Return a symbol of `frontmap.style.SYMBOLS` as a Matplotlib path around (0, 0), y upwards.

    Raises
    ------
    ValueError
        If the path uses a command beyond M, L, H, V, C, A of half circles, and Z.
    """
    return _path(text)


@cache
def _path(text: str) -> Any:
    from matplotlib.path import Path

    points: list[tuple[float, float]] = []
    codes: list[int] = []
    strange = re.sub(r"[MLHVCAZ\s\d.,-]", "", text)
    if strange:
        raise ValueError(f"a symbol with the command {strange[0]}: {text}")
    for command, rest in _PART.findall(text):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", rest)]
        if command == "Z":
            points.append(points[-1])
            codes.append(int(Path.CLOSEPOLY))
            continue
        new, code = _points(command, numbers, points[-1] if points else (0.0, 0.0), Path)
        points.extend(new)
        codes.extend(code)
    return Path([((x - 12) / 12, (12 - y) / 12) for x, y in points], codes)


def _points(
    command: str, numbers: list[float], at: tuple[float, float], path: Any
) -> tuple[list[tuple[float, float]], list[int]]:
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    if command == "M":
        return pairs, [path.MOVETO] + [path.LINETO] * (len(pairs) - 1)
    if command == "L":
        return pairs, [path.LINETO] * len(pairs)
    if command == "H":
        return [(number, at[1]) for number in numbers], [path.LINETO] * len(numbers)
    if command == "V":
        return [(at[0], number) for number in numbers], [path.LINETO] * len(numbers)
    if command == "C":
        return pairs, [path.CURVE4] * len(pairs)
    found = []
    for index in range(0, len(numbers), 7):
        end = (numbers[index + 5], numbers[index + 6])
        found.extend(_half_circle(at, end, sweep=numbers[index + 4] == 1))
        at = end
    return found, [path.LINETO] * len(found)


def _half_circle(
    start: tuple[float, float], end: tuple[float, float], *, sweep: bool
) -> list[tuple[float, float]]:
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    radius = math.dist(start, end) / 2
    first = math.atan2(start[1] - y, start[0] - x)
    turn = math.pi if sweep else -math.pi
    return [
        (
            x + radius * math.cos(first + turn * step / _ARC_STEPS),
            y + radius * math.sin(first + turn * step / _ARC_STEPS),
        )
        for step in range(1, _ARC_STEPS + 1)
    ]


def fill(axes: Any, shape: Any, **style: Any) -> None:
    """Draw polygons with their holes."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for part in getattr(shape, "geoms", [shape]):
        rings = [part.exterior, *part.interiors]
        outline = Path.make_compound_path(*(Path(list(ring.coords)) for ring in rings))
        axes.add_patch(PathPatch(outline, **style))


def draw_area(axes: Any, shape: Any, style: ClaimStyle, *, wide: bool) -> None:
    """Draw what a claim covers: dotted where a whole region is named, else as its fill says."""
    line = {"edgecolor": style.line_colour, "linewidth": 1.0, "zorder": 2}
    if wide:
        line |= {"linewidth": 1.5, "linestyle": (0, (0.1, 2.6)), "capstyle": "round"}
        fill(axes, shape, facecolor="none", alpha=0.9, **line)
    elif style.fill is Fill.SOLID:
        fill(axes, shape, facecolor=style.colour, alpha=0.45, **line)
    elif style.fill is Fill.HATCHED:
        fill(axes, shape, facecolor=style.colour, alpha=0.12, edgecolor="none", zorder=1.9)
        hatch = "\\\\\\\\\\" if style.colour == side_colour("UA") else "/////"
        fill(axes, shape, facecolor="none", alpha=0.8, hatch=hatch, linestyle=(0, (4, 2)), **line)
    else:
        fill(axes, shape, facecolor="none", alpha=0.9, linestyle=(0, (4, 2)), **line)


def draw_arrow(axes: Any, arrow: Any, style: ClaimStyle) -> None:
    """Draw a movement; where it is only planned, denied or possible, no more than its outline."""
    from matplotlib.patches import FancyArrowPatch

    outlined = style.fill is Fill.OUTLINE
    for layer in ("halo", "arrow"):
        axes.add_patch(
            FancyArrowPatch(
                arrow.coords[0],
                arrow.coords[-1],
                arrowstyle="Simple,tail_width=4,head_width=12,head_length=11",
                shrinkA=0,
                shrinkB=_BADGE_POINTS / 2 + 1,
                facecolor="white" if outlined else style.colour,
                edgecolor="white" if layer == "halo" else style.line_colour,
                linewidth=3.0 if layer == "halo" else 0.9,
                linestyle=(0, (3, 1.5)) if outlined and layer == "arrow" else "-",
                zorder=3,
            )
        )


def draw_badge(axes: Any, lon: float, lat: float, claims: Sequence[Claim], *, wide: bool) -> None:
    """Draw one claim as a disc with its symbol, several as a disc with their number."""
    if len(claims) > 1:
        _draw_cluster(axes, lon, lat, claims)
        return
    style = claim_style(claims[0])
    edge = style.line_colour
    axes.plot(lon, lat, "o", markersize=_BADGE_POINTS, color="white", markeredgewidth=0, zorder=4)
    dotted = wide or style.fill is Fill.OUTLINE
    axes.scatter(
        [lon], [lat], s=_BADGE_POINTS**2, facecolors="none", edgecolors=edge, linewidths=1.5,
        zorder=4.1, linestyles=[(0, (1, 1.1) if dotted else (1, 0))],
    )  # fmt: skip
    axes.plot(
        lon, lat, marker=symbol_path(style.symbol.path), markersize=_BADGE_POINTS * 0.58,
        color=edge, markeredgewidth=0, linestyle="none", zorder=4.2,
    )  # fmt: skip


def _draw_cluster(axes: Any, lon: float, lat: float, claims: Sequence[Claim]) -> None:
    """Draw how many claims lie here, in a ring with each side's share, as on the page."""
    from matplotlib.offsetbox import AnnotationBbox, DrawingArea
    from matplotlib.patches import Circle, Wedge

    size = _BADGE_POINTS * 1.3
    middle, radius = (size / 2, size / 2), size / 2
    drawing = DrawingArea(size, size)
    drawing.add_artist(Circle(middle, radius, facecolor="white", edgecolor="none"))
    turned = 90.0
    actors = [str(claim.actor) if claim.actor else "unknown" for claim in claims]
    for side in SIDE_COLOURS:
        share = 360 * actors.count(side) / len(actors)
        if share:
            wedge = Wedge(middle, radius, turned - share, turned, width=2.6)
            wedge.set(facecolor=SIDE_COLOURS[side], edgecolor="none")
            drawing.add_artist(wedge)
        turned -= share
    axes.add_artist(AnnotationBbox(drawing, (lon, lat), frameon=False, pad=0, zorder=4))
    axes.annotate(
        str(len(claims)), (lon, lat), ha="center", va="center_baseline", fontsize=8.5,
        fontweight="bold", color="#2b2825", zorder=4.3,
    )  # fmt: skip
