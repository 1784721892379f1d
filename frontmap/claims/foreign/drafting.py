"""Claims in English, Ukrainian and Russian: what daily reports and agencies say of the front.

What German is read with (a tagger, clauses by their verbs, moods) is not built for these
languages. A sentence is cut into clauses; each event word takes the places after it, else those
before; sides, speakers, modality and relations are read by the words around, all of them in the
``foreign_*.tsv`` lexicons. Where that does not tell which side acts, the side stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from frontmap.article import Article
from frontmap.claims.foreign.actors import (
    GAINS,
    OWN_GAINS,
    Clause,
    Participant,
    decide,
    participants_of,
)
from frontmap.claims.foreign.lexicon import Found, cue, find, normalised
from frontmap.claims.foreign.modality import count_of, date_of, present
from frontmap.claims.foreign.places import Located, is_direct, locate
from frontmap.claims.foreign.speakers import (
    Attribution,
    attributions_of,
    covering,
    in_context,
    speaking_capitals,
)
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.passage.scope import Coverage
from frontmap.claims.records import Event, Modality, Side
from frontmap.claims.sentence.actors import opponent
from frontmap.claims.sentence.speakers import Speaker
from frontmap.claims.sides.subjects import Actor
from frontmap.resolution import Toponym
from frontmap.sentences import Sentence, split_sentences

__all__ = ["LANGUAGES", "draft_foreign"]

LANGUAGES = ("en", "uk", "ru")
_TAKEN_WITHIN = 30
_SAME_THING = (
    frozenset({Event.ATTACK, Event.CLASH}),
    frozenset({Event.ATTACK, Event.REPELLED}),
    frozenset({Event.ATTACK, Event.ADVANCE}),
    frozenset({Event.STRIKE, Event.ATTACK}),
)

_Span = tuple[int, int, Toponym]


@dataclass(slots=True)
class _Memory:
    """Who spoke before: in the paragraph, or at the head of the whole report."""

    paragraph: int = -1
    last: Speaker | None = None
    heading: Speaker | None = None


@dataclass(slots=True)
class _Sentence:
    """A sentence as the patterns read it, with what was found in it."""

    language: str
    text: str
    masked: str
    sentence: Sentence
    places: list[_Span]
    events: list[Found]
    attributions: list[Attribution]
    carried: Attribution | None = None
    last_subject: Participant | None = None
    drafts: list[ClaimDraft] = field(default_factory=list)


def draft_foreign(article: Article, toponyms: Sequence[Toponym], language: str) -> list[ClaimDraft]:
    """Make the claims of an article in English, Ukrainian or Russian."""
    drafts: list[ClaimDraft] = []
    memory = _Memory()
    starts = [toponym.mention.start for toponym in toponyms]
    told = 0  # drafts that an earlier cue made unverified
    for number, sentence in enumerate(split_sentences(article.text)):
        text = normalised(article.text[sentence.start : sentence.end])
        if text is None:
            continue  # lower case of another length would shift the offsets
        checks = {f.line["value"] for f in find("foreign_modality", language, text)}
        inside = toponyms[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        read = _read(text, sentence, inside, language, memory)
        _clauses(read)
        if "unverified" in checks:
            for draft in read.drafts or drafts[told:]:
                draft.verification = "unverified"
            told = len(drafts) + len(read.drafts)
        elif "confirmed" in checks:
            for draft in read.drafts:
                draft.verification = "confirmed"
        drafts += read.drafts
        _remember(memory, read, number)
    return drafts


def _read(
    text: str, sentence: Sentence, toponyms: Sequence[Toponym], language: str, memory: _Memory
) -> _Sentence:
    """Find events, places and speakers of a sentence."""
    masked = _blanked(text, [m.span() for m in cue(language, "silent").finditer(text)])
    start = sentence.start
    spoken = speaking_capitals(masked, language)
    places = [
        (t.mention.start - start, t.mention.end - start, t)
        for t in toponyms
        if t.mention.start - start not in spoken
    ]
    named = _blanked(masked, [(first, last) for first, last, _ in places])
    events = find("foreign_events", language, named)
    abroad = any(t.place is not None and t.place.country == "RU" for t in toponyms)
    attributions = attributions_of(named, language, start, events, abroad=abroad)
    masked = _blanked(named, [(a.start, a.end) for a in attributions])
    if memory.paragraph != sentence.paragraph:
        memory.paragraph, memory.last = sentence.paragraph, None
    read = _Sentence(language, named, masked, sentence, places, events, attributions)
    carried = memory.heading
    if memory.last is not None and cue(language, "joined").search(text):
        carried = memory.last
    if carried is not None:
        read.carried = Attribution(carried, "say", -1, -1, False)
    _settle_context(read, memory)
    return read


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for first, last in spans:
        text = text[:first] + "_" * (last - first) + text[last:]
    return text


def _settle_context(read: _Sentence, memory: _Memory) -> None:
    """Say whom "the military" means in this sentence."""
    found = participants_of(read.masked, read.language, 0, len(read.masked), None)
    sides = {p.side for p in found if p.side is not None}
    side = sides.pop() if len(sides) == 1 else None
    speaker = memory.last or memory.heading
    read.attributions = [in_context(a, speaker, side) for a in read.attributions]


def _remember(memory: _Memory, read: _Sentence, number: int) -> None:
    if not read.attributions:
        return
    known = [a.speaker for a in read.attributions if a.speaker.side is not None]
    if not known:
        return
    memory.last = known[0]
    heads = read.text.rstrip().endswith(":") or not read.drafts
    if number < 2 and heads and read.attributions[0].effect == "say":
        memory.heading = known[0]
    elif memory.heading is not None and known[0].name != memory.heading.name:
        memory.heading = None


def _clauses(read: _Sentence) -> None:
    """Make the claims of each clause in turn."""
    bounds = [0]
    for match in cue(read.language, "clause").finditer(read.text):
        inside = any(a.start < match.end() and match.start() < a.end for a in read.attributions)
        if not inside and match.start() > bounds[-1]:
            bounds.append(match.start())
    bounds = [b for b in bounds if not b or _stands_alone(read, b, bounds)]
    bounds = [b for b in bounds if not b or not _leads_in(read, b, bounds)]
    bounds.append(len(read.text))
    for first, last in pairwise(bounds):
        _clause(read, first, last)
    _echo(read)


def _stands_alone(read: _Sentence, begin: int, bounds: Sequence[int]) -> bool:
    """Whether what follows a semicolon has an event of its own, else it goes on with the last."""
    end = min((b for b in bounds if b > begin), default=len(read.text))
    return read.text[begin] != ";" or any(begin <= e.start < end for e in read.events)


def _leads_in(read: _Sentence, begin: int, bounds: Sequence[int]) -> bool:
    """Whether what stands before a clause only says where: near A, troops attacked."""
    before = max(b for b in bounds if b < begin)
    end = min((b for b in bounds if b > begin), default=len(read.text))
    if any(before <= e.start < begin for e in read.events):
        return False
    own = [e for e in read.events if begin <= e.start < end]
    word = read.text[begin:end].lstrip(", ").split(" ")[0]
    if not own:
        return False
    if word == "after":
        return own[0].line["event"] == "strike"
    joined = re.compile(rf"(?:{cue(read.language, 'conjunction').pattern})")
    return read.text[begin] == "," and not joined.fullmatch(word)


def _clause(read: _Sentence, first: int, last: int) -> None:
    events = [e for e in read.events if first <= e.start < last]
    events = [e for e in events if not _is_spoken(read, e)]
    taken: set[int] = set()
    for number, event in enumerate(events):
        attribution = covering(read.attributions, event) or read.carried
        speaker = attribution.speaker if attribution else None
        participants = participants_of(read.masked, read.language, first, last, speaker)
        clause = Clause(
            read.masked, read.language, first, last, events, participants, attribution,
            read.last_subject,
        )  # fmt: skip
        begin = events[number - 1].end if number else first
        end = events[number + 1].start if number + 1 < len(events) else last
        spans_ = _places_of(read, clause, event, (begin, end), taken)
        kind = Event(event.line["event"])
        actor = decide(clause, event, kind)
        _note_subject(read, clause, actor)
        if kind is Event.REPELLED and not spans_ and _turn(read):
            continue
        if not spans_ or ("actor" in event.line["needs"] and actor.side is None):
            continue
        taken |= {span[0] for span in spans_}
        _draft(read, clause, event, actor, spans_, (begin, end))


def _is_spoken(read: _Sentence, event: Found) -> bool:
    return any(a.start <= event.start < a.end for a in read.attributions)


def _note_subject(read: _Sentence, clause: Clause, actor: Actor) -> None:
    """Keep the subject for a clause that goes on without one."""
    if actor.side is None or actor.text is None or '" as subject' not in actor.reason:
        return
    named = [p for p in clause.participants if p.text == actor.text and p.side is actor.side]
    if named:
        read.last_subject = named[-1]


def _turn(read: _Sentence) -> bool:
    """Turn attacks just read into repelled ones: tried to storm A but were beaten back."""
    attacks = [d for d in read.drafts if d.event is Event.ATTACK]
    if not attacks:
        return False
    for draft in attacks:
        draft.event = Event.REPELLED
        draft.actor = Actor(opponent(draft.actor.side), None, "beats the attack back")
        draft.reasons.append("the attack was beaten back")
    return True


def _places_of(
    read: _Sentence, clause: Clause, event: Found, bounds: tuple[int, int], taken: set[int]
) -> list[_Span]:
    """Return the places of an event: those after it, else those before it."""
    begin, end = bounds
    needs = event.line["needs"].split()
    stop = cue(read.language, "cut").search(read.text, event.end, end)
    end = stop.start() if stop else end
    after = [p for p in read.places if event.end <= p[0] < end]
    if event.line["agent"] in ("noun", "none") and after:
        subjects = [p.start for p in clause.participants if p.case in ("nominative", "any")]
        later = min((s for s in subjects if s > after[0][0]), default=end)
        after = [p for p in after if p[0] < later]  # after the fall of A, troops moved on B
    before = [p for p in read.places if begin <= p[0] < event.start and p[0] not in taken]
    if "before" in needs:
        return before
    gap = read.text[event.end : after[0][0]] if after else ""
    near = gap if after else read.text[event.end : event.end + _TAKEN_WITHIN]
    near = near.split(" by ")[0]
    if event.line["event"] == "capture" and cue(read.language, "taken").search(near):
        return []
    if "fell" in needs:
        return after[:1] if after and is_direct(gap, read.language) else before
    if "direct" in needs:
        after = _direct(read, event.end, after)
    return after or before


def _direct(read: _Sentence, start: int, spans: Sequence[_Span]) -> list[_Span]:
    """Return the places a verb takes as such, up to the first that another word parts from it."""
    kept: list[_Span] = []
    for first, last, toponym in spans:
        if not is_direct(read.text[start:first], read.language):
            break
        kept.append((first, last, toponym))
        start = last
    return kept


def _draft(
    read: _Sentence,
    clause: Clause,
    event: Found,
    actor: Actor,
    spans: Sequence[_Span],
    bounds: tuple[int, int],
) -> None:
    kind = Event(event.line["event"])
    presented = present(clause, event, kind)
    if presented.attempted:
        kind = Event.ATTACK
    if presented.modality is Modality.DENIED and actor.reason == OWN_GAINS:
        actor = Actor(None, None, "a denial does not tell whose gain it was")
    start = event.end if spans[0][0] >= event.end else bounds[0]
    located = locate(read.text, read.language, kind, spans, start)
    count = count_of(clause, kind, min(bounds[0], event.start), max(event.end, bounds[1]))
    attribution = clause.attribution
    coverage = None
    if attribution is not None and attribution.effect != "order":
        name = attribution.speaker.name or "someone"
        coverage = Coverage(attribution.speaker, attribution.effect, f"said by {name}")
    word = read.text[event.start : event.end]
    for place in located:
        draft = ClaimDraft(
            event=kind,
            actor=actor,
            place=place.reference,
            relation=place.relation,
            modality=presented.modality,
            coverage=coverage,
            start=read.sentence.start,
            end=read.sentence.end,
            paragraph=read.sentence.paragraph,
            target=place.target,
            date=date_of(clause),
            count=count,
            reasons=[f'"{word}" ({read.language}): {kind}', *_why(actor, place, presented.words)],
        )
        if not _is_double(read, draft):
            read.drafts.append(draft)


def _why(actor: Actor, place: Located, words: Sequence[str]) -> list[str]:
    steps = [f"actor {actor.side or 'open'}: {actor.reason}"]
    shown = f' ("{place.reference.word}")' if place.reference.word else ""
    steps.append(f"place {place.reference.toponym.mention.surface}: {place.relation}{shown}")
    return [*steps, *(f'"{word}"' for word in words)]


def _is_double(read: _Sentence, draft: ClaimDraft) -> bool:
    """Whether the sentence has said the same of the place in another word."""
    return any(
        {draft.event, other.event} in _SAME_THING
        and other.place.toponym is draft.place.toponym
        and other.modality is draft.modality
        for other in read.drafts
    )


def _echo(read: _Sentence) -> None:
    """Let a denial at the end of a sentence speak of what it said: but Kyiv denies it."""
    denials = [a for a in read.attributions if a.effect == "deny" and a.is_trailing]
    own = [d for d in read.drafts if d.modality in (Modality.ASSERTED, Modality.REPORTED)]
    for denial in denials[:1]:
        later = [e for e in read.events if e.start > denial.start and not _is_spoken(read, e)]
        if later or denial.speaker.side not in (Side.RU, Side.UA):
            continue
        for draft in own:
            if draft.event not in GAINS or draft.actor.side is denial.speaker.side:
                continue
            coverage = Coverage(denial.speaker, "deny", f"denied by {denial.speaker.name}")
            read.drafts.append(
                replace(
                    draft,
                    modality=Modality.DENIED,
                    coverage=coverage,
                    reasons=[*draft.reasons, coverage.reason],
                )
            )
