"""Lexical knowledge: whether a capitalised word is an ordinary German word.

HanTa's model of German knows some tens of thousands of word forms and what they are; a form it
had to guess comes with a far lower probability than one it has seen. The model loads when first
needed and each word is asked for once.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from frontmap.keeping import kept_by_word
from frontmap.lexicons import load, load_column
from frontmap.recognition.tagger import tagger
from frontmap.recognition.vocabulary import vocabulary

__all__ = ["WordClass", "looks_like_a_name", "word_class"]

# Log probabilities (natural) of seen forms lie above, those of guessed forms below.
_SEEN = -20.0


class WordClass(StrEnum):
    """What a word is to a reader who knows German but no Ukrainian places."""

    UNKNOWN = "unknown"  # no German word
    NAME = "name"  # a name known from elsewhere: Lisa, Paris, Kiew
    NOUN = "noun"
    OTHER = "other"  # verb, adjective, adverb, function word
    HOMOGRAPH = "homograph"  # listed as one that villages share
    ELSEWHERE = "elsewhere"  # a country or town far from the war


@cache
def _listed() -> dict[str, WordClass]:
    words = {
        entry["name"]: WordClass.ELSEWHERE
        for entry in load("toponyms/elsewhere.tsv")
        if entry["where"] != "adjective"
    }
    words.update(dict.fromkeys(load_column("toponyms/homographs.tsv", "word"), WordClass.HOMOGRAPH))
    words.update(
        (form, WordClass.HOMOGRAPH) for form in vocabulary().containers if form[0].isupper()
    )
    for entry in load("toponyms/silencers.tsv"):
        if entry["side"] == "before" and entry["reason"] == "club" and not entry["place"]:
            words.setdefault(entry["form"], WordClass.HOMOGRAPH)
    return words


@kept_by_word(16_384)
def word_class(word: str) -> WordClass:
    """Tell what a word is.

    Examples
    --------
    >>> str(word_class("Auch")), str(word_class("Stadt")), str(word_class("Kostjantyniwka"))
    ('homograph', 'homograph', 'unknown')
    """
    listed = _listed().get(word)
    if listed is not None:
        return listed
    if not word.isascii() and "\u0400" <= word[0] <= "\u04ff":
        return WordClass.UNKNOWN
    return _tagged(word)


def _tagged(word: str) -> WordClass:
    best = tagger().best(word, _SEEN)
    if best is None:
        return WordClass.UNKNOWN
    tag = best[0]
    if tag == "NE":
        return WordClass.NAME
    return WordClass.NOUN if tag.startswith("NN") else WordClass.OTHER


@kept_by_word(16_384)
def looks_like_a_name(word: str) -> bool:
    """Whether a word the model has not seen is rather a name than a compound noun."""
    if word_class(word) is not WordClass.UNKNOWN:
        return False
    best = tagger().best(word)
    return best is None or not best[0].startswith(("NN", "ADJ", "VV"))
