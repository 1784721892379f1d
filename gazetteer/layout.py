"""Constants of the compiled file, shared by its writer and its reader; see `gazetteer.format`."""

from __future__ import annotations

import struct

from gazetteer.place import Kind, PositionSource

TYPE_CHECKING = False  # spares the import of typing when a gazetteer is opened
if TYPE_CHECKING:
    from typing import Literal

MAGIC = b"\x89GAZ\r\n\x1a\n"
FORMAT_VERSION = 1
HEADER = struct.Struct("<8sIIQI")
ENTRY = struct.Struct("<16sQQ")
# What a writer takes; a file states its own. Small blocks are quick, large ones small.
LINES_PER_BLOCK = {"id": 32, "place": 8, "names": 4, "unit": 8, "key": 8, "register": 32}
MOST_LINES = 4096
DEGREE = 10_000_000
NOTHING = 0xFFFFFFFF  # an absent number
FIELD = "\x1f"
FIRST_CODE = 0x21  # the first character that gives a name's attributes
# Numbers of names in postings that are no numbers: more than eight bits hold, found by folding; and
# the spellings that mix schemes, whose text is made from the key.
MANY, MIXED, MIXED_HISTORICAL = 255, 254, 253
MIXED_SCHEME = "mixed"

KINDS = tuple(Kind)
POSITION_SOURCES = tuple(PositionSource)
# column -> array type code; metres and inhabitants are whole numbers
COLUMNS: dict[str, Literal["B", "I", "i"]] = {
    "lon": "i",
    "lat": "i",
    "precision": "I",
    "extent": "I",
    "population": "I",
    "kind": "B",
    "position": "B",
    "country": "I",
    "oblast": "I",
    "raion": "I",
    "hromada": "I",
    "oblast_id": "I",
    "raion_id": "I",
    "hromada_id": "I",
}
