"""Text for terminals: nothing from outside commands them, or turns the direction of what follows.

An article's text, a file's name or a gazetteer's record may hold escape sequences that colour, move
or overwrite what a terminal shows, and letters that show text in another order than it stands in.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["cell", "one_line", "printable"]

# controls, formats (direction, invisible letters), halves of letters, separators of lines
_HARMFUL = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_LONGEST = 600


def printable(text: str, *, kept: str = "\n\t") -> str:
    """Return a text in which every control character but those `kept` is written out.

    Examples
    --------
    >>> printable("Kiew\\x1b[2J meldet\\nAngriffe")
    'Kiew\\\\x1b[2J meldet\\nAngriffe'
    """
    if text.isprintable():
        return text
    return "".join(
        c.encode("unicode_escape").decode()
        if c not in kept and unicodedata.category(c) in _HARMFUL
        else c
        for c in text
    )


def one_line(text: str) -> str:
    """Return a text as one line of moderate length, for messages.

    Examples
    --------
    >>> one_line("zwei\\nZeilen")
    'zwei\\\\nZeilen'
    """
    shown = printable(text, kept="")
    half = _LONGEST // 2
    return shown if len(shown) <= _LONGEST else f"{shown[:half]} ... {shown[-half:]}"


def cell(text: object) -> Text:
    """Return a text for a table of rich, which reads no markup of its own in it."""
    from rich.text import Text

    return Text(printable(str(text)))
