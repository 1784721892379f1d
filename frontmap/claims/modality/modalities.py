"""How sure: modality of an event by the words of its clause and of the clauses above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from frontmap.claims.events.questions import is_condition
from frontmap.claims.lexicon import Cue, cues, known_verbs
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.modality.suppositions import (
    IF_FIRST,
    is_consequence,
    is_purpose,
    is_supposed,
    lies_ahead,
    told_of,
)
from frontmap.claims.records import Event, Modality
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause, auxiliary
from frontmap.claims.syntax.moods import has_conditional
from frontmap.claims.syntax.tokens import Token

__all__ = ["is_given", "read_modality"]

_EXISTENCE = pattern("existence")
_UNTRUE = pattern("untrue")
_UNCONFIRMED = pattern("unconfirmed")
_GENERAL_NOUNS = (Event.CLASH, Event.STRIKE, Event.CONTROL)


# verbs that say an event noun did not come about
_STAYING_AWAY = ("bl", "ausbl", "ausgebl")  # der Angriff blieb aus
_PREVENTING = ("missl", "scheiter", "gescheit", "schließ", "schloss", "ausgeschl", "verhinder")
_REASONS = ("wegen", "infolge", "aufgrund", "trotz", "nach", "angesichts", "durch")
_NEGATION = re.compile(r"\b(?:nicht|nie|kaum)\b")


def _applies(
    cue: Cue, trigger: Trigger, clause: Clause, tokens: Sequence[Token], same: bool
) -> bool:
    """Whether a cue found in `clause` bears on the trigger."""
    match = cue.pattern.search(clause.text)
    if match is None:
        return False
    if cue.modality == "denied":
        if trigger.event is Event.REPELLED and match.group(0).startswith(_PREVENTING):
            return False  # that the attack failed is the event
        if cue.scope == "complement":
            stands_before = match.start() < _offset(tokens, clause, trigger.first)
            return not same or trigger.is_infinitive or (trigger.shape == "noun" and stands_before)
        if not same:
            return _UNTRUE.match(clause.text, match.start()) is not None
        return _negates(trigger, clause, tokens, match.start())
    if cue.scope == "clause":
        return same or (cue.modality == "reported" and trigger.is_infinitive)
    if cue.scope == "future":
        befalls = trigger.entry.agent == "none"
        return same and trigger.is_infinitive and befalls == (cue.modality == "possible")
    if cue.scope == "infinitive":
        if not same:
            # Moskau will, dass Kiew die Stadt räumt
            return cue.modality == "planned" and "soll" not in match.group(0)
        if trigger.shape == "noun":
            return (
                cue.modality == "planned"
                and trigger.event not in _GENERAL_NOUNS
                and _has_infinitive(clause, tokens)
            )
        return trigger.is_infinitive
    if cue.scope == "complement":
        if not same:
            return True
        if trigger.is_infinitive:
            return True
        if trigger.shape == "noun" and cue.modality == "planned":
            before, _, _ = preposition_before(tokens, trigger.index)
            prepares = any(word in clause.text for word in _PREPARING)
            if before in ("auf", "gegen", "um", "über", "vor", "aus", "für") and not prepares:
                return False  # fordert eine Antwort auf den Angriff
        position = _offset(tokens, clause, trigger.first)
        if trigger.shape == "noun":
            return match.start() < position or cue.modality == "planned"
        return trigger.shape == "phrase" and match.start() < position
    return False


_PREPARING = tuple(sorted(word_set("preparing")))


def _has_infinitive(clause: Clause, tokens: Sequence[Token]) -> bool:
    return any(
        known_verbs().get(tokens[i].lower) is FormKind.INFINITIVE for i in clause.tokens[-3:]
    ) or any(
        tokens[i].lower.endswith("en") and not tokens[i].is_capital for i in clause.tokens[-1:]
    )


def _offset(tokens: Sequence[Token], clause: Clause, index: int) -> int:
    offset = 0
    for i in clause.tokens:
        if i >= index:
            break
        offset += len(tokens[i].lower) + 1
    return offset


def _negates(trigger: Trigger, clause: Clause, tokens: Sequence[Token], at: int) -> bool:
    """Whether a negation at offset `at` of the clause denies the event."""
    position = _offset(tokens, clause, trigger.first)
    word = re.match(r"\w+", clause.text[at:])
    negation = word.group(0) if word else ""
    if _UNTRUE.match(clause.text, at):
        return True
    if trigger.shape == "attribute":
        return 0 <= position - at <= 8
    if _HARDLY.match(clause.text, at):
        return trigger.event is Event.ADVANCE and trigger.shape == "verb"
    if trigger.shape == "noun":
        if _aims_at_place(clause, tokens):
            return True  # der Vorstoß ziele nicht auf X ab
        if negation.startswith("kein"):
            between = clause.text[at:position].split()
            return position - at >= 0 and len(between) <= 4
        if negation.startswith(_PREVENTING):
            # wegen des Beschusses gescheitert: what failed is something else
            return preposition_before(tokens, trigger.index)[0] not in _REASONS
        if negation.startswith(_STAYING_AWAY):
            return not preposition_before(tokens, trigger.index)[0]
        if _UNCONFIRMED.search(clause.text):
            return False  # that nobody confirms it denies nothing
        return _EXISTENCE.search(clause.text) is not None
    if negation.startswith("kein") and at < position:
        # kein Angriff wurde ...; keine Stadt eingenommen
        return True
    return True


_HARDLY = pattern("hardly")
_AIMING = pattern("aiming")


def _aims_at_place(clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether the clause says what place a move is, or is not, aimed at."""
    if _AIMING.search(clause.text) is None:
        return False
    for i in clause.tokens:
        if tokens[i].toponym is not None:
            before, _, _ = preposition_before(tokens, i)
            return before in ("auf", "gegen", "")
    return False


