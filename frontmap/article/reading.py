"""Reading: a path, a file object, bytes or HTML becomes an `Article`."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import IO, Any, TypeVar

from frontmap.article.decoding import decode
from frontmap.article.html import looks_like_html, reduce_html
from frontmap.article.records import Article, as_date
from frontmap.errors import ArticleError
from frontmap.parameters import READABLE, TEXT, checked

__all__ = ["MAX_BYTES", "read"]

MAX_BYTES = 20 * 2**20
_Content = TypeVar("_Content", str, bytes)
_USE_FROM_TEXT = "to make an article of the text itself, use Article.from_text(text)"


@checked.but(source=READABLE, language=TEXT)
def read(
    source: str | os.PathLike[str] | bytes | IO[bytes] | IO[str],
    *,
    title: str | None = None,
    published: str | dt.date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Article:
    """Read one article from a path, a file object, bytes or HTML.

    Parameters
    ----------
    source : str, path, bytes or file object
        A path; a file object open for text or bytes; the bytes of a file; or HTML as a string.
        Text and HTML are told apart by their content.
    title, published, publisher, url, language : optional
        What the caller knows; it wins over what stands in the HTML's head or the text itself.
    encoding : str, optional
        The encoding of the bytes. Without it: a byte order mark, the HTML's own declaration,
        UTF-8, UTF-16, or the likeliest of windows-1252, ISO 8859-15 and the Cyrillic ones.
    max_bytes : int
        The largest input to read.

    Returns
    -------
    Article
        Its text repaired; see `Article.from_text` for what is normalised.

    Raises
    ------
    ArticleError
        If there is nothing to read or it is no text: no such file, a directory, empty, larger
        than `max_bytes`, a picture, a PDF, an archive, bytes not in the `encoding` given. The
        message names the input and says what to do.

    Examples
    --------
    >>> article = read("Die Lage südlich von Siwersk\\n\\nSiwersk hält.".encode("cp1252"))
    >>> article.title
    'Die Lage südlich von Siwersk'
    """
    given = as_date(published) if published is not None else None
    content, name = _fetch(source, max_bytes)
    notes: tuple[str, ...] = ()
    if isinstance(content, bytes):
        content, notes = decode(content, name, encoding)
    if looks_like_html(content):
        page = reduce_html(content, name)
        content = page.text
        title = title if title is not None else page.title
        given = given if given is not None else page.published
        publisher = publisher if publisher is not None else page.source
        url = url if url is not None else page.url
    article = Article.from_text(
        content,
        title=title,
        published=given,
        source=publisher,
        url=url,
        language=language,
        notes=notes,
    )
    if not article.text.strip():
        raise ArticleError(f"{name} is empty; there is no article in it")
    return article


def _fetch(source: Any, max_bytes: int) -> tuple[str | bytes, str]:
    """The content of a source and the name that messages give it."""
    if isinstance(source, str) and looks_like_html(source) and "<" in source.lstrip()[:1]:
        return _limited(source, "the HTML string", max_bytes), "the HTML string"
    if isinstance(source, str | os.PathLike):
        return _read_path(source, max_bytes)
    if isinstance(source, bytes | bytearray | memoryview):
        return _limited(bytes(source), "the input", max_bytes), "the input"
    name = str(getattr(source, "name", "the file object"))
    try:
        content = source.read(max_bytes + 1)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name} is open as text with the wrong encoding ({error}); open it as binary"
        ) from error
    except (OSError, ValueError) as error:
        raise ArticleError(f"cannot read {name}: {error}") from error
    if not isinstance(content, str | bytes):
        raise ArticleError(f"{name} gives {type(content).__name__}, neither text nor bytes")
    if isinstance(content, str):
        return _limited(content, name, max_bytes), name
    return _limited(content, name, max_bytes), name


def _read_path(source: str | os.PathLike[str], max_bytes: int) -> tuple[bytes, str]:
    name = str(os.fspath(source))
    shown = name if len(name) <= 160 else "..." + name[-157:]  # the file's own name stays
    path = Path(name)
    try:
        if path.is_dir():
            raise ArticleError(f"{shown} is a directory; give one file, or use analyze_many")
        with path.open("rb") as file:
            return _limited(file.read(max_bytes + 1), shown, max_bytes), shown
    except FileNotFoundError as error:
        raise ArticleError(f"there is no file {shown!r}; {_USE_FROM_TEXT}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArticleError(f"cannot read {shown!r}: {reason}; {_USE_FROM_TEXT}") from error


def _limited(content: _Content, name: str, max_bytes: int) -> _Content:
    if len(content) > max_bytes:
        raise ArticleError(
            f"{name} is larger than {max_bytes:,} bytes; give one article at a time (in "
            "Python, max_bytes= raises the limit)"
        )
    return content
