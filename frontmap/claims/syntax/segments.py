"""Segments of a sentence between signs and conjunctions, and which of their words are verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frontmap.claims.lexicon import known_participles, known_verbs, noun_entries
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import auxiliary, word_class, word_set
from frontmap.claims.syntax.tokens import Token

__all__ = [
    "NON_FINITE",
    "Segment",
    "is_attribute",
    "is_finite",
    "is_finite_kind",
    "kinds_of",
    "opening_kind",
    "split_segments",
    "verb_kind",
]

_BREAKS = frozenset(",;:–—()[]-…") | {"|", "•", "…"}
_QUOTES = frozenset('"„“”»«‚‘›‹')
_STOPS = frozenset(".!?")


def verb_kind(token: Token, is_first: bool) -> FormKind | None:
    """Return what verb form a token is, None where it is no known verb."""
    if token.toponym is not None or (token.is_capital and not is_first):
        return None
    if token.is_capital and (token.lower.endswith("e") or token.lower in _OPENING_NOUNS):
        # Ende, Kämpfe, Angaben, but: Hätte, Fiele
        kind = known_verbs().get(token.lower)
        would = kind is FormKind.CONDITIONAL and noun_entries(token.text) is None
        return kind if auxiliary(token.lower) or would else None
    if token.lower in _ADJECTIVAL:
        return None
    return known_verbs().get(token.lower)


_INTENSIFIERS = word_set("intensifiers")
_ADJECTIVAL = word_set("adjectival")
_OPENING_NOUNS = word_set("opening_nouns")


def is_finite(token: Token) -> bool:
    """Whether a token is a known finite verb form."""
    return is_finite_kind(verb_kind(token, False))


NON_FINITE = (FormKind.PARTICIPLE, FormKind.INFINITIVE, FormKind.ZU)


def is_finite_kind(kind: FormKind | None) -> bool:
    """Whether a form can be the finite verb of a clause; of what is no verb not."""
    return kind in (FormKind.FINITE, FormKind.SUBJUNCTIVE, FormKind.CONDITIONAL)


@dataclass(slots=True)
class Segment:
    """A stretch of a sentence between signs and conjunctions.

    Attributes
    ----------
    tokens : list[int]
        Indices of its tokens in the sentence.
    separator : str
        The signs before it, or ``und``.
    kinds : list of FormKind or None
        Of each token what verb form it is, None for other words.
    """

    tokens: list[int]
    separator: str
    kinds: list[FormKind | None]

    def has_finite(self) -> bool:
        """Whether one of its words is a finite verb."""
        return any(is_finite_kind(k) for k in self.kinds)

    def has_verb(self) -> bool:
        """Whether one of its words is a verb in any form."""
        return any(k is not None for k in self.kinds)


def _opens_sentence(tokens: Sequence[Token], i: int) -> bool:
    """Whether only signs stand before: the first word, also of a quotation."""
    return i == 0 or (i <= 2 and not any(t.is_word for t in tokens[:i]))


def opening_kind(tokens: Sequence[Token], i: int) -> FormKind | None:
    """Return what verb form the word is that may open a sentence: Fallen Lyman und Siwersk, ...

    What could be a noun is the verb where its subject follows.
    """
    kind = verb_kind(tokens[i], True)
    if kind is not None or tokens[i].lower not in _OPENING_NOUNS or i + 1 >= len(tokens):
        return kind
    after = tokens[i + 1]
    subject = after.toponym is not None or after.lower in _SUBJECT_ARTICLES
    return known_verbs().get(tokens[i].lower) if subject else None


_SUBJECT_ARTICLES = ("die", "beide", "diese", "auch", "erst")


def kinds_of(tokens: Sequence[Token], indices: Sequence[int]) -> list[FormKind | None]:
    """Return of each of the tokens what verb form it is, None for other words."""
    kinds: list[FormKind | None] = []
    for i in indices:
        opens = _opens_sentence(tokens, i)
        kind = opening_kind(tokens, i) if opens else verb_kind(tokens[i], False)
        after_zu = i > 0 and tokens[i - 1].lower == "zu"
        if after_zu and kind in (FormKind.INFINITIVE, FormKind.FINITE):
            kind = FormKind.ZU
        elif kind is FormKind.FINITE and is_attribute(tokens, i):
            kind = None
        elif (
            kind is FormKind.FINITE
            and i == indices[-1]
            and tokens[i].lower in ("werden", "haben")
            and _has_modal(tokens, indices)
        ):
            kind = FormKind.INFINITIVE
        kinds.append(kind)
    if FormKind.ZU in kinds:
        # beschossen zu haben: the form that could be finite is the participle
        for position, i in enumerate(indices[:-2]):
            may_be = tokens[i].lower in known_participles() and tokens[i + 1].lower == "zu"
            if may_be and is_finite_kind(kinds[position]):
                kinds[position] = FormKind.PARTICIPLE
    if not any(is_finite_kind(k) or k is FormKind.ZU for k in kinds):
        # erobern, vorrücken: the plural is spelled like the infinitive
        for position, kind in enumerate(kinds):
            if kind is FormKind.INFINITIVE and (position + 1 < len(kinds) or indices[0] == 0):
                kinds[position] = FormKind.FINITE
                break
    return kinds


def _has_modal(tokens: Sequence[Token], indices: Sequence[int]) -> bool:
    """Whether a modal verb is the finite one, or none is and a part of the clause went before."""
    words = [tokens[i].lower for i in indices]
    modal = any(auxiliary(w) == "modal" for w in words[:-1])
    return modal or words[0] == "zufolge"


def is_attribute(tokens: Sequence[Token], i: int) -> bool:
    """Whether a form in -te(n) between an article and a noun is an adjective."""
    if i == 0 or i + 1 >= len(tokens) or not tokens[i].lower.endswith(("te", "ten", "en", "ne")):
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    if before.lower in _INTENSIFIERS or before.text.isdigit():
        return after.is_capital or after.toponym is not None
    named = after.is_capital or after.toponym is not None
    if named and before.is_capital and _agent_before(tokens, i):
        return True  # von der Ukraine kontrollierten Städte
    return named and (word_class(before.lower, "determiner") or _joins_adjective(tokens, i))


def _joins_adjective(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word goes on from an adjective: die kleine, aber umkämpfte Stadt."""
    at = i - 1
    while at > 1 and (tokens[at].text == "," or word_class(tokens[at].lower, "coordinator")):
        at -= 1
    if at in (0, i - 1) or not _is_attributive(tokens[at]):
        return False
    alike = tokens[at].lower[-1] == tokens[i].lower[-1]
    return alike and word_class(tokens[at - 1].lower, "determiner")


