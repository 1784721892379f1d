"""Writing a Cyrillic name in every scheme of a table of letters at once.

A table (``gazetteer/rules/letters_uk.tsv``, ``letters_ru.tsv``) gives each letter, or group of
letters in one position, a column per scheme. A name is cut into such groups once; every scheme is
then one column of the cut. Mixtures (``mixtures.tsv``) are further columns, put together from two
schemes when the table is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gazetteer.errors import GazetteerBuildError
from gazetteer.rules import load

__all__ = ["LetterTable", "letter_table", "plain_apostrophes"]

_VOWELS = frozenset("аеєиіїоуюяёыэ")
_CONSONANTS = frozenset("бвгґджзклмнпрстфхцчшщ")
_POSITIONS = frozenset(
    (
        "initial",
        "medial",
        "final",
        "after-vowel",
        "after-consonant",
        "between-vowels",
        "before-vowel",
        "before-consonant",
    )
)
_APOSTROPHES = str.maketrans(dict.fromkeys('\u2019\u02bc\u2018`\u00b4\u2032\u02b9\u201d"', "'"))


def plain_apostrophes(name: str) -> str:
    """Write every kind of apostrophe as the plain one and drop stress marks."""
    return name.translate(_APOSTROPHES).replace("\u0301", "")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One line of a table: a group of letters, where it holds, what each scheme writes."""

    letters: str
    position: frozenset[str]
    lower: tuple[str, ...]
    capital: tuple[str, ...]

    def fits(self, word: str, start: int) -> bool:
        """Whether the letters, found in the lower-case `word` at `start`, stand in position."""
        end = start + len(self.letters)
        before = word[start - 1] if start else ""
        after = word[end] if end < len(word) else ""
        return all(_holds(position, before, after) for position in self.position)


@dataclass(frozen=True, slots=True)
class _Recipe:
    """One mixture: a scheme, and what is written otherwise."""

    base: str
    outright: Mapping[str, str]
    elsewhere: Mapping[str, str]

    def write(self, letters: str, position: str, written: Mapping[str, str]) -> str:
        """What the mixture writes for a line of the table, given what the schemes write."""
        for key in (f"{letters}/{position}", letters):
            if key in self.outright:
                return self.outright[key]
        for letter in letters:
            if letter in self.elsewhere:
                return written[self.elsewhere[letter]]
        return written[self.base]


def _is_letter(character: str) -> bool:
    return character.isalpha() or character == "'"


def _holds(position: str, before: str, after: str) -> bool:
    match position:
        case "initial":
            return not _is_letter(before)
        case "medial":
            return _is_letter(before)
        case "final":
            return not _is_letter(after)
        case "after-vowel":
            return before in _VOWELS
        case "after-consonant":
            return before in _CONSONANTS
        case "between-vowels":
            return (before in _VOWELS or before == "й") and after in _VOWELS
        case "before-vowel":
            return after in _VOWELS
        case _:
            return after in _CONSONANTS


