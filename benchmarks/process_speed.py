"""How long whole commands take on one report: ``python -m benchmarks.process_speed [--runs 7]``.

The report is made of the project's own, clean and with its umlauts damaged as those of scraped ones
are. The commands take turns, so that a busy machine slows all of them alike; modules are compiled
once before, as they are in an installed package. Peer: the bare interpreter. Last, one report from
its text to its claims in a process that has read others before.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def report() -> str:
    """Give the reports of the examples as one of about 3,000 characters."""
    return "\n\n".join(path.read_text(encoding="utf-8") for path in EXAMPLES)


def commands(folder: Path) -> dict[str, list[str]]:
    """Give what is measured: its title and the arguments of the interpreter."""
    clean, damaged = folder / "clean.txt", folder / "damaged.txt"
    clean.write_text(report(), encoding="utf-8")
    damaged.write_text(report().encode().decode("windows-1250", "replace"), encoding="utf-8")
    return {
        "the bare interpreter": ["-c", "pass"],
        "import frontmap": ["-c", "import frontmap"],
        "frontmap --help": ["-m", "frontmap", "--help"],
        "frontmap resolve, clean": ["-m", "frontmap", "resolve", str(clean)],
        "frontmap resolve, damaged": ["-m", "frontmap", "resolve", str(damaged)],
        "frontmap claims, clean": ["-m", "frontmap", "claims", str(clean)],
    }


def run(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Give processor seconds and seconds of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)} failed")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start


def warm_report() -> float:
    """Give the processor seconds of one report in a process that has read others."""
    import frontmap as fm

    texts = report().split("\n\n")
    fm.analyze("\n\n".join(texts[: len(texts) // 2]))  # other sentences than those measured
    text = "\n\n".join(texts[len(texts) // 2 :] * 2)
    start = time.process_time()
    fm.analyze(text)
    return time.process_time() - start


def main() -> None:
    """Print processor time and time of each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": f"{name}/pyc"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        asked = commands(Path(name))
        found: dict[str, list[tuple[float, float]]] = {title: [] for title in asked}
        for arguments in asked.values():
            run(arguments, environment)
        for _ in range(runs):
            for title, arguments in asked.items():
                found[title].append(run(arguments, environment))
    print(f"a report of {len(report())} characters, {runs} runs in turns")
    print(f"{'':27} processor s: least  median   s: least  median")
    for title, times in found.items():
        (least, middle), (short, usual) = (
            (min(column), statistics.median(column)) for column in zip(*times, strict=True)
        )
        print(f"{title:27} {least:18.2f} {middle:7.2f} {short:10.2f} {usual:7.2f}")
    print(f"one report in a process that has read others: {warm_report():.2f} s of processor time")


if __name__ == "__main__":
    main()
