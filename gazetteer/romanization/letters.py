"""Writing a Cyrillic name in every scheme of a table of letters at once.

A table (``gazetteer/rules/letters_uk.tsv``, ``letters_ru.tsv``) gives each letter, or group of
letters in one position, a column per scheme. A name is cut into such groups once; every scheme is
then one column of the cut. Mixtures (``mixtures.tsv``) are further columns, put together from two
schemes when the table is read.
"""

from __future__ import annotations

from collections.abc import Mapping
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
        """Whether the rule holds for the letters of the lower-case `word` from `start` on."""
        if not word.startswith(self.letters, start):
            return False
        if not self.position:
            return True
        end = start + len(self.letters)
        before = word[start - 1] if start else ""
        after = word[end] if end < len(word) else ""
        return all(_holds(position, before, after) for position in self.position)


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
            return before in _VOWELS and after in _VOWELS
        case "before-vowel":
            return after in _VOWELS
        case _:
            return after in _CONSONANTS


class LetterTable:
    """A table of letters, ready to write names with.

    Parameters
    ----------
    language : str
        ``"uk"`` or ``"ru"``.

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

    def __init__(self, language: str) -> None:
        entries = load(f"letters_{language}.tsv")
        self.schemes = tuple(
            column for column in entries[0] if column not in ("letters", "position", "comment")
        )
        mixtures = [entry for entry in load("mixtures.tsv") if entry["table"] == language]
        self.mixtures = len(mixtures)
        recipes = [self._recipe(mixture) for mixture in mixtures]
        self._rules: dict[str, list[_Rule]] = {}
        for entry in entries:
            rule = self._rule(entry, recipes)
            self._rules.setdefault(rule.letters[0], []).append(rule)
        for rules in self._rules.values():
            rules.sort(key=lambda rule: (-len(rule.letters), -len(rule.position)))
        # Letters with one unconditional line, by far the most frequent case.
        self._plain = {letter: rules[0] for letter, rules in self._rules.items() if len(rules) == 1}
        self._columns = len(self.schemes) + self.mixtures

    def _recipe(self, mixture: Mapping[str, str]) -> tuple[str, str, dict[str, str | None]]:
        for column in (mixture["base"], mixture["from"]):
            if column not in self.schemes:
                raise GazetteerBuildError(
                    f"mixtures.tsv, {mixture['example']!r}: no scheme {column!r} in the table"
                )
        exceptions: dict[str, str | None] = {}
        for item in mixture["letters"].split():
            letters, equals, written = item.partition("=")
            exceptions[letters] = written if equals else None
        return mixture["base"], mixture["from"], exceptions

    def _rule(
        self,
        entry: Mapping[str, str],
        recipes: list[tuple[str, str, dict[str, str | None]]],
    ) -> _Rule:
        position = frozenset(entry["position"].split())
        if not position <= _POSITIONS:
            raise GazetteerBuildError(
                f"letters table, {entry['letters']!r}: unknown position {entry['position']!r}"
            )
        written = {scheme: entry[scheme].replace("-", "") for scheme in self.schemes}
        outputs = list(written.values())
        for base, other, exceptions in recipes:
            letter = entry["letters"] if entry["letters"] in exceptions else entry["letters"][0]
            if letter in exceptions:
                outright = exceptions[letter]
                outputs.append(written[other] if outright is None else outright)
            else:
                outputs.append(written[base])
        lower = tuple(outputs)
        capital = tuple(output[:1].upper() + output[1:] for output in outputs)
        return _Rule(entry["letters"], position, lower, capital)

    def write(self, name: str) -> list[str]:
        """Write a name in every scheme, then in every mixture.

        Parameters
        ----------
        name : str
            A Cyrillic name with plain apostrophes; anything else in it is kept as it is.

        Returns
        -------
        list[str]
            One form per scheme in the order of `schemes`, then one per mixture.
        """
        lower = name.lower()
        if len(lower) != len(name):  # only with letters that are not Cyrillic
            return [name] * self._columns
        plain = self._plain
        rules = self._rules
        cut: list[tuple[str, ...]] = []
        position = 0
        end = len(lower)
        while position < end:
            letter = lower[position]
            rule = plain.get(letter)
            if rule is None or rule.position or len(rule.letters) > 1:
                for rule in rules.get(letter, ()):
                    if rule.fits(lower, position):
                        break
                else:
                    cut.append((name[position],) * self._columns)
                    position += 1
                    continue
            cut.append(rule.lower if name[position] == letter else rule.capital)
            position += len(rule.letters)
        return ["".join(column) for column in zip(*cut, strict=True)]


@cache
def letter_table(language: str) -> LetterTable:
    """The table of a language, read once."""
    return LetterTable(language)