def _perfect_infinitive(trigger: Trigger, tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether ``soll`` or ``will`` stands with a perfect infinitive: soll erobert haben."""
    if trigger.shape == "noun":
        return False
    words = [tokens[i].lower for i in clause.tokens]
    if trigger.form is not FormKind.PARTICIPLE:
        return False
    tail = words[-3:]
    return "haben" in tail or "sein" in tail or ("worden" in words)


_LASTING = pattern("lasting")
_GOING_ON = pattern("going_on")
_MODALS = tuple(sorted(word_set("modals")))
_REPORTING_MODAL = pattern("reporting_modal")
_PERFECT_END = pattern("perfect_end")
# an event noun behind these is given, whatever the clause plans or fears
_GIVEN = word_set("given")
_ANSWERS = word_set("answers")


def _is_to_stop(trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether the clause ends with what would stop the event: die Offensive ausbremsen."""
    words = [t.lower for t in tokens if t.clause == trigger.clause and t.is_word]
    moves = (Event.ATTACK, Event.COUNTERATTACK, Event.ADVANCE)
    return trigger.event in moves and bool(words) and words[-1] in _STOPPING


_MOVES = (Event.ATTACK, Event.COUNTERATTACK, Event.ADVANCE)
_STOPPING = word_set("stopping")


def is_given(trigger: Trigger, tokens: Sequence[Token]) -> bool:
    """Whether the noun stands in an adverbial that takes the event as given: nach dem Angriff."""
    if trigger.shape != "noun":
        return False
    before, determiner, at = preposition_before(tokens, trigger.index)
    if not before and at > 0 and tokens[at].lower in ("und", "sowie"):
        # angesichts der Kämpfe und des Beschusses: given with what it is joined to
        first = next((i for i in range(at - 1, max(-1, at - 6), -1) if tokens[i].is_capital), at)
        before = preposition_before(tokens, first)[0] if determiner in ("der", "des", "dem") else ""
    if before in ("für", "auf", "an", "über") and at >= 0 and tokens[at].lower in _ANSWERS:
        return True  # kündigt Vergeltung für den Angriff an
    wanting = any(t.lower.startswith(("will", "woll")) for t in tokens)
    if before == "mit" and determiner in ("der", "dem") and wanting and trigger.event in _MOVES:
        return True  # mit der Invasion von X wollte Kiew die Front entlasten
    if not before and _is_to_stop(trigger, tokens):
        return True  # Raketen sollen die Offensive ausbremsen
    if before not in _GIVEN:
        return False
    return (
        trigger.event in _GENERAL_NOUNS
        or trigger.event in (Event.ATTACK, Event.COUNTERATTACK)
        or determiner in ("der", "dem", "den", "ihrer", "seiner", "ihrem")
    )


@dataclass(slots=True)
class _Reading:
    """What the cues round one event say."""

    found: dict[str, str] = field(default_factory=dict)
    is_attempt: bool = False
    is_fact: bool = False
    is_cancelled: bool = False


def _read_cues(trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]) -> _Reading:
    """Collect the cues of the event's clause, of those above it and of the verb it shares."""
    clause = clauses[trigger.clause]
    reading = _Reading()
    chain = [(clause, True)] + [(c, False) for c in _above(clause, clauses)]
    shared = _shared_verb(clause, clauses, tokens)
    for cue in cues():
        for scope_clause, same in chain:
            word = cue.pattern.search(scope_clause.text)
            if word is None:
                continue
            if cue.modality == "not":
                reading.is_cancelled = reading.is_cancelled or same
            elif cue.modality == "fact":
                reading.is_fact = reading.is_fact or not same
                if not same and _NEGATION.search(scope_clause.text):
                    reading.found.setdefault("denied", word.group(0))  # es gelang nicht, X zu
            elif _applies(cue, trigger, scope_clause, tokens, same):
                if cue.modality == "attempt":
                    reading.is_attempt = True
                else:
                    reading.found.setdefault(cue.modality, word.group(0))
        if shared is not None and cue.modality in ("planned", "possible"):
            word = cue.pattern.search(shared.text)
            governs = trigger.is_infinitive or trigger.form is FormKind.INFINITIVE
            if word and (cue.scope == "clause" or (cue.scope == "infinitive" and governs)):
                reading.found.setdefault(cue.modality, word.group(0))
    return reading


