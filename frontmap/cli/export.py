"""``frontmap export``: from reports to a file for a GIS, a spreadsheet or a printed page."""

from __future__ import annotations

import warnings
from typing import Any

import click

from frontmap.cli.common import (
    article_options,
    counted,
    gazetteer_option,
    open_control,
    open_gazetteer,
    read_articles,
    say,
)

__all__ = ["export"]


@click.command(
    "export",
    epilog="Example: frontmap export report.txt --published 2025-11-27 -o claims.gpkg",
)
@article_options
@click.option(
    "-o",
    "--output",
    default="-",
    show_default=True,
    metavar="FILE",
    help=(
        "The suffix says the format: .gpkg, .geojson, .geojsonl, .kml, .kmz, .fgb, .parquet, "
        ".shp.zip, .csv, .xlsx, .svg, .png or .pdf; - is GeoJSON on standard output."
    ),
)
@click.option(
    "--layer",
    type=click.Choice(["claims", "arrows", "anchors", "toponyms", "front_line", "control"]),
    help="Which layer, in formats that hold one (default: claims).",
)
@click.option(
    "--crs",
    default="EPSG:4326",
    show_default=True,
    help="Coordinate reference system, anything pyproj knows.",
)
@click.option(
    "--language",
    type=click.Choice(["de", "uk", "en"]),
    default="de",
    show_default=True,
    help="Language of column titles, folders and legends.",
)
@click.option("--title", help="Title of the file (default: the report's).")
@click.option("--control", metavar="PATH", help="Dated polygons of control to check against.")
@gazetteer_option
def export(
    sources: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    encoding: str | None,
    output: str,
    layer: str | None,
    crs: str,
    language: str,
    title: str | None,
    control: str | None,
    gazetteer_path: str | None,
) -> None:
    """Write the claims of one or more REPORTs (text or HTML files, - for stdin) as a file.

    A GeoPackage opens styled in QGIS and can be read again with frontmap.read_report.
    """
    from frontmap.export import dumps_geojson, save
    from frontmap.report import analyze

    gazetteer = open_gazetteer(gazetteer_path)
    articles = read_articles(sources, published, publisher, encoding)
    polygons = open_control(control)
    reports = [analyze(article, gazetteer=gazetteer, control=polygons) for article in articles]
    options: dict[str, Any] = {
        "crs": crs,
        "layer": layer,
        "title": title,
        "language": language,
        "control": polygons,
        "gazetteer": gazetteer,
    }
    if output == "-":
        click.echo(dumps_geojson(reports, **options))
        return
    with warnings.catch_warnings(record=True) as caught:
        save(reports, output, **options)
    for warning in caught:
        say(f"Warning: {warning.message}", err=True)
    claims = counted(sum(len(report.claims) for report in reports), "claim")
    say(f"{output}: {claims} from {counted(len(reports), 'report')}", err=True)
