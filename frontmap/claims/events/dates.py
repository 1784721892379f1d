"""When: dates of events by the words of their clause, against the article's date."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from frontmap.claims.lexicon.words import pattern
from frontmap.claims.records import DatePrecision, Event, Modality
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.lexicons import load

__all__ = ["date_of", "read_date"]

_ABOUT = pattern("about")
_SINCE = pattern("since")
_DATED_PAPER = pattern("dated_paper")
_DATED_OCCASION = pattern("dated_occasion")
_SAME_YEAR = pattern("same_year")
_WEEKEND = pattern("weekend")

Dated = tuple[dt.date, DatePrecision]


@cache
def _words(kind: str) -> dict[str, int]:
    return {
        line["word"]: int(line["value"])
        for line in load("claims/dates.tsv")
        if line["class"] == kind
    }


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    months = "|".join(_words("month"))
    days = "|".join(_words("weekday"))
    seasons = "|".join(_words("season"))
    relative = "|".join(sorted(_words("relative"), key=len, reverse=True))
    return (
        re.compile(rf"\b(?P<day>\d{{1,2}})\s?\.? (?P<month>{months})(?: (?P<year>20\d\d))?\b"),
        re.compile(
            rf"\b(?:(?P<part>anfang|mitte|ende) )?(?P<month>{months})(?: (?P<year>20\d\d))?\b"
        ),
        re.compile(rf"\b(?:(?P<part>anfang|mitte|ende) )?(?P<season>{seasons}) (?P<year>20\d\d)\b"),
        re.compile(r"\b(?:im jahr|im jahre|in|seit|jahr|anfang|mitte|ende)? ?(?P<year>20[12]\d)\b"),
        re.compile(rf"\b(?P<relative>{relative})\b"),
        re.compile(rf"\bnacht (?:zu|auf|zum) (?:den |dem )?(?P<night>{days})\b"),
        re.compile(
            rf"\b(?P<weekday>{days})(?:s|abend|morgen|nachmittag|mittag|vormittag|früh|nacht)?\b"
        ),
        re.compile(
            rf"\bvor (?:{_ABOUT.pattern} )?(?P<count>\w+)"
            r" (?P<unit>tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)\b"
        ),
    )


_SOON = 2  # months a plan without a year may reach into the next


def _year_of(month: int, day: int, published: dt.date, ahead: bool) -> int:
    """Return the year a date without one means: the last such day, of plans the next."""
    later = (month, day) > (published.month, published.day)
    if ahead:
        apart = (month - published.month) % 12
        return published.year + (1 if not later and 0 < apart <= _SOON else 0)
    return published.year - (1 if later else 0)


def _month_date(
    groups: dict[str, str | None], published: dt.date | None, ahead: bool
) -> Dated | None:
    month = _words("month")[groups["month"] or ""]
    if groups.get("year"):
        year = int(groups["year"] or 0)
    elif published is not None:
        year = _year_of(month, int(groups.get("day") or 1), published, ahead)
    else:
        return None
    if groups.get("day"):
        try:
            return dt.date(year, month, int(groups["day"] or 1)), DatePrecision.DAY
        except ValueError:
            return None
    part = groups.get("part")
    if part:
        day = {"anfang": 1, "mitte": 11, "ende": 21}[part]
        return dt.date(year, month, day), DatePrecision.WEEK
    return dt.date(year, month, 1), DatePrecision.MONTH


def _ago(groups: dict[str, str | None], published: dt.date) -> Dated | None:
    from frontmap.claims.syntax.noun_phrases import number_value

    word = groups["count"] or ""
    count = _words("ago").get(word) or number_value(word)
    if count is None or count > 400:
        return None
    unit = groups["unit"] or ""
    if unit.startswith("tag"):
        return published - dt.timedelta(days=int(count)), DatePrecision.DAY
    if unit.startswith("woche"):
        return published - dt.timedelta(weeks=int(count)), DatePrecision.WEEK
    if unit.startswith("monat"):
        total = published.year * 12 + published.month - 1 - int(count)
        return dt.date(total // 12, total % 12 + 1, 1), DatePrecision.MONTH
    return dt.date(published.year - int(count), 1, 1), DatePrecision.YEAR


def _weekday(name: str, published: dt.date) -> dt.date:
    """Return the last day of that name, the day of publication included."""
    back = (published.weekday() - _words("weekday")[name]) % 7
    return published - dt.timedelta(days=back)


def read_date(text: str, published: dt.date | None, *, ahead: bool = False) -> Dated | None:
    """Read the date of an event from lower-case words.

    Parameters
    ----------
    text : str
        The clause, lower case.
    published : datetime.date or None
        The article's date; without it only full dates are read.
    ahead : bool
        Whether what is planned or possible is dated, so that a date without a year may lie ahead.

    Returns
    -------
    tuple or None
        First day of the stretch and how exact it is.

    Examples
    --------
    >>> read_date("am vortag 57 angriffe abgewehrt", dt.date(2025, 11, 27))
    (datetime.date(2025, 11, 26), <DatePrecision.DAY: 'day'>)
    >>> read_date("im november 2022 befreit", None)
    (datetime.date(2022, 11, 1), <DatePrecision.MONTH: 'month'>)
    """
    try:
        return _read_date(text, published, ahead)
    except (ValueError, OverflowError):  # before the year 1 or after 9999
        return None


def _read_date(text: str, published: dt.date | None, ahead: bool) -> Dated | None:
    day, month, season, year, relative, night, weekday, ago = (p.search(text) for p in _patterns())
    if day:
        return _month_date(day.groupdict(), published, ahead)
    if season:
        first = {1: 3, 2: 6, 3: 9, 4: 12}[_words("season")[season["season"]]]
        return dt.date(int(season["year"]), first, 1), DatePrecision.SEASON
    if month:
        return _month_date(month.groupdict(), published, ahead)
    if year:
        return dt.date(int(year["year"]), 1, 1), DatePrecision.YEAR
    if published is None:
        return None
    if ago:
        found = _ago(ago.groupdict(), published)
        if found:
            return found
    if night:
        return _weekday(night["night"], published), DatePrecision.DAY
    if _WEEKEND.search(text):
        return _weekday("samstag", published), DatePrecision.WEEK
    if weekday:
        return _weekday(weekday["weekday"], published), DatePrecision.DAY
    if relative:
        days = _words("relative")[relative["relative"]]
        precision = DatePrecision.WEEK if "woche" in relative["relative"] else DatePrecision.DAY
        return published + dt.timedelta(days=days), precision
    return None


def date_of(
    analysis: SentenceAnalysis,
    trigger: Trigger,
    event: Event,
    modality: Modality,
    published: dt.date | None,
) -> Dated | None:
    """Read when an event was, or is to be, from the words of its clause and the one it hangs on."""
    ahead = modality in (Modality.PLANNED, Modality.POSSIBLE)
    found = read_date(_dated_text(analysis, trigger, event), published, ahead=ahead)
    clause = analysis.clauses[trigger.clause]
    if found is not None or clause.opener != "als" or not clause.tokens[0]:
        return found
    before = analysis.tokens[max(0, clause.tokens[0] - 6) : clause.tokens[0]]
    return read_date(" ".join(t.lower for t in before), published)  # im November, als X fiel


def _dated_text(analysis: SentenceAnalysis, trigger: Trigger, event: Event) -> str:
    """Return the words a date is read from; ``seit`` dates what lasts, no single event.

    The date of an announcement is none of the event: am Montag meldete Kiew die Einnahme von X.
    """
    clause = analysis.clauses[trigger.clause]
    text = _DATED_OCCASION.sub("", _DATED_PAPER.sub("", clause.text))
    saying = [
        a.token
        for a in analysis.attributions
        if a.way == "verb" and a.token in clause.tokens and trigger.shape == "noun"
    ]
    if saying:
        last = saying[0] if saying[0] > trigger.first else len(analysis.tokens)
        own = [i for i in clause.tokens if trigger.first <= i < last]
        text = " ".join(analysis.tokens[i].lower for i in own)
    text = _same_year(analysis, clause, text)
    if event in (Event.CONTROL, Event.CLASH, Event.ENCIRCLEMENT):
        return text
    return _SINCE.sub("", text)


def _same_year(analysis: SentenceAnalysis, clause: Clause, text: str) -> str:
    """Add the year that ``desselben Jahres`` goes back to."""
    if _SAME_YEAR.search(text) is None or re.search(r"\b20\d\d\b", text):
        return text
    before = analysis.text[: analysis.tokens[clause.tokens[0]].start]
    years = re.findall(r"\b20\d\d\b", before[-600:])
    return _SAME_YEAR.sub(years[-1], text) if years else text
