"""Typo-tolerant look-up over all keys.

Every key has two signatures of 64 bits: which letters and pairs of letters occur in it, hashed. An
edit changes only so many bits, so that keys too far away are told by counting differing bits, a
few hundred thousand in a fraction of a millisecond; what is left is measured by rapidfuzz. The
filter never loses a key: a slow search over all keys in the tests finds the same.

The signatures are made when the first typo-tolerant search is asked for, in a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from gazetteer.filters import Accept
from gazetteer.folding import fold
from gazetteer.place import Match
from gazetteer.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["FuzzyLookup", "allowed_edits"]

# Bits that one edit can change at most. Letters and pairs: a substitution removes and adds one
# letter and two pairs, a transposition removes and adds three pairs. Pairs alone: the latter.
_BITS_PER_EDIT = 6
_LETTER_BITS = 27
_LETTERS = 0x7FF  # code points up to here are told apart
_PIECE = 32_768
_EDITS = ((9, 2), (5, 1))


def allowed_edits(length: int) -> int:
    """How many typing errors are forgiven in a folded name of a length.

    Examples
    --------
    >>> allowed_edits(4), allowed_edits(8), allowed_edits(9)
    (0, 1, 2)
    """
    return next((edits for shortest, edits in _EDITS if length >= shortest), 0)


class FuzzyLookup:
    """Typo-tolerant look-ups over one store.

    Parameters
    ----------
    store : Store
    """

    __slots__ = ("_signatures", "_store")

    def __init__(self, store: Store) -> None:
        self._store = store
        self._signatures: _Signatures | None = None

    def search(
        self, text: str, limit: int, accept: Accept | None, *, without: frozenset[int]
    ) -> list[Match]:
        """Places with a name at most `allowed_edits` away, nearest first, then by prominence.

        Parameters
        ----------
        text : str
        limit : int
        accept : callable, optional
            Test of a place's number.
        without : frozenset of int
            Numbers of places that are left out.
        """
        key = fold(text)
        edits = allowed_edits(len(key))
        if not edits or limit <= 0:
            return []
        best: dict[int, tuple[float, int, str]] = {}
        for score, entry, other in self._near(key, edits):
            for number, position in self._store.postings_at(entry):
                if number in without or (accept is not None and not accept(number)):
                    continue
                if number not in best or score > best[number][0]:
                    best[number] = (score, position, other)
        ranks = self._store.file.ranks
        chosen = sorted(best, key=lambda number: (-best[number][0], ranks[number]))[:limit]
        matches: list[Match] = []
        for number in chosen:
            score, position, other = best[number]
            matches.append(self._store.match(number, position, other, score))
        return matches

    def keys(self, text: str) -> list[tuple[str, float]]:
        """Keys at most `allowed_edits` away with their scores, the key itself too."""
        key = fold(text)
        return [(other, score) for score, _, other in self._near(key, allowed_edits(len(key)))]

    def _near(self, key: str, edits: int) -> Iterator[tuple[float, int, str]]:
        from rapidfuzz.distance import OSA

        signatures = self._signatures
        if signatures is None:
            signatures = self._signatures = _Signatures(self._store)
        for entry, other in signatures.candidates(key, edits):
            distance = OSA.distance(key, other, score_cutoff=edits)
            if distance <= edits:
                yield 1 - distance / max(len(key), len(other)), entry, other


class _Signatures:
    """Two signatures for every key, sorted by the keys' lengths."""

    __slots__ = ("_bounds", "_entries", "_letters", "_pairs", "_starts", "_text")

    _bounds: Any
    _starts: Any

    def __init__(self, store: Store) -> None:
        import numpy as np

        self._text = store.file.keys.text()
        count = len(store.file.first)
        letters: Any = np.zeros(count, np.uint64)
        pairs: Any = np.zeros(count, np.uint64)
        lengths: Any = np.zeros(count, np.uint32)
        self._starts = np.zeros(count + 1, np.uint32)
        first = 0
        for position, piece in self._pieces():
            ends = np.flatnonzero(np.frombuffer(piece, np.uint8) == 10)
            last = first + len(ends) - 1
            if last > count:
                raise IndexError("more keys than lists of places")
            rows = slice(first, last)
            letters[rows], pairs[rows], lengths[rows] = _signatures_of(
                piece.decode("utf-8", "replace"), np
            )
            self._starts[rows] = ends[:-1] + position + 1
            self._starts[last] = ends[-1] + position + 1
            first = last
        if first != count:
            raise IndexError("fewer keys than lists of places")
        self._entries = np.argsort(lengths, kind="stable").astype(np.uint32)
        self._letters = letters[self._entries]
        self._pairs = pairs[self._entries]
        longest = int(lengths.max()) if count else 0
        self._bounds = np.searchsorted(lengths[self._entries], np.arange(longest + 2)).tolist()

    def _pieces(self) -> Iterator[tuple[int, bytes]]:
        """Stretches of whole lines with their positions, a line end before and after each.

        Small, so that the memory they take is given back.
        """
        position, size = 0, _PIECE
        while position + 1 < len(self._text):
            piece = bytes(self._text[position : position + size])
            last = piece.rfind(b"\n")
            if last > 0:
                yield position, piece[: last + 1]
                position, size = position + last, _PIECE
            elif position + size >= len(self._text):
                return
            else:
                size *= 2  # a line longer than a piece

    def candidates(self, key: str, edits: int) -> Iterator[tuple[int, str]]:
        """Keys that may be as near as that, with their numbers."""
        import numpy as np

        letters, pairs, _ = _signatures_of(f"\n{key}\n", np)
        longest = len(self._bounds) - 2
        low = self._bounds[min(max(len(key) - edits, 0), longest + 1)]
        high = self._bounds[min(len(key) + edits + 1, longest + 1)]
        allowed = _BITS_PER_EDIT * edits
        near = np.bitwise_count(self._letters[low:high] ^ letters[0]) <= allowed
        rows = np.flatnonzero(near) + low
        rows = rows[np.bitwise_count(self._pairs[rows] ^ pairs[0]) <= allowed]
        entries = self._entries[rows]
        starts, ends = self._starts[entries].tolist(), (self._starts[entries + 1] - 1).tolist()
        for entry, start, end in zip(entries.tolist(), starts, ends, strict=True):
            yield entry, bytes(self._text[start:end]).decode("utf-8", "replace")


