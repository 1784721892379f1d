"""Findings: stretches of text that are known names, before it is decided which are places."""

from __future__ import annotations

from dataclasses import dataclass

from frontmap.recognition.context import Surroundings
from frontmap.recognition.entries import Entry
from frontmap.recognition.inflection import Analysis
from frontmap.recognition.records import Construction
from frontmap.recognition.vocabulary import Container

__all__ = ["THRESHOLD", "Finding"]

THRESHOLD = 1.0  # score from which a finding is taken for a place


@dataclass(slots=True)
class Finding:
    """A stretch of text that is some known name, with what speaks for and against it."""

    start: int
    end: int
    readings: tuple[Analysis, ...]
    entry: Entry
    context: Surroundings
    construction: Construction
    score: float
    words: int = 1
    container: Container | None = None
    metonym: bool = False
    prominence: float | None = None
