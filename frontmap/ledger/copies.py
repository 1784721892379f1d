"""Copies: documents that print one and the same text count as one source.

Ten papers that print a dpa report are one source. The only text every kind of input still has is
the quote, so quotes are compared, and only those of one claim: two documents are copies when their
quotes share a run of eight words, case, punctuation and spacing apart. A paper that cuts the
sentence, changes the weekday or puts its own name in front still shares such a run; two reporters
who write for themselves do not. No estimate (MinHash) is needed: the quotes of one claim are few,
and a table from run to document finds all copies exactly, in one pass. Where it errs, it takes two
sources for one, and so never makes a claim look better supported than it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from frontmap.ledger.records import Source, Statement

__all__ = ["group_sources", "outlet", "runs"]

RUN = 8
"""Words that two quotes must share in a row."""

_WORD = re.compile(r"\w+")


def runs(quote: str) -> Iterator[str]:
    """The runs of eight words in a quote; a shorter one is a run by itself.

    Examples
    --------
    >>> list(runs("»Torezk« ist  gefallen."))
    ['torezk ist gefallen']
    >>> len(list(runs("Eins zwei drei vier fünf sechs sieben acht neun")))
    2
    """
    words = _WORD.findall(quote.casefold())
    if len(words) <= RUN:
        # a short sentence is only copied whole; of three words anybody may have thought
        if len(words) > 2:
            yield " ".join(words)
        return
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def outlet(source: Source) -> str:
    """Name who published a document: its publisher, else the host of its address.

    Where the publisher is given as an address, its host.

    Examples
    --------
    >>> outlet(Source("a", publisher="Tagblatt ")), outlet(Source("b", url="https://www.x.de/1"))
    ('tagblatt', 'x.de')
    """
    publisher = source.publisher.strip().casefold()
    if publisher and not publisher.startswith(("http://", "https://")):
        return publisher
    try:
        return (urlsplit(publisher or source.url).hostname or publisher).removeprefix("www.")
    except ValueError:
        return publisher


def group_sources(statements: Sequence[Statement]) -> tuple[tuple[Source, ...], ...]:
    """Group the documents of one claim; those of a group count as one source.

    Documents are of one group when they have the same id, the same outlet, or quotes that share a
    run of words.
    """
    if len(statements) == 1:
        return ((statements[0].source,),)
    sources = sorted({statement.source for statement in statements}, key=_order)
    if len(sources) == 1:
        return (tuple(sources),)
    number = {source: position for position, source in enumerate(sources)}
    parent = list(range(len(sources)))
    seen: dict[tuple[str, str], int] = {}
    for statement in statements:
        here = number[statement.source]
        for mark in _marks(statement):
            first = seen.setdefault(mark, here)
            if first != here:
                _join(parent, here, first)
    groups: dict[int, list[Source]] = {}
    for position, source in enumerate(sources):
        groups.setdefault(_root(parent, position), []).append(source)
    return tuple(tuple(group) for group in groups.values())


def _order(source: Source) -> tuple[str, ...]:
    published = source.published.isoformat() if source.published else "9999"
    return published, source.document, source.publisher, source.title, source.url


def _marks(statement: Statement) -> Iterable[tuple[str, str]]:
    source = statement.source
    yield "document", source.document
    if name := outlet(source):
        yield "outlet", name
    for quote in statement.quotes:
        for run in runs(quote):
            yield "text", run


def _root(parent: list[int], position: int) -> int:
    while parent[position] != position:
        parent[position] = parent[parent[position]]
        position = parent[position]
    return position


def _join(parent: list[int], first: int, second: int) -> None:
    one, other = sorted((_root(parent, first), _root(parent, second)))
    parent[other] = one
