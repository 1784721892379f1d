"""frontmap turns German reports about the war in Ukraine into maps.

>>> import frontmap as fm
>>> report = fm.analyze("Die ukrainische Armee hat nach eigenen Angaben Robotyne befreit.")
>>> print(report.claims[0].event, report.claims[0].place.name_de, report.claims[0].claimant_side)
capture Robotyne UA

Names load when first used, so that importing costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontmap.article import Article, Repair, read
    from frontmap.claims import (
        Bearing,
        Claim,
        DatePrecision,
        Event,
        Modality,
        Relation,
        Side,
        Verification,
        extract_claims,
    )
    from frontmap.control import Control
    from frontmap.corpus import analyze_many
    from frontmap.errors import (
        ArgumentTypeError,
        ArgumentValueError,
        ArticleError,
        ControlError,
        EvaluationError,
        ExportError,
        FrontmapError,
        GeometryError,
        LedgerError,
        MissingExtraError,
    )
    from frontmap.geometry import ClaimGeometry, claim_geometry
    from frontmap.layers import claim_layers
    from frontmap.ledger import Ledger
    from frontmap.recognition import Construction, Mention, recognize
    from frontmap.report import Report, analyze, read_report, read_reports, save_reports
    from frontmap.resolution import Candidate, Toponym, resolve

__version__ = "0.1.0"

_HOMES = {
    "frontmap.article": ("Article", "Repair", "read"),
    "frontmap.claims": (
        "Bearing",
        "Claim",
        "DatePrecision",
        "Event",
        "Modality",
        "Relation",
        "Side",
        "Verification",
        "extract_claims",
    ),
    "frontmap.control": ("Control",),
    "frontmap.corpus": ("analyze_many",),
    "frontmap.errors": (
        "ArgumentTypeError",
        "ArgumentValueError",
        "ArticleError",
        "ControlError",
        "EvaluationError",
        "ExportError",
        "FrontmapError",
        "GeometryError",
        "LedgerError",
        "MissingExtraError",
    ),
    "frontmap.geometry": ("ClaimGeometry", "claim_geometry"),
    "frontmap.layers": ("claim_layers",),
    "frontmap.ledger": ("Ledger",),
    "frontmap.recognition": ("Construction", "Mention", "recognize"),
    "frontmap.report": ("Report", "analyze", "read_report", "read_reports", "save_reports"),
    "frontmap.resolution": ("Candidate", "Toponym", "resolve"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "ArgumentTypeError",
    "ArgumentValueError",
    "Article",
    "ArticleError",
    "Bearing",
    "Candidate",
    "Claim",
    "ClaimGeometry",
    "Construction",
    "Control",
    "ControlError",
    "DatePrecision",
    "EvaluationError",
    "Event",
    "ExportError",
    "FrontmapError",
    "GeometryError",
    "Ledger",
    "LedgerError",
    "Mention",
    "MissingExtraError",
    "Modality",
    "Relation",
    "Repair",
    "Report",
    "Side",
    "Toponym",
    "Verification",
    "__version__",
    "analyze",
    "analyze_many",
    "claim_geometry",
    "claim_layers",
    "extract_claims",
    "read",
    "read_report",
    "read_reports",
    "recognize",
    "resolve",
    "save_reports",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        from sys import modules

        message = f"module 'frontmap' has no attribute {name!r}"
        raise AttributeError(message, name=name, obj=modules[__name__])
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
