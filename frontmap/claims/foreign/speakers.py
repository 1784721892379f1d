"""Who speaks in an English, Ukrainian or Russian sentence, and which of its events that covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from frontmap.claims.foreign.lexicon import Found, alternatives, cues, find, spelled
from frontmap.claims.records import Side
from frontmap.claims.sentence.speakers import Speaker

__all__ = ["Attribution", "attributions_of", "covering", "in_context", "speaking_capitals"]

# what may still follow those who close a sentence: on Tuesday, in a report
_CLOSING = re.compile(r"^(?: [\w'-]+){0,4}\s*(?:[.,;!?»\"”)]|$)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One who speaks, with which effect (say, deny, plan), and whether what he says stands before.

    `start` and `end` count from the start of the sentence.
    """

    speaker: Speaker
    effect: str
    start: int
    end: int
    is_trailing: bool
    needs_context: bool = False


@cache
def _formula(language: str) -> re.Pattern[str]:
    formulas = alternatives("foreign_speech", language, "formula")
    return re.compile(spelled(formulas) + r"(?: \w+)? $")


@cache
def _after(language: str) -> re.Pattern[str]:
    verbs = alternatives("foreign_speech", language, "verb")
    return re.compile(
        rf"^(?: \([^)]*\))?(?P<gap>(?:,? (?!that\b)[\w'-]+){{0,2}}?,? )(?P<verb>(?:{verbs})(?!\w))"
    )


@cache
def _before(language: str) -> re.Pattern[str]:
    verbs = alternatives("foreign_speech", language, "verb")
    return re.compile(rf"(?<!\w)(?P<verb>{verbs})(?: [\w'-]+){{0,2}} $")


def _effect(language: str, verb: str) -> str:
    for line in cues("foreign_speech", language, "verb"):
        if re.fullmatch(line["pattern"], verb):
            return line["effect"]
    return "say"


def _hits(events: Sequence[Found], start: int, end: int) -> bool:
    return any(e.start < end and start < e.end for e in events)


def _around(
    text: str, language: str, found: Found, events: Sequence[Found], used: set[int]
) -> tuple[int, int, str] | None:
    """Return the span and effect of one who speaks, by the words beside him."""
    before, after = text[: found.start], text[found.end :]
    if _formula(language).search(before):
        return found.start, found.end, "say"
    match = _after(language).search(after)
    if match and not _hits(events, found.end, found.end + match.start("verb")):
        end = found.end + match.end("verb")
        if found.end + match.start("verb") not in used:
            used.add(found.end + match.start("verb"))
            return found.start, end, _effect(language, match["verb"])
    match = _before(language).search(before)
    if match and match.start("verb") not in used:
        closing = _CLOSING.search(after) or re.match(r"\s*:", after)
        if closing and not _hits(events, found.end, found.end + closing.end()):
            used.add(match.start("verb"))
            return match.start("verb"), found.end, _effect(language, match["verb"])
    if re.match(r"\s*:", after) and not before.strip():
        return found.start, found.end, "say"
    return None


def speaking_capitals(text: str, language: str) -> set[int]:
    """Give where names of countries and capitals start that say something: Kyiv denied."""
    lines = (f for f in find("foreign_speakers", language, text) if f.line["needs"] == "verb")
    return {found.start for found in lines if _around(text, language, found, (), set())}


def _side(raw: str, abroad: bool) -> Side | None:
    if raw == "local":
        return Side.RU if abroad else Side.UA
    return Side(raw) if raw in ("RU", "UA", "third") else None


def attributions_of(
    text: str, language: str, offset: int, events: Sequence[Found], *, abroad: bool
) -> list[Attribution]:
    """Find who speaks in a sentence, in order.

    `offset` is where the sentence starts in the article; `abroad` says that its places lie in
    Russia, for the local authorities.
    """
    used: set[int] = set()
    result: list[Attribution] = []
    for found in find("foreign_speakers", language, text):
        line = found.line
        around = _around(text, language, found, events, used)
        if around is None:
            if line["needs"] == "verb" or _hits(events, found.start, found.end):
                continue
            around = (found.start, found.end, "say")
        start, end, effect = around
        name = None if line["name"] == "-" else line["name"]
        speaker = Speaker(
            name,
            _side(line["side"], abroad),
            line["kind"],
            offset + found.start,
            offset + found.end,
            0,
        )
        closing = _CLOSING.search(text[end:])
        trailing = closing is not None and not _hits(events, end, end + closing.end())
        result.append(Attribution(speaker, effect, start, end, trailing, line["side"] == "context"))
    return result


def covering(attributions: Sequence[Attribution], event: Found) -> Attribution | None:
    """Return the attribution an event stands under: the last before it, else one that closes."""
    leading = [a for a in attributions if a.end <= event.start and not _is_closed(a, attributions)]
    if leading:
        return leading[-1]
    trailing = [a for a in attributions if a.start >= event.end and a.is_trailing]
    echo = [a for a in trailing if a.effect != "deny"]
    return echo[0] if echo else None


def _is_closed(attribution: Attribution, attributions: Sequence[Attribution]) -> bool:
    """Whether it is only whom another one told something."""
    return any(
        other is not attribution and attribution.start < other.end <= attribution.end
        for other in attributions
    )


def in_context(attribution: Attribution, speaker: Speaker | None, side: Side | None) -> Attribution:
    """Say whom "the ministry" or "he" means: whoever spoke before, else the side spoken of."""
    if not attribution.needs_context:
        return attribution
    if speaker is not None:
        own = replace(speaker, start=attribution.speaker.start, end=attribution.speaker.end)
        return replace(attribution, speaker=own)
    return replace(attribution, speaker=replace(attribution.speaker, side=side))
