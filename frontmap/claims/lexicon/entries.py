"""What single words tell: actors, kinds of places, relations, cues of modality and verification."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from frontmap.claims.lexicon.events import noun_entries
from frontmap.claims.lexicon.literals import required_literal
from frontmap.claims.lexicon.words import pattern as turn_of_phrase
from frontmap.claims.records import Event
from frontmap.keeping import kept_by_word
from frontmap.lexicons import load

__all__ = [
    "ActorWord",
    "Cue",
    "PlaceWord",
    "RelationPattern",
    "actor_words",
    "attack_word",
    "cues",
    "is_no_anchor",
    "line_word",
    "military_word",
    "place_word",
    "relation_patterns",
    "verification_patterns",
    "weapon_word",
]


@dataclass(frozen=True, slots=True)
class ActorWord:
    """What a word says about a side: see ``actors.tsv``."""

    kind: str
    side: str
    masculine: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of ``modality.tsv``."""

    pattern: re.Pattern[str]
    modality: str
    scope: str
    literal: str  # what every match holds


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A noun for a kind of place."""

    kind: str
    unnamed: str | None


@dataclass(frozen=True, slots=True)
class VerificationPattern:
    """One line of ``verification.tsv``."""

    pattern: re.Pattern[str]
    verification: str
    covers: str
    literal: str  # what every match holds


@dataclass(frozen=True, slots=True)
class RelationPattern:
    """One line of ``relations.tsv``."""

    pattern: re.Pattern[str]
    relation: str
    literal: str  # what every match holds


@cache
def _actor_patterns() -> tuple[tuple[re.Pattern[str], ActorWord], ...]:
    return tuple(
        (
            re.compile(line["word"]),
            ActorWord(line["kind"], line["side"], line["number"] == "m"),
        )
        for line in load("claims/actors.tsv")
    )


@kept_by_word()
def actor_words(word: str) -> ActorWord | None:
    """Return what a word says about a side, None for most words."""
    for pattern, actor in _actor_patterns():
        if pattern.fullmatch(word):
            return actor
    return None


@cache
def cues() -> tuple[Cue, ...]:
    """Return the cues of modality, in the order of the file."""
    return tuple(
        Cue(pattern, line["modality"], line["scope"], required_literal(pattern.pattern))
        for line in load("claims/modality.tsv")
        for pattern in (_cue_pattern(line["cue"]),)
    )


def _cue_pattern(cell: str) -> re.Pattern[str]:
    """Read a cue; capitals are the name of a turn of phrase."""
    return turn_of_phrase(cell.lower()) if cell.isupper() else re.compile(cell)


@cache
def verification_patterns() -> tuple[VerificationPattern, ...]:
    """Return what tells the sentences about verification."""
    return tuple(
        VerificationPattern(
            re.compile(line["pattern"]),
            line["verification"],
            line["covers"],
            required_literal(line["pattern"]),
        )
        for line in load("claims/verification.tsv")
    )


@cache
def _place_patterns() -> tuple[tuple[re.Pattern[str], PlaceWord], ...]:
    return tuple(
        (re.compile(line["word"]), PlaceWord(line["kind"], line["unnamed"] or None))
        for line in load("claims/places.tsv")
    )


def _word_of_kind(word: str, kind: str) -> PlaceWord | None:
    for pattern, found in _place_patterns():
        if found.kind == kind and pattern.fullmatch(word):
            return found
    return None


@kept_by_word()
def place_word(word: str) -> PlaceWord | None:
    """Return the kind of place a noun stands for (settlement, region, area, site, part)."""
    if _word_of_kind(word, "none"):
        return _word_of_kind(word, "site") or _word_of_kind(word, "part")
    for kind in ("settlement", "region", "area", "site", "part", "title"):
        found = _word_of_kind(word, kind)
        if found:
            return found
    return None


@kept_by_word()
def is_no_anchor(name: str) -> bool:
    """Whether a place is too large to anchor a claim: Ostukraine, Asowsches Meer."""
    return any(
        re.fullmatch(line["name"], name) is not None for line in load("claims/no_anchors.tsv")
    )


@kept_by_word()
def line_word(word: str) -> bool:
    """Whether the noun is a line or front that can be broken."""
    return _word_of_kind(word, "line") is not None


@kept_by_word()
def weapon_word(word: str) -> bool:
    """Whether the noun is something that strikes."""
    return _word_of_kind(word, "weapon") is not None


@kept_by_word()
def attack_word(word: str) -> bool:
    """Whether the noun is an attack that can be beaten back."""
    entry = noun_entries(word)
    return _word_of_kind(word, "attack") is not None or (
        entry is not None and entry.event in (Event.ATTACK, Event.COUNTERATTACK)
    )


@cache
def _military_pattern() -> re.Pattern[str]:
    return re.compile("|".join(line["word"] for line in load("claims/military.tsv")))


@kept_by_word()
def military_word(word: str) -> bool:
    """Whether the word shows that the text is about fighting."""
    return _military_pattern().fullmatch(word) is not None


@cache
def relation_patterns() -> tuple[RelationPattern, ...]:
    """Return the patterns of words before a place, placeholders filled in."""
    bearings = "|".join(line["word"] for line in load("claims/bearings.tsv") if line["use"] == "of")
    sides = "|".join(line["word"] for line in load("claims/bearings.tsv") if line["use"] == "part")
    one = rf"(?:{bearings})"
    many = rf"(?P<bearings>{one}(?:(?:, | und | sowie | wie | oder |, und | bis ){one})*)"
    side = rf"(?P<SIDE>{sides})"
    fills = {
        "BEARINGS": many,
        "ARTICLE": r"(?:der|die|das|dem|den|des|ganz|eine[rmns]?|ihre[rmns]?|diese[rmns]?)",
        "NUMBER": r"(?P<distance>[\d.,]+|\w+)",
    }
    patterns = []
    for line in load("claims/relations.tsv"):
        text = line["pattern"]
        text = text.replace("SIDES", side.replace("SIDE", "side1"), 1)
        text = text.replace("SIDES", f"(?:{sides})")
        for name, fill in fills.items():
            text = text.replace(name, fill)
        pattern = re.compile(rf"(?:^|(?<=\W)){text}")
        patterns.append(RelationPattern(pattern, line["relation"], required_literal(text)))
    return tuple(patterns)
