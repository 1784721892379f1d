"""Tables of claims and toponyms: columns, types, and the way back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import warnings
from typing import Any

import geopandas
import pandas
import pytest
from export_samples import (
    ARTICLE,
    CLAIMS,
    KRAMATORSK,
    POKROWSK,
    REPORT,
    SIWERSK,
    TOPONYMS,
    claims,
    make_claim,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from frontmap import frames
from frontmap.article import Article
from frontmap.claims import Claim, Event
from frontmap.control import Control
from frontmap.frames import (
    CLAIM_COLUMNS,
    TOPONYM_COLUMNS,
    claims_from_geodataframe,
    claims_to_geodataframe,
    toponyms_to_geodataframe,
)

relaxed = settings(deadline=None, max_examples=40)


class Gazetteer:
    """The places of the sample by their id."""

    def __init__(self) -> None:
        self.places = {place.id: place for place in (POKROWSK, KRAMATORSK, SIWERSK)}

    def lookup(self, text: str) -> list[Any]:
        return []

    def __contains__(self, key: str) -> bool:
        return key in self.places

    def __getitem__(self, key: str) -> Any:
        return self.places[key]


@pytest.fixture(scope="module")
def table() -> geopandas.GeoDataFrame:
    return claims_to_geodataframe(CLAIMS, ARTICLE)


def test_the_documented_columns_are_the_columns(table: geopandas.GeoDataFrame) -> None:
    documented = re.findall(r"^(\w+) +(text|list|metres|degrees|integer|date|number) ",
                            frames.__doc__ or "", re.MULTILINE)  # fmt: skip
    columns = [(column.name, column.type) for column in (*CLAIM_COLUMNS, *TOPONYM_COLUMNS)]
    assert documented == columns
    assert list(table.columns) == [column.name for column in CLAIM_COLUMNS] + ["geometry"]


def test_short_names_are_distinct_and_fit_a_shapefile() -> None:
    for columns in (CLAIM_COLUMNS, TOPONYM_COLUMNS):
        short = [column.short for column in columns]
        assert len(set(short)) == len(short)
        assert max(map(len, short)) <= 10


def test_cells(table: geopandas.GeoDataFrame) -> None:
    row = table.iloc[0]
    assert (row["event"], row["actor"], row["place_name_de"]) == ("advance", "RU", "Pokrowsk")
    assert json.loads(row["bearings"]) == ["N", "C"]
    assert row["event_date"] == pandas.Timestamp(2025, 11, 26)
    assert row["score"] == 0.97
    assert (row["title"], row["url"]) == (ARTICLE.title, ARTICLE.url)
    assert table["count"].tolist()[1] == 57
    assert table["count"].isna().sum() == 5
    assert table["precision_m"].isna().tolist() == [False] * 5 + [True]
    assert table.crs.to_epsg() == 4326


def test_plain_types(table: geopandas.GeoDataFrame) -> None:
    for frame in (table, claims_to_geodataframe([])):
        types = {column.name: str(frame[column.name].dtype) for column in CLAIM_COLUMNS}
        for column in CLAIM_COLUMNS:
            expected = {
                "integer": ("Int64",),
                "date": ("datetime64[ms]",),
                "text": ("str", "object"),
                "list": ("str", "object"),
            }.get(column.type, ("float64",))
            assert types[column.name] in expected, column


@pytest.mark.parametrize(
    ("geometry", "kinds"),
    [
        ("area", ["Polygon", "Polygon", None, "Polygon", "Polygon", None]),
        ("arrow", [None, None, "LineString", None, None, None]),
        ("anchor", ["Point"] * 5 + [None]),
        ("best", ["Polygon", "Polygon", "LineString", "Polygon", "Polygon", None]),
    ],
)
def test_geometries(geometry: Any, kinds: list[str | None]) -> None:
    found = claims_to_geodataframe(CLAIMS, ARTICLE, geometry=geometry).geometry
    assert [None if shape is None else shape.geom_type for shape in found] == kinds


def test_an_unknown_geometry() -> None:
    with pytest.raises(ValueError, match="geometry='volume': give one of area, arrow"):
        claims_to_geodataframe([], geometry="volume")  # type: ignore[arg-type]


def test_explore_just_works(table: geopandas.GeoDataFrame) -> None:
    pytest.importorskip("mapclassify")
    for frame in (table, toponyms_to_geodataframe(TOPONYMS, ARTICLE)):
        assert "Pokrowsk" in frame.explore().get_root().render()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # an empty map is an empty map
        claims_to_geodataframe([]).explore()


def test_articles_are_found_by_their_id() -> None:
    other = Article("x", id="a2", title="Zweiter")
    statements = [CLAIMS[0], dataclasses.replace(CLAIMS[1], article_id="a2"),
                  dataclasses.replace(CLAIMS[1], article_id="a3")]  # fmt: skip
    for given_as in ([ARTICLE, other], {"a1": ARTICLE, "a2": other}):
        table = claims_to_geodataframe(statements, given_as)
        titles = [None if pandas.isna(title) else title for title in table["title"]]
        assert titles == ["Lage am Donnerstag", "Zweiter", None]
    assert claims_to_geodataframe(statements)["title"].isna().all()


def test_control_fills_the_check() -> None:
    from shapely import box

    control = Control.from_polygons(
        {dt.date(2025, 11, 20): box(38, 46, 40, 51), dt.date(2025, 11, 27): box(37, 46, 40, 51)},
        territory=box(30, 46, 40, 51),
    )
    table = claims_to_geodataframe(CLAIMS, ARTICLE, control=control)
    assert table["check"].tolist()[0] == "agrees"
    assert table["check_distance_m"].iloc[0] > 50_000
    assert table["check"].tolist()[5] == "silent"
    assert claims_to_geodataframe(CLAIMS, ARTICLE)["check"].isna().all()


def test_toponyms() -> None:
    table = toponyms_to_geodataframe(TOPONYMS, ARTICLE)
    assert list(table.columns) == [column.name for column in TOPONYM_COLUMNS] + ["geometry"]
    assert table.geometry.iloc[0].coords[0] == (37.18, 48.28)
    assert table.geometry.iloc[1] is None
    assert json.loads(table["candidates"].iloc[0]) == [POKROWSK.id, SIWERSK.id]
    assert table["population"].tolist()[0] == 60_000
    assert table["published"].iloc[0] == pandas.Timestamp(2025, 11, 27)
    empty = toponyms_to_geodataframe([])
    assert list(empty.columns) == list(table.columns) and empty.crs.to_epsg() == 4326
    assert REPORT.to_geodataframe("toponyms").equals(table)


# the way back


def lean(claim: Claim) -> Claim:
    return dataclasses.replace(claim, toponym=None)


def test_claims_come_back(table: geopandas.GeoDataFrame) -> None:
    found = claims_from_geodataframe(table, gazetteer=Gazetteer())  # type: ignore[arg-type]
    assert found == [lean(claim) for claim in CLAIMS]
    assert claims_from_geodataframe(claims_to_geodataframe([])) == []


def test_without_a_gazetteer_places_are_made_of_the_columns(
    table: geopandas.GeoDataFrame,
) -> None:
    found = claims_from_geodataframe(table)[0].place
    assert found is not None
    assert (found.id, found.name, found.name_de, found.kind) == (
        POKROWSK.id, "Покровськ", "Pokrowsk", POKROWSK.kind,
    )  # fmt: skip
    assert (found.lon, found.lat, found.extent_m, found.precision_m, found.oblast) == (
        37.18, 48.28, 4_000.0, 300.0, "Donezk",
    )  # fmt: skip


@relaxed
@given(st.lists(claims, max_size=3))
def test_any_claims_come_back(statements: list[Claim]) -> None:
    # places off the globe or without a size are the gazetteer's business, empty texts are nulls
    plain = [
        dataclasses.replace(
            claim, place=None, target=None, origin=None, toponym=None,
            count=None if claim.count is None else claim.count % 1000,
            start=claim.start % 1000, end=claim.end % 1000,
            **{
                name: getattr(claim, name) or None
                for name in ("actor_text", "claimant", "claimant_text", "unnamed")
            },
        )
        for claim in statements
    ]  # fmt: skip
    assert claims_from_geodataframe(claims_to_geodataframe(plain)) == plain


def test_what_is_no_table_of_claims(table: geopandas.GeoDataFrame) -> None:
    with pytest.raises(ValueError, match=r"lacks the column\(s\) event"):
        claims_from_geodataframe(table.drop(columns="event"))
    wrong = table.copy()
    wrong.loc[2, "event"] = "parade"
    with pytest.raises(ValueError, match="row 2 is no claim: 'parade'"):
        claims_from_geodataframe(wrong)
    wrong = table.copy()
    wrong.loc[1, "bearings"] = '"N"'
    with pytest.raises(ValueError, match="row 1 is no claim: bearings"):
        claims_from_geodataframe(wrong)


def test_the_index_of_the_table_does_not_matter(table: geopandas.GeoDataFrame) -> None:
    turned = table.iloc[::-1].set_index("article_id", drop=False)
    found = claims_from_geodataframe(turned)
    assert [claim.id for claim in found] == ["c6", "c5", "c4", "c3", "c2", "c1"]


def test_a_claim_without_anything_optional() -> None:
    bare = make_claim("b", Event.CLASH, None, place=None, reported_date=None, quote="")
    assert bare.actor is None
    assert claims_from_geodataframe(claims_to_geodataframe([bare])) == [bare]
