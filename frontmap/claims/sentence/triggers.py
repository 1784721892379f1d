"""What happened: the event words of a sentence and the shape they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontmap.claims.lexicon import (
    EventEntry,
    VerbReading,
    event_verbs,
    harm_phrases,
    lemma_forms,
    line_word,
    noun_entries,
    phrase_pattern,
    phrases,
)
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import auxiliary, word_class, word_set
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.segments import is_attribute, verb_kind
from frontmap.claims.syntax.tokens import Token

__all__ = ["Trigger", "Voice", "find_triggers", "may_hold_event"]

_AMBIGUOUS_PARTICLES = word_set("ambiguous_particles")
_PARTICLES_BEFORE_PHRASES = word_set("particles_before_phrases")


@dataclass(slots=True)
class Trigger:
    """An event word or phrase.

    Attributes
    ----------
    index : int
        Token of the word; of a phrase the last.
    first : int
        First token.
    entry : EventEntry
    event : Event
    shape : str
        noun, verb, phrase, attribute.
    form : FormKind or None
    voice : str
        active, passive or state for verbs; empty for nouns.
    clause : int
    is_infinitive : bool
        An infinitive or zu-infinitive, not a participle with haben.
    """

    index: int
    first: int
    entry: EventEntry
    event: Event
    shape: str
    form: FormKind | None
    voice: str
    clause: int
    is_infinitive: bool = False


Voice = str


def may_hold_event(tokens: Sequence[Token]) -> bool:
    """Whether any word could be an event word; the cheap test before all others."""
    verbs = event_verbs()
    for token in tokens:
        if token.toponym is None and token.is_word:
            if token.lower in verbs:
                return True
            if token.text[0].isupper() and noun_entries(token.text) is not None:
                return True
    return phrase_pattern().search(" ".join(t.lower for t in tokens)) is not None


def _particle_follows(tokens: Sequence[Token], clause: Clause, index: int, particle: str) -> bool:
    """Whether the separated prefix stands after the verb, at the end of the clause."""
    indices = [i for i in clause.tokens if i > index]
    for position, i in enumerate(indices):
        if tokens[i].lower != particle or tokens[i].is_capital:
            continue
        rest = [tokens[j] for j in indices[position + 1 :]]
        if not rest or indices[position + 1] > i + 1:
            return True
        following = rest[0]
        if word_class(following.lower, "coordinator") or following.lower in ("als", "wie", "–"):
            return True
        # a trailing phrase: rückten vor in Richtung X
        if tokens[i].end + 1 < following.start or word_class(following.lower, "preposition"):
            if particle not in _AMBIGUOUS_PARTICLES:
                return True
            if particle in _PARTICLES_BEFORE_PHRASES and not following.is_capital:
                return word_class(following.lower, "preposition")
    return False


def _other_particle(tokens: Sequence[Token], clause: Clause, index: int) -> bool:
    """Whether the clause ends in a separated prefix, so that the verb is another one."""
    words = [i for i in clause.tokens if i > index]
    if words and tokens[words[-1]].lower == "weiter":
        return False  # sie verteidigten sich weiter
    if words and tokens[words[-1]].lower == "aus":
        before = {t.lower for t in tokens[max(0, words[-1] - 6) : words[-1]]}
        if before & {"von", "vom"}:
            return False  # vom anderen Ufer aus
    return (
        bool(words)
        and word_class(tokens[words[-1]].lower, "particle")
        and not tokens[words[-1]].is_capital
    )


def _clause_auxiliaries(
    tokens: Sequence[Token], clause: Clause, clauses: Sequence[Clause]
) -> set[str]:
    found = {auxiliary(tokens[i].lower) for i in clause.tokens if not (tokens[i].is_capital and i)}
    found.discard(None)
    names = {name for name in found if name}
    own_finite = any(
        auxiliary(tokens[i].lower) is not None
        and verb_kind(tokens[i], i == 0)
        in (FormKind.FINITE, FormKind.SUBJUNCTIVE, FormKind.CONDITIONAL)
        for i in clause.tokens
    )
    if clause.is_coordinate and clause.parent is not None and not own_finite:
        names |= _clause_auxiliaries(tokens, clauses[clause.parent], clauses)
    return names


def _voice(reading: VerbReading, auxiliaries: set[str]) -> Voice:
    if reading.kind is FormKind.ATTRIBUTE:
        return "state"
    if reading.kind is not FormKind.PARTICIPLE:
        return "active"
    intransitive = "front" in reading.entry.needs or "reflexive" in reading.entry.needs
    intransitive = intransitive or reading.entry.agent == "none"
    if reading.entry.event is Event.WITHDRAWAL and "direct" not in reading.entry.needs:
        intransitive = "werden" not in auxiliaries or "force" not in reading.entry.needs
    if "haben" in auxiliaries and "werden" not in auxiliaries:
        return "active"
    if intransitive and "werden" not in auxiliaries:
        return "active"
    if "werden" in auxiliaries:
        return "passive"
    if "sein" in auxiliaries:
        return "state"
    return "active" if intransitive else "passive"


def _best_reading(
    tokens: Sequence[Token], clause: Clause, index: int, auxiliaries: set[str]
) -> VerbReading | None:
    """Choose among the readings of a word form."""
    readings = _reflexive_first(event_verbs().get(tokens[index].lower, ()), clause)
    separated = [r for r in readings if r.particle]
    for reading in separated:
        assert reading.particle
        if _particle_follows(tokens, clause, index, reading.particle):
            return reading
    whole = [r for r in readings if not r.particle]
    if not whole:
        return None
    finite = [
        r for r in whole if r.kind in (FormKind.FINITE, FormKind.SUBJUNCTIVE, FormKind.CONDITIONAL)
    ]
    if finite and len(whole) == len(finite) and _other_particle(tokens, clause, index):
        return None
    if (
        _other_particle(tokens, clause, index)
        and not auxiliaries
        and tokens[index - 1].lower != "zu"
    ):
        return None
    participles = [r for r in whole if r.kind is FormKind.PARTICIPLE]
    infinitives = [r for r in whole if r.kind is FormKind.INFINITIVE]
    if auxiliaries == {"modal"} and infinitives:
        return infinitives[0]  # sollen die Stadt verlassen
    if participles and (
        auxiliaries - {"modal"}
        or not finite
        or _has_other_finite(tokens, clause, index)
        or _ends_headline(tokens, clause, index)
    ):
        return participles[0]
    attributes = [r for r in whole if r.kind is FormKind.ATTRIBUTE]
    if attributes and (not finite or _is_attribute(tokens, clause, index)):
        return attributes[0]
    return next((r for r in whole if r.kind is not FormKind.ATTRIBUTE), None)


def _reflexive_first(readings: Sequence[VerbReading], clause: Clause) -> Sequence[VerbReading]:
    """Prefer the reflexive entry of a verb that has one beside ``sich``: sich verteidigen."""
    reflexive = {r.entry.entry for r in readings if "reflexive" in r.entry.needs}
    plain = {r.entry.entry for r in readings if "reflexive" not in r.entry.needs}
    both = reflexive & plain
    if not both:
        return readings
    beside = bool({"sich", "uns"} & set(clause.text.split()))
    return [
        r for r in readings if r.entry.entry not in both or ("reflexive" in r.entry.needs) is beside
    ]


def _ends_headline(tokens: Sequence[Token], clause: Clause, index: int) -> bool:
    """Whether a form ends a headline that leaves out "wurden": Truppen in Lyman umzingelt.

    The finite verb of a main clause stands second; behind a noun and a phrase with a preposition
    the form is the participle.
    """
    if clause.kind not in ("main", "fragment") or clause.is_coordinate:
        return False
    before = [i for i in clause.tokens if i < index]
    after = [i for i in clause.tokens if i > index and tokens[i].text[0].isalnum()]
    if after or len(before) < 3 or preposition_before(tokens, before[0] + 1)[0]:
        return False
    return bool(preposition_before(tokens, index - 1)[0])


def _has_other_finite(tokens: Sequence[Token], clause: Clause, index: int) -> bool:
    return any(
        verb_kind(tokens[i], i == 0)
        in (FormKind.FINITE, FormKind.SUBJUNCTIVE, FormKind.CONDITIONAL)
        for i in clause.tokens
        if i != index and not (i == index + 1 and _opens_object(tokens, i))
    )


def _opens_object(tokens: Sequence[Token], i: int) -> bool:
    """Whether what may be finite opens the object: Kiew attackiert besetzte Stadt."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    adjective = tokens[i].lower.endswith(("te", "ten", "ene", "enen"))
    return (
        adjective
        and following is not None
        and following.is_capital
        and auxiliary(tokens[i].lower) is None
    )


