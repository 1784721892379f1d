"""The small gazetteer of ``tests/cases/gazetteer/places.tsv``, and damaged files."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from gazetteer import Kind, Name, Place, PositionSource, Status
from gazetteer.format import Attribution, write
from gazetteer.layout import HEADER

CASES = Path(__file__).parent.parent / "cases/gazetteer"
ATTRIBUTIONS = [Attribution("demo", "Typed for the tests", "MIT", "")]


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a case file, comments skipped."""
    lines = [
        line.split("\t")
        for line in (CASES / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    header = lines[0]
    return [
        dict(zip(header, line + [""] * (len(header) - len(line)), strict=True))
        for line in lines[1:]
    ]


def sample_places() -> list[Place]:
    """The places of the case file."""
    table = rows("places.tsv")
    german = {row["id"]: row["name_de"].replace("Oblast ", "") for row in table}
    return [_place(row, german) for row in table]


def _place(row: dict[str, str], german: dict[str, str]) -> Place:
    russian = row["id"] == "demo:kursk"
    language = "ru" if russian else "uk"
    names = [Name(row["name"], language, "official", Status.OFFICIAL, "demo")]
    for entry in filter(None, row["names"].split("|")):
        language, status, text = entry.split("=")
        names.append(Name(text, language, "source", Status(status), "demo"))
    oblast, raion = row["oblast"] or None, row["raion"] or None
    return Place(
        id=row["id"],
        name=row["name"],
        name_de=row["name_de"],
        kind=Kind(row["kind"]),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        precision_m=500,
        extent_m=2000,
        oblast=german.get(oblast or ""),
        raion=german.get(raion or "", "").replace("Rajon ", "") or None,
        oblast_id=oblast,
        raion_id=raion,
        country="RU" if russian else "UA",
        population=int(row["population"]) if row["population"] else None,
        position_source=PositionSource.CURATED,
        ids={"register": row["id"][::-1]},
        names=tuple(names),
    )


def write_sample(path: Path) -> Path:
    """Compile the small gazetteer."""
    write(sample_places(), path, attributions=ATTRIBUTIONS, source_versions={"demo": "1"})
    return path


def forged(content: bytes) -> bytes:
    """The same bytes with checksums and length made right again."""
    body = content[HEADER.size + 4 :]
    magic, version, count, _, _ = HEADER.unpack(content[: HEADER.size])
    header = HEADER.pack(magic, version, count, len(content), zlib.crc32(body))
    return header + struct.pack("<I", zlib.crc32(header)) + body


def ids(places: list[Place]) -> list[str]:
    """Ids of places, in their order."""
    return [place.id for place in places]
