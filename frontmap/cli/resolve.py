"""``frontmap resolve``: the places a text names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from frontmap.cli.common import (
    article_options,
    gazetteer_option,
    open_control,
    open_gazetteer,
    read_articles,
    say,
)

if TYPE_CHECKING:
    from frontmap.article import Article
    from frontmap.resolution import Toponym

__all__ = ["resolve"]


@click.command(
    "resolve", epilog="Example: frontmap resolve report.txt --explain; frontmap resolve - --geojson"
)
@article_options
@click.option("--explain", is_flag=True, help="Say in words why each place was chosen.")
@click.option("--geojson", is_flag=True, help="Write one GeoJSON FeatureCollection.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="Score below which a name is given no place (default: 0.4).",
)
@click.option("--control", metavar="PATH", help="Dated polygons of control: where the front is.")
@gazetteer_option
def resolve(
    sources: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    encoding: str | None,
    explain: bool,
    geojson: bool,
    threshold: float | None,
    control: str | None,
    gazetteer_path: str | None,
) -> None:
    """List the places that one or more REPORTs (text or HTML files, - for stdin) name.

    One JSON object a line, with candidates and reasons; --explain prints them for reading.
    """
    from frontmap.resolution import DEFAULT_THRESHOLD
    from frontmap.resolution import resolve as resolve_article

    gazetteer = open_gazetteer(gazetteer_path)
    polygons = open_control(control)
    features: list[dict[str, Any]] = []
    for article in read_articles(sources, published, publisher, encoding):
        toponyms = resolve_article(
            article,
            gazetteer=gazetteer,
            threshold=DEFAULT_THRESHOLD if threshold is None else threshold,
            control=polygons,
        )
        if geojson:
            features += [feature(toponym, article) for toponym in toponyms]
            continue
        if explain and not toponyms:
            click.echo("no places found")
        for toponym in toponyms:
            if explain:
                say(explanation(toponym))
            else:
                click.echo(json.dumps(properties(toponym, article), ensure_ascii=False))
    if geojson:
        collection = {"type": "FeatureCollection", "features": features}
        click.echo(json.dumps(collection, ensure_ascii=False))


def properties(toponym: Toponym, article: Article) -> dict[str, Any]:
    """Give a toponym as plain data."""
    mention, place = toponym.mention, toponym.place
    return {
        "article_id": article.id,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "stem": mention.stem,
        "construction": str(mention.construction),
        "container": mention.container,
        "place_id": place.id if place else None,
        "name_de": place.name_de if place else None,
        "name_uk": place.name if place else None,
        "kind": str(place.kind) if place else None,
        "oblast": place.oblast if place else None,
        "lon": place.lon if place else None,
        "lat": place.lat if place else None,
        "precision_m": place.precision_m if place else None,
        "geonameid": place.ids.get("geonames") if place else None,
        "score": toponym.score,
        "candidates": [
            {
                "place_id": candidate.place.id,
                "name_de": candidate.place.name_de,
                "oblast": candidate.place.oblast,
                "score": candidate.score,
            }
            for candidate in toponym.candidates
        ],
        "reasons": list(toponym.reasons),
    }


def feature(toponym: Toponym, article: Article) -> dict[str, Any]:
    """Give a toponym as a GeoJSON feature, (lon, lat), with a null geometry where unresolved."""
    values = properties(toponym, article)
    lon, lat = values.pop("lon"), values.pop("lat")
    point = None if lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": point, "properties": values}


def explanation(toponym: Toponym) -> str:
    """Say in words which place a name is, and why."""
    mention, place = toponym.mention, toponym.place
    if place is None:
        head = f"{mention.surface} ({mention.start}-{mention.end}): no place"
    else:
        head = (
            f"{mention.surface} ({mention.start}-{mention.end}): {place.name_de}, {place.name}, "
            f"{place.kind} in {place.oblast or place.country}, "
            f"{place.lat:.4f} N {place.lon:.4f} E, score {toponym.score:.2f}"
        )
    return "\n".join([head, *(f"  - {reason}" for reason in toponym.reasons)])
