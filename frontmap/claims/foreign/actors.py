"""Which side acts in an English, Ukrainian or Russian clause.

English tells by order and by ``by``, the Slavic languages by case. Where two sides could be meant,
or none is named, the side stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from frontmap.claims.foreign.lexicon import Found, cue, find
from frontmap.claims.foreign.speakers import Attribution
from frontmap.claims.records import Event, Side
from frontmap.claims.sentence.actors import opponent
from frontmap.claims.sentence.speakers import Speaker
from frontmap.claims.sides.subjects import Actor

__all__ = ["GAINS", "OWN_GAINS", "Clause", "Participant", "decide", "participants_of"]

GAINS = (Event.CAPTURE, Event.ADVANCE, Event.BREAKTHROUGH, Event.ENCIRCLEMENT)
OWN_GAINS = "of its own gains the reporting side speaks"
_SUBJECT_GOES_ON = (*GAINS, Event.WITHDRAWAL, Event.REPELLED)
_SUFFERED = (Event.REPELLED, Event.ENCIRCLEMENT, Event.STRIKE, Event.ATTACK)
_FEW_WORDS = re.compile(r"^\s*+(?:[\w'-]++(?:\s++[\w'-]++){0,2})?\s*+$")
_AND = re.compile(r"\b(?:and|as|та|і|и|а)\b")
_BESIDE = re.compile(r"^ (?:[\w-]*[^sd\W] )?$")
_OF_AFTER = re.compile(r"^ (?:of (?:the )?|[\w-]+ )?$")


@dataclass(frozen=True, slots=True)
class Participant:
    """A side named in a clause, and how: nominative, oblique, instrumental or any."""

    start: int
    end: int
    case: str
    side: Side | None
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """What is known of a clause when its sides are asked for; offsets count from the sentence."""

    text: str
    language: str
    start: int
    end: int
    events: Sequence[Found]
    participants: Sequence[Participant]
    attribution: Attribution | None
    last_subject: Participant | None


def _meant(raw: str, speaker: Speaker | None, language: str) -> Side | None:
    if raw in ("RU", "UA"):
        return Side(raw)
    reporting = speaker.side if speaker is not None else None
    if reporting not in (Side.RU, Side.UA):
        reporting = Side.UA if language == "uk" else None
    return reporting if raw == "own" else opponent(reporting)


def participants_of(
    text: str, language: str, start: int, end: int, speaker: Speaker | None
) -> list[Participant]:
    """Find the sides named between two offsets of a sentence (those who speak blanked out)."""
    result = []
    for found in find("foreign_actors", language, text[start:end]):
        first, last = start + found.start, start + found.end
        case, before = found.line["case"], text[:first]
        if case == "oblique" and cue(language, "dative").search(text[last:]):
            case = "nominative"
        acting = {"oblique": "through", "any": "agent"}.get(case)
        if acting is not None and cue(language, acting).search(before):
            case = "instrumental"
        elif case == "any" and re.search(spelled_end(language), before):
            case = "oblique"
        if language == "en" and text[last : last + 2] == " _" and not text[:last].endswith("s"):
            continue  # Russian Belgorod, Ukrainian Vladyslav Voloshyn
        if text[:last].endswith("'s") and text[last : last + 2] == " _":
            continue
        side = _meant(found.line["side"], speaker, language)
        result.append(Participant(first, last, case, side, text[first:last]))
    return result


def spelled_end(language: str) -> str:
    """Give the pattern of words before a name that make it no subject."""
    return rf"(?<!\w){cue(language, 'oblique').pattern}"


def _actor(participant: Participant, why: str) -> Actor:
    return Actor(participant.side, participant.text, f'"{participant.text}" {why}')


def _against(participant: Participant, why: str) -> Actor:
    return Actor(opponent(participant.side), None, f'"{participant.text}" {why}')


_OPEN = Actor(None, None, "no side is named")


def _one_side(candidates: Sequence[Participant]) -> Participant | None:
    """Return the last of the candidates if all are of one side."""
    sides = {c.side for c in candidates}
    return candidates[-1] if len(sides) == 1 else None


def _is_object(clause: Clause, participant: Participant) -> bool:
    """Whether it stands right after an earlier event word: attacked Ukrainian troops and ..."""
    for event in clause.events:
        gap = clause.text[event.end : participant.start]
        beside = event.end <= participant.start and _FEW_WORDS.match(gap)
        if beside and not _AND.search(gap):
            return True
    return False


def _subject(clause: Clause, event: Found) -> Participant | None:
    """Return the side that stands as subject of a verb."""
    free = [p for p in clause.participants if p.case in ("nominative", "any")]
    before = [p for p in free if p.end <= event.start]
    named = [p for p in before if p.case == "nominative"]
    own = named or [p for p in before if not _is_object(clause, p)]
    if own:
        return _one_side(own)
    if clause.language != "en":
        following = [e.start for e in clause.events if e.start > event.start]
        limit = min(following, default=clause.end)
        after = [p for p in free if event.end <= p.start < limit and p.case == "nominative"]
        if after:
            return _one_side(after[:1])
    return None


def _instrumental(clause: Clause) -> Participant | None:
    return _one_side([p for p in clause.participants if p.case == "instrumental"])


def _reporter(clause: Clause, kind: Event) -> Actor:
    """Take the side that reports: of its own gains, and the other's where it denies or loses."""
    attribution = clause.attribution
    if attribution is None or attribution.speaker.kind != "official":
        return _OPEN
    side = attribution.speaker.side
    if side not in (Side.RU, Side.UA) or kind not in (*GAINS, Event.REPELLED):
        return _OPEN
    if attribution.effect == "deny":
        return Actor(opponent(side), None, "a side denies the gains of the other")
    return Actor(side, None, OWN_GAINS)


