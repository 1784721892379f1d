"""Topic: whether a text is about the war, about sport, or about something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache

from frontmap.recognition.vocabulary import vocabulary

__all__ = ["Topic", "topic_of"]

_SAMPLE = 10_000  # characters in which words in lower case are looked for
_ENOUGH = 3  # words of sport without more of war


class Topic(StrEnum):
    """What a text is about."""

    WAR = "war"
    SPORT = "sport"
    OTHER = "other"


@cache
def _forms(topic: str) -> tuple[str, ...]:
    return vocabulary().topics.get(topic, ())


@cache
def _lower_case(topic: str) -> re.Pattern[str]:
    forms = [form for form in _forms(topic) if not form[0].isupper()]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, forms)) + r")\w*")


@lru_cache(maxsize=100_000)
def _topic_of_word(word: str) -> str:
    if word.isupper():
        word = word.capitalize()
    for topic in ("sport", "war"):
        if word.startswith(_forms(topic)):
            return topic
    return ""


def topic_of(text: str, words: Iterable[str]) -> Topic:
    """Judge a text by the words it uses.

    Parameters
    ----------
    text : str
    words : iterable of str
        Its distinct capitalised words.

    Examples
    --------
    >>> text = "Der Torwart hielt in der zweiten Halbzeit einen Elfmeter."
    >>> str(topic_of(text, {"Der", "Torwart", "Halbzeit", "Elfmeter"}))
    'sport'
    """
    sample = text[:_SAMPLE]
    topics = [_topic_of_word(word) for word in words]
    sport, war = topics.count("sport"), topics.count("war")
    if not sport:
        return Topic.WAR if war or _lower_case("war").search(sample) else Topic.OTHER
    war += len(set(_lower_case("war").findall(sample)))
    if (sport >= _ENOUGH and sport > war) or (sport >= 2 and war <= 1):
        return Topic.SPORT
    return Topic.WAR if war else Topic.OTHER
