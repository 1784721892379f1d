"""Where an event of an English, Ukrainian or Russian sentence lies to the places it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from frontmap.claims.foreign.lexicon import cues
from frontmap.claims.records import Bearing, Event, Relation
from frontmap.claims.sentence.references import PlaceReference, is_region
from frontmap.resolution import Toponym

__all__ = ["Located", "is_direct", "locate"]

_KINDS_TAKEN_OFF = 6
_LONGEST_LEAD = 120  # characters right before a name that can tell how it is meant
_SHORT_LEAD = re.compile(r"^(?: [\w.'/-]+){1,5} ?$")
_ADDED = re.compile(r"^,? ?(?:and|as|та|і|и|а)\b")
_INSIDE = re.compile(r"^[ ,(]*(?:(?:of|in|в|у|на) )?(?:the |eastern |southern |northern )*$")


_LEFT = (Event.WITHDRAWAL, Event.CAPTURE, Event.REPELLED)


@dataclass(slots=True)
class Located:
    """A place with its relation; `sector` marks the sector of a front: the Pokrovsk direction."""

    reference: PlaceReference
    relation: Relation
    start: int
    end: int
    lead: str
    sector: bool = False
    joined: bool = False
    target: PlaceReference | None = None


@cache
def _bearing_words(language: str) -> tuple[tuple[re.Pattern[str], Bearing], ...]:
    lines = cues("foreign_relations", language, "bearing")
    return tuple((re.compile(line["pattern"]), Bearing(line["value"])) for line in lines)


@cache
def _any_bearing(language: str) -> str:
    word = "|".join(line["pattern"] for line in cues("foreign_relations", language, "bearing"))
    joined = ", and |, | and | та | і | и |/"
    # no more than four: where words may be read in two ways, each more would double the tries
    return rf"(?P<b>(?:{word})(?:(?:{joined})(?:{word})){{0,3}}?)"


@cache
def _relations(language: str) -> tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]:
    result = []
    for line in cues("foreign_relations", language, "relation"):
        pattern = line["pattern"].replace("{b}", _any_bearing(language))
        compiled = re.compile(rf"(?<!\w)(?:{pattern})$")
        result.append((compiled, line["value"], tuple(line["events"].split())))
    return tuple(result)


@cache
def _pattern(language: str, use: str, shape: str) -> re.Pattern[str]:
    words = "|".join(line["pattern"] for line in cues("foreign_relations", language, use))
    return re.compile(shape.format(words))


def _bearings(language: str, words: str) -> tuple[Bearing, ...]:
    found: list[Bearing] = []
    position = 0
    while position < len(words):
        for pattern, bearing in _bearing_words(language):
            match = pattern.match(words, position)
            if match and match.end() > position:
                found.append(bearing)
                position = match.end()
                break
        else:
            position += 1
    return tuple(dict.fromkeys(found))


def _read_lead(
    lead: str, language: str, event: Event
) -> tuple[str, tuple[Bearing, ...], float | None, str] | None:
    """Read the words before a name, taking off words for kinds of places one by one."""
    kind = _pattern(language, "kind", r"(?<!\w)(?:{0})$")
    rest = lead[-_LONGEST_LEAD:].rstrip(' "“«„(')
    for _ in range(_KINDS_TAKEN_OFF):
        for pattern, relation, events in _relations(language):
            match = pattern.search(rest)
            if match and (not events or str(event) in events):
                groups = match.groupdict()
                bearings = _bearings(language, groups.get("b") or "")
                metres = None
                if groups.get("km"):
                    metres = float(groups["km"].replace(",", ".")) * 1000
                return relation, bearings, metres, match.group(0)
        shorter = kind.sub("", rest).rstrip()
        if shorter == rest:
            return None
        rest = shorter
    return None


def _is_joined(lead: str, language: str) -> bool:
    """Whether a name goes on a list: and, a comma, with words for kinds of places."""
    rest = lead.rstrip(' "“«„(')
    joiner = _pattern(language, "and", r"^\s*[\"”»]?\s*(?:{0})\s*$")
    kind = _pattern(language, "kind", r"(?<!\w)(?:{0})$")
    for _ in range(_KINDS_TAKEN_OFF):
        if joiner.match(rest):
            return True
        shorter = kind.sub("", rest).rstrip()
        if shorter == rest:
            return False
        rest = shorter
    return False


def locate(
    text: str, language: str, event: Event, spans: Sequence[tuple[int, int, Toponym]], start: int
) -> list[Located]:
    """Give the places of one event their relations, in order.

    `spans` are offsets in the sentence with their toponyms, `start` where the words before the
    first of them begin.
    """
    located: list[Located] = []
    before = start
    for first, last, toponym in spans:
        lead = text[before:first]
        before = last
        previous = located[-1] if located else None
        joined = previous is not None and _is_joined(lead, language)
        if joined and previous is not None and not previous.sector:
            if previous.relation is Relation.BETWEEN and previous.target is None:
                previous.target = PlaceReference(0, 0, toponym, "between")
                continue
            reference = _copied(previous.reference, toponym)
            located.append(Located(reference, previous.relation, first, last, lead, joined=True))
            continue
        one = _one(text, language, event, lead, (first, last, toponym))
        if one is not None:
            located.append(one)
    return _without_frames(located)


def _copied(previous: PlaceReference, toponym: Toponym) -> PlaceReference:
    return PlaceReference(
        0, 0, toponym, previous.relation, previous.word, previous.bearings, previous.distance_m
    )


def _one(
    text: str, language: str, event: Event, lead: str, span: tuple[int, int, Toponym]
) -> Located | None:
    first, last, toponym = span
    after = _pattern(language, "after", r"^(?:{0})")
    if after.match(text[last:]):
        reference = PlaceReference(0, 0, toponym, "near")
        return Located(reference, Relation.NEAR, first, last, lead, sector=True)
    read = _read_lead(lead, language, event)
    if read is None:
        return Located(PlaceReference(0, 0, toponym, "direct"), Relation.AT, first, last, lead)
    value, bearings, metres, word = read
    if value == "from":
        if event not in _LEFT:
            return None  # where troops or missiles came from
        value = "at"
    relation = Relation(value)
    reference = PlaceReference(
        0, 0, toponym, str(relation), word.strip(), bearings=bearings, distance_m=metres
    )
    return Located(reference, relation, first, last, lead)


def _without_frames(located: list[Located]) -> list[Located]:
    """Leave out places that only say where another lies: sectors, oblasts, north of A near B."""
    settled = [p for p in located if not p.sector and not is_region(p.reference.toponym)]
    kept: list[Located] = []
    for number, place in enumerate(located):
        following = located[number + 1] if number + 1 < len(located) else None
        if place.sector and settled:
            continue
        inside = place.relation is Relation.AT or _INSIDE.match(place.lead)
        if is_region(place.reference.toponym) and settled and not place.joined and inside:
            continue
        if (
            following is not None
            and not following.joined
            and place.relation is Relation.DIRECTION
            and following.relation in (Relation.NEAR, Relation.TOWARD)
            and _SHORT_LEAD.match(following.lead)
            and not _ADDED.match(following.lead)
        ):
            continue
        kept.append(place)
    return kept


def is_direct(text: str, language: str) -> bool:
    """Whether the words between a verb and a place let the place be what the verb takes."""
    words = re.findall(r"[\w'-]+", text)
    gap = _pattern(language, "gap", r"(?:{0})")
    return len(words) <= 8 and all(gap.fullmatch(word) or word.isdigit() for word in words)
