"""Documents in feeds: RSS, RDF and Atom files; an item an article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from frontmap.article.html import plain_text
from frontmap.article.reading import MAX_BYTES
from frontmap.corpus.dates import read_day
from frontmap.corpus.documents import Document

__all__ = ["read_feed"]

# The elements that hold an item's text, the fullest first; names without their namespace.
_TEXT = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "updated")


def read_feed(path: Path, columns: Mapping[str, str]) -> Iterator[Document]:
    """The items of an RSS, RDF or Atom file.

    Entities are not expanded and nothing is fetched; an item that has only a teaser gives the
    teaser.
    """
    from lxml import etree  # type: ignore[import-untyped]

    name = path.as_posix()
    number = 0
    publisher: str | None = None
    try:
        events = etree.iterparse(
            str(path),
            events=("end",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=True,
        )
        for _, element in events:
            tag = _local(element)
            if tag == "title" and _local(element.getparent()) in ("channel", "feed"):
                publisher = publisher or _content(element)
            if tag not in ("item", "entry"):
                continue
            number += 1
            yield _of_item(f"{name}#{number}", element, publisher)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.LxmlError, OSError, UnicodeDecodeError) as error:
        yield Document(f"{name}#{number + 1}", trouble=f"cannot be read on: {_line(error)}")
        return
    if not number:
        yield Document(name, trouble="there is no item of an RSS or Atom feed in it")


def _line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]


def _local(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = getattr(element, "tag", None)
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _content(element: Any) -> str:
    from lxml import etree

    try:
        return "".join(element.itertext()).strip()
    except UnicodeDecodeError:  # half of a character by its number, as in &#xD83C;
        text: bytes = etree.tostring(element, method="text", encoding="utf-8", with_tail=False)
        return text.decode("utf-8", "replace").strip()


def _of_item(key: str, item: Any, publisher: str | None) -> Document:
    children: dict[str, Any] = {}
    for child in item:
        children.setdefault(_local(child), child)
    title = _content(children["title"]) if "title" in children else None
    text = next((t for n in _TEXT if n in children and (t := _content(children[n]))), "")
    if len(text) > MAX_BYTES:
        return Document(key, trouble=f"its text is longer than {MAX_BYTES:,} characters")
    if "<" in text or "&" in text:
        text = plain_text(f"<html><body>{text}</body></html>")
    text = text or title or ""
    if not text:
        return Document(key, trouble="there is no text in the item")
    published, warning = _published(children)
    identifier = children.get("guid", children.get("id"))
    return Document(
        key,
        content=text,
        title=title or None,
        published=published,
        source=publisher,
        url=_link(item),
        id=(_content(identifier) or None) if identifier is not None else None,
        warning=warning,
    )


def _link(item: Any) -> str | None:
    for child in item:
        with suppress(UnicodeDecodeError):  # half of a character in an attribute
            if _local(child) == "link" and child.get("rel", "alternate") == "alternate":
                return child.get("href") or _content(child) or None
    return None


def _published(children: Mapping[str, Any]) -> tuple[dt.date | None, str | None]:
    """The day, by the first element that tells it, and what is to be said where none does."""
    warning = None
    for name in _DATES:
        if name in children:
            day, trouble = read_day(_content(children[name]))
            if day is not None:
                return day, None
            warning = warning or trouble
    return None, warning
