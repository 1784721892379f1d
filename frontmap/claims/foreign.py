"""Claims in English, Ukrainian and Russian: the main events of daily reports, by simple rules.

What German is read with (clauses, cases, moods) is not built for these languages. A sentence gives
claims where an event word has a place after it (else before it); the side is the one named
last before the event word, and left open where two stand there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from frontmap.article import Article
from frontmap.claims.actors import opponent
from frontmap.claims.drafts import ClaimDraft
from frontmap.claims.records import Bearing, Event, Modality, Relation, Side
from frontmap.claims.references import PlaceReference
from frontmap.claims.scope import Coverage
from frontmap.claims.speakers import Speaker
from frontmap.claims.subjects import Actor
from frontmap.lexicons import load
from frontmap.resolution import Toponym
from frontmap.sentences import Sentence, split_sentences

__all__ = ["LANGUAGES", "draft_foreign"]

LANGUAGES = ("en", "uk", "ru")
_CLAUSE = re.compile(r";|, (?:but|while|and|а|але|но|тогда как)\b")
_GAINS = (Event.CAPTURE, Event.ADVANCE, Event.BREAKTHROUGH, Event.ENCIRCLEMENT)
_COUNT = re.compile(r"^[^\d.,;]{0,20}\b(\d{1,3})\b(?! ?km)")


@dataclass(frozen=True, slots=True)
class _Found:
    """A match of a lexicon line: where, and what the line says."""

    start: int
    end: int
    line: dict[str, str]


@cache
def _compiled(table: str, language: str, use: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple(
        (re.compile(line["pattern"]), number)
        for number, line in enumerate(load(f"claims/{table}.tsv"))
        if line["language"] == language and line.get("use", "") == use
    )


def _find(table: str, language: str, use: str, text: str) -> list[_Found]:
    """Find every match of the lexicon in lower-case text, none inside another, in order."""
    lines = load(f"claims/{table}.tsv")
    found: list[_Found] = []
    for compiled, number in _compiled(table, language, use):
        for match in compiled.finditer(text):
            if not any(f.start < match.end() and match.start() < f.end for f in found):
                found.append(_Found(match.start(), match.end(), lines[number]))
    return sorted(found, key=lambda f: f.start)


def _actor(
    events: Sequence[_Found], event: _Found, actors: Sequence[_Found], speaker: Speaker | None,
    language: str, text: str,
) -> Actor:  # fmt: skip
    """Return the side named last before the event word, or after it with by."""
    if event.line["agent"] == "none":
        return Actor(None, None, "")
    start = max((e.end for e in events if e.end <= event.start), default=0)
    before = [a for a in actors if start <= a.start < event.start] or [
        a for a in actors if a.start < event.start
    ]
    passive = [a for a in actors if text[max(0, a.start - 4) : a.start].endswith("by ")]
    chosen = passive[0] if passive else before[-1] if before else None
    if chosen is None:
        own = event.line["event"] == "repelled" or event.line["event"] in _GAINS
        side = speaker.side if speaker is not None and own else None
        known = side if side in (Side.RU, Side.UA) else None
        return Actor(known, None, "of its own acts the reporting side speaks" if known else "")
    words = text[chosen.start : chosen.end]
    return Actor(
        _side(chosen.line["side"], speaker, language), words, f'"{words}" before the event'
    )


def _side(raw: str, speaker: Speaker | None, language: str) -> Side | None:
    if raw in ("RU", "UA"):
        return Side(raw)
    if speaker is not None and speaker.side in (Side.RU, Side.UA):
        return opponent(speaker.side)
    return Side.RU if language == "uk" else None


def _place(toponym: Toponym, lead: str, language: str) -> tuple[PlaceReference, Relation]:
    lines = load("claims/foreign_cues.tsv")
    for compiled, number in _compiled("foreign_cues", language, "relation"):
        if compiled.search(lead):
            line = lines[number]
            bearings = (Bearing(line["bearing"]),) if line["bearing"] else ()
            reference = PlaceReference(0, 0, toponym, line["value"], bearings=bearings)
            return reference, Relation(line["value"])
    return PlaceReference(0, 0, toponym, "direct"), Relation.AT


def _modality(text: str, language: str, speaker: Speaker | None) -> tuple[Modality, bool]:
    values = {f.line["value"] for f in _find("foreign_cues", language, "modality", text)}
    for value in ("denied", "planned", "possible"):
        if value in values:
            return Modality(value), "attempt" in values
    return (Modality.REPORTED if speaker else Modality.ASSERTED), "attempt" in values


def _speaker(text: str, language: str, offset: int) -> Speaker | None:
    found = _find("foreign_sides", language, "claimant", text)
    if not found:
        return None
    first = found[0]
    side, name = Side(first.line["side"]), first.line["name"]
    return Speaker(name, side, "official", offset + first.start, offset + first.end, 0)


def draft_foreign(article: Article, toponyms: Sequence[Toponym], language: str) -> list[ClaimDraft]:
    """Make the claims of an article in English, Ukrainian or Russian."""
    drafts: list[ClaimDraft] = []
    speaker: Speaker | None = None
    for sentence in split_sentences(article.text):
        text = article.text[sentence.start : sentence.end].lower()
        if len(text) != sentence.end - sentence.start:
            continue  # lower case of another length would shift the offsets
        speaker = _speaker(text, language, sentence.start) or speaker
        inside = [t for t in toponyms if sentence.start <= t.mention.start < sentence.end]
        if _find("foreign_cues", language, "unverified", text):
            for draft in drafts:
                draft.verification = "unverified"
            continue
        drafts += _sentence(article, sentence, text, inside, speaker, language)
    return drafts


def _sentence(
    article: Article,
    sentence: Sentence,
    text: str,
    toponyms: Sequence[Toponym],
    speaker: Speaker | None,
    language: str,
) -> list[ClaimDraft]:
    drafts: list[ClaimDraft] = []
    bounds = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    for first, last in pairwise(bounds):
        clause = text[first:last]
        events = _find("foreign_events", language, "", clause)
        actors = _find("foreign_sides", language, "actor", clause)
        places = [t for t in toponyms if first <= t.mention.start - sentence.start < last]
        for event in events[:1]:
            actor = _actor(events, event, actors, speaker, language, clause)
            modality, attempted = _modality(clause, language, speaker)
            kind = Event(event.line["event"])
            if attempted and kind in _GAINS:
                kind = Event.ATTACK
            after = [t for t in places if t.mention.start - sentence.start - first >= event.end]
            for toponym in after or places:
                at = toponym.mention.start - sentence.start
                reference, relation = _place(toponym, text[max(0, at - 45) : at], language)
                count = _COUNT.search(clause[event.end :])
                drafts.append(
                    ClaimDraft(
                        event=kind,
                        actor=actor,
                        place=reference,
                        relation=relation,
                        modality=modality,
                        coverage=Coverage(speaker, "say", "reported") if speaker else None,
                        start=sentence.start,
                        end=sentence.end,
                        paragraph=sentence.paragraph,
                        count=int(count.group(1)) if count else None,
                        reasons=[
                            f'"{clause[event.start : event.end]}" ({language}): {kind}',
                            f"actor {actor.side or 'open'}: {actor.reason}",
                        ],
                    )
                )
    return drafts
