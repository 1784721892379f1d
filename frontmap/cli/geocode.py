"""``frontmap geocode``: names in, positions out."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from frontmap.cli.common import gazetteer_option, open_gazetteer, say

if TYPE_CHECKING:
    from frontmap.cli.geocode_tables import Query, Row
    from gazetteer import Gazetteer

__all__ = ["geocode"]

_KINDS = (
    "city", "town", "village", "district", "hromada", "raion", "oblast", "region", "peninsula",
    "island", "river", "lake", "reservoir", "canal", "sea", "facility",
)  # fmt: skip


@click.command(
    "geocode",
    epilog='Example: frontmap geocode "Pokrowsk, Oblast Donezk" "Mychajliwka bei Pokrowsk" '
    "-o places.geojson",
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--column", metavar="COLUMN", help="Read CSV files instead, names in this column.")
@click.option("-o", "--output", metavar="FILE", help="A .csv, .jsonl, .geojson or .gpkg file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "geojson"]),
    help="Format on standard output.  [default: jsonl]",
)
@click.option("--language", type=click.Choice(["de", "uk", "ru", "en", "pl", "fr"]), default="de")
@click.option("--kind", "kinds", type=click.Choice(_KINDS), multiple=True, help="May be repeated.")
@click.option("--viewbox", metavar="W,S,E,N", help="Degrees; places inside come first.")
@click.option("--bounded", is_flag=True, help="Leave out places outside the viewbox.")
@click.option("--limit", type=click.IntRange(1), default=1, show_default=True, help="Per name.")
@click.option("--exact", is_flag=True, help="Forgive no typing errors.")
@click.option("--geometry", is_flag=True, help="Outlines and courses instead of points.")
@gazetteer_option
def geocode(
    names: tuple[str, ...],
    column: str | None,
    output: str | None,
    form: str | None,
    language: str,
    kinds: tuple[str, ...],
    viewbox: str | None,
    bounded: bool,
    limit: int,
    exact: bool,
    geometry: bool,
    gazetteer_path: str | None,
) -> None:
    """Find the positions of place NAMEs, in German, Ukrainian, Russian or English spelling.

    Without a NAME, or for -, they are read from standard input, one a line. With --column, each
    NAME is a CSV file whose columns are kept. A name that is not found is a row without a place.
    """
    from frontmap.cli import geocode_tables as tables

    if output is not None:
        tables.format_of(output)
        if form is not None:
            raise click.UsageError("give --output or --format: a file's suffix says its format")
    written = form if output is None else tables.format_of(output)
    if geometry and written not in ("geojson", "gpkg"):
        raise click.UsageError("--geometry needs --format geojson, or a .geojson or .gpkg file")
    queries = _queries(names, column)
    box = _corners(viewbox)
    if bounded and box is None:
        raise click.UsageError("--bounded needs --viewbox")
    gazetteer = open_gazetteer(gazetteer_path)
    rows = _rows(queries, gazetteer, language, kinds, box, bounded, limit, exact)
    if geometry:
        rows = [replace(row, outlines=True) for row in rows]
    if output is None:
        click.echo(tables.render(rows, form or "jsonl"), nl=False)
    else:
        tables.save(rows, output)
        found = len({id(row.query) for row in rows if row.location is not None})
        say(f"{output}: {found} of {len(queries)} names found")


def _queries(names: tuple[str, ...], column: str | None) -> list[Query]:
    from frontmap.cli.geocode_tables import Query, read_column

    if column is not None:
        return [query for name in names or ("-",) for query in read_column(name, column)]
    queries: list[Query] = []
    for name in names or ("-",):
        if name == "-":
            lines = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
            queries += [Query(line.strip()) for line in lines.splitlines() if line.strip()]
        else:
            queries.append(Query(name))
    return queries


def _corners(viewbox: str | None) -> list[tuple[float, float]] | None:
    """Two (lat, lon) corners of W,S,E,N."""
    if viewbox is None:
        return None
    try:
        west, south, east, north = (float(number) for number in viewbox.split(","))
    except ValueError as error:
        raise click.BadParameter(
            f"{viewbox!r} is not west,south,east,north in degrees", param_hint="--viewbox"
        ) from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise click.BadParameter(
            f"{viewbox!r} is empty or outside the world; the order is west,south,east,north",
            param_hint="--viewbox",
        )
    return [(south, west), (north, east)]


def _rows(
    queries: list[Query],
    gazetteer: Gazetteer,
    language: str,
    kinds: tuple[str, ...],
    box: list[tuple[float, float]] | None,
    bounded: bool,
    limit: int,
    exact: bool,
) -> list[Row]:
    from frontmap.cli.geocode_tables import Row
    from frontmap.geocoder import GazetteerGeocoder

    geocoder = GazetteerGeocoder(gazetteer, language=language, fuzzy=not exact)
    rows: list[Row] = []
    for query in queries:
        locations = geocoder.geocode(
            query.text,
            exactly_one=False,
            kinds=kinds or None,
            viewbox=box,
            bounded=bounded,
            limit=limit,
        )
        rows += [Row(query, location) for location in locations or [None]]
    return rows
