"""How sure: modality of an event by the words of its clause and of the clauses above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from frontmap.claims.events.questions import is_condition
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import pattern, prefixes, word_set
from frontmap.claims.modality.cues import CueReading, read_cues
from frontmap.claims.modality.givenness import GENERAL_NOUNS, is_given
from frontmap.claims.modality.negation import EXISTENCE
from frontmap.claims.modality.suppositions import (
    IF_FIRST,
    is_consequence,
    is_purpose,
    is_supposed,
    lies_ahead,
    told_of,
)
from frontmap.claims.records import Event, Modality
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.governing import governing_clauses, upper_clause
from frontmap.claims.syntax.moods import has_conditional
from frontmap.claims.syntax.noun_phrases import is_plain_adjective
from frontmap.claims.syntax.tokens import Token

__all__ = ["ModalityReading", "read_modality"]

_ACCUSING = pattern("accusing")
_GOING_ON = pattern("going_on")
_LASTING = pattern("lasting")
_MAYBE = prefixes("maybe")
_MODALS = word_set("modals")
_PERFECT_END = pattern("perfect_end")
_REPORTING_MODAL = pattern("reporting_modal")
_WITHOUT_DOING = word_set("without_doing")
_WOULD = word_set("would")

# where words of several modalities meet, the first of these holds
_STRONGEST_FIRST = (Modality.DENIED, Modality.PLANNED, Modality.POSSIBLE, Modality.REPORTED)


class ModalityReading(NamedTuple):
    """What the words say of an event, before attribution is considered.

    Attributes
    ----------
    modality : Modality or None
        None where the words leave it open.
    word : str
        What makes it so: a word of the clause, else what its form tells.
    is_attempt : bool
        The event was only tried.
    """

    modality: Modality | None
    word: str
    is_attempt: bool


def read_modality(
    trigger: Trigger,
    clauses: Sequence[Clause],
    tokens: Sequence[Token],
    *,
    is_attributed: bool,
) -> ModalityReading:
    """Read the modality that the words give an event.

    Parameters
    ----------
    is_attributed : bool
        Whether somebody is cited for it; the subjunctive then says no more than that.
    """
    reading = read_cues(trigger, clauses, tokens)
    _limit(reading, trigger, clauses[trigger.clause])
    if not is_attributed:
        _suppose(reading, trigger, clauses, tokens)
    _read_modal(reading, trigger, clauses, tokens)
    _read_attribute(reading, trigger, tokens)
    if is_given(trigger, tokens):
        _keep(reading, Modality.DENIED, Modality.REPORTED)
    _read_open(reading, trigger, clauses, tokens, is_attributed=is_attributed)
    _read_form(reading, trigger, clauses, tokens)
    for modality in _STRONGEST_FIRST:
        if modality in reading.found:
            return ModalityReading(modality, reading.found[modality], reading.is_attempt)
    return ModalityReading(None, "", reading.is_attempt)


def _keep(reading: CueReading, *modalities: str) -> None:
    reading.found = {k: v for k, v in reading.found.items() if k in modalities}


def _limit(reading: CueReading, trigger: Trigger, clause: Clause) -> None:
    """Drop a denial that is none, and of an attribute all but a denial."""
    if reading.is_cancelled and not re.search(r"\bkein", clause.text):
        reading.found.pop("denied", None)
    if len(reading.denied) > 1 and trigger.shape in ("verb", "phrase") and not reading.is_cancelled:
        reading.found.pop("denied", None)  # nicht wahr, dass X nicht gefallen ist
        reading.found["reported"] = "double negation"
    if trigger.shape == "attribute":
        reading.is_attempt = False
        _keep(reading, Modality.DENIED)


def _suppose(
    reading: CueReading, trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]
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
        has_conditional(tokens, above) for above in governing_clauses(clause, clauses)
    ):
        found["possible"] = "subjunctive II"
    if trigger.shape == "noun" and trigger.event in (Event.CAPTURE, Event.ENCIRCLEMENT):
        before = tokens[trigger.index - 1].lower if trigger.index else ""
        if before in ("ein", "eine") and not EXISTENCE.search(clause.text):
            found.setdefault("possible", before)


def _read_attribute(reading: CueReading, trigger: Trigger, tokens: Sequence[Token]) -> None:
    """Let the noun's own adjective decide: wegen der drohenden Einnahme wird der Abzug geplant."""
    at = trigger.first - 1
    while trigger.shape == "noun" and at >= 0 and is_plain_adjective(tokens[at]):
        for modality, stems in _ATTRIBUTES.items():
            if tokens[at].lower.startswith(stems):
                _keep(reading, Modality.DENIED, Modality.REPORTED)
                reading.found[modality] = tokens[at].lower
        at -= 1


_ATTRIBUTES = {Modality.POSSIBLE: prefixes("foreseen"), Modality.PLANNED: prefixes("intended")}


def _read_modal(
    reading: CueReading, trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]
) -> None:
    """Read ``soll`` and ``will``, here and above: with a perfect infinitive they report."""
    clause = clauses[trigger.clause]
    modal = _REPORTING_MODAL.search(clause.text)
    if modal is not None:
        _read_reporting(reading, trigger, clause, tokens, modal.group(0))
    if any(_reports_above(above) for above in governing_clauses(clause, clauses)):
        reading.found.pop("planned", None)
        reading.found["reported"] = "soll"
    if any(_ACCUSING.search(above.text) for above in governing_clauses(clause, clauses)):
        reading.found.pop("planned", None)
        reading.found.setdefault("reported", "accused of it")


