"""Who makes claims, and the verbs and formulas of saying."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from frontmap.claims.lexicon.morphology import FormKind, verb_forms
from frontmap.lexicons import load

__all__ = [
    "Claimant",
    "Speech",
    "claimant_pattern",
    "claimants",
    "speech_formulas",
    "speech_verbs",
]


@dataclass(frozen=True, slots=True)
class Claimant:
    """One line of ``claimants.tsv``."""

    name: str
    side: str
    kind: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A verb of saying."""

    lemma: str
    effect: str
    kind: FormKind
    particle: str | None


@cache
def speech_verbs() -> dict[str, tuple[Speech, ...]]:
    """Return the verbs of saying by lower-case word form."""
    table: dict[str, list[Speech]] = {}
    for line in load("claims/speech.tsv"):
        if line["class"] == "verb":
            for form in verb_forms(line["entry"]):
                if form.kind not in (FormKind.ATTRIBUTE, FormKind.PRESENT_PARTICIPLE):
                    speech = Speech(line["entry"], line["effect"], form.kind, form.particle)
                    table.setdefault(form.text, []).append(speech)
    return {text: tuple(speeches) for text, speeches in table.items()}


@cache
def speech_formulas(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the formulas of class `kind` (formula or behind) with their effect."""
    return tuple(
        (re.compile(rf"\b{line['entry']}\b"), line["effect"])
        for line in load("claims/speech.tsv")
        if line["class"] == kind
    )


@cache
def claimants() -> tuple[Claimant, ...]:
    """Return the register of claimants."""
    return tuple(
        Claimant(line["name"], line["side"], line["kind"]) for line in load("claims/claimants.tsv")
    )


def _either_case(match: re.Match[str]) -> str:
    return f"[{match.group(1).upper()}{match.group(1)}]"


@cache
def claimant_pattern() -> re.Pattern[str]:
    """Return one pattern of all claimants; the empty group ``c<N>`` is the line's number.

    The group stands at the end: a pattern that begins with letters is given up at the first.
    """
    alternatives = []
    for number, line in enumerate(load("claims/claimants.tsv")):
        body = line["pattern"].replace("(?P<side>", f"(?P<side{number}>")
        # an adjective may open a sentence
        body = re.sub(
            r"(?<![\w\[])([a-zäöü])(?=[a-zäöüß-]+(?:isch|lich|treu|kal|nal))", _either_case, body
        )
        alternatives.append(rf"(?:{body})(?P<c{number}>)")
    return re.compile(r"(?<![\w-])(?:" + "|".join(alternatives) + r")(?![\wäöüß]|-[A-ZÄÖÜ])")
