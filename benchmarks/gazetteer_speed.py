"""Print how fast, how small and how large in memory the gazetteer is.

Run ``python -m benchmarks.gazetteer_speed [FILE]``; without a file the default gazetteer is taken.
Each figure stands beside its budget and, where there is one, beside a peer measured in the same
run on the same data, so that a slow machine shows in both.
"""

from __future__ import annotations

import gc
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from gazetteer import Gazetteer, Place
from gazetteer.folding import fold

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent

OPENING = """
import time
start = time.process_time()
from gazetteer import Gazetteer
imported = time.process_time()
g = Gazetteer.open({path!r})
opened = time.process_time()
g.lookup("Pokrowsk")[0].place.lon
found = time.process_time()
g.search("Pokrowks")
fuzzy = time.process_time()
print(imported - start, opened - imported, found - opened, fuzzy - found)
"""

MEMORY = """
import re
from gazetteer import Gazetteer
def memory():
    text = open("/proc/self/smaps_rollup").read()
    get = lambda name: int(re.search(name + r":\\s+(\\d+)", text).group(1)) / 1024
    return get("Rss"), get("Private_Dirty") + get("Private_Clean")
before = memory()
g = Gazetteer.open({path!r})
names = [place.name_de for _, place in zip(range(5000), g)]
for name in names:
    g.lookup(name)
    g.begins_name(name)
exact = memory()
for name in names[:50]:
    g.search(name + "x")
fuzzy = memory()
print(*before, *exact, *fuzzy)
"""


