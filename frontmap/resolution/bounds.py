"""Bounds: where the sentences around the mentions end, told quickly and for any language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from frontmap.recognition.records import Mention

__all__ = ["Sentences"]

_SENTENCE = re.compile(r"[.!?:][\"\u201c\u201d\u00bb)]*\s+(?=[\"\u201e\u00abA-ZÄÖÜА-ЯІЇЄ])|\n+|[;]")
_MARGIN = 500  # characters of text around a block that count


class Sentences:
    """The sentences around the mentions of a text."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._ends: list[int] = []
        if mentions:
            start = max(0, mentions[0].start - _MARGIN)
            found = _SENTENCE.finditer(text, start, mentions[-1].end + _MARGIN)
            self._ends = [match.end() for match in found]

    def number(self, mention: Mention) -> int:
        """Give the number of the sentence a mention stands in."""
        return bisect_right(self._ends, mention.start)

    def around(self, mention: Mention, *, before: int = 0) -> str:
        """Give the sentence of a mention, with so many sentences before it."""
        position = self.number(mention)
        first = position - 1 - before
        start = self._ends[first] if first >= 0 else max(0, mention.start - _MARGIN)
        end = self._ends[position] if position < len(self._ends) else len(self._text)
        return self._text[start : min(end, mention.end + _MARGIN)]
