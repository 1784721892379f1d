"""Plants: power stations named after a town, "das AKW Saporischschja"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontmap.recognition.tokens import word_before
from frontmap.recognition.vocabulary import vocabulary
from gazetteer import Kind

if TYPE_CHECKING:
    from gazetteer import Gazetteer, Match

__all__ = ["is_plant", "plants_named"]

_LINKS = ("von", "in", "im")  # "das Atomkraftwerk von Saporischschja"
_ATTRIBUTE = "en"  # "im ukrainischen Saporischschja"


def _kind_word(text: str, start: int) -> str:
    """Give the word for a plant before a name, empty where there is none."""
    word, position, _ = word_before(text, start)
    if word.islower() and word.endswith(_ATTRIBUTE):
        word, position, _ = word_before(text, position)
    if word in _LINKS:
        word, _, _ = word_before(text, position)
    container = vocabulary().containers.get(word)
    return word if container is not None and container.kind == "facility" else ""


def plants_named(text: str, start: int, name: str, gazetteer: Gazetteer) -> list[Match]:
    """Give the plants whose names are the kind word before a name and the name."""
    word = _kind_word(text, start)
    for lemma in dict.fromkeys((word, word.removesuffix("s"), word.removesuffix("es"))):
        if not lemma:
            return []
        matches = gazetteer.lookup(f"{lemma} {name}")
        found = [match for match in matches if match.place.kind is Kind.FACILITY]
        if found:
            return found
    return []


def is_plant(text: str, start: int, name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a plant in the text, its kind word not right before it.

    Examples
    --------
    >>> from gazetteer import Gazetteer
    >>> text = "Das Atomkraftwerk von Saporischschja"
    >>> is_plant(text, text.index("Sap"), "Saporischschja", Gazetteer.default())
    True
    """
    return bool(plants_named(text, start, name, gazetteer))
