"""Bounds on what is read from files that anybody may have made: lines, rows, unpacked bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from frontmap.article.reading import MAX_BYTES

__all__ = ["HIGHEST_RATIO", "Rows", "TooMuchError", "Unpacked", "bomb"]

HIGHEST_RATIO = 200  # text is packed to a tenth or so; bombs to less than a thousandth
_SMALL = 1 << 20  # bytes below which the ratio does not matter


class TooMuchError(OSError):
    """There is more in a file than any honest one of its kind has."""


def bomb(packed: int, unpacked: int) -> str | None:
    """What to say of so many bytes packed into so few; None of honest ones.

    >>> bomb(1000, 9_000), bomb(100_000, 100_000_000)
    (None, 'it is packed more than 200 to 1: a decompression bomb?')
    """
    if unpacked > _SMALL and unpacked > HIGHEST_RATIO * packed:
        return f"it is packed more than {HIGHEST_RATIO} to 1: a decompression bomb?"
    return None


class Unpacked:
    """Lines of a packed file, as long as it is no decompression bomb.

    Parameters
    ----------
    file : binary file
        What gives the unpacked bytes.
    packed : int
        The size of the packed file, in bytes.
    """

    def __init__(self, file: IO[bytes], packed: int) -> None:
        self._file = file
        self._packed = packed
        self._unpacked = 0

    def readline(self, limit: int) -> bytes:
        """The next line, or its first `limit` bytes.

        Raises
        ------
        TooMuchError
            If it is a bomb.
        """
        line = self._file.readline(limit)
        self._unpacked += len(line)
        if trouble := bomb(self._packed, self._unpacked):
            raise TooMuchError(trouble)
        return line


class Rows:
    """Rows of a table whose rows are of lines, none longer than an article.

    Parameters
    ----------
    file : text file
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._used = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(2 * MAX_BYTES):
            self._used += len(line)
            if self._used >= 2 * MAX_BYTES:
                raise TooMuchError(f"the row is longer than {2 * MAX_BYTES:,} characters")
            yield line

    def begin(self) -> None:
        """Say that a new row begins."""
        self._used = 0
