"""What is not so, or not yet: aims, consequences, what lies ahead, what is only supposed."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon import known_verbs
from frontmap.claims.lexicon.morphology import FormKind, verb_forms
from frontmap.claims.lexicon.words import pattern, prefixes, word_set
from frontmap.claims.records import Event, Modality
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.governing import upper_clause
from frontmap.claims.syntax.moods import has_conditional, is_subjunctive
from frontmap.claims.syntax.tokens import Token

__all__ = ["IF_FIRST", "is_consequence", "is_purpose", "is_supposed", "lies_ahead", "told_of"]

_NOT_YET = word_set("not_yet")
_UNTRUE = pattern("untrue")
_ACHIEVING = prefixes("achieving")
_HAVE_DONE = (" hat", " haben", " ist", " sind")
IF_FIRST = tuple(f"{word} " for word in prefixes("if_first"))  # as a clause's first word


def is_purpose(trigger: Trigger, tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the noun only names an aim: zur Eroberung von X setzt Russland ... ein."""
    if trigger.shape != "noun" or trigger.event not in (Event.CAPTURE, Event.ENCIRCLEMENT):
        return False
    before = tokens[trigger.index - 1].lower if trigger.index else ""
    return before == "zur" and not any(stem in clause.text for stem in _ACHIEVING)


def is_consequence(clause: Clause, clauses: Sequence[Clause], tokens: Sequence[Token]) -> bool:
    """Whether the clause tells what would follow: Falls X fällt, wäre Y abgeschnitten."""
    if clause.kind != "main" or clause.number == 0:
        return False
    before = upper_clause(clauses[clause.number - 1], clauses)
    if before.opener in ("falls", "sofern"):
        return True
    condition = before.opener == "wenn" or before.text.startswith(IF_FIRST)
    return condition and has_conditional(tokens, clause)


def lies_ahead(trigger: Trigger, tokens: Sequence[Token], clause: Clause, upper: Clause) -> bool:
    """Whether the event stands in the present behind ``bevor`` or ``bis``: not yet happened.

    `upper` is the clause that an infinitive hangs on: bis es gelingt, X zu nehmen.
    """
    if upper.opener not in _NOT_YET:
        return False
    if upper is not clause:
        return any(_is_present(word) for word in upper.text.split()[-1:])
    if upper.opener != "solange" and clause.text.endswith(_HAVE_DONE):
        return True  # bis sie X eingenommen haben
    if trigger.shape == "phrase":
        return any(known_verbs().get(w) is FormKind.FINITE for w in clause.text.split()[-1:])
    if trigger.shape != "verb":
        return False
    word, lemma = tokens[trigger.index].lower, trigger.entry.entry
    forms = verb_forms(lemma)
    return word == lemma.replace("|", "").replace("~", "") or any(
        form.text == word and form.kind is FormKind.FINITE and word.endswith("t") for form in forms
    )


def _is_present(word: str) -> bool:
    """Whether a verb form is the third person of the present: gelingt, schaffen."""
    kind = known_verbs().get(word)
    return kind is FormKind.INFINITIVE or (kind is FormKind.FINITE and word.endswith("t"))


def is_supposed(trigger: Trigger, clause: Clause, tokens: Sequence[Token]) -> bool:
    """Whether an indefinite event is supposed: nach einem Durchbruch hätten sie freie Bahn."""
    if trigger.shape != "noun" or trigger.event not in (*_GAINS, Event.ATTACK):
        return False
    before, determiner, _ = preposition_before(tokens, trigger.index)
    if before not in ("nach", "bei", "mit") or not determiner.startswith("ein"):
        return False
    words = [tokens[i].lower for i in clause.tokens if not tokens[i].is_capital]
    return any(known_verbs().get(w) is FormKind.CONDITIONAL for w in words)


_GAINS = (Event.ADVANCE, Event.CAPTURE, Event.BREAKTHROUGH, Event.ENCIRCLEMENT)


def told_of(clause: Clause, clauses: Sequence[Clause], tokens: Sequence[Token]) -> Modality | None:
    """Return what the clause before makes of one without dass: es ist falsch, X sei gefallen."""
    if clause.kind != "main" or "," not in clause.separator or not clause.number:
        return None
    before = clauses[clause.number - 1]
    if not is_subjunctive(tokens, clause) or before.kind != "main":
        return None
    if _UNTRUE.search(before.text):
        return Modality.DENIED
    return Modality.POSSIBLE if _FEARED.search(before.text) else None


_FEARED = pattern("feared")
