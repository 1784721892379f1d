"""``frontmap ledger``: the same claim once, and who said what about a place, by day."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from frontmap.cli.common import counted, gazetteer_option, open_gazetteer, say

if TYPE_CHECKING:
    from frontmap.ledger import Ledger

__all__ = ["ledger"]

_SHAPES = ("table", "markdown", "jsonl", "csv")


@click.command(
    epilog="Example: frontmap ledger claims.jsonl --place Pokrowsk --control polygons/",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--place", metavar="NAME", help="Only this place: a name in any spelling, or an id.")
@click.option("--control", metavar="PATH", help="Dated polygons of control to set beside.")
@click.option(
    "--days",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="The same claim within so many days counts as one.",
)
@click.option(
    "--by",
    type=click.Choice(["claims", "days"]),
    default="claims",
    show_default=True,
    help="A row a claim, or a row a place and day (tables and markdown have both).",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(_SHAPES),
    help="What to print: tables by default, JSON lines where the output is no terminal.",
)
@click.option("-o", "--output", metavar="FILE", help="Write .csv, .jsonl, .parquet or .md instead.")
@gazetteer_option
def ledger(
    files: tuple[str, ...],
    place: str | None,
    control: str | None,
    days: int,
    by: Literal["claims", "days"],
    shape: str | None,
    output: str | None,
    gazetteer_path: str | None,
) -> None:
    """Merge the claims of many reports and list who said what about a place, by day.

    A FILE is what `frontmap run` wrote: .jsonl (best), .parquet, .gpkg or .geojsonl. The same claim
    of several documents becomes one with all its sources; documents that print one agency's text
    count as one source. A claim and its denial never merge.
    """
    from frontmap.control import Control
    from frontmap.ledger import Ledger

    polygons = Control.read(control) if control else None
    found = Ledger.read(files, days=days, control=polygons)
    if place is not None:
        found = found.at(place, gazetteer=open_gazetteer(gazetteer_path))
    if output is not None:
        found.save(output, what=by)
        count = len(found.entries) if by == "claims" else len(found.days)
        what = f"{counted(count, by.removesuffix('s'))} about {counted(len(found.places), 'place')}"
        say(f"{output}: {what}", err=True)
        return
    _print(found, by, shape or ("table" if sys.stdout.isatty() else "jsonl"))


def _print(found: Ledger, by: Literal["claims", "days"], shape: str) -> None:
    if shape == "markdown":
        say(found.to_markdown(), nl=False)
    elif shape == "table":
        from rich.console import Console

        from frontmap.ledger.views import terminal

        console = Console()
        for table in terminal(found):
            console.print(table)
    else:
        from frontmap.ledger.tables import write_csv, write_json_lines

        file = sys.stdout
        if shape == "csv":
            write_csv(found, file, by)
        else:
            write_json_lines(found, file, by)