def _is_passive(clause: Clause, event: Found) -> bool:
    word = clause.text[event.start : event.end].split()[0]
    before = clause.text[clause.start : event.start]
    return not word.endswith("ing") and cue("en", "passive").search(before) is not None


def decide(clause: Clause, event: Found, kind: Event) -> Actor:
    """Say which side brings an event about."""
    agent = event.line["agent"]
    if agent == "none":
        named = _instrumental(clause)
        return _actor(named, "to whom it falls") if named else _by_fall(clause, kind)
    if agent == "loser":
        return _by_loser(clause, event)
    if agent == "expelled":
        thrown = [p for p in clause.participants if p.case != "instrumental"]
        return _against(thrown[0], "is thrown out") if thrown else _OPEN
    if agent == "noun":
        return _by_noun(clause, event, kind)
    if agent in ("passive", "own") and clause.language != "en":
        return _by_participle(clause, event, kind)
    if agent in ("attacker", "blow"):
        return _by_target(clause, event, kind)
    if clause.language == "en" and _is_passive(clause, event):
        return _by_passive(clause, event, kind)
    subject = _subject(clause, event)
    if subject is not None:
        return _actor(subject, "as subject")
    return _without_subject(clause, event, kind)


def _by_fall(clause: Clause, kind: Event) -> Actor:
    """Say whose gain a town's fall would be, of which a side speaks: the other's, or its own."""
    attribution = clause.attribution
    if kind is not Event.CAPTURE or attribution is None:
        return _OPEN
    if attribution.speaker.kind == "official" and attribution.effect == "deny":
        return _reporter(clause, kind)
    return _OPEN


def _without_subject(clause: Clause, event: Found, kind: Event) -> Actor:
    sides = {p.side for p in clause.participants if p.end <= event.start and p.case != "oblique"}
    if len(sides) > 1:
        return Actor(None, None, "both sides are named")
    named = _instrumental(clause)
    if named is not None and clause.language == "en":
        return _actor(named, "after by")
    if clause.last_subject is not None and kind in _SUBJECT_GOES_ON:
        return _actor(clause.last_subject, "as subject before")
    start = clause.attribution.end if clause.attribution else clause.start
    between = clause.text[start : event.start]
    gerund = clause.text[event.start : event.end].endswith("ing") and not clause.participants
    if clause.attribution and gerund and start <= event.start:
        return _reporter(clause, kind)  # credited the brigade with seizing
    wanted = clause.attribution is not None and clause.attribution.effect in ("order", "plan")
    if wanted and not sides:
        return _reporter(clause, kind)
    if clause.attribution and start <= event.start and re.match(r"^(?: to(?: have)?)? $", between):
        return _reporter(clause, kind)  # claimed to have captured, ordered to take
    return _OPEN


