"""Export: reports and claims as files that GIS programs, spreadsheets and people open.

The suffix says the format:

================ ===================================================================================
suffix           what is written
================ ===================================================================================
.gpkg            every layer, styled for QGIS, and the reports whole, for `frontmap.read_report`
.geojson, .json  one layer as an RFC 7946 FeatureCollection, with stable ids
.geojsonl        one layer, a feature a line
.kml, .kmz       claims in styled folders, toponyms, front line
.fgb             one layer as FlatGeobuf
.parquet         one layer as GeoParquet (extra ``parquet``)
.shp.zip, .zip   claims, arrows, anchors and toponyms as Shapefiles; names and texts are cut
.csv             one layer, the geometry as WKT; `read_csv` reads it again
.xlsx            claims and toponyms as two sheets (extra ``excel``)
.svg, .png, .pdf a printed map (extra ``plot``)
================ ===================================================================================

Layers are ``claims``, ``arrows``, ``anchors``, ``toponyms`` and, where control polygons are given,
``front_line`` and ``control``. In formats of one layer a claim has the first geometry there is of
area, arrow and anchor. The columns are those of `frontmap.frames`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmap.errors import ExportError
from frontmap.export.tables import LAYERS, Tables, collect
from frontmap.files import written_beside
from frontmap.parameters import CONTROL_OR_PATH, DRAWABLE, checked, one_of

if TYPE_CHECKING:
    import geopandas
    from matplotlib.figure import Figure

    from frontmap.control import Control
    from frontmap.serialization import Saved
    from gazetteer import Gazetteer

__all__ = [
    "LAYERS",
    "SUFFIXES",
    "dumps_geojson",
    "plot",
    "read_csv",
    "read_saved",
    "save",
]

_LAYER = one_of(LAYERS)
# suffix -> (module below this package, function, whether it writes one layer)
_WRITERS = {
    ".gpkg": ("geopackage", "write_geopackage", False),
    ".geojson": ("geojson", "write_geojson", True),
    ".json": ("geojson", "write_geojson", True),
    ".geojsonl": ("geojson", "write_geojson_lines", True),
    ".geojsons": ("geojson", "write_geojson_lines", True),
    ".kml": ("kml", "write_kml", False),
    ".kmz": ("kml", "write_kmz", False),
    ".fgb": ("vector", "write_flatgeobuf", True),
    ".parquet": ("tabular", "write_parquet", True),
    ".shp.zip": ("vector", "write_shapefile", False),
    ".zip": ("vector", "write_shapefile", False),
    ".csv": ("tabular", "write_csv", True),
    ".xlsx": ("tabular", "write_excel", False),
    ".svg": ("picture", "write_picture", False),
    ".png": ("picture", "write_picture", False),
    ".pdf": ("picture", "write_picture", False),
}
SUFFIXES = tuple(_WRITERS)
"""The suffixes `save` knows."""


@checked.but(source=DRAWABLE, control=CONTROL_OR_PATH, layer=_LAYER)
def save(
    source: Any,
    path: str | os.PathLike[str],
    *,
    crs: str = "EPSG:4326",
    layer: str | None = None,
    title: str | None = None,
    language: str = "de",
    control: Control | str | os.PathLike[str] | None = None,
    gazetteer: Gazetteer | None = None,
    tiles: str | None = None,
) -> Path:
    """Write reports or claims to a file; its suffix says as what (see the module's table).

    Parameters
    ----------
    source : Report, Claim, or iterable of reports or of claims
    path : path
        Its directory must exist. The file is whole or not there: it is written beside and
        renamed.
    crs : str
        Coordinate reference system, anything pyproj knows. GeoJSON and KML know WGS 84 only.
    layer : str, optional
        Which layer to write where the format takes one; by default ``claims``.
    title : str, optional
        By default the first article's.
    language : {"de", "uk", "en"}
        Of column titles, folder names, legends.
    control : Control or path, optional
        Dated polygons of control: the layers ``front_line`` and ``control``, the column
        ``check``, and arrows from the front line.
    gazetteer : Gazetteer, optional
        Where candidates for unnamed places are looked up; by default the embedded one.
    tiles : str, optional
        Taken so that every format has the page's options; files have no tiles.

    Returns
    -------
    pathlib.Path
        The path written.

    Raises
    ------
    ExportError
        If the suffix is unknown, the file cannot be written, or the format cannot hold what was
        asked for.
    MissingExtraError
        If the format needs a package that is not installed; the message names the extra.
    """
    target = Path(path)
    module, function, single = _writer(target)
    if layer is not None and not single:
        raise ExportError(f"{target.name}: this format holds all layers; leave layer= out")
    tables = collect(
        source, control=control, gazetteer=gazetteer, crs=crs, language=language, title=title
    )
    write: Callable[..., None] = getattr(import_module(f"frontmap.export.{module}"), function)
    with written_beside(target) as beside:
        if single:
            write(tables, beside, layer or "claims")
        else:
            write(tables, beside)
    return target


def _writer(target: Path) -> tuple[str, str, bool]:
    name = target.name.lower()
    for suffix, writer in _WRITERS.items():
        if name.endswith(suffix) and len(name) > len(suffix):
            return writer
    if name.endswith(".shp"):
        raise ExportError(
            f"{target}: a Shapefile is several files; write {target.name}.zip, which GIS "
            "programs open as it is"
        )
    if name.endswith((".html", ".htm")):
        raise ExportError(f"{target}: a page is written by `frontmap map` or Report.save")
    if target.is_dir():
        raise ExportError(f"{target}: is a directory; name a file in it, such as claims.gpkg")
    known = ", ".join(_WRITERS)
    wrong = f"no format has the suffix {target.suffix!r}" if target.suffix else "a suffix is needed"
    raise ExportError(
        f"{target}: {wrong}; there are {known}, and .html by `frontmap map` or Report.save"
    )


@checked.but(source=DRAWABLE, layer=_LAYER)
def dumps_geojson(source: Any, *, layer: str | None = None, **options: Any) -> str:
    """Return reports or claims as the text of a GeoJSON FeatureCollection.

    The parameters are those of `save`.
    """
    from frontmap.export.geojson import geojson_text

    given: dict[str, Any] = {
        "crs": "EPSG:4326", "title": None, "language": "de", "control": None, "gazetteer": None,
    }  # fmt: skip
    return geojson_text(collect(source, **given | options), layer or "claims")


@checked
def read_saved(path: str | os.PathLike[str]) -> list[Saved]:
    """Read the parts of all reports that were saved as one GeoPackage, nothing lost.

    Raises
    ------
    ExportError
        If the file is missing, is no GeoPackage, or holds no saved report.
    """
    from frontmap.export.geopackage import read_saved as read

    return read(Path(path))


@checked
def read_csv(path: str | os.PathLike[str], *, crs: str = "EPSG:4326") -> geopandas.GeoDataFrame:
    """Read a CSV that `save` wrote; see `frontmap.export.tabular.read_csv`."""
    from frontmap.export.tabular import read_csv as read

    return read(path, crs=crs)


@checked.but(source=DRAWABLE, control=CONTROL_OR_PATH)
def plot(
    source: Any,
    *,
    title: str | None = None,
    language: str = "de",
    control: Control | str | os.PathLike[str] | None = None,
    gazetteer: Gazetteer | None = None,
) -> Figure:
    """Draw reports or claims as a Matplotlib figure.

    The parameters are those of `save`.

    Raises
    ------
    MissingExtraError
        If Matplotlib is not installed.
    """
    from frontmap.export.picture import draw

    tables: Tables = collect(
        source,
        control=control,
        gazetteer=gazetteer,
        crs="EPSG:4326",
        language=language,
        title=title,
    )
    return draw(tables)
