"""What must hold of files: a damaged one is refused in words, or what it gives is sound."""

from __future__ import annotations

import math
import random
import struct
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import frontmap as fm
from benchmarks.fuzz import inputs, seeds
from gazetteer import Gazetteer

__all__ = [
    "control",
    "corpora",
    "damaged_gazetteer",
    "gazetteer_files",
    "gold_files",
    "importers",
    "ledgers",
    "lexicons",
    "saved_reports",
]


def gazetteer_files(chance: random.Random, folder: Path) -> None:
    """A damaged file, half of them with their checksums made right again, is refused or answers."""
    path = folder / "damaged.gazetteer"
    path.write_bytes(damaged_gazetteer(chance, folder, chance.randrange(1, 6)))
    opened = Gazetteer.open(path)
    for name in ("Pokrowsk", "Krasnoarmijsk", "Lyman", "Xyz"):
        opened.lookup(name)
        opened.search(name + "k", limit=2)
        opened.complete(name[:3])
        opened.begins_name(name)
    opened.nearest(37.2, 48.3, 2)
    for place in opened:
        place.names  # noqa: B018 - read for its effect
    if chance.random() < 0.1:
        fm.analyze(chance.choice(inputs.sentences())[:300], gazetteer=opened)


def damaged_gazetteer(chance: random.Random, folder: Path, damages: int) -> bytes:
    """Give a small gazetteer's bytes, changed so many times."""
    content = bytearray(_small_gazetteer(str(folder)))
    for _ in range(damages):
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
        return _forged(bytes(content))
    return bytes(content)


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


def importers(chance: random.Random, folder: Path) -> None:
    """Damaged sources of a gazetteer are refused, or give names at finite positions."""
    from gazetteer.sources.geonames_dump import read_alternate_names, read_geonames_dump
    from gazetteer.sources.osm import read_osm
    from gazetteer.sources.table import read_table

    name, seed = chance.choice(_once("importer_seeds"))
    path = folder / (f"source{name}" if name.startswith(".") else name)
    changed = inputs.numbers_input if chance.random() < 0.4 else inputs.bytes_input
    path.write_bytes(changed(seed, chance))
    if name == "names.txt":
        read_alternate_names(path, frozenset("1"))
        return
    readers = {".csv": read_table, "UA.txt": read_geonames_dump}
    for row in readers.get(name, read_osm)(path):
        assert abs(row.lon) <= 180 and abs(row.lat) <= 90, row
        assert row.key and row.names and all(name.text for name in row.names), row
        assert row.population is None or 0 <= row.population < 2**32, row


def corpora(chance: random.Random, folder: Path) -> None:
    """Damaged tables, feeds and archives give documents or say why not."""
    from frontmap.corpus import find_documents

    suffix, seed = chance.choice(_once("table_seeds"))
    path = folder / f"corpus{suffix}"
    path.write_bytes(inputs.bytes_input(seed, chance, longest=20_000))
    for document in find_documents(path):
        assert document.key
        try:
            assert document.read().text.strip()
        except fm.ArticleError as error:
            assert str(error)


def ledgers(chance: random.Random, folder: Path) -> None:
    """Damaged runs are refused, or make a ledger that can be shown and saved."""
    import json

    suffix, seed = chance.choice(_once("ledger_seeds"))
    path = folder / f"run{suffix}"
    path.write_bytes(inputs.bytes_input(seed, chance, longest=100_000))
    ledger = fm.Ledger.read(path, days=chance.choice((0, 3, 10**6)))
    shown = ledger.to_markdown()
    assert f"<{inputs.MARK}" not in shown.replace("\\<", "")
    ledger.to_dataframe()
    saved = ledger.save(folder / "ledger.jsonl")
    for line in saved.read_text(encoding="utf-8").splitlines():
        json.loads(line, parse_constant=_refused)


def _refused(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def control(chance: random.Random, folder: Path) -> None:
    """Damaged polygons of control are refused or answer."""
    path = folder / "control.geojson"
    seed = chance.choice(seeds.control_seeds())
    changed = inputs.numbers_input if chance.random() < 0.7 else inputs.bytes_input
    path.write_bytes(changed(seed, chance))
    control = fm.Control.read(path)
    control.side_at(37.3, 48.3, control.days[0])
    front = control.front_line(control.days[0])
    assert front is None or front.is_empty or all(map(math.isfinite, front.bounds))
    if chance.random() < 0.2:
        for report in seeds.reports()[:2]:
            report.check(control)
            report.to_geodataframe()


def saved_reports(chance: random.Random, _: Path) -> None:
    """A damaged saved report is refused, or can be saved again."""
    from frontmap.serialization import dumps, loads

    text = inputs.bytes_input(chance.choice(_once("saved_seeds")), chance, longest=100_000)
    saved = loads(text.decode("utf-8", "replace"))
    again = loads(dumps(saved.article, saved.toponyms, saved.claims))
    assert again == saved


def gold_files(chance: random.Random, folder: Path) -> None:
    """A damaged gold file is refused, or can be scored."""
    from frontmap.evaluation import evaluate_toponyms
    from frontmap.evaluation.claims import read_gold, score_claims
    from frontmap.evaluation.gold import load_gold

    path = folder / "gold.jsonl"
    path.write_bytes(inputs.bytes_input(chance.choice(seeds.gold_seeds()), chance))
    passages = load_gold(path)
    if chance.random() < 0.5:
        evaluate_toponyms(passages, fm.resolve).as_dict()
    else:
        score_claims(read_gold(path), lambda passage: fm.extract_claims(passage["text"]))


def lexicons(chance: random.Random, _: Path) -> None:
    """A damaged table of words is refused, or every entry has every column."""
    from gazetteer.tables import parse_table

    seed = chance.choice(_once("lexicon_seeds"))
    text = inputs.bytes_input(seed, chance, longest=5000).decode("utf-8", "replace")
    entries = parse_table(text, "own.tsv")
    assert len({tuple(entry) for entry in entries}) <= 1


@cache
def _once(name: str) -> Any:
    return getattr(seeds, name)()
