"""A spaCy component: place names as entities, with their places.

>>> import spacy  # doctest: +SKIP
>>> nlp = spacy.blank("de")  # doctest: +SKIP
>>> _ = nlp.add_pipe("frontmap")  # doctest: +SKIP
>>> doc = nlp("Der Fall Bachmuts gilt als Rückschlag.")  # doctest: +SKIP
>>> [(entity.text, entity._.place.name_de) for entity in doc.ents]  # doctest: +SKIP
[('Bachmuts', 'Bachmut')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontmap.article import Article
from frontmap.errors import MissingExtraError
from frontmap.parameters import TEXT, checked
from frontmap.resolution import DEFAULT_THRESHOLD, resolve

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans
except ImportError as error:  # pragma: no cover - depends on what is installed
    raise MissingExtraError(
        "spaCy is not installed; install it with: pip install 'frontmap[spacy]'"
    ) from error

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["FrontmapComponent", "make_component"]


class FrontmapComponent:
    """Sets the place names of a document as entities.

    Parameters
    ----------
    label : str
        The entities' label.
    threshold : float
        Score below which a name is given no place.
    gazetteer : Gazetteer, optional
        Default: `Gazetteer.default()`.

    Notes
    -----
    Entities that are already there and overlap give way. Each entity gets the place's id as
    ``ent.kb_id_`` and, as extensions, ``ent._.toponym`` (the whole `Toponym`) and
    ``ent._.place`` (the `Place` or None), with ``place.lon`` and ``place.lat`` in WGS 84 degrees.
    A name that shares its token with others, as in a glued word, is widened to whole tokens.
    """

    @checked.but(label=TEXT)
    def __init__(
        self,
        label: str = "LOC",
        threshold: float = DEFAULT_THRESHOLD,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self.label = label
        self.threshold = threshold
        self.gazetteer = gazetteer
        for extension in ("toponym", "place"):
            if not Span.has_extension(extension):
                Span.set_extension(extension, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a document."""
        article = Article(text=doc.text)
        found = []
        for toponym in resolve(article, gazetteer=self.gazetteer, threshold=self.threshold):
            mention, place = toponym.mention, toponym.place
            span = doc.char_span(
                mention.start,
                mention.end,
                label=self.label,
                kb_id=place.id if place else "",
                alignment_mode="expand",
            )
            if span is not None:
                found.append((span, toponym))
        taken = {token.i for span, _ in found for token in span}
        others = [entity for entity in doc.ents if not any(t.i in taken for t in entity)]
        doc.ents = filter_spans([span for span, _ in found] + others)
        for entity in doc.ents:
            for span, toponym in found:
                if (span.start, span.end) == (entity.start, entity.end):
                    entity._.toponym, entity._.place = toponym, toponym.place
                    break
        return doc


def make_component(nlp: Language, name: str, label: str, threshold: float) -> FrontmapComponent:
    """Make the component for ``nlp.add_pipe("frontmap")``."""
    return FrontmapComponent(label, threshold)


Language.factory(
    "frontmap",
    default_config={"label": "LOC", "threshold": DEFAULT_THRESHOLD},
    func=make_component,
)
