"""Topic: whether a text is about the war, about sport, or about something else."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from frontmap.recognition.vocabulary import vocabulary

__all__ = ["Topic", "topic_of"]

_SAMPLE = 20_000  # characters; a longer text is judged by its beginning
_ENOUGH = 3  # words of sport without more of war


class Topic(StrEnum):
    """What a text is about."""

    WAR = "war"
    SPORT = "sport"
    OTHER = "other"


@cache
def _pattern(topic: str) -> re.Pattern[str]:
    forms = sorted(vocabulary().topics.get(topic, ()), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, forms)) + r")\w*")


def topic_of(text: str) -> Topic:
    """Judge a text by the words it uses."""
    sample = text[:_SAMPLE]
    sport = len({match.group() for match in _pattern("sport").finditer(sample)})
    if not sport:
        return Topic.WAR if _pattern("war").search(sample) else Topic.OTHER
    war = len({match.group() for match in _pattern("war").finditer(sample)})
    if sport >= _ENOUGH and sport > war:
        return Topic.SPORT
    if sport >= 2 and war <= 1:
        return Topic.SPORT
    return Topic.WAR if war else Topic.OTHER