def _suppose(
    reading: _Reading, trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]
) -> None:
    """Read what is said in the text's own voice in the subjunctive, or of no certain thing."""
    clause, found = clauses[trigger.clause], reading.found
    if found:
        return
    open_noun = trigger.shape == "noun" and not reading.is_attempt
    if open_noun and clause.kind == "main" and not is_given(trigger, tokens):
        if_so = has_conditional(tokens, clause)
        found.update({"possible": "subjunctive II"} if if_so else {})
    if trigger.is_infinitive and any(
        has_conditional(tokens, above) for above in _above(clause, clauses)
    ):
        found["possible"] = "subjunctive II"
    if trigger.shape == "noun" and trigger.event in (Event.CAPTURE, Event.ENCIRCLEMENT):
        before = tokens[trigger.index - 1].lower if trigger.index else ""
        if before in ("ein", "eine") and not _EXISTENCE.search(clause.text):
            found.setdefault("possible", before)


def _read_modal(
    reading: _Reading, trigger: Trigger, clause: Clause, tokens: Sequence[Token]
) -> None:
    """Read ``soll`` and ``will``: with a perfect infinitive they report."""
    found = reading.found
    modal = _REPORTING_MODAL.search(clause.text)
    if modal is None:
        return
    states = trigger.shape in ("noun", "phrase") and trigger.event in _GENERAL_NOUNS
    if states and "soll" in modal.group(0):
        if found.get("planned", "").startswith("soll") and _LASTING.search(clause.text):
            found.pop("planned")  # soll unter Beschuss stehen: a report of a state
        found.setdefault("reported", modal.group(0))
    if found.get("planned", "").startswith("soll") and _GOING_ON.search(clause.text):
        found.pop("planned")  # sollen weiter vorrücken: what is going on
        found.setdefault("reported", modal.group(0))
    ends = trigger.shape in ("noun", "phrase") and _PERFECT_END.search(clause.text)
    if ends or _perfect_infinitive(trigger, tokens, clause):
        if found.get("planned", "soll") in _MODALS:
            found.pop("planned", None)
        found["reported"] = modal.group(0)


def _reports_above(clause: Clause) -> bool:
    """Whether a clause above reports with soll: soll versucht haben, X zu nehmen."""
    modal = _REPORTING_MODAL.search(clause.text)
    return modal is not None and _PERFECT_END.search(clause.text) is not None


