"""Weighing: what the topic of a text, its lists and its persons say of the names found in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from frontmap.recognition.finding import THRESHOLD, Finding
from frontmap.recognition.lexical import WordClass
from frontmap.recognition.records import Construction
from frontmap.recognition.rescue import LIST_GAP
from frontmap.recognition.tokens import HYPHENS
from frontmap.recognition.topic import Topic
from frontmap.recognition.vocabulary import Container, vocabulary

__all__ = ["share_kind_words", "weigh_lists", "weigh_persons", "weigh_topic"]

_LONG_ENOUGH = 5  # letters of a name that is taken for one without any other sign
_LONG_SLIP = 7
_JOINED = (" und ", " sowie ")
_PART_GAP = re.compile(r"-,?\s(?:und|oder|sowie)\s(?:(?:der|die|das|dem|den)\s)?")


def weigh_topic(
    findings: list[Finding], topic: Topic, prominence_of: Callable[[Finding], float]
) -> None:
    """Count a text about sport against every name, one about the war for unknown words."""
    for finding in findings:
        if finding.container is not None:
            continue
        prominence = prominence_of(finding)
        if topic is Topic.SPORT:
            finding.score -= 4.0
        elif topic is Topic.OTHER and prominence < 2.0:
            finding.score -= 1.5
        elif topic is Topic.WAR and (_stands_alone(finding) or _is_slip(finding)):
            finding.score += 1.0


def _stands_alone(finding: Finding) -> bool:
    """Whether an unknown word is a known name as it stands, with nothing against it."""
    return (
        finding.entry.word_class is WordClass.UNKNOWN
        and (
            finding.construction in (Construction.PLAIN, Construction.INFLECTED)
            or (finding.construction is Construction.GENITIVE and finding.context.cue > 0)
        )
        and len(finding.entry.name) >= _LONG_ENOUGH
        and not finding.context.person
    )


def _is_slip(finding: Finding) -> bool:
    """Whether a long word can hardly be anything but a slip for a well-known name."""
    ending_weight = vocabulary().ending_weight
    return (
        finding.construction is Construction.TYPO
        and finding.words == 1
        and len(finding.entry.name) >= _LONG_SLIP
        and finding.entry.word_class is WordClass.UNKNOWN
        and not finding.context.person
        and ending_weight(finding.entry.name) >= min(0, ending_weight(finding.readings[0].stem))
    )


def weigh_lists(
    text: str, findings: list[Finding], names_oblast: Callable[[Finding], bool]
) -> None:
    """Let the members of a list share kind words and stand up for each other."""
    members = 0  # of the list so far that are places
    for left, right in pairwise(findings):
        if right.start - left.end > 20 or not LIST_GAP.fullmatch(
            text, _compound_end(text, left.end), right.start
        ):
            members = 0
            continue
        members = members + 1 if left.score >= THRESHOLD else 0
        if _takes_kind_word(text, left, right, names_oblast):
            right.score += 4.0
        if left.score >= THRESHOLD and not right.context.silenced:
            right.score += 2.0
            if members >= 2 and right.entry.word_class is WordClass.NOUN:
                right.score += 3.0  # a noun would have an article: "Nowe, Wilne und Keramik"
    for left, right in zip(reversed(findings[:-1]), reversed(findings[1:]), strict=True):
        if left.container is None and _PART_GAP.fullmatch(text, left.end, right.start):
            left.container = right.container  # "in der Donezk- und der Luhansk-Region"
        lifts = right.score >= THRESHOLD > left.score and not left.context.silenced
        if lifts and LIST_GAP.fullmatch(text, _compound_end(text, left.end), right.start):
            left.score += 2.0


def share_kind_words(
    text: str, findings: Sequence[Finding], names_oblast: Callable[[Finding], bool]
) -> None:
    """Let a list share its kind word over members that were not known before."""
    for left, right in pairwise(findings):
        if LIST_GAP.fullmatch(text, _compound_end(text, left.end), right.start):
            _takes_kind_word(text, left, right, names_oblast)


def _takes_kind_word(
    text: str, left: Finding, right: Finding, names_oblast: Callable[[Finding], bool]
) -> bool:
    """Give a member of a list the kind word of the one before, where it holds for both."""
    container, gap = left.container, text[left.end : right.start]
    if container is None or right.container is not None:
        return False
    if not _is_shared(container, gap, partial(names_oblast, right)):
        return False
    right.container = container
    if right.construction is Construction.PLAIN:
        right.construction = Construction.COORDINATED
    return True


def _is_shared(container: Container, gap: str, names_oblast: Callable[[], bool]) -> bool:
    """Whether a kind word holds for the next name too: "in den Gebieten Sumy und Charkiw".

    In the singular only of oblasts: "die Region Donezk und Luhansk".
    """
    if container.plural:
        return True
    return container.kind == "oblast" and gap in _JOINED and names_oblast()


def weigh_persons(findings: list[Finding]) -> None:
    """Know a person again: after "Jewhen Dyki", "Dyki" alone is no place."""
    persons = {
        reading.stem
        for finding in findings
        if finding.context.person >= 2.5 and finding.score < THRESHOLD - 1.0
        for reading in finding.readings
    }
    if not persons:
        return
    for finding in findings:
        bare = finding.container is None and finding.context.cue < 2.0
        if bare and finding.readings[0].stem in persons:
            finding.score -= 4.0


def _compound_end(text: str, end: int) -> int:
    """Step over the head of a hyphen compound: "Cherson-Region und"."""
    if text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isalpha():
        position = end + 1
        while position < len(text) and text[position].isalnum():
            position += 1
        if position < len(text) and text[position] in ", ":
            return position
    return end
