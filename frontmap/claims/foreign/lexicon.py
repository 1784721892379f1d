"""The lexicons of English, Ukrainian and Russian reports, compiled, and matches of their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from frontmap.lexicons import load

__all__ = ["Found", "alternatives", "cue", "cues", "find", "normalised", "spelled"]

_END = {"foreign_events": r"(?!\w)"}  # forms stand whole, the longest fitting one counts
_SPELLING = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "‘": "'", "\n": " ", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a lexicon line: where it lies in its sentence, and what the line says."""

    start: int
    end: int
    line: dict[str, str]


def normalised(text: str) -> str | None:
    """Write a sentence as the patterns expect it; None where its length would change."""
    lowered = text.lower().translate(_SPELLING)
    return lowered if len(lowered) == len(text) else None


def spelled(pattern: str) -> str:
    """Make a pattern begin at the beginning of a word."""
    return rf"(?<!\w)(?:{pattern})"


@cache
def _compiled(
    table: str, language: str, use: str
) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    return tuple(
        (re.compile(spelled(line["pattern"]) + _END.get(table, "")), line)
        for line in load(f"claims/{table}.tsv")
        if line["language"] == language and use in ("", line.get("use", ""))
    )


def find(table: str, language: str, text: str, use: str = "") -> list[Found]:
    """Find every match of a table's lines, none over another, earlier lines first served."""
    found: list[Found] = []
    for compiled, line in _compiled(table, language, use):
        for match in compiled.finditer(text):
            if match.end() > match.start() and not any(
                f.start < match.end() and match.start() < f.end for f in found
            ):
                found.append(Found(match.start(), match.end(), line))
    return sorted(found, key=lambda f: f.start)


def cues(table: str, language: str, use: str) -> tuple[dict[str, str], ...]:
    """Give the lines of one use."""
    return tuple(
        line
        for line in load(f"claims/{table}.tsv")
        if line["language"] == language and line["use"] == use
    )


@cache
def alternatives(table: str, language: str, use: str) -> str:
    """Join the patterns of one use; a pattern that never matches where there is none."""
    patterns = [line["pattern"] for line in cues(table, language, use)]
    return "|".join(patterns) if patterns else r"(?!)"


@cache
def cue(language: str, use: str) -> re.Pattern[str]:
    """Compile the small words of one use as they stand."""
    return re.compile(f"(?:{alternatives('foreign_cues', language, use)})")