def read_modality(
    trigger: Trigger,
    clauses: Sequence[Clause],
    tokens: Sequence[Token],
    *,
    is_attributed: bool,
) -> tuple[Modality | None, bool, tuple[str, ...]]:
    """Read the modality the words give, before attribution is considered.

    Returns
    -------
    tuple
        Modality or None where the words leave it open, whether the event is only attempted, and
        readable reasons.
    """
    clause = clauses[trigger.clause]
    reading = _read_cues(trigger, clauses, tokens)
    found = reading.found
    if reading.is_cancelled and not re.search(r"\bkein", clause.text):
        found.pop("denied", None)
    if trigger.shape == "attribute":
        reading.is_attempt = False
        reading.found = found = {k: v for k, v in found.items() if k == "denied"}
    if not is_attributed:
        _suppose(reading, trigger, clauses, tokens)
    _read_modal(reading, trigger, clause, tokens)
    if any(_reports_above(above) for above in _above(clause, clauses)):
        found.pop("planned", None)
        found["reported"] = "soll"
    if is_given(trigger, tokens):
        found = {k: v for k, v in found.items() if k in ("denied", "reported")}
    bare = not found and not reading.is_attempt and not reading.is_fact
    if bare and trigger.form is FormKind.ZU and clause.kind == "infinitive":
        found["planned"] = "zu"
    if trigger.shape != "attribute" and is_condition(clause, clauses, tokens):
        found.pop("planned", None)
        found.setdefault("possible", "a condition")
    if is_consequence(clause, clauses, tokens):
        found["possible"] = "falls"
    elif clause.text.startswith(IF_FIRST):
        found.pop("planned", None)
        found["possible"] = f"{clause.text.split()[0]} first"
    if is_purpose(trigger, tokens, clause):
        found.setdefault("planned", "zur")
    if lies_ahead(trigger, tokens, clause):
        found.setdefault("possible", clause.opener)
    if is_attributed and found.get("possible") in ("würde", "würden", "wäre", "wären"):
        found.pop("possible")
    if clause.opener in ("statt", "anstatt", "ohne") and (
        trigger.form is FormKind.ZU or "zu" in clause.text.split()
    ):
        found["denied"] = clause.opener  # statt X einzunehmen, ohne X erobert zu haben
    if not found and is_supposed(trigger, clause, tokens):
        found["possible"] = "subjunctive II"
    told = told_of(clause, clauses, tokens)
    if told is not None and trigger.shape != "attribute":
        found[told.value] = clauses[clause.number - 1].text
    purpose = clause.kind == "subordinate" and clause.opener in ("um", "damit")
    if purpose and trigger.shape != "noun" and "denied" not in found:
        found.setdefault("planned", clause.opener)
    if found.get("possible", "").startswith(_MAYBE) and found.get("planned", "").startswith("w"):
        found.pop("planned")  # könnte als Nächstes erobert werden
    for name in ("denied", "planned", "possible", "reported"):
        if name in found:
            return Modality(name), reading.is_attempt, (f'"{found[name]}" makes it {name}',)
    return None, reading.is_attempt, ()


_MAYBE = ("könn", "dürf")


def _above(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    """Return the clauses that govern this one: of an infinitive or dass-clause its parents."""
    above: list[Clause] = []
    current = clause
    while current.parent is not None and len(above) < 3:
        parent = clauses[current.parent]
        if current.is_coordinate:
            current = parent
            continue
        governed = current.kind == "infinitive" or (
            current.kind == "subordinate" and current.opener in ("dass", "daß", "ob", "wonach")
        )
        if not governed:
            break
        above.append(parent)
        current = parent
    return above


def _shared_verb(
    clause: Clause, clauses: Sequence[Clause], tokens: Sequence[Token]
) -> Clause | None:
    """Return the clause whose modal or auxiliary a coordinate clause without its own shares."""
    if not clause.is_coordinate or clause.parent is None:
        return None
    if any(auxiliary(tokens[i].lower) for i in clause.tokens if not tokens[i].is_capital):
        return None
    return clauses[clause.parent]
