"""Whether a place only says where the one named before it lies."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.claims.lexicon import place_word
from frontmap.claims.lexicon.words import word_class, word_set
from frontmap.claims.sentence.references import PlaceReference, is_region
from frontmap.claims.syntax.noun_phrases import is_plain_adjective, number_value
from frontmap.claims.syntax.tokens import Token
from gazetteer import Kind

__all__ = ["is_contained", "is_listed_apart"]

_LOCATING = ("in", "near", "direction", "distance", "from", "around", "part", "between")
_ADDING = ("und", "sowie", "auch")
_LONGEST_APPOSITION = 9  # words


def is_contained(
    tokens: Sequence[Token], reference: PlaceReference, previous: PlaceReference
) -> bool:
    """Whether the place only says where the previous one lies."""
    between = tokens[previous.index + 1 : reference.first]
    if any(t.text in ".;:" for t in between) or previous.noun == "any":
        return False
    words = [t.lower for t in between]
    if _lies_inside(reference, previous):
        return False  # im Gebiet Donezk bei Torezk
    if reference.relation not in _LOCATING:
        inside = is_region(reference.toponym) and is_region(previous.toponym)
        on = is_region(reference.toponym) and words in (["auf", "der"], ["auf", "der", "halbinsel"])
        return words == ["("] or on or (inside and words in (["der"], ["des"]))
    if any(word in words for word in _ADDING):
        return False
    if previous.relation == "from" and reference.relation == "in":
        return False
    rest = between[: max(0, len(between) - _size(reference))]
    if _is_apposition(rest):
        return True
    if reference.relation == "between":
        return False
    if all(
        t.text in ",(" or number_value(t.lower) is not None or t.lower in _MEASURES for t in rest
    ):
        return True
    return (
        is_region(reference.toponym)
        and not is_region(previous.toponym)
        and rest[0].text == ","
        and all(place_word(t.text) for t in rest if t.is_capital)
        and len(rest) < _LONGEST_APPOSITION
    )


def _lies_inside(reference: PlaceReference, region: PlaceReference) -> bool:
    """Whether the place is a town of the region named before it."""
    town, around = reference.toponym.place, region.toponym.place
    if town is None or around is None or is_region(reference.toponym):
        return False
    return around.kind in (Kind.OBLAST, Kind.REGION) and around.oblast in (town.oblast, "", None)


def _size(reference: PlaceReference) -> int:
    """Count the words that gave the relation."""
    return len(reference.word.replace(",", " ,").split())


_MEASURES = word_set("measures")


def _is_apposition(words: Sequence[Token]) -> bool:
    """Whether the words explain a name: X, ein Dorf (südlich von Y); X ein, einen Ort (in Y)."""
    signs = [i for i, t in enumerate(words) if t.text == ","]
    if len(signs) != 1 or signs[0] > 1 or any(t.is_capital for t in words[: signs[0]]):
        return False
    inside = [t for t in words[signs[0] + 1 :] if t.lower not in _MEASURES]
    inside = [t for t in inside if number_value(t.lower) is None or t.lower.startswith("ein")]
    if len(inside) < 2 or not word_class(inside[0].lower, "determiner"):
        return False
    noun = place_word(inside[-1].text) if inside[-1].is_capital else None
    settled = noun is not None and noun.kind in ("settlement", "title", "region")
    return settled and all(is_plain_adjective(t) for t in inside[1:-1])


def is_listed_apart(
    tokens: Sequence[Token], reference: PlaceReference, previous: PlaceReference
) -> bool:
    """Whether the place is one more of a list of relations: bei A, nahe B und westlich von C."""
    if reference.relation == "near":
        if reference.word == previous.word and previous.relation == "near":
            return True
        after = tokens[reference.index + 1 : reference.index + 2]
        if after and after[0].lower == "selbst":
            return True
    between = tokens[previous.index + 1 : reference.first]
    if not between or between[0].text != "," or len(between) != 1 + _size(reference):
        return False
    return reference.relation in ("near", "around", "direction") and _goes_on(tokens, reference)


def _goes_on(tokens: Sequence[Token], reference: PlaceReference) -> bool:
    """Whether ``und`` and one more relation follow the place."""
    after = [t.lower for t in tokens[reference.index + 1 : reference.index + 3]]
    return (
        len(after) == 2
        and after[0] in ("und", "sowie", "oder")
        and (word_class(after[1], "preposition") or after[1].endswith("lich"))
    )
