"""Relations: what distance and direction phrases say about two names of a text."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from frontmap.lexicons import load
from frontmap.recognition.records import Mention
from frontmap.recognition.rescue import settlement_words

__all__ = ["BESIDE", "Relation", "relations"]

_REACH = 120  # characters between the phrase and the name it is said of
_LEAST_M = 100.0  # nearer than that is said of buildings
# What any phrase has in it: a unit or a part of a direction. Each begins with a letter, by which
# the search skips fast.
_HINT = re.compile(
    r"lich|LICH|ilomet|ILOMET|km\b|meter|Meter|miles|north|south|east|west"
    r"|км\b|ілометр|илометр|івніч|івден|хідніше|хід від|евер|осток|осточ|жнее|югу|апад"
)
_BEFORE_HINT = 25  # characters in which its number stands
_FOLLOWS = re.compile(r"\s*+,?\s*+(?:gelegen|entfernt|liegend|befindlich)e[nrsm]?\b")
_AND = re.compile(r"\s*+(?:,|,?\s*+(?:und|sowie|and))\s+")
_IN_TURN = re.compile(r"\s*,?\s(?:und|oder|sowie|als auch|aber)\s")
_BACK = re.compile(
    r"^[^.!?\n]{0,60}[.!?]\s+(?:Das|Die|Der)\s(?:kleine\s)?(?P<word>[A-ZÄÖÜ]\w+)"
    r"\s(?:liegt|befindet|lag|ist)\b[^.!?\n]*$"
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n\n")
BESIDE = re.compile(r"\s(?:bei|nahe|unweit|unweit von|in der Nähe von)\s")
_LONGEST_BESIDE = 20


@dataclass(frozen=True, slots=True)
class Relation:
    """What a phrase says of one mention with regard to another.

    Attributes
    ----------
    subject, anchor : int
        Positions in the list of mentions.
    distance_m : float or None
    bearing : float or None
        Degrees clockwise from north, as seen from the anchor. Without it and without a distance
        the one lies beside the other.
    phrase : str
    """

    subject: int
    anchor: int
    distance_m: float | None
    bearing: float | None
    phrase: str


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    bearings: dict[str, float]
    numbers: dict[str, float]
    units: dict[str, float]


@cache
def _words() -> _Words:
    tables: dict[str, dict[str, float]] = {"bearing": {}, "number": {}, "unit": {}}
    for entry in load("toponyms/relations.tsv"):
        tables[entry["sort"]][entry["form"].lower()] = float(entry["value"])

    def either(table: dict[str, float]) -> str:
        return "|".join(sorted(map(re.escape, table), key=len, reverse=True))

    bearing = rf"(?P<bearing>{either(tables['bearing'])})(?:e[nrs]?)?"
    number = rf"(?P<number>\d+(?:[.,]\d+)?|{either(tables['number'])})"
    unit = rf"(?P<unit>{either(tables['unit'])})"
    pattern = re.compile(
        r"(?i)"
        rf"\b(?:{number}\s+{unit}\b(?:\s+(?:weiter\s+)?{bearing}\b)?"
        rf"|{bearing.replace('bearing', 'only')}\b)"
    )
    return _Words(pattern, tables["bearing"], tables["number"], tables["unit"])


def relations(text: str, mentions: Sequence[Mention]) -> list[Relation]:
    """Find the phrases that tie two mentions of a text.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        In the order of the text.

    Returns
    -------
    list[Relation]
    """
    if len(mentions) < 2:
        return []
    words = _words()
    starts = [mention.start for mention in mentions]
    found = list(_beside(text, mentions))
    start, end = max(0, starts[0] - _REACH), mentions[-1].end + _REACH
    for match in _phrases(text, start, end, words.pattern):
        following = bisect.bisect_left(starts, match.end())
        relation = _relation(text, mentions, match, following, words)
        if relation is not None:
            found.append(relation)
            if relation.distance_m is None and relation.subject == relation.anchor - 1:
                found += _coordinated(text, mentions, relation)
    return found


def _beside(text: str, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """Give what stands right beside another: "Iwaniwka bei Kupjansk"."""
    for position, (place, other) in enumerate(pairwise(mentions)):
        if other.start - place.end <= _LONGEST_BESIDE:
            gap = BESIDE.fullmatch(text, place.end, other.start)
            if gap is not None:
                yield Relation(position, position + 1, None, None, gap[0].strip())


def _coordinated(text: str, mentions: Sequence[Mention], relation: Relation) -> list[Relation]:
    """Say a direction of "X und Y westlich von Z" of X too."""
    found: list[Relation] = []
    position = relation.subject
    while position > 0 and _AND.fullmatch(
        text, mentions[position - 1].end, mentions[position].start
    ):
        position -= 1
        found.append(replace(relation, subject=position))
    return found


def _phrases(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Give the phrases of a stretch, looking closely only where a cheap sign shows one."""
    done = start
    for hint in _HINT.finditer(text, start, end):
        if hint.start() < done:
            continue
        for match in pattern.finditer(
            text, max(done, hint.start() - _BEFORE_HINT), hint.end() + 40
        ):
            if match.start() >= done:
                yield match
                done = match.end()


