"""The mood of a clause: subjunctive I of reports, subjunctive II of what would be."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon import known_verbs
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import word_set
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.tokens import Token

__all__ = ["carries_report", "has_conditional", "is_subjunctive"]


def is_subjunctive(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the clause's finite verb is in the subjunctive, the mood of reported speech."""
    for i in clause.tokens:
        token = tokens[i]
        if token.is_capital:
            continue
        if known_verbs().get(token.lower) is FormKind.SUBJUNCTIVE or token.lower in _PLURAL_REPORT:
            return True
    return False


# subjunctive II stands in for I where I looks like the indicative: die Truppen hätten
_PLURAL_REPORT = word_set("plural_report")


def carries_report(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the mood of the clause goes on with a report: subjunctive I, or II in the plural.

    ``würde`` and ``wäre`` in the singular state what would be, not what somebody said.
    """
    if (
        any(known_verbs().get(t.lower) is FormKind.SUBJUNCTIVE and not t.is_capital for t in tokens)
        and clause.number > 0
    ):
        return True  # die Stadt sei umzingelt, dort käme es zu Kämpfen
    if any(
        known_verbs().get(tokens[i].lower) is FormKind.CONDITIONAL
        and tokens[i].lower not in _PLURAL_REPORT
        and not tokens[i].is_capital
        for i in clause.tokens
    ):
        return False
    return is_subjunctive(tokens, clause)


def has_conditional(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the clause stands in the subjunctive II: was wäre, was fiele."""
    return any(
        known_verbs().get(tokens[i].lower) is FormKind.CONDITIONAL and not tokens[i].is_capital
        for i in clause.tokens
    )
