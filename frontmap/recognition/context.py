"""Context: what the words around a name say about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from frontmap.recognition.lexical import WordClass, looks_like_a_name, word_class
from frontmap.recognition.records import Construction
from frontmap.recognition.tokens import HYPHENS, word_after, word_before
from frontmap.recognition.vocabulary import Container, Vocabulary

__all__ = ["Surroundings", "surroundings"]

_NAMED = frozenset(("namens", "of", "genannt", "genannte", "genannten"))
_INSIDE = frozenset(("in", "bei", "im", "nahe"))
_FROM = frozenset(
    ("aus", "nach", "von", "um", "für", "gegen", "über", "auf", "und", "zwischen", "ab", "mit")
)
_DISTANCE = frozenset(("nördlich", "südlich", "östlich", "westlich", "Kilometer", "Kilometern"))
_ELSEWHERE = re.compile(
    r"\s*(?P<open>\(|,\s)?\s*(?P<word>in|bei|im|near)?\s*"
    r"(?:der\s|dem\s)?(?:[a-zäöüß]+(?:en|er)\s)?(?:Republik\s|Region\s|Gebiet\s|Oblast\s)?"
    r"(?P<name>[A-ZÄÖÜ][\w-]+)"
)


@dataclass(frozen=True, slots=True)
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
    silenced = (
        _silenced_by_compound(text, start, end, words)
        or _silenced_before(text, before, gap, end, words)
        or (words.silencer(after, "after") if gap_after == " " else None)
        or _elsewhere(text, before, before_start, end, words)
    )
    container = _container(text, before, before_start, end, after, construction, words)
    cue = words.cues.get(before) or words.cues.get(before.lower(), 0.0)
    is_full_name = text[start:end] in words.first_names and _is_surname_like(after, gap_after)
    person = 12.0 if is_full_name else 0.0
    if container is None and gap in (" ", "\u00a0", "\n"):
        person += _person_before(text, before, before_start, construction, words)
    if not cue and container is None and after in words.saying and gap_after == " ":
        person += 1.5
    if _is_apposition(before, gap) and not person and container is None:
        cue = max(cue, 0.8)
    return Surroundings(before, after, container, cue, person, silenced)


def _silenced_by_compound(text: str, start: int, end: int, words: Vocabulary) -> str | None:
    if text[end : end + 1] in HYPHENS and text[end : end + 1]:
        head, _, _ = word_after(text, end + 1)
        if text[end + 1 : end + 2].isalpha():
            return words.silencer(head.split("-")[-1], "compound")
    return None


def _silenced_before(text: str, before: str, gap: str, end: int, words: Vocabulary) -> str | None:
    if "\n\n" in gap:
        return None
    reason = words.silencer(before, "before")
    if reason == "street" and _goes_on(text, end):
        return None  # "die Straße Bachmut-Lyssytschansk" joins two places
    return reason


def _goes_on(text: str, end: int) -> bool:
    return text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isupper()


def _elsewhere(
    text: str, before: str, before_start: int, end: int, words: Vocabulary
) -> str | None:
    """See whether the text says that the bearer of the name lies far from the war."""
    attribute = before
    if words.container(before):
        attribute, _, _ = word_before(text, before_start)
    if attribute.startswith(words.elsewhere_adjectives) and attribute[-1:] in "enmrs":
        return "namesake elsewhere"
    if text[end : end + 1] not in (" ", ",", "\n"):
        return None
    found = _ELSEWHERE.match(text, end, end + 80)
    if not found:
        return None
    where = words.elsewhere.get(found["name"]) or words.elsewhere.get(found["name"][:-1])
    if where in (None, "country") or (found["open"] == ", " and not found["word"]):
        return None
    if not found["word"] and not found["open"]:
        return None
    if where == "russia" or before in _INSIDE or words.container(before):
        return "namesake elsewhere"
    if found["word"] == "in" and not found["open"] and before.lower() not in _FROM:
        return "namesake elsewhere"
    return "perhaps a namesake elsewhere"


def _container(
    text: str,
    before: str,
    before_start: int,
    end: int,
    after: str,
    construction: Construction,
    words: Vocabulary,
) -> Container | None:
    """Find the kind word that governs the name: before it, or after an adjective or hyphen."""
    following = text[end : end + 1]
    if following and following in HYPHENS:
        head, _, _ = word_after(text, end + 1)
        found = words.container(head)
        if found and found.kind in ("oblast", "raion", "facility"):
            return found
    elif after:
        found = words.containers.get(after)
        if (
            found
            and found.kind in ("oblast", "raion", "hromada")
            and (
                construction in (Construction.ADJECTIVE, Construction.INFLECTED)
                or not after[0].isupper()
                or after == "Oblast"
                or after == "Raion"
            )
        ):
            return found
    if before:
        found = words.container(before)
        if found:
            return found
        if before in _NAMED:
            earlier, _, _ = word_before(text, before_start)
            return words.container(earlier)
    return None


def _person_before(
    text: str, before: str, before_start: int, construction: Construction, words: Vocabulary
) -> float:
    if not before:
        # A title with a full stop: "Dr. Lyman".
        return 0.0
    if before in words.first_names or before in words.titles:
        return 5.0
    if words.is_function(before):
        genitive = construction in (Construction.GENITIVE, Construction.ADJECTIVE)
        return 0.0 if genitive else 3.5
    if before[0].isupper() and not before.isupper() and before.lower() not in words.cues:
        return 2.5 if looks_like_a_name(before) else 0.0
    return 0.0


def _is_surname_like(after: str, gap: str) -> bool:
    """Whether a first name goes on with a surname: "Oleh Synjehubow"."""
    if gap not in (" ", "\u00a0") or not after[:1].isupper():
        return False
    return word_class(after) not in (WordClass.NOUN, WordClass.OTHER)


def _is_apposition(before: str, gap: str) -> bool:
    """Whether a common noun stands right before: "Gasmessstation Sudscha"."""
    return bool(before) and before[0].isupper() and word_class(before) is WordClass.NOUN