def _same_sentence(text: str, mentions: Sequence[Mention], position: int, before: int) -> bool:
    if position < 0:
        return False
    return not _SENTENCE_END.search(text[mentions[position].end : before])


def _relation(
    text: str,
    mentions: Sequence[Mention],
    match: re.Match[str],
    following: int,
    words: _Words,
) -> Relation | None:
    after = text[match.end() : match.end() + 12]
    if re.match(r"\s+davon\b", after):
        anchor, subject = following - 1, following
    else:
        anchor = following
        if anchor >= len(mentions) or mentions[anchor].start - match.end() > 45:
            return None
        between = text[match.end() : mentions[anchor].start]
        if re.search(r"[.;:!?]\s|,", between):
            return None
        follows = _FOLLOWS.match(text, mentions[anchor].end)
        subject = anchor + 1 if follows else _before(text, mentions, anchor)
        if not follows and not _same_sentence(text, mentions, subject, match.start()):
            if subject >= 0 and _goes_on(text[mentions[subject].end : match.start()]):
                return _made(match, subject, anchor, words)
            subject = anchor + 1  # "Zehn Kilometer südlich von Bachmut liegt Andrijiwka"
    if not (0 <= subject < len(mentions) and 0 <= anchor < len(mentions)) or subject == anchor:
        return None
    if subject < anchor and _IN_TURN.match(text, mentions[subject].end):
        return None  # "bei Orichiw und westlich von Kamjanske" names two places
    low, high = sorted((mentions[subject].end, mentions[anchor].start))
    stretch = text[min(low, match.start()) : max(high, match.end())]
    if len(stretch) > _REACH or _SENTENCE_END.search(stretch):
        return None
    if subject < anchor and not match["number"] and text[low:high].count(",") > 1:
        return None
    return _made(match, subject, anchor, words)


def _before(text: str, mentions: Sequence[Mention], anchor: int) -> int:
    """Give the name a phrase is said of, of "Kamjanske am Dnipro" the first."""
    subject = anchor - 1
    if subject > 0:
        gap = text[mentions[subject - 1].end : mentions[subject].start]
        subject -= gap in (" am ", " an der ")
    return subject


def _goes_on(between: str) -> bool:
    """Whether the sentence of a phrase speaks of the place before it: ". Das Dorf liegt"."""
    found = _BACK.search(between)
    return found is not None and found["word"] in settlement_words()


def _made(match: re.Match[str], subject: int, anchor: int, words: _Words) -> Relation | None:
    distance = None
    if match["number"]:
        number = match["number"].lower().replace(",", ".")
        value = float(number) if number[:1].isdigit() else words.numbers[number]
        distance = value * words.units[match["unit"].lower()]
        if distance < _LEAST_M:
            return None
    bearing_word = match["bearing"] or match["only"]
    bearing = words.bearings[bearing_word.lower()] if bearing_word else None
    return Relation(subject, anchor, distance, bearing, match.group())
