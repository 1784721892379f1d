"""Reading: files, HTML and bytes become an `Article` whose damaged text is repaired."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from typing import IO

__all__ = ["Article", "Repair", "read"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair of damaged text.

    Attributes
    ----------
    start, end : int
        Code point offsets of the repaired stretch in the article's `text`.
    before, after : str
        The stretch as it came and as it reads now.
    chain : str
        What was undone, e.g. ``"UTF-8 read as ISO 8859-16"``.
    """

    start: int
    end: int
    before: str
    after: str
    chain: str


@dataclass(frozen=True, slots=True)
class Article:
    """One report.

    Attributes
    ----------
    text : str
        The repaired text; every offset of every later stage indexes it, in code points.
    title : str or None
    published : datetime.date or None
    source : str or None
        Who published it, as shown to readers.
    url : str or None
    language : str
        ISO 639-1 code.
    id : str
        Stable: a digest of the text unless given.
    repairs : tuple[Repair, ...]
        What was undone where.
    """

    text: str
    title: str | None = None
    published: dt.date | None = None
    source: str | None = None
    url: str | None = None
    language: str = "de"
    id: str = ""
    repairs: tuple[Repair, ...] = field(default=())

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str | None = None,
        published: str | dt.date | None = None,
        source: str | None = None,
        url: str | None = None,
        language: str | None = None,
        id: str | None = None,
    ) -> Article:
        """Make an article of a string, its damage repaired."""
        raise NotImplementedError


def read(
    source: str | os.PathLike[str] | bytes | IO[bytes] | IO[str],
    *,
    title: str | None = None,
    published: str | dt.date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
) -> Article:
    """Read one article from a path, a file object, bytes or HTML."""
    raise NotImplementedError
