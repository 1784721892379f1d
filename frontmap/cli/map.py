"""``frontmap map``: from reports to one HTML page."""

from __future__ import annotations

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

__all__ = ["map"]


@click.command("map", epilog="Example: frontmap map report.txt --published 2025-11-27 -o map.html")
@article_options
@click.option("-o", "--output", default="map.html", show_default=True, metavar="FILE")
@click.option("--title", help="Title of the page (default: the report's).")
@click.option(
    "--language",
    type=click.Choice(["de", "uk", "en"]),
    default="de",
    show_default=True,
    help="Language of the page and of its labels.",
)
@click.option("--tiles", help="Offer an online tile layer too: osm or positron.")
@click.option("--control", metavar="PATH", help="Dated polygons of control to draw underneath.")
@gazetteer_option
def map(
    sources: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    encoding: str | None,
    output: str,
    title: str | None,
    language: str,
    tiles: str | None,
    control: str | None,
    gazetteer_path: str | None,
) -> None:
    """Draw the claims of one or more REPORTs (text or HTML files, - for stdin) as one page.

    The page opens without a network. It shows what is claimed, not what is known.
    """
    from frontmap.layers.tiles import tile_layers
    from frontmap.report import analyze, save_reports

    try:
        tile_layers(tiles)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--tiles") from error
    gazetteer = open_gazetteer(gazetteer_path)
    articles = read_articles(sources, published, publisher, encoding)
    polygons = open_control(control)
    reports = [analyze(article, gazetteer=gazetteer, control=polygons) for article in articles]
    save_reports(reports, output, title=title, language=language, tiles=tiles, control=polygons)
    claims = sum(len(report.claims) for report in reports)
    places = len({c.place.id for report in reports for c in report.claims if c.place})
    found = f"{counted(claims, 'claim')} at {counted(places, 'place')}"
    say(f"{output}: {found}, from {counted(len(reports), 'report')}")
