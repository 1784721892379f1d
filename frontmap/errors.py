"""Errors of frontmap.

FrontmapError
├── ArticleError      an input cannot be read as an article
├── GeometryError     a claim cannot be given a geometry with the arguments passed
├── ControlError      a file of control polygons cannot be used
├── ExportError       a report cannot be written in the format asked for
├── EvaluationError   a gold file is not what it should be
├── LedgerError       a ledger cannot be made of what was given, or asked for a place it lacks
├── ArgumentTypeError an argument of a public function is of a wrong type; a TypeError too
├── ArgumentValueError an argument has a value the function cannot take; a ValueError too
└── MissingExtraError an optional dependency is not installed; names the extra
"""

from __future__ import annotations

__all__ = [
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
]


class FrontmapError(Exception):
    """Base of all errors of frontmap."""


class ArgumentTypeError(FrontmapError, TypeError):
    """An argument of a public function is of a wrong type."""


class ArgumentValueError(FrontmapError, ValueError):
    """An argument of a public function has a value the function cannot take."""


class ArticleError(FrontmapError):
    """An input cannot be read as an article."""


class GeometryError(FrontmapError):
    """A claim cannot be given a geometry with the arguments passed."""


class ControlError(FrontmapError):
    """A file of control polygons cannot be used."""


class ExportError(FrontmapError):
    """A report cannot be written in the format asked for."""


class EvaluationError(FrontmapError):
    """A gold file is not what it should be."""


class LedgerError(FrontmapError):
    """A ledger cannot be made of what was given, or is asked for a place it does not have."""


class MissingExtraError(FrontmapError, ImportError):
    """An optional dependency is not installed."""
