"""HTML: a page is reduced to its article, with what its head says about it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from frontmap.errors import ArticleError

__all__ = ["Page", "looks_like_html", "plain_text", "reduce_html"]

_START = re.compile(
    r"\s*+(?>(?:<\?xml[^>]*>|<!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|article|div|p|h1|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO_TEXT = ("script", "style", "noscript", "template", "head", "nav", "footer", "form", "svg")
# Elements that stand on lines of their own.
_BLOCKS = frozenset(("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"))  # fmt: skip
# Dates in the markup only: the extensive search takes years out of the text and the footer, and
# loads for seconds. What stands in the article's head and foot lines is found by `dating`.
_DATES = {"extensive_search": False, "original_date": True}


@dataclass(frozen=True, slots=True)
class Page:
    """The article in an HTML page.

    Attributes
    ----------
    text : str
        Paragraphs separated by empty lines.
    title, source, url : str or None
    published : datetime.date or None
    """

    text: str
    title: str | None = None
    published: dt.date | None = None
    source: str | None = None
    url: str | None = None


def looks_like_html(text: str) -> bool:
    """Whether a text begins as HTML does.

    >>> looks_like_html("<!DOCTYPE html><html>"), looks_like_html("<Kiew> meldet")
    (True, False)
    """
    return _START.match(text[:4096].removeprefix("\ufeff")) is not None


def reduce_html(html: str, name: str = "the HTML") -> Page:
    """Reduce an HTML page to its article.

    Parameters
    ----------
    html : str
    name : str
        What messages call the input.

    Raises
    ------
    ArticleError
        If there is no text in the page.
    """
    import logging

    import trafilatura

    for library in ("trafilatura", "htmldate", "courlan"):  # no complaints on standard error
        logging.getLogger(library).addHandler(logging.NullHandler())

    html = re.sub(r"^\ufeff?\s*<\?xml[^>]*>", "", html)  # lxml refuses it in a string
    html = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", html)
    try:
        document = trafilatura.bare_extraction(
            html, with_metadata=True, include_comments=False, date_extraction_params=_DATES
        )
    except Exception:  # it is fed the open web; whatever trips it, the plain text is there
        document = None
    text = (document.text or "").strip() if document else ""
    if not text:
        text = plain_text(html)
    if not text:
        raise ArticleError(f"{name} holds no article text; give the article's own page or its text")
    if document is None:
        return Page(_paragraphs(text))
    return Page(
        _paragraphs(text),
        title=document.title or None,
        published=_date(document.date, html, text),
        source=document.sitename or document.hostname or None,
        url=document.url or None,
    )


def _paragraphs(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())


def _date(value: str | None, html: str, text: str) -> dt.date | None:
    """The date of the page, unless it stands nowhere but in the article: there it is an event's."""
    day = (value or "")[:10]
    if day in text and html.count(day) <= text.count(day):
        return None
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        return None


def plain_text(html: str) -> str:
    """All the text of a page, a line for each block; for pages without a recognisable article."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    try:
        root = lxml_html.document_fromstring(html, parser=lxml_html.HTMLParser(huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    pieces: list[str] = []
    skipped: list[object] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if element.tag in _NO_TEXT:
                skipped.append(element)
            if element.tag in _BLOCKS:
                pieces.append("\n")
            if not skipped and isinstance(element.tag, str):
                pieces.append(element.text or "")
            continue
        if skipped and skipped[-1] is element:
            skipped.pop()
        if element.tag in _BLOCKS:
            pieces.append("\n")
        if not skipped:
            pieces.append(element.tail or "")
    lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(re.sub(r"[ \t]+", " ", line) for line in lines if line)
