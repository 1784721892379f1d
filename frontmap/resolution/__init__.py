"""Resolution: which place a mention means (`Toponym`), how surely, and why.

>>> from frontmap.resolution import resolve
>>> [(t.mention.surface, t.place.name_de) for t in resolve("Kämpfe bei Bachmut und Soledar")]
[('Bachmut', 'Bachmut'), ('Soledar', 'Soledar')]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Protocol

from frontmap.parameters import checked
from frontmap.recognition import Mention, recognize
from frontmap.resolution.records import Candidate, Toponym

if TYPE_CHECKING:
    from frontmap.article import Article
    from frontmap.resolution.resolver import Resolver
    from gazetteer import Gazetteer

__all__ = ["DEFAULT_THRESHOLD", "Candidate", "Toponym", "resolve"]

DEFAULT_THRESHOLD = 0.4


class FrontDistances(Protocol):
    """What resolution asks of areas of control; `frontmap.Control` answers it."""

    def distance_to_front_m(
        self, lon: float, lat: float, date: dt.date | None = None
    ) -> float | None:
        """Give metres from a WGS 84 position in degrees to the front line of a day."""
        ...


@lru_cache(maxsize=4)
def _resolver_for(gazetteer: Gazetteer) -> Resolver:
    from frontmap.resolution.resolver import Resolver

    return Resolver(gazetteer)


@checked
def resolve(
    article: Article | str,
    *,
    gazetteer: Gazetteer | None = None,
    threshold: float = DEFAULT_THRESHOLD,
    control: FrontDistances | None = None,
    mentions: Sequence[Mention] | None = None,
) -> list[Toponym]:
    """Find the places a text names and say which they are.

    Parameters
    ----------
    article : Article or str
        A string is read by `frontmap.Article.from_text`, which repairs damaged text; offsets
        then index the repaired text.
    gazetteer : Gazetteer, optional
        Default: `Gazetteer.default()`.
    threshold : float
        Score (0 to 1) below which a toponym's place is None; its candidates stay.
    control : frontmap.Control, optional
        Dated areas of control; places near their edges become likelier than by the default
        front belt.
    mentions : sequence of Mention, optional
        Resolve these instead of what `frontmap.recognize` finds.

    Returns
    -------
    list[Toponym]
        In the order of the text; positions of their places are (lon, lat) in degrees, WGS 84.

    Examples
    --------
    >>> import frontmap as fm
    >>> town, village = fm.resolve("Bei Pokrowsk liegt das Dorf Mychajliwka.")
    >>> village.place.oblast, village.place.raion
    ('Donezk', 'Pokrowsk')
    """
    from frontmap.article.records import of_text

    article = of_text(article)
    if gazetteer is None:
        from gazetteer import Gazetteer

        gazetteer = Gazetteer.default()
    if mentions is None:
        mentions = recognize(article, gazetteer)
    front_m = None
    if control is not None:
        front_m = partial(control.distance_to_front_m, date=article.published)
    return _resolver_for(gazetteer).resolve(article.text, mentions, threshold, front_m)
