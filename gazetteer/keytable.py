"""Lines of text addressed by number or, where they are sorted, by content.

The layout is described in `gazetteer.format`. Nothing is parsed when a file is opened but the
heads of the blocks, a thirtieth of the keys.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from mmap import mmap

from gazetteer.errors import GazetteerFileError

__all__ = ["KeyTable", "LineTable", "pack_keys", "pack_lines"]


class LineTable:
    """Lines addressed by number.

    Parameters
    ----------
    content : mmap or bytes
        The whole file.
    start, length : int
        Where the text of the lines lies in it.
    at : sequence of int
        Offsets of the blocks in the text.
    per_block : int
        Lines a block.
    path : str
        The file, for messages.
    """

    __slots__ = ("_at", "_content", "_end", "_path", "_per_block", "_start")

    def __init__(
        self,
        content: mmap | bytes,
        start: int,
        length: int,
        at: Sequence[int],
        per_block: int,
        path: str = "",
    ) -> None:
        self._path = path
        self._content = content
        self._start = start
        self._end = start + length
        self._at = at
        self._per_block = per_block

    def _damaged(self, reason: str) -> GazetteerFileError:
        return GazetteerFileError(
            f"the gazetteer file {self._path} is damaged: {reason}; build or install it again"
        )

    def _block(self, number: int) -> bytes:
        """Bytes of a block with the line end before it and its own last one."""
        start = self._start + self._at[number]
        return self._content[start : self._start + self._at[number + 1] + 1]

    def line(self, number: int) -> str:
        """Text of a line.

        Raises
        ------
        GazetteerFileError
            If the file's offsets are wrong.
        """
        block, position = divmod(number, self._per_block)
        try:
            return self._block(block)[1:-1].split(b"\n")[position].decode()
        except (IndexError, UnicodeDecodeError) as error:
            raise self._damaged(f"line {number} is not where it should be") from error

    def __iter__(self) -> Iterator[str]:
        """All lines, block by block."""
        for block in range(len(self._at) - 1):
            try:
                yield from self._block(block)[1:-1].decode().split("\n")
            except UnicodeDecodeError as error:
                raise self._damaged("a text is not UTF-8") from error


class KeyTable(LineTable):
    """Lines in byte order, addressed by number or found by content."""

    __slots__ = ("_heads",)

    def __init__(
        self,
        content: mmap | bytes,
        start: int,
        length: int,
        at: Sequence[int],
        per_block: int,
        heads: bytes,
        path: str = "",
    ) -> None:
        super().__init__(content, start, length, at, per_block, path)
        self._heads = heads.split(b"\n")
        if len(self._heads) != len(at) - 1 and not (len(at) == 1 and heads == b""):
            raise self._damaged("blocks and heads differ in number")

    def find(self, key: str) -> int:
        """Number of the line that equals `key`, or -1."""
        wanted = key.encode("utf-8", "surrogatepass")
        number = bisect_right(self._heads, wanted) - 1
        if number < 0 or b"\n" in wanted or len(self._at) == 1:
            return -1
        # as `_block`, without the call
        start, at = self._start, self._at
        block = self._content[start + at[number] : start + at[number + 1] + 1]
        position = block.find(b"\n" + wanted + b"\n")
        if position < 0:
            return -1
        return number * self._per_block + block.count(b"\n", 0, position)

    def lower_bound(self, wanted: bytes) -> int:
        """Number of the first line not less than `wanted`."""
        number = bisect_right(self._heads, wanted) - 1
        if number < 0 or len(self._at) == 1:
            return 0
        lines = self._block(number)[1:-1].split(b"\n")
        for position, line in enumerate(lines):
            if line >= wanted:
                return number * self._per_block + position
        return number * self._per_block + len(lines)

    def has_prefix(self, prefix: str) -> bool:
        """Whether a line starts with `prefix`."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        number = bisect_right(self._heads, wanted)
        if b"\n" in wanted or len(self._at) == 1:
            return False
        if number and self._block(number - 1).find(b"\n" + wanted) >= 0:
            return True
        # The first line with the prefix may open the next block. The head is a start of that line
        # and greater than the prefix, so it begins with it too.
        return number < len(self._heads) and self._heads[number].startswith(wanted)

    def prefix_range(self, prefix: str) -> tuple[int, int]:
        """Numbers of the lines that start with `prefix`: first, and one past the last."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        first = self.lower_bound(wanted)
        # 0xff is in no UTF-8 text, so this is greater than every line with the prefix
        return first, self.lower_bound(wanted + b"\xff")

    def text(self) -> memoryview:
        """All lines as UTF-8, each ended by a line end, one before the first; not copied."""
        return memoryview(self._content)[self._start : self._end]

    def lines(self, first: int, last: int) -> list[str]:
        """Texts of the lines `first` up to but not including `last`."""
        if first >= last:
            return []
        low, skip = divmod(first, self._per_block)
        high = -(-last // self._per_block)
        start = self._start + self._at[low] + 1
        text = self._content[start : self._start + self._at[min(high, len(self._at) - 1)]]
        try:
            return text.decode().split("\n")[skip : skip + last - first]
        except UnicodeDecodeError as error:
            raise self._damaged("a text is not UTF-8") from error


def pack_lines(lines: Iterable[str], per_block: int) -> tuple[bytes, array[int]]:
    """Text and block offsets of a line table."""
    text = bytearray(b"\n")
    at = array("I")
    for number, line in enumerate(lines):
        if number % per_block == 0:
            at.append(len(text) - 1)
        text += line.encode() + b"\n"
    at.append(len(text) - 1)
    return bytes(text), at


def pack_keys(keys: Sequence[str], per_block: int) -> tuple[bytes, array[int], bytes]:
    """Text, block offsets and heads of a key table; `keys` in byte order, each once."""
    text, at = pack_lines(keys, per_block)
    heads: list[bytes] = []
    for number in range(0, len(keys), per_block):
        first = keys[number].encode()
        before = keys[number - 1].encode() if number else b""
        heads.append(_separator(before, first))
    return text, at, b"\n".join(heads)


def _separator(before: bytes, first: bytes) -> bytes:
    """The shortest start of `first` that is greater than `before`."""
    for length in range(1, len(first)):
        if first[:length] > before:
            return first[:length]
    return first
