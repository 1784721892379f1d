"""Where: how each named place stands in its sentence, and the relation the words give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from re import Match

from frontmap.claims.clauses import word_class
from frontmap.claims.lexicon import event_verbs, place_word, relation_patterns
from frontmap.claims.morphology import FormKind
from frontmap.claims.records import Bearing
from frontmap.claims.tokens import Token
from frontmap.lexicons import load
from frontmap.recognition import Mention
from frontmap.resolution import Toponym
from gazetteer import Kind

__all__ = ["PlaceReference", "find_places", "is_region", "number_value"]

_COORDINATION = frozenset({",", "und", "oder", "sowie", "bis", "/", "&", "bzw", "beziehungsweise"})
_REGIONS = frozenset(
    {Kind.OBLAST, Kind.RAION, Kind.REGION, Kind.PENINSULA, Kind.HROMADA, Kind.COUNTRY}
)


@dataclass(slots=True)
class PlaceReference:
    """A place in a sentence.

    Attributes
    ----------
    index : int
        Token of the name, or of the noun that refers back.
    first : int
        First token of its noun phrase, after the preposition.
    toponym : Toponym
    relation : str
        A `Relation` value, or one of from, around, onto, in, direct: decided with the event.
    word : str
        The words that gave the relation.
    bearings : tuple[Bearing, ...]
    distance_m : float or None
    unnamed : str or None
    contained_in : int or None
        Index of the reference whose location it only describes.
    coordinated_with : int or None
        Index (token) of the previous place of the same list.
    is_back_reference : bool
    """

    index: int
    first: int
    toponym: Toponym
    relation: str = "direct"
    word: str = ""
    bearings: tuple[Bearing, ...] = ()
    distance_m: float | None = None
    unnamed: str | None = None
    unnamed_at: int | None = None
    contained_in: int | None = None
    coordinated_with: int | None = None
    is_back_reference: bool = False
    noun: str = ""


_PLURALS = (
    "städte",
    "städten",
    "dörfer",
    "dörfern",
    "orte",
    "orten",
    "ortschaften",
    "siedlungen",
    "gebiete",
    "gebieten",
    "regionen",
    "kommunen",
    "gemeinden",
    "provinzen",
)


def back_references(tokens: Sequence[Token]) -> list[int]:
    """Return the words that refer back to a place: the noun of ``die Stadt``, ``dort``."""
    found: list[int] = []
    for i, token in enumerate(tokens):
        if token.toponym is not None:
            continue
        if token.lower in ("dort", "dorthin"):
            found.append(i)
            continue
        word = place_word(token.text) if token.is_capital else None
        if word is None or word.kind not in ("settlement", "region"):
            continue
        if token.lower.endswith(_PLURALS):
            continue
        after = tokens[i + 1 : i + 3]
        if after and (after[0].toponym is not None or after[0].text in '-„"»'):
            continue
        if len(after) > 1 and after[0].lower in ("von", "um") and after[1].toponym is not None:
            continue  # die Region um Charkiw
        if (
            len(after) > 1
            and after[0].lower in ("der", "des")
            and not after[1].lower.startswith(("region", "gebiet"))
        ):
            continue  # die Stadt des Todes, die Hauptstadt der Ukraine
        at = i - 1
        while at >= 0 and _is_plain_adjective(tokens[at]):
            at -= 1
        if at < 0 or tokens[at].lower not in _DEFINITE:
            continue
        before = tokens[at - 1] if at else None
        if (
            before is not None
            and before.text == ","
            and at > 1
            and tokens[at - 2].toponym is not None
        ):
            continue  # an apposition: Charkiw, die zweitgrößte Stadt
        found.append(i)
    return found


_DEFINITE = frozenset(
    {
        "die",
        "der",
        "das",
        "dem",
        "den",
        "des",
        "dieser",
        "diese",
        "diesem",
        "dieses",
        "im",
        "zum",
        "zur",
        "am",
        "vom",
        "beim",
        "ins",
        "ihre",
        "ihrer",
    }
)


def is_region(toponym: Toponym) -> bool:
    """Whether the toponym is an area larger than a settlement."""
    return toponym.place is not None and toponym.place.kind in _REGIONS


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
    if digits.replace(".", "", 1).isdigit():
        return float(digits)
    return None


@cache
def _bearing_words() -> tuple[tuple[str, str, Bearing], ...]:
    return tuple(
        (line["word"], line["use"], Bearing(line["bearing"]))
        for line in load("claims/bearings.tsv")
    )


@cache
def _bearings_of(text: str, use: str) -> tuple[Bearing, ...]:
    import re

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


def _is_plain_adjective(token: Token) -> bool:
    return (
        not token.is_capital
        and token.toponym is None
        and token.is_word
        and token.lower.endswith(("e", "en", "er", "es", "em"))
        and not word_class(token.lower, "preposition")
        and not word_class(token.lower, "determiner")
        and not word_class(token.lower, "coordinator")
    )


def _is_participle(token: Token) -> bool:
    """Whether the adjective is a participle that may carry a phrase of its own before it."""
    word = token.lower
    readings = event_verbs().get(word, ())
    if any(r.kind in (FormKind.ATTRIBUTE, FormKind.PRESENT_PARTICIPLE) for r in readings):
        return True
    stem = word.removesuffix("n").removesuffix("r").removesuffix("s").removesuffix("m")
    return stem.endswith(("ende", "te", "ene", "gene", "ene")) and len(word) > 6


def _phrase_start(tokens: Sequence[Token], i: int) -> int:
    """Return the first token of the noun phrase of the name at `i`, its article left out."""
    at = i
    floor = max(0, i - 22)
    while at > floor:
        before = tokens[at - 1]
        if before.toponym is not None and before.lower.endswith("er") and at < i:
            at -= 1  # der Kiewer Vorort Butscha
            continue
        if before.toponym is not None:
            break
        if (
            before.is_capital
            and any(_is_plain_adjective(t) for t in tokens[at:i])
            and not place_word(before.text)
        ):
            start = _extended_start(tokens, at)  # der für die Ukraine wichtigen Stadt
            if (
                start is not None
                and not tokens[start].is_capital
                and (
                    word_class(tokens[start].lower, "preposition")
                    or tokens[start].lower.endswith("er")
                )
            ):
                return start
            break
        if before.is_capital and (place_word(before.text) or before.text in ("Hauptstadt",)):
            known = place_word(before.text)
            if known is not None and known.kind in ("part", "area"):
                break
            at -= 1
        elif before.text in '„"»-–' and at - 1 > floor and at - 1 != i - 1:
            break
        elif before.text in '„"»' or before.text == "-":
            at -= 1
        elif _is_plain_adjective(before):
            if _is_participle(before):
                start = _extended_start(tokens, at - 1)
                if start is not None:
                    return start
            at -= 1
        elif (
            before.text == ","
            and at - 2 >= floor
            and _is_plain_adjective(tokens[at - 2])
            and (_is_plain_adjective(tokens[at]) and at != i)
        ) or before.lower in (
            "strategisch",
            "logistisch",
            "militärisch",
            "heftig",
            "schwer",
            "stark",
            "nahe",
            "einst",
            "seit",
            "völlig",
            "noch",
            "so",
            "wenige",
            "besonders",
            "derzeit",
            "weitgehend",
        ):
            at -= 1
        else:
            break
    return at


def _opens_inner_phrase(tokens: Sequence[Token], at: int, participle: int) -> bool:
    """Whether the article belongs to a noun inside the attribute: von der ukrainischen Grenze."""
    i = at + 1
    while i < participle and _is_plain_adjective(tokens[i]):
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


def _lead(tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """Return the lower-case words before a noun phrase and the index they start at."""
    begin = max(0, first - 14)
    for at in range(first - 1, begin - 1, -1):
        if tokens[at].text in ".;!?":
            begin = at + 1
            break
    words = " ".join(t.lower if t.text != "," else "," for t in tokens[begin:first])
    return words.replace(" ,", ","), begin


def _distance(match: Match[str]) -> float | None:
    groups = match.groupdict()
    if not groups.get("distance"):
        return None
    value = number_value(groups["distance"])
    return None if value is None else value * 1000.0


def _apply_pattern(reference: PlaceReference, lead: str) -> bool:
    for pattern in relation_patterns():
        match = pattern.pattern.search(lead)
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
        tokens[at].lower
        in ("etwa", "rund", "knapp", "gut", "circa", "ca", "in", "gelegen", "gelegene")
        or number_value(tokens[at].lower) is not None
        or tokens[at].lower in ("kilometer", "km")
    ):
        at -= 1
    if at < 0 or not tokens[at].is_capital or tokens[at].toponym is not None:
        return
    word = place_word(tokens[at].text)
    if word is None or word.unnamed is None:
        return
    preceding = [t.lower for t in tokens[max(0, at - 4) : at]]
    indefinite = {
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "eines",
        "mehrere",
        "mehreren",
        "weitere",
        "weiteren",
        "einige",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "kleines",
        "kleine",
    }
    if indefinite & set(preceding) or (word.kind == "site"):
        reference.unnamed = word.unnamed
        reference.unnamed_at = at


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
        or not tokens[noun].lower.endswith(_PLURALS)
        or place_word(tokens[noun].text) is None
    ):
        return False
    lead, _ = _lead(tokens, _phrase_start(tokens, noun))
    _apply_pattern(reference, lead)
    return True


def _inside_site(tokens: Sequence[Token], reference: PlaceReference) -> None:
    """Read ``auf den Flughafen der Stadt X`` by the preposition before the site."""
    at = reference.first - 1
    if at < 1 or tokens[at].lower not in ("der", "des") or not tokens[at - 1].is_capital:
        return
    word = place_word(tokens[at - 1].text)
    if word is None or word.kind not in ("site", "title") or tokens[at - 1].toponym is not None:
        return
    lead, _ = _lead(tokens, _phrase_start(tokens, at - 1))
    _apply_pattern(reference, lead)


def _is_contained(
    tokens: Sequence[Token], reference: PlaceReference, previous: PlaceReference
) -> bool:
    """Whether the place only says where the previous one lies."""
    between = tokens[previous.index + 1 : reference.first]
    if any(t.text in ".;:" for t in between):
        return False
    if previous.noun == "any":
        return False
    words = [t.lower for t in between]
    if reference.relation not in ("in", "near", "direction", "distance", "from", "around", "part"):
        return bool(words) and words == ["("]
    if "und" in words or "sowie" in words or "auch" in words:
        return False
    if previous.relation == "from" and reference.relation in ("in",):
        return False
    size = len(reference.word.replace(",", " ,").split())
    rest = between[: max(0, len(between) - size)]
    if not rest:
        return True
    if all(
        t.text in ",("
        or number_value(t.lower) is not None
        or t.lower
        in (
            "etwa",
            "rund",
            "kilometer",
            "km",
            "nur",
            "wenige",
            "gut",
            "knapp",
            "unmittelbar",
            "unweit",
            "-",
            "hier",
        )
        for t in rest
    ):
        return True
    # an apposition: Torezk, einer Stadt im Gebiet Donezk
    nouns = [t for t in rest if t.is_capital]
    return (
        is_region(reference.toponym)
        and not is_region(previous.toponym)
        and rest[0].text == ","
        and all(place_word(t.text) for t in nouns)
        and len(rest) < 9
    )


def find_places(tokens: Sequence[Token], candidates: Sequence[int]) -> list[PlaceReference]:
    """Describe the named places of a sentence.

    Parameters
    ----------
    tokens : sequence of Token
    candidates : sequence of int
        Indices of the tokens that name places and no institution, in order.
    """
    references: list[PlaceReference] = []
    for i in sorted([*candidates, *back_references(tokens)]):
        toponym = tokens[i].toponym
        noun = ""
        if toponym is None:
            word = place_word(tokens[i].text)
            noun = word.kind if word is not None else "any"
            token = tokens[i]
            toponym = Toponym(Mention(token.start, token.end, token.text, token.text), None, 0.0)
        first = i if noun == "any" else _phrase_start(tokens, i)
        reference = PlaceReference(i, first, toponym, is_back_reference=bool(noun), noun=noun)
        if noun == "any":
            reference.relation = "in"
            references.append(reference)
            continue
        lead, _ = _lead(tokens, reference.first)
        previous = references[-1] if references else None
        joined = _list_start(tokens, reference, previous)
        if joined and previous is not None and _names_after_region(tokens, reference, previous):
            joined = False
            previous.contained_in = i
            references.append(reference)
            continue
        has_own = not joined and _apply_pattern(reference, lead)
        if joined and previous is not None:
            if previous.contained_in is not None and not is_region(toponym):
                # Tschuhujiw im Gebiet Charkiw und Kramatorsk: the list goes on from the town
                container = previous.contained_in
                previous = next(r for r in references if r.index == container)
            reference.coordinated_with = previous.index
            reference.relation, reference.word = previous.relation, previous.word
            reference.bearings, reference.distance_m = previous.bearings, previous.distance_m
            reference.contained_in = previous.contained_in
            reference.unnamed = previous.unnamed
        elif has_own:
            _unnamed(tokens, reference)
        elif not noun:
            _inside_site(tokens, reference)
        _compound(tokens, reference)
        for earlier in references:
            if reference.first <= earlier.index < i and not earlier.noun:
                earlier.contained_in = i  # in der 120 Kilometer von A entfernten Stadt B
        if (
            previous is not None
            and previous.relation in ("direction", "distance")
            and reference.word.startswith("bei")
            and (previous.index + len(reference.word.split()) + 1 == reference.first)
        ):
            previous.contained_in = i  # nördlich von A bei B
            references.append(reference)
            continue
        if (
            previous is not None
            and not joined
            and previous.contained_in != i
            and _is_contained(tokens, reference, previous)
        ):
            reference.contained_in = previous.index
        references.append(reference)
    return references


def _list_start(
    tokens: Sequence[Token], reference: PlaceReference, previous: PlaceReference | None
) -> bool:
    """Whether the name goes on a list without a preposition of its own."""
    if previous is None or reference.first - previous.index not in (2, 3, 4):
        return False
    between = [t.lower for t in tokens[previous.index + 1 : reference.first]]
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
