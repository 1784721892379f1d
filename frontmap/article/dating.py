"""Title, date and source where they stand in the text: in its head and foot lines.

A date in the body says when something happened, not when the report was published; so only lines
at the top and the bottom count, and only where they are made for it: a line that begins with a word
of credits.tsv, a line that is nothing but a date, an agency's dateline.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from frontmap.lexicons import load

__all__ = ["Credit", "date_of_line", "find_credit", "find_dates"]

_HEAD = _FOOT = 6  # lines
_LONGEST_CREDIT = 200  # characters
_LONGEST_DATELINE = 200
_LONGEST_TITLE = 160
_YEARS = range(1990, 2101)
_DASH = r"[-–—|·,/]"
_WORTH = {"published": 5, "dateline": 4, "credit": 4, "source": 4, "bare": 3, "byline": 3,
          "updated": 2}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Credit:
    """What head and foot lines say about an article.

    Attributes
    ----------
    title : str or None
    published : datetime.date or None
    source : str or None
    """

    title: str | None = None
    published: dt.date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """What one head or foot line says."""

    kind: str
    date: dt.date | None
    source: str | None


@cache
def _months() -> dict[str, int]:
    return {
        name: int(entry["month"])
        for entry in load("article/months.tsv")
        for name in entry["names"].split()
    }


@cache
def _date_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"""(?<![\w.,:/-])(?:
        (?P<y1>\d{{4}})-(?P<m1>\d{{1,2}})-(?P<d1>\d{{1,2}})(?:T[\d:.+Z-]+)?
        | (?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>\d{{4}}|\d{{2}}(?!\d|[.:]))
        | (?P<d3>\d{{1,2}})/(?P<m3>\d{{1,2}})/(?P<y3>\d{{4}})
        | (?P<d4>\d{{1,2}})\.?\s+(?P<n4>{names})\b\.?,?(?:\s+(?P<y4>\d{{4}}))?
        | (?P<n5>{names})\b\.?\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y5>\d{{4}})
        )(?![\w/])""",
        re.VERBOSE | re.IGNORECASE,
    )


def find_dates(line: str) -> Iterator[tuple[int, int, dt.date | None]]:
    """Find the dates in a line.

    Yields
    ------
    int, int, datetime.date or None
        Offsets in `line` and the date, None for a day without a year.

    >>> [date.isoformat() for _, _, date in find_dates("Stand: 27.11.2025, 14:03 Uhr")]
    ['2025-11-27']
    """
    for match in _date_pattern().finditer(line):
        group = {key[0]: value for key, value in match.groupdict().items() if value}
        month = _months()[group["n"].lower()] if "n" in group else int(group["m"])
        day = int(group["d"])
        if match["y3"] and month <= 12 and day <= 12 and month != day:
            continue  # 03/05/2024 may be in March or in May
        if match["y3"] and month > 12:
            day, month = month, day
        if "y" not in group:
            yield match.start(), match.end(), None
            continue
        year = int(group["y"]) + (2000 if len(group["y"]) == 2 else 0)
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if year in _YEARS:
            yield match.start(), match.end(), date


@cache
def _openings() -> re.Pattern[str]:
    """How a credit line begins, one group a kind."""
    words: dict[str, list[str]] = {}
    for entry in load("article/credits.tsv"):
        words.setdefault(entry["kind"], []).extend(entry["words"].split("|"))
    parts = []
    for kind, phrases in words.items():
        ordered = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
        colon = r"\s*:" if kind in ("source", "credit") else r"\b\s*:?"
        parts.append(f"(?P<{kind}>(?:{ordered}){colon})")
    return re.compile(rf"[(\[*_\s]*(?:{'|'.join(parts)})\s*")


@cache
def _agencies() -> tuple[dict[str, str], str]:
    names = {entry["sign"]: entry["name"] for entry in load("article/agencies.tsv")}
    signs = "|".join(re.escape(sign) for sign in sorted(names, key=len, reverse=True))
    return names, rf"(?:{signs})(?:\s?[/,]\s?(?:{signs}))*"


@cache
def _dateline() -> re.Pattern[str]:
    """``Kiew, 27. November (dpa)``, ``KYIV (Reuters) - ``, ``(AFP) - ``, ``Kiew (dpa) –``."""
    signs = _agencies()[1]
    place = r"(?:[^\W\d_][\w.'’-]*(?:[ /]+[^\W\d_][\w.'’-]*){0,4})"
    return re.compile(
        rf"(?:{place}(?:,?\s+(?P<date>[\w.,/ -]{{3,25}}?))?\s*)?[(\[](?P<signs>{signs})[)\]]"
        rf"(?:\s*[-–—:.]|\s+|$)"
    )


@cache
def _bare() -> re.Pattern[str]:
    """What may stand beside a date in a line that is nothing but a date."""
    return re.compile(
        r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?|Uhr|UTC|MESZ|MEZ|CET|CEST|GMT|Z|um|vom|den|on|at|года|року|р"
        r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend|Mo|Di|Mi|Do|Fr|Sa|So"
        r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[ap]\.?m)\b|[\s,.;:|·/()\[\]–—-]"
    )


def _is_bare(line: str, date: tuple[int, int, dt.date | None]) -> bool:
    return not _bare().sub("", line[: date[0]] + line[date[1] :])


def date_of_line(line: str) -> dt.date | None:
    """The date of a line that is nothing but a date, with a time or a weekday perhaps.

    >>> date_of_line("Donnerstag, 27. November 2025, 14:03 Uhr")
    datetime.date(2025, 11, 27)
    >>> date_of_line("am 27. November 2025 begann")
    """
    dates = list(find_dates(line))
    return dates[0][2] if len(dates) == 1 and _is_bare(line, dates[0]) else None


def _names_of(signs: str) -> str:
    """The agencies that signed, as shown to readers."""
    names = _agencies()[0]
    return "/".join(names[sign.strip()] for sign in re.split(r"\s?[/,]\s?", signs))


def _place_and_date(line: str) -> dt.date | None:
    """The date of ``Charkiw, 3. November 2025. Die ...`` or ``Kiew, 3.11.2025 (eigen) -``."""
    head = line[:100]
    opening = re.match(r"[^\W\d_][\w'’-]*(?:[ /]+[^\W\d_][\w'’-]*){0,4},\s+(?:den\s+)?", head)
    date = next(find_dates(head), None)
    if not opening or not date or date[0] != opening.end():
        return None
    ends = re.match(r"\s*(?:[(\[][^)\]]{2,40}[)\]])?\s*(?:[.:–—]|-\s|$)", line[date[1] :])
    return date[2] if ends else None


def _read_line(line: str) -> _Line | None:
    """What a head or foot line says about date and source; None for any other line."""
    if match := _dateline().match(line[:_LONGEST_DATELINE]):
        date = next((date for _, _, date in find_dates(match["date"] or "")), None)
        return _Line("dateline", date, _names_of(match["signs"]))
    if date := _place_and_date(line):
        return _Line("dateline", date, None)
    if len(line) > _LONGEST_CREDIT:
        return None
    dates = list(find_dates(line))
    if match := _openings().match(line):
        kind = str(match.lastgroup)
        rest = line[match.end() :]
        if kind in ("published", "updated"):
            start = dates[0][0] if dates else 0
            if not dates or not re.fullmatch(r"\W*(?:\w{2,10}\W+)?", line[match.end() : start]):
                return None
            return _Line(kind, dates[0][2], None)
        if kind == "byline":
            named = r"(?:[^\W\d_][\w.'’-]*\s+){1,4}[^\W\d_][\w.'’-]*\s*" + _DASH
            start = dates[0][0] - match.end() if dates else 0
            if dates and re.match(named, rest) and re.fullmatch(r".*\W", rest[:start]):
                return _Line(kind, dates[0][2], None)
            return None
        return _Line(kind, dates[-1][2] if dates else None, _publisher(rest))
    if dates and _is_bare(line, dates[0]):
        return _Line("bare", dates[0][2], None)
    if match := re.fullmatch(rf"[(\[©\s]*({_agencies()[1]})[)\].\s]*", line):
        return _Line("source", None, _names_of(match[1]))
    return None


def _publisher(rest: str) -> str | None:
    """The publisher's name in the rest of a credit line, without its date."""
    dates = list(find_dates(rest))
    if dates:
        rest = rest[: dates[0][0]]
        rest = re.sub(r"[\s,|·–—(-]*(?:\b(?:am|vom|on|from|від|от))?\s*$", "", rest)
    rest = rest.strip().strip("*_()[]").rstrip(" .,;|").strip()
    if match := re.fullmatch(_agencies()[1], rest):
        return _names_of(match[0])
    return rest if rest and len(rest) <= 80 else None


