"""The recogniser: one pass over the text, weighing each known name by what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from frontmap.recognition.context import surroundings
from frontmap.recognition.entries import Entries, Entry
from frontmap.recognition.finding import THRESHOLD, Finding
from frontmap.recognition.inflection import Analysis, analyse
from frontmap.recognition.joined import joined_name
from frontmap.recognition.lexical import WordClass, looks_like_a_name, word_class
from frontmap.recognition.metonymy import is_metonym
from frontmap.recognition.plants import is_plant
from frontmap.recognition.records import Construction, Mention
from frontmap.recognition.rescue import (
    may_be_a_place,
    readings_of_slip,
    settlement_words,
    slip_of_whole,
    unit_words,
    unknown_in_lists,
)
from frontmap.recognition.scoring import SILENT, WELL_KNOWN, Scorer
from frontmap.recognition.tokens import HYPHENS, TOKEN, clean
from frontmap.recognition.topic import Topic, topic_of
from frontmap.recognition.vocabulary import Container, Vocabulary, vocabulary
from frontmap.recognition.weighing import (
    share_kind_words,
    weigh_lists,
    weigh_persons,
    weigh_topic,
)

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["Recognizer"]

_KNOWN = 1.5
_CERTAIN_CUE = 0.8
_LONG_ENOUGH = 5  # letters of a name that is taken for one without any other sign
_LONGEST_NAME = 5  # words
_NEXT_WORD = re.compile(
    r"(?:[ \u00a0]|[ \t]*\r?\n[ \t]*|[-\u2010\u2011\u2013])([^\W\d_][\w'\u2019\u02bc\u00ad]*)"
)
_ELLIPSIS = re.compile(
    r"(?<![\w-])(?<!\w['\u2019\u02bc\u00ad])"
    r"(?P<first>[A-ZÄÖÜ][a-zäöü]{1,9})-(?:,| und| oder| sowie| bzw\.)\s+"
    r"(?P<last>[A-ZÄÖÜ]\w+)"
)


@dataclass(slots=True)
class _Scan:
    """What one pass over a text brings."""

    findings: list[Finding]
    after_kind_words: list[tuple[int, int]]
    sport: set[str]
    war: set[str]


class Recognizer:
    """Finds place names with one gazetteer; made once and used for many articles."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.entries = Entries(gazetteer)
        self.vocabulary: Vocabulary = vocabulary()
        self._scorer = Scorer(gazetteer, self.entries, self.vocabulary)
        self._settlement_words = settlement_words()
        self._unit_words = unit_words()

    def mentions(self, text: str, *, metonyms: bool = False) -> list[Mention]:
        """Give the mentions of a text in order."""
        scan = self._scan(text)
        findings = scan.findings
        if not findings and not scan.after_kind_words:
            return []
        topic = topic_of(text, len(scan.sport), len(scan.war))
        if topic is Topic.OTHER and any(
            finding.score >= THRESHOLD and self._scorer.prominence(finding) >= WELL_KNOWN
            for finding in findings
        ):
            topic = Topic.WAR
        weigh_topic(findings, topic, self._scorer.prominence)
        weigh_lists(text, findings, self._scorer.names_oblast)
        weigh_persons(findings)
        if "- u" in text or "- o" in text or "- s" in text or "-, " in text:
            completed = self._ellipses(text, findings)
            starts = {finding.start for finding in completed}
            rest = [finding for finding in findings if finding.start not in starts]
            findings = sorted([*rest, *completed], key=lambda finding: finding.start)
        if topic is Topic.WAR:
            findings = self._rescued(text, findings, scan.after_kind_words)
        kept = [finding for finding in findings if finding.score >= THRESHOLD]
        return [_mention(text, finding) for finding in kept if metonyms or not finding.metonym]

    def _scan(self, text: str) -> _Scan:
        """Go over the capitalised words of a text once."""
        get, kind_words, silent = self.entries.get, self._settlement_words, self.entries.silent
        scan = _Scan([], [], set(), set())
        findings, named = scan.findings, scan.after_kind_words
        covered, after_kind_word = 0, -1
        for match in TOKEN.finditer(text):
            surface = match[0]
            if surface in silent and after_kind_word < 0 and not text.startswith("-", match.end()):
                continue  # most words
            entry = get(surface)
            if entry.__class__ is str:
                if text.startswith("-", match.end()) and self._joined(text, match, scan):
                    covered = findings[-1].end
                    continue
                if entry:
                    (scan.sport if entry == "sport" else scan.war).add(surface)
                if surface in kind_words:
                    after_kind_word = match.end() + 1
                    continue
                if match.start() == after_kind_word:
                    named.append(match.span())
                after_kind_word = -1
                continue
            start = match.start()
            if start < covered:
                continue
            entry = cast("Entry", entry)
            if entry.topic:
                (scan.sport if entry.topic == "sport" else scan.war).add(surface)
            finding = self._finding(text, start, match.end(), entry)
            if finding is not None:
                findings.append(finding)
                covered = finding.end
            elif start == after_kind_word:
                named.append(match.span())
            after_kind_word = match.end() + 1 if surface in kind_words else -1
        return scan

    def _joined(self, text: str, match: re.Match[str], scan: _Scan) -> bool:
        """Take two unknown parts for one name written with a hyphen: "Gulaj-Pole"."""
        if word_class(match[0]) is not WordClass.UNKNOWN:
            return False
        joined = joined_name(text, match.end(), match[0], self.entries)
        if joined is None or self.entries.prominence(joined[1]) < _KNOWN:
            return False  # villages by the thousand have names that words add up to
        end, entry = joined
        context = surroundings(text, match.start(), end, Construction.PLAIN, self.vocabulary)
        construction = entry.analyses[0].construction
        finding = Finding(match.start(), end, entry.analyses, entry, context, construction, 0.0)
        finding.container = context.container
        finding.score = self._scorer.score(text, finding)
        scan.findings.append(finding)
        return True

    def _finding(self, text: str, start: int, end: int, entry: Entry) -> Finding | None:
        if text[start - 1 : start] == "@":
            return None
        words, readings = 1, entry.analyses
        is_kind_word = entry.kind_word
        longer = self._longest(text, end, entry) if entry.begins and not is_kind_word else None
        if longer is None and entry.begins and not is_kind_word:
            longer = self._slip_of_phrase(text, end, entry)
        parts = self._two_parts(text, end, entry, longer)
        if parts is not None:
            longer = parts
        if longer is not None:
            end, readings, words = longer
        if not readings and entry.typo_of:
            readings = (Analysis(entry.typo_of, Construction.TYPO, 0.6),)
        if not readings and entry.like_a_place and longer is None:
            return self._unknown_place(text, start, end, entry)
        if not readings:
            return None
        if words == 1 and self.entries.prominence(entry) < _KNOWN:
            whole = slip_of_whole(text, start, entry.name, self.gazetteer)
            if whole is not None:
                start, readings, words = whole[0], whole[1], 2
        construction = readings[0].construction
        context = surroundings(text, start, end, construction, self.vocabulary)
        finding = Finding(
            start, end, readings, entry, context, construction, 0.0, words, context.container
        )
        if context.container is None and is_plant(text, start, readings[0].stem, self.gazetteer):
            finding.container = Container("facility", False)
        finding.score = self._scorer.score(text, finding)
        if readings[0].stem in self.vocabulary.capitals:
            finding.metonym = is_metonym(text, start, end, readings[0], context)
        return finding

    def _two_parts(
        self,
        text: str,
        end: int,
        entry: Entry,
        longer: tuple[int, tuple[Analysis, ...], int] | None,
    ) -> tuple[int, tuple[Analysis, ...], int] | None:
        """Read "Nowo-Pawliwka" as one name, and "Huljaj-Pole" as either of two places' names."""
        joined = joined_name(text, end, entry.name, self.entries)
        if joined is None:
            return None
        whole_end, whole = joined
        if longer is not None:
            same = longer[0] == whole_end
            return (whole_end, (*longer[1], *whole.analyses), 2) if same else None
        if entry.analyses and self.entries.prominence(entry) >= WELL_KNOWN:
            return None
        return whole_end, whole.analyses, 2

    def _unknown_place(self, text: str, start: int, end: int, entry: Entry) -> Finding | None:
        """Take an unknown word that ends like a place and stands where one must."""
        context = surroundings(text, start, end, Construction.PLAIN, self.vocabulary)
        certain = context.cue >= _CERTAIN_CUE or context.container is not None
        if not certain or context.person or context.silenced:
            return None
        if not looks_like_a_name(entry.name) or entry.word_class is not WordClass.UNKNOWN:
            return None
        readings = readings_of_slip(entry.name, self.gazetteer)
        construction = readings[0].construction
        return Finding(
            start, end, readings, entry, context, construction, 1.0, 1, context.container
        )

    def _longest(
        self, text: str, end: int, entry: Entry
    ) -> tuple[int, tuple[Analysis, ...], int] | None:
        """Follow the words after a token as long as some longer name goes on with them."""
        best = None
        for first in entry.begins:
            prefix, position = first, end
            for count in range(2, _LONGEST_NAME + 1):
                following = _NEXT_WORD.match(text, position)
                if following is None:
                    break
                word = clean(following[1])
                position = following.end()
                if word in self._unit_words:
                    break  # "Donezker Oblast": only the first word is the name
                readings = self._readings_of_phrase(prefix, word)
                if readings and (best is None or position > best[0]):
                    if first != entry.name:
                        readings = tuple(
                            replace(r, construction=Construction.INFLECTED) for r in readings
                        )
                    best = (position, readings, count)
                prefix = f"{prefix} {word}"
                if not self.gazetteer.begins_name(prefix):
                    break
        return best

    def _slip_of_phrase(
        self, text: str, end: int, entry: Entry
    ) -> tuple[int, tuple[Analysis, ...], int] | None:
        """Take an unknown word after a name's first word for a slip: "Bila Berizka"."""
        following = _NEXT_WORD.match(text, end)
        if following is None or not following[1][0].isupper() or text[end] in HYPHENS:
            return None
        if entry.word_class in (WordClass.OTHER, WordClass.HOMOGRAPH):
            return None  # the preposition of "Aus Kramatosk"
        word = clean(following[1])
        if len(word) < _LONG_ENOUGH or word.isupper() or word in self._unit_words:
            return None
        if self.gazetteer.knows(word):
            return None
        if word_class(word) is not WordClass.UNKNOWN or entry.name in self.vocabulary.first_names:
            return None
        readings = readings_of_slip(f"{entry.name} {word}", self.gazetteer)
        is_slip = readings[0].construction is Construction.TYPO
        if not is_slip and self.vocabulary.ending_weight(word) < 1.0:
            return None  # else a place of its own: "Nowa" and a word that ends like a place
        return following.end(), readings, 2

    def _readings_of_phrase(self, prefix: str, word: str) -> tuple[Analysis, ...]:
        known = lambda form: self.entries.is_name(f"{prefix} {form}")  # noqa: E731
        readings = analyse(word, known, shortest=2)  # the Yar of Chasiv Yar
        return tuple(
            Analysis(f"{prefix} {reading.stem}", reading.construction, reading.weight)
            for reading in readings
        )

    def _rescued(
        self, text: str, findings: list[Finding], after_kind_words: list[tuple[int, int]]
    ) -> list[Finding]:
        """Add the unknown words that stand where only a place can stand."""
        kept = [(f.start, f.end) for f in findings if f.score >= THRESHOLD]
        named = (span for span in after_kind_words if may_be_a_place(text, *span))
        spans = dict.fromkeys([*named, *unknown_in_lists(text, kept)])
        if not spans:
            return findings
        taken = [(f.start, f.end) for f in findings if f.score >= THRESHOLD or f.context.silenced]
        added = []
        for start, end in spans:
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            name = clean(text[start:end])
            readings = readings_of_slip(name, self.gazetteer)
            construction = readings[0].construction
            context = surroundings(text, start, end, construction, self.vocabulary)
            if context.silenced or context.person:
                continue
            added.append(
                Finding(
                    start,
                    end,
                    readings,
                    Entry(name, readings),
                    context,
                    construction,
                    THRESHOLD,
                    1,
                    context.container,
                )
            )
        if not added:
            return findings
        dropped = {(f.start, f.end) for f in added}
        rest = [f for f in findings if (f.start, f.end) not in dropped]
        completed = sorted([*rest, *added], key=lambda finding: finding.start)
        share_kind_words(text, completed, self._scorer.names_oblast)
        return completed

    def _ellipses(self, text: str, findings: list[Finding]) -> list[Finding]:
        """Complete the first part of "Nowo- und Staromajorske" from the last."""
        ends = {finding.start: finding for finding in findings if finding.score >= THRESHOLD}
        found = []
        for match in _ELLIPSIS.finditer(text):
            last = ends.get(match.start("last"))
            if last is None:
                continue
            name = self._completed(clean(match["first"]), last.readings[0].stem)
            if name is None:
                self._silence_part(findings, match.start())
                continue
            reading = Analysis(name, Construction.ELLIPSIS, 0.9)
            entry = Entry(match["first"], (reading,))
            end = match.end("first") + 1
            found.append(
                Finding(
                    match.start(),
                    end,
                    (reading,),
                    entry,
                    last.context,
                    Construction.ELLIPSIS,
                    last.score,
                    1,
                    last.container,
                )
            )
        return found

    def _silence_part(self, findings: list[Finding], start: int) -> None:
        """Take no village for the first part of what is left open: "Nowo- und"."""
        for finding in findings:
            if finding.start == start and self._scorer.prominence(finding) < WELL_KNOWN:
                finding.score = SILENT

    def _completed(self, first: str, whole: str) -> str | None:
        for cut in range(2, len(whole) - 2):
            name = first + whole[cut:]
            if name != whole and self.gazetteer.knows(name):
                return name
        return None


def _mention(text: str, finding: Finding) -> Mention:
    construction = finding.construction
    if construction in (Construction.PLAIN, Construction.GENITIVE):
        following = text[finding.end : finding.end + 2]
        preceding = text[max(0, finding.start - 2) : finding.start]
        if len(following) == 2 and following[0] in HYPHENS and following[1].isalpha():
            construction = Construction.COMPOUND_MODIFIER
        elif len(preceding) == 2 and preceding[1] in HYPHENS and preceding[0].isalpha():
            construction = Construction.COMPOUND_HEAD
    best, *others = finding.readings
    container = finding.container
    return Mention(
        start=finding.start,
        end=finding.end,
        surface=text[finding.start : finding.end],
        stem=best.stem,
        construction=construction,
        container=container.kind if container and container.kind != "place" else None,
        alternatives=tuple(reading.stem for reading in others),
        metonym=finding.metonym,
    )
