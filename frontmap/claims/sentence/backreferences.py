"""Words that refer back to a place: the noun of die Stadt, beide Orte, dort, im Stadtzentrum."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon import place_word
from frontmap.claims.lexicon.words import prefixes, word_set
from frontmap.claims.syntax.noun_phrases import is_plain_adjective, number_value
from frontmap.claims.syntax.tokens import Token

__all__ = ["PLANTS", "PLURALS", "TOWN_PARTS", "back_references", "number_before"]

PLURALS = prefixes("plurals")


def back_references(tokens: Sequence[Token]) -> list[int]:
    """Return the words that refer back to a place: the noun of ``die Stadt``, ``dort``."""
    found: list[int] = []
    named = {t.clause for t in tokens if t.toponym is not None}
    for i, token in enumerate(tokens):
        if token.toponym is not None:
            continue
        part = token.lower in TOWN_PARTS and token.clause not in named and _stands_alone(tokens, i)
        if part or token.lower in ("dort", "dorthin") or _refers_back(tokens, i):
            found.append(i)
    return found


def _refers_back(tokens: Sequence[Token], i: int) -> bool:
    """Whether a noun for a kind of place stands for one named before: die Stadt, beide Orte."""
    token = tokens[i]
    word = place_word(token.text) if token.is_capital else None
    if token.lower in PLANTS and token.is_capital:
        return _is_plant_before(tokens, i)
    if word is None or word.kind not in ("settlement", "region"):
        return False
    if _is_completed(tokens[i + 1 : i + 3]):
        return False
    at = i - 1
    while at >= 0 and is_plain_adjective(tokens[at]) and tokens[at].lower not in _BOTH:
        at -= 1
    is_plural = token.lower.endswith(PLURALS)
    if is_plural and _is_some_of(tokens, at):
        return False
    opens = _THESE if is_plural else _DEFINITE
    if is_plural and number_before(tokens, i):
        return True
    if is_plural and at >= 0 and tokens[at].lower in ("die", "den") and at + 1 == i:
        opens = frozenset({"die", "den"})
    if at < 0 or tokens[at].lower not in opens:
        return False
    # an apposition: Charkiw, die zweitgrößte Stadt
    return not (at > 1 and tokens[at - 1].text == "," and tokens[at - 2].toponym is not None)


def _is_some_of(tokens: Sequence[Token], at: int) -> bool:
    """Whether a part of the places is meant, not told which: zwei der vier Orte, einige dieser."""
    while at >= 0 and number_value(tokens[at].lower) is not None:
        at -= 1
    if at < 1 or tokens[at].lower not in _OUT_OF:
        return False
    word = tokens[at - 1].lower
    return word in _SOME or number_value(word) is not None


_OUT_OF = word_set("out_of")
_SOME = word_set("some")


def number_before(tokens: Sequence[Token], i: int) -> int:
    """Return how many places a plural sums up: ``alle vier Städte``; 0 where it gives no number."""
    if i < 2 or tokens[i - 2].lower not in _ALL:
        return 0
    number = number_value(tokens[i - 1].lower)
    return int(number) if number is not None and 2 <= number <= _MOST_SUMMED else 0


_ALL = word_set("before_numbers") | word_set("these")
_MOST_SUMMED = 6  # places kept in mind


def _is_plant_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether a plant is the one named before: das Kraftwerk, Europas größtes AKW."""
    after = tokens[i + 1 : i + 3]
    if after and (after[0].toponym is not None or after[0].text in '-„"»('):
        return False
    if len(after) == 2 and after[0].lower in ("in", "im", "bei", "nahe", "von", "der", "des"):
        return False
    at = i - 1
    while at >= 0 and is_plain_adjective(tokens[at]):
        at -= 1
    return at >= 0 and (tokens[at].lower in _DEFINITE or tokens[at].text == "Europas")


def _is_completed(after: Sequence[Token]) -> bool:
    """Whether the noun goes on with what it is: die Region um Charkiw, die Stadt des Todes."""
    if after and (after[0].toponym is not None or after[0].text in '-„"»'):
        return True
    if len(after) < 2:
        return False
    if after[0].lower in ("von", "um") and after[1].toponym is not None:
        return True
    return after[0].lower in ("der", "des") and not after[1].lower.startswith(("region", "gebiet"))


TOWN_PARTS = word_set("town_parts")
PLANTS = word_set("plants")


def _stands_alone(tokens: Sequence[Token], i: int) -> bool:
    """Whether a part of the town spoken of is named without the town: im Stadtzentrum."""
    at = i - 1
    while at >= 0 and is_plain_adjective(tokens[at]):
        at -= 1
    after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    return at >= 0 and tokens[at].lower in _PART_LEADS and after not in ("von", "der", "des", "-")


_PART_LEADS = word_set("before_parts")
_DEFINITE = word_set("definite")
_BOTH = word_set("both")
_THESE = word_set("these") | _BOTH