def _is_attribute(tokens: Sequence[Token], clause: Clause, index: int) -> bool:
    if is_attribute(tokens, index):
        return True
    if (
        index > 2
        and index + 1 < len(tokens)
        and tokens[index + 1].is_capital
        and tokens[index - 1].is_capital
    ) and preposition_before(tokens, index - 1)[0] in ("von", "durch"):
        return True  # der von Separatisten besetzten Region
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or not (following.is_capital or following.lower.endswith(("e", "en"))):
        return False
    if _has_other_finite(tokens, clause, index):
        return True
    kinds = (verb_kind(tokens[i], i == 0) for i in clause.tokens if i > index)
    return any(k in (FormKind.ZU, FormKind.PARTICIPLE) for k in kinds)


def _verb_trigger(
    tokens: Sequence[Token], clause: Clause, clauses: Sequence[Clause], index: int
) -> Trigger | None:
    token = tokens[index]
    if token.lower not in event_verbs() or (token.is_capital and index != clause.tokens[0]):
        return None
    auxiliaries = _clause_auxiliaries(tokens, clause, clauses)
    reading = _best_reading(tokens, clause, index, auxiliaries)
    if reading is None or reading.kind is FormKind.PRESENT_PARTICIPLE:
        return None
    entry = reading.entry
    if "reflexive" in entry.needs and not {"sich", "uns"} & set(clause.text.split()):
        return None
    voice = _voice(reading, auxiliaries)
    event = entry.event
    if voice == "state" and entry.state is not None:
        event = entry.state
    preceded_by_zu = index > 0 and tokens[index - 1].lower == "zu"
    infinitive = reading.kind is FormKind.ZU or (
        reading.kind in (FormKind.INFINITIVE, FormKind.FINITE)
        and (
            preceded_by_zu
            or ("modal" in auxiliaries and token.lower.endswith("n"))
            or ({"werden"} <= auxiliaries and token.lower.endswith("n"))
        )
    )
    if reading.kind is FormKind.PARTICIPLE and auxiliaries == {"modal"}:
        infinitive = infinitive or token.lower.endswith("en")  # sollen X verlassen
    if voice == "passive" and "modal" in auxiliaries and "werden" in clause.text.split():
        infinitive = True  # soll eingenommen werden
    shape = "attribute" if reading.kind is FormKind.ATTRIBUTE else "verb"
    return Trigger(
        index, index, entry, event, shape, reading.kind, voice, clause.number, infinitive
    )


