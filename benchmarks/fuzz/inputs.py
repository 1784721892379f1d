"""Inputs for the fuzzer: own texts and files, cut, spliced, repeated, sprinkled with oddities."""

from __future__ import annotations

import json
import random
import re
from functools import cache
from pathlib import Path

__all__ = [
    "bytes_input",
    "control_seeds",
    "feed_seeds",
    "numbers_input",
    "sentences",
    "table_seeds",
    "text_input",
]

ROOT = Path(__file__).parent.parent.parent
# Most faults show on little text, and little text is quick: one in a hundred is long all the same.
LENGTHS = (20, 40, 80, 160, 300, 1200)
LENGTH_WEIGHTS = (24, 30, 24, 12, 4, 1)
WORD_COUNTS = (2, 4, 8, 16, 40)
WORD_WEIGHTS = (8, 8, 6, 2, 1)
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
    "-Donezk", "Donezk", "Moskaus ",
)  # fmt: skip
BYTES = (
    b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\x81", b"<html>", b"<!--", b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"%PDF", b"PK\x03\x04", b"<meta charset=utf-16>",
    b"<meta charset=rot13>", b'"', b"{", b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", b"\n",
    b"1e999", b"NaN", b"null", b"-1", b"\\ud800",
)  # fmt: skip


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
    if chance.random() < 0.3:
        count = chance.choices(WORD_COUNTS, WORD_WEIGHTS)[0]
        text = " ".join(chance.choice(_words()) for _ in range(count))
    else:
        text = chance.choice(sentences())
        start = chance.randrange(len(text)) if len(text) > 500 or chance.random() < 0.2 else 0
        text = text[start:][: chance.choices(LENGTHS, LENGTH_WEIGHTS)[0]]
        if chance.random() < 0.2:
            text += chance.choice((" ", "\n", ", ")) + chance.choice(sentences())[:100]
    for _ in range(chance.randrange(5)):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(5):
            case 0:
                text = text[:at] + chance.choice(FRAGMENTS) + text[at:]
            case 1:
                text = text[:at] + chr(chance.choice((chance.randrange(256), chance.randrange(0x3000)))) + text[at + 1 :]  # fmt: skip  # noqa: E501
            case 2:
                text = text[:at] + text[at + chance.randrange(20) :]
            case 3:
                text = text[:at] + text[at : at + 40] * chance.randrange(4) + text[at:]
            case _:
                text = text[:at] + " " + chance.choice(_words()) + " " + text[at:]
    return text


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


def feed_seeds() -> tuple[bytes, ...]:
    """A small RSS and a small Atom file."""
    text = sentences()[0][:200]
    rss = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Lage</title><item><title>Meldung'
        "</title><link>https://example.org/1</link><guid>1</guid>"
        "<pubDate>Thu, 27 Nov 2025 10:00:00 +0100</pubDate>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item></channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Lage</title><entry><id>a</id><title>T'
        f'</title><link href="https://example.org/2"/><updated>2025-11-27T10:00:00Z</updated>'
        f"<content type='html'><![CDATA[<p>{text}</p>]]></content></entry></feed>"
    )
    return rss.encode(), atom.encode()


def table_seeds() -> tuple[tuple[str, bytes], ...]:
    """Suffix and content of small tables and archives of articles."""
    import io
    import zipfile

    rows = [
        {"id": str(n), "text": text[:150], "date": "2025-11-27", "url": "https://example.org"}
        for n, text in enumerate(sentences()[:3])
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    table = "id;text;date\n" + "".join(f'{r["id"]};"{r["text"]}";{r["date"]}\n' for r in rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            archive.writestr(f"{row['id']}.txt", row["text"])
    return (
        (".jsonl", lines.encode()),
        (".csv", table.encode()),
        (".zip", packed.getvalue()),
        *((".xml", feed) for feed in feed_seeds()),
    )


def control_seeds() -> tuple[bytes, ...]:
    """Polygons of control: a square, one with a hole, and a bow tie."""
    square = [[37.0, 48.0], [38.0, 48.0], [38.0, 49.0], [37.0, 49.0], [37.0, 48.0]]
    hole = [[37.2, 48.2], [37.4, 48.2], [37.4, 48.4], [37.2, 48.2]]
    tie = [[37.0, 48.0], [38.0, 49.0], [38.0, 48.0], [37.0, 49.0], [37.0, 48.0]]
    shapes = (
        {"type": "Polygon", "coordinates": [square, hole]},
        {"type": "MultiPolygon", "coordinates": [[square], [tie]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [tie]}]},
    )
    return tuple(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"date": "2025-11-27", "side": "occupied"},
                        "geometry": shape,
                    }
                ],
            }
        ).encode()
        for shape in shapes
    )
