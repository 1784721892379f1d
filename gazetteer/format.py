"""The compiled gazetteer file: how it is laid out, and how it is written.

One file holds every place with all its names, ready to be mapped into memory and asked without
being parsed. Everything is little-endian; texts are UTF-8; the file holds no date, so the same
places give the same bytes.

========  =====================================================================================
bytes     header
========  =====================================================================================
0-7       magic, `MAGIC`; its line ends show a file damaged by a text-mode transfer
8-11      format version, `FORMAT_VERSION`
12-15     number of sections
16-23     length of the file
24-27     CRC-32 of all that follows the header
28-31     CRC-32 of bytes 0 to 27
32-       table of sections: name (16 bytes), offset (u64), length (u64) each; then the sections,
          each starting at a multiple of 8
========  =====================================================================================

A *line table* ``X`` is two sections: ``X.text``, lines each ended by ``\\n`` with one ``\\n`` in
front, and ``X.at``, the offset of the ``\\n`` before every n-th line (``lines_per_block`` in meta)
and, last, of the final one. A *key table* is a line table with its lines in byte order and a third
section ``X.head``, a line a block: the shortest text that is greater than the line before the
block and not greater than its first line.

========  =====================================================================================
section   content
========  =====================================================================================
meta      JSON: counts, attributions, source versions, name attributes, rules checksum
id        key table: the ids, in byte order; the number of its line is the number of a place
place     line table: name, German name, then ``register=value`` pairs, separated by ``\\x1f``
names     line table: every name after a character that gives its attributes, ``\\x1f`` between;
          spellings that mix schemes are not among them, their text follows from the key
unit      line table: ids and German names of the containing units, each once
key       key table: every folded name
register  key table: ``register:value`` of every other register, and register.place, u32
lon lat   i32, degrees times `DEGREE`
more...   a column a section, see `COLUMNS`
order     u32: rank to place, the most prominent place first; place.rank the inverse
key.first u32 a key: rank << 9 | number of the name << 1 | whether the key has more places
key.more  u32, ascending: the keys with more places; more.end: where their lists end in
          more.list, which holds the rest of the places of these keys, best first
cell.*    places sorted by the cell of a longitude-latitude grid, see `gazetteer.grid`
========  =====================================================================================

A key's places stand best first: an official name or exonym before a romanised one before a
former name or a guessed spelling, then by prominence (`gazetteer.ranking`).
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gazetteer.layout import ENTRY, FORMAT_VERSION, HEADER, MAGIC
from gazetteer.place import Place

__all__ = ["FORMAT_VERSION", "Attribution", "write"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom the data of one source is owed to.

    Attributes
    ----------
    source : str
        Key of the source as it stands in `Name.source` and `Place.position_source`.
    text : str
        The line that is to be shown with the data.
    licence : str
        SPDX identifier or plain name of the licence.
    url : str
        Where the source or its licence is found; may be empty.
    """

    source: str
    text: str
    licence: str
    url: str = ""


def write(
    places: Iterable[Place],
    path: str | os.PathLike[str],
    *,
    attributions: Iterable[Attribution] = (),
    source_versions: Mapping[str, str] | None = None,
    expand: bool = True,
) -> None:
    """Compile places into one gazetteer file.

    The file is written beside `path` and renamed; a failure leaves what was there.

    Parameters
    ----------
    places : iterable of Place
        In any order. `Place.names` holds the base names: official, historical, Russian, exonyms
        and the sources' alternates.
    path : path-like
        Where the file goes.
    attributions : iterable of Attribution
        One for each source, kept in order.
    source_versions : mapping of str to str, optional
        Source to version or edition, for `Gazetteer.info`.
    expand : bool
        Whether the forms that follow by rule from the base names are added
        (`gazetteer.romanization.generate`).

    Raises
    ------
    GazetteerBuildError
        If a place has no id, no name or no possible position, or two have the same id; it names
        the place.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from gazetteer import Kind
    >>> siwersk = Place("demo:1", "Сіверськ", "Siwersk", Kind.CITY, 38.1, 48.87, 500, 2000)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write([siwersk], pathlib.Path(folder) / "demo.gazetteer")
    ...     pathlib.Path(folder, "demo.gazetteer").read_bytes()[:4]
    b'\\x89GAZ'
    """
    from gazetteer.compilation import compile_sections

    sections = compile_sections(places, attributions, source_versions or {}, expand=expand)
    replace_file(Path(path), assemble(sections))


def assemble(sections: Mapping[str, bytes]) -> bytes:
    """Put sections behind a header and their table."""
    table = bytearray()
    body = bytearray()
    start = HEADER.size + 4 + ENTRY.size * len(sections)
    start += -start % 8
    for name, content in sections.items():
        encoded = name.encode("ascii")
        if len(encoded) > 16:
            raise ValueError(f"section name {name!r} is longer than 16 bytes")
        table += ENTRY.pack(encoded, start + len(body), len(content))
        body += content
        body += bytes(-len(body) % 8)
    table += bytes(start - HEADER.size - 4 - len(table))
    checksum = zlib.crc32(body, zlib.crc32(table))
    header = HEADER.pack(MAGIC, FORMAT_VERSION, len(sections), start + len(body), checksum)
    header += struct.pack("<I", zlib.crc32(header))
    return header + bytes(table) + bytes(body)


def replace_file(path: Path, content: bytes) -> None:
    """Write beside `path` and rename, so that a reader never sees half a file."""
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes the file private; a gazetteer is as readable as any other file
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
