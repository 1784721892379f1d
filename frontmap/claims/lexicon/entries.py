"""The compiled lexicons: event entries by word form, actors, claimants, cues.

Built once, from ``frontmap/lexicons/claims/*.tsv``; nothing here knows a German word itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from frontmap.claims.lexicon.morphology import FormKind, verb_forms
from frontmap.claims.lexicon.words import pattern as turn_of_phrase
from frontmap.claims.records import Event
from frontmap.keeping import kept_by_word
from frontmap.lexicons import load

__all__ = [
    "ActorWord",
    "Claimant",
    "Cue",
    "EventEntry",
    "PlaceWord",
    "RelationPattern",
    "Speech",
    "VerbReading",
    "actor_words",
    "attack_word",
    "claimant_pattern",
    "claimants",
    "cues",
    "event_verbs",
    "harm_phrases",
    "is_no_anchor",
    "known_participles",
    "known_verbs",
    "lemma_forms",
    "light_forms",
    "light_verbs",
    "line_word",
    "military_word",
    "noun_entries",
    "phrase_pattern",
    "phrases",
    "place_word",
    "relation_patterns",
    "speech_formulas",
    "speech_verbs",
    "verification_patterns",
    "weapon_word",
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


@dataclass(frozen=True, slots=True)
class VerbReading:
    """A word form read as a form of an event verb."""

    entry: EventEntry
    kind: FormKind
    particle: str | None


@dataclass(frozen=True, slots=True)
class ActorWord:
    """What a word says about a side: see ``actors.tsv``."""

    kind: str
    side: str
    masculine: bool


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


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of ``modality.tsv``."""

    pattern: re.Pattern[str]
    modality: str
    scope: str


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A noun for a kind of place."""

    kind: str
    unnamed: str | None


@dataclass(frozen=True, slots=True)
class RelationPattern:
    """One line of ``relations.tsv``."""

    pattern: re.Pattern[str]
    relation: str


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


@cache
def known_verbs() -> dict[str, FormKind]:
    """Return every known verb form; where a form is finite among other things, finite wins."""
    table: dict[str, FormKind] = {}
    lemmas = {line["lemma"] for line in load("claims/common_verbs.tsv")}
    lemmas |= {entry.entry for entry in _entries() if entry.kind == "verb"}
    lemmas |= {verb for entry in _entries() for verb in entry.verbs}
    lemmas |= {line["entry"] for line in load("claims/speech.tsv") if line["class"] == "verb"}
    rank = {
        FormKind.FINITE: 0,
        FormKind.SUBJUNCTIVE: 1,
        FormKind.CONDITIONAL: 1,
        FormKind.PARTICIPLE: 2,
        FormKind.ZU: 3,
        FormKind.INFINITIVE: 4,
    }
    for lemma in lemmas - {"sein", "haben", "werden"}:
        for form in verb_forms(lemma):
            if form.kind not in rank:
                continue
            old = table.get(form.text)
            if old is None or rank[form.kind] < rank[old]:
                table[form.text] = form.kind
    for line in load("claims/auxiliaries.tsv"):
        table[line["form"]] = FormKind(line["kind"])
    return table


@cache
def known_participles() -> frozenset[str]:
    """Return the forms that can be past participles, whatever else they are (beschossen)."""
    lemmas = {line["lemma"] for line in load("claims/common_verbs.tsv")}
    lemmas |= {entry.entry for entry in _entries() if entry.kind == "verb"}
    lemmas |= {verb for entry in _entries() for verb in entry.verbs if verb != "sein"}
    return frozenset(
        form.text
        for lemma in lemmas
        for form in verb_forms(lemma)
        if form.kind is FormKind.PARTICIPLE
    )


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
        Cue(_cue_pattern(line["cue"]), line["modality"], line["scope"])
        for line in load("claims/modality.tsv")
    )


def _cue_pattern(cell: str) -> re.Pattern[str]:
    """Read a cue; capitals are the name of a turn of phrase."""
    return turn_of_phrase(cell.lower()) if cell.isupper() else re.compile(cell)


@cache
def verification_patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return (pattern, verification, what it covers) of the sentences about verification."""
    return tuple(
        (re.compile(line["pattern"]), line["verification"], line["covers"])
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
    many = rf"(?P<bearings>{one}(?:(?:, | und | sowie | oder |, und | bis ){one})*)"
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
        patterns.append(RelationPattern(re.compile(rf"(?:^|(?<=\W)){text}"), line["relation"]))
    return tuple(patterns)