def _support_verb(tokens: Sequence[Token], clause: Clause, lemmas: Sequence[str]) -> int | None:
    """Return the token of the support verb a phrase needs."""
    for lemma in lemmas:
        if lemma in ("sein", "werden"):
            for i in clause.tokens:
                if auxiliary(tokens[i].lower) == lemma:
                    return i
            continue
        forms = lemma_forms(lemma)
        for i in clause.tokens:
            capital = tokens[i].is_capital and i != clause.tokens[0]
            if tokens[i].lower in forms and not capital and not is_attribute(tokens, i):
                particle = forms[tokens[i].lower]
                if particle is None or _particle_follows(tokens, clause, i, particle):
                    return i
    return None


def _is_verbless(entry: EventEntry, clause: Clause) -> bool:
    """Whether a headline may leave the support verb out: Charkiw unter Beschuss."""
    return "headline" in entry.needs and clause.kind == "fragment"


def _phrase_triggers(
    tokens: Sequence[Token],
    clause: Clause,
    clauses: Sequence[Clause],
    entries: Sequence[EventEntry],
) -> list[Trigger]:
    found: list[Trigger] = []
    if phrase_pattern().search(clause.text) is None:
        return found
    offsets: list[int] = []
    position = 0
    for i in clause.tokens:
        offsets.append(position)
        position += len(tokens[i].lower) + 1
    for entry in entries:
        if entry.pattern is None or entry.literal not in clause.text:
            continue
        match = entry.pattern.search(clause.text)
        if match is None or (entry.excludes and entry.excludes.search(clause.text)):
            continue
        if any(_overlap(t, clause, offsets, match.span()) for t in found):
            continue
        support = _support_verb(tokens, clause, entry.verbs) if entry.verbs else -1
        if support is None and _is_verbless(entry, clause):
            support = -1
        if support is None:
            continue
        inside = [
            i
            for i, at in zip(clause.tokens, offsets, strict=True)
            if match.start() <= at < match.end()
        ]
        if not inside:
            continue
        verb = support if support >= 0 else inside[-1]
        found.append(_phrase_trigger(tokens, clause, clauses, entry, inside, verb))
    return found


