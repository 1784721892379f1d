"""Statements for the tests of the ledger, made from lines a reader can write."""

from __future__ import annotations

import datetime as dt
from functools import cache

from frontmap.claims.records import (
    Bearing,
    Claim,
    DatePrecision,
    Event,
    Modality,
    Relation,
    Side,
)
from frontmap.ledger import Source, Statement
from gazetteer import Gazetteer, Place


@cache
def place(name: str) -> Place:
    """The best known place of a name."""
    return Gazetteer.default().lookup(name)[0].place


def _side(word: str) -> Side | None:
    return None if word == "-" else Side(word)


def _day(word: str | None) -> dt.date | None:
    return None if word in (None, "-") else dt.date.fromisoformat(str(word))


def statement(
    line: str, *, document: str = "d", outlet: str = "", quote: str = "", claim_id: str = ""
) -> Statement:
    """Make one of ``event actor place relation modality claimant-side day key=value ...``."""
    event, actor, name, relation, modality, side, day, *pairs = line.split()
    more = dict(pair.split("=") for pair in pairs)
    quote = quote or f"Satz aus {document} über {name} von Seiten {side} und {modality} so gesagt"
    claim = Claim(
        id=claim_id or line, event=Event(event), actor=_side(actor),
        place=None if name == "?" else place(name),
        relation=Relation(relation), modality=Modality(modality), start=0, end=len(quote),
        quote=quote, claimant_side=_side(side), reported_date=_day(day),
        bearings=tuple(Bearing(b) for b in more.get("bearings", "").split(",") if b),
        target=place(more["target"]) if "target" in more else None,
        event_date=_day(more.get("event")),
        event_date_precision=DatePrecision(more.get("precision", "day")) if "event" in more
        else None,
        article_id=document,
    )  # fmt: skip
    return Statement(claim, Source(document, outlet, published=_day(day)), (quote,))
