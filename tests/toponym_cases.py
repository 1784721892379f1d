"""Cases of place names written as marked text; see the head of ``cases/toponyms/forms.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontmap.resolution import Toponym
from gazetteer import Place
from gazetteer.folding import fold

FOLDER = Path(__file__).parent / "cases" / "toponyms"
FILES = ("forms.tsv", "senses.tsv", "silence.tsv", "languages.tsv", "front.tsv")
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]]+)\]|\{([^{}]+)\}")


@dataclass(frozen=True)
class Expected:
    """One marked name: its span and the answers that are right."""

    start: int
    end: int
    surface: str
    answers: tuple[str, ...]
    oblast: str | None
    raion: str | None
    optional: bool

    def accepts(self, place: Place | None) -> bool:
        if self.answers == ("?",):
            return True
        if place is None or fold(place.name) not in {fold(answer) for answer in self.answers}:
            return False
        if self.raion is not None and place.raion != self.raion:
            return False
        return self.oblast is None or place.oblast == self.oblast


@dataclass(frozen=True)
class Case:
    """One text with its marked names."""

    file: str
    line: int
    phenomenon: str
    text: str
    expected: tuple[Expected, ...]

    @property
    def id(self) -> str:
        return f"{self.file}:{self.line}"

    def problems(self, found: Sequence[Toponym]) -> list[str]:
        """Say what is wrong with an answer; nothing if it is right."""
        spans = {(t.mention.start, t.mention.end): t for t in found}
        problems = []
        for name in self.expected:
            answer = spans.pop((name.start, name.end), None)
            if name.optional:
                continue
            if answer is None:
                problems.append(f"missed {name.surface!r}")
            elif not name.accepts(answer.place):
                place = answer.place
                shown = "none" if place is None else f"{place.name}@{place.oblast}:{place.raion}"
                problems.append(f"{name.surface!r} is {shown} ({answer.score:.2f})")
        problems += [f"superfluous {t.mention.surface!r}" for t in spans.values()]
        return problems


def parse(marked: str) -> tuple[str, tuple[Expected, ...]]:
    """Take the marks out of a text."""
    marked = marked.replace("\\n", "\n").replace("\\-", "\u00ad")
    text, expected, position = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()]
        surface = mark[1] or mark[3]
        answer, _, where = (mark[2] or "?").partition("@")
        oblast, _, raion = where.partition(":")
        expected.append(
            Expected(
                len(text),
                len(text) + len(surface),
                surface,
                tuple(answer.split("/")),
                oblast or None,
                raion or None,
                mark[3] is not None,
            )
        )
        text += surface
        position = mark.end()
    return text + marked[position:], tuple(expected)


def read_cases(files: Iterable[str] = FILES) -> list[Case]:
    """Read the cases of some files."""
    cases = []
    for file in files:
        lines = (FOLDER / file).read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.startswith(("#", "phenomenon\t")):
                continue
            phenomenon, marked = line.split("\t")[:2]
            text, expected = parse(marked.strip())
            cases.append(Case(file, number, phenomenon, text, expected))
    return cases
