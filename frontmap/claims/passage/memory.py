"""Who spoke and was spoken of so far in a passage, and where it quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from frontmap.claims.lexicon.words import word_set
from frontmap.claims.records import Side
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.speakers import Speaker

__all__ = ["SpeakerMemory", "quote_spans"]

# der Bürgermeister, Serhij Orlow,
_NAME_BEHIND = re.compile(r",?(?: [A-ZÄÖÜ][\wäöüß-]+){1,3}\b")
_A_WORD = 12  # characters that hold a possessive
_BARE_TITLES = word_set("bare_titles")
_NEXT_SENTENCE = 1  # characters between two sentences of a paragraph
_NEXT_PARAGRAPH = 4  # characters between two sentences
_SCARE_QUOTE_WORDS = 3
_THEIRS = word_set("their_troops")


@dataclass(slots=True)
class SpeakerMemory:
    """Who spoke last in the paragraph, and the surnames that stand for known speakers."""

    last: Speaker | None = None
    mentioned: Speaker | None = None  # an official named without saying anything
    by_name: dict[str, Speaker] = field(default_factory=dict)
    voice: Speaker | None = None  # who reports this stretch of the document
    spoke_until: int = -1  # where the sentence ends in which `last` spoke
    acting: tuple[int, Speaker] | None = None  # an official who is a subject, and where it ends
    force: Side | None = None  # whose troops were spoken of last

    def recent(self, start: int) -> Speaker | None:
        """Return who spoke in the sentence right before `start`."""
        return self.last if 0 <= start - self.spoke_until <= _NEXT_SENTENCE else None

    def in_paragraph(self, analysis: SentenceAnalysis) -> Speaker | None:
        """Return the side at war that spoke last in the same paragraph."""
        between = analysis.text[self.spoke_until : analysis.sentence.start]
        sided = self.last is not None and self.last.side in (Side.RU, Side.UA)
        return self.last if sided and "\n" not in between else None

    def before(self, start: int) -> Speaker | None:
        """Return the official who was the subject of the sentence right before `start`."""
        if self.acting is None or start - self.acting[0] > _NEXT_PARAGRAPH:
            return None
        return self.acting[1]

    def remember(self, speaker: Speaker, text: str) -> None:
        """Note a speaker and the last word of his name."""
        title = text[speaker.start : speaker.end].lower()
        goes_on = title in _BARE_TITLES and self.last is not None  # sagte ein Sprecher
        if (speaker.side is not None or self.last is None) and not goes_on:
            self.last = speaker
        named = _NAME_BEHIND.match(text, speaker.end)
        words = text[speaker.start : named.end() if named else speaker.end].split()
        if words and speaker.side is not None:
            self.by_name.setdefault(words[-1], speaker)

    def meant(self, speaker: Speaker | None, text: str) -> Speaker | None:
        """Return whom a pronoun or bare surname means."""
        if speaker is None:
            return self.last or self.mentioned
        if speaker.side is None and speaker.kind != "both":
            before = text[max(0, speaker.start - _A_WORD) : speaker.start].split()[-1:]
            if self.force is not None and before and before[0] in _THEIRS:
                return replace(speaker, side=self.force)  # ihr Sprecher: of the troops spoken of
            # das Ministerium, das Militär: whose, was said before
            return self.last or self.mentioned or speaker
        if speaker.kind == "person":
            known = self.by_name.get(text[speaker.start : speaker.end].rsplit(maxsplit=1)[-1])
            if known is not None:
                return known
            if len(text[speaker.start : speaker.end].split()) == 1 and self.last is not None:
                return self.last  # sagte der Sprecher
        return speaker


def quote_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of quotations longer than a few words."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    closers = {"„": '“”"', "“": '”“"', "«": "»", "»": "«", '"': '"'}
    mark = ""
    for match in re.finditer(r'[„“”"«»]|\n\n', text):
        sign = match.group(0)
        if sign == "\n\n":
            opened = None
        elif opened is None:
            if sign in closers and sign != "”":
                opened, mark = match.start(), sign
        elif sign in closers.get(mark, ""):
            if len(text[opened : match.start()].split()) > _SCARE_QUOTE_WORDS:
                spans.append((opened, match.end()))
            opened = None
    return spans
