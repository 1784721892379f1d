"""Date, source and title where they stand in the text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = ["Credit", "find_credit"]


@dataclass(frozen=True, slots=True)
class Credit:
    """What head and foot lines say about an article."""

    title: str | None = None
    published: dt.date | None = None
    source: str | None = None


def find_credit(text: str) -> Credit:
    """Find title, date and source in the head and foot lines of a text."""
    return Credit()
