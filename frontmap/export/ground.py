"""What a printed map stands on: the embedded basemap as land, water, borders and towns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from frontmap.basemap import basemap_data

__all__ = ["Town", "Window", "draw_ground", "towns_in"]

Window = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

SEA = "#cfdfe8"
_HOME = "#fbfaf6"
_ABROAD = "#efede6"
_RIVER = "#a9c6d7"
_STATE = ("state", "foreign")  # borders between countries


class Town(NamedTuple):
    """A town of the basemap; `weight` grows with its inhabitants."""

    name: str
    lon: float
    lat: float
    weight: int


@cache
def _shapes() -> dict[str, list[tuple[str, Any]]]:
    """Return land, water and borders as arrays of points, by kind."""
    import numpy

    from frontmap.basemap.codec import decode_line

    data = basemap_data()

    def decoded(groups: Any) -> list[tuple[str, Any]]:
        return [(name, numpy.array(decode_line(line))) for name, lines in groups for line in lines]

    return {
        "land": decoded(data["land"].items()),
        "water": decoded([("water", data["water"])]),
        "former": decoded([("former", data["former"])]),
        "rivers": decoded([("river", data["rivers"])]),
        "lines": decoded(data["lines"].items()),
    }


@cache
def _towns(language: str) -> tuple[Town, ...]:
    from frontmap.basemap.codec import decode_line

    towns = basemap_data(language)["towns"]
    names, weights = towns["names"].split("\n"), towns["weight"].split("\n")
    return tuple(
        Town(name, lon, lat, int(weight))
        for name, weight, (lon, lat) in zip(names, weights, decode_line(towns["at"]), strict=True)
    )


def towns_in(window: Window, language: str) -> Iterator[Town]:
    """Yield the towns inside a window, the weightiest first."""
    west, south, east, north = window
    for town in _towns(language):
        if west < town.lon < east and south < town.lat < north:
            yield town


def draw_ground(axes: Any, window: Window) -> None:
    """Draw what of land, water and borders lies in the window."""
    from matplotlib.collections import LineCollection, PolyCollection

    west, south, east, north = window

    def seen(kind: str) -> list[tuple[str, Any]]:
        found = []
        for name, points in _shapes()[kind]:
            low, high = points.min(axis=0), points.max(axis=0)
            if low[0] <= east and high[0] >= west and low[1] <= north and high[1] >= south:
                found.append((name, points))
        return found

    axes.set_facecolor(SEA)
    land = seen("land")
    colours = [_HOME if country == "UA" else _ABROAD for country, _ in land]
    axes.add_collection(PolyCollection([p for _, p in land], facecolors=colours, zorder=0))
    rivers = [points for _, points in seen("rivers")]
    axes.add_collection(LineCollection(rivers, colors=_RIVER, linewidths=0.7, zorder=0.15))
    water = [points for _, points in seen("water")]
    axes.add_collection(PolyCollection(water, facecolors=SEA, zorder=0.2))
    former = [points for _, points in seen("former")]
    axes.add_collection(
        PolyCollection(
            former, facecolors="none", edgecolors=_RIVER, hatch="-----", linewidths=0.3, zorder=0.2
        )
    )
    lines = seen("lines")
    axes.add_collection(
        LineCollection(
            [points for _, points in lines],
            colors=["#77716a" if kind in _STATE else "#c2bbb0" for kind, _ in lines],
            linewidths=[1.1 if kind in _STATE else 0.6 for kind, _ in lines],
            linestyles=["-" if kind in (*_STATE, "coast") else (0, (5, 3)) for kind, _ in lines],
            zorder=0.4,
        )
    )
