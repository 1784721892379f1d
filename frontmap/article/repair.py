"""Repair: damaged words are found and the wrong turn of their encoding is undone.

A word is touched only where something in it cannot stand in a clean word of any language we
protect (`evidence.count_defects`), undoing a known wrong turn (`candidates`) leaves less of that,
and what comes out are letters and signs of living languages. The text is judged as a whole: a
wrong turn proven by some words is then also undone in words that are weak evidence by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from frontmap.article.records import Repair

__all__ = ["Repaired", "normalize", "repair_text"]

# Everyday German: where nothing else occurs there is nothing to repair.
_UNUSUAL = re.compile(r"[^\x00-\x7fÄÖÜäöüß„“”‚‘’–—…«»\xa0\xad€§°éèáóíç·‑]|[a-zäöüß][„”][a-zäöüß]")
# A word, cut where it is too long for one, but not inside a run of marked characters.
_WORD = re.compile(r"[^ \t\n\r\f\v]{1,100}[^ \t\n\r\f\v\x00-\x7f]{0,3}")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_NEVER_MEANT = re.compile("[\ufeff\ufffe\uffff]")
_CONTROLS = re.compile(r"[\x80-\x9f]")
_ROUNDS = 8
_MOST_MENDED = 50_000  # words after which no further round is made
_AS_CONTROLS = "windows-1252 read as ISO 8859-1"


def _windows(match: re.Match[str]) -> str:
    """What a control character is in windows-1252; nothing where it is none there."""
    return match.group().encode("latin-1").decode("cp1252", "ignore")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and what was done.

    Attributes
    ----------
    text : str
    repairs : tuple[Repair, ...]
    notes : tuple[str, ...]
    """

    text: str
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()


