"""The records of the reading stage: `Article` and `Repair`."""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import dataclass, field
from hashlib import sha256

from frontmap.errors import ArticleError
from frontmap.parameters import TEXT, checked, read_day, several

__all__ = ["Article", "Repair"]

_FILE_ENDINGS = (".txt", ".html", ".htm", ".md", ".pdf", ".docx")


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


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """One report.

    Attributes
    ----------
    text : str
        The repaired text; every offset of every later stage indexes it, in code points.
    title : str or None
    published : datetime.date or None
        May be given as a string, as in `from_text`.
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

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise ArticleError(
                f"the text is {type(self.text).__name__}, not a string; use frontmap.read for "
                "files and bytes"
            )
        for name in ("title", "source", "url", "language", "id"):
            value = getattr(self, name)
            if value is not None and not isinstance(value, str):
                raise ArticleError(f"{name}={value!r} is no text; give a string")
        if self.published is not None and type(self.published) is not dt.date:
            object.__setattr__(self, "published", as_date(self.published))

    def __repr__(self) -> str:
        known = (self.title and repr(self.title), self.source, self.published)
        words = [str(part) for part in known if part] or [self.id or "without id"]
        return f"<Article {', '.join(words)}, {len(self.text)} characters>"

    def _repr_html_(self) -> str:
        from gazetteer.html import table

        rows = [(name, getattr(self, name)) for name in self.__dataclass_fields__]
        return table(("", ""), [(name, _shown(value)) for name, value in rows if value])

    @classmethod
    @checked.but(language=TEXT, notes=several("builtins.str", "a tuple of texts"))
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


def _shown(value: object) -> str:
    """Write a field of an article for reading."""
    if isinstance(value, tuple):
        return "; ".join(
            f"{part.before} -> {part.after}" if isinstance(part, Repair) else str(part)
            for part in value
        )
    return str(value)


def digest(text: str) -> str:
    """Name a text by its content, the same in every process.

    >>> digest("Pokrowsk")
    '8fa69ec08091eaa2'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def as_date(value: str | dt.date) -> dt.date:
    """Read the caller's date: a date, a datetime, an ISO 8601 string or ``27.11.2025``.

    Raises
    ------
    ArticleError
        If the string is neither; it names it.
    """
    try:
        return read_day(value)
    except (TypeError, ValueError) as error:
        raise ArticleError(
            f"published={value!r} is no date; write 2025-11-27 or 27.11.2025, or give a "
            "datetime.date"
        ) from error


def of_text(article: Article | str) -> Article:
    """Take an article as it is and a text as the text of one.

    Warns
    -----
    UserWarning
        If the text looks like the name of a file, which is not opened here.

    >>> of_text("Kämpfe bei Torezk").text
    'Kämpfe bei Torezk'
    """
    if isinstance(article, Article):
        return article
    if article.endswith(_FILE_ENDINGS) and len(article.splitlines()) == 1:
        warnings.warn(
            f"{article[:80]!r} is read as a text, not as a file; use frontmap.read for files",
            stacklevel=4,
        )
    return Article.from_text(article)
