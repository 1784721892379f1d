"""Throughput and memory of a corpus: one worker beside two.

    python benchmarks/corpus.py [--documents 2000] [--texts FILE.jsonl]

Documents are paragraphs of the project's own reports and sentences, shuffled, a tenth of them long;
with ``--texts`` those of a file of JSON lines with a ``text`` are mixed in. The table has, for
`analyze_many` and for `run`, documents a second in all (start-up counted) and after the first
tenth, the ratio of two workers to one in the same run, and the processor time of both: on two idle
cores two workers cannot be faster than twice one's processor time over theirs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.toponyms_speed import sentences
from frontmap.corpus import analyze_many, run

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))
PASSAGES = Path(__file__).parents[2] / "shared" / "corpora" / "passages.jsonl"


def texts(documents: int, file: Path | None) -> Iterator[str]:
    """Give so many texts, the same every time, no two alike."""
    chance = random.Random(3)
    pool = [p for path in EXAMPLES for p in path.read_text(encoding="utf-8").split("\n\n")]
    own = sentences()
    if file is not None:
        rows = file.read_text(encoding="utf-8").splitlines()
        pool += [json.loads(row)["text"] for row in rows]
    chance.shuffle(pool)
    for number in range(documents):
        parts = [pool[number % len(pool)], "".join(chance.choices(own, k=3))]
        if number % 10 == 0:
            parts += chance.choices(pool, k=5)
        yield "\n\n".join([*parts, f"Meldung {number}."])


def write_corpus(path: Path, documents: int, file: Path | None) -> None:
    """Write so many reports as JSON lines."""
    with path.open("w", encoding="utf-8") as out:
        for text in texts(documents, file):
            out.write(json.dumps({"text": text, "date": "2025-11-03"}) + "\n")


def processor_s() -> float:
    """Processor time of this process and of those it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def measure(ticks: Callable[[], Iterable[object]], documents: int) -> tuple[float, float, float]:
    """Documents a second in all, and after the first tenth; processor seconds."""
    processor = processor_s()
    start = tenth = time.perf_counter()
    done = 0
    for done, _ in enumerate(ticks(), start=1):
        if done == documents // 10:
            tenth = time.perf_counter()
    end = time.perf_counter()
    assert done == documents
    steady = (documents - documents // 10) / (end - tenth)
    return documents / (end - start), steady, processor_s() - processor


def compare(documents: int, file: Path | None) -> None:
    """Print one worker beside two."""
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name) / "corpus.jsonl"
        write_corpus(corpus, documents, file)

        def many(workers: int) -> Iterable[object]:
            return analyze_many(corpus, workers=workers)

        def whole(workers: int) -> Iterable[object]:
            ticks: list[object] = []
            run(corpus, Path(name) / "out.parquet", workers=workers, progress=ticks.append)
            return ticks

        next(iter(many(1)))  # loads lexicons and tagger, which are not what is measured
        print(f"{documents} documents, {corpus.stat().st_size / 1e6:.1f} MB")
        for title, ticks in (("analyze_many", many), ("run to .parquet", whole)):
            found = {n: measure(partial(ticks, n), documents) for n in (2, 1)}
            for workers, (rate, steady, processor) in found.items():
                after = f", {steady:.1f} after the first tenth" if ticks is many else ""
                print(f"{title}, {workers} worker(s): {rate:.1f} documents/s{after}, "
                      f"{processor:.1f} s of processor time")  # fmt: skip
            one, two = found[1], found[2]
            steady_ratio = f", {two[1] / one[1]:.2f} steadily" if ticks is many else ""
            print(f"{title}: two workers {two[0] / one[0]:.2f} times one{steady_ratio}; by "
                  f"processor time at most {2 * one[2] / two[2]:.2f}")  # fmt: skip


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--texts", type=Path, default=PASSAGES if PASSAGES.exists() else None)
    arguments = parser.parse_args()
    compare(arguments.documents, arguments.texts)


if __name__ == "__main__":
    main()
