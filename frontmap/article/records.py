"""The records of the reading stage: `Article` and `Repair`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from hashlib import sha256

from frontmap.errors import ArticleError

__all__ = ["Article", "Repair"]


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
    notes : tuple[str, ...]
        What else a reader should know of how the text came to be: characters that were lost
        before it came here, control characters removed, an encoding that had to be guessed.
    """

    text: str
    title: str | None = None
    published: dt.date | None = None
    source: str | None = None
    url: str | None = None
    language: str = "de"
    id: str = ""
    repairs: tuple[Repair, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())

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
        notes: tuple[str, ...] = (),
    ) -> Article:
        """Make an article of a string, its damage repaired.

        Parameters
        ----------
        text : str
            The report. Line ends become ``\\n``, a byte order mark at the start and control
            characters are dropped, lone surrogates become U+FFFD (see `notes`); clean text is
            otherwise kept as it is. Characters lost to U+FFFD stay lost.
        title, published, source, url, language, id : optional
            What the caller knows. Date, source, title and language are otherwise looked for in
            the head and foot lines of the text; `published` is a date or an ISO 8601 string.
        notes : tuple[str, ...]
            What the reader of the text already knows of how it came to be; put before ours.

        Raises
        ------
        ArticleError
            If `text` is not a string or `published` no ISO date.

        Examples
        --------
        >>> article = Article.from_text("Die Armee sei sĂŒdlich von Siwersk vorgerĂŒckt.")
        >>> article.text
        'Die Armee sei südlich von Siwersk vorgerückt.'
        >>> article.repairs[0].before, article.repairs[0].chain
        ('sĂŒdlich', 'UTF-8 read as ISO 8859-16')
        """
        if not isinstance(text, str):
            raise ArticleError(
                f"the text is {type(text).__name__}, not a string; use frontmap.read for files "
                "and bytes"
            )
        from frontmap.article.dating import find_credit
        from frontmap.article.language import detect_language
        from frontmap.article.repair import repair_text

        repaired = repair_text(text)
        credit = find_credit(repaired.text)
        return cls(
            text=repaired.text,
            title=title if title is not None else credit.title,
            published=as_date(published) if published is not None else credit.published,
            source=source if source is not None else credit.source,
            url=url,
            language=language or detect_language(repaired.text),
            id=id if id is not None else digest(repaired.text),
            repairs=repaired.repairs,
            notes=(*notes, *repaired.notes),
        )


def digest(text: str) -> str:
    """Name a text by its content, the same in every process.

    >>> digest("Pokrowsk")
    '8fa69ec08091eaa2'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def as_date(value: str | dt.date) -> dt.date:
    """Read the caller's date: a date, a datetime or an ISO 8601 string.

    Raises
    ------
    ArticleError
        If the string is no ISO date; it names it.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.datetime.fromisoformat(value.strip()).date()
        except ValueError:
            pass
    raise ArticleError(
        f"published={value!r} is no date; give a datetime.date or an ISO string like '2025-11-27'"
    )
