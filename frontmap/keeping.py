"""Answers about words, kept for the next time in bounded memory.

The words of a corpus are without number, and a hostile text may hold one of a million letters. So
what is kept is bounded both ways: in how many answers, and in how long a word may be.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

__all__ = ["LONGEST", "kept_by_word"]

LONGEST = 100  # letters of a word whose answer is kept
_MOST = 8_192
Others = ParamSpec("Others")
Answer = TypeVar("Answer")
_Asked = Callable[Concatenate[str, Others], Answer]


def kept_by_word(
    most: int = _MOST, longest: int = LONGEST
) -> Callable[[_Asked[Others, Answer]], _Asked[Others, Answer]]:
    """Keep what a function of a word answers: a decorator.

    Parameters
    ----------
    most : int
        Answers that are kept; the ones not asked for longest go first.
    longest : int
        Characters; what is asked about longer ones is worked out every time.

    Examples
    --------
    >>> asked = []
    >>> @kept_by_word(most=10, longest=5)
    ... def letters(word: str) -> int:
    ...     asked.append(word)
    ...     return len(word)
    >>> [letters(word) for word in ("Dorf", "Dorf", "Dorfrand", "Dorfrand")], asked
    ([4, 4, 8, 8], ['Dorf', 'Dorfrand', 'Dorfrand'])
    """

    def decorate(function: _Asked[Others, Answer]) -> _Asked[Others, Answer]:
        kept = cast("_Asked[Others, Answer]", lru_cache(maxsize=most)(function))

        @wraps(function)
        def answer(word: str, /, *others: Others.args, **named: Others.kwargs) -> Answer:
            if len(word) > longest:
                return function(word, *others, **named)
            return kept(word, *others, **named)

        return answer

    return decorate
