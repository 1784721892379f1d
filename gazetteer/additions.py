"""Sources a caller adds to the pinned ones: GeoNames' dump, OpenStreetMap, an own table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

__all__ = ["add_sources"]

_Sources = TypeVar("_Sources")


def add_sources(
    sources: _Sources,
    geonames: Path | None,
    alternate_names: Path | None,
    osm: Path | None,
    table: Path | None,
    report: Callable[[str, float], None],
) -> _Sources:
    """Add the rows of the caller's files."""
    return sources
