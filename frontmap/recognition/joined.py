"""Names of one word that some write in two with a hyphen: "Gulaj-Pole", "Nowo-Pawliwka"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from frontmap.recognition.entries import Entry

if TYPE_CHECKING:
    from frontmap.recognition.entries import Entries

__all__ = ["joined_name"]

_SECOND_PART = re.compile(r"[-\u2010\u2011]([A-ZÄÖÜ][a-zäöüß]{2,})(?![\w-])")


def joined_name(text: str, end: int, first: str, entries: Entries) -> tuple[int, Entry] | None:
    """Give where a name ends whose first part ends at `end`, and what its two parts make as one.

    Parameters
    ----------
    text : str
    end : int
        Where the first part ends.
    first : str
        The first part, clean.
    entries : Entries

    Returns
    -------
    tuple[int, Entry] or None
        None where no hyphen follows, or no place has the two parts for its name.
    """
    second = _SECOND_PART.match(text, end)
    if second is None:
        return None
    entry = entries.get(first + second[1].lower())
    if not isinstance(entry, Entry) or not entry.analyses:
        return None
    return second.end(), entry
