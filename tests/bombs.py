"""Small files that would fill a machine's memory, and what reads them, under a limit of memory.

``python bombs.py FOLDER [NAME...]`` makes each, reads it, and prints a line of JSON for it: its
name and what came of it.
"""

from __future__ import annotations

import gzip
import io
import json
import resource
import struct
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOM = 500 << 20  # bytes a reader may take beyond what is loaded
LARGE = 2 << 30  # bytes a bomb unpacks to
PIECE = 8 << 20
MAKERS: dict[str, Callable[[Path], Path]] = {}


def bomb(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Keep what makes a file's content under the file's name."""

    def keep(maker: Callable[[], bytes]) -> Callable[[], bytes]:
        def make(folder: Path) -> Path:
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(maker())
            return path

        MAKERS[name] = make
        return maker

    return keep


def sparse(name: str, head: bytes) -> None:
    """Keep a file that begins so and goes on with zeros that take no room on disk."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.write(head)
            file.truncate(LARGE)
        return path

    MAKERS[name] = make


def gzipped(piece: bytes) -> bytes:
    """Many times the same gzip member: `LARGE` bytes."""
    return gzip.compress(piece, 9) * (LARGE // len(piece))


def zipped(name: str, *, head: bytes = b"", said: int = LARGE) -> bytes:
    """A ZIP of one member that unpacks to `LARGE` bytes and says that it has `said`."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(b"a" * PIECE) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = begin + piece * (LARGE // PIECE) + packer.flush()
    label = name.encode()
    common = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, 0, len(packed), said)
    local = b"PK\x03\x04" + common + struct.pack("<HH", len(label), 0) + label
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common
    central += struct.pack("<HHHHHII", len(label), 0, 0, 0, 0, 0, 0) + label
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(packed), 0)
    return local + packed + central + b"PK\x05\x06" + end


@bomb("overlapping.zip")
def overlapping() -> bytes:
    """A thousand entries of the table that name one member, each of them of an honest ratio."""
    buffer = io.BytesIO()
    text = bytes(range(256)) * 8 + b"a" * 100_000
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text * 10)
        member = archive.infolist()[0]
        for number in range(5000):
            again = zipfile.ZipInfo(f"{number}.txt")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(again, name, getattr(member, name))
            archive.filelist.append(again)
    return buffer.getvalue()


def laughs(body: str, root: str) -> bytes:
    """A document whose entities grow tenfold ten times."""
    entities = "<!ENTITY a0 'ha ha ha ha ha '>"
    for level in range(1, 10):
        entities += f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>"
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{entities}]>{body}".encode()


ITEM = "<item><title>T</title><description>{}</description></item>"
bomb("laughs.rss")(lambda: laughs(f"<rss><channel>{ITEM.format('&a9;')}</channel></rss>", "rss"))
bomb("quadratic.rss")(
    lambda: bytes(
        f"<!DOCTYPE rss [<!ENTITY a '{'ha ' * 50_000}'>]><rss><channel>"
        f"{ITEM.format('&a;' * 50_000)}</channel></rss>",
        "utf-8",
    )
)
bomb("siblings.rss")(lambda: b"<rss><channel>" + b"<x/>" * 300_000)
bomb("deep.rss")(lambda: b"<rss><channel><item>" + b"<x>" * 1_000_000)
bomb("laughs.kml")(
    lambda: laughs(
        "<kml xmlns='http://www.opengis.net/kml/2.2'><Document><Placemark><name>&a9;</name>"
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>&a9;</coordinates></LinearRing>"
        "</outerBoundaryIs></Polygon></Placemark></Document></kml>",
        "kml",
    )
)
bomb("laughs.gml")(
    lambda: laughs(
        "<FeatureCollection xmlns:gml='http://www.opengis.net/gml'><gml:featureMember><a><b>&a9;</b>"
        "</a></gml:featureMember></FeatureCollection>",
        "FeatureCollection",
    )
)
bomb("20251127.zip")(
    lambda: zipped("20251127.geojson", head=b'{"type": "FeatureCollection", "x": "')
)
bomb("20251127.kmz")(lambda: zipped("doc.kml", head=b"<kml><Document><name>"))
bomb("nested.geojson")(lambda: b'{"features": ' + b"[" * 1_000_000)
bomb("laughs.osm")(
    lambda: laughs("<osm><node id='1'><tag k='place' v='&a9;'/></node></osm>", "osm")
)
bomb("nested.json")(lambda: b"[" * 5_000_000)
bomb("line.jsonl.gz")(lambda: gzipped(b"a" * PIECE))
bomb("blank.jsonl.gz")(lambda: gzipped(b"\n" * PIECE))
bomb("member.zip")(lambda: zipped("a.txt"))
bomb("liar.zip")(lambda: zipped("a.txt", said=1000))
bomb("table.zip")(lambda: zipped("a.csv", head=b"text,date\n"))
bomb("lying table.zip")(lambda: zipped("a.csv", head=b"text,date\n", said=10 << 20))
bomb("UA.zip")(lambda: zipped("UA.txt"))
bomb("UA.txt.gz")(lambda: gzipped(b"a" * PIECE))
sparse("line.csv", b"text,date\n")
sparse("line.jsonl", b'{"text": "')
sparse("text.txt", b"Kiew meldet")
sparse("text.html", b"<html><body><p>Kiew meldet")
sparse("sparse.json", b'{"text": "')
sparse("sparse.gazetteer", b"")


@bomb("headers.warc.gz")
def headers() -> bytes:
    """A record whose header has hundreds of millions of short lines."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    begin = packer.compress(b"WARC/1.0\r\n") + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(b"a: b\r\n" * (PIECE // 6)) + packer.flush(zlib.Z_FULL_FLUSH)
    return begin + piece * (LARGE // PIECE) + packer.flush()


sparse("sparse.warc", b"WARC/1.0\r\nWARC-Type: response\r\n")


@bomb("bomb.warc.gz")
def warc() -> bytes:
    """A page that is packed twice, by the crawl and by its server."""
    page = gzipped(b"a" * PIECE)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n"
        b"WARC-Date: 2025-11-27T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        + f"Content-Length: {len(head) + len(page)}\r\n\r\n".encode()
    )
    return gzip.compress(record + head + page + b"\r\n\r\n")


@bomb("rows.parquet")
def parquet() -> bytes:
    """Two hundred rows with one value of 15 MB: stored once."""
    import pyarrow
    from pyarrow import parquet

    indices = pyarrow.array([0] * 200, pyarrow.int32())
    column = pyarrow.DictionaryArray.from_arrays(indices, pyarrow.array(["a" * (15 << 20)]))
    buffer = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": column}), buffer, store_schema=False)
    return buffer.getvalue()


def read(path: Path) -> str:
    """Read a file as what it is, and say what came of it."""
    import frontmap as fm
    from frontmap.corpus import find_documents
    from frontmap.ledger import Ledger
    from gazetteer import Gazetteer
    from gazetteer.sources.geonames_dump import read_geonames_dump
    from gazetteer.sources.osm import read_osm

    name = path.name
    if name.startswith("UA"):
        return f"{len(read_geonames_dump(path))} rows"
    if name.endswith(".osm"):
        return f"{len(read_osm(path))} rows"
    if name.endswith(".gazetteer"):
        return f"{len(Gazetteer.open(path))} places"
    if name.startswith("2025") or name.endswith((".kml", ".gml", ".geojson")):
        return f"{fm.Control.read(path, date='2025-11-27').days}"
    if name == "rows.parquet":
        try:
            Ledger.read([path])
        except fm.FrontmapError as error:
            print(json.dumps([f"ledger of {name}", f"refused: {error}"]))
    return _documents(find_documents(path))


def _documents(documents: Any) -> str:
    import frontmap as fm

    count, said = 0, ""
    for document in documents:
        count += 1
        try:
            document.read() if document.trouble or count < 3 else None
        except fm.ArticleError as error:
            said = said or str(error)
    return f"{count} documents; {said[:300]}"


def main() -> None:
    """Read every bomb in this process, its memory limited."""
    import frontmap as fm
    from gazetteer import GazetteerError

    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1])
    warm = folder / "warm.txt"
    warm.write_text("Kiew meldet Angriffe bei Torezk.", encoding="utf-8")
    fm.analyze(fm.read(warm))
    import geopandas  # noqa: F401
    import pyarrow.parquet  # noqa: F401

    for name in sys.argv[2:] or MAKERS:
        make = MAKERS[name]
        path = make(folder)
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * 4096 + ROOM, resource.RLIM_INFINITY))
        try:
            came = "read: " + read(path)
        except (fm.FrontmapError, GazetteerError) as error:
            came = f"refused: {error}"
        except BaseException as error:  # a MemoryError is what this looks for
            came = f"crashed: {type(error).__name__}: {error}"
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
        print(json.dumps([name, came[:400]]), flush=True)
        path.unlink()


if __name__ == "__main__":
    main()
