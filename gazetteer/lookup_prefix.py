"""Look-up by the beginning of a name, for completion while typing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from gazetteer.filters import Accept
from gazetteer.folding import fold
from gazetteer.place import Match
from gazetteer.store import Store

__all__ = ["PrefixLookup"]


class PrefixLookup:
    """Completions over one store.

    The postings of neighbouring keys lie side by side and have the place's rank in their highest
    bits, so that sorting them as numbers sorts the places by prominence.
    """

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def complete(self, prefix: str, limit: int, accept: Accept | None) -> list[Match]:
        """Places with a name that starts so: the exact names first, then by prominence."""
        key = fold(prefix)
        if not key or limit <= 0:
            return []
        first, last = self._store.file.keys.prefix_range(key)
        exact = dict.fromkeys(self._store.postings(key))
        chosen: dict[int, int] = {}
        for number, position in exact:
            if accept is None or accept(number):
                chosen.setdefault(number, position)
        matches = [
            self._store.match(number, position, key)
            for number, position in list(chosen.items())[:limit]
        ]
        file = self._store.file
        low, high = self._rest(first), self._rest(last)
        ones, rest = list(file.first[first:last]), list(file.more_list[low:high])
        for packed in sorted([*ones, *rest]):
            if len(matches) >= limit:
                break
            number = self._place(packed)
            if number in chosen or (accept is not None and not accept(number)):
                continue
            chosen[number] = position = packed >> 1 & 0xFF
            try:
                entry = first + ones.index(packed)
            except ValueError:
                entry = file.more[bisect_right(file.more_ends, low + rest.index(packed))]
            other = file.keys.line(entry)
            score = len(key) / max(len(other), len(key))
            matches.append(self._store.match(number, position, other, score))
        return matches

    def _rest(self, entry: int) -> int:
        """Where the further places of the keys from this one on begin."""
        file = self._store.file
        slot = bisect_left(file.more, entry)
        return file.more_ends[slot - 1] if slot else 0

    def _place(self, packed: int) -> int:
        file = self._store.file
        try:
            return file.order[packed >> 9]
        except IndexError as error:
            raise file.damaged(f"at rank {packed >> 9}") from error
