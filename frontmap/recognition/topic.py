"""Topic: whether a text is about the war, about sport, or about something else."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from frontmap.recognition.vocabulary import vocabulary

__all__ = ["Topic", "topic_of", "topic_of_word"]

_SAMPLE = 10_000  # characters in which words in lower case are looked for
_ENDINGS = ("", "s", "n", "en", "es", "e", "er", "ern", "in", "innen")
_ENOUGH = 3  # words of sport without more of war


class Topic(StrEnum):
    """What a text is about."""

    WAR = "war"
    SPORT = "sport"
    OTHER = "other"


@cache
def _words(topic: str) -> frozenset[str]:
    """Give the whole words of a topic with their endings."""
    plain = (form for form in vocabulary().topics.get(topic, ()) if not form.endswith("*"))
    return frozenset(form + ending for form in plain for ending in _ENDINGS)


@cache
def _beginnings(topic: str, *, upper: bool) -> tuple[str, ...]:
    forms = (form[:-1] for form in vocabulary().topics.get(topic, ()) if form.endswith("*"))
    return tuple(form for form in forms if form[0].isupper() is upper)


@cache
def _lower_case(topic: str) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, _beginnings(topic, upper=False))) + r")\w*"
    )


def topic_of_word(word: str) -> str:
    """Give ``"sport"``, ``"war"`` or an empty string for a capitalised word."""
    if word.isupper():
        word = word.capitalize()
    lowered = word[:1].lower() + word[1:]  # "Umkämpft sind ..."
    for topic in ("sport", "war"):
        if (
            word in _words(topic)
            or word.startswith(_beginnings(topic, upper=True))
            or lowered.startswith(_beginnings(topic, upper=False))
        ):
            return topic
    return ""


def topic_of(text: str, sport: int, war: int) -> Topic:
    """Judge a text by the words it uses.

    Parameters
    ----------
    text : str
    sport, war : int
        How many of its distinct capitalised words are of either topic.

    Examples
    --------
    >>> str(topic_of("Der Torwart hielt in der zweiten Halbzeit einen Elfmeter.", 3, 0))
    'sport'
    """
    sample = text[:_SAMPLE]
    if not sport:
        return Topic.WAR if war or _lower_case("war").search(sample) else Topic.OTHER
    war += len(set(_lower_case("war").findall(sample)))
    if (sport >= _ENOUGH and sport > war) or (sport >= 2 and war <= 1):
        return Topic.SPORT
    return Topic.WAR if war else Topic.OTHER
