"""Claims: who says which troops moved where, and how sure anyone is.

The steps, one module each: words (`tokens`), clauses (`clauses`), event words (`triggers`),
actors (`actors`, `roles`), places (`placement`, `assignment`), attribution (`attribution`,
`scope`), modality (`modalities`), dates (`dates`), one sentence's claims (`build`), verification,
merging. Language knowledge stands in ``frontmap/lexicons/claims/*.tsv``.
"""

from __future__ import annotations

from frontmap.claims.extraction import extract_claims
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
    "extract_claims",
]
