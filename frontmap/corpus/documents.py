"""The records of a corpus: `Document`, not yet read, and `Failure`, one that cannot be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from frontmap.article import Article, read
from frontmap.article.html import looks_like_html
from frontmap.errors import ArticleError

__all__ = ["Document", "Failure"]


@dataclass(frozen=True, slots=True)
class Document:
    """One article of a corpus, not yet read.

    Attributes
    ----------
    key : str
        Where it stands, the same in every run: a path, ``archive.zip!member``, ``table.csv#7``.
    path : str or None
        A file of its own; otherwise `content` has it.
    content : str, bytes or None
    title, source, url, language, id : str or None
        What its source says about it; wins over what stands in the text.
    published : str, datetime.date or None
    encoding : str or None
        Of the bytes, where the caller knows it.
    trouble : str or None
        Why it cannot be read, where that is known already.
    warning : str or None
        What its source says that is not understood, such as a date; it is read without.
    """

    key: str
    path: str | None = None
    content: str | bytes | None = None
    title: str | None = None
    published: str | dt.date | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    id: str | None = None
    encoding: str | None = None
    trouble: str | None = None
    warning: str | None = None

    def read(self) -> Article:
        """Read the article; a `warning` becomes one of its notes.

        Raises
        ------
        ArticleError
            If it cannot be read; the message says why.
        """
        if self.trouble is not None:
            raise ArticleError(self.trouble)
        article = self._read()
        if self.warning is None:
            return article
        return replace(article, notes=(self.warning, *article.notes))

    def _read(self) -> Article:
        if isinstance(self.content, str) and not looks_like_html(self.content):
            if not self.content.strip():
                raise ArticleError("there is no text in it")
            return Article.from_text(
                self.content,
                title=self.title,
                published=self.published,
                source=self.source,
                url=self.url,
                language=self.language,
                id=self.id,
            )
        article = read(
            self.path if self.content is None else self.content,  # type: ignore[arg-type]
            title=self.title,
            published=self.published,
            publisher=self.source,
            url=self.url,
            language=self.language,
            encoding=self.encoding,
        )
        return article if self.id is None else replace(article, id=self.id)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that gave no report.

    Attributes
    ----------
    key : str
        The document's key.
    reason : str
        One line.
    """

    key: str
    reason: str
