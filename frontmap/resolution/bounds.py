"""Bounds: where the sentences around the mentions end, told quickly and for any language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontmap.recognition.records import Mention

__all__ = ["MARGIN", "sentence_ends"]

_SENTENCE = re.compile(r"[.!?:][\"\u201c\u201d\u00bb)]*\s+(?=[\"\u201e\u00abA-ZÄÖÜА-ЯІЇЄ])|\n+|[;]")
MARGIN = 500  # characters of text around a block that count


def sentence_ends(text: str, mentions: Sequence[Mention]) -> list[int]:
    """Give the ends of the sentences around the mentions."""
    if not mentions:
        return []
    start = max(0, mentions[0].start - MARGIN)
    end = mentions[-1].end + MARGIN
    return [match.end() for match in _SENTENCE.finditer(text, start, end)]
