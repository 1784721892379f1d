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
A mutant with which one test takes 20 s of processor time counts as noticed.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib.abc
import importlib.util
import json
import os
import resource
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
TEST_LIMIT_S = 20  # of processor time, for one test; the suites' longest take some 2 s


@dataclass(frozen=True)
class Reached:
    """Which tests run which line, and the tests that are the first of their file."""

    lines: dict[tuple[str, int], frozenset[str]]
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
        tests = sorted(data.measured_contexts())
        numbers = {test: number for number, test in enumerate(tests)}
        lines = {
            path: {
                line: sorted(numbers[test] for test in of_line)
                for line, of_line in data.contexts_by_lineno(path).items()
            }
            for path in data.measured_files()
        }
        noted = {"tests": tests, "lines": lines, "firsts": list(self.firsts.values())}
        self.notes.write_text(json.dumps(noted), encoding="utf-8")


class _Only:
    """A pytest plugin that leaves the tests of some names, and ends the process if one hangs."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        items[:] = [item for item in items if item.nodeid in self.names]

    def pytest_runtest_setup(self) -> None:
        """Give the next test its time."""
        limit_time()


def limit_time() -> None:
    """Let this process go on for so much processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + TEST_LIMIT_S
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def run_suite(mutant: Mutant | None, files: list[str], plugin: object) -> int:
    """Run a suite in this process, which is a child, and give pytest's exit code."""
    import pytest

    if mutant is not None:
        sys.meta_path.insert(0, _Changed(mutant))
        limit_time()
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--assert=plain"]
    return int(pytest.main([*options, *files], plugins=[plugin]))


def start_child(mutant: Mutant | None, files: list[str], plugin: object) -> int:
    """Start a suite in a child and give its process number."""
    gc.freeze()  # a child that collects garbage would copy what it shares
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


def outcome_of(child: int) -> str | None:
    """Give "noticed", "timeout" or "not noticed" when a child is done."""
    done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        return None
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        return "timeout"
    return "not noticed" if status == 0 else "noticed"


def reached_by(package: str, files: list[str]) -> Reached:
    """Run the suite without a change: which tests reach which line."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder, "lines.json")
        child = start_child(None, files, _Noting(package, notes))
        while (outcome := outcome_of(child)) is None:
            time.sleep(0.05)
        if outcome != "not noticed":
            raise SystemExit(f"the suite of {package} fails without any change: {' '.join(files)}")
        noted = json.loads(notes.read_text(encoding="utf-8"))
    # many lines are run by the same tests: their names are kept once
    sets: dict[frozenset[str], frozenset[str]] = {}
    lines = {}
    for path, of_path in noted["lines"].items():
        for line, numbers in of_path.items():
            tests = frozenset(noted["tests"][number] for number in numbers)
            lines[path, int(line)] = sets.setdefault(tests, tests)
    return Reached(lines, {"", *noted["firsts"]})


def tests_of(mutant: Mutant, reached: Reached) -> frozenset[str] | None:
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
    tests = reached.lines.get((path, mutant.line), frozenset())
    if not tests:
        body = getattr(innermost, "body", None)
        last = body[0].lineno - 1 if body else innermost.end_lineno or 0
        for line in range(innermost.lineno, max(last, innermost.lineno) + 1):
            tests = tests | reached.lines.get((path, line), frozenset())
    return None if tests and tests <= reached.firsts else tests


def files_of(package: str) -> list[str]:
    """Give the files of a package's suite."""
    found = (path for pattern in SUITES[package] for path in sorted(ROOT.glob(pattern)))
    return list(dict.fromkeys(map(str, found)))


def holds(file: str, test: str) -> bool:
    """Whether a file, or a folder, holds a test."""
    return test.startswith(str(Path(file).relative_to(ROOT)))


def outcomes(
    chosen: Iterator[Mutant], reached: Reached, files: list[str], children: int
) -> Iterator[tuple[Mutant, str]]:
    """Run mutants, some at a time, and give what became of each."""
    running: dict[int, Mutant] = {}
    known = equivalents()
    everything = frozenset[str]().union(*reached.lines.values())
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
            running[child] = mutant
        for child, mutant in list(running.items()):
            if (outcome := outcome_of(child)) is not None:
                del running[child]
                yield mutant, outcome
        time.sleep(0.05)


def measure(package: str, chosen: Iterator[Mutant], children: int) -> Iterator[str]:
    """Give a line for each change that is not noticed, and one for all."""
    files = files_of(package)
    reached = reached_by(package, files)
    counts = dict.fromkeys(("noticed", "timeout", "not noticed", "not reached", "equivalent"), 0)
    for mutant, outcome in outcomes(chosen, reached, files, children):
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
