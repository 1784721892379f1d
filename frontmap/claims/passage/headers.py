"""Lines that name who reports what stands round them: headers, introductions, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.records import Side
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.speakers import Speaker

__all__ = [
    "announced",
    "header",
    "is_item",
    "is_note",
    "label_speaker",
    "may_report",
    "names_another",
    "side_by_slang",
    "signed",
    "starts_with_time",
    "text_of",
]

_COLON = re.compile(r":(?!\d)")
_WORD = re.compile(r"\w+")


def text_of(analysis: SentenceAnalysis) -> str:
    """Return the words of a sentence."""
    return analysis.text[analysis.sentence.start : analysis.sentence.end]


def _reporters(analysis: SentenceAnalysis, first: int, last: int) -> list[Speaker]:
    """Return those named between two offsets who write reports; no states, no agencies."""
    return [s for s in analysis.speakers if first <= s.start and s.end <= last and may_report(s)]


def may_report(speaker: Speaker) -> bool:
    """Whether a speaker is one whose posts or briefings are handed on whole."""
    if speaker.name in word_set("no_reporters"):
        return False
    sided = speaker.side in (Side.RU, Side.UA)
    return speaker.kind in ("official", "blogger", "observer") or (
        sided and speaker.kind == "media"
    )


def _is_formal(analysis: SentenceAnalysis, first: int, last: int) -> bool:
    """Whether a stretch holds nothing but names of speakers and the words of headers."""
    text = analysis.text
    named = [(s.start, s.end) for s in analysis.speakers]
    named += [(t.start, t.end) for t in analysis.tokens if t.toponym is not None]
    for match in _WORD.finditer(text, first, last):
        inside = any(start <= match.start() and match.end() <= end for start, end in named)
        # a first name: Oleh Synjehubow
        inside = inside or any(match.end() + 1 == start for start, _ in named if match[0].istitle())
        if not inside and pattern("header_words").fullmatch(match.group(0)) is None:
            return False
    return True


def header(paragraph: Sequence[SentenceAnalysis], *, is_open: bool) -> tuple[Speaker, str] | None:
    """Return who speaks below a header, and how far: post, block or paragraph.

    ``Rybar: Lage an der Front, Stand 20 Uhr`` heads a post, ``Generalstab, 22 Uhr: Im Abschnitt X
    ...`` a block, ``DeepState: Der Feind ...`` a paragraph; ``Selenskyj: Wir halten X`` is a
    headline of one sentence.

    Parameters
    ----------
    paragraph : sequence of SentenceAnalysis
        The sentences of a paragraph, the first of which may be or hold the header.
    is_open : bool
        More of the same post follows: a bare name may head it.
    """
    post = _of_post(paragraph, is_open=is_open)
    if post is not None:
        return post, "post"
    analysis, text = paragraph[0], paragraph[0].text
    start, end = analysis.sentence.start, analysis.sentence.end
    colon = _COLON.search(text, start, end) if analysis.speakers else None
    if colon is None:
        return None
    last = colon.start()
    speakers = _reporters(analysis, start, last)
    if not speakers or len({s.side for s in speakers}) > 1:
        return None
    if analysis.sentence.is_headline or not _is_formal(analysis, start, last):
        return None
    if pattern("header_title").search(text, start, last) is not None:
        return speakers[0], "block"
    writes = pattern("header_writers").search(speakers[0].name or "") is not None
    return (speakers[0], "paragraph") if writes and speakers[0].token <= 4 else None


def _of_post(paragraph: Sequence[SentenceAnalysis], *, is_open: bool) -> Speaker | None:
    """Return whom a paragraph names that holds nothing but the words of a header."""
    speakers = [s for a in paragraph for s in _reporters(a, a.sentence.start, a.sentence.end)]
    if not speakers or len({s.side for s in speakers}) > 1:
        return None
    text = paragraph[0].text[paragraph[0].sentence.start : paragraph[-1].sentence.end]
    announces = text.rstrip(" *_").endswith(":")
    told = any(a.way == "verb" for analysis in paragraph for a in analysis.attributions)
    if told and not announces:
        return None  # Das teilte der Generalstab am Abend mit.
    if not all(_is_formal(a, a.sentence.start, a.sentence.end) for a in paragraph):
        return None
    titled = announces or pattern("header_title").search(text) is not None
    writes = pattern("header_writers").search(speakers[0].name or "") is not None
    return speakers[0] if titled or (writes and is_open) else None


def names_another(analysis: SentenceAnalysis, speaker: Speaker) -> bool:
    """Whether a few words and a colon open the sentence that name another one than `speaker`."""
    start, end = analysis.sentence.start, analysis.sentence.end
    colon = _COLON.search(analysis.text, start, end)
    if colon is None or len(analysis.text[start : colon.start()].split()) > 10:
        return False
    others = _reporters(analysis, start, colon.start())
    return any(s.name != speaker.name for s in others)


def announced(analysis: SentenceAnalysis) -> tuple[Speaker, bool] | None:
    """Return who announces a list (True: by a colon at its end), or tells where he reports.

    ``Der Generalstab teilte mit:`` and ``... in seinem täglichen Briefing bekannt.``
    """
    said = [a.speaker for a in analysis.attributions if a.speaker is not None]
    speakers = [s for s in said if may_report(s)]
    if not speakers:
        return None
    text = text_of(analysis)
    if text.rstrip(" *_").endswith(":"):
        return speakers[0], True
    return (speakers[0], False) if pattern("own_report").search(text.lower()) else None


def signed(analysis: SentenceAnalysis) -> Speaker | None:
    """Return who signs: ``Quelle: DeepState``, ``— Ministerium``, ``(Generalstab)``."""
    if not analysis.speakers:
        return None
    start, end = analysis.sentence.start, analysis.sentence.end
    opening = pattern("signature").match(analysis.text, start, end)
    if opening is None or not _is_formal(analysis, opening.end(), end):
        return None
    speakers = _reporters(analysis, start, end)
    if len({s.side for s in speakers}) != 1:
        return None
    return speakers[0]


def label_speaker(analysis: SentenceAnalysis) -> Speaker | None:
    """Return the ministry whose reports go by groupings: ``Truppenverband "West": ...``."""
    if pattern("russian_grouping").match(text_of(analysis)) is None:
        return None
    start = analysis.sentence.start
    return Speaker("Russisches Verteidigungsministerium", Side.RU, "official", start, start, 0)


def side_by_slang(text: str) -> Side | None:
    """Return whose post a text is that speaks of ``unsere Jungs`` and names the enemy in slang.

    Examples
    --------
    >>> print(side_by_slang("Unsere Jungs halten Lyman, die Orks fliehen."))
    UA
    """
    if "nsere" not in text:
        return None
    words = {word.lower() for word in _WORD.findall(text)}
    sides = {Side.UA} if words & word_set("calls_russians") else set()
    sides |= {Side.RU} if words & word_set("calls_ukrainians") else set()
    return sides.pop() if len(sides) == 1 else None


def is_item(analysis: SentenceAnalysis) -> bool:
    """Whether a paragraph begins like an item of a list: a bullet, a label, a sector."""
    return pattern("list_item").match(text_of(analysis)) is not None


def is_note(analysis: SentenceAnalysis) -> bool:
    """Whether the text speaks in its own voice again: an editor's note, an agency's dateline."""
    return pattern("editors_note").search(text_of(analysis)) is not None


def starts_with_time(analysis: SentenceAnalysis) -> bool:
    """Whether an entry's time opens the sentence: ``12:49 Uhr``, ``[06.12]``."""
    return pattern("entry_time").match(text_of(analysis)) is not None
