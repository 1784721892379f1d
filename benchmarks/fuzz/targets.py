"""What the fuzzer throws its inputs at.

A check makes its input, uses it, and asserts what must hold of the answer; an error of the
documented trees counts as an input refused, any other as a failure.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz import files, gazetteers, outputs, texts

__all__ = ["TARGETS", "Target"]


@dataclass(frozen=True)
class Target:
    """One thing to throw inputs at: its check and its share of all inputs."""

    check: Callable[[random.Random, Path], None]
    share: float


TARGETS = {
    "reading": Target(texts.reading, 0.08),
    "repair": Target(texts.repair, 0.10),
    "sentences": Target(texts.sentences, 0.06),
    "recognition": Target(texts.recognition, 0.16),
    "resolution": Target(texts.resolution, 0.06),
    "claims": Target(texts.claims, 0.10),
    "look-ups": Target(texts.lookups, 0.09),
    "geocoder": Target(texts.geocoder, 0.03),
    "gazetteer files": Target(files.gazetteer_files, 0.10),
    "importers": Target(files.importers, 0.05),
    "builds": Target(gazetteers.builds, 0.002),
    "differences": Target(gazetteers.differences, 0.01),
    "lexicons": Target(files.lexicons, 0.02),
    "corpora": Target(files.corpora, 0.04),
    "ledgers": Target(files.ledgers, 0.005),
    "control": Target(files.control, 0.004),
    "saved reports": Target(files.saved_reports, 0.02),
    "gold files": Target(files.gold_files, 0.02),
    "geometries": Target(outputs.geometries, 0.01),
    "exports": Target(outputs.exports, 0.04),
    "pages": Target(outputs.pages, 0.003),
    "layers": Target(outputs.layers, 0.001),
    "commands": Target(outputs.commands, 0.007),
}
