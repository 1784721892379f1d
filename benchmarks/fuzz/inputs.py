"""Inputs for the fuzzer: own texts and files, cut, spliced, repeated, sprinkled with oddities."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

__all__ = ["MARK", "bytes_input", "numbers_input", "sentences", "text_input"]

ROOT = Path(__file__).parent.parent.parent
# Most faults show on little text, and little text is quick: one in a hundred is long all the same.
LENGTHS = (20, 40, 80, 160, 300, 1200)
LENGTH_WEIGHTS = (24, 30, 24, 12, 4, 1)
WORD_COUNTS = (2, 4, 8, 16, 40)
WORD_WEIGHTS = (8, 8, 6, 2, 1)
MARK = "frontmap-injected"
"""Stands in every injection, so that an output can be searched for one that came through."""
# What has broken readers of text: invisible letters, injections, broken encodings, endless signs.
FRAGMENTS = (
    "\x00", "\ufeff", "\xad", "\u200d", "\u202e", "\u2028", "\x85", "\xa0", "\u2009", "\ud800",
    "İ", "ß", "ẞ", "ﬁ", "Ⅻ", "é", "🇺🇦", "\U000e0041", "{{7*7}}", "${7*7}", "{% raw %}",
    "<script>", "</script>", "</p><p>", "]]>", "&#x0;", "=cmd|' /C calc'!A0", "sĂŒdlich", "fÃ¼r",
    "+++ 12:49 ", "+++", "\r\n", "\t", "\n\n", "»«„“", "((((((((", ")))))",
    "--------------------------------------------------", "...", "–", "; ", ": ", ", ",
    "Nowo- und Staromajorske", "Покровська", "östlich, westlich und südlich von ",
    "haben nach Angaben ", "57 ", "99999999999999999999 Angriffe ", "am 31. Februar ",
    "seit 0000-00-00 ", "nicht ", "dementierte, dass ", "wollen ", "bei ", "in der Oblast ",
    "10 Kilometer ", "St. Petersburg", "www.example.org/Kiew", "@Cherson", "#Bachmut", "Donezk-",
    "-Donezk", "Donezk", "Moskaus ", "\ud83c", "\udfff\ud800", "\u2066", "\u2069", "\u202a\u202c",
    "\u0308", "a\u0308\u0301\u0323", "\u20dd", "\ufe0f", "\u200b", "\u2060", "\ufffe", "\uffff",
    "\U0010ffff", "\u0601", "\u1680", "\u3164", "ſ", "ĳ", "ΐ", "\u0345", "Ⓚⓘⓔⓦ", "Ｋｉｅｗ", "𝐊𝐢𝐞𝐰",
    "Кiew", "Кyїв", "1e309 Kilometer ", "٣ Dörfer ", "²³ Angriffe ", "½ Dorf ", "0x1F Angriffe ",
    "-7 Dörfer ",
    "9999999999 Kilometer südlich von ", "am 99.99.9999 ", "am 30. Februar 2024 ", "27.11.0001",
    "im Jahr 10000 ", "24:61 Uhr ", "„„„„", "»»»»", "((([[[{{{", "(Kiew (Charkiw (Lwiw ",
    f"<{MARK} onload=x>", f"'\"><{MARK}>", f"</title><{MARK}>", f"--><{MARK}>", f"&lt;{MARK}&gt;",
    f"=HYPERLINK(\"{MARK}\")", f"@SUM({MARK})", f"+{MARK}", f"-{MARK}", f"\t={MARK}", f"\r={MARK}",
    f"javascript:{MARK}", f"]]><{MARK}/>", "<?xml version='1.0'?>", "\x1b[31m", "\x08\x7f",
    "../../", "C:\\", "%s%n", "\\", "';--", "Nicht aber: ", "wonach ", "dass er, so ", " - ", "→",
    "Angaben zufolge ", "weder ", "sowie ", "bzw. ", "etwa 3.500.000 ", "Donezk/Luhansk",
    "der die das ",
)  # fmt: skip
BYTES = (
    b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\x81", b"<html>", b"<!--", b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"%PDF", b"PK\x03\x04", b"<meta charset=utf-16>",
    b"<meta charset=rot13>", b'"', b"{", b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", b"\n",
    b"1e999", b"NaN", b"null", b"-1", b"\\ud800", b"\xe2\x82", b"\xf0\x9f\x87", b"\xc0\xaf",
    b"\x1f\x8b\x08", b"\x00\xd8", b"<a>" * 40, b"&#xD800;", b"&#1114112;", b"\r", b"\xc2", b"\xd0",
    b"<![endif]-->", b"<title>", b"<script>", b"<plaintext>", b"<svg><style>", b"9" * 400,
    b'{"a":' * 40, b"12345678901234567890", b"Infinity", b"true", b"[]", b"{}", b"\x1a",
)  # fmt: skip

# Changes of a whole text: other letters, other case, other composition, marks between all letters.
LOOKALIKES = str.maketrans("aeopcxyKAEOPCTBMH", "аеорсхуКАЕОРСТВМН")
WHOLE: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    str.swapcase,
    lambda text: text.translate(LOOKALIKES),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKC", text),
    lambda text: text.translate(
        {ord(a): b for a, b in zip("äöüß", ("ae", "oe", "ue", "ss"), strict=True)}
    ),
    lambda text: text[::-1],
    lambda text: "\u202e" + text + "\u202c",
    "\xad".join,
    lambda text: "".join(c + "\u0301" for c in text),
    lambda text: text.replace(" ", ""),
    lambda text: text.replace(" ", "\xa0 \u2009"),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace("n", "n-\n"),
    lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    lambda text: text.encode("utf-8", "replace")[:-1].decode("utf-8", "replace"),
    lambda text: text.encode("utf-16-le", "surrogatepass")[1:].decode("utf-16-le", "replace"),
)


@cache
def sentences() -> tuple[str, ...]:
    """Own sentences: the example reports, and the cases of the tests where they are."""
    found = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    for path in sorted((ROOT / "tests/cases").rglob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                found += [cell for cell in line.split("\t") if cell.count(" ") > 3]
    return tuple(found)


@cache
def _words() -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(r"\S+", " ".join(sentences())))))


def text_input(chance: random.Random) -> str:
    """A text: sentences cut and spliced, or words in no order, with oddities between."""
    drawn = chance.random()
    if drawn < 0.003:
        return _endless(chance)
    if drawn < 0.3:
        count = chance.choices(WORD_COUNTS, WORD_WEIGHTS)[0]
        text = " ".join(chance.choice(_words()) for _ in range(count))
    else:
        text = chance.choice(sentences())
        start = chance.randrange(len(text)) if len(text) > 500 or chance.random() < 0.2 else 0
        text = text[start:][: chance.choices(LENGTHS, LENGTH_WEIGHTS)[0]]
        if chance.random() < 0.2:
            text += chance.choice((" ", "\n", ", ")) + chance.choice(sentences())[:100]
    if chance.random() < 0.05:
        text = chance.choice(WHOLE)(text)
    for _ in range(chance.randrange(5)):
        text = _changed(text, chance)
    return text


def _changed(text: str, chance: random.Random) -> str:
    """A text changed in one place."""
    at = chance.randrange(len(text) + 1)
    match chance.randrange(6):
        case 0 | 1:
            return text[:at] + chance.choice(FRAGMENTS) + text[at:]
        case 2:
            new = chance.choice((chance.randrange(256), chance.randrange(0x3000)))
            return text[:at] + chr(new) + text[at + 1 :]
        case 3:
            return text[:at] + text[at + chance.randrange(20) :]
        case 4:
            return text[:at] + text[at : at + 40] * chance.randrange(4) + text[at:]
    return text[:at] + " " + chance.choice(_words()) + " " + text[at:]


def _endless(chance: random.Random) -> str:
    """Thousands of names, one line without a blank, or brackets in brackets."""
    words = [chance.choice(_words()) for _ in range(chance.choice((50, 600)))]
    match chance.randrange(5):
        case 0:
            return ", ".join(word for word in words if word[:1].isupper())
        case 1:
            return "".join(words)
        case 2:
            return "-".join(words)
        case 3:
            return "".join(chance.choice("([„»<{") + word for word in words)
    return (chance.choice(words) + chance.choice((" ", ", ", "\n", "\u0301", ""))) * len(words)


def bytes_input(seed: bytes, chance: random.Random, *, longest: int = 1500) -> bytes:
    """A seed's bytes, changed in a few places; `longest` bytes of it at most."""
    start = chance.randrange(len(seed)) if len(seed) > longest else 0
    data = bytearray(seed[start : start + longest])
    for _ in range(chance.randrange(1, 7)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[at:at] = chance.choice(BYTES)
            case 1:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 2:
                del data[at : at + chance.choice((1, 4, 30))]
            case 3:
                data[at:at] = data[at : at + 40] * chance.randrange(4)
            case _:
                data[at:at] = chance.choice(FRAGMENTS).encode("utf-8", "surrogatepass")
    return bytes(data)


def numbers_input(seed: bytes, chance: random.Random) -> bytes:
    """A seed with some of its numbers replaced, still in its format."""
    odd = (
        "0",
        "-0.0",
        "37.5",
        "48.5",
        "37.500000001",
        "1e300",
        "-181",
        "91",
        "NaN",
        "null",
        "2e-308",
    )
    share = chance.choice((0.02, 0.1, 0.5))
    return re.sub(
        rb"\b\d+\.\d+\b",
        lambda m: chance.choice(odd).encode() if chance.random() < share else m[0],
        seed,
    )
