"""Which settlement a raion or hromada is named after.

The codifier gives units an adjective (``Покровський`` raion, ``Покровська`` hromada); German prose
names them by the settlement (Rajon Pokrowsk). A raion's is found among its own cities and towns by
comparing word stems; a hromada's is the first the codifier lists, if it is like the adjective.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from gazetteer.romanization import transcribe
from gazetteer.skeleton import latin_key
from gazetteer.sources.records import Unit

__all__ = ["adjective_stem", "is_named_after", "old_raion_seat", "raion_seat"]

_RANK = {"K": 0, "M": 1, "X": 2, "C": 3}
_SUFFIX = re.compile(r"(ськ|цьк|зьк|ск)(ий|а|е)$|(ий|а|е|я|ій)$")
_ENDING = re.compile(
    r"(івка|ївка|инка|янка|енка|инці|івці|ичі|ьці|ці|ськ|цьк|зьк|ське|цьке|зьке|ки|ка|не|на|ний|"
    r"ове|еве|єве|ець|ів|їв|ин|їн|ий|а|я|о|е|и|і|ї|ь|й|є)$"
)
_VOWEL_CHANGES = ({"і", "о"}, {"і", "е"}, {"ї", "є"})
_NAMED_AFTER = 0.55


def adjective_stem(adjective: str) -> str:
    """Strip the adjective's suffix and ending.

    Examples
    --------
    >>> adjective_stem("Покровський"), adjective_stem("Бахмутська")
    ('покров', 'бахмут')
    """
    stem = " ".join(adjective.lower().split())
    match = _SUFFIX.search(stem)
    return stem[: match.start()] if match else stem


def _likeness(stem: str, name: str) -> float:
    lowered = name.lower()
    shortened = _ENDING.sub("", lowered)
    shared = 0
    for left, right in zip(stem, lowered, strict=False):
        if left != right and {left, right} not in _VOWEL_CHANGES:
            break
        shared += 1
    prefix = min(1.0, shared / max(len(stem), len(shortened)))
    return 0.6 * prefix + 0.4 * SequenceMatcher(None, stem, lowered).ratio()


def is_named_after(adjective: str, name: str) -> bool:
    """Whether a unit's adjective is formed from a settlement's name.

    Examples
    --------
    >>> is_named_after("Великобілозерська", "Велика Білозерка")
    True
    >>> is_named_after("Борщагівська", "Чайки")
    False
    """
    stem = adjective_stem(adjective)
    words = name.lower().replace("-", " ").split()
    if len(words) > 1 and all(_has_stem(stem, word) for word in words):
        return True
    return _likeness(stem, name) >= _NAMED_AFTER


def _has_stem(stem: str, word: str) -> bool:
    """Whether a compound adjective's stem holds the beginning of a word, vowel changes aside."""
    head = _ENDING.sub("", word)[:4] or word
    pattern = "".join("[оеі]" if letter in "оеі" else re.escape(letter) for letter in head)
    return re.search(pattern, stem) is not None


def raion_seat(adjective: str, settlements: Sequence[Unit]) -> Unit | None:
    """Find the city or town a raion is named after.

    Parameters
    ----------
    adjective : str
        The raion's name as registered.
    settlements : sequence of Unit
        The settlements inside it, in the codifier's order.

    Returns
    -------
    Unit or None
        None where no name is like the adjective.
    """
    stem = adjective_stem(adjective)
    best: tuple[float, Unit] | None = None
    for unit in settlements:
        if unit.category == "C":
            continue
        score = _likeness(stem, unit.name) - 0.03 * _RANK[unit.category]
        if best is None or score > best[0]:
            best = (score, unit)
    return best[1] if best and best[0] >= _NAMED_AFTER else None


_ROMANISED_SUFFIX = re.compile(r"(sk|zk|tsk)(yi|iy|yy)$")


def old_raion_seat(romanised: str, settlements: Sequence[Unit]) -> tuple[str, str] | None:
    """Find the settlement an old raion was named after.

    Parameters
    ----------
    romanised : str
        The raion's adjective in the Ukrainian national system (``Marinskyi``).
    settlements : sequence of Unit

    Returns
    -------
    tuple of str, or None
        The Ukrainian adjective and the German name of the settlement; None where nothing fits.
    """
    if not _ROMANISED_SUFFIX.search(romanised.lower()):
        return None  # a city that belonged to no raion
    stem = latin_key(_ROMANISED_SUFFIX.sub("", romanised.lower()))
    best: tuple[float, Unit] | None = None
    for unit in settlements:
        name = latin_key(transcribe(unit.name, "national-2010"))
        score = SequenceMatcher(None, stem, name).ratio() - 0.06 * _RANK[unit.category]
        if name[:2] == stem[:2] and (best is None or score > best[0]):
            best = (score, unit)
    if best is None or best[0] < 0.62:
        return None
    name = best[1].name
    return _adjective(name), transcribe(name, "duden-uk")


def _adjective(name: str) -> str:
    """A settlement's adjective, roughly; only for names of abolished raions.

    Examples
    --------
    >>> _adjective("Мар’їнка"), _adjective("Оріхів")
    ('Мар’їнський', 'Оріхівський')
    """
    stem = re.sub(r"(ськ|цьк|зьк)$", "", name)
    if stem != name:
        return name + "ий"
    stem = re.sub(r"(ка|ове|еве|ий|а|я|о|е|и|і)$", "", name)
    return stem + "ський"
