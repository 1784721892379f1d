"""Repair of damaged text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from frontmap.article.records import Repair

__all__ = ["Repaired", "repair_text"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and what was done."""

    text: str
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()


_PAIRS = {"Ă€": "ä", "ĂŒ": "ü", "Ă¶": "ö", "ĂŸ": "ß"}


def repair_text(text: str) -> Repaired:
    """Repair a text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    repairs: list[Repair] = []
    pieces: list[str] = []
    length = 0
    for piece in re.split(r"(\w*(?:Ă[€Œ¶Ÿ]\w*)+|[a-z]+À[a-z]\w*|[A-Z][a-z]+À[a-z]\w*)", text):
        after = piece
        for pair, letter in _PAIRS.items():
            after = after.replace(pair, letter)
        chain = "UTF-8 read as ISO 8859-16"
        if "À" in after and re.fullmatch(r"\w+À\w+", after):
            after = after.replace("À", "ä")
            chain = "UTF-8 read as ISO 8859-16, then windows-1250 read as UTF-8"
        if after != piece:
            repairs.append(Repair(length, length + len(after), piece, after, chain))
        pieces.append(after)
        length += len(after)
    return Repaired("".join(pieces), tuple(repairs))
