"""Scoring: what speaks for a place and against, of one finding and the words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontmap.recognition.entries import Entries
from frontmap.recognition.finding import Finding
from frontmap.recognition.lexical import WordClass
from frontmap.recognition.records import Construction
from frontmap.recognition.vocabulary import Vocabulary

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["SILENT", "WELL_KNOWN", "Scorer"]

SILENT = -20.0
"""The score of what is no place whatever else speaks for it."""

WELL_KNOWN = 2.5
"""Prominence of a place that every reader knows."""

_CERTAIN_PLACE = 2.0
_REGULAR = 0.8  # weight from which an ending is taken off without changing the name
_WATERS = frozenset(("river", "lake", "reservoir"))
_ARTICLES = frozenset(("der", "die", "den", "dem", "des"))
_CLASS_WEIGHT = {
    WordClass.UNKNOWN: 0.0,
    WordClass.NAME: -2.5,
    WordClass.NOUN: -5.0,
    WordClass.OTHER: -6.0,
    WordClass.HOMOGRAPH: -5.0,
    WordClass.ELSEWHERE: -14.0,
}


class Scorer:
    """Weighs findings with one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, entries: Entries, vocabulary: Vocabulary) -> None:
        self._gazetteer = gazetteer
        self._entries = entries
        self._vocabulary = vocabulary

    def score(self, text: str, finding: Finding) -> float:
        """Add up what speaks for a place (1 and more accepts it) and against."""
        context = finding.context
        if context.silenced and not context.silenced.startswith("perhaps"):
            return SILENT
        prominence = self.prominence(finding)
        if prominence < 0:
            return SILENT
        person = context.person
        if prominence >= 2.0 and person < 3.0:
            person *= 0.2
        score = prominence + context.cue * 0.8 - person
        if finding.words > 1:
            score += 2.0
        elif not self._is_water(finding):
            score += self._lexical(finding, prominence)
        if finding.container is not None:
            score += 6.0 if finding.container.kind != "place" else 3.0
        if context.before in _ARTICLES and not context.cue and self._is_water_name(finding):
            score += 1.5  # "entlang der Wowtscha"
        if context.silenced:
            score -= 3.0 if prominence < 2.5 else 1.0
        if finding.construction is Construction.ADJECTIVE and finding.container is None:
            score -= 0.8 if prominence >= 2.0 else 1.5
        elif finding.construction is Construction.TYPO:
            score -= 1.5
        glued = finding.start > 0 and text[finding.start - 1].isalnum()
        return score - (1.5 if glued and prominence < 2.5 else 0.0)

    def names_oblast(self, finding: Finding) -> bool:
        """Whether an oblast bears the name, Kiew's apart: there the capital is meant."""
        stem = finding.readings[0].stem
        return stem not in self._vocabulary.capitals and bool(
            self._gazetteer.lookup(stem, kinds="oblast")
        )

    def _is_water_name(self, finding: Finding) -> bool:
        return finding.entry.word_class is WordClass.UNKNOWN and bool(
            self._gazetteer.lookup(finding.readings[0].stem, kinds=_WATERS)
        )

    def _is_water(self, finding: Finding) -> bool:
        """Whether the text calls it a river or lake and there is one: "der Fluss Samara"."""
        container = finding.container
        return (
            container is not None
            and container.kind in _WATERS
            and bool(self._gazetteer.lookup(finding.readings[0].stem, kinds=container.kind))
        )

    def prominence(self, finding: Finding) -> float:
        """Give how well known the place is, below 0 where there is none; looked up once."""
        if finding.prominence is None:
            finding.prominence = self._best_prominence(finding)
        return finding.prominence

    def _best_prominence(self, finding: Finding) -> float:
        if finding.words == 1 and finding.construction is not Construction.TYPO:
            return self._entries.prominence(finding.entry)
        return max(
            self._entries.name_prominence(reading.stem) * reading.weight
            for reading in finding.readings
        )

    def _lexical(self, finding: Finding, prominence: float) -> float:
        word_class = finding.entry.word_class
        weight = _CLASS_WEIGHT[word_class]
        known = word_class is WordClass.NAME or (
            word_class is WordClass.NOUN
            and finding.construction is Construction.ADJECTIVE
            and finding.readings[0].weight >= _REGULAR
        )
        if known and prominence >= 2.0:
            return 0.0
        where = finding.context.cue >= _CERTAIN_PLACE and prominence >= WELL_KNOWN
        if word_class is WordClass.NOUN and where and finding.construction is Construction.PLAIN:
            weight += 2.0  # "in Bucha": a common noun would have an article
        if finding.entry.name in self._vocabulary.first_names and prominence < 2.5:
            weight -= 2.0
        is_cyrillic = "\u0400" <= finding.entry.name[0] <= "\u04ff"
        if is_cyrillic and not finding.context.before and prominence < 2.0:
            # no noun is capitalised but at the start of a sentence, where every word is
            inflected = finding.construction is Construction.INFLECTED
            weight -= 5.0 if inflected else 3.0
        ending = self._vocabulary.ending_weight(finding.readings[0].stem)
        return weight + (ending if prominence < 2.0 else 0.0)
