"""A gazetteer of Ukraine: what places there are and what they are called."""

from __future__ import annotations

from gazetteer.errors import (
    GazetteerBuildError,
    GazetteerError,
    GazetteerFileError,
    GazetteerQueryError,
    GazetteerTypeError,
)
from gazetteer.index import Gazetteer
from gazetteer.place import Kind, Match, Name, Place, PositionSource, Status

__all__ = [
    "Gazetteer",
    "GazetteerBuildError",
    "GazetteerError",
    "GazetteerFileError",
    "GazetteerQueryError",
    "GazetteerTypeError",
    "Kind",
    "Match",
    "Name",
    "Place",
    "PositionSource",
    "Status",
]
