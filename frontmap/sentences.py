"""Sentence boundaries in news copy: prose, headlines, tickers, headings glued to what follows.

Offsets are code points of the text given. Every character but white space and a ticker's ``+++``
lies in exactly one sentence, and no sentence is longer than 1,200 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from frontmap.lexicons import load_column
from frontmap.parameters import checked

__all__ = ["Sentence", "split_sentences"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, headline or ticker entry.

    Attributes
    ----------
    start, end : int
        Code point offsets, without white space at the ends.
    paragraph : int
        Number of the paragraph, counted from 0.
    is_headline : bool
        A line without a full stop that stands before prose, or a ticker's headline.
    is_dateline : bool
        Where and for whom a report was written, before its first words: ``Kiew (dpa) -``.
    """

    start: int
    end: int
    paragraph: int
    is_headline: bool = False
    is_dateline: bool = False


_CLOSERS = "\"'”“»«›‹)]’"
_PARAGRAPH = re.compile(r"\n+|\+\+\+")
# a line broken in mid-sentence goes on in lower case, or indented under an open line
_WRAPPED = re.compile(r"\n(?=[ \t]*[a-zäöü])|(?<=[\w,])[ \t]*\n(?=[ \t]{2,}\S)")
_STOP = re.compile(
    rf"[.!?…]+[{re.escape(_CLOSERS)}]*(?=\s|$)"
    rf"|[.!?…]+[{re.escape(_CLOSERS)}]*(?=[„A-ZÄÖÜ])"
)
_DATELINE = re.compile(
    r"\s*(?:[A-ZÄÖÜ][\w.-]*(?:[ /,]{1,2}[A-ZÄÖÜ][\w.-]*){0,4}"
    r"(?:, ?\d{1,2}\. ?\w+\.?(?: \d{4})?)?,? ?"
    r"\((?i:dpa|afp|reuters|rtr|ap|sda|apa|dts|epd|kna|ots|tass|interfax|ukrinform)\b[^)]{0,20}\)"
    r"(?: ?[-–—:.]+)?|[A-ZÄÖÜ]{3,}(?:[ /][A-ZÄÖÜ]{3,})? [-–—])(?=\s+[„\"«A-ZÄÖÜ])",
)
_LAST_WORD = re.compile(r"([\w.-]*\w)\.[^\w]*$")
_GLUE = re.compile(r"(?:(?<=[a-zäöüß!?%])|(?<=[\w.!?][“\"”»]))(?=[A-ZÄÖÜ][a-zäöüß]*\b)")
# no German word that begins small holds a capital, nor does one go on behind a closing sign:
# entdecktSelenskyj, „schwierig“Syrskyj
_CLOSED = re.compile(r"(?:^|[\s„»“\"])[a-zäöüß]{3,}$|[\w.!?][“”»]$")
_LONGEST_WORD = 40
_CAPITAL_WORD = re.compile(r"[A-ZÄÖÜ][a-zäöüß]*")
# A longer one is a list or no prose; it is cut, as what follows takes time by a sentence's square.
_LONGEST = 1200
_SEAMS = ("; ", ", ", " ", "\t", "\n")


_ORDINAL = re.compile(r"\b(?:[Dd](?:er|ie|as|es|em|en)|am|zum|vom|im) \d{3,4}$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(w.rstrip(".").lower() for w in load_column("claims/abbreviations.tsv", "word"))


@cache
def _openers() -> frozenset[str]:
    return frozenset(load_column("claims/openers.tsv", "word"))


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to a number, an initial or an abbreviation."""
    if text[stop] != ".":
        return False
    word = _LAST_WORD.search(text, max(0, stop - 24), stop + 1)
    if word is None:
        return False
    last = word.group(1)
    if last.isdigit():
        # 2. Armee, 27. November, der 110. Brigade; 2022. ends a sentence
        return len(last) <= 2 or _ORDINAL.search(text, max(0, stop - 12), stop) is not None
    if len(last) == 1 and last.isalpha() and last.isupper():
        return True  # J. Biden
    return last.lower() in _abbreviations()


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the ends of sentences inside a paragraph."""
    for match in _STOP.finditer(text, start, end):
        if match.group(0)[0] == "." and _is_abbreviation(text, match.start()):
            continue
        following = text[match.end() : match.end() + 3].lstrip()
        if following[:1].islower() or following[:1] in {",", ";", "–", "-"}:
            continue  # „Wir greifen an!“, sagte er
        yield match.end()
    for match in _GLUE.finditer(text, start, end):
        if _opens(text, match.start()):
            yield match.start()


def _opens(text: str, at: int) -> bool:
    """Whether the capital at `at`, right behind a heading's last letter, opens a sentence."""
    word = _CAPITAL_WORD.match(text, at)
    if word is None:
        return False
    if word.group(0) in _openers():
        return True
    before = _CLOSED.search(text, max(0, at - _LONGEST_WORD), at)
    return before is not None and len(word.group(0)) > 2


def _pieces(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a sentence is cut that is longer than any: after a semicolon, comma or word."""
    while end - start > _LONGEST:
        middle, last = start + _LONGEST // 2, start + _LONGEST
        seams = (text.rfind(seam, middle, last) + len(seam) for seam in _SEAMS)
        start = next((at for at in seams if at > middle), last)
        yield start


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@checked
def split_sentences(text: str) -> list[Sentence]:
    """Split a text into sentences.

    Examples
    --------
    >>> text = "Vormarsch bei Pokrowsk\\n\\nDie 2. Armee rückt vor. Kiew schweigt."
    >>> [text[s.start:s.end] for s in split_sentences(text)]
    ['Vormarsch bei Pokrowsk', 'Die 2. Armee rückt vor.', 'Kiew schweigt.']
    """
    sentences: list[Sentence] = []
    bounds = [0]
    wrapped = {match.end() for match in _WRAPPED.finditer(text)}
    for match in _PARAGRAPH.finditer(text):
        if match.end() not in wrapped:
            bounds += [match.start(), match.end()]
    bounds.append(len(text))
    for paragraph, (start, end) in enumerate(zip(bounds[::2], bounds[1::2], strict=True)):
        dateline = _DATELINE.match(text, start, end)
        opening = {dateline.end()} if dateline is not None else set()
        stops = {c for c in _stops(text, start, end) if dateline is None or c >= dateline.end()}
        cuts = sorted({*stops, *opening, end})
        if end - start > _LONGEST:
            parts = zip([start, *cuts], cuts, strict=False)
            cuts = sorted({*cuts, *(at for part in parts for at in _pieces(text, *part))})
        begin = start
        for cut in cuts:
            first, last = _trim(text, begin, cut)
            begin = cut
            if first < last:
                closed = text[first:last].rstrip(_CLOSERS).endswith((".", "!", "?", "…"))
                dated = cut in opening
                sentences.append(Sentence(first, last, paragraph, not (closed or dated), dated))
    return sentences
