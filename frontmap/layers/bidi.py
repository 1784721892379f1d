"""Keeping text from outside from turning the direction of the text around it.

The page isolates each piece of outside text in an element of its own; where such a piece stands
inside a phrase of ours, it is isolated by characters. Only text that holds controls of direction
is touched, and what is added is invisible.
"""

from __future__ import annotations

__all__ = ["isolated"]

_OPEN = frozenset("\u2066\u2067\u2068")
_FIRST_STRONG = "\u2068"
_CLOSE = "\u2069"
_CONTROLS = _OPEN | frozenset("\u2069\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e")


def isolated(text: str) -> str:
    """Return text that leaves the direction of its surroundings alone.

    Isolates that the text opens and does not close are closed, and those it closes without having
    opened them are opened, so that the isolate around it holds it whole.

    Examples
    --------
    >>> isolated("Pokrowsk")
    'Pokrowsk'
    >>> isolated("a\\u202eb").encode("unicode_escape").decode()
    '\\\\u2068a\\\\u202eb\\\\u2069'
    """
    if not _CONTROLS & set(text):
        return text
    depth = unopened = 0
    for letter in text:
        if letter in _OPEN:
            depth += 1
        elif letter == _CLOSE:
            if depth:
                depth -= 1
            else:
                unopened += 1
    return f"{_FIRST_STRONG * (1 + unopened)}{text}{_CLOSE * (1 + depth)}"
