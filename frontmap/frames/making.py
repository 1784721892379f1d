"""Claims and toponyms to tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from frontmap.article import Article
from frontmap.claims.records import Claim
from frontmap.frames.columns import CLAIM_COLUMNS, CRS, TOPONYM_COLUMNS, make_frame
from frontmap.geometry import ClaimGeometry, claim_geometries
from frontmap.parameters import ARTICLE, checked
from frontmap.resolution import Toponym

if TYPE_CHECKING:
    import geopandas

    from frontmap.control import Control
    from gazetteer import Gazetteer

__all__ = [
    "Articles",
    "Geometry",
    "claims_to_geodataframe",
    "claims_with_geometries",
    "paired_claims_with_geometries",
    "paired_toponyms_to_geodataframe",
    "toponyms_to_geodataframe",
    "with_geometry",
]

Geometry = Literal["area", "arrow", "anchor", "best"]
Articles = Article | Iterable[Article] | Mapping[str, Article] | None


@checked
def claims_to_geodataframe(
    claims: Iterable[Claim],
    articles: Articles = None,
    *,
    geometry: Geometry = "area",
    gazetteer: Gazetteer | None = None,
    control: Control | None = None,
) -> geopandas.GeoDataFrame:
    """Return claims as a table with geometries.

    Parameters
    ----------
    claims : iterable of Claim
    articles : Article, iterable or mapping of them by id, optional
        Give `title`, `source` and `url`; found by the claim's `article_id`. A single article is
        taken for all claims.
    geometry : {"area", "arrow", "anchor", "best"}
        Which geometry a row has: the area, the arrow of a movement, the point for a symbol, or
        the first of these there is. Rows without that geometry have none, and stay.
    gazetteer : Gazetteer, optional
        Where the candidates for unnamed places are looked up; by default the embedded one.
    control : Control, optional
        Dated polygons of control: arrows start at their front line, and `check` is filled.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, (lon, lat); columns as in the table of `frontmap.frames`.

    Raises
    ------
    ValueError
        If `geometry` is none of the four.

    Examples
    --------
    >>> claims_to_geodataframe([]).crs.to_epsg()
    4326
    """
    frame, shapes = claims_with_geometries(claims, articles, gazetteer=gazetteer, control=control)
    return with_geometry(frame, shapes, geometry)


def claims_with_geometries(
    claims: Iterable[Claim],
    articles: Articles = None,
    *,
    gazetteer: Gazetteer | None = None,
    control: Control | None = None,
) -> tuple[geopandas.GeoDataFrame, list[ClaimGeometry]]:
    """Return the columns of `claims_to_geodataframe`, and every geometry beside them.

    For whoever needs several geometries of the same claims; see `with_geometry`.
    """
    by_id = _by_id(articles)
    return paired_claims_with_geometries(
        [
            (claim, articles if isinstance(articles, Article) else by_id.get(claim.article_id))
            for claim in claims
        ],
        gazetteer=gazetteer,
        control=control,
    )


def paired_claims_with_geometries(
    pairs: Sequence[tuple[Claim, Article | None]],
    *,
    gazetteer: Gazetteer | None = None,
    control: Control | None = None,
) -> tuple[geopandas.GeoDataFrame, list[ClaimGeometry]]:
    """Do the same for claims that come with their articles.

    For many articles, of which several may have one id: papers that print the same text.
    """
    shapes = claim_geometries([claim for claim, _ in pairs], gazetteer=gazetteer, control=control)
    rows = []
    for (claim, article), shape in zip(pairs, shapes, strict=True):
        rows.append(_claim_row(claim, shape, article, control))
    return make_frame(CLAIM_COLUMNS, rows, [None] * len(rows)), shapes


def with_geometry(
    frame: geopandas.GeoDataFrame, shapes: Iterable[ClaimGeometry], geometry: Geometry
) -> geopandas.GeoDataFrame:
    """Return a copy of a table with one kind of the geometries beside it."""
    import geopandas

    chosen = [_choose(shape, geometry) for shape in shapes]
    return frame.set_geometry(geopandas.GeoSeries(chosen, index=frame.index, crs=CRS))


@checked.but(article=ARTICLE)
def toponyms_to_geodataframe(
    toponyms: Iterable[Toponym], article: Article | None = None
) -> geopandas.GeoDataFrame:
    """Return toponyms as a table of points.

    Parameters
    ----------
    toponyms : iterable of Toponym
        Unresolved ones get a row without a geometry.
    article : Article, optional
        Gives `article_id`, `title`, `source`, `url` and `published`.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, (lon, lat); columns as in the table of `frontmap.frames`.
    """
    return paired_toponyms_to_geodataframe((toponym, article) for toponym in toponyms)


def paired_toponyms_to_geodataframe(
    pairs: Iterable[tuple[Toponym, Article | None]],
) -> geopandas.GeoDataFrame:
    """Do the same for toponyms that come with their articles; one table costs as much as many."""
    from shapely import Point

    rows, shapes = [], []
    for toponym, article in pairs:
        rows.append(_toponym_row(toponym, article))
        place = toponym.place
        shapes.append(Point(place.lon, place.lat) if place else None)
    return make_frame(TOPONYM_COLUMNS, rows, shapes)


def _by_id(articles: Articles) -> Mapping[str, Article]:
    if articles is None or isinstance(articles, Article):
        return {}
    if isinstance(articles, Mapping):
        return articles
    return {article.id: article for article in articles}


def _choose(shape: ClaimGeometry, geometry: Geometry) -> Any:
    if geometry == "area":
        return shape.area
    if geometry == "arrow":
        return shape.arrow
    if geometry == "anchor":
        return shape.anchor
    return shape.area or shape.arrow or shape.anchor


def _claim_row(
    claim: Claim, shape: ClaimGeometry, article: Article | None, control: Control | None
) -> dict[str, Any]:
    place, anchor = claim.place, shape.anchor
    row: dict[str, Any] = {
        name: getattr(claim, name) for name in _CLAIM_FIELDS if name not in _LISTS
    }
    row.update({name: list(getattr(claim, name)) for name in _LISTS})
    row.update(
        place_id=place and place.id,
        place_name=place and place.name,
        place_name_de=place and place.name_de,
        place_kind=place and place.kind,
        oblast=place and place.oblast,
        place_lon=place and place.lon,
        place_lat=place and place.lat,
        place_extent_m=place and place.extent_m,
        place_precision_m=place and place.precision_m,
        target_id=claim.target and claim.target.id,
        target_name_de=claim.target and claim.target.name_de,
        origin_id=claim.origin and claim.origin.id,
        origin_name_de=claim.origin and claim.origin.name_de,
        score=claim.toponym and claim.toponym.score,
        lon=anchor and anchor.x,
        lat=anchor and anchor.y,
        precision_m=shape.precision_m if math.isfinite(shape.precision_m) else None,
        geometry_reasons=list(shape.reasons),
        candidates=[candidate.id for candidate in shape.candidates],
    )
    if control is not None:
        check = control.check(claim)
        row.update(check=check.verdict, check_distance_m=check.distance_m)
    return row | _article_cells(article)


_LISTS = ("bearings", "quotes", "disputes", "reasons")
_CLAIM_FIELDS = (
    "id", "article_id", "event", "actor", "actor_text", "claimant", "claimant_side",
    "claimant_text", "modality", "verification", "relation", "distance_m", "unnamed", "bank",
    "count", "event_date", "event_date_precision", "reported_date", "quote", "start", "end",
)  # fmt: skip


def _article_cells(article: Article | None) -> dict[str, Any]:
    if article is None:
        return {}
    return {"title": article.title, "source": article.source, "url": article.url}


_PLACE_FIELDS = (
    "oblast", "raion", "hromada", "population", "precision_m", "extent_m", "lon", "lat",
)  # fmt: skip


def _toponym_row(toponym: Toponym, article: Article | None) -> dict[str, Any]:
    mention, place = toponym.mention, toponym.place
    row: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "stem": mention.stem,
        "construction": mention.construction,
        "container": mention.container,
        "score": toponym.score,
        "candidates": [candidate.place.id for candidate in toponym.candidates],
        "reasons": list(toponym.reasons),
        "article_id": article and article.id,
        "published": article and article.published,
    }
    if place is not None:
        row.update(
            place_id=place.id,
            place_name=place.name,
            place_name_de=place.name_de,
            place_kind=place.kind,
            **{name: getattr(place, name) for name in _PLACE_FIELDS},
        )
    return row | _article_cells(article)
