"""Places and claims for the tests of geometries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from frontmap.claims import Bearing, Claim, Event, Modality, Relation, Side
from gazetteer import Kind, Place

__all__ = ["LAT", "LON", "Front", "all_bearings", "claim", "no_outline", "place", "relaxed"]

LON, LAT = 37.18, 48.28
relaxed = settings(deadline=None, max_examples=60)  # a loaded machine is slow now and then
all_bearings = st.lists(st.sampled_from(list(Bearing)), max_size=4, unique=True).map(tuple)


def place(
    name: str = "Pokrowsk", lon: float = LON, lat: float = LAT, *, kind: Kind = Kind.CITY,
    extent: float = 4_000.0, precision: float = 500.0, population: int | None = None,
) -> Place:  # fmt: skip
    return Place(
        f"test:{name}", name, name, kind, lon, lat, precision, extent, population=population
    )


def claim(where: Place | None, relation: Relation, **fields: Any) -> Claim:
    event = fields.pop("event", Event.ADVANCE)
    actor = fields.pop("actor", Side.RU)
    return Claim("c1", event, actor, where, relation, Modality.REPORTED, 0, 5, "Zitat", **fields)


def no_outline(_: Place) -> None:
    """Keep the gazetteer's outlines out."""


class Front:
    """A front line along a meridian; east of it all is Russian-held."""

    def __init__(self, lon: float) -> None:
        self.lon = lon

    def side_at(self, lon: float, lat: float, date: dt.date | None = None) -> Side:
        return Side.RU if lon > self.lon else Side.UA

    def nearest_front_point(
        self, lon: float, lat: float, date: dt.date | None = None
    ) -> tuple[float, float] | None:
        return self.lon, lat