def _by_passive(clause: Clause, event: Found, kind: Event) -> Actor:
    named = _instrumental(clause)
    if named is not None:
        return _actor(named, "after by")
    subject = _subject(clause, event)
    expelled = clause.text[event.start : event.end].endswith(("from", "out of"))
    if subject is not None and (kind in _SUFFERED or expelled):
        return _against(subject, "suffers it")
    if event.line["agent"] == "own":
        return _reporter(clause, kind)
    return _OPEN


def _by_participle(clause: Clause, event: Found, kind: Event) -> Actor:
    named = _instrumental(clause)
    if named is not None:
        return _actor(named, "in the instrumental")
    if event.line["agent"] == "own":
        if event.line["pattern"].startswith(("узя", "(?:узя", "взя")):
            subject = _subject(clause, event)
            if subject is not None:
                return _actor(subject, "as subject")
        return _reporter(clause, kind)
    if kind is Event.ENCIRCLEMENT:
        subject = _subject(clause, event)
        if subject is not None:
            return _against(subject, "is surrounded")
    return _OPEN


def _by_target(clause: Clause, event: Found, kind: Event) -> Actor:
    """Decide by the subject, else against the one whose attack is beaten or who is hit."""
    subject = _subject(clause, event)
    if subject is not None and subject.start >= event.start and subject.case == "any":
        subject = None
    if subject is not None:
        return _actor(subject, "as subject")
    named = _instrumental(clause)
    if named is not None:
        return _actor(named, "in the instrumental")
    targets = [
        p
        for p in clause.participants
        if p.start >= event.start and p.case in ("oblique", "any") and p.start - event.end < 60
    ]
    if targets:
        return _against(targets[0], "is beaten back" if kind is Event.REPELLED else "is hit")
    return _reporter(clause, kind)


def _by_loser(clause: Clause, event: Found) -> Actor:
    """Return the other side of who loses a place."""
    subject = _subject(clause, event)
    if subject is not None:
        return _against(subject, "loses it")
    named = _instrumental(clause)
    if named is not None:
        return _actor(named, "to whom it is lost")
    attribution = clause.attribution
    side = attribution.speaker.side if attribution else None
    if side in (Side.RU, Side.UA) and attribution and attribution.end <= event.start:
        return Actor(opponent(side), None, "the reporting side loses it")
    return _OPEN


def _by_noun(clause: Clause, event: Found, kind: Event) -> Actor:
    text = clause.text
    within = [p for p in clause.participants if event.start <= p.start and p.end <= event.end]
    if within:
        return _actor(within[0], "in the phrase")  # under Russian control
    named = _instrumental(clause)
    if named is not None and named.start > event.start:
        return _actor(named, "after the noun")
    for participant in clause.participants:
        gap = text[participant.end : event.start]
        told = participant.case == "oblique" or (clause.language == "en" and named is None)
        overlaps = participant.start < event.start < participant.end  # a Russian missile strike
        if overlaps or (participant.end <= event.start and told and _BESIDE.match(gap)):
            return _actor(participant, "before the noun")
    after = [
        p for p in clause.participants if p.start >= event.end and p.case in ("oblique", "any")
    ]
    if after and _OF_AFTER.match(text[event.end : after[0].start]):
        if kind is Event.ENCIRCLEMENT:
            return _against(after[0], "is surrounded")
        if kind not in (Event.CAPTURE, Event.STRIKE):
            return _actor(after[0], "after the noun")
    return _by_light_verb(clause, event, kind)


def _by_light_verb(clause: Clause, event: Found, kind: Event) -> Actor:
    light = re.compile(rf"(?<!\w)(?:{cue(clause.language, 'light').pattern})(?!\w)")
    subject = _subject(clause, event)
    if subject is not None:
        if clause.language == "en":
            between = clause.text[min(subject.end, event.start) : event.start]
        else:
            between = clause.text[clause.start : clause.end]
        if light.search(between):
            return _actor(subject, "does it")
    if kind in GAINS and not clause.participants:
        return _reporter(clause, kind)
    return _OPEN
