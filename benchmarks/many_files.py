"""A folder of very many small files: how long until the first document, until the last, and memory.

    python -m benchmarks.many_files [--files 200000] [--read]

Files stand a thousand to a folder. With ``--read`` each is read as well; nothing is analysed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.gigabyte import status
from frontmap.corpus import find_documents


def write_files(folder: Path, count: int) -> None:
    """Write so many files of one sentence."""
    for number in range(count):
        if number % 1000 == 0:
            parent = folder / f"{number // 1000:05}"
            parent.mkdir()
        (parent / f"{number % 1000:03}.txt").write_text(f"Bericht {number} aus Kiew.\n")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200_000)
    parser.add_argument("--read", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), arguments.files)
        before, started, first, count = status("RssAnon"), time.process_time(), None, 0
        for document in find_documents(folder):
            first = first or time.process_time() - started
            if arguments.read:
                document.read()
            count += 1
        print(
            f"{count:,} documents, the first after {first:.3f} s, all after "
            f"{time.process_time() - started:.1f} s of one processor; "
            f"memory {before:.1f} MB before, {status('RssAnon'):.1f} after"
        )


if __name__ == "__main__":
    main()
