"""Mutation testing: which small changes of the code the tests do not notice.

    python -m benchmarks.mutation [geometry] [resolution] [claims] [--mutants 100] [--seed 1]
        [--children 2] [--again REPORT]

Needs ``pip install cosmic-ray`` (extra ``mutation``), whose operators make the changes: another
operator, comparison or number, a condition turned about, a loop that never runs ... Places are
drawn by chance, one change at each. The changed module is never written: each mutant is a child of
this process that imports it from memory and runs the tests of the package's suite that reach the
changed line, first failure last. A line that none reaches is told apart. What is done is told on
standard error.
Changes that change nothing, once judged so (``equivalent_mutants.tsv``), are counted apart and not
run. ``--again`` tries those that an earlier report calls unnoticed, wherever their lines stand now.
A mutant whose suite takes ten times as long as without a change counts as noticed.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.util
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from itertools import islice
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from benchmarks.mutants import ROOT, Mutant, drawn, equivalents, places_of, survivors_of

if TYPE_CHECKING:
    import pytest

# package -> its suite: tests that are quick and about it, the quickest first, its examples last
SUITES = {
    "geometry": (
        "tests/test_geometry_measures.py",
        "tests/test_geometry.py",
        "tests/test_geometry_[gmo]*.py",
        "frontmap/geometry",
    ),
    "resolution": (
        "tests/test_resolution_parts.py",
        "tests/test_resolution.py",
        "tests/test_resolution_cases.py",
        "frontmap/resolution",
    ),
    "claims": (
        "tests/test_claims_cases.py",
        "tests/test_claims_parts.py",
        "tests/test_claims_foreign.py",
        "tests/test_documents.py",
        "tests/test_hard_sentences.py",
        "tests/test_claims.py",
        "frontmap/claims",
    ),
    "recognition": (
        "tests/test_recognition*.py",
        "tests/test_hard_sentences.py",
        "frontmap/recognition",
    ),
    "layers": (
        "tests/test_layers*.py",
        "tests/test_page_[cipr]*.py",
        "tests/test_page_basemap.py",
        "frontmap/layers",
    ),
    "export": (
        "tests/test_export*.py",
        "frontmap/export",
    ),
}
HEAVY = (
    "coverage",
    "geopandas",
    "pyproj",
    "shapely",
    "rapidfuzz",
    "hypothesis",
    "pytest",
    "_pytest.doctest",
)
_SHORTEST_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Reached:
    """Which tests run which line, and the tests that are the first of their file."""

    lines: dict[tuple[str, int], set[str]]
    firsts: set[str]


class _Changed(importlib.abc.MetaPathFinder, SourceFileLoader):
    """Imports one module from a changed source."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(mutant.path))
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.mutant.module:
            return None
        inner = [str(self.mutant.path.parent)] if self.mutant.path.stem == "__init__" else None
        return importlib.util.spec_from_file_location(
            fullname, self.mutant.path, loader=self, submodule_search_locations=inner
        )

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.mutant.code, str(self.mutant.path), "exec", dont_inherit=True)


class _Noting:
    """A pytest plugin that notes which test runs which lines of a package."""

    def __init__(self, package: str, notes: Path) -> None:
        from coverage import Coverage

        self.modules, self.notes = f"frontmap.{package}", notes
        self.firsts: dict[str, str] = {}
        self.coverage = Coverage(
            data_file=None, source=[str(ROOT / "frontmap" / package)], config_file=False
        )

    def pytest_configure(self) -> None:
        """Begin with what an import runs."""
        self.coverage.start()

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin the lines of a test, which finds nothing in memory that others worked out."""
        for name, module in list(sys.modules.items()):
            if name.startswith(self.modules):
                for value in vars(module).values():
                    if hasattr(value, "cache_clear") and value.cache_info().currsize > 1:
                        value.cache_clear()
        self.firsts.setdefault(item.nodeid.split("::")[0], item.nodeid)
        self.coverage.switch_context(item.nodeid)

    def pytest_unconfigure(self) -> None:
        """Write the lines down."""
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {path: data.contexts_by_lineno(path) for path in data.measured_files()}
        noted = {"lines": lines, "firsts": list(self.firsts.values())}
        self.notes.write_text(json.dumps(noted), encoding="utf-8")


class _Only:
    """A pytest plugin that leaves the tests of some names."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        items[:] = [item for item in items if item.nodeid in self.names]


def run_suite(mutant: Mutant | None, files: list[str], plugin: object) -> int:
    """Run a suite in this process, which is a child, and give pytest's exit code."""
    import pytest

    if mutant is not None:
        sys.meta_path.insert(0, _Changed(mutant))
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--no-header"]
    return int(pytest.main([*options, *files], plugins=[plugin]))


def start_child(mutant: Mutant | None, files: list[str], plugin: object) -> int:
    """Start a suite in a child and give its process number."""
    child = os.fork()
    if child == 0:
        status = 99
        with contextlib.suppress(BaseException), Path(os.devnull).open("w") as nowhere:
            os.setsid()
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            status = run_suite(mutant, files, plugin)
        os._exit(status)
    return child


