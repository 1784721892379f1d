"""How an English, Ukrainian or Russian clause presents its event; how often; and when."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from frontmap.claims.foreign.actors import GAINS, Clause
from frontmap.claims.foreign.lexicon import Found, alternatives, cues, find
from frontmap.claims.records import DatePrecision, Event, Modality

__all__ = ["Presented", "count_of", "date_of", "present"]

_NEAR = re.compile(r"^\s*+(?:[\w'-]++(?:\s++[\w'-]++){0,2})?\s*+$")
_COUNTED_EVENTS = (
    Event.ATTACK,
    Event.REPELLED,
    Event.CLASH,
    Event.STRIKE,
    Event.COUNTERATTACK,
)


@dataclass(frozen=True, slots=True)
class Presented:
    """The modality of an event, whether it was only tried, and the words that say so."""

    modality: Modality
    attempted: bool
    words: tuple[str, ...]


def _applies(clause: Clause, found: Found, event: Found) -> bool:
    scope = found.line["scope"]
    if scope == "any":
        return True
    if found.end > event.start + 1 and not event.start <= found.start < event.end:
        return False
    if scope == "before":
        return True
    gap = clause.text[found.end : event.start]
    return found.start >= event.start or bool(_NEAR.match(gap))


def present(clause: Clause, event: Found, kind: Event) -> Presented:
    """Read the modality: denial over possibility over plan, else what somebody says."""
    text = clause.text[clause.start : clause.end]
    values: dict[str, str] = {}
    for found in find("foreign_modality", clause.language, text):
        moved = Found(clause.start + found.start, clause.start + found.end, found.line)
        if _applies(clause, moved, event):
            values.setdefault(found.line["value"], clause.text[moved.start : moved.end].strip())
    attempted = "attempt" in values and kind in GAINS
    effect = clause.attribution.effect if clause.attribution else ""
    if effect == "deny":
        return Presented(Modality.DENIED, attempted, ("denied",))
    for value in ("denied", "possible", "planned"):
        if value in values:
            return Presented(Modality(value), attempted, (values[value],))
    if effect in ("plan", "order"):
        return Presented(Modality.PLANNED, attempted, ("promised or ordered",))
    said = clause.attribution is not None or "reported" in values
    words = (values["reported"],) if "reported" in values else ()
    return Presented(Modality.REPORTED if said else Modality.ASSERTED, attempted, words)


@cache
def _counted(language: str) -> re.Pattern[str]:
    numbers = alternatives("foreign_cues", language, "number")
    counted = alternatives("foreign_cues", language, "counted")
    return re.compile(rf"(?<![\w.,:/-])(?P<number>\d{{1,3}}|{numbers}) (?:{counted})")


def _value(language: str, word: str) -> int | None:
    if word.isdigit():
        return int(word)
    for line in cues("foreign_cues", language, "number"):
        if re.fullmatch(line["pattern"], word):
            return int(line["value"])
    return None


def count_of(clause: Clause, kind: Event, first: int, last: int) -> int | None:
    """Return how many attacks, clashes or tries are counted between two offsets."""
    if kind not in _COUNTED_EVENTS:
        return None
    match = _counted(clause.language).search(clause.text[first:last])
    value = _value(clause.language, match["number"]) if match else None
    return value if value is not None and value >= 2 else None


@cache
def _month(language: str) -> re.Pattern[str]:
    months = alternatives("foreign_cues", language, "month")
    return re.compile(
        rf"(?<!\w)(?:(?P<day>\d{{1,2}}) )?(?P<month>{months})(?: (?P<late>\d{{1,2}}),)? "
        r"(?P<year>20\d\d)(?!\d)"
    )


def date_of(clause: Clause) -> tuple[dt.date, DatePrecision] | None:
    """Return a date with its year, for what lies back: in May 2023."""
    match = _month(clause.language).search(clause.text[clause.start : clause.end])
    if match is None:
        return None
    number = next(
        int(line["value"])
        for line in cues("foreign_cues", clause.language, "month")
        if re.fullmatch(line["pattern"], match["month"])
    )
    day = match["day"] or match["late"]
    try:
        date = dt.date(int(match["year"]), number, int(day or 1))
    except ValueError:
        return None
    return date, DatePrecision.DAY if day else DatePrecision.MONTH