def normalize(text: str) -> tuple[str, int]:
    """Make line ends uniform and drop what is no text.

    Parameters
    ----------
    text : str

    Returns
    -------
    str, int
        The text with ``\\n`` as its only line end (form feeds and vertical tabs too), without a
        byte order mark at the start and without control characters, U+FFFD for lone
        surrogates; and how many control characters and surrogates there were.

    >>> normalize("\\ufeffPok\\x00rowsk\\r\\nfiel\\x0c")
    ('Pokrowsk\\nfiel\\n', 1)
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x0b" in text or "\x0c" in text:
        text = text.replace("\x0b", "\n").replace("\x0c", "\n")
    return _NOT_TEXT.subn(lambda m: "\ufffd" if "\ud800" <= m[0] <= "\udfff" else "", text)


def repair_text(text: str) -> Repaired:
    """Undo the damage in a text.

    Parameters
    ----------
    text : str

    Returns
    -------
    Repaired
        Clean text comes back as `normalize` leaves it. Linear in the length of the text.

    Examples
    --------
    >>> repaired = repair_text("Die grĂ¶ĂŸten StĂ€dte und die schönsten")
    >>> repaired.text
    'Die größten Städte und die schönsten'
    >>> [(r.start, r.end, r.before) for r in repaired.repairs]
    [(4, 11, 'grĂ¶ĂŸten'), (12, 18, 'StĂ€dte')]
    >>> repair_text("À Kyiv, la Roumanie: Ăștia, žluťoučký, łódź").repairs
    ()
    """
    text, dropped = normalize(text)
    repairs: tuple[Repair, ...] = ()
    for _ in range(_ROUNDS):
        mended = _mend(text)
        if not mended:
            break
        between = text
        text, further = _apply(between, mended)
        repairs = _joined(repairs, between, further) if repairs else further
        if len(mended) > _MOST_MENDED:
            break
    return Repaired(text, repairs, tuple(_notes(text, dropped)))


def _mend(text: str) -> dict[str, tuple[str, str]]:
    """The words of a text that are to be mended: what they read then, and the chain."""
    if not _UNUSUAL.search(text):
        return {}
    from frontmap.article.judgement import mend

    words = {word for word in _WORD.findall(text) if not word.isascii()}
    found = mend(words)
    mended: dict[str, tuple[str, str]] = {}
    for word in words:
        after, chain = found.get(word, (word, ""))
        if chain:
            after = _NEVER_MEANT.sub("", after)  # a byte order mark that took the same turn
        if _CONTROLS.search(after):
            after, chain = _CONTROLS.sub(_windows, after), chain or _AS_CONTROLS
        if after != word:
            mended[word] = after, chain
    return mended


def _apply(text: str, mended: dict[str, tuple[str, str]]) -> tuple[str, tuple[Repair, ...]]:
    """Put the mended words in their places."""
    pieces: list[str] = []
    repairs: list[Repair] = []
    last = length = 0
    for match in _WORD.finditer(text):
        if match.group() not in mended:
            continue
        before = match.group()
        after, chain = mended[before]
        pieces += (text[last : match.start()], after)
        length += match.start() - last
        left, right = _same_edges(before, after)
        repairs.append(
            Repair(
                length + left,
                length + len(after) - right,
                before[left : len(before) - right],
                after[left : len(after) - right],
                chain,
            )
        )
        length += len(after)
        last = match.end()
    pieces.append(text[last:])
    return "".join(pieces), tuple(repairs)


@dataclass(frozen=True, slots=True)
class _Change:
    """A repair of one of two rounds, by its offsets in the text between them."""

    start: int
    end: int
    repair: Repair
    is_second: bool


def _joined(
    first: tuple[Repair, ...], between: str, second: tuple[Repair, ...]
) -> tuple[Repair, ...]:
    """Two rounds of repairs as one; `between` is the text after the first round."""
    changes = [_Change(r.start, r.end, r, False) for r in first]
    longer = 0  # than before the second round
    for repair in second:
        start = repair.start - longer
        changes.append(_Change(start, start + len(repair.before), repair, True))
        longer += len(repair.after) - len(repair.before)
    changes.sort(key=lambda change: (change.start, change.end))
    groups: list[list[_Change]] = []
    reach = -1
    for change in changes:
        if change.start < reach:
            groups[-1].append(change)
        else:
            groups.append([change])
        reach = max(reach, change.end)
    joined: list[Repair] = []
    longer = 0
    for group in groups:
        joined.append(_one(group, between, longer))
        longer += sum(len(c.repair.after) - len(c.repair.before) for c in group if c.is_second)
    return tuple(joined)


def _one(group: list[_Change], between: str, longer: int) -> Repair:
    """Overlapping repairs of two rounds as one; the text before it has become `longer` by then."""
    start, end = group[0].start, max(change.end for change in group)
    earlier = [(c.start, c.end, c.repair.before) for c in group if not c.is_second]
    later = [(c.start, c.end, c.repair.after) for c in group if c.is_second]
    after = _replaced(between, start, end, later)
    return Repair(
        start + longer,
        start + longer + len(after),
        _replaced(between, start, end, earlier),
        after,
        "; ".join(dict.fromkeys(c.repair.chain for c in sorted(group, key=lambda c: c.is_second))),
    )


def _replaced(text: str, start: int, end: int, parts: Iterable[tuple[int, int, str]]) -> str:
    """A stretch of a text with some parts of it replaced."""
    pieces: list[str] = []
    for first, last, part in parts:
        pieces += (text[start:first], part)
        start = last
    return "".join(pieces) + text[start:end]


def _same_edges(before: str, after: str) -> tuple[int, int]:
    """How many signs before and after the word proper are the same in both forms."""
    shortest = min(len(before), len(after))
    left = 0
    while left < shortest and before[left] == after[left] and not before[left].isalnum():
        left += 1
    right = 0
    while (
        right < shortest - left
        and before[-1 - right] == after[-1 - right]
        and not before[-1 - right].isalnum()
    ):
        right += 1
    return left, right


def _notes(text: str, dropped: int) -> Iterable[str]:
    """What a reader should know besides the repairs."""
    if dropped:
        yield f"{dropped} control characters or surrogates dropped"
    if lost := text.count("\ufffd"):
        yield f"{lost} characters (U+FFFD) were lost before the text came here"
