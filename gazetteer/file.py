"""Open a compiled gazetteer file: mapped into memory, checked, its sections as arrays.

The layout is described in `gazetteer.format`. Every damage ends in a `GazetteerFileError`: the
checksum is compared at opening, and the sizes that look-ups rely on are checked against each other,
so that a file with a forged checksum can give wrong answers but no crash.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import zlib
from array import array
from collections.abc import Sequence

from gazetteer import layout
from gazetteer.errors import GazetteerFileError
from gazetteer.grid import MOST_CELLS, Grid
from gazetteer.keytable import KeyTable, LineTable
from gazetteer.place import Kind, PositionSource, Status

TYPE_CHECKING = False  # spares the import of typing when a gazetteer is opened
if TYPE_CHECKING:
    from typing import Any, Literal

__all__ = ["GazetteerFile"]

_AGAIN = "build it again with `frontmap gazetteer build` or install frontmap again"
_SIZES = {"B": 1, "I": 4, "i": 4}
_MAX_SECTIONS = 1000
_FORMER_LINES = {"id": 32, "place": 8, "names": 4, "unit": 8, "key": 32, "register": 32}


class GazetteerFile:
    """The sections of one file.

    Parameters
    ----------
    path : path-like
        Kept as text; opening does without pathlib, which alone would take a tenth of the time.

    Raises
    ------
    GazetteerFileError
        If the file is missing, unreadable, truncated, foreign, damaged or of another version.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self.content = self._map()
        self._sections = self._table()
        try:
            self._load()
        except (KeyError, TypeError, ValueError, IndexError, RecursionError) as error:
            raise self.damaged(f"its parts do not fit together ({error})") from error

    def _map(self) -> mmap.mmap | bytes:
        try:
            with open(self.path, "rb") as file:  # noqa: PTH123 - without pathlib, see above
                if os.fstat(file.fileno()).st_size < layout.HEADER.size + 4:
                    return file.read(layout.HEADER.size + 4)
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise GazetteerFileError(
                f"there is no gazetteer file {self.path}; give the path of a file made by "
                "`frontmap gazetteer build`"
            ) from error
        except (OSError, ValueError) as error:
            raise GazetteerFileError(
                f"the gazetteer file {self.path} cannot be read: {error}"
            ) from error

    def damaged(self, reason: str) -> GazetteerFileError:
        """The error that says what is wrong with the file, and what to do."""
        return GazetteerFileError(f"the gazetteer file {self.path} is damaged: {reason}; {_AGAIN}")

    def _table(self) -> dict[str, tuple[int, int]]:
        """Check header and checksum; return offset and length of each section."""
        content = self.content
        size = layout.HEADER.size
        if content[:8] != layout.MAGIC[:8]:
            raise GazetteerFileError(
                f"{self.path} is no gazetteer file; give the path of a file made by "
                "`frontmap gazetteer build`"
            )
        if len(content) < size + 4:
            raise self.damaged("it ends inside its header")
        _, version, count, length, checksum = layout.HEADER.unpack(content[:size])
        if struct.unpack("<I", content[size : size + 4])[0] != zlib.crc32(content[:size]):
            raise self.damaged("its header does not have the checksum it states")
        if version != layout.FORMAT_VERSION:
            raise GazetteerFileError(
                f"the gazetteer file {self.path} has format version {version}, this release reads "
                f"{layout.FORMAT_VERSION}; {_AGAIN}"
            )
        if length != len(content):
            raise self.damaged(f"it has {len(content)} bytes of {length}")
        start = size + 4
        if count > _MAX_SECTIONS or start + count * layout.ENTRY.size > length:
            raise self.damaged(f"it claims to have {count} sections")
        with memoryview(content) as view, view[start:] as body:
            if zlib.crc32(body) != checksum:
                raise self.damaged("its content does not have the checksum it states")
        sections: dict[str, tuple[int, int]] = {}
        for number in range(count):
            at = start + number * layout.ENTRY.size
            name, offset, extent = layout.ENTRY.unpack(content[at : at + layout.ENTRY.size])
            if offset % 8 or offset + extent > length:
                raise self.damaged(f"section {number} lies outside it")
            sections[name.rstrip(b"\0").decode("ascii", "replace")] = (offset, extent)
        return sections

    def _load(self) -> None:
        offset, length = self._sections["meta"]
        self.meta: dict[str, Any] = json.loads(self.content[offset : offset + length])
        self.ids = self._keys("id")
        self.places = self._lines("place")
        self.names = self._lines("names")
        self.units = self._lines("unit")
        self.keys = self._keys("key")
        self.registers = self._keys("register")
        self.register_places = self.numbers("register.place", "I")
        self.columns = {name: self.numbers(name, code) for name, code in layout.COLUMNS.items()}
        self.order = self.numbers("order", "I")
        self.ranks = self.numbers("place.rank", "I")
        self.first = self.numbers("key.first", "I")
        self.more = self.numbers("key.more", "I")
        self.more_ends = self.numbers("more.end", "I")
        self.more_list = self.numbers("more.list", "I")
        self.cell_starts = self.numbers("cell.start", "I")
        self.cell_places = self.numbers("cell.place", "I")
        self.grid = Grid(**self.meta["grid"])
        self.name_attributes = [tuple(map(str, four)) for four in self.meta["name_attributes"]]
        self.kinds = tuple(Kind(word) for word in self.meta["kind_words"])
        self.origins = tuple(PositionSource(word) for word in self.meta["position_words"])
        for _, _, status, _ in self.name_attributes:
            Status(status)
        self.count = len(self.order)
        self._check_sizes()

    def _check_sizes(self) -> None:
        count = self.count
        equal = [*self.columns.values(), self.ranks, self.cell_places]
        if any(len(column) != count for column in equal) or self.meta["places"] != count:
            raise self.damaged("its columns differ in length")
        if len(self.more) != len(self.more_ends):
            raise self.damaged("its lists of places differ in length")
        grid = self.grid
        if not all(isinstance(number, int) for number in (grid.columns, grid.rows)):
            raise self.damaged("its grid has no whole number of cells")
        if not (0 < grid.columns <= MOST_CELLS and 0 < grid.rows <= MOST_CELLS):
            raise self.damaged(f"its grid has {grid.columns} by {grid.rows} cells")
        sane = (
            -180 <= grid.west <= 180
            and -90 <= grid.south <= 90
            and 1e-12 < grid.width <= 361
            and 1e-12 < grid.height <= 181
        )
        if not sane:
            raise self.damaged("its grid lies outside the world")
        if len(self.cell_starts) != grid.columns * grid.rows + 1:
            raise self.damaged("its grid differs in size from its cells")

    def numbers(self, name: str, code: Literal["B", "I", "i"]) -> Sequence[int]:
        """A section as an array of whole numbers."""
        offset, length = self._sections[name]
        if length % _SIZES[code]:
            raise self.damaged(f"section {name} is cut off")
        if sys.byteorder == "big":
            swapped: array[int] = array(code, self.content[offset : offset + length])
            swapped.byteswap()
            return swapped
        return memoryview(self.content)[offset : offset + length].cast(code)

    def _lines(self, name: str) -> LineTable:
        offset, length, at = self._located(name)
        return LineTable(self.content, offset, length, at, layout.LINES_PER_BLOCK[name], self.path)

    def _keys(self, name: str) -> KeyTable:
        offset, length, at = self._located(name)
        start, extent = self._sections[f"{name}.head"]
        heads = self.content[start : start + extent]
        per_block = self._per_block(name)
        return KeyTable(self.content, offset, length, at, per_block, heads, self.path)

    def _per_block(self, name: str) -> int:
        number = self.meta.get("lines_per_block", _FORMER_LINES)[name]
        if not isinstance(number, int) or not 0 < number <= layout.MOST_LINES:
            raise self.damaged(f"it has {number!r} lines a block of {name}")
        return number

    def _located(self, name: str) -> tuple[int, int, Sequence[int]]:
        offset, length = self._sections[f"{name}.text"]
        at = self.numbers(f"{name}.at", "I")
        if not len(at) or at[-1] + 1 != length or at[0] != 0:
            raise self.damaged(f"section {name} is cut off")
        return offset, length, at
