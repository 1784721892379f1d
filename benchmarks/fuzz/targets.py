"""What the fuzzer throws its inputs at, and what must hold of each answer.

A check makes its input, uses it, and asserts; an error of the documented trees counts as an input
refused, any other as a failure.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import frontmap as fm
from benchmarks.fuzz import inputs
from gazetteer import Gazetteer

__all__ = ["TARGETS", "Target"]


@dataclass(frozen=True)
class Target:
    """One thing to throw inputs at: its check and its share of all inputs."""

    check: Callable[[random.Random, Path], None]
    share: float


def reading(chance: random.Random, _: Path) -> None:
    """Bytes become an article or a documented error."""
    text = chance.choice(inputs.sentences())[: chance.choice((60, 100, 300))]
    match chance.randrange(6):
        case 0:
            text = f"<html><head><title>T</title></head><body><p>{text}</p></body></html>"
        case 1:
            text = (
                f"<div><h1>{text[:30]}</h1>" + text.replace(". ", ".</p><p>") + "<!-- x --></div>"
            )
    codec = chance.choice(("utf-8", "utf-8", "cp1252", "utf-16", "cp1251", "koi8-u"))
    article = fm.read(inputs.bytes_input(text.encode(codec, "replace"), chance, longest=300))
    assert article.text.strip()
    _sound_repairs(article)


def _sound_repairs(article: fm.Article) -> None:
    for repair in article.repairs:
        assert article.text[repair.start : repair.end] == repair.after, repair


def repair(chance: random.Random, _: Path) -> None:
    """A text damaged by chains of wrong decodings is repaired at once as far as it ever is."""
    text = inputs.text_input(chance)[: chance.choices((20, 40, 80, 300), (8, 8, 4, 1))[0]]
    for _round in range(chance.randrange(3)):
        codec = chance.choice(
            ("cp1252", "iso8859-1", "iso8859-16", "cp1250", "cp1251", "mac-roman")
        )
        text = text.encode("utf-8", "replace").decode(codec, "replace")
    article = fm.Article.from_text(text)
    _sound_repairs(article)
    article.text.encode()
    again = fm.Article.from_text(article.text)
    assert again.text == article.text, again.repairs


def recognition(chance: random.Random, _: Path) -> None:
    """Mentions lie in the text, in order, and say what stands there."""
    text = inputs.text_input(chance)
    last = 0
    for mention in fm.recognize(text):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        last = mention.start


def resolution(chance: random.Random, _: Path) -> None:
    """Every mention gets a score, and a place only among its candidates."""
    article = fm.Article.from_text(inputs.text_input(chance))
    text = article.text
    for toponym in fm.resolve(article):
        assert text[toponym.mention.start : toponym.mention.end] == toponym.mention.surface
        assert 0 <= toponym.score <= 1


def claims(chance: random.Random, _: Path) -> None:
    """Any text goes through the whole chain with sound offsets."""
    report = fm.analyze(inputs.text_input(chance))
    text = report.article.text
    ids = {claim.id for claim in report.claims}
    for toponym in report.toponyms:
        assert text[toponym.mention.start : toponym.mention.end] == toponym.mention.surface
    for claim in report.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert all(0 <= start < end <= len(text) for start, end in claim.quotes)
        assert set(claim.disputes) <= ids - {claim.id}
        assert claim.count is None or claim.count >= 0


def lookups(chance: random.Random, _: Path) -> None:
    """Any string may be looked up in any way."""
    gazetteer, query = Gazetteer.default(), inputs.text_input(chance)[:60]
    match chance.randrange(5):
        case 0:
            gazetteer.search(query, fuzzy=True)
        case 1:
            gazetteer.complete(query)
        case 2:
            _geocoder().geocode(query, exactly_one=False)
        case _:
            for match in gazetteer.lookup(query):
                assert match.place in gazetteer or match.place.id in gazetteer


@cache
def _geocoder() -> object:
    from frontmap.geocoder import GazetteerGeocoder

    return GazetteerGeocoder()


def gazetteer_files(chance: random.Random, folder: Path) -> None:
    """A damaged file, half of them with their checksums made right again, is refused or answers."""
    content = bytearray(_small_gazetteer(str(folder)))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content)) if chance.random() < 0.8 else chance.randrange(2000)
        match chance.randrange(40):
            case 0:
                del content[at : at + chance.choice((1, 8, 100))]
            case 1:
                content[at:at] = content[at : at + 8]
            case 2:
                content[at : at + 4] = struct.pack("<I", chance.choice((0, 1, 2**31, 2**32 - 1)))
            case _:
                content[at] = chance.randrange(256)
    if chance.random() < 0.7:
        content[:8] = _small_gazetteer(str(folder))[:8]
        content = bytearray(_forged(bytes(content)))
    path = folder / "damaged.gazetteer"
    path.write_bytes(content)
    opened = Gazetteer.open(path)
    for name in ("Pokrowsk", "Krasnoarmijsk", "Lyman", "Xyz"):
        opened.lookup(name)
        opened.search(name + "k", limit=2)
        opened.complete(name[:3])
        opened.begins_name(name)
    opened.nearest(37.2, 48.3, 2)
    for place in opened:
        place.names  # noqa: B018 - read for its effect


@cache
def _small_gazetteer(folder: str) -> bytes:
    from gazetteer.format import write

    full = Gazetteer.default()
    names = ("Pokrowsk", "Lyman", "Isjum", "Kupjansk", "Robotyne", "Oskil", "Krim")
    path = Path(folder) / "small.gazetteer"
    chosen = {match.place.id: match.place for name in names for match in full.lookup(name)[:3]}
    write(chosen.values(), path, expand=False)
    return path.read_bytes()


def _forged(content: bytes) -> bytes:
    """The same bytes with length and checksums that fit."""
    from gazetteer.layout import HEADER

    if len(content) < HEADER.size + 4:
        return content
    body = content[HEADER.size + 4 :]
    magic, version, count, _, _ = HEADER.unpack(content[: HEADER.size])
    header = HEADER.pack(magic, version, count, len(content), zlib.crc32(body))
    return header + struct.pack("<I", zlib.crc32(header)) + body


def corpora(chance: random.Random, folder: Path) -> None:
    """Damaged tables, feeds and archives give documents or say why not."""
    from frontmap.corpus import find_documents

    suffix, seed = chance.choice(_tables())
    path = folder / f"corpus{suffix}"
    path.write_bytes(inputs.bytes_input(seed, chance, longest=20_000))
    for document in find_documents(path):
        try:
            document.read()
        except fm.ArticleError:
            continue


@cache
def _tables() -> tuple[tuple[str, bytes], ...]:
    return inputs.table_seeds()


def control(chance: random.Random, folder: Path) -> None:
    """Damaged polygons of control are refused or answer."""
    path = folder / "control.geojson"
    seed = chance.choice(inputs.control_seeds())
    changed = inputs.numbers_input if chance.random() < 0.7 else inputs.bytes_input
    path.write_bytes(changed(seed, chance))
    control = fm.Control.read(path)
    control.side_at(37.3, 48.3, control.days[0])
    control.front_line(control.days[0])


def geometries(chance: random.Random, _: Path) -> None:
    """Any claim away from poles and antimeridian has geometries that are valid or absent."""
    claim = chance.choice(_claims())
    if claim.place is not None:
        claim = replace(
            claim,
            place=replace(
                claim.place,
                lon=chance.choice((0.0, -120.0, 120.0, 37.0)) + chance.random() / 100 - 0.005,
                lat=chance.choice((0.0, -60.0, 60.0, 48.0)) + chance.random() / 100 - 0.005,
                precision_m=chance.choice((0.0, 1.0, 500.0, 5e4, 3e5)),
                extent_m=chance.choice((0.0, 1.0, 500.0, 5e4, 3e5)),
            ),
        )
    claim = replace(
        claim,
        relation=chance.choice(list(fm.Relation)),
        event=chance.choice(list(fm.Event)),
        bearings=tuple(chance.sample(list(fm.Bearing), chance.randrange(4))),
        distance_m=chance.choice((None, 0.0, 1.0, 1e4, 1e6)),
    )
    found = fm.claim_geometry(claim)
    for shape in (found.area, found.arrow, found.anchor):
        assert shape is None or (shape.is_valid and not shape.is_empty), (claim, shape)


@cache
def _claims() -> tuple[fm.Claim, ...]:
    texts = inputs.sentences()[:: max(1, len(inputs.sentences()) // 150)]
    return tuple(claim for text in texts for claim in fm.analyze(text).claims)


def exports(chance: random.Random, _: Path) -> None:
    """Hostile text passes through the saved form, GeoJSON, KML and the page's data unchanged."""
    import json

    from lxml import etree

    from frontmap.export import dumps_geojson
    from frontmap.export.kml import kml
    from frontmap.export.tables import collect
    from frontmap.layers.island import escaped_json
    from frontmap.layers.payload import claims_data
    from frontmap.serialization import dumps, loads

    report = fm.analyze(inputs.text_input(chance) + chance.choice(inputs.FRAGMENTS))
    title = inputs.text_input(chance)[:60]
    saved = loads(dumps(report.article, report.toponyms, report.claims))
    assert (saved.article, list(saved.toponyms), list(saved.claims)) == (
        report.article, report.toponyms, report.claims,
    )  # fmt: skip
    island = escaped_json(claims_data(report.claims, [report.article]) | {"title": title})
    assert not set(island) & set("<>&\u2028\u2029")
    assert "{{" not in island.replace("{{}", "") and "{%" not in island and "{#" not in island
    json.loads(island)
    if report.claims and chance.random() < 0.2:
        json.loads(dumps_geojson(report, title=title))
        tables = collect(
            report, control=None, gazetteer=None, crs="EPSG:4326", language="de", title=title
        )
        etree.fromstring(kml(tables).encode())


