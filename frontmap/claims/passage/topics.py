"""Places that a label or a heading names for what follows: ``Krynky: ...``, ``Raum Kupjansk``."""

from __future__ import annotations

from frontmap.claims.lexicon.words import pattern
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.syntax.tokens import Token

__all__ = ["heading_place", "label_place"]

_LONGEST = 7  # words of a label
_SPARE = pattern("label_words")


def _only_place(analysis: SentenceAnalysis, words: list[Token]) -> PlaceReference | None:
    """Return the one place a few words name that say nothing else."""
    named = [t for t in words if t.toponym is not None]
    if not named or len(words) > _LONGEST or len({t.toponym for t in named if t.toponym}) > 1:
        return None
    if any(t.toponym is None and not _SPARE.fullmatch(t.lower) for t in words if t.is_word):
        return None
    found = [p for p in analysis.places if any(p.toponym is t.toponym for t in named)]
    return found[0] if found else None


def label_place(analysis: SentenceAnalysis) -> PlaceReference | None:
    """Return the place of the label a sentence opens with: ``🔻 Richtung Pokrowsk: ...``."""
    tokens = analysis.tokens
    colon = next((i for i, t in enumerate(tokens[: _LONGEST + 4]) if t.text == ":"), None)
    if colon is None:
        return None
    return _only_place(analysis, [t for t in tokens[:colon] if t.is_word])


def heading_place(analysis: SentenceAnalysis) -> PlaceReference | None:
    """Return the place of a line that names nothing else: ``Raum Kupjansk``."""
    if not analysis.sentence.is_headline or analysis.triggers:
        return None
    return _only_place(analysis, [t for t in analysis.tokens if t.is_word])
