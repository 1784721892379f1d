"""What is exported: reports or claims, as the layers every format draws on."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from frontmap.article import Article
from frontmap.claims.records import Claim
from frontmap.errors import ExportError
from frontmap.frames import Geometry
from frontmap.frames.columns import whole
from frontmap.frames.making import (
    paired_claims_with_geometries,
    paired_toponyms_to_geodataframe,
    with_geometry,
)
from frontmap.geometry import ClaimGeometry
from frontmap.layers.controls import opened
from frontmap.resolution import Toponym
from frontmap.style import claim_style

if TYPE_CHECKING:
    import geopandas

    from frontmap.control import Control
    from gazetteer import Gazetteer

__all__ = ["LAYERS", "Part", "Tables", "collect"]

LAYERS = ("claims", "arrows", "anchors", "toponyms", "front_line", "control")
"""The layers there are; formats of one layer write one of them."""


@dataclass(frozen=True)
class Part:
    """One report's share: its article, if it has one, its toponyms and its claims."""

    article: Article | None
    toponyms: tuple[Toponym, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Tables:
    """Everything to be exported, made into tables when asked for."""

    parts: tuple[Part, ...]
    control: Control | None = None
    gazetteer: Gazetteer | None = None
    crs: str = "EPSG:4326"
    language: str = "de"
    title: str | None = None
    _frames: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in order."""
        return tuple(claim for part in self.parts for claim in part.claims)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Every article, in order."""
        return tuple(part.article for part in self.parts if part.article is not None)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """An id for every claim that is the same in every run: article and claim."""
        seen: dict[str, int] = {}
        found = []
        for claim in self.claims:
            name = whole(f"{claim.article_id}:{claim.id}" if claim.article_id else claim.id)
            seen[name] = seen.get(name, 0) + 1
            found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
        return tuple(found)

    @property
    def attribution(self) -> str:
        """Whose data the positions are, as their licences ask for."""
        from frontmap.basemap import credits

        return "; ".join(credits())

    @property
    def heading(self) -> str:
        """The title given, else the first article's, else the program's name."""
        titles = [article.title for article in self.articles if article.title]
        return whole(self.title or (titles[0] if titles else "frontmap"))

    def claims_frame(self, geometry: Geometry) -> geopandas.GeoDataFrame:
        """Return all claims with one kind of geometry, and with their `fill` and `feature_id`.

        In EPSG:4326; see `project`.
        """
        if geometry not in self._frames:
            columns, shapes = self._claims
            self._frames[geometry] = with_geometry(columns, shapes, geometry)
        return self._frames[geometry].copy()

    @cached_property
    def _claims(self) -> tuple[geopandas.GeoDataFrame, list[ClaimGeometry]]:
        """The columns of all claims, and their geometries."""
        pairs = [(claim, part.article) for part in self.parts for claim in part.claims]
        frame, shapes = paired_claims_with_geometries(
            pairs, gazetteer=self.gazetteer, control=self.control
        )
        frame.insert(0, "feature_id", list(self.ids))
        fills = [str(claim_style(claim).fill) for claim in self.claims]
        frame.insert(len(frame.columns) - 1, "fill", fills)
        return frame, shapes

    def layer(self, name: str) -> geopandas.GeoDataFrame:
        """Return one layer in the chosen coordinate reference system.

        Raises
        ------
        ExportError
            If there is no such layer, or it needs control polygons and there are none.
        """
        if name == "claims":
            frame = self.claims_frame("area")
        elif name in ("arrows", "anchors"):
            frame = self.claims_frame("arrow" if name == "arrows" else "anchor")
            frame = frame[frame.geometry.notna()].reset_index(drop=True)
        elif name == "toponyms":
            frame = self._toponyms()
        elif name in ("front_line", "control"):
            frame = self._of_control(name)
        else:
            raise ExportError(f"there is no layer {name!r}; there are {', '.join(LAYERS)}")
        return self.project(frame)

    def project(self, frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
        """Convert a table from EPSG:4326 to the chosen coordinate reference system."""
        return frame if self.is_wgs84 else frame.to_crs(self.crs)

    @cached_property
    def is_wgs84(self) -> bool:
        """Whether coordinates stay degrees of WGS 84 in (lon, lat) order."""
        from pyproj import CRS
        from pyproj.exceptions import CRSError

        try:
            crs = CRS.from_user_input(self.crs)
        except (CRSError, UnicodeError) as error:
            raise ExportError(
                f"crs={self.crs!r} is no coordinate reference system pyproj knows; "
                'write for example "EPSG:4326" or "EPSG:25836"'
            ) from error
        return crs.to_epsg() == 4326 or str(self.crs).upper() == "OGC:CRS84"

    def _toponyms(self) -> geopandas.GeoDataFrame:
        return paired_toponyms_to_geodataframe(
            (toponym, part.article) for part in self.parts for toponym in part.toponyms
        )

    def _of_control(self, name: str) -> geopandas.GeoDataFrame:
        import geopandas

        if self.control is None:
            raise ExportError(
                f"the layer {name!r} needs polygons of control; pass control= (--control)"
            )
        days = self._control_days()
        if name == "control":
            frame = _concatenated([self.control.to_geodataframe(day) for day in days])
        else:
            frame = geopandas.GeoDataFrame(
                {
                    "date": _dates(days),
                    "source": [self.control.source] * len(days),
                    "licence": [self.control.licence] * len(days),
                },
                geometry=[self.control.front_line(day) for day in days],
                crs="EPSG:4326",
            )
        # 1 for the last day: what is shown where only one day can be
        frame.insert(0, "latest", (frame["date"] == frame["date"].max()).astype("int64"))
        return frame

    def _control_days(self) -> list[Any]:
        """Return the days the claims are about, first and last; without any, the last there is."""
        assert self.control is not None
        dates = [claim.event_date or claim.reported_date for claim in self.claims]
        wanted = sorted(date for date in dates if date is not None)
        days = {self.control.day_for(date) for date in (wanted[0], wanted[-1])} if wanted else set()
        return sorted(day for day in days if day is not None) or [self.control.days[-1]]


def _dates(days: list[Any]) -> Any:
    import numpy

    return numpy.array(days, dtype="datetime64[D]").astype("datetime64[ms]")


def _concatenated(frames: list[Any]) -> Any:
    import pandas

    return frames[0] if len(frames) == 1 else pandas.concat(frames, ignore_index=True)


def collect(
    source: Any,
    *,
    control: Control | str | os.PathLike[str] | None,
    gazetteer: Gazetteer | None,
    crs: str,
    language: str,
    title: str | None,
) -> Tables:
    """Make tables of a report, of several, or of claims alone.

    Raises
    ------
    ExportError
        If `source` is none of these.
    """
    items = [source] if _is_report(source) or isinstance(source, Claim) else source
    items = list(items)
    if all(isinstance(item, Claim) for item in items):
        parts: tuple[Part, ...] = (Part(None, (), tuple(items)),)
    elif all(_is_report(item) for item in items):
        parts = tuple(
            Part(item.article, tuple(item.toponyms), tuple(item.claims)) for item in items
        )
    else:
        kinds = ", ".join(sorted({type(item).__name__ for item in items}))
        raise ExportError(f"only reports or only claims can be saved together, not {kinds}")
    return Tables(parts, opened(control), gazetteer, crs, language, title)


def _is_report(item: Any) -> bool:
    """Tell a report by what it holds: its class belongs to a later stage."""
    return isinstance(getattr(item, "article", None), Article) and hasattr(item, "claims")
