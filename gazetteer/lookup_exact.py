"""Look-up by a name's folded form."""

from __future__ import annotations

from gazetteer.filters import Accept
from gazetteer.folding import fold
from gazetteer.html import MatchList
from gazetteer.place import Match
from gazetteer.store import Store

__all__ = ["ExactLookup"]

_CACHED_ANSWERS = 32_768
_CACHED_KEYS = 8192


class ExactLookup:
    """Exact look-ups over one store.

    The caches are plain dictionaries that are emptied when full: safe between threads, because
    every step on them is one operation, and a lost entry is only worked out again.
    """

    __slots__ = ("_begins", "_known", "_matches", "_store")

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, bool] = {}
        self._begins: dict[str, bool] = {}
        self._matches: dict[str, tuple[Match, ...]] = {}

    def lookup(self, text: str, accept: Accept | None) -> list[Match]:
        """Places a name folds to, best first."""
        key = fold(text)
        if accept is None:
            matches = self._matches.get(key)
            if matches is None:
                found = self._store.postings(key)
                matches = tuple(self._store.match(number, at, key) for number, at in found)
                if matches:  # what is not found is told quickly, and may be of any length
                    if len(self._matches) >= _CACHED_KEYS:
                        self._matches.clear()
                    self._matches[key] = matches
            return MatchList(matches)
        return MatchList(
            self._store.match(number, at, key)
            for number, at in self._store.postings(key)
            if accept(number)
        )

    def knows(self, text: str) -> bool:
        """Whether some name folds to the same key."""
        answer = self._known.get(text)
        if answer is None:
            key = fold(text)
            answer = bool(key) and self._store.file.keys.find(key) >= 0
            self._remember(self._known, text, answer)
        return answer

    def begins_name(self, text: str) -> bool:
        """Whether some longer name starts with these whole words."""
        answer = self._begins.get(text)
        if answer is None:
            key = fold(text)
            answer = bool(key) and self._store.file.keys.has_prefix(key + " ")
            self._remember(self._begins, text, answer)
        return answer

    @staticmethod
    def _remember(answers: dict[str, bool], text: str, answer: bool) -> None:
        if len(answers) >= _CACHED_ANSWERS:
            answers.clear()
        if len(text) < 200:
            answers[text] = answer
