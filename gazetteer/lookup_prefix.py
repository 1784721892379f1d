"""Look-up by the beginning of a name, for completion while typing."""

from __future__ import annotations

from bisect import bisect_left

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
        for number, position in self._by_rank(first, last):
            if len(matches) >= limit:
                break
            if number not in chosen and (accept is None or accept(number)):
                chosen[number] = position
                match = self._store.match(number, position, key)
                score = len(key) / max(len(fold(match.name.text)), len(key))
                matches.append(Match(match.place, match.name, score))
        return matches

    def _by_rank(self, first: int, last: int) -> list[tuple[int, int]]:
        file = self._store.file
        slots = bisect_left(file.more, first), bisect_left(file.more, last)
        low, high = (file.more_ends[slot - 1] if slot else 0 for slot in slots)
        packed = sorted([*file.first[first:last], *file.more_list[low:high]])
        try:
            return [(file.order[number >> 9], number >> 1 & 0xFF) for number in packed]
        except IndexError as error:
            raise file.damaged(f"at the keys {first} to {last}") from error
