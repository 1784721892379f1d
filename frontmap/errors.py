"""Errors of frontmap.

FrontmapError
├── ArticleError      an input cannot be read as an article
├── GeometryError     a claim cannot be given a geometry with the arguments passed
├── ControlError      a file of control polygons cannot be used
├── ExportError       a report cannot be written in the format asked for
├── EvaluationError   a gold file is not what it should be
└── MissingExtraError an optional dependency is not installed; names the extra
"""

from __future__ import annotations

__all__ = [
    "ArticleError",
    "ControlError",
    "EvaluationError",
    "ExportError",
    "FrontmapError",
    "GeometryError",
    "MissingExtraError",
]


class FrontmapError(Exception):
    """Base of all errors of frontmap."""


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


class MissingExtraError(FrontmapError, ImportError):
    """An optional dependency is not installed."""