def _agent_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether ``von`` or ``durch`` and one noun phrase stand right before the word."""
    at = i - 2
    while at >= 0 and i - at < 6:
        word = tokens[at].lower
        if word in ("von", "durch"):
            return True
        if tokens[at].is_capital or not (
            word_class(word, "determiner") or word.endswith(("e", "en", "er"))
        ):
            return False
        at -= 1
    return False


def _complete(tokens: Sequence[Token], segment: Sequence[int]) -> bool:
    """Whether the words hold a whole verb: a lexical finite one, or an auxiliary and its verb."""
    kinds = kinds_of(tokens, segment)
    finite = [i for i, k in zip(segment, kinds, strict=True) if is_finite_kind(k)]
    if not finite:
        return False
    if any(auxiliary(tokens[i].lower) is None for i in finite):
        return True
    others = {FormKind.PARTICIPLE, FormKind.INFINITIVE, FormKind.ZU}
    # "habe erobert": the participle may be read as finite too, then it is in `finite`
    if any(k in others for k in kinds):
        return True
    return any(auxiliary(tokens[i].lower) == "sein" for i in finite)


def _parts_adjectives(tokens: Sequence[Token], i: int) -> bool:
    """Whether a comma parts two attributes of a noun: die annektierten, aber umkämpften Gebiete."""
    if tokens[i].text != "," or i < 2 or not _is_attributive(tokens[i - 1]):
        return False
    opening = tokens[i - 2].lower
    if not (word_class(opening, "determiner") or word_class(opening, "preposition")):
        return False
    for at in range(i + 1, min(i + 8, len(tokens))):
        token = tokens[at]
        if token.is_capital:
            last = tokens[at - 1]
            return (
                at > i + 1 and _is_attributive(last) and last.lower[-2:] == tokens[i - 1].lower[-2:]
            )
        if not token.is_word or auxiliary(token.lower) or word_class(token.lower, "determiner"):
            return False
    return False


def _is_attributive(token: Token) -> bool:
    return not token.is_capital and token.lower.endswith(("e", "en", "er", "es", "em"))


def split_segments(tokens: Sequence[Token]) -> list[Segment]:
    """Cut at signs, then at conjunctions between two whole verbs."""
    raw: list[tuple[list[int], str]] = []
    current: list[int] = []
    separator = ""
    for i, token in enumerate(tokens):
        inside_name = (
            token.text in "-–"
            and 0 < i < len(tokens) - 1
            and (tokens[i - 1].end == token.start and tokens[i + 1].start == token.end)
        )
        if token.text in _QUOTES:
            separator += token.text if not current else ""
            continue
        if token.text in _BREAKS and not inside_name and not _parts_adjectives(tokens, i):
            if current:
                raw.append((current, separator))
                current, separator = [], ""
            separator += token.text
        elif token.text not in _STOPS:
            current.append(i)
    if current:
        raw.append((current, separator))
    return [part for indices, sign in raw for part in _coordinated(tokens, indices, sign)]


def _coordinated(tokens: Sequence[Token], indices: list[int], sign: str) -> Iterator[Segment]:
    """Cut a stretch before each "und" that opens a clause of its own."""
    while (at := _coordination(tokens, indices)) is not None:
        yield Segment(indices[:at], sign, kinds_of(tokens, indices[:at]))
        indices, sign = indices[at:], "und"
    yield Segment(indices, sign, kinds_of(tokens, indices))


def _coordination(tokens: Sequence[Token], indices: Sequence[int]) -> int | None:
    for position in range(1, len(indices) - 1):
        if not word_class(tokens[indices[position]].lower, "coordinator"):
            continue
        right = kinds_of(tokens, indices[position + 1 :])
        if not any(k is not None for k in right) or not _complete(tokens, indices[:position]):
            continue
        left = kinds_of(tokens, indices[:position])
        if not any(is_finite_kind(k) for k in right) and not any(k in NON_FINITE for k in left):
            continue  # sei zu den Orten A und B vorgestoßen
        return position
    return None