def outcome_of(child: int, end: float) -> str | None:
    """Give "noticed", "timeout" or "not noticed" when a child is done or its time is up."""
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        return "not noticed" if status == 0 else "noticed"
    if time.monotonic() < end:
        return None
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def reached_by(package: str, files: list[str]) -> tuple[Reached, float]:
    """Run the suite without a change: which tests reach which line, and how long it took."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder, "lines.json")
        child = start_child(None, files, _Noting(package, notes))
        while (outcome := outcome_of(child, begun + 3600.0)) is None:
            time.sleep(0.05)
        if outcome != "not noticed":
            raise SystemExit(f"the suite of {package} fails without any change: {' '.join(files)}")
        noted = json.loads(notes.read_text(encoding="utf-8"))
    lines = {
        (path, int(line)): set(tests)
        for path, of_path in noted["lines"].items()
        for line, tests in of_path.items()
    }
    return Reached(lines, {"", *noted["firsts"]}), time.monotonic() - begun


def tests_of(mutant: Mutant, reached: Reached) -> set[str] | None:
    """Give the tests that run a changed line; None for all where it runs but once.

    That is on import, or as lexicons are read, which the first test of a file does for the others.
    A line inside of a statement stands for the whole of it.
    """
    path = str(mutant.path)
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= mutant.line <= (node.end_lineno or 0)
    ]
    if not around:  # a decorator
        return None
    innermost = min(around, key=lambda node: (node.end_lineno or 0) - node.lineno)
    tests: set[str] = reached.lines.get((path, mutant.line), set())
    if not tests:
        body = getattr(innermost, "body", None)
        last = body[0].lineno - 1 if body else innermost.end_lineno or 0
        for line in range(innermost.lineno, max(last, innermost.lineno) + 1):
            tests = tests | reached.lines.get((path, line), set())
    return None if tests and tests <= reached.firsts else tests


def files_of(package: str) -> list[str]:
    """Give the files of a package's suite."""
    found = (path for pattern in SUITES[package] for path in sorted(ROOT.glob(pattern)))
    return list(dict.fromkeys(map(str, found)))


def holds(file: str, test: str) -> bool:
    """Whether a file, or a folder, holds a test."""
    return test.startswith(str(Path(file).relative_to(ROOT)))


def outcomes(
    chosen: Iterator[Mutant], reached: Reached, files: list[str], timeout_s: float, children: int
) -> Iterator[tuple[Mutant, str]]:
    """Run mutants, some at a time, and give what became of each."""
    running: dict[int, tuple[Mutant, float]] = {}
    known = equivalents()
    everything = {test for tests in reached.lines.values() for test in tests}
    more = True
    while more or running:
        while more and len(running) < children:
            mutant = next(chosen, None)
            if mutant is None:
                more = False
                break
            if mutant.name in known:
                yield mutant, "equivalent"
                continue
            tests = tests_of(mutant, reached)
            if tests is not None and not tests:
                yield mutant, "not reached"
                continue
            wanted = everything if tests is None else tests
            needed = [file for file in files if any(holds(file, test) for test in wanted)]
            child = start_child(mutant, needed, _Only(wanted))
            running[child] = mutant, time.monotonic() + timeout_s
        for child, (mutant, end) in list(running.items()):
            if (outcome := outcome_of(child, end)) is not None:
                del running[child]
                yield mutant, outcome
        time.sleep(0.05)


def measure(package: str, chosen: Iterator[Mutant], children: int) -> Iterator[str]:
    """Give a line for each change that is not noticed, and one for all."""
    files = files_of(package)
    reached, took_s = reached_by(package, files)
    timeout_s = max(_SHORTEST_TIMEOUT_S, 10 * took_s)
    counts = dict.fromkeys(("noticed", "timeout", "not noticed", "not reached", "equivalent"), 0)
    for mutant, outcome in outcomes(chosen, reached, files, timeout_s, children):
        counts[outcome] += 1
        print(f"{package} {sum(counts.values())}: {outcome}", file=sys.stderr, flush=True)
        if outcome.startswith("not "):
            yield f"  {outcome}: {mutant}"
    yield f"{package}: {summary(counts)}"


def summary(counts: dict[str, int]) -> str:
    """Write what became of changes; the share is of those that change something."""
    total = sum(counts.values())
    share = (counts["noticed"] + counts["timeout"]) / max(1, total - counts["equivalent"])
    return (
        f"{total} changes, {counts['noticed']} noticed, {counts['timeout']} by time, "
        f"{counts['not noticed']} not, {counts['not reached']} reached by no test, "
        f"{counts['equivalent']} that change nothing: {share:.1%}"
    )


def warm_up() -> None:
    """Open the gazetteer and read the lexicons of names, for all children at once."""
    from frontmap.resolution import resolve

    resolve("Bei Pokrowsk im Gebiet Donezk wird gekämpft.")


def main() -> None:
    """Run the mutants."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", choices=[*SUITES, []], default=list(SUITES))
    parser.add_argument("--mutants", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=1, help="how many run at a time")
    parser.add_argument("--again", type=Path, metavar="REPORT", help="what it calls unnoticed")
    arguments = parser.parse_args()
    for name in HEAVY:
        importlib.import_module(name)
    if not {"resolution", "recognition"} & set(arguments.packages):
        warm_up()
    for package in arguments.packages:
        if arguments.again is not None:
            chosen = survivors_of(arguments.again.read_text(encoding="utf-8"), package)
        else:
            chosen = islice(drawn(places_of(package), arguments.seed), arguments.mutants)
        for line in measure(package, chosen, arguments.children):
            print(line, flush=True)


if __name__ == "__main__":
    main()
