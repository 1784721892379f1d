"""The steps behind a place, an area or a claim, in the reader's language.

The stages before write their steps in English. ``lexicons/page/reasons.tsv`` holds a pattern for
each kind of step and how it is told; a step that fits no pattern stays as it is, so that nothing of
what was decided is ever hidden.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from frontmap.lexicons import load
from frontmap.style import label

__all__ = ["reason_text", "reasons_text"]

_SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_DIRECTIONS = {"bearings": "bearing", "parts": "part"}
_LONGEST = 3000  # letters; longer steps are left as they are
_BEARINGS = re.compile(r"[NESWC]{1,2}(, [NESWC]{1,2})*")


def reasons_text(reasons: tuple[str, ...], language: str) -> str:
    """Return steps in the language, one a line."""
    return "\n".join(reason_text(reason, language) for reason in reasons)


@lru_cache(maxsize=20_000)
def reason_text(reason: str, language: str) -> str:
    """Return one step in the language.

    Parameters
    ----------
    reason : str
        As the stages write it, in English.
    language : {"de", "uk", "en"}

    Examples
    --------
    >>> reason_text("near: from the edge of the place to 7.5 km beyond it", "de")
    '„bei“: vom Rand des Ortes bis 7,5 km weit'
    >>> reason_text("something new", "de")
    'something new'
    """
    if language == "en" or len(reason) > _LONGEST:
        return reason
    found = _told(reason, language)
    if found is None and "; " in reason:
        return "; ".join(_told(part, language) or part for part in reason.split("; "))
    return found or reason


def _told(reason: str, language: str) -> str | None:
    for pattern, groups, template in _patterns(language):
        match = pattern.fullmatch(reason)
        if match is None:
            continue
        values = {name: _value(match[name], group, language) for name, group in groups.items()}
        if all(value is not None for value in values.values()):
            return _SLOT.sub(lambda slot, told=values: str(told[slot[1]]), template)  # type: ignore[misc]
    return None


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], dict[str, str], str]]:
    """Return the patterns in the order they are tried.

    Those that begin with words of their own come before those that begin with a slot, which takes
    anything; among them those first that leave least to be filled in.
    """
    rows = load("page/reasons.tsv")
    found = []
    for row in sorted(rows, key=lambda r: (r["en"][0] == "{", -len(_SLOT.sub("", r["en"])))):
        groups = {slot[1]: slot[2] or "" for slot in _SLOT.finditer(row["en"])}
        fixed = [re.escape(part) for part in _SLOT.split(row["en"])[::3]]
        slots = [f"(?P<{slot[1]}>.*?)" for slot in _SLOT.finditer(row["en"])]
        text = "".join(part + slot for part, slot in zip(fixed, [*slots, ""], strict=True))
        found.append((re.compile(text, re.DOTALL), groups, row[language]))
    return found


def _value(text: str, group: str, language: str) -> str | None:
    """Return what stands in a slot in the language; None if it is no value of the group."""
    if not group:
        return text.replace(".", ",") if _NUMBER.fullmatch(text) else text
    if group == "reason":
        return reason_text(text, language)
    if group == "number":
        return text.replace(".", ",") if _NUMBER.fullmatch(text) else None
    if group in _DIRECTIONS:
        if not _BEARINGS.fullmatch(text):
            return None
        return ", ".join(label(_DIRECTIONS[group], part, language) for part in text.split(", "))
    known = _words(group, language)
    # Several values with a slash between stand for a choice: "city/village".
    parts = [known.get(part) for part in text.split("/")]
    return None if None in parts else "/".join(str(part) for part in parts)


@cache
def _words(group: str, language: str) -> dict[str, str]:
    rows = (*load("labels.tsv"), *load("page/reason_words.tsv"))
    return {row["key"]: row[language] for row in rows if row["group"] == group}
