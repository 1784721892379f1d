"""Tables back to claims."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from frontmap.claims.records import (
    Bearing,
    Claim,
    DatePrecision,
    Event,
    Modality,
    Relation,
    Side,
    Verification,
)
from frontmap.parameters import checked
from gazetteer import Kind, Place

if TYPE_CHECKING:
    import pandas

    from gazetteer import Gazetteer

__all__ = ["claims_from_geodataframe"]


@checked
def claims_from_geodataframe(
    frame: pandas.DataFrame, *, gazetteer: Gazetteer | None = None
) -> list[Claim]:
    """Make claims of a table that `claims_to_geodataframe` gave, or that was read from a file.

    Everything the columns hold comes back. Places are taken from `gazetteer` by their id; those it
    lacks, or all without one, are made of the columns (no other names, no raion). The resolved
    mention (`Claim.toponym`) is not in the table: to get back everything, save a GeoPackage and
    read it with `frontmap.read_report`.

    Raises
    ------
    ValueError
        If a column is missing or holds a value that is none of its vocabulary; the row is named.
    """
    needed = ("id", "event", "relation", "modality", "quote", "start", "end")
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise ValueError(f"not a table of claims: it lacks the column(s) {', '.join(missing)}")
    claims = []
    for number, row in enumerate(frame.to_dict("records")):
        try:
            claims.append(_claim_of_row(row, gazetteer))
        except (TypeError, ValueError, OverflowError) as error:
            raise ValueError(f"row {number} is no claim: {error}") from error
    return claims


def _value(row: Mapping[Any, Any], name: str) -> Any:
    """Return a cell, whatever the reader made of a null as None."""
    import pandas

    value = row.get(name)
    if value is None or (isinstance(value, str) and not value):
        return None
    return None if pandas.api.types.is_scalar(value) and pandas.isna(value) else value


def _list(row: Mapping[Any, Any], name: str) -> list[Any]:
    value = _value(row, name)
    if value is None:
        return []
    found = json.loads(value) if isinstance(value, str) else list(value)
    if not isinstance(found, list):
        raise ValueError(f"{name} is {value!r}, not a list")
    return found


def _number(row: Mapping[Any, Any], name: str) -> float | None:
    value = _value(row, name)
    return None if value is None else float(value)


def _date(row: Mapping[Any, Any], name: str) -> dt.date | None:
    value = _value(row, name)
    if value is None:
        return None
    if isinstance(value, dt.datetime):  # pandas.Timestamp is one
        return value.date()
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value)[:10])


def _text(row: Mapping[Any, Any], name: str) -> str | None:
    value = _value(row, name)
    return None if value is None else str(value)


def _place(row: Mapping[Any, Any], gazetteer: Gazetteer | None) -> Place | None:
    place_id = _text(row, "place_id")
    if place_id is None:
        return None
    if gazetteer is not None and place_id in gazetteer:
        return gazetteer[place_id]
    name = _text(row, "place_name") or place_id
    return Place(
        id=place_id,
        name=name,
        name_de=_text(row, "place_name_de") or name,
        kind=Kind(_text(row, "place_kind") or Kind.VILLAGE),
        lon=_number(row, "place_lon") or 0.0,
        lat=_number(row, "place_lat") or 0.0,
        precision_m=_number(row, "place_precision_m") or 0.0,
        extent_m=_number(row, "place_extent_m") or 0.0,
        oblast=_text(row, "oblast"),
    )


def _other_place(row: Mapping[Any, Any], name: str, gazetteer: Gazetteer | None) -> Place | None:
    """Second places stand in the table by id only, so without a gazetteer they are lost."""
    place_id = _text(row, f"{name}_id")
    if place_id is None or gazetteer is None or place_id not in gazetteer:
        return None
    return gazetteer[place_id]


def _claim_of_row(row: Mapping[Any, Any], gazetteer: Gazetteer | None) -> Claim:
    def one_of(vocabulary: Any, name: str) -> Any:
        value = _text(row, name)
        return None if value is None else vocabulary(value)

    count = _number(row, "count")
    return Claim(
        id=str(row["id"]),
        event=Event(row["event"]),
        actor=one_of(Side, "actor"),
        place=_place(row, gazetteer),
        relation=Relation(row["relation"]),
        modality=Modality(row["modality"]),
        start=int(row["start"]),
        end=int(row["end"]),
        quote=_text(row, "quote") or "",
        actor_text=_text(row, "actor_text"),
        bearings=tuple(Bearing(bearing) for bearing in _list(row, "bearings")),
        distance_m=_number(row, "distance_m"),
        target=_other_place(row, "target", gazetteer),
        origin=_other_place(row, "origin", gazetteer),
        unnamed=_text(row, "unnamed"),
        bank=one_of(Bearing, "bank"),
        claimant=_text(row, "claimant"),
        claimant_side=one_of(Side, "claimant_side"),
        claimant_text=_text(row, "claimant_text"),
        verification=one_of(Verification, "verification"),
        event_date=_date(row, "event_date"),
        event_date_precision=one_of(DatePrecision, "event_date_precision"),
        reported_date=_date(row, "reported_date"),
        count=None if count is None else int(count),
        quotes=tuple((int(start), int(end)) for start, end in _list(row, "quotes")),
        disputes=tuple(str(claim) for claim in _list(row, "disputes")),
        article_id=_text(row, "article_id") or "",
        reasons=tuple(str(reason) for reason in _list(row, "reasons")),
    )