def saved_reports(chance: random.Random, _: Path) -> None:
    """A damaged saved report is refused."""
    from frontmap.serialization import loads

    text = inputs.bytes_input(chance.choice(_saved()), chance, longest=100_000)
    loads(text.decode("utf-8", "replace"))


@cache
def _saved() -> tuple[bytes, ...]:
    from frontmap.serialization import dumps

    reports = [fm.analyze(text[:300]) for text in inputs.sentences()[:8]]
    return tuple(dumps(r.article, r.toponyms, r.claims).encode() for r in reports)


def gold_files(chance: random.Random, folder: Path) -> None:
    """A damaged gold file is refused or read."""
    from frontmap.evaluation.gold import load_gold

    line = (
        '{"id": "x", "text": "Kiew und Lwiw.", "date": "2025", "toponyms": [{"start": 0, "end": 4,'
        ' "surface": "Kiew", "geonameid": 703448, "lon": 30.5, "lat": 50.4}], "claims": []}\n'
    )
    path = folder / "gold.jsonl"
    path.write_bytes(inputs.bytes_input(line.encode() * 2, chance))
    load_gold(path)


TARGETS = {
    "reading": Target(reading, 0.10),
    "repair": Target(repair, 0.12),
    "recognition": Target(recognition, 0.20),
    "resolution": Target(resolution, 0.05),
    "claims": Target(claims, 0.10),
    "look-ups": Target(lookups, 0.12),
    "gazetteer files": Target(gazetteer_files, 0.15),
    "corpora": Target(corpora, 0.04),
    "control": Target(control, 0.005),
    "geometries": Target(geometries, 0.01),
    "exports": Target(exports, 0.06),
    "saved reports": Target(saved_reports, 0.02),
    "gold files": Target(gold_files, 0.025),
}