def _read_reporting(
    reading: CueReading, trigger: Trigger, clause: Clause, tokens: Sequence[Token], modal: str
) -> None:
    """Turn a plan into a report where the modal of the event's clause reports."""
    found = reading.found
    states = trigger.shape in ("noun", "phrase") and trigger.event in GENERAL_NOUNS
    if states and "soll" in modal:
        if found.get("planned", "").startswith("soll") and _LASTING.search(clause.text):
            found.pop("planned")  # soll unter Beschuss stehen: a report of a state
        found.setdefault("reported", modal)
    if found.get("planned", "").startswith("soll") and _GOING_ON.search(clause.text):
        found.pop("planned")  # sollen weiter vorrücken: what is going on
        found.setdefault("reported", modal)
    ends = trigger.shape in ("noun", "phrase") and _PERFECT_END.search(clause.text)
    if ends or _has_perfect_infinitive(trigger, tokens, clause):
        if found.get("planned", "soll") in _MODALS:
            found.pop("planned", None)
        found["reported"] = modal


def _has_perfect_infinitive(trigger: Trigger, tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the event is a perfect infinitive: soll erobert haben."""
    if trigger.shape == "noun" or trigger.form is not FormKind.PARTICIPLE:
        return False
    words = [tokens[i].lower for i in clause.tokens]
    return "haben" in words[-3:] or "sein" in words[-3:] or "worden" in words


def _reports_above(clause: Clause) -> bool:
    """Whether a clause above reports with soll: soll versucht haben, X zu nehmen."""
    modal = _REPORTING_MODAL.search(clause.text)
    return modal is not None and _PERFECT_END.search(clause.text) is not None


def _read_open(
    reading: CueReading,
    trigger: Trigger,
    clauses: Sequence[Clause],
    tokens: Sequence[Token],
    *,
    is_attributed: bool,
) -> None:
    """Read aims, conditions and what lies ahead."""
    clause, found = clauses[trigger.clause], reading.found
    bare = not found and not reading.is_attempt and not reading.is_fact
    if bare and trigger.form is FormKind.ZU and clause.kind == "infinitive":
        found["planned"] = "zu"
    upper = upper_clause(clause, clauses)
    if trigger.shape != "attribute" and is_condition(upper, clauses, tokens):
        found.pop("planned", None)
        found.setdefault("possible", "a condition")
    if is_consequence(clause, clauses, tokens):
        found["possible"] = "falls"
    elif clause.text.startswith(IF_FIRST):
        found.pop("planned", None)
        found["possible"] = f"{clause.text.split()[0]} first"
    if is_purpose(trigger, tokens, clause):
        found.setdefault("planned", "zur")
    if lies_ahead(trigger, tokens, clause, upper):
        found.setdefault("possible", upper.opener)
    if is_attributed and (found.get("possible") in _WOULD or _would_last(reading, trigger, clause)):
        found.pop("possible")


def _would_last(reading: CueReading, trigger: Trigger, clause: Clause) -> bool:
    """Whether ``würden weiter gehalten werden`` tells of what goes on."""
    lasts = trigger.event in (Event.CONTROL, Event.CLASH) and _GOING_ON.search(clause.text)
    return bool(lasts) and reading.found.get("possible", "").startswith(("werde", "würde"))


def _read_form(
    reading: CueReading, trigger: Trigger, clauses: Sequence[Clause], tokens: Sequence[Token]
) -> None:
    """Read what the form of the clause, or the clause before it, makes of the event."""
    clause, found = clauses[trigger.clause], reading.found
    if clause.opener in _WITHOUT_DOING and (
        trigger.form is FormKind.ZU or "zu" in clause.text.split()
    ):
        found["denied"] = clause.opener  # statt X einzunehmen, ohne X erobert zu haben
    if not found and is_supposed(trigger, clause, tokens):
        found["possible"] = "subjunctive II"
    told = told_of(clause, clauses, tokens)
    if told is not None and trigger.shape != "attribute":
        found[told] = clauses[clause.number - 1].text
    upper = upper_clause(clause, clauses)
    has_purpose = upper.kind == "subordinate" and upper.opener in ("um", "damit")
    if has_purpose and _took_time(upper, clauses):
        found.pop("planned", None)
    elif has_purpose and trigger.shape != "noun" and "denied" not in found:
        found.setdefault("planned", upper.opener)
    if found.get("possible", "").startswith(_MAYBE) and found.get("planned", "").startswith("w"):
        found.pop("planned")  # könnte als Nächstes erobert werden


def _took_time(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether the purpose was reached in the time told: brauchte Monate, um X zu erobern."""
    if clause.parent is not None:
        beside = clauses[clause.parent : clause.parent + 1]
    else:  # um X zu erobern, brauchte sie Monate
        beside = clauses[max(0, clause.number - 1) : clause.number] or clauses[1:2]
    return any(_TAKING_TIME.search(above.text) for above in beside)


_TAKING_TIME = pattern("taking_time")
