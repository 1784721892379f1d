"""Clauses of a sentence, by signs, conjunctions and where the verbs stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from frontmap.claims.lexicon import (
    known_participles,
    noun_entries,
    place_word,
    speech_verbs,
)
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import auxiliary, prefixes, word_class, word_set
from frontmap.claims.syntax.segments import (
    NON_FINITE,
    Segment,
    is_finite,
    is_finite_kind,
    kinds_of,
    split_segments,
)
from frontmap.claims.syntax.tokens import Token

__all__ = ["DASHES", "Clause", "split_clauses"]

DASHES = frozenset("-–—|")  # they part the news of a headline


@dataclass(slots=True)
class Clause:
    """One clause.

    Attributes
    ----------
    number : int
    kind : str
        main, relative, subordinate, infinitive or fragment.
    opener : str
        The conjunction or relative word it opens with, lower case.
    tokens : list[int]
        Indices of its tokens in the sentence; it need not be in one piece.
    parent : int or None
        The clause it depends on or goes on from.
    is_coordinate : bool
        It goes on from `parent` and shares its subject and, lacking its own, its finite verb.
    text : str
        Its words in lower case, single spaces between.
    """

    number: int
    kind: str
    opener: str = ""
    tokens: list[int] = field(default_factory=list)
    parent: int | None = None
    is_coordinate: bool = False
    text: str = ""
    separator: str = ""


_ALWAYS_SUBORDINATE = word_set("always_subordinate")


def _opener(tokens: Sequence[Token], segment: Segment) -> tuple[str, int]:
    """Return the first word, past a coordinator, and its position in the segment."""
    for position, i in enumerate(segment.tokens[:3]):
        word = tokens[i].lower
        if word_class(word, "coordinator") or word in ("auch", "vor", "allem", "sowohl"):
            continue
        return word, position
    return tokens[segment.tokens[0]].lower, 0


def _is_verb_final(segment: Segment) -> bool:
    last = segment.kinds[-1]
    if is_finite_kind(last) or last is FormKind.INFINITIVE:
        return True
    # hätten einnehmen können, eingenommen wurde
    return len(segment.kinds) > 1 and last is not None and is_finite_kind(segment.kinds[-2])


_ALSO_PREPOSITIONS = word_set("also_prepositions")


def _has_verb_inside(segment: Segment) -> bool:
    """Whether the finite verb stands second, what it governs at the end."""
    *inner, last = segment.kinds
    return last in NON_FINITE and any(is_finite_kind(kind) for kind in inner[:-1])


def _kind(tokens: Sequence[Token], segment: Segment) -> tuple[str, str]:
    word, position = _opener(tokens, segment)
    opening = [tokens[i].lower for i in segment.tokens[:2]]
    if opening == ["anders", "als"] and segment.has_verb():
        return "subordinate", "als"  # anders als vielfach berichtet
    following = segment.tokens[position + 1 : position + 2]
    after = tokens[following[0]].lower if following else ""
    if "," in segment.separator or "–" in segment.separator:
        is_relative = word_class(word, "relative") or (
            word_class(word, "preposition") and word_class(after, "relative")
        )
        corrects = tokens[segment.tokens[0]].lower == "sondern"  # nicht X, sondern das kleine Y
        if is_relative and not corrects and _is_verb_final(segment):
            return "relative", word if word_class(word, "relative") else after
    if word in _ALWAYS_SUBORDINATE and not segment.has_verb():
        return "subordinate", word
    if FormKind.ZU in segment.kinds and not segment.has_finite() and word not in _WITH_ZU:
        return "infinitive", "zu"  # bis Ende November X zu nehmen
    if word in _ALSO_PREPOSITIONS and _has_verb_inside(segment):
        return "main", ""  # bis Neujahr soll X erobert sein
    may_open = word not in _ONLY_WITH_ZU or "zu" in (tokens[i].lower for i in segment.tokens)
    closes = FormKind.ZU in segment.kinds or (may_open and _is_verb_final(segment))
    if closes and word_class(word, "subordinator"):
        return "subordinate", word
    if FormKind.ZU in segment.kinds and not segment.has_finite():
        return "infinitive", "zu"
    if not segment.has_verb():
        return "fragment", ""
    return "main", ""


def _lists_places(tokens: Sequence[Token], segment: Segment, last: Clause) -> bool:
    """Whether names after a colon are those of the places spoken of before it."""
    nouns = [tokens[i] for i in last.tokens if tokens[i].is_capital and tokens[i].toponym is None]
    words = [(t, place_word(t.text)) for t in nouns]
    towns = [t for t, word in words if word is not None and word.kind == "settlement"]
    if tokens[segment.tokens[0]].toponym is not None:
        return bool(towns)
    named = any(tokens[i].toponym is not None for i in segment.tokens)
    return named and any(t.lower.endswith(_PLURALS) for t in towns)


def _goes_on(tokens: Sequence[Token], last: Clause, segment: Segment) -> bool:
    """Whether a list of names goes on across the comma, its clause still without a verb."""
    if tokens[segment.tokens[0]].toponym is None or tokens[last.tokens[-1]].toponym is None:
        return False
    return not any(k is not None for k in kinds_of(tokens, last.tokens))


def _waits(tokens: Sequence[Token], indices: Sequence[int]) -> bool:
    """Whether an auxiliary still waits for its participle or infinitive."""
    kinds = kinds_of(tokens, indices)
    finite = [i for i, k in zip(indices, kinds, strict=True) if is_finite_kind(k)]
    return (
        len(finite) == 1
        and auxiliary(tokens[finite[0]].lower) is not None
        and not any(k in NON_FINITE for k in kinds)
    )


def _may_end_in_participle(tokens: Sequence[Token], segment: Segment) -> bool:
    """Whether what could be finite may be a participle: wurde, wie ..., erobert und besetzt."""
    verbs = [i for i, k in zip(segment.tokens, segment.kinds, strict=True) if k is not None]
    if not verbs or verbs[0] == segment.tokens[0] or verbs[-1] != segment.tokens[-1]:
        return False
    return all(tokens[i].lower in known_participles() | {"worden"} for i in verbs)


_CONTRAST = word_set("contrast")
_SOFT = frozenset(',()–-"„“”»«')


_ONLY_WITH_ZU = word_set("only_with_zu")
_WITH_ZU = _ONLY_WITH_ZU | {"als"}
_PLURALS = prefixes("plurals")


class _Builder:
    """Puts segments together to clauses, one after the other.

    Attributes
    ----------
    matrix : Clause or None
        The main clause under way.
    last : Clause or None
        The clause the segment before went to.
    attached : list[int]
        Tokens of fragments added to the matrix after its verb.
    open_verb : bool
        Whether the matrix still waits for its finite verb.
    """

    def __init__(
        self, tokens: Sequence[Token], segments: Sequence[Segment], headline: bool
    ) -> None:
        self.tokens = tokens
        self.segments = segments
        self.headline = headline
        self.is_verbless = not any(segment.has_finite() for segment in segments)
        self.clauses: list[Clause] = []
        self.matrix: Clause | None = None
        self.last: Clause | None = None
        self.attached: list[int] = []
        self.open_verb = False

    def add(self, segment: Segment) -> None:
        """Add the next segment to a clause there is, or to a new one."""
        kind, opener = _kind(self.tokens, segment)
        clause = self._coordinate(segment)
        if clause is None:
            clause = self._fragment(segment) if kind == "fragment" else self._listed(segment)
        if clause is None and kind == "main":
            clause = self._continued(segment)
        if clause is None:
            parent = self.last.number if self.last and kind not in ("main", "fragment") else None
            clause = self._new(kind, opener, parent=parent, separator=segment.separator)
            if kind == "infinitive" and self._names_meet(segment) and self.matrix:
                # versuchten, A, B und C zu umstellen: the names belong to the infinitive
                self.matrix.tokens = [i for i in self.matrix.tokens if i not in self.attached]
                clause.tokens += self.attached
                self.attached = []
        self._close(clause, segment, kind)

    def _new(self, kind: str, opener: str = "", **rest: Any) -> Clause:
        clause = Clause(len(self.clauses), kind, opener, **rest)
        self.clauses.append(clause)
        return clause

    def _coordinate(self, segment: Segment) -> Clause | None:
        last = self.last
        if last is None or not (segment.separator == "und" or self._contrasts(segment, last)):
            return None
        clause = self._new(last.kind, last.opener, parent=last.number, is_coordinate=True)
        if last is self.matrix:
            self.matrix, self.open_verb = clause, not segment.has_finite()
        return clause

    def _contrasts(self, segment: Segment, last: Clause) -> bool:
        """Whether a participle goes on with the auxiliary before it: ..., aber erobert; ...

        X erreicht, möglicherweise sogar eingenommen.
        """
        turns = self.tokens[segment.tokens[0]].lower in _CONTRAST
        adds = not any(self.tokens[i].is_capital for i in segment.tokens)
        if segment.separator != "," or not (turns or adds):
            return False
        ends = segment.kinds[-1] is FormKind.PARTICIPLE and not segment.has_finite()
        if not (ends or _may_end_in_participle(self.tokens, segment)):
            return False  # nicht erobert, sondern beschossen: that may be finite too
        if _waits(self.tokens, last.tokens):
            return False  # hat nicht nur X, sondern auch Y erobert: one clause
        return any(auxiliary(self.tokens[i].lower) for i in last.tokens)

    def _is_soft(self, segment: Segment) -> bool:
        return set(segment.separator) <= _SOFT

    def _fragment(self, segment: Segment) -> Clause | None:
        """Return the clause that words without a verb belong to."""
        last, tokens = self.last, self.tokens
        if last is None:
            return None
        if ":" in segment.separator and _lists_places(tokens, segment, last):
            return last  # nahmen drei Dörfer ein: A, B und C
        if self.headline and self._parts_news(segment):
            return None
        listed = self._listed(segment)
        if listed is not None:
            return listed
        if self.is_verbless and len(segment.tokens) > 2 and segment.separator:
            return None  # Kämpfe in X, Debatte um Waffen: two things
        if self._lacks_verb(last) and segment is not self.segments[-1]:
            return last  # dass sie X (russisch: Y) erobert haben
        if not (self._is_soft(segment) and segment.separator) or ":" in segment.separator:
            return None
        dependent = last.kind in ("relative", "subordinate", "infinitive")
        return self.matrix if dependent and self.matrix else last

    def _lacks_verb(self, clause: Clause) -> bool:
        """Whether a dependent clause still waits for the verb that ends it: dass sie X, ein Dorf"""
        if clause.kind != "subordinate":
            return False
        return not any(is_finite_kind(k) for k in kinds_of(self.tokens, clause.tokens))

    def _parts_news(self, segment: Segment) -> bool:
        """Whether a comma or dash of a headline begins another piece of news."""
        first = self.tokens[segment.tokens[0]]
        if DASHES & set(segment.separator):
            joined = word_class(first.lower, "coordinator") or word_class(
                first.lower, "preposition"
            )
            return not joined
        within = segment.tokens if first.is_capital else segment.tokens[:5]
        has_event = any(noun_entries(self.tokens[i].text) for i in within)
        if "," not in segment.separator:
            return False
        return has_event or self._follows_whole(first) or self._sets_scene(segment)

    def _sets_scene(self, segment: Segment) -> bool:
        """Whether a noun and where it is follow a whole clause: X plant Angriff, Tote in Y."""
        tokens, last = self.tokens, self.last
        if last is None or not any(is_finite_kind(k) for k in kinds_of(tokens, last.tokens)):
            return False
        nouns = [at for at, i in enumerate(segment.tokens[:4]) if tokens[i].is_capital]
        opening = [tokens[i] for i in segment.tokens[nouns[0] if nouns else 0 :][:4]]
        if len(opening) < 3 or not opening[0].is_capital or opening[0].toponym is not None:
            return False
        led = word_class(opening[1].lower, "preposition")
        return led and any(token.toponym is not None for token in opening[2:])

    def _follows_whole(self, first: Token) -> bool:
        """Whether a noun comes after words that end in their verb: X erobert, Atomwaffen in Y."""
        if self.last is None or not first.is_capital or first.toponym is not None:
            return False
        kinds = kinds_of(self.tokens, self.last.tokens)
        return len(kinds) > 2 and (kinds[-1] in NON_FINITE or is_finite_kind(kinds[-1]))

    def _listed(self, segment: Segment) -> Clause | None:
        """Return the clause whose list goes on: dass Russland die Gebiete A, B und C will."""
        last = self.last
        if last is None or not self._is_soft(segment) or not segment.separator.startswith(","):
            return None
        return last if _goes_on(self.tokens, last, segment) else None

    def _continued(self, segment: Segment) -> Clause | None:
        """Return the main clause that a segment with a verb goes on with."""
        matrix, tokens = self.matrix, self.tokens
        broken = self._broken(segment)
        if broken is not None:
            return broken
        if matrix is None or not self._is_soft(segment):
            return None
        starts_with_verb = is_finite_kind(segment.kinds[0])
        first = tokens[segment.tokens[0]].lower
        if self._parts_headline(segment, matrix):
            return None
        if self.open_verb and segment.has_finite():
            returns = self.last is not matrix or word_class(first, "coordinator") or first == "auch"
            if returns or ((starts_with_verb or ")" in segment.separator) and segment.separator):
                return matrix  # das Institut für Kriegsstudien (ISW) in Washington sieht ...
        ends = not segment.has_finite() or _may_end_in_participle(tokens, segment)
        if ends and not self.is_verbless and _waits(tokens, matrix.tokens):
            return matrix  # hatte der Statthalter, Jewgeni B., auf Telegram geschrieben
        if self.attached and (
            self._names_meet(segment) or (starts_with_verb and first not in speech_verbs())
        ):
            # X schrieb, Sudscha - eine Kleinstadt - werde kontrolliert: the fragment opens a clause
            matrix.tokens = [i for i in matrix.tokens if i not in self.attached]
            clause = self._new("main", separator=",")
            clause.tokens += self.attached
            return clause
        return None

    def _parts_headline(self, segment: Segment, matrix: Clause) -> bool:
        """Whether a headline's comma parts news without a verb from news with one.

        ``Bomben auf X, auch Truppen aus Y rücken vor``, ``X laut Kiew zerstört, Raketen treffen Y``
        """
        if not self.headline or segment.separator != "," or not segment.has_finite():
            return False
        if is_finite_kind(segment.kinds[0]):
            return False
        own = any(self.tokens[i].is_capital for i in segment.tokens[:2])
        return own and self.last is matrix and self.open_verb

    def _broken(self, segment: Segment) -> Clause | None:
        """Return the dependent clause whose verb comes after a relative one or an apposition.

        dass sie X, das 70 Kilometer von Y entfernt ist, erobert haben
        """
        last = self.last
        if last is None:
            return None
        if self._lacks_verb(last) and self._is_soft(segment) and _is_verb_final(segment):
            opens = len(segment.kinds) > 1 and is_finite_kind(segment.kinds[0])
            opens = opens and self.tokens[segment.tokens[0]].lower not in known_participles()
            return None if opens else last  # dass sie X, ein Dorf bei Y, erobert haben
        if last.parent is None or not segment.separator.startswith(","):
            return None
        outer = self.clauses[last.parent]
        between = last.kind == "relative" or last.opener == "wie"
        if not between or outer.kind not in ("subordinate", "relative"):
            return None
        if (segment.kinds[0] is None and last.kind == "relative") or any(
            is_finite_kind(k) for k in kinds_of(self.tokens, outer.tokens)
        ):
            return None
        ends = segment.has_finite() and is_finite_kind(segment.kinds[-1])
        return outer if ends else None

    def _names_meet(self, segment: Segment) -> bool:
        """Whether a list of names goes on from fragments into the segment."""
        if not self.attached:
            return False
        last, first = self.tokens[self.attached[-1]], self.tokens[segment.tokens[0]]
        return last.toponym is not None and first.toponym is not None

    def _close(self, clause: Clause, segment: Segment, kind: str) -> None:
        clause.tokens += segment.tokens
        if (
            kind == "fragment"
            and clause is self.matrix
            and len(clause.tokens) > len(segment.tokens)
        ):
            self.attached = [*self.attached, *segment.tokens]
        elif kind in ("main", "fragment"):
            self.attached = []
        if clause.kind == "fragment" and segment.has_verb():
            clause.kind = "main"
        if clause.kind in ("main", "fragment"):
            if clause is not self.matrix:
                self.open_verb = True
            self.matrix = clause
            self.open_verb = self.open_verb and not segment.has_finite()
        self.last = clause


def _hang_subject_clause(tokens: Sequence[Token], clauses: Sequence[Clause]) -> None:
    """Give a clause that is the subject its main clause: Dass X gefallen sei, trifft nicht zu."""
    first = clauses[0] if clauses else None
    if first is None or first.opener not in ("dass", "daß", "ob") or first.parent is not None:
        return
    for clause in clauses[1:]:
        if clause.kind == "main" and clause.tokens and is_finite(tokens[clause.tokens[0]]):
            first.parent = clause.number
            return


def _hang_cited_clause(tokens: Sequence[Token], clauses: Sequence[Clause]) -> None:
    """Give a clause that parts a subject from its verb that verb: Die Meldung, X sei gefallen, ist.

    It is what the noun before it reports.
    """
    for head, cited, rest in zip(clauses, clauses[1:], clauses[2:], strict=False):
        parted = head.kind == "fragment" and cited.kind == "main" and rest.kind == "main"
        if not parted or not cited.separator.startswith(",") or cited.is_coordinate:
            continue
        goes_on = rest.separator.startswith(",") and is_finite(tokens[rest.tokens[0]])
        if goes_on and any(tokens[i].lower.startswith(_TOLD) for i in head.tokens[-2:]):
            cited.kind, cited.opener, cited.parent = "subordinate", "dass", rest.number


_TOLD = prefixes("told_nouns")


def _hang_infinitive(tokens: Sequence[Token], clauses: Sequence[Clause], clause: Clause) -> None:
    """Hang an infinitive on the clause that it interrupts.

    X hielt stand, doch die Versuche, auf Y vorzurücken, scheiterten.
    """
    at = clause.tokens[0] - 1 if clause.tokens else -1
    while at >= 0 and not tokens[at].is_word:
        at -= 1
    if clause.kind != "infinitive" or at < 0 or clause.parent is None:
        return
    outer = clauses[tokens[at].clause]
    if outer.kind == "main" and outer.number > clause.number:
        clause.parent = outer.number


def split_clauses(tokens: Sequence[Token], *, headline: bool = False) -> list[Clause]:
    """Split a sentence into clauses and number its tokens accordingly.

    A main clause broken by a relative or subordinate one is one clause.

    Parameters
    ----------
    tokens : sequence of Token
        Their `clause` is set.
    headline : bool
        Whether the sentence is a headline, where commas part different news.
    """
    segments = split_segments(tokens)
    builder = _Builder(tokens, segments, headline)
    for segment in segments:
        builder.add(segment)
    _hang_subject_clause(tokens, builder.clauses)
    _hang_cited_clause(tokens, builder.clauses)
    for clause in builder.clauses:
        for i in clause.tokens:
            tokens[i].clause = clause.number
        clause.text = " ".join(tokens[i].lower for i in clause.tokens)
    for clause in builder.clauses:
        _hang_infinitive(tokens, builder.clauses, clause)
    return builder.clauses
