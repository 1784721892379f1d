"""What can be drawn: a report, several, or claims with their articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from frontmap.claims.records import Claim

if TYPE_CHECKING:
    from frontmap.article import Article

__all__ = ["claims_and_articles"]


def claims_and_articles(
    source: Any, articles: Article | Sequence[Article] | None = None
) -> tuple[list[Claim], list[Article]]:
    """Return the claims and the articles of a report, of several, or of claims.

    Examples
    --------
    >>> claims_and_articles([])
    ([], [])
    """
    found_articles = _listed(articles)
    claims: list[Claim] = []
    is_one = isinstance(source, Claim) or hasattr(source, "claims")
    for part in [source] if is_one else source:
        if isinstance(part, Claim):
            claims.append(part)
        else:
            claims.extend(part.claims)
            found_articles += _listed(getattr(part, "articles", None))
            found_articles += _listed(getattr(part, "article", None))
    unique = {article.id: article for article in reversed(found_articles)}
    return claims, list(reversed(unique.values()))


def _listed(articles: Any) -> list[Article]:
    if articles is None:
        return []
    return list(articles) if isinstance(articles, (list, tuple)) else [articles]
