"""Recognition: which stretches of an article name a place (`Mention`).

>>> from frontmap.recognition import recognize
>>> [mention.surface for mention in recognize("Der Fall Bachmuts galt in Kiew als Rückschlag.")]
['Bachmuts', 'Kiew']
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from frontmap.parameters import checked
from frontmap.recognition.records import Construction, Mention

if TYPE_CHECKING:
    from frontmap.article import Article
    from frontmap.recognition.recognizer import Recognizer
    from gazetteer import Gazetteer

__all__ = ["Construction", "Mention", "recognize", "recognizer_for"]


@checked
@lru_cache(maxsize=4)
def recognizer_for(gazetteer: Gazetteer) -> Recognizer:
    """Give the recogniser over a gazetteer, made once."""
    from frontmap.recognition.recognizer import Recognizer

    return Recognizer(gazetteer)


@checked
def recognize(
    article: Article | str, gazetteer: Gazetteer | None = None, *, metonyms: bool = False
) -> list[Mention]:
    """Find the place names of an article.

    Parameters
    ----------
    article : Article or str
        A string is taken as it is, without repair.
    gazetteer : Gazetteer, optional
        Default: `Gazetteer.default()`.
    metonyms : bool
        Whether to give capitals that stand for their government ("teilte Kiew mit") too.

    Returns
    -------
    list[Mention]
        In the order of the text, without overlaps; offsets are code points of the text.

    Examples
    --------
    >>> import frontmap as fm
    >>> [(m.start, m.surface, m.stem) for m in fm.recognize("Der Norden Pokrowsks")]
    [(11, 'Pokrowsks', 'Pokrowsk')]
    """
    if gazetteer is None:
        from gazetteer import Gazetteer

        gazetteer = Gazetteer.default()
    if isinstance(article, str):
        text = article
    else:
        from frontmap.article.records import of_text

        text = of_text(article).text
    return recognizer_for(gazetteer).mentions(text, metonyms=metonyms)
