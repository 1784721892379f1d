"""The shape of a document: posts, ticker entries, lists, and who speaks in which of its stretches.

A post or briefing names its speaker once, in a header (``Generalstab, 22 Uhr:``), an introduction
(``teilte in seinem Lagebericht mit:``) or a signature (``Quelle: DeepState``); what stands below or
above is what he reports, however plainly it is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from frontmap.claims.passage.headers import (
    announced,
    header,
    is_item,
    is_note,
    label_speaker,
    names_another,
    signed,
    starts_with_time,
)
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.speakers import Speaker

__all__ = ["Stretch", "outline"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the shape of the document says of one sentence.

    Attributes
    ----------
    unit : int
        Number of the post, ticker entry or live-blog entry it stands in, counted from 0.
    voice : Speaker or None
        Who reports it, where the document names him once for many sentences.
    """

    unit: int = 0
    voice: Speaker | None = None


@dataclass(slots=True)
class _Voice:
    """Who speaks, and how far down: over a post, a block of lines, a paragraph with its list."""

    speaker: Speaker
    scope: str = "paragraph"
    grace: int = 0  # paragraphs of any kind a list may still go on with


def outline(analyses: Sequence[SentenceAnalysis]) -> list[Stretch]:
    """Return the stretch of each sentence, in order; headlines of entries join their paragraph."""
    reader = _Reader(analyses)
    marked = (n for n in range(len(analyses)) if "+++" in reader.gap(n))
    reader.is_timed = any(starts_with_time(analyses[n]) for n in marked)
    for number in range(len(analyses)):
        reader.step(number)
    _join_headlines(analyses, reader.entries)
    return reader.signatures()


def _join_headlines(analyses: Sequence[SentenceAnalysis], entries: Sequence[int]) -> None:
    """Make an entry's headline and the paragraph below it one paragraph: they say the same."""
    for number in entries:
        headline = analyses[number].sentence
        if not headline.is_headline or number + 1 == len(analyses) or number + 1 in entries:
            continue
        body = analyses[number + 1].sentence.paragraph
        for analysis in analyses[number + 1 :]:
            if analysis.sentence.paragraph != body:
                break
            analysis.sentence = replace(analysis.sentence, paragraph=headline.paragraph)


@dataclass(slots=True)
class _Reader:
    analyses: Sequence[SentenceAnalysis]
    is_timed: bool = False  # a ticker that gives its entries times
    unit: int = 0
    voice: _Voice | None = None
    waiting: Speaker | None = None  # said where he reports; a list may follow
    stretches: list[Stretch] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)  # where those of tickers begin

    def step(self, number: int) -> None:
        """Read one sentence."""
        analysis = self.analyses[number]
        if self._opens_entry(number):
            self.entries.append(number)
            if number:
                self._next_unit()
        elif self._is_new_paragraph(number):
            self._next_paragraph(number)
        if self.voice is not None and is_note(analysis):
            self.voice = None
        heading = self._header(number)
        if heading is not None:
            if heading[1] == "post" and number:
                self._next_unit()
            self.voice = _Voice(*heading)
        elif self.voice is None:
            ministry = label_speaker(analysis)
            self.voice = _Voice(ministry) if ministry is not None else None
        self.stretches.append(Stretch(self.unit, self.voice.speaker if self.voice else None))
        told = announced(analysis) if heading is None else None
        if told is not None and told[1]:
            self.voice = _Voice(told[0], grace=1)
        elif told is not None and self.voice is None:
            self.waiting = told[0]

    def _header(self, number: int) -> tuple[Speaker, str] | None:
        """Return the header a paragraph is or begins with; a signature that closes it is none."""
        if number and not self._is_new_paragraph(number):
            return None
        last = number
        while last + 1 < len(self.analyses) and not self._is_new_paragraph(last + 1):
            last += 1
        closes = last + 1 == len(self.analyses) or "\n\n" in self.gap(last + 1)
        if closes and number == last and signed(self.analyses[number]) is not None:
            return None
        return header(self.analyses[number : last + 1], is_open=not closes)

    def _next_unit(self) -> None:
        self.unit += 1
        self.voice = self.waiting = None

    def _next_paragraph(self, number: int) -> None:
        """Let a report go on over a list and end with it; a post ends at a heading of news."""
        analysis = self.analyses[number]
        item = is_item(analysis)
        if self.waiting is not None and self.voice is None and item:
            self.voice = _Voice(self.waiting)
        self.waiting = None
        if self.voice is not None and names_another(analysis, self.voice.speaker):
            self.voice = None
        if self.voice is None:
            return
        goes_on = self.voice.scope == "block" and "\n\n" not in self.gap(number)
        if self.voice.scope != "post" and not item and not goes_on:
            self.voice.grace -= 1
            if self.voice.grace < 0:
                self.voice = None
        elif self.voice.scope == "post" and not item and self._is_heading_of_news(number):
            self.voice = None

    def _is_heading_of_news(self, number: int) -> bool:
        analysis = self.analyses[number]
        told = bool(analysis.triggers or analysis.attributions)
        return analysis.sentence.is_headline and told and "\n\n" in self.gap(number)

    def _is_new_paragraph(self, number: int) -> bool:
        if not number:
            return False
        before = self.analyses[number - 1].sentence
        return self.analyses[number].sentence.paragraph != before.paragraph

    def gap(self, number: int) -> str:
        """Return what stands between a sentence and the one before."""
        first = self.analyses[number - 1].sentence.end if number else 0
        sentence = self.analyses[number].sentence
        return self.analyses[number].text[first : sentence.start]

    def _opens_entry(self, number: int) -> bool:
        """Whether a ticker's or live blog's entry begins here."""
        gap = self.gap(number)
        timed = starts_with_time(self.analyses[number])
        if "+++" in gap:
            return timed or (not self.is_timed and "\n" not in gap.rpartition("+++")[2])
        return timed and (not number or self._is_new_paragraph(number))

    def signatures(self) -> list[Stretch]:
        """Give what a signature closes to who signs it, and return the stretches."""
        for number, analysis in enumerate(self.analyses):
            speaker = signed(analysis)
            if speaker is None or self.stretches[number].voice is not None:
                continue
            own_line = self._is_new_paragraph(number)
            paragraph = analysis.sentence.paragraph
            for at in range(number - 1, -1, -1):
                stretch = self.stretches[at]
                inside = own_line or self.analyses[at].sentence.paragraph == paragraph
                if (
                    stretch.voice is not None
                    or stretch.unit != self.stretches[number].unit
                    or not inside
                ):
                    break
                self.stretches[at] = replace(stretch, voice=speaker)
        return self.stretches
