"""Run the fuzzer, print a line for each target, keep what failed (`make fuzz`).

What must hold: nothing but the documented errors is raised, the assertions of `targets` are true,
and no input takes longer than `SLOW` seconds; an input that takes longer than `HANGS` is stopped
and counts as a failure.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from benchmarks.fuzz.targets import TARGETS
from frontmap.errors import FrontmapError
from gazetteer import GazetteerError

SLOW = 3
HANGS = 60
SHOWN = 20  # failures of one target printed whole
BATCHES = 100  # each target has its turn in each, so that a run cut short has tried all
MEMORY = Path("/dev/shm")  # where there is one: files are quicker in it


class HangError(Exception):
    """An input took longer than `HANGS`."""


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many in all")
    parser.add_argument("--minutes", type=float, help="stop then, whatever is left")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this; repeatable")
    parser.add_argument("--only", type=int, metavar="N", help="only input N, with its traceback")
    return parser.parse_args()


class Run:
    """The counts of one run."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, self.folder = seed, folder
        self.outcomes = {name: Counter[str]() for name in TARGETS}
        self.seconds = Counter[str]()

    def try_one(self, name: str, number: int) -> None:
        """Run one input and count what came of it."""
        chance = random.Random(f"{self.seed}/{name}/{number}")
        outcome = self.outcomes[name]
        before = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, HANGS)
        try:
            TARGETS[name].check(chance, self.folder)
            outcome["fine"] += 1
        except (FrontmapError, GazetteerError):
            outcome["refused"] += 1
        except Exception as error:
            outcome["failed"] += 1
            if outcome["failed"] <= SHOWN:
                frame = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{Path(frame.filename).name}:{frame.lineno}"
                print(f"{name} --only {number}: {error!r:.600} in {where}", file=sys.stderr)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        took = time.perf_counter() - before
        self.seconds[name] += took  # type: ignore[assignment]
        if took > SLOW:
            outcome["slow"] += 1
            print(f"{name} --only {number}: {took:.1f} s", file=sys.stderr)

    def counted(self) -> str:
        """How many inputs there were so far and how many failed."""
        total = Counter[str]()
        for outcome in self.outcomes.values():
            total += outcome
        seen = total["fine"] + total["refused"] + total["failed"]
        return f"{seen:,} inputs, seed {self.seed}, {total['failed']} failed"

    def report(self) -> int:
        """Print the counts and each target's share; return how many failed."""
        for name, outcome in self.outcomes.items():
            count = outcome["fine"] + outcome["refused"] + outcome["failed"]
            if count:
                rate = count / max(1e-9, self.seconds[name])
                print(f"{name:16} {count:8,} inputs, {dict(outcome)}, {rate:.0f} a second")
        print(self.counted(), flush=True)
        return sum(outcome["failed"] for outcome in self.outcomes.values())


def run_all(run: Run, chosen: list[str], inputs: int, until: float) -> None:
    """Every target in turns, batch by batch."""
    shares = sum(TARGETS[name].share for name in chosen)
    for batch in range(BATCHES):
        for name in chosen:
            count = max(BATCHES, round(inputs * TARGETS[name].share / shares))
            for number in range(batch * count // BATCHES, (batch + 1) * count // BATCHES):
                if time.monotonic() > until:
                    return
                run.try_one(name, number)
        print(f"batch {batch + 1} of {BATCHES}: {run.counted()}", file=sys.stderr, flush=True)


def _hang(*_: object) -> None:
    raise HangError(f"an input took longer than {HANGS} s")


def main() -> None:
    """Run what the command line asks for; exit code 1 if an input failed."""
    asked = options()
    faulthandler.enable()
    warnings.simplefilter("ignore")  # drivers warn of what is refused
    signal.signal(signal.SIGALRM, _hang)
    until = time.monotonic() + asked.minutes * 60 if asked.minutes else float("inf")
    chosen = asked.target or list(TARGETS)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        if asked.only is not None:
            for name in chosen:
                TARGETS[name].check(
                    random.Random(f"{asked.seed}/{name}/{asked.only}"), Path(folder)
                )
            return
        run = Run(asked.seed, Path(folder))
        run_all(run, chosen, asked.inputs, until)
        sys.exit(1 if run.report() else 0)


if __name__ == "__main__":
    main()
