"""Throw broken input at every stage that reads outside data (`make fuzz`).

Seeds are the example reports, the compiled gazetteer's head and hostile fragments; each input is a
seed that was cut, spliced, repeated and sprinkled with odd bytes. What must hold: nothing but the
documented errors is raised, every offset lies inside the text, recognition never changes the text,
and one input never takes longer than a second per 100 kB.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import frontmap as fm
from frontmap.errors import FrontmapError
from gazetteer import Gazetteer, GazetteerError

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
FRAGMENTS = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", "\u00ad".encode(), "\u200d".encode(), "\u202e".encode(),
    b"{{7*7}}", b"<script>", b"</p><p>", b"Pokrowsks", b"\xc3", b"\xed\xa0\x80",
    b"Nowo- und Staromajorske", "sĂŒdlich".encode(), b"+++ 12:49 ", b"\r\n", b"\t",
    "»«„“".encode(), "Покровська".encode(), b"((((((((", b"-" * 50, b"=cmd|' /C calc'!A0",
    "östlich, westlich und südlich von ".encode(), b"haben nach Angaben ", b"57 ",
]  # fmt: skip


def mutate(seed: bytes, chance: random.Random) -> bytes:
    """Cut, splice, repeat and sprinkle a seed."""
    data = seed[chance.randrange(len(seed)) :][: chance.choice((20, 80, 300, 1500))]
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(data) + 1)
        what = chance.randrange(4)
        if what == 0:
            data = data[:at] + chance.choice(FRAGMENTS) + data[at:]
        elif what == 1:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif what == 2:
            data = data[:at] + data[at + chance.randrange(20) :]
        else:
            data = data[:at] + data[at : at + 40] * chance.randrange(4) + data[at:]
    return data


def check_reading(data: bytes, _: Path) -> None:
    """Bytes become an article or a documented error."""
    article = fm.read(data)
    for repair in article.repairs:
        assert article.text[repair.start : repair.end] == repair.after


def check_analysis(data: bytes, _: Path) -> None:
    """Any text goes through recognition, resolution and claims with sound offsets."""
    report = fm.analyze(data.decode("utf-8", errors="replace"))
    text = report.article.text
    for toponym in report.toponyms:
        mention = toponym.mention
        assert text[mention.start : mention.end] == mention.surface
        assert 0 <= toponym.score <= 1
    for claim in report.claims:
        assert text[claim.start : claim.end] == claim.quote


def check_lookups(data: bytes, _: Path) -> None:
    """Any string may be looked up."""
    gazetteer, query = Gazetteer.default(), data[:60].decode("utf-8", errors="replace")
    gazetteer.lookup(query)
    gazetteer.search(query, fuzzy=True)
    gazetteer.complete(query)


def check_gazetteer_file(data: bytes, folder: Path) -> None:
    """A damaged gazetteer file is refused or works; it never crashes."""
    path = folder / "damaged.gazetteer"
    path.write_bytes(data)
    list(Gazetteer.open(path).lookup("Pokrowsk"))


def check_exports(data: bytes, folder: Path) -> None:
    """Hostile text goes into a page and a table as text."""
    report = fm.analyze(data.decode("utf-8", errors="replace"))
    report.save(folder / "out.geojson")
    report.save(folder / "out.html")
    assert "{{7*7}}" not in (folder / "out.html").read_text(encoding="utf-8")


def targets() -> dict[str, tuple[Callable[[bytes, Path], None], list[bytes], float]]:
    """Return name -> (check, seeds, share of the inputs)."""
    texts = [path.read_bytes() for path in EXAMPLES]
    from importlib.resources import files

    head = files("gazetteer").joinpath("data/default.gazetteer").read_bytes()[:20_000]
    return {
        "reading": (check_reading, [*texts, b"<html><body><p>" + texts[0]], 0.35),
        "analysis": (check_analysis, texts, 0.35),
        "look-ups": (check_lookups, texts, 0.25),
        "gazetteer files": (check_gazetteer_file, [head], 0.049),
        "exports": (check_exports, texts, 0.001),
    }


def main() -> None:
    """Run the fuzzer and print a line for each target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (check, seeds, share) in targets().items():
            chance, outcome = random.Random(options.seed), Counter[str]()
            started = time.perf_counter()
            for number in range(max(1, int(options.inputs * share))):
                data = mutate(chance.choice(seeds), chance)
                before = time.perf_counter()
                try:
                    check(data, Path(folder))
                    outcome["fine"] += 1
                except (FrontmapError, GazetteerError):
                    outcome["refused"] += 1
                except Exception as error:
                    failures += 1
                    print(f"{name}, input {number}: {error!r}\n  {data!r}", file=sys.stderr)
                if time.perf_counter() - before > 1 + len(data) / 100_000:
                    outcome["slow"] += 1
            rate = sum(outcome.values()) / (time.perf_counter() - started)
            print(f"{name:16} {dict(outcome)}, {rate:.0f} a second")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
