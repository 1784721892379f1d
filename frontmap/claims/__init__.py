"""Claims: who says which troops moved where, and how sure anyone is."""

from __future__ import annotations

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

__all__ = [
    "Bearing",
    "Claim",
    "DatePrecision",
    "Event",
    "Modality",
    "Relation",
    "Side",
    "Verification",
]
