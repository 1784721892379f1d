"""Errors of the gazetteer.

GazetteerError
├── GazetteerFileError    a file is missing, truncated, foreign or of another format version
├── GazetteerBuildError   a source or a record is not fit to be compiled; names the row
│   └── TableError        a table of the packages' own knowledge is damaged; names the line
└── GazetteerQueryError   a look-up was asked for something that makes no sense
    └── GazetteerTypeError an argument is of a wrong type; a TypeError too
"""

from __future__ import annotations

__all__ = [
    "GazetteerBuildError",
    "GazetteerError",
    "GazetteerFileError",
    "GazetteerQueryError",
    "GazetteerTypeError",
    "TableError",
]


class GazetteerError(Exception):
    """Base of all errors of the gazetteer."""


class GazetteerFileError(GazetteerError):
    """A gazetteer file is missing, truncated, foreign or of another format version."""


class GazetteerBuildError(GazetteerError):
    """A source or a record is not fit to be compiled."""


class TableError(GazetteerBuildError, ValueError):
    """A table of the packages' own knowledge has a line that does not fit its header."""


class GazetteerQueryError(GazetteerError, ValueError):
    """A look-up was asked for something that makes no sense."""


class GazetteerTypeError(GazetteerQueryError, TypeError):
    """An argument of a look-up is of a wrong type."""
