"""Forces whose name has several words: Legion »Freiheit Russlands«, Gruppe Wagner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from frontmap.claims.syntax.tokens import Token
from frontmap.lexicons import load

__all__ = ["named_forces"]


@cache
def _names() -> re.Pattern[str]:
    names: dict[str, list[str]] = {"UA": [], "RU": []}
    for line in load("claims/forces.tsv"):
        names[line["side"]].append(line["name"])
    sides = (f"(?P<{side}>{'|'.join(listed)})" for side, listed in names.items())
    return re.compile(r"(?<!\S)(?:" + "|".join(sides) + r")(?!\S)")


def named_forces(tokens: Sequence[Token]) -> dict[int, tuple[int, str]]:
    """Find the names of forces, whatever sides the single words in them name.

    Returns
    -------
    dict[int, tuple[int, str]]
        By the index of the first token: the index of the last, and RU or UA.
    """
    words = [i for i, token in enumerate(tokens) if token.is_word]
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for i in words:
        starts[at] = i
        ends[at + len(tokens[i].text)] = i
        at += len(tokens[i].text) + 1
    text = " ".join(tokens[i].text for i in words)
    return {
        starts[found.start()]: (ends[found.end()], found.lastgroup or "")
        for found in _names().finditer(text)
    }
