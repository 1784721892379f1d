"""Which clauses govern another: the ones above an infinitive or dass-clause."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon.words import auxiliary
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.tokens import Token

__all__ = ["governing_clauses", "upper_clause", "verb_sharer"]


def governing_clauses(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
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


def upper_clause(clause: Clause, clauses: Sequence[Clause]) -> Clause:
    """Return the clause with a finite verb that an infinitive hangs on; itself for any other."""
    while clause.kind == "infinitive" and clause.parent is not None:
        clause = clauses[clause.parent]
    return clause


def verb_sharer(
    clause: Clause, clauses: Sequence[Clause], tokens: Sequence[Token]
) -> Clause | None:
    """Return the clause whose modal or auxiliary a coordinate clause without its own shares."""
    if not clause.is_coordinate or clause.parent is None:
        return None
    if any(auxiliary(tokens[i].lower) for i in clause.tokens if not tokens[i].is_capital):
        return None
    return clauses[clause.parent]