@cache
def _letter_bits() -> Any:
    """The bit of every letter; those beyond the Latin and Cyrillic ones share one."""
    import numpy as np

    codes: Any = np.arange(_LETTERS + 1, dtype=np.uint64)
    is_latin = (codes >= 97) & (codes <= 122)
    bits = np.uint64(1) << np.where(is_latin, codes - 97, codes % _LETTER_BITS).astype(np.uint64)
    bits[10] = 0  # the line end
    return bits


def _signatures_of(text: str, np: Any) -> tuple[Any, Any, Any]:
    """Signatures and lengths of the lines of a text that has a line end before and after each."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.flatnonzero(codes == 10)
    one = np.uint64(1)
    pair = codes[:-1] * np.uint32(0x9E3779B1)  # hashes in 32 bits, which wrap
    pair ^= pair >> np.uint32(15)
    pair += codes[1:] * np.uint32(0x85EBCA77)
    pair *= np.uint32(0x9E3779B1)
    in_letters = ((pair >> np.uint32(6)) % np.uint32(64 - _LETTER_BITS)).astype(np.uint64)
    in_letters += np.uint64(_LETTER_BITS)
    letters = _letter_bits().take(codes[:-1], mode="clip")
    letters |= one << in_letters
    pairs = one << (pair >> np.uint32(26)).astype(np.uint64)
    starts = ends[:-1]
    # a line's pairs begin with the one of the line end before it and its first letter
    lengths = (np.diff(ends) - 1).astype(np.uint32)
    return np.bitwise_or.reduceat(letters, starts), np.bitwise_or.reduceat(pairs, starts), lengths
