"""Control files of extreme size: decided in bounded time and memory, or refused by name.

    python -m benchmarks.big_control [--vertices 1000000] [--features 100000] [CASE ...]

Each case is a GeoJSON written to a folder that is removed, and one process that reads it with
`Control.read` and asks who holds a point and where the front is. Its line gives the size of the
file, what came of it, the time of the process and the most memory it had.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

Ring = Iterator[tuple[float, float]]
_LIMIT_S = 900
_READ = """
import sys
import frontmap as fm
try:
    control = fm.Control.read(sys.argv[1], date="2025-11-27")
    held = control.side_at(37.5, 48.5)
    line = control.front_line()
    print(f"read; {held} holds the middle, {len(line.wkb):,} bytes of front")
except fm.FrontmapError as error:
    print("refused:", str(error).split("/")[-1])
"""


def coast(count: int) -> Ring:
    """A ring like a coast: sound, every vertex a little off."""
    chance = random.Random(1)
    for number in range(count):
        turn = 2 * math.pi * number / count
        far = 1 + 0.2 * math.sin(7 * turn) + 0.4 / count * chance.random()
        yield 37.5 + far * math.cos(turn), 48.5 + 0.7 * far * math.sin(turn)


def tangle(count: int) -> Ring:
    """Points by chance: nearly every edge crosses every other."""
    chance = random.Random(2)
    for _ in range(count):
        yield 37 + chance.random(), 48 + chance.random()


def scribble(count: int) -> Ring:
    """A walk by chance: it crosses itself everywhere, in small."""
    chance = random.Random(3)
    lon, lat = 37.5, 48.5
    for _ in range(count):
        lon += (chance.random() - 0.5) * 1e-3 + (37.5 - lon) * 1e-6
        lat += (chance.random() - 0.5) * 1e-3 + (48.5 - lat) * 1e-6
        yield lon, lat


def comb(count: int) -> Ring:
    """Teeth a hand wide across the whole country: sound, every edge beside thousands."""
    for number in range(count - 2):
        yield 37 + number / count, 48 + (number // 2 % 2)
    yield 38, 49.5
    yield 37, 49.5


RINGS: dict[str, Callable[[int], Ring]] = {
    "coast": coast, "tangle": tangle, "scribble": scribble, "comb": comb,
}  # fmt: skip


def write_ring(path: Path, ring: list[tuple[float, float]]) -> None:
    """Write one polygon of one ring."""
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))


def write_features(path: Path, count: int) -> None:
    """Write so many small squares, side by side."""
    across = math.isqrt(count) + 1
    features = []
    for number in range(count):
        west, south = 37 + number % across / across, 48 + number // across / across
        size = 0.9 / across
        corners = [(west, south), (west + size, south), (west + size, south + size)]
        shape = {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
        features.append({"type": "Feature", "properties": {}, "geometry": shape})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def decided(path: Path) -> str:
    """What a process makes of the file, its time and its memory."""
    started = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    try:
        done = subprocess.run(
            [sys.executable, "-c", _READ, str(path)],
            capture_output=True, text=True, timeout=_LIMIT_S, check=False,
        )  # fmt: skip
        words = done.stdout.strip() or f"FAILED: {done.stderr.strip()[-300:]}"
    except subprocess.TimeoutExpired:
        words = f"FAILED: not decided in {_LIMIT_S} s"
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (
        f"{words}; {used.ru_utime - before:.0f} s of one processor, "
        f"{time.monotonic() - started:.0f} s, at most {used.ru_maxrss / 1024:.0f} MB so far"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", default=[*RINGS, "features"], metavar="CASE")
    parser.add_argument("--vertices", type=int, default=1_000_000)
    parser.add_argument("--features", type=int, default=100_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "area.geojson"
        for case in arguments.cases:
            if case in RINGS:
                write_ring(path, list(RINGS[case](arguments.vertices)))
            else:
                write_features(path, arguments.features)
            print(f"{case}: {path.stat().st_size / 1e6:.0f} MB, {decided(path)}", flush=True)


if __name__ == "__main__":
    main()
