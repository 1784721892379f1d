"""Memory of `frontmap run` over a long corpus: the asking process and its workers, while it lasts.

    python -m benchmarks.long_run [--megabytes 2] [--workers 2] [--suffix parquet] [--lines 20]

The corpus is that of `benchmarks.gigabyte`, claims included, as JSON lines. Each line gives the
seconds so far, what stands in the journal, and the memory of each process without file pages, the
asking one first. Only for Linux.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.gigabyte import Prose

EVERY_S = 5


def write_corpus(path: Path, megabytes: float, seed: int) -> int:
    """Write so much text as JSON lines; give how many documents it is."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for number, (text, _) in enumerate(Prose(seed).articles(), start=1):
            size += file.write(json.dumps({"text": text, "date": "2025-11-03"}) + "\n")
            if size >= megabytes * 1e6:
                return number
    raise AssertionError("the prose has no end")


def processes(parent: int) -> list[int]:
    """Give a process and those below it."""
    found = [parent]
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        found += [p for child in task.read_text().split() for p in processes(int(child))]
    return found


def memory_mb(process: int) -> float:
    """Megabytes of a process without file pages; 0 of one that has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    fields = dict(line.split(":", 1) for line in lines)
    return int(fields.get("RssAnon", "0 kB").split()[0]) / 1024


def watch(corpus: Path, output: Path, workers: int) -> list[str]:
    """Run it; give a line every few seconds."""
    command = [sys.executable, "-m", "frontmap", "run", str(corpus), "-o", str(output)]
    started, lines = time.monotonic(), []
    journal = output.with_name(output.name + ".partial")
    with subprocess.Popen([*command, "--workers", str(workers)]) as running:
        while running.poll() is None:
            size = journal.stat().st_size / 1e6 if journal.exists() else 0.0
            memory = " ".join(f"{memory_mb(process):.1f}" for process in processes(running.pid))
            lines.append(f"{time.monotonic() - started:6.0f} s, {size:7.1f} MB done: {memory} MB")
            time.sleep(EVERY_S)
    if running.returncode:
        raise SystemExit(f"the run ended with {running.returncode}")
    return lines


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--suffix", default="parquet")
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--lines", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name) / "corpus.jsonl"
        documents = write_corpus(corpus, arguments.megabytes, arguments.seed)
        print(f"{documents} documents, {arguments.megabytes} MB", flush=True)
        output = Path(name) / f"out.{arguments.suffix}"
        lines = watch(corpus, output, arguments.workers)
        step = max(1, len(lines) // arguments.lines)
        print("\n".join([*lines[:-1:step], lines[-1]]))
        print(f"{output.stat().st_size / 1e6:.1f} MB written")


if __name__ == "__main__":
    main()
