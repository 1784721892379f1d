"""Where: how each named place stands in its sentence, and the relation the words give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from re import Match, Pattern

from frontmap.claims.lexicon import known_verbs, place_word, relation_patterns
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import word_class, word_set
from frontmap.claims.records import Bearing
from frontmap.claims.sentence.asides import ORIGIN, read_aside
from frontmap.claims.sentence.backreferences import (
    PLANTS,
    PLURALS,
    TOWN_PARTS,
    back_references,
    number_before,
)
from frontmap.claims.sentence.containment import is_contained, is_listed_apart
from frontmap.claims.sentence.references import PlaceReference, is_region, is_river
from frontmap.claims.syntax.noun_phrases import lead_words, number_value, phrase_start
from frontmap.claims.syntax.tokens import Token
from frontmap.keeping import kept_by_word
from frontmap.lexicons import load
from frontmap.recognition import Mention
from frontmap.resolution import Toponym

__all__ = [
    "PlaceReference",
    "find_places",
    "is_region",
    "number_value",
    "part_adverbial",
    "part_object",
]

_COORDINATION = word_set("coordination")
_MEASURING = word_set("measuring")


@cache
def _bearing_words() -> tuple[tuple[str, str, Bearing], ...]:
    return tuple(
        (line["word"], line["use"], Bearing(line["bearing"]))
        for line in load("claims/bearings.tsv")
    )


@kept_by_word()
def _bearings_of(text: str, use: str) -> tuple[Bearing, ...]:
    found: list[tuple[int, Bearing]] = []
    taken: set[int] = set()
    for word, kind, bearing in _bearing_words():
        if kind != use:
            continue
        for match in re.finditer(rf"\b(?:{word})\b", text):
            if match.start() not in taken:
                taken.add(match.start())
                found.append((match.start(), bearing))
    return tuple(dict.fromkeys(bearing for _, bearing in sorted(found)))


@cache
def _part_objects() -> Pattern[str]:
    sides = "|".join(word for word, use, _ in _bearing_words() if use == "part")
    return re.compile(
        rf"(?:^|\b(?:das|den|die) )(?:gesamte |ganze )?(?P<part>{sides})\b"
        r"(?! (?:von|vom|der|des|dieser)\b)"
    )


_EDGE = re.compile(
    r"\b(?:am|im|an den|in den|in die|ins) (?P<side>[\wäöüß]+) "
    r"(?:(?:stadt|orts)rand|stadtgebiet|stadtteile?n?|(?:außen|rand)bezirke?n?|vororte?n?)\b"
    r"(?! (?:von|vom|der|des|dieser)\b)"
)


def part_adverbial(text: str) -> tuple[Bearing, ...]:
    """Return the part of a place named beside it: in X ... am südöstlichen Stadtrand.

    Examples
    --------
    >>> part_adverbial("in siwersk gibt es gefechte am östlichen stadtrand")
    (<Bearing.E: 'E'>,)
    """
    match = _EDGE.search(text)
    return _bearings_of(match.group("side"), "adjective") if match else ()


def part_object(text: str) -> tuple[Bearing, ...]:
    """Return the part of a place that is the object of a clause, in lower case.

    Examples
    --------
    >>> part_object("in siwersk haben sie das zentrum erobert")
    (<Bearing.C: 'C'>,)
    >>> part_object("sie haben das zentrum von siwersk erobert")
    ()
    """
    match = _part_objects().search(text)
    return _bearings_of(match.group("part"), "part") if match else ()


_FARTHEST_KM = 1000  # what lies farther off is not placed by its distance


def _distance(match: Match[str]) -> float | None:
    groups = match.groupdict()
    if not groups.get("distance"):
        return None
    value = number_value(groups["distance"])
    return None if value is None or value > _FARTHEST_KM else value * 1000.0


def _apply_pattern(reference: PlaceReference, lead: str) -> bool:
    for pattern in relation_patterns():
        match = pattern.pattern.search(lead) if pattern.literal in lead else None
        if match is None:
            continue
        if pattern.relation == "distance":
            distance = _distance(match)
            if distance is None:
                continue
            reference.distance_m = distance
        reference.relation = pattern.relation
        reference.word = match.group(0).strip()
        if pattern.relation in ("direction", "distance"):
            reference.bearings = _bearings_of(reference.word, "of")
        if pattern.relation == "part":
            reference.bearings = _bearings_of(reference.word, "part")
            if not reference.bearings:  # im nördlichen Teil der Oblast
                near = lead[max(0, match.start() - 18) :]
                reference.bearings = _bearings_of(near, "adjective")
        return True
    return False


def _unnamed(tokens: Sequence[Token], reference: PlaceReference) -> None:
    """Find the unnamed thing that lies in the relation: ``ein Dorf südlich von``."""
    if reference.relation not in (
        "direction",
        "near",
        "distance",
        "in",
        "part",
        "around",
        "between",
    ):
        return
    size = len(reference.word.replace(",", " ,").split())
    at = reference.first - size - 1
    while at >= 0 and (
        tokens[at].lower in _MEASURING or number_value(tokens[at].lower) is not None
    ):
        at -= 1
    if at < 0 or not tokens[at].is_capital or tokens[at].toponym is not None:
        return
    word = place_word(tokens[at].text)
    if word is None or word.unnamed is None:
        return
    preceding = [t.lower for t in tokens[max(0, at - 4) : at]]
    indefinite = word_set("indefinite")
    if indefinite & set(preceding) or (word.kind == "site"):
        reference.unnamed = word.unnamed


def _names_after_region(
    tokens: Sequence[Token], reference: PlaceReference, region: PlaceReference
) -> bool:
    """Read ``auf die Städte in der Region Donezk, Kramatorsk und ...``: the towns are the aim."""
    if not is_region(region.toponym) or is_region(reference.toponym) or region.relation != "in":
        return False
    noun = region.first - len(region.word.split()) - 1
    while noun > 0 and not tokens[noun].is_capital:
        noun -= 1
    if (
        noun < 0
        or not tokens[noun].lower.endswith(PLURALS)
        or place_word(tokens[noun].text) is None
    ):
        return False
    lead, _ = lead_words(tokens, phrase_start(tokens, noun))
    _apply_pattern(reference, lead)
    return True


def _inside_site(tokens: Sequence[Token], reference: PlaceReference) -> None:
    """Read ``auf den Flughafen der Stadt X`` by the preposition before the site."""
    at = reference.first - 1
    joins = ("von",) if reference.relation == "from" else ("der", "des")
    if at < 1 or tokens[at].lower not in joins or not tokens[at - 1].is_capital:
        return
    word = place_word(tokens[at - 1].text)
    if word is None or word.kind not in ("site", "title") or tokens[at - 1].toponym is not None:
        return
    lead, _ = lead_words(tokens, phrase_start(tokens, at - 1))
    if not _apply_pattern(reference, lead):
        reference.relation, reference.word = "direct", ""


def find_places(tokens: Sequence[Token], candidates: Sequence[int]) -> list[PlaceReference]:
    """Describe the named places of a sentence.

    Parameters
    ----------
    tokens : sequence of Token
    candidates : sequence of int
        Indices of the tokens that name places and no institution, in order.
    """
    references: list[PlaceReference] = []
    for i in sorted([*candidates, *back_references(tokens), *_there(tokens)]):
        reference = _reference(tokens, i)
        if reference.noun == "any":
            starts = i > 0 and tokens[i - 1].lower in ("von", "ab")
            reference.relation = "from" if starts else "in"
        else:
            _place_beside(tokens, reference, references)
        references.append(reference)
    return references


def _there(tokens: Sequence[Token]) -> list[int]:
    """Return the words that stand for a town beside a bearing: nordöstlich davon."""
    return [
        i
        for i, token in enumerate(tokens)
        if token.lower == _THEREOF and i and _bearings_of(tokens[i - 1].lower, "of")
        if not _lies(tokens[i + 1 : i + 2])
    ]


def _lies(after: Sequence[Token]) -> bool:
    """Whether ``davon`` only tells where the place named next lies: östlich davon gelegen."""
    return bool(after) and after[0].lower.startswith(("gelegen", "liegend", "entfernt"))


_THEREOF = "davon"


def _reference(tokens: Sequence[Token], i: int) -> PlaceReference:
    """Return the place at a token, its relation still open."""
    toponym, noun = tokens[i].toponym, ""
    if toponym is None:
        word = place_word(tokens[i].text)
        noun = word.kind if word is not None else "any"
        noun = "settlement" if tokens[i].lower in (*TOWN_PARTS, _THEREOF) else noun
        noun = "plant" if tokens[i].lower in PLANTS else noun
        token = tokens[i]
        toponym = Toponym(Mention(token.start, token.end, token.text, token.text), None, 0.0)
    first = i if noun == "any" else phrase_start(tokens, i)
    reference = PlaceReference(i, first, toponym, is_back_reference=bool(noun), noun=noun)
    reference.is_plural = bool(noun) and tokens[i].lower.endswith(PLURALS)
    if reference.is_plural:
        reference.number = number_before(tokens, i)
    return reference


def _place_beside(
    tokens: Sequence[Token], reference: PlaceReference, references: Sequence[PlaceReference]
) -> None:
    """Read the relation of a place from the words before it and the places before those."""
    lead, _ = lead_words(tokens, reference.first)
    previous = references[-1] if references else None
    joined = previous is not None and _list_start(tokens, reference, previous)
    if joined and previous is not None and _names_after_region(tokens, reference, previous):
        previous.contained_in = reference.index
        return
    if joined and previous is not None:
        _continue_list(reference, previous, references)
    else:
        _read_relation(tokens, reference, lead, previous)
        reference.aside = read_aside(tokens, reference, lead, references)
    _compound(tokens, reference)
    _read_sector(tokens, reference)
    _read_bank(tokens, reference)
    _read_around(tokens, reference)
    for earlier in references:
        if reference.first <= earlier.index < reference.index and not earlier.noun:
            earlier.contained_in = reference.index  # in der 120 Kilometer von A entfernten Stadt B
    if previous is not None:
        if reference.aside == ORIGIN and _COMES_FROM.search(lead) and previous.relation == "from":
            previous.aside = ORIGIN  # von A und von B aus
        _contain(tokens, reference, previous, is_joined=joined)


def _read_relation(
    tokens: Sequence[Token],
    reference: PlaceReference,
    lead: str,
    previous: PlaceReference | None,
) -> None:
    """Read the relation that the words before a name give it."""
    if not _apply_pattern(reference, lead):
        if not reference.noun:
            _inside_site(tokens, reference)
        return
    _inside_site(tokens, reference)  # der Angriff auf das Kraftwerk von X
    _unnamed(tokens, reference)
    if _STARTS_ON_BANK.search(lead):
        reference.relation = "from"
    elif _AUS_BEHIND.search(lead) and previous is not None and previous.relation == "from":
        reference.relation, reference.word = "direct", ""  # von X aus die Stadt Y


def _read_sector(tokens: Sequence[Token], reference: PlaceReference) -> None:
    """Read ``an der Pokrowsk-Front`` as what lies before the town, not the town."""
    after = tokens[reference.index + 1 : reference.index + 3]
    if len(after) < 2 or after[0].text not in "-–" or is_region(reference.toponym):
        return
    if after[1].lower in _SECTORS and reference.relation in ("in", "direct"):
        reference.relation, reference.word = "near", after[1].text


_SECTORS = word_set("sectors")


def _read_bank(tokens: Sequence[Token], reference: PlaceReference) -> None:
    """Read which bank of a river is meant: am linken Dnipro-Ufer, am rechten Ufer des Donez."""
    place, i = reference.toponym.place, reference.index
    if place is None or not is_river(reference.toponym):
        return
    after = [t.lower for t in tokens[i + 1 : i + 3]]
    beside = len(after) == 2 and after[0] in "-–" and after[1].endswith(("ufer", "seite"))
    if beside:
        reference.relation, reference.word = "part", reference.word or after[1]
        reference.bearings = _bearings_of(after[1], "part") or _bearings_of(
            f"{tokens[i - 1].lower} ufer", "part"
        )
    words = [t.lower for t in tokens[max(0, reference.first - 4) : i]]
    left, right = "linken" in words or "linke" in words, "rechten" in words or "rechte" in words
    if (beside or _BANK.search(reference.word)) and (left or right):
        side = _left_banks().get(place.name_de, Bearing.E)
        reference.bearings = (side if left else _opposite(side),)


def _opposite(side: Bearing) -> Bearing:
    ring = list(Bearing)[:-1]  # all but the centre
    return ring[(ring.index(side) + len(ring) // 2) % len(ring)]


_BANK = re.compile(r"ufer|seite")


@cache
def _left_banks() -> dict[str, Bearing]:
    return {line["river"]: Bearing(line["left"]) for line in load("claims/banks.tsv")}


def _read_around(tokens: Sequence[Token], reference: PlaceReference) -> None:
    """Correct the relation by the word itself and by what follows it."""
    i = reference.index
    if reference.noun and tokens[i].lower in TOWN_PARTS and tokens[i].lower != "stadtgebiet":
        reference.relation = "part"
        reference.bearings = _bearings_of(tokens[i].lower, "part") or _bearings_of(
            " ".join(t.lower for t in tokens[max(0, i - 1) : i]), "adjective"
        )
    following = [t.lower for t in tokens[i + 1 :] if t.clause == tokens[i].clause]
    if reference.relation == "around" and following[:1] == ["herum"]:
        reference.relation = "near"
    elif reference.relation == "around" and _opens_purpose(tokens, reference, following):
        reference.relation, reference.word = "direct", ""
    if reference.word.startswith("neben") and {"auch", "ebenfalls", "noch"} & set(following):
        reference.relation, reference.word = "in", "neben"  # neben X auch auf Y: both


def _opens_purpose(
    tokens: Sequence[Token], reference: PlaceReference, following: Sequence[str]
) -> bool:
    """Whether ``um`` is the conjunction, the place its object: um X einzunehmen, um X zu halten."""
    um = reference.first - 1
    while um > 0 and word_class(tokens[um].lower, "determiner"):
        um -= 1
    if um < 0 or tokens[um].lower != "um":
        return False
    opens = um == 0 or not tokens[um - 1].is_word or tokens[um - 1].clause != tokens[um].clause
    return opens and any(
        word == "zu" or known_verbs().get(word) is FormKind.ZU for word in following
    )


def _contain(
    tokens: Sequence[Token], reference: PlaceReference, previous: PlaceReference, *, is_joined: bool
) -> None:
    """Mark which of two places only says where the other lies, if one does."""
    unknown = previous.toponym.place is None and not previous.noun and not is_joined
    adjoins = previous.index + len(reference.word.split()) >= reference.first - 2
    if unknown and adjoins and reference.word and reference.relation == "part":
        previous.contained_in = reference.index  # im Schewtschenko-Bezirk von X
        return
    river = is_river(previous.toponym)
    wide = previous.relation in ("direction", "distance") or river
    end = previous.index + (2 if river and tokens[previous.index + 1].text in "-–" else 0)
    follows = end + len(reference.word.split()) + 1 == reference.first
    beside = ("bei", "nahe", "unweit") if river else ("bei",)
    if wide and follows and reference.word.startswith(beside):
        previous.contained_in = reference.index  # nördlich von A bei B; am Ufer des Dnipro bei B
        reference.bank = previous if river and previous.bearings else None
    elif (
        not is_joined
        and previous.contained_in != reference.index
        and not is_listed_apart(tokens, reference, previous)
        and is_contained(tokens, reference, previous)
    ):
        reference.contained_in = previous.index


_COMES_FROM = re.compile(r"\b(?:von|vom)(?: der| dem)?$")
_AUS_BEHIND = re.compile(r"\baus (?:die|den|das)$")
_STARTS_ON_BANK = re.compile(r"\b(?:vom|von der|von) (?:\w+ )?\w*(?:ufer|seite) (?:des|der)$")


def _continue_list(
    reference: PlaceReference, previous: PlaceReference, references: Sequence[PlaceReference]
) -> None:
    """Give a name of a list the relation of the list."""
    goes_on = previous.relation != "between" and not is_region(reference.toponym)
    if previous.contained_in is not None and goes_on:
        # Tschuhujiw im Gebiet Charkiw und Kramatorsk: the list goes on from the town
        container = previous.contained_in
        previous = next(r for r in references if r.index == container)
    reference.coordinated_with = previous.index
    reference.relation, reference.word = previous.relation, previous.word
    reference.bearings, reference.distance_m = previous.bearings, previous.distance_m
    reference.contained_in = previous.contained_in
    reference.unnamed, reference.aside = previous.unnamed, previous.aside


def _list_start(
    tokens: Sequence[Token], reference: PlaceReference, previous: PlaceReference | None
) -> bool:
    """Whether the name goes on a list without a preposition of its own."""
    if previous is None:
        return False
    between = [t.lower for t in tokens[previous.index + 1 : reference.first]]
    if between[:1] == ["("] and ")" in between[:4]:
        between = between[between.index(")") + 1 :]  # Pokrowsk (52) und Lyman
    if len(between) not in (1, 2, 3):
        return False
    if between and between[0] == "-":
        between = between[2:]
    return (
        bool(between)
        and between[0] in _COORDINATION
        and all(
            w in _COORDINATION or word_class(w, "determiner") or w in ("auch", "vor", "allem")
            for w in between
        )
    )


def _compound(tokens: Sequence[Token], reference: PlaceReference) -> None:
    """Read ``Ost-Bachmut`` as the east of Bachmut."""
    i = reference.index
    if i < 1:
        return
    before = tokens[i - 1]
    at = i - 2 if before.text == "-" and i > 1 else i - 1
    head = tokens[at]
    if head.end + 1 == tokens[i].start and head.is_capital:
        bearings = _bearings_of(head.lower + "en", "part")
        if bearings:
            reference.relation, reference.bearings = "part", bearings
            reference.word = head.text
