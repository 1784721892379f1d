"""Reading: a path, a file object, bytes or HTML becomes an `Article`."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import IO

from frontmap.article.records import Article

__all__ = ["read"]


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
    data: str | bytes
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str | os.PathLike):
        data = Path(source).read_bytes()
    else:
        data = source.read()
    text = data if isinstance(data, str) else data.decode(encoding or "utf-8-sig")
    return Article.from_text(
        text, title=title, published=published, source=publisher, url=url, language=language
    )
