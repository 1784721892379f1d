"""Words of a sentence, with the toponyms in it as words of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from frontmap.resolution import Toponym

__all__ = ["Token", "tokenize"]

_WORD = re.compile(
    r"\d+(?:[.,]\d+)*(?!\w)|\d+(?:-\w+)+|\w+(?:['’]\w+)?(?:-\w+)*-?|[^\w\s]", re.UNICODE
)


@dataclass(slots=True)
class Token:
    """One word, number, sign or toponym.

    Attributes
    ----------
    text, lower : str
    start, end : int
        Code point offsets in the article's text.
    toponym : Toponym or None
        The toponym this word names.
    clause : int
        Number of the clause in the sentence.
    """

    text: str
    lower: str
    start: int
    end: int
    toponym: Toponym | None = None
    clause: int = 0

    @property
    def is_word(self) -> bool:
        """Whether the token is a word or number, not a sign."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether the token starts with a capital letter."""
        return self.text[0].isupper()


def tokenize(text: str, start: int, end: int, toponyms: Sequence[Toponym]) -> list[Token]:
    """Return the words of ``text[start:end]``; `toponyms` lie in it, in order, not overlapping."""
    tokens: list[Token] = []

    def add_words(first: int, last: int) -> None:
        for match in _WORD.finditer(text, first, last):
            word = match.group(0)
            if word != "-" and word.endswith("-") and match.end() == last:
                word = word[:-1]  # Ost- in Ost-Bachmut, whose name is a token of its own
            at = match.start()
            tokens.append(Token(word, word.lower(), at, at + len(word)))

    position = start
    for toponym in toponyms:
        mention = toponym.mention
        if mention.start < position:
            continue
        add_words(position, mention.start)
        surface = text[mention.start : mention.end]
        tokens.append(Token(surface, surface.lower(), mention.start, mention.end, toponym))
        position = mention.end
    add_words(position, end)
    return tokens
