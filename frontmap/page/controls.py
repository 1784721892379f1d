"""Dated polygons of control for the page."""

from __future__ import annotations

from typing import Any

__all__ = ["control_entries"]


def control_entries(control: Any, language: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what is drawn of the polygons of control, and whom to credit."""
    return [], []
