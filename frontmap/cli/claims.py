"""``frontmap claims``: who says what happened where, as JSON lines, GeoJSON or a table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from frontmap.cli.common import article_options, gazetteer_option, open_gazetteer, read_articles
from frontmap.printing import cell

if TYPE_CHECKING:
    from frontmap.claims import Claim

__all__ = ["claim_to_dict", "claims"]


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """Return a claim as plain values, (lon, lat) in degrees, dates as ISO 8601."""
    place = claim.place
    return {
        "id": claim.id,
        "article_id": claim.article_id,
        "event": str(claim.event),
        "actor": claim.actor and str(claim.actor),
        "actor_text": claim.actor_text,
        "place": place
        and {
            "id": place.id,
            "name": place.name,
            "name_de": place.name_de,
            "kind": str(place.kind),
            "oblast": place.oblast,
            "lon": place.lon,
            "lat": place.lat,
        },
        "surface": claim.toponym and claim.toponym.mention.surface,
        "relation": str(claim.relation),
        "bearings": [str(bearing) for bearing in claim.bearings],
        "distance_m": claim.distance_m,
        "target": claim.target and claim.target.id,
        "origin": claim.origin and claim.origin.id,
        "unnamed": claim.unnamed,
        "claimant": claim.claimant,
        "claimant_side": claim.claimant_side and str(claim.claimant_side),
        "claimant_text": claim.claimant_text,
        "modality": str(claim.modality),
        "verification": claim.verification and str(claim.verification),
        "event_date": claim.event_date and claim.event_date.isoformat(),
        "event_date_precision": claim.event_date_precision and str(claim.event_date_precision),
        "reported_date": claim.reported_date and claim.reported_date.isoformat(),
        "count": claim.count,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "disputes": list(claim.disputes),
        "reasons": list(claim.reasons),
    }


def _print_lines(found: Iterable[Claim]) -> None:
    for claim in found:
        click.echo(json.dumps(claim_to_dict(claim), ensure_ascii=False))


def _print_geojson(found: Iterable[Claim]) -> None:
    features = []
    for claim in found:
        place = claim.place
        point = place and {"type": "Point", "coordinates": [place.lon, place.lat]}
        features.append({"type": "Feature", "geometry": point, "properties": claim_to_dict(claim)})
    collection = {"type": "FeatureCollection", "features": features}
    click.echo(json.dumps(collection, ensure_ascii=False))


def _print_table(found: Iterable[Claim]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_lines=True)
    for title in ("what", "where", "said by", "quote"):
        table.add_column(title, overflow="fold")
    for claim in found:
        place = claim.place.name_de if claim.place else "?"
        if claim.target:
            place += f", {claim.target.name_de}"
        status = ", ".join(filter(None, [claim.modality, claim.verification]))
        cells = (
            f"{claim.event} {claim.actor or '(side open)'}",
            " ".join([claim.relation, *claim.bearings, place]),
            f"{claim.claimant or '-'} ({status})",
            claim.quote,
        )
        table.add_row(*map(cell, cells))
    console = Console()
    if table.row_count:
        console.print(table)
    else:
        console.print("no claims found")


_PRINTERS = {"jsonl": _print_lines, "geojson": _print_geojson, "table": _print_table}


@click.command(epilog="Example: frontmap claims report.txt --format table")
@article_options
@gazetteer_option
@click.option(
    "--format",
    "shape",
    type=click.Choice(sorted(_PRINTERS)),
    default="jsonl",
    show_default=True,
    help="JSON lines, one GeoJSON of the anchor places, or a table to read.",
)
def claims(
    sources: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    encoding: str | None,
    gazetteer_path: str | None,
    shape: str,
) -> None:
    """List who says what happened where, how sure anyone is, and why it was read so."""
    from frontmap.claims import extract_claims

    gazetteer = open_gazetteer(gazetteer_path)
    found: list[Claim] = []
    for article in read_articles(sources, published, publisher, encoding):
        found += extract_claims(article, gazetteer=gazetteer)
    _PRINTERS[shape](found)