def _phrase_trigger(
    tokens: Sequence[Token],
    clause: Clause,
    clauses: Sequence[Clause],
    entry: EventEntry,
    inside: Sequence[int],
    verb: int,
) -> Trigger:
    """Make the trigger of a set phrase, its voice read off its verb at token `verb`."""
    auxiliaries = _clause_auxiliaries(tokens, clause, clauses)
    word = tokens[verb].lower
    form = verb_kind(tokens[verb], verb == clause.tokens[0])
    is_passive = form is FormKind.PARTICIPLE and "werden" in auxiliaries
    infinitive = bool(entry.verbs) and (
        form is FormKind.ZU
        or tokens[verb - 1].lower == "zu"
        or (
            bool({"modal", "werden"} & auxiliaries)
            and word.endswith("n")
            and form in (FormKind.INFINITIVE, FormKind.FINITE)
        )
        or (is_passive and "modal" in auxiliaries and "werden" in clause.text.split())
    )
    return Trigger(
        index=inside[-1],
        first=inside[0],
        entry=entry,
        event=entry.event,
        shape="phrase",
        form=form if entry.verbs else None,
        voice="passive" if is_passive else "active",
        clause=clause.number,
        is_infinitive=infinitive,
    )


def _overlap(
    trigger: Trigger, clause: Clause, offsets: Sequence[int], span: tuple[int, int]
) -> bool:
    inside = [i for i, at in zip(clause.tokens, offsets, strict=True) if span[0] <= at < span[1]]
    return bool(inside) and inside[0] <= trigger.index and trigger.first <= inside[-1]


def find_triggers(tokens: Sequence[Token], clauses: Sequence[Clause]) -> list[Trigger]:
    """Find the event words of a sentence, in order."""
    triggers: list[Trigger] = []
    for clause in clauses:
        set_phrases = _phrase_triggers(tokens, clause, clauses, phrases())
        supports = {i for t in set_phrases for i in range(t.first, t.index + 1)}
        for t in set_phrases:
            if t.entry.verbs:
                support = _support_verb(tokens, clause, t.entry.verbs)
                if support is not None:
                    supports.add(support)
        triggers += set_phrases
        for i in clause.tokens:
            token = tokens[i]
            if i in supports or token.toponym is not None or not token.is_word:
                continue
            entry = noun_entries(token.text) if token.is_capital else None
            if entry is not None:
                if (
                    entry.verbs
                    and _support_verb(tokens, clause, entry.verbs) is None
                    and not _is_verbless(entry, clause)
                ):
                    continue
                triggers.append(Trigger(i, i, entry, entry.event, "noun", None, "", clause.number))
                continue
            trigger = _verb_trigger(tokens, clause, clauses, i)
            if trigger is not None:
                triggers.append(trigger)
    kept = [
        t
        for t in triggers
        if t.entry.excludes is None or not t.entry.excludes.search(clauses[t.clause].text)
    ]
    breaking = {t.clause for t in kept if t.shape == "verb" and "line" in t.entry.needs}
    kept = [  # what is broken is no fight of its own: die Verteidigung durchbrechen
        t
        for t in kept
        if not (t.shape == "noun" and t.clause in breaking and line_word(tokens[t.index].text))
    ]
    if all(t.shape == "attribute" for t in kept):
        for clause in clauses:
            kept += _phrase_triggers(tokens, clause, clauses, harm_phrases())
    kept.sort(key=lambda t: t.index)
    return kept
