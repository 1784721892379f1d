"""Small changes of a package's code, made by cosmic-ray's operators (see `benchmarks.mutation`).

Changes of annotations, docstrings and ``__all__`` are left out. Those that a reader found to change
nothing stand in ``equivalent_mutants.tsv``, with the reason.
"""

from __future__ import annotations

import ast
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parso.tree import NodeOrLeaf as Node

ROOT = Path(__file__).parents[1]
EQUIVALENTS = Path(__file__).with_name("equivalent_mutants.tsv")
# Operators whose changes say nothing (@cache taken off, == for the is of an enumeration) or that
# want options.
LEFT_OUT = ("RemoveDecorator", "Is_Eq", "IsNot_NotEq", "VariableInserter", "VariableReplacer")


@dataclass(frozen=True)
class Mutant:
    """One change of one module."""

    path: Path
    operator: str
    line: int
    code: str

    @property
    def module(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells it from others, wherever its line stands: path, operator, changed line."""
        changed = self.code.split("\n")[self.line - 1].strip()
        operator = self.operator.removeprefix("core/")
        return self.path.relative_to(ROOT).as_posix(), operator, changed

    def __str__(self) -> str:
        path, operator, changed = self.name
        return f"{path}:{self.line}: {operator}: {changed}"


def places_of(package: str) -> dict[tuple[Path, tuple[int, int]], list[tuple[str, int]]]:
    """Give the places of a package that can be changed, and each place's operators.

    An operator comes with the number of its place among those it has in the module.
    """
    places: dict[tuple[Path, tuple[int, int]], list[tuple[str, int]]] = {}
    for path in sorted((ROOT / "frontmap" / package).rglob("*.py")):
        for name in operators():
            for number, start in enumerate(starts(path, name)):
                places.setdefault((path, start), []).append((name, number))
    return places


def operators() -> list[str]:
    """Give the names of cosmic-ray's operators whose changes say something."""
    from cosmic_ray import plugins

    return sorted(name for name in plugins.operator_names() if not name.endswith(LEFT_OUT))


def starts(path: Path, operator: str) -> list[tuple[int, int]]:
    """Give the lines and columns at which an operator can change a module, in its own order."""
    from cosmic_ray import plugins
    from cosmic_ray.ast import ast_nodes

    positions = plugins.get_operator(operator)().mutation_positions
    return [start for node in ast_nodes(tree_of(path)) for start, _ in positions(node)]


@cache
def tree_of(path: Path) -> Node:
    """Give the syntax tree of a module as cosmic-ray reads it."""
    from cosmic_ray.ast import get_ast

    return get_ast(path.read_text(encoding="utf-8"))


def changed(path: Path, operator: str, number: int) -> Mutant | None:
    """Make a change; None for one that says nothing."""
    from cosmic_ray import plugins
    from cosmic_ray.mutating import mutate_code

    source = path.read_text(encoding="utf-8")
    code = mutate_code(source, plugins.get_operator(operator)(), number)
    if not code or meaning(code) in ("", meaning(source)):
        return None
    return Mutant(path, operator, first_difference(source, code), code)


def drawn(
    places: dict[tuple[Path, tuple[int, int]], list[tuple[str, int]]], seed: int
) -> Iterator[Mutant]:
    """Give a change at each place, in an order by chance."""
    chance = random.Random(seed)
    keys = sorted(places)
    chance.shuffle(keys)
    for path, start in keys:
        if mutant := changed(path, *chance.choice(places[path, start])):
            yield mutant


def survivors_of(report: str, package: str) -> Iterator[Mutant]:
    """Make the changes of a package again that a report of `benchmarks.mutation` calls unnoticed.

    Of several that look alike the one nearest to its line then. One whose line is no more is told
    on standard error.
    """
    for survivor in report.splitlines():
        if not survivor.startswith("  not ") or f" frontmap/{package}/" not in survivor:
            continue
        where, name, line = survivor.split(": ", 3)[1:]
        module, _, number = where.rpartition(":")
        path, operator = ROOT / module, f"core/{name}"
        numbered = enumerate(starts(path, operator) if path.exists() else ())
        near = sorted(numbered, key=lambda place: abs(place[1][0] - int(number)))
        made = (changed(path, operator, place) for place, _ in near)
        if mutant := next((one for one in made if one and one.name == (module, name, line)), None):
            yield mutant
        else:
            print(f"no more: {survivor.strip()}", file=sys.stderr)


def equivalents() -> dict[tuple[str, str, str], str]:
    """Give the changes that change nothing, by name, and why."""
    lines = EQUIVALENTS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {(path, operator, line): why for path, operator, line, why in rows[1:]}


def meaning(source: str) -> str:
    """Give what a module does, as text: without annotations, docstrings, ``__all__``, type imports.

    Empty where it is no Python.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                setattr(node, name, [part for part in body if not _says_nothing(part)])
    return ast.dump(tree)


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return True
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id == "__all__"
    return False


def first_difference(one: str, other: str) -> int:
    """Give the number of the first line that differs."""
    pairs = zip(one.split("\n"), other.split("\n"), strict=False)
    return next(number for number, (a, b) in enumerate(pairs, start=1) if a != b)
