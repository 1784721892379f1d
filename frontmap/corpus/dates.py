"""Dates of publication as tables and feeds write them."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from frontmap.article.dating import date_of_line

__all__ = ["read_day"]

_COARSE = re.compile(r"\d{4}(-\d{2})?(/.*)?")  # a year, a month, a stretch: no day of publication
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d*)?")  # seconds or milliseconds since 1970


def read_day(value: str | None) -> tuple[dt.date | None, str | None]:
    """Read the day of publication from a cell.

    ISO 8601, the dates of mails and feeds, German and English ones with or without a time, and
    seconds or milliseconds since 1970 (UTC) are understood.

    Parameters
    ----------
    value : str or None

    Returns
    -------
    datetime.date or None, str or None
        The day, None where there is none: a year, a month or a stretch of time is no day. And
        what is to be said of a value that is not understood, else None.

    Examples
    --------
    >>> read_day("27.11.2025, 14:03 Uhr")[0].isoformat()
    '2025-11-27'
    >>> read_day("03/05/2025")
    (None, "its date '03/05/2025' is not understood and left out; write it as 2025-11-27")
    """
    value = (value or "").strip()
    if not value or _COARSE.fullmatch(value):
        return None, None
    for reader in (_iso, _of_mail, date_of_line, _epoch):
        day = reader(value[:100])
        if day is not None:
            return day, None
    return None, f"its date {value[:40]!r} is not understood and left out; write it as 2025-11-27"


def _iso(value: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _of_mail(value: str) -> dt.date | None:
    """``Thu, 27 Nov 2025 10:00:00 +0100``, the day as it is written there."""
    if not any(letter.isalpha() for letter in value):
        return None  # what it makes of bare numbers is guessed
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _epoch(value: str) -> dt.date | None:
    match = _EPOCH.fullmatch(value)
    return dt.datetime.fromtimestamp(int(match[1]), dt.UTC).date() if match else None
