"""Look-up by the beginning of a name, for completion while typing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from gazetteer.filters import Accept
from gazetteer.folding import fold
from gazetteer.place import Kind, Match, Place, Status
from gazetteer.ranking import kind_standing, name_standing
from gazetteer.store import Store

__all__ = ["PrefixLookup"]

_LOOKED_AT = 60  # the most prominent places whose names are compared, at least
_DIRECT = 0  # standing of official names and exonyms, and more than that of the name shown
_GUESS = 2  # standing of names that are former ones or guesses
_MIXED = "mixed"  # the scheme of spellings that no one rule gives
_ORDERING = 4  # as many parts of a rank order the places, the others the names of one place
_CALLED_SO = (0,)  # the rank of places called exactly so
_AFTER_CITIES = (1, 0, kind_standing(Kind.CITY), 1)  # and of those that only may be
_ABROAD = 4  # how many times larger a place abroad must be to be thought of first


class PrefixLookup:
    """Completions over one store.

    The postings of neighbouring keys lie side by side and have the place's rank in their highest
    bits, so that sorting them as numbers sorts the places by prominence.
    """

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def complete(self, prefix: str, limit: int, accept: Accept | None) -> list[Match]:
        """Places with a name that starts so.

        Those called exactly so come first, as `lookup` has them. Then those that are called so
        today, before those that were, or may be by a guess at their spelling; of these the names
        readers know before other spellings, weightier kinds first, cities before villages, and
        larger places before smaller ones, of Ukraine before others. What is exact by a guess stands
        behind the cities. A place is named by the name of its that is shown to readers where that
        one starts so, else by the most direct one.
        """
        key = fold(prefix)
        if not key or limit <= 0:
            return []
        best: dict[int, tuple[tuple[int, ...], Match]] = {}
        enough = max(_LOOKED_AT, 3 * limit)
        for place, entry, position in self._starting(key):
            if place not in best and len(best) >= enough:
                break
            if accept is not None and not accept(place):
                continue
            offer = self._offer(place, entry, position, key)
            if place not in best or offer[0] < best[place][0]:
                best[place] = offer
        # places come by prominence, and stay so where nothing else tells
        ranked = sorted(best.values(), key=lambda offer: offer[0][:_ORDERING])
        return [match for _, match in ranked[:limit]]

    def _offer(
        self, place: int, entry: int, position: int, key: str
    ) -> tuple[tuple[int, ...], Match]:
        """How a name ranks, less is better, and the match it gives."""
        other = self._store.file.keys.line(entry)
        score = len(key) / max(len(other), len(key))
        match = self._store.match(place, position, other, score)
        kind = match.place.kind
        standing = name_standing(match.name, kind)
        if fold(match.place.name_de) == other:
            standing = _DIRECT - 1
        if other == key and match.name.scheme != _MIXED:
            former = standing == _GUESS and match.name.status is Status.HISTORICAL
            return (_CALLED_SO if standing < _GUESS or former else _AFTER_CITIES), match
        rank = (
            2 if standing >= _GUESS else 1,
            int(standing > _DIRECT),
            kind_standing(kind),
            -_weight(match.place),
            standing,
            int(match.name.language != "de"),
            len(other),
        )
        return rank, match

    def _starting(self, key: str) -> Iterator[tuple[int, int, int]]:
        """Places, keys and positions of names that start so: whole names first, then by rank."""
        store = self._store
        file = store.file
        first, last = file.keys.prefix_range(key)
        whole = first if first < last and file.keys.line(first) == key else -1
        if whole >= 0:
            for number, position in store.postings_at(whole):
                yield number, whole, position
            first += 1
        low, high = self._rest(first), self._rest(last)
        ones = list(file.first[first:last])
        packed = [*ones, *file.more_list[low:high]]
        for number in sorted(range(len(packed)), key=packed.__getitem__):
            entry = first + number
            if number >= len(ones):
                entry = file.more[bisect_right(file.more_ends, low + number - len(ones))]
            yield self._place(packed[number]), entry, packed[number] >> 1 & 0xFF

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


def _weight(place: Place) -> int:
    return (place.population or 0) // (1 if place.country == "UA" else _ABROAD)
