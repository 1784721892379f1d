"""Makes ``outlines.geojson``, ``raions.geojson`` and ``lines.geojson``.

    python -m gazetteer.shapes [--cache FOLDER]

Outlines and the large rivers are those of Natural Earth 1:10m (public domain), fetched as Debian
packages; raions are divided by their settlements (`gazetteer.partition`), and the smaller rivers
follow the settlements on their banks (``curated/features.tsv``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from gazetteer.build import default_cache
from gazetteer.curated import load
from gazetteer.errors import GazetteerBuildError
from gazetteer.features import course_of, course_precision, feature_id, settlements_by_name
from gazetteer.format import replace_file
from gazetteer.index import Gazetteer
from gazetteer.naming import german_name
from gazetteer.outlines import outline
from gazetteer.partition import PRECISION_M, raion_shapes
from gazetteer.place import Kind
from gazetteer.sources.fetch import fetch_member

__all__ = ["build_lines", "build_outlines", "build_raions"]

_FRAME = (21.0, 43.0, 42.5, 54.5)
_TOLERANCE = 0.008  # degrees; about 700 m
_LINE_TOLERANCE = 0.003
_OUTLINE_M = 2_000.0


def build_outlines(folder: Path) -> dict[str, Any]:
    """Outlines of the first-level units, sharing their borders.

    Parameters
    ----------
    folder : Path
        Natural Earth's shapefiles.

    Raises
    ------
    GazetteerBuildError
        If a unit of ``outlines.tsv`` is not in the shapefile.
    """
    import geopandas
    import shapely

    frame = geopandas.read_file(
        folder / "ne_10m_admin_1_states_provinces.shp", bbox=_FRAME, columns=["iso_a2", "name"]
    )
    rows = load("outlines.tsv")
    own = [row for row in rows if not row["natural_earth"].startswith("=")]
    shapes = []
    for row in own:
        parts = frame[frame.name == row["natural_earth"]].geometry
        if not len(parts):
            name = row["natural_earth"]
            raise GazetteerBuildError(f"outlines.tsv: Natural Earth has no {name!r}")
        shapes.append(shapely.make_valid(shapely.union_all(list(parts))))
    simple = shapely.coverage_simplify(shapes, _TOLERANCE)
    by_id = {row["id"]: shape for row, shape in zip(own, simple, strict=True)}
    for row in rows:
        if row["natural_earth"].startswith("="):
            members = [key.strip() for key in row["natural_earth"].lstrip("= ").split(";")]
            by_id[row["id"]] = shapely.coverage_union_all([by_id[key] for key in members])
    features = []
    for row in rows:
        properties = {"name_de": row["name_de"], "precision_m": _OUTLINE_M, "source": "outlines"}
        shape = shapely.make_valid(shapely.set_precision(by_id[row["id"]], 0.001))
        features.append(_feature(row["id"], shape, properties))
    return {"type": "FeatureCollection", "features": features}


def build_raions(gazetteer: Gazetteer) -> dict[str, Any]:
    """Outlines of the raions of Ukraine, from the settlements that lie in them.

    Parameters
    ----------
    gazetteer : Gazetteer
    """
    import shapely

    oblasts = {
        place.id: shape
        for place in gazetteer
        if place.kind is Kind.OBLAST and place.country == "UA"
        if (shape := outline(place)) is not None
    }
    features = []
    for identity, shape in sorted(raion_shapes(gazetteer, oblasts).items()):
        properties = {
            "name_de": gazetteer[identity].name_de,
            "precision_m": PRECISION_M,
            "source": "derived",
            "comment": "divided by the settlements of the raions, no surveyed border",
        }
        rounded = shapely.make_valid(shapely.set_precision(shape, 0.001))
        features.append(_feature(identity, rounded, properties))
    return {"type": "FeatureCollection", "features": features}


def build_lines(path: Path, gazetteer: Gazetteer) -> dict[str, Any]:
    """Courses of the rivers of ``features.tsv``.

    Parameters
    ----------
    path : Path
        Natural Earth's shapefile of rivers, with their names.
    gazetteer : Gazetteer
        For the settlements on the banks.
    """
    import geopandas
    import shapely

    frame = geopandas.read_file(path, bbox=_FRAME, columns=["name"])
    by_name = settlements_by_name(list(gazetteer))
    features = []
    for row in load("features.tsv"):
        if not row["course"]:
            continue
        properties: dict[str, Any] = {
            "name_de": row["name_de"] or german_name(row["name_uk"]),
            "precision_m": 1_000.0 * float(row["precision_km"]),
            "source": "curated",
        }
        if row["course"].startswith("ne:"):
            name = row["course"].removeprefix("ne:")
            parts = frame[frame.name == name].geometry
            if not len(parts):
                raise GazetteerBuildError(f"features.tsv: Natural Earth has no river {name!r}")
            merged = shapely.line_merge(shapely.union_all(list(parts)))
            line = shapely.clip_by_rect(merged, *_FRAME).simplify(_LINE_TOLERANCE)
            properties |= {"source": "outlines", "natural_earth": name}
        else:
            stops = course_of(row, by_name)[0]
            properties["precision_m"] = round(course_precision(row, stops), -2)
            line = shapely.LineString(stops)
        features.append(_feature(feature_id(row), shapely.set_precision(line, 0.0001), properties))
    return {"type": "FeatureCollection", "features": features}


def _feature(identity: str, shape: Any, properties: Mapping[str, Any]) -> dict[str, Any]:
    from shapely.geometry import mapping

    return {
        "type": "Feature",
        "id": identity,
        "properties": dict(properties),
        "geometry": json.loads(json.dumps(mapping(shape))),
    }


def _write(name: str, collection: Mapping[str, Any]) -> None:
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in collection["features"]
    )
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    replace_file(Path(str(files("gazetteer").joinpath("data", name))), text.encode())


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cache", type=Path, default=default_cache())
    options = parser.parse_args()
    _write("outlines.geojson", build_outlines(fetch_member("outlines", options.cache)))
    lines = fetch_member("lines", options.cache) / "ne_10m_rivers_lake_centerlines.shp"
    _write("raions.geojson", build_raions(Gazetteer.default()))
    _write("lines.geojson", build_lines(lines, Gazetteer.default()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
