"""The wrong turns a text may have taken, and their undoing.

Three kinds: UTF-8 bytes read by a single-byte decoder (`Misread`), the same followed by a failed
repair that leaves one wrong letter (`Swap` from rewrites.tsv), and one single-byte encoding taken
for another (`Swap` from swaps.tsv). Which are tried stands in ``lexicons/article``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from frontmap.article.evidence import fitness, weight
from frontmap.lexicons import load

__all__ = ["Misread", "Swap", "Undone", "misreads", "rewrites", "swaps"]

_QUOTES = "„“”‚‘’"
# The first bytes of two, three and four in UTF-8.
_LEADS = ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4))


@dataclass(frozen=True, slots=True)
class Undone:
    """A word with a chain undone.

    Attributes
    ----------
    text : str
        The word as it reads then.
    restored : tuple[int, ...]
        Offsets in `text` of the characters that were restored.
    """

    text: str
    restored: tuple[int, ...]


@dataclass(frozen=True)
class Misread:
    """UTF-8 bytes that were read by a single-byte decoder.

    Attributes
    ----------
    title : str
    bytes_of : Mapping[str, tuple[int, ...]]
        The bytes a character may stand for; two where the decoder left 80 to 9F undefined and
        windows-1252 stepped in.
    """

    title: str
    bytes_of: Mapping[str, tuple[int, ...]]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A stretch that may be one character in UTF-8, by its bytes."""
        two, three, four = (self._between(*lead) for lead in _LEADS)
        tail = self._between(0x80, 0xBF)
        return re.compile(f"{four}{tail}{{3}}|{three}{tail}{{2}}|{two}{tail}")

    def _between(self, low: int, high: int) -> str:
        return _class(c for c, all_ in self.bytes_of.items() if any(low <= b <= high for b in all_))

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """The characters with which a match of the pattern can begin."""
        first, last = _LEADS[0][0], _LEADS[-1][1]
        return frozenset(
            c for c, all_ in self.bytes_of.items() if any(first <= b <= last for b in all_)
        )

    def undo(self, word: str, *, everything: bool = False) -> Undone | None:
        """Undo the misreading where a plausible character comes out; None if nowhere.

        Parameters
        ----------
        word : str
        everything : bool
            Whether implausible characters may come out too (an outer layer of two).
        """
        if self._firsts.isdisjoint(word):
            return None  # most words, and most patterns need never be compiled
        pieces: list[str] = []
        restored: list[int] = []
        length = last = 0
        for match in self.pattern.finditer(word):
            before = word[last : match.start()]
            left = before[-1:] or (pieces[-1] if pieces else "")
            right = word[match.end() : match.end() + 1]
            if right >= "\x80" and self.pattern.match(word, match.end()):
                right = ""  # damaged itself
            character = self._character(match.group(), left, right, everything)
            if character is None:
                character = match.group()
            else:
                restored.append(length + len(before))
            pieces += (before, character)
            length += len(before) + len(character)
            last = match.end()
        if not restored:
            return None
        return Undone("".join(pieces) + word[last:], tuple(restored))

    def _character(self, stretch: str, left: str, right: str, everything: bool) -> str | None:
        """Decode one stretch to the character that fits best between its neighbours."""
        best: str | None = None
        best_fitness = 0.0
        sequences: list[bytes] = [b""]
        for character in stretch:
            sequences = [s + bytes([b]) for s in sequences for b in self.bytes_of[character]]
        for sequence in sequences:
            try:
                character = sequence.decode("utf-8")
            except UnicodeDecodeError:
                continue
            if len(character) != 1:
                continue
            if weight(character) <= 0 and not (everything and not 0x80 <= ord(character) < 0xA0):
                if not (everything and best is None):
                    continue
                best, best_fitness = character, -100.0
                continue
            value = fitness(character, left, right)
            if best is None or value > best_fitness:
                best, best_fitness = character, value
        return best


@dataclass(frozen=True, slots=True)
class Swap:
    """Single letters that came out as single other characters.

    Attributes
    ----------
    title : str
    letter_of : Mapping[str, str]
        The letter each wrong character stood for.
    """

    title: str
    letter_of: Mapping[str, str]

    def undo(self, word: str) -> Undone | None:
        """Put every letter back; None if the word has none of the wrong characters.

        Quotation marks are taken for letters only between letters.
        """
        letters = list(word)
        restored = []
        for index, character in enumerate(word):
            letter = self.letter_of.get(character)
            if letter is None:
                continue
            if character in _QUOTES and not (
                word[index - 1 : index].isalpha() and word[index + 1 : index + 2].isalpha()
            ):
                continue
            letters[index] = letter
            restored.append(index)
        return Undone("".join(letters), tuple(restored)) if restored else None


def _characters(codec: str) -> dict[int, str]:
    """What a decoder makes of the bytes 80 to FF; undefined ones become control characters."""
    decoded = bytes(range(0x80, 0x100)).decode(codec, "replace")
    return {
        byte: chr(byte) if character == "\ufffd" else character
        for byte, character in zip(range(0x80, 0x100), decoded, strict=True)
    }


def _class(characters: Iterable[str]) -> str:
    return "[" + "".join(re.escape(character) for character in sorted(set(characters))) + "]"


def _misread(codec: str, title: str, windows_fills: bool) -> Misread:
    bytes_of: dict[str, tuple[int, ...]] = {}
    for byte, character in _characters(codec).items():
        bytes_of[character] = (*bytes_of.get(character, ()), byte)
    if windows_fills:
        for byte, character in _characters("cp1252").items():
            if byte < 0xA0 and byte not in bytes_of.get(character, ()):
                bytes_of[character] = (*bytes_of.get(character, ()), byte)

    return Misread(f"UTF-8 read as {title}", bytes_of)


@cache
def misreads() -> tuple[Misread, ...]:
    """All decoders of decoders.tsv, in order."""
    return tuple(
        _misread(entry["codec"], entry["title"], entry["c1"] == "windows-1252")
        for entry in load("article/decoders.tsv")
    )


@cache
def rewrites() -> tuple[Swap, ...]:
    """The failed repairs of rewrites.tsv, in order."""
    result = []
    for entry in load("article/rewrites.tsv"):
        first = _characters(entry["first"])
        second = {character: byte for byte, character in _characters(entry["second"]).items()}
        letter_of = {}
        for letter in entry["letters"]:
            lead, tail = letter.encode("utf-8")
            wrong = bytes([lead, second[first[tail]]]) if first[tail] in second else b""
            if wrong:
                letter_of[wrong.decode("utf-8")] = letter
        result.append(Swap(entry["title"], letter_of))
    return tuple(result)


@cache
def swaps() -> tuple[Swap, ...]:
    """The single-byte confusions of swaps.tsv, in order."""
    result = []
    for entry in load("article/swaps.tsv"):
        read = _characters(entry["read"])
        letter_of = {}
        for letter in entry["letters"]:
            try:
                wrong = read[letter.encode(entry["written"])[0]]
            except (UnicodeEncodeError, KeyError):
                continue
            letter_of[wrong] = letter
        result.append(Swap(entry["title"], letter_of))
    return tuple(result)
