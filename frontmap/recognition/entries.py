"""Entries: what is known about each distinct capitalised word, worked out once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from frontmap.keeping import LONGEST
from frontmap.recognition.belt import belt_distance_m
from frontmap.recognition.inflection import Analysis, analyse, stems
from frontmap.recognition.lexical import WordClass, word_class
from frontmap.recognition.rescue import settlement_words
from frontmap.recognition.tokens import clean
from frontmap.recognition.topic import topic_of_word
from frontmap.recognition.vocabulary import vocabulary
from gazetteer import Kind, Match, Status

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["Entries", "Entry"]

_CACHE_SIZE = 30_000
_SHORTEST_NAME = 3
_LONGEST_NAME = 100  # no name is longer; the forms of longer words would only cost time
_SHORTEST_TYPO = 6
_TOLD = (WordClass.HOMOGRAPH, WordClass.ELSEWHERE)
_ELSEWHERE = -1.0
_FAR_FROM_WAR_M = 300_000.0
_WELL_KNOWN_TOWN = 5_000  # inhabitants
_VERY_LIKE_A_PLACE = 2.0
_FROM_ENGLISH = str.maketrans("vV", "wW")
# How much a place of this kind is news by itself, for recognition only.
_KIND_WEIGHT = {
    Kind.OBLAST: 3.0,
    Kind.REGION: 3.0,
    Kind.SEA: 3.0,
    Kind.PENINSULA: 2.5,
    Kind.RESERVOIR: 2.0,
    Kind.CANAL: 2.0,
    Kind.RAION: 1.5,
    Kind.RIVER: 1.0,
    Kind.FACILITY: 1.0,
}


@dataclass(slots=True)
class Entry:
    """What is known about one form.

    Attributes
    ----------
    name : str
        The form, clean of invisible characters and line breaks.
    analyses : tuple[Analysis, ...]
        Its readings as a name of its own; empty if it is none.
    begins : tuple[str, ...]
        Readings with which longer names begin.
    typo_of : str or None
        The well-known name it may be a slip for.
    like_a_place : bool
        Whether it is no known name but ends like one.
    kind_word : bool
        Whether it says what sort of place the name after it bears.
    topic : str
        The topic it shows as a word, as in `frontmap.recognition.topic`.
    """

    name: str
    analyses: tuple[Analysis, ...]
    begins: tuple[str, ...] = ()
    typo_of: str | None = None
    like_a_place: bool = False
    kind_word: bool = False
    topic: str = ""
    _prominence: float | None = None
    _word_class: WordClass | None = None

    @property
    def word_class(self) -> WordClass:
        """What the form is to a reader of German."""
        if self._word_class is None:
            found = word_class(self.name)
            if self.analyses and self.analyses[0].stem != self.name:
                stem = word_class(self.analyses[0].stem)  # "Putins" is as much a name as "Putin"
                if found is WordClass.UNKNOWN or stem in _TOLD:
                    found = stem
            self._word_class = found
        return self._word_class


class Entries:
    """A bounded store of entries over one gazetteer.

    Attributes
    ----------
    silent : set[str]
        The surfaces asked for so far that are no name, show no topic and no place after them.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._entries: dict[str, Entry | str] = {}
        self.silent: set[str] = set()
        self._prominence: dict[str, float] = {}
        self._slips: dict[str, tuple[str, ...]] | None = None

    def get(self, surface: str) -> Entry | str:
        """Give the entry of a surface, or its topic if no name is or begins with it."""
        try:
            return self._entries[surface]
        except KeyError:
            if len(self._entries) >= _CACHE_SIZE:
                self._entries.clear()
                self.silent.clear()
            topic = topic_of_word(surface)
            entry: Entry | str = self.make(surface) or topic
            if isinstance(entry, Entry):
                entry.topic = topic
            if len(surface) > LONGEST:
                return entry
            self._entries[surface] = entry
            if not entry and surface not in settlement_words():
                self.silent.add(surface)
            return entry

    def make(self, surface: str) -> Entry | None:
        """Work out the entry of a surface, without the store."""
        name = clean(surface)
        if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME:
            return None
        kind_word = name in vocabulary().containers
        if name.isupper():
            name = name.capitalize()
            kind_word = kind_word or name in vocabulary().containers
        knows, begins_name = self.is_name, self.gazetteer.begins_name
        analyses = analyse(name, knows)
        begins = [name] if begins_name(name) else []
        begins += [r.stem for r in stems(name) if r.stem not in begins and begins_name(r.stem)]
        if analyses or begins:
            return Entry(name, analyses, tuple(begins), kind_word=kind_word)
        typo_of = self._slip(name) or self._slip(name.translate(_FROM_ENGLISH))
        like_a_place = (
            len(name) >= _SHORTEST_TYPO and vocabulary().ending_weight(name) >= _VERY_LIKE_A_PLACE
        )
        return Entry(name, (), (), typo_of, like_a_place) if typo_of or like_a_place else None

    def is_name(self, name: str) -> bool:
        """Whether a name is some place's other than a plant's or a bridge's."""
        if not self.gazetteer.knows(name):
            return False
        return any(m.place.kind is not Kind.FACILITY for m in self.gazetteer.lookup(name))

    def prominence(self, entry: Entry) -> float:
        """Say how well known the best known place of this name is, 0 (a hamlet) to 3 (a city).

        Below 0 if all places of the name lie far from the war.
        """
        if entry._prominence is None:
            entry._prominence = max(
                (self.name_prominence(a.stem) * a.weight for a in entry.analyses), default=0.0
            )
        return entry._prominence

    def name_prominence(self, name: str) -> float:
        """Say how well known the best known place of a name is."""
        known = self._prominence.get(name)
        if known is None:
            if len(self._prominence) >= _CACHE_SIZE:
                self._prominence.clear()
            known = max((_prominence(match) for match in self.gazetteer.lookup(name)), default=0.0)
            self._prominence[name] = known
        return known

    def _slip(self, name: str) -> str | None:
        """Find the well-known name that differs by one letter, or two changed about."""
        if len(name) < _SHORTEST_TYPO:
            return None
        if self._slips is None:
            self._slips = _slips(self._well_known())
        lowered = name.lower()
        for shorter in _deletions(lowered):
            for found in self._slips.get(shorter, ()):
                if found[0] == name[0] and _is_one_slip(lowered, found.lower()):
                    return found
        return None

    def _well_known(self) -> Iterable[str]:
        names = self.gazetteer.names_by_population
        yield from names(Kind.CITY)
        yield from names(Kind.TOWN, _WELL_KNOWN_TOWN)
        yield from names(Kind.OBLAST)


def _deletions(word: str) -> list[str]:
    return [word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))]


def _slips(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the names by themselves and by what is left of them without one letter."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        if len(name) >= _SHORTEST_TYPO and name.isalpha():
            for shorter in _deletions(name.lower()):
                known = found.get(shorter, ())
                if name not in known:
                    found[shorter] = (*known, name)
    return found


def _is_one_slip(word: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other) == 1


def _prominence(match: Match) -> float:
    place = match.place
    if place.country != "UA" and belt_distance_m(place.lon, place.lat) > _FAR_FROM_WAR_M:
        return _ELSEWHERE
    population = place.population or 0
    weight = _KIND_WEIGHT.get(place.kind, 0.0)
    if place.kind is Kind.CITY:
        weight = 3.0 if population >= 15_000 or not population else 2.5
    elif place.kind is Kind.TOWN:
        weight = 2.0 if population >= 5_000 else 1.5
    elif place.kind is Kind.VILLAGE:
        weight = 0.5 if population >= 2_000 else 0.0
        weight += 0.7 * math.exp(-belt_distance_m(place.lon, place.lat) / 40_000)
    return weight * (0.8 if match.name.status is Status.HISTORICAL else 1.0)
