"""Throughput and memory of a corpus: one worker beside two, on the project's own examples.

    python benchmarks/corpus.py [DOCUMENTS]

The reports in ``examples/`` are repeated, each time with another last line, until there are so many
documents; the table shows documents a second, the ratio of two workers to one in the same run, and
the memory of this process after a tenth and after all of them.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from frontmap.corpus import analyze_many

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))


def make_corpus(folder: Path, documents: int) -> None:
    """Write so many reports."""
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]
    for number in range(documents):
        text = f"{texts[number % len(texts)]}\n\nMeldung {number}"
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def measure(folder: Path, workers: int, documents: int) -> tuple[float, int, int]:
    """Documents a second; megabytes at a tenth and at the end."""
    start = time.perf_counter()
    early = 0
    for number, _ in enumerate(analyze_many(folder, workers=workers), start=1):
        if number == documents // 10:
            early = peak()
    return documents / (time.perf_counter() - start), early, peak()


def peak() -> int:
    """The most memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the table."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_corpus(folder, documents)
        rates = {}
        for workers in (2, 1):
            rates[workers], early, late = measure(folder, workers, documents)
            print(
                f"{workers} worker(s): {rates[workers]:7.1f} documents/s, "
                f"{early} MB after a tenth, {late} MB at the end"
            )
        print(f"two workers: {rates[2] / rates[1]:.2f} times one")


if __name__ == "__main__":
    main()
