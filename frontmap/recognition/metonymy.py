"""Metonymy: a capital's name that stands for the government seated there."""

from __future__ import annotations

import re

from frontmap.recognition.context import Surroundings
from frontmap.recognition.inflection import Analysis
from frontmap.recognition.records import Construction
from frontmap.recognition.tokens import word_after, word_before
from frontmap.recognition.vocabulary import vocabulary

__all__ = ["is_metonym"]

_DIRECTION = re.compile(r"(?:lich|Kilometern?|km|Richtung|Hauptstadt|entfernt)$")
_SPAN = 60  # characters looked back over for the institution in "Regierung in Kiew"
_SEATED = frozenset(("in", "aus", "In", "Aus"))


def is_metonym(text: str, start: int, end: int, reading: Analysis, context: Surroundings) -> bool:
    """Whether ``text[start:end]`` stands for a government.

    Only capitals can, and only where a word beside them shows it; "Hauptstadt Kiew", "nördlich von
    Kiew" and a bare "Kiew unter Beschuss" are places.
    """
    words = vocabulary()
    if reading.stem not in words.capitals:
        return False
    before, after = context.before, context.after
    if context.container is not None:
        return False
    if before in _SEATED:
        return _institution_before(text, start)
    if before == "von":
        earlier, _, _ = word_before(text, word_before(text, start)[1])
        if _DIRECTION.search(earlier):
            return False
        return words.shows_institution(after, "after-von")
    shown_before = not _compares(text, start, before) and (
        words.shows_institution(before, "before")
        or words.shows_institution(before.lower(), "before")
    )
    bare = reading.construction not in (Construction.GENITIVE, Construction.ADJECTIVE)
    if context.cue >= 0.5 and bare:
        return shown_before
    return (
        shown_before
        or words.shows_institution(after, "after")
        or (bare and _beside_another_capital(text, start, end, context))
    )


def _compares(text: str, start: int, before: str) -> bool:
    """Whether "wie" gives an example and opens no clause: "Städte wie Kiew"."""
    if before != "wie":
        return False
    earlier, position, gap = word_before(text, word_before(text, start)[1])
    quantity = word_before(text, word_before(text, position)[1])[0]
    return earlier[:1].isupper() and not gap.strip() and quantity != "so"  # so viel Gebiet wie Kiew


def _beside_another_capital(text: str, start: int, end: int, context: Surroundings) -> bool:
    """Whether two capitals stand side by side as those of states do: "Moskau und Kiew"."""
    words = vocabulary()
    if context.before == "und":
        earlier, position, _ = word_before(text, word_before(text, start)[1])
        before = word_before(text, position)[0]
        return earlier in words.capitals and words.cues.get(before, 0.0) < 1.0
    if context.after == "und":
        following, _, _ = word_after(text, word_after(text, end)[1])
        return following in words.capitals
    return False


def _institution_before(text: str, start: int) -> bool:
    """Whether an institution stands in the few words before "in Kiew"."""
    words = vocabulary()
    position = word_before(text, start)[1]
    for _ in range(3):
        word, earlier, gap = word_before(text, position)
        if not word or position - earlier > _SPAN or "\n" in gap:
            return False
        if words.shows_institution(word, "before-in"):
            return True
        position = earlier
    return False
