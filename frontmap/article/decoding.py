"""Decoding: bytes become text, in the encoding given, declared or likeliest."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from frontmap.errors import ArticleError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF", "a PDF", "extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, ODT or EPUB)", "unpack it or save it as text"),
    (b"\x89PNG", "a picture", "give the text of the article"),
    (b"\xff\xd8\xff", "a picture", "give the text of the article"),
    (b"GIF8", "a picture", "give the text of the article"),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ", "an xz file", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as text first"),
    (b"{\\rtf", "an RTF file", "save it as text first"),
    (b"SQLite format 3", "a database", "give the text of the article"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # none of them stands in text
# What browsers take these declarations for: the larger set that holds the one declared.
_MEANT = {"iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
# Where ISO 8859-15 differs from windows-1252: letters there, signs here (¤ ¦ ¨ ´ ¸ ¼ ½ ¾).
_EURO = 0xA4
_LETTERS_15 = frozenset((0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE))
_CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866")
_CYRILLIC_SHARE = 0.25  # of all bytes above 7F: more than any text in Latin script has


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode the bytes of an article.

    Parameters
    ----------
    data : bytes
    name : str
        What messages call the input.
    encoding : str, optional
        The encoding, if the caller knows it; bytes that are not in it are an error.

    Returns
    -------
    str, tuple[str, ...]
        The text, and notes for readers where the encoding had to be guessed.

    Raises
    ------
    ArticleError
        If the bytes are no text, or not in the `encoding` given.

    >>> decode("Preis: 3 € für Brühe".encode("iso8859-15"), "x")[0]
    'Preis: 3 € für Brühe'
    """
    if encoding is not None:
        return _decode_as(data, name, encoding), ()
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace"), ()
    for magic, what, remedy in _BINARY:
        if data.startswith(magic):
            raise ArticleError(f"{name} is {what}, not text; {remedy}")
    if utf16 := _unmarked_utf16(data):
        return data.decode(utf16, "replace"), (f"read as {utf16}, by its zero bytes",)
    if len(_CONTROLS.findall(data[:4096])) * 20 > len(data[:4096]):
        raise ArticleError(f"{name} is no text but binary data; give the text of the article")
    if declared := _declared(data):
        try:
            return data.decode(declared), ()
        except UnicodeDecodeError:
            pass  # declarations are often wrong
    return _guess(data)


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        if not getattr(codec, "_is_text_encoding", True):
            raise LookupError
    except (LookupError, ValueError) as error:
        raise ArticleError(
            f"encoding={encoding!r} is unknown; give one like 'utf-8' or 'windows-1252'"
        ) from error
    if codec.name == "utf-8":
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise ArticleError(
            f"{name} is not in {encoding} ({error}); leave out encoding= to have it found out"
        ) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of text in Latin script is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 2 > half and even * 20 < half:
        return "utf-16-le"
    if even * 2 > half and odd * 20 < half:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    label = (match[1] or match[2]).decode("ascii", "ignore")
    try:
        codec = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if not getattr(codec, "_is_text_encoding", True) or codec.name.startswith(("utf-16", "utf-32")):
        return None
    return _MEANT.get(codec.name, codec.name)


def _guess(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8; or UTF-8 with stray bytes of windows-1252; or a single-byte encoding."""
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    loose = data.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in loose)
    whole = sum(character >= "\x80" for character in loose) - stray
    if whole > stray:
        text = re.sub("[\udc80-\udcff]", _stray, loose)
        return text, (f"read as UTF-8 with {stray} bytes of windows-1252 among it",)
    codec = _single_byte(data)
    return "".join(_characters(data, codec)), (f"read as {codec}, the likeliest encoding",)


def _stray(match: re.Match[str]) -> str:
    byte = ord(match.group()) - 0xDC00
    return bytes([byte]).decode("cp1252", "replace")


def _characters(data: bytes, codec: str) -> Iterator[str]:
    """Decode; bytes that the codec leaves undefined become control characters, for `repair`."""
    table = [bytes([b]).decode(codec, "replace").replace("\ufffd", chr(b)) for b in range(256)]
    return map(table.__getitem__, data)


def _single_byte(data: bytes) -> str:
    high = bytes(byte for byte in data if byte >= 0x80)
    if len(high) > _CYRILLIC_SHARE * len(data):
        return max(_CYRILLIC, key=lambda codec: _small_cyrillic(high, codec))
    if any(byte < 0xA0 for byte in high):
        return "cp1252"
    if _EURO in high or any(_between_letters(data, i) for i in _places(data, _LETTERS_15)):
        return "iso8859-15"
    return "cp1252"


def _small_cyrillic(high: bytes, codec: str) -> int:
    """How many bytes are small Cyrillic letters: most are, in the right encoding."""
    return sum("а" <= c <= "я" or c in "іїєґё" for c in high.decode(codec, "replace"))


def _places(data: bytes, wanted: frozenset[int]) -> Iterator[int]:
    return (index for index, byte in enumerate(data) if byte in wanted)


def _between_letters(data: bytes, index: int) -> bool:
    left, right = data[max(0, index - 1) : index], data[index + 1 : index + 2]
    return left.isalpha() and right.isalpha()