def child(code: str, path: Path, times: int = 1) -> list[list[float]]:
    """Figures that a fresh interpreter prints."""
    results = []
    for _ in range(times):
        out = subprocess.run(
            [sys.executable, "-c", code.format(path=str(path))],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        results.append([float(word) for word in out.stdout.split()])
    return results


def per_call(ask: Callable[[T], object], arguments: Iterable[T]) -> float:
    """Median seconds a call."""
    times = []
    gc.disable()
    for argument in arguments:
        start = time.perf_counter()
        ask(argument)
        times.append(time.perf_counter() - start)
    gc.enable()
    return statistics.median(times)


def show(label: str, seconds: float, budget: str, peer: str = "", against: float = 0.0) -> None:
    """One line: what was measured, the budget, and the peer with the ratio to it."""
    scale, unit = (1e6, "us") if seconds < 1e-3 else (1e3, "ms")
    beside = ""
    if peer:
        beside = f"   {peer}: {against * scale:.1f} {unit}, ratio {seconds / against:.2f}"
    print(f"{label:<50}{seconds * scale:>9.1f} {unit}   (budget {budget}){beside}")


def sizes(path: Path) -> None:
    content = path.read_bytes()
    packed = len(zlib.compress(content, 9))
    print(f"file {len(content) / 1e6:.2f} MB, deflated as in a wheel {packed / 1e6:.2f} MB (6 MB)")
    start = time.perf_counter()
    zlib.crc32(content)
    print(f"checksum of the whole file: {(time.perf_counter() - start) * 1e3:.1f} ms of opening")


def opening(path: Path) -> None:
    """Processor time in fresh interpreters; the least of several is what the work takes."""
    runs = child(OPENING, path, 9)
    imported, opened, found, fuzzy = (min(column) for column in zip(*runs, strict=True))
    show("import gazetteer", imported, "-")
    show("open", opened, "-")
    show("open and first look-up", opened + found, "60 ms")
    show("import, open and first look-up", imported + opened + found, "60 ms")
    show("first typo-tolerant search, numpy's import in it", fuzzy, "-")


def memory(path: Path) -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        print("memory: not measured on this system")
        return
    rss, private, rss1, private1, rss2, private2 = child(MEMORY, path)[0]
    print(f"memory of the bare interpreter: {rss:.0f} MB, of it private {private:.0f} MB")
    print(f"after 5,000 exact look-ups: {rss1:.0f} MB, private {private1:.0f} MB (80 MB)")
    print(f"after typo-tolerant search too: {rss2:.0f} MB, private {private2:.0f} MB (80 MB)")


def exact(g: Gazetteer, places: list[Place], keys: dict[str, list[int]]) -> None:
    draw = random.Random(3)
    names = [place.name_de for place in draw.sample(places, 3000)]
    database = sqlite3.connect(":memory:")
    database.execute("create table name (key text, place integer)")
    rows = ((key, number) for key, numbers in keys.items() for number in numbers)
    database.executemany("insert into name values (?, ?)", rows)
    database.execute("create index by_key on name (key)")

    def in_sqlite(name: str) -> object:
        return database.execute("select place from name where key = ?", (fold(name),)).fetchall()

    def in_dict(name: str) -> object:
        return [places[number] for number in keys.get(fold(name), ())]

    sql = per_call(in_sqlite, names)
    plain = per_call(in_dict, names)
    show("fold alone", per_call(fold, names), "-")
    show("lookup, names not asked before", per_call(g.lookup, names), "20 us", "sqlite", sql)
    show("lookup, names asked before", per_call(g.lookup, names), "20 us", "dict of places", plain)
    misses = [f"{name[::-1]}{number}" for number, name in enumerate(names)]
    show("knows, a miss not asked before", per_call(g.knows, misses), "3 us", "fold in dict",
         per_call(lambda name: fold(name) in keys, misses))  # fmt: skip
    show("knows, asked before", per_call(g.knows, misses), "3 us")
    fresh = [name + "y" for name in misses]
    show("begins_name, a miss not asked before", per_call(g.begins_name, fresh), "3 us")


def tolerant(g: Gazetteer, places: list[Place], keys: dict[str, list[int]]) -> None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    draw = random.Random(4)
    names = []
    for place in draw.sample(places, 300):
        at = draw.randrange(len(place.name_de))
        names.append(place.name_de[:at] + draw.choice("aeioskw") + place.name_de[at + 1 :])
    g.search("Pokrowks")  # makes the signatures
    every = list(keys)

    def scan(name: str) -> object:
        key = fold(name)
        edits = 2 if len(key) >= 9 else 1
        return process.extract(key, every, scorer=OSA.distance, score_cutoff=edits, limit=None)

    show("search, one letter wrong", per_call(g.search, names), "2 ms", "rapidfuzz over all keys",
         per_call(scan, names[:30]))  # fmt: skip
    prefixes = [place.name_de[:4] for place in draw.sample(places, 500)]
    show("complete, four letters", per_call(g.complete, prefixes), "-")
    show("complete, one letter", per_call(g.complete, list("BCDKLMNOPST")), "-")


def spatial(g: Gazetteer, places: list[Place]) -> None:
    import shapely

    draw = random.Random(5)
    around = draw.choices(places, k=3000)
    points = [(p.lon + draw.gauss(0, 0.05), p.lat + draw.gauss(0, 0.05)) for p in around]
    tree = shapely.STRtree([shapely.Point(place.lon, place.lat) for place in places])

    def in_tree(point: tuple[float, float]) -> object:
        return places[tree.nearest(shapely.Point(point))]

    peer = per_call(in_tree, points)
    show("nearest", per_call(lambda point: g.nearest(*point), points), "50 us",
         "STRtree, in degrees", peer)  # fmt: skip
    show("ten nearest", per_call(lambda point: g.nearest(*point, 10), points), "-")
    square = shapely.box(37, 48, 38, 49)
    show(
        f"within a degree ({len(g.within(square))} places)", per_call(g.within, [square] * 20), "-"
    )


def whole(g: Gazetteer) -> None:
    """Processor time, the least of three."""

    def least(work: Callable[[], object]) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    frame = g.to_geodataframe()
    made = least(g.to_geodataframe)
    show(f"to_geodataframe, {len(frame)} rows", made, "1 s", "copying that frame, deep",
         least(lambda: frame.copy(deep=True)))  # fmt: skip
    show(f"iterating over {len(frame)} places", least(lambda: sum(1 for _ in g)), "-")


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Gazetteer.default().path
    g = Gazetteer.open(path)
    print(f"{path.name}: {len(g)} places, {g.info()['names']} names, {g.info()['keys']} keys")
    sizes(path)
    opening(path)
    memory(path)
    places = list(g)
    keys: dict[str, list[int]] = {}
    for number, place in enumerate(g):  # made anew: their names are not kept
        for name in place.names:
            keys.setdefault(fold(name.text), []).append(number)
    exact(g, places, keys)
    tolerant(g, places, keys)
    spatial(g, places)
    whole(g)


if __name__ == "__main__":
    main()
