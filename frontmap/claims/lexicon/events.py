"""The event words: entries by verb form, noun and set phrase, and the verbs known at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from frontmap.claims.lexicon.literals import required_literal
from frontmap.claims.lexicon.morphology import FormKind, verb_forms
from frontmap.claims.records import Event
from frontmap.keeping import kept_by_word
from frontmap.lexicons import load

__all__ = [
    "EventEntry",
    "VerbReading",
    "event_verbs",
    "harm_phrases",
    "known_participles",
    "known_verbs",
    "lemma_forms",
    "light_forms",
    "light_verbs",
    "noun_entries",
    "phrase_pattern",
    "phrases",
]


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One line of ``events.tsv``."""

    entry: str
    kind: str
    event: Event
    agent: str
    state: Event | None
    verbs: tuple[str, ...]
    needs: frozenset[str]
    excludes: re.Pattern[str] | None
    pattern: re.Pattern[str] | None
    literal: str  # what every match of `pattern` holds


@dataclass(frozen=True, slots=True)
class VerbReading:
    """A word form read as a form of an event verb."""

    entry: EventEntry
    kind: FormKind
    particle: str | None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


def _excludes(cell: str) -> re.Pattern[str] | None:
    words = _list(cell)
    if not words:
        return None
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in words) + r")\b")


@cache
def _entries() -> tuple[EventEntry, ...]:
    return tuple(
        EventEntry(
            entry=line["entry"],
            kind=line["class"],
            event=Event(line["event"]),
            agent=line["agent"],
            state=Event(line["state"]) if line["state"] else None,
            verbs=_list(line["verbs"]),
            needs=frozenset(_list(line["needs"])),
            excludes=_excludes(line["excludes"]),
            pattern=re.compile(rf"\b{line['entry']}") if line["class"] == "phrase" else None,
            literal=required_literal(line["entry"]) if line["class"] == "phrase" else "",
        )
        for line in load("claims/events.tsv")
    )


@cache
def event_verbs() -> dict[str, tuple[VerbReading, ...]]:
    """Return the event verbs by lower-case word form."""
    table: dict[str, list[VerbReading]] = {}
    for entry in _entries():
        if entry.kind == "verb":
            for form in verb_forms(entry.entry):
                reading = VerbReading(entry, form.kind, form.particle)
                table.setdefault(form.text, []).append(reading)
    return {text: tuple(readings) for text, readings in table.items()}


def _noun_forms(entry: str) -> tuple[str, ...]:
    stem, _, endings = entry.partition("(")
    return (stem, *(stem + ending for ending in endings.rstrip(")").split("|") if ending))


@cache
def _nouns() -> tuple[dict[str, EventEntry], tuple[tuple[str, EventEntry], ...]]:
    whole: dict[str, EventEntry] = {}
    tails: list[tuple[str, EventEntry]] = []
    for entry in _entries():
        if entry.kind != "noun":
            continue
        for form in _noun_forms(entry.entry):
            whole[form] = entry
            if "whole" not in entry.needs:
                tails.append((form.lower(), entry))
    tails.sort(key=lambda pair: -len(pair[0]))
    return whole, tuple(tails)


@cache
def _not_events() -> re.Pattern[str]:
    words = [line["word"] for line in load("claims/not_events.tsv")]
    return re.compile("|".join(f"(?:{w})" for w in words), re.IGNORECASE)


@kept_by_word()
def noun_entries(word: str) -> EventEntry | None:
    """Return the event entry of a noun or of a compound's last part.

    What is an event by itself alone is one behind a hyphen too.
    """
    if not word[:1].isupper():
        return None
    whole, tails = _nouns()
    if word in whole:
        return whole[word]
    if _not_events().fullmatch(word.replace("-", "")) or _not_events().fullmatch(word):
        return None
    first, _, last = word.rpartition("-")
    if first and last in whole:
        return whole[last]  # Panzer-Schlacht
    lower = word.lower()
    for tail, entry in tails:
        if lower.endswith(tail) and len(lower) > len(tail) + 1:
            return entry
    return None


@cache
def phrases() -> tuple[EventEntry, ...]:
    """Return the set phrases, in the order of the file."""
    entries = (entry for entry in _entries() if entry.kind == "phrase")
    return tuple(entry for entry in entries if "told" not in entry.needs)


@cache
def harm_phrases() -> tuple[EventEntry, ...]:
    """Return the phrases that tell of harm alone, whatever did it: in Odessa brannte ein Lager."""
    return tuple(entry for entry in _entries() if "told" in entry.needs)


@cache
def phrase_pattern() -> re.Pattern[str]:
    """Return one pattern of all set phrases, the cheap test for any of them."""
    return re.compile("|".join(rf"\b{entry.entry}" for entry in (*phrases(), *harm_phrases())))


@cache
def lemma_forms(lemma: str) -> dict[str, str | None]:
    """Return the forms of a support verb with the particle each needs."""
    return {form.text: form.particle for form in verb_forms(lemma)}


def _lemmas() -> set[str]:
    """Give the verbs of events, of the support verbs beside them and of common use."""
    events = {entry.entry for entry in _entries() if entry.kind == "verb"}
    support = {verb for entry in _entries() for verb in entry.verbs}
    return events | support | {line["lemma"] for line in load("claims/common_verbs.tsv")}


# which reading of a form holds
_RANK = {
    FormKind.FINITE: 0,
    FormKind.SUBJUNCTIVE: 1,
    FormKind.CONDITIONAL: 1,
    FormKind.PARTICIPLE: 2,
    FormKind.ZU: 3,
    FormKind.INFINITIVE: 4,
}


@cache
def known_verbs() -> dict[str, FormKind]:
    """Return every known verb form; where a form is finite among other things, finite wins."""
    table: dict[str, FormKind] = {}
    lemmas = _lemmas()
    lemmas |= {line["entry"] for line in load("claims/speech.tsv") if line["class"] == "verb"}
    for lemma in lemmas - {line["lemma"] for line in load("claims/auxiliaries.tsv")}:
        for form in verb_forms(lemma):
            if form.kind not in _RANK:
                continue
            old = table.get(form.text)
            if old is None or _RANK[form.kind] < _RANK[old]:
                table[form.text] = form.kind
    for line in load("claims/auxiliaries.tsv"):
        table[line["form"]] = FormKind(line["kind"])
    return table


@cache
def known_participles() -> frozenset[str]:
    """Return the forms that can be past participles, whatever else they are (beschossen)."""
    return frozenset(
        form.text
        for lemma in _lemmas() - {"sein"}
        for form in verb_forms(lemma)
        if form.kind is FormKind.PARTICIPLE
    )


@cache
def light_verbs() -> dict[str, str]:
    """Return verb forms whose subject strikes (actor) or is struck (victim)."""
    table: dict[str, str] = {}
    for line in load("claims/light_verbs.tsv"):
        for form in verb_forms(line["lemma"]):
            if form.kind is not FormKind.PRESENT_PARTICIPLE:
                table.setdefault(form.text, line["role"])
    return table


@cache
def light_forms(role: str) -> tuple[tuple[str, str | None], ...]:
    """Return the forms of the light verbs of one role, with the particle each needs."""
    lemmas = [line["lemma"] for line in load("claims/light_verbs.tsv") if line["role"] == role]
    return tuple(pair for lemma in lemmas for pair in lemma_forms(lemma).items())
