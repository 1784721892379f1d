"""What can be drawn: a report, several, or claims with their articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from frontmap.claims.records import Claim

if TYPE_CHECKING:
    from frontmap.article import Article

__all__ = ["claims_and_articles"]


def claims_and_articles(
    source: Any, articles: Article | Sequence[Article] | None = None
) -> tuple[list[Claim], list[Article]]:
    """Return the claims and the articles of a report, of several, or of claims.

    Raises
    ------
    TypeError
        If `source` is none of these.

    Examples
    --------
    >>> claims_and_articles([])
    ([], [])
    """
    found_articles = _listed(articles)
    claims: list[Claim] = []
    parts: Iterable[Any] = [source] if hasattr(source, "claims") else source
    if isinstance(source, (str, bytes)) or not isinstance(parts, Iterable):
        raise TypeError(
            f"cannot draw {type(source).__name__}: pass a Report, a list of them, or claims; "
            "frontmap.analyze(text) makes a report of a text"
        )
    for part in parts:
        if isinstance(part, Claim):
            claims.append(part)
        elif hasattr(part, "claims"):
            claims.extend(part.claims)
            found_articles += _listed(getattr(part, "articles", None))
            found_articles += _listed(getattr(part, "article", None))
        else:
            raise TypeError(f"cannot draw {type(part).__name__}: it is no claim and no report")
    unique = {article.id: article for article in reversed(found_articles)}
    return claims, list(reversed(unique.values()))


def _listed(articles: Any) -> list[Article]:
    if articles is None:
        return []
    return list(articles) if isinstance(articles, (list, tuple)) else [articles]
