"""Noun phrases round a place name: where they begin and what stands before them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from frontmap.claims.lexicon import event_verbs, place_word
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import word_class, word_set
from frontmap.claims.syntax.tokens import Token
from frontmap.lexicons import load
from frontmap.recognition import Construction

__all__ = ["is_plain_adjective", "lead_words", "number_value", "phrase_start"]


_MOST_DIGITS = 9


@cache
def _numbers() -> dict[str, float]:
    return {line["word"]: float(line["value"]) for line in load("claims/numbers.tsv")}


def number_value(word: str) -> float | None:
    """Return the value of a number in words or digits, German decimal comma.

    Examples
    --------
    >>> number_value("zehn"), number_value("1,5"), number_value("1.200"), number_value("x")
    (10.0, 1.5, 1200.0, None)
    """
    if word in _numbers():
        return _numbers()[word]
    digits = word.replace(".", "").replace(",", ".")
    # isdecimal: superscripts are digits but no numbers; longer ones count and measure nothing
    if digits.replace(".", "", 1).isdecimal() and len(digits) <= _MOST_DIGITS:
        return float(digits)
    return None


def is_plain_adjective(token: Token) -> bool:
    """Whether a word looks like an inflected adjective or participle before a noun."""
    return (
        not token.is_capital
        and token.toponym is None
        and token.is_word
        and token.lower.endswith(("e", "en", "er", "es", "em"))
        and token.lower != "nahe"  # nahe Bachmut: a preposition
        and not word_class(token.lower, "preposition")
        and not word_class(token.lower, "determiner")
        and not word_class(token.lower, "coordinator")
    )


_ADVERBS = word_set("adverbs_in_phrases")
_APPOSED = word_set("apposed_nouns")


def _is_participle(token: Token) -> bool:
    """Whether the adjective is a participle that may carry a phrase of its own before it."""
    word = token.lower
    readings = event_verbs().get(word, ())
    if any(r.kind in (FormKind.ATTRIBUTE, FormKind.PRESENT_PARTICIPLE) for r in readings):
        return True
    stem = word.removesuffix("n").removesuffix("r").removesuffix("s").removesuffix("m")
    return stem.endswith(("ende", "te", "ene", "gene", "ene")) and len(word) > 6


def phrase_start(tokens: Sequence[Token], i: int) -> int:
    """Return the first token of the noun phrase of the name at `i`, its article left out."""
    at = i
    floor = max(0, i - _PHRASE_WORDS)
    while at > floor:
        start = _attribute_start(tokens, at, i)
        if start is not None:
            return start
        if not _belongs_before(tokens, at, i, floor):
            break
        at -= 1
    return at


_PHRASE_WORDS = 22  # a name's noun phrase has no more of them before it


def _attribute_start(tokens: Sequence[Token], at: int, i: int) -> int | None:
    """Return where an attribute with a phrase of its own begins that ends right before `at`.

    ``der seit Monaten umkämpften Stadt``, ``der für die Ukraine wichtigen Stadt``
    """
    before = tokens[at - 1]
    if _is_inside_attribute(tokens, at, i):
        start = _extended_start(tokens, at)
        if start is None or tokens[start].is_capital:
            return None
        first = tokens[start].lower
        opens = word_class(first, "preposition") or first.endswith("er")
        return start if opens else None
    if is_plain_adjective(before) and _is_participle(before):
        return _extended_start(tokens, at - 1)
    return None


def _is_inside_attribute(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether a noun before adjectives may stand in their phrase: für die Ukraine wichtigen."""
    before = tokens[at - 1]
    return (
        before.toponym is None
        and before.is_capital
        and any(is_plain_adjective(t) for t in tokens[at:i])
        and not place_word(before.text)
    )


def _belongs_before(tokens: Sequence[Token], at: int, i: int, floor: int) -> bool:
    """Whether the word before `at` belongs to the noun phrase of the name at `i`."""
    before = tokens[at - 1]
    if before.toponym is not None:
        return before.lower.endswith("er") and at < i  # der Kiewer Vorort Butscha
    if _is_inside_attribute(tokens, at, i):
        return False
    known = place_word(before.text) if before.is_capital else None
    if known is not None or before.text in _APPOSED:
        if known is not None and known.kind in ("part", "area"):
            return False
        # die Vororte Charkiws, but: der Vorort Butscha
        return not (_is_genitive(tokens[i]) and before.lower.startswith("voror"))
    if before.text in '„"»-–':
        starts_quote = at - 1 > floor and at - 1 != i - 1
        return not starts_quote and before.text != "–"
    if is_plain_adjective(before):
        return True
    if before.text == ",":
        return (
            at - 2 >= floor
            and is_plain_adjective(tokens[at - 2])
            and is_plain_adjective(tokens[at])
            and at != i
        )
    return before.lower in _ADVERBS and not (before.lower == "nahe" and at == i)


def _is_genitive(name: Token) -> bool:
    toponym = name.toponym
    return toponym is not None and toponym.mention.construction is Construction.GENITIVE


def _opens_inner_phrase(tokens: Sequence[Token], at: int, participle: int) -> bool:
    """Whether the article belongs to a noun inside the attribute: von der ukrainischen Grenze."""
    i = at + 1
    while i < participle and is_plain_adjective(tokens[i]):
        i += 1
    measure = tokens[i].lower.startswith(("kilometer", "meter"))
    return i < participle and i > at + 1 and tokens[i].is_capital and not measure


def _extended_start(tokens: Sequence[Token], participle: int) -> int | None:
    """Return where ``der seit Monaten umkämpften`` begins, after its article."""
    for at in range(participle - 1, max(-1, participle - 14), -1):
        token, after = tokens[at], tokens[at + 1]
        if token.text in ".!?;:":
            return None
        opens = word_class(token.lower, "determiner") or token.lower in (
            "im",
            "am",
            "vom",
            "zum",
            "zur",
            "beim",
            "ins",
        )
        if opens and _opens_inner_phrase(tokens, at, participle):
            continue
        if opens and not after.is_capital and not word_class(after.lower, "determiner"):
            return at + 1
    return None


def lead_words(tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """Return the lower-case words before a noun phrase and the index they start at."""
    begin = max(0, first - 14)
    for at in range(first - 1, begin - 1, -1):
        if tokens[at].text in ".;!?":
            begin = at + 1
            break
    words = " ".join(t.lower if t.text != "," else "," for t in tokens[begin:first])
    return words.replace(" ,", ","), begin