class LetterTable:
    """A table of letters, ready to write names with.

    Parameters
    ----------
    entries : Sequence[Mapping[str, str]]
        The lines of the table: ``letters``, ``position``, a column per scheme, ``comment``. A cell
        left empty means what the first scheme writes.
    mixtures : Sequence[Mapping[str, str]], optional
        The lines of ``mixtures.tsv`` that belong to the table.

    Attributes
    ----------
    schemes : tuple[str, ...]
        The schemes of the table, the German one first.
    mixtures : int
        How many mixtures follow the schemes in the result of `write`.

    Raises
    ------
    GazetteerBuildError
        If a line of the table or of the mixtures is not understood; it names the line's letters.
    """

    def __init__(
        self, entries: Sequence[Mapping[str, str]], mixtures: Sequence[Mapping[str, str]] = ()
    ) -> None:
        self.schemes = tuple(
            column for column in entries[0] if column not in ("letters", "position", "comment")
        )
        self.mixtures = len(mixtures)
        self._recipes = [self._recipe(mixture) for mixture in mixtures]
        self._entries: dict[str, list[Mapping[str, str]]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in entries:
            letters, position = entry["letters"], entry["position"]
            if position and not _POSITIONS.issuperset(position.split()):
                raise GazetteerBuildError(
                    f"table of letters, {letters!r}: unknown position {position!r}; there are "
                    f"{', '.join(sorted(_POSITIONS))}"
                )
            self._entries.setdefault(letters, []).append(entry)
            lengths.setdefault(letters[0], set()).add(len(letters))
        # For each first letter how long its groups are, the longest first.
        self._lengths = {
            letter: tuple(sorted(found, reverse=True)) for letter, found in lengths.items()
        }
        # The lines for a group of letters, made ready when the group is first met.
        self._rules: dict[str, list[_Rule]] = {}
        self._columns = len(self.schemes) + self.mixtures

    def _recipe(self, mixture: Mapping[str, str]) -> _Recipe:
        """Read one line of the mixtures."""
        outright: dict[str, str] = {}
        elsewhere: dict[str, str] = {}
        for item in mixture["exceptions"].split():
            letters, equals, written = item.partition("=")
            if equals:
                outright[letters] = written
            else:
                letters, _, scheme = item.partition("@")
                elsewhere[letters] = scheme
        for scheme in (mixture["base"], *elsewhere.values()):
            if scheme not in self.schemes:
                raise GazetteerBuildError(
                    f"mixtures.tsv, {mixture['example']!r}: no scheme {scheme!r} in the table; "
                    f"there are {', '.join(self.schemes)}"
                )
        return _Recipe(mixture["base"], outright, elsewhere)

    def _ready(self, letters: str) -> list[_Rule]:
        """Make the lines for a group of letters ready, the most particular first."""
        rules = [self._rule(entry) for entry in self._entries.get(letters, ())]
        rules.sort(key=lambda rule: -len(rule.position))
        self._rules[letters] = rules
        return rules

    def _rule(self, entry: Mapping[str, str]) -> _Rule:
        letters, position = entry["letters"], entry["position"]
        first = entry[self.schemes[0]]
        written = {scheme: (entry[scheme] or first).replace("-", "") for scheme in self.schemes}
        mixed = (recipe.write(letters, position, written) for recipe in self._recipes)
        lower = (*written.values(), *mixed)
        capital = tuple(output[:1].upper() + output[1:] for output in lower)
        return _Rule(letters, frozenset(position.split()), lower, capital)

    def write(self, name: str, end: int | None = None) -> list[str]:
        """Write a name in every scheme, then in every mixture.

        Parameters
        ----------
        name : str
            A Cyrillic name with plain apostrophes; anything else in it is kept as it is.
        end : int, optional
            How many characters of the name to write; all of them unless given.

        Returns
        -------
        list[str]
            One form per scheme in the order of `schemes`, then one per mixture.
        """
        lower = name.lower()
        if not name or len(lower) != len(name):  # the latter only with letters not Cyrillic
            return [name] * self._columns
        cut: list[tuple[str, ...]] = []
        position = 0
        if end is None:
            end = len(lower)
        while position < end:
            rule = self._find(lower, position, end)
            if rule is None:
                cut.append((name[position],) * self._columns)
                position += 1
                continue
            cut.append(rule.lower if name[position] == lower[position] else rule.capital)
            position += len(rule.letters)
        forms = ["".join(column) for column in zip(*cut, strict=True)]
        if name.isupper() and len(name) > 1:
            return [form.upper() for form in forms]
        return forms

    def _find(self, word: str, start: int, end: int) -> _Rule | None:
        """The rule for the longest group of letters that fits between `start` and `end`."""
        for length in self._lengths.get(word[start], ()):
            if start + length > end:
                continue
            letters = word[start : start + length]
            if letters not in self._entries:
                continue
            for rule in self._rules.get(letters) or self._ready(letters):
                if not rule.position or rule.fits(word, start):
                    return rule
        return None


@cache
def letter_table(language: str) -> LetterTable:
    """The table of a language (``"uk"`` or ``"ru"``) with its mixtures, read once."""
    mixtures = [entry for entry in load("mixtures.tsv") if entry["table"] == language]
    return LetterTable(load(f"letters_{language}.tsv"), mixtures)