def find_credit(text: str) -> Credit:
    """Find title, date and source in the head and foot lines of a text.

    Parameters
    ----------
    text : str

    Returns
    -------
    Credit
        None for what does not stand there.

    Examples
    --------
    >>> credit = find_credit('''Kämpfe um Pokrowsk gehen weiter
    ...
    ... Am 24. Februar 2022 begann der Krieg, der bis heute andauert.
    ...
    ... Text/Foto: Morgenblatt am 27. November 2025''')
    >>> credit.published.isoformat(), credit.source, credit.title
    ('2025-11-27', 'Morgenblatt', 'Kämpfe um Pokrowsk gehen weiter')
    """
    head, foot = _ends(text)
    found = [line for line in map(_read_line, head + foot) if line]
    dated = [line for line in found if line.date]
    best = max(dated, key=lambda line: _WORTH[line.kind], default=None)
    named = [line for line in found if line.source]
    source = max(named, key=lambda line: _WORTH[line.kind], default=None)
    return Credit(
        title=_title(head),
        published=best.date if best else None,
        source=source.source if source else None,
    )


def _ends(text: str) -> tuple[list[str], list[str]]:
    """The first and the last lines that are not empty, none twice."""
    lines = [line.strip() for line in text[: 1 << 16].split("\n") if line.strip()]
    head = lines[:_HEAD]
    if len(text) > 1 << 16:
        tail = [line.strip() for line in text[-(1 << 14) :].split("\n")[1:] if line.strip()]
        return head, tail[-_FOOT:]
    return head, lines[_HEAD:][-_FOOT:]


def _title(head: list[str]) -> str | None:
    """The first line where it looks like a headline and a text follows it."""
    if len(head) < 2:
        return None
    line = head[0]
    if len(line) > _LONGEST_TITLE or line[-1] in ".,;:…" or " " not in line:
        return None
    if head[1][0].islower():  # a sentence wrapped into lines
        return None
    if _read_line(line) or not any(character.isalpha() for character in line):
        return None
    return line
