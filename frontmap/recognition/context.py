"""Context: what the words around a name say about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from frontmap.lexicons import load_column
from frontmap.recognition.neighbours import Neighbour, neighbour
from frontmap.recognition.records import Construction
from frontmap.recognition.tokens import HYPHENS, word_after, word_before
from frontmap.recognition.vocabulary import Container, Vocabulary

__all__ = ["Surroundings", "surroundings"]

_NAMED = frozenset(("namens", "of", "genannt", "genannte", "genannten"))
_INSIDE = frozenset(("in", "bei", "im", "nahe"))
_FROM = frozenset(
    ("aus", "nach", "von", "um", "für", "gegen", "über", "auf", "und", "zwischen", "ab", "mit")
)
_SPACES = frozenset((" ", "\u00a0"))
_LINKED = frozenset((" ", "\u00a0", "\n"))
_OPENS_LIST = frozenset((" -", " \u2013", " \u2014", ":"))
_AFTER_NAMESAKE = ("in ", "im ", "be", "ne", "(", "am ", "an der ")  # how what follows must begin
_UNITS_AFTER = frozenset(("oblast", "raion", "hromada"))
_UNITS_IN_COMPOUNDS = frozenset(("oblast", "raion", "facility"))
# Kinds whose names take no ending after their kind word: "die Bezirke Bachmuts" are the city's.
_UNINFLECTED = frozenset(("raion", "district", "city", "town", "village", "settlement"))
_JOINS = frozenset(("und", "sowie", "oder", "beziehungsweise"))
_PART_OF = Container("place", False)
_RIVER = Container("river", False)
_GENITIVE_ARTICLES = frozenset(("des", "der"))
_INFLECTED = frozenset((Construction.ADJECTIVE, Construction.INFLECTED))
_OWNED = frozenset((Construction.GENITIVE, Construction.ADJECTIVE))
_ELSEWHERE = re.compile(
    r"\s*+(?P<open>\(|,\s)?\s*+(?P<word>in|bei|im|near|am|an(?=\s(?:der|dem)\s))?\s*+"
    r"(?:der\s|dem\s)?(?:[a-zäöüß]+(?:en|er)\s)?"
    r"(?:(?:Republik|Region|Gebiet|Oblast|Provinz|Landkreis|Kreis|(?:US-)?Bundesstaat|Bundesland)\s)?"
    r"(?P<name>[A-ZÄÖÜ][\w-]+)"
)


@dataclass(slots=True)
class Surroundings:
    """The words beside a name, and what they are.

    Attributes
    ----------
    before, after : str
        The neighbouring words; empty across punctuation.
    container : Container or None
        The kind word that governs the name.
    cue : float
        How strongly the word before shows that a place follows.
    person : float
        How strongly the words beside show that a person is named.
    silenced : str or None
        Why the name belongs to something that is no place on the map.
    """

    before: str = ""
    after: str = ""
    container: Container | None = None
    cue: float = 0.0
    person: float = 0.0
    silenced: str | None = None


def surroundings(
    text: str,
    start: int,
    end: int,
    construction: Construction,
    words: Vocabulary,
) -> Surroundings:
    """Read the words around ``text[start:end]``."""
    before, before_start, gap = word_before(text, start)
    after, _, gap_after = word_after(text, end)
    left, right = neighbour(before), neighbour(after)
    hyphen = text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isalnum()
    silenced = None  # each look only where there is something to see: most words say nothing
    if left.silencer_before is not None or right.silencer_after is not None:
        silenced = _silenced_beside(text, end, gap, gap_after, left, right)
    if silenced is None and hyphen:
        silenced = _silenced_by_compound(text, end, words)
    if silenced is None and (
        left.from_elsewhere
        or left.container is not None
        or text.startswith(_AFTER_NAMESAKE, end + 1)
    ):
        silenced = _elsewhere(text, before, before_start, end, left, words)
    container = left.container
    shares = construction is Construction.ADJECTIVE and after in _JOINS
    if hyphen or shares or right.plain_container is not None or not before or before in _NAMED:
        container = _container(text, before_start, end, left, right, construction, hyphen, words)
    elif before in _GENITIVE_ARTICLES and _is_part_of_river(word_before(text, before_start)[0]):
        container = _RIVER
    if (
        container is not None
        and construction is Construction.GENITIVE
        and container.kind in _UNINFLECTED
    ):
        container = _PART_OF
    cue = left.cue
    person = 0.0
    if right.surname_like and gap_after in _SPACES and text[start:end] in words.first_names:
        person = 12.0
    if not before and text[start - 2 : start] == ". ":
        title = word_before(text, start - 2)[0] + "."  # "Prof. Lyman"
        person += 5.0 if title in words.titles else 0.0
    if container is None:
        if gap in _LINKED:
            person += 0.0 if left.function and construction in _OWNED else left.person
        if right.saying and not cue and gap_after == " ":
            person += 1.5
        if left.noun and not person:
            cue = max(cue, 0.8)
    return Surroundings(before, after, container, cue, person, silenced)


def _is_part_of_river(word: str) -> bool:
    """Whether what belongs to the name after it makes it a river: Ufer, Ostufer."""
    parts = load_column("toponyms/river_parts.tsv", "form")
    return word in parts or word.capitalize().endswith(tuple(part.lower() for part in parts))


def _silenced_beside(
    text: str, end: int, gap: str, gap_after: str, left: Neighbour, right: Neighbour
) -> str | None:
    reason = left.silencer_before
    if reason is not None and "\n\n" not in gap:
        # "die Straße Bachmut-Lyssytschansk" joins two places
        joins = text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isupper()
        if not (reason == "street" and joins):
            return reason
    return right.silencer_after if gap_after == " " else None


def _silenced_by_compound(text: str, end: int, words: Vocabulary) -> str | None:
    head, _, _ = word_after(text, end + 1)
    if head.isdecimal():
        return "number"  # a club or a battalion: "Dnipro-1"
    return words.silencer(head.split("-")[-1], "compound")


def _elsewhere(
    text: str, before: str, before_start: int, end: int, left: Neighbour, words: Vocabulary
) -> str | None:
    """See whether the text says that the bearer of the name lies far from the war."""
    attribute = left
    if left.container is not None:
        attribute = neighbour(word_before(text, before_start)[0])
    if attribute.from_elsewhere:
        return "namesake elsewhere"
    if not text.startswith(_AFTER_NAMESAKE, end + 1):
        return None
    found = _ELSEWHERE.match(text, end, end + 80)
    if not found:
        return None
    where = words.elsewhere.get(found["name"]) or words.elsewhere.get(found["name"][:-1])
    if where in (None, "country") or not (found["word"] or found["open"] == "("):
        return None
    if where == "russia" or before.lower() in _INSIDE or left.container is not None:
        return "namesake elsewhere"
    if found["word"] == "in" and not found["open"] and before.lower() not in _FROM:
        return "namesake elsewhere"
    return "perhaps a namesake elsewhere"


def _shared_unit(text: str, end: int, words: Vocabulary) -> Container | None:
    """Find the unit that two adjectives share: "die Donezker und Luhansker Volksrepubliken"."""
    joined, after, _ = word_after(text, word_after(text, end)[1])
    if not joined.endswith("er") or not joined[:1].isupper():
        return None
    head = word_after(text, after)[0]
    found = words.container(head)
    return found if found is not None and found.kind in _UNITS_AFTER else None


def _container(
    text: str,
    before_start: int,
    end: int,
    left: Neighbour,
    right: Neighbour,
    construction: Construction,
    hyphen: bool,
    words: Vocabulary,
) -> Container | None:
    """Find the kind word that governs the name: before it, or after an adjective or hyphen."""
    if hyphen:
        head = word_after(text, end + 1)[0]
        found = words.container(head)
        if found and found.kind in _UNITS_IN_COMPOUNDS:
            return found
        if _is_part_of_river(head):
            return _RIVER  # "Dnipro-Ufer"
    else:
        after = right.plain_container
        may_follow = construction in _INFLECTED or right.follows_names
        if after is not None and may_follow and after.kind in _UNITS_AFTER:
            return after
        if after is not None and construction is Construction.ADJECTIVE and after.kind == "place":
            return after  # "an der Huljajpoler Front"
        if construction is Construction.ADJECTIVE and right.word in _JOINS:
            shared = _shared_unit(text, end, words)
            if shared is not None:
                return shared
    if left.container is not None:
        return left.container
    if left.word in _NAMED:
        return words.container(word_before(text, before_start)[0])
    if not left.word and text[before_start - 2 : before_start] in _OPENS_LIST:
        # "in fünf Regionen - Rostow, Woronesch"
        container = neighbour(word_before(text, before_start - 2)[0]).container
        if container is not None and container.plural:
            return container
    return None
